-- +goose Up
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- fold makes text comparable without case, diacritics, đ or tone placement.
-- unaccent is only stable (its dictionary could change); ours never does.
-- +goose StatementBegin
create function fold(t text) returns text
    language sql immutable strict parallel safe
    return lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, nfc)));
-- +goose StatementEnd

-- Tables the application may only add to. The grants are made from this list.
create table append_only (
    name text primary key
);

-- What this installation is. One row.
create table installation (
    one         boolean primary key default true check (one),
    mode        text not null default 'empty' check (mode in ('empty', 'demo', 'real')),
    seal_key    bytea not null,
    demo_clock  timestamptz,           -- business time of the demo …
    demo_beat   timestamptz,           -- … at this machine time
    constraint installation_demo_clock_matches_mode check ((mode = 'demo') = (demo_clock is not null)),
    constraint installation_demo_beat_matches_clock check ((demo_clock is null) = (demo_beat is null))
);
-- gen_random_uuid is a cryptographic source; two make 32 random bytes less 12 fixed bits.
insert into installation (seal_key)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'utf8')));

-- Who did what. Chained for each subject; sealed together each minute.
create table audit (
    year        int not null,
    subject     text not null,
    seq         bigint not null,
    at          timestamptz not null,
    recorded_at timestamptz not null,
    person_id   bigint,
    person      text not null,
    authority   text not null,
    from_addr   text not null,
    action      text not null,
    before      jsonb,
    after       jsonb,
    version_id  bigint,
    prev        bytea not null,
    content     bytea not null,  -- exactly the bytes that were hashed
    hash        bytea not null,
    primary key (subject, seq, year)
) partition by range (year);
-- +goose StatementBegin
do $$
begin
    for y in 2020..2045 loop
        execute format('create table audit_%s partition of audit for values from (%s) to (%s)', y, y, y + 1);
        execute format('insert into append_only values (%L)', 'audit_' || y);
    end loop;
end
$$;
-- +goose StatementEnd
create table audit_other partition of audit default;
create index audit_person_idx on audit (person_id, at);

create table audit_head (
    subject text primary key,
    seq     bigint not null,
    prev    bytea not null,
    hash    bytea not null,
    sealed  bigint not null default 0  -- the seq that was last sealed
);
create index audit_head_unsealed_idx on audit_head (subject) where seq > sealed;

create table audit_seal (
    no      bigint primary key,
    at      timestamptz not null,
    heads   int not null,
    root    bytea not null,  -- hash over the heads that moved since the last seal, in order of subject
    prev    bytea not null,
    hash    bytea not null
);

-- The heads under each seal: what was sealed can be missed when it is gone.
create table audit_seal_head (
    no      bigint not null references audit_seal,
    subject text not null,
    seq     bigint not null,
    hash    bytea not null,
    primary key (no, subject)
);

insert into append_only values ('audit'), ('audit_other'), ('audit_seal'), ('audit_seal_head');

create table file (
    sha256 bytea primary key check (length(sha256) = 32),
    size   bigint not null check (size > 0),
    type   text not null,
    at     timestamptz not null
);

create table notice (
    id        bigint generated always as identity primary key,
    person_id bigint not null,
    at        timestamptz not null,
    subject   text not null,  -- what it is about, e.g. 'plan/2022/stp'
    body      text not null,
    read_at   timestamptz
);
create index notice_person_idx on notice (person_id, at desc);
create index notice_unread_idx on notice (person_id) where read_at is null;

-- +goose Down
drop table notice, file, audit_seal_head, audit_seal, audit_head, audit, installation, append_only;
drop function fold;
