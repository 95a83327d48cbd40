### Dutch.
###
### Learners of every age are addressed with je, as learning software in Dutch does for adults too: no `.age-adult` is needed.
###
### One message a wording: `reason-1`, `reason-2` … Its value is for everybody who is ten or older, or whose age is not known;
### `.age-6-9` is for the youngest. `.age-10-13`, `.age-14` and `.age-adult` may stand beside it where a language needs them.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = { $count } keer achter elkaar goed, en makkelijk waren deze opgaven niet.
    .age-6-9 = { $count } keer achter elkaar goed, en het was niet makkelijk.
streak-milestone-2 = De laatste { $count } keer was steeds de eerste poging goed.
    .age-6-9 = De laatste { $count } keer was het meteen goed.
streak-milestone-3 = Een hele reeks moeilijke opgaven is goed: je aanpak blijft werken.
    .age-6-9 = Zoals je het aanpakt, gaat het goed.
streak-milestone-4 = Eén voor één uitgewerkt: { $count } moeilijke op rij.
    .age-6-9 = Eén voor één: { $count } op rij goed.
streak-milestone-5 = De stappen die je zet, werken ook bij moeilijkere opgaven.
    .age-6-9 = Je stappen werken ook als het moeilijk is.
streak-milestone-6 = { $count } keer op rij meteen goed. Houd vast aan de stappen waarmee dat lukte.
    .age-6-9 = { $count } keer op rij goed. Blijf bij deze stappen.

## Right, without help, on another item after several wrong answers.

comeback-1 = Na een paar lastige opgaven was deze bij de eerste poging goed.
    .age-6-9 = Dat was moeilijk, en deze is goed.
comeback-2 = Eerst lukte het een paar keer niet, nu klopt het antwoord bij een nieuwe opgave.
    .age-6-9 = Een nieuwe opgave, en die is goed.
comeback-3 = De vorige opgaven waren moeilijk, en deze is opgelost: ga zo door.
    .age-6-9 = Je bleef proberen, en nu klopt het.
comeback-4 = Nieuwe opgave, goed antwoord: het loopt weer.
    .age-6-9 = Weer goed. Ga zo door.
comeback-5 = Ook de eerdere pogingen hoorden bij de weg naar dit antwoord.
    .age-6-9 = Al die pogingen hielpen je op weg.
comeback-6 = Dat werkte. Kijk wat je hier deed en neem het mee naar de volgende opgave.
    .age-6-9 = Dat werkte. Doe het weer zo.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Opgelost, na een aantal pogingen. Volhouden heeft geloond.
    .age-6-9 = Je hield vol. Nu is het opgelost.
persistence-paid-off-2 =
    { $tries ->
        [one] Er was { $tries } poging nodig, en die was raak.
       *[other] Er waren { $tries } pogingen nodig, en de laatste was raak.
    }
    .age-6-9 = Poging nummer { $tries } was goed.
persistence-paid-off-3 = Alles nog eens nalopen hielp: de opgave is opgelost.
    .age-6-9 = Je keek nog een keer, en het lukte.
persistence-paid-off-4 = Door met deze opgave bezig te blijven, is het gelukt.
    .age-6-9 = Je ging door, en dat werkte.
persistence-paid-off-5 = De ene poging na de andere, en nu klopt het antwoord.
    .age-6-9 = Steeds opnieuw geprobeerd, en nu klopt het.
persistence-paid-off-6 = De weg was niet meteen te zien, en je hebt hem gevonden.
    .age-6-9 = Het was moeilijk, en je vond de weg.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Drie keer op rij goed bij iets wat werk kostte: hierop kun je voortbouwen.
    .age-6-9 = Drie op rij. Hier kun je op bouwen.
mastery-reached-2 = Dit onderdeel was eerst moeilijk, en nu ging het drie keer achter elkaar goed.
    .age-6-9 = Eerst was het moeilijk. Nu lukt het.
mastery-reached-3 = Hier zie je het oefenen terug: drie goede antwoorden op rij bij dit onderdeel.
    .age-6-9 = Drie keer op rij goed: oefenen helpt.
mastery-reached-4 = Het werk aan dit onderdeel loont: het blijft goed gaan, opgave na opgave.
    .age-6-9 = Je hebt hieraan gewerkt, en dat zie je nu.
mastery-reached-5 = Eerst wat fouten, dan drie keer goed: zo groeit een vaardigheid.
    .age-6-9 = Ook de pogingen met fouten hielpen je vooruit.
mastery-reached-6 = Drie keer meteen goed: dit kun je nu ook gebruiken voor moeilijker werk.
    .age-6-9 = Drie keer goed. Nu kun je er meer mee.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = Dit is je langste reeks goede antwoorden tot nu toe: { $count }.
    .age-6-9 = { $count } achter elkaar, je langste reeks tot nu toe.
personal-best-2 = Een nieuwe langste reeks, opgave voor opgave opgebouwd.
    .age-6-9 = Een nieuwe langste reeks, één voor één.
personal-best-3 = Zo vaak achter elkaar lukte het je nog niet eerder: { $count } keer meteen goed.
    .age-6-9 = { $count } goed, de ene na de andere.
personal-best-4 = Geen eerdere reeks van jou was zo lang: je vaste aanpak werkt.
    .age-6-9 = Zo’n lange reeks had je nog nooit.
personal-best-5 = Stap voor stap naar { $count } op rij, meer dan in welke eerdere reeks ook.
    .age-6-9 = Stap voor stap naar { $count } op rij.
personal-best-6 = Je langste reeks tot nu toe. Wat je ook doet vóór elk antwoord, blijf het doen.
    .age-6-9 = Je langste reeks. Blijf het zo doen.

## Right clearly more often of late than before.

real-improvement-1 = Er zijn nu meer antwoorden goed dan een tijd geleden.
    .age-6-9 = Nu zijn er meer antwoorden goed.
real-improvement-2 = Sinds je begon, kloppen er steeds meer antwoorden.
    .age-6-9 = Er klopt nu meer dan in het begin.
real-improvement-3 = Het oefenen is te merken: bij de eerste poging is er meer goed dan voorheen.
    .age-6-9 = Nu is het vaker meteen goed.
real-improvement-4 = Je laatste antwoorden zijn echt een stap vooruit vergeleken met eerder.
    .age-6-9 = Dat is een stap verder dan eerst.
real-improvement-5 = Waar je aan werkte, is nu te zien: meer opgaven lukken meteen.
    .age-6-9 = Wat je oefende, lukt nu.
real-improvement-6 = Er is iets in je manier van werken beter geworden: houd dat vast.
    .age-6-9 = Je nieuwe manier helpt. Ga zo door.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Dit is een lastig stuk. Begin met het deel dat je zeker weet.
    .age-6-9 = Begin met het stukje dat je al weet.
frustration-rising-2 = Deze opgaven vragen veel. Kleinere stappen, één tegelijk, kunnen helpen.
    .age-6-9 = Zet één kleine stap tegelijk.
frustration-rising-3 = Het kan helpen om even afstand te nemen en het deel te zoeken dat je al kent.
    .age-6-9 = Zoek een deel dat je al kent.
frustration-rising-4 = Misschien helpt het om er anders naar te kijken: ga uit van wat gegeven is.
    .age-6-9 = Begin met wat er in de opgave staat.
frustration-rising-5 = Moeilijke opgaven kunnen meerdere pogingen kosten. Verander bij de volgende één klein ding.
    .age-6-9 = Probeer het nog eens en verander één ding.
frustration-rising-6 = Werk één opgave langzaam uit en zet elke stap op een eigen regel.
    .age-6-9 = Schrijf elke stap op een nieuwe regel.

## Several wrong answers in a row.

error-run-1 = Fouten laten zien waar je kunt kijken. Ga terug naar de stap vóór het antwoord.
    .age-6-9 = Kijk naar de stap vóór het antwoord.
error-run-2 = Deze opgaven zijn lastig. Zeg eens in je eigen woorden wat er gevraagd wordt.
    .age-6-9 = Zeg de vraag eerst in je eigen woorden.
error-run-3 = Loop een van deze opgaven nog eens na, regel voor regel.
    .age-6-9 = Bekijk één opgave opnieuw, regel voor regel.
error-run-4 = Neem voor één opgave de tijd en controleer onderweg elke stap.
    .age-6-9 = Doe het langzaam en kijk elke stap na.
error-run-5 = Zoek wat de laatste opgaven gemeen hebben en neem dat deel nog eens door.
    .age-6-9 = Wat is hetzelfde bij de laatste opgaven?
error-run-6 = Denk aan een eenvoudiger geval van dezelfde soort: hoe gaat het daar?
    .age-6-9 = Denk aan een makkelijke opgave die erop lijkt.

## Many tries at one skill without getting there.

wheel-spinning-1 = Een andere weg helpt hier misschien meer dan nog een snelle poging.
    .age-6-9 = Probeer het op een andere manier.
wheel-spinning-2 = Leg jezelf één opgeloste stap uit, en dan de volgende.
    .age-6-9 = Vertel jezelf hoe één stap gaat.
wheel-spinning-3 = Terugkijken naar een opgave die lukte, kan de volgende poging makkelijker maken.
    .age-6-9 = Kijk nog eens naar een opgave die lukte.
wheel-spinning-4 = Tijd voor een nieuwe aanpak: zeg elke stap voordat je die zet.
    .age-6-9 = Zeg elke stap en doe die dan.
wheel-spinning-5 = Zoek die ene stap die nog onduidelijk is en werk alleen daaraan.
    .age-6-9 = Welke stap is moeilijk? Oefen alleen die.
wheel-spinning-6 = Leg je laatste twee pogingen naast elkaar en kijk waar ze verschillen.
    .age-6-9 = Leg twee pogingen naast elkaar.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Zulke opgaven kosten echt tijd. De stappen opschrijven kan de volgende opgave duidelijker maken.
    .age-6-9 = Schrijf je stappen op terwijl je werkt.
slow-struggle-2 = Dit soort opgaven vraagt precies werk: zoek de stap waar het om draait.
    .age-6-9 = Zoek de stap die moeilijk is.
slow-struggle-3 = Het mag hier even duren. Schrijf eerst eens op wat er bekend is.
    .age-6-9 = Neem de tijd. Schrijf op wat je weet.
slow-struggle-4 = Als een opgave zo lang duurt, helpt het vaak om terug te gaan naar de vraag.
    .age-6-9 = Lees de vraag nog een keer.
slow-struggle-5 = Controleer vóór al het andere de stap waar je het minst zeker van bent.
    .age-6-9 = Welke stap weet je niet zeker?
slow-struggle-6 = Splits de opgave in tweeën en maak eerst één deel af.
    .age-6-9 = Maak er twee delen van. Doe er eerst één.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Opschrijven wat gegeven is en wat gevraagd wordt, kan de volgende stap laten zien.
    .age-6-9 = Schrijf op wat je weet.
stuck-2 = Is de volgende stap niet duidelijk? Probeer een kleiner geval van dezelfde soort.
    .age-6-9 = Probeer eerst een kleinere opgave.
stuck-3 = Elke stap is een begin: probeer er een en kijk waar je uitkomt.
    .age-6-9 = Elke stap is een goed begin.
stuck-4 = Het kan helpen om de vraag nog eens te lezen, nu hardop.
    .age-6-9 = Lees de vraag hardop.
stuck-5 = Dek alles af behalve de vraag: wat wil die weten?
    .age-6-9 = Wat wil de vraag weten?
stuck-6 = Een snelle schets kan laten zien wat in woorden niet te zien is.
    .age-6-9 = Maak er een kleine tekening bij.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Probeer vóór de volgende hint zelf één stap: dan heb je meer aan hints.
    .age-6-9 = Probeer één stap vóór de volgende hint.
hint-reliance-2 = Lees de laatste hint nog eens en zet dan zonder hint een stap die erop lijkt.
    .age-6-9 = Lees de hint en probeer het dan zonder.
hint-reliance-3 = Probeer de volgende keer de eerste stap voordat je een hint opent.
    .age-6-9 = Probeer het eerst. Kijk dan naar een hint.
hint-reliance-4 = Kijk welke stap de hint oploste en probeer die hierna zelf.
    .age-6-9 = Welke stap deed de hint voor je?
hint-reliance-5 = Sluit de hint en zeg in je eigen woorden wat die liet zien.
    .age-6-9 = Doe de hint dicht. Wat liet die zien?
hint-reliance-6 = Hints helpen het meest als ze antwoord geven op een vraag van jou: zoek die eerst.
    .age-6-9 = Wat wil je van de hint weten?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Neem even de tijd om eerst de hele vraag te lezen.
    .age-6-9 = Lees de vraag tot het einde.
rapid-guessing-2 = Iets meer tijd per opgave kan helpen om het antwoord te vinden.
    .age-6-9 = Neem voor elke opgave iets meer tijd.
rapid-guessing-3 = Probeer te zeggen waarom een antwoord past voordat je het kiest.
    .age-6-9 = Zeg waarom het past en kies dan.
rapid-guessing-4 = Een rustig tempo werkt hier: lezen, nadenken, dan antwoorden.
    .age-6-9 = Lees, denk na en antwoord dan.
rapid-guessing-5 = Zoek eerst de woorden die zeggen wat er gevraagd wordt, en antwoord daarna.
    .age-6-9 = Zoek de woorden die zeggen wat je moet doen.
rapid-guessing-6 = Stop bij de volgende opgave even vlak voor het antwoord.
    .age-6-9 = Wacht heel even en antwoord dan.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Dat was goed. De manier waarop je het uitwerkte, klopt.
    .age-6-9 = Dat was goed. Jouw manier werkt.
low-confidence-success-2 = Bij de eerste poging goed: deze methode kun je blijven gebruiken.
    .age-6-9 = Meteen goed. Blijf het zo doen.
low-confidence-success-3 = Je stappen leidden tot het goede antwoord. Gebruik ze ook bij de volgende opgave.
    .age-6-9 = Doe dezelfde stappen bij de volgende opgave.
low-confidence-success-4 = Dit antwoord is goed. Onthoud wat werkte en gebruik het opnieuw.
    .age-6-9 = Goed. Wat deed je? Doe dat nog eens.
low-confidence-success-5 = Het antwoord klopt, en de stappen ernaartoe waren van jou.
    .age-6-9 = Goed, en met je eigen stappen.
low-confidence-success-6 = Dat is gelukt. Zeg in een paar woorden hoe je erop kwam, voor de volgende opgave.
    .age-6-9 = Dat is gelukt. Hoe deed je het?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Je bent al een tijdje bezig: een korte pauze helpt om alles te laten bezinken.
    .age-6-9 = Een korte pauze helpt nu.
long-session-2 = Een paar minuten weg van het scherm kunnen de volgende opgaven makkelijker maken.
    .age-6-9 = Kijk even niet naar het scherm.
long-session-3 = Dit is een goed moment om je uit te rekken en fris terug te komen.
    .age-6-9 = Sta op en rek je even uit.
long-session-4 = Bij lang oefenen blijft er met een pauze ertussen meer hangen.
    .age-6-9 = Een pauze helpt je bij het onthouden.
long-session-5 =
    { $minutes ->
        [one] Dat was { $minutes } minuut werk achter elkaar: tijd voor wat water en een korte wandeling.
       *[other] Dat waren { $minutes } minuten werk achter elkaar: tijd voor wat water en een korte wandeling.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minuut achter elkaar. Drink wat water.
           *[other] { $minutes } minuten achter elkaar. Drink wat water.
        }
long-session-6 = Stop hier vijf minuten als het kan: het werk loopt niet weg.
    .age-6-9 = Het werk kan vijf minuten wachten.
