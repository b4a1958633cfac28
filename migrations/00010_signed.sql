-- +goose Up
-- What the text of a signed paper and a frozen content came to. It follows from the two
-- alone, so it is kept under their hashes, once for each way of comparing.
create table signed_comparison (
    file_sha   bytea not null references file,
    frozen_sha bytea not null check (length(frozen_sha) = 32),
    way        int not null check (way > 0),
    outcome    text not null
               check (outcome in ('match', 'differ', 'scan', 'no_pdf', 'locked', 'damaged', 'too_large')),
    result     jsonb not null check (jsonb_typeof(result) = 'object'),
    at         timestamptz not null,
    primary key (file_sha, frozen_sha, way)
);
insert into append_only values ('signed_comparison');
create trigger signed_comparison_only_grows before update or delete on signed_comparison for each row execute function refuse_change();

-- +goose Down
delete from append_only where name = 'signed_comparison';
drop table signed_comparison;
