### Todas las palabras del programa en español. Claves y orden como en en.ftl; trato: tú.

## Shared

button-expired = Este botón ha caducado. Envía /help para ver qué sé hacer.
start-first = Envía primero /start, por favor; tarda un minuto.
no-editor-now = Ya no formas parte de la redacción de este bot, así que este botón ya no hace nada.
too-much =
    Has pedido mucho de golpe. Vuelve a intentarlo en { $seconds ->
        [one] 1 segundo
       *[other] { $seconds } segundos
    }, por favor. Anotar un espasmo funciona siempre.
something-failed = Algo ha fallado por mi parte (código { $code }). Vuelve a intentarlo en un momento, por favor.
answer-lost = Se cortó la conexión mientras te respondía. Lo que enviaste sí me llegó. Solo puede faltar aquí mi respuesta.

## Por qué se rechazó un texto o un archivo: las palabras de `tips check`

said-no_line = está vacío, o tiene saltos de línea, espacios de más o signos que no se pueden mostrar
said-named_no_line = { $kind } «{ $line }»: está vacío, o tiene saltos de línea, espacios de más o signos que no se pueden mostrar
said-named_length = { $kind } «{ $line }»: { $length } caracteres
said-name = nombre
said-title = título
said-section = apartado
said-bold = negrita
said-italic = cursiva
said-one_line = escríbelo en una línea
said-citation_parts = da a cada fuente un «document:» y un «section:», ambos de texto
said-kebab = usa a-z, 0-9 y guiones sueltos, { $limit } caracteres como máximo
said-tag_count = { $count } etiquetas, o una de ellas repetida
said-too_early = { $day } es anterior a { $year }
said-in_future = { $day } está en el futuro
said-no_topic = una ficha está en un estante, no en un tema
said-no_shelf = un consejo pertenece a un tema, no a un estante
said-no_words = esto no es una lista de palabras
said-words = escríbela así: [water, habit]
said-sources_mend = indica documento y apartado, o escribe «sources: { $word }» si no hay ninguna
said-no_source = { $found } no es una fuente
said-no_date = { $found } no es una fecha
said-date_form = escríbela así: 2026-11-21
said-missing = falta
said-add_field = añade «{ $field }: …» entre las líneas ---
said-not_text = { $found } no es texto
said-quotes = ponlo entre comillas
said-not_one = «{ $found }» no es uno de ellos
said-use = usa { $choices }
said-no_sources = esto no es una lista de fuentes
said-remove_line = quita la línea
said-no_id = «{ $found }» no es un código
said-move_file = mueve el archivo a { $path }.md, o corrige el código o el tema si es nuevo
said-plain_title = un título es texto sin formato
said-no_marks = quita las marcas de formato
said-length = { $length } caracteres
said-shorten = acórtalo a { $limit }
said-tags_mend = da de 1 a { $limit } distintas
said-source_count = { $count } fuentes
said-name_most = nombra { $limit } como máximo
said-source_twice = una fuente está dos veces
said-list_once = nómbrala una vez
said-medical_unsourced = una afirmación médica no tiene ninguna fuente
said-name_source = nombra el documento y el apartado
said-review_mend = indica el día en que se revisó por última vez
said-spare_ends = tiene saltos de línea o espacios de más
said-trim = quítalos del principio y del final
said-no_text = no hay texto
said-write_body = escribe al menos una palabra
said-no_field = no existe ese campo
said-wrong_prefix = no empieza por «{ $prefix }»
said-name_so = dale ese nombre
said-no_tag = «{ $found }» no es una etiqueta
said-unshowable = la línea { $line } no se puede mostrar
said-shown_length = { $length } caracteres tal como se muestra
said-other_file = «{ $found }» va en otro archivo
said-cited_length = { $length } caracteres de títulos y apartados
said-no_document = el documento «{ $found }» no está en sources.yaml
said-no_section = { $document } no tiene el apartado «{ $found }»
said-nearest = ¿quieres decir «{ $found }»?
said-listed_source = nombra uno que esté en sources.yaml
said-stands_times = «{ $found }» aparece { $count } veces
said-fewer_sources = nombra menos fuentes
said-own_id = da a cada entrada su propio código
said-list_most = pon { $limit } como máximo
said-document_count = { $count } documentos
said-section_count = { $count } apartados
said-headings = los encabezados no se muestran; quita el # o escribe \#
said-quoted = las citas no se muestran; quita el > o escribe \>
said-numbered = las listas numeradas no se muestran; empieza con «- »
said-bullet = un punto de lista es «- » y luego texto; escribe \- para un guion
said-bullet_begins = empieza un punto de lista con «- », o escribe \+
said-underlined = los encabezados subrayados no se muestran; escribe \= para el signo
said-tables = las tablas no se muestran; usa puntos de lista
said-code = el código no se muestra; quita el ` o escribe \`
said-links = los enlaces y las imágenes no se muestran; escribe \[ para un corchete
said-html = el HTML no se muestra; escribe \< para el signo
said-entity = escribe el carácter mismo, o \& para el signo &
said-strike = el tachado no se muestra; escribe \~ para el signo
said-backslash = una barra inversa va delante de un signo; escribe \\ para la barra misma
said-bold_form = la negrita son **dos asteriscos** a cada lado; escribe \* para un asterisco
said-italic_form = la cursiva es _un guion bajo_ a cada lado; escribe \_ para el signo
said-at_line = línea { $line }: { $reason }
said-unclosed = { $mark } sin cerrar; pon { $sign } al final o escribe { $escaped }
said-nothing_shown = de esta línea no se muestra nada; quítala
said-ends_spaces = la línea termina con espacios; quítalos
said-control = aquí hay un carácter de control ({ $code }); quítalo
said-crossed = { $mark } termina antes que { $inner }, que está dentro; cierra eso primero
said-nested = { $mark } dentro de { $inner }; cierra lo primero con { $sign } tras una palabra
said-inside_word = { $mark } empieza o termina dentro de una palabra; rodea la palabra entera
said-begins_space = la línea empieza con un espacio; empieza en el margen
said-whole_words = { $sign } rodea palabras enteras; escribe { $escaped } para el signo mismo
said-easier = frases y palabras más cortas lo bajan a { $limit } o menos
said-grade = su nivel de lectura es { $grade }
said-to_card = pásalo a una ficha: los medicamentos, suplementos y hierbas no son para los consejos
said-broken_signs = «{ $found }» tiene caracteres dañados
said-retype = guarda el texto como UTF-8 y escríbelos de nuevo
said-is_link = «{ $found }» es un enlace
said-no_link = nombra el lugar con palabras; la línea de la fuente dice de dónde viene
said-promise = «{ $found }» promete demasiado
said-may_help = escribe qué puede ayudar y a quién
said-scolds = «{ $found }» regaña
said-invite = mejor invita
said-dose = «{ $found }» es una dosis
said-no_dose = no indiques ninguna: eso le toca decirlo a un médico
said-amount = «{ $found }» indica una cantidad
said-no_amount = los documentos no indican ninguna; déjalo a quien lee
said-in_tip = «{ $found }» está en un consejo
said-no_doctor = «{ $found }» aparece sin mencionar al médico
said-ask_doctor = añade «ask your doctor» (pregunta a tu médico)
said-keep_files = deja como máximo { $limit } archivos
said-keep_most = deja como máximo { $limit }
said-add_tips = añade consejos como { $language }/<topic>/<name>.md; una colección vacía los retiraría todos
said-too_large = ocupa más de { $limit } kB
said-file_place = los archivos son <language>/<topic or cards>/<name>.md; muévelo o quítalo
said-front_mend = pon los campos entre dos líneas de ---, al principio del todo
said-add_documents = añade los documentos con sus títulos y apartados
said-begin_document = empieza cada documento con «name.txt:»
said-byte = el byte { $place } no es UTF-8
said-no_tips = no contiene consejos
said-correct_line = corrige esta línea
said-not_document = esto no es un documento
said-document_mend = dale un título y apartados
said-untitled = no tiene título
said-add_title = añade «title: …»
said-unsectioned = no tiene lista de apartados
said-list_headings = enumera sus encabezados
said-file_count = { $count } archivos
said-split = acórtalo o divídelo
said-no_entry = no es ni consejo ni ficha
said-no_front = no tiene cabecera de campos
said-no_documents = no nombra documentos
said-no_field_named = no existe el campo «{ $field }»
said-section_not_text = un apartado no es texto
said-save_utf = guárdalo como UTF-8
said-its_not_text = { $field } no es texto
said-section_twice = un apartado está dos veces
said-headings_once = pon cada encabezado una vez
said-folder_instead = pon una carpeta en su lugar
said-link_out_folder = es un enlace que sale de la carpeta
said-file_itself = pon aquí el archivo mismo
said-not_plain = no es un archivo normal
said-not_plain_mend = quítalo, o pon aquí el archivo mismo
said-link_nowhere = un enlace que no lleva a ninguna parte
said-unreadable = no se puede leer ({ $reason })
said-may_be_read = comprueba que existe y se puede leer
said-more_files = más de { $limit } archivos
said-link_out = es un enlace que lleva fuera
said-as_exported = usa el archivo tal como se exportó, o quítalo
said-archive_size = un archivo comprimido tiene como máximo { $limit } MB
said-archive_most = un archivo comprimido tiene como máximo { $limit }
said-unpacked_size = descomprimido ocupa más de { $limit } MB
said-leave_out = quita archivos
said-name_utf = su nombre no es UTF-8
said-name_long = su nombre es demasiado largo, o tiene signos que no se pueden mostrar
said-name_path = su nombre no es una ruta dentro del archivo comprimido
said-name_out = su nombre lleva fuera del archivo comprimido
said-special = es un enlace u otro archivo especial
said-encrypted = está cifrado
said-packing = está comprimido de una forma que no leo
said-megabytes = tiene { $size } MB
said-move_there = muévelo a { $language }/<topic or cards>/, o quítalo
said-inner_name_utf = el nombre de un archivo que contiene no es UTF-8
said-plain_name = dale un nombre sencillo
said-no_zip = no es un archivo zip, o está dañado
said-pack_again = comprímelo de nuevo
said-plain_file = quítalo, o comprime un archivo normal
said-damaged = está dañado, o no es lo que dice su cabecera
said-no_revisions = no es una lista de versiones
said-holds_files = contiene { $count } archivos
said-twice = está dos veces
said-leave_one = quita uno
said-no_part = no forma parte de la colección
said-anchors = las anclas (&) y los alias (*) no se permiten; usa comillas
said-yaml_tags = las etiquetas de YAML (!) no se permiten; usa comillas
said-too_deep = está anidado a demasiada profundidad
said-yaml_signs = contiene caracteres que YAML no permite
said-impossible = contiene una fecha o un número imposible
said-no_lines = no hay líneas «name: value»
said-field_name = el nombre de un campo no es texto sin formato
said-stands_twice = «{ $found }» está dos veces
said-two_days = eso puede leerse como más de un día
said-to_come = ese día aún no ha llegado
said-not_a_date = esto no es una fecha
said-send_date = envíala así: 2026-03-14
said-many_values = hay más de { $most } valores
said-long_value = un valor tiene más de { $most } caracteres

## What the owners are told

doubts-told =
    { $count ->
        [one] De un mensaje más no sé si ha llegado.
       *[other] De { $count } mensajes más no sé si han llegado.
    }
    La conexión se cortó, o me reiniciaron, justo en ese momento. Un mensaje así no lo envío otra vez, para que nadie lo reciba dos veces. Unos pocos de vez en cuando no son motivo de preocupación.

## Topics

topic-hydration = hidratación
topic-sleep = sueño
topic-screen_break = pausas de pantalla
topic-relaxation = relajación
topic-facial_exercises = ejercicios faciales
topic-food_and_caffeine = comida y cafeína
topic-movement = movimiento
topic-check_in = pregunta del día
topic-digest = resumen semanal

## Logging a twitch

twitch-now = ⚡ Espasmo ahora
undo = ↩️ Deshacer
put-back = ↪️ Recuperar
details = ✏️ Detalles
when-other-day = { $day }, { $time }
what-where = { $when }, { $where }
logged = Anotado: { $what }
not-logged-yet = <b>Este espasmo no está anotado</b>, porque no guardo nada antes de que aceptes. Cuando hayas aceptado, /twitch lo anota y en Detalles puedes poner la hora a la que fue.
logged-before-zone = ⚡ <b>Tu espasmo está anotado.</b> Tendrá su hora en cuanto yo sepa qué hora es donde estás.
taken-back = Retirado: { $what }
was-put-back = Recuperado: { $what }
where-left = { $place }, lado izquierdo
where-right = { $place }, lado derecho
where-both = { $place }, ambos lados
where-left-whole_side = todo el lado izquierdo
where-right-whole_side = todo el lado derecho
where-both-whole_side = ambos lados enteros
side-left = lado izquierdo
side-right = lado derecho
side-both = ambos lados
place-eyelid = párpado
place-cheek = mejilla
place-mouth = boca
place-jaw = mandíbula
place-forehead = frente
place-whole_side = todo el lado
pad =
    <b>Botón rápido</b>
    Toca el botón cuando notes un espasmo. Basta un toque.
pad-last = Último: { $what }
pad-taken-back = Retirado: { $what }

## Details of a twitch

entry-title = Espasmo, { $what }
entry-day-title = { $day }, el día entero
entry-legend =
    Toca lo que corresponda; se guarda al momento. Un segundo toque en un ✅ lo quita.
    Arriba: la fuerza que notaste, de 0 a 4. Luego 📍 dónde · ⏳ cuánto duró · 🔎 qué pudo provocarlo · 💚 qué ayudó · ⚠️ señales que un médico debería conocer · 🕑 cuándo
entry-strength = Fuerza: { $strength } de 4 (tu propia valoración)
entry-duration = Duración: { $duration }
entry-lasted = Duración: { $minutes ->
    [0] menos de un minuto
    [one] 1 minuto
   *[other] { $minutes } minutos
}
entry-triggers = Pudo provocarlo: { $list }
entry-helped = Ayudó: { $list }
entry-flags = ⚠️ Además: { $list }
entry-note = Nota: { $note }
entry-taken-back = Esta entrada está retirada. No cuenta en ningún sitio y puedes recuperarla.
entry-kept = Guardado
entry-timing =
    ⏳ El tiempo corre. Empezó: { $time }. Toca el botón cuando acabe.
it-stopped = ⏹ Ya paró
stopped-toast = Guardado. Duración: { $minutes ->
    [0] menos de un minuto
    [one] 1 minuto
   *[other] { $minutes } minutos
}
back = ⬅️ Atrás
done = ✔️ Listo
delete-entry = 🗑 Borrar
change = ✏️ Cambiar
write-note = 📝 Nota
note-ask = 📝 <b>Escribe tu nota y envíala</b>, con { $limit } caracteres como máximo. Envía solo un - para no tener nota.
note-ask-toast = Escribe tu nota y envíala
note-kept = Tu nota está guardada.
note-shortened = Tu nota está guardada. Pasaba de { $limit } caracteres, así que corté el resto.
note-removed = Ya no hay nota.
entry-gone = Esa entrada ya no está, así que no se ha cambiado nada.
time-ask = 🕑 <b>Escribe la hora a la que ocurrió y envíala</b>, por ejemplo { CLOCK("14:30") }. Una hora posterior a la de ahora significa ayer.
time-ask-toast = Escribe la hora, por ejemplo { CLOCK("14:30") }
time-unclear = No he podido leer eso como una hora. Envíala así: { CLOCK("14:30") }.
time-kept = Pasado a { $what }.
strength-0 = 0 nada
strength-1 = 1 leve
strength-2 = 2 media
strength-3 = 3 fuerte
strength-4 = 4 máxima
mark-side = 📍
mark-place = 📍
mark-duration = ⏳
mark-trigger = 🔎
mark-helped = 💚
mark-flag = ⚠️
mark-earlier = 🕑
pick-side-left = Izquierda
pick-side-right = Derecha
pick-side-both = Ambos
pick-place-eyelid = Ojo
pick-place-cheek = Mejilla
pick-place-mouth = Boca
pick-place-jaw = Mandíbula
pick-place-forehead = Frente
pick-place-whole_side = Todo
pick-duration-seconds = Seg.
pick-duration-minutes = Min.
pick-duration-half_hour = ½ hora
pick-duration-hours = Horas
pick-duration-on_and_off = A ratos
pick-trigger-stress = Estrés
pick-trigger-tired = Cansancio
pick-trigger-little_sleep = Desvelo
pick-trigger-caffeine = Cafeína
pick-trigger-alcohol = Alcohol
pick-trigger-screen = Pantalla
pick-trigger-medicine = Medicina
pick-trigger-food = Comida
pick-helped-breathing = Respirar
pick-helped-massage = Masaje
pick-helped-compress = Calor
pick-helped-pressure = Presión
pick-helped-exercise = Ejercicio
pick-helped-eye_break = Mirar lejos
pick-helped-rest = Descanso
pick-helped-water = Agua
pick-flag-pain = Dolor
pick-flag-weakness = Debilidad
pick-flag-sight = Vista
pick-earlier-10m = −10 min
pick-earlier-1h = −1 h
pick-earlier-morn = Esta mañana
pick-earlier-yday = Ayer
pick-earlier-now = Al tocar
pick-earlier-typed = Hora …
pick-more = { $mark } más
pick-going = ⏱ Sigue
pick-relief = 💆 Alivio
duration-seconds = segundos
duration-minutes = minutos
duration-half_hour = media hora
duration-hours = horas
duration-on_and_off = a ratos
trigger-stress = estrés
trigger-tired = cansancio
trigger-little_sleep = poco sueño
trigger-caffeine = cafeína
trigger-alcohol = alcohol
trigger-screen = pantalla
trigger-medicine = medicamento
trigger-food = comida
helped-breathing = respirar
helped-massage = masaje
helped-compress = compresa
helped-pressure = presión
helped-exercise = ejercicio
helped-eye_break = pausa ocular
helped-rest = descanso
helped-water = agua
flag-pain = dolor
flag-weakness = débil o caída
flag-sight = cambio en la vista

## The day's check-in

prompt =
    <b>¿Qué tal ha estado tu cara hoy, { $day }?</b>
    0 es un día sin espasmos, 4 el peor. Un día sin ninguno también cuenta.
prompt-past =
    <b>¿Qué tal estuvo tu cara el { $day }?</b>
    0 es un día sin espasmos, 4 el peor. Un día sin ninguno también cuenta.
open-today = 📋 ¿Cómo fue hoy?
open-yesterday = 📋 ¿Y ayer?
rate-0 = 0 ningún espasmo
rate-1 = 1 leve
rate-2 = 2 media
rate-3 = 3 fuerte
rate-4 = 4 máxima
day-kept = Guardado para { $day }: { $rating }
day-said =
    <b>{ $day }: { $rating }</b>
    Gracias, queda guardado.
day-context =
    Si quieres, añade cómo fue el día: 😴 horas de sueño · ☕ tazas de café · 📱 horas de pantalla · 💧 agua · 🌿 estrés. Cada toque se guarda al momento, y un segundo toque en un ✅ lo quita.
fact-kept = Guardado
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
    [0] poca
    [1] algo
   *[other] mucha
}
pick-stress = { $value ->
    [0] calma
    [1] algo
   *[other] mucho
}
fact-sleep = { $value ->
    [4] 😴 Dormí 0–4 h
    [9] 😴 Dormí 9+ h
   *[other] 😴 Dormí { $value } h
}
fact-coffee = { $value ->
    [0] ☕ Sin café
    [1] ☕ 1 café
    [4] ☕ 4+ cafés
   *[other] ☕ { $value } cafés
}
fact-screen = { $value ->
    [2] 📱 Pantalla 0–2 h
    [10] 📱 Pantalla 10+ h
   *[other] 📱 Pantalla { $value } h
}
fact-water = { $value ->
    [0] 💧 Agua: poca
    [1] 💧 Agua: algo
   *[other] 💧 Agua: mucha
}
fact-stress = { $value ->
    [0] 🌿 Con calma
    [1] 🌿 Algo de estrés
   *[other] 🌿 Mucho estrés
}

## Relief

relief-choose =
    <b>Qué puede aliviarte ahora</b>
    Elige una técnica. Te guío paso a paso y puedes parar cuando quieras.
relief-known-first = Primero va lo que más te ha ayudado.
relief-limits = Nada de esto ayuda con seguridad. Si algo te duele, para. /signs muestra cuándo pedir ayuda.
relief-counted = { $name }: ayudó { $helped } de { $tried } veces
relief-counted-ticks = { $name }: ayudó { $helped ->
    [one] una vez
   *[other] { $helped } veces
}
relief-name-breathing = 🌬 Respiración
relief-name-pressure = 👆 Presión suave
relief-name-compress = 🧣 Compresa tibia
relief-name-massage = 💆 Masaje suave
relief-name-forehead = 🖐 Masaje de la frente
relief-name-jaw = 😮 Soltar la mandíbula
relief-name-cheeks = 😁 Estirar las mejillas
relief-name-eye_squeezes = 😑 Apretar los ojos
relief-name-eye_break = 👀 Pausa para los ojos
relief-title = <b>{ $name }</b>
relief-about-breathing =
    Respirar hondo puede calmarte y soltar los músculos tensos. Tomas aire por la nariz, lo retienes un poco y lo sueltas despacio por la boca.
relief-about-pressure =
    Una presión suave sobre el músculo que se contrae puede ayudar cuando llega un espasmo. Ten las manos limpias. Nunca aprietes el ojo mismo.
relief-about-compress =
    El calor puede ayudar a un músculo tenso a relajarse un rato. Moja primero un paño limpio con agua tibia y escúrrelo. Debe estar tibio, no caliente. Cuando lo tengas en la mano, toca Empezar.
relief-about-massage =
    Un masaje ligero con las yemas de los dedos puede favorecer la circulación y soltar los músculos tensos. Rodeas los ojos, pasas por la mandíbula y las sienes, subes por los pómulos y vas a los puntos tensos.
relief-about-forehead =
    Hacer círculos lentos con las yemas de los dedos puede ayudar a relajar la frente.
relief-about-jaw =
    Abres mucho la boca, te quedas así unos segundos y sueltas. Puede aliviar una mandíbula tensa.
relief-about-cheeks =
    Sonríes mucho, mantienes la sonrisa unos segundos y sueltas. Estira las mejillas y puede ayudarlas a relajarse.
relief-about-eye_squeezes =
    Cierras los ojos, los aprietas unos segundos y sueltas. Puede ayudar a relajar los músculos de alrededor de los ojos. Mientras estén cerrados, cuenta en vez de leer.
relief-about-eye_break =
    Una pausa de la pantalla y una buena luz pueden aliviar los ojos cansados.
relief-takes = Dura { $time } minutos. Los artículos no dan tiempos, así que el ritmo es mío. Ve más despacio o más deprisa si quieres.
relief-care = Para si te duele o si el espasmo empeora.
relief-care-breathing = Si te mareas, para y respira como siempre. Si tienes problemas de pulmón o de corazón, pregunta antes a tu médico.
relief-care-compress = Si ahí tienes la piel irritada o dormida, pregunta antes a tu médico.
relief-ask-first = Consulta a un profesional de la salud antes de empezar un ejercicio nuevo.
relief-start = ▶️ Empezar
relief-slower = 🐢 Más lento
relief-faster = 🐇 Más rápido
relief-stop = ⏹ Parar
relief-again = 🔁 Otra vez
relief-all = ⬅️ Ver todas
relief-round = Ronda { $round } de { $rounds }
relief-step = Paso { $number } de { $of }
relief-seconds = ⏳ { $seconds } segundos
relief-minutes = ⏳ { $time } minutos
relief-do-breathing-settle = Siéntate o túmbate con comodidad. Deja caer los hombros.
relief-do-breathing-in = ⬆️ <b>Toma aire</b> por la nariz. Deja que suba el vientre.
relief-do-breathing-hold = ⏸ <b>Retén</b> el aire, sin esfuerzo.
relief-do-breathing-out = ⬇️ <b>Suelta el aire</b> despacio por la boca.
relief-do-pressure-place = Pon la yema de un dedo limpio sobre el músculo que se contrae.
relief-do-pressure-press = 👇 <b>Aprieta un poco</b> y no te muevas. Respira despacio.
relief-do-pressure-release = 👐 <b>Suelta</b> y descansa.
relief-do-compress-test = Acerca el paño a la muñeca. Debe notarse <b>tibio, no caliente</b>. Si quema, espera.
relief-do-compress-rest = <b>Ponlo</b> sobre la zona del espasmo y descansa. Cierra los ojos si está cerca de ellos. Quítalo cuando se enfríe.
relief-do-compress-lift = <b>Quítalo</b> y deja descansar la cara.
relief-do-massage-hands = Ten las manos limpias y calientes. Usa las yemas de los dedos y un toque ligero.
relief-do-massage-eyes = 🔄 <b>Alrededor de los ojos:</b> frota con suavidad en círculos pequeños. Quédate sobre el hueso, fuera del ojo.
relief-do-massage-jaw = 🔄 <b>Mandíbula:</b> frota y aprieta con suavidad en círculos.
relief-do-massage-temples = 🔄 <b>Sienes:</b> frota y aprieta con suavidad en círculos.
relief-do-massage-cheekbones = ⬆️ <b>Pómulos:</b> pasa los dedos hacia arriba.
relief-do-massage-tight = 👇 <b>Puntos tensos:</b> aprieta un poco. No debe doler.
relief-do-forehead-hands = Pon las yemas de los dedos en la frente.
relief-do-forehead-middle = 🔄 <b>Centro:</b> frota con suavidad en círculos pequeños.
relief-do-forehead-sides = 🔄 <b>Lados:</b> sigue en círculos, hacia ambos lados.
relief-do-forehead-across = 🔄 <b>Toda la frente:</b> círculos lentos de un lado a otro.
relief-do-jaw-open = 😮 <b>Abre la boca</b> mucho, despacio.
relief-do-jaw-hold = ⏸ <b>Quédate</b> así. Nota cómo se estira la mandíbula.
relief-do-jaw-release = 😌 <b>Deja que se cierre</b> con suavidad y descansa.
relief-do-cheeks-smile = 😁 <b>Sonríe mucho</b> y mantén la sonrisa.
relief-do-cheeks-relax = 😌 <b>Suelta.</b> Deja la cara floja.
relief-do-eye_squeezes-close = 😌 <b>Cierra los ojos</b> con suavidad.
relief-do-eye_squeezes-squeeze = 😑 <b>Apriétalos</b> y cuenta despacio.
relief-do-eye_squeezes-release = 👀 <b>Suelta</b>, ábrelos y descansa.
relief-do-eye_break-away = 👀 <b>Levanta la vista</b> de la pantalla.
relief-do-eye_break-far = 🌳 <b>Mira lejos</b>, por la ventana o al otro lado de la habitación.
relief-do-eye_break-blink = 😌 <b>Parpadea</b> con suavidad unas cuantas veces.
relief-do-eye_break-light = 💡 <b>Mira la luz:</b> ¿hay bastante para leer?
relief-over = Eso es todo.
relief-stopped = Parado.
relief-question = <b>¿Te ha ayudado?</b>
relief-said = Tu respuesta: <b>{ $answer }</b>. La guardo con tus entradas.
relief-ticked = He marcado «{ $helped }» como ayuda en tu entrada de { $what }. Puedes cambiarlo en Detalles.
relief-worse = Entonces quizá esto no sea para ti. Si hay dolor o debilidad, o te cambia la vista, mira /signs.
answer-better = mejor
answer-same = igual
answer-worse = peor
answer-better-mark = 🙂
answer-same-mark = 😐
answer-worse-mark = 🙁
open-relief = 💆 Qué puede aliviar

## Tips

tip-title = <b>{ $title }</b>
tip-source = { $count ->
    [one] Fuente: { $titles }
   *[other] Fuentes: { $titles }
}
tip-in-english = 💬 Este texto solo está en inglés por ahora.
tip-source-editor = Fuente: los editores de este bot
did-it = Hecho
did-it-mark = 👌
did-it-toast = Bien. Guardo que lo has hecho.
later = ⏰ Luego
later-10m = ⏰ 10 min
later-1h = ⏰ 1 hora
later-eve = ⏰ De noche
later-toast = Este consejo vuelve: { $when }
later-already = Este consejo ya está aplazado; llega una vez más
later-stopped = Has parado todos los mensajes. Envía /start para recibir consejos otra vez.
later-paused = Tus consejos están en pausa, así que no puede llegar luego. En /settings puedes acabar la pausa.
helpful = Útil
helpful-mark = 👍
not-helpful = No es útil
not-helpful-mark = 👎
helpful-toast = Gracias. Es bueno saber que ayuda.
not-helpful-toast = Gracias. Eso ayuda a elegir mejores consejos.
why = ℹ️ Por qué
less = ➖ Menos de esto
back-to-tip = ⬅️ Volver
why-title = <b>De dónde viene «{ $title }»</b>
why-source = «{ $title }», apartado «{ $section }»
why-claim = { $claim ->
    [practical] <b>Qué es:</b> un consejo práctico, una manera de hacer algo que la fuente propone.
    [general] <b>Qué es:</b> un consejo general de salud. No habla de ti en persona.
   *[medical] <b>Qué es:</b> información médica de un artículo. No es un diagnóstico; pregunta a tu médico por tu caso.
}
why-reviewed = <b>Comparado con su fuente por última vez:</b> { $day }
pace = { $thin ->
    [1] Recibes todos los consejos sobre { $topic }.
    [2] Recibes uno de cada dos consejos sobre { $topic }.
    [4] Recibes uno de cada cuatro consejos sobre { $topic }.
   *[other] Recibes uno de cada { $thin } consejos sobre { $topic }.
}
less-toast = Menos a partir de ahora
pace-kept-toast = Como antes
pace-least = Menos no puede ser. Puedes desactivar el tema en /settings.
pace-off = Este tema está desactivado. Puedes cambiarlo en /settings.
even-less = ➖ Aún menos
keep-as-before = ↩️ Como antes
tip-stopped = Has parado todos los mensajes. Envía /start para recibir consejos otra vez.
tip-paused = Tus consejos están en pausa. Termina la pausa en /settings y vuelve a pedirlo.
tip-none-on = Todos los temas están desactivados. Activa uno en /settings.
tip-on-its-way = Ya hay un consejo en camino.
slowed-down = No has tocado los tres últimos consejos, así que desde ahora envío la mitad. Cualquier toque me muestra que son bienvenidos, y /settings devuelve el ritmo completo.

## Places of a zone, topics, schedules

zone-button = { $time }, { $place }
city-button = { $time }, { $city }, { $country }
label-hydration = 💧 Hidratación
label-sleep = 😴 Sueño
label-screen_break = 👀 Pausas de pantalla
label-relaxation = 🌿 Relajación
label-facial_exercises = 🙂 Ejercicios faciales
label-food_and_caffeine = ☕ Comida y cafeína
label-movement = 🚶 Movimiento
label-check_in = 📋 Pregunta del día
label-digest = 🗞 Resumen semanal
plan-line = { $topic }: { $schedule }
plan-line-days = { $topic }: { $schedule }, { $days }
plan-times = { $times }
plan-every = cada { $minutes } minutos de { $start } a { $end }
days-all = todos los días
days-work = de lunes a viernes
days-one = cada { $day }
days-some = los días { $list }
thinned = { $thin ->
    [2] solo una de cada dos veces
    [4] solo una de cada cuatro veces
   *[other] solo una de cada { $thin } veces
}

## Getting started

welcome =
    <b>Hola. Estoy aquí para personas con espasmos o contracciones en la cara.</b>

    Hago dos cosas: envío consejos cortos a las horas que te vengan bien y anoto un espasmo con un toque.

    <b>Qué guardo:</b> tu número de Telegram, tu zona horaria y tus ajustes, los consejos que recibiste y lo que tocaste en ellos, y lo que anotas sobre tu cara. No guardo nada antes de que aceptes.

    <b>No soy un producto sanitario.</b> Cuento lo que dicen cinco artículos, y los nombro. No puedo decir qué tienes y no sustituyo a un médico. /signs muestra cuándo pedir ayuda.
agree = ✅ Acepto, empezar
open-privacy = 🔒 Privacidad
agreed = Gracias. Puedes parar cuando quieras con /stop.
zone-share =
    <b>Primera pregunta: ¿qué hora es donde estás?</b>
    Así los consejos llegan a la hora justa. Puedes compartir tu ubicación con el botón de abajo. Busco la zona horaria y no guardo el lugar.
share-location = 📍 Compartir ubicación
zone-question =
    O <b>toca la hora que marca ahora tu reloj</b>. Si son las { CLOCK("14:40") }, toca { HOUR("14:00") }.
    También puedes escribir el nombre de tu ciudad.
zone-guess = ✔️ { $time }, { $place } (supongo)
zone-of-hour = <b>¿Qué hora es la tuya?</b> Si ninguna vale, escribe el nombre de una ciudad cercana.
other-hour = ⬅️ Otra hora
zone-of-city = <b>¿Cuál es?</b>
city-unknown = No conozco ninguna ciudad llamada «{ $name }». Escribe una ciudad más grande cerca de ti o toca una hora más arriba.
place-unknown = No he podido encontrar la zona horaria de ese lugar. Toca tu hora o escribe el nombre de una ciudad.
zone-kept = Bien: tu hora local es { $time } ({ $place }). Si alguna vez no es así, cámbialo en /settings.
zone-toast = Zona horaria: { $place }
preset-question =
    <b>Última pregunta: ¿cuántos consejos quieres?</b>

    🌱 <b>Suave</b>: dos consejos al día, uno de hidratación y uno de relajación.
    ⭐ <b>Cuatro al día</b>, mi propuesta: cuatro consejos al día, uno de hidratación, uno de pausas de pantalla, uno de relajación y uno de sueño.
    💻 <b>Día de oficina</b>: los días laborables, una pausa de pantalla cada dos horas; cada día tres consejos de hidratación, uno de relajación y uno de sueño.

    Además te pregunto cada noche, una vez, qué tal estuvo tu cara. De { $start } a { $end } no envío nada por mi cuenta. Todo esto lo puedes cambiar después.
preset-gentle = 🌱 Suave
preset-daily_four = ⭐ Cuatro al día (propuesta)
preset-desk_day = 💻 Día de oficina
preset-toast = Guardado
all-set = <b>Todo listo.</b> Esto es lo que llega, en tu hora local:
all-set-more =
    De { $start } a { $end } no envío nada por mi cuenta. Solo tu primer consejo va ahora mismo en camino.
    /settings cambia todo esto, /help muestra qué más sé hacer y /stop lo detiene todo.
started-already = Ya lo tienes todo listo, así que este botón no hace nada más. Puedes cambiarlo todo en /settings.
answer-first = Queda una pregunta antes de que esto funcione. Respóndela más abajo, por favor.
welcome-back = <b>Hola otra vez.</b>
welcome-resumed = <b>Hola otra vez. Vuelves a recibir mensajes</b>, con los ajustes que tenías.
welcome-on = Esto está activado:
welcome-none-on = Todos los temas están desactivados. Puedes activar alguno en /settings.
next-tip = Tu próximo consejo llega: { $when }.
next-tip-none = Ahora no hay ningún consejo previsto.
paused-until = ⏸ En pausa hasta { $when }. Para seguir antes, envía /settings.
paused-forever = ⏸ En pausa hasta que sigas. Para eso, envía /settings.
paused-until-here = ⏸ En pausa hasta { $when }. Para seguir antes, toca «Seguir ahora».
paused-forever-here = ⏸ En pausa hasta que sigas. Para eso, toca «Seguir ahora».

## Settings

settings-title = <b>Ajustes</b>
settings-zone = 🌍 Zona horaria: { $place }, hora local { $time }
settings-quiet = 🌙 Horas de silencio: de { $start } a { $end }
settings-quiet-none = 🌙 Horas de silencio: ninguna
settings-bedtime = 🛏 Hora de dormir: { $time }
settings-sound-on = 🔔 Los mensajes llegan con sonido
settings-sound-off = 🔕 Los mensajes llegan sin sonido
settings-language = 💬 Idioma: { $language }
settings-digest-off = 🗞 Resumen semanal: desactivado
settings-diagnosis-told = 🩺 Diagnóstico: tienes uno
settings-diagnosis-open = 🩺 Diagnóstico: sin indicar
settings-stopped = ⏹ Has parado todos los mensajes. /start los activa de nuevo.
open-topics = 🗓 Temas y horas
open-check-in = 📋 Pregunta del día
open-quiet = 🌙 Horas de silencio
open-bedtime = 🛏 Hora de dormir
open-zone = 🌍 Zona horaria
open-language = 💬 Idioma
open-pause = ⏸ Pausa
open-diary = 🗞 Resumen semanal
open-diagnosis = 🩺 Diagnóstico
sound-off = 🔕 Quitar el sonido
sound-on = 🔔 Poner el sonido
resume = ▶️ Seguir ahora
back-to-settings = ⬅️ Ajustes
back-to-topics = ⬅️ Temas
kept-toast = Guardado
topics-title =
    <b>Temas</b>
    Un ✅ significa que llegan consejos de ese tema. Toca un tema para cambiarlo.
topic-title = <b>{ $topic }</b>
topic-on = Ahora: { $schedule }, { $days }
topic-off = Ahora: desactivado. Activado, llegaría así: { $schedule }, { $days }
topic-thinned =
    ➖ Llega { $pace }, porque pediste menos o no tocaste algunos consejos.
topic-quiet = ⚠️ { $times } { $count ->
    [one] cae
   *[other] caen
} en tus horas de silencio, así que entonces no llega nada.
topic-next = Siguiente: { $when }
switch-on = ✅ Activar
switch-off = ⏹ Desactivar
ask-times = 🕑 Escribir horas
every-minutes = cada { $minutes } min
full-pace = ⏩ Ritmo completo
times-question =
    <b>{ $topic }: ¿cuándo debe llegar?</b>
    Ahora: { $schedule }
    Escribe las horas y envíalas, por ejemplo: { CLOCK("9:00") }, { CLOCK("14:30") }
window-question =
    <b>{ $topic }: ¿cuándo debe llegar?</b>
    Ahora: { $schedule }
    Escribe horas y envíalas, por ejemplo: { CLOCK("9:00") }, { CLOCK("14:30") }
    O escribe desde qué hora hasta qué hora debe llegar cada { $minutes } minutos, por ejemplo: { CLOCK("9:00") } - { CLOCK("17:00") }
check-in-question =
    <b>¿Cuándo te pregunto cómo fue el día?</b>
    Ahora: { $schedule }
    Escribe una hora y envíala, por ejemplo: { CLOCK("20:00") }
times-unclear = No he podido leer eso como horas. Envíalas así: { CLOCK("9:00") }, { CLOCK("14:30") }. O vuelve con /settings.
time-one = La pregunta del día llega una vez al día. Envía una sola hora, por ejemplo { CLOCK("20:00") }.
times-many = Son más de { $most } veces al día. Envía menos horas.
times-in-quiet = Una de esas horas cae en tus horas de silencio (de { $start } a { $end }), así que no llegaría nada. Envía otras horas o cambia antes las horas de silencio en /settings.
all-in-quiet = Todas esas horas caen en tus horas de silencio, así que no llegaría nada. Cambia antes las horas de silencio.
keep-a-day = Tiene que quedar al menos un día. Para no recibir consejos de este tema, desactívalo.
times-kept = Guardado.
quiet-title =
    <b>Horas de silencio</b>
    Ahora: { $now }
    En esas horas no llega nada. Toca unas, o escribe las tuyas y envíalas, por ejemplo { CLOCK("22:00") } - { CLOCK("08:00") }. Envía «{ $off }» para no tener.
quiet-now-none = ninguna
quiet-off = no
quiet-off-words = no, ninguna, off, none, -
span = de { $start } a { $end }
quiet-none-button = Sin horas de silencio
quiet-unclear = No he podido leer eso como horas de silencio. Envía un principio y un final, por ejemplo { CLOCK("22:00") } - { CLOCK("08:00") }, o «{ $off }» para no tener.
quiet-same = El principio y el final son iguales. Envía dos horas distintas, o «{ $off }» para no tener horas de silencio.
quiet-silences = ⚠️ Con estas horas no queda nada de: { $topics }. Puedes cambiar las horas en /settings.
bedtime-title =
    <b>Hora de dormir</b>
    Ahora: { $now }
    El consejo de sueño llega antes. Toca una hora, o escribe una y envíala, por ejemplo { CLOCK("22:30") }.
bedtime-unclear = No he podido leer eso como una hora. Envía una sola hora, por ejemplo { CLOCK("22:30") }.
zone-title =
    <b>Zona horaria</b>
    Ahora: { $place }, hora local { $time }.
    ¿Estás en otro sitio? <b>Toca la hora que marca tu reloj</b>, escribe el nombre de tu ciudad o comparte tu ubicación (el signo 📎, luego Ubicación).
zone-same = Tu zona horaria es { $place }, como antes.
zone-changed = Tu zona horaria es ahora { $place } (hora local: { $time }), y todas tus horas la siguen.
zone-offer = Ese lugar tiene la zona horaria de { $place } (hora local: { $time }). ¿La uso a partir de ahora?
zone-use = ✔️ Usar { $place }
language-title =
    <b>Idioma</b>
    Toca el que quieras leer.
pause-title =
    <b>Pausa</b>
    Durante la pausa no llega nada. Tus ajustes quedan como están.
pause-days = { $days ->
    [one] ⏸ 1 día
   *[other] ⏸ { $days } días
}
pause-open = ⏸ Hasta que siga
pause-kept = En pausa
resume-kept = Los mensajes llegan otra vez

## Stop, help, privacy

stopped =
    <b>Parado.</b> A partir de ahora no llega nada, y lo que esperaba tampoco.
    Tus ajustes y tus entradas se guardan. Envía /start cuando quieras volver.
stopped-already = Ya habías parado todos los mensajes. Envía /start cuando quieras volver.
stop-stranger = No recibes mensajes míos y no guardo nada sobre ti. Envía /start para empezar.
help =
    <b>Qué sé hacer</b>

    /twitch anota un espasmo ahora
    /pad trae de nuevo el botón rápido
    /tip envía un consejo ahora
    /relief te guía por algo que puede aliviar
    /diary muestra gráficos, un calendario, tus entradas y qué coincide con los días malos
    /report hace una página para tu médico y la tabla que hay detrás
    /treatment marca una inyección o un cambio de medicamento
    /settings cambia temas, horas, silencio y más, y hace pausas
    /signs muestra cuándo pedir ayuda, primero lo urgente
    /learn tiene textos cortos sobre causas, tipos, desencadenantes y tratamientos
    /privacy dice qué se guarda, dónde y cuánto tiempo
    /export te lo envía todo en un archivo
    /delete_me lo borra todo
    /stop detiene todos los mensajes; /start los activa de nuevo

    No soy un producto sanitario y no sustituyo a un médico.
privacy =
    <b>Privacidad</b>

    <b>Qué se guarda:</b>
    • tu número y tu idioma de Telegram, tu zona horaria (no tu lugar) y tus ajustes
    • los consejos que se te enviaron y lo que tocaste en ellos
    • cada espasmo y cada día que anotas, con los detalles y las notas que añades
    • las sesiones de /relief que haces y si te ayudaron
    • los días de tratamiento que marcas, con tus notas
    • lo que tu diario mostró con el tiempo, si te hablé de ello
    • una pregunta mía que aún no has respondido, hasta que caduca
    • cuándo pediste por última vez una copia de tus datos

    <b>Qué no se guarda:</b> tu nombre, tu teléfono, una ubicación que compartes y otras palabras que me escribes.

    <b>Dónde:</b> en la base de datos de quien lleva este bot, y en ningún otro sitio. El chat lo guarda Telegram según sus propias normas; un chat con un bot no está cifrado de extremo a extremo.

    <b>Quién lo ve:</b> quien lleva este bot puede llegar a la base de datos. El programa no se la pasa a nadie, y en su registro no hay nada de lo que anotas o escribes.

    <b>Cuánto tiempo:</b> los consejos que recibiste y lo que tocaste se van a los { $days } días. Tus ajustes y tus entradas quedan hasta que los borres. Una entrada que retiras también queda, marcada como retirada, para que puedas recuperarla.

    <b>Tu copia:</b> /export te lo envía todo en un archivo, una vez cada diez minutos.

    <b>Cómo irte:</b> /stop detiene todos los mensajes al momento y conserva tus datos. /delete_me los borra todos al momento y para siempre. Si antes se hizo una copia de seguridad, esa copia queda hasta que se tire.

## A copy of all data, and its removal

nothing-kept = No guardo nada sobre ti. Envía /start para empezar.
export-begun = 📦 Estoy reuniendo tus datos. El archivo llega en un momento.
export-caption = Todo lo que guardo sobre ti. Abre primero README.txt.
export-wait = Recibiste tus datos hace un momento. Puedes volver a pedirlos desde esta hora: { $time }.
export-later = No pude leer tus datos en este momento. Envía /export otra vez dentro de un rato.
export-too-large = Hay más datos de los que Telegram me deja enviar en un archivo. Pídelos a quien lleva este bot.
export-readme =
    Todo lo que este bot guarda sobre ti
    Hecho el { $day }, { $time } ({ $zone }).

    Un archivo .csv se abre con una hoja de cálculo, y cualquier archivo con un editor de texto. Un archivo .json contiene lo mismo que el .csv que tiene al lado, palabra por palabra. En un archivo .csv, uno de los signos = + - @ al principio de una celda, o tras una coma, un ; o un salto de línea, lleva delante un ', para que la hoja de cálculo no lo ejecute como fórmula.

    Una hora es una hora local con su distancia a la hora mundial, como 2026-03-02T22:07:00+13:00. Un campo vacío, o null en un archivo .json, nunca se rellenó. Los consejos enviados y los toques se guardan { $days } días. Lo demás queda hasta que lo borres con /delete_me.

    Los archivos:
export-readme-foot =
    strength es tu propia valoración de 0 (nada) a 4 (máxima). No es un valor médico.
    taken_back: yes significa que retiraste la entrada. No cuenta en ningún sitio.
    one_slot_in: 2 significa que se usa una de cada dos horas de un plan, y así sucesivamente.
    water y stress: 0 es poco, 1 algo, 2 mucho.
holding-settings = tus ajustes
holding-plans = tus temas, cuándo llegan sus consejos y cuáles llegaron ya
holding-check_ins = cada espasmo y cada día que anotaste, con detalles y notas
holding-days = lo que dijiste de cada día: sueño, cafés, pantalla, agua, estrés
holding-relief = las sesiones de /relief que hiciste y si te ayudaron
holding-treatments = los días de tratamiento que marcaste, con notas
holding-signs = qué señales mostró tu diario y cuándo te hablé de ellas
holding-deliveries = los consejos y preguntas que se te enviaron y lo que tocaste en ellos
holding-taps = qué pulsación hizo qué entrada, para que ninguna cuente dos veces
holding-question = una pregunta que aún espera tu respuesta
holding-updates = lo que acabas de enviar y aún no he terminado de responder
delete-ask =
    <b>¿Borrar todo lo que hay sobre ti?</b>

    <b>Qué se va, al momento y para siempre:</b> tus ajustes y horas, tus entradas con todas sus notas, tus días de tratamiento, la lista de consejos que recibiste y lo que tocaste en ellos, y lo que aún espera enviarse. Después no llega ningún mensaje.

    <b>Qué queda en Telegram:</b> este chat. Un bot no puede quitar mensajes de más de 48 horas. Puedes vaciar el chat tú: abre su menú y toca «Borrar historial» o «Eliminar chat».

    Si quieres antes una copia, envía /export.
    Para seguir, toca el botón (vale hasta: { $time }). Para guardarlo todo, no hagas nada.
delete-button = 🗑 Borrar todo
deleted-toast = Todo está borrado
deleted =
    <b>Todo lo que había sobre ti está borrado.</b> No guardo nada y no llega nada más.
    Los mensajes antiguos de este chat están en Telegram; puedes vaciar el chat en su menú. Si alguna vez quieres empezar de nuevo, envía /start.
pad-gone = Este botón rápido ya no se usa. Envía /start para empezar de nuevo.

## Signs

signs-title = <b>Cuándo pedir ayuda</b>
signs-emergency =
    🚨 <b>Llama ahora al número de emergencias</b> si aparece de repente algo de esto:
    • un lado de la cara o un brazo se cae o pierde fuerza
    • cuesta hablar
    • se pierde la vista
    No esperes a ver si se pasa.
signs-alert = Si empezó de repente, llama ahora al número de emergencias. Si no, ve pronto al médico, por favor. Hay más en el mensaje de abajo.
signs-ticked = Has marcado: <b>{ $signs }</b>. Ve pronto al médico, por favor. Si empezó de repente, llama ahora al número de emergencias.
signs-emergency-source = La regla de emergencia es una norma de seguridad propia del bot. No viene de los artículos; las demás señales sí:
signs-doctor = 👩‍⚕️ <b>Ve pronto al médico</b> si:
sign-pain = hay dolor
sign-weakness = la cara pierde fuerza o se te cae
sign-sight = te cambia la vista
sign-weeks = los espasmos duran más de unas semanas
sign-spreads = se extiende a otras partes de la cara
sign-worse = sigue volviendo o empeora
sign-severe = los espasmos son intensos o no se van
sign-line = • { $sign }
sign-cited = • { $sign } [{ $marks }]
signs-sources = <b>De dónde viene esto</b>
signs-source = [{ $mark }] «{ $title }», apartado «{ $section }»
signs-more = ℹ️ De dónde viene esto
signs-limits = No puedo decir qué tienes. Si dudas, pregunta a un médico.

## What a diary shows

course-title = <b>Unas palabras sobre tu diario</b>
course-lasts = Desde el { $first } anotaste espasmos en { $days } días, nunca con más de una semana entre ellos. Son más de tres semanas.
course-lasts-says = Tres de los artículos dicen que entonces hay que ir al médico. No coinciden en cuándo: si dura más de unas semanas [{ $weeks }], si sigue ocurriendo [{ $keeps }] o si no se va [{ $persists }]. Ninguno da un número, así que yo cuento tres semanas.
course-spreads = Desde el { $since } has anotado también esto: { $spots }. En las semanas anteriores, no.
course-spreads-says = Cuando los espasmos se extienden a otras partes de la cara, es hora de ver a un médico de los nervios, dice un artículo [{ $marks }].
course-worse-strength = En las últimas 2 semanas, el espasmo más fuerte del día llegó de media a { $now } de 4. En las 4 semanas anteriores llegó a { $before }.
course-worse-count = En las últimas 2 semanas anotaste de media { $now } espasmos al día. En las 4 semanas anteriores la cifra fue { $before }.
course-worse-says = Cuando empeora, es hora de ir al médico, dicen los artículos [{ $marks }].
course-close = Esto lo digo solo una vez. No puedo decir de dónde viene, pero un médico puede mirarlo y quizá tenga formas de ayudar. /signs muestra lo que es urgente.
diagnosis-hint = ¿Lo sabe un médico y tienes un diagnóstico? Entonces toca el botón y lo tendré en cuenta.
diagnosis-have = ✔️ Tengo un diagnóstico
diagnosis-kept = Guardado. No hablaré de cuánto dura.
settings-diagnosed = Tienes un diagnóstico, así que no hablo de cuánto duran los espasmos.
settings-undiagnosed = No has dicho que tengas un diagnóstico. Si tu diario muestra espasmos durante semanas, te digo una vez que un médico debería verlo. Si ya lo ha visto, toca el botón.
diagnosis-none = No tengo diagnóstico
diagnosis-title = <b>Diagnóstico</b>

## The weekly summary

digest-title = <b>Tu semana, { $period }</b>
digest-days =
    { $missing ->
        [0] Anotaste algo cada uno de los 7 días.
        [one] Anotaste algo en { $days } de 7 días. De 1 día no se sabe nada.
       *[other] Anotaste algo en { $days } de 7 días. De { $missing } días no se sabe nada.
    }
digest-change-more = Es más que en la semana anterior: { $now } al día, antes { $before }.
digest-change-fewer = Es menos que en la semana anterior: { $now } al día, antes { $before }.
digest-change-alike = Es más o menos como en la semana anterior: { $now } al día, antes { $before }.
digest-change-unknown = En una de las dos semanas sé cuántos espasmos hubo en menos de 4 días, así que no las comparo.
digest-strength = Fuerza típica (mediana): { $strength } de 4 (semana anterior: { $before })
digest-helped-part = { $what } ({ $count })
digest-helped = Ayudó: { $list }
digest-go-on = Cada día que anotas cuenta, también uno sin espasmos. Una semana dice poco; /diary muestra más.
digest-empty = En esta semana no se anotó nada, así que no sé cómo fue. No pasa nada. Si quieres seguir, basta un toque al día. No volveré a escribir sobre semanas vacías.
digest-settings = ⚙️ Cuándo llega esto
digest-page =
    <b>Resumen semanal</b>
    Una vez por semana puedo resumir tus últimos siete días: lo que anotaste, junto a la semana anterior, y qué ayudó.
digest-on = ✅ Llega: { $days }, { $schedule }. Toca otro día u otra hora, o escribe una hora y envíala, por ejemplo { CLOCK("18:30") }.
digest-off = Está desactivado.
digest-switch-on = ✅ Enviarlo cada semana
digest-switch-off = ⏹ No enviarlo
digest-in-quiet = Esa hora cae en tus horas de silencio, así que no llegaría nada. Envía otra hora, por favor.
time-one-unclear = No he podido leer eso como una hora. Envía una sola hora, por ejemplo { CLOCK("18:30") }.

## Reading

learn-title =
    <b>Lectura</b>
    Textos cortos sobre lo que dicen los artículos. Elige un estante.
learn-empty = Todavía no hay textos.
shelf-button = { $shelf } ({ $count })
shelf-causes = 🧠 Causas
shelf-types = 🔎 Tipos
shelf-triggers = ⚡ Desencadenantes
shelf-signs = 🚨 Señales
shelf-treatments = 💊 Tratamientos
shelf-relief = 💆 Alivio
shelf-living = 🌤 Vivir con ello
shelf-title =
    <b>{ $shelf }</b>
    Elige un texto.
shelf-title-page =
    <b>{ $shelf }</b>, página { $page } de { $pages }
    Elige un texto.
page-back = ⬅️ Anterior
page-next = ➡️ Siguiente
card-before = ⬅️ Anterior
card-next = ➡️ Siguiente
back-to-shelves = ⬅️ Todos los estantes
back-to-shelf = ⬅️ { $shelf }
card-title = <b>{ $title }</b>
card-sources = <b>De dónde viene esto</b>
card-source = • «{ $title }», apartado «{ $section }»
card-source-file = • «{ $title }», apartado «{ $section }» (archivo { $file })
source-untitled = un artículo
card-claim = { $claim ->
    [practical] Consejo práctico.
    [general] Consejo general de salud. No habla de ti en persona.
   *[medical] Información médica, no un diagnóstico. Pregunta a tu médico por tu caso.
}
card-reviewed = Comparado con sus fuentes por última vez: { $day }

## The diary

diary-empty =
    <b>Tu diario está vacío por ahora.</b>
    Toca el botón cuando tengas un espasmo, o di cómo fue el día. Un día sin espasmos también cuenta. Tus gráficos empiezan con la primera entrada.
diary-title = Diario, { $period }
diary-period = { $first } a { $last }
diary-nothing = En este tiempo no se anotó nada. Eso no es un cero: no se sabe.
diary-twitches = { $count ->
    [0] Ningún espasmo anotado
    [one] 1 espasmo
   *[other] { $count } espasmos
}
diary-free = Días sin espasmos: { $days }
diary-median = Fuerza típica (mediana): { $strength } de 4
diary-worst = La más fuerte: { $strength } de 4
diary-missing = Días sin entradas: { $days } (no se sabe, así que no es cero)
diary-day = { $day }: { $count ->
    [0] ningún espasmo anotado al momento
    [one] 1 espasmo
   *[other] { $count } espasmos
}, el más fuerte { $strength }
diary-day-unrated = { $day }: { $count ->
    [one] 1 espasmo
   *[other] { $count } espasmos
}, sin valorar
diary-day-free = { $day }: ningún espasmo
diary-day-missing = { $day }: sin entradas
diary-day-both = { $day }: { $count ->
    [one] 1 espasmo
   *[other] { $count } espasmos
}, fuerza típica { $typical }, máxima { $strength }
diary-each-day = Cada día: espasmos; fuerza (típica / máxima)
diary-each-week = Cada semana: espasmos al día; fuerza (típica / máxima); días con entradas
diary-mean = { $mean } al día
diary-line = { $day }: { $said }
diary-week = Desde el { $day }: { $mean }; { $strength }; { $days } de { $all }
diary-hours = Espasmos por hora, desde las:
diary-hour = { $time }: { $count }
diary-place = { $place }: { $list }
diary-side = { $side } { $count }
diary-dates = { $name }: { $list }
chart-counts = Espasmos al día
chart-weeks = Espasmos al día, media de la semana
chart-strengths = Fuerza, de 0 a 4
chart-median = típica (mediana)
chart-worst = la más fuerte
chart-missing = sin entradas
chart-none = ningún espasmo
chart-uncounted = valorado, sin contar
chart-hours = Espasmos por hora del día
chart-places = Espasmos por zona y lado
chart-no-place = zona sin indicar
chart-no-side = lado sin indicar
chart-unrated = sin valorar
level-0 = nada
level-1 = leve
level-2 = media
level-3 = fuerte
level-4 = máxima
span-day = Día
span-week = Semana
span-month = Mes
span-quarter = 90 días
look-days = Por día
look-hours = Por hora
look-places = Por zona
open-calendar = 📅 Calendario
back-to-charts = 📊 Gráficos
month-before = ⬅️ Mes anterior
month-after = ➡️ Mes siguiente
theme-dark = 🌙 Oscuro
theme-light = ☀️ Claro
open-entries = 📒 Entradas
open-helped = 💚 Qué ayudó
open-together = 🔎 Qué coincide
entries-title = <b>Tus entradas</b>, primero las nuevas, página { $page } de { $pages }. Toca un número para cambiar o borrar una.
entry-line = { $what }
entry-line-rated = { $what }, fuerza { $strength }
entry-line-day = { $day }, el día entero: { $rating }
entry-edit = ✏️ { $number }
page-newer = ⬅️ Más nuevas
page-older = ➡️ Anteriores
helped-title = <b>Qué ayudó</b>, en los últimos 90 días
helped-ranked = Primero va lo que ayudó la mayoría de las veces:
helped-few = Aún hay pocas respuestas para decir más de esto:
helped-other = La mayoría de las veces no ayudó:
helped-both = { $what }: ayudó en { $better } de { $rated ->
    [one] 1 sesión
   *[other] { $rated } sesiones
}, y marcado { $ticked ->
    [one] una vez
   *[other] { $ticked } veces
} aparte
helped-sessions = { $what }: ayudó en { $better } de { $rated ->
    [one] 1 sesión
   *[other] { $rated } sesiones
}
helped-ticks =
    { $what }: { $ticked ->
        [one] una marca
       *[other] { $ticked } marcas
    }
helped-note-sessions = «Sesiones» cuenta lo que respondes en /relief cuando pregunto si te ayudó.
helped-note-ticks = Una marca solo dice que algo ayudó, no cuántas veces no lo hizo.
helped-none = Aún no has dicho qué ayudó. Márcalo en los detalles de un espasmo, con 💚, o responde si te ayudó después de una sesión de /relief.
together-title = <b>Qué coincide con los días malos</b>, en los últimos 90 días
together-wait = Los datos todavía no lo dicen. { $days ->
    [one] Falta 1 día más con entradas
   *[other] Faltan { $days } días más con entradas
} para comparar.
together-no-question = Los datos todavía no lo dicen. Necesito al menos 5 días con una cosa y 5 sin ella. Puedes añadir cómo fue el día cuando lo valoras.
together-failed = Ahora mismo no he podido calcularlo. Vuelve a intentarlo en un momento.
together-nothing = <b>Los datos no lo dicen.</b> He mirado cada una de estas cosas, y ninguna diferencia fue mayor que la que puede hacer el azar.
together-strength = • <b>{ $what }</b>: en los { $days } días en que se dio, la media fue { $mean } de 4; en los { $others } restantes, { $base }.
together-count = • <b>{ $what }</b>: en los { $days } días en que se dio hubo { $mean } espasmos de media; en los { $others } restantes, { $base }.
together-trigger = • <b>{ $what }</b>: en los { $days } días en que lo marcaste, los espasmos tuvieron una fuerza media de { $mean }. En otros { $others } días con espasmos fue de { $base }.
gap-more = Son entre { $low } y { $high } más.
gap-less = Son entre { $low } y { $high } menos.
together-no-cause = <b>Coincidieron. Eso no lo convierte en una causa</b>: puede que ambas cosas vengan de otra. El margen muestra lo segura que es la diferencia, y se ha tenido en cuenta todo lo que he mirado.
together-looked = He mirado (días con, días sin): { $list }
together-counts = { $what } ({ $days }, { $others })
factor-sleep = 6 horas de sueño o menos
factor-coffee = 2 cafés o más
factor-screen = 6 horas de pantalla o más
factor-water = poca agua
factor-stress = un día con estrés

## Treatment

treatment-injection = inyección de toxina botulínica
treatment-started = inicio de un medicamento
treatment-changed = cambio de medicamento
treatment-stopped = fin de un medicamento
treatment-surgery = cirugía
treatment-other = otro tratamiento
treatment-intro =
    <b>Tratamiento</b>
    Marca el día de una inyección o de un cambio de medicamento. El diario puede mostrar entonces los días desde ese día, junto a la fuerza. Pregunta a tu médico antes de cambiar un medicamento.
treatment-list =
    {""}
    <b>Tus marcas</b>, primero las nuevas, página { $page } de { $pages }:
treatment-choose =
    {""}
    <b>¿Qué quieres marcar?</b>
treatment-line = { $day }, { $kind } ({ $ago })
treatment-line-note = «{ $note }»
treatment-ago = { $days ->
    [0] hoy
    [one] hace 1 día
   *[other] hace { $days } días
}
treatment-add = ➕ { $kind }
treatment-reading = 📖 Leer sobre tratamientos
treatment-which-day =
    <b>{ $kind }</b>
    ¿Qué día fue?
treatment-today = Hoy, { $day }
treatment-yesterday = Ayer, { $day }
treatment-type-day = 📅 Otro día …
treatment-day-ask =
    <b>{ $kind }</b>
    📅 <b>Escribe el día y envíalo</b>, como { $example } o { $words }.
treatment-day-ask-toast = Escribe el día y envíalo
treatment-day-unclear = No he podido leer eso como un día. Envíalo como 2026-03-14 o { DAY("2026-03-14") }.
treatment-day-far = Ese día aún no ha llegado o queda demasiado lejos. Envía un día hasta hoy.
treatment-either = El día y el mes podrían estar al revés. ¿Cuál quieres decir?
treatment-title = <b>{ $kind }</b>
treatment-day = { $day } ({ $ago })
treatment-kept = Guardada
treatment-gone-toast = Quitada
treatment-taken-away = Has quitado esta marca. No cuenta en ningún sitio y puedes recuperarla.
treatment-marked = Marcado: { $kind }, { $day }.
treatment-missing = Esa marca ya no está, así que no se ha cambiado nada.
treatment-change-day = 📅 Día
treatment-change-kind = 🏷 Tipo
treatment-which-kind =
    <b>{ $day }</b>
    ¿Qué fue?
treatment-all = ⬅️ Las marcas
open-since = 📈 Días desde el tratamiento
open-treatments = 💉 Marcas de tratamiento
since-title = { $kind }, { $day }
since-now = { $days ->
    [0] Fue hoy.
   *[other] Hoy es el día { $days } desde el tratamiento.
}
since-days = días desde el tratamiento
since-strongest = lo más fuerte del día
since-middle = típica de la semana
since-few = datos de <4 días
since-others = otro tratamiento
since-span = { $days ->
    [one] Día { $first }
   *[other] Días { $first } a { $last }
}
since-block = { $span }: típica { $middle }, máxima { $strongest } ({ $known } de { $days ->
    [one] 1 día conocido
   *[other] { $days } días conocidos
})
since-block-unknown = { $span }: no se sabe
since-cut = Solo se muestran los primeros { $days } días.
since-no-cause = Esto pone lo que anotaste junto a los días desde entonces. No dice qué lo causó.
since-no-mark = Aún no hay ninguna marca. Envía /treatment para marcar un día.
since-look-days = Día a día
since-look-cycles = Ciclos
cycles-title = { $kind }: ciclos
cycles-strengths = Fuerza típica de cada semana, de 0 a 4
cycles-weeks = semana desde el tratamiento
cycles-from = desde { $day }
cycles-legend = Un ciclo va de una marca así a la siguiente. Fuerza típica (mediana), de 0 a 4:
cycles-line = Desde { $day } ({ $days ->
    [one] 1 día
   *[other] { $days } días
}): { $list }
cycles-part = { $weeks ->
    [one] semana { $first }
   *[other] semanas { $first } a { $last }
}: { $middle }
cycles-unknown = no se sabe
cycles-one = Por ahora hay un ciclo. La próxima marca de este tipo empieza otro.
today-words = hoy, today
yesterday-words = ayer, yesterday

## The report for a doctor

report-choose =
    <b>Una página para tu médico</b>
    Hago una o dos páginas para imprimir o reenviar, y la tabla que hay detrás. Contienen lo que anotaste y lo dicen así. Solo se te envían a ti.

    <b>¿Qué tiempo debe abarcar?</b>
report-span-30 = 📄 Últimos 30 días
report-span-90 = 📄 Últimos 90 días
report-span-since = 📄 Desde el último tratamiento
report-span-all = 📄 Todo
report-span-range = 📅 De … a …
report-with-notes = 📝 Con mis notas
paper-a4 = A4
paper-letter = US Letter
report-other-paper = 📄 Lo mismo en { $paper }
report-period-ask = 📅 <b>Escribe el primer y el último día y envíalos</b>, como { $first } a { $last }.
report-period-ask-toast = Escribe el primer y el último día
report-period-unclear = No he podido leer eso como un periodo. Envía dos días hasta hoy, primero el más antiguo, como { DAY("2026-01-01") } a { DAY("2026-02-28") }.
report-empty = En este tiempo no se anotó nada, así que no hay nada que contar.
report-begun = Tu informe se está haciendo. Llega en un momento.
report-later = No he podido leer tu diario ahora mismo. Vuelve a intentarlo en un momento, por favor.
report-failed = No he podido hacer la página ahora mismo. Aquí está la tabla que hay detrás. Vuelve a intentarlo en un momento, por favor.
report-caption =
    Tu informe, { $period }
    Días con entradas: { $logged } de { $days }
    Esto lo anotaste tú y no es una escala médica. Míralo antes de pasarlo.
report-table-caption = La tabla detrás del informe: una fila por entrada. Cualquier hoja de cálculo la abre.
report-title = Diario de espasmos de la cara
report-subtitle =
    { $period } ({ $days ->
        [one] 1 día
       *[other] { $days } días
    })
report-name = Nombre:
report-born = Fecha de nacimiento:
report-notice = Contado por la propia persona: ella anotó todo esto con el diario tipbot y nadie lo ha comprobado. La fuerza es su propia valoración de 0 (nada) a 4 (lo peor). No es una escala clínica. Los días sin entradas no se conocen, no son cero. Cada cifra se puede contar de nuevo en el archivo CSV que va con esta página. Hecho el { $day }.
report-footer = Contado por la propia persona con tipbot; no es una escala clínica ni un producto sanitario
report-page = Página { $page } de { $pages }
report-unshown = ▯ está en lugar de signos que aquí no se pueden imprimir. Están en el archivo CSV.
report-of = { $some } de { $all }
report-figures = El periodo
report-logged = Días con entradas
report-missing = Días sin entradas (no se sabe)
report-free = Días anotados sin espasmos
report-uncounted = Días valorados, sin contar espasmos
report-twitches = Espasmos anotados
report-weekly = Espasmos por 7 días contados
report-strength = Fuerza, valoración propia de 0 a 4
report-rated = Espasmos valorados
report-median = Mediana de los valorados
report-day-median = Mediana del máximo diario
report-worst = Máximo
report-since = Días desde la última marca de tratamiento
report-daily = Valor máximo de cada día, de 0 a 4
report-by-week = Mediana de los días de cada semana, de 0 a 4
report-zeros = 0: ningún espasmo
report-marked = tratamiento
report-marks = Marcas de tratamiento
report-mark = { $day }: { $kind }
report-noted = { $line }. «{ $note }»
report-more-marks = … y { $count ->
    [one] 1 anterior
   *[other] { $count } anteriores
} en este periodo (ver el archivo CSV)
report-before = La última antes del periodo: { $mark }
report-no-marks = Ninguna marcada.
report-places = Zona y lado, número de espasmos
report-all = todos
report-nothing = nada
report-durations = Duración, número de espasmos
report-unsaid = sin indicar
report-triggers = Posibles desencadenantes, marcados
report-no-cause = Marcado; no dice nada de la causa.
report-helped = Qué ayudó, marcado
report-signs = Señales de aviso marcadas
report-sign-last = última vez
report-sign-times = veces
report-days = Días según su valor máximo
report-level = { $level } { $words }
report-unrated = anotado, sin valorar
report-context = Los días, según lo dicho
report-sleep = Sueño, horas
report-coffees = Cafés
report-screen = Pantalla, horas
report-measure =
    mediana { $median }, de { $least } a { $most } ({ $days ->
        [one] 1 día
       *[other] { $days } días
    })
report-water = Agua
report-water-0 = poca
report-water-1 = algo
report-water-2 = mucha
report-stress = Estrés
report-stress-0 = calma
report-stress-1 = algo
report-stress-2 = mucho
report-part = { $word } { $days }
report-stretches = La evolución
report-head-from = Desde y hasta
report-head-twitches = Espasmos
report-head-logged = Días anotados
report-head-weekly = Por 7 días contados
report-head-median = Fuerza mediana
report-head-worst = Máximo
report-more-years = Se dejan fuera { $count } filas anteriores (ver el archivo CSV).
report-notes = Notas de la persona, primero las nuevas
report-more-notes = … y { $count } más (ver el archivo CSV)
csv-what = qué
csv-date = fecha
csv-time = hora
csv-zone = zona horaria
csv-strength = fuerza (de 0 a 4, valoración propia)
csv-side = lado
csv-place = zona
csv-how-long = duración
csv-minutes = minutos medidos
csv-triggers = posibles desencadenantes
csv-helped = qué ayudó
csv-signs = señales de aviso
csv-sleep = horas de sueño
csv-coffees = cafés
csv-screen = horas de pantalla
csv-water = agua
csv-stress = estrés
csv-treatment = tratamiento
csv-note = nota
csv-is-first-day = primer día del informe
csv-is-last-day = último día del informe
csv-is-treatment = marca de tratamiento
csv-is-facts = sobre el día
csv-is-day = valoración del día
csv-is-twitch = espasmo

## Talk

unknown-words =
    No he entendido eso. Conozco botones y órdenes, pero no sé charlar.
    ¿Has tenido un espasmo? Toca el botón. /signs muestra cuándo pedir ayuda, y /help qué más sé hacer.
unknown-command = No conozco la orden { $command }. /help muestra las que conozco, y /signs cuándo pedir ayuda.
unknown-kind =
    Solo sé leer texto, y no guardo fotos, voz ni archivos.
    ¿Has tenido un espasmo? Toca el botón. /signs muestra cuándo pedir ayuda, y /help qué más sé hacer.
type-it = Escribe tu respuesta como texto, o envía /help para dejar la pregunta.
send-file = Espero un archivo. Envíalo como archivo, no como texto ni como imagen, o envía /help para dejar la pregunta.
group-only-private = Hola. Hablo con una persona a la vez, así que solo funciono en chats privados y no guardo nada de este grupo. Escríbeme en privado a @{ $name }. Aquí solo respondo a /signs, que muestra cuándo pedir ayuda.

## Telegram's menu and profile

menu-twitch = Anotar un espasmo ahora
menu-tip = Recibir un consejo ahora
menu-relief = Algo que puede aliviar, paso a paso
menu-diary = Gráficos, calendario y qué coincide con los días malos
menu-report = Una página para tu médico
menu-treatment = Marcar una inyección o un cambio de medicamento
menu-settings = Temas, horas, silencio, pausa
menu-signs = Cuándo pedir ayuda, primero lo urgente
menu-learn = Causas, tipos, desencadenantes, tratamientos
menu-help = Qué sé hacer
menu-privacy = Qué se guarda y dónde
menu-export = Todos tus datos en un archivo
menu-delete_me = Borrar todos tus datos
menu-stop = Dejar de recibir mensajes
bot-description = Consejos cortos a la hora justa para personas con espasmos en la cara, y un registro de un solo toque. No es un producto sanitario. Toca Empezar para ver qué guarda.
bot-short-description = Consejos para una cara con espasmos, y un registro de un toque. No es un producto sanitario.

## Owners and editors

menu-admin = Para la redacción: consejos y lo que va con ellos
admin-owner =
    <b>Gestión</b>
    Este bot es tuyo.
admin-editor =
    <b>Gestión</b>
    Formas parte de la redacción de este bot.
back-to-admin = ⬅️ Gestión
holding-draft = lo que escribes en la redacción y aún no has guardado
holding-notices = los avisos de la gestión que aún no te han llegado
holding-role = tu nombre, tu idioma, desde cuándo formas parte de la redacción, y tu número en el registro de lo que hizo la redacción
holding-invitations = invitaciones a la redacción que hiciste y nadie ha abierto
holding-acts = lo que hiciste como dueño del bot o en la redacción, y lo que otros hicieron sobre ti
admin-team = 👥 Redacción
admin-log = 📜 Quién hizo qué
team-title = <b>Redacción</b>
team-none = Aún no hay nadie en la redacción. Una invitación lo cambia.
team-editor = • { $name }, desde el { $day }
team-invites = <b>Invitaciones que nadie ha abierto</b>
team-invite = • n.º { $number }, de { $name }, { $made }, vale hasta { $ends }
team-full = Caben { $most } personas e invitaciones abiertas en total. Quita a alguien o retira una invitación primero.
time-utc = { $time } UTC
no-name = persona n.º { $number }
make-invite = ➕ Invitar a alguien
withdraw-invite = 🚫 Retirar n.º { $number }
remove-editor = ➖ Quitar a { $name }
invite-made =
    <b>Invitación n.º { $number }</b>
    Envía este enlace a la persona que va a entrar en la redacción:
    { $link }
    Vale una vez, para la primera persona que lo abra, hasta { $ends }. Solo se muestra aquí esta vez. Borra este mensaje cuando se haya usado.
invite-toast = El enlace está abajo
invite-withdrawn-toast = Ya no lleva a ningún sitio
invite-gone-toast = Ya se había usado, retirado o caducado
remove-ask =
    <b>¿Quitar a { $name }?</b>
    Vale al momento. Lo que hizo { $name } queda en el registro.
remove-yes = ➖ Sí, quitar
keep-editor = ⬅️ No, mantener
removed-toast = Hecho
removed-before-toast = Esa persona ya no está en la redacción
invite-welcome =
    <b>Te damos la bienvenida. Ya formas parte de la redacción.</b>
    Cuidas los consejos de este bot: /admin muestra todo lo que puedes hacer. Envía /start si quieres recibir consejos tú también.
    Lo que haces en la redacción se guarda en un registro con tu nombre, para que otros vean quién cambió qué.
invite-already = Ya formas parte de la redacción. /admin muestra todo lo que puedes hacer.
invite-owner = Este bot es tuyo, así que puedes hacer todo lo que puede la redacción. La invitación sigue abierta.
invite-void = Esta invitación ya no vale: se usó, se retiró o caducó. Pide una nueva a quien te la envió.
invite-used = { $name } ha abierto tu invitación y ya está en la redacción. Si no era para esa persona, puedes quitarla con /admin.
no-editor-told = Ya no formas parte de la redacción de este bot. Si recibes consejos aquí, llegan como hasta ahora.
log-title = <b>Quién hizo qué</b>
log-line = • { $when }:
log-empty = Aún nada.
log-older = Anteriores ➡️
log-newest = ⬅️ Recientes
log-export = 📄 Todo en un archivo
log-export-toast = El archivo llega en un momento
log-caption = El registro entero, primero lo más antiguo. Sus horas son UTC.
log-too-large = El registro es demasiado grande para un mensaje. Está entero en la base de datos.
deed-unknown = { $name }: { $deed } { $thing } { $detail } { $about }
deed-invited = { $name } hizo la invitación n.º { $thing }
deed-withdrew_invite = { $name } retiró la invitación n.º { $thing }
deed-joined = { $name } entró en la redacción con la invitación n.º { $thing }
deed-removed_editor = { $name } quitó a { $about } de la redacción
deed-exported_log = { $name } exportó este registro a un archivo
delete-staff = También trabajas en los consejos de este bot. Si formas parte de la redacción, eso acaba. Lo que hiciste queda en el registro, con un número y sin tu nombre.
deed-announced = { $name } envió el aviso n.º { $thing } ({ $detail })
deed-stopped_announcement = { $name } paró el aviso n.º { $thing }
holding-announcements = avisos que escribiste para todos
admin-announcements = 📣 Avisos
back-to-announcements = ⬅️ Avisos
announcement = 📣 <b>Noticias de quienes llevan este bot</b>
announcements-title = <b>Avisos</b>
announcements-none = Aún no hay ninguno.
announcements-line = • n.º { $number }, { $when }, { $audience }: { $state }
announcements-as_of = Hora de esta lista: { $when }
announcements-again = 🔄 Mirar otra vez
announcement-button = n.º { $number }: { $state }
announcement-new = ➕ Aviso nuevo
announcement-state-running = enviándose
announcement-state-done = enviado
announcement-state-stopped = parado
audience-all = a todos
audience-topic = a quienes reciben consejos sobre { $topic }
audience-ask =
    <b>¿Para quién es?</b>
    Quien está en pausa, ha parado o me ha bloqueado no recibe ninguno.
audience-everyone = 👥 Todos
announce-ask =
    📣 <b>Escribe ahora el texto y envíalo</b>, con { $limit } caracteres como máximo. La negrita y la cursiva quedan como están.
    Va { $audience }. Primero lo ves tú; aún no se envía nada.
announce-ask-toast = Escribe el texto y envíalo
announce-empty = En ese texto no hay nada que pueda mostrar. Escríbelo otra vez, por favor.
announce-too_long = Ese texto tiene { $length } caracteres y el máximo es { $limit }. Envía uno más corto, por favor.
announce-broken = No he podido leer el formato de ese texto. Envíalo sin formato, por favor.
announce-preview =
    Así se verá. Va { $audience }: { $heads ->
        [0] nadie por ahora
        [one] 1 persona
       *[other] { $heads } personas
    }.
announce-takes =
    A nuestro ritmo tarda { $minutes ->
        [0] menos de un minuto
        [one] más o menos un minuto
       *[other] unos { $minutes } minutos
    }. Los consejos y las respuestas van primero.
announce-quiet = Donde ahora son horas de silencio, llega cuando acaban. Lo que no se pueda enviar en un día se deja fuera.
announce-start = 📣 Enviar ahora
announce-change = ✏️ Cambiar el texto
announce-drop = 🗑 Descartar
announce-started-toast = Ya está en camino
announce-dropped-toast = Descartado
announce-dropped = El texto está descartado. No se envió nada.
announce-old = Este texto es demasiado antiguo para enviarlo, o se descartó. Escríbelo de nuevo, por favor.
progress-title = <b>Aviso n.º { $number }</b>, { $audience }: { $state }
progress-share = Van { $over } de { $total }
progress-preparing = Aún estoy juntando la lista.
progress-sent = ✅ enviados: { $count }
progress-waiting = ⏳ en espera, también hasta que acaben las horas de silencio: { $count }
progress-dropping = ⏹ ya no se envía, salvo lo que está en camino: { $count }
progress-unreachable = 🚫 no se pudo llegar, ya no reciben consejos: { $count }
progress-unknown = ❔ quizá llegaron y quizá no, no se envían otra vez: { $count }
progress-failed = ⚠️ fallidos: { $count }
progress-expired = ➖ omitidos por haber parado, por pausa o por tarde: { $count }
progress-left =
    { $minutes ->
        [0] Queda menos de un minuto
        [one] Queda más o menos un minuto
       *[other] Quedan unos { $minutes } minutos
    }
progress-let-go = Aquí ya no muestro cómo sigue el aviso n.º { $number }, porque todo lo tuyo está borrado. Los dueños del bot lo siguen encontrando con /admin.
progress-until = Sigue hasta { $when }, cuando terminan las últimas horas de silencio.
announce-stop = ⏹ Parar
announce-stopped-toast = Parado. Lo que está en camino aún llega.
announce-over-toast = Ya había acabado

## What editors did with the library

holding-tip_revisions = qué consejos cambiaste o aprobaste en la redacción, y cuándo
holding-tip_proposals = cambios de consejos que propusiste o resolviste en la redacción
deed-tip_added = { $name } añadió { $thing } como borrador
deed-tip_edited = { $name } cambió { $thing }: { $detail }
deed-tip_published = { $name } publicó { $thing }
deed-tip_retired = { $name } retiró { $thing }
deed-tip_restored = { $name } volvió a publicar { $thing }
deed-tip_reverted = { $name } devolvió { $thing } a una versión anterior: { $detail }
deed-tip_proposed = { $name } propuso un cambio de { $thing }: { $detail }
deed-tip_approved = { $name } aprobó un cambio de { $thing }: { $detail }
deed-tip_rejected = { $name } rechazó un cambio de { $thing }: { $detail }
deed-tip_withdrawn = { $name } retiró su cambio de { $thing }: { $detail }
deed-took_file = { $name } tomó el texto del archivo de { $thing }
deed-kept_live = { $name } mantuvo el texto en uso de { $thing } frente a su archivo
deed-library_imported = { $name } importó un zip de la colección: { $detail }
deed-review_wanted = { $name } pidió que otra persona revisara cada cambio antes de publicarlo
deed-review_waived = { $name } dejó que los cambios se publicaran sin que otra persona los revisara
admin-figures = 📊 Cifras
figures-title = <b>Cifras, { $period }</b>
figures-people = 👥 Personas inscritas: { $count }
figures-active = • reciben mensajes: { $count }
figures-paused = • en pausa: { $count }
figures-stopped = • han parado: { $count }
figures-blocked = • me han bloqueado: { $count }
figures-starting = • aún al principio: { $count }
figures-joined = ➕ Nuevas en estos días: { $count }
figures-sent = 📨 Mensajes enviados: { $count }
figures-failed = • fallidos: { $count }
figures-unknown = • en duda, no se envían otra vez: { $count }
figures-unreachable = • no se pudo llegar: { $count }
figures-expired = • no enviados, por tarde o porque ya no se querían: { $count }
figures-votes = 👍 { $helpful } y 👎 { $other } para consejos
figures-day = { $period }: { $sent } enviados
figures-day-lost = { $lost } no
figures-days =
    { $days ->
        [one] 1 día
       *[other] { $days } días
    }
figures-open-votes = 👍 Votos por consejo
chart-sent = Mensajes enviados
chart-not-arrived = No llegaron
chart-failed = fallidos
chart-unknown = en duda
chart-unreachable = sin llegar
chart-votes = Votos
chart-helpful = útil
chart-not-helpful = no útil
votes-title = <b>Votos de consejos, { $period }</b>
votes-legend = Los más útiles van primero. Los que tienen menos de { $enough } votos van al final: tan pocos dicen poco.
votes-none = Aún no hay votos.
votes-line = { $share } % · 👍 { $helpful } 👎 { $other } · enviados { $sent } · { $title }
privacy-staff =
    <b>Como trabajas en los consejos de este bot,</b> guardo también tu nombre, el idioma de tu Telegram, lo que hiciste, los avisos que escribiste y las invitaciones que hiciste.
    Lo que hiciste queda en el registro cuando borras tus datos. Entonces lleva un número y ningún nombre.

## The library in editors' hands

admin-library = 📚 Colección
library-title =
    <b>Colección</b>
    Elige un tema o un estante, o busca. Los borradores y los textos retirados también están en las listas.
place-all = 📚 Todo
search-tips = 🔎 Buscar
search-here = 🔎 Buscar aquí
new-tip = ➕ Otro consejo
open-draft = ✏️ Seguir escribiendo
open-proposals = ⏳ Cambios en espera ({ $count })
open-conflicts = ⚖️ Archivo o chat ({ $count })
open-files = 📦 Como archivos
list-title =
    <b>{ $place }</b>: { $count ->
        [0] nada
        [one] 1 texto
       *[other] { $count } textos, página { $page } de { $pages }
    }
list-words = Búsqueda: <i>{ $words }</i>
list-empty = Nada encaja. Prueba con menos palabras o con otro filtro.
sign-draft = 📝
sign-retired = 💤
sign-waiting = ⏳
sign-conflict = ⚖️
sign-is-draft = 📝 borrador: nadie lo ha recibido aún
sign-is-retired = 💤 retirado: ya no lo recibe nadie
sign-is-waiting = ⏳ un cambio espera aprobación
sign-is-conflict = ⚖️ cambiaron su archivo y su texto en uso
filter-any = Todos
filter-draft = Borradores
filter-published = Publicados
filter-retired = Retirados
words-ask =
    <b>Buscar: { $place }</b>
    Escribe una o más palabras y envíalas. Basta el principio de una palabra.
words-ask-toast = Escribe lo que buscas
back-to-library = ⬅️ Colección
back-to-place = ⬅️ { $place }
to-tip-page = ⬅️ Al texto
tip-rule = ──────────
state-draft = 📝 <b>Borrador</b>: nadie lo ha recibido aún.
state-published = ✅ <b>Publicado</b>
state-retired = 💤 <b>Retirado</b>: ya no lo recibe nadie.
tip-version = Versión { $number } ({ $who }, { $when })
by-files = archivos
tip-place = { $place }, código <code>{ $id }</code>
tip-tags = Etiquetas: { $tags }
tip-figures = En los últimos 90 días: enviado { $sent }, hecho { $done }, útil { $helpful }, no útil { $unhelpful }, más tarde { $snoozed }, menos { $less }, sin tocar nada { $skipped }.
tip-waits =
    { $count ->
        [one] ⏳ Un cambio de este texto espera aprobación.
       *[other] ⏳ { $count } cambios de este texto esperan aprobación.
    }
tip-in-conflict = ⚖️ Cambiaron su archivo y su texto en uso. Se envía el que está en uso hasta que elijas.
edit-tip = ✏️ Editar
wish-publish = ✅ Publicar
wish-retire = 💤 Retirar
wish-restore = ✅ Publicar de nuevo
open-history = 🕓 Versiones ({ $count })
open-proposal = ⏳ Cambio n.º { $number }
open-conflict = ⚖️ Archivo o chat
change-saved-toast = Guardado
change-waits-toast = Guardado. Se enviará cuando lo apruebe otra persona de la redacción.
change-overtaken-toast = Alguien lo cambió desde que lo miraste, así que aún no se ha guardado nada.
change-replaced = Sustituye a tu cambio n.º { $numbers }, que esperaba.
changed-meanwhile = Este texto ha cambiado mientras tanto ({ $who }): versión { $revision }. No se ha hecho nada. Míralo otra vez, por favor.

edit-title =
    <b>Editar «{ $title }»</b>
    código <code>{ $id }</code>

    ¿Qué quieres cambiar? Nada se envía antes de que lo guardes. Su tema no puede cambiar, porque el código empieza por él.
field-title = Título
field-body = Texto
field-tags = Etiquetas
field-sources = Fuentes
field-claim = Tipo
field-reviewed = Revisado el
field-name-title = título
field-name-body = texto
field-name-tags = etiquetas
field-name-sources = fuentes
field-name-claim = tipo
field-name-reviewed = día de la revisión
field-name-topic = tema
field-name-shelf = estante
draft-new = 📝 Así se verá. <b>Aún no está guardado</b>. Su código será como <code>{ $id }</code>.
draft-changes = ✏️ Así se verá. <b>Aún sin guardar</b>, cambiado: { $fields }.
draft-changes-none = ✏️ Aún no hay nada distinto del texto guardado.
draft-save = 💾 Guardar
draft-keep = 💾 Guardar borrador
draft-publish = ✅ Publicar
draft-drop = 🗑 Descartar
draft-leave = ⏸ Dejarlo por ahora
draft-kept-toast = Guardado en tu borrador
draft-dropped-toast = Descartado
draft-dropped = Descartado. No se cambió nada.
draft-gone = Ese borrador ya no está, así que no se guardó nada. Tus palabras están arriba, para copiarlas.
draft-gone-toast = Ese borrador ya no está, así que no se cambió nada.
draft-gone-tap = Ese borrador ya no está: se guardó o se descartó. No se cambió nada.
draft-in-the-way = Aún estás editando otro texto. Guárdalo o descártalo primero.
step-back = ⬅️ Paso atrás
new-tip-title = <b>Un consejo nuevo</b>
ask-topic =
    <b>Un consejo nuevo</b>
    ¿A qué tema pertenece? Cada respuesta se guarda al momento, así que puedes dejarlo en cualquier paso.
ask-title = Escribe el <b>título</b> y envíalo: una línea, { $limit } caracteres como máximo.
ask-body = Escribe el <b>texto</b> y envíalo, { $limit } caracteres como máximo. La negrita y la cursiva del menú de Telegram se conservan, y las líneas que empiezan por - forman una lista.
ask-tags = Escribe las <b>etiquetas</b> y envíalas, { $most } como máximo: letras minúsculas, separadas por comas, como: water, habit
ask-reviewed = ¿Qué día se <b>comparó con su fuente</b>? Escribe el día y envíalo, o toca el botón.
ask-sources = ¿De qué documento viene?
ask-section =
    <b>{ $title }</b>
    { $file }
    ¿Qué apartado?
ask-claim = ¿Qué tipo de afirmación es?
source-line = { $number }. «{ $title }», apartado «{ $section }»
source-none-now = Ninguna: se muestra como propio de la redacción.
document-line = <b>{ $letter }</b>: { $title }
add-source = ➕ { $letter }
drop-source = ➖ n.º { $number }
no-source = 🚫 Sin documento: palabras propias
claim-practical = Práctico: una forma de hacerlo
claim-general = Consejo general de salud
claim-medical = Médico: necesita una fuente
review-today = ✔️ Hoy
field-now = Ahora dice esto, para copiar:
verbatim = { $words }
refused = <b>Eso aún no encaja, así que no se ha cambiado nada.</b>
refused-line = • { $problem }: { $mend }
refused-text = Tu texto, para copiar y arreglar. Envíalo otra vez:
refused-toast = Aún no encaja
save-again-toast = Ese código se acaba de usar. Guarda otra vez, por favor.
clash = <b>Mientras escribías llegó la versión { $revision } ({ $who }).</b> No se pierde nada: las dos están abajo.
clash-theirs = <b>Lo que cambió allí ({ $who }):</b>
clash-mine = <b>Lo que cambiaste tú:</b>
clash-both = 🤝 Guardar los dos
clash-take-theirs = Mantener lo suyo, descartar lo mío
clash-take-mine = Poner lo mío sobre lo suyo
clash-look-toast = Míralo, por favor, y después guarda
diff-none = nada
diff-field = { $field }:
diff-kept = { $words }
diff-removed = <s>[-{ $words }-]</s>
diff-added = <u>[+{ $words }+]</u>

## The library: versions and approvals

history-title = <b>Versiones de «{ $title }»</b>, primero las nuevas, página { $page } de { $pages }
version-add = <b>{ $number }</b>: escrita ({ $who }, { $when })
version-edit = <b>{ $number }</b>: cambiada ({ $who }, { $when })
version-publish = <b>{ $number }</b>: publicada ({ $who }, { $when })
version-retire = <b>{ $number }</b>: retirada ({ $who }, { $when })
version-restore = <b>{ $number }</b>: publicada de nuevo ({ $who }, { $when })
version-revert = <b>{ $number }</b>: devuelta a una versión anterior ({ $who }, { $when })
version-sync = <b>{ $number }</b>: tomada ({ $who }, { $when })
version-import = <b>{ $number }</b>: importada con un zip ({ $who }, { $when })
version-fields = ({ $fields })
version-approved = ✅ con la aprobación de { $who }
version-button = n.º { $number }
version-diff = <b>Frente a la versión { $number }:</b>
revert-to = ↩️ Volver a la versión { $number }
to-history = 🕓 Todas las versiones
proposals-title = <b>Cambios que esperan a otra persona</b> ({ $count })
proposals-none = Ningún cambio espera aprobación.
proposal-line = n.º { $number }: «{ $title }», de { $who }, { $when }
proposal-add = { $who } quiere añadir esto.
proposal-edit = { $who } quiere cambiarlo a esto.
proposal-publish = { $who } quiere publicar esto.
proposal-retire = { $who } quiere retirar esto.
proposal-restore = { $who } quiere publicar esto de nuevo.
proposal-revert = { $who } quiere volver a esto.
proposal-sync = { $who } quiere tomar esto del archivo.
proposal-import = { $who } importó esto con un zip.
proposal-newer = ⚠️ <b>El texto cambió después de esta propuesta:</b> versión { $revision } ({ $who }). Lo tachado abajo desaparecería.
proposal-diff = <b>Frente al texto de ahora:</b>
proposal-approved = ✅ { $who } lo aprobó.
proposal-rejected = ✖️ { $who } lo rechazó.
proposal-withdrawn = ↩️ { $who } lo retiró.
proposal-own = Este cambio es tuyo, así que tiene que aprobarlo otra persona.
proposal-approve = ✅ Aprobar
proposal-reject = ✖️ Rechazar
proposal-why = ✖️ Rechazar y decir por qué
proposal-withdraw = ↩️ Retirarlo
proposal-approved-toast = Aprobado
proposal-rejected-toast = Rechazado
proposal-gone-toast = Se retiró
settled-approved-toast = { $who } ya lo aprobó
settled-rejected-toast = { $who } ya lo rechazó
settled-withdrawn-toast = { $who } ya lo retiró
proposal-own-toast = Nadie aprueba su propio cambio
to-proposals = ⏳ Todos en espera
why-ask = <b>¿Por qué no?</b> Escribe unas palabras para { $who } sobre «{ $title }» y envíalas, con { $limit } caracteres como máximo. Se las paso, y quedan junto al cambio.
told-approved = ✅ { $who } aprobó tu cambio de «{ $title }». Ya se envía.
told-rejected = ✖️ { $who } rechazó tu cambio de «{ $title }». Su texto queda en el registro de cambios.
told-why = Dice así:
told-waits = ⏳ Un cambio de «{ $title }» espera a otra persona ({ $who }).
told-wait = ⏳ { $count } cambios esperan a otra persona.
admin-review = 👀 Revisión por otra persona
review-on =
    <b>Revisión por otra persona: activada</b>
    Con dos o más personas en la redacción, lo que recibiría la gente espera hasta que otra persona lo apruebe. Quitar un texto nunca espera.
review-off =
    <b>Revisión por otra persona: desactivada</b>
    Lo que guarda alguien de la redacción se envía al momento.
review-waive = Desactivarla
review-want = Activarla

## The library as files

files-title =
    <b>La colección en archivos</b>
    Llévate todo en un zip de archivos de texto, cámbialo con cualquier editor y vuelve a importarlo. Antes de que cambie algo, ves qué cambiaría.
library-export = 📤 Exportar un zip
library-import = 📥 Importar un zip
library-export-toast = El archivo llega en un momento
library-export-caption = La colección como está ahora. Cambia los archivos, empaquétalos otra vez y envía el zip por «Importar un zip».
back-to-files = ⬅️ Archivos
archive-ask =
    <b>Envíame el zip</b> como archivo, { $megabytes } MB como máximo.
    Nada cambia antes de que hayas visto qué haría.
archive-too-large = Ese archivo pasa de { $megabytes } MB. Una colección es mucho más pequeña, así que no lo abrí. No se ha cambiado nada.
archive-lost = No he podido descargar ese archivo de Telegram. Envíalo otra vez, por favor.
archive-refused =
    { $count ->
        [one] <b>No puedo aceptar este zip, porque tiene un fallo.</b> No se ha cambiado nada.
       *[other] <b>No puedo aceptar este zip, porque tiene { $count } fallos.</b> No se ha cambiado nada.
    }
archive-fault = • <code>{ $file }</code>, { $field }: { $problem }; { $mend }
and-more = … y { $count } más
archive-title = <b>Esto haría el zip:</b>
archive-anew = ⚠️ Alguien cambió la colección desde que la miraste, así que aún no se ha hecho nada.
archive-other = ⚠️ Has enviado otro zip desde entonces, así que aún no se ha hecho nada. Esto es sobre el más reciente.
archive-in-step = El zip dice lo mismo que la colección. No hay nada que hacer.
archive-add = ➕ <b>Nuevos: { $count }</b>
archive-take = ✏️ <b>Cambiados: { $count }</b>
archive-retire = 💤 <b>Retirados: { $count }</b>, porque no están en él
archive-keep = 🔒 <b>Sin cambio: { $count }</b>, porque solo los cambió la colección
archive-conflict = ⚖️ <b>Cambiados en ambos lados: { $count }</b>
archive-line = • { $title } (<code>{ $id }</code>)
archive-apply = ✅ Hacerlo
archive-apply-files = ✅ Hacerlo; si cambiaron ambos, vale el zip
archive-taking-toast = Un momento
archive-done = <b>Listo.</b> Nuevos: { $added }, cambiados: { $changed }, retirados: { $retired }.
archive-waiting = ⏳ Esperan a otra persona: { $count }.
archive-replaced = ↩️ Cambios tuyos anteriores que esperaban y se retiraron por estos: { $count }.
archive-conflicts = ⚖️ Cambiados en ambos lados, quedan como están: { $count }.
conflicts-none = Ningún texto espera esta elección.
conflict-gone-toast = Esta elección ya no está abierta: ya estaba hecha o el archivo volvió a cambiar.
conflicts-title =
    <b>¿Archivo o chat?</b> ({ $count })
    En estos cambiaron el archivo y el texto en uso. Se envía el que está en uso hasta que elijas.
conflict-live = <b>El texto en uso</b> ({ $state }):
conflict-file = <b>Con el archivo quedaría así:</b>
conflict-file-gone = <b>El archivo ya no está</b>, así que se retiraría.
conflict-keep-live = Dejar el que se usa
conflict-take-file = Tomar el archivo
state-name-draft = borrador
state-name-published = publicado
state-name-retired = retirado

## The desk: limits and checks

sources-full-toast = Un texto puede nombrar { $most } fuentes. Quita antes una.
archive-documents =
    { $count ->
    [one] 📚 <b>1 documento de origen</b> es nuevo o cambia
   *[other] 📚 <b>{ $count } documentos de origen</b> son nuevos o cambian
}
archive-document-new = • <code>{ $name }</code>: nuevo, «{ $title }»
archive-document-title = • <code>{ $name }</code>: «{ $old }» pasa a ser «{ $title }»
archive-document-sections = • <code>{ $name }</code>: otros apartados, «{ $title }»
archive-held =
    { $count ->
    [one] 🔒 <b>1 título nuevo de un documento queda fuera.</b> La gente lo lee bajo los consejos y nadie más lo ha visto.
   *[other] 🔒 <b>{ $count } títulos nuevos de documentos quedan fuera.</b> La gente los lee bajo los consejos y nadie más los ha visto.
} Quien lleva el bot puede desactivar para ello la revisión por otra persona.
deed-document_added = { $name } añadió el documento de origen { $thing }
deed-document_changed = { $name } cambió el documento de origen { $thing }: { $detail }
deed-library_exported = { $name } exportó la colección en un zip
library-unsound-toast = Un texto de la colección tiene un error
library-unsound =
    { $count ->
    [one] <b>No puedo empaquetar la colección, porque hay un error en ella.</b>
   *[other] <b>No puedo empaquetar la colección, porque hay { $count } errores en ella.</b>
} Busca el texto, corrígelo o retíralo, y prueba otra vez.
slash-words = No conozco la orden { $command }. Si era tu respuesta, empiézala con otro signo que no sea la barra y envíala de nuevo: la pregunta sigue abierta.
staff-unasked = Ahora no espero ningún texto, así que no sé a qué viene esto. /admin muestra todo lo que puedes hacer aquí. Envía /start si quieres recibir consejos.
formatting-lost = He dejado fuera un formato que los textos no tienen aquí: { $kinds }.
formatting-underline = subrayado
formatting-strikethrough = tachado
formatting-spoiler = oculto
formatting-code = código
formatting-link = la dirección detrás de un enlace
formatting-quote = cita
formatting-emoji = emojis propios
formatting-bold_italic = negrita y cursiva
log-tip = «{ $title }» ({ $id })
field-name-sections = apartados
log-change-add = texto nuevo
log-change-edit = cambio
log-change-publish = publicar
log-change-retire = retirar
log-change-restore = publicar de nuevo
log-change-revert = una versión anterior
log-change-sync = el texto del archivo
log-change-import = el texto de un zip
figures-utc = Los días empiezan a medianoche UTC.
tip-figures-none = No se envió en los últimos 90 días.
log-added = nuevos { $count }
log-changed = cambiados { $count }
log-retired = retirados { $count }
