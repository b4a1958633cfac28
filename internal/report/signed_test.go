package report_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/database"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/signed"
	"danvan/internal/submission"
)

// paperOf is a signed paper of the report that the tests send, with this number in
// the row of T4.01.
func paperOf(number string) []byte {
	text := "Số: 01/BC-STP. Hậu Giang, ngày 01 tháng 12 năm 2022. "
	for task := range 8 {
		text += fmt.Sprintf("Đã thực hiện nhiệm vụ %d. ", task)
	}
	text += "Kịp thời, đúng quy định. Tiếp tục đối thoại với Nhân dân. Lê Quốc Hùng. T4.01 Số lượt tiếp công dân lượt " + number
	return paper.Sheet{Title: "BÁO CÁO kết quả công tác dân vận chính quyền", Text: text}.PDF()
}

// attached attaches a signed paper to the first sending and returns it as it is listed.
func (w *world) attached(t testing.TB, name string, content []byte) submission.SignedFile {
	t.Helper()
	must(t, w.svc.AttachSigned(t.Context(), w.files, w.people["lan"], year, w.once(), ofDepartment, 1, name, bytes.NewReader(content)))
	c, err := submission.Load(t.Context(), w.db, year, ofDepartment)
	must(t, err)
	all, err := w.svc.SignedFiles(t.Context(), c.ID)
	must(t, err)
	return all[len(all)-1]
}

func TestASignedPaperIsComparedWithItsVersion(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "1180"})
	same := w.attached(t, "Bản ký.pdf", paperOf("1.180"))
	if same.Compared.Outcome != signed.Match || same.Compared.Result.Figures != 1 || same.Compared.Result.Texts < 10 {
		t.Errorf("the paper itself: %+v", same.Compared)
	}
	if want := sha256.Sum256(paperOf("1.180")); same.SHA != want || same.VersionSHA != w.version(t, ofDepartment, year).SHA256 {
		t.Errorf("hashes %s and %s", same.SHA, same.VersionSHA)
	}
	other := w.attached(t, "Bản ký.pdf", paperOf("1.810"))
	if m := other.Compared.Result.Missing; other.Compared.Outcome != signed.Differ || len(m) != 1 || m[0].Part != "figure/T4.01" || m[0].Sought != "1.180" {
		t.Errorf("another number: %+v", other.Compared)
	}
	for name, c := range map[string]struct {
		content []byte
		want    signed.Outcome
	}{
		"Ảnh.png":         {paper.Sheet{Title: "Bản ký"}.PNG(), signed.NoPDF},
		"Bản quét.pdf":    {paper.Sheet{}.PDF(), signed.Scan},
		"Hỏng.pdf":        {[]byte("%PDF-1.7\nnothing\n%%EOF\n"), signed.Damaged},
		"Có mật khẩu.pdf": {append(paperOf("1.180"), "trailer << /Encrypt 9 0 R >>\n"...), signed.Locked},
	} {
		if got := w.attached(t, name, c.content); got.Compared.Outcome != c.want {
			t.Errorf("%s: %s, want %s", name, got.Compared.Outcome, c.want)
		}
	}
}

func TestComparingAgainGivesWhatWasKept(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "1180"})
	kept := w.attached(t, "Bản ký.pdf", paperOf("1.810"))
	for who, want := range map[string]error{"lan": nil, "hung": nil, "hoa": nil, "la": fault.NotFound, "huyen": fault.NotFound, "quan-tri": fault.NotFound} {
		p, anew, err := w.svc.CompareSigned(t.Context(), w.files, w.people[who], year, ofDepartment, 1, kept.ID)
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", who, err, want)
			continue
		}
		if err != nil {
			continue
		}
		if diff := cmp.Diff(kept.Compared, anew); diff != "" {
			t.Errorf("compared again (-kept +anew):\n%s", diff)
		}
		if p.Name != "Bản ký.pdf" || p.Type != evidence.PDF || p.SHA != kept.SHA {
			t.Errorf("%s reads %+v", who, p)
		}
	}
	if _, _, err := w.svc.CompareSigned(t.Context(), w.files, w.people["lan"], year, ofDistrict, 1, kept.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("through another report: %v", err)
	}
}

func TestWhoMayNotAttachLeavesNothing(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "1180"})
	attach := func(who string, no int) error {
		return w.svc.AttachSigned(t.Context(), w.files, w.people[who], year, w.once(), ofDepartment, no, "a.pdf", bytes.NewReader(paperOf("1")))
	}
	if err := attach("hoa", 1); !errors.Is(err, fault.Forbidden) {
		t.Errorf("the receiver attaches: %v", err)
	}
	if err := attach("la", 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("a stranger attaches: %v", err)
	}
	if err := attach("lan", 2); !errors.Is(err, fault.NotFound) {
		t.Errorf("to a sending that is not: %v", err)
	}
	kept, err := database.Value[int](t.Context(), w.db, `select count(*) from version_file full join signed_comparison on true`, nil)
	if err != nil || kept != 0 {
		t.Errorf("%d rows kept, %v", kept, err)
	}
}
