### Todas las palabras del programa en español. Claves y orden como en en.ftl; trato: tú.

## Shared

button-expired = Este botón ha caducado. Envía /help para ver qué sé hacer.
start-first = Envía primero /start, por favor; tarda un minuto.
something-failed = Algo ha fallado por mi parte (código { $code }). Vuelve a intentarlo en un momento, por favor.
answer-lost = Se cortó la conexión mientras te respondía. Lo que enviaste sí me llegó. Solo puede faltar aquí mi respuesta.

## Topics

topic-hydration = hidratación
topic-sleep = sueño
topic-screen_break = pausas de pantalla
topic-relaxation = relajación
topic-facial_exercises = ejercicios faciales
topic-food_and_caffeine = comida y cafeína
topic-movement = movimiento
topic-check_in = pregunta del día

## Logging a twitch

twitch-now = ⚡ Espasmo ahora
undo = ↩️ Deshacer
put-back = ↪️ Recuperar
details = ✏️ Detalles
when-other-day = { $day }, { $time }
what-where = { $when }, { $where }
logged = Anotado: { $what }
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
    Toca lo que corresponda. Cada toque se guarda al momento, y un segundo toque en un ✅ lo quita.
    Primera fila: la fuerza que notaste, de 0 a 4.
    📍 dónde · ⏳ cuánto duró · 🔎 qué pudo provocarlo · 💚 qué ayudó · ⚠️ señales que un médico debería conocer · 🕑 cuándo
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
    ⏳ Contando el tiempo desde las { $time }. Toca el botón cuando acabe.
still-going = ⏳ Sigue
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
time-ask = 🕑 <b>Escribe la hora a la que ocurrió y envíala</b>, por ejemplo 14:30. Una hora posterior a la de ahora significa ayer.
time-ask-toast = Escribe la hora, por ejemplo 14:30
time-unclear = No he podido leer eso como una hora. Envíala así: 14:30.
time-kept = Pasado a { $what }.
earlier-10m = 10 min antes
earlier-1h = 1 h antes
earlier-morn = esta mañana
earlier-yday = ayer
earlier-now = cuando toqué
earlier-typed = una hora …
strength-0 = 0 nada
strength-1 = 1 leve
strength-2 = 2 algo
strength-3 = 3 fuerte
strength-4 = 4 máxima
mark-side = 📍
mark-place = 📍
mark-duration = ⏳
mark-trigger = 🔎
mark-helped = 💚
mark-flag = ⚠️
mark-earlier = 🕑
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
trigger-medicine = medicina
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
flag-sight = cambio de vista

## The day's check-in

prompt =
    <b>¿Qué tal ha estado tu cara hoy, { $day }?</b>
    0 es un día sin espasmos, 4 el peor. Un día sin ninguno cuenta igual.
rate-0 = 0 hoy ninguno
rate-1 = 1 leve
rate-2 = 2 algo
rate-3 = 3 fuerte
rate-4 = 4 máxima
day-kept = Guardado para { $day }: { $rating }
day-said =
    <b>{ $day }: { $rating }</b>
    Gracias, queda guardado.
day-context =
    Si quieres, añade cómo fue el día. Cada toque se guarda al momento, y un segundo toque en un ✅ lo quita.
fact-kept = Guardado
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
relief-counted = { $name }: ayudó { $better } de { $rated } veces
relief-name-breathing = 🌬 Respiración
relief-name-pressure = 👆 Presión suave
relief-name-compress = 🧣 Compresa tibia
relief-name-massage = 💆 Masaje suave
relief-name-forehead = 🖐 Masaje de frente
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
tip-source-editor = Fuente: los editores de este bot
did-it = Hecho
did-it-mark = 👌
did-it-toast = Bien. Guardo que lo has hecho.
later = ⏰ Luego
later-10m = ⏰ 10 min
later-1h = ⏰ 1 hora
later-eve = ⏰ De noche
later-toast = Este consejo vuelve a las { $when }
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
why-source = «{ $title }», apartado «{ $section }» (archivo { $file })
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
pace-least = Menos no puede ser. Puedes apagar el tema en /settings.
pace-off = Este tema está apagado. Puedes cambiarlo en /settings.
even-less = ➖ Aún menos
keep-as-before = ↩️ Como antes
tip-stopped = Has parado todos los mensajes. Envía /start para recibir consejos otra vez.
tip-paused = Tus consejos están en pausa. Acaba la pausa en /settings y vuelve a pedirlo.
tip-none-on = Todos los temas están apagados. Enciende uno en /settings.
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
plan-line = { $topic }: { $schedule }
plan-line-days = { $topic }: { $schedule }, { $days }
plan-times = { $times }
plan-every = cada { $minutes } minutos de { $start } a { $end }
days-all = todos los días
days-work = de lunes a viernes
days-some = en { $list }
thinned = { $thin ->
    [2] solo una de cada dos veces
    [4] solo una de cada cuatro veces
   *[other] solo una de cada { $thin } veces
}

## Getting started

welcome =
    <b>Hola. Estoy aquí para personas con espasmos o tics en la cara.</b>

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
    O <b>toca la hora que marca ahora tu reloj</b>. Si son las 14:40, toca 14:00.
    También puedes escribir el nombre de tu ciudad.
zone-guess = ✔️ { $time }, { $place } (supongo)
zone-of-hour = <b>¿Qué hora es la tuya?</b> Si ninguna vale, escribe el nombre de una ciudad cercana.
other-hour = ⬅️ Otra hora
zone-of-city = <b>¿Cuál es?</b>
city-unknown = No conozco ninguna ciudad llamada «{ $name }». Escribe una ciudad más grande cerca de ti o toca una hora más arriba.
place-unknown = No he podido encontrar la zona horaria de ese lugar. Toca tu hora o escribe el nombre de una ciudad.
zone-kept = Bien: donde estás son las { $time } ({ $place }). Si alguna vez no es así, cámbialo en /settings.
zone-toast = Zona horaria: { $place }
preset-question =
    <b>Última pregunta: ¿cuántos consejos quieres?</b>

    🌱 <b>Suave</b>: dos consejos al día, uno de hidratación y uno de relajación.
    ⭐ <b>Cuatro al día</b>, mi propuesta: cuatro consejos al día, uno de hidratación, uno de pausas de pantalla, uno de relajación y uno de sueño.
    💻 <b>Día de oficina</b>: los días laborables, una pausa de pantalla cada dos horas; cada día tres consejos de hidratación, uno de relajación y uno de sueño.

    Además te pregunto cada noche, una vez, qué tal estuvo tu cara. Entre las { $start } y las { $end } no envío nada por mi cuenta. Todo esto lo puedes cambiar después.
preset-gentle = 🌱 Suave
preset-daily_four = ⭐ Cuatro al día (propuesta)
preset-desk_day = 💻 Día de oficina
preset-toast = Guardado
all-set = <b>Todo listo.</b> Esto es lo que llega, en tu hora local:
all-set-more =
    Entre las { $start } y las { $end } no envío nada por mi cuenta. Solo tu primer consejo va ahora mismo en camino.
    /settings cambia todo esto, /help muestra qué más sé hacer y /stop lo acaba todo.
started-already = Ya lo tienes todo listo, así que este botón no hace nada más. Puedes cambiarlo todo en /settings.
answer-first = Queda una pregunta antes de que esto funcione. Respóndela más abajo, por favor.
welcome-back = <b>Hola otra vez.</b>
welcome-resumed = <b>Hola otra vez. Tus mensajes están encendidos de nuevo</b>, con los ajustes que tenías.
welcome-on = Esto está encendido:
welcome-none-on = Todos los temas están apagados. Puedes encender alguno en /settings.
next-tip = Tu próximo consejo llega: { $when }.
next-tip-none = Ahora no hay ningún consejo previsto.
paused-until = ⏸ En pausa hasta { $when }. Para seguir antes, envía /settings.
paused-forever = ⏸ En pausa hasta que sigas. Para eso, envía /settings.

## Settings

settings-title = <b>Ajustes</b>
settings-zone = 🌍 Zona horaria: { $place }, allí son las { $time }
settings-quiet = 🌙 Horas de silencio: de { $start } a { $end }
settings-quiet-none = 🌙 Horas de silencio: ninguna
settings-bedtime = 🛏 Hora de dormir: { $time }
settings-sound-on = 🔔 Los mensajes llegan con sonido
settings-sound-off = 🔕 Los mensajes llegan sin sonido
settings-language = 💬 Idioma: { $language }
settings-stopped = ⏹ Has parado todos los mensajes. /start los enciende de nuevo.
open-topics = 🗓 Temas y horas
open-check-in = 📋 Pregunta del día
open-quiet = 🌙 Horas de silencio
open-bedtime = 🛏 Hora de dormir
open-zone = 🌍 Zona horaria
open-language = 💬 Idioma
open-pause = ⏸ Pausa
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
topic-off = Ahora: apagado. Encendido, llegaría así: { $schedule }, { $days }
topic-thinned =
    ➖ Llega { $pace }, porque pediste menos o no tocaste algunos consejos.
topic-quiet = ⚠️ { $times } cae en tus horas de silencio, así que entonces no llega nada.
topic-next = Siguiente: { $when }
switch-on = ✅ Encender
switch-off = ⏹ Apagar
ask-times = 🕑 Escribir horas
every-minutes = cada { $minutes } min
full-pace = ⏩ Ritmo completo
times-question =
    <b>{ $topic }: ¿cuándo debe llegar?</b>
    Ahora: { $schedule }
    Escribe las horas y envíalas, por ejemplo: 9:00, 14:30
window-question =
    <b>{ $topic }: ¿cuándo debe llegar?</b>
    Ahora: { $schedule }
    Escribe horas y envíalas, por ejemplo: 9:00, 14:30
    O escribe desde qué hora hasta qué hora debe llegar cada { $minutes } minutos, por ejemplo: 9:00-17:00
check-in-question =
    <b>¿Cuándo te pregunto cómo fue el día?</b>
    Ahora: { $schedule }
    Escribe una hora y envíala, por ejemplo: 20:00
times-unclear = No he podido leer eso como horas. Envíalas así: 9:00, 14:30. O vuelve con /settings.
time-one = La pregunta del día llega una vez al día. Envía una sola hora, por ejemplo 20:00.
times-many = Son más de { $most } veces al día. Envía menos horas.
times-in-quiet = Una de esas horas cae en tus horas de silencio (de { $start } a { $end }), así que no llegaría nada. Envía otras horas o cambia antes las horas de silencio en /settings.
all-in-quiet = Todas esas horas caen en tus horas de silencio, así que no llegaría nada. Cambia antes las horas de silencio.
keep-a-day = Tiene que quedar al menos un día. Para no recibir consejos de este tema, apágalo.
times-kept = Guardado.
quiet-title =
    <b>Horas de silencio</b>
    Ahora: { $now }
    En esas horas no llega nada. Toca unas, o escribe las tuyas y envíalas, por ejemplo 22:00-08:00. Envía «{ $off }» para no tener.
quiet-now-none = ninguna
quiet-off = no
quiet-off-words = no, ninguna, off, none, -
span = de { $start } a { $end }
quiet-none-button = Sin horas de silencio
quiet-unclear = No he podido leer eso como horas de silencio. Envía un principio y un final, por ejemplo 22:00-08:00, o «{ $off }» para no tener.
quiet-same = El principio y el final son iguales. Envía dos horas distintas, o «{ $off }» para no tener horas de silencio.
quiet-silences = ⚠️ Con estas horas no queda nada de: { $topics }. Puedes cambiar las horas en /settings.
bedtime-title =
    <b>Hora de dormir</b>
    Ahora: { $now }
    El consejo de sueño llega antes. Toca una hora, o escribe una y envíala, por ejemplo 22:30.
bedtime-unclear = No he podido leer eso como una hora. Envía una sola hora, por ejemplo 22:30.
zone-title =
    <b>Zona horaria</b>
    Ahora: { $place }, donde son las { $time }.
    ¿Estás en otro sitio? <b>Toca la hora que marca tu reloj</b>, escribe el nombre de tu ciudad o comparte tu ubicación (el signo 📎, luego Ubicación).
zone-same = Tu zona horaria es { $place }, como antes.
zone-changed = Tu zona horaria es ahora { $place }. Allí son las { $time }, y todas tus horas la siguen.
zone-offer = Ese lugar tiene la zona horaria de { $place }, donde son las { $time }. ¿La uso a partir de ahora?
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
stop-stranger = No recibes mensajes míos y no guardo nada sobre ti. Envía /start para empezar.
help =
    <b>Qué sé hacer</b>

    /twitch anota un espasmo ahora
    /pad trae de nuevo el botón rápido
    /tip envía un consejo ahora
    /relief te guía por algo que puede aliviar
    /diary muestra gráficos, un calendario, tus entradas y qué va junto
    /treatment marca una inyección o un cambio de medicina
    /settings cambia temas, horas, silencio y más, y hace pausas
    /signs muestra cuándo pedir ayuda, primero lo urgente
    /learn tiene textos cortos sobre causas, tipos, desencadenantes y tratamientos
    /privacy dice qué se guarda, dónde y cuánto tiempo
    /export te lo envía todo en un archivo
    /delete_me lo borra todo
    /stop acaba todos los mensajes; /start los enciende de nuevo

    No soy un producto sanitario y no sustituyo a un médico.
privacy =
    <b>Privacidad</b>

    <b>Qué se guarda:</b>
    • tu número y tu idioma de Telegram, tu zona horaria (no tu lugar) y tus ajustes
    • los consejos que se te enviaron y lo que tocaste en ellos
    • cada espasmo y cada día que anotas, con los detalles y las notas que añades
    • las sesiones de /relief que haces y si te ayudaron
    • los días de tratamiento que marcas, con tus notas
    • una pregunta mía que aún no has respondido, hasta que caduca
    • cuándo pediste por última vez una copia de tus datos

    <b>Qué no se guarda:</b> tu nombre, tu teléfono, una ubicación que compartes y otras palabras que me escribes.

    <b>Dónde:</b> en la base de datos de quien lleva este bot, y en ningún otro sitio. El chat lo guarda Telegram según sus propias normas; un chat con un bot no está cifrado de extremo a extremo.

    <b>Quién lo ve:</b> quien lleva este bot puede llegar a la base de datos. El programa no se la pasa a nadie, y en su registro no hay nada de lo que anotas o escribes.

    <b>Cuánto tiempo:</b> los consejos que recibiste y lo que tocaste se van a los { $days } días. Tus ajustes y tus entradas quedan hasta que los borres. Una entrada que retiras también queda, marcada como retirada, para que puedas recuperarla.

    <b>Tu copia:</b> /export te lo envía todo en un archivo, una vez cada diez minutos.

    <b>Cómo irte:</b> /stop acaba todos los mensajes al momento y guarda tus datos. /delete_me los borra todos al momento y para siempre. Si antes se hizo una copia de seguridad, esa copia queda hasta que se tire.

## A copy of all data, and its removal

nothing-kept = No guardo nada sobre ti. Envía /start para empezar.
export-begun = 📦 Estoy reuniendo tus datos. El archivo llega en un momento.
export-caption = Todo lo que guardo sobre ti. Abre primero README.txt.
export-wait = Recibiste tus datos hace un momento. Puedes volver a pedirlos a las { $time }.
export-too-large = Hay más datos de los que Telegram me deja enviar en un archivo. Pídelos a quien lleva este bot.
export-readme =
    Todo lo que este bot guarda sobre ti
    Hecho el { $day } a las { $time } ({ $zone }).

    Un archivo .csv se abre con una hoja de cálculo, y cualquier archivo con un editor de texto. Un archivo .json contiene lo mismo que el .csv que tiene al lado, palabra por palabra. En un archivo .csv, una celda que empieza por uno de los signos = + - @ lleva delante un ', para que la hoja de cálculo no la ejecute como fórmula.

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
holding-deliveries = los consejos y preguntas que se te enviaron y lo que tocaste en ellos
holding-taps = qué pulsación hizo qué entrada, para que ninguna cuente dos veces
holding-question = una pregunta que aún espera tu respuesta
delete-ask =
    <b>¿Borrar todo lo que hay sobre ti?</b>

    <b>Qué se va, al momento y para siempre:</b> tus ajustes y horas, tus entradas con todas sus notas, tus días de tratamiento, la lista de consejos que recibiste y lo que tocaste en ellos, y lo que aún espera enviarse. Después no llega ningún mensaje.

    <b>Qué queda en Telegram:</b> este chat. Un bot no puede quitar mensajes de más de 48 horas. Puedes vaciar el chat tú: abre su menú y toca «Borrar historial» o «Eliminar chat».

    Si quieres antes una copia, envía /export.
    Para seguir, toca el botón; vale hasta las { $time }. Para guardarlo todo, no hagas nada.
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
    • la cara o un brazo se cae o está débil
    • cuesta hablar
    • se pierde la vista
    No esperes a ver si se pasa.
signs-ticked = Has marcado: <b>{ $signs }</b>. Ve pronto al médico, por favor. Si empezó de repente, llama ahora al número de emergencias.
signs-emergency-source = La regla de emergencia de arriba es una norma de seguridad propia del bot. No viene de los artículos.
signs-doctor = 👩‍⚕️ <b>Ve pronto al médico</b> si:
sign-pain = hay dolor
sign-weakness = la cara está débil o se cae
sign-sight = te cambia la vista
sign-weeks = los espasmos duran más de unas semanas
sign-spreads = se extiende a otras partes de la cara
sign-worse = sigue volviendo o empeora
sign-severe = los espasmos son intensos o no se van
sign-line = • { $sign } [{ $marks }]
signs-sources = <b>De dónde viene esto</b>
signs-source = [{ $mark }] «{ $title }», apartado «{ $section }» (archivo { $file })
signs-limits = No puedo decir qué tienes. Si dudas, pregunta a un médico.

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
back-to-shelves = ⬅️ Todos los estantes
back-to-shelf = ⬅️ { $shelf }
card-title = <b>{ $title }</b>
card-sources = <b>De dónde viene esto</b>
card-source = • «{ $title }», apartado «{ $section }» (archivo { $file })
card-claim = { $claim ->
    [practical] Consejo práctico.
    [general] Consejo general de salud. No habla de ti en persona.
   *[medical] Información médica, no un diagnóstico. Pregunta a tu médico por tu caso.
}
card-reviewed = Comparado con sus fuentes por última vez: { $day }

## The diary

diary-empty =
    <b>Tu diario está vacío por ahora.</b>
    Toca el botón cuando tengas un espasmo, o valora el día por la noche. Un día sin espasmos cuenta igual. Tus gráficos empiezan con la primera entrada.
diary-title = Diario, { $period }
diary-period = { $first } a { $last }
diary-nothing = En este tiempo no se anotó nada. Eso no es un cero: no se sabe.
diary-twitches = { $count ->
    [0] Ningún espasmo anotado
    [one] 1 espasmo
   *[other] { $count } espasmos
}
diary-free = Días sin espasmos: { $days }
diary-median = Fuerza media (mediana): { $strength } de 4
diary-worst = La más fuerte: { $strength } de 4
diary-missing = Días sin entradas: { $days } (no se sabe, así que no es cero)
diary-day = { $day }: { $count ->
    [0] ningún espasmo tocado
    [one] 1 espasmo
   *[other] { $count } espasmos
}, el más fuerte { $strength }
diary-day-unrated = { $day }: { $count ->
    [one] 1 espasmo
   *[other] { $count } espasmos
}, sin valorar
diary-day-free = { $day }: ningún espasmo
diary-day-missing = { $day }: sin entradas
diary-week = Desde { $day }: { $count ->
    [one] 1 espasmo
   *[other] { $count } espasmos
}, { $days } de { $all } días con entradas
diary-week-missing = Desde { $day }: sin entradas
diary-hours = Espasmos en la hora desde las:
diary-hour = { $time }: { $count }
diary-place = { $place }: { $list }
diary-side = { $side } { $count }
diary-dates = { $name }: { $list }
chart-counts = Espasmos al día
chart-strengths = Fuerza, de 0 a 4
chart-median = fuerza mediana
chart-worst = la más fuerte
chart-missing = sin entradas
chart-none = ningún espasmo ese día
chart-hours = Espasmos por hora del día
chart-places = Espasmos por zona y lado
chart-no-place = zona sin decir
chart-no-side = lado sin decir
chart-unrated = sin valorar
level-0 = nada
level-1 = leve
level-2 = algo
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
open-together = 🔎 Qué va junto
entries-title = <b>Tus entradas</b>, primero las nuevas, página { $page } de { $pages }. Toca un número para cambiar o borrar una.
entry-line = { $what }
entry-line-rated = { $what }, fuerza { $strength }
entry-line-day = { $day }, el día entero: { $rating }
entry-edit = ✏️ { $number }
page-newer = ⬅️ Más nuevas
page-older = ➡️ Más antiguas
helped-title = <b>Qué ayudó</b>, según marcaste en los últimos 90 días:
helped-line = { $what }: { $count ->
    [one] una vez
   *[other] { $count } veces
}
helped-none = Aún no has marcado qué ayudó. Está en los detalles de cada espasmo, con 💚.
together-title = <b>Qué va junto con los días malos</b>, en los últimos 90 días
together-wait = Los datos todavía no lo dicen. { $days ->
    [one] Falta 1 día más con entradas
   *[other] Faltan { $days } días más con entradas
} para comparar.
together-no-question = Los datos todavía no lo dicen. Necesito al menos 5 días con una cosa y 5 sin ella. Puedes añadir cómo fue el día cuando lo valoras.
together-failed = Ahora mismo no he podido calcularlo. Vuelve a intentarlo en un momento.
together-nothing = <b>Los datos no lo dicen.</b> He mirado cada una de estas cosas, y ninguna diferencia fue mayor que la que puede hacer el azar.
together-strength = • <b>{ $what }</b>: los { $days } días con ello dieron { $mean } de 4 de media, los { $others } días sin ello { $base }.
together-count = • <b>{ $what }</b>: los { $days } días con ello hubo { $mean } espasmos de media, los { $others } días sin ello { $base }.
together-trigger = • <b>{ $what }</b>: los { $days } días en que lo marcaste, los espasmos tuvieron una fuerza media de { $mean }. En otros { $others } días con espasmos fue de { $base }.
gap-more = Es más, entre { $low } y { $high }.
gap-less = Es menos, entre { $low } y { $high }.
together-no-cause = <b>Fueron juntos. Eso no lo hace una causa</b>: puede que ambos vengan de otra cosa. El intervalo muestra lo segura que es la diferencia, y se ha tenido en cuenta todo lo que he mirado.
together-looked = He mirado (días con, días sin): { $list }
together-counts = { $what } ({ $days }, { $others })
factor-sleep = 6 horas de sueño o menos
factor-coffee = 2 cafés o más
factor-screen = 6 horas de pantalla o más
factor-water = poca agua
factor-stress = un día con estrés

## Treatment

treatment-injection = inyección de toxina botulínica
treatment-started = medicina empezada
treatment-changed = medicina cambiada
treatment-stopped = medicina dejada
treatment-surgery = cirugía
treatment-other = otro tratamiento
treatment-intro =
    <b>Tratamiento</b>
    Marca el día de una inyección o de un cambio de medicina. El diario puede mostrar entonces los días desde ese día, junto a la fuerza. Pregunta a tu médico antes de cambiar una medicina.
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
    📅 <b>Escribe el día y envíalo</b>, como { $example } o 14 marzo.
treatment-day-ask-toast = Escribe el día y envíalo
treatment-day-unclear = No he podido leer eso como un día. Envíalo como 2026-03-14 o 14 marzo 2026.
treatment-day-far = Ese día aún no ha llegado, o es de hace demasiado. Envía un día hasta hoy.
treatment-either = El día y el mes podrían estar al revés. ¿Cuál quieres decir?
treatment-title = <b>{ $kind }</b>
treatment-day = { $day } ({ $ago })
treatment-kept = Guardado
treatment-gone-toast = Quitado
treatment-taken-away = Esta marca está quitada. No cuenta en ningún sitio y puedes recuperarla.
treatment-missing = Esa marca ya no está, así que no se ha cambiado nada.
treatment-change-day = 📅 Día
treatment-change-kind = 🏷 Tipo
treatment-which-kind =
    <b>{ $day }</b>
    ¿Qué fue?
treatment-all = ⬅️ Todas las marcas
open-since = 📈 Días desde el tratamiento
open-treatments = 💉 Marcas de tratamiento
since-title = { $kind }, { $day }
since-now = { $days ->
    [0] Fue hoy.
    [one] Fue hace 1 día.
   *[other] Fue hace { $days } días.
}
since-days = días desde entonces
since-strongest = lo más fuerte ese día
since-middle = mediana de la semana
since-few = menos de 4 días conocidos
since-others = otro tratamiento
since-block = Días { $first } a { $last }: mediana { $middle }, lo más fuerte { $strongest } ({ $known } de { $days } días conocidos)
since-block-unknown = Días { $first } a { $last }: no se sabe
since-cut = Solo se muestran los primeros { $days } días.
since-no-cause = Esto pone lo que anotaste junto a los días desde entonces. No dice qué lo causó.
since-no-mark = Aún no hay ninguna marca. Envía /treatment para marcar un día.
since-look-days = Día a día
since-look-cycles = Ciclos
cycles-title = { $kind }: ciclos
cycles-strengths = Fuerza mediana de cada semana, de 0 a 4
cycles-weeks = semana desde entonces
cycles-from = desde { $day }
cycles-legend = Un ciclo va de una marca así a la siguiente. Fuerza mediana, de 0 a 4:
cycles-line = Desde { $day } ({ $days } días): { $list }
cycles-part = semanas { $first } a { $last }: { $middle }
cycles-unknown = no se sabe
cycles-one = Por ahora hay un ciclo. La próxima marca de este tipo empieza otro.
today-words = hoy, today
yesterday-words = ayer, yesterday

## Talk

unknown-words =
    No he entendido eso. Conozco botones y órdenes, pero no sé charlar.
    ¿Has tenido un espasmo? Toca el botón. /help muestra qué más sé hacer.
unknown-command = No conozco la orden { $command }. /help muestra las que conozco.
unknown-kind =
    Solo sé leer texto, y no guardo fotos, voz ni archivos.
    ¿Has tenido un espasmo? Toca el botón. /help muestra qué más sé hacer.
type-it = Escribe tu respuesta como texto, o envía /help para dejar la pregunta.
group-only-private = Hola. Hablo con una persona a la vez, así que solo funciono en chats privados y no guardo nada de este grupo. Escríbeme a @{ $name }.

## Telegram's menu and profile

menu-twitch = Anotar un espasmo ahora
menu-tip = Recibir un consejo ahora
menu-relief = Ser guiado por algo que puede aliviar
menu-diary = Gráficos, calendario y qué va junto
menu-treatment = Marcar una inyección o un cambio de medicina
menu-settings = Temas, horas, silencio, pausa
menu-signs = Cuándo pedir ayuda, primero lo urgente
menu-learn = Causas, tipos, desencadenantes, tratamientos
menu-help = Qué sé hacer
menu-privacy = Qué se guarda y dónde
menu-export = Todos tus datos en un archivo
menu-delete_me = Borrar todos tus datos
menu-stop = Acabar todos los mensajes
bot-description = Consejos cortos a la hora justa para personas con espasmos en la cara, y un registro de un solo toque. No es un producto sanitario. Toca Empezar para ver qué guarda.
bot-short-description = Consejos para una cara con espasmos, y un registro de un toque. No es un producto sanitario.
