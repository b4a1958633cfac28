-- +goose Up
create table campaign (
    id              bigint generated always as identity primary key,
    year            int not null unique check (year between 2000 and 2100),
    lead_unit       bigint not null references unit,
    directive       text not null,  -- e.g. Kế hoạch số 32/KH-UBND ngày 28/02/2022 …
    active          daterange not null,
    tasks_frozen_at timestamptz
);

create table task (
    campaign_id bigint not null references campaign,
    no          int not null check (no between 0 and 99),
    short       text not null,
    title       text not null,
    primary key (campaign_id, no)
);

create table task_supplement (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null,
    task_no     int not null,
    on_date     date not null,
    body        text not null,
    basis       text not null,
    foreign key (campaign_id, task_no) references task
);

-- +goose StatementBegin
create function task_text_is_frozen() returns trigger language plpgsql as $$
begin
    if exists (select from campaign where id = old.campaign_id and tasks_frozen_at is not null) then
        raise exception 'task texts are frozen since the first plan was accepted'
            using constraint = 'task_text_frozen', errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end
$$;
-- +goose StatementEnd
create trigger task_text_frozen before update or delete on task
    for each row execute function task_text_is_frozen();

create table roster (
    campaign_id     bigint not null references campaign,
    unit_id         bigint not null references unit,
    unit_version_id bigint not null references unit_version,
    reports_to      bigint not null references unit,
    position        int not null,
    valid           daterange not null,
    reason          text not null default '',
    direct_submit   boolean not null default false,
    primary key (campaign_id, unit_id),
    constraint roster_valid_not_empty check (not isempty(valid))
);
create index roster_reports_to_idx on roster (campaign_id, reports_to, position);

create table period (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null references campaign,
    kind        text not null check (kind in ('plan', 'report', 'evaluation')),
    slug        text not null,
    name        text not null,
    opens_on    date not null,
    data        daterange,
    cumulative  boolean not null default false,
    trues_up    bigint references period,
    closed_at   timestamptz,
    closed_why  text not null default '',
    unique (campaign_id, slug),
    constraint period_report_has_data check ((kind = 'report') = (data is not null))
);

create table deadline (
    period_id  bigint not null references period,
    unit_kind  text not null,
    due_before timestamptz not null,
    primary key (period_id, unit_kind)
);

create table extension (
    id         bigint generated always as identity primary key,
    period_id  bigint not null references period,
    unit_id    bigint not null references unit,
    due_before timestamptz not null,
    reason     text not null check (length(reason) >= 10),
    by_person  bigint not null references person,
    at         timestamptz not null
);
create index extension_idx on extension (period_id, unit_id, at desc, id desc);

create table holiday (
    day  date primary key,
    name text not null,
    kind text not null
);

-- +goose Down
drop table holiday, extension, deadline, period, roster, task_supplement, task, campaign;
drop function task_text_is_frozen;
