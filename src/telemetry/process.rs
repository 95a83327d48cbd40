//! What the kernel knows of this process, under the names that every exporter gives it.

use std::fs;

/// Clock ticks a second in `/proc`: the same on every architecture that matters, whatever the kernel ticks at.
const TICKS: f64 = 100.0;

/// What was found; what was not is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Process {
    pub(super) cpu_seconds: Option<f64>,
    pub(super) start_seconds: Option<f64>,
    pub(super) resident_bytes: Option<u64>,
    pub(super) virtual_bytes: Option<u64>,
    pub(super) open_fds: Option<u64>,
    pub(super) max_fds: Option<u64>,
}

impl Process {
    /// Reads `/proc`, where there is one.
    pub(super) fn read() -> Self {
        let read = |path| fs::read_to_string(path).ok();
        let stat = read("/proc/self/stat");
        // The second field is a name in brackets, and may hold spaces.
        let fields: Vec<f64> = stat
            .as_deref()
            .and_then(|stat| stat.rsplit_once(") "))
            .map(|(_, fields)| fields.split(' ').map(|field| field.trim().parse().unwrap_or(0.0)).collect())
            .unwrap_or_default();
        // Fields are numbered from one, and the third is the first after the name.
        let seconds = |number: usize| fields.get(number - 3).map(|ticks| ticks / TICKS);
        let booted = read("/proc/stat").and_then(|stat| line(&stat, "btime "));
        let status = read("/proc/self/status").unwrap_or_default();
        let kib = |name| line(&status, name).map(|kib: u64| kib * 1024);
        // One of them is this look at them.
        let open = fs::read_dir("/proc/self/fd").ok().map(|fds| fds.count().saturating_sub(1) as u64);
        Self {
            cpu_seconds: seconds(14).zip(seconds(15)).map(|(user, system)| user + system),
            start_seconds: seconds(22).zip(booted).map(|(since, booted): (f64, f64)| booted + since),
            resident_bytes: kib("VmRSS:"),
            virtual_bytes: kib("VmSize:"),
            open_fds: open,
            max_fds: read("/proc/self/limits").and_then(|limits| line(&limits, "Max open files")),
        }
    }
}

/// The number that follows `name` in a text of lines.
fn line<T: std::str::FromStr>(text: &str, name: &str) -> Option<T> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}
