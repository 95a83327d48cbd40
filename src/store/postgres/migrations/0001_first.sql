-- What stands between /*[ and ]*/ is left out of the plain layout, for databases that spread tables over machines themselves.

create table hearten_meta (
    name text primary key,
    value bytea not null
);

create table hearten_learners (
    tenant text /*[ collate "C" ]*/ not null,
    learner text /*[ collate "C" ]*/ not null,
    -- Rises with every change.
    version bigint not null,
    heard_at timestamptz not null,
    record bytea not null,
    primary key (tenant, learner)
) /*[ partition by hash (tenant, learner) ]*/;

-- Those of a class whom a teacher should see.
create table hearten_attention (
    tenant text /*[ collate "C" ]*/ not null,
    class bigint not null,
    learner text /*[ collate "C" ]*/ not null,
    primary key (tenant, class, learner)
);

create index hearten_attention_learner on hearten_attention (tenant, learner);

-- Every message, with all that explains it in `entry`.
create table hearten_decisions (
    tenant text /*[ collate "C" ]*/ not null,
    learner text /*[ collate "C" ]*/ not null,
    number bigint not null,
    decided_at timestamptz not null,
    reason text not null,
    message_id text not null,
    policy_version text not null,
    entry bytea not null,
    primary key (tenant, learner, number, decided_at)
) /*[ partition by range (decided_at) ]*/;

-- What became of messages: 1 shown, 2 not shown, 3 dismissed, 4 helpful, 5 unhelpful. The newest version holds.
create table hearten_outcomes (
    tenant text /*[ collate "C" ]*/ not null,
    learner text /*[ collate "C" ]*/ not null,
    number bigint not null,
    version bigint not null,
    reported_at timestamptz not null,
    outcome smallint not null,
    primary key (tenant, learner, number, version, reported_at)
) /*[ partition by range (reported_at) ]*/;

-- Sums over everybody's opportunities: in all (kind 0), per skill (1), per item (2).
create table hearten_statistics (
    tenant text /*[ collate "C" ]*/ not null,
    kind smallint not null,
    subject bigint not null,
    attempts bigint not null,
    successes bigint not null,
    timed bigint not null,
    log_time bigint not null,
    log_time_squared bigint not null,
    ability bigint not null,
    slope_score bigint not null,
    slope_information bigint not null,
    changed_at timestamptz not null,
    primary key (tenant, kind, subject)
);

-- What is yet to be added to them, a row for each batch of events.
create table hearten_statistics_log (
    -- Drawn by lot.
    id bigint primary key,
    written_at timestamptz not null,
    deltas bytea not null
);

/*[
-- A row lives for a second: it is not worth compressing.
alter table hearten_statistics_log alter column deltas set storage external;
]*/

-- Those who were erased, by a keyed hash.
create table hearten_tombstones (
    hash bytea primary key,
    erased_at timestamptz not null
);

-- The policies that all servers follow; tenant '' is everybody without one of their own.
create table hearten_policies (
    tenant text primary key,
    policy text not null,
    published_at timestamptz not null
);
