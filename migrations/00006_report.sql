-- +goose Up
create table indicator (
    id             bigint generated always as identity primary key,
    code           text not null unique check (code ~ '^T[0-9]+[.][0-9]+$'),
    task_no        int not null check (task_no between 0 and 99),
    name           text not null check (name <> ''),
    uom            text not null,  -- đơn vị tính
    kind           text not null check (kind in ('count', 'amount', 'flag', 'derived', 'score')),
    across_units   text not null check (across_units in ('sum', 'count_true', 'avg', 'none', 'ratio')),
    across_periods text not null check (across_periods in ('sum', 'last', 'first', 'ratio')),
    numerator      bigint references indicator,
    denominator    bigint references indicator,
    parent         bigint references indicator,  -- the whole of which it is a part
    kinds          text[] not null,              -- kinds of unit that fill it in
    core           boolean not null,             -- switched on in a new campaign
    guide          text not null default '',
    constraint indicator_ratio_has_both check ((kind = 'derived') = (numerator is not null and denominator is not null)),
    constraint indicator_ratio_everywhere check ((kind = 'derived') = (across_units = 'ratio') and (kind = 'derived') = (across_periods = 'ratio'))
);

-- The indicators a campaign asks for, and of which kinds of unit.
create table indicator_use (
    campaign_id  bigint not null references campaign,
    indicator_id bigint not null references indicator,
    kinds        text[] not null,
    primary key (campaign_id, indicator_id)
);

-- What one unit of the roster is asked for against its kind.
create table indicator_unit (
    campaign_id  bigint not null,
    indicator_id bigint not null,
    unit_id      bigint not null references unit,
    applies      boolean not null,
    primary key (campaign_id, indicator_id, unit_id),
    foreign key (campaign_id, indicator_id) references indicator_use on delete cascade
);

create table figure_check (
    code     text primary key,
    expr     text not null,  -- e.g. T2.05 + T2.06 = T2.04
    severity text not null check (severity = 'doubt'),
    message  text not null
);

-- The figures of the reports in force, projected from the frozen versions. A
-- figure that was not answered has no row: it counts nowhere.
create table figure_fact (
    period_id    bigint not null references period,
    unit_id      bigint not null references unit,
    indicator_id bigint not null references indicator,
    version_id   bigint not null references version,
    mark         text not null check (mark in ('number', 'nil', 'not_applicable')),
    own          numeric,
    below        numeric,  -- of the units reporting to it, as frozen with the version
    estimated    numeric,  -- trong đó ước: inside own
    primary key (period_id, unit_id, indicator_id),
    constraint figure_fact_number_has_own check ((mark = 'number') = (own is not null)),
    constraint figure_fact_estimated_inside check (estimated is null or own is not null)
);
create index figure_fact_indicator_idx on figure_fact (period_id, indicator_id);

-- How a task went, by the reports in force.
create table report_task_fact (
    period_id  bigint not null references period,
    unit_id    bigint not null references unit,
    task_no    int not null,
    version_id bigint not null references version,
    status     text not null,
    primary key (period_id, unit_id, task_no)
);

-- Last year's figures, typed or imported.
create table prior_figure (
    unit_id      bigint not null references unit,
    indicator_id bigint not null references indicator,
    year         int not null check (year between 1990 and 2100),
    period       text not null,  -- slug
    value        numeric not null,
    source       text not null default '',
    by_person    bigint references person,
    by_name      text not null,
    at           timestamptz not null,
    primary key (unit_id, indicator_id, year, period)
);

-- Files handed in with a submission; which of them stand in it, its parts file/<id> say.
create table attachment (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    file_sha      bytea not null references file,
    name          text not null,
    by_person     bigint not null references person,
    by_name       text not null,
    at            timestamptz not null
);
create index attachment_submission_idx on attachment (submission_id);
insert into append_only values ('attachment');

-- +goose Down
delete from append_only where name = 'attachment';
drop table attachment, prior_figure, report_task_fact, figure_fact, figure_check, indicator_unit, indicator_use, indicator;
