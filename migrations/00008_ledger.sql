-- +goose Up
-- Vướng mắc, kiến nghị của đơn vị: one row for each proposal that ever stood in a
-- report in force, under the number its report gives it. Former texts, receivers
-- and answers stand in the audit of the row.
create table proposal (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    no            int not null check (no > 0),   -- part proposal/<no>; never given again
    version_id    bigint not null references version,  -- whose text it is
    body          text not null check (body <> ''),
    asked         text not null default '',      -- nơi giải quyết, in the unit's words
    entered_at    timestamptz not null,
    changed_at    timestamptz,                   -- a later version worded it anew
    left_at       timestamptz,
    left_why      text not null default '' check (left_why in ('', 'dropped', 'withdrawn')),
    receiver      text not null default '',      -- who is to settle it, as named then
    receiver_unit bigint references unit,        -- where that is a unit the portal knows
    due_on        date,                          -- last day in time
    answer        text not null default '',
    paper         text not null default '',      -- the paper that answers: số, ký hiệu, ngày
    answered_on   date,
    written_at    timestamptz,                   -- when the answer was entered …
    written_by    bigint references person,      -- … and by whom
    written_name  text not null default '',
    revision      int not null default 1,
    text_fold     text not null generated always as (fold(body || ' ' || asked || ' ' || receiver || ' ' || answer)) stored,
    constraint proposal_once unique (submission_id, no),
    constraint proposal_left_matches check ((left_at is null) = (left_why = '')),
    constraint proposal_receiver_has_due check ((receiver = '') = (due_on is null)),
    constraint proposal_receiver_named check (receiver_unit is null or receiver <> ''),
    constraint proposal_answer_needs_receiver check (answer = '' or receiver <> ''),
    constraint proposal_answer_matches check ((answer = '') = (answered_on is null) and (answer = '') = (written_at is null))
);
create index proposal_due_idx on proposal (due_on) where left_at is null and answer = '';

-- Ý kiến chỉ đạo, ý kiến phối hợp of those who lead, about what one unit does.
create table direction (
    id            bigint generated always as identity primary key,
    campaign_id   bigint not null references campaign,
    no            int not null,                  -- within the year
    kind          text not null check (kind in ('directive', 'coordination')),
    from_unit     bigint not null references unit,
    from_name     text not null,                 -- of that unit, as it was called then
    unit_id       bigint not null references unit,
    task_no       int,
    activity_id   bigint references activity,
    period_id     bigint references period,      -- of a report
    body          text not null check (body <> ''),
    due_on        date,                          -- last day for the answer
    given_by      bigint not null references person,
    given_name    text not null,
    given_at      timestamptz not null,
    answer        text not null default '',
    answered_by   bigint references person,
    answered_name text not null default '',
    answered_at   timestamptz,
    closing       text not null default '',      -- what it was closed with
    closed_by     bigint references person,
    closed_name   text not null default '',
    closed_at     timestamptz,
    revision      int not null default 1,
    text_fold     text not null generated always as (fold(body || ' ' || answer)) stored,
    constraint direction_once unique (campaign_id, no),
    constraint direction_about_one check (num_nonnulls(task_no, activity_id, period_id) <= 1),
    constraint direction_answer_matches check ((answer = '') = (answered_at is null) and (answer = '') = (answered_by is null)),
    constraint direction_closed_matches check ((closed_at is null) = (closed_by is null)),
    constraint direction_closed_for_something check (closed_at is null or answer <> '' or closing <> ''),
    foreign key (campaign_id, task_no) references task
);
create index direction_unit_idx on direction (unit_id, campaign_id);
create index direction_open_idx on direction (campaign_id, unit_id) where closed_at is null;

-- +goose Down
drop table direction, proposal;
