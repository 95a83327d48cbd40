//! Runs inputs, and tells about it.

use std::{
    collections::HashSet,
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use fastrand::Rng;

use super::{Answer, Target, corpus::Corpus};

/// An input that takes longer costs more than any should, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Parents beyond those that it began with.
const MOST_FOUND: usize = 2000;
/// Larger ones could exhaust the stack, which ends the process, so they are noted down before; and they are slow parents.
const LARGE: usize = 4096;

impl Target {
    /// Runs the corpus as it is, then as many inputs as are wanted. `check` panics where something is wrong.
    pub fn run(&self, check: impl Fn(&[u8]) -> Answer) {
        let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
        let times = number("HEARTEN_FUZZ").unwrap_or(self.usual);
        let seed = number("HEARTEN_FUZZ_SEED").unwrap_or_else(|| fastrand::u64(..));
        let mut corpus = Corpus::of(self.name);
        let kept = corpus.read();
        let mut run = Run { target: self, seed, corpus, kinds: HashSet::new(), taken: 0, slowest: Duration::ZERO };
        let mut parents: Vec<Vec<u8>> = kept.iter().chain(&self.seeds).cloned().collect();
        for input in &parents {
            run.one(input, &check);
        }
        let (begun, own) = (now(), parents.len());
        run.taken = 0;
        for place in 0..times {
            let mut rng = Rng::with_seed(seed.wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            let input = self.input(&mut rng, &parents);
            if run.one(&input, &check) && parents.len() < own + MOST_FOUND && input.len() <= LARGE {
                run.corpus.found(&input);
                parents.push(input);
            }
        }
        let Run { kinds, taken, slowest, .. } = run;
        eprintln!(
            "{}: {times} inputs after {own} kept, {} % good, {} kinds of answer, slowest {} ms, {:.1} s, seed {seed}",
            self.name,
            (100 * taken).checked_div(times).unwrap_or_default(),
            kinds.len(),
            slowest.as_millis(),
            begun.elapsed().as_secs_f64(),
        );
    }
}

struct Run<'a> {
    target: &'a Target,
    seed: u64,
    corpus: Corpus,
    kinds: HashSet<u64>,
    taken: u64,
    slowest: Duration,
}

impl Run<'_> {
    /// Whether the answer is of a new kind.
    fn one(&mut self, input: &[u8], check: impl Fn(&[u8]) -> Answer) -> bool {
        let large = input.len() > LARGE;
        let note = env::temp_dir().join(format!("hearten-fuzz-{}-{}", self.target.name, std::process::id()));
        if large {
            let _ = fs::write(&note, input);
        }
        let begun = now();
        let answer = catch_unwind(AssertUnwindSafe(|| check(input)));
        let took = begun.elapsed();
        if large {
            let _ = fs::remove_file(note);
        }
        self.slowest = self.slowest.max(took);
        match answer {
            Ok(answer) if took < PATIENCE => {
                self.taken += u64::from(answer.taken);
                self.kinds.insert(answer.kind)
            }
            _ => {
                let path = self.corpus.failed(input);
                let Target { name, .. } = self.target;
                let (text, seed) = (STANDARD.encode(input.get(..3000).unwrap_or(input)), self.seed);
                panic!("{name}: seed {seed}, {took:?}, {} bytes in {}: {text}", input.len(), path.display());
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "what takes too long is told by the machine's own clock")]
fn now() -> Instant {
    Instant::now()
}
