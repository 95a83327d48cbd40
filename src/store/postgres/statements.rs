//! Every statement that runs while serving. `docs/POSTGRES.md` tells what each asks of a database.
//!
//! Rows travel as arrays, one for each column, so that a batch of any size is one statement with one plan. `unnest` in `from` first
//! copies every array into a table of its own, an eighth of what it costs to update records: updates have it among what is selected.

/// Writes records over those they were made of. Where fewer rows are told than were sent, some were changed meanwhile, or are gone.
pub(super) const UPDATE_LEARNERS: &str = "\
update hearten_learners as kept \
set version = new.version, heard_at = greatest(kept.heard_at, new.heard_at), record = new.record \
from (select unnest($1::text[]) as tenant, unnest($2::text[]) as learner, unnest($3::bigint[]) as base, \
unnest($4::bigint[]) as version, unnest($5::timestamptz[]) as heard_at, unnest($6::bytea[]) as record) as new \
where kept.tenant = new.tenant and kept.learner = new.learner and kept.version = new.base";

/// The same, which tells those that were written by their places: asked only after it is known that some were not.
pub(super) const UPDATE_LEARNERS_TOLD: &str = "\
update hearten_learners as kept \
set version = new.version, heard_at = greatest(kept.heard_at, new.heard_at), record = new.record \
from (select unnest($1::text[]) as tenant, unnest($2::text[]) as learner, unnest($3::bigint[]) as base, \
unnest($4::bigint[]) as version, unnest($5::timestamptz[]) as heard_at, unnest($6::bytea[]) as record, \
unnest($7::int[]) as place) as new \
where kept.tenant = new.tenant and kept.learner = new.learner and kept.version = new.base \
returning new.place";

/// Writes the first records of learners. A row that does not come back was there meanwhile.
pub(super) const INSERT_LEARNERS: &str = "\
insert into hearten_learners (tenant, learner, version, heard_at, record) \
select * from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::bytea[]) \
on conflict (tenant, learner) do nothing \
returning tenant, learner";

/// Those of them who were erased.
pub(super) const FIND_TOMBSTONES: &str = "select hash from hearten_tombstones where hash = any($1::bytea[])";

/// A row that is there is that of whoever was faster with the learner, and this transaction will find so.
pub(super) const INSERT_DECISIONS: &str = "\
insert into hearten_decisions (tenant, learner, number, decided_at, reason, message_id, policy_version, entry) \
select * from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::bytea[]) \
on conflict do nothing";

pub(super) const INSERT_OUTCOMES: &str = "\
insert into hearten_outcomes (tenant, learner, number, version, reported_at, outcome) \
select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::smallint[]) \
on conflict do nothing";

pub(super) const INSERT_ATTENTION: &str = "\
insert into hearten_attention (tenant, class, learner) \
select * from unnest($1::text[], $2::bigint[], $3::text[]) \
on conflict (tenant, class, learner) do nothing";

pub(super) const DELETE_ATTENTION: &str = "\
delete from hearten_attention as kept \
using unnest($1::text[], $2::bigint[], $3::text[]) as gone (tenant, class, learner) \
where kept.tenant = gone.tenant and kept.class = gone.class and kept.learner = gone.learner";

/// What a batch adds to sums, in one row.
pub(super) const LOG_STATISTICS: &str =
    "insert into hearten_statistics_log (id, written_at, deltas) values ($1, now(), $2)";

/// How many rows wait to be added up, counted up to a number.
pub(super) const COUNT_LOG: &str = "select count(*) from (select id from hearten_statistics_log limit $1) as waiting";

/// Whoever holds this row adds up what is in the log; it waits until nobody else does.
pub(super) const BEGIN_FOLD: &str = "select name from hearten_meta where name = 'folding' for update";

/// The same, but where somebody else does it is left to them.
pub(super) const TRY_FOLD: &str = "select name from hearten_meta where name = 'folding' for update skip locked";

pub(super) const LOG: &str = "select id, deltas from hearten_statistics_log where id > $1 order by id limit $2";

pub(super) const DELETE_LOG: &str = "delete from hearten_statistics_log where id = any($1::bigint[])";

pub(super) const ADD_STATISTICS: &str = "\
insert into hearten_statistics as kept (tenant, kind, subject, attempts, successes, timed, log_time, \
log_time_squared, ability, slope_score, slope_information, changed_at) \
select tenant, kind, subject, attempts, successes, timed, log_time, \
log_time_squared, ability, slope_score, slope_information, now() \
from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], \
$8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[]) \
as added (tenant, kind, subject, attempts, successes, timed, log_time, log_time_squared, ability, slope_score, \
slope_information) \
on conflict (tenant, kind, subject) do update set \
attempts = kept.attempts + excluded.attempts, successes = kept.successes + excluded.successes, \
timed = kept.timed + excluded.timed, log_time = kept.log_time + excluded.log_time, \
log_time_squared = kept.log_time_squared + excluded.log_time_squared, ability = kept.ability + excluded.ability, \
slope_score = kept.slope_score + excluded.slope_score, \
slope_information = kept.slope_information + excluded.slope_information, changed_at = excluded.changed_at";

pub(super) const LOAD: &str = "select version, record from hearten_learners where tenant = $1 and learner = $2";

pub(super) const DECISION: &str =
    "select entry from hearten_decisions where tenant = $1 and learner = $2 and number = $3 limit 1";

pub(super) const OUTCOME: &str = "\
select outcome from hearten_outcomes where tenant = $1 and learner = $2 and number = $3 \
order by version desc limit 1";

pub(super) const DECISIONS: &str = "\
select number, entry from hearten_decisions where tenant = $1 and learner = $2 and number > $3 \
order by number limit $4";

/// Oldest first, so that of several for a message the last is the one that holds.
pub(super) const OUTCOMES: &str = "\
select number, outcome from hearten_outcomes \
where tenant = $1 and learner = $2 and number >= $3 and number <= $4 order by version";

pub(super) const ATTENTION: &str = "\
select learner from hearten_attention where tenant = $1 and class = $2 and learner > $3 order by learner limit $4";

pub(super) const STATISTICS: &str = "\
select tenant, kind, subject, attempts, successes, timed, log_time, log_time_squared, ability, slope_score, \
slope_information, changed_at from hearten_statistics";

/// What is not yet added to them.
pub(super) const WHOLE_LOG: &str = "select deltas from hearten_statistics_log";

/// Whole sums of what was added to since a time, some of it perhaps seen before.
pub(super) const CHANGED_STATISTICS: &str = "\
select tenant, kind, subject, attempts, successes, timed, log_time, log_time_squared, ability, slope_score, \
slope_information, changed_at from hearten_statistics where changed_at > $1";

/// From here on nobody can write to the learner: those who try find another version, or the tombstone.
pub(super) const MARK_ERASED: &str = "\
insert into hearten_learners as kept (tenant, learner, version, heard_at, record) \
values ($1, $2, 9223372036854775807, now(), '') \
on conflict (tenant, learner) do update set version = excluded.version, record = excluded.record";

pub(super) const INSERT_TOMBSTONE: &str =
    "insert into hearten_tombstones (hash, erased_at) values ($1, now()) on conflict (hash) do nothing";

pub(super) const DELETE_LEARNER: &str = "delete from hearten_learners where tenant = $1 and learner = $2";

/// Only a learner who was not heard of meanwhile, where a time is given.
pub(super) const DELETE_UNHEARD: &str = "\
delete from hearten_learners \
where tenant = $1 and learner = $2 and ($3::timestamptz is null or heard_at < $3::timestamptz)";

pub(super) const DELETE_DECISIONS: &str = "delete from hearten_decisions where tenant = $1 and learner = $2";

pub(super) const DELETE_OUTCOMES: &str = "delete from hearten_outcomes where tenant = $1 and learner = $2";

pub(super) const DELETE_PLACES: &str = "delete from hearten_attention where tenant = $1 and learner = $2";

pub(super) const DELETE_STATISTICS: &str = "\
delete from hearten_statistics as kept \
using unnest($2::smallint[], $3::bigint[]) as gone (kind, subject) \
where kept.tenant = $1 and kept.kind = gone.kind and kept.subject = gone.subject and kept.attempts < $4";

pub(super) const FORGET_DECISIONS: &str = "delete from hearten_decisions where decided_at < $1";

pub(super) const FORGET_OUTCOMES: &str = "delete from hearten_outcomes where reported_at < $1";

pub(super) const UNHEARD: &str =
    "select tenant, learner from hearten_learners where heard_at < $1 and version < 9223372036854775807 limit $2";

/// Whether it is there, and takes writes: a primary may have become a standby without a word.
pub(super) const PING: &str = "show transaction_read_only";

/// Changes whenever the policies do.
pub(super) const POLICIES_STATE: &str =
    "select concat(count(*), ' ', max(published_at), ' ', min(published_at)) from hearten_policies";

pub(super) const POLICIES: &str = "select tenant, policy from hearten_policies";

pub(super) const PUBLISH: &str = "\
insert into hearten_policies (tenant, policy, published_at) values ($1, $2, now()) \
on conflict (tenant) do update set policy = excluded.policy, published_at = excluded.published_at";

pub(super) const WITHDRAW: &str = "delete from hearten_policies where tenant = $1";

pub(super) const LISTEN: &str = "listen hearten_policies";

pub(super) const NOTIFY: &str = "notify hearten_policies";
