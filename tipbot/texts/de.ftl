### Alle Wörter des Programms auf Deutsch. Schlüssel und Reihenfolge wie in en.ftl; Anrede: du.

## Shared

button-expired = Dieser Knopf ist abgelaufen. Mit /help siehst du, was ich kann.
start-first = Bitte sende zuerst /start; das dauert eine Minute.
no-editor-now = Du gehörst nicht mehr zur Redaktion dieses Bots, deshalb bewirkt dieser Knopf nichts mehr.
too-much =
    Das war sehr viel auf einmal. Bitte versuch es in { $seconds ->
        [one] 1 Sekunde
       *[other] { $seconds } Sekunden
    } noch einmal. Ein Zucken notieren geht immer.
something-failed = Bei mir ist etwas schiefgegangen (Code { $code }). Bitte versuch es gleich noch einmal.
answer-lost = Die Verbindung ist abgebrochen, während ich dir geantwortet habe. Was du geschickt hast, ist angekommen. Nur meine Antwort fehlt hier vielleicht.

## Warum ein Text oder eine Datei abgelehnt wurde: die Worte von `tips check`

said-no_line = es ist leer oder hat Zeilenumbrüche, überflüssige Leerzeichen oder Zeichen, die nicht gezeigt werden können
said-named_no_line = { $kind } „{ $line }“: leer, oder mit Zeilenumbrüchen, überflüssigen Leerzeichen oder Zeichen, die nicht gezeigt werden können
said-named_length = { $kind } „{ $line }“: { $length } Zeichen
said-name = Name
said-title = Titel
said-section = Abschnitt
said-bold = Fett
said-italic = Kursiv
said-one_line = schreib es in eine Zeile
said-citation_parts = gib jeder Quelle ein „document:“ und ein „section:“, beides Text
said-kebab = nimm a-z, 0-9 und einzelne Bindestriche, höchstens { $limit } Zeichen
said-tag_count = { $count } Stichwörter, oder eines davon doppelt
said-too_early = { $day } liegt vor { $year }
said-in_future = { $day } liegt in der Zukunft
said-no_topic = eine Karte steht in einem Fach, nicht in einem Thema
said-no_shelf = ein Tipp gehört zu einem Thema, nicht in ein Fach
said-no_words = das ist keine Liste von Wörtern
said-words = schreib sie so: [water, habit]
said-sources_mend = nenne Dokument und Abschnitt, oder schreib „sources: { $word }“, wenn es keine gibt
said-no_source = { $found } ist keine Quelle
said-no_date = { $found } ist kein Datum
said-date_form = schreib es so: 2026-11-21
said-missing = es fehlt
said-add_field = ergänze „{ $field }: …“ zwischen den Zeilen mit ---
said-not_text = { $found } ist kein Text
said-quotes = setz es in Anführungszeichen
said-not_one = „{ $found }“ gehört nicht dazu
said-use = nimm { $choices }
said-no_sources = das ist keine Liste von Quellen
said-remove_line = nimm die Zeile heraus
said-no_id = „{ $found }“ ist keine Kennung
said-move_file = verschieb die Datei nach { $path }.md, oder berichtige Kennung oder Thema, wenn sie neu ist
said-plain_title = ein Titel ist reiner Text
said-no_marks = lass die Auszeichnungen weg
said-length = { $length } Zeichen
said-shorten = kürze es auf { $limit }
said-tags_mend = gib 1 bis { $limit } verschiedene an
said-source_count = { $count } Quellen
said-name_most = nenne höchstens { $limit }
said-source_twice = eine Quelle steht doppelt da
said-list_once = nenne sie einmal
said-medical_unsourced = eine medizinische Aussage hat keine Quelle
said-name_source = nenne Dokument und Abschnitt
said-review_mend = nenne den Tag, an dem es zuletzt geprüft wurde
said-spare_ends = es hat überflüssige Zeilenumbrüche oder Leerzeichen
said-trim = kürze Anfang und Ende
said-no_text = es ist kein Text da
said-write_body = schreib mindestens ein Wort
said-no_field = dieses Feld gibt es nicht
said-wrong_prefix = es beginnt nicht mit „{ $prefix }“
said-name_so = nenne es so
said-no_tag = „{ $found }“ ist kein Stichwort
said-unshowable = Zeile { $line } kann nicht gezeigt werden
said-shown_length = { $length } Zeichen, wie es gezeigt wird
said-other_file = „{ $found }“ gehört in eine andere Datei
said-cited_length = { $length } Zeichen an Titeln und Abschnitten
said-no_document = das Dokument „{ $found }“ steht nicht in sources.yaml
said-no_section = { $document } hat keinen Abschnitt „{ $found }“
said-nearest = meinst du „{ $found }“?
said-listed_source = nenne eines, das in sources.yaml steht
said-stands_times = „{ $found }“ steht { $count } Mal da
said-fewer_sources = nenne weniger Quellen
said-own_id = gib jedem Eintrag eine eigene Kennung
said-list_most = führe höchstens { $limit } auf
said-document_count = { $count } Dokumente
said-section_count = { $count } Abschnitte
said-headings = Überschriften werden nicht gezeigt; lass das # weg oder schreib \#
said-quoted = Zitate werden nicht gezeigt; lass das > weg oder schreib \>
said-numbered = nummerierte Listen werden nicht gezeigt; beginn stattdessen mit „- “
said-bullet = ein Listenpunkt ist „- “ und dann Text; schreib \- für einen Strich
said-bullet_begins = beginn einen Listenpunkt mit „- “, oder schreib \+
said-underlined = unterstrichene Überschriften werden nicht gezeigt; schreib \= für das Zeichen
said-tables = Tabellen werden nicht gezeigt; nimm Listenpunkte
said-code = Code wird nicht gezeigt; lass das ` weg oder schreib \`
said-links = Links und Bilder werden nicht gezeigt; schreib \[ für eine Klammer
said-html = HTML wird nicht gezeigt; schreib \< für das Zeichen
said-entity = schreib das Zeichen selbst, oder \& für das &
said-strike = Durchgestrichenes wird nicht gezeigt; schreib \~ für das Zeichen
said-backslash = ein Backslash steht vor einem Zeichen; schreib \\ für den Backslash selbst
said-bold_form = Fett sind **zwei Sterne** auf jeder Seite; schreib \* für einen Stern
said-italic_form = Kursiv ist _ein Unterstrich_ auf jeder Seite; schreib \_ für das Zeichen
said-at_line = Zeile { $line }: { $reason }
said-unclosed = { $mark } ist nicht geschlossen; setz { $sign } ans Ende oder schreib { $escaped }
said-nothing_shown = von dieser Zeile wird nichts gezeigt; nimm sie heraus
said-ends_spaces = die Zeile endet mit Leerzeichen; nimm sie weg
said-control = hier steht ein Steuerzeichen ({ $code }); nimm es heraus
said-crossed = { $mark } endet vor { $inner } darin; schließ das zuerst
said-nested = { $mark } in { $inner }; schließ das erste mit { $sign } nach einem Wort
said-inside_word = { $mark } beginnt oder endet mitten im Wort; setz es um das ganze Wort
said-begins_space = die Zeile beginnt mit einem Leerzeichen; fang am Rand an
said-whole_words = { $sign } steht um ganze Wörter; schreib { $escaped } für das Zeichen selbst
said-easier = kürzere Sätze und Wörter bringen ihn auf { $limit } oder darunter
said-grade = der Lesegrad ist { $grade }
said-to_card = verschieb es auf eine Karte: Medikamente, Nahrungsergänzung und Kräuter gehören nicht in Tipps
said-broken_signs = „{ $found }“ hat kaputte Zeichen
said-retype = speichere den Text als UTF-8 und tippe sie neu
said-is_link = „{ $found }“ ist ein Link
said-no_link = nenne die Stelle in Worten; die Quellenzeile zeigt, woher es stammt
said-promise = „{ $found }“ verspricht zu viel
said-may_help = schreib, was helfen kann, und wem
said-scolds = „{ $found }“ tadelt
said-invite = lade lieber ein
said-dose = „{ $found }“ ist eine Dosis
said-no_dose = nenn keine: Das zu sagen ist Sache einer Ärztin oder eines Arztes
said-amount = „{ $found }“ nennt eine Menge
said-no_amount = die Dokumente nennen keine; überlass sie den Lesenden
said-in_tip = „{ $found }“ steht in einem Tipp
said-no_doctor = „{ $found }“ steht ohne Arzt oder Ärztin da
said-ask_doctor = ergänze „ask your doctor“ (frag deine Ärztin oder deinen Arzt)
said-keep_files = behalte höchstens { $limit } Dateien
said-keep_most = behalte höchstens { $limit }
said-add_tips = leg Tipps als { $language }/<topic>/<name>.md ab; eine leere Sammlung würde alle zurückziehen
said-too_large = größer als { $limit } kB
said-file_place = Dateien heißen <language>/<topic or cards>/<name>.md; verschieb oder entferne sie
said-front_mend = setz die Felder ganz am Anfang zwischen zwei Zeilen mit ---
said-add_documents = ergänze die Dokumente mit Titeln und Abschnitten
said-begin_document = beginn jedes Dokument mit „name.txt:“
said-byte = Byte { $place } ist kein UTF-8
said-no_tips = er enthält keine Tipps
said-correct_line = berichtige diese Zeile
said-not_document = das ist kein Dokument
said-document_mend = gib ihm einen Titel und Abschnitte
said-untitled = es hat keinen Titel
said-add_title = ergänze „title: …“
said-unsectioned = es hat keine Liste von Abschnitten
said-list_headings = führe seine Überschriften auf
said-file_count = { $count } Dateien
said-split = kürze oder teile sie
said-no_entry = weder Tipp noch Karte
said-no_front = der Kopf mit den Feldern fehlt
said-no_documents = es nennt keine Dokumente
said-no_field_named = das Feld „{ $field }“ gibt es nicht
said-section_not_text = ein Abschnitt ist kein Text
said-save_utf = speichere sie als UTF-8
said-its_not_text = { $field } ist kein Text
said-section_twice = ein Abschnitt steht doppelt da
said-headings_once = führe jede Überschrift einmal auf
said-folder_instead = setz einen Ordner an seine Stelle
said-link_out_folder = ein Link, der aus dem Ordner hinausführt
said-file_itself = leg die Datei selbst hierher
said-not_plain = keine gewöhnliche Datei
said-not_plain_mend = entferne sie, oder leg die Datei selbst hierher
said-link_nowhere = ein Link, der nirgendwohin führt
said-unreadable = nicht lesbar ({ $reason })
said-may_be_read = prüfe, ob es sie gibt und ob sie gelesen werden darf
said-more_files = mehr als { $limit } Dateien
said-link_out = ein Link, der hinausführt
said-as_exported = nimm die Datei, wie sie exportiert wurde, oder lass sie weg
said-archive_size = ein Archiv hat höchstens { $limit } MB
said-archive_most = ein Archiv hat höchstens { $limit }
said-unpacked_size = ausgepackt mehr als { $limit } MB
said-leave_out = lass Dateien weg
said-name_utf = der Name ist kein UTF-8
said-name_long = der Name ist zu lang oder hat Zeichen, die nicht gezeigt werden können
said-name_path = der Name ist kein Pfad im Archiv
said-name_out = der Name führt aus dem Archiv hinaus
said-special = ein Link oder eine andere besondere Datei
said-encrypted = verschlüsselt
said-packing = auf eine Weise gepackt, die ich nicht lese
said-megabytes = es hat { $size } MB
said-move_there = verschieb sie nach { $language }/<topic or cards>/, oder lass sie weg
said-inner_name_utf = der Name einer Datei darin ist kein UTF-8
said-plain_name = gib ihr einen einfachen Namen
said-no_zip = keine Zip-Datei, oder eine beschädigte
said-pack_again = pack es neu
said-plain_file = lass sie weg, oder pack eine gewöhnliche Datei
said-damaged = beschädigt, oder nicht, was der Kopf der Datei sagt
said-no_revisions = keine Liste von Versionen
said-holds_files = es enthält { $count } Dateien
said-twice = doppelt vorhanden
said-leave_one = lass eine weg
said-no_part = kein Teil der Sammlung
said-anchors = Anker (&) und Aliasse (*) sind nicht erlaubt; nimm Anführungszeichen
said-yaml_tags = YAML-Tags (!) sind nicht erlaubt; nimm Anführungszeichen
said-too_deep = zu tief verschachtelt
said-yaml_signs = mit Zeichen, die YAML nicht erlaubt
said-impossible = ein Datum oder eine Zahl darin ist unmöglich
said-no_lines = keine Zeilen der Form „name: value“
said-field_name = der Name eines Feldes ist kein reiner Text
said-stands_twice = „{ $found }“ steht doppelt da
said-two_days = das kann mehr als einen Tag bedeuten
said-to_come = dieser Tag kommt erst noch
said-not_a_date = das ist kein Datum
said-send_date = schick es so: 2026-03-14
said-many_values = mehr als { $most } Werte
said-long_value = ein Wert mit mehr als { $most } Zeichen

## What the owners are told

doubts-told =
    { $count ->
        [one] Bei einer weiteren Nachricht weiß ich nicht, ob sie angekommen ist.
       *[other] Bei { $count } weiteren Nachrichten weiß ich nicht, ob sie angekommen sind.
    }
    Genau in dem Moment ist die Verbindung abgebrochen, oder ich wurde neu gestartet. So eine Nachricht schicke ich nicht noch einmal, damit niemand sie doppelt bekommt. Ein paar ab und zu sind kein Grund zur Sorge.

## Topics

topic-hydration = Trinken
topic-sleep = Schlaf
topic-screen_break = Bildschirmpausen
topic-relaxation = Entspannung
topic-facial_exercises = Gesichtsübungen
topic-food_and_caffeine = Essen und Koffein
topic-movement = Bewegung
topic-check_in = Tagesfrage
topic-digest = Wochenrückblick

## Logging a twitch

twitch-now = ⚡ Es zuckt
undo = ↩️ Rückgängig
put-back = ↪️ Doch behalten
details = ✏️ Details
when-other-day = { $day }, { $time }
what-where = { $when }, { $where }
logged = Notiert: { $what }
not-logged-yet = <b>Dieses Zucken ist nicht notiert</b>, denn ich behalte nichts, bevor du zustimmst. Sobald du zugestimmt hast, notiert /twitch es, und unter Details kannst du einstellen, wann es war.
logged-before-zone = ⚡ <b>Dein Zucken ist notiert.</b> Seine Uhrzeit bekommt es, sobald ich weiß, wie spät es bei dir ist.
taken-back = Zurückgenommen: { $what }
was-put-back = Wieder da: { $what }
where-left = { $place } links
where-right = { $place } rechts
where-both = { $place }, beide Seiten
where-left-whole_side = ganze linke Seite
where-right-whole_side = ganze rechte Seite
where-both-whole_side = beide Seiten, ganz
side-left = linke Seite
side-right = rechte Seite
side-both = beide Seiten
place-eyelid = Augenlid
place-cheek = Wange
place-mouth = Mund
place-jaw = Kiefer
place-forehead = Stirn
place-whole_side = ganze Seite
pad =
    <b>Schnellknopf</b>
    Tipp auf den Knopf, wenn du ein Zucken spürst. Einmal genügt.
pad-last = Zuletzt: { $what }
pad-taken-back = Zurückgenommen: { $what }

## Details of a twitch

entry-title = Zucken, { $what }
entry-day-title = { $day }, der ganze Tag
entry-legend =
    Tipp an, was passt; es wird sofort gespeichert. Ein zweiter Tipp auf ein ✅ nimmt es weg.
    Oben: wie stark es sich angefühlt hat, 0 bis 4. Dann 📍 wo · ⏳ wie lange · 🔎 was es ausgelöst haben kann · 💚 was geholfen hat · ⚠️ Zeichen, von denen ein Arzt wissen sollte · 🕑 wann
entry-strength = Stärke: { $strength } von 4 (deine eigene Einschätzung)
entry-duration = Dauer: { $duration }
entry-lasted = Dauer: { $minutes ->
    [0] weniger als eine Minute
    [one] 1 Minute
   *[other] { $minutes } Minuten
}
entry-triggers = Mögliche Auslöser: { $list }
entry-helped = Geholfen hat: { $list }
entry-flags = ⚠️ Dazu kam: { $list }
entry-note = Notiz: { $note }
entry-taken-back = Dieser Eintrag ist zurückgenommen. Er zählt nirgends, und du kannst ihn zurückholen.
entry-kept = Gespeichert
entry-timing =
    ⏳ Die Zeit läuft seit { $time }. Tipp auf den Knopf, wenn es vorbei ist.
it-stopped = ⏹ Vorbei
stopped-toast = Gespeichert. Dauer: { $minutes ->
    [0] weniger als eine Minute
    [one] 1 Minute
   *[other] { $minutes } Minuten
}
back = ⬅️ Zurück
done = ✔️ Fertig
delete-entry = 🗑 Löschen
change = ✏️ Ändern
write-note = 📝 Notiz
note-ask = 📝 <b>Schreib deine Notiz und schick sie ab</b>, höchstens { $limit } Zeichen. Ein einzelnes - entfernt die Notiz.
note-ask-toast = Schreib deine Notiz und schick sie ab
note-kept = Deine Notiz ist gespeichert.
note-shortened = Deine Notiz ist gespeichert. Sie war länger als { $limit } Zeichen, den Rest habe ich abgeschnitten.
note-removed = Es gibt keine Notiz mehr.
entry-gone = Diesen Eintrag gibt es nicht mehr, es wurde also nichts geändert.
time-ask = 🕑 <b>Schreib, um wie viel Uhr es war, und schick es ab</b>, zum Beispiel { CLOCK("14:30") }. Eine spätere Uhrzeit als jetzt heißt: gestern.
time-ask-toast = Schreib die Uhrzeit, zum Beispiel { CLOCK("14:30") }
time-unclear = Das konnte ich nicht als Uhrzeit lesen. Bitte schreib sie wie { CLOCK("14:30") }.
time-kept = Verschoben auf { $what }.
strength-0 = 0 keins
strength-1 = 1 schwach
strength-2 = 2 etwas
strength-3 = 3 stark
strength-4 = 4 sehr
mark-side = 📍
mark-place = 📍
mark-duration = ⏳
mark-trigger = 🔎
mark-helped = 💚
mark-flag = ⚠️
mark-earlier = 🕑
pick-side-left = Links
pick-side-right = Rechts
pick-side-both = Beide
pick-place-eyelid = Lid
pick-place-cheek = Backe
pick-place-mouth = Mund
pick-place-jaw = Kiefer
pick-place-forehead = Stirn
pick-place-whole_side = Alles
pick-duration-seconds = Sek.
pick-duration-minutes = Min.
pick-duration-half_hour = Halbe Std.
pick-duration-hours = Stunden
pick-duration-on_and_off = Ab und zu
pick-trigger-stress = Stress
pick-trigger-tired = Müde
pick-trigger-little_sleep = Schlaflos
pick-trigger-caffeine = Koffein
pick-trigger-alcohol = Alkohol
pick-trigger-screen = Bildschirm
pick-trigger-medicine = Arznei
pick-trigger-food = Essen
pick-helped-breathing = Atmen
pick-helped-massage = Massage
pick-helped-compress = Wärme
pick-helped-pressure = Druck
pick-helped-exercise = Übung
pick-helped-eye_break = Sehpause
pick-helped-rest = Ruhe
pick-helped-water = Wasser
pick-flag-pain = Schmerz
pick-flag-weakness = Schwäche
pick-flag-sight = Sehen
pick-earlier-10m = −10 Min.
pick-earlier-1h = −1 Std.
pick-earlier-morn = Heute früh
pick-earlier-yday = Gestern
pick-earlier-now = Beim Tipp
pick-earlier-typed = Uhrzeit …
pick-more = { $mark } mehr
pick-going = ⏱ Läuft
pick-relief = 💆 Lindern
duration-seconds = Sekunden
duration-minutes = Minuten
duration-half_hour = halbe Stunde
duration-hours = Stunden
duration-on_and_off = mit Pausen
trigger-stress = Stress
trigger-tired = müde
trigger-little_sleep = wenig Schlaf
trigger-caffeine = Koffein
trigger-alcohol = Alkohol
trigger-screen = Bildschirm
trigger-medicine = Medikament
trigger-food = Essen
helped-breathing = Atmen
helped-massage = Massage
helped-compress = warmes Tuch
helped-pressure = Druck
helped-exercise = Übung
helped-eye_break = Augenpause
helped-rest = Ruhe
helped-water = Wasser
flag-pain = Schmerz
flag-weakness = schwach oder hängt
flag-sight = Sehen verändert

## The day's check-in

prompt =
    <b>Wie ging es deinem Gesicht heute, { $day }?</b>
    0 ist ein Tag ohne Zucken, 4 der schlimmste. Ein Tag ohne zählt genauso.
prompt-past =
    <b>Wie ging es deinem Gesicht am { $day }?</b>
    0 ist ein Tag ohne Zucken, 4 der schlimmste. Ein Tag ohne zählt genauso.
open-today = 📋 Wie war heute?
open-yesterday = 📋 Und gestern?
rate-0 = 0 kein Zucken
rate-1 = 1 schwach
rate-2 = 2 etwas
rate-3 = 3 stark
rate-4 = 4 sehr
day-kept = Gespeichert für { $day }: { $rating }
day-said =
    <b>{ $day }: { $rating }</b>
    Danke, das ist gespeichert.
day-context =
    Wenn du magst, sag noch, was für ein Tag es war: 😴 Stunden Schlaf · ☕ Tassen Kaffee · 📱 Stunden Bildschirm · 💧 Wasser · 🌿 Stress. Alles wird sofort gespeichert, und ein zweiter Tipp auf ein ✅ nimmt es wieder weg.
fact-kept = Gespeichert
mark-sleep = 😴
mark-coffee = ☕
mark-screen = 📱
mark-water = 💧
mark-stress = 🌿
pick-sleep = { $value ->
    [4] 0–4 Std.
    [9] 9+ Std.
   *[other] { $value } Std.
}
pick-coffee = { $value ->
    [4] 4+
   *[other] { $value }
}
pick-screen = { $value ->
    [2] 0–2 Std.
    [10] 10+ Std.
   *[other] { $value } Std.
}
pick-water = { $value ->
    [0] wenig
    [1] etwas
   *[other] viel
}
pick-stress = { $value ->
    [0] ruhig
    [1] etwas
   *[other] viel
}
fact-sleep = { $value ->
    [4] 😴 0–4 Std. Schlaf
    [9] 😴 9+ Std. Schlaf
   *[other] 😴 { $value } Std. Schlaf
}
fact-coffee = { $value ->
    [0] ☕ Kein Kaffee
    [1] ☕ 1 Kaffee
    [4] ☕ 4+ Kaffee
   *[other] ☕ { $value } Kaffee
}
fact-screen = { $value ->
    [2] 📱 0–2 Std. Schirm
    [10] 📱 10+ Std. Schirm
   *[other] 📱 { $value } Std. Schirm
}
fact-water = { $value ->
    [0] 💧 Wasser: wenig
    [1] 💧 Wasser: etwas
   *[other] 💧 Wasser: viel
}
fact-stress = { $value ->
    [0] 🌿 Ruhig
    [1] 🌿 Etwas Stress
   *[other] 🌿 Viel Stress
}

## Relief

relief-choose =
    <b>Was jetzt guttun kann</b>
    Such dir etwas aus. Ich führe dich Schritt für Schritt hindurch, und du kannst jederzeit aufhören.
relief-known-first = Was dir am meisten geholfen hat, steht vorn.
relief-limits = Nichts davon hilft sicher. Wenn etwas wehtut, hör auf. /signs zeigt, wann du Hilfe holen solltest.
relief-counted = { $name }: half in { $helped } von { $tried } Fällen
relief-counted-ticks = { $name }: half { $helped ->
    [one] einmal
   *[other] { $helped } Mal
}
relief-name-breathing = 🌬 Atmen
relief-name-pressure = 👆 Sanfter Druck
relief-name-compress = 🧣 Warmes Tuch
relief-name-massage = 💆 Sanfte Massage
relief-name-forehead = 🖐 Stirnmassage
relief-name-jaw = 😮 Kiefer lockern
relief-name-cheeks = 😁 Wangen dehnen
relief-name-eye_squeezes = 😑 Augen zukneifen
relief-name-eye_break = 👀 Augenpause
relief-title = <b>{ $name }</b>
relief-about-breathing =
    Tiefes Atmen kann dich beruhigen und angespannte Muskeln lockern. Du atmest durch die Nase ein, hältst kurz an und lässt die Luft langsam durch den Mund hinaus.
relief-about-pressure =
    Sanfter Druck auf den Muskel, der zuckt, kann bei einem Krampf helfen. Die Hände sollten sauber sein. Drück nie auf das Auge selbst.
relief-about-compress =
    Wärme kann einem festen Muskel helfen, sich eine Weile zu entspannen. Mach zuerst ein sauberes Tuch mit warmem Wasser nass und wring es aus. Es soll warm sein, nicht heiß. Wenn du es in der Hand hast, tipp auf Start.
relief-about-massage =
    Eine leichte Massage mit den Fingerspitzen kann die Durchblutung fördern und angespannte Muskeln lockern. Es geht rund um die Augen, über Kiefer und Schläfen, die Wangenknochen hinauf und über feste Stellen.
relief-about-forehead =
    Langsame Kreise mit den Fingerspitzen können helfen, die Stirn zu entspannen.
relief-about-jaw =
    Du machst den Mund weit auf, bleibst ein paar Sekunden so und lässt los. Das kann einen angespannten Kiefer lockern.
relief-about-cheeks =
    Du lächelst breit, hältst das Lächeln ein paar Sekunden und lässt los. Das dehnt die Wangen und kann sie entspannen.
relief-about-eye_squeezes =
    Du machst die Augen zu, kneifst sie ein paar Sekunden zusammen und lässt los. Das kann die Muskeln rund um die Augen entspannen. Zähl mit, solange sie zu sind, statt zu lesen.
relief-about-eye_break =
    Eine Pause vom Bildschirm und gutes Licht können müde Augen entlasten.
relief-takes = Das dauert { $time } Minuten. Die Artikel nennen keine Zeiten, das Tempo ist also von mir. Mach es ruhig langsamer oder schneller.
relief-care = Hör auf, wenn es wehtut oder das Zucken schlimmer wird.
relief-care-breathing = Wenn dir schwindlig wird, hör auf und atme wie immer. Wenn du mit Lunge oder Herz Probleme hast, frag vorher deine Ärztin oder deinen Arzt.
relief-care-compress = Wenn die Haut dort wund oder taub ist, frag vorher deine Ärztin oder deinen Arzt.
relief-ask-first = Sprich mit einer Fachperson, bevor du mit einer neuen Übung anfängst.
relief-start = ▶️ Start
relief-slower = 🐢 Langsamer
relief-faster = 🐇 Schneller
relief-stop = ⏹ Aufhören
relief-again = 🔁 Noch einmal
relief-all = ⬅️ Alle zeigen
relief-round = Runde { $round } von { $rounds }
relief-step = Schritt { $number } von { $of }
relief-seconds = ⏳ { $seconds } Sekunden
relief-minutes = ⏳ { $time } Minuten
relief-do-breathing-settle = Setz oder leg dich bequem hin. Lass die Schultern sinken.
relief-do-breathing-in = ⬆️ <b>Atme ein</b>, durch die Nase. Lass den Bauch sich heben.
relief-do-breathing-hold = ⏸ <b>Halt an</b>, ohne dich anzustrengen.
relief-do-breathing-out = ⬇️ <b>Atme aus</b>, langsam durch den Mund.
relief-do-pressure-place = Leg eine saubere Fingerspitze auf den Muskel, der zuckt.
relief-do-pressure-press = 👇 <b>Drück leicht</b> und bleib ruhig. Atme langsam.
relief-do-pressure-release = 👐 <b>Lass los</b> und ruh dich aus.
relief-do-compress-test = Halt das Tuch ans Handgelenk. Es soll sich <b>warm anfühlen, nicht heiß</b>. Ist es zu heiß, warte noch.
relief-do-compress-rest = <b>Leg es auf</b> die Stelle, die zuckt, und ruh dich aus. Mach die Augen zu, wenn es in ihrer Nähe liegt. Nimm es weg, wenn es abkühlt.
relief-do-compress-lift = <b>Nimm es weg</b> und gönn dem Gesicht Ruhe.
relief-do-massage-hands = Die Hände sollten sauber und warm sein. Nimm die Fingerspitzen und berühr nur leicht.
relief-do-massage-eyes = 🔄 <b>Um die Augen:</b> reib sanft in kleinen Kreisen. Bleib auf dem Knochen, nicht auf dem Auge.
relief-do-massage-jaw = 🔄 <b>Kiefer:</b> reib und drück sanft in Kreisen.
relief-do-massage-temples = 🔄 <b>Schläfen:</b> reib und drück sanft in Kreisen.
relief-do-massage-cheekbones = ⬆️ <b>Wangenknochen:</b> streich nach oben.
relief-do-massage-tight = 👇 <b>Feste Stellen:</b> drück leicht darauf. Es soll nicht wehtun.
relief-do-forehead-hands = Leg die Fingerspitzen auf die Stirn.
relief-do-forehead-middle = 🔄 <b>Mitte:</b> reib sanft in kleinen Kreisen.
relief-do-forehead-sides = 🔄 <b>Seiten:</b> mach weiter in Kreisen, nach beiden Seiten hinaus.
relief-do-forehead-across = 🔄 <b>Überall:</b> langsame Kreise von einer Seite zur anderen.
relief-do-jaw-open = 😮 <b>Mach den Mund auf</b>, weit und langsam.
relief-do-jaw-hold = ⏸ <b>Bleib so.</b> Spür, wie sich der Kiefer dehnt.
relief-do-jaw-release = 😌 <b>Lass ihn zugehen</b>, sanft, und ruh dich aus.
relief-do-cheeks-smile = 😁 <b>Lächle breit</b> und halt das Lächeln.
relief-do-cheeks-relax = 😌 <b>Lass los.</b> Lass das Gesicht weich werden.
relief-do-eye_squeezes-close = 😌 <b>Mach die Augen zu</b>, ganz sanft.
relief-do-eye_squeezes-squeeze = 😑 <b>Kneif sie zusammen</b> und zähl langsam.
relief-do-eye_squeezes-release = 👀 <b>Lass los</b>, mach sie auf und ruh dich aus.
relief-do-eye_break-away = 👀 <b>Schau auf</b>, weg vom Bildschirm.
relief-do-eye_break-far = 🌳 <b>Schau in die Ferne</b>, aus dem Fenster oder quer durch den Raum.
relief-do-eye_break-blink = 😌 <b>Blinzle</b> sanft, ein paar Mal.
relief-do-eye_break-light = 💡 <b>Prüf das Licht:</b> Reicht es zum Lesen?
relief-over = Das war es.
relief-stopped = Aufgehört.
relief-question = <b>Hat es geholfen?</b>
relief-said = Deine Antwort: <b>{ $answer }</b>. Ich behalte sie bei deinen Einträgen.
relief-ticked = Ich habe „{ $helped }“ als Hilfe bei deinem Eintrag von { $what } angekreuzt. Unter Details kannst du das ändern.
relief-worse = Dann ist das vielleicht nichts für dich. Bei Schmerz oder Schwäche, oder wenn sich dein Sehen verändert: siehe /signs.
answer-better = besser
answer-same = gleich
answer-worse = schlimmer
answer-better-mark = 🙂
answer-same-mark = 😐
answer-worse-mark = 🙁
open-relief = 💆 Was guttun kann

## Tips

tip-title = <b>{ $title }</b>
tip-source = { $count ->
    [one] Quelle: { $titles }
   *[other] Quellen: { $titles }
}
tip-in-english = 💬 Diesen Text gibt es bisher nur auf Englisch.
tip-source-editor = Quelle: die Redaktion dieses Bots
did-it = Gemacht
did-it-mark = 👌
did-it-toast = Schön. Ich behalte, dass du es gemacht hast.
later = ⏰ Später
later-10m = ⏰ 10 Min.
later-1h = ⏰ 1 Stunde
later-eve = ⏰ Am Abend
later-toast = Dieser Tipp kommt noch einmal um { $when }
later-already = Dieser Tipp ist schon verschoben; er kommt noch einmal
later-stopped = Du hast alle Nachrichten abgestellt. Mit /start kommen wieder Tipps.
later-paused = Deine Tipps machen Pause, er kann also nicht später kommen. In /settings beendest du die Pause.
helpful = Hilfreich
helpful-mark = 👍
not-helpful = Nicht hilfreich
not-helpful-mark = 👎
helpful-toast = Danke. Gut zu wissen, dass er hilft.
not-helpful-toast = Danke. Das hilft, bessere Tipps auszusuchen.
why = ℹ️ Woher der Tipp?
less = ➖ Weniger davon
back-to-tip = ⬅️ Zurück zum Tipp
why-title = <b>Woher „{ $title }“ kommt</b>
why-source = „{ $title }“, Abschnitt „{ $section }“
why-claim = { $claim ->
    [practical] <b>Was es ist:</b> ein praktischer Rat, wie sich etwas umsetzen lässt, das die Quelle vorschlägt.
    [general] <b>Was es ist:</b> ein allgemeiner Rat zur Gesundheit. Er gilt nicht dir persönlich.
   *[medical] <b>Was es ist:</b> medizinisches Wissen aus einem Artikel. Es ist keine Diagnose; zu dir selbst frag bitte deine Ärztin oder deinen Arzt.
}
why-reviewed = <b>Zuletzt mit der Quelle verglichen:</b> { $day }
pace = { $thin ->
    [1] Du bekommst jeden Tipp zum Thema { $topic }.
    [2] Du bekommst jeden zweiten Tipp zum Thema { $topic }.
    [4] Du bekommst jeden vierten Tipp zum Thema { $topic }.
   *[other] Du bekommst einen von { $thin } Tipps zum Thema { $topic }.
}
less-toast = Ab jetzt weniger
pace-kept-toast = Wie vorher
pace-least = Weniger geht nicht. In /settings kannst du das Thema abschalten.
pace-off = Dieses Thema ist abgeschaltet. In /settings kannst du das ändern.
even-less = ➖ Noch weniger
keep-as-before = ↩️ Wie vorher
tip-stopped = Du hast alle Nachrichten abgestellt. Mit /start kommen wieder Tipps.
tip-paused = Deine Tipps machen Pause. Beende sie in /settings und frag dann noch einmal.
tip-none-on = Alle Themen sind abgeschaltet. In /settings kannst du eins anschalten.
tip-on-its-way = Ein Tipp ist schon unterwegs.
slowed-down = Du hast auf die letzten drei Tipps nicht getippt, darum schicke ich ab jetzt halb so viele. Jeder Knopfdruck zeigt mir, dass sie willkommen sind, und in /settings holst du das volle Tempo zurück.

## Places of a zone, topics, schedules

zone-button = { $time }, { $place }
city-button = { $time }, { $city }, { $country }
label-hydration = 💧 Trinken
label-sleep = 😴 Schlaf
label-screen_break = 👀 Bildschirmpausen
label-relaxation = 🌿 Entspannung
label-facial_exercises = 🙂 Gesichtsübungen
label-food_and_caffeine = ☕ Essen und Koffein
label-movement = 🚶 Bewegung
label-check_in = 📋 Tagesfrage
label-digest = 🗞 Wochenrückblick
plan-line = { $topic }: { $schedule }
plan-line-days = { $topic }: { $schedule }, { $days }
plan-times = { $times }
plan-every = alle { $minutes } Minuten von { $start } bis { $end }
days-all = jeden Tag
days-work = Montag bis Freitag
days-one = am { $day }
days-some = am { $list }
thinned = { $thin ->
    [2] nur jedes zweite Mal
    [4] nur jedes vierte Mal
   *[other] nur jedes { $thin }. Mal
}

## Getting started

welcome =
    <b>Hallo. Ich bin für Menschen da, deren Gesicht zuckt oder krampft.</b>

    Ich mache zwei Dinge: Ich schicke kurze Tipps zu Zeiten, die dir passen, und ein Zucken notierst du mit einem Knopfdruck.

    <b>Was ich behalte:</b> deine Telegram-Nummer, deine Zeitzone und Einstellungen, welche Tipps du bekommen und was du darauf getippt hast, und was du zu deinem Gesicht notierst. Ich behalte nichts, bevor du zustimmst.

    <b>Ich bin kein Medizinprodukt.</b> Ich gebe weiter, was fünf Artikel sagen, und nenne sie. Ich kann nicht sagen, was du hast, und ich ersetze keine Ärztin und keinen Arzt. /signs zeigt, wann du Hilfe holen solltest.
agree = ✅ Einverstanden
open-privacy = 🔒 Datenschutz
agreed = Danke. Mit /stop kannst du jederzeit aufhören.
zone-share =
    <b>Erste Frage: Wie spät ist es bei dir?</b>
    Dann kommen Tipps zur richtigen Stunde. Du kannst mit dem Knopf unten deinen Standort teilen. Ich schaue die Zeitzone nach und behalte den Ort nicht.
share-location = 📍 Standort teilen
zone-question =
    Oder <b>tipp auf die Stunde, die deine Uhr gerade zeigt</b>. Ist es { CLOCK("14:40") }, tipp auf { HOUR("14:00") }.
    Du kannst auch den Namen deiner Stadt schreiben.
zone-guess = ✔️ { $time }, { $place } (vermutet)
zone-of-hour = <b>Welche Zeit stimmt für dich?</b> Wenn keine passt, schreib den Namen einer Stadt in deiner Nähe.
other-hour = ⬅️ Andere Stunde
zone-of-city = <b>Welche ist es?</b>
city-unknown = Ich kenne keine Stadt namens „{ $name }“. Bitte schreib eine größere Stadt in deiner Nähe, oder tipp oben auf eine Stunde.
place-unknown = Die Zeitzone dieses Ortes konnte ich nicht finden. Bitte tipp auf deine Stunde oder schreib den Namen einer Stadt.
zone-kept = Gut: Bei dir ist es { $time } ({ $place }). Wenn das einmal nicht stimmt, änderst du es in /settings.
zone-toast = Zeitzone: { $place }
preset-question =
    <b>Letzte Frage: Wie viele Tipps hättest du gern?</b>

    🌱 <b>Sanft</b>: zwei Tipps am Tag, einer zum Trinken und einer zur Entspannung.
    ⭐ <b>Vier am Tag</b>, mein Vorschlag: vier Tipps am Tag, je einer zu Trinken, Bildschirmpausen, Entspannung und Schlaf.
    💻 <b>Bürotag</b>: an Werktagen alle zwei Stunden eine Bildschirmpause; jeden Tag drei Tipps zum Trinken, einer zur Entspannung und einer zum Schlaf.

    Dazu frage ich dich jeden Abend einmal, wie es deinem Gesicht ging. Zwischen { $start } und { $end } schicke ich von mir aus nichts. Du kannst alles später ändern.
preset-gentle = 🌱 Sanft
preset-daily_four = ⭐ Vier am Tag (Vorschlag)
preset-desk_day = 💻 Bürotag
preset-toast = Gespeichert
all-set = <b>Alles bereit.</b> Das kommt, nach deiner Ortszeit:
all-set-more =
    Zwischen { $start } und { $end } schicke ich von mir aus nichts. Nur dein erster Tipp ist jetzt gleich unterwegs.
    /settings ändert alles davon, /help zeigt, was ich sonst kann, und /stop beendet alles.
started-already = Du bist schon fertig, dieser Knopf hat also nichts mehr zu tun. In /settings kannst du alles ändern.
answer-first = Bevor das geht, ist noch eine Frage offen. Bitte beantworte sie unten.
welcome-back = <b>Willkommen zurück.</b>
welcome-resumed = <b>Willkommen zurück. Deine Nachrichten sind wieder an</b>, so wie du sie eingestellt hattest.
welcome-on = Das ist an:
welcome-none-on = Alle Themen sind abgeschaltet. In /settings kannst du welche anschalten.
next-tip = Dein nächster Tipp kommt: { $when }.
next-tip-none = Gerade steht kein Tipp an.
paused-until = ⏸ Pause bis { $when }. Wenn es früher weitergehen soll, sende /settings.
paused-forever = ⏸ Pause, bis du weitermachst. Dafür sende /settings.
paused-until-here = ⏸ Pause bis { $when }. Wenn es früher weitergehen soll, tipp auf „Jetzt weiter“.
paused-forever-here = ⏸ Pause, bis du weitermachst. Tipp dafür auf „Jetzt weiter“.

## Settings

settings-title = <b>Einstellungen</b>
settings-zone = 🌍 Zeitzone: { $place }, dort ist es jetzt { $time }
settings-quiet = 🌙 Ruhezeit: { $start } bis { $end }
settings-quiet-none = 🌙 Ruhezeit: keine
settings-bedtime = 🛏 Schlafenszeit: { $time }
settings-sound-on = 🔔 Nachrichten kommen mit Ton
settings-sound-off = 🔕 Nachrichten kommen ohne Ton
settings-language = 💬 Sprache: { $language }
settings-digest-off = 🗞 Wochenrückblick: aus
settings-diagnosis-told = 🩺 Diagnose: du hast eine
settings-diagnosis-open = 🩺 Diagnose: nicht gesagt
settings-stopped = ⏹ Du hast alle Nachrichten abgestellt. /start stellt sie wieder an.
open-topics = 🗓 Themen und Zeiten
open-check-in = 📋 Tagesfrage
open-quiet = 🌙 Ruhezeit
open-bedtime = 🛏 Schlafenszeit
open-zone = 🌍 Zeitzone
open-language = 💬 Sprache
open-pause = ⏸ Pause
open-diary = 🗞 Wochenrückblick
open-diagnosis = 🩺 Diagnose
sound-off = 🔕 Ton aus
sound-on = 🔔 Ton an
resume = ▶️ Jetzt weiter
back-to-settings = ⬅️ Einstellungen
back-to-topics = ⬅️ Themen
kept-toast = Gespeichert
topics-title =
    <b>Themen</b>
    Ein ✅ heißt, dass Tipps dazu kommen. Tipp auf ein Thema, um es zu ändern.
topic-title = <b>{ $topic }</b>
topic-on = Jetzt: { $schedule }, { $days }
topic-off = Jetzt: aus. Angeschaltet käme es so: { $schedule }, { $days }
topic-thinned =
    ➖ Es kommt { $pace }, weil du weniger wolltest oder auf einige Tipps nicht getippt hast.
topic-quiet = ⚠️ { $times } { $count ->
    [one] liegt
   *[other] liegen
} in deiner Ruhezeit, dann kommt also nichts.
topic-next = Als Nächstes: { $when }
switch-on = ✅ Anschalten
switch-off = ⏹ Abschalten
ask-times = 🕑 Uhrzeiten schreiben
every-minutes = alle { $minutes } Min.
full-pace = ⏩ Wieder volles Tempo
times-question =
    <b>{ $topic }: Wann soll es kommen?</b>
    Jetzt: { $schedule }
    Schreib die Uhrzeiten und schick sie ab, zum Beispiel: { CLOCK("9:00") }, { CLOCK("14:30") }
window-question =
    <b>{ $topic }: Wann soll es kommen?</b>
    Jetzt: { $schedule }
    Schreib Uhrzeiten und schick sie ab, zum Beispiel: { CLOCK("9:00") }, { CLOCK("14:30") }
    Oder schreib, von wann bis wann es alle { $minutes } Minuten kommen soll, zum Beispiel: { CLOCK("9:00") } - { CLOCK("17:00") }
check-in-question =
    <b>Wann soll ich fragen, wie dein Tag war?</b>
    Jetzt: { $schedule }
    Schreib eine Uhrzeit und schick sie ab, zum Beispiel: { CLOCK("20:00") }
times-unclear = Das konnte ich nicht als Uhrzeiten lesen. Bitte schreib sie so: { CLOCK("9:00") }, { CLOCK("14:30") }. Oder geh mit /settings zurück.
time-one = Die Tagesfrage kommt einmal am Tag. Bitte schreib eine Uhrzeit, zum Beispiel { CLOCK("20:00") }.
times-many = Das ist öfter als { $most } Mal am Tag. Bitte schreib weniger Zeiten.
times-in-quiet = Eine dieser Zeiten liegt in deiner Ruhezeit ({ $start } bis { $end }), dann käme nichts. Bitte schreib andere Zeiten, oder ändere zuerst deine Ruhezeit in /settings.
all-in-quiet = Alle diese Zeiten liegen in deiner Ruhezeit, es käme also nichts. Bitte ändere zuerst die Ruhezeit.
keep-a-day = Ein Tag bleibt mindestens an. Wenn zu diesem Thema nichts kommen soll, schalte es ab.
times-kept = Gespeichert.
quiet-title =
    <b>Ruhezeit</b>
    Jetzt: { $now }
    In dieser Zeit kommt nichts. Tipp auf eine, oder schreib eine eigene und schick sie ab, zum Beispiel { CLOCK("22:00") } - { CLOCK("08:00") }. Schreib „{ $off }“ für keine.
quiet-now-none = keine
quiet-off = aus
quiet-off-words = aus, keine, nein, off, none, no, -
span = { $start } bis { $end }
quiet-none-button = Keine Ruhezeit
quiet-unclear = Das konnte ich nicht als Ruhezeit lesen. Bitte schreib Anfang und Ende, zum Beispiel { CLOCK("22:00") } - { CLOCK("08:00") }, oder „{ $off }“ für keine.
quiet-same = Anfang und Ende sind gleich. Bitte schreib zwei verschiedene Zeiten, oder „{ $off }“ für keine Ruhezeit.
quiet-silences = ⚠️ Mit dieser Ruhezeit bleibt nichts übrig von: { $topics }. Die Zeiten kannst du in /settings ändern.
bedtime-title =
    <b>Schlafenszeit</b>
    Jetzt: { $now }
    Der Schlaftipp kommt davor. Tipp auf eine Zeit, oder schreib eine und schick sie ab, zum Beispiel { CLOCK("22:30") }.
bedtime-unclear = Das konnte ich nicht als Uhrzeit lesen. Bitte schreib eine Uhrzeit, zum Beispiel { CLOCK("22:30") }.
zone-title =
    <b>Zeitzone</b>
    Jetzt: { $place }, dort ist es { $time }.
    Bist du woanders? <b>Tipp auf die Stunde, die deine Uhr zeigt</b>, schreib den Namen deiner Stadt, oder teile deinen Standort (das 📎, dann Standort).
zone-same = Deine Zeitzone ist { $place }, wie vorher.
zone-changed = Deine Zeitzone ist jetzt { $place }. Dort ist es { $time }, und alle deine Zeiten richten sich danach.
zone-offer = Dieser Ort hat die Zeitzone von { $place }, dort ist es { $time }. Soll ich sie ab jetzt nehmen?
zone-use = ✔️ { $place } nehmen
language-title =
    <b>Sprache</b>
    Tipp auf die Sprache, die du lesen möchtest.
pause-title =
    <b>Pause</b>
    Während der Pause kommt nichts. Deine Einstellungen bleiben, wie sie sind.
pause-days = { $days ->
    [one] ⏸ 1 Tag
   *[other] ⏸ { $days } Tage
}
pause-open = ⏸ Bis ich weitermache
pause-kept = Pause
resume-kept = Es kommen wieder Nachrichten

## Stop, help, privacy

stopped =
    <b>Abgestellt.</b> Ab jetzt kommt nichts mehr, und was noch wartete, ist auch weg.
    Deine Einstellungen und deine Einträge bleiben. Sende /start, wenn du wiederkommen willst.
stopped-already = Du hast schon alle Nachrichten abgestellt. Sende /start, wenn du wiederkommen willst.
stop-stranger = Du bekommst keine Nachrichten von mir, und ich behalte nichts über dich. Mit /start geht es los.
help =
    <b>Was ich kann</b>

    /twitch notiert ein Zucken
    /pad holt den Schnellknopf wieder
    /tip schickt jetzt einen Tipp
    /relief führt dich durch etwas, das guttun kann
    /diary zeigt Diagramme, einen Kalender, deine Einträge und was zusammen vorkommt
    /report macht eine Seite für die Arztpraxis und die Tabelle dazu
    /treatment hält eine Injektion oder eine Änderung bei Medikamenten fest
    /settings ändert Themen, Zeiten, Ruhezeit und mehr, und macht Pause
    /signs zeigt, wann du Hilfe holen solltest, das Dringende zuerst
    /learn hat kurze Texte zu Ursachen, Arten, Auslösern und Behandlungen
    /privacy sagt, was gespeichert wird, wo und wie lange
    /export schickt dir alles davon in einer Datei
    /delete_me entfernt alles davon
    /stop beendet alle Nachrichten; /start stellt sie wieder an

    Ich bin kein Medizinprodukt und ersetze keine Ärztin und keinen Arzt.
privacy =
    <b>Datenschutz</b>

    <b>Was gespeichert wird:</b>
    • deine Telegram-Nummer und Sprache, deine Zeitzone (nicht dein Ort) und deine Einstellungen
    • die Tipps, die du bekommen hast, und was du darauf getippt hast
    • jedes Zucken und jeder Tag, den du notierst, mit Details und Notizen
    • die Übungen aus /relief, die du machst, und ob sie geholfen haben
    • die Behandlungstage, die du festhältst, mit deinen Notizen
    • was dein Tagebuch mit der Zeit gezeigt hat, wenn ich dir davon erzählt habe
    • eine Frage von mir, die du noch nicht beantwortet hast, bis sie abläuft
    • wann du zuletzt eine Kopie deiner Daten verlangt hast

    <b>Was nicht gespeichert wird:</b> dein Name, deine Telefonnummer, ein Standort, den du teilst, und anderes, was du mir schreibst.

    <b>Wo:</b> in der Datenbank dessen, der diesen Bot betreibt, und nirgends sonst. Unser Chat selbst liegt bei Telegram nach dessen Regeln; ein Chat mit einem Bot ist nicht Ende zu Ende verschlüsselt.

    <b>Wer es sieht:</b> Wer diesen Bot betreibt, kann an die Datenbank. Das Programm gibt sie an niemanden weiter, und in seinem Protokoll steht nichts von dem, was du notierst oder schreibst.

    <b>Wie lange:</b> Die Tipps, die du bekommen hast, und was du darauf getippt hast, verschwinden nach { $days } Tagen. Deine Einstellungen und Einträge bleiben, bis du sie entfernst. Auch ein zurückgenommener Eintrag bleibt, als zurückgenommen markiert, damit du ihn zurückholen kannst.

    <b>Deine Kopie:</b> /export schickt dir alles in einer Datei, einmal in zehn Minuten.

    <b>Wie du gehst:</b> /stop beendet sofort alle Nachrichten und behält deine Daten. /delete_me entfernt sie alle sofort und für immer. Wenn vorher eine Sicherung gemacht wurde, bleibt diese Kopie, bis sie weggeworfen wird.

## A copy of all data, and its removal

nothing-kept = Ich behalte nichts über dich. Mit /start geht es los.
export-begun = 📦 Ich stelle deine Daten zusammen. Die Datei kommt gleich.
export-caption = Alles, was ich über dich behalte. Öffne darin zuerst README.txt.
export-wait = Du hast deine Daten gerade erst bekommen. Um { $time } kannst du sie wieder verlangen.
export-later = Ich konnte deine Daten gerade nicht lesen. Schick bitte gleich noch einmal /export.
export-too-large = Es sind mehr Daten, als Telegram in einer Datei senden lässt. Bitte frag die Person, die diesen Bot betreibt.
export-readme =
    Alles, was dieser Bot über dich behält
    Erstellt am { $day } um { $time } ({ $zone }).

    Eine .csv-Datei öffnest du mit einer Tabellenkalkulation, jede Datei mit einem Texteditor. In einer .json-Datei steht dasselbe wie in der .csv-Datei daneben, Wort für Wort. In einer .csv-Datei steht vor einem der Zeichen = + - @ am Anfang einer Zelle, oder nach einem Komma, einem ; oder einer neuen Zeile darin, ein ', damit die Tabellenkalkulation nichts davon als Formel ausführt.

    Eine Zeit ist eine Ortszeit mit ihrem Abstand zur Weltzeit, wie 2026-03-02T22:07:00+13:00. Ein leeres Feld, in einer .json-Datei null, wurde nie ausgefüllt. Gesendete Tipps und Knopfdrücke werden { $days } Tage gespeichert. Das Übrige bleibt, bis du es mit /delete_me entfernst.

    Die Dateien:
export-readme-foot =
    strength ist deine eigene Einschätzung von 0 (keins) bis 4 (sehr). Es ist kein medizinischer Wert.
    taken_back: yes heißt, dass du den Eintrag zurückgenommen hast. Er zählt nirgends.
    one_slot_in: 2 heißt, dass jede zweite Zeit eines Plans genutzt wird, und so weiter.
    water und stress: 0 ist wenig, 1 etwas, 2 viel.
holding-settings = deine Einstellungen
holding-plans = deine Themen, wann Tipps dazu kommen und welche schon kamen
holding-check_ins = jedes Zucken und jeder Tag, den du notiert hast, mit Details und Notizen
holding-days = was du zu einzelnen Tagen gesagt hast: Schlaf, Kaffee, Bildschirm, Wasser, Stress
holding-relief = die Übungen aus /relief, die du gemacht hast, und ob sie geholfen haben
holding-treatments = die Behandlungstage, die du festgehalten hast, mit Notizen
holding-signs = welche Zeichen dein Tagebuch gezeigt hat und wann ich dir davon erzählt habe
holding-deliveries = die Tipps und Fragen, die du bekommen hast, und was du darauf getippt hast
holding-taps = welcher Knopfdruck welchen Eintrag gemacht hat, damit keiner doppelt zählt
holding-question = eine Frage, die noch auf deine Antwort wartet
holding-updates = was du eben gesendet hast und ich noch nicht ganz beantwortet habe
delete-ask =
    <b>Alles über dich entfernen?</b>

    <b>Was verschwindet, sofort und für immer:</b> deine Einstellungen und Zeiten, deine Einträge mit allen Notizen, deine Behandlungstage, die Liste der Tipps, die du bekommen hast, und was du darauf getippt hast, und was noch auf den Versand wartet. Danach kommt keine Nachricht mehr.

    <b>Was bei Telegram bleibt:</b> dieser Chat. Ein Bot kann Nachrichten, die älter als 48 Stunden sind, nicht entfernen. Du kannst den Chat selbst leeren: Öffne sein Menü und tipp auf „Verlauf leeren“ oder „Chat löschen“.

    Wenn du vorher eine Kopie möchtest, sende /export.
    Um weiterzumachen, tipp auf den Knopf; er gilt bis { $time }. Um alles zu behalten, tu nichts.
delete-button = 🗑 Alles entfernen
deleted-toast = Alles ist entfernt
deleted =
    <b>Alles über dich ist entfernt.</b> Ich behalte nichts, und es kommt nichts mehr.
    Alte Nachrichten in diesem Chat liegen bei Telegram; im Menü des Chats kannst du ihn leeren. Wenn du einmal neu anfangen willst, sende /start.
pad-gone = Dieser Schnellknopf gilt nicht mehr. Sende /start, um neu anzufangen.

## Signs

signs-title = <b>Wann du Hilfe holen solltest</b>
signs-emergency =
    🚨 <b>Ruf jetzt den Notruf an</b>, wenn plötzlich eins davon auftritt:
    • das Gesicht oder ein Arm hängt oder ist schwach
    • das Sprechen fällt schwer
    • das Sehen ist weg
    Warte nicht ab, ob es vorbeigeht.
signs-alert = Wenn es plötzlich kam, ruf jetzt den Notruf an. Sonst geh bitte bald zu einer Ärztin oder einem Arzt. Mehr steht in der Nachricht unten.
signs-ticked = Du hast angetippt: <b>{ $signs }</b>. Bitte geh bald zu einer Ärztin oder einem Arzt. Wenn es plötzlich kam, ruf jetzt den Notruf an.
signs-emergency-source = Die Notfallregel ist eine eigene Sicherheitsregel des Bots. Sie stammt nicht aus den Artikeln, die anderen Zeichen schon:
signs-doctor = 👩‍⚕️ <b>Geh bald zu einer Ärztin oder einem Arzt</b>, wenn:
sign-pain = du Schmerzen hast
sign-weakness = das Gesicht schwach ist oder hängt
sign-sight = sich dein Sehen verändert
sign-weeks = das Zucken länger als ein paar Wochen dauert
sign-spreads = es sich auf andere Teile des Gesichts ausbreitet
sign-worse = es immer wiederkommt oder schlimmer wird
sign-severe = die Krämpfe heftig sind oder nicht weggehen
sign-line = • { $sign }
sign-cited = • { $sign } [{ $marks }]
signs-sources = <b>Woher das kommt</b>
signs-source = [{ $mark }] „{ $title }“, Abschnitt „{ $section }“
signs-more = ℹ️ Woher das kommt
signs-limits = Ich kann nicht sagen, was du hast. Wenn du unsicher bist, frag eine Ärztin oder einen Arzt.

## What a diary shows

course-title = <b>Ein Wort zu deinem Tagebuch</b>
course-lasts = Du hast seit { $first } an { $days } Tagen ein Zucken notiert, nie mit mehr als einer Woche dazwischen. Das sind mehr als drei Wochen.
course-lasts-says = Drei der Artikel raten, dann zu einer Ärztin oder einem Arzt zu gehen. Wie bald, sagen sie verschieden: wenn es länger als ein paar Wochen dauert [{ $weeks }], wenn es immer wieder kommt [{ $keeps }] oder wenn es nicht weggeht [{ $persists }]. Keiner nennt eine Zahl, deshalb zähle ich drei Wochen.
course-spreads = Seit { $since } hast du auch das notiert: { $spots }. In den Wochen davor nicht.
course-spreads-says = Wenn sich das Zucken auf andere Teile des Gesichts ausbreitet, ist es Zeit für eine Ärztin oder einen Arzt für Nerven, sagt ein Artikel [{ $marks }].
course-worse-strength = In den letzten 2 Wochen lag das stärkste Zucken eines Tages im Schnitt bei { $now } von 4. In den 4 Wochen davor waren es { $before }.
course-worse-count = In den letzten 2 Wochen hast du im Schnitt { $now } Mal Zucken am Tag notiert. In den 4 Wochen davor waren es { $before }.
course-worse-says = Wenn es schlimmer wird, ist es Zeit für eine Ärztin oder einen Arzt, sagen die Artikel [{ $marks }].
course-close = Das sage ich nur einmal. Ich kann nicht sagen, woher es kommt. In der Praxis kann man dem nachgehen und vielleicht helfen. /signs zeigt, was dringend ist.
diagnosis-hint = Weiß eine Ärztin oder ein Arzt davon, und hast du eine Diagnose? Dann tipp auf den Knopf, und ich merke es mir.
diagnosis-have = ✔️ Ich habe eine Diagnose
diagnosis-kept = Gespeichert. Ich sage nichts mehr dazu, wie lange es dauert.
settings-diagnosed = Du hast eine Diagnose, deshalb sage ich nichts dazu, wie lange das Zucken dauert.
settings-undiagnosed = Von einer Diagnose hast du nichts gesagt. Wenn dein Tagebuch wochenlanges Zucken zeigt, sage ich dir einmal, dass eine Ärztin oder ein Arzt es ansehen sollte. Ist das schon geschehen, tipp auf den Knopf.
diagnosis-none = Ich habe keine Diagnose
diagnosis-title = <b>Diagnose</b>

## The weekly summary

digest-title = <b>Deine Woche, { $period }</b>
digest-days =
    { $missing ->
        [0] Du hast an allen 7 Tagen etwas notiert.
        [one] Du hast an { $days } von 7 Tagen etwas notiert. Von 1 Tag ist nichts bekannt.
       *[other] Du hast an { $days } von 7 Tagen etwas notiert. Von { $missing } Tagen ist nichts bekannt.
    }
digest-change-more = Das ist mehr als in der Woche davor: { $now } am Tag, davor { $before }.
digest-change-fewer = Das ist weniger als in der Woche davor: { $now } am Tag, davor { $before }.
digest-change-alike = Das ist etwa so viel wie in der Woche davor: { $now } am Tag, davor { $before }.
digest-change-unknown = In einer der beiden Wochen weiß ich von weniger als 4 Tagen, wie oft es gezuckt hat. Deshalb vergleiche ich sie nicht.
digest-strength = Typische Stärke (Median): { $strength } von 4 (Woche davor: { $before })
digest-helped-part = { $what } ({ $count })
digest-helped = Geholfen hat: { $list }
digest-go-on = Jeder Tag mit Eintrag zählt, auch einer ohne Zucken. Eine Woche sagt wenig; /diary zeigt mehr davon.
digest-empty = In dieser Woche wurde nichts notiert, ich weiß also nicht, wie sie war. Das ist in Ordnung. Wenn du weitermachen magst, reicht ein Knopfdruck am Tag. Über leere Wochen schreibe ich nicht noch einmal.
digest-settings = ⚙️ Wann das kommt
digest-page =
    <b>Wochenrückblick</b>
    Einmal in der Woche kann ich deine letzten sieben Tage zusammenfassen: was du notiert hast, neben der Woche davor, und was geholfen hat.
digest-on = ✅ Er kommt: { $days }, { $schedule }. Tipp auf einen anderen Tag oder eine andere Uhrzeit, oder schreib eine Uhrzeit und schick sie ab, zum Beispiel { CLOCK("18:30") }.
digest-off = Er ist aus.
digest-switch-on = ✅ Jede Woche schicken
digest-switch-off = ⏹ Nicht schicken
digest-in-quiet = Diese Uhrzeit liegt in deiner Ruhezeit, dann käme also nichts. Bitte schick eine andere.
time-one-unclear = Das konnte ich nicht als Uhrzeit lesen. Bitte schick eine Uhrzeit, zum Beispiel { CLOCK("18:30") }.

## Reading

learn-title =
    <b>Lesen</b>
    Kurze Texte dazu, was die Artikel sagen. Such dir ein Fach aus.
learn-empty = Es gibt noch keine Texte zu lesen.
shelf-button = { $shelf } ({ $count })
shelf-causes = 🧠 Ursachen
shelf-types = 🔎 Arten
shelf-triggers = ⚡ Auslöser
shelf-signs = 🚨 Warnzeichen
shelf-treatments = 💊 Behandlungen
shelf-relief = 💆 Linderung
shelf-living = 🌤 Leben damit
shelf-title =
    <b>{ $shelf }</b>
    Such dir einen Text aus.
shelf-title-page =
    <b>{ $shelf }</b>, Seite { $page } von { $pages }
    Such dir einen Text aus.
page-back = ⬅️ Seite davor
page-next = ➡️ Nächste Seite
card-before = ⬅️ Text davor
card-next = ➡️ Nächster Text
back-to-shelves = ⬅️ Alle Fächer
back-to-shelf = ⬅️ { $shelf }
card-title = <b>{ $title }</b>
card-sources = <b>Woher das kommt</b>
card-source = • „{ $title }“, Abschnitt „{ $section }“
card-source-file = • „{ $title }“, Abschnitt „{ $section }“ (Datei { $file })
source-untitled = ein Artikel
card-claim = { $claim ->
    [practical] Praktischer Rat.
    [general] Allgemeiner Rat zur Gesundheit. Er gilt nicht dir persönlich.
   *[medical] Medizinisches Wissen, keine Diagnose. Zu dir selbst frag bitte deine Ärztin oder deinen Arzt.
}
card-reviewed = Zuletzt mit den Quellen verglichen: { $day }

## The diary

diary-empty =
    <b>Dein Tagebuch ist noch leer.</b>
    Tipp auf den Knopf, wenn dein Gesicht zuckt, oder sag, wie der Tag war. Ein Tag ohne Zucken zählt genauso. Deine Diagramme beginnen mit dem ersten Eintrag.
diary-title = Tagebuch, { $period }
diary-period = { $first } bis { $last }
diary-nothing = In dieser Zeit wurde nichts notiert. Das ist keine Null: Es ist nicht bekannt.
diary-twitches = { $count ->
    [0] Kein Zucken notiert
    [one] 1 Mal Zucken
   *[other] { $count } Mal Zucken
}
diary-free = Tage ohne Zucken: { $days }
diary-median = Typische Stärke (Median): { $strength } von 4
diary-worst = Am stärksten: { $strength } von 4
diary-missing = Tage ohne Eintrag: { $days } (nicht bekannt, also nicht null)
diary-day = { $day }: { $count ->
    [0] kein Zucken getippt
    [one] 1 Mal Zucken
   *[other] { $count } Mal Zucken
}, am stärksten { $strength }
diary-day-unrated = { $day }: { $count ->
    [one] 1 Mal Zucken
   *[other] { $count } Mal Zucken
}, nicht bewertet
diary-day-free = { $day }: kein Zucken
diary-day-missing = { $day }: kein Eintrag
diary-day-both = { $day }: { $count ->
    [one] 1 Mal Zucken
   *[other] { $count } Mal Zucken
}, typisch { $typical }, am stärksten { $strength }
diary-each-day = Je Tag: Zucken; Stärke (typisch / am stärksten)
diary-each-week = Je Woche: Zucken am Tag; Stärke (typisch / am stärksten); Tage mit Eintrag
diary-mean = { $mean } am Tag
diary-line = { $day }: { $said }
diary-week = Ab { $day }: { $mean }; { $strength }; { $days } von { $all }
diary-hours = Zucken in der Stunde ab:
diary-hour = { $time }: { $count }
diary-place = { $place }: { $list }
diary-side = { $side } { $count }
diary-dates = { $name }: { $list }
chart-counts = Zucken am Tag
chart-weeks = Zucken am Tag, Mittel der Woche
chart-strengths = Stärke, 0 bis 4
chart-median = typisch (Median)
chart-worst = am stärksten
chart-missing = kein Eintrag
chart-none = kein Zucken
chart-uncounted = bewertet, nicht gezählt
chart-hours = Zucken nach Tageszeit
chart-places = Zucken nach Stelle und Seite
chart-no-place = Stelle nicht genannt
chart-no-side = Seite nicht genannt
chart-unrated = nicht bewertet
level-0 = keins
level-1 = schwach
level-2 = etwas
level-3 = stark
level-4 = sehr
span-day = Tag
span-week = Woche
span-month = Monat
span-quarter = 90 Tage
look-days = Je Tag
look-hours = Je Stunde
look-places = Je Stelle
open-calendar = 📅 Kalender
back-to-charts = 📊 Diagramme
month-before = ⬅️ Monat davor
month-after = ➡️ Monat danach
theme-dark = 🌙 Dunkel
theme-light = ☀️ Hell
open-entries = 📒 Einträge
open-helped = 💚 Was half
open-together = 🔎 Was zusammen vorkommt
entries-title = <b>Deine Einträge</b>, die neuesten zuerst, Seite { $page } von { $pages }. Tipp auf eine Nummer, um einen zu ändern oder zu löschen.
entry-line = { $what }
entry-line-rated = { $what }, Stärke { $strength }
entry-line-day = { $day }, der ganze Tag: { $rating }
entry-edit = ✏️ { $number }
page-newer = ⬅️ Neuere
page-older = ➡️ Ältere
helped-title = <b>Was geholfen hat</b>, in den letzten 90 Tagen
helped-ranked = Was in den meisten Fällen half, steht vorn:
helped-few = Noch zu wenige Antworten, um mehr dazu zu sagen:
helped-other = Half meistens nicht:
helped-both = { $what }: half in { $better } von { $rated ->
    [one] 1 Übung
   *[other] { $rated } Übungen
}, und { $ticked ->
    [one] einmal
   *[other] { $ticked } Mal
} allein angetippt
helped-sessions = { $what }: half in { $better } von { $rated ->
    [one] 1 Übung
   *[other] { $rated } Übungen
}
helped-ticks =
    { $what }: { $ticked ->
        [one] einmal angetippt
       *[other] { $ticked } Mal angetippt
    }
helped-note-sessions = „Übungen“ zählt, was du in /relief auf die Frage geantwortet hast, ob es geholfen hat.
helped-note-ticks = Antippen sagt nur, dass etwas half, nicht, wie oft es nicht half.
helped-none = Du hast noch nicht gesagt, was geholfen hat. Tipp es bei den Details eines Zuckens an, mit 💚, oder beantworte nach einer Übung aus /relief die Frage, ob sie geholfen hat.
together-title = <b>Was zusammen mit schlechten Tagen vorkommt</b>, in den letzten 90 Tagen
together-wait = Das zeigen die Daten noch nicht. { $days ->
    [one] 1 weiterer Tag mit Eintrag fehlt
   *[other] { $days } weitere Tage mit Eintrag fehlen
}, bevor ich vergleiche.
together-no-question = Das zeigen die Daten noch nicht. Ich brauche mindestens 5 Tage mit einer Sache und 5 ohne sie. Was für ein Tag es war, kannst du sagen, wenn du den Tag bewertest.
together-failed = Das konnte ich gerade nicht ausrechnen. Bitte versuch es gleich noch einmal.
together-nothing = <b>Das zeigen die Daten nicht.</b> Ich habe mir all das angesehen, und kein Unterschied war größer, als der Zufall ihn machen kann.
together-strength = • <b>{ $what }</b>: An den { $days } Tagen damit waren es im Schnitt { $mean } von 4, an den { $others } Tagen ohne { $base }.
together-count = • <b>{ $what }</b>: An den { $days } Tagen damit zuckte es im Schnitt { $mean } Mal, an den { $others } Tagen ohne { $base } Mal.
together-trigger = • <b>{ $what }</b>: An den { $days } Tagen, an denen du es angetippt hast, war die Stärke im Schnitt { $mean }. An { $others } anderen Tagen mit Zucken war sie { $base }.
gap-more = Das ist mehr, um { $low } bis { $high }.
gap-less = Das ist weniger, um { $low } bis { $high }.
together-no-cause = Beides <b>kam zusammen vor. Eine Ursache ist es damit nicht</b>: Vielleicht kommt beides von etwas anderem. Die Spanne zeigt, wie sicher der Unterschied ist, und alles, was ich mir angesehen habe, ist eingerechnet.
together-looked = Angesehen (Tage mit, Tage ohne): { $list }
together-counts = { $what } ({ $days }, { $others })
factor-sleep = 6 Stunden Schlaf oder weniger
factor-coffee = 2 Kaffee oder mehr
factor-screen = 6 Stunden Bildschirm oder mehr
factor-water = wenig Wasser
factor-stress = ein Tag mit Stress

## Treatment

treatment-injection = Botulinumtoxin-Injektion
treatment-started = Medikament angefangen
treatment-changed = Medikament geändert
treatment-stopped = Medikament abgesetzt
treatment-surgery = Operation
treatment-other = andere Behandlung
treatment-intro =
    <b>Behandlung</b>
    Halt den Tag einer Injektion oder einer Änderung bei Medikamenten fest. Das Tagebuch kann dann die Tage seitdem zeigen, neben der Stärke. Frag deine Ärztin oder deinen Arzt, bevor du ein Medikament änderst.
treatment-list =
    {""}
    <b>Deine Behandlungstage</b>, die neuesten zuerst, Seite { $page } von { $pages }:
treatment-choose =
    {""}
    <b>Was möchtest du festhalten?</b>
treatment-line = { $day }, { $kind } ({ $ago })
treatment-line-note = „{ $note }“
treatment-ago = { $days ->
    [0] heute
    [one] vor 1 Tag
   *[other] vor { $days } Tagen
}
treatment-add = ➕ { $kind }
treatment-reading = 📖 Lesen über Behandlungen
treatment-which-day =
    <b>{ $kind }</b>
    Welcher Tag war es?
treatment-today = Heute, { $day }
treatment-yesterday = Gestern, { $day }
treatment-type-day = 📅 Anderer Tag …
treatment-day-ask =
    <b>{ $kind }</b>
    📅 <b>Schreib den Tag und schick ihn ab</b>, wie { $example } oder { $words }.
treatment-day-ask-toast = Schreib den Tag und schick ihn ab
treatment-day-unclear = Das konnte ich nicht als Tag lesen. Bitte schreib ihn wie 2026-03-14 oder { DAY("2026-03-14") }.
treatment-day-far = Dieser Tag kommt erst noch oder ist zu lange her. Bitte schreib einen Tag bis heute.
treatment-either = Tag und Monat könnten auch umgekehrt gemeint sein. Welchen meinst du?
treatment-title = <b>{ $kind }</b>
treatment-day = { $day } ({ $ago })
treatment-kept = Gespeichert
treatment-gone-toast = Weggenommen
treatment-taken-away = Dieser Behandlungstag ist weggenommen. Er zählt nirgends, und du kannst ihn zurückholen.
treatment-marked = Festgehalten: { $kind }, { $day }.
treatment-missing = Diesen Behandlungstag gibt es nicht mehr, es wurde also nichts geändert.
treatment-change-day = 📅 Tag
treatment-change-kind = 🏷 Art
treatment-which-kind =
    <b>{ $day }</b>
    Was war es?
treatment-all = ⬅️ Alle Tage
open-since = 📈 Tage seit der Behandlung
open-treatments = 💉 Behandlungstage
since-title = { $kind }, { $day }
since-now = { $days ->
    [0] Das war heute.
   *[other] Heute ist Tag { $days } seit der Behandlung.
}
since-days = Tage seit der Behandlung
since-strongest = am stärksten
since-middle = typisch in der Woche
since-few = unter 4 Tage bekannt
since-others = andere Behandlung
since-span = { $days ->
    [one] Tag { $first }
   *[other] Tag { $first } bis { $last }
}
since-block = { $span }: typisch { $middle }, am stärksten { $strongest } ({ $known } von { $days ->
    [one] 1 Tag
   *[other] { $days } Tagen
} bekannt)
since-block-unknown = { $span }: nicht bekannt
since-cut = Es werden nur die ersten { $days } Tage gezeigt.
since-no-cause = Hier steht, was du notiert hast, neben den Tagen seitdem. Wovon es kommt, sagt das nicht.
since-no-mark = Es gibt noch keinen Behandlungstag. Mit /treatment hältst du einen fest.
since-look-days = Tag für Tag
since-look-cycles = Zyklen
cycles-title = { $kind }: Zyklen
cycles-strengths = Typische Stärke je Woche, 0 bis 4
cycles-weeks = Woche seit der Behandlung
cycles-from = ab { $day }
cycles-legend = Ein Zyklus geht von einem solchen Tag bis zum nächsten. Typische Stärke (Median), 0 bis 4:
cycles-line = Ab { $day } ({ $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}): { $list }
cycles-part = { $weeks ->
    [one] Woche { $first }
   *[other] Wochen { $first } bis { $last }
}: { $middle }
cycles-unknown = nicht bekannt
cycles-one = Bisher gibt es einen Zyklus. Mit dem nächsten Tag dieser Art beginnt ein neuer.
today-words = heute, today
yesterday-words = gestern, yesterday

## The report for a doctor

report-choose =
    <b>Eine Seite für die Arztpraxis</b>
    Ich mache eine oder zwei Seiten zum Drucken oder Weiterleiten und die Tabelle dazu. Darin steht, was du notiert hast, und dass es von dir ist. Nur du bekommst sie.

    <b>Welche Zeit soll es sein?</b>
report-span-30 = 📄 Letzte 30 Tage
report-span-90 = 📄 Letzte 90 Tage
report-span-since = 📄 Seit der letzten Behandlung
report-span-all = 📄 Alles
report-span-range = 📅 Von … bis …
report-with-notes = 📝 Mit meinen Notizen
paper-a4 = A4
paper-letter = US Letter
report-other-paper = 📄 Dasselbe als { $paper }
report-period-ask = 📅 <b>Schreib den ersten und den letzten Tag und schick sie ab</b>, zum Beispiel { $first } bis { $last }.
report-period-ask-toast = Schreib den ersten und den letzten Tag
report-period-unclear = Das konnte ich nicht als Zeitraum lesen. Bitte schick zwei Tage bis heute, den früheren zuerst, zum Beispiel { DAY("2026-01-01") } bis { DAY("2026-02-28") }.
report-empty = In dieser Zeit wurde nichts notiert, es gibt also nichts zu berichten.
report-begun = Dein Bericht wird gemacht. Er kommt gleich.
report-later = Ich konnte dein Tagebuch gerade nicht lesen. Bitte versuch es gleich noch einmal.
report-failed = Ich konnte die Seite gerade nicht machen. Hier ist die Tabelle dazu. Bitte versuch es gleich noch einmal.
report-caption =
    Dein Bericht, { $period }
    Tage mit Eintrag: { $logged } von { $days }
    Das hast du selbst notiert, und es ist kein medizinischer Wert. Sieh ihn durch, bevor du ihn weitergibst.
report-table-caption = Die Tabelle zum Bericht: eine Zeile für jeden Eintrag. Jedes Tabellenprogramm öffnet sie.
report-title = Tagebuch über Zucken im Gesicht
report-subtitle =
    { $period } ({ $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    })
report-name = Name:
report-born = Geburtsdatum:
report-notice = Selbst berichtet: Die betroffene Person hat all das mit dem Tagebuch tipbot notiert, und niemand hat es geprüft. Die Stärke ist ihre eigene Einschätzung von 0 (keins) bis 4 (am schlimmsten). Sie ist kein klinischer Wert. Tage ohne Eintrag sind unbekannt, nicht null. Jede Zahl lässt sich in der CSV-Datei zu dieser Seite nachzählen. Erstellt am { $day }.
report-footer = Selbst berichtet mit tipbot; kein klinischer Wert, kein Medizinprodukt
report-page = Seite { $page } von { $pages }
report-unshown = ▯ steht für Schriftzeichen, die hier nicht gedruckt werden können. Sie stehen in der CSV-Datei.
report-of = { $some } von { $all }
report-figures = Der Zeitraum
report-logged = Tage mit Eintrag
report-missing = Tage ohne Eintrag (unbekannt)
report-free = Tage, als zuckfrei notiert
report-uncounted = Tage bewertet, Zucken nicht gezählt
report-twitches = Notiertes Zucken
report-weekly = Zucken je 7 gezählte Tage
report-strength = Stärke, eigene Einschätzung 0 bis 4
report-rated = Bewertetes Zucken
report-median = Median des bewerteten Zuckens
report-day-median = Median der Tageshöchstwerte
report-worst = Am stärksten
report-since = Tage seit dem letzten Behandlungstag
report-daily = Höchster Wert jedes Tages, 0 bis 4
report-by-week = Median der Tage jeder Woche, 0 bis 4
report-zeros = 0: kein Zucken
report-marked = Behandlung
report-marks = Behandlungstage
report-mark = { $day }: { $kind }
report-noted = { $line }. „{ $note }“
report-more-marks = … und { $count ->
    [one] 1 früherer
   *[other] { $count } frühere
} in diesem Zeitraum (siehe CSV-Datei)
report-before = Letzte vor dem Zeitraum: { $mark }
report-no-marks = Keine festgehalten.
report-places = Stelle und Seite, Anzahl
report-all = alle
report-nothing = keine
report-durations = Dauer, Anzahl
report-unsaid = nicht genannt
report-triggers = Mögliche Auslöser, angetippt
report-no-cause = Angetippt; sagt nichts zur Ursache.
report-helped = Was half, angetippt
report-signs = Warnzeichen, angetippt
report-sign-last = zuletzt
report-sign-times = Mal
report-days = Tage nach ihrem höchsten Wert
report-level = { $level } { $words }
report-unrated = notiert, nicht bewertet
report-context = Die Tage, soweit genannt
report-sleep = Schlaf, Stunden
report-coffees = Kaffee, Tassen
report-screen = Bildschirm, Stunden
report-measure =
    Median { $median }, { $least } bis { $most } ({ $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    })
report-water = Wasser
report-water-0 = wenig
report-water-1 = etwas
report-water-2 = viel
report-stress = Stress
report-stress-0 = ruhig
report-stress-1 = etwas
report-stress-2 = viel
report-part = { $word } { $days }
report-stretches = Der Verlauf
report-head-from = Von und bis
report-head-twitches = Zucken
report-head-logged = Tage notiert
report-head-weekly = Je 7 gezählte Tage
report-head-median = Median Stärke
report-head-worst = Höchster
report-more-years = { $count } frühere Zeilen fehlen hier (siehe CSV-Datei).
report-notes = Notizen der Person, die neuesten zuerst
report-more-notes = … und { $count } weitere (siehe CSV-Datei)
csv-what = was
csv-date = Datum
csv-time = Uhrzeit
csv-zone = Zeitzone
csv-strength = Stärke (0 bis 4, eigene Einschätzung)
csv-side = Seite
csv-place = Stelle
csv-how-long = Dauer
csv-minutes = gemessene Minuten
csv-triggers = mögliche Auslöser
csv-helped = was half
csv-signs = Warnzeichen
csv-sleep = Stunden Schlaf
csv-coffees = Kaffee
csv-screen = Stunden Bildschirm
csv-water = Wasser
csv-stress = Stress
csv-treatment = Behandlung
csv-note = Notiz
csv-is-first-day = erster Tag des Berichts
csv-is-last-day = letzter Tag des Berichts
csv-is-treatment = Behandlungstag
csv-is-facts = über den Tag
csv-is-day = Bewertung des Tages
csv-is-twitch = Zucken

## Talk

unknown-words =
    Das habe ich nicht verstanden. Ich kenne Knöpfe und Befehle, aber plaudern kann ich nicht.
    Hat dein Gesicht gezuckt? Tipp auf den Knopf. /signs zeigt, wann du Hilfe holen solltest, und /help, was ich sonst kann.
unknown-command = Den Befehl { $command } kenne ich nicht. /help zeigt die, die ich kenne, und /signs, wann du Hilfe holen solltest.
unknown-kind =
    Ich kann nur Text lesen, und Bilder, Sprachnachrichten oder Dateien behalte ich nicht.
    Hat dein Gesicht gezuckt? Tipp auf den Knopf. /signs zeigt, wann du Hilfe holen solltest, und /help, was ich sonst kann.
type-it = Bitte schreib deine Antwort als Text, oder lass die Frage mit /help.
send-file = Ich warte auf eine Datei. Bitte schick sie als Datei, nicht als Text oder Bild, oder lass die Frage mit /help.
group-only-private = Hallo. Ich spreche immer nur mit einem einzelnen Menschen, darum arbeite ich nur in privaten Chats und behalte nichts aus dieser Gruppe. Bitte schreib mir an @{ $name }. Hier antworte ich nur auf /signs: Das zeigt, wann ihr Hilfe holen solltet.

## Telegram's menu and profile

menu-twitch = Jetzt ein Zucken notieren
menu-tip = Jetzt einen Tipp bekommen
menu-relief = Durch etwas geführt werden, das guttun kann
menu-diary = Diagramme, Kalender und was zusammen vorkommt
menu-report = Eine Seite für die Arztpraxis
menu-treatment = Injektion oder Änderung bei Medikamenten festhalten
menu-settings = Themen, Zeiten, Ruhezeit, Pause
menu-signs = Wann du Hilfe holen solltest, Dringendes zuerst
menu-learn = Ursachen, Arten, Auslöser, Behandlungen
menu-help = Was ich kann
menu-privacy = Was gespeichert wird und wo
menu-export = Alle deine Daten in einer Datei
menu-delete_me = Alle deine Daten entfernen
menu-stop = Alle Nachrichten beenden
bot-description = Kurze Tipps zur richtigen Zeit für Menschen, deren Gesicht zuckt oder krampft, und ein Zucken notierst du mit einem Knopfdruck. Kein Medizinprodukt. Tipp auf Start, um zu sehen, was gespeichert wird.
bot-short-description = Tipps bei einem zuckenden Gesicht, und ein Knopfdruck zum Notieren. Kein Medizinprodukt.

## Owners and editors

menu-admin = Für die Redaktion: Tipps und was dazugehört
admin-owner =
    <b>Verwaltung</b>
    Dieser Bot gehört dir.
admin-editor =
    <b>Verwaltung</b>
    Du gehörst zur Redaktion dieses Bots.
back-to-admin = ⬅️ Zurück
holding-draft = was du für die Redaktion schreibst und noch nicht gesichert hast
holding-notices = was dir in der Verwaltung noch mitzuteilen ist
holding-role = dein Name, deine Sprache, seit wann du zur Redaktion gehörst, und deine Nummer im Protokoll der Redaktion
holding-invitations = Einladungen in die Redaktion, die du gemacht hast und die niemand geöffnet hat
holding-acts = was du im Besitz des Bots oder in der Redaktion getan hast, und was andere dabei über dich getan haben
admin-team = 👥 Redaktion
admin-log = 📜 Wer was getan hat
team-title = <b>Redaktion</b>
team-none = Zur Redaktion gehört noch niemand. Eine Einladung ändert das.
team-editor = • { $name }, seit { $day }
team-invites = <b>Einladungen, die niemand geöffnet hat</b>
team-invite = • Nr. { $number }, von { $name }, { $made }, gilt bis { $ends }
team-full = Zusammen sind { $most } Plätze in der Redaktion und offene Einladungen möglich. Entferne jemanden oder zieh eine Einladung zurück.
time-utc = { $time } UTC
no-name = Person Nr. { $number }
make-invite = ➕ In die Redaktion einladen
withdraw-invite = 🚫 Nr. { $number } zurückziehen
remove-editor = ➖ { $name } entfernen
invite-made =
    <b>Einladung Nr. { $number }</b>
    Schick diesen Link der Person, die in die Redaktion soll:
    { $link }
    Er gilt einmal, für die erste Person, die ihn öffnet, bis { $ends }. Er steht nur dieses eine Mal hier. Lösch diese Nachricht, wenn er benutzt ist.
invite-toast = Der Link steht unten
invite-withdrawn-toast = Der Link führt jetzt nirgends mehr hin
invite-gone-toast = Sie war schon benutzt, zurückgezogen oder abgelaufen
remove-ask =
    <b>{ $name } entfernen?</b>
    Das gilt sofort. Was { $name } getan hat, bleibt im Protokoll.
remove-yes = ➖ Ja, entfernen
keep-editor = ⬅️ Nein, lassen
removed-toast = Entfernt
removed-before-toast = Diese Person gehört nicht mehr zur Redaktion
invite-welcome =
    <b>Willkommen. Du gehörst jetzt zur Redaktion.</b>
    Du kümmerst dich um die Tipps dieses Bots: /admin zeigt alles, was du tun kannst. Sende /start, wenn du selbst Tipps bekommen möchtest.
    Was du in der Redaktion tust, steht mit deinem Namen in einem Protokoll. So sehen andere, wer was geändert hat.
invite-already = Du gehörst schon zur Redaktion. /admin zeigt alles, was du tun kannst.
invite-owner = Dieser Bot gehört dir, du kannst also alles, was die Redaktion kann. Die Einladung ist noch offen.
invite-void = Diese Einladung gilt nicht mehr: Sie wurde benutzt, zurückgezogen oder ist abgelaufen. Bitte dort, wo sie herkam, um eine neue.
invite-used = { $name } hat deine Einladung geöffnet und gehört jetzt zur Redaktion. Wenn du jemand anderen gemeint hast, kannst du das in /admin zurücknehmen.
no-editor-told = Du gehörst nicht mehr zur Redaktion dieses Bots. Wenn du hier Tipps bekommst, kommen sie wie bisher.
log-title = <b>Wer was getan hat</b>
log-line = • { $when }:
log-empty = Noch nichts.
log-older = Älter ➡️
log-newest = ⬅️ Neueste
log-export = 📄 Alles als Datei
log-export-toast = Die Datei kommt gleich
log-caption = Das ganze Protokoll, das Älteste zuerst. Die Zeiten darin sind UTC.
log-too-large = Das Protokoll ist zu groß für eine Nachricht. Es steht ganz in der Datenbank.
deed-unknown = { $name }: { $deed } { $thing } { $detail } { $about }
deed-invited = { $name } hat Einladung Nr. { $thing } gemacht
deed-withdrew_invite = { $name } hat Einladung Nr. { $thing } zurückgezogen
deed-joined = { $name } kam mit Einladung Nr. { $thing } in die Redaktion
deed-removed_editor = { $name } hat { $about } aus der Redaktion entfernt
deed-exported_log = { $name } hat dieses Protokoll als Datei geholt
delete-staff = Du arbeitest auch an den Tipps dieses Bots. Wenn du zur Redaktion gehörst, endet das. Was du getan hast, bleibt im Protokoll, unter einer Nummer ohne deinen Namen.
deed-announced = { $name } hat Mitteilung Nr. { $thing } gesendet ({ $detail })
deed-stopped_announcement = { $name } hat Mitteilung Nr. { $thing } angehalten
holding-announcements = Mitteilungen, die du an alle geschrieben hast
admin-announcements = 📣 Mitteilungen
back-to-announcements = ⬅️ Mitteilungen
announcement = 📣 <b>Neues von denen, die diesen Bot betreiben</b>
announcements-title = <b>Mitteilungen</b>
announcements-none = Es gibt noch keine.
announcements-line = • Nr. { $number }, { $when }, { $audience }: { $state }
announcements-as_of = Stand: { $when }
announcements-again = 🔄 Neu ansehen
announcement-button = Nr. { $number }: { $state }
announcement-new = ➕ Neue Mitteilung
announcement-state-running = wird gesendet
announcement-state-done = gesendet
announcement-state-stopped = angehalten
audience-all = an alle
audience-topic = an alle mit Tipps zu { $topic }
audience-ask =
    <b>Für wen ist sie?</b>
    Wer pausiert, aufgehört oder mich blockiert hat, bekommt keine.
audience-everyone = 👥 Alle
announce-ask =
    📣 <b>Schreib jetzt den Text und schick ihn ab</b>, höchstens { $limit } Zeichen. Fett und kursiv bleiben, wie sie sind.
    Er geht { $audience }. Du siehst ihn zuerst; noch wird nichts gesendet.
announce-ask-toast = Schreib den Text und schick ihn ab
announce-empty = In diesem Text ist nichts, was ich zeigen könnte. Bitte schreib ihn noch einmal.
announce-too_long = Dieser Text hat { $length } Zeichen, und mehr als { $limit } gehen nicht. Bitte schick einen kürzeren.
announce-broken = Die Formatierung dieses Textes konnte ich nicht lesen. Bitte schick ihn ohne.
announce-preview =
    So wird sie aussehen. Sie geht { $audience }: { $heads ->
        [0] im Moment niemand
        [one] 1 Person
       *[other] { $heads } Personen
    }.
announce-takes =
    Bei unserem Tempo dauert das { $minutes ->
        [0] weniger als eine Minute
        [one] etwa eine Minute
       *[other] etwa { $minutes } Minuten
    }. Tipps und Antworten gehen vor.
announce-quiet = Wo gerade Ruhezeit ist, kommt sie danach. Was sich nicht innerhalb eines Tages senden lässt, entfällt.
announce-start = 📣 Jetzt senden
announce-change = ✏️ Text ändern
announce-drop = 🗑 Verwerfen
announce-started-toast = Sie ist unterwegs
announce-dropped-toast = Verworfen
announce-dropped = Der Text ist verworfen. Es wurde nichts gesendet.
announce-old = Dieser Text ist zu alt zum Senden oder wurde verworfen. Bitte schreib ihn neu.
progress-title = <b>Mitteilung Nr. { $number }</b>, { $audience }: { $state }
progress-share = { $over } von { $total } erledigt
progress-preparing = Ich stelle die Liste noch zusammen.
progress-sent = ✅ gesendet: { $count }
progress-waiting = ⏳ wartet, auch auf das Ende der Ruhezeit: { $count }
progress-dropping = ⏹ entfällt jetzt, bis auf das, was schon unterwegs ist: { $count }
progress-unreachable = 🚫 nicht erreichbar, dorthin gehen keine Tipps mehr: { $count }
progress-unknown = ❔ vielleicht angekommen, wird nicht noch einmal gesendet: { $count }
progress-failed = ⚠️ fehlgeschlagen: { $count }
progress-expired = ➖ entfallen, da abgestellt, pausiert oder zu spät: { $count }
progress-left =
    { $minutes ->
        [0] Noch weniger als eine Minute
        [one] Noch etwa eine Minute
       *[other] Noch etwa { $minutes } Minuten
    }
progress-let-go = Wie es mit Mitteilung Nr. { $number } weitergeht, zeige ich hier nicht mehr, denn alles über dich ist entfernt. Wem dieser Bot gehört, der findet sie weiterhin mit /admin.
progress-until = Es läuft bis { $when }, dann endet die letzte Ruhezeit.
announce-stop = ⏹ Anhalten
announce-stopped-toast = Angehalten. Was unterwegs ist, kommt noch an.
announce-over-toast = Es war schon vorbei

## What editors did with the library

holding-tip_revisions = welche Tipps du in der Redaktion geändert oder gebilligt hast, und wann
holding-tip_proposals = Änderungen an Tipps, die du in der Redaktion vorgeschlagen oder entschieden hast
deed-tip_added = { $name } hat { $thing } als Entwurf angelegt
deed-tip_edited = { $name } hat { $thing } geändert: { $detail }
deed-tip_published = { $name } hat { $thing } veröffentlicht
deed-tip_retired = { $name } hat { $thing } zurückgezogen
deed-tip_restored = { $name } hat { $thing } wieder veröffentlicht
deed-tip_reverted = { $name } hat { $thing } auf eine ältere Fassung zurückgesetzt: { $detail }
deed-tip_proposed = { $name } hat eine Änderung von { $thing } vorgeschlagen: { $detail }
deed-tip_approved = { $name } hat eine Änderung von { $thing } gebilligt: { $detail }
deed-tip_rejected = { $name } hat eine Änderung von { $thing } abgelehnt: { $detail }
deed-tip_withdrawn = { $name } hat die eigene Änderung von { $thing } zurückgenommen: { $detail }
deed-took_file = { $name } hat den Text der Datei von { $thing } übernommen
deed-kept_live = { $name } hat bei { $thing } den laufenden Text statt der Datei behalten
deed-library_imported = { $name } hat ein Archiv der Sammlung eingelesen: { $detail }
deed-review_wanted = { $name } möchte, dass vor dem Veröffentlichen eine zweite Person prüft
deed-review_waived = { $name } lässt Änderungen ohne zweite Person veröffentlichen
admin-figures = 📊 Zahlen
figures-title = <b>Zahlen, { $period }</b>
figures-people = 👥 Angemeldet: { $count }
figures-active = • bekommen Nachrichten: { $count }
figures-paused = • pausieren: { $count }
figures-stopped = • haben aufgehört: { $count }
figures-blocked = • haben mich blockiert: { $count }
figures-starting = • noch am Anfang: { $count }
figures-joined = ➕ Neu in diesen Tagen: { $count }
figures-sent = 📨 Gesendete Nachrichten: { $count }
figures-failed = • fehlgeschlagen: { $count }
figures-unknown = • ungewiss, nicht noch einmal gesendet: { $count }
figures-unreachable = • nicht erreichbar: { $count }
figures-expired = • nicht gesendet, zu spät oder nicht mehr gewünscht: { $count }
figures-votes = 👍 { $helpful } und 👎 { $other } für Tipps
figures-day = { $period }: { $sent } gesendet
figures-day-lost = { $lost } nicht
figures-days =
    { $days ->
        [one] 1 Tag
       *[other] { $days } Tage
    }
figures-open-votes = 👍 Stimmen je Tipp
chart-sent = Gesendete Nachrichten
chart-not-arrived = Nicht angekommen
chart-failed = fehlgeschlagen
chart-unknown = ungewiss
chart-unreachable = nicht erreicht
chart-votes = Stimmen
chart-helpful = hilfreich
chart-not-helpful = nicht hilfreich
votes-title = <b>Stimmen für Tipps, { $period }</b>
votes-legend = Die hilfreichsten stehen vorn. Tipps mit weniger als { $enough } Stimmen stehen am Ende: So wenige sagen kaum etwas.
votes-none = Es gibt noch keine Stimmen.
votes-line = { $share } % · 👍 { $helpful } 👎 { $other } · gesendet { $sent } · { $title }
privacy-staff =
    <b>Da du an den Tipps dieses Bots arbeitest,</b> behalte ich auch deinen Namen, die Sprache deines Telegram, was du getan hast, die Mitteilungen, die du geschrieben hast, und die Einladungen, die du gemacht hast.
    Was du getan hast, bleibt im Protokoll, wenn du deine Daten entfernst. Dort steht dann eine Nummer und kein Name.

## The library in editors' hands

admin-library = 📚 Sammlung
library-title =
    <b>Sammlung</b>
    Wähl ein Thema oder ein Fach, oder such. Entwürfe und zurückgezogene Texte stehen auch in den Listen.
place-all = 📚 Alles
search-tips = 🔎 Suchen
search-here = 🔎 Hier suchen
new-tip = ➕ Neuer Tipp
open-draft = ✏️ Weiterschreiben
open-proposals = ⏳ Offene Änderungen ({ $count })
open-conflicts = ⚖️ Datei oder Chat ({ $count })
open-files = 📦 Als Dateien
list-title =
    <b>{ $place }</b>: { $count ->
        [0] nichts
        [one] 1 Text
       *[other] { $count } Texte, Seite { $page } von { $pages }
    }
list-words = Gesucht: <i>{ $words }</i>
list-empty = Nichts passt. Versuch es mit weniger Wörtern oder einem anderen Filter.
sign-draft = 📝
sign-retired = 💤
sign-waiting = ⏳
sign-conflict = ⚖️
sign-is-draft = 📝 Entwurf: noch bei niemandem
sign-is-retired = 💤 zurückgezogen: kommt bei niemandem mehr
sign-is-waiting = ⏳ eine Änderung wartet auf Zustimmung
sign-is-conflict = ⚖️ Datei und laufender Text sind beide geändert
filter-any = Alle
filter-draft = Entwürfe
filter-published = Laufend
filter-retired = Zurückgez.
words-ask =
    <b>Suche: { $place }</b>
    Schreib ein Wort oder mehrere und schick sie ab. Der Anfang eines Wortes genügt.
words-ask-toast = Schreib, was du suchst
back-to-library = ⬅️ Sammlung
back-to-place = ⬅️ { $place }
to-tip-page = ⬅️ Zum Text
tip-rule = ──────────
state-draft = 📝 <b>Entwurf</b>: noch bei niemandem.
state-published = ✅ <b>Veröffentlicht</b>
state-retired = 💤 <b>Zurückgezogen</b>: kommt bei niemandem mehr.
tip-version = Version { $number } ({ $who }, { $when })
by-files = Dateien
tip-place = { $place }, Kennung <code>{ $id }</code>
tip-tags = Stichwörter: { $tags }
tip-figures = In den letzten 90 Tagen: gesendet { $sent }, gemacht { $done }, hilfreich { $helpful }, nicht hilfreich { $unhelpful }, später { $snoozed }, weniger { $less }, nichts angetippt { $skipped }.
tip-waits =
    { $count ->
        [one] ⏳ Eine Änderung dieses Textes wartet auf Zustimmung.
       *[other] ⏳ { $count } Änderungen dieses Textes warten auf Zustimmung.
    }
tip-in-conflict = ⚖️ Datei und laufender Text sind beide geändert. Der laufende geht hinaus, bis du wählst.
edit-tip = ✏️ Ändern
wish-publish = ✅ Freigeben
wish-retire = 💤 Zurückziehen
wish-restore = ✅ Wieder freigeben
open-history = 🕓 Versionen ({ $count })
open-proposal = ⏳ Änderung Nr. { $number }
open-conflict = ⚖️ Datei oder Chat
change-saved-toast = Gesichert
change-waits-toast = Gespeichert. Es geht hinaus, sobald eine zweite Person zustimmt.
change-overtaken-toast = Jemand hat es geändert, seit du es angesehen hast. Es ist noch nichts gesichert.
change-replaced = Damit ist deine wartende Änderung Nr. { $numbers } ersetzt.
changed-meanwhile = Dieser Text wurde inzwischen geändert ({ $who }): Version { $revision }. Es wurde nichts getan. Bitte sieh ihn dir noch einmal an.

edit-title =
    <b>„{ $title }“ ändern</b>
    Kennung <code>{ $id }</code>

    Was möchtest du ändern? Nichts geht hinaus, bevor du sicherst. Das Thema bleibt, denn die Kennung beginnt damit.
field-title = Titel
field-body = Text
field-tags = Wörter
field-sources = Quellen
field-claim = Art
field-reviewed = Geprüft am
field-name-title = Titel
field-name-body = Text
field-name-tags = Stichwörter
field-name-sources = Quellen
field-name-claim = Art
field-name-reviewed = Tag der Prüfung
field-name-topic = Thema
field-name-shelf = Fach
draft-new = 📝 So wird es aussehen. Es ist <b>noch nicht gesichert</b>. Die Kennung wird etwa <code>{ $id }</code>.
draft-changes = ✏️ So wird es aussehen. <b>Noch nicht gesichert</b>, geändert: { $fields }.
draft-changes-none = ✏️ Bisher ist nichts anders als im gesicherten Text.
draft-save = 💾 Sichern
draft-keep = 💾 Als Entwurf sichern
draft-publish = ✅ Freigeben
draft-drop = 🗑 Wegwerfen
draft-leave = ⏸ Vorerst lassen
draft-kept-toast = Im Entwurf gespeichert
draft-dropped-toast = Weggeworfen
draft-dropped = Weggeworfen. Es wurde nichts geändert.
draft-gone = Diesen Entwurf gibt es nicht mehr, es wurde also nichts gespeichert. Deine Worte stehen oben zum Kopieren.
draft-gone-toast = Diesen Entwurf gibt es nicht mehr, es wurde also nichts geändert.
draft-gone-tap = Diesen Entwurf gibt es nicht mehr: Er wurde gesichert oder weggeworfen. Es wurde nichts geändert.
draft-in-the-way = Du schreibst noch an einem anderen Text. Sichere ihn zuerst oder wirf ihn weg.
step-back = ⬅️ Schritt zurück
new-tip-title = <b>Ein neuer Tipp</b>
ask-topic =
    <b>Ein neuer Tipp</b>
    Zu welchem Thema gehört er? Jede Antwort wird sofort gespeichert, du kannst also bei jedem Schritt aufhören.
ask-title = Schreib den <b>Titel</b> und schick ihn ab: eine Zeile, höchstens { $limit } Zeichen.
ask-body = Schreib den <b>Text</b> und schick ihn ab, höchstens { $limit } Zeichen. Fett und kursiv aus dem Menü von Telegram bleiben, und Zeilen, die mit - anfangen, werden eine Liste.
ask-tags = Schreib die <b>Stichwörter</b> und schick sie ab, höchstens { $most }: kleine Buchstaben, mit Kommas dazwischen, zum Beispiel: water, habit
ask-reviewed = An welchem Tag wurde er <b>mit der Quelle verglichen</b>? Schreib den Tag und schick ihn ab, oder tipp auf den Knopf.
ask-sources = Aus welchem Dokument kommt er?
ask-section =
    <b>{ $title }</b>
    { $file }
    Welcher Abschnitt?
ask-claim = Was für eine Aussage ist es?
source-line = { $number }. „{ $title }“, Abschnitt „{ $section }“
source-none-now = Keine: Der Text gilt als eigener der Redaktion.
document-line = <b>{ $letter }</b>: { $title }
add-source = ➕ { $letter }
drop-source = ➖ Nr. { $number }
no-source = 🚫 Kein Dokument: eigene Worte
claim-practical = Praktisch: wie man etwas tut
claim-general = Allgemeiner Gesundheitsrat
claim-medical = Medizinisch: braucht eine Quelle
review-today = ✔️ Heute
field-now = Jetzt steht da, zum Kopieren:
verbatim = { $words }
refused = <b>Das passt noch nicht, es wurde also nichts geändert.</b>
refused-line = • { $problem }: { $mend }
refused-text = Dein Text, zum Kopieren und Bessern. Schick ihn einfach neu:
refused-toast = Das passt noch nicht
save-again-toast = Diese Kennung wurde eben vergeben. Bitte sichere noch einmal.
clash = <b>Während du geschrieben hast, kam Version { $revision } ({ $who }).</b> Nichts ist verloren: Beides steht unten.
clash-theirs = <b>Dort geändert ({ $who }):</b>
clash-mine = <b>Von dir geändert:</b>
clash-both = 🤝 Beides behalten
clash-take-theirs = Andere behalten, meine wegwerfen
clash-take-mine = Meine über die andere setzen
clash-look-toast = Bitte sieh es dir an, dann sichere
diff-none = nichts
diff-field = { $field }:
diff-kept = { $words }
diff-removed = <s>[-{ $words }-]</s>
diff-added = <u>[+{ $words }+]</u>

## The library: versions and approvals

history-title = <b>Versionen von „{ $title }“</b>, die neuesten zuerst, Seite { $page } von { $pages }
version-add = <b>{ $number }</b>: geschrieben ({ $who }, { $when })
version-edit = <b>{ $number }</b>: geändert ({ $who }, { $when })
version-publish = <b>{ $number }</b>: veröffentlicht ({ $who }, { $when })
version-retire = <b>{ $number }</b>: zurückgezogen ({ $who }, { $when })
version-restore = <b>{ $number }</b>: wieder veröffentlicht ({ $who }, { $when })
version-revert = <b>{ $number }</b>: auf eine ältere Version zurückgesetzt ({ $who }, { $when })
version-sync = <b>{ $number }</b>: übernommen ({ $who }, { $when })
version-import = <b>{ $number }</b>: mit einem Archiv eingelesen ({ $who }, { $when })
version-fields = ({ $fields })
version-approved = ✅ gebilligt von { $who }
version-button = Nr. { $number }
version-diff = <b>Gegenüber Version { $number }:</b>
revert-to = ↩️ Zurück zu Version { $number }
to-history = 🕓 Alle Versionen
proposals-title = <b>Änderungen, die auf eine zweite Person warten</b> ({ $count })
proposals-none = Keine Änderung wartet auf Zustimmung.
proposal-line = Nr. { $number }: „{ $title }“, von { $who }, { $when }
proposal-add = { $who } möchte das hinzufügen.
proposal-edit = { $who } möchte es so ändern.
proposal-publish = { $who } möchte das veröffentlichen.
proposal-retire = { $who } möchte das zurückziehen.
proposal-restore = { $who } möchte das wieder veröffentlichen.
proposal-revert = { $who } möchte hierhin zurück.
proposal-sync = { $who } möchte das aus der Datei übernehmen.
proposal-import = { $who } hat das mit einem Archiv eingelesen.
proposal-newer = ⚠️ <b>Der Text wurde seit diesem Vorschlag geändert:</b> Version { $revision } ({ $who }). Was unten durchgestrichen ist, fiele weg.
proposal-diff = <b>Gegenüber dem Text, wie er jetzt ist:</b>
proposal-approved = ✅ { $who } hat die Änderung gebilligt.
proposal-rejected = ✖️ { $who } hat die Änderung abgelehnt.
proposal-withdrawn = ↩️ { $who } hat die Änderung zurückgenommen.
proposal-own = Diese Änderung ist deine eigene, zustimmen muss also jemand anderes.
proposal-approve = ✅ Zustimmen
proposal-reject = ✖️ Ablehnen
proposal-why = ✖️ Ablehnen und Grund nennen
proposal-withdraw = ↩️ Zurücknehmen
proposal-approved-toast = Zugestimmt
proposal-rejected-toast = Abgelehnt
proposal-gone-toast = Die Änderung wurde zurückgenommen
settled-approved-toast = { $who } hat das schon gebilligt
settled-rejected-toast = { $who } hat das schon abgelehnt
settled-withdrawn-toast = { $who } hat das schon zurückgenommen
proposal-own-toast = Niemand stimmt der eigenen Änderung zu
to-proposals = ⏳ Alle offenen
why-ask = <b>Warum nicht?</b> Schreib { $who } ein Wort zu „{ $title }“ und schick es ab, höchstens { $limit } Zeichen. Ich gebe es weiter, und es bleibt bei der Änderung stehen.
told-approved = ✅ { $who } hat deiner Änderung von „{ $title }“ zugestimmt. Sie geht jetzt hinaus.
told-rejected = ✖️ { $who } hat deine Änderung von „{ $title }“ abgelehnt. Ihr Text bleibt im Protokoll der Änderungen.
told-why = Die Antwort:
told-waits = ⏳ Eine Änderung an „{ $title }“ wartet auf eine zweite Person ({ $who }).
told-wait = ⏳ { $count } Änderungen warten auf eine zweite Person.
admin-review = 👀 Zweite Person prüft
review-on =
    <b>Zweite Person prüft: an</b>
    Wenn mindestens zwei in der Redaktion sind, wartet alles, was andere bekommen würden, bis eine zweite Person zustimmt. Einen Text wegzunehmen wartet nie.
review-off =
    <b>Zweite Person prüft: aus</b>
    Was jemand in der Redaktion sichert, geht sofort hinaus.
review-waive = Abschalten
review-want = Anschalten

## The library as files

files-title =
    <b>Die Sammlung als Dateien</b>
    Hol alles als ein Zip aus Textdateien, ändere es mit einem beliebigen Schreibprogramm und bring es zurück. Bevor sich etwas ändert, siehst du, was sich ändern würde.
library-export = 📤 Als Zip holen
library-import = 📥 Zip einlesen
library-export-toast = Die Datei kommt gleich
library-export-caption = Die Sammlung, wie sie jetzt ist. Ändere die Dateien, pack sie wieder ein und schick das Zip über „Zip einlesen“ zurück.
back-to-files = ⬅️ Als Dateien
archive-ask =
    <b>Schick mir das Zip</b> als Datei, höchstens { $megabytes } MB.
    Nichts ändert sich, bevor du gesehen hast, was es tun würde.
archive-too-large = Diese Datei ist größer als { $megabytes } MB. Eine Sammlung ist viel kleiner, deshalb habe ich sie nicht geöffnet. Es wurde nichts geändert.
archive-lost = Ich konnte diese Datei nicht von Telegram holen. Bitte schick sie noch einmal.
archive-refused =
    { $count ->
        [one] <b>Dieses Archiv kann ich nicht nehmen, es hat einen Fehler.</b> Es wurde nichts geändert.
       *[other] <b>Dieses Archiv kann ich nicht nehmen, es hat { $count } Fehler.</b> Es wurde nichts geändert.
    }
archive-fault = • <code>{ $file }</code>, { $field }: { $problem }; { $mend }
and-more = … und { $count } weitere
archive-title = <b>Das würde das Archiv tun:</b>
archive-anew = ⚠️ Jemand hat die Sammlung geändert, seit du sie angesehen hast. Es wurde noch nichts getan.
archive-other = ⚠️ Du hast seitdem ein anderes Archiv geschickt. Es wurde noch nichts getan. Hier geht es um das neueste.
archive-in-step = Das Archiv sagt dasselbe wie die Sammlung. Es gibt nichts zu tun.
archive-add = ➕ <b>{ $count } neu</b>
archive-take = ✏️ <b>{ $count } geändert</b>
archive-retire = 💤 <b>{ $count } zurückgezogen</b>, weil nicht darin enthalten
archive-keep = 🔒 <b>{ $count } unverändert</b>, weil nur in der Sammlung geändert
archive-conflict = ⚖️ <b>{ $count } auf beiden Seiten geändert</b>
archive-line = • { $title } (<code>{ $id }</code>)
archive-apply = ✅ Ausführen
archive-apply-files = ✅ Ausführen; wo beide geändert sind, gilt das Archiv
archive-taking-toast = Einen Moment
archive-done = <b>Fertig.</b> Neu: { $added }, geändert: { $changed }, zurückgezogen: { $retired }.
archive-waiting = ⏳ Warten auf eine zweite Person: { $count }.
archive-replaced = ↩️ Frühere Änderungen von dir, die warteten und dafür zurückgenommen wurden: { $count }.
archive-conflicts = ⚖️ Auf beiden Seiten geändert, daher unverändert gelassen: { $count }.
conflicts-none = Kein Text wartet auf diese Wahl.
conflict-gone-toast = Diese Wahl ist vorbei: Sie war schon getroffen, oder die Datei hat sich wieder geändert.
conflicts-title =
    <b>Datei oder Chat?</b> ({ $count })
    Hier sind die Datei und der laufende Text beide geändert. Der laufende geht hinaus, bis du wählst.
conflict-live = <b>Der laufende Text</b> ({ $state }):
conflict-file = <b>Mit der Datei würde daraus:</b>
conflict-file-gone = <b>Die Datei ist weg</b>, der Text würde also zurückgezogen.
conflict-keep-live = Laufenden behalten
conflict-take-file = Datei nehmen
state-name-draft = Entwurf
state-name-published = veröffentlicht
state-name-retired = zurückgezogen

## The desk: limits and checks

sources-full-toast = Ein Text kann { $most } Quellen nennen. Nimm erst eine weg.
archive-documents =
    { $count ->
    [one] 📚 <b>1 Quelldokument</b> ist neu oder geändert
   *[other] 📚 <b>{ $count } Quelldokumente</b> sind neu oder geändert
}
archive-document-new = • <code>{ $name }</code>: neu, „{ $title }“
archive-document-title = • <code>{ $name }</code>: aus „{ $old }“ wird „{ $title }“
archive-document-sections = • <code>{ $name }</code>: andere Abschnitte, „{ $title }“
archive-held =
    { $count ->
    [one] 🔒 <b>1 neuer Titel eines Dokuments bleibt weg.</b> Er würde unter Tipps stehen, und niemand sonst hat ihn gesehen.
   *[other] 🔒 <b>{ $count } neue Titel von Dokumenten bleiben weg.</b> Sie würden unter Tipps stehen, und niemand sonst hat sie gesehen.
} Wem der Bot gehört, kann „Zweite Person prüft“ dafür abschalten.
deed-document_added = { $name } hat das Quelldokument { $thing } eingelesen
deed-document_changed = { $name } hat das Quelldokument { $thing } geändert: { $detail }
deed-library_exported = { $name } hat die Sammlung als Zip geholt
library-unsound-toast = Ein Text der Sammlung hat einen Fehler
library-unsound =
    { $count ->
    [one] <b>Ich kann die Sammlung nicht packen, es ist ein Fehler darin.</b>
   *[other] <b>Ich kann die Sammlung nicht packen, es sind { $count } Fehler darin.</b>
} Such den Text, bring ihn in Ordnung oder zieh ihn zurück, und versuch es noch einmal.
slash-words = Den Befehl { $command } kenne ich nicht. Wenn das deine Antwort sein sollte, fang sie mit einem anderen Zeichen als dem Schrägstrich an und schick sie noch einmal: Die Frage ist noch offen.
staff-unasked = Ich warte gerade auf keinen Text und weiß nicht, wozu das gehört. /admin zeigt alles, was du hier tun kannst. Schick /start, wenn du selbst Tipps bekommen willst.
formatting-lost = Diese Formatierung gibt es hier nicht, ich habe sie weggelassen: { $kinds }.
formatting-underline = unterstrichen
formatting-strikethrough = durchgestrichen
formatting-spoiler = verborgen
formatting-code = Code
formatting-link = die Adresse hinter einem Link
formatting-quote = Zitat
formatting-emoji = eigene Emojis
formatting-bold_italic = fett und kursiv
log-tip = „{ $title }“ ({ $id })
field-name-sections = Abschnitte
log-change-add = neuer Text
log-change-edit = Änderung
log-change-publish = veröffentlichen
log-change-retire = zurückziehen
log-change-restore = wieder veröffentlichen
log-change-revert = ältere Version
log-change-sync = Text der Datei
log-change-import = Text eines Archivs
figures-utc = Die Tage beginnen um Mitternacht UTC.
tip-figures-none = In den letzten 90 Tagen wurde er nicht gesendet.
log-added = { $count } neu
log-changed = { $count } geändert
log-retired = { $count } zurückgezogen
