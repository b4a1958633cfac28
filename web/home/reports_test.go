package home_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
)

func TestReportsStandAmongTheWorkLikePlans(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	sql, err := os.ReadFile("../../internal/agenda/testdata/reports.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, string(sql))
	stc := at(11, 3, actor.Staff)
	for _, test := range []struct {
		act                actor.Actor
		selector, want, to string
	}{
		{staff, "[aria-labelledby=h-soan] li", "20/06 quá 161 ngày Báo cáo 6 tháng đầu năm 2022 " +
			"Gửi trước ngày 21/06/2022 (hạn cuối: hết thứ Hai 20/06/2022). Chưa soạn Bắt đầu soạn: Báo cáo 6 tháng đầu năm 2022", "/bao-cao/2022/6-thang/stp"},
		{staff, "#han-2022-12-04", "04/12 còn 6 ngày Báo cáo năm 2022 " +
			"Gửi trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022). Chưa soạn Bắt đầu soạn: Báo cáo năm 2022", "/bao-cao/2022/nam/stp"},
		{staff, "#han-2022-12-04 + li .dv-due-what", "Tự đánh giá năm 2022 Gửi trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022). " +
			"Chưa soạn được trên cổng; hạn ghi ở đây để đơn vị chuẩn bị.", ""},
		{staff, "aside .dv-files li:nth-child(3)", "Báo cáo năm 2022Chưa soạn Trước ngày 05/12", "/bao-cao/2022/nam/stp"},
		{stc, "[aria-labelledby=h-tra] li", "25/11 3 ngày trước Báo cáo năm 2022, lần gửi 1 " +
			"Sở Nội vụ trả lại: Thiếu số liệu nhiệm vụ 4. Sửa tiếp: Báo cáo năm 2022, lần gửi 1", "/bao-cao/2022/nam/stc"},
		{syt, "[aria-labelledby=h-duyet] li:last-child .dv-due-what a", "Báo cáo năm 2022", "/bao-cao/2022/nam/syt"},
		{sxd, "#han-2022-12-08 p", "Gửi trước ngày 09/12/2022 (hạn cuối: hết thứ Năm 08/12/2022; ngày làm việc cuối: thứ Tư 07/12/2022). " +
			"Đã gia hạn riêng cho đơn vị; hạn chung trước ngày 05/12/2022.", ""},
		{sxd, "aside .dv-files li:last-child", "Báo cáo năm 2022Chưa soạn Trước ngày 09/12 (gia hạn)", "/bao-cao/2022/nam/sxd"},
		{district, "[aria-labelledby=h-cho] li:last-child .dv-due-what", "Báo cáo năm 2022, lần gửi 1 " +
			"Gửi Sở Nội vụ lúc 09:00 ngày 24/11/2022, chờ tiếp nhận, rà soát.", "/bao-cao/2022/nam/h-vi-thuy"},
		{reviewer, "[aria-labelledby=h-ra-soat] li:last-child .dv-due-what", "UBND huyện Vị Thủy: báo cáo năm 2022, lần gửi 1 " +
			"Ngô Văn Thủy gửi lúc 09:00 ngày 24/11/2022.", "/tham-dinh/bao-cao/2022/nam/h-vi-thuy"},
		{reviewer, "[aria-labelledby=h-gui-lai-nam] li:last-child", "25/11 3 ngày trước Sở Tài chính: báo cáo năm 2022 Đã trả lại, chưa gửi lại. Trả lại", "/bao-cao/2022/nam/stc"},
	} {
		_, doc := show(t, db, test.act, noon)
		found := doc.Find(test.selector)
		if got := text(found); got != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.selector, got, test.want)
		}
		if got := found.Filter("a").AddSelection(found.Find("a")).First().AttrOr("href", ""); test.to != "" && got != test.to {
			t.Errorf("%s leads to %q, want %q", test.selector, got, test.to)
		}
	}
	_, doc := show(t, db, reviewer, noon)
	want := []string{"Chờ tiếp nhận, rà soát", "Đề nghị mở lại", "Đến hạn trong hai tuần",
		"Đơn vị chưa gửi kế hoạch năm 2022", "Đơn vị chưa gửi báo cáo 6 tháng đầu năm 2022", "Đơn vị chưa gửi báo cáo năm 2022", "Đơn vị chưa gửi lại báo cáo năm 2022"}
	if diff := cmp.Diff(want, texts(doc.Find("main .dv-h h2"))); diff != "" {
		t.Errorf("sections of the reviewer (-want +got):\n%s", diff)
	}
}
