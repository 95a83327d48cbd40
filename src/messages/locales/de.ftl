### German.
###
### Learners are addressed with du; most wordings address nobody. Where the value says du (or an imperative of it),
### `.age-adult` says the same in Sie.
###
### One message a wording: `reason-1`, `reason-2` … Its value is for everybody who is ten or older, or whose age is not known;
### `.age-6-9` is for the youngest. `.age-10-13`, `.age-14` and `.age-adult` may stand beside it where a language needs them.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = { $count }-mal in Folge richtig, und leicht waren diese Aufgaben nicht.
    .age-6-9 = { $count }-mal hintereinander richtig, und leicht war das nicht.
streak-milestone-2 = Zuletzt { $count }-mal richtig, jedes Mal beim ersten Versuch.
    .age-6-9 = { $count }-mal war gleich der erste Versuch richtig.
streak-milestone-3 = Eine ganze Reihe schwerer Aufgaben ist gelöst: Der Lösungsweg bewährt sich.
    .age-6-9 = So, wie du es machst, klappt es.
streak-milestone-4 = Aufgabe für Aufgabe gelöst: { $count } schwere in Folge.
    .age-6-9 = Eine Aufgabe nach der anderen: { $count } hintereinander.
streak-milestone-5 = Diese Schritte führen auch bei schwereren Aufgaben zur Lösung.
    .age-6-9 = Deine Schritte helfen auch bei schweren Aufgaben.
streak-milestone-6 = { $count }-mal in Folge auf Anhieb richtig. Bleib bei den Schritten, die dahin geführt haben.
    .age-6-9 = { $count }-mal hintereinander richtig. Bleib bei deinen Schritten.
    .age-adult = { $count }-mal in Folge auf Anhieb richtig. Bleiben Sie bei den Schritten, die dahin geführt haben.

## Right, without help, on another item after several wrong answers.

comeback-1 = Nach einigen schwierigen Aufgaben war diese gleich beim ersten Versuch richtig.
    .age-6-9 = Das war schwer, und diese Aufgabe ist richtig.
comeback-2 = Erst klappte es mehrmals nicht, jetzt stimmt die Antwort bei einer neuen Aufgabe.
    .age-6-9 = Eine neue Aufgabe, und sie ist richtig.
comeback-3 = Die letzten Aufgaben waren schwer, und diese hier ist gelöst: So kann es weitergehen.
    .age-6-9 = Du hast weiterprobiert, und jetzt stimmt es.
comeback-4 = Neue Aufgabe, richtige Antwort: Es läuft wieder.
    .age-6-9 = Wieder richtig. Mach so weiter.
comeback-5 = Auch die Versuche davor waren ein Teil des Weges zu dieser Lösung.
    .age-6-9 = Alle Versuche davor haben hierher geführt.
comeback-6 = Das hat geklappt. Schau, was hier geholfen hat, und nimm es zur nächsten Aufgabe mit.
    .age-6-9 = Das hat geklappt. Mach es wieder so.
    .age-adult = Das hat geklappt. Schauen Sie, was hier geholfen hat, und nehmen Sie es zur nächsten Aufgabe mit.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Gelöst, nach mehreren Versuchen. Das Dranbleiben hat sich gelohnt.
    .age-6-9 = Du bist drangeblieben. Jetzt ist die Aufgabe gelöst.
persistence-paid-off-2 =
    { $tries ->
        [one] Es hat { $tries } Versuch gebraucht, und der hat ans Ziel geführt.
       *[other] Es hat { $tries } Versuche gebraucht, und der letzte hat ans Ziel geführt.
    }
    .age-6-9 = Versuch Nummer { $tries } war richtig.
persistence-paid-off-3 = Alles noch einmal durchzugehen, hat geholfen: Die Aufgabe ist gelöst.
    .age-6-9 = Du hast noch mal geschaut, und es hat geklappt.
persistence-paid-off-4 = Nicht lockergelassen, und die Aufgabe ist geschafft.
    .age-6-9 = Du hast weitergemacht, und es ist geschafft.
persistence-paid-off-5 = Ein Versuch nach dem anderen, und jetzt stimmt die Lösung.
    .age-6-9 = Immer wieder probiert, und jetzt stimmt es.
persistence-paid-off-6 = Der Weg war nicht gleich zu sehen, und du hast ihn gefunden.
    .age-6-9 = Es war schwer, und du hast den Weg gefunden.
    .age-adult = Der Weg war nicht gleich zu sehen, und Sie haben ihn gefunden.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Dreimal in Folge richtig bei etwas, das Arbeit gekostet hat: Darauf lässt sich aufbauen.
    .age-6-9 = Dreimal hintereinander. Darauf kannst du aufbauen.
mastery-reached-2 = Am Anfang war dieses Thema schwer, und jetzt hat es dreimal nacheinander geklappt.
    .age-6-9 = Vorher war es schwer. Jetzt klappt es.
mastery-reached-3 = Hier macht sich das Üben bemerkbar: drei richtige Antworten in Folge bei diesem Thema.
    .age-6-9 = Dreimal hintereinander richtig: Üben hilft.
mastery-reached-4 = Die Arbeit an diesem Thema hat sich gelohnt: Es sitzt, Aufgabe für Aufgabe.
    .age-6-9 = Du hast daran gearbeitet. Das lohnt sich jetzt.
mastery-reached-5 = Erst ein paar Fehler, dann dreimal richtig: So wächst Können.
    .age-6-9 = Auch Versuche mit Fehlern haben hierher geführt.
mastery-reached-6 = Dreimal auf Anhieb richtig: Das lässt sich jetzt auch für Schwereres nutzen.
    .age-6-9 = Dreimal richtig. Damit geht jetzt noch mehr.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = Das ist deine bisher längste Serie richtiger Antworten: { $count }.
    .age-6-9 = { $count } hintereinander, deine längste Reihe bisher.
    .age-adult = Das ist Ihre bisher längste Serie richtiger Antworten: { $count }.
personal-best-2 = Eine neue längste Serie, Aufgabe für Aufgabe aufgebaut.
    .age-6-9 = Eine neue längste Reihe, Aufgabe für Aufgabe.
personal-best-3 = { $count }-mal nacheinander auf Anhieb richtig: So viele waren es bei dir noch nie.
    .age-6-9 = { $count }-mal richtig, eins nach dem anderen.
    .age-adult = { $count }-mal nacheinander auf Anhieb richtig: So viele waren es bei Ihnen noch nie.
personal-best-4 = Noch nie war eine Serie von dir so lang: Deine Routine funktioniert.
    .age-6-9 = So lang war noch keine Reihe von dir.
    .age-adult = Noch nie war eine Serie von Ihnen so lang: Ihre Routine funktioniert.
personal-best-5 = Schritt für Schritt bis { $count } in Folge, mehr als in jeder früheren Serie.
    .age-6-9 = Schritt für Schritt bis { $count } hintereinander.
personal-best-6 = Deine längste Serie bis jetzt. Was du vor jeder Antwort machst: Behalte es bei.
    .age-6-9 = Deine längste Reihe. Mach es weiter so.
    .age-adult = Ihre längste Serie bis jetzt. Was Sie vor jeder Antwort machen: Behalten Sie es bei.

## Right clearly more often of late than before.

real-improvement-1 = Inzwischen sind mehr Antworten richtig als vor einiger Zeit.
    .age-6-9 = Jetzt sind mehr Antworten richtig.
real-improvement-2 = Seit Beginn stimmen immer mehr Antworten.
    .age-6-9 = Jetzt stimmt mehr als am Anfang.
real-improvement-3 = Das Üben zeigt Wirkung: Beim ersten Versuch ist mehr richtig als früher.
    .age-6-9 = Jetzt ist öfter der erste Versuch richtig.
real-improvement-4 = Die letzten Antworten sind ein echter Fortschritt gegenüber den früheren.
    .age-6-9 = Das ist ein Schritt weiter als vorher.
real-improvement-5 = Man sieht, woran du gearbeitet hast: Mehr Aufgaben gelingen auf Anhieb.
    .age-6-9 = Was du geübt hast, klappt jetzt.
    .age-adult = Man sieht, woran Sie gearbeitet haben: Mehr Aufgaben gelingen auf Anhieb.
real-improvement-6 = Etwas an deiner Arbeitsweise ist besser geworden: Behalte das bei.
    .age-6-9 = Dein neuer Weg hilft. Mach so weiter.
    .age-adult = Etwas an Ihrer Arbeitsweise ist besser geworden: Behalten Sie das bei.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Das ist ein schwieriger Abschnitt. Fang mit dem Teil an, der schon klar ist.
    .age-6-9 = Fang mit dem Teil an, den du kannst.
    .age-adult = Das ist ein schwieriger Abschnitt. Fangen Sie mit dem Teil an, der schon klar ist.
frustration-rising-2 = Diese Aufgaben verlangen viel. Kleinere Schritte, einer nach dem anderen, können helfen.
    .age-6-9 = Mach einen kleinen Schritt nach dem anderen.
frustration-rising-3 = Ein Schritt zurück kann helfen: Welcher Teil ist schon bekannt?
    .age-6-9 = Such einen Teil, den du schon kennst.
frustration-rising-4 = Vielleicht hilft hier ein anderer Blickwinkel: Geh von dem aus, was gegeben ist.
    .age-6-9 = Fang mit dem an, was in der Aufgabe steht.
    .age-adult = Vielleicht hilft hier ein anderer Blickwinkel: Gehen Sie von dem aus, was gegeben ist.
frustration-rising-5 = Schwere Aufgaben können mehrere Versuche brauchen. Ändere beim nächsten eine Kleinigkeit.
    .age-6-9 = Versuch es noch einmal und ändere eine Sache.
    .age-adult = Schwere Aufgaben können mehrere Versuche brauchen. Ändern Sie beim nächsten eine Kleinigkeit.
frustration-rising-6 = Geh eine Aufgabe langsam an und schreib jeden Schritt in eine eigene Zeile.
    .age-6-9 = Schreib jeden Schritt in eine neue Zeile.
    .age-adult = Gehen Sie eine Aufgabe langsam an und schreiben Sie jeden Schritt in eine eigene Zeile.

## Several wrong answers in a row.

error-run-1 = Fehler zeigen, wo man hinschauen kann. Geh zurück zu dem Schritt vor der Antwort.
    .age-6-9 = Schau dir den Schritt vor der Antwort an.
    .age-adult = Fehler zeigen, wo man hinschauen kann. Gehen Sie zurück zu dem Schritt vor der Antwort.
error-run-2 = Diese Aufgaben sind knifflig. Sag einmal mit eigenen Worten, was gefragt ist.
    .age-6-9 = Sag zuerst mit eigenen Worten, was gefragt ist.
    .age-adult = Diese Aufgaben sind knifflig. Sagen Sie einmal mit eigenen Worten, was gefragt ist.
error-run-3 = Geh eine dieser Aufgaben noch einmal durch, Zeile für Zeile.
    .age-6-9 = Geh eine Aufgabe noch mal durch, Zeile für Zeile.
    .age-adult = Gehen Sie eine dieser Aufgaben noch einmal durch, Zeile für Zeile.
error-run-4 = Lass dir bei einer Aufgabe Zeit und prüfe unterwegs jeden Schritt.
    .age-6-9 = Mach langsam und prüfe jeden Schritt.
    .age-adult = Lassen Sie sich bei einer Aufgabe Zeit und prüfen Sie unterwegs jeden Schritt.
error-run-5 = Was haben die letzten Aufgaben gemeinsam? Sieh dir diesen Teil noch einmal an.
    .age-6-9 = Was ist bei den letzten Aufgaben gleich?
    .age-adult = Was haben die letzten Aufgaben gemeinsam? Sehen Sie sich diesen Teil noch einmal an.
error-run-6 = Denk an einen einfacheren Fall derselben Art: Wie geht es dort?
    .age-6-9 = Denk an eine ähnliche, leichtere Aufgabe.
    .age-adult = Denken Sie an einen einfacheren Fall derselben Art: Wie geht es dort?

## Many tries at one skill without getting there.

wheel-spinning-1 = Ein anderer Zugang könnte hier mehr bringen als noch ein schneller Versuch.
    .age-6-9 = Versuch es auf eine andere Art.
wheel-spinning-2 = Erklär dir selbst einen gelösten Schritt und dann den nächsten.
    .age-6-9 = Erklär dir selbst, wie ein Schritt geht.
    .age-adult = Erklären Sie sich selbst einen gelösten Schritt und dann den nächsten.
wheel-spinning-3 = Ein Blick zurück auf eine gelöste Aufgabe kann den nächsten Versuch leichter machen.
    .age-6-9 = Schau dir eine Aufgabe an, die geklappt hat.
wheel-spinning-4 = Zeit für einen neuen Ansatz: jeden Schritt erst aussprechen, dann ausführen.
    .age-6-9 = Sag erst den Schritt, dann mach ihn.
wheel-spinning-5 = Such den einen Schritt, der noch unklar ist, und arbeite nur an diesem.
    .age-6-9 = Welcher Schritt ist schwer? Übe nur den.
    .age-adult = Suchen Sie den einen Schritt, der noch unklar ist, und arbeiten Sie nur an diesem.
wheel-spinning-6 = Die letzten beiden Versuche nebeneinander: Wo unterscheiden sie sich?
    .age-6-9 = Leg zwei Versuche nebeneinander.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Solche Aufgaben brauchen Zeit. Die Schritte aufzuschreiben, kann die nächste Aufgabe klarer machen.
    .age-6-9 = Schreib deine Schritte beim Lösen auf.
slow-struggle-2 = Diese Art von Aufgabe verlangt genaues Arbeiten: An welchem Schritt hängt es?
    .age-6-9 = Finde den Schritt, der schwer ist.
slow-struggle-3 = Hier darf es dauern. Schreib zuerst auf, was schon bekannt ist.
    .age-6-9 = Nimm dir Zeit. Schreib auf, was du weißt.
    .age-adult = Hier darf es dauern. Schreiben Sie zuerst auf, was schon bekannt ist.
slow-struggle-4 = Wenn eine Aufgabe so lange dauert, hilft oft ein Blick zurück auf die Frage.
    .age-6-9 = Lies die Frage noch einmal.
slow-struggle-5 = Prüfe vor allem anderen den Schritt, der am wenigsten sicher ist.
    .age-6-9 = Bei welchem Schritt bist du nicht sicher?
    .age-adult = Prüfen Sie vor allem anderen den Schritt, der am wenigsten sicher ist.
slow-struggle-6 = Zerlege die Aufgabe in zwei Teile und mach zuerst einen davon fertig.
    .age-6-9 = Mach zwei Teile daraus. Löse zuerst einen.
    .age-adult = Zerlegen Sie die Aufgabe in zwei Teile und machen Sie zuerst einen davon fertig.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Aufschreiben, was gegeben und was gesucht ist: Das kann den nächsten Schritt zeigen.
    .age-6-9 = Schreib auf, was du weißt.
stuck-2 = Ist der nächste Schritt unklar? Versuch es mit einem kleineren Fall derselben Art.
    .age-6-9 = Probier zuerst eine kleinere Aufgabe.
    .age-adult = Ist der nächste Schritt unklar? Versuchen Sie es mit einem kleineren Fall derselben Art.
stuck-3 = Jeder Schritt ist ein Anfang: Probier einen aus und schau, wohin er führt.
    .age-6-9 = Jeder Schritt ist ein guter Anfang.
    .age-adult = Jeder Schritt ist ein Anfang: Probieren Sie einen aus und schauen Sie, wohin er führt.
stuck-4 = Es kann helfen, die Frage noch einmal laut zu lesen.
    .age-6-9 = Lies dir die Frage laut vor.
stuck-5 = Deck alles bis auf die Frage ab: Was will sie wissen?
    .age-6-9 = Was will die Frage wissen?
    .age-adult = Decken Sie alles bis auf die Frage ab: Was will sie wissen?
stuck-6 = Eine schnelle Skizze kann zeigen, was Worte allein nicht zeigen.
    .age-6-9 = Zeichne schnell ein Bild dazu.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Versuch vor dem nächsten Tipp einen eigenen Schritt: Dann bringen Tipps mehr.
    .age-6-9 = Probier vor dem nächsten Tipp einen Schritt.
    .age-adult = Versuchen Sie vor dem nächsten Tipp einen eigenen Schritt: Dann bringen Tipps mehr.
hint-reliance-2 = Lies den letzten Tipp noch einmal und mach dann einen ähnlichen Schritt ohne ihn.
    .age-6-9 = Lies den Tipp. Versuch es dann ohne ihn.
    .age-adult = Lesen Sie den letzten Tipp noch einmal und machen Sie dann einen ähnlichen Schritt ohne ihn.
hint-reliance-3 = Beim nächsten Mal: erst den Anfang versuchen, dann einen Tipp öffnen.
    .age-6-9 = Erst selbst probieren, dann den Tipp ansehen.
hint-reliance-4 = Welchen Schritt hat der Tipp gelöst? Versuch den als Nächstes selbst.
    .age-6-9 = Welchen Schritt hat der Tipp gemacht?
    .age-adult = Welchen Schritt hat der Tipp gelöst? Versuchen Sie den als Nächstes selbst.
hint-reliance-5 = Schließ den Tipp und sag mit eigenen Worten, was er gezeigt hat.
    .age-6-9 = Mach den Tipp zu. Was hat er gezeigt?
    .age-adult = Schließen Sie den Tipp und sagen Sie mit eigenen Worten, was er gezeigt hat.
hint-reliance-6 = Tipps helfen am meisten, wenn sie auf eine eigene Frage antworten. Welche ist das hier?
    .age-6-9 = Was soll dir der Tipp sagen?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Nimm dir einen Moment und lies erst die ganze Frage.
    .age-6-9 = Lies die Frage bis zum Ende.
    .age-adult = Nehmen Sie sich einen Moment und lesen Sie erst die ganze Frage.
rapid-guessing-2 = Etwas mehr Zeit pro Aufgabe kann helfen, die Antwort zu finden.
    .age-6-9 = Nimm dir für jede Aufgabe etwas mehr Zeit.
rapid-guessing-3 = Sag zuerst, warum eine Antwort passt, bevor du sie wählst.
    .age-6-9 = Sag erst, warum es passt. Wähle dann.
    .age-adult = Sagen Sie zuerst, warum eine Antwort passt, bevor Sie sie wählen.
rapid-guessing-4 = Ein ruhiges Tempo hilft hier: lesen, nachdenken, dann antworten.
    .age-6-9 = Lesen, nachdenken, dann antworten.
rapid-guessing-5 = Such vor der Antwort die Wörter, die sagen, was gefragt ist.
    .age-6-9 = Finde die Wörter, die sagen, was zu tun ist.
    .age-adult = Suchen Sie vor der Antwort die Wörter, die sagen, was gefragt ist.
rapid-guessing-6 = Bei der nächsten Aufgabe: vor der Antwort kurz innehalten.
    .age-6-9 = Warte einen Moment. Antworte dann.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Das war richtig. Der Lösungsweg stimmt.
    .age-6-9 = Das war richtig. Dein Weg funktioniert.
low-confidence-success-2 = Gleich beim ersten Versuch richtig: Es lohnt sich, bei dieser Methode zu bleiben.
    .age-6-9 = Gleich richtig. Bleib bei deinem Weg.
low-confidence-success-3 = Deine Schritte haben zur richtigen Antwort geführt. Nutze sie auch bei der nächsten Aufgabe.
    .age-6-9 = Nimm die gleichen Schritte bei der nächsten Aufgabe.
    .age-adult = Ihre Schritte haben zur richtigen Antwort geführt. Nutzen Sie sie auch bei der nächsten Aufgabe.
low-confidence-success-4 = Die Antwort stimmt. Merk dir, was geholfen hat, und nutze es wieder.
    .age-6-9 = Richtig. Was hast du gemacht? Mach es wieder so.
    .age-adult = Die Antwort stimmt. Merken Sie sich, was geholfen hat, und nutzen Sie es wieder.
low-confidence-success-5 = Die Antwort ist richtig, und die Schritte dahin waren deine eigenen.
    .age-6-9 = Richtig, und mit deinen eigenen Schritten.
    .age-adult = Die Antwort ist richtig, und die Schritte dahin waren Ihre eigenen.
low-confidence-success-6 = Das hat geklappt. Fass für die nächste Aufgabe kurz zusammen, wie der Weg war.
    .age-6-9 = Das hat geklappt. Wie hast du es gemacht?
    .age-adult = Das hat geklappt. Fassen Sie für die nächste Aufgabe kurz zusammen, wie der Weg war.

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Du bist schon eine Weile dabei: Mit einer kurzen Pause setzt sich das Gelernte besser.
    .age-6-9 = Eine kurze Pause hilft jetzt.
    .age-adult = Sie sind schon eine Weile dabei: Mit einer kurzen Pause setzt sich das Gelernte besser.
long-session-2 = Ein paar Minuten weg vom Bildschirm können die nächsten Aufgaben leichter machen.
    .age-6-9 = Schau eine Weile vom Bildschirm weg.
long-session-3 = Jetzt ist ein guter Moment, um sich zu strecken und frisch weiterzumachen.
    .age-6-9 = Steh auf und streck dich ein bisschen.
long-session-4 = Bei langem Üben bleibt mit einer Pause dazwischen mehr hängen.
    .age-6-9 = Eine Pause hilft beim Merken.
long-session-5 =
    { $minutes ->
        [one] Das war { $minutes } Minute Arbeit am Stück: Zeit für etwas Wasser und ein paar Schritte.
       *[other] Das waren { $minutes } Minuten Arbeit am Stück: Zeit für etwas Wasser und ein paar Schritte.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } Minute am Stück. Trink etwas Wasser.
           *[other] { $minutes } Minuten am Stück. Trink etwas Wasser.
        }
long-session-6 = Wenn es geht, hier fünf Minuten unterbrechen: Die Arbeit läuft nicht weg.
    .age-6-9 = Die Arbeit kann fünf Minuten warten.
