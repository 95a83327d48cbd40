//! Learners whom a teacher should see: a page at a time, or as it changes.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use tokio::time::{MissedTickBehavior, interval};
use tokio_stream::Stream;
use tonic::Status;

use super::{
    admitted::{Admitted, Ending},
    outbox::outbox,
    pb::{self, attention as to, watch_attention_response::Change},
    render::{moment, rounded},
    status::Refusal,
};
use crate::{
    access::{Caller, Denied},
    clock,
    engine::{Engine, Error, Struggle},
    event::{Id, Name, class_hash},
    feedback::capital,
    reason::{self, Reason},
};

/// Learners on a page where nothing is said about it, and at most.
const PAGE: (usize, usize) = (100, 1_000);
/// How often a watched list is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Changes that may wait for whoever watches; until some are read the list is not looked at.
const IN_FLIGHT: usize = 64;

pub(super) async fn list(
    engine: &Engine,
    caller: &Caller,
    request: pb::ListLearnersNeedingAttentionRequest,
) -> Result<pb::ListLearnersNeedingAttentionResponse, Refusal> {
    let class = class(&request.class_id, caller)?;
    let size = match usize::try_from(request.page_size) {
        Ok(0) => PAGE.0,
        Ok(size) => size.min(PAGE.1),
        Err(_) => {
            return Err(Refusal::invalid("page_size", format!("is {}: 1 to {}, or 0", request.page_size, PAGE.1)));
        }
    };
    let after = if request.page_token.is_empty() { String::new() } else { read_token(&request.page_token, class)? };
    let page = engine.struggling(&caller.tenant, class, &after, size, clock::now()).await?;
    Ok(pb::ListLearnersNeedingAttentionResponse {
        learners: page.learners.iter().map(shown).collect(),
        next_page_token: page.next.map_or(String::new(), |next| token(&next, class)),
    })
}

/// A class the caller may see.
fn class(id: &str, caller: &Caller) -> Result<u64, Refusal> {
    let class = class_hash(Name::parse("class_id", id)?);
    if caller.sees(class) { Ok(class) } else { Err(Denied::Class.into()) }
}

/// Opaque to clients: the class, and the learner a page ended with.
fn token(learner: &str, class: u64) -> String {
    URL_SAFE_NO_PAD.encode([&class.to_be_bytes()[..], learner.as_bytes()].concat())
}

fn read_token(token: &str, class: u64) -> Result<String, Refusal> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (of, learner) = bytes.split_first_chunk().filter(|(of, _)| u64::from_be_bytes(**of) == class)?;
        let _: &[u8; 8] = of;
        // Anybody can write a token: what names no possible learner must not reach the store.
        let learner = Id::parse("learner_id", std::str::from_utf8(learner).ok()?).ok()?;
        Some(learner.as_str().to_owned())
    };
    read().ok_or_else(|| Refusal::invalid("page_token", "is from no page of this class: leave it out to begin"))
}

/// Everybody on a class's list, and from then on every change, until the client goes or the server stops.
pub(super) fn watch(
    engine: Arc<Engine>,
    request: &pb::WatchAttentionRequest,
    admitted: Admitted,
) -> Result<impl Stream<Item = Result<pb::WatchAttentionResponse, Status>> + Send + 'static, Refusal> {
    let class = class(&request.class_id, &admitted.caller)?;
    let tenant = Arc::clone(admitted.tenant());
    let lasting = admitted.lasting()?;
    let (outbox, waiting) = outbox(IN_FLIGHT, &lasting, Arc::clone(&admitted.share), |refusal| Err(refusal.into()));
    tokio::spawn(async move {
        let mut over = std::pin::pin!(admitted.over());
        let mut known = BTreeMap::new();
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                Ending { refusal, .. } = &mut over => return outbox.finish(Err(refusal.into())).await,
                () = outbox.closed() => return,
                _ = looks.tick() => {}
            }
            let changes = match look(&engine, &tenant, class, &mut known).await {
                Ok(changes) => changes,
                Err(error) => return outbox.finish(Err(Refusal::from(error).into())).await,
            };
            for change in changes {
                let change = pb::WatchAttentionResponse { change: Some(change) };
                tokio::select! {
                    biased;
                    Ending { refusal, .. } = &mut over => return outbox.finish(Err(refusal.into())).await,
                    sent = outbox.send(Ok(change)) => if sent.is_err() { return },
                }
            }
        }
    });
    Ok(waiting)
}

/// What has changed since the last look.
async fn look(
    engine: &Engine,
    tenant: &str,
    class: u64,
    known: &mut BTreeMap<Arc<str>, Struggle>,
) -> Result<Vec<Change>, Error> {
    let (mut now, mut after) = (BTreeMap::new(), Some(Arc::from("")));
    while let Some(from) = after {
        let page = engine.struggling(tenant, class, &from, PAGE.1, clock::now()).await?;
        now.extend(page.learners.into_iter().map(|struggle| (Arc::clone(&struggle.learner), struggle)));
        after = page.next;
    }
    let needed = now.iter().filter(|(learner, struggle)| known.get(*learner) != Some(*struggle));
    let resolved = known.keys().filter(|learner| !now.contains_key(*learner));
    let resolved = resolved.map(|learner| Change::ResolvedLearnerId(learner.to_string()));
    let changes = needed.map(|(_, struggle)| Change::Needed(shown(struggle))).chain(resolved).collect();
    *known = now;
    Ok(changes)
}

fn shown(struggle: &Struggle) -> pb::Attention {
    let evidence = struggle.evidence.iter().map(|(name, value, threshold)| to::Evidence {
        name: (*name).to_owned(),
        value: rounded(*value),
        threshold: rounded(*threshold),
    });
    let tried = struggle.tried.iter().map(|spoken| to::Tried {
        reason: spoken.reason as i32,
        at: (spoken.at_secs > 0).then(|| moment(spoken.at_secs)),
        outcome: spoken.outcome.map_or(0, |outcome| outcome as i32),
    });
    pb::Attention {
        learner_id: struggle.learner.to_string(),
        reason: struggle.reason as i32,
        since: struggle.since_secs.map(moment),
        evidence: evidence.collect(),
        tried: tried.collect(),
        summary: summary(struggle),
    }
}

fn summary(struggle: &Struggle) -> String {
    let value = |name| struggle.evidence.iter().find(|(other, ..)| *other == name).map_or(0.0, |(_, value, _)| *value);
    let why = match struggle.reason {
        Reason::WheelSpinning => format!(
            "{} tries at one skill, {} of them right, and mastery is not in sight",
            value("skill_opportunities"),
            value("skill_successes")
        ),
        _ => match struggle.evidence.first() {
            Some((_, times, least)) if times >= least => {
                format!(
                    "wrong answers have piled up, and the frustration estimate has been high for {times} answers and hints in a row"
                )
            }
            _ => "wrong answers have piled up, and the frustration estimate is still high".to_owned(),
        },
    };
    let seen = struggle.tried.iter().filter(|spoken| spoken.outcome != Some(reason::Outcome::NotShown));
    match seen.count() {
        0 => format!("{}.", capital(&why)),
        1 => format!("{}; one encouragement was given.", capital(&why)),
        count => format!("{}; {count} encouragements were given.", capital(&why)),
    }
}
