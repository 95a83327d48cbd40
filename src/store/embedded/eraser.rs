//! Whoever asked for a learner to be erased is told once no file holds anything of them. Cleaning files takes a while, so those
//! who ask meanwhile share the next cleaning, and nothing else waits for it.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use super::{fault::Fault, layout::SCRUB_KEY, queue::Answer, scrub, tables::Tables};
use crate::store::{Erased, Error};

/// Where those who wait are gathered.
#[derive(Debug, Default)]
pub(super) struct Eraser {
    state: Mutex<State>,
    changed: Condvar,
    stopping: AtomicBool,
}

/// Those who wait, with what was erased for them.
type Waiting = Vec<(Erased, Answer<Erased>)>;

#[derive(Debug, Default)]
struct State {
    waiting: Waiting,
    /// Whose rows are being removed, and who have not come to wait yet.
    announced: usize,
    /// Files may hold what rows do not.
    dirty: bool,
    /// So they do, since the last cleaning failed: it is tried again for whoever asks next.
    failed: bool,
}

impl Eraser {
    /// So many are about to be erased.
    pub(super) fn announce(&self, count: usize) {
        self.state().announced += count;
    }

    /// Their rows are gone.
    pub(super) fn take(&self, gone: Waiting) {
        let mut state = self.state();
        state.announced -= gone.len().min(state.announced);
        state.dirty |= gone.iter().any(|(erased, _)| *erased != Erased::default());
        state.waiting.extend(gone);
        self.changed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sleeps until somebody waits or files are to be cleaned; nothing when it is to end.
    fn next(&self) -> Option<(Waiting, bool)> {
        let mut state = self.state();
        while state.waiting.is_empty() && !state.dirty {
            if self.stopping.load(Ordering::Acquire) {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let dirty = std::mem::take(&mut state.dirty) | std::mem::take(&mut state.failed);
        (!self.stopping.load(Ordering::Acquire)).then(|| (std::mem::take(&mut state.waiting), dirty))
    }

    fn run(&self, tables: &Tables) {
        while let Some((waiting, dirty)) = self.next() {
            let cleaned = if dirty { self.clean(tables) } else { Ok(()) };
            if let Err(fault) = &cleaned
                && !matches!(fault, Fault::Stopping)
            {
                self.state().failed = true;
                tracing::error!(error = %fault, "files could not be cleaned of erased learners: restart to try again");
            }
            for (erased, answer) in waiting {
                let told = match &cleaned {
                    Ok(()) => Ok(erased),
                    Err(Fault::Stopping) => Err(Error::Closed),
                    Err(fault) if fault.is_damage() => Err(Error::Damaged(fault.reason())),
                    Err(fault) => Err(Error::Read(fault.reason())),
                };
                // Whoever asked may have gone.
                let _ = answer.send(told);
            }
        }
    }

    fn clean(&self, tables: &Tables) -> Result<(), Fault> {
        // Whoever asks next would wait for ever if this thread ended.
        let scrub = AssertUnwindSafe(|| scrub::scrub(tables, &self.stopping));
        catch_unwind(scrub).unwrap_or(Err(Fault::Panicked))?;
        // Held, so that nobody's rows go between looking and writing.
        let state = self.state();
        if state.announced == 0 && !state.dirty {
            let mut changes = tables.changes();
            changes.no_meta(SCRUB_KEY);
            changes.sync()?;
        }
        drop(state);
        Ok(())
    }
}

/// The thread that cleans. Dropping it ends the thread; what is not clean then is cleaned after the next start.
#[derive(Debug)]
pub(super) struct Erasing {
    eraser: Arc<Eraser>,
    thread: Option<JoinHandle<()>>,
}

impl Erasing {
    pub(super) fn start(eraser: Arc<Eraser>, tables: Arc<Tables>) -> Result<Self, Fault> {
        eraser.state().dirty = tables.meta.contains_key(SCRUB_KEY)?;
        let run = Arc::clone(&eraser);
        let thread: io::Result<_> = thread::Builder::new().name("eraser".to_owned()).spawn(move || run.run(&tables));
        Ok(Self { eraser, thread: Some(thread?) })
    }
}

impl Drop for Erasing {
    fn drop(&mut self) {
        {
            // Under the lock, so that it is not missed by whoever is about to sleep.
            let _state = self.eraser.state();
            self.eraser.stopping.store(true, Ordering::Release);
            self.eraser.changed.notify_one();
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.eraser.state().waiting.clear();
    }
}
