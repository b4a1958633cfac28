-- The year 2022 of a small province on 28/11/2022. Sở Tư pháp amends a plan that
-- was returned; Sở Tài chính has no leader and asks to reopen; huyện Vị Thủy has
-- sent; Sở Y tế awaits its leader; Sở Xây dựng has not begun.
insert into unit (id, slug) overriding system value values
    (1, 'snv'), (2, 'stp'), (3, 'stc'), (4, 'h-vi-thuy'), (5, 'mttq'), (6, 'ubnd-tinh'), (7, 'syt'), (8, 'sxd');
insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value values
    (1, 1, '[2020-01-01,)', 'SNV', 'Sở Nội vụ', 'Nội vụ', 'SNV', 'Hậu Giang', 'department'),
    (2, 2, '[2020-01-01,)', 'STP', 'Sở Tư pháp', 'Tư pháp', 'STP', 'Hậu Giang', 'department'),
    (3, 3, '[2020-01-01,)', 'STC', 'Sở Tài chính', 'Tài chính', 'STC', 'Hậu Giang', 'department'),
    (4, 4, '[2020-01-01,)', '935', 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'Vị Thủy', 'district'),
    (5, 5, '[2020-01-01,)', 'MTTQ', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ tỉnh', 'MTTQ', 'Hậu Giang', 'coordinating_body'),
    (6, 6, '[2020-01-01,)', 'UBNDT', 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'Hậu Giang', 'province'),
    (7, 7, '[2020-01-01,)', 'SYT', 'Sở Y tế', 'Y tế', 'SYT', 'Hậu Giang', 'department'),
    (8, 8, '[2020-01-01,)', 'SXD', 'Sở Xây dựng', 'Xây dựng', 'SXD', 'Hậu Giang', 'department');

insert into campaign (id, year, lead_unit, directive, active) overriding system value values
    (1, 2022, 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022', '[2022-01-01,2022-12-31]');
insert into task (campaign_id, no, short, title)
    select 1, no, short, short from (values
        (0, 'Nội dung chung của Kế hoạch'), (1, 'Lãnh đạo công tác dân vận chính quyền'),
        (2, 'Quản lý nhà nước, cải cách hành chính, kỷ cương'), (3, 'Chính sách và quy chế dân chủ ở cơ sở'),
        (4, 'Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân'), (5, 'Phối hợp với Mặt trận và các đoàn thể'),
        (6, 'Phối hợp của cơ quan tư pháp và lực lượng vũ trang'), (7, 'Kiểm tra, thanh tra công vụ, giám sát')) t (no, short);
insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid) values
    (1, 1, 1, 1, 1, '[2022-01-01,)'), (1, 2, 2, 1, 2, '[2022-01-01,)'), (1, 3, 3, 1, 3, '[2022-01-01,)'),
    (1, 7, 7, 1, 4, '[2022-01-01,)'), (1, 8, 8, 1, 5, '[2022-01-01,)'), (1, 4, 4, 1, 6, '[2022-01-01,)');
insert into period (id, campaign_id, kind, slug, name, opens_on, data) overriding system value values
    (1, 1, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28', null),
    (2, 1, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-14]'),
    (3, 1, 'report', 'nam', 'Năm 2022', '2022-11-15', '[2021-12-15,2022-11-30]'),
    (4, 1, 'evaluation', 'tu-danh-gia', 'Tự đánh giá năm 2022', '2022-11-15', null);
insert into deadline (period_id, unit_kind, due_before)
    select p.id, kind, p.due::timestamptz
    from (values (1, '2022-04-01 00:00+07'), (2, '2022-06-21 00:00+07'), (3, '2022-12-05 00:00+07'), (4, '2022-12-05 00:00+07')) p (id, due),
         (values ('department'), ('district')) k (kind);
insert into holiday (day, name, kind) values
    ('2022-09-02', 'Quốc khánh', 'statutory'), ('2022-12-08', 'Nghỉ bù', 'compensatory');

insert into person (id, name, name_sort) overriding system value values
    (1, 'Lê Thị Thanh Trúc', 'Trúc Lê Thị Thanh'), (2, 'Trần Quốc Khải', 'Khải Trần Quốc'),
    (3, 'Phạm Minh Nhựt', 'Nhựt Phạm Minh'), (4, 'Võ Thị Hồng Gấm', 'Gấm Võ Thị Hồng'),
    (5, 'Huỳnh Thị Cẩm Tú', 'Tú Huỳnh Thị Cẩm'), (6, 'Đặng Văn Tổng', 'Tổng Đặng Văn'),
    (7, 'Nguyễn Văn Lãnh', 'Lãnh Nguyễn Văn'), (8, 'Trương Văn Chủ', 'Chủ Trương Văn'),
    (9, 'Cao Thị Mặt', 'Mặt Cao Thị'), (10, 'Mai Thị Quản', 'Quản Mai Thị'),
    (11, 'Bùi Văn Tài', 'Tài Bùi Văn'), (12, 'Lý Thị Vị', 'Vị Lý Thị'), (13, 'Ngô Văn Thủy', 'Thủy Ngô Văn'),
    (14, 'Đỗ Thị Y', 'Y Đỗ Thị'), (15, 'Hồ Văn Tế', 'Tế Hồ Văn'), (16, 'Dương Thị Xây', 'Xây Dương Thị'),
    (17, 'Phan Văn Dựng', 'Dựng Phan Văn');
insert into credential (person_id, username, hash, changed_at)
    select id, 'nguoi-' || id, 'x', '2022-01-01 08:00+07' from person where id <> 4;
insert into membership (person_id, unit_id, role, valid) values
    (1, 2, 'staff', '[2022-01-01,)'), (2, 2, 'unit_leader', '[2022-01-01,)'),
    (3, 2, 'staff', '[2022-01-01,2022-11-20)'), -- his last day was 19/11
    (4, 2, 'staff', '[2022-01-01,)'),
    (5, 1, 'reviewer', '[2022-01-01,)'), (5, 1, 'staff', '[2022-01-01,)'),
    (6, 1, 'consolidator', '[2022-01-01,)'), (7, 1, 'unit_leader', '[2022-01-01,)'),
    (8, 6, 'leadership', '[2022-01-01,)'), (9, 5, 'observer', '[2022-01-01,)'), (10, 1, 'admin', '[2022-01-01,)'),
    (11, 3, 'staff', '[2022-01-01,)'), (12, 4, 'staff', '[2022-01-01,)'), (13, 4, 'unit_leader', '[2022-01-01,)'),
    (14, 7, 'staff', '[2022-01-01,)'), (15, 7, 'unit_leader', '[2022-01-01,)'),
    (17, 8, 'unit_leader', '[2022-01-01,)'), (16, 8, 'staff', '[2022-01-01,2022-06-01)');

insert into submission (id, period_id, unit_id, state, state_by, state_at, state_why) overriding system value values
    (1, 1, 1, 'draft', null, '2022-02-28 08:00+07', ''), (2, 1, 2, 'draft', null, '2022-02-28 08:00+07', ''),
    (3, 1, 3, 'draft', null, '2022-02-28 08:00+07', ''), (4, 1, 4, 'submitted', 13, '2022-11-16 09:00+07', ''),
    (7, 1, 7, 'awaiting_signoff', 14, '2022-11-25 15:30+07', ''), (8, 1, 8, 'draft', null, '2022-02-28 08:00+07', '');
insert into part (copy_id, key, revision, content, saved_at)
    values (7, 'doc', 1, '{}', '2022-11-24 08:00+07'), (2, 'doc', 1, '{}', '2022-11-24 08:00+07');

insert into version (id, submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at) overriding system value
    select v.id, submission, no, convert_to(body, 'utf8'), sha256(convert_to(body, 'utf8')), sender, p.name, 'unit_leader', '2022-04-01 00:00+07', at::timestamptz
    from (values
        (11, 1, 1, 7, '2022-03-20 08:00+07', '{"parts":[]}'),
        (21, 2, 1, 2, '2022-03-18 08:00+07', '{"parts":[]}'),
        (22, 2, 2, 2, '2022-03-25 08:00+07', '{"parts":[{"key":"activity/205","content":{"section":"Phòng Phổ biến pháp luật"}},{"key":"doc","content":{}}]}'),
        (23, 2, 3, 2, '2022-11-21 16:05+07', '{"parts":[]}'),
        (31, 3, 1, 11, '2022-04-10 08:00+07', '{"parts":[{"key":"activity/301","content":{"section":"Phòng Ngân sách"}}]}'),
        (41, 4, 1, 13, '2022-11-16 09:00+07', '{"parts":[]}')) v (id, submission, no, sender, at, body)
    join person p on p.id = v.sender;
insert into version_outcome (version_id, submission_id, outcome, decided_by, decided_name, decided_at, reason, ended_at, ended_why) values
    (11, 1, 'accepted', 6, 'Đặng Văn Tổng', '2022-03-28 08:00+07', '', null, ''),
    (21, 2, 'returned', 5, 'Huỳnh Thị Cẩm Tú', '2022-03-22 08:00+07', 'Cần bổ sung sản phẩm', null, ''),
    (22, 2, 'accepted', 5, 'Huỳnh Thị Cẩm Tú', '2022-03-30 08:00+07', '', null, ''),
    (23, 2, 'returned', 5, 'Huỳnh Thị Cẩm Tú', '2022-11-25 14:20+07', 'Cần ghi rõ thành phần dự đối thoại', null, ''),
    (31, 3, 'accepted', 5, 'Huỳnh Thị Cẩm Tú', '2022-04-15 08:00+07', '', null, ''),
    (41, 4, 'pending', null, '', null, '', null, '');
update submission set state = 'accepted', in_force = 11, state_by = 6, state_at = '2022-03-28 08:00+07' where id = 1;
update submission set state = 'returned', in_force = 22, state_by = 5, state_at = '2022-11-25 14:20+07', state_why = 'Cần ghi rõ thành phần dự đối thoại' where id = 2;
update submission set state = 'accepted', in_force = 31, state_by = 5, state_at = '2022-04-15 08:00+07' where id = 3;
insert into remark (submission_id, version_id, part_key, by_person, by_name, body, made_at, sent_at, answer, answered_at) values
    (2, 23, 'activity/205', 5, 'Huỳnh Thị Cẩm Tú', 'Ghi rõ thành phần dự', '2022-11-25 14:00+07', '2022-11-25 14:20+07', '', null),
    (2, 23, '', 5, 'Huỳnh Thị Cẩm Tú', 'Ghi rõ sản phẩm', '2022-11-25 14:01+07', '2022-11-25 14:20+07', '', null),
    (2, 23, 'doc', 5, 'Huỳnh Thị Cẩm Tú', 'Ghi rõ trích yếu', '2022-11-25 14:02+07', '2022-11-25 14:20+07', 'Đã ghi', '2022-11-26 08:00+07');
insert into request (submission_id, kind, reason, by_person, by_name, at) values
    (3, 'reopen', 'Bổ sung hoạt động đối thoại với doanh nghiệp', 11, 'Bùi Văn Tài', '2022-11-24 10:00+07');

insert into activity (id, submission_id, task_no, seq, sent) overriding system value values
    (101, 1, 1, 1, true), (102, 1, 1, 2, true), (103, 1, 2, 1, true),
    (201, 2, 1, 1, true), (202, 2, 1, 4, true), (203, 2, 2, 3, true), (204, 2, 2, 4, true), (205, 2, 4, 2, true),
    (206, 2, 7, 3, true), (207, 2, 3, 1, true), (208, 2, 5, 1, true),
    (301, 3, 1, 1, true), (302, 3, 1, 2, true), (303, 3, 2, 1, true);
insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, uom, target, evidence_required, stopped_reason) values
    (101, 11, 1, 1, 1, 1, '1.1', 'Tập huấn công tác dân vận', 'Lớp tập huấn', '2022-10-01', '2022-12-11', 'day', '', null, false, ''),
    (102, 11, 1, 1, 1, 2, '1.2', 'Tham mưu báo cáo năm', 'Báo cáo', '2022-10-01', '2022-12-12', 'day', '', null, false, ''),
    (103, 11, 1, 1, 2, 1, '2.1', 'Kiểm tra cải cách hành chính', 'Báo cáo', '2022-01-01', '2022-10-31', 'day', '', null, false, ''),
    (201, 22, 1, 2, 1, 1, '1.1', 'Ban hành kế hoạch', 'Kế hoạch', '2022-01-01', '2022-03-31', 'quarter', '', null, false, ''),
    (202, 22, 1, 2, 1, 2, '1.4', 'Sơ kết, tổng kết công tác dân vận', 'Báo cáo', '2022-06-01', '2022-12-02', 'day', 'báo cáo', 2, false, ''),
    (203, 22, 1, 2, 2, 1, '2.3', 'Khảo sát mức độ hài lòng tại Bộ phận Một cửa', 'Báo cáo khảo sát', '2022-09-01', '2022-11-15', 'day', 'phiếu', 300, false, ''),
    (204, 22, 1, 2, 2, 2, '2.4', 'Rà soát thủ tục hành chính', 'Quyết định', '2022-09-01', '2022-11-20', 'day', '', null, false, ''),
    (205, 22, 1, 2, 4, 1, '4.2', 'Đối thoại trực tiếp với Nhân dân', '02 cuộc đối thoại', '2022-03-01', '2022-12-10', 'day', 'cuộc', 2, false, ''),
    (206, 22, 1, 2, 7, 1, '7.3', 'Tự kiểm tra tại các phòng', 'Báo cáo', '2022-10-01', '2022-12-05', 'day', '', null, false, ''),
    (207, 22, 1, 2, 3, 1, '3.1', 'Góp ý dự thảo văn bản', 'Văn bản góp ý', '2022-01-01', '2022-12-31', 'year', '', null, false, ''),
    (208, 22, 1, 2, 5, 1, '5.1', 'Ký chương trình phối hợp', 'Chương trình', '2022-01-01', '2022-11-20', 'day', '', null, false, 'Đã ghép vào chương trình khác'),
    (301, 31, 1, 3, 1, 1, '1.1', 'Công khai ngân sách', 'Báo cáo công khai', '2022-01-01', '2022-11-18', 'day', '', null, false, ''),
    (302, 31, 1, 3, 1, 2, '1.2', 'Hướng dẫn kinh phí hòa giải', 'Công văn', '2022-01-01', '2022-06-30', 'half', '', null, false, ''),
    (303, 31, 1, 3, 2, 1, '2.1', 'Rà soát mức thu phí', 'Báo cáo', '2022-01-01', '2022-12-31', 'year', '', null, false, '');
insert into task_scope_fact (campaign_id, unit_id, task_no, kind, reason) values
    (1, 2, 6, 'not_applicable', 'Không có lực lượng vũ trang'), (1, 2, 5, 'nil', 'Không phát sinh');
insert into activity_partner (activity_id, unit_id) values (205, 5), (301, 5), (302, 5), (302, 2);
insert into assignment (activity_id, person_id, kind, valid) values
    (101, 5, 'owner', '[2022-01-01,)'), (102, 5, 'owner', '[2022-01-01,)'), (103, 7, 'owner', '[2022-01-01,)'),
    (202, 1, 'owner', '[2022-01-01,)'), (203, 3, 'owner', '[2022-01-01,)'),
    (204, 4, 'owner', '[2022-01-01,)'), (204, 1, 'deputy', '[2022-01-01,)'),
    (205, 4, 'owner', '[2022-01-01,)'), (206, 1, 'owner', '[2022-01-01,)'), (207, 4, 'owner', '[2022-01-01,)'),
    (208, 3, 'owner', '[2022-01-01,)'), (201, 3, 'owner', '[2022-01-01,)'),
    (301, 16, 'owner', '[2022-01-01,)'), (302, 11, 'owner', '[2022-01-01,)');
insert into progress (id, activity_id, as_of, percent, value, by_person, by_name, at) overriding system value values
    (1, 201, '2022-03-30', 100, null, 1, 'Lê Thị Thanh Trúc', '2022-03-31 08:00+07'),
    (2, 202, '2022-06-20', null, 1, 1, 'Lê Thị Thanh Trúc', '2022-06-21 08:00+07'),
    (3, 203, '2022-11-11', null, 180, 3, 'Phạm Minh Nhựt', '2022-11-11 08:00+07'),
    (4, 103, '2022-11-05', 100, null, 7, 'Nguyễn Văn Lãnh', '2022-11-06 08:00+07'),
    (5, 302, '2022-06-15', 100, null, 11, 'Bùi Văn Tài', '2022-06-16 08:00+07'),
    (6, 204, '2022-11-02', 40, null, 4, 'Võ Thị Hồng Gấm', '2022-11-03 08:00+07');
