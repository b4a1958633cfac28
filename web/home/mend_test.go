package home_test

import (
	"testing"

	"danvan/internal/actor"
)

func TestWhatIsToBeMendedSaysWhoWantsItAndWhy(t *testing.T) {
	t.Parallel()
	db, snv := fresh(t), at(7, 1, actor.UnitLeader)
	for name, test := range map[string]struct {
		act            actor.Actor
		sql            string
		selector, want string
	}{
		"the unit's own leader": {sxd, `update submission set state = 'draft', state_by = 17, state_at = '2022-11-27 08:00+07', state_why = 'Viết lại mục tiêu cho rõ.' where id = 8`,
			"h-tra", "27/11 hôm qua Kế hoạch năm 2022 Phan Văn Dựng chuyển lại: Viết lại mục tiêu cho rõ. Sửa tiếp: Kế hoạch năm 2022"},
		"reopened": {snv, `
			update version_outcome set reopened_at = '2022-11-20 08:00+07', reopened_why = 'Bổ sung hoạt động theo chỉ đạo' where version_id = 11;
			update submission set state = 'returned', state_at = '2022-11-20 08:00+07', state_why = 'Bổ sung hoạt động theo chỉ đạo' where id = 1`,
			"h-tra", "20/11 8 ngày trước Kế hoạch năm 2022, lần gửi 1 (sửa đổi, bổ sung) Sở Nội vụ mở lại để sửa: Bổ sung hoạt động theo chỉ đạo. Lần gửi 1 vẫn có hiệu lực. Sửa tiếp: Kế hoạch năm 2022, lần gửi 1 (sửa đổi, bổ sung)"},
		"withdrawn": {snv, `
			update version_outcome set ended_at = '2022-11-21 08:00+07', ended_why = 'withdrawn', ended_reason = 'Ban hành sai thẩm quyền' where version_id = 11;
			update submission set state = 'returned', in_force = null, state_at = '2022-11-21 08:00+07', state_why = 'Ban hành sai thẩm quyền' where id = 1`,
			"h-tra", "21/11 7 ngày trước Kế hoạch năm 2022, lần gửi 1 Sở Nội vụ rút hiệu lực: Ban hành sai thẩm quyền. Sửa tiếp: Kế hoạch năm 2022, lần gửi 1"},
		"an amendment begun": {snv, `update submission set state = 'draft', state_at = '2022-11-26 08:00+07' where id = 1`,
			"h-soan", "26/11 2 ngày trước Kế hoạch năm 2022 (sửa đổi, bổ sung) Bản sửa chưa trình lãnh đạo. Lần gửi 1 vẫn có hiệu lực. Nháp Viết tiếp: Kế hoạch năm 2022 (sửa đổi, bổ sung)"},
		"taken back after a return": {staff, `update submission set state_at = '2022-11-26 08:00+07', state_why = '', state_by = 1 where id = 2`,
			"h-tra", "25/11 3 ngày trước Kế hoạch năm 2022, lần gửi 3 (sửa đổi, bổ sung) Sở Nội vụ trả lại: Cần ghi rõ thành phần dự đối thoại. 2 góp ý chưa trả lời. Lần gửi 2 vẫn có hiệu lực. Sửa theo góp ý: Kế hoạch năm 2022, lần gửi 3 (sửa đổi, bổ sung)"},
		"a closed period": {sxd, `update period set closed_at = '2022-11-01 00:00+07', closed_why = 'Đã tổng hợp xong' where id = 1`,
			"h-soan", "31/03 quá 242 ngày Kế hoạch năm 2022 Gửi trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022). Kỳ đã đóng ngày 01/11/2022. Chưa soạn Bắt đầu soạn: Kế hoạch năm 2022"},
	} {
		tx, err := db.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		run(t, tx, test.sql)
		_, doc := show(t, tx, test.act, noon)
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := text(doc.Find("[aria-labelledby=" + test.selector + "] li")); got != test.want {
			t.Errorf("%s\n got %q\nwant %q", name, got, test.want)
		}
	}
}
