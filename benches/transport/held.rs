//! Whether the server holds what it acknowledged, by what its API says of every learner.

use std::collections::HashMap;

use hearten::rpc::pb::{self, learner_service_client::LearnerServiceClient};

use crate::{events::Source, tally::Fate, target::Target};

/// Learners in one request.
const AT_ONCE: usize = 1_000;

/// Events of a crowd: what was acknowledged, and what is there.
#[derive(Clone, Debug)]
pub struct Held {
    pub fate: Fate,
    pub held: u64,
    /// Learners who have more or less than theirs.
    pub differing: u64,
}

impl Held {
    pub fn well(&self) -> bool {
        let Fate { named, unnamed, lost, .. } = self.fate;
        self.held == named && self.differing + unnamed + lost == 0
    }
}

/// Looks at every learner of a crowd. Each event is an attempt, and each attempt is counted once.
pub async fn held(target: &Target, crowd: &[Source], fate: Fate) -> Held {
    let mut client = LearnerServiceClient::new(target.channels[0].clone()).max_decoding_message_size(64 * 1024 * 1024);
    let shares: Vec<(String, u64)> = crowd.iter().flat_map(Source::shares).filter(|(_, share)| *share > 0).collect();
    let (mut held, mut differing) = (0, 0);
    for some in shares.chunks(AT_ONCE) {
        let learner_ids = some.iter().map(|(learner, _)| learner.clone()).collect();
        let request = pb::BatchGetLearnersRequest { learner_ids, view: pb::View::Brief.into() };
        let found = client.batch_get_learners(request).await.unwrap().into_inner().learners;
        let attempts = |learner: pb::GetLearnerResponse| {
            (learner.learner_id, u64::from(learner.assessment.map_or(0, |assessment| assessment.attempts)))
        };
        let found: HashMap<String, u64> = found.into_iter().map(attempts).collect();
        held += found.values().sum::<u64>();
        differing += some.iter().filter(|(learner, share)| found.get(learner) != Some(share)).count() as u64;
    }
    Held { fate, held, differing }
}
