//! What was heard, whoever heard it: to be asked about by everybody.

use std::collections::BTreeMap;

use hearten::rpc::pb::{self, watch_attention_response::Change};
use serde_json::{Value, json};
use tonic::Streaming;

use crate::{
    in_process::{eventually, in_time},
    made::CLASSES,
    sent::{As, Request},
};

/// Names that the server gave to things.
#[derive(Default)]
pub struct Known {
    decisions: Vec<String>,
    tokens: Vec<String>,
}

impl Known {
    pub fn hear(&mut self, answer: &Value) {
        match answer {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), value) {
                        ("decisionId", Value::String(id)) => self.decisions.push(id.clone()),
                        ("nextPageToken", Value::String(token)) => self.tokens.push(token.clone()),
                        _ => self.hear(value),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.hear(value)),
            _ => {}
        }
    }

    /// One of them, somebody's.
    pub fn decision(&self, number: usize) -> String {
        pick(&self.decisions, number)
    }

    pub fn token(&self, number: usize) -> String {
        pick(&self.tokens, number)
    }
}

fn pick(names: &[String], number: usize) -> String {
    if names.is_empty() { "nonsense".to_owned() } else { names[number % names.len()].clone() }
}

/// A tenant's lists, watched from the beginning.
pub struct Watched {
    lists: Vec<Streaming<pb::WatchAttentionResponse>>,
}

impl Watched {
    pub async fn begin(caller: &mut As) -> Self {
        let mut lists = Vec::new();
        for class in CLASSES {
            lists.push(caller.watch(class).await.unwrap());
        }
        Self { lists }
    }

    /// Takes up every change, until what is known is what is listed. Whoever is told of and is not listed never goes away.
    pub async fn comes_to_what_is_listed(self, caller: &mut As) {
        for (class, mut list) in CLASSES.into_iter().zip(self.lists) {
            let request = pb::ListLearnersNeedingAttentionRequest {
                class_id: class.to_owned(),
                page_size: 0,
                page_token: String::new(),
            };
            let listed = caller.send(&Request::List(request)).await["learners"].take();
            let listed: BTreeMap<String, Value> = listed.as_array().into_iter().flatten().map(named).collect();
            let mut known = BTreeMap::new();
            eventually(async || {
                // An empty list says nothing, and neither does one that stays as it is.
                if known == listed {
                    return true;
                }
                match in_time(list.message()).await.unwrap().unwrap().change.unwrap() {
                    Change::Needed(needed) => {
                        let (learner, needed) = named(&crate::sent::without_times(json!(needed)));
                        known.insert(learner, needed);
                    }
                    Change::ResolvedLearnerId(learner) => drop(known.remove(&learner)),
                }
                known == listed
            })
            .await;
        }
    }
}

fn named(needed: &Value) -> (String, Value) {
    (needed["learnerId"].as_str().unwrap().to_owned(), needed.clone())
}
