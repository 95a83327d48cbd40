### Korean. Polite 해요체 with -(으)세요 and -아/어 봐요; nobody is addressed by a pronoun, so adults need no wording of their own.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = { $count }문제를 연달아 맞혔어요. 쉽지 않은 문제들이었어요.
    .age-6-9 = { $count }문제를 쭉 맞혔어요. 어려운 문제도 있었어요.
streak-milestone-2 = 최근 { $count }문제를 모두 첫 시도에 맞혔어요.
    .age-6-9 = 방금 푼 { $count }문제를 모두 한 번에 맞혔어요.
streak-milestone-3 = 어려운 문제에서도 정답이 꾸준히 이어지고 있어요. 지금의 풀이 방법이 잘 통하고 있어요.
    .age-6-9 = 지금 푸는 방법이 잘 통해요.
streak-milestone-4 = 어려운 문제 { $count }개를 하나하나 풀어서 연속으로 맞혔어요.
    .age-6-9 = 하나씩 풀어서 { $count }문제를 연달아 맞혔어요.
streak-milestone-5 = 지금 쓰는 풀이 순서가 더 어려운 문제에도 잘 들어맞고 있어요.
    .age-6-9 = 지금 푸는 순서가 어려운 문제에도 통해요.
streak-milestone-6 = 첫 시도 정답이 { $count }번 연속이에요. 지금까지의 풀이 과정을 그대로 이어 가 보세요.
    .age-6-9 = { $count }문제 연속으로 맞혔어요. 지금 순서대로 계속해요.

## Right, without help, on another item after several wrong answers.

comeback-1 = 어려운 문제가 이어진 뒤, 이번 문제는 첫 시도에 맞혔어요.
    .age-6-9 = 어려운 문제들이었는데, 이번에는 맞혔어요.
comeback-2 = 잘 풀리지 않은 문제가 몇 개 있었지만, 새로운 문제에서 정답이 나왔어요.
    .age-6-9 = 새 문제를 맞혔어요.
comeback-3 = 앞의 몇 문제는 까다로웠는데, 이 문제는 풀렸어요. 이대로 계속해 보세요.
    .age-6-9 = 계속해 보니 이번에는 정답이에요.
comeback-4 = 다른 문제를 맞혔어요. 다시 흐름을 찾았어요.
    .age-6-9 = 다시 정답이에요. 이렇게 계속해요.
comeback-5 = 앞에서 해 본 시도들도 이 답으로 오는 길의 일부였어요.
    .age-6-9 = 앞에서 해 본 것들이 여기까지 이어졌어요.
comeback-6 = 이번 방법이 통했어요. 어떻게 풀었는지 살펴보고 다음 문제에도 써 보세요.
    .age-6-9 = 이 방법이 통했어요. 다음에도 이렇게 해 봐요.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = 여러 번 시도해서 풀었어요. 끈기 있게 계속한 것이 통했어요.
    .age-6-9 = 끝까지 해서 이제 풀었어요.
persistence-paid-off-2 = { $tries }번 시도했고, 마지막 시도에서 답을 찾았어요.
    .age-6-9 = { $tries }번째에 정답이 나왔어요.
persistence-paid-off-3 = 다시 살펴본 것이 효과가 있었어요. 문제가 풀렸어요.
    .age-6-9 = 돌아가서 다시 보니 풀렸어요.
persistence-paid-off-4 = 이 문제를 놓지 않고 계속 풀어서 끝냈어요.
    .age-6-9 = 계속해 보니 문제가 풀렸어요.
persistence-paid-off-5 = 한 번, 또 한 번 시도해서 이제 답이 나왔어요.
    .age-6-9 = 하고 또 해서 문제를 풀었어요.
persistence-paid-off-6 = 바로 실마리가 보이는 문제가 아니었는데, 푸는 길을 찾았어요.
    .age-6-9 = 어려운 문제였는데 푸는 길을 찾았어요.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = 공을 들인 내용에서 세 문제를 연달아 맞혔어요. 이제 다음 학습의 바탕으로 삼을 수 있어요.
    .age-6-9 = 세 문제를 연달아 맞혔어요. 이걸로 더 배울 수 있어요.
mastery-reached-2 = 처음에는 어려웠던 유형인데, 이제 세 번 연속으로 풀렸어요.
    .age-6-9 = 전에는 어려웠는데 이제는 풀려요.
mastery-reached-3 = 연습한 효과가 보여요. 이 유형에서 3문제 연속 정답이에요.
    .age-6-9 = 세 문제 연속 정답이에요. 연습이 도움이 됐어요.
mastery-reached-4 = 이 내용에 들인 노력이 결실을 맺었어요. 문제가 바뀌어도 풀려요.
    .age-6-9 = 그동안 공부해서 이제 잘 풀려요.
mastery-reached-5 = 처음엔 몇 번 틀렸고, 그다음에는 세 번 연달아 맞혔어요. 실력은 이렇게 자라요.
    .age-6-9 = 몇 번 틀려 본 것도 도움이 됐어요.
mastery-reached-6 = 세 문제를 모두 첫 시도에 맞혔어요. 이제 배운 것을 더 어려운 문제에 쓸 수 있어요.
    .age-6-9 = 세 문제를 맞혔어요. 배운 것을 다른 데에도 써 봐요.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = { $count }문제 연속 정답은 지금까지 가장 긴 기록이에요.
    .age-6-9 = { $count }문제 연속 정답이에요. 지금까지 가장 길어요.
personal-best-2 = 한 문제씩 쌓아서 연속 정답 기록을 새로 세웠어요.
    .age-6-9 = 하나씩 풀어서 가장 긴 기록이 나왔어요.
personal-best-3 = 첫 시도 정답이 { $count }번 이어졌어요. 지금까지 자신의 기록 중에서 제일 길어요.
    .age-6-9 = { $count }문제를 하나씩 연달아 맞혔어요.
personal-best-4 = 전에는 이렇게 길게 이어진 적이 없었어요. 평소에 푸는 방식이 잘 통하고 있어요.
    .age-6-9 = 이렇게 길게 이어진 건 처음이에요.
personal-best-5 = 한 걸음씩 나아가 { $count }문제 연속 정답이 됐어요. 자신의 이전 기록 어느 것보다 많아요.
    .age-6-9 = 한 걸음씩 와서 { $count }개까지 이어졌어요.
personal-best-6 = 지금까지 중에서 연속 정답이 가장 길게 이어졌어요. 답하기 전에 하던 것을 앞으로도 그대로 해 보세요.
    .age-6-9 = 가장 길게 이어졌어요. 지금처럼 계속해요.

## Right clearly more often of late than before.

real-improvement-1 = 얼마 전보다 정답이 늘었어요.
    .age-6-9 = 정답이 전보다 많아졌어요.
real-improvement-2 = 처음 시작했을 때부터 정답이 점점 많아지고 있어요.
    .age-6-9 = 처음보다 더 많이 맞히고 있어요.
real-improvement-3 = 연습한 효과가 나타나요. 첫 시도에 맞히는 문제가 전보다 많아졌어요.
    .age-6-9 = 한 번에 맞히는 문제가 늘었어요.
real-improvement-4 = 최근에 낸 답들은 예전보다 확실히 한 걸음 나아갔어요.
    .age-6-9 = 전보다 한 걸음 나아갔어요.
real-improvement-5 = 공들여 익힌 것이 드러나고 있어요. 한 번에 풀리는 문제가 늘어났어요.
    .age-6-9 = 연습한 것이 이제 잘돼요.
real-improvement-6 = 푸는 방식에 좋은 변화가 생겼어요. 그대로 이어 가 보세요.
    .age-6-9 = 새로운 방법이 도움이 돼요. 계속해 봐요.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = 어려운 구간이에요. 확실히 아는 부분부터 시작해 보세요.
    .age-6-9 = 아는 부분부터 시작해 봐요.
frustration-rising-2 = 만만치 않은 문제들이에요. 더 작은 단계로 나누어 하나씩 하면 도움이 될 수 있어요.
    .age-6-9 = 조금씩, 한 단계씩 해 봐요.
frustration-rising-3 = 한 걸음 물러나서 이미 아는 부분을 찾아보는 것도 방법이에요.
    .age-6-9 = 이미 아는 것이 있나 찾아봐요.
frustration-rising-4 = 여기서는 다른 각도로 보는 것이 도움이 될 수 있어요. 주어진 것에서 출발해 보세요.
    .age-6-9 = 문제에 나온 것부터 시작해 봐요.
frustration-rising-5 = 어려운 문제는 여러 번 시도해야 할 수도 있어요. 다음에는 작은 것 하나만 바꿔 보세요.
    .age-6-9 = 하나만 바꿔서 다시 해 봐요.
frustration-rising-6 = 한 문제를 천천히 풀면서 단계마다 줄을 바꿔 써 보세요.
    .age-6-9 = 한 단계마다 새 줄에 써 봐요.

## Several wrong answers in a row.

error-run-1 = 틀린 곳은 어디를 봐야 할지 알려 줘요. 답을 내기 바로 전 단계로 돌아가 보세요.
    .age-6-9 = 답 바로 앞의 단계를 다시 봐요.
error-run-2 = 까다로운 문제들이에요. 무엇을 묻는지 자기 말로 설명해 보세요.
    .age-6-9 = 먼저 문제를 자기 말로 말해 봐요.
error-run-3 = 방금 푼 문제 중 하나를 골라 한 줄씩 다시 짚어 보세요.
    .age-6-9 = 한 문제를 골라 한 줄씩 다시 봐요.
error-run-4 = 한 문제를 천천히 풀면서 단계마다 확인해 보세요.
    .age-6-9 = 천천히 하면서 한 단계씩 확인해요.
error-run-5 = 최근 몇 문제의 공통점을 찾아서 그 부분을 다시 살펴보세요.
    .age-6-9 = 앞의 문제들에서 서로 비슷한 점은 무엇일까요?
error-run-6 = 같은 종류의 더 간단한 문제를 떠올려 보세요. 그 문제는 어떻게 풀까요?
    .age-6-9 = 비슷하지만 더 쉬운 문제를 생각해 봐요.

## Many tries at one skill without getting there.

wheel-spinning-1 = 여기서는 곧바로 한 번 더 하는 것보다 다른 쪽에서 접근하는 것이 나을 수 있어요.
    .age-6-9 = 다른 방법으로 해 봐요.
wheel-spinning-2 = 풀린 단계 하나를 스스로에게 설명하고, 이어서 다음 단계도 설명해 보세요.
    .age-6-9 = 한 단계를 어떻게 하는지 혼잣말로 설명해 봐요.
wheel-spinning-3 = 잘 풀린 문제를 돌아보면 다음 시도가 쉬워질 수 있어요.
    .age-6-9 = 전에 잘 풀린 문제를 다시 봐요.
wheel-spinning-4 = 방법을 바꿔 볼 때예요. 단계마다 무엇을 할지 먼저 말하고 해 보세요.
    .age-6-9 = 할 것을 먼저 말하고, 그다음에 해 봐요.
wheel-spinning-5 = 아직 분명하지 않은 단계 하나를 찾아 그 부분만 연습해 보세요.
    .age-6-9 = 어느 단계가 어려운가요? 그것만 해 봐요.
wheel-spinning-6 = 마지막 두 번의 풀이를 나란히 놓고 어디가 다른지 보세요.
    .age-6-9 = 두 풀이를 나란히 놓고 봐요.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = 시간이 꽤 걸리는 문제들이에요. 단계를 적어 두면 다음 단계가 더 분명해질 수 있어요.
    .age-6-9 = 한 단계씩 쓰면서 해 봐요.
slow-struggle-2 = 꼼꼼하게 풀어야 하는 문제예요. 풀이가 갈리는 단계를 찾아보세요.
    .age-6-9 = 어려운 단계를 찾아봐요.
slow-struggle-3 = 여기서는 시간을 들여도 괜찮아요. 먼저 아는 것을 적어 보세요.
    .age-6-9 = 천천히 해도 돼요. 아는 것을 써 봐요.
slow-struggle-4 = 푸는 데 오래 걸리는 문제는 질문을 다시 읽어 보면 도움이 될 때가 많아요.
    .age-6-9 = 문제를 한 번 더 읽어 봐요.
slow-struggle-5 = 가장 확실하지 않은 단계를 다른 것보다 먼저 확인해 보세요.
    .age-6-9 = 확실하지 않은 단계는 어디인가요?
slow-struggle-6 = 문제를 둘로 나누고, 먼저 한쪽을 끝내 보세요.
    .age-6-9 = 둘로 나눠서 한쪽부터 해 봐요.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = 주어진 것과 묻는 것을 적어 보면 다음 단계가 보일 수 있어요.
    .age-6-9 = 아는 것을 적어 봐요.
stuck-2 = 다음 단계가 분명하지 않으면 같은 종류의 더 작은 예를 먼저 풀어 보세요.
    .age-6-9 = 먼저 더 작은 문제로 해 봐요.
stuck-3 = 어떤 단계든 시작이 돼요. 하나를 해 보고 어디로 이어지는지 보세요.
    .age-6-9 = 어디서든 시작하면 돼요.
stuck-4 = 문제를 한 번 더 소리 내어 읽으면 도움이 될 수 있어요.
    .age-6-9 = 문제를 소리 내어 읽어 봐요.
stuck-5 = 묻는 부분만 남기고 나머지를 가려 보세요. 무엇을 묻고 있나요?
    .age-6-9 = 이 문제는 무엇을 묻나요?
stuck-6 = 간단히 그림을 그려 보면 글만으로는 안 보이던 것이 보일 수 있어요.
    .age-6-9 = 간단하게 그림으로 그려 봐요.

## An answer taken from a hint, after other hints.

hint-reliance-1 = 다음 힌트를 보기 전에 한 단계를 직접 해 보세요. 그러면 힌트가 더 도움이 돼요.
    .age-6-9 = 다음 힌트를 보기 전에 한 단계만 해 봐요.
hint-reliance-2 = 마지막 힌트를 다시 읽고, 비슷한 단계를 힌트 없이 해 보세요.
    .age-6-9 = 힌트를 읽고, 이번에는 안 보고 해 봐요.
hint-reliance-3 = 다음번에는 힌트를 열기 전에 첫 단계를 먼저 해 보세요.
    .age-6-9 = 먼저 해 보고, 그다음에 힌트를 봐요.
hint-reliance-4 = 힌트가 어느 단계를 풀어 주었는지 보고, 다음에는 그 단계를 직접 해 보세요.
    .age-6-9 = 힌트가 어느 단계를 해 주었나요?
hint-reliance-5 = 힌트를 닫고, 무엇을 알려 주었는지 자기 말로 이야기해 보세요.
    .age-6-9 = 힌트를 닫아요. 무엇을 알려 줬나요?
hint-reliance-6 = 힌트는 궁금한 것에 답해 줄 때 가장 도움이 돼요. 무엇이 궁금한지 먼저 찾아보세요.
    .age-6-9 = 힌트에서 무엇을 알고 싶나요?

## Wrong answers too quick to have been read.

rapid-guessing-1 = 잠깐 시간을 내어 문제를 먼저 끝까지 읽어 보세요.
    .age-6-9 = 문제를 끝까지 읽어 봐요.
rapid-guessing-2 = 문제마다 시간을 조금 더 들이면 답에 더 가까워질 수 있어요.
    .age-6-9 = 문제마다 조금 더 시간을 써 봐요.
rapid-guessing-3 = 답을 고르기 전에 왜 그 답이 맞는지 말해 보세요.
    .age-6-9 = 고르기 전에 왜 맞는지 말해 봐요.
rapid-guessing-4 = 여기서는 천천히, 차근차근 하는 것이 통해요. 읽고, 생각하고, 그런 다음 답해 보세요.
    .age-6-9 = 읽고, 생각하고, 그다음에 답해요.
rapid-guessing-5 = 답하기 전에 무엇을 묻는지 알려 주는 말을 찾아보세요.
    .age-6-9 = 무엇을 하라는지 알려 주는 말을 찾아봐요.
rapid-guessing-6 = 다음 문제에서는 답하기 전에 잠깐 멈춰 보세요.
    .age-6-9 = 잠깐 멈췄다가 답해 봐요.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = 정답이에요. 그렇게 푸는 것이 맞아요.
    .age-6-9 = 맞았어요. 그 방법이 통해요.
low-confidence-success-2 = 첫 시도에 맞혔어요. 그 방법은 앞으로도 계속 써도 좋아요.
    .age-6-9 = 한 번에 맞혔어요. 그 방법을 계속 써요.
low-confidence-success-3 = 차례로 밟은 단계가 정답으로 이어졌어요. 다음 문제에도 써 보세요.
    .age-6-9 = 다음 문제도 같은 순서로 해 봐요.
low-confidence-success-4 = 맞는 답이에요. 무엇이 통했는지 살펴보고 또 써 보세요.
    .age-6-9 = 정답이에요. 무엇이 통했는지 보고 또 해 봐요.
low-confidence-success-5 = 답이 맞았고, 직접 풀어 간 과정에서 나온 답이에요.
    .age-6-9 = 정답이에요. 스스로 푼 답이에요.
low-confidence-success-6 = 잘 풀렸어요. 다음 문제를 위해 어떻게 풀었는지 짧게 말해 보세요.
    .age-6-9 = 잘 풀렸어요. 어떻게 풀었나요?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = 꽤 오래 했어요. 잠깐 쉬면 배운 것을 정리하는 데 도움이 돼요.
    .age-6-9 = 지금 잠깐 쉬면 도움이 돼요.
long-session-2 = 몇 분 동안 화면에서 떨어져 있으면 다음 문제가 쉬워질 수 있어요.
    .age-6-9 = 잠깐 화면에서 눈을 떼 봐요.
long-session-3 = 잠깐 기지개를 켜고 와서 다시 시작하기 좋은 때예요.
    .age-6-9 = 일어나서 몸을 쭉 펴 봐요.
long-session-4 = 긴 연습은 중간에 쉬어 가면 기억에 더 잘 남아요.
    .age-6-9 = 쉬면 더 잘 기억할 수 있어요.
long-session-5 = { $minutes }분 동안 쉬지 않고 했어요. 물을 마시고 조금 걸어 보세요.
    .age-6-9 = { $minutes }분 동안 쭉 했어요. 물을 마셔요.
long-session-6 = 가능하면 여기서 5분만 쉬어 보세요. 공부는 나중에 이어 가도 돼요.
    .age-6-9 = 공부는 5분 뒤에 이어서 해도 돼요.
