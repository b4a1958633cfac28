package submissions_test

import (
	"testing"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/show/submissions"
)

func TestOnlyWhatThePaperLacksIsNamed(t *testing.T) {
	t.Parallel()
	whole := submission.Reference{Number: 15, Symbol: "KH-STP", IssuedOn: viet.NewDate(2022, 3, 18), Subject: "thực hiện công tác dân vận",
		Signer: "Trần Quốc Khải", Capacity: "GIÁM ĐỐC"}
	signed := submission.Reference{Signer: "Trần Quốc Khải", Capacity: "GIÁM ĐỐC", Subject: "thực hiện công tác dân vận"}
	unsigned := whole
	unsigned.Signer, unsigned.Capacity = "", ""
	for _, test := range []struct {
		r    submission.Reference
		want string
	}{
		{whole, ""},
		{signed, "Chưa có số, ký hiệu, ngày ban hành; cần khi lãnh đạo duyệt, gửi."},
		{unsigned, "Chưa có người ký, quyền hạn của người ký; cần khi lãnh đạo duyệt, gửi."},
		{submission.Reference{}, "Chưa có số, ký hiệu, ngày ban hành, trích yếu, người ký, quyền hạn của người ký; cần khi lãnh đạo duyệt, gửi."},
	} {
		if got := submissions.ReferenceMissing(test.r); got != test.want || (got == "") != test.r.Complete() {
			t.Errorf("%+v: %q, want %q", test.r, got, test.want)
		}
	}
}
