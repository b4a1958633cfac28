-- +goose Up
create table unit (
    id   bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

create table unit_version (
    id            bigint generated always as identity primary key,
    unit_id       bigint not null references unit,
    valid         daterange not null,
    code          text not null,
    name          text not null check (name <> ''),
    short         text not null check (short <> ''),
    symbol        text not null,
    place         text not null,
    kind          text not null check (kind in ('province', 'department', 'district', 'commune', 'coordinating_body')),
    parent_id     bigint references unit,
    header_parent text not null default '',
    basis         text not null default '',
    name_fold     text not null generated always as (fold(name || ' ' || short)) stored,
    constraint unit_version_valid_not_empty check (not isempty(valid)),
    constraint unit_version_one_at_a_time exclude using gist (unit_id with =, valid with &&),
    constraint unit_version_code_at_a_time exclude using gist (code with =, valid with &&)
);
create index unit_version_unit_idx on unit_version (unit_id);
create index unit_version_name_trgm on unit_version using gin (name_fold gin_trgm_ops);
create index unit_version_sort_idx on unit_version (name collate "vi-x-icu");

create table unit_lineage (
    from_unit bigint not null references unit,
    to_unit   bigint references unit,
    kind      text not null check (kind in ('rename', 'merge', 'split', 'abolish')),
    on_date   date not null,
    basis     text not null,
    constraint unit_lineage_abolish_has_no_successor check ((kind = 'abolish') = (to_unit is null)),
    unique nulls not distinct (from_unit, to_unit, on_date)
);

create table person (
    id        bigint generated always as identity primary key,
    name      text not null check (name <> ''),
    name_sort text not null,
    title     text not null default '',  -- chức vụ
    email     text not null default '',
    active    boolean not null default true,
    name_fold text not null generated always as (fold(name)) stored
);
create index person_name_trgm on person using gin (name_fold gin_trgm_ops);

alter table notice add constraint notice_person_fk foreign key (person_id) references person;

create table credential (
    person_id   bigint primary key references person,
    username    text not null unique check (username = lower(username) and username <> ''),
    hash        text not null,
    must_change boolean not null default true,
    exempt      boolean not null default false,  -- demo people: no forced change, no second factor
    totp_secret text not null default '',
    last_step   bigint not null default 0,
    changed_at  timestamptz not null
);

create table membership (
    id        bigint generated always as identity primary key,
    person_id bigint not null references person,
    unit_id   bigint not null references unit,
    role      text not null check (role in ('staff', 'unit_leader', 'reviewer', 'consolidator', 'leadership', 'observer', 'admin')),
    valid     daterange not null,
    constraint membership_valid_not_empty check (not isempty(valid)),
    constraint membership_once_at_a_time exclude using gist (person_id with =, unit_id with =, role with =, valid with &&)
);
create index membership_unit_idx on membership (unit_id, role);

-- Sessions of the browser; only a hash of each token is stored (scs).
create table sessions (
    token  text primary key,
    data   bytea not null,
    expiry timestamptz not null
);
create index sessions_expiry_idx on sessions (expiry);

-- What a person sees of his or her sessions. Machine time throughout.
create table person_session (
    id         bigint generated always as identity primary key,
    public_id  uuid not null unique default gen_random_uuid(),
    person_id  bigint not null references person,
    began_at   timestamptz not null,
    seen_at    timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz,
    from_addr  text not null,
    agent      text not null
);
create index person_session_idx on person_session (person_id) where ended_at is null;

-- Failed sign-ins by account and by address; machine time.
create table sign_in_failure (
    key      text primary key,   -- 'name:…' or 'addr:…'
    failures int not null,
    last_at  timestamptz not null,
    until    timestamptz not null
);

create table idempotency (
    person_id bigint not null references person,
    key       text not null check (length(key) between 16 and 64),
    body_sha  bytea not null,
    result    text not null,
    at        timestamptz not null,
    primary key (person_id, key, body_sha)
);
create index idempotency_at_idx on idempotency (at);

-- Posts that could not be carried out and are kept for their author.
create table parked_post (
    id        uuid primary key,
    person_id bigint not null references person,
    path      text not null,
    label     text not null,
    why       text not null check (why in ('session', 'rights', 'conflict', 'failure')),
    had_files boolean not null default false,
    sealed    bytea not null check (length(sealed) <= 400000),
    at        timestamptz not null,  -- business time, shown
    kept_at   timestamptz not null   -- machine time, for removal
);
create index parked_post_person_idx on parked_post (person_id, kept_at desc);

-- +goose Down
drop table parked_post, idempotency, sign_in_failure, person_session, sessions, membership, credential;
alter table notice drop constraint notice_person_fk;
drop table person, unit_lineage, unit_version, unit;
