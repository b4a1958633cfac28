-- +goose Up
create table document_ref (
    id        bigint generated always as identity primary key,
    issuer_id bigint not null references unit,
    year      int not null,
    symbol    text not null,
    number    int not null check (number > 0),
    suffix    text not null default '',
    issued_on date not null,
    subject   text not null,
    signer    text not null,
    capacity  text not null,
    constraint document_ref_once unique (issuer_id, year, symbol, number, suffix)
);

create table submission (
    id        bigint generated always as identity primary key,
    period_id bigint not null references period,
    unit_id   bigint not null references unit,
    state     text not null default 'draft',
    revision  int not null default 1,
    in_force  bigint,            -- version
    state_by  bigint references person,
    state_at  timestamptz not null,
    state_why text not null default '',
    amended_by bigint references person,  -- who began the open amendment
    constraint submission_once unique (period_id, unit_id),
    constraint submission_state_check
        check (state in ('draft', 'awaiting_signoff', 'submitted', 'returned', 'accepted')),
    constraint submission_accepted_is_in_force check (state <> 'accepted' or in_force is not null)
);
create index submission_unit_idx on submission (unit_id);
create index submission_state_idx on submission (period_id, state);
-- What waits for a decision is always few: every page of a reviewer counts it.
create index submission_waiting_idx on submission (period_id, unit_id) where state = 'submitted';

create table part (
    submission_id bigint not null references submission,
    key           text not null check (key ~ '^[a-z_]+(/[A-Za-z0-9._-]+)?$'),
    revision      int not null,
    content       jsonb not null,
    saved_by      bigint references person,
    saved_at      timestamptz not null,
    autosave      boolean not null default false, -- the last save, and the run it belongs to is open
    primary key (submission_id, key),
    constraint part_content_is_flat check (jsonb_typeof(content) = 'object')
);

-- Former contents, by the revision that had them. Deleted parts end here too.
create table part_history (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    key           text not null,
    revision      int not null,
    content       jsonb not null,
    saved_by      bigint references person,
    saved_at      timestamptz not null,
    replaced_by   bigint references person,
    replaced_at   timestamptz not null,
    why           text not null check (why in ('edited', 'deleted', 'discarded', 'restored')),
    constraint part_history_once unique (submission_id, key, revision)
);
insert into append_only values ('part_history');

create table version (
    id              bigint generated always as identity primary key,
    submission_id   bigint not null references submission,
    no              int not null,
    content         bytea not null,   -- canonical JSON, exactly as hashed
    sha256          bytea not null check (sha256(content) = sha256),
    sent_by         bigint not null references person,
    sent_by_name    text not null,
    authority       text not null,    -- in which role
    document_ref_id bigint references document_ref,
    due_before      timestamptz not null,
    sent_at         timestamptz not null,
    constraint version_once unique (submission_id, no)
);
insert into append_only values ('version');

-- What became of a version. One row each, made with the version.
create table version_outcome (
    version_id     bigint primary key references version,
    submission_id  bigint not null references submission,
    outcome        text not null default 'pending'
                   check (outcome in ('pending', 'recalled', 'returned', 'accepted')),
    decided_by     bigint references person,
    decided_name   text not null default '',
    decided_at     timestamptz,
    reason         text not null default '',
    ended_at       timestamptz,      -- no longer in force from here …
    ended_why      text not null default '' check (ended_why in ('', 'superseded', 'withdrawn')),
    ended_reason   text not null default '',
    reopened_at    timestamptz,      -- accepted, then opened again to be mended
    reopened_by    bigint references person,
    reopened_why   text not null default '',
    constraint version_outcome_decided_matches check ((outcome = 'pending') = (decided_at is null)),
    constraint version_outcome_ended_matches check ((ended_at is null) = (ended_why = ''))
);
create unique index version_one_pending on version_outcome (submission_id) where outcome = 'pending';

alter table submission add constraint submission_in_force_fk foreign key (in_force) references version_outcome;

-- Everyone who saved, sent or signed since the version in force before it.
create table version_author (
    version_id bigint not null references version,
    person_id  bigint not null references person,
    primary key (version_id, person_id)
);

-- Authors of the working copy, until a version takes them over.
create table working_author (
    submission_id bigint not null references submission,
    person_id     bigint not null references person,
    primary key (submission_id, person_id)
);

create table version_read (
    version_id bigint not null references version,
    person_id  bigint not null references person,
    at         timestamptz not null,
    decides    boolean not null,  -- the reader could decide on it then
    primary key (version_id, person_id)
);

create table version_file (
    id         bigint generated always as identity primary key,
    version_id bigint not null references version,
    file_sha   bytea not null references file,
    name       text not null,
    by_person  bigint not null references person,
    at         timestamptz not null
);
create index version_file_idx on version_file (version_id);

create table remark (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    version_id    bigint not null references version,
    part_key      text not null default '',   -- '' = the whole
    field         text not null default '',   -- '' = the part
    old_text      text not null default '',   -- the field when the remark was made
    by_person     bigint not null references person,
    by_name       text not null,
    body          text not null check (body <> ''),
    made_at       timestamptz not null,
    sent_at       timestamptz,                -- with the return
    answer        text not null default '',
    answer_rev    int not null default 1,
    answered_by   bigint references person,
    answered_name text not null default '',
    answered_at   timestamptz,
    resolved_by   bigint references person,
    resolved_name text not null default '',
    resolved_at   timestamptz,
    constraint remark_answer_matches check ((answer = '') = (answered_at is null)),
    constraint remark_resolved_matches check ((resolved_by is null) = (resolved_at is null))
);
create index remark_submission_idx on remark (submission_id, id);

create table request (
    id            bigint generated always as identity primary key,
    submission_id bigint not null references submission,
    kind          text not null check (kind in ('reopen', 'extension', 'explain')),
    reason        text not null check (length(reason) >= 10),
    by_person     bigint not null references person,
    by_name       text not null,
    at            timestamptz not null,
    outcome       text not null default 'open' check (outcome in ('open', 'granted', 'refused', 'dropped')),
    answer        text not null default '',
    closed_by     bigint references person,
    closed_name   text not null default '',
    closed_at     timestamptz,
    constraint request_closed_matches check ((outcome = 'open') = (closed_at is null))
);
create unique index request_one_open on request (submission_id, kind) where outcome = 'open';

create table doubt (
    submission_id bigint not null references submission,
    code          text not null,
    fingerprint   text not null,  -- of the facts doubted: other facts ask again
    answer        text not null check (answer <> ''),
    by_person     bigint not null references person,
    by_name       text not null,
    at            timestamptz not null,
    primary key (submission_id, code)
);

-- +goose StatementBegin
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% only grows', tg_table_name using errcode = 'restrict_violation';
end
$$;
-- +goose StatementEnd
create trigger part_history_only_grows before update or delete on part_history for each row execute function refuse_change();
create trigger version_only_grows before update or delete on version for each row execute function refuse_change();
create trigger audit_only_grows before update or delete on audit for each row execute function refuse_change();

-- +goose Down
drop trigger audit_only_grows on audit;
drop table doubt, request, remark, version_file, version_read, working_author, version_author;
alter table submission drop constraint submission_in_force_fk;
drop table version_outcome, version, part_history, part, submission, document_ref;
drop function refuse_change;
