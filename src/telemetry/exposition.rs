//! Everything that is measured, written down: the only place that knows names, units and labels.

use std::{
    fmt,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, text},
    registry::{Registry, Unit},
};

use super::{
    metrics::{Counted, Gauges},
    page::{Label, NONE, Page},
    process::Process,
    split,
    tenant::Tenant,
};
use crate::{estimate::Head, reason::Kind};

/// The text itself.
pub(super) fn render(counted: &Arc<Counted>, gauges: &Gauges) -> String {
    let scrape = Scrape { counted: Arc::clone(counted), gauges: gauges.clone(), process: Process::read() };
    let mut registry = Registry::default();
    registry.register_collector(Box::new(scrape));
    let mut page = String::new();
    // Writing to a string cannot fail; half a page would be refused by whoever reads it.
    let _ = text::encode(&mut page, &registry);
    page
}

/// One look at everything.
#[derive(Debug)]
struct Scrape {
    counted: Arc<Counted>,
    gauges: Gauges,
    process: Process,
}

impl Collector for Scrape {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut page = Page::new(encoder);
        self.calls(&mut page)?;
        self.learning(&mut page)?;
        self.limits(&mut page)?;
        self.store(&mut page)?;
        self.server(&mut page)?;
        self.process(&mut page)
    }
}

impl Scrape {
    fn calls(&self, page: &mut Page<'_>) -> fmt::Result {
        let tenants = self.counted.tenants.all();
        let called = tenants.iter().flat_map(|tenant| tenant.calls().into_iter().map(move |call| (tenant, call)));
        let called = called.map(|(tenant, ((method, code), count))| {
            let (service, method) = split(method);
            ([("service", service), ("method", method), ("code", code), ("tenant", tenant.name())], count)
        });
        page.counters("hearten_rpc_requests", "Calls that ended, by status code", called)?;

        let methods = self.counted.methods.all();
        let labels = |name| -> [(&'static str, &'static str); 2] {
            let (service, method) = split(name);
            [("service", service), ("method", method)]
        };
        let under_way = methods.iter().map(|method| (labels(method.name), method.under_way()));
        page.gauges("hearten_rpc_in_flight", "Calls under way, streams among them", None, under_way)?;
        let durations = methods.iter().map(|method| (labels(method.name), &method.seconds));
        page.histograms(
            "hearten_rpc_duration",
            "Time from a call's head to its end; for a stream, all its life",
            Some(Unit::Seconds),
            durations,
        )?;

        let streams = tenants.iter().map(|tenant| (of(tenant), tenant.streams.load(Relaxed)));
        page.gauges("hearten_streams_open", "Streams that are open", None, streams)?;
        let messages = each(&tenants, Tenant::messages, |direction| [("direction", direction)]);
        page.counters("hearten_stream_messages", "Messages on streams, from clients and to them", messages)
    }

    fn learning(&self, page: &mut Page<'_>) -> fmt::Result {
        let tenants = self.counted.tenants.all();
        let events = each(&tenants, Tenant::events, |result| [("result", result)]);
        page.counters("hearten_events", "Events that arrived, by what became of them", events)?;

        let why = |kind, reason| [("kind", kind), ("reason", reason)];
        let spoken = each(&tenants, Tenant::spoken, |reason| why(kind(reason.kind()), reason.name()));
        let silent = each(&tenants, Tenant::silent, |cause| why("silence", cause.name()));
        let help = "Decisions, by what came of them and why; a silence has its cause as reason";
        page.counters("hearten_decisions", help, spoken.chain(silent))?;

        let outcomes = each(&tenants, Tenant::outcomes, |outcome| [("outcome", outcome.name())]);
        page.counters("hearten_outcomes", "Reports of what became of messages", outcomes)?;

        let estimates = &self.counted.tenants.estimates;
        let heads = Head::ALL.into_iter().map(Head::name).zip(&estimates.heads);
        let all = heads.chain([("p_next_correct", &estimates.p_next_correct)]);
        let all = all.map(|(name, scores)| ([("estimate", name)], scores));
        page.histograms("hearten_estimate", "What was estimated of learners, from 0 to 1", None, all)
    }

    fn limits(&self, page: &mut Page<'_>) -> fmt::Result {
        let counted = &self.counted;
        let refused = counted.refused.read().into_iter().map(|(reason, count)| ([("reason", reason)], count));
        page.counters("hearten_credentials_refused", "Calls whose credential was not taken", refused)?;
        let shed = counted.shed.read().into_iter().map(|(limit, count)| ([("limit", limit)], count));
        page.counters("hearten_shed", "Calls, streams and events turned away because a limit was reached", shed)?;
        let open = [(NONE, counted.connections.load(Relaxed))];
        page.gauges("hearten_connections_open", "Connections that are open", None, open)?;
        let turned_away = counted.connections_refused.read();
        let turned_away = turned_away.into_iter().map(|(reason, count)| ([("reason", reason)], count));
        page.counters("hearten_connections_refused", "Connections turned away", turned_away)
    }

    fn store(&self, page: &mut Page<'_>) -> fmt::Result {
        let Gauges { store, store_healthy, hot_learners, .. } = &self.gauges;
        page.histograms(
            "hearten_store_batch_commits",
            "Commits written with one sync",
            None,
            [(NONE, &store.batch_commits)],
        )?;
        page.histograms(
            "hearten_store_batch_duration",
            "Time to write and sync a batch",
            Some(Unit::Seconds),
            [(NONE, &store.batch_seconds)],
        )?;
        page.gauges(
            "hearten_store_pending_commits",
            "Commits not yet on disk",
            None,
            [(NONE, store.pending() as i64)],
        )?;
        page.gauges(
            "hearten_store_healthy",
            "1 while the store takes writes",
            None,
            [(NONE, i64::from(*store_healthy))],
        )?;
        page.gauges("hearten_hot_learners", "Learners in memory", None, [(NONE, *hot_learners as i64)])?;
        let erased = self.counted.erased.read().into_iter().map(|(why, count)| ([("why", why)], count));
        page.counters("hearten_learners_erased", "Learners erased, by why: asked, unheard-of", erased)?;
        let forgotten = self.counted.forgotten.load(Relaxed);
        page.counter(
            "hearten_decisions_forgotten",
            "Logged decisions that were kept for long enough",
            None,
            forgotten,
        )?;
        let stopped = self.counted.stopped.read().into_iter().map(|(reason, count)| ([("reason", reason)], count));
        page.counters(
            "hearten_trials_stopped",
            "Trials of a tenant that this server ended, as they showed harm",
            stopped,
        )
    }

    fn server(&self, page: &mut Page<'_>) -> fmt::Result {
        let ready = self.gauges.serving && self.gauges.store_healthy;
        page.gauges("hearten_ready", "1 while calls are taken and kept", None, [(NONE, i64::from(ready))])?;
        let reloads = self.counted.reloads.read();
        let reloads = reloads.into_iter().map(|((what, result), count)| ([("what", what), ("result", result)], count));
        page.counters("hearten_reloads", "Times that files were read again, by result", reloads)?;
        let mut last: Vec<_> = self.counted.reloaded.iter().map(|last| (*last.key(), *last.value())).collect();
        last.sort_unstable();
        let last = last.into_iter().map(|(what, ok)| ([("what", what)], i64::from(ok)));
        page.gauges("hearten_last_reload_successful", "1 where the files as last read are in force", None, last)?;
        page.info("hearten_build", "What is running", [("version", env!("CARGO_PKG_VERSION"))])
    }

    fn process(&self, page: &mut Page<'_>) -> fmt::Result {
        let Process { cpu_seconds, start_seconds, resident_bytes, virtual_bytes, open_fds, max_fds } = self.process;
        let one = |number: Option<u64>| number.map(|number| (NONE, number as i64));
        if let Some(seconds) = cpu_seconds {
            page.counter("process_cpu", "Time on a processor", Some(Unit::Seconds), seconds)?;
        }
        page.gauges(
            "process_start_time",
            "Start, since 1970",
            Some(Unit::Seconds),
            start_seconds.map(|start| (NONE, start)),
        )?;
        page.gauges("process_resident_memory", "Memory in use", Some(Unit::Bytes), one(resident_bytes))?;
        page.gauges("process_virtual_memory", "Memory set aside", Some(Unit::Bytes), one(virtual_bytes))?;
        page.gauges("process_open_fds", "Files and sockets that are open", None, one(open_fds))?;
        page.gauges("process_max_fds", "Files and sockets that may be open", None, one(max_fds))
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Encouragement => "encouragement",
        Kind::Celebration => "celebration",
    }
}

fn of(tenant: &Tenant) -> [Label<'_>; 1] {
    [("tenant", tenant.name())]
}

/// The counts of each tenant, with other labels besides.
fn each<'a, T, const N: usize, const M: usize>(
    tenants: &'a [Arc<Tenant>],
    counts: impl Fn(&Tenant) -> [(T, u64); N] + 'a,
    labels: impl Fn(T) -> [Label<'static>; M] + 'a,
) -> impl Iterator<Item = (([Label<'a>; 1], [Label<'static>; M]), u64)> {
    let of_each = tenants.iter().flat_map(move |tenant| counts(tenant).map(|(what, count)| (tenant, what, count)));
    of_each.map(move |(tenant, what, count)| ((of(tenant), labels(what)), count))
}
