### All words of the program in English. Terms are those of docs/glossary.md.

## Shared

button-expired = This button has expired. Send /help to see what I can do.
start-first = Please send /start first; it takes a minute.
no-editor-now = You are no longer an editor of this bot, so this button does nothing any more.
too-much = You asked for much at once. Please try again in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}. Logging a twitch always works.
something-failed = Something went wrong on my side (code { $code }). Please try again in a moment.
answer-lost = My connection broke while I was answering you. What you sent did reach me. Only my answer may be missing here.

## Why a text or a file was refused: the words of `tips check`, by which each is known

said-no_line = it is empty, or has line breaks, spaces to spare or signs that cannot be shown
said-named_no_line = { $kind } '{ $line }': it is empty, or has line breaks, spaces to spare or signs that cannot be shown
said-named_length = { $kind } '{ $line }': { $length } characters
said-name = name
said-title = title
said-section = section
said-bold = bold
said-italic = italic
said-one_line = write it on one line
said-citation_parts = give each source a 'document:' and a 'section:', both text
said-kebab = use a-z, 0-9 and single hyphens, { $limit } characters at most
said-tag_count = { $count } tags, or one of them twice
said-too_early = { $day } is before { $year }
said-in_future = { $day } lies in the future
said-no_topic = a card stands on a shelf, not in a topic
said-no_shelf = a tip belongs to a topic, not to a shelf
said-no_words = this is no list of words
said-words = write it as [water, habit]
said-sources_mend = list document and section, or write 'sources: { $word }' if there is none
said-no_source = { $found } is not a source
said-no_date = { $found } is not a date
said-date_form = write it as 2026-11-21
said-missing = it is missing
said-add_field = add '{ $field }: …' between the --- lines
said-not_text = { $found } is not text
said-quotes = put it in quotes
said-not_one = '{ $found }' is not one of them
said-use = use { $choices }
said-no_sources = this is no list of sources
said-remove_line = remove the line
said-no_id = '{ $found }' is no id
said-move_file = move the file to { $path }.md, or correct the id or topic if it is new
said-plain_title = a title is plain text
said-no_marks = leave out the marks
said-length = { $length } characters
said-shorten = shorten it to { $limit }
said-tags_mend = give 1 to { $limit } different ones
said-source_count = { $count } sources
said-name_most = name { $limit } at most
said-source_twice = a source is listed twice
said-list_once = list it once
said-medical_unsourced = a medical claim has no source
said-name_source = name the document and section
said-review_mend = give the day on which it was last checked
said-spare_ends = it has line breaks or spaces to spare
said-trim = trim both ends
said-no_text = there is no text
said-write_body = write at least one word
said-no_field = there is no such field
said-wrong_prefix = it does not begin with '{ $prefix }'
said-name_so = name it so
said-no_tag = '{ $found }' is no tag
said-unshowable = line { $line } cannot be shown
said-shown_length = { $length } characters as shown
said-other_file = '{ $found }' belongs into another file
said-cited_length = { $length } characters of titles and sections
said-no_document = document '{ $found }' is not in sources.yaml
said-no_section = { $document } has no section '{ $found }'
said-nearest = did you mean '{ $found }'?
said-listed_source = name one that sources.yaml lists
said-stands_times = '{ $found }' stands { $count } times
said-fewer_sources = name fewer sources
said-own_id = give each entry an id of its own
said-list_most = list { $limit } at most
said-document_count = { $count } documents
said-section_count = { $count } sections
said-headings = headings are not shown; leave out the # or write \#
said-quoted = quotes are not shown; leave out the > or write \>
said-numbered = numbered lists are not shown; begin with '- ' instead
said-bullet = a bullet is '- ' and then text; write \- for a dash
said-bullet_begins = begin a bullet with '- ', or write \+
said-underlined = underlined headings are not shown; write \= for the sign
said-tables = tables are not shown; use bullets
said-code = code is not shown; leave out the ` or write \`
said-links = links and pictures are not shown; write \[ for a bracket
said-html = HTML is not shown; write \< for the sign
said-entity = write the character itself, or \& for the sign
said-strike = strike-through is not shown; write \~ for the sign
said-backslash = a backslash stands before a sign; write \\ for the backslash itself
said-bold_form = bold is **two stars** on each side; write \* for a star
said-italic_form = italic is _one underscore_ on each side; write \_ for the sign
said-at_line = line { $line }: { $reason }
said-unclosed = { $mark } is not closed; put { $sign } at its end or write { $escaped }
said-nothing_shown = nothing is shown of this line; remove it
said-ends_spaces = the line ends with spaces; remove them
said-control = a control character ({ $code }) stands here; remove it
said-crossed = { $mark } ends before the { $inner } inside it; close that first
said-nested = { $mark } inside { $inner }; close the first with { $sign } after a word
said-inside_word = { $mark } begins or ends inside a word; put it round the whole word
said-begins_space = the line begins with a space; start it at the margin
said-whole_words = { $sign } goes round whole words; write { $escaped } for the sign itself
said-easier = shorter sentences and words bring it to { $limit } or below
said-grade = its reading grade is { $grade }
said-to_card = move it to a card: medicines, supplements and herbs are no matter for tips
said-broken_signs = '{ $found }' has broken characters
said-retype = save the text as UTF-8 and type them again
said-is_link = '{ $found }' is a link
said-no_link = name the place in words; the source line shows where it is from
said-promise = '{ $found }' promises too much
said-may_help = write what may help, and for whom
said-scolds = '{ $found }' scolds
said-invite = invite instead
said-dose = '{ $found }' is a dose
said-no_dose = name none: that is for a doctor to say
said-amount = '{ $found }' names an amount
said-no_amount = the documents name none; leave it to the reader
said-in_tip = '{ $found }' stands in a tip
said-no_doctor = '{ $found }' stands without a doctor
said-ask_doctor = add 'ask your doctor'
said-keep_files = keep at most { $limit } files
said-keep_most = keep at most { $limit }
said-add_tips = add tips as { $language }/<topic>/<name>.md; an empty library would retire them all
said-too_large = it is larger than { $limit } kB
said-file_place = files are <language>/<topic or cards>/<name>.md; move or remove it
said-front_mend = put the fields between two lines of ---, at the very beginning
said-add_documents = add the documents with their titles and sections
said-begin_document = begin each document with 'name.txt:'
said-byte = byte { $place } is not UTF-8
said-no_tips = it holds no tips
said-correct_line = correct this line
said-not_document = this is no document
said-document_mend = give it a title and sections
said-untitled = it has no title
said-add_title = add 'title: …'
said-unsectioned = it has no list of sections
said-list_headings = list its headings
said-file_count = { $count } files
said-split = shorten or split it
said-no_entry = it is no tip and no card
said-no_front = it has no front matter
said-no_documents = it names no documents
said-no_field_named = there is no field '{ $field }'
said-section_not_text = a section is not text
said-save_utf = save it as UTF-8
said-its_not_text = its { $field } is not text
said-section_twice = a section stands twice
said-headings_once = list each heading once
said-folder_instead = put a folder in its place
said-link_out_folder = it is a link that leads out of the folder
said-file_itself = put the file itself here
said-not_plain = it is no plain file
said-not_plain_mend = remove it, or put the file itself here
said-link_nowhere = a link that leads nowhere
said-unreadable = it cannot be read ({ $reason })
said-may_be_read = check that it exists and may be read
said-more_files = more than { $limit } files
said-link_out = it is a link that leads out
said-as_exported = take the file as it was exported, or leave it out
said-archive_size = an archive has at most { $limit } MB
said-archive_most = an archive has at most { $limit }
said-unpacked_size = it unpacks to more than { $limit } MB
said-leave_out = leave files out
said-name_utf = its name is not UTF-8
said-name_long = its name is too long, or holds signs that cannot be shown
said-name_path = its name is no path inside the archive
said-name_out = its name leads out of the archive
said-special = it is a link or another special file
said-encrypted = it is encrypted
said-packing = it is packed in a way that I do not read
said-megabytes = it has { $size } MB
said-move_there = move it to { $language }/<topic or cards>/, or leave it out
said-inner_name_utf = the name of a file in it is not UTF-8
said-plain_name = give it a plain name
said-no_zip = it is no zip file, or a damaged one
said-pack_again = pack it again
said-plain_file = leave it out, or pack a plain file
said-damaged = it is damaged, or not what its header says
said-no_revisions = it is no list of revisions
said-holds_files = it holds { $count } files
said-twice = it stands twice
said-leave_one = leave one out
said-no_part = it is no part of the library
said-anchors = anchors (&) and aliases (*) are not allowed; use quotes
said-yaml_tags = tags (!) are not allowed; use quotes
said-too_deep = it is nested too deeply
said-yaml_signs = it holds characters that YAML does not allow
said-impossible = a date or number in it is impossible
said-no_lines = there are no 'name: value' lines
said-field_name = a field's name is not plain text
said-stands_twice = '{ $found }' stands twice
said-two_days = that can be read as more than one day
said-to_come = that day is still to come
said-not_a_date = this is no date
said-send_date = send it like 2026-03-14
said-many_values = there are more than { $most } values
said-long_value = a value has more than { $most } characters

## What the owners are told

doubts-told =
    { $count ->
        [one] For one more message I cannot tell whether it arrived.
       *[other] For { $count } more messages I cannot tell whether they arrived.
    }
    The connection broke, or I was restarted, at just that moment. I do not send such a message again, so that nobody gets one twice. A few now and then are nothing to worry about.

## Topics

topic-hydration = hydration
topic-sleep = sleep
topic-screen_break = screen breaks
topic-relaxation = relaxation
topic-facial_exercises = facial exercises
topic-food_and_caffeine = food and caffeine
topic-movement = movement
topic-check_in = daily check-in
topic-digest = weekly summary

## Logging a twitch

twitch-now = ⚡ Twitch now
undo = ↩️ Undo
put-back = ↪️ Put back
details = ✏️ Details
when-other-day = { $day }, { $time }
what-where = { $when }, { $where }
logged = Logged { $what }
not-logged-yet = <b>This twitch is not logged</b>, because I keep nothing before you agree. Once you have agreed, /twitch logs it, and under Details you can set the time it happened.
logged-before-zone = ⚡ <b>Your twitch is logged.</b> It gets its time of day once I know what time it is where you are.
taken-back = Taken back: { $what }
was-put-back = Put back: { $what }
where-left = left { $place }
where-right = right { $place }
where-both = { $place }, both sides
where-left-whole_side = whole left side
where-right-whole_side = whole right side
where-both-whole_side = both sides, all of it
side-left = left side
side-right = right side
side-both = both sides
place-eyelid = eyelid
place-cheek = cheek
place-mouth = mouth
place-jaw = jaw
place-forehead = forehead
place-whole_side = whole side
pad =
    <b>Log pad</b>
    Tap the button when you feel a twitch. One tap is all it takes.
pad-last = Last: { $what }
pad-taken-back = Taken back: { $what }

## Details of a twitch

entry-title = Twitch, { $what }
entry-day-title = { $day }, the day as a whole
entry-legend =
    Tap what fits; it is kept at once. A second tap on a ✅ takes it away.
    At the top: how strong it felt, 0 to 4. Then 📍 where · ⏳ how long · 🔎 what may have set it off · 💚 what helped · ⚠️ signs a doctor should know of · 🕑 when
entry-strength = Strength: { $strength } of 4 (your own rating)
entry-duration = How long: { $duration }
entry-lasted = How long: { $minutes ->
    [0] less than a minute
    [one] 1 minute
   *[other] { $minutes } minutes
}
entry-triggers = May have set it off: { $list }
entry-helped = Helped: { $list }
entry-flags = ⚠️ With it: { $list }
entry-note = Note: { $note }
entry-taken-back = This entry was taken back. It counts nowhere, and you can put it back.
entry-kept = Kept
entry-timing =
    ⏳ Timing since { $time }. Tap the button when it is over.
it-stopped = ⏹ It stopped
stopped-toast = Kept: it lasted { $minutes ->
    [0] less than a minute
    [one] 1 minute
   *[other] { $minutes } minutes
}
back = ⬅️ Back
done = ✔️ Done
delete-entry = 🗑 Delete
change = ✏️ Change
write-note = 📝 Note
note-ask = 📝 <b>Type your note now and send it</b>, up to { $limit } characters. Send a single - to have no note.
note-ask-toast = Type your note and send it
note-kept = Your note is kept.
note-shortened = Your note is kept. It was longer than { $limit } characters, so I cut the rest.
note-removed = There is no note any more.
entry-gone = That entry is no longer there, so nothing was changed.
time-ask = 🕑 <b>Type the time it happened and send it</b>, like { CLOCK("14:30") }. A time later than now means yesterday.
time-ask-toast = Type the time, like { CLOCK("14:30") }
time-unclear = I could not read that as a time. Please send it like { CLOCK("14:30") }.
time-kept = Moved to { $what }.
strength-0 = 0 none
strength-1 = 1 faint
strength-2 = 2 some
strength-3 = 3 strong
strength-4 = 4 worst
mark-side = 📍
mark-place = 📍
mark-duration = ⏳
mark-trigger = 🔎
mark-helped = 💚
mark-flag = ⚠️
mark-earlier = 🕑
pick-side-left = Left
pick-side-right = Right
pick-side-both = Both sides
pick-place-eyelid = Eyelid
pick-place-cheek = Cheek
pick-place-mouth = Mouth
pick-place-jaw = Jaw
pick-place-forehead = Forehead
pick-place-whole_side = Full side
pick-duration-seconds = Secs
pick-duration-minutes = Mins
pick-duration-half_hour = Half hour
pick-duration-hours = Hours
pick-duration-on_and_off = On and off
pick-trigger-stress = Stress
pick-trigger-tired = Tired
pick-trigger-little_sleep = Low sleep
pick-trigger-caffeine = Caffeine
pick-trigger-alcohol = Alcohol
pick-trigger-screen = Screen
pick-trigger-medicine = Medicine
pick-trigger-food = Food
pick-helped-breathing = Breath
pick-helped-massage = Massage
pick-helped-compress = Warmth
pick-helped-pressure = Pressure
pick-helped-exercise = Exercise
pick-helped-eye_break = Eye break
pick-helped-rest = Rest
pick-helped-water = Water
pick-flag-pain = Pain
pick-flag-weakness = Weakness
pick-flag-sight = Sight
pick-earlier-10m = −10 min
pick-earlier-1h = −1 h
pick-earlier-morn = This morning
pick-earlier-yday = Yesterday
pick-earlier-now = At my tap
pick-earlier-typed = Time …
pick-more = { $mark } more
pick-going = ⏱ Going
pick-relief = 💆 Relief
duration-seconds = seconds
duration-minutes = minutes
duration-half_hour = half an hour
duration-hours = hours
duration-on_and_off = on and off
trigger-stress = stress
trigger-tired = tired
trigger-little_sleep = little sleep
trigger-caffeine = caffeine
trigger-alcohol = alcohol
trigger-screen = screen
trigger-medicine = medicine
trigger-food = food
helped-breathing = breathing
helped-massage = massage
helped-compress = compress
helped-pressure = pressure
helped-exercise = exercise
helped-eye_break = eye break
helped-rest = rest
helped-water = water
flag-pain = pain
flag-weakness = weak or drooping
flag-sight = sight changed

## The day's check-in

prompt =
    <b>How was your face today, { $day }?</b>
    0 is a day without a twitch, 4 the worst. A day with none counts just as much.
prompt-past =
    <b>How was your face on { $day }?</b>
    0 is a day without a twitch, 4 the worst. A day with none counts just as much.
open-today = 📋 How was today?
open-yesterday = 📋 And yesterday?
rate-0 = 0 no twitch
rate-1 = 1 faint
rate-2 = 2 some
rate-3 = 3 strong
rate-4 = 4 worst
day-kept = Kept for { $day }: { $rating }
day-said =
    <b>{ $day }: { $rating }</b>
    Thank you, that is kept.
day-context =
    If you like, add what kind of day it was: 😴 hours of sleep · ☕ cups of coffee · 📱 hours of screen · 💧 water · 🌿 stress. Each tap is kept at once, and a second tap on a ✅ takes it away.
fact-kept = Kept
mark-sleep = 😴
mark-coffee = ☕
mark-screen = 📱
mark-water = 💧
mark-stress = 🌿
pick-sleep = { $value ->
    [4] 0–4 h
    [9] 9+ h
   *[other] { $value } h
}
pick-coffee = { $value ->
    [4] 4+
   *[other] { $value }
}
pick-screen = { $value ->
    [2] 0–2 h
    [10] 10+ h
   *[other] { $value } h
}
pick-water = { $value ->
    [0] little
    [1] some
   *[other] plenty
}
pick-stress = { $value ->
    [0] calm
    [1] some
   *[other] much
}
fact-sleep = { $value ->
    [4] 😴 Slept 0–4 h
    [9] 😴 Slept 9+ h
   *[other] 😴 Slept { $value } h
}
fact-coffee = { $value ->
    [0] ☕ No coffee
    [1] ☕ 1 coffee
    [4] ☕ 4+ coffees
   *[other] ☕ { $value } coffees
}
fact-screen = { $value ->
    [2] 📱 Screen 0–2 h
    [10] 📱 Screen 10+ h
   *[other] 📱 Screen { $value } h
}
fact-water = { $value ->
    [0] 💧 Water: little
    [1] 💧 Water: some
   *[other] 💧 Water: plenty
}
fact-stress = { $value ->
    [0] 🌿 Calm
    [1] 🌿 Some stress
   *[other] 🌿 Much stress
}

## Relief

relief-choose =
    <b>What may help now</b>
    Pick one. I lead you through it step by step, and you can stop at any time.
relief-known-first = What has helped you most comes first.
relief-limits = None of these is sure to help. If something hurts, stop. /signs shows when to get help.
relief-counted = { $name }: helped { $helped } of { $tried }
relief-counted-ticks = { $name }: helped { $helped ->
    [one] once
   *[other] { $helped } times
}
relief-name-breathing = 🌬 Breathing
relief-name-pressure = 👆 Gentle pressure
relief-name-compress = 🧣 Warm compress
relief-name-massage = 💆 Gentle massage
relief-name-forehead = 🖐 Forehead massage
relief-name-jaw = 😮 Jaw relaxation
relief-name-cheeks = 😁 Cheek stretches
relief-name-eye_squeezes = 😑 Eye squeezes
relief-name-eye_break = 👀 Eye break
relief-title = <b>{ $name }</b>
relief-about-breathing =
    Deep breathing can calm you and ease tense muscles. You breathe in through the nose, hold for a little, and let it out slowly through the mouth.
relief-about-pressure =
    Gentle pressure on the muscle that twitches can help when a spasm comes. Have clean hands. Never press on the eye itself.
relief-about-compress =
    Warmth can help a tight muscle relax for a while. First wet a clean cloth with warm water and wring it out. It should be warm, not hot. When you have it in your hand, tap Start.
relief-about-massage =
    A light massage with the fingertips can help blood flow and ease tense muscles. You go round the eyes, over the jaw and the temples, up the cheekbones, and over tight spots.
relief-about-forehead =
    Slow circles with the fingertips can help the forehead relax.
relief-about-jaw =
    You open your mouth wide, stay there for a few seconds and let go. It may ease a tense jaw.
relief-about-cheeks =
    You smile widely, hold the smile for a few seconds and let go. It stretches the cheeks and may help them relax.
relief-about-eye_squeezes =
    You close your eyes, squeeze them shut for a few seconds and let go. It may help the muscles round the eyes relax. While they are shut, count along instead of reading.
relief-about-eye_break =
    A break from the screen and good light can ease strained eyes.
relief-takes = This takes { $time } minutes. The articles give no times, so the pace is mine. Go slower or faster as you like.
relief-care = Stop if it hurts or if the twitch gets worse.
relief-care-breathing = If you feel dizzy, stop and breathe as you always do. If you have trouble with your lungs or heart, ask your doctor first.
relief-care-compress = If your skin is sore there or feels numb, ask your doctor first.
relief-ask-first = Check with a health professional before you begin a new exercise.
relief-start = ▶️ Start
relief-slower = 🐢 Start slower
relief-faster = 🐇 Start faster
relief-stop = ⏹ Stop
relief-again = 🔁 Once more
relief-all = ⬅️ All of them
relief-round = Round { $round } of { $rounds }
relief-step = Step { $number } of { $of }
relief-seconds = ⏳ { $seconds } seconds
relief-minutes = ⏳ { $time } minutes
relief-do-breathing-settle = Sit or lie where you feel at ease. Let your shoulders drop.
relief-do-breathing-in = ⬆️ <b>Breathe in</b> through your nose. Let your belly rise.
relief-do-breathing-hold = ⏸ <b>Hold</b> it, without strain.
relief-do-breathing-out = ⬇️ <b>Breathe out</b> slowly through your mouth.
relief-do-pressure-place = Put a clean fingertip on the muscle that twitches.
relief-do-pressure-press = 👇 <b>Press lightly</b> and stay still. Breathe slowly.
relief-do-pressure-release = 👐 <b>Let go</b> and rest.
relief-do-compress-test = Hold the cloth to your wrist. It should feel <b>warm, not hot</b>. If it is too hot, wait.
relief-do-compress-rest = <b>Lay it on</b> the spot that twitches and rest. Shut your eyes if it is near them. Take it off when it cools.
relief-do-compress-lift = <b>Take it off</b> and let your face rest.
relief-do-massage-hands = Have clean, warm hands. Use your fingertips and a light touch.
relief-do-massage-eyes = 🔄 <b>Round the eyes:</b> rub gently in small circles. Stay on the bone, off the eye.
relief-do-massage-jaw = 🔄 <b>Jaw:</b> rub and press gently in circles.
relief-do-massage-temples = 🔄 <b>Temples:</b> rub and press gently in circles.
relief-do-massage-cheekbones = ⬆️ <b>Cheekbones:</b> stroke upward.
relief-do-massage-tight = 👇 <b>Tight spots:</b> press on them lightly. It should not hurt.
relief-do-forehead-hands = Put your fingertips on your forehead.
relief-do-forehead-middle = 🔄 <b>Middle:</b> rub gently in small circles.
relief-do-forehead-sides = 🔄 <b>Sides:</b> go on in circles, out to both sides.
relief-do-forehead-across = 🔄 <b>All of it:</b> slow circles from one side to the other.
relief-do-jaw-open = 😮 <b>Open your mouth</b> wide, slowly.
relief-do-jaw-hold = ⏸ <b>Hold</b> it there. Feel the jaw stretch.
relief-do-jaw-release = 😌 <b>Let it close</b> gently and rest.
relief-do-cheeks-smile = 😁 <b>Smile widely</b> and hold it.
relief-do-cheeks-relax = 😌 <b>Let go.</b> Let your face go soft.
relief-do-eye_squeezes-close = 😌 <b>Close your eyes</b> gently.
relief-do-eye_squeezes-squeeze = 😑 <b>Squeeze them shut</b> and count slowly.
relief-do-eye_squeezes-release = 👀 <b>Let go</b>, open them and rest.
relief-do-eye_break-away = 👀 <b>Look up</b> from the screen.
relief-do-eye_break-far = 🌳 <b>Look far away</b>, at something out of the window or across the room.
relief-do-eye_break-blink = 😌 <b>Blink</b> softly a few times.
relief-do-eye_break-light = 💡 <b>Check your light:</b> is there enough of it to read by?
relief-over = That was it.
relief-stopped = Stopped.
relief-question = <b>Did it help?</b>
relief-said = You said: <b>{ $answer }</b>. I keep it with your log.
relief-ticked = I ticked “{ $helped }” as what helped on your entry of { $what }. You can change that under Details.
relief-worse = Then this one may not be for you. If there is pain or weakness, or your sight changes, see /signs.
answer-better = better
answer-same = the same
answer-worse = worse
answer-better-mark = 🙂
answer-same-mark = 😐
answer-worse-mark = 🙁
open-relief = 💆 What may help

## Tips

tip-title = <b>{ $title }</b>
tip-source = { $count ->
    [one] Source: { $titles }
   *[other] Sources: { $titles }
}
tip-in-english = 💬 So far this text is only in English.
tip-source-editor = Source: the editors of this bot
did-it = Did it
did-it-mark = 👌
did-it-toast = Well done. I keep that you did it.
later = ⏰ Later
later-10m = ⏰ 10 min
later-1h = ⏰ 1 hour
later-eve = ⏰ Tonight
later-toast = This tip comes again at { $when }
later-already = This tip is put off already; it comes once more
later-stopped = You have stopped all messages. Send /start to get tips again.
later-paused = Your tips are paused, so it cannot come later. See /settings to end the pause.
helpful = Helpful
helpful-mark = 👍
not-helpful = Not helpful
not-helpful-mark = 👎
helpful-toast = Thank you. Good to know that it helps.
not-helpful-toast = Thank you. That helps to choose better tips.
why = ℹ️ Why this tip
less = ➖ Less of this
back-to-tip = ⬅️ Back to the tip
why-title = <b>Where “{ $title }” comes from</b>
why-source = “{ $title }”, section “{ $section }”
why-claim = { $claim ->
    [practical] <b>What it is:</b> practical advice, a way to do something that the source suggests.
    [general] <b>What it is:</b> general health advice. It is not about you in person.
   *[medical] <b>What it is:</b> medical information from an article. It is no diagnosis; please ask your doctor about yourself.
}
why-reviewed = <b>Last checked against its source:</b> { $day }
pace = { $thin ->
    [1] You get every tip on { $topic }.
    [2] You get every second tip on { $topic }.
    [4] You get every fourth tip on { $topic }.
   *[other] You get one in { $thin } tips on { $topic }.
}
less-toast = Less from now on
pace-kept-toast = As before
pace-least = This is the least there is. You can switch the topic off in /settings.
pace-off = This topic is switched off. You can change that in /settings.
even-less = ➖ Less of this
keep-as-before = ↩️ Keep as before
tip-stopped = You have stopped all messages. Send /start to get tips again.
tip-paused = Your tips are paused. End the pause in /settings, then ask again.
tip-none-on = All topics are switched off. Switch one on in /settings.
tip-on-its-way = A tip is on its way already.
slowed-down = You have not tapped on the last three tips, so I send half as many from now on. Any tap shows me that they are welcome, and /settings brings back the full pace.

## Places of a zone, topics, schedules

zone-button = { $time }, { $place }
city-button = { $time }, { $city }, { $country }
label-hydration = 💧 Hydration
label-sleep = 😴 Sleep
label-screen_break = 👀 Screen breaks
label-relaxation = 🌿 Relaxation
label-facial_exercises = 🙂 Face exercises
label-food_and_caffeine = ☕ Food and caffeine
label-movement = 🚶 Movement
label-check_in = 📋 Daily check-in
label-digest = 🗞 Weekly summary
plan-line = { $topic }: { $schedule }
plan-line-days = { $topic }: { $schedule }, { $days }
plan-times = { $times }
plan-every = every { $minutes } minutes from { $start } to { $end }
days-all = every day
days-work = Monday to Friday
days-one = on { $day }
days-some = on { $list }
thinned = { $thin ->
    [2] only every second time
    [4] only every fourth time
   *[other] only one time in { $thin }
}

## Getting started

welcome =
    <b>Hello. I am here for people whose face twitches or spasms.</b>

    I do two things. I send short tips at times that suit you, and I log a twitch in one tap.

    <b>What I keep:</b> your Telegram number, your time zone and settings, which tips you got and what you tapped on them, and what you log about your face. I keep nothing before you agree.

    <b>I am not a medical device.</b> I pass on what five articles say, and I name them. I cannot tell what you have, and I do not replace a doctor. /signs shows when to get help.
agree = ✅ I agree, start
open-privacy = 🔒 Privacy
agreed = Thank you. You can stop at any time with /stop.
zone-share =
    <b>First question: what time is it where you are?</b>
    Then tips come at the right hour. You can share your location with the button below. I look up the time zone and do not keep the place.
share-location = 📍 Share my location
zone-question =
    Or <b>tap the hour that your clock shows now</b>. If it is { CLOCK("14:40") }, tap { HOUR("14:00") }.
    You can also type the name of your city.
zone-guess = ✔️ { $time }, { $place } (my guess)
zone-of-hour = <b>Which time is right for you?</b> If none fits, type the name of a city near you.
other-hour = ⬅️ Another hour
zone-of-city = <b>Which one is it?</b>
city-unknown = I do not know a city called “{ $name }”. Please type a larger city near you, or tap an hour above.
place-unknown = I could not find the time zone of that place. Please tap your hour or type the name of a city.
zone-kept = Good: it is { $time } where you are ({ $place }). If that is ever wrong, change it in /settings.
zone-toast = Time zone: { $place }
preset-question =
    <b>Last question: how many tips would you like?</b>

    🌱 <b>Gentle</b>: two tips a day, one on hydration and one on relaxation.
    ⭐ <b>Daily four</b>, my suggestion: four tips a day, one each on hydration, screen breaks, relaxation and sleep.
    💻 <b>Desk day</b>: on workdays a screen break every two hours; each day three tips on hydration, one on relaxation and one on sleep.

    Each of them also asks you once in the evening how your face was. I send nothing by myself between { $start } and { $end }. You can change all of this later.
preset-gentle = 🌱 Gentle
preset-daily_four = ⭐ Daily four (suggested)
preset-desk_day = 💻 Desk day
preset-toast = Kept
all-set = <b>All set.</b> This is what comes, at your local time:
all-set-more =
    I send nothing by myself between { $start } and { $end }. Only your first tip is on its way right now.
    /settings changes any of this, /help shows what else I can do, and /stop ends it all.
started-already = You are all set already, so this button has no more to do. You can change it all in /settings.
answer-first = There is one question left before this works. Please answer it below.
welcome-back = <b>Welcome back.</b>
welcome-resumed = <b>Welcome back. Your messages are on again</b>, with the settings you had.
welcome-on = This is on:
welcome-none-on = All topics are switched off. You can switch some on in /settings.
next-tip = Your next tip comes at { $when }.
next-tip-none = No tip is due at the moment.
paused-until = ⏸ Paused until { $when }. To go on sooner, send /settings.
paused-forever = ⏸ Paused until you go on. To do that, send /settings.
paused-until-here = ⏸ Paused until { $when }. To go on sooner, tap “Go on now”.
paused-forever-here = ⏸ Paused until you go on. To do that, tap “Go on now”.

## Settings

settings-title = <b>Settings</b>
settings-zone = 🌍 Time zone: { $place }, it is { $time } now
settings-quiet = 🌙 Quiet hours: { $start } to { $end }
settings-quiet-none = 🌙 Quiet hours: none
settings-bedtime = 🛏 Bedtime: { $time }
settings-sound-on = 🔔 Messages come with a sound
settings-sound-off = 🔕 Messages come without a sound
settings-language = 💬 Language: { $language }
settings-digest-off = 🗞 Weekly summary: off
settings-diagnosis-told = 🩺 Diagnosis: you have one
settings-diagnosis-open = 🩺 Diagnosis: you have not said
settings-stopped = ⏹ You have stopped all messages. /start turns them on again.
open-topics = 🗓 Topics and times
open-check-in = 📋 Daily check-in
open-quiet = 🌙 Quiet hours
open-bedtime = 🛏 Bedtime
open-zone = 🌍 Time zone
open-language = 💬 Language
open-pause = ⏸ Pause
open-diary = 🗞 Weekly summary
open-diagnosis = 🩺 Diagnosis
sound-off = 🔕 Turn sound off
sound-on = 🔔 Turn sound on
resume = ▶️ Go on now
back-to-settings = ⬅️ All settings
back-to-topics = ⬅️ Topics
kept-toast = Kept
topics-title =
    <b>Topics</b>
    A ✅ means that tips on it come. Tap a topic to change it.
topic-title = <b>{ $topic }</b>
topic-on = Now: { $schedule }, { $days }
topic-off = Now: off. Switched on, it would come like this: { $schedule }, { $days }
topic-thinned =
    ➖ You get { $pace }, as you asked for less or did not tap on some tips.
topic-quiet = ⚠️ { $times } { $count ->
    [one] lies
   *[other] lie
} in your quiet hours, so nothing comes then.
topic-next = Next: { $when }
switch-on = ✅ Switch on
switch-off = ⏹ Switch off
ask-times = 🕑 Type times of day
every-minutes = every { $minutes } min
full-pace = ⏩ Back to full pace
times-question =
    <b>{ $topic }: when should it come?</b>
    Now: { $schedule }
    Type the times and send them, like: { CLOCK("9:00") }, { CLOCK("14:30") }
window-question =
    <b>{ $topic }: when should it come?</b>
    Now: { $schedule }
    Type times and send them, like: { CLOCK("9:00") }, { CLOCK("14:30") }
    Or type from when to when it should come every { $minutes } minutes, like: { CLOCK("9:00") } - { CLOCK("17:00") }
check-in-question =
    <b>When should I ask how your day was?</b>
    Now: { $schedule }
    Type one time and send it, like: { CLOCK("20:00") }
times-unclear = I could not read that as times of day. Please send them like this: { CLOCK("9:00") }, { CLOCK("14:30") }. Or go back with /settings.
time-one = The daily check-in comes once a day. Please send one time, like { CLOCK("20:00") }.
times-many = That is more than { $most } times a day. Please send fewer.
times-in-quiet = One of these times lies in your quiet hours ({ $start } to { $end }), so nothing would come then. Please send other times, or change your quiet hours in /settings first.
all-in-quiet = All of these times lie in your quiet hours, so nothing would come. Please change the quiet hours first.
keep-a-day = At least one day stays on. To have no tips on this topic, switch it off.
times-kept = Kept.
quiet-title =
    <b>Quiet hours</b>
    Now: { $now }
    Nothing comes in these hours. Tap one, or type your own and send them, like { CLOCK("22:00") } - { CLOCK("08:00") }. Send “{ $off }” for none.
quiet-now-none = none
quiet-off = off
quiet-off-words = off, none, no, -
span = { $start } to { $end }
quiet-none-button = No quiet hours
quiet-unclear = I could not read that as quiet hours. Please send a start and an end, like { CLOCK("22:00") } - { CLOCK("08:00") }, or “{ $off }” for none.
quiet-same = Start and end are the same. Please send two times that differ, or “{ $off }” for no quiet hours.
quiet-silences = ⚠️ With these hours nothing is left of: { $topics }. You can change the times in /settings.
bedtime-title =
    <b>Bedtime</b>
    Now: { $now }
    The sleep tip comes before it. Tap a time, or type one and send it, like { CLOCK("22:30") }.
bedtime-unclear = I could not read that as a time. Please send one time, like { CLOCK("22:30") }.
zone-title =
    <b>Time zone</b>
    Now: { $place }, where it is { $time }.
    Are you somewhere else? <b>Tap the hour that your clock shows</b>, type the name of your city, or share your location (the 📎 sign, then Location).
zone-same = Your time zone is { $place }, as before.
zone-changed = Your time zone is { $place } now. It is { $time } there, and all your times follow it.
zone-offer = That place has the time zone of { $place }, where it is { $time }. Shall I use it from now on?
zone-use = ✔️ Use { $place }
language-title =
    <b>Language</b>
    Tap the one you would like to read.
pause-title =
    <b>Pause</b>
    Nothing comes while you pause. Your settings stay as they are.
pause-days = { $days ->
    [one] ⏸ 1 day
   *[other] ⏸ { $days } days
}
pause-open = ⏸ Until I go on
pause-kept = Paused
resume-kept = Messages come again

## Stop, help, privacy

stopped =
    <b>Stopped.</b> From now on nothing comes, and what was waiting is gone too.
    Your settings and your log are kept. Send /start when you want to come back.
stopped-already = You have stopped all messages already. Send /start when you want to come back.
stop-stranger = You get no messages from me, and I keep nothing about you. Send /start to begin.
help =
    <b>What I can do</b>

    /twitch logs a twitch now
    /pad brings back the log pad, the message with the twitch button
    /tip sends a tip now
    /relief leads you through something that may help
    /diary shows charts, a calendar, your entries and what goes together
    /report makes a page for your doctor, and the table behind it
    /treatment marks an injection or a change of medicine
    /settings changes topics, times, quiet hours and more, and pauses
    /signs shows when to get help, the urgent signs first
    /learn has short reading on causes, types, triggers and treatments
    /privacy says what is kept, where and how long
    /export sends you all of it in one file
    /delete_me removes all of it
    /stop ends all messages; /start turns them on again

    I am not a medical device and I do not replace a doctor.
privacy =
    <b>Privacy</b>

    <b>What is kept:</b>
    • your Telegram number and language, your time zone (not your place) and your settings
    • the tips you were sent, and what you tapped on them
    • each twitch and each day you log, with the details and notes you add
    • the relief sessions you do, and whether they helped
    • the days of treatment you mark, with your notes
    • what your diary showed over time, if I told you of it
    • a question I asked that you have not answered yet, until it runs out
    • when you last asked for a copy of your data

    <b>What is not kept:</b> your name, your phone number, a location you share, and other words you type to me.

    <b>Where:</b> in the database of whoever runs this bot, and nowhere else. Our chat itself is kept by Telegram under its own rules; a chat with a bot is not end-to-end encrypted.

    <b>Who sees it:</b> the person who runs this bot can reach the database. The program passes it to nobody, and its log file holds none of what you log or write.

    <b>How long:</b> the tips you were sent and what you tapped go after { $days } days. Your settings and your log stay until you remove them. An entry that you take back stays too, marked as taken back, so that you can put it back.

    <b>Your copy:</b> /export sends you all of it in one file, once in ten minutes.

    <b>How to leave:</b> /stop ends all messages at once and keeps your data. /delete_me removes all of it at once and for good. If the person who runs this bot made a backup before, that copy stays until they throw it away.

## A copy of all data, and its removal

nothing-kept = I keep nothing about you. Send /start to begin.
export-begun = 📦 I am putting your data together. The file comes in a moment.
export-caption = All that I keep about you. Open README.txt in it first.
export-wait = You got your data a moment ago. You can ask for it again at { $time }.
export-later = I could not read your data just now. Please send /export again in a moment.
export-too-large = There is more data than Telegram lets me send in one file. Please ask the person who runs this bot for it.
export-readme =
    All that this bot keeps about you
    Made on { $day } at { $time } ({ $zone }).

    Open a .csv file with a spreadsheet, and any file with a text editor. A .json file holds the same things as the .csv file beside it, word for word. In a .csv file, one of the signs = + - @ at the start of a cell, or after a comma, a ; or a new line in it, has a ' put before it. So no spreadsheet runs it as a formula.

    A time is a local time with its distance from world time, like 2026-03-02T22:07:00+13:00. A field that is empty, or null in a .json file, was never filled in. Tips that were sent and taps are kept for { $days } days. The rest is kept until you remove it with /delete_me.

    The files:
export-readme-foot =
    strength is your own rating from 0 (none) to 4 (worst). It is not a medical score.
    taken_back: yes means that you took the entry back. It counts nowhere.
    one_slot_in: 2 means that every second time of a plan is used, and so on.
    water and stress: 0 is little, 1 is some, 2 is a lot.
holding-settings = your settings
holding-plans = your topics, when tips on them come, and which tips came already
holding-check_ins = each twitch and each day that you logged, with details and notes
holding-days = what you said about single days: sleep, coffees, screen, water, stress
holding-relief = the relief sessions you did, and whether they helped
holding-treatments = the days of treatment you marked, with notes
holding-signs = which signs your diary showed, and when I told you of them
holding-deliveries = the tips and questions sent to you, and what you tapped on them
holding-taps = which press of a button made which entry, so that none counts twice
holding-question = a question that still waits for your answer
holding-updates = what you sent a moment ago and I have not answered in full
delete-ask =
    <b>Remove everything about you?</b>

    <b>What goes, at once and for good:</b> your settings and times, your log with all notes, your treatment marks, the list of tips you got and what you tapped on them, and what still waits to be sent. No message comes after that.

    <b>What stays with Telegram:</b> this chat. A bot cannot remove messages older than 48 hours. You can clear the chat yourself: open its menu and tap “Clear history” or “Delete chat”.

    If you would like a copy first, send /export.
    To go on, tap the button; it works until { $time }. To keep everything, do nothing.
delete-button = 🗑 Remove everything
deleted-toast = Everything is removed
deleted =
    <b>Everything about you is removed.</b> I keep nothing, and nothing more comes.
    Old messages in this chat are with Telegram; you can clear the chat in its menu. If you ever want to begin anew, send /start.
pad-gone = This log pad is not in use any more. Send /start to begin anew.

## Signs

signs-title = <b>When to get help</b>
signs-emergency =
    🚨 <b>Call your emergency number now</b> if one of these comes on suddenly:
    • the face or an arm droops or is weak
    • speaking is hard
    • sight is lost
    Do not wait to see if it passes.
signs-alert = If it came on suddenly, call your emergency number now. Else please see a doctor soon. More stands in the message below.
signs-ticked = You ticked: <b>{ $signs }</b>. Please see a doctor soon. If it came on suddenly, call your emergency number now.
signs-emergency-source = The emergency rule is the bot's own safety rule. It does not come from the articles. The other signs do:
signs-doctor = 👩‍⚕️ <b>See a doctor soon</b> if:
sign-pain = there is pain
sign-weakness = the face is weak or droops
sign-sight = your sight changes
sign-weeks = twitching lasts more than a few weeks
sign-spreads = it spreads to other parts of the face
sign-worse = it keeps happening or gets worse
sign-severe = spasms are severe or do not go away
sign-line = • { $sign }
sign-cited = • { $sign } [{ $marks }]
signs-sources = <b>Where this comes from</b>
signs-source = [{ $mark }] “{ $title }”, section “{ $section }”
signs-more = ℹ️ Where this comes from
signs-limits = I cannot tell what you have. If you are in doubt, ask a doctor.

## What a diary shows

course-title = <b>A word about your diary</b>
course-lasts = You logged twitches on { $days } days since { $first }, never more than a week apart. That is more than three weeks.
course-lasts-says = Three of the articles say to see a doctor then. They do not agree how soon: when it goes on for more than a few weeks [{ $weeks }], once it keeps happening [{ $keeps }], or when it will not go away [{ $persists }]. None of them gives a number, so I count three weeks.
course-spreads = Since { $since } you have logged this too: { $spots }. In the weeks before, you had not.
course-spreads-says = When twitching spreads to other parts of the face, it is time to see a doctor for nerves, one article says [{ $marks }].
course-worse-strength = In the last 2 weeks, the strongest twitch of a day came to { $now } of 4 on average. In the 4 weeks before, it came to { $before }.
course-worse-count = In the last 2 weeks you logged { $now } twitches a day on average. In the 4 weeks before, it was { $before }.
course-worse-says = When it gets worse, it is time to see a doctor, the articles say [{ $marks }].
course-close = I say this only once. I cannot tell what it comes from, but a doctor can look into it and may have ways to help. /signs shows what is urgent.
diagnosis-hint = Does a doctor know about it, and do you have a diagnosis? Then tap the button, and I keep that in mind.
diagnosis-have = ✔️ I have a diagnosis
diagnosis-kept = Kept. I will not speak of how long it lasts.
settings-diagnosed = You have a diagnosis, so I do not speak of how long the twitching lasts.
settings-undiagnosed = You have not said that you have a diagnosis. If your diary shows twitching for weeks, I tell you once that a doctor should look at it. If a doctor has done so already, tap the button.
diagnosis-none = I have no diagnosis
diagnosis-title = <b>Diagnosis</b>

## The weekly summary

digest-title = <b>Your week, { $period }</b>
digest-days = { $missing ->
    [0] You logged each of the 7 days.
    [one] You logged { $days } of 7 days. Of 1 day nothing is known.
   *[other] You logged { $days } of 7 days. Of { $missing } days nothing is known.
}
digest-change-more = That is more than in the week before: { $now } a day, after { $before }.
digest-change-fewer = That is fewer than in the week before: { $now } a day, after { $before }.
digest-change-alike = That is about as many as in the week before: { $now } a day, after { $before }.
digest-change-unknown = In one of the two weeks, I know the number of twitches of fewer than 4 days. So I do not compare it with the week before.
digest-strength = Typical strength (median): { $strength } of 4 (week before: { $before })
digest-helped-part = { $what } ({ $count })
digest-helped = What helped: { $list }
digest-go-on = Every day you log counts, also one with no twitch. One week says little; /diary shows more of them.
digest-empty = Nothing was logged in this week, so I do not know how it was. That is fine. If you like to go on, one tap a day is enough. I will not write about empty weeks again.
digest-settings = ⚙️ When this comes
digest-page =
    <b>Weekly summary</b>
    Once a week I can sum up your last seven days: what you logged, beside the week before, and what helped.
digest-on = ✅ It comes { $days } at { $schedule }. Tap another day or time, or type a time and send it, like { CLOCK("18:30") }.
digest-off = It is off.
digest-switch-on = ✅ Send it each week
digest-switch-off = ⏹ Do not send it
digest-in-quiet = That time lies in your quiet hours, so nothing would come then. Please send another time.
time-one-unclear = I could not read that as a time. Please send one time, like { CLOCK("18:30") }.

## Reading

learn-title =
    <b>Reading</b>
    Short cards on what the articles say. Pick a shelf.
learn-empty = There are no cards to read yet.
shelf-button = { $shelf } ({ $count })
shelf-causes = 🧠 Causes
shelf-types = 🔎 Types
shelf-triggers = ⚡ Triggers
shelf-signs = 🚨 Signs
shelf-treatments = 💊 Treatments
shelf-relief = 💆 Relief
shelf-living = 🌤 Living with it
shelf-title =
    <b>{ $shelf }</b>
    Pick a card.
shelf-title-page =
    <b>{ $shelf }</b>, page { $page } of { $pages }
    Pick a card.
page-back = ⬅️ Page before
page-next = ➡️ Next page
card-before = ⬅️ Card before
card-next = ➡️ Next card
back-to-shelves = ⬅️ All shelves
back-to-shelf = ⬅️ { $shelf }
card-title = <b>{ $title }</b>
card-sources = <b>Where this comes from</b>
card-source = • “{ $title }”, section “{ $section }”
card-source-file = • “{ $title }”, section “{ $section }” (file { $file })
source-untitled = an article
card-claim = { $claim ->
    [practical] Practical advice.
    [general] General health advice. It is not about you in person.
   *[medical] Medical information, no diagnosis. Please ask your doctor about yourself.
}
card-reviewed = Last checked against its sources: { $day }

## The diary

diary-empty =
    <b>Your diary is empty so far.</b>
    Tap the button when your face twitches, or say how the day was. A day without a twitch counts just as much. Your charts begin with the first entry.
diary-title = Diary, { $period }
diary-period = { $first } to { $last }
diary-nothing = Nothing was logged in this time. That is no zero: it is not known.
diary-twitches = { $count ->
    [0] No twitches logged
    [one] 1 twitch
   *[other] { $count } twitches
}
diary-free = Days without a twitch: { $days }
diary-median = Typical strength (median): { $strength } of 4
diary-worst = Strongest: { $strength } of 4
diary-missing = Days with nothing logged: { $days } (not known, so not zero)
diary-day = { $day }: { $count ->
    [0] no twitch tapped
    [one] 1 twitch
   *[other] { $count } twitches
}, strongest { $strength }
diary-day-unrated = { $day }: { $count ->
    [one] 1 twitch
   *[other] { $count } twitches
}, not rated
diary-day-free = { $day }: no twitch
diary-day-missing = { $day }: nothing logged
diary-day-both = { $day }: { $count ->
    [one] 1 twitch
   *[other] { $count } twitches
}, typical { $typical }, strongest { $strength }
diary-each-day = Each day: twitches; strength (typical / strongest)
diary-each-week = Each week: twitches a day; strength (typical / strongest); days logged
diary-mean = { $mean } a day
diary-line = { $day }: { $said }
diary-week = From { $day }: { $mean }; { $strength }; { $days } of { $all }
diary-hours = Twitches in the hour from:
diary-hour = { $time }: { $count }
diary-place = { $place }: { $list }
diary-side = { $side } { $count }
diary-dates = { $name }: { $list }
chart-counts = Twitches a day
chart-weeks = Twitches a day, average of each week
chart-strengths = Strength, 0 to 4
chart-median = typical (median)
chart-worst = strongest
chart-missing = nothing logged
chart-none = no twitch
chart-uncounted = rated, not counted
chart-hours = Twitches by hour of the day
chart-places = Twitches by place and side
chart-no-place = place not said
chart-no-side = side not said
chart-unrated = not rated
level-0 = none
level-1 = faint
level-2 = some
level-3 = strong
level-4 = worst
span-day = Day
span-week = Week
span-month = Month
span-quarter = 90 days
look-days = By day
look-hours = By hour
look-places = By place
open-calendar = 📅 Calendar
back-to-charts = 📊 Charts
month-before = ⬅️ Month before
month-after = ➡️ Month after
theme-dark = 🌙 Dark
theme-light = ☀️ Light
open-entries = 📒 Entries
open-helped = 💚 What helped
open-together = 🔎 What goes together
entries-title = <b>Your entries</b>, newest first, page { $page } of { $pages }. Tap a number to change or delete one.
entry-line = { $what }
entry-line-rated = { $what }, strength { $strength }
entry-line-day = { $day }, the whole day: { $rating }
entry-edit = ✏️ { $number }
page-newer = ⬅️ Newer
page-older = ➡️ Older
helped-title = <b>What helped</b>, in the last 90 days
helped-ranked = What helped most of the times stands first:
helped-few = Too few answers yet to say more of these:
helped-other = Did not help, for the most part:
helped-both = { $what }: helped in { $better } of { $rated ->
    [one] 1 session
   *[other] { $rated } sessions
}, and ticked { $ticked ->
    [one] once
   *[other] { $ticked } times
} on its own
helped-sessions = { $what }: helped in { $better } of { $rated ->
    [one] 1 session
   *[other] { $rated } sessions
}
helped-ticks = { $what }: ticked { $ticked ->
    [one] once
   *[other] { $ticked } times
}
helped-note-sessions = “Sessions” counts your answers to “Did it help?” in /relief.
helped-note-ticks = A tick only says that something helped, not how often it did not.
helped-none = You have not said yet what helped. Tick it among the details of a twitch, marked 💚, or answer “Did it help?” after a session of /relief.
together-title = <b>What goes together with bad days</b>, in the last 90 days
together-wait = The data does not tell yet. { $days ->
    [one] 1 more logged day is needed
   *[other] { $days } more logged days are needed
} before I compare any.
together-no-question = The data does not tell yet. I need at least 5 days with a thing and 5 days without it. You can add what kind of day it was when you rate the day.
together-failed = I could not work it out just now. Please try again in a moment.
together-nothing = <b>The data does not tell.</b> I looked at each of these, and no gap was larger than chance can make.
together-strength = • <b>{ $what }</b>: the { $days } days with it came to { $mean } of 4 on average, the { $others } days without it to { $base }.
together-count = • <b>{ $what }</b>: the { $days } days with it had { $mean } twitches on average, the { $others } days without it { $base }.
together-trigger = • <b>{ $what }</b>: on the { $days } days you ticked it, twitches had a strength of { $mean } on average. On { $others } other days with a twitch it was { $base }.
gap-more = That is more, by { $low } to { $high }.
gap-less = That is less, by { $low } to { $high }.
together-no-cause = They <b>went together. That does not make it a cause</b>: both may come from something else. The range shows how sure the gap is, and all things I looked at were counted in.
together-looked = Looked at (days with, days without): { $list }
together-counts = { $what } ({ $days }, { $others })
factor-sleep = 6 hours of sleep or less
factor-coffee = 2 coffees or more
factor-screen = 6 hours of screen or more
factor-water = little water
factor-stress = a day with stress

## Treatment

treatment-injection = botulinum toxin injection
treatment-started = medicine started
treatment-changed = medicine changed
treatment-stopped = medicine stopped
treatment-surgery = surgery
treatment-other = other treatment
treatment-intro =
    <b>Treatment</b>
    Mark the day of an injection or a change of medicine. The diary can then show the days since, next to how strong it felt. Ask your doctor before you change a medicine.
treatment-list =
    {""}
    <b>Your marks</b>, newest first, page { $page } of { $pages }:
treatment-choose =
    {""}
    <b>What do you want to mark?</b>
treatment-line = { $day }, { $kind } ({ $ago })
treatment-line-note = “{ $note }”
treatment-ago = { $days ->
    [0] today
    [one] 1 day ago
   *[other] { $days } days ago
}
treatment-add = ➕ { $kind }
treatment-reading = 📖 Reading on treatments
treatment-which-day =
    <b>{ $kind }</b>
    Which day was it?
treatment-today = Today, { $day }
treatment-yesterday = Yesterday, { $day }
treatment-type-day = 📅 Another day …
treatment-day-ask =
    <b>{ $kind }</b>
    📅 <b>Type the day and send it</b>, like { $example } or { $words }.
treatment-day-ask-toast = Type the day and send it
treatment-day-unclear = I could not read that as a day. Please send it like 2026-03-14, or { DAY("2026-03-14") }.
treatment-day-far = That day is still to come, or too long ago. Please send a day up to today.
treatment-either = Day and month could be either way round. Which one do you mean?
treatment-title = <b>{ $kind }</b>
treatment-day = { $day } ({ $ago })
treatment-kept = Kept
treatment-gone-toast = Taken away
treatment-taken-away = This mark was taken away. It counts nowhere, and you can put it back.
treatment-marked = Marked: { $kind }, { $day }.
treatment-missing = That mark is no longer there, so nothing was changed.
treatment-change-day = 📅 Day
treatment-change-kind = 🏷 Kind
treatment-which-kind =
    <b>{ $day }</b>
    What was it?
treatment-all = ⬅️ All marks
open-since = 📈 Days since treatment
open-treatments = 💉 Treatment marks
since-title = { $kind }, { $day }
since-now = { $days ->
    [0] It was today.
   *[other] Today is day { $days } since the treatment.
}
since-days = days since the treatment
since-strongest = strongest that day
since-middle = typical of the week
since-few = under 4 days known
since-others = another treatment
since-span = { $days ->
    [one] Day { $first }
   *[other] Days { $first } to { $last }
}
since-block = { $span }: typical { $middle }, strongest { $strongest } ({ $known } of { $days ->
    [one] 1 day
   *[other] { $days } days
} known)
since-block-unknown = { $span }: not known
since-cut = Only the first { $days } days are shown.
since-no-cause = This lays what you logged beside the days since. It does not tell what caused it.
since-no-mark = There is no treatment mark yet. Send /treatment to mark a day.
since-look-days = Day by day
since-look-cycles = Cycles
cycles-title = { $kind }: cycles
cycles-strengths = Typical strength of each week, 0 to 4
cycles-weeks = week since the treatment
cycles-from = from { $day }
cycles-legend = A cycle goes from one such mark to the next. Typical strength (median), 0 to 4:
cycles-line = From { $day } ({ $days ->
    [one] 1 day
   *[other] { $days } days
}): { $list }
cycles-part = { $weeks ->
    [one] week { $first }
   *[other] weeks { $first } to { $last }
}: { $middle }
cycles-unknown = not known
cycles-one = There is one cycle so far. The next mark of this kind begins another.
today-words = today
yesterday-words = yesterday

## The report for a doctor

report-choose =
    <b>A page for your doctor</b>
    I make one or two pages to print or to forward, and the table behind them. They hold what you logged, and say so. Nothing is sent to anybody but you.

    <b>Which time shall it cover?</b>
report-span-30 = 📄 Last 30 days
report-span-90 = 📄 Last 90 days
report-span-since = 📄 Since the last treatment
report-span-all = 📄 All of it
report-span-range = 📅 From … to …
report-with-notes = 📝 With my notes
paper-a4 = A4
paper-letter = US Letter
report-other-paper = 📄 The same as { $paper }
report-period-ask =
    📅 <b>Type the first and the last day and send them</b>, like { $first } to { $last }.
report-period-ask-toast = Type the first and the last day
report-period-unclear = I could not read that as a period of time. Please send two days up to today, the first one first, like { DAY("2026-01-01") } to { DAY("2026-02-28") }.
report-empty = Nothing was logged in this time, so there is nothing to report.
report-begun = Your report is being made. It comes in a moment.
report-later = I could not read your diary just now. Please try again in a moment.
report-failed = I could not make the page just now. Here is the table behind it. Please try again in a moment.
report-caption =
    Your report, { $period }
    Days logged: { $logged } of { $days }
    You logged this yourself, and it is no medical score. Look it over before you pass it on.
report-table-caption = The table behind the report: a row for each entry. Any spreadsheet opens it.
report-title = Diary of facial twitching
report-subtitle = { $period } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
report-name = Name:
report-born = Date of birth:
report-notice = Self-reported: the patient logged all of this with the diary tipbot, and nobody has checked it. Strength is their own rating from 0 (none) to 4 (worst). It is not a clinical score. Days with nothing logged are unknown, not zero. Each figure can be counted again in the CSV file beside this page. Made on { $day }.
report-footer = Self-reported with tipbot; no clinical score, no medical device
report-page = Page { $page } of { $pages }
report-unshown = ▯ stands for signs that cannot be printed here. They are in the CSV file.
report-of = { $some } of { $all }
report-figures = The period
report-logged = Days logged
report-missing = Days with nothing logged (unknown)
report-free = Days logged as free of twitches
report-uncounted = Days rated, twitches not counted
report-twitches = Twitches logged
report-weekly = Twitches per 7 counted days
report-strength = Strength, own rating 0 to 4
report-rated = Twitches rated
report-median = Median of the rated twitches
report-day-median = Median of the days' strongest
report-worst = Worst
report-since = Days since the last treatment mark
report-daily = Strongest rating of each day, 0 to 4
report-by-week = Median of each week's days, 0 to 4
report-zeros = 0: no twitch
report-marked = treatment
report-marks = Treatment marks
report-mark = { $day }: { $kind }
report-noted = { $line }. “{ $note }”
report-more-marks = … and { $count } earlier in this period (see the CSV file)
report-before = Last one before the period: { $mark }
report-no-marks = None marked.
report-places = Place and side, number of twitches
report-all = all
report-nothing = none
report-durations = How long, number of twitches
report-unsaid = not said
report-triggers = Possible triggers, ticked
report-no-cause = Ticked by the patient; no cause is shown.
report-helped = What helped, ticked
report-signs = Warning signs ticked
report-sign-last = last
report-sign-times = times
report-days = Days by their strongest
report-level = { $level } { $words }
report-unrated = logged, not rated
report-context = The days, as far as said
report-sleep = Sleep, hours
report-coffees = Coffees
report-screen = Screen, hours
report-measure = median { $median }, { $least } to { $most } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
report-water = Water
report-water-0 = little
report-water-1 = some
report-water-2 = plenty
report-stress = Stress
report-stress-0 = calm
report-stress-1 = some
report-stress-2 = a lot
report-part = { $word } { $days }
report-stretches = The course
report-head-from = From and to
report-head-twitches = Twitches
report-head-logged = Days logged
report-head-weekly = Per 7 counted days
report-head-median = Median strength
report-head-worst = Worst
report-more-years = { $count } earlier rows are left out (see the CSV file).
report-notes = Notes of the patient, newest first
report-more-notes = … and { $count } more (see the CSV file)
csv-what = what
csv-date = date
csv-time = time
csv-zone = time zone
csv-strength = strength (0 to 4, own rating)
csv-side = side
csv-place = place
csv-how-long = how long
csv-minutes = minutes measured
csv-triggers = possible triggers
csv-helped = what helped
csv-signs = warning signs
csv-sleep = hours of sleep
csv-coffees = coffees
csv-screen = hours of screen
csv-water = water
csv-stress = stress
csv-treatment = treatment
csv-note = note
csv-is-first-day = first day of the report
csv-is-last-day = last day of the report
csv-is-treatment = treatment mark
csv-is-facts = about the day
csv-is-day = rating of the day
csv-is-twitch = twitch

## Talk

unknown-words =
    I did not understand that. I know buttons and commands, but I cannot chat.
    Did your face twitch? Tap the button. /signs shows when to get help, and /help what else I can do.
unknown-command = I do not know the command { $command }. /help shows the ones I know, and /signs when to get help.
unknown-kind =
    I can only read text, and I do not keep pictures, voice or files.
    Did your face twitch? Tap the button. /signs shows when to get help, and /help what else I can do.
type-it = Please type your answer as text, or send /help to leave the question.
send-file = I am waiting for a file. Please send it as a file, not as text or a picture, or send /help to leave the question.
group-only-private = Hello. I talk to one person at a time, so I work in private chats only and keep nothing from this group. Please write to me at @{ $name }. Here I answer only /signs, which shows when to get help.

## Telegram's menu and profile

menu-twitch = Log a twitch now
menu-tip = Get a tip now
menu-relief = Be led through something that may help
menu-diary = Charts, calendar and what goes together
menu-report = A page for your doctor
menu-treatment = Mark an injection or a change of medicine
menu-settings = Topics, times, quiet hours, pause
menu-signs = When to get help, urgent signs first
menu-learn = Causes, types, triggers, treatments
menu-help = What I can do
menu-privacy = What is kept, and where
menu-export = Get all your data in one file
menu-delete_me = Remove all your data
menu-stop = Stop all messages
bot-description = Short tips at the right time for people whose face twitches or spasms, and a log that takes one tap. Not a medical device. Tap Start to see what it keeps.
bot-short-description = Tips for a twitching face, and a log that takes one tap. Not a medical device.

## Owners and editors

menu-admin = For editors: tips and what belongs to them
admin-owner =
    <b>Admin</b>
    You are an owner of this bot.
admin-editor =
    <b>Admin</b>
    You are an editor of this bot.
back-to-admin = ⬅️ Admin
holding-draft = what you are writing as an editor and have not saved
holding-notices = what you are still to be told as an owner or editor
holding-role = your name and language, since when you are an editor, and your number in the log of what editors did
holding-invitations = invitations for editors that you made and nobody has opened
holding-acts = what you did as an owner or editor, and what others did about you
admin-team = 👥 Editors
admin-log = 📜 Who did what
team-title = <b>Editors</b>
team-none = There are no editors yet. An invitation makes somebody one.
team-editor = • { $name }, since { $day }
team-invites = <b>Invitations that nobody has opened</b>
team-invite = • no. { $number }, made by { $name }, { $made }, ends { $ends }
team-full = There can be { $most } editors and open invitations together. Remove or withdraw one first.
time-utc = { $time } UTC
no-name = person no. { $number }
make-invite = ➕ Invite an editor
withdraw-invite = 🚫 Withdraw no. { $number }
remove-editor = ➖ Remove { $name }
invite-made =
    <b>Invitation no. { $number }</b>
    Send this link to the person who is to be an editor:
    { $link }
    It works once, for the first person who opens it, until { $ends }. It is shown here only this once. Delete this message when it has been used.
invite-toast = The link is below
invite-withdrawn-toast = It leads nowhere any more
invite-gone-toast = It was used, withdrawn or ran out before
remove-ask =
    <b>Remove { $name }?</b>
    It takes effect at once. What { $name } did stays in the log.
remove-yes = ➖ Yes, remove
keep-editor = ⬅️ No, keep
removed-toast = Removed
removed-before-toast = That person is no editor any more
invite-welcome =
    <b>Welcome. You are an editor now.</b>
    You look after the tips of this bot: /admin shows all you can do. Send /start if you want to get tips yourself.
    What you do as an editor is kept in a log with your name, so that others can see who changed what.
invite-already = You are an editor already. /admin shows all you can do.
invite-owner = You are an owner of this bot, so you can do all that an editor can. The invitation is still open.
invite-void = This invitation does not work any more: it was used, withdrawn or ran out. Ask whoever sent it for a new one.
invite-used = { $name } opened your invitation and is an editor now. If that is not whom you meant, remove them with /admin.
no-editor-told = You are no longer an editor of this bot. If you get tips here, they come as before.
log-title = <b>Who did what</b>
log-line = • { $when }:
log-empty = Nothing yet.
log-older = Older ➡️
log-newest = ⬅️ Newest
log-export = 📄 All of it as a file
log-export-toast = The file comes in a moment
log-caption = The whole log, oldest first. Times in it are UTC.
log-too-large = The log is too large for one message. It is all in the database.
deed-unknown = { $name }: { $deed } { $thing } { $detail } { $about }
deed-invited = { $name } made invitation no. { $thing }
deed-withdrew_invite = { $name } withdrew invitation no. { $thing }
deed-joined = { $name } became an editor by invitation no. { $thing }
deed-removed_editor = { $name } removed { $about } as an editor
deed-exported_log = { $name } took this log as a file
delete-staff = You work on the tips of this bot, too. If you are an editor, that ends. What you did stays in the log, under a number without your name.
deed-announced = { $name } sent announcement no. { $thing } ({ $detail })
deed-stopped_announcement = { $name } stopped announcement no. { $thing }
holding-announcements = announcements that you wrote as an owner
admin-announcements = 📣 Announcements
back-to-announcements = ⬅️ Announcements
announcement = 📣 <b>News from the people who run this bot</b>
announcements-title = <b>Announcements</b>
announcements-none = There are none yet.
announcements-line = • no. { $number }, { $when }, { $audience }: { $state }
announcements-as_of = As of { $when }
announcements-again = 🔄 Look again
announcement-button = no. { $number }: { $state }
announcement-new = ➕ New announcement
announcement-state-running = being sent
announcement-state-done = sent
announcement-state-stopped = stopped
audience-all = to everyone
audience-topic = to whoever gets tips on { $topic }
audience-ask =
    <b>Whom is it for?</b>
    People who have paused, stopped or blocked me get none.
audience-everyone = 👥 Everyone
announce-ask =
    📣 <b>Type the text now and send it</b>, up to { $limit } characters. Bold and italic stay as they are.
    It goes { $audience }. You will see it first; nothing is sent yet.
announce-ask-toast = Type the text and send it
announce-empty = There is nothing in that text that I could show. Please type it again.
announce-too_long = That text has { $length } characters, and { $limit } is the most. Please send a shorter one.
announce-broken = I could not read the formatting of that text. Please send it without.
announce-preview =
    That is how it will look. It goes { $audience }: { $heads ->
    [0] nobody at present
    [one] 1 person
   *[other] { $heads } people
}.
announce-takes = At our pace it takes { $minutes ->
    [0] less than a minute
    [one] about a minute
   *[other] about { $minutes } minutes
}. Tips and answers go first.
announce-quiet = Where it is quiet hours now it comes when they end. What cannot be sent within a day is left out.
announce-start = 📣 Send it now
announce-change = ✏️ Change the text
announce-drop = 🗑 Discard
announce-started-toast = It is on its way
announce-dropped-toast = Discarded
announce-dropped = The text is discarded. Nothing was sent.
announce-old = This text is too old to be sent, or it was discarded. Please write it anew.
progress-title = <b>Announcement no. { $number }</b>, { $audience }: { $state }
progress-share = { $over } of { $total } dealt with
progress-preparing = I am still putting the list together.
progress-sent = ✅ sent: { $count }
progress-waiting = ⏳ waiting, also for the end of quiet hours: { $count }
progress-dropping = ⏹ left out now, but for what is on its way: { $count }
progress-unreachable = 🚫 could not be reached, no more tips go there: { $count }
progress-unknown = ❔ may have arrived or not, and is not sent again: { $count }
progress-failed = ⚠️ failed: { $count }
progress-expired = ➖ left out, stopped, paused or too late: { $count }
progress-left = { $minutes ->
    [0] Less than a minute left
    [one] About a minute left
   *[other] About { $minutes } minutes left
}
progress-let-go = I no longer show here how announcement no. { $number } goes on, as everything about you is removed. Whoever owns this bot still finds it with /admin.
progress-until = It goes on until { $when }, when the last quiet hours end.
announce-stop = ⏹ Stop
announce-stopped-toast = Stopped. What is on its way still arrives.
announce-over-toast = It was over already

## What editors did with the library

holding-tip_revisions = which tips you changed or approved as an editor, and when
holding-tip_proposals = changes of tips that you proposed or settled as an editor
deed-tip_added = { $name } added { $thing } as a draft
deed-tip_edited = { $name } changed { $thing }: { $detail }
deed-tip_published = { $name } published { $thing }
deed-tip_retired = { $name } retired { $thing }
deed-tip_restored = { $name } restored { $thing }
deed-tip_reverted = { $name } took { $thing } back to an older version: { $detail }
deed-tip_proposed = { $name } proposed a change to { $thing }: { $detail }
deed-tip_approved = { $name } approved a change to { $thing }: { $detail }
deed-tip_rejected = { $name } rejected a change to { $thing }: { $detail }
deed-tip_withdrawn = { $name } withdrew their change to { $thing }: { $detail }
deed-took_file = { $name } took the file's text of { $thing }
deed-kept_live = { $name } kept the live text of { $thing } against its file
deed-library_imported = { $name } brought in an archive of the library: { $detail }
deed-review_wanted = { $name } asked for a second pair of eyes before a change is published
deed-review_waived = { $name } let changes be published without a second pair of eyes
admin-figures = 📊 Figures
figures-title = <b>Figures, { $period }</b>
figures-people = 👥 Subscribers: { $count }
figures-active = • get messages: { $count }
figures-paused = • have paused: { $count }
figures-stopped = • have stopped: { $count }
figures-blocked = • have blocked me: { $count }
figures-starting = • still at the start: { $count }
figures-joined = ➕ New in these days: { $count }
figures-sent = 📨 Messages sent: { $count }
figures-failed = • failed: { $count }
figures-unknown = • in doubt, not sent again: { $count }
figures-unreachable = • could not be reached: { $count }
figures-expired = • not sent, too late or not wanted any more: { $count }
figures-votes = 👍 { $helpful } and 👎 { $other } for tips
figures-day = { $period }: { $sent } sent
figures-day-lost = { $lost } not
figures-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
figures-open-votes = 👍 Votes for each tip
chart-sent = Messages sent
chart-not-arrived = Not arrived
chart-failed = failed
chart-unknown = in doubt
chart-unreachable = not reached
chart-votes = Votes
chart-helpful = helpful
chart-not-helpful = not helpful
votes-title = <b>Votes for tips, { $period }</b>
votes-legend = The most helpful come first. Tips with fewer than { $enough } votes stand last: so few say little.
votes-none = There are no votes yet.
votes-line = { $share } % · 👍 { $helpful } 👎 { $other } · sent { $sent } · { $title }
privacy-staff =
    <b>As you work on the tips of this bot,</b> I also keep your name, the language of your Telegram, what you did, the news you wrote, and the links you made for editors.
    What you did stays in the log when you remove your data. It then has a number and no name.

## The library in editors' hands

admin-library = 📚 Library
library-title =
    <b>Library</b>
    Pick a topic or a shelf, or search. Drafts and retired texts are in the lists, too.
place-all = 📚 All of it
search-tips = 🔎 Search
search-here = 🔎 Search here
new-tip = ➕ New tip
open-draft = ✏️ Go on writing
open-proposals = ⏳ Waiting changes ({ $count })
open-conflicts = ⚖️ File or chat ({ $count })
open-files = 📦 As files
list-title = <b>{ $place }</b>: { $count ->
    [0] nothing
    [one] 1 text
   *[other] { $count } texts, page { $page } of { $pages }
}
list-words = Searched for: <i>{ $words }</i>
list-empty = Nothing fits. Try fewer words or another filter.
sign-draft = 📝
sign-retired = 💤
sign-waiting = ⏳
sign-conflict = ⚖️
sign-is-draft = 📝 draft: nobody has got it yet
sign-is-retired = 💤 retired: nobody gets it any more
sign-is-waiting = ⏳ a change waits for approval
sign-is-conflict = ⚖️ its file and its live text both changed
filter-any = All
filter-draft = Drafts
filter-published = Published
filter-retired = Retired
words-ask =
    <b>Search in { $place }</b>
    Type one or more words and send them. The start of a word is enough.
words-ask-toast = Type what you look for
back-to-library = ⬅️ Library
back-to-place = ⬅️ { $place }
to-tip-page = ⬅️ To the text
tip-rule = ──────────
state-draft = 📝 <b>Draft</b>: nobody has got it yet.
state-published = ✅ <b>Published</b>
state-retired = 💤 <b>Retired</b>: nobody gets it any more.
tip-version = Version { $number }, by { $who }, { $when }
by-files = the files
tip-place = { $place }, id <code>{ $id }</code>
tip-tags = Tags: { $tags }
tip-figures =
    In the last 90 days: sent { $sent }, did it { $done }, helpful { $helpful }, not helpful { $unhelpful }, later { $snoozed }, less { $less }, nothing tapped { $skipped }.
tip-waits = { $count ->
    [one] ⏳ A change to this text waits for approval.
   *[other] ⏳ { $count } changes to this text wait for approval.
}
tip-in-conflict = ⚖️ Its file and its live text both changed. The live one goes out until you choose.
edit-tip = ✏️ Edit
wish-publish = ✅ Publish
wish-retire = 💤 Retire
wish-restore = ✅ Publish again
open-history = 🕓 Versions ({ $count })
open-proposal = ⏳ Change no. { $number }
open-conflict = ⚖️ File or chat
change-saved-toast = Saved
change-waits-toast = Kept. It goes out once a second editor approves it.
change-overtaken-toast = Somebody changed it since you looked, so nothing was saved yet.
change-replaced = It takes the place of your change no. { $numbers }, which waited.
changed-meanwhile = { $who } changed this text in the meantime: version { $revision }. Nothing was done. Please look at it again.

edit-title =
    <b>Edit “{ $title }”</b>
    id <code>{ $id }</code>

    What do you want to change? Nothing goes out before you save it. Its topic cannot change, as the id begins with it.
field-title = Title
field-body = Text
field-tags = Tags
field-sources = Sources
field-claim = Kind
field-reviewed = Checked on
field-name-title = title
field-name-body = text
field-name-tags = tags
field-name-sources = sources
field-name-claim = kind
field-name-reviewed = day of the check
field-name-topic = topic
field-name-shelf = shelf
draft-new = 📝 This is how it will look. It is <b>not saved yet</b>. Its id will be like <code>{ $id }</code>.
draft-changes = ✏️ This is how it will look. <b>Not saved yet</b>, changed: { $fields }.
draft-changes-none = ✏️ Nothing differs from the saved text yet.
draft-save = 💾 Save
draft-keep = 💾 Keep as draft
draft-publish = ✅ Publish
draft-drop = 🗑 Throw away
draft-leave = ⏸ Leave it for now
draft-kept-toast = Kept in your draft
draft-dropped-toast = Thrown away
draft-dropped = Thrown away. Nothing was changed.
draft-gone = That draft is no longer there, so nothing was kept. Your words are above, to copy.
draft-gone-toast = That draft is gone, so nothing was changed.
draft-gone-tap = That draft is no longer there: it was saved or thrown away. Nothing was changed.
draft-in-the-way = You are still editing another text. Save it or throw it away first.
step-back = ⬅️ Step back
new-tip-title = <b>A new tip</b>
ask-topic =
    <b>A new tip</b>
    Which topic does it belong to? Each answer is kept at once, so you can leave at any step.
ask-title = Type the <b>title</b> and send it: one line, { $limit } characters at most.
ask-body = Type the <b>text</b> and send it, { $limit } characters at most. Bold and italic from Telegram's own menu are kept, and lines that begin with - become a list.
ask-tags = Type the <b>tags</b> and send them, { $most } at most: small letters, with commas between, like: water, habit
ask-reviewed = On which day was it <b>checked against its source</b>? Type the day and send it, or tap the button.
ask-sources = Which document does it come from?
ask-section =
    <b>{ $title }</b>
    { $file }
    Which section?
ask-claim = What kind of statement is it?
source-line = { $number }. “{ $title }”, section “{ $section }”
source-none-now = None: it is shown as the editors' own.
document-line = <b>{ $letter }</b>: { $title }
add-source = ➕ { $letter }
drop-source = ➖ no. { $number }
no-source = 🚫 No document: our own words
claim-practical = Practical: a way to do it
claim-general = General health advice
claim-medical = Medical: needs a source
review-today = ✔️ Today
field-now = It says now, to copy from:
verbatim = { $words }
refused = <b>That does not fit yet, so nothing was changed.</b>
refused-line = • { $problem }: { $mend }
refused-text = Your text, to copy and mend. Just send it anew:
refused-toast = It does not fit yet
save-again-toast = That id was taken a moment ago. Please save once more.
clash = <b>{ $who } saved version { $revision } while you were writing.</b> Nothing is lost: both are below.
clash-theirs = <b>What { $who } changed:</b>
clash-mine = <b>What you changed:</b>
clash-both = 🤝 Keep both changes
clash-take-theirs = Keep theirs, throw mine away
clash-take-mine = Put mine on top of theirs
clash-look-toast = Please look at it, then save
diff-none = nothing
diff-field = { $field }:
diff-kept = { $words }
diff-removed = <s>[-{ $words }-]</s>
diff-added = <u>[+{ $words }+]</u>

## The library: versions and approvals

history-title = <b>Versions of “{ $title }”</b>, newest first, page { $page } of { $pages }
version-add = <b>{ $number }</b>: written by { $who }, { $when }
version-edit = <b>{ $number }</b>: changed by { $who }, { $when }
version-publish = <b>{ $number }</b>: published by { $who }, { $when }
version-retire = <b>{ $number }</b>: retired by { $who }, { $when }
version-restore = <b>{ $number }</b>: published again by { $who }, { $when }
version-revert = <b>{ $number }</b>: taken back to an older version by { $who }, { $when }
version-sync = <b>{ $number }</b>: taken from { $who }, { $when }
version-import = <b>{ $number }</b>: brought in with an archive by { $who }, { $when }
version-fields = ({ $fields })
version-approved = ✅ approved by { $who }
version-button = no. { $number }
version-diff = <b>Against version { $number }:</b>
revert-to = ↩️ Back to version { $number }
to-history = 🕓 All versions
proposals-title = <b>Changes that wait for a second pair of eyes</b> ({ $count })
proposals-none = No change waits for approval.
proposal-line = no. { $number }: “{ $title }”, by { $who }, { $when }
proposal-add = { $who } wants to add this.
proposal-edit = { $who } wants to change it to this.
proposal-publish = { $who } wants to publish this.
proposal-retire = { $who } wants to retire this.
proposal-restore = { $who } wants to publish this again.
proposal-revert = { $who } wants to go back to this.
proposal-sync = { $who } wants to take this from the file.
proposal-import = { $who } brought this in with an archive.
proposal-newer = ⚠️ <b>The text has changed since this was proposed:</b> version { $revision }, by { $who }. What is struck out below would go.
proposal-diff = <b>Against the text as it is now:</b>
proposal-approved = ✅ { $who } approved it.
proposal-rejected = ✖️ { $who } turned it down.
proposal-withdrawn = ↩️ { $who } took it back.
proposal-own = This change is your own, so somebody else has to approve it.
proposal-approve = ✅ Approve
proposal-reject = ✖️ Turn down
proposal-why = ✖️ Turn down and say why
proposal-withdraw = ↩️ Take it back
proposal-approved-toast = Approved
proposal-rejected-toast = Turned down
proposal-gone-toast = It was taken back
settled-approved-toast = { $who } has approved this before
settled-rejected-toast = { $who } has turned this down before
settled-withdrawn-toast = { $who } has taken this back before
proposal-own-toast = Nobody approves their own change
to-proposals = ⏳ All that wait
why-ask = <b>Why not?</b> Type a word for { $who } about “{ $title }” and send it, up to { $limit } characters. I pass it on, and it stays with the change.
told-approved = ✅ { $who } approved your change to “{ $title }”. It goes out now.
told-rejected = ✖️ { $who } turned your change to “{ $title }” down. Its text is kept in the log of changes.
told-why = They say:
told-waits = ⏳ { $who } proposes a change to “{ $title }”. It waits for a second pair of eyes.
told-wait = ⏳ { $count } changes wait for a second pair of eyes.
admin-review = 👀 Second pair of eyes
review-on =
    <b>Second pair of eyes: on</b>
    With two or more people at the desk, what subscribers would get waits until somebody else approves it. Taking a text away never waits.
review-off =
    <b>Second pair of eyes: off</b>
    What an editor saves goes out at once.
review-waive = Switch it off
review-want = Switch it on

## The library as files

files-title =
    <b>The library as files</b>
    Take all of it as one zip of text files, change it with any text editor, and bring it back. Before anything changes you see what would.
library-export = 📤 Take as zip
library-import = 📥 Bring in a zip
library-export-toast = The file comes in a moment
library-export-caption = The library as it is now. Change the files, pack them again and send the zip back by way of “Bring in a zip”.
back-to-files = ⬅️ As files
archive-ask =
    <b>Send me the zip</b> as a file, { $megabytes } MB at most.
    Nothing changes before you have seen what it would do.
archive-too-large = That file is larger than { $megabytes } MB. A library is much smaller, so I did not open it. Nothing was changed.
archive-lost = I could not fetch that file from Telegram. Please send it again.
archive-refused = { $count ->
    [one] <b>I cannot take this archive, as there is a fault in it.</b> Nothing was changed.
   *[other] <b>I cannot take this archive, as there are { $count } faults in it.</b> Nothing was changed.
}
archive-fault = • <code>{ $file }</code>, { $field }: { $problem }; { $mend }
and-more = … and { $count } more
archive-title = <b>This is what the archive would do:</b>
archive-anew = ⚠️ Somebody changed the library since you looked, so nothing was done yet.
archive-other = ⚠️ You have sent another archive since, so nothing was done yet. This is about the newest one.
archive-in-step = The archive says the same as the library. There is nothing to do.
archive-add = ➕ <b>{ $count } new</b>
archive-take = ✏️ <b>{ $count } changed</b>
archive-retire = 💤 <b>{ $count } retired</b>, as they are not in it
archive-keep = 🔒 <b>{ $count } kept as they are</b>, as only the library changed them
archive-conflict = ⚖️ <b>{ $count } changed on both sides</b>
archive-line = • { $title } (<code>{ $id }</code>)
archive-apply = ✅ Do it
archive-apply-files = ✅ Do it, the archive wins where both changed
archive-taking-toast = One moment
archive-done = <b>Done.</b> New: { $added }, changed: { $changed }, retired: { $retired }.
archive-waiting = { $count ->
    [one] ⏳ 1 of them waits for a second pair of eyes.
   *[other] ⏳ { $count } of them wait for a second pair of eyes.
}
archive-replaced = ↩️ Earlier changes of yours that waited and were taken back for these: { $count }.
archive-conflicts = { $count ->
    [one] ⚖️ 1 was changed on both sides and stays as it is.
   *[other] ⚖️ { $count } were changed on both sides and stay as they are.
}
conflicts-none = No text waits for this choice.
conflict-gone-toast = This choice is over: it was made before, or the file has changed again.
conflicts-title =
    <b>File or chat?</b> ({ $count })
    Both the file and the live text of these changed. The live text goes out until you choose.
conflict-live = <b>The live text</b> ({ $state }):
conflict-file = <b>The file would change it to this:</b>
conflict-file-gone = <b>The file is gone</b>, which would retire it.
conflict-keep-live = Keep the live text
conflict-take-file = Take the file
state-name-draft = draft
state-name-published = published
state-name-retired = retired

## The desk: limits and checks

sources-full-toast = A text can name { $most } sources. Take one away first.
archive-documents =
    { $count ->
    [one] 📚 <b>1 source document</b> is new or changed
   *[other] 📚 <b>{ $count } source documents</b> are new or changed
}
archive-document-new = • <code>{ $name }</code>: new, “{ $title }”
archive-document-title = • <code>{ $name }</code>: “{ $old }” becomes “{ $title }”
archive-document-sections = • <code>{ $name }</code>: other sections, “{ $title }”
archive-held =
    { $count ->
    [one] 🔒 <b>1 new title of a document is left out.</b> People read it below tips, and nobody else has seen it.
   *[other] 🔒 <b>{ $count } new titles of documents are left out.</b> People read them below tips, and nobody else has seen them.
} An owner can switch the second pair of eyes off for this.
deed-document_added = { $name } brought in the source document { $thing }
deed-document_changed = { $name } changed the source document { $thing }: { $detail }
deed-library_exported = { $name } took the library as a zip
library-unsound-toast = A text of the library has a fault
library-unsound =
    { $count ->
    [one] <b>I cannot pack the library, as there is a fault in it.</b>
   *[other] <b>I cannot pack the library, as there are { $count } faults in it.</b>
} Look for the text, mend it or retire it, and try again.
slash-words = I do not know the command { $command }. If it was meant as your answer, begin it with another sign than a slash and send it anew: the question is still open.
staff-unasked = I am not waiting for words just now, so I do not know what this is for. /admin shows all you can do here. Send /start if you want to get tips yourself.
formatting-lost = I left out formatting that texts here do not have: { $kinds }.
formatting-underline = underlined
formatting-strikethrough = struck out
formatting-spoiler = hidden
formatting-code = code
formatting-link = the address behind a link
formatting-quote = quote
formatting-emoji = custom emoji
formatting-bold_italic = bold and italic
log-tip = “{ $title }” ({ $id })
field-name-sections = sections
log-change-add = adding
log-change-edit = editing
log-change-publish = publishing
log-change-retire = retiring
log-change-restore = publishing again
log-change-revert = an older version
log-change-sync = the file's text
log-change-import = an archive's text
figures-utc = Days begin at midnight UTC.
tip-figures-none = It was not sent in the last 90 days.
log-added = { $count } added
log-changed = { $count } changed
log-retired = { $count } retired
