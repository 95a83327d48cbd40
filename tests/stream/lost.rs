//! What the store could not be brought to keep is answered as rejected, and stands in no summary.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hearten::{
    rpc::pb::{self, stream_sessions_request::Message as Sent},
    store::{Commit, Error, Receipt},
};
use tonic::Code;

use crate::{
    between::{Between, Way},
    in_process::{Place, Setup, wrong},
    open,
};

/// The store is cut off while the second event of a learner is on its way, once.
#[derive(Default)]
struct Cut(AtomicBool);

impl Way for Cut {
    fn instead_of_commit(&self, commit: &Commit) -> Option<Receipt> {
        let lost = commit.after == 1 && !self.0.swap(true, Ordering::AcqRel);
        lost.then(|| Receipt::settled(Err(Error::Unreachable("a test cut it".into()))))
    }
}

#[tokio::test]
async fn what_was_lost_is_rejected_and_not_summed_up() {
    let store = Arc::new(Between::new(Cut::default()));
    let server = Setup { store: Place::Own(store), ..Setup::default() }.start().await;
    let mut stream = server.stream().await;
    stream.open(open()).await;
    stream.submit(wrong("ana", "1")).await;
    stream.event(wrong("ana", "2")).await;
    let rejected = stream.rejected().await;
    assert_eq!((rejected.event_id.as_str(), rejected.code), ("2", i32::from(Code::Unavailable)));
    assert!(!stream.submit(wrong("ana", "2")).await.duplicate);
    stream.send(Sent::Close(pb::Close::default())).await;
    assert_eq!(stream.closing().await.summary.unwrap().attempts, 2);
    assert_eq!(server.attempts("ana").await, 2);
    server.stop().await;
}
