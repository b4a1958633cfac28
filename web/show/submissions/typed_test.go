package submissions_test

import (
	"context"
	"strings"
	"testing"

	"danvan/internal/submission"
	"danvan/web/form"
	"danvan/web/show/submissions"
)

func TestTheCapacityKeepsTheLinesOfThePaper(t *testing.T) {
	t.Parallel()
	f := form.New(map[string]string{"capacity": "KT. GIÁM ĐỐC\r\nPHÓ GIÁM ĐỐC ", "issued_on": "05/12/2022", "number": "15a"})
	got := submissions.Typed(f, submission.ReferenceKind.Fields)
	want := submission.Content{"capacity": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "issued_on": "2022-12-05", "number": "15a"}
	if len(got) != len(want) {
		t.Errorf("read %q, want %q: what is not on the form is not read", got, want)
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %q, want %q", name, got[name], want[name])
		}
	}
	shown := form.New(nil)
	submissions.Show(shown, submission.ReferenceKind, got, submissions.Names(submission.ReferenceKind))
	var page strings.Builder
	c := submission.Case{Kind: submission.Report, Symbol: "STP"}
	if err := submissions.ReferenceFields(shown, c, "BC").Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC</textarea>", `value="05/12/2022"`, "Ví dụ: BC-STP", "“Báo cáo”"} {
		if !strings.Contains(page.String(), part) {
			t.Errorf("the form does not show %q", part)
		}
	}
}

func TestWhatCannotBeReadIsNotStored(t *testing.T) {
	t.Parallel()
	f := form.New(map[string]string{"issued_on": "31/02/2022", "signer": "Lê Quốc Hùng"})
	got := submissions.Typed(f, submission.ReferenceKind.Fields)
	if _, ok := got["issued_on"]; ok || got["signer"] != "Lê Quốc Hùng" {
		t.Errorf("read %q, want the signer alone", got)
	}
	labelOf := func(name string) string {
		field, _ := submission.ReferenceKind.Field(name)
		return field.Label
	}
	for savedAt, want := range map[string]string{
		"09:05": "Các mục khác đã lưu lúc 09:05. Chưa lưu: Ngày ban hành; nội dung đã gõ vẫn giữ nguyên bên dưới.",
		"":      "Chưa lưu: Ngày ban hành; nội dung đã gõ vẫn giữ nguyên bên dưới.",
	} {
		if said := submissions.Partly(f, savedAt, submissions.Names(submission.ReferenceKind), labelOf); said != want {
			t.Errorf("said %q, want %q", said, want)
		}
	}
	if said := submissions.Partly(form.New(nil), "09:05", nil, labelOf); said != "" {
		t.Errorf("said %q after everything was stored", said)
	}
}
