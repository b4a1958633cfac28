-- +goose Up
create table activity (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    task_no       int not null,
    seq           int not null,
    code          text not null generated always as (task_no::text || '.' || seq::text) stored,
    sent          boolean not null default false,  -- stands in a version: can be stopped, not deleted
    constraint activity_code_once unique (submission_id, task_no, seq)
);

-- The next number of each task: numbers of deleted activities are never reused.
create table activity_counter (
    submission_id bigint not null references submission,
    task_no       int not null,
    last_seq      int not null,
    primary key (submission_id, task_no)
);

-- The activities of the plan in force, projected from the frozen version.
create table activity_fact (
    activity_id       bigint primary key references activity,
    version_id        bigint not null references version,
    campaign_id       bigint not null references campaign,
    unit_id           bigint not null references unit,
    task_no           int not null,
    position          int not null,
    code              text not null,
    title             text not null,
    product           text not null,
    start_on          date not null,
    due_on            date not null,
    span_kind         text not null,
    uom               text not null default '',
    baseline          numeric,
    target            numeric,
    evidence_required boolean not null,
    stopped_reason    text not null default '',
    title_fold        text not null generated always as (fold(title || ' ' || product)) stored,
    constraint activity_fact_dates check (start_on <= due_on)
);
create index activity_fact_roster_idx on activity_fact (campaign_id, unit_id, task_no);
create index activity_fact_trgm on activity_fact using gin (title_fold gin_trgm_ops);

-- Tasks of the plan in force that are out of scope, or in which nothing arises.
create table task_scope_fact (
    campaign_id bigint not null references campaign,
    unit_id     bigint not null references unit,
    task_no     int not null,
    kind        text not null check (kind in ('not_applicable', 'nil')),
    reason      text not null,
    primary key (campaign_id, unit_id, task_no)
);

create table activity_partner (
    activity_id bigint not null references activity_fact on delete cascade,
    unit_id     bigint not null references unit,
    primary key (activity_id, unit_id)
);
create index activity_partner_unit_idx on activity_partner (unit_id);

create table assignment (
    id          bigint generated always as identity primary key,
    activity_id bigint not null references activity on delete cascade,
    person_id   bigint not null references person,
    kind        text not null check (kind in ('owner', 'deputy')),
    valid       tstzrange not null,
    constraint assignment_one_at_a_time exclude using gist (activity_id with =, kind with =, valid with &&)
);
create index assignment_person_idx on assignment (person_id) where upper_inf(valid);

create table progress (
    id          bigint generated always as identity primary key,
    activity_id bigint not null references activity,
    as_of       date not null,
    percent     numeric check (percent between 0 and 100),
    value       numeric,
    note        text not null default '',
    by_person   bigint not null references person,
    by_name     text not null,
    at          timestamptz not null,
    replaces    bigint unique references progress,
    constraint progress_percent_or_value check ((percent is null) <> (value is null))
);
-- The matrix reads the current entry of each activity through this index.
create index progress_current_idx on progress (activity_id, as_of desc, id desc) include (percent, value, at, replaces);
insert into append_only values ('progress');
create trigger progress_only_grows before update or delete on progress for each row execute function refuse_change();

create table progress_file (
    progress_id bigint not null references progress,
    file_sha    bytea not null references file,
    name        text not null,
    primary key (progress_id, file_sha)
);

-- +goose Down
drop table progress_file, progress, assignment, activity_partner, task_scope_fact, activity_fact, activity_counter, activity;
