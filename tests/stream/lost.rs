//! What the store could not be brought to keep is answered as rejected, and stands in no summary.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hearten::{
    event::Timestamp,
    rpc::pb::{self, stream_sessions_request::Message as Sent},
    statistics::{Subject, Sums},
    store::{Commit, Erased, Erasure, Error, Key, Memory, Meter, Past, Pending, Receipt, Record, Store},
};
use tonic::Code;

use crate::{
    in_process::{Place, Setup, wrong},
    open,
};

/// A store that is cut off while the second event of a learner is on its way, once.
struct Cut {
    kept: Memory,
    lost: AtomicBool,
}

impl Store for Cut {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        self.kept.load(key)
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        self.kept.decision(key, number)
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        self.kept.outcome(key, number)
    }

    fn attention<'a>(
        &'a self,
        tenant: &'a str,
        class: u64,
        after: &'a str,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<str>>> {
        self.kept.attention(tenant, class, after, limit)
    }

    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        self.kept.statistics()
    }

    fn commit(&self, commit: Commit) -> Receipt {
        match commit.after == 1 && !self.lost.swap(true, Ordering::AcqRel) {
            true => Receipt::settled(Err(Error::Unreachable("a test cut it".into()))),
            false => self.kept.commit(commit),
        }
    }

    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>> {
        self.kept.decisions(key, after, limit)
    }

    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased> {
        self.kept.erase(erasure)
    }

    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64> {
        self.kept.forget_decisions(before)
    }

    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>> {
        self.kept.unheard(before, limit)
    }

    fn secret(&self) -> [u8; 16] {
        self.kept.secret()
    }

    fn healthy(&self) -> bool {
        self.kept.healthy()
    }

    fn meter(&self) -> &Arc<Meter> {
        self.kept.meter()
    }

    fn close(&self) -> Pending<'_, ()> {
        self.kept.close()
    }
}

#[tokio::test]
async fn what_was_lost_is_rejected_and_not_summed_up() {
    let store = Arc::new(Cut { kept: Memory::new(), lost: AtomicBool::default() });
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
