package kept

import (
	"net/url"
	"slices"
	"testing"

	"danvan/internal/submission"
)

func TestWhatAPostDoesIsAskedOfTheWorkflow(t *testing.T) {
	t.Parallel()
	plans, reports := submission.Ref{Year: 2022, Period: "ke-hoach", Unit: "sct"}, submission.Ref{Year: 2022, Period: "nam", Unit: "sct"}
	for path, want := range map[string]struct {
		ref    submission.Ref
		action submission.Action
	}{
		"/ke-hoach/2022/sct/hoat-dong":               {plans, submission.Edit},
		"/ke-hoach/2022/sct/hoat-dong/1.1/sua":       {plans, submission.Edit},
		"/ke-hoach/2022/sct/hoat-dong/1.1/tien-do":   {plans, submission.LogProgress},
		"/ke-hoach/2022/sct/hoat-dong/1.1/phan-cong": {plans, submission.Assign},
		"/ke-hoach/2022/sct/van-ban":                 {plans, submission.EditReference},
		"/bao-cao/2022/nam/sct/nhiem-vu/4":           {reports, submission.Edit},
		"/bao-cao/2022/nam/sct/gop-y/12":             {reports, submission.Answer},
		"/bao-cao/2022/nam/sct/so-lieu/nhap":         {reports, submission.Edit},
		"/bao-cao/2022/nam/sct/trinh":                {},
		"/tham-dinh/bao-cao/2022/nam/sct/tra-lai":    {},
		"/":              {},
		"/ke-hoach/2022": {},
	} {
		ref, action, ok := deedAt(path)
		if ok != (want.action != "") || ok && (ref != want.ref || action != want.action) {
			t.Errorf("%s: %s of %v, %t", path, action, ref, ok)
		}
	}
}

func TestWhatIsKeptIsReadAsItsFormSaysIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, label string
		values      url.Values
		want        []line
	}{
		{"/ke-hoach/2022/sct/hoat-dong/1.1/sua", "sửa hoạt động 1.1",
			url.Values{"title": {"Đối thoại"}, "product": {"Biên bản"}, "time": {"month"}, "month": {"12"}, "quarter": {"2"}, "evidence": {"0"}, "mark_review": {"1"}, "owner": {"36"}, "description": {"\n"}, "partners": {"h-vi-thuy", "mttq"}},
			[]line{{"Tên hoạt động", "Đối thoại"}, {"Sản phẩm", "Biên bản"}, {"Thời gian thực hiện", "Tháng 12"}, {"Đơn vị phối hợp", "UBND huyện Vị Thủy; mttq"}, {"Minh chứng khi hoàn thành", "không"}, {"Sơ kết, tổng kết", "có"}}},
		{"/ke-hoach/2022/sct/hoat-dong", "hoạt động mới, nhiệm vụ 4", url.Values{"task": {"4"}, "title": {"Đối thoại"}},
			[]line{{"Thuộc", "Nhiệm vụ 4"}, {"Tên hoạt động", "Đối thoại"}}},
		{"/ke-hoach/2022/sct/hoat-dong", "hoạt động mới, nội dung chung", url.Values{"task": {"0"}}, []line{{"Thuộc", "Nội dung chung"}}},
		{"/ke-hoach/2022/sct/nhiem-vu/3", "phạm vi nhiệm vụ 3", url.Values{"scope": {"nil"}, "reason": {"Chưa phát sinh"}},
			[]line{{"Phạm vi", "Không phát sinh"}, {"Lý do", "Chưa phát sinh"}}},
		{"/ke-hoach/2022/sct/hoat-dong", "hoạt động mới", url.Values{"time": {"day"}, "starts_on": {""}, "due_on": {"31/04/2022"}},
			[]line{{"Thời gian thực hiện", "31/04/2022"}}},
		{"/bao-cao/2022/nam/sct/nhiem-vu/3", "báo cáo nhiệm vụ 3",
			url.Values{"status": {"good"}, "result": {"Đã xong"}, "T3.01.own": {"1.20"}, "T3.01.estimated": {"5"}, "T3.03.own": {""}, "T3.04.own": {""}, "T3.04.mark": {"nil"}},
			[]line{{"Mức độ thực hiện", "Hoàn thành tốt"}, {"Kết quả", "Đã xong"}, {"Số liệu T3.01", "1.20, trong đó ước 5"}, {"Số liệu T3.04", "Không phát sinh"}}},
		{"/tong-hop/2022/nam/snv/noi-dung/nhiem-vu-3", "nội dung báo cáo tổng hợp", url.Values{"text": {"Đã tiếp {T4.01} lượt."}},
			[]line{{"Nội dung", "Đã tiếp {T4.01} lượt."}}},
		{"/tong-hop/2022/nam/snv/phat-hanh", "phát hành", url.Values{"number": {"12"}, "body_kind": {"province"}},
			[]line{{"Số", "12"}, {"Cơ quan ban hành", "Ủy ban nhân dân tỉnh ban hành"}}},
		{"/tham-dinh/bao-cao/2022/nam/sct/tra-lai", "trả lại hồ sơ", url.Values{"reason": {"Thiếu số liệu"}}, []line{{"Lý do", "Thiếu số liệu"}}},
	} {
		if got := readable(test.path, test.values, map[string]string{"h-vi-thuy": "UBND huyện Vị Thủy"}); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.path, got, test.want)
		}
		if got := label(test.path, test.values); got != test.label {
			t.Errorf("%s: called %q, want %q", test.path, got, test.label)
		}
	}
}
