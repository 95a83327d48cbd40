### Italian.
###
### The learner is addressed as “tu”, as at school and in learning software for adults too, so there is no `.age-adult`. No form
### tells the learner's gender.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 =
    { $count ->
        [one] { $count } risposta giusta, e l’esercizio non era facile.
       *[other] { $count } risposte giuste di fila, e non erano esercizi facili.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } esercizio giusto, ed era difficile.
           *[other] { $count } esercizi giusti di fila, anche difficili.
        }
streak-milestone-2 =
    { $count ->
        [one] In { $count } esercizio la risposta era giusta già al primo tentativo.
       *[other] Negli ultimi { $count } esercizi la risposta era giusta già al primo tentativo.
    }
    .age-6-9 =
        { $count ->
            [one] Giusto al primo colpo, { $count } volta.
           *[other] Giusto al primo colpo, { $count } volte di fila.
        }
streak-milestone-3 = Con gli esercizi difficili vai avanti con costanza: il tuo modo di risolverli funziona.
    .age-6-9 = Il modo in cui li risolvi funziona.
streak-milestone-4 =
    { $count ->
        [one] { $count } esercizio difficile, risolto passo per passo.
       *[other] { $count } esercizi difficili di fila, risolti uno per uno.
    }
    .age-6-9 = { $count } di fila, uno alla volta.
streak-milestone-5 = I passaggi che usi funzionano anche con esercizi più difficili.
    .age-6-9 = I tuoi passaggi funzionano anche con quelli difficili.
streak-milestone-6 =
    { $count ->
        [one] { $count } risposta giusta al primo tentativo. Continua con i passaggi usati fin qui.
       *[other] { $count } risposte giuste di fila al primo tentativo. Continua con i passaggi usati fin qui.
    }
    .age-6-9 = { $count } di fila. Continua con gli stessi passaggi.

## Right, without help, on another item after several wrong answers.

comeback-1 = Dopo un tratto difficile, questa risposta è giusta al primo tentativo.
    .age-6-9 = Gli altri erano difficili, e questo è giusto.
comeback-2 = Questa volta è giusto: un esercizio nuovo, dopo diversi che non erano riusciti.
    .age-6-9 = Un esercizio nuovo, ed è giusto.
comeback-3 = Gli ultimi esercizi erano difficili, e questo è risolto: avanti così.
    .age-6-9 = Hai continuato a provare, e questo è giusto.
comeback-4 = Nuovo esercizio, risposta giusta: si riparte.
    .age-6-9 = Di nuovo giusto. Continua così.
comeback-5 = I tentativi di prima facevano parte della strada verso questa risposta.
    .age-6-9 = Tutti quei tentativi hanno portato fin qui.
comeback-6 = Ha funzionato. Guarda che cosa hai fatto qui e rifallo nel prossimo esercizio.
    .age-6-9 = Ha funzionato. Fai ancora così.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Risolto, dopo diversi tentativi. Insistere è servito.
    .age-6-9 = Hai continuato a provare. Ora è risolto.
persistence-paid-off-2 =
    { $tries ->
        [one] C’è voluto { $tries } tentativo, ed era quello giusto.
       *[other] Ci sono voluti { $tries } tentativi, e l’ultimo era quello giusto.
    }
    .age-6-9 = Il tentativo numero { $tries } era quello giusto.
persistence-paid-off-3 = Tornarci sopra ha funzionato: l’esercizio è risolto.
    .age-6-9 = Hai ripreso l’esercizio, e ha funzionato.
persistence-paid-off-4 = Continuare a lavorare su questo esercizio ha portato alla soluzione.
    .age-6-9 = A forza di provare, ce l’hai fatta.
persistence-paid-off-5 = Un tentativo dopo l’altro, e ora l’esercizio è risolto.
    .age-6-9 = Prova dopo prova, e ora è risolto.
persistence-paid-off-6 = La strada non si vedeva subito, e l’hai trovata.
    .age-6-9 = Era difficile, e hai trovato la strada.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Tre esercizi giusti di fila su qualcosa che ha richiesto lavoro: ora è una base per proseguire.
    .age-6-9 = Tre di fila. Ora puoi andare avanti da qui.
mastery-reached-2 = All’inizio questa abilità era difficile, e ora sono riusciti tre esercizi di fila.
    .age-6-9 = Prima era difficile. Adesso ti riesce.
mastery-reached-3 = L’allenamento qui si vede: tre risposte giuste di fila su questa abilità.
    .age-6-9 = Tre giuste di fila: esercitarsi serve.
mastery-reached-4 = Il lavoro su questa abilità ha dato i suoi frutti: funziona, esercizio dopo esercizio.
    .age-6-9 = Hai lavorato su questo, e si vede.
mastery-reached-5 = Prima alcuni errori, poi tre risposte giuste di fila: è così che si impara.
    .age-6-9 = Anche gli errori sono serviti per arrivare qui.
mastery-reached-6 = Tre risposte giuste al primo tentativo: ora puoi usare questa abilità per cose più difficili.
    .age-6-9 = Tre giuste. Ora usa quello che sai per altre cose.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = È la tua serie più lunga di risposte giuste finora: { $count }.
    .age-6-9 = { $count } di fila, la tua serie più lunga finora.
personal-best-2 = Un nuovo record personale, costruito un esercizio alla volta.
    .age-6-9 = Nuovo record, un esercizio dopo l’altro.
personal-best-3 =
    { $count ->
        [one] Il tuo record finora: { $count } risposta giusta al primo tentativo.
       *[other] Il tuo record finora: { $count } risposte giuste al primo tentativo, una dopo l’altra.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } risposta giusta.
           *[other] { $count } risposte giuste, una dopo l’altra.
        }
personal-best-4 = Nessuna tua serie era mai stata così lunga: il tuo metodo funziona.
    .age-6-9 = Non avevi mai fatto una serie così lunga.
personal-best-5 = Passo dopo passo fino a { $count } di fila, più che in qualsiasi tua serie precedente.
    .age-6-9 = Passo dopo passo, fino a { $count } di fila.
personal-best-6 = La tua serie più lunga finora. Quello che fai prima di ogni risposta, continua a farlo.
    .age-6-9 = La tua serie più lunga. Continua a fare così.

## Right clearly more often of late than before.

real-improvement-1 = Le tue risposte sono giuste più spesso rispetto a qualche tempo fa.
    .age-6-9 = Adesso le risposte sono giuste più spesso.
real-improvement-2 = Dall’inizio a oggi, le risposte giuste sono sempre di più.
    .age-6-9 = Più risposte giuste che all’inizio.
real-improvement-3 = L’allenamento si vede: più risposte giuste al primo tentativo rispetto a prima.
    .age-6-9 = Adesso più esercizi riescono al primo colpo.
real-improvement-4 = Le tue ultime risposte sono un vero passo avanti rispetto a quelle di prima.
    .age-6-9 = È un passo avanti rispetto a prima.
real-improvement-5 = Quello su cui hai lavorato dà i suoi frutti: più esercizi riescono al primo colpo.
    .age-6-9 = Quello su cui hai lavorato ora funziona.
real-improvement-6 = Qualcosa nel tuo modo di lavorare è cambiato in meglio: continua così.
    .age-6-9 = Il tuo nuovo metodo aiuta. Continua così.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Questo è un tratto difficile. Comincia dalla parte che ti è chiara.
    .age-6-9 = Comincia da quello che sai.
frustration-rising-2 = Questi esercizi sono impegnativi. Può aiutare procedere a piccoli passi, uno alla volta.
    .age-6-9 = Fai un piccolo passo alla volta.
frustration-rising-3 = Può aiutare fare un passo indietro e cercare la parte che già conosci.
    .age-6-9 = Cerca una parte che conosci.
frustration-rising-4 = Qui potrebbe servire un altro punto di vista: parti dai dati dell’esercizio.
    .age-6-9 = Parti da quello che dice il testo.
frustration-rising-5 = Gli esercizi difficili possono richiedere più tentativi. Nel prossimo cambia una piccola cosa.
    .age-6-9 = Riprova, cambiando una cosa sola.
frustration-rising-6 = Fai un esercizio lentamente, e scrivi ogni passaggio su una riga a sé.
    .age-6-9 = Scrivi ogni passaggio su una riga nuova.

## Several wrong answers in a row.

error-run-1 = Gli errori mostrano dove guardare. Torna al passaggio prima della risposta.
    .age-6-9 = Guarda il passaggio prima della risposta.
error-run-2 = Questi esercizi sono insidiosi. Prova a dire con parole tue che cosa si chiede.
    .age-6-9 = Prima dillo con parole tue.
error-run-3 = Riguarda uno di questi esercizi, riga per riga.
    .age-6-9 = Riguardane uno, riga per riga.
error-run-4 = Svolgi un esercizio senza fretta, controllando ogni passaggio man mano.
    .age-6-9 = Vai piano e controlla ogni passaggio.
error-run-5 = Cerca che cosa hanno in comune gli ultimi esercizi, e rivedi quella parte.
    .age-6-9 = Che cosa c’è di uguale negli ultimi?
error-run-6 = Pensa a un caso più semplice dello stesso tipo: lì come si fa?
    .age-6-9 = Pensa a un esercizio simile, ma più facile.

## Many tries at one skill without getting there.

wheel-spinning-1 = Qui un’altra strada potrebbe aiutare più di un altro tentativo veloce.
    .age-6-9 = Prova in un altro modo.
wheel-spinning-2 = Prova a spiegare con parole tue un passaggio già risolto, poi quello dopo.
    .age-6-9 = Spiega a bassa voce come si fa un passaggio.
wheel-spinning-3 = Riguardare un esercizio riuscito può rendere più facile il prossimo tentativo.
    .age-6-9 = Riguarda un esercizio che è riuscito.
wheel-spinning-4 = È il momento di cambiare metodo: di’ ogni passaggio prima di farlo.
    .age-6-9 = Prima dici il passaggio, poi lo fai.
wheel-spinning-5 = Cerca il passaggio ancora poco chiaro, e lavora solo su quello.
    .age-6-9 = Quale passaggio è difficile? Lavora su quello.
wheel-spinning-6 = Metti gli ultimi due tentativi uno accanto all’altro e guarda in che cosa sono diversi.
    .age-6-9 = Metti due tentativi uno accanto all’altro.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Questi esercizi richiedono davvero tempo. Scrivere i passaggi può rendere più chiaro il prossimo.
    .age-6-9 = Scrivi i passaggi mentre li fai.
slow-struggle-2 = Questo tipo di esercizio richiede cura: cerca il punto in cui si complica.
    .age-6-9 = Trova il passaggio difficile.
slow-struggle-3 = Qui va bene prendersi tempo. Prova a scrivere prima quello che si sa già.
    .age-6-9 = Prenditi il tempo che serve. Scrivi quello che sai.
slow-struggle-4 = Quando un esercizio richiede così tanto tempo, spesso aiuta tornare alla domanda.
    .age-6-9 = Leggi la domanda ancora una volta.
slow-struggle-5 = Controlla prima di tutto il passaggio che ti è meno chiaro.
    .age-6-9 = Quale passaggio non ti è chiaro?
slow-struggle-6 = Dividi l’esercizio in due, e completa prima una parte.
    .age-6-9 = Dividilo in due. Fai prima una parte.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Scrivere quali sono i dati e che cosa si chiede può mostrare il passaggio successivo.
    .age-6-9 = Scrivi quello che sai.
stuck-2 = Se il passaggio successivo non è chiaro, prova un caso più piccolo dello stesso tipo.
    .age-6-9 = Prova prima con un esempio più piccolo.
stuck-3 = Qualsiasi passo è un inizio: provane uno e guarda dove porta.
    .age-6-9 = Ogni passo è un buon inizio.
stuck-4 = Può aiutare leggere la domanda ancora una volta, ad alta voce.
    .age-6-9 = Leggi la domanda ad alta voce.
stuck-5 = Copri tutto tranne la domanda: che cosa vuole sapere?
    .age-6-9 = Che cosa chiede la domanda?
stuck-6 = Uno schizzo veloce può mostrare quello che le parole da sole non mostrano.
    .age-6-9 = Fai un disegno veloce dell’esercizio.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Prima del prossimo suggerimento prova un passaggio per conto tuo: così i suggerimenti servono di più.
    .age-6-9 = Prova un passaggio prima del prossimo suggerimento.
hint-reliance-2 = Rileggi l’ultimo suggerimento, poi fai un passaggio simile senza guardarlo.
    .age-6-9 = Leggi il suggerimento, poi prova senza.
hint-reliance-3 = La prossima volta prova il primo passaggio prima di aprire un suggerimento.
    .age-6-9 = Prima prova, poi guarda un suggerimento.
hint-reliance-4 = Guarda quale passaggio è venuto dal suggerimento, e poi prova a farlo tu.
    .age-6-9 = Quale passaggio ha fatto per te il suggerimento?
hint-reliance-5 = Chiudi il suggerimento, e di’ con parole tue che cosa ha mostrato.
    .age-6-9 = Chiudi il suggerimento. Che cosa mostrava?
hint-reliance-6 = I suggerimenti aiutano di più quando rispondono a una tua domanda: prima cerca quella.
    .age-6-9 = Che cosa vuoi sapere dal suggerimento?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Prenditi prima un momento per leggere tutta la domanda.
    .age-6-9 = Leggi la domanda fino in fondo.
rapid-guessing-2 = Con un po’ più di tempo per ogni esercizio è più facile arrivare alla risposta.
    .age-6-9 = Prenditi un po’ più di tempo per ognuno.
rapid-guessing-3 = Prima di scegliere una risposta, prova a dire perché va bene.
    .age-6-9 = Prima di scegliere, di’ perché va bene.
rapid-guessing-4 = Qui funziona andare senza fretta: leggi, pensa, poi rispondi.
    .age-6-9 = Leggi, pensa, poi rispondi.
rapid-guessing-5 = Prima di rispondere, trova le parole che dicono che cosa si chiede.
    .age-6-9 = Trova le parole che dicono che cosa fare.
rapid-guessing-6 = Nel prossimo esercizio prova a fermarti un attimo prima della risposta.
    .age-6-9 = Fermati un momento, poi rispondi.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Era giusto. Il modo in cui hai risolto l’esercizio è valido.
    .age-6-9 = Era giusto. Il tuo modo funziona.
low-confidence-success-2 = Giusto al primo tentativo: vale la pena mantenere questo metodo.
    .age-6-9 = Giusto al primo colpo. Continua a fare così.
low-confidence-success-3 = I tuoi passaggi hanno portato alla risposta giusta. Usali anche nel prossimo esercizio.
    .age-6-9 = Usa gli stessi passaggi nel prossimo.
low-confidence-success-4 = Questa risposta è giusta. Nota che cosa ha funzionato, e usalo ancora.
    .age-6-9 = Giusto. Che cosa hai fatto? Fai ancora così.
low-confidence-success-5 = La risposta è giusta, e viene proprio dai tuoi passaggi.
    .age-6-9 = Giusto, e con i tuoi passaggi.
low-confidence-success-6 = Ha funzionato. Di’ in poche parole come hai fatto: servirà per il prossimo.
    .age-6-9 = Ha funzionato. Come hai fatto?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Stai lavorando da un po’: una breve pausa aiuta a sistemare le idee.
    .age-6-9 = Una piccola pausa ora ti aiuta.
long-session-2 = Qualche minuto lontano dallo schermo può rendere più facili i prossimi esercizi.
    .age-6-9 = Stacca gli occhi dallo schermo per un po’.
long-session-3 = È un buon momento per sgranchirsi e ripartire a mente fresca.
    .age-6-9 = Alzati e stiracchiati un po’.
long-session-4 = Quando ci si esercita a lungo, una pausa in mezzo aiuta a ricordare di più.
    .age-6-9 = Una pausa ti aiuta a ricordare.
long-session-5 =
    { $minutes ->
        [one] { $minutes } minuto di lavoro di fila: è ora di bere un po’ d’acqua e fare due passi.
       *[other] { $minutes } minuti di lavoro di fila: è ora di bere un po’ d’acqua e fare due passi.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minuto di fila. Bevi un po’ d’acqua.
           *[other] { $minutes } minuti di fila. Bevi un po’ d’acqua.
        }
long-session-6 = Se puoi, fermati qui per cinque minuti: il lavoro può aspettare.
    .age-6-9 = Il lavoro può aspettare cinque minuti.
