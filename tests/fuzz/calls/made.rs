//! Calls that are well formed, with whatever a field can hold.

use fastrand::Rng;
use hearten::rpc::pb;
use pbjson_types::FieldMask;
use prost::Message;

use super::{
    super::{
        engine::{odd_number, odd_text},
        hostile,
    },
    Call,
};

pub fn made(rng: &mut Rng) -> Vec<u8> {
    let method = rng.u32(0..9);
    let (event, text) = (hostile::event(rng), odd_text(rng));
    let known = ["ana", "ben", "q"][rng.usize(0..3)].to_owned();
    let number = odd_number(rng) as i32;
    let id = if rng.bool() { known } else { text };
    let preferences = rng.bool().then(|| hostile::preferences(rng));
    let events = (0..rng.u8(0..4)).map(|_| hostile::event(rng)).collect();
    let body = match method {
        0 => pb::SubmitEventRequest { event: Some(event), dry_run: rng.bool(), ..Default::default() }.encode_to_vec(),
        1 => pb::BatchSubmitEventsRequest { events, ..Default::default() }.encode_to_vec(),
        2 => {
            let outcome = pb::OutcomeReport { decision_id: id, outcome: number % 7, ..Default::default() };
            pb::ReportOutcomesRequest { outcomes: vec![outcome] }.encode_to_vec()
        }
        3 => pb::ExplainDecisionRequest { decision_id: id }.encode_to_vec(),
        4 => pb::GetLearnerRequest { learner_id: id, ..Default::default() }.encode_to_vec(),
        5 => pb::BatchGetLearnersRequest { learner_ids: vec![id; 3], ..Default::default() }.encode_to_vec(),
        6 => {
            let paths = rng.bool().then(|| FieldMask { paths: vec![odd_text(rng), "locale".to_owned()] });
            let update = pb::UpdatePreferencesRequest { learner_id: id, preferences, update_mask: paths };
            update.encode_to_vec()
        }
        7 => {
            let class_id = if rng.bool() { "7b".to_owned() } else { odd_text(rng) };
            let list = pb::ListLearnersNeedingAttentionRequest { class_id, page_size: number, page_token: id };
            list.encode_to_vec()
        }
        _ => {
            use pb::stream_sessions_request::Message as Sent;
            let sent = [
                Sent::Open(pb::Open {
                    learner_id: id.clone(),
                    locale: odd_text(rng),
                    mode: number,
                    ..Default::default()
                }),
                Sent::Event(event),
                Sent::Close(pb::Close { learner_id: id, ..Default::default() }),
            ];
            let wrapped = |message| pb::StreamSessionsRequest { message: Some(message) }.encode_to_vec();
            return Call { method, bodies: sent.map(wrapped).to_vec() }.encode_to_vec();
        }
    };
    Call { method, bodies: vec![body] }.encode_to_vec()
}
