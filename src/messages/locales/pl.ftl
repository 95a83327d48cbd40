### Polish.
###
### The learner is addressed as "ty", adults too; imperatives and the present tense, no past-tense verb or adjective that shows
### the learner's gender.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 =
    { $count ->
        [one] { $count } poprawne rozwiązanie, a zadanie nie było łatwe.
        [few] { $count } poprawne rozwiązania z rzędu, a zadania nie były łatwe.
        [many] { $count } poprawnych rozwiązań z rzędu, a zadania nie były łatwe.
       *[other] { $count } poprawnego rozwiązania z rzędu, a zadania nie były łatwe.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } zadanie dobrze, i to trudne.
            [few] { $count } zadania z rzędu dobrze, także te trudne.
            [many] { $count } zadań z rzędu dobrze, także te trudne.
           *[other] { $count } zadania z rzędu dobrze, także te trudne.
        }
streak-milestone-2 = Każde z ostatnich { $count } zadań wyszło dobrze już za pierwszym razem.
    .age-6-9 = W ostatnich { $count } zadaniach od razu dobrze.
streak-milestone-3 = Dobra seria w trudnych zadaniach: twój sposób rozwiązywania się sprawdza.
    .age-6-9 = Twój sposób na zadania działa.
streak-milestone-4 = Trudne zadania rozwiązane jedno po drugim: już { $count } z rzędu.
    .age-6-9 = Zadanie po zadaniu: już { $count } z rzędu.
streak-milestone-5 = Te same kroki prowadzą do dobrego wyniku także w trudniejszych zadaniach.
    .age-6-9 = Twoje kroki działają też w trudnych zadaniach.
streak-milestone-6 = Już { $count } razy z rzędu dobrze za pierwszym podejściem. Trzymaj się dalej tych kroków.
    .age-6-9 = Już { $count } z rzędu. Trzymaj się tych kroków.

## Right, without help, on another item after several wrong answers.

comeback-1 = Było trudno, a to zadanie wyszło za pierwszym razem.
    .age-6-9 = Było trudno, a teraz wyszło dobrze.
comeback-2 = Tym razem dobrze: nowe zadanie wyszło po kilku, które się nie udały.
    .age-6-9 = Nowe zadanie i dobra odpowiedź.
comeback-3 = Ostatnie zadania były trudne, a to jest już rozwiązane: pracuj tak dalej.
    .age-6-9 = Próba za próbą, a teraz jest dobrze.
comeback-4 = Nowe zadanie, poprawna odpowiedź: praca znów idzie do przodu.
    .age-6-9 = Znowu dobrze. Tak trzymaj.
comeback-5 = Wcześniejsze próby były częścią drogi do tego rozwiązania.
    .age-6-9 = Wszystkie tamte próby prowadziły właśnie tu.
comeback-6 = To zadziałało. Zobacz, co tu pomogło, i użyj tego w następnym zadaniu.
    .age-6-9 = To zadziałało. Następne zrób tak samo.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Zadanie rozwiązane po kilku próbach. Opłaciło się próbować dalej.
    .age-6-9 = Warto było próbować: zadanie rozwiązane.
persistence-paid-off-2 = Prób było { $tries }, a ostatnia doprowadziła do rozwiązania.
    .age-6-9 = Próba numer { $tries } okazała się dobra.
persistence-paid-off-3 = Powrót do wcześniejszych kroków pomógł: zadanie jest rozwiązane.
    .age-6-9 = Powrót do zadania pomógł: wyszło.
persistence-paid-off-4 = Wytrwała praca doprowadziła to zadanie do końca.
    .age-6-9 = Dużo pracy i zadanie zrobione.
persistence-paid-off-5 = Próba za próbą i zadanie jest już rozwiązane.
    .age-6-9 = Jedna próba, druga, kolejna i zadanie gotowe.
persistence-paid-off-6 = Nie od razu było widać, jak zacząć, ale udało ci się znaleźć drogę do rozwiązania.
    .age-6-9 = Było trudno, ale udało ci się znaleźć sposób.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Trzy razy z rzędu dobrze w czymś, co wymagało pracy: na tym można już budować.
    .age-6-9 = Trzy razy z rzędu dobrze. Można z tym iść dalej.
mastery-reached-2 = Na początku takie zadania były trudne, a teraz wychodzą trzeci raz z rzędu.
    .age-6-9 = Wcześniej było trudno. Teraz wychodzi.
mastery-reached-3 = Widać efekt ćwiczeń: trzy poprawne odpowiedzi z rzędu w zadaniach na tę umiejętność.
    .age-6-9 = Trzy dobre odpowiedzi z rzędu: ćwiczenie pomaga.
mastery-reached-4 = Praca się opłaciła: ta umiejętność sprawdza się w kolejnych zadaniach.
    .age-6-9 = Twoja praca nad tym się opłaca.
mastery-reached-5 = Najpierw kilka błędów, potem trzy razy z rzędu dobrze: tak rozwija się umiejętność.
    .age-6-9 = Próby z błędem też do tego doprowadziły.
mastery-reached-6 = Trzy dobre odpowiedzi za pierwszym razem: tę umiejętność możesz już wykorzystać w trudniejszych zadaniach.
    .age-6-9 = Trzy razy dobrze. Użyj tego w nowych zadaniach.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = To twoja najdłuższa dotąd seria dobrych odpowiedzi: { $count }.
    .age-6-9 = Już { $count } z rzędu: twoja najdłuższa seria.
personal-best-2 = Nowa najdłuższa seria, zbudowana zadanie po zadaniu.
    .age-6-9 = Zadanie po zadaniu i jest nowa najdłuższa seria.
personal-best-3 = Twój nowy rekord: dobrze za pierwszym podejściem już { $count } razy z rzędu.
    .age-6-9 = Już { $count } razy dobrze, jedno po drugim.
personal-best-4 = Żadna twoja wcześniejsza seria nie była tak długa: ten sposób pracy działa.
    .age-6-9 = Tak długiej serii jeszcze u ciebie nie było.
personal-best-5 = Krok po kroku do { $count } z rzędu: to więcej niż w którejkolwiek twojej wcześniejszej serii.
    .age-6-9 = Krok po kroku do { $count } z rzędu.
personal-best-6 = Twoja najdłuższa seria jak dotąd. Rób dalej to, co robisz przed każdą odpowiedzią.
    .age-6-9 = Twoja najdłuższa seria. Rób tak dalej.

## Right clearly more often of late than before.

real-improvement-1 = Teraz więcej twoich odpowiedzi jest poprawnych niż jakiś czas temu.
    .age-6-9 = Teraz więcej odpowiedzi jest dobrych.
real-improvement-2 = Od początku pracy coraz więcej twoich odpowiedzi jest dobrych.
    .age-6-9 = Jest więcej dobrych odpowiedzi niż na początku.
real-improvement-3 = Ćwiczenie przynosi skutek: za pierwszym razem wychodzi więcej niż wcześniej.
    .age-6-9 = Teraz więcej wychodzi za pierwszym razem.
real-improvement-4 = Twoje ostatnie odpowiedzi to wyraźny krok naprzód w porównaniu z wcześniejszymi.
    .age-6-9 = To krok naprzód: idzie lepiej niż przedtem.
real-improvement-5 = Widać efekty tego, co ćwiczysz: coraz więcej zadań wychodzi od razu.
    .age-6-9 = To, co ćwiczysz, teraz wychodzi.
real-improvement-6 = Coś w twoim sposobie pracy zmieniło się na lepsze: zachowaj to.
    .age-6-9 = Twój nowy sposób pomaga. Trzymaj się go.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = To trudniejszy etap. Zacznij od tego, co wiesz na pewno.
    .age-6-9 = Zacznij od tego, co wiesz.
frustration-rising-2 = Te zadania są wymagające. Mogą pomóc mniejsze kroki, jeden po drugim.
    .age-6-9 = Rób po jednym małym kroku.
frustration-rising-3 = Może pomóc spojrzenie z dystansu: poszukaj części, którą już znasz.
    .age-6-9 = Poszukaj części, którą znasz.
frustration-rising-4 = Może tu pomóc inne podejście: zacznij od tego, co jest dane.
    .age-6-9 = Zacznij od tego, co podano w zadaniu.
frustration-rising-5 = Trudne zadania mogą wymagać kilku prób. W następnej zmień jedną drobną rzecz.
    .age-6-9 = Spróbuj jeszcze raz i zmień jedną rzecz.
frustration-rising-6 = Zrób jedno zadanie powoli, a każdy krok zapisz w osobnej linijce.
    .age-6-9 = Każdy krok zapisz w nowej linijce.

## Several wrong answers in a row.

error-run-1 = Błędy pokazują, gdzie szukać. Wróć do kroku tuż przed odpowiedzią.
    .age-6-9 = Sprawdź krok tuż przed odpowiedzią.
error-run-2 = Te zadania mają swoje haczyki. Spróbuj powiedzieć własnymi słowami, o co w nich chodzi.
    .age-6-9 = Najpierw powiedz własnymi słowami, o co chodzi.
error-run-3 = Wróć do jednego z tych zadań i prześledź je linijka po linijce.
    .age-6-9 = Przejrzyj jedno zadanie jeszcze raz, linijka po linijce.
error-run-4 = Zwolnij przy jednym zadaniu i po drodze sprawdzaj każdy krok.
    .age-6-9 = Rób powoli i sprawdzaj każdy krok.
error-run-5 = Poszukaj tego, co łączy kilka ostatnich zadań, i powtórz właśnie tę część.
    .age-6-9 = Co jest takie samo w ostatnich zadaniach?
error-run-6 = Pomyśl o prostszym przykładzie tego samego typu: jak tam wygląda rozwiązanie?
    .age-6-9 = Pomyśl o podobnym, ale łatwiejszym zadaniu.

## Many tries at one skill without getting there.

wheel-spinning-1 = Inna droga może tu pomóc bardziej niż kolejna szybka próba.
    .age-6-9 = Spróbuj innym sposobem.
wheel-spinning-2 = Spróbuj wyjaśnić sobie jeden rozwiązany krok, a potem następny.
    .age-6-9 = Opowiedz sobie, na czym polega jeden krok.
wheel-spinning-3 = Spojrzenie na zadanie, które już wyszło, może ułatwić następną próbę.
    .age-6-9 = Zajrzyj do zadania, które wyszło.
wheel-spinning-4 = Pora na nowe podejście: nazwij każdy krok, zanim go zrobisz.
    .age-6-9 = Najpierw powiedz, co zrobisz, a potem to zrób.
wheel-spinning-5 = Poszukaj tego jednego kroku, który wciąż jest niejasny, i popracuj tylko nad nim.
    .age-6-9 = Który krok jest trudny? Popracuj nad nim.
wheel-spinning-6 = Zestaw ze sobą dwie ostatnie próby i zobacz, gdzie się różnią.
    .age-6-9 = Porównaj ze sobą dwie próby.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Takie zadania wymagają czasu. Gdy zapiszesz kroki, następny może być jaśniejszy.
    .age-6-9 = Zapisuj kroki po kolei.
slow-struggle-2 = Ten typ zadań wymaga uważnej pracy: poszukaj kroku, w którym wszystko się rozstrzyga.
    .age-6-9 = Znajdź krok, który jest trudny.
slow-struggle-3 = Można tu pracować bez pośpiechu. Spróbuj najpierw zapisać to, co wiadomo.
    .age-6-9 = Bez pośpiechu. Zapisz, co wiesz.
slow-struggle-4 = Gdy zadanie zajmuje tyle czasu, często pomaga powrót do treści pytania.
    .age-6-9 = Przeczytaj pytanie jeszcze raz.
slow-struggle-5 = Najpierw sprawdź najmniej pewny krok, a dopiero potem całą resztę.
    .age-6-9 = Który krok jest najmniej pewny?
slow-struggle-6 = Podziel zadanie na dwie części i najpierw skończ jedną.
    .age-6-9 = Podziel zadanie na części. Zrób najpierw jedną.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Zapisz, co jest dane i o co chodzi w pytaniu: to może pokazać następny krok.
    .age-6-9 = Zapisz to, co już wiesz.
stuck-2 = Jeśli następny krok nie jest jasny, spróbuj z mniejszym przykładem tego samego typu.
    .age-6-9 = Spróbuj najpierw z mniejszym przykładem.
stuck-3 = Każdy krok to początek: zrób jeden i zobacz, dokąd prowadzi.
    .age-6-9 = Każdy krok to dobry początek.
stuck-4 = Może pomóc przeczytanie pytania jeszcze raz, na głos.
    .age-6-9 = Przeczytaj pytanie na głos.
stuck-5 = Zasłoń wszystko oprócz pytania: co dokładnie trzeba ustalić?
    .age-6-9 = O co chodzi w tym pytaniu?
stuck-6 = Szybki szkic może pokazać to, czego nie widać w samych słowach.
    .age-6-9 = Narysuj do tego mały obrazek.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Przed następną podpowiedzią spróbuj zrobić jeden własny krok: podpowiedzi dają wtedy więcej.
    .age-6-9 = Przed następną podpowiedzią spróbuj zrobić krok.
hint-reliance-2 = Przeczytaj ostatnią podpowiedź jeszcze raz, a potem zrób podobny krok bez niej.
    .age-6-9 = Przeczytaj podpowiedź i spróbuj bez niej.
hint-reliance-3 = Następnym razem spróbuj zrobić pierwszy krok, zanim otworzysz podpowiedź.
    .age-6-9 = Najpierw spróbuj, potem zajrzyj do podpowiedzi.
hint-reliance-4 = Zobacz, który krok rozwiązała podpowiedź, i następnym razem spróbuj go zrobić samodzielnie.
    .age-6-9 = W którym kroku pomogła podpowiedź?
hint-reliance-5 = Zamknij podpowiedź i powiedz własnymi słowami, co pokazała.
    .age-6-9 = Zamknij podpowiedź. Co w niej było?
hint-reliance-6 = Podpowiedź pomaga najbardziej, gdy odpowiada na twoje pytanie: najpierw je znajdź.
    .age-6-9 = Czego chcesz się dowiedzieć z podpowiedzi?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Daj sobie chwilę i najpierw przeczytaj całe pytanie.
    .age-6-9 = Przeczytaj pytanie do końca.
rapid-guessing-2 = Trochę więcej czasu przy każdym zadaniu daje większą szansę na dobrą odpowiedź.
    .age-6-9 = Poświęć każdemu zadaniu trochę więcej czasu.
rapid-guessing-3 = Zanim wybierzesz odpowiedź, spróbuj powiedzieć, dlaczego pasuje.
    .age-6-9 = Powiedz, dlaczego pasuje, i dopiero wybierz.
rapid-guessing-4 = Tutaj sprawdza się powolne, równe tempo: przeczytaj, pomyśl, potem odpowiedz.
    .age-6-9 = Przeczytaj, pomyśl, odpowiedz.
rapid-guessing-5 = Przed odpowiedzią znajdź słowa, które mówią, o co chodzi w pytaniu.
    .age-6-9 = Znajdź słowa, które mówią, co zrobić.
rapid-guessing-6 = W następnym zadaniu spróbuj się na moment zatrzymać przed odpowiedzią.
    .age-6-9 = Zatrzymaj się na chwilę, potem odpowiedz.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Zgadza się. Twój sposób dojścia do wyniku jest poprawny.
    .age-6-9 = Zgadza się. Twój sposób działa.
low-confidence-success-2 = Dobrze za pierwszym razem: tę metodę warto zachować.
    .age-6-9 = Dobrze od razu. Trzymaj się tego sposobu.
low-confidence-success-3 = Twoje kroki doprowadziły do dobrej odpowiedzi. Użyj ich też w następnym zadaniu.
    .age-6-9 = Te same kroki zrób w następnym zadaniu.
low-confidence-success-4 = Ta odpowiedź jest dobra. Zauważ, co zadziałało, i użyj tego ponownie.
    .age-6-9 = Dobrze. Co pomogło? Zrób to jeszcze raz.
low-confidence-success-5 = Odpowiedź jest poprawna i wynika z twoich własnych kroków.
    .age-6-9 = Dobrze, i to dzięki twoim krokom.
low-confidence-success-6 = To zadziałało. Opisz w kilku słowach drogę do wyniku: przyda się w następnym zadaniu.
    .age-6-9 = To wyszło. Jaki był twój sposób?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Pracujesz już dłuższy czas: krótka przerwa pomaga poukładać wszystko w głowie.
    .age-6-9 = Teraz pomoże krótka przerwa.
long-session-2 = Kilka minut z dala od ekranu może ułatwić następne zadania.
    .age-6-9 = Oderwij na chwilę wzrok od ekranu.
long-session-3 = To dobry moment, żeby się przeciągnąć i wrócić z nowymi siłami.
    .age-6-9 = Wstań i trochę się porozciągaj.
long-session-4 = Z długiej nauki więcej zostaje w pamięci, gdy jest w niej przerwa.
    .age-6-9 = Przerwa pomaga zapamiętać.
long-session-5 =
    { $minutes ->
        [one] { $minutes } minuta pracy bez przerwy: pora na łyk wody i krótki spacer.
        [few] { $minutes } minuty pracy bez przerwy: pora na łyk wody i krótki spacer.
        [many] { $minutes } minut pracy bez przerwy: pora na łyk wody i krótki spacer.
       *[other] { $minutes } minuty pracy bez przerwy: pora na łyk wody i krótki spacer.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minuta bez przerwy. Napij się wody.
            [few] { $minutes } minuty bez przerwy. Napij się wody.
            [many] { $minutes } minut bez przerwy. Napij się wody.
           *[other] { $minutes } minuty bez przerwy. Napij się wody.
        }
long-session-6 = Jeśli możesz, zrób teraz pięć minut przerwy: zadania poczekają.
    .age-6-9 = Zadania mogą poczekać pięć minut.
