### All words of the program in English. Terms are those of docs/glossary.md.

## Shared

button-expired = This button has expired. Send /help to see what I can do.
start-first = Please send /start first; it takes a minute.
something-failed = Something went wrong on my side (code { $code }). Please try again in a moment.

## Topics

topic-hydration = hydration
topic-sleep = sleep
topic-screen_break = screen breaks
topic-relaxation = relaxation
topic-facial_exercises = facial exercises
topic-food_and_caffeine = food and caffeine
topic-movement = movement
topic-check_in = daily check-in

## Logging a twitch

twitch-now = ⚡ Twitch now
undo = ↩️ Undo
put-back = ↪️ Put back
details = ✏️ Details
when-other-day = { $day }, { $time }
what-where = { $when }, { $where }
logged = Logged { $what }
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
    Tap what fits. Each tap is kept at once, and a second tap on a ✅ takes it away.
    First row: how strong it felt to you, 0 to 4.
    📍 where · ⏳ how long · 🔎 what may have set it off · 💚 what helped · ⚠️ signs a doctor should know of · 🕑 when
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
still-going = ⏳ Still going
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
time-ask = 🕑 <b>Type the time it happened and send it</b>, like 14:30. A time later than now means yesterday.
time-ask-toast = Type the time, like 14:30
time-unclear = I could not read that as a time. Please send it like 14:30, or 2:30 pm.
time-kept = Moved to { $what }.
earlier-10m = 10 min earlier
earlier-1h = 1 h earlier
earlier-morn = this morning
earlier-yday = yesterday
earlier-now = when I tapped
earlier-typed = a time …
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
flag-weakness = weak, droops
flag-sight = sight changed

## The day's check-in

prompt =
    <b>How was your face today, { $day }?</b>
    0 is a day without a twitch, 4 the worst. A day with none counts just as much.
rate-0 = 0 none today
rate-1 = 1 faint
rate-2 = 2 some
rate-3 = 3 strong
rate-4 = 4 worst
day-kept = Kept for { $day }: { $rating }
day-said =
    <b>{ $day }: { $rating }</b>
    Thank you, that is kept.
day-context =
    If you like, add what kind of day it was. Each tap is kept at once, and a second tap on a ✅ takes it away.
fact-kept = Kept
fact-sleep = { $value ->
    [4] 😴 Slept 4 h or less
    [9] 😴 Slept 9 h or more
   *[other] 😴 Slept { $value } h
}
fact-coffee = { $value ->
    [0] ☕ No coffee
    [1] ☕ 1 coffee
    [4] ☕ 4 coffees or more
   *[other] ☕ { $value } coffees
}
fact-screen = { $value ->
    [2] 📱 Screen 2 h or less
    [10] 📱 Screen 10 h or more
   *[other] 📱 Screen { $value } h
}
fact-water = { $value ->
    [0] 💧 Little water
    [1] 💧 Some water
   *[other] 💧 Plenty of water
}
fact-stress = { $value ->
    [0] 🌿 Calm
    [1] 🌿 Some stress
   *[other] 🌿 A lot of stress
}

## Tips

tip-title = <b>{ $title }</b>
tip-source = { $count ->
    [one] Source: { $titles }
   *[other] Sources: { $titles }
}
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
why-source = “{ $title }”, section “{ $section }” (file { $file })
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
