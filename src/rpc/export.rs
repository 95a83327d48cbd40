//! Everything held about a learner, part by part.

use std::sync::Arc;

use tokio_stream::Stream;
use tonic::Status;

use super::{
    admitted::{Admitted, Ending},
    explain,
    outbox::{Outbox, outbox},
    pb::{self, export_learner_response::Part, learner_export as to},
    render::{self, moment},
    sent::key,
    status::Refusal,
};
use crate::{
    clock,
    engine::{Engine, Error, Export},
    event::Id,
    learner::{Told, Value},
    store::Key,
};

/// Parts that may wait for whoever reads them, and decisions read from the store at a time: a few hundred KiB at most.
const IN_FLIGHT: usize = 16;

type Answer = Result<pb::ExportLearnerResponse, Status>;

/// What is held; an error where nothing is, or the caller may not see it.
pub(super) async fn export(
    engine: Arc<Engine>,
    learner_id: &str,
    admitted: Admitted,
) -> Result<impl Stream<Item = Answer> + Send + 'static, Refusal> {
    let id = Id::parse("learner_id", learner_id)?;
    let key = key(admitted.tenant(), &id);
    let held = engine.export(&key, clock::now()).await?;
    if !admitted.caller.sees(held.profile.class) {
        return Err(Error::UnknownLearner.into());
    }
    let lasting = admitted.lasting()?;
    let (outbox, waiting) = outbox(IN_FLIGHT, &lasting, Arc::clone(&admitted.share), |refusal| Err(refusal.into()));
    let first = first(id.as_str(), &held);
    tokio::spawn(async move {
        let mut over = std::pin::pin!(admitted.over());
        let last = tokio::select! {
            biased;
            Ending { refusal, .. } = &mut over => Some(refusal),
            () = outbox.closed() => None,
            told = tell(&engine, &key, first, &outbox) => told.err().map(Refusal::from),
        };
        if let Some(refusal) = last {
            outbox.finish(Err(refusal.into())).await;
        }
    });
    Ok(waiting)
}

/// Sends all parts, for as long as somebody takes them.
async fn tell(engine: &Engine, key: &Key, first: Part, outbox: &Outbox<Answer>) -> Result<(), Error> {
    let send = |part| outbox.send(Ok(pb::ExportLearnerResponse { part: Some(part) }));
    if send(first).await.is_err() {
        return Ok(());
    }
    let mut after = 0;
    loop {
        let past = engine.past(key, after, IN_FLIGHT).await?;
        let Some((last, _)) = past.last() else { return Ok(()) };
        after = *last;
        let rules = engine.rules(key.tenant());
        for (_, explained) in &past {
            if send(Part::Decision(explain::explanation(&rules, explained))).await.is_err() {
                return Ok(());
            }
        }
    }
}

fn first(learner_id: &str, held: &Export) -> Part {
    let remembered = held.remembered.iter().map(|Told { name, value }| to::Remembered {
        name: name.clone(),
        value: Some(match value {
            Value::Number(number) => to::remembered::Value::Number(*number),
            Value::Flag(flag) => to::remembered::Value::Flag(*flag),
            Value::Text(text) => to::remembered::Value::Text(text.clone()),
            Value::At(secs) => to::remembered::Value::At(moment(*secs)),
        }),
    });
    let profile = Some(render::profile(learner_id, &held.profile));
    Part::Learner(pb::LearnerExport { profile, remembered: remembered.collect() })
}
