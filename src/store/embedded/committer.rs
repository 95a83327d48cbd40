//! The only thread that writes what learners did: takes what has gathered, writes it with one sync, tells those who wait.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::{self, JoinHandle},
};

use tokio::time::Instant;

use super::{
    fault::Fault,
    queue::{Asked, Batch, Queue, Step},
};
use crate::{
    event::Timestamp,
    store::{Commit, Error, Meter, Receipt, outcome::Refused, receipt::Promise},
};

/// What writes.
pub(super) trait Write: Send + 'static {
    /// Makes commits durable, all or none but those of learners who were erased; returns those.
    fn write(&mut self, commits: Vec<Commit>) -> Result<Refused, Fault>;

    /// Erases, and sees to it that whoever waits is told.
    fn erase(&mut self, asked: Vec<Asked>) -> Result<(), Fault>;

    /// Forgets some of the decisions of before this time, oldest first; returns how many, zero only if there are none.
    fn forget(&mut self, before: Timestamp) -> Result<u64, Fault>;

    /// Writes what was left for later.
    fn write_out(&mut self) -> Result<(), Fault>;

    /// Gives back the room of what nobody reads any more, once all is written. Nothing depends on it.
    fn tidy(&mut self) {}
}

/// A handle to the committer. Dropping it writes what is queued and ends the thread.
#[derive(Debug)]
pub(super) struct Committer {
    queue: Arc<Queue>,
    stopped: Receipt,
    thread: Option<JoinHandle<()>>,
}

impl Committer {
    /// Starts the thread.
    pub(super) fn start(writer: impl Write) -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let promise = Promise::default();
        let stopped = promise.receipt();
        let thread = thread::Builder::new().name("committer".to_owned()).spawn({
            let queue = Arc::clone(&queue);
            move || promise.settle(run(&queue, writer))
        })?;
        Ok(Self { queue, stopped, thread: Some(thread) })
    }

    pub(super) fn commit(&self, commit: Commit) -> Receipt {
        self.queue.push(commit)
    }

    pub(super) fn queue(&self) -> &Arc<Queue> {
        &self.queue
    }

    pub(super) fn accepting(&self) -> bool {
        self.queue.accepting()
    }

    pub(super) fn meter(&self) -> &Arc<Meter> {
        &self.queue.meter
    }

    /// Accepts nothing more and waits for what is queued.
    pub(super) async fn stop(&self) -> Result<(), Error> {
        self.queue.close();
        self.stopped.wait().await
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(thread) = self.thread.take() {
            // It ends on its own, and has said so to those who asked.
            let _ = thread.join();
        }
    }
}

fn run(queue: &Queue, mut writer: impl Write) -> Result<(), Error> {
    while let Some(step) = queue.next() {
        match step {
            Step::Commits(Batch { commits, promise }) => {
                let (count, began) = (commits.len(), Instant::now());
                match caught(queue, || writer.write(commits)) {
                    Ok(refused) => {
                        queue.meter.written(count, began.elapsed());
                        promise.settle_but(Ok(refused));
                    }
                    Err(error) => {
                        queue.meter.gone(count);
                        promise.settle(Err(error.clone()));
                        return Err(error);
                    }
                }
            }
            // Where it fails the answers are dropped, which tells as much.
            Step::Erase(asked) => caught(queue, || writer.erase(asked))?,
            Step::Forget(before, answer) => {
                let forgotten = caught(queue, || writer.forget(before));
                let _ = answer.send(forgotten.clone());
                forgotten?;
            }
            Step::WriteOut(answer) => {
                let written = caught(queue, || writer.write_out());
                let _ = answer.send(written.clone());
                written?;
            }
        }
    }
    caught(queue, || writer.write_out())?;
    writer.tidy();
    Ok(())
}

/// After a failure or a panic nothing is written again, so a half-changed state is never used.
fn caught<T>(queue: &Queue, write: impl FnOnce() -> Result<T, Fault>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or(Err(Fault::Panicked)).map_err(|fault| {
        tracing::error!(error = %fault, "a write failed, so the store refuses more until it is restarted");
        let error = Error::Poisoned(fault.reason());
        // Refuse first: whoever learns of the failure finds the store unhealthy.
        queue.poison(&error);
        error
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::store::{Key, Record};

    impl<F: FnMut(Vec<Commit>) -> Result<(), Fault> + Send + 'static> Write for F {
        fn write(&mut self, commits: Vec<Commit>) -> Result<Refused, Fault> {
            self(commits).map(|()| Vec::new())
        }

        fn erase(&mut self, _: Vec<Asked>) -> Result<(), Fault> {
            Ok(())
        }

        fn forget(&mut self, _: Timestamp) -> Result<u64, Fault> {
            Ok(0)
        }

        fn write_out(&mut self) -> Result<(), Fault> {
            Ok(())
        }
    }

    fn commit(version: u64) -> Commit {
        let key = Key::new("default", "ana");
        Commit::new(key, version - 1, Record { version, bytes: Vec::new() })
    }

    /// A committer whose every write waits for a word, and reports how many commits it was given.
    fn on_command() -> (Committer, mpsc::Sender<Result<(), Fault>>, mpsc::Receiver<usize>) {
        let (command, commands) = mpsc::channel();
        let (size, sizes) = mpsc::channel();
        let write = move |commits: Vec<Commit>| {
            size.send(commits.len()).unwrap();
            commands.recv().unwrap()
        };
        (Committer::start(write).unwrap(), command, sizes)
    }

    #[tokio::test]
    async fn what_arrives_during_a_write_is_the_next_batch() {
        let (committer, command, sizes) = on_command();
        let first = committer.commit(commit(1));
        assert_eq!(sizes.recv(), Ok(1));
        let rest: Vec<_> = (2..1500).map(|version| committer.commit(commit(version))).collect();
        command.send(Ok(())).unwrap();
        first.wait().await.unwrap();
        assert_eq!(sizes.recv(), Ok(1024));
        assert!(rest.iter().all(|receipt| receipt.outcome().is_none()));
        command.send(Ok(())).unwrap();
        assert_eq!(sizes.recv(), Ok(474));
        assert!(rest[1023].outcome().is_some());
        assert!(rest[1024].outcome().is_none());
        command.send(Ok(())).unwrap();
        rest[1497].wait().await.unwrap();
    }

    #[tokio::test]
    async fn a_failed_write_fails_everything_after_it_and_nothing_before() {
        let (committer, command, sizes) = on_command();
        let kept = committer.commit(commit(1));
        command.send(Ok(())).unwrap();
        kept.wait().await.unwrap();
        let failed = committer.commit(commit(2));
        assert_eq!((sizes.recv(), sizes.recv()), (Ok(1), Ok(1)));
        let waiting = committer.commit(commit(3));
        command.send(Err(io::Error::other("disk on fire").into())).unwrap();
        for receipt in [failed, waiting, committer.commit(commit(4))] {
            let error = receipt.wait().await.unwrap_err();
            assert!(matches!(&error, Error::Poisoned(why) if &**why == "disk on fire"), "{error}");
            assert!(!committer.accepting());
        }
        kept.wait().await.unwrap();
        assert!(matches!(committer.stop().await, Err(Error::Poisoned(_))));
        assert!(matches!(committer.stop().await, Err(Error::Poisoned(_))));
    }

    #[tokio::test]
    async fn a_panic_is_a_failed_write() {
        let committer = Committer::start(|_: Vec<Commit>| -> Result<(), Fault> { panic!("a bug") }).unwrap();
        assert!(matches!(committer.commit(commit(1)).wait().await, Err(Error::Poisoned(_))));
        assert!(matches!(committer.commit(commit(2)).wait().await, Err(Error::Poisoned(_))));
        assert!(matches!(committer.stop().await, Err(Error::Poisoned(_))));
    }

    #[test]
    fn dropping_it_writes_what_is_queued() {
        let (committer, command, _sizes) = on_command();
        let receipts: Vec<_> = (1..=2000).map(|version| committer.commit(commit(version))).collect();
        (0..3).for_each(|_| command.send(Ok(())).unwrap());
        drop(committer);
        assert!(receipts.iter().all(|receipt| matches!(receipt.outcome(), Some(Ok(())))));
    }
}
