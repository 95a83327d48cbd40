"""A platform on Google's own gRPC: client.py ADDRESS LEARNERS prints what was said to each learner, as JSON.

LEARNERS is JSON too: each learner's id, either `preferences` or the `open` of a stream, and the `reaction` to the message.
"""

import json, sys

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict, ParseDict
from hearten.v1 import decision_pb2, event_pb2, feedback_service_pb2, learner_service_pb2, outcome_pb2
from hearten.v1.feedback_service_pb2_grpc import FeedbackServiceStub
from hearten.v1.learner_service_pb2_grpc import LearnerServiceStub

PATIENCE = 30
channel = grpc.insecure_channel(sys.argv[1])
hearten, learners = FeedbackServiceStub(channel), LearnerServiceStub(channel)


def mistakes(learner):
    """Three wrong answers, each to a new item."""
    for number in range(1, 4):
        attempt = event_pb2.Attempt(correct=False, response_time=Duration(seconds=30))
        yield event_pb2.Event(event_id=str(number), learner_id=learner, item_id=f"q{number}", attempt=attempt)


def one_by_one(learner, preferences):
    wanted = ParseDict({"learnerId": learner, "preferences": preferences}, learner_service_pb2.UpdatePreferencesRequest())
    learners.UpdatePreferences(wanted, timeout=PATIENCE)
    for event in mistakes(learner):
        yield hearten.SubmitEvent(feedback_service_pb2.SubmitEventRequest(event=event), timeout=PATIENCE).reply


def streamed(learner, opening):
    def sent():
        yield ParseDict({"open": opening}, feedback_service_pb2.StreamSessionsRequest())
        for event in mistakes(learner):
            yield feedback_service_pb2.StreamSessionsRequest(event=event)

    for answer in hearten.StreamSessions(sent(), timeout=PATIENCE):
        assert answer.WhichOneof("message") in ("opened", "reply", "closing"), answer
        if answer.HasField("reply"):
            yield answer.reply


def became(decision, outcomes):
    reports = [outcome_pb2.OutcomeReport(decision_id=decision, outcome=outcome) for outcome in outcomes]
    answer = hearten.ReportOutcomes(outcome_pb2.ReportOutcomesRequest(outcomes=reports), timeout=PATIENCE)
    return [MessageToDict(result) for result in answer.results]


told = {}
for asked in json.loads(sys.argv[2]):
    learner = asked["learner"]
    replies = streamed(learner, asked["open"]) if "open" in asked else one_by_one(learner, asked["preferences"])
    decisions = [reply.decision for reply in replies]
    last = decisions[-1].decision_id
    reported = became(last, [decision_pb2.OUTCOME_SHOWN, asked["reaction"]])
    explained = hearten.ExplainDecision(feedback_service_pb2.ExplainDecisionRequest(decision_id=last), timeout=PATIENCE)
    told[learner] = {
        "outcomes": [decision.WhichOneof("outcome") for decision in decisions],
        "decision": MessageToDict(decisions[-1]),
        "reported": reported,
        "explained": {"decision": MessageToDict(explained.decision), "outcome": MessageToDict(explained).get("outcome")},
    }
json.dump(told, sys.stdout)
