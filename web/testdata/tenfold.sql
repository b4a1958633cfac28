-- Makes ten times as much of the demonstration: nine more units of each that files,
-- with everything they filed, and for the units there were nine more activities of
-- each, in the working copy and in every sending. Ids of copies begin with the
-- number of the copy, in columns and in keys alike.

create function pg_temp.copy(k int, id bigint) returns bigint language sql immutable as $$
    select (k::text || '0000000' || id::text)::bigint
$$;
create function pg_temp.copy(k int, keys text) returns text language sql immutable as $$
    select regexp_replace(keys, 'activity/([0-9]+)', 'activity/' || k || '0000000\1', 'g')
$$;
create temp table copies as select k from generate_series(1, 9) k;
create temp table filing as select unit_id as id from roster;
create temp table filed as select s.* from submission s where s.unit_id in (select id from filing);
create temp table written as select a.* from activity a where a.submission_id in (select id from filed);
create temp table sent as select v.* from version v where v.submission_id in (select id from filed);

-- Nine more units of each.
insert into unit (id, slug) overriding system value
select pg_temp.copy(k, u.id), u.slug || '-' || k
from unit u, copies
where u.id in (select id from filing);

insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind, parent_id, header_parent, basis) overriding system value
select pg_temp.copy(k, v.id), pg_temp.copy(k, v.unit_id), v.valid, v.code || '-' || k, v.name || ' ' || k, v.short || ' ' || k, v.symbol,
       v.place, v.kind, v.parent_id, v.header_parent, v.basis
from unit_version v, copies
where v.unit_id in (select id from filing);

insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid, reason, direct_submit)
select r.campaign_id, pg_temp.copy(k, r.unit_id), pg_temp.copy(k, r.unit_version_id), r.reports_to, r.position, r.valid, r.reason, r.direct_submit
from roster r, copies;

insert into document_ref (id, issuer_id, year, symbol, number, suffix, issued_on, subject, signer, capacity) overriding system value
select pg_temp.copy(k, d.id), pg_temp.copy(k, d.issuer_id), d.year, d.symbol, d.number, d.suffix, d.issued_on, d.subject, d.signer, d.capacity
from document_ref d, copies
where d.issuer_id in (select id from filing);

insert into submission (id, period_id, unit_id, state, revision, state_by, state_at, state_why, amended_by) overriding system value
select pg_temp.copy(k, s.id), s.period_id, pg_temp.copy(k, s.unit_id), case s.state when 'accepted' then 'draft' else s.state end, s.revision,
       s.state_by, s.state_at, s.state_why, s.amended_by
from filed s, copies;

insert into version (id, submission_id, no, content, sha256, sent_by, sent_by_name, authority, document_ref_id, due_before, sent_at) overriding system value
select pg_temp.copy(k, v.id), pg_temp.copy(k, v.submission_id), v.no, c.content, sha256(c.content), v.sent_by, v.sent_by_name, v.authority,
       pg_temp.copy(k, v.document_ref_id), v.due_before, v.sent_at
from sent v
cross join copies
cross join lateral (select convert_to(pg_temp.copy(k, convert_from(v.content, 'utf8')), 'utf8') as content) c;

insert into version_outcome (version_id, submission_id, outcome, decided_by, decided_name, decided_at, reason, ended_at, ended_why, ended_reason,
                             reopened_at, reopened_by, reopened_why)
select pg_temp.copy(k, o.version_id), pg_temp.copy(k, o.submission_id), o.outcome, o.decided_by, o.decided_name, o.decided_at, o.reason,
       o.ended_at, o.ended_why, o.ended_reason, o.reopened_at, o.reopened_by, o.reopened_why
from version_outcome o, copies
where o.version_id in (select id from sent);

update submission c
set in_force = pg_temp.copy(k, s.in_force), state = s.state
from filed s, copies
where c.id = pg_temp.copy(k, s.id) and s.in_force is not null;

insert into version_author (version_id, person_id)
select pg_temp.copy(k, a.version_id), a.person_id
from version_author a, copies
where a.version_id in (select id from sent);

insert into version_read (version_id, person_id, at, decides)
select pg_temp.copy(k, r.version_id), r.person_id, r.at, r.decides
from version_read r, copies
where r.version_id in (select id from sent);

insert into part (copy_id, key, revision, content, saved_by, saved_at)
select pg_temp.copy(k, p.copy_id), pg_temp.copy(k, p.key), p.revision, p.content, p.saved_by, p.saved_at
from part p, copies
where p.copy_id in (select id from filed);

insert into activity (id, submission_id, task_no, seq, sent) overriding system value
select pg_temp.copy(k, a.id), pg_temp.copy(k, a.submission_id), a.task_no, a.seq, a.sent
from written a, copies;

insert into task_scope_fact (campaign_id, unit_id, task_no, kind, reason)
select f.campaign_id, pg_temp.copy(k, f.unit_id), f.task_no, f.kind, f.reason
from task_scope_fact f, copies;

-- Nine more activities of each, for the units there were: copies 11 to 19.
create temp table more as select k from generate_series(11, 19) k;

insert into activity (id, submission_id, task_no, seq, sent) overriding system value
select pg_temp.copy(k, a.id), a.submission_id, a.task_no, a.seq + 100 * k, a.sent
from written a, more;

insert into part (copy_id, key, revision, content, saved_by, saved_at)
select p.copy_id, pg_temp.copy(k, p.key), p.revision, p.content, p.saved_by, p.saved_at
from part p, more
where p.copy_id in (select id from filed) and p.key like 'activity/%';

insert into part_history (copy_id, key, revision, content, saved_by, saved_at, replaced_by, replaced_at, why)
select h.copy_id, pg_temp.copy(k, h.key), h.revision, h.content, h.saved_by, h.saved_at, h.replaced_by, h.replaced_at, h.why
from part_history h, more
where h.key like 'activity/%';

alter table version disable trigger version_only_grows;
update version v
set content = c.content, sha256 = sha256(c.content)
from sent s
cross join lateral (select convert_from(s.content, 'utf8')::jsonb as frozen) f
cross join lateral (
    select convert_to(jsonb_set(f.frozen, '{parts}', jsonb_agg(x.part order by x.part ->> 'key' collate "C"))::text, 'utf8') as content
    from (select p.value as part
          from jsonb_array_elements(f.frozen -> 'parts') p
          union all
          select jsonb_set(p.value, '{key}', to_jsonb(pg_temp.copy(k, p.value ->> 'key')))
          from jsonb_array_elements(f.frozen -> 'parts') p, more
          where p.value ->> 'key' like 'activity/%') x) c
where v.id = s.id;
alter table version enable trigger version_only_grows;

-- What hangs on activities, of the units that came and of the activities that came.
create temp table every as
select k, true as came from copies
union all
select k, false from more;

insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind,
                           uom, baseline, target, evidence_required, stopped_reason)
select pg_temp.copy(k, f.activity_id), case when came then pg_temp.copy(k, f.version_id) else f.version_id end, f.campaign_id,
       case when came then pg_temp.copy(k, f.unit_id) else f.unit_id end, f.task_no, f.position, c.code, f.title, f.product, f.start_on, f.due_on,
       f.span_kind, f.uom, f.baseline, f.target, f.evidence_required, f.stopped_reason
from activity_fact f
cross join every
join activity c on c.id = pg_temp.copy(k, f.activity_id);

insert into activity_partner (activity_id, unit_id)
select pg_temp.copy(k, p.activity_id), p.unit_id
from activity_partner p, every;

insert into assignment (activity_id, person_id, kind, valid)
select pg_temp.copy(k, s.activity_id), s.person_id, s.kind, s.valid
from assignment s, every;

insert into progress (id, activity_id, as_of, percent, value, note, by_person, by_name, at, replaces) overriding system value
select pg_temp.copy(k, p.id), pg_temp.copy(k, p.activity_id), p.as_of, p.percent, p.value, p.note, p.by_person, p.by_name, p.at,
       pg_temp.copy(k, p.replaces)
from progress p, every;

insert into progress_file (progress_id, file_sha, name)
select pg_temp.copy(k, f.progress_id), f.file_sha, f.name
from progress_file f, every;

-- Nine more entries of each log, remarks, messages, sessions and lines of history.
insert into progress (id, activity_id, as_of, percent, value, note, by_person, by_name, at) overriding system value
select pg_temp.copy(20 + k, p.id), p.activity_id, p.as_of, p.percent, p.value, p.note, p.by_person, p.by_name, p.at
from progress p, copies
where p.activity_id in (select id from written);

insert into remark (submission_id, version_id, part_key, field, old_text, by_person, by_name, body, made_at, sent_at,
                    answer, answer_rev, answered_by, answered_name, answered_at, resolved_by, resolved_name, resolved_at)
select r.submission_id, r.version_id, r.part_key, r.field, r.old_text, r.by_person, r.by_name, r.body, r.made_at, r.sent_at,
       r.answer, r.answer_rev, r.answered_by, r.answered_name, r.answered_at, r.resolved_by, r.resolved_name, r.resolved_at
from remark r, copies;

insert into notice (person_id, at, subject, body, read_at)
select n.person_id, n.at, n.subject, n.body, n.read_at
from notice n, copies;

insert into audit (year, subject, seq, at, recorded_at, person_id, person, authority, from_addr, action, before, after, version_id, prev, content, hash)
select a.year, a.subject, a.seq + 10000 * k, a.at, a.recorded_at, a.person_id, a.person, a.authority, a.from_addr, a.action, a.before, a.after,
       a.version_id, a.prev, a.content, a.hash
from audit a, copies
where a.subject like 'submission/%';

analyze;

-- What the reports in force say, of the units that came. Not of those below a
-- district: what it froze of them would be odd beside ten times as many.
create temp table saying as
select f.*
from figure_fact f
where f.unit_id in (select r.unit_id from roster r join campaign c on c.id = r.campaign_id and c.lead_unit = r.reports_to);

insert into figure_fact (period_id, unit_id, indicator_id, version_id, mark, own, below, estimated)
select f.period_id, pg_temp.copy(k, f.unit_id), f.indicator_id, pg_temp.copy(k, f.version_id), f.mark, f.own, f.below, f.estimated
from saying f, copies;

insert into report_task_fact (period_id, unit_id, task_no, version_id, status)
select f.period_id, pg_temp.copy(k, f.unit_id), f.task_no, pg_temp.copy(k, f.version_id), f.status
from report_task_fact f, copies
where f.unit_id in (select unit_id from saying);

insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
select pg_temp.copy(k, f.unit_id), f.indicator_id, f.year, f.period, f.value, f.source, f.by_person, f.by_name, f.at
from prior_figure f, copies
where f.unit_id in (select unit_id from saying);

-- The ledger, and what was said of units: more of each beside what there is.
insert into proposal (submission_id, no, version_id, body, asked, entered_at, left_at, left_why, receiver, receiver_unit, due_on,
                      answer, paper, answered_on, written_at, written_by, written_name)
select p.submission_id, p.no + 1000 * k, p.version_id, p.body, p.asked, p.entered_at, p.left_at, p.left_why, p.receiver, p.receiver_unit, p.due_on,
       p.answer, p.paper, p.answered_on, p.written_at, p.written_by, p.written_name
from proposal p, copies;

insert into direction (campaign_id, no, kind, from_unit, from_name, unit_id, task_no, activity_id, period_id, body, due_on, given_by, given_name, given_at,
                       answer, answered_by, answered_name, answered_at, closing, closed_by, closed_name, closed_at)
select d.campaign_id, d.no + 1000 * k, d.kind, d.from_unit, d.from_name, d.unit_id, d.task_no, d.activity_id, d.period_id, d.body, d.due_on, d.given_by,
       d.given_name, d.given_at, d.answer, d.answered_by, d.answered_name, d.answered_at, d.closing, d.closed_by, d.closed_name, d.closed_at
from direction d, copies;
