//! Every method there is, who may call it, and what it costs.

use crate::access::Role;

/// What a method asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing: whoever watches over the server has no credential.
    Nothing,
    /// Any credential.
    Any,
    /// One with this role.
    Role(Role),
}

/// What a method costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// A moment.
    Call,
    /// Up to a thousand events or learners at once.
    Heavy,
    /// A place for as long as it goes on.
    Stream,
}

/// One method.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// As it stands in a call's path, after the first `/`.
    pub name: &'static str,
    /// Who may call it.
    pub asks: Asks,
    /// What it costs.
    pub cost: Cost,
}

const INGEST: Asks = Asks::Role(Role::Ingest);
const READ: Asks = Asks::Role(Role::Read);
const ADMIN: Asks = Asks::Role(Role::Admin);

/// All of them.
pub const METHODS: [Method; 16] = [
    Method { name: "hearten.v1.FeedbackService/SubmitEvent", asks: INGEST, cost: Cost::Call },
    Method { name: "hearten.v1.FeedbackService/StreamSessions", asks: INGEST, cost: Cost::Stream },
    Method { name: "hearten.v1.FeedbackService/BatchSubmitEvents", asks: INGEST, cost: Cost::Heavy },
    Method { name: "hearten.v1.FeedbackService/ReportOutcomes", asks: INGEST, cost: Cost::Heavy },
    Method { name: "hearten.v1.FeedbackService/ExplainDecision", asks: READ, cost: Cost::Call },
    Method { name: "hearten.v1.LearnerService/GetLearner", asks: READ, cost: Cost::Call },
    Method { name: "hearten.v1.LearnerService/BatchGetLearners", asks: READ, cost: Cost::Heavy },
    Method { name: "hearten.v1.LearnerService/UpdatePreferences", asks: INGEST, cost: Cost::Call },
    Method { name: "hearten.v1.LearnerService/ListLearnersNeedingAttention", asks: READ, cost: Cost::Heavy },
    Method { name: "hearten.v1.LearnerService/WatchAttention", asks: READ, cost: Cost::Stream },
    Method { name: "hearten.v1.LearnerService/ExportLearner", asks: READ, cost: Cost::Stream },
    Method { name: "hearten.v1.LearnerService/DeleteLearner", asks: ADMIN, cost: Cost::Call },
    Method { name: "grpc.health.v1.Health/Check", asks: Asks::Nothing, cost: Cost::Call },
    Method { name: "grpc.health.v1.Health/Watch", asks: Asks::Nothing, cost: Cost::Stream },
    Method { name: "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", asks: Asks::Any, cost: Cost::Stream },
    Method {
        name: "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        asks: Asks::Any,
        cost: Cost::Stream,
    },
];

/// The method of a path, if there is one.
pub(super) fn find(path: &str) -> Option<&'static Method> {
    let name = path.strip_prefix('/')?;
    METHODS.iter().find(|method| method.name == name)
}
