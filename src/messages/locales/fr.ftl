### French.
###
### The learner is addressed as « tu », as at school; `.age-adult` says « vous » wherever the value says « tu ». Where an infinitive
### or an impersonal sentence sounds natural, nobody is addressed and no `.age-adult` is needed. No form tells the learner's gender.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 =
    { $count ->
        [one] { $count } réponse juste, et l’exercice n’était pas facile.
       *[other] { $count } réponses justes d’affilée, et les exercices n’étaient pas faciles.
    }
    .age-6-9 = { $count } de suite, même avec des exercices difficiles.
streak-milestone-2 = La réponse est juste du premier coup, { $count } fois de suite.
    .age-6-9 = Trouvé du premier coup, { $count } fois de suite.
streak-milestone-3 = Une série sans faute sur des exercices difficiles : la méthode tient la route.
    .age-6-9 = Ta façon de faire fonctionne.
streak-milestone-4 =
    { $count ->
        [one] { $count } exercice difficile, résolu pas à pas.
       *[other] { $count } exercices difficiles de suite, résolus un par un.
    }
    .age-6-9 = { $count } de suite, un exercice après l’autre.
streak-milestone-5 = La démarche que tu suis fonctionne aussi sur des exercices plus difficiles.
    .age-6-9 = Étape par étape, ça marche aussi quand c’est difficile.
    .age-adult = La démarche que vous suivez fonctionne aussi sur des exercices plus difficiles.
streak-milestone-6 = { $count } fois de suite, le premier essai est le bon. Continue à suivre les mêmes étapes.
    .age-6-9 = { $count } de suite. Continue avec les mêmes étapes.
    .age-adult = { $count } fois de suite, le premier essai est le bon. Continuez à suivre les mêmes étapes.

## Right, without help, on another item after several wrong answers.

comeback-1 = Après un passage difficile, la réponse est juste du premier coup.
    .age-6-9 = C’était difficile, et là, c’est juste.
comeback-2 = Plusieurs essais n’avaient pas marché ; cette fois, sur un nouvel exercice, c’est juste.
    .age-6-9 = Un nouvel exercice, et c’est juste.
comeback-3 = Les derniers exercices étaient difficiles, et celui-ci est résolu : on continue.
    .age-6-9 = Tu as continué, et c’est juste.
comeback-4 = Nouvel exercice, réponse juste : c’est reparti.
    .age-6-9 = C’est de nouveau juste. Continue comme ça.
comeback-5 = Les essais précédents faisaient partie du chemin vers cette réponse.
    .age-6-9 = Tous ces essais ont mené à cette réponse.
comeback-6 = Ça a marché. Repère ce que tu as fait ici et sers-t’en pour l’exercice suivant.
    .age-6-9 = Ça a marché. Fais pareil la prochaine fois.
    .age-adult = Ça a marché. Repérez ce que vous avez fait ici et servez-vous-en pour l’exercice suivant.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Résolu, après plusieurs essais. La persévérance a payé.
    .age-6-9 = Tu as cherché jusqu’au bout : c’est résolu.
persistence-paid-off-2 =
    { $tries ->
        [one] Il a fallu { $tries } essai, et c’était le bon.
       *[other] Il a fallu { $tries } essais, et le dernier était le bon.
    }
    .age-6-9 = L’essai numéro { $tries } était le bon.
persistence-paid-off-3 = Revenir sur l’exercice a servi : il est résolu.
    .age-6-9 = Tu as recommencé, et ça a marché.
persistence-paid-off-4 = Rester sur cet exercice a permis d’en venir à bout.
    .age-6-9 = À force de chercher, tu as trouvé.
persistence-paid-off-5 = Un essai après l’autre, et maintenant l’exercice est résolu.
    .age-6-9 = Essai après essai, et c’est résolu.
persistence-paid-off-6 = La solution ne sautait pas aux yeux, et tu as trouvé le chemin.
    .age-6-9 = C’était difficile, et tu as trouvé le chemin.
    .age-adult = La solution ne sautait pas aux yeux, et vous avez trouvé le chemin.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Trois de suite sur une compétence qui a demandé du travail : on peut s’appuyer dessus.
    .age-6-9 = Trois de suite : une bonne base pour continuer.
mastery-reached-2 = Cette compétence était difficile au début ; maintenant, c’est réussi trois fois de suite.
    .age-6-9 = Avant, c’était difficile. Maintenant, ça marche.
mastery-reached-3 = L’entraînement se voit ici : trois réponses justes de suite sur cette compétence.
    .age-6-9 = Trois réponses justes de suite : s’entraîner, ça aide.
mastery-reached-4 = Le travail sur cette compétence a porté ses fruits : ça tient, exercice après exercice.
    .age-6-9 = Tu as travaillé ça, et maintenant ça se voit.
mastery-reached-5 = D’abord des erreurs, puis trois réponses justes de suite : c’est comme ça qu’on progresse.
    .age-6-9 = Tes erreurs ont servi : maintenant, c’est juste.
mastery-reached-6 = Trois fois juste du premier coup : cette compétence peut maintenant servir à des exercices plus difficiles.
    .age-6-9 = Trois réponses justes. Ça servira pour la suite.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = C’est ta plus longue série de réponses justes jusqu’ici : { $count }.
    .age-6-9 = { $count } de suite : ta plus longue série jusqu’ici.
    .age-adult = C’est votre plus longue série de réponses justes jusqu’ici : { $count }.
personal-best-2 = Nouveau record personnel, construit exercice après exercice.
    .age-6-9 = Nouveau record pour toi, un exercice à la fois.
personal-best-3 = Ta série la plus longue à ce jour : juste du premier coup, { $count } fois de suite.
    .age-6-9 =
        { $count ->
            [one] { $count } bonne réponse.
           *[other] { $count } bonnes réponses, l’une après l’autre.
        }
    .age-adult = Votre série la plus longue à ce jour : juste du premier coup, { $count } fois de suite.
personal-best-4 = Aucune de tes séries n’avait été aussi longue : ta méthode marche.
    .age-6-9 = Tu n’avais jamais fait de série aussi longue.
    .age-adult = Aucune de vos séries n’avait été aussi longue : votre méthode marche.
personal-best-5 = Pas à pas jusqu’à { $count } de suite, plus que dans aucune série précédente.
    .age-6-9 = Pas à pas, jusqu’à { $count } de suite.
personal-best-6 = Ta plus longue série jusqu’ici. Ce que tu fais avant chaque réponse, continue à le faire.
    .age-6-9 = Ta plus longue série. Continue comme ça.
    .age-adult = Votre plus longue série jusqu’ici. Ce que vous faites avant chaque réponse, continuez à le faire.

## Right clearly more often of late than before.

real-improvement-1 = Tes réponses sont plus souvent justes qu’il y a quelque temps.
    .age-6-9 = Tu as plus de réponses justes maintenant.
    .age-adult = Vos réponses sont plus souvent justes qu’il y a quelque temps.
real-improvement-2 = Depuis le début, il y a de plus en plus de réponses justes.
    .age-6-9 = Il y a plus de réponses justes qu’au début.
real-improvement-3 = L’entraînement se voit : davantage de réponses justes du premier coup qu’avant.
    .age-6-9 = Tu trouves plus souvent du premier coup.
real-improvement-4 = Les dernières réponses montrent un vrai progrès par rapport aux précédentes.
    .age-6-9 = C’est un pas de plus par rapport à avant.
real-improvement-5 = Ton travail porte ses fruits : plus d’exercices sont réussis au premier essai.
    .age-6-9 = Ce que tu as travaillé, tu y arrives maintenant.
    .age-adult = Votre travail porte ses fruits : plus d’exercices sont réussis au premier essai.
real-improvement-6 = Quelque chose a changé en mieux dans ta façon de travailler : continue sur cette voie.
    .age-6-9 = Ta nouvelle façon de faire t’aide. Continue.
    .age-adult = Quelque chose a changé en mieux dans votre façon de travailler : continuez sur cette voie.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Ce passage est difficile. Commence par la partie qui te paraît sûre.
    .age-6-9 = Commence par ce que tu sais.
    .age-adult = Ce passage est difficile. Commencez par la partie qui vous paraît sûre.
frustration-rising-2 = Ces exercices sont exigeants. Avancer par étapes plus petites peut aider.
    .age-6-9 = Fais un petit pas à la fois.
frustration-rising-3 = Prendre du recul peut aider : quelle partie est déjà connue ?
    .age-6-9 = Cherche une partie que tu connais.
frustration-rising-4 = Un autre angle pourrait aider ici : partir de ce que donne l’énoncé.
    .age-6-9 = Pars de ce qu’on te dit dans l’exercice.
frustration-rising-5 = Un exercice difficile peut demander plusieurs essais. Au prochain, change un petit détail.
    .age-6-9 = Essaie encore, en changeant une chose.
    .age-adult = Un exercice difficile peut demander plusieurs essais. Au prochain, changez un petit détail.
frustration-rising-6 = Avance lentement sur un seul exercice, en écrivant une étape par ligne.
    .age-6-9 = Écris chaque étape sur une nouvelle ligne.
    .age-adult = Avancez lentement sur un seul exercice, en écrivant une étape par ligne.

## Several wrong answers in a row.

error-run-1 = Les erreurs montrent où regarder. Reviens à l’étape juste avant la réponse.
    .age-6-9 = Regarde l’étape juste avant la réponse.
    .age-adult = Les erreurs montrent où regarder. Revenez à l’étape juste avant la réponse.
error-run-2 = Ces exercices sont délicats. Essaie de dire avec tes mots ce qui est demandé.
    .age-6-9 = Dis d’abord la question avec tes mots.
    .age-adult = Ces exercices sont délicats. Essayez de dire avec vos mots ce qui est demandé.
error-run-3 = Reprends un de ces exercices, ligne par ligne.
    .age-6-9 = Relis un exercice, ligne par ligne.
    .age-adult = Reprenez un de ces exercices, ligne par ligne.
error-run-4 = Fais un exercice lentement, en vérifiant chaque étape au fur et à mesure.
    .age-6-9 = Avance lentement et vérifie chaque étape.
    .age-adult = Faites un exercice lentement, en vérifiant chaque étape au fur et à mesure.
error-run-5 = Cherche ce que les derniers exercices ont en commun, et revois cette partie.
    .age-6-9 = Qu’est-ce qui est pareil dans les derniers exercices ?
    .age-adult = Cherchez ce que les derniers exercices ont en commun, et revoyez cette partie.
error-run-6 = Pense à un cas plus simple du même genre : comment fait-on dans ce cas-là ?
    .age-6-9 = Pense à un exercice pareil, mais plus facile.
    .age-adult = Pensez à un cas plus simple du même genre : comment fait-on dans ce cas-là ?

## Many tries at one skill without getting there.

wheel-spinning-1 = Ici, une autre approche pourrait aider plus qu’un nouvel essai rapide.
    .age-6-9 = Essaie d’une autre façon.
wheel-spinning-2 = Essaie de t’expliquer une étape déjà résolue, puis la suivante.
    .age-6-9 = Raconte-toi comment on fait une étape.
    .age-adult = Essayez de vous expliquer une étape déjà résolue, puis la suivante.
wheel-spinning-3 = Revoir un exercice réussi peut rendre le prochain essai plus facile.
    .age-6-9 = Retourne voir un exercice réussi.
wheel-spinning-4 = C’est le moment d’essayer une autre méthode : dire chaque étape avant de la faire.
    .age-6-9 = Dis chaque étape, puis fais-la.
wheel-spinning-5 = Cherche l’étape qui n’est pas encore claire, et travaille seulement celle-là.
    .age-6-9 = Quelle étape est difficile ? Travaille celle-là.
    .age-adult = Cherchez l’étape qui n’est pas encore claire, et travaillez seulement celle-là.
wheel-spinning-6 = Mets tes deux derniers essais côte à côte et regarde où ils diffèrent.
    .age-6-9 = Mets deux essais côte à côte.
    .age-adult = Mettez vos deux derniers essais côte à côte et regardez où ils diffèrent.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Ces exercices prennent vraiment du temps. Noter les étapes peut rendre la suite plus claire.
    .age-6-9 = Écris tes étapes au fur et à mesure.
slow-struggle-2 = Ce genre d’exercice demande un travail minutieux : cherche l’étape clé.
    .age-6-9 = Trouve l’étape qui est difficile.
    .age-adult = Ce genre d’exercice demande un travail minutieux : cherchez l’étape clé.
slow-struggle-3 = Ici, on peut prendre son temps. Essaie de noter d’abord ce qui est connu.
    .age-6-9 = Prends ton temps. Écris ce que tu sais.
    .age-adult = Ici, on peut prendre son temps. Essayez de noter d’abord ce qui est connu.
slow-struggle-4 = Quand un exercice prend autant de temps, revenir à la question aide souvent.
    .age-6-9 = Lis la question encore une fois.
slow-struggle-5 = Vérifie l’étape la moins sûre avant tout le reste.
    .age-6-9 = Quelle étape te semble la moins sûre ?
    .age-adult = Vérifiez l’étape la moins sûre avant tout le reste.
slow-struggle-6 = Partage l’exercice en deux, et termine d’abord une partie.
    .age-6-9 = Coupe l’exercice en deux. Fais d’abord une partie.
    .age-adult = Partagez l’exercice en deux, et terminez d’abord une partie.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Noter ce qui est donné et ce qui est demandé peut faire apparaître l’étape suivante.
    .age-6-9 = Écris ce que tu sais.
stuck-2 = Si l’étape suivante n’est pas claire, essaie un cas plus simple du même genre.
    .age-6-9 = Essaie d’abord avec un exemple plus simple.
    .age-adult = Si l’étape suivante n’est pas claire, essayez un cas plus simple du même genre.
stuck-3 = Toute étape est un début : on peut en essayer une et voir où elle mène.
    .age-6-9 = N’importe quelle étape est un bon début.
stuck-4 = Relire la question à voix haute peut aider.
    .age-6-9 = Lis la question à voix haute.
stuck-5 = Cache tout sauf la question : que demande-t-elle ?
    .age-6-9 = Que demande la question ?
    .age-adult = Cachez tout sauf la question : que demande-t-elle ?
stuck-6 = Un croquis rapide peut montrer ce que les mots seuls ne montrent pas.
    .age-6-9 = Fais un petit dessin de l’exercice.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Avant le prochain indice, essaie une étape sans aide : cela rend les indices plus utiles.
    .age-6-9 = Essaie une étape avant le prochain indice.
    .age-adult = Avant le prochain indice, essayez une étape sans aide : cela rend les indices plus utiles.
hint-reliance-2 = Relis le dernier indice, puis fais une étape semblable sans le regarder.
    .age-6-9 = Lis l’indice, puis essaie sans le regarder.
    .age-adult = Relisez le dernier indice, puis faites une étape semblable sans le regarder.
hint-reliance-3 = La prochaine fois, essaie la première étape avant d’ouvrir un indice.
    .age-6-9 = Essaie d’abord, puis regarde un indice.
    .age-adult = La prochaine fois, essayez la première étape avant d’ouvrir un indice.
hint-reliance-4 = Repère l’étape que l’indice a résolue, et essaie-la ensuite par toi-même.
    .age-6-9 = Quelle étape l’indice a-t-il faite pour toi ?
    .age-adult = Repérez l’étape que l’indice a résolue, et essayez-la ensuite par vous-même.
hint-reliance-5 = Ferme l’indice et dis avec tes mots ce qu’il a montré.
    .age-6-9 = Ferme l’indice. Qu’est-ce qu’il a montré ?
    .age-adult = Fermez l’indice et dites avec vos mots ce qu’il a montré.
hint-reliance-6 = Un indice aide surtout quand il répond à une question que tu te poses : cherche-la d’abord.
    .age-6-9 = Qu’est-ce que tu cherches dans l’indice ?
    .age-adult = Un indice aide surtout quand il répond à une question que vous vous posez : cherchez-la d’abord.

## Wrong answers too quick to have been read.

rapid-guessing-1 = Prends d’abord un moment pour lire toute la question.
    .age-6-9 = Lis la question jusqu’au bout.
    .age-adult = Prenez d’abord un moment pour lire toute la question.
rapid-guessing-2 = Un peu plus de temps par exercice peut aider à trouver la réponse.
    .age-6-9 = Prends un peu plus de temps pour chaque exercice.
rapid-guessing-3 = Avant de choisir une réponse, essaie de dire pourquoi elle convient.
    .age-6-9 = Avant de choisir, dis pourquoi ça convient.
    .age-adult = Avant de choisir une réponse, essayez de dire pourquoi elle convient.
rapid-guessing-4 = Ici, avancer sans se presser marche bien : lire, réfléchir, puis répondre.
    .age-6-9 = Lis, réfléchis, puis réponds.
rapid-guessing-5 = Avant de répondre, repère les mots qui disent ce qui est demandé.
    .age-6-9 = Trouve les mots qui disent quoi faire.
    .age-adult = Avant de répondre, repérez les mots qui disent ce qui est demandé.
rapid-guessing-6 = Au prochain exercice, essaie de marquer un temps d’arrêt avant la réponse.
    .age-6-9 = Arrête-toi un instant, puis réponds.
    .age-adult = Au prochain exercice, essayez de marquer un temps d’arrêt avant la réponse.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = C’était juste : le raisonnement tient.
    .age-6-9 = C’était juste. Ta façon de faire fonctionne.
low-confidence-success-2 = Juste du premier coup : cette méthode est à garder.
    .age-6-9 = Juste du premier coup. Garde cette façon de faire.
low-confidence-success-3 = Tes étapes ont mené à la bonne réponse. Utilise-les aussi pour l’exercice suivant.
    .age-6-9 = Fais les mêmes étapes pour le prochain exercice.
    .age-adult = Vos étapes ont mené à la bonne réponse. Utilisez-les aussi pour l’exercice suivant.
low-confidence-success-4 = Cette réponse est juste. Remarque ce qui a marché, et réutilise-le.
    .age-6-9 = C’est juste. Qu’as-tu fait ? Refais pareil.
    .age-adult = Cette réponse est juste. Remarquez ce qui a marché, et réutilisez-le.
low-confidence-success-5 = La réponse est juste, et c’est ta propre démarche qui y a mené.
    .age-6-9 = C’est juste, et tu as fait les étapes toi-même.
    .age-adult = La réponse est juste, et c’est votre propre démarche qui y a mené.
low-confidence-success-6 = Ça a marché. Dis en quelques mots comment : cela servira pour l’exercice suivant.
    .age-6-9 = Ça a marché. Comment as-tu fait ?
    .age-adult = Ça a marché. Dites en quelques mots comment : cela servira pour l’exercice suivant.

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Tu travailles depuis un bon moment : une courte pause aide à bien assimiler.
    .age-6-9 = C’est le moment d’une petite pause : ça aide.
    .age-adult = Vous travaillez depuis un bon moment : une courte pause aide à bien assimiler.
long-session-2 = Quelques minutes loin de l’écran peuvent rendre les prochains exercices plus faciles.
    .age-6-9 = Quitte l’écran des yeux un petit moment.
long-session-3 = C’est un bon moment pour s’étirer et reprendre ensuite avec les idées claires.
    .age-6-9 = Lève-toi et étire-toi un peu.
long-session-4 = Quand l’entraînement est long, on retient mieux avec une pause au milieu.
    .age-6-9 = Faire une pause t’aide à retenir.
long-session-5 =
    { $minutes ->
        [one] { $minutes } minute de travail d’affilée : c’est le moment de boire de l’eau et de marcher un peu.
       *[other] { $minutes } minutes de travail d’affilée : c’est le moment de boire de l’eau et de marcher un peu.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minute sans pause. Va boire un peu d’eau.
           *[other] { $minutes } minutes sans pause. Va boire un peu d’eau.
        }
long-session-6 = Si possible, cinq minutes de pause maintenant : le travail peut attendre.
    .age-6-9 = Le travail peut attendre cinq minutes.
