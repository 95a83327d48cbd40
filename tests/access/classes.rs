//! Who may see some classes only sees nobody else's learners, and cannot tell them from learners nobody has heard of.

use std::sync::Arc;

use hearten::{
    access::{
        Access,
        keys::{Grant, Keys},
        signers::Signers,
        tokens::Tokens,
    },
    rpc::pb::{self, watch_attention_response::Change},
};
use jsonwebtoken::Algorithm;
use prost::Message;
use serde_json::json;
use tonic::{Code, Status};

use crate::{
    authority::{AUDIENCE, Cut, ISSUER, Signing, claims, grant, set},
    in_process::{Place, Server, Setup, blamed, wrong},
    raw,
    shown::Shown,
};

const GET: &str = "hearten.v1.LearnerService/GetLearner";
const EXPLAIN: &str = "hearten.v1.FeedbackService/ExplainDecision";
const LIST: &str = "hearten.v1.LearnerService/ListLearnersNeedingAttention";
const WATCH: &str = "hearten.v1.LearnerService/WatchAttention";

fn of_class(class: &str) -> Grant {
    Grant { classes: vec![class.to_owned()], ..grant("school", &["read"]) }
}

/// A school, and those who look at it: whoever sees all of it, and twice the teacher of 7b.
struct School {
    server: Server,
    all: Shown,
    teachers: [Shown; 2],
}

impl School {
    async fn open() -> Self {
        let signing = Signing::new("1", Algorithm::EdDSA);
        let signers = Signers::parse(set(&[&signing]).as_bytes()).unwrap();
        let mut cut = Cut::default();
        let (all, teacher) = (cut.key(grant("school", &["admin"])), cut.key(of_class("7b")));
        let mut teaching = claims("school", &["read"]);
        teaching["classes"] = json!("7b 9z");
        let mut setup = Setup { store: Place::Memory, ..Setup::default() };
        setup.options.access = Arc::new(Access::guarded(cut.keys(), Some(Tokens::new(ISSUER, AUDIENCE, signers))));
        let server = setup.start().await;
        let [all, teacher, token] =
            [all, teacher, signing.sign(&teaching)].map(|text| Shown::bearer(&server.channel(), &text));
        Self { server, all, teachers: [teacher, token] }
    }

    /// Twenty mistakes at work in this class; the last decision.
    async fn struggles(&self, learner: &str, class: &str, from: usize) -> String {
        let mistake = |id: usize| pb::Event { class_id: class.to_owned(), ..wrong(learner, &id.to_string()) };
        let events =
            pb::BatchSubmitEventsRequest { events: (from..from + 20).map(mistake).collect(), ..Default::default() };
        ask::<pb::BatchSubmitEventsResponse>(&self.all, "hearten.v1.FeedbackService/BatchSubmitEvents", &events)
            .await
            .unwrap();
        self.get(&self.all, learner).await.unwrap().recent_decisions.remove(0).decision_id
    }

    async fn get(&self, shown: &Shown, learner: &str) -> Result<pb::GetLearnerResponse, Status> {
        ask(shown, GET, &pb::GetLearnerRequest { learner_id: learner.to_owned(), view: 0 }).await
    }

    async fn explain(&self, shown: &Shown, id: &str) -> Result<pb::ExplainDecisionResponse, Status> {
        ask(shown, EXPLAIN, &pb::ExplainDecisionRequest { decision_id: id.to_owned() }).await
    }

    async fn list(&self, shown: &Shown, class: &str) -> Result<Vec<String>, Status> {
        let request = pb::ListLearnersNeedingAttentionRequest { class_id: class.to_owned(), ..Default::default() };
        let listed: pb::ListLearnersNeedingAttentionResponse = ask(shown, LIST, &request).await?;
        Ok(listed.learners.into_iter().map(|listed| listed.learner_id).collect())
    }
}

async fn ask<T: Message + Default>(shown: &Shown, method: &str, request: &impl Message) -> Result<T, Status> {
    raw::call(shown, method, request.encode_to_vec()).await.map(|answer| T::decode(answer).unwrap())
}

/// All that a caller is told.
fn told(status: Status) -> (Code, String, Vec<u8>) {
    (status.code(), status.message().to_owned(), status.details().to_vec())
}

#[tokio::test]
async fn only_learners_of_their_class_are_found() {
    let school = School::open().await;
    let ana = school.struggles("ana", "7b", 0).await;
    let ben = school.struggles("ben", "8a", 0).await;
    let cleo = school.struggles("cleo", "", 0).await;
    // Nobody made these, of learners known and not.
    let nobody = hidden_id(&ana, "nobody");
    for teacher in &school.teachers {
        assert_eq!(school.get(teacher, "ana").await.unwrap(), school.get(&school.all, "ana").await.unwrap());
        let unknown = told(school.get(teacher, "nobody").await.unwrap_err());
        assert_eq!(unknown, told(school.get(&school.all, "nobody").await.unwrap_err()));
        for hidden in ["ben", "cleo"] {
            assert_eq!(told(school.get(teacher, hidden).await.unwrap_err()), unknown, "{hidden}");
        }

        let ids = ["ana", "ben", "nobody", "cleo", "ana"].map(str::to_owned).to_vec();
        let request = pb::BatchGetLearnersRequest { learner_ids: ids, view: 0 };
        let found: pb::BatchGetLearnersResponse =
            ask(teacher, "hearten.v1.LearnerService/BatchGetLearners", &request).await.unwrap();
        let named: Vec<_> = found.learners.iter().map(|learner| learner.learner_id.as_str()).collect();
        assert_eq!(
            (named, found.unknown_learner_ids),
            (vec!["ana", "ana"], ["ben", "nobody", "cleo"].map(str::to_owned).to_vec())
        );

        let explained = school.explain(teacher, &ana).await.unwrap();
        assert_eq!(explained, school.explain(&school.all, &ana).await.unwrap());
        let unknown = told(school.explain(&school.all, &nobody).await.unwrap_err());
        for hidden in [&ben, &cleo, &nobody, &hidden_id(&ben, "ben x"), &"nonsense".to_owned()] {
            assert_eq!(told(school.explain(teacher, hidden).await.unwrap_err()), unknown, "{hidden}");
        }
    }
    school.server.stop().await;
}

/// The id of a decision about somebody else, as the server would make it.
fn hidden_id(id: &str, learner: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(id).unwrap();
    let head = 1 + usize::from(bytes[0]) + 8;
    URL_SAFE_NO_PAD.encode([&bytes[..head], learner.as_bytes()].concat())
}

#[tokio::test]
async fn only_their_own_classes_are_listed_and_watched() {
    let school = School::open().await;
    school.struggles("ana", "7b", 0).await;
    school.struggles("ben", "8a", 0).await;
    for teacher in &school.teachers {
        assert_eq!(school.list(teacher, "7b").await.unwrap(), ["ana"]);
        let not_theirs = told(school.list(teacher, "8a").await.unwrap_err());
        assert_eq!(not_theirs.0, Code::PermissionDenied);
        assert_eq!(not_theirs.1, "class_id is not among the classes this credential may see");
        // Whether there is such a class is not told.
        assert_eq!(told(school.list(teacher, "no such class").await.unwrap_err()), not_theirs);
        for class in ["8a", "no such class"] {
            let refused = school.list(teacher, class).await.unwrap_err();
            assert_eq!(blamed(&refused), ("class_id".to_owned(), "OTHER_CLASS".to_owned()));
            let request = pb::WatchAttentionRequest { class_id: class.to_owned() };
            let refused = ask::<pb::WatchAttentionResponse>(teacher, WATCH, &request).await.unwrap_err();
            assert_eq!(told(refused), not_theirs, "{class}");
        }
        // A page that begins elsewhere does not lead there.
        let request = pb::ListLearnersNeedingAttentionRequest {
            class_id: "8a".to_owned(),
            page_size: 1,
            page_token: String::new(),
        };
        let page: pb::ListLearnersNeedingAttentionResponse = ask(&school.all, LIST, &request).await.unwrap();
        assert_eq!(page.learners.len(), 1);
    }
    school.server.stop().await;
}

/// The class a learner last worked in counts, for everybody at once.
#[tokio::test]
async fn whoever_changes_class_is_seen_there_and_no_more_here() {
    let school = School::open().await;
    let decision = school.struggles("ana", "7b", 0).await;
    let [teacher, _] = &school.teachers;
    let request = pb::WatchAttentionRequest { class_id: "7b".to_owned() };
    let mut watching = raw::watch(teacher, WATCH, request.encode_to_vec()).await.unwrap();
    let change = pb::WatchAttentionResponse::decode(watching.next().await.unwrap()).unwrap().change;
    assert!(matches!(change, Some(Change::Needed(ana)) if ana.learner_id == "ana"));

    school.struggles("ana", "8a", 20).await;
    let change = pb::WatchAttentionResponse::decode(watching.next().await.unwrap()).unwrap().change;
    assert_eq!(change, Some(Change::ResolvedLearnerId("ana".to_owned())));
    assert!(school.list(teacher, "7b").await.unwrap().is_empty());
    assert_eq!(school.get(teacher, "ana").await.unwrap_err().code(), Code::NotFound);
    assert_eq!(school.explain(teacher, &decision).await.unwrap_err().code(), Code::NotFound);
    drop(watching);
    school.server.stop().await;
}

/// Who sees some classes only could write about anybody: the two do not go together, in keys and in certificates.
#[test]
fn classes_go_with_reading_alone() {
    for roles in [&["ingest"][..], &["read", "ingest"], &["admin"]] {
        let both = Grant { classes: vec!["7b".to_owned()], ..grant("school", roles) };
        let [mut keys, mut certificates] = [Cut::default(), Cut::default()];
        keys.key(both.clone());
        certificates.certificate("reader.test", both);
        for cut in [keys, certificates] {
            let refused = Keys::parse(&cut.0.text().unwrap()).unwrap_err();
            assert!(refused.problem.contains("classes limit what is read"), "{roles:?}: {refused}");
            assert!(refused.line > 1, "{refused}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let words = ["keys", "new", "--role", "read", "--role", "ingest", "--class", "7b", "--keys"];
    let output = crate::support::hearten(words).arg(&file).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert!(told.contains("classes limit what is read"), "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), "", "nothing was made");
}
