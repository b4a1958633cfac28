-- +goose Up
-- A question about a sending that waits (yêu cầu giải trình): asked, answered and
-- closed without the sending going back. The answer is the unit's.
alter table request
    add version_id    bigint references version,
    add due_on        date,
    add answer_rev    int not null default 1,
    add answered_by   bigint references person,
    add answered_name text not null default '',
    add answered_at   timestamptz,
    add constraint request_explain_matches check ((kind = 'explain') = (version_id is not null and due_on is not null)),
    add constraint request_answered_matches check (kind <> 'explain' or (answer = '') = (answered_at is null));
drop index request_one_open;
create unique index request_one_open on request (submission_id, kind) where outcome = 'open' and kind <> 'explain';
create index request_explain_idx on request (submission_id, id) where kind = 'explain';

-- Whose units a reviewer looks at first. It sorts the queue and permits nothing.
create table review_duty (
    receiver_id bigint not null references unit,
    unit_id     bigint not null references unit,
    person_id   bigint not null references person,
    by_person   bigint not null references person,
    at          timestamptz not null,
    primary key (receiver_id, unit_id)
);

-- +goose Down
drop table review_duty;
drop index request_explain_idx, request_one_open;
delete from request where kind = 'explain';
alter table request
    drop constraint request_explain_matches,
    drop constraint request_answered_matches,
    drop version_id,
    drop due_on,
    drop answer_rev,
    drop answered_by,
    drop answered_name,
    drop answered_at;
create unique index request_one_open on request (submission_id, kind) where outcome = 'open';
