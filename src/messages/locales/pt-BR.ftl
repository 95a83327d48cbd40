### Brazilian Portuguese.
###
### The learner is addressed as você, adults too (as learning software does), or not at all. No form shows the learner’s gender.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 =
    { $count ->
        [one] { $count } acerto, e o exercício não era fácil.
       *[other] { $count } acertos seguidos, e os exercícios não eram fáceis.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } acerto, e era difícil.
           *[other] { $count } acertos seguidos, também nos difíceis.
        }
streak-milestone-2 =
    { $count ->
        [one] { $count } exercício, e deu certo na primeira tentativa.
       *[other] Os últimos { $count } exercícios deram certo na primeira tentativa.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } exercício certo de primeira.
           *[other] Os últimos { $count } deram certo de primeira.
        }
streak-milestone-3 = Ritmo firme em exercícios difíceis: seu modo de resolver funciona.
    .age-6-9 = Seu jeito de fazer funciona.
streak-milestone-4 =
    { $count ->
        [one] { $count } exercício difícil, resolvido passo a passo.
       *[other] { $count } exercícios difíceis seguidos, resolvidos um a um.
    }
    .age-6-9 = Um depois do outro, até chegar a { $count }.
streak-milestone-5 = Os passos que você segue também servem para exercícios mais difíceis.
    .age-6-9 = Seus passos também servem para os difíceis.
streak-milestone-6 =
    { $count ->
        [one] { $count } acerto de primeira. Continue com os passos que trouxeram você até aqui.
       *[other] { $count } acertos seguidos de primeira. Continue com os passos que trouxeram você até aqui.
    }
    .age-6-9 = Uma sequência de { $count }. Continue com esses passos.

## Right, without help, on another item after several wrong answers.

comeback-1 = Depois de um trecho difícil, este exercício deu certo de primeira.
    .age-6-9 = Os outros foram difíceis, e este deu certo.
comeback-2 = Desta vez, sim: um exercício novo resolvido, depois de vários que não deram certo.
    .age-6-9 = Exercício novo, e está certo.
comeback-3 = Os últimos foram difíceis, e este está resolvido: siga em frente.
    .age-6-9 = Você continuou tentando, e este está certo.
comeback-4 = Exercício novo, resposta certa: de volta ao ritmo.
    .age-6-9 = Certo de novo. Continue assim.
comeback-5 = As tentativas anteriores fizeram parte do caminho até este acerto.
    .age-6-9 = Todas essas tentativas trouxeram você até aqui.
comeback-6 = Funcionou. Veja o que você fez aqui e leve para o próximo.
    .age-6-9 = Funcionou. Faça assim de novo.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Resolvido, depois de várias tentativas. Valeu a pena insistir.
    .age-6-9 = Você insistiu, e agora está resolvido.
persistence-paid-off-2 =
    { $tries ->
        [one] Foi preciso tentar { $tries } vez, e deu certo.
       *[other] Foi preciso tentar { $tries } vezes, e a última deu certo.
    }
    .age-6-9 = A tentativa número { $tries } foi a certa.
persistence-paid-off-3 = Voltar e rever funcionou: o exercício está resolvido.
    .age-6-9 = Você olhou de novo, e funcionou.
persistence-paid-off-4 = Este exercício saiu na base da persistência.
    .age-6-9 = Você continuou tentando até dar certo.
persistence-paid-off-5 = Uma tentativa depois da outra, e agora está resolvido.
    .age-6-9 = Uma tentativa, mais outra, e saiu.
persistence-paid-off-6 = Este não saiu logo de início, e você achou um jeito de resolver.
    .age-6-9 = Era difícil, e você achou o caminho.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Três exercícios certos seguidos em algo que deu trabalho: já serve de base para avançar.
    .age-6-9 = Três seguidos. Já dá para avançar a partir daqui.
mastery-reached-2 = Esta habilidade era difícil no começo, e agora deu certo três vezes seguidas.
    .age-6-9 = Antes era difícil. Agora dá certo.
mastery-reached-3 = O resultado da prática aparece: três acertos seguidos nesta habilidade.
    .age-6-9 = Três acertos seguidos: praticar ajuda.
mastery-reached-4 = O trabalho nesta habilidade deu resultado: ela segue firme, exercício após exercício.
    .age-6-9 = Seu trabalho nisso está dando resultado.
mastery-reached-5 = Primeiro alguns erros, depois três acertos seguidos: é assim que se aprende.
    .age-6-9 = Os erros também trouxeram você até aqui.
mastery-reached-6 = Três acertos de primeira: já dá para usar esta habilidade em coisas mais difíceis.
    .age-6-9 = Três acertos. Agora use isso em mais coisas.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = É a sua maior sequência de acertos até agora: { $count }.
    .age-6-9 = Sua maior sequência até agora: { $count }.
personal-best-2 = Nova marca: sua maior sequência, exercício por exercício.
    .age-6-9 = Seu novo recorde, um exercício por vez.
personal-best-3 =
    { $count ->
        [one] { $count } acerto de primeira: é o seu recorde até agora.
       *[other] { $count } acertos de primeira, um atrás do outro: é o seu recorde até agora.
    }
    .age-6-9 =
        { $count ->
            [one] { $count } acerto de primeira.
           *[other] { $count } acertos, um atrás do outro.
        }
personal-best-4 = Nenhuma sequência sua tinha sido tão longa: sua rotina funciona.
    .age-6-9 = Nenhuma sequência sua foi tão longa antes.
personal-best-5 = Passo a passo até { $count }, mais do que em qualquer outra sequência sua.
    .age-6-9 = Passo a passo, uma sequência de { $count }.
personal-best-6 = Sua maior sequência até agora. O que você faz antes de cada resposta, continue fazendo.
    .age-6-9 = Sua maior sequência. Continue fazendo assim.

## Right clearly more often of late than before.

real-improvement-1 = Agora suas respostas dão certo mais vezes do que há algum tempo.
    .age-6-9 = Agora você acerta mais do que antes.
real-improvement-2 = Desde que você começou, cada vez mais respostas dão certo.
    .age-6-9 = Mais acertos do que no começo.
real-improvement-3 = Dá para notar o efeito da prática: mais acertos na primeira tentativa do que antes.
    .age-6-9 = Agora dá certo de primeira mais vezes.
real-improvement-4 = Suas últimas respostas são um avanço claro em relação às anteriores.
    .age-6-9 = Com estas respostas, você subiu um degrau.
real-improvement-5 = O que você trabalhou está dando frutos: mais exercícios dão certo de primeira.
    .age-6-9 = O que você treinou agora funciona.
real-improvement-6 = Algo no seu jeito de trabalhar mudou para melhor: siga por esse caminho.
    .age-6-9 = Seu jeito novo ajuda. Continue assim.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = Este trecho é difícil. Comece pela parte que está clara para você.
    .age-6-9 = Comece pela parte que você sabe.
frustration-rising-2 = Estes exercícios exigem bastante. Pode ajudar dar passos menores, um de cada vez.
    .age-6-9 = Dê um passo pequeno de cada vez.
frustration-rising-3 = Pode ajudar parar, olhar o todo e procurar a parte que você já conhece.
    .age-6-9 = Procure uma parte que você conhece.
frustration-rising-4 = Talvez outro ângulo ajude aqui: comece pelo que o enunciado informa.
    .age-6-9 = Comece pelo que a pergunta já diz.
frustration-rising-5 = Exercícios difíceis podem levar várias tentativas. Mude um detalhe na próxima.
    .age-6-9 = Tente de novo e mude uma coisa.
frustration-rising-6 = Faça um exercício sem pressa e escreva cada passo em uma linha separada.
    .age-6-9 = Escreva cada passo em uma linha nova.

## Several wrong answers in a row.

error-run-1 = Os erros mostram onde olhar. Volte ao passo anterior à resposta.
    .age-6-9 = Olhe o passo logo antes da resposta.
error-run-2 = Estes não são simples. Tente dizer com suas palavras o que se pede.
    .age-6-9 = Primeiro, diga com suas palavras.
error-run-3 = Escolha um destes e confira de novo, linha por linha.
    .age-6-9 = Veja um de novo, linha por linha.
error-run-4 = Faça um exercício devagar e confira cada passo antes de seguir.
    .age-6-9 = Vá devagar e confira cada passo.
error-run-5 = Procure o que os últimos têm em comum e reveja essa parte.
    .age-6-9 = O que se repete nos últimos?
error-run-6 = Pense em um caso mais simples do mesmo tipo: como ele se resolve?
    .age-6-9 = Pense em um parecido e mais fácil.

## Many tries at one skill without getting there.

wheel-spinning-1 = Aqui, outro caminho pode ajudar mais do que outra tentativa rápida.
    .age-6-9 = Tente de outro jeito.
wheel-spinning-2 = Tente explicar para si um passo já resolvido e, depois, o próximo.
    .age-6-9 = Explique em voz baixa como se faz um passo.
wheel-spinning-3 = Rever um exercício que deu certo pode facilitar a próxima tentativa.
    .age-6-9 = Olhe de novo um que deu certo.
wheel-spinning-4 = Hora de mudar de método: diga cada passo antes de fazer.
    .age-6-9 = Diga cada passo e depois faça.
wheel-spinning-5 = Procure o passo que ainda não está claro e trabalhe só nele.
    .age-6-9 = Qual passo é difícil? Trabalhe nele.
wheel-spinning-6 = Coloque suas duas últimas tentativas lado a lado e veja onde está a diferença.
    .age-6-9 = Ponha duas tentativas lado a lado.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = Estes levam tempo mesmo. Escrever os passos pode deixar o próximo mais claro.
    .age-6-9 = Vá escrevendo os passos.
slow-struggle-2 = Este tipo de exercício pede cuidado: procure o passo em que ele se complica.
    .age-6-9 = Procure o passo difícil.
slow-struggle-3 = Tudo bem levar tempo aqui. Tente anotar primeiro o que já se sabe.
    .age-6-9 = Não precisa correr. Escreva o que você sabe.
slow-struggle-4 = Quando um exercício leva tanto tempo, voltar ao enunciado costuma ajudar.
    .age-6-9 = Leia a pergunta mais uma vez.
slow-struggle-5 = Confira, antes dos outros, o passo que está menos claro para você.
    .age-6-9 = Qual passo não está claro?
slow-struggle-6 = Divida o exercício em duas partes e termine primeiro uma delas.
    .age-6-9 = Divida em dois. Faça primeiro uma parte.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Anotar o que o exercício dá e o que ele pede pode mostrar o próximo passo.
    .age-6-9 = Escreva o que você sabe.
stuck-2 = Se o próximo passo não está claro, tente um caso menor do mesmo tipo.
    .age-6-9 = Tente primeiro com um exercício menor.
stuck-3 = Qualquer passo serve para começar: tente um e veja aonde ele leva.
    .age-6-9 = Qualquer passo é um bom começo.
stuck-4 = Pode ajudar ler o enunciado mais uma vez, em voz alta.
    .age-6-9 = Leia a pergunta em voz alta.
stuck-5 = Cubra tudo menos a pergunta: o que ela quer saber?
    .age-6-9 = O que a pergunta pede?
stuck-6 = Um esboço rápido pode mostrar o que não aparece só com palavras.
    .age-6-9 = Faça um desenho rápido.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Antes da próxima dica, tente um passo por conta própria: assim as dicas ajudam mais.
    .age-6-9 = Tente um passo antes da próxima dica.
hint-reliance-2 = Leia de novo a última dica e depois faça um passo parecido sem ela.
    .age-6-9 = Leia a dica e depois tente sem ela.
hint-reliance-3 = Na próxima vez, tente o primeiro passo antes de abrir uma dica.
    .age-6-9 = Primeiro tente, depois veja uma dica.
hint-reliance-4 = Veja qual passo a dica resolveu e, da próxima vez, tente esse passo sem ela.
    .age-6-9 = Qual passo a dica fez por você?
hint-reliance-5 = Feche a dica e diga com suas palavras o que ela mostrou.
    .age-6-9 = Feche a dica. O que ela mostrou?
hint-reliance-6 = As dicas ajudam mais quando respondem a uma pergunta sua: pense primeiro em qual é.
    .age-6-9 = O que você quer que a dica diga?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Antes de tudo, tire um momento para ler o enunciado inteiro.
    .age-6-9 = Leia a pergunta até o fim.
rapid-guessing-2 = Com um pouco mais de tempo em cada exercício, fica mais fácil chegar à resposta.
    .age-6-9 = Use um pouco mais de tempo em cada um.
rapid-guessing-3 = Antes de escolher uma resposta, tente dizer por que ela serve.
    .age-6-9 = Diga por que serve antes de escolher.
rapid-guessing-4 = Aqui funciona ir sem pressa: ler, pensar e depois responder.
    .age-6-9 = Leia, pense e depois responda.
rapid-guessing-5 = Antes de responder, procure as palavras que dizem o que se pede.
    .age-6-9 = Ache as palavras que dizem o que fazer.
rapid-guessing-6 = No próximo, tente fazer uma pausa curta antes de responder.
    .age-6-9 = Pare um momento e depois responda.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = Estava certo. O modo como você resolveu é válido.
    .age-6-9 = Estava certo. Seu jeito funciona.
low-confidence-success-2 = Certo na primeira tentativa: vale a pena manter esse método.
    .age-6-9 = Certo de primeira. Continue fazendo assim.
low-confidence-success-3 = Seus passos levaram à resposta certa. Use os mesmos no próximo.
    .age-6-9 = Use os mesmos passos no próximo.
low-confidence-success-4 = Essa resposta está certa. Repare no que funcionou e use de novo.
    .age-6-9 = Certo. O que você fez? Faça de novo.
low-confidence-success-5 = A resposta está certa e veio dos seus próprios passos.
    .age-6-9 = Certo, e com os seus próprios passos.
low-confidence-success-6 = Funcionou. Diga em poucas palavras como chegou lá, para usar no próximo.
    .age-6-9 = Funcionou. Como você fez?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = Você já está nisso há um bom tempo: uma pausa curta ajuda a assentar as ideias.
    .age-6-9 = Uma pausa curta vai ajudar agora.
long-session-2 = Alguns minutos longe da tela podem deixar os próximos exercícios mais fáceis.
    .age-6-9 = Tire os olhos da tela por um tempinho.
long-session-3 = É um bom momento para se alongar e voltar com a cabeça fresca.
    .age-6-9 = Levante e se estique um pouco.
long-session-4 = Quando se pratica por muito tempo, o conteúdo se fixa melhor com uma pausa no meio.
    .age-6-9 = Uma pausa ajuda a lembrar.
long-session-5 =
    { $minutes ->
        [one] { $minutes } minuto de trabalho: hora de beber água e caminhar um pouco.
       *[other] { $minutes } minutos seguidos de trabalho: hora de beber água e caminhar um pouco.
    }
    .age-6-9 =
        { $minutes ->
            [one] { $minutes } minuto. Beba um pouco de água.
           *[other] { $minutes } minutos seguidos. Beba um pouco de água.
        }
long-session-6 = Se der, faça aqui uma pausa de cinco minutos: o trabalho pode esperar.
    .age-6-9 = O trabalho pode esperar cinco minutos.
