//! `hearten replay`: what would be said over a log, offline or through a running server.

mod names;
mod report;
mod server;

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use hearten::{
    clock,
    engine::{Decision, Engine, Options, Rules, Statistics},
    event::Invalid,
    reason::Verdict,
    rpc::{
        self,
        pb::{
            self, StreamSessionsRequest, decision::Outcome, stream_sessions_request::Message as Sent,
            stream_sessions_response::Message as Answer,
        },
    },
    store::{Key, Memory},
};
use tokio::sync::mpsc;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::Status;

use self::{
    names::Names,
    report::{Decided, Report},
    server::{Client, Server},
};
use super::{Problem, StatisticsMode, log::Log, messages::catalogues_at, model_at, policy_at};

/// After how many events an offline replay that learns renews its statistics.
const RENEW_EVERY: u64 = 1_000;
/// Events on their way to a server at once.
const IN_FLIGHT: usize = 512;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// One protobuf-JSON event a line (.jsonl), each learner's in order.
    log: PathBuf,
    #[command(flatten)]
    server: Server,
    /// A model file instead of the one built in (offline only).
    #[arg(long, conflicts_with = "url", value_name = "FILE")]
    model: Option<PathBuf>,
    /// A policy file instead of the one built in (offline only).
    #[arg(long, conflicts_with = "url", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// A directory of message catalogues, in place of those built in or beside them (offline only).
    #[arg(long, conflicts_with = "url", value_name = "DIR")]
    messages: Option<PathBuf>,
    /// Whether item statistics are learnt on the way (offline only: a server decides that itself).
    #[arg(long, value_enum, default_value = "frozen", conflicts_with = "url", value_name = "MODE")]
    statistics: StatisticsMode,
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Problem> {
    let log = Log::open(&arguments.log)?;
    let mut report = Report::new(log.bar());
    let ended = match &arguments.server.url {
        None => {
            let rules = Rules::new(model_at(arguments.model.as_deref())?, policy_at(arguments.policy.as_deref())?);
            let rules = rules.with_catalogues(catalogues_at(arguments.messages.as_deref())?);
            offline(log, rules, arguments.statistics.into(), &mut report).await
        }
        Some(url) => served(log, arguments.server.connect(url).await?, &mut report).await,
    };
    // What came before a broken line is told all the same.
    report.close()?;
    ended
}

/// The same engine as the server's, over a store that keeps nothing.
async fn offline(log: Log, rules: Rules, statistics: Statistics, report: &mut Report) -> Result<(), Problem> {
    let engine = Engine::open(rules, Arc::new(Memory::new()), statistics).await?;
    for (done, sent) in (1..).zip(log) {
        let sent = sent?;
        let decided = match rpc::event(&sent, None) {
            Err(invalid) => Decided::Refused(refusal(&invalid)),
            Ok(event) => {
                let key = Key::new("replay", event.learner.as_str());
                match engine.submit(&key, &event, Options::default(), clock::now()).await {
                    Err(error) => Decided::Refused(format!("event.event_id {error}")),
                    Ok(reply) if reply.duplicate => Decided::Duplicate,
                    Ok(reply) => reply.decision.map_or(Decided::Nothing, decided),
                }
            }
        };
        report.line(&sent.learner_id, &sent.event_id, decided)?;
        if done % RENEW_EVERY == 0 {
            engine.renew_statistics();
        }
    }
    Ok(())
}

/// In the server's words.
fn refusal(Invalid { field, problem }: &Invalid) -> String {
    if field.is_empty() { format!("event {problem}") } else { format!("event.{field} {problem}") }
}

fn decided(Decision { verdict, message, .. }: Decision) -> Decided {
    match (verdict, message) {
        (Verdict::Spoken { reason, .. }, Some(message)) => {
            Decided::Spoken { reason, message_id: message.id, text: message.text }
        }
        (Verdict::Silent { cause, .. }, _) => Decided::Silent(cause.name()),
        (Verdict::Undecided | Verdict::Spoken { .. }, _) => Decided::Nothing,
    }
}

/// One stream, many learners, answers in the order of the log.
async fn served(log: Log, mut client: Client, report: &mut Report) -> Result<(), Problem> {
    let names = Arc::new(Names::new());
    let (sender, receiver) = mpsc::channel(IN_FLIGHT);
    let events = tokio::spawn(send(log, Arc::clone(&names), sender));
    let mut taken = 0;
    let ended = |taken: u64, status: Status| {
        let (code, why) = (status.code(), status.message());
        Problem::new(format!("the server answered {taken} messages and ended the replay ({code:?}): {why}"))
    };
    let answers = client.stream_sessions(ReceiverStream::new(receiver)).await;
    let mut answers = answers.map_err(|status| ended(taken, status))?.into_inner();
    while let Some(answer) = answers.next().await {
        let answer = answer.map_err(|status| ended(taken, status))?;
        taken += 1;
        let (learner, event, decided) = match answer.message {
            Some(Answer::Reply(reply)) if reply.duplicate => (reply.learner_id, reply.event_id, Decided::Duplicate),
            Some(Answer::Reply(reply)) => {
                let outcome = reply.decision.and_then(|decision| decision.outcome);
                (reply.learner_id, reply.event_id, outcome.map_or(Ok(Decided::Nothing), told)?)
            }
            Some(Answer::Rejected(rejected)) => {
                (rejected.learner_id, rejected.event_id, Decided::Refused(rejected.message))
            }
            Some(Answer::Closing(closing)) if closing.resume => {
                return Err(Problem::new("the server stopped before the log ended"));
            }
            _ => continue,
        };
        report.line(&names.meant(&learner), &event, decided)?;
    }
    events.await?
}

async fn send(log: Log, names: Arc<Names>, sender: mpsc::Sender<StreamSessionsRequest>) -> Result<(), Problem> {
    let open = pb::Open { replay: true, view: pb::View::Brief.into(), ..pb::Open::default() };
    let mut messages = [Ok(Sent::Open(open))].into_iter().chain(log.map(|event| {
        event.map(|event| Sent::Event(pb::Event { learner_id: names.given(&event.learner_id), ..event }))
    }));
    // Without a receiver the stream has failed, and its own error says why.
    while let Some(message) = messages.next().transpose()? {
        if sender.send(StreamSessionsRequest { message: Some(message) }).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// What a server decided, by the codes it names.
fn told(outcome: Outcome) -> Result<Decided, Problem> {
    use hearten::reason::{Cause, Reason};
    let unknown = || Problem::new("the server is newer than this command: it named a code that is not known here");
    let number = |code: i32| u16::try_from(code).map_err(|_| unknown());
    Ok(match outcome {
        Outcome::Feedback(pb::Feedback { reason, message_id, text, .. }) => {
            Decided::Spoken { reason: Reason::from_number(number(reason)?).ok_or_else(unknown)?, message_id, text }
        }
        Outcome::Silence(pb::Silence { cause, .. }) => {
            Decided::Silent(Cause::from_number(number(cause)?).ok_or_else(unknown)?.name())
        }
    })
}
