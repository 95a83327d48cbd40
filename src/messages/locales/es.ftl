### Spanish.
###
### Neutral international Spanish. The learner is addressed as tú, adults too (as learning software does), or not at all;
### past events in the simple past, which is right on both sides of the Atlantic. No form shows the learner’s gender.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 =
    { $count ->
        [one] { $count } acierto, y el ejercicio no era fácil.
       *[other] { $count } aciertos seguidos, y los ejercicios no eran fáciles.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } acierto, y era difícil.
           *[other] { $count } aciertos seguidos, también en los difíciles.
        }
streak-milestone-2 =
    { $count ->
        [one] { $count } ejercicio, y salió bien al primer intento.
       *[other] Los últimos { $count } ejercicios salieron bien al primer intento.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } ejercicio bien a la primera.
           *[other] Los últimos { $count } salieron bien a la primera.
        }
streak-milestone-3 = Vas a paso firme en ejercicios difíciles: tu forma de resolverlos funciona.
    .age-6-9 = Tu manera de hacerlos funciona.
streak-milestone-4 =
    { $count ->
        [one] { $count } ejercicio difícil, resuelto paso a paso.
       *[other] { $count } ejercicios difíciles seguidos, resueltos uno por uno.
    }
    .age-6-9 = Uno tras otro, hasta llegar a { $count }.
streak-milestone-5 = Los pasos que sigues sirven también en ejercicios más difíciles.
    .age-6-9 = Tus pasos también sirven en los difíciles.
streak-milestone-6 =
    { $count ->
        [one] { $count } acierto a la primera. Sigue con los pasos que te trajeron hasta aquí.
       *[other] { $count } aciertos seguidos a la primera. Sigue con los pasos que te trajeron hasta aquí.
    }
    .age-6-9 = Una racha de { $count }. Sigue con esos pasos.

## Right, without help, on another item after several wrong answers.

comeback-1 = Después de un tramo difícil, este ejercicio salió bien a la primera.
    .age-6-9 = Los de antes costaron, y este salió bien.
comeback-2 = Esta vez sí: un ejercicio nuevo bien resuelto, después de varios que no salieron.
    .age-6-9 = Uno nuevo, y está bien.
comeback-3 = Los últimos costaron, y este ya está resuelto: sigue adelante.
    .age-6-9 = Seguiste intentándolo, y este está bien.
comeback-4 = Ejercicio nuevo y respuesta correcta: otra vez en marcha.
    .age-6-9 = Otra vez bien. Sigue así.
comeback-5 = Los intentos anteriores fueron parte del camino hasta este acierto.
    .age-6-9 = Todos esos intentos te trajeron hasta aquí.
comeback-6 = Funcionó. Fíjate en lo que hiciste aquí y aplícalo en el siguiente.
    .age-6-9 = Funcionó. Hazlo así otra vez.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Resuelto, después de varios intentos. Insistir valió la pena.
    .age-6-9 = Seguiste con él, y ya está resuelto.
persistence-paid-off-2 =
    { $tries ->
        [one] Hizo falta { $tries } intento, y con ese salió.
       *[other] Hicieron falta { $tries } intentos, y con el último salió.
    }
    .age-6-9 = El intento número { $tries } fue el bueno.
persistence-paid-off-3 = Volver a revisarlo dio resultado: el ejercicio está resuelto.
    .age-6-9 = Volviste a mirarlo, y funcionó.
persistence-paid-off-4 = Este ejercicio salió a base de constancia.
    .age-6-9 = Seguiste probando hasta que salió.
persistence-paid-off-5 = Un intento tras otro, y ahora está resuelto.
    .age-6-9 = Un intento, otro más, y resuelto.
persistence-paid-off-6 = Este no salió enseguida, y encontraste cómo resolverlo.
    .age-6-9 = Era difícil, y encontraste el camino.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Tres ejercicios seguidos bien en algo que costó trabajo: ya sirve de base para avanzar.
    .age-6-9 = Tres seguidos. Ya puedes avanzar desde aquí.
mastery-reached-2 = Esta habilidad costaba al principio, y ahora sale bien: van tres veces seguidas.
    .age-6-9 = Antes costaba. Ahora sale.
mastery-reached-3 = La práctica se nota: tres aciertos seguidos en esta habilidad.
    .age-6-9 = Tres aciertos seguidos: practicar ayuda.
mastery-reached-4 = El trabajo en esta habilidad dio fruto: funciona ejercicio tras ejercicio.
    .age-6-9 = Tu trabajo en esto da resultado.
mastery-reached-5 = Primero unos errores, luego tres aciertos seguidos: así se aprende.
    .age-6-9 = También los errores te trajeron hasta aquí.
mastery-reached-6 = Tres aciertos a la primera: ya puedes usar esta habilidad en cosas más difíciles.
    .age-6-9 = Tres bien. Ahora úsalo para más cosas.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = Es tu racha de aciertos más larga hasta ahora: { $count }.
    .age-6-9 = Tu racha más larga hasta ahora: { $count }.
personal-best-2 = Nueva marca: tu racha más larga, ejercicio a ejercicio.
    .age-6-9 = Tu nuevo récord, de uno en uno.
personal-best-3 =
    { $count ->
        [one] { $count } acierto a la primera: es tu récord hasta ahora.
       *[other] { $count } aciertos a la primera, uno tras otro: es tu récord hasta ahora.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } acierto a la primera.
           *[other] { $count } aciertos, uno tras otro.
        }
personal-best-4 = Ninguna racha tuya había sido tan larga: tu rutina funciona.
    .age-6-9 = Ninguna racha tuya había sido tan larga.
personal-best-5 = Paso a paso hasta { $count }, más que en cualquiera de tus rachas anteriores.
    .age-6-9 = Paso a paso, una racha de { $count }.
personal-best-6 = Tu racha más larga hasta ahora. Lo que haces antes de cada respuesta, sigue haciéndolo.
    .age-6-9 = Tu racha más larga. Sigue haciéndolo así.

## Right clearly more often of late than before.

real-improvement-1 = Ahora aciertas más a menudo que hace un tiempo.
    .age-6-9 = Ahora te salen bien más a menudo.
real-improvement-2 = Desde que empezaste, cada vez hay más aciertos.
    .age-6-9 = Aciertas más que al principio.
real-improvement-3 = Se nota la práctica: más aciertos al primer intento que antes.
    .age-6-9 = Ahora aciertas más a la primera.
real-improvement-4 = Tus últimas respuestas son un claro avance frente a las anteriores.
    .age-6-9 = Con estas respuestas subiste un escalón.
real-improvement-5 = Lo que trabajaste da fruto: más ejercicios salen bien a la primera.
    .age-6-9 = Lo que practicaste ya funciona.
real-improvement-6 = Algo en tu manera de trabajar cambió para bien: sigue por ahí.
    .age-6-9 = Tu nueva forma de hacerlo ayuda. Sigue así.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Este tramo es difícil. Empieza por la parte que tienes clara.
    .age-6-9 = Empieza por la parte que sabes.
frustration-rising-2 = Estos ejercicios exigen mucho. Puede ayudar dar pasos más pequeños, de uno en uno.
    .age-6-9 = Da pasos pequeños, de uno en uno.
frustration-rising-3 = Puede ayudar tomar distancia y buscar la parte que ya conoces.
    .age-6-9 = Busca una parte que ya conozcas.
frustration-rising-4 = Quizá ayude otro enfoque: empieza por lo que te da el enunciado.
    .age-6-9 = Empieza por lo que ya te dicen.
frustration-rising-5 = Un ejercicio difícil puede llevar varios intentos. Cambia un detalle en el próximo.
    .age-6-9 = Prueba otra vez y cambia una cosa.
frustration-rising-6 = Haz un ejercicio sin prisa y escribe cada paso en una línea aparte.
    .age-6-9 = Escribe cada paso en una línea nueva.

## Several wrong answers in a row.

error-run-1 = Los errores muestran dónde mirar. Vuelve al paso anterior a la respuesta.
    .age-6-9 = Mira el paso justo antes de la respuesta.
error-run-2 = Estos tienen su truco. Intenta decir con tus palabras qué se pide.
    .age-6-9 = Primero dilo con tus palabras.
error-run-3 = Vuelve a uno de estos y repásalo línea por línea.
    .age-6-9 = Repasa uno otra vez, línea por línea.
error-run-4 = Haz un ejercicio despacio y comprueba cada paso antes de seguir.
    .age-6-9 = Ve despacio y revisa cada paso.
error-run-5 = Busca qué tienen en común los últimos y repasa esa parte.
    .age-6-9 = ¿Qué se repite en los últimos?
error-run-6 = Piensa en un caso más sencillo del mismo tipo: ¿cómo se hace ahí?
    .age-6-9 = Piensa en uno parecido y más fácil.

## Many tries at one skill without getting there.

wheel-spinning-1 = Aquí puede ayudar más otro camino que otro intento rápido.
    .age-6-9 = Prueba de otra manera.
wheel-spinning-2 = Intenta explicarte un paso ya resuelto, y después el siguiente.
    .age-6-9 = Explica en voz baja cómo se hace un paso.
wheel-spinning-3 = Volver a mirar uno que salió bien puede facilitar el próximo intento.
    .age-6-9 = Mira otra vez uno que salió bien.
wheel-spinning-4 = Es momento de cambiar de método: di cada paso antes de hacerlo.
    .age-6-9 = Di cada paso y después hazlo.
wheel-spinning-5 = Busca el paso que aún no está claro y trabaja solo en ese.
    .age-6-9 = ¿Qué paso cuesta? Trabaja en ese.
wheel-spinning-6 = Pon tus dos últimos intentos uno junto al otro y mira en qué se diferencian.
    .age-6-9 = Pon dos intentos uno al lado del otro.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Estos llevan su tiempo. Escribir los pasos puede aclarar el siguiente.
    .age-6-9 = Ve escribiendo los pasos.
slow-struggle-2 = Este tipo de ejercicio requiere cuidado: busca el paso en el que se complica.
    .age-6-9 = Busca el paso que cuesta.
slow-struggle-3 = Aquí está bien tomarse tiempo. Intenta anotar primero lo que ya se sabe.
    .age-6-9 = Tómate tu tiempo. Escribe lo que sabes.
slow-struggle-4 = Cuando un ejercicio lleva tanto tiempo, volver al enunciado suele ayudar.
    .age-6-9 = Lee la pregunta una vez más.
slow-struggle-5 = Antes que ningún otro, revisa el paso que tienes menos claro.
    .age-6-9 = ¿Qué paso no tienes claro?
slow-struggle-6 = Divide el ejercicio en dos y termina primero una parte.
    .age-6-9 = Divídelo en dos. Primero haz una parte.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Anotar qué te dan y qué te piden puede mostrar el siguiente paso.
    .age-6-9 = Escribe lo que sabes.
stuck-2 = Si el siguiente paso no está claro, prueba con un caso más pequeño del mismo tipo.
    .age-6-9 = Prueba primero con uno más pequeño.
stuck-3 = Cualquier paso sirve para empezar: prueba uno y mira adónde lleva.
    .age-6-9 = Cualquier paso es un buen comienzo.
stuck-4 = Puede ayudar leer el enunciado una vez más, en voz alta.
    .age-6-9 = Lee la pregunta en voz alta.
stuck-5 = Tapa todo menos la pregunta: ¿qué hay que averiguar?
    .age-6-9 = ¿Qué te pide la pregunta?
stuck-6 = Un esquema rápido puede mostrar lo que no se ve solo con palabras.
    .age-6-9 = Haz un dibujo rápido.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Antes de la próxima pista, intenta un paso por tu cuenta: así las pistas ayudan más.
    .age-6-9 = Prueba un paso antes de la próxima pista.
hint-reliance-2 = Lee otra vez la última pista y luego haz un paso parecido sin ella.
    .age-6-9 = Lee la pista y luego prueba sin ella.
hint-reliance-3 = La próxima vez, intenta el primer paso antes de abrir una pista.
    .age-6-9 = Primero prueba y luego mira una pista.
hint-reliance-4 = Mira qué paso resolvió la pista y, la próxima vez, intenta hacerlo tú.
    .age-6-9 = ¿Qué paso hizo la pista por ti?
hint-reliance-5 = Cierra la pista y di con tus palabras qué mostraba.
    .age-6-9 = Cierra la pista. ¿Qué mostraba?
hint-reliance-6 = Las pistas ayudan más si responden a una pregunta tuya: piensa primero cuál es.
    .age-6-9 = ¿Qué quieres que te diga la pista?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Tómate un momento para leer primero el enunciado completo.
    .age-6-9 = Lee la pregunta hasta el final.
rapid-guessing-2 = Con un poco más de tiempo en cada ejercicio, es más fácil dar con la respuesta.
    .age-6-9 = Tómate un poco más de tiempo en cada uno.
rapid-guessing-3 = Antes de elegir una respuesta, intenta decir por qué encaja.
    .age-6-9 = Di por qué encaja antes de elegir.
rapid-guessing-4 = Aquí funciona ir sin prisa: leer, pensar y después responder.
    .age-6-9 = Lee, piensa y después responde.
rapid-guessing-5 = Antes de responder, busca las palabras que dicen qué se pide.
    .age-6-9 = Busca las palabras que dicen qué hacer.
rapid-guessing-6 = En el próximo, haz una breve pausa antes de responder.
    .age-6-9 = Haz una pausa corta y luego responde.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Estaba bien. La forma en que lo resolviste es válida.
    .age-6-9 = Está bien. Tu manera funciona.
low-confidence-success-2 = Bien al primer intento: vale la pena conservar ese método.
    .age-6-9 = Bien a la primera. Sigue haciéndolo así.
low-confidence-success-3 = Tus pasos llevaron a la respuesta correcta. Úsalos también en el siguiente.
    .age-6-9 = Usa los mismos pasos en el siguiente.
low-confidence-success-4 = Esa respuesta es correcta. Fíjate en qué funcionó y vuelve a usarlo.
    .age-6-9 = Bien. ¿Qué hiciste? Hazlo otra vez.
low-confidence-success-5 = La respuesta es correcta y salió de tus propios pasos.
    .age-6-9 = Bien, y con tus propios pasos.
low-confidence-success-6 = Funcionó. Di en pocas palabras cómo lo resolviste, para usarlo en el próximo.
    .age-6-9 = Funcionó. ¿Cómo lo hiciste?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Llevas un buen rato con esto: una pausa corta ayuda a asentar lo practicado.
    .age-6-9 = Ahora te vendrá bien una pausa corta.
long-session-2 = Unos minutos lejos de la pantalla pueden hacer más fáciles los próximos ejercicios.
    .age-6-9 = Deja de mirar la pantalla un ratito.
long-session-3 = Es un buen momento para estirarse y volver con la mente fresca.
    .age-6-9 = Levántate y estírate un poco.
long-session-4 = Cuando se practica mucho rato, lo aprendido se fija mejor con una pausa en medio.
    .age-6-9 = Una pausa ayuda a recordar.
long-session-5 =
    { $minutes ->
        [one] { $minutes } minuto de trabajo: es hora de beber agua y caminar un poco.
       *[other] { $minutes } minutos seguidos de trabajo: es hora de beber agua y caminar un poco.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minuto. Bebe un poco de agua.
           *[other] { $minutes } minutos seguidos. Bebe un poco de agua.
        }
long-session-6 = Si puedes, haz aquí una pausa de cinco minutos: el trabajo puede esperar.
    .age-6-9 = El trabajo puede esperar cinco minutos.
