-- The reports of that year: Sở Tư pháp never sent that of the half-year and has not
-- begun that of the year; Sở Tài chính's came back, Sở Y tế's awaits its leader,
-- huyện Vị Thủy's was sent, and Sở Xây dựng was given four days more.
insert into submission (id, period_id, unit_id, state, state_by, state_at, state_why) overriding system value values
    (52, 2, 2, 'draft', null, '2022-06-01 08:00+07', ''),
    (62, 3, 2, 'draft', null, '2022-11-15 08:00+07', ''), (63, 3, 3, 'draft', null, '2022-11-15 08:00+07', ''),
    (64, 3, 4, 'submitted', 13, '2022-11-24 09:00+07', ''), (67, 3, 7, 'awaiting_signoff', 14, '2022-11-27 15:30+07', ''),
    (68, 3, 8, 'draft', null, '2022-11-15 08:00+07', '');
insert into part (copy_id, key, revision, content, saved_at) values (67, 'overall', 1, '{}', '2022-11-27 08:00+07');
insert into version (id, submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at) overriding system value
    select v.id, submission, 1, convert_to('{"parts":[]}', 'utf8'), sha256(convert_to('{"parts":[]}', 'utf8')), sender, p.name, 'unit_leader',
           '2022-12-05 00:00+07', at::timestamptz
    from (values (631, 63, 11, '2022-11-21 08:00+07'), (641, 64, 13, '2022-11-24 09:00+07')) v (id, submission, sender, at)
    join person p on p.id = v.sender;
insert into version_outcome (version_id, submission_id, outcome, decided_by, decided_name, decided_at, reason) values
    (631, 63, 'returned', 5, 'Huỳnh Thị Cẩm Tú', '2022-11-25 16:00+07', 'Thiếu số liệu nhiệm vụ 4'),
    (641, 64, 'pending', null, '', null, '');
update submission set state = 'returned', state_by = 5, state_at = '2022-11-25 16:00+07', state_why = 'Thiếu số liệu nhiệm vụ 4' where id = 63;
insert into extension (period_id, unit_id, due_before, reason, by_person, at) values
    (3, 8, '2022-12-09 00:00+07', 'Đơn vị mới kiện toàn nhân sự', 6, '2022-11-20 08:00+07');
