package consolidation_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/audit"
	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/database"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/signed"
)

// signedSheet is a paper that says what issue no prints, with one thing said otherwise.
func (w *world) signedSheet(t testing.TB, no int, was, is string) []byte {
	t.Helper()
	r, err := w.svc.IssueByNo(t.Context(), w.people["tong"], year, ofProvince, no)
	must(t, err)
	var b strings.Builder
	b.WriteString(r.Printed.Number + "\n" + r.Printed.Date.Formal() + "\n" + r.Printed.Signer + "\n")
	var of func(s consolidation.Section)
	of = func(s consolidation.Section) {
		for _, p := range s.Paragraphs {
			b.WriteString(wording.Plain(p.Paragraph) + "\n")
		}
		for _, below := range s.Sections {
			of(below)
		}
	}
	of(r.Printed.Opening)
	for _, s := range r.Printed.Sections {
		of(s)
	}
	b.WriteString(wording.Plain(r.Printed.Closing.Paragraph) + "\n")
	for _, a := range r.Printed.Annexes {
		for _, row := range a.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.Text + " ")
			}
			b.WriteString("\n")
		}
	}
	text := b.String()
	if !strings.Contains(text, was) {
		t.Fatalf("the paper does not say %q:\n%s", was, text)
	}
	return paper.Sheet{Title: r.Printed.Subject, Text: strings.Replace(text, was, is, 1)}.PDF()
}

func (w *world) attaches(t testing.TB, who string, no int, content []byte) error {
	t.Helper()
	return w.svc.AttachSigned(t.Context(), w.people[who], year, w.once(), ofProvince, no, "Bản ký.pdf", bytes.NewReader(content))
}

// issuedOnce is the province's report issued as 215/BC-SNV.
func issuedOnce(t testing.TB) *world {
	t.Helper()
	w := seed(t)
	w.everybody(t)
	w.signed(t)
	w.issues(t, "215")
	return w
}

func TestASignedPaperIsComparedWithItsIssue(t *testing.T) {
	t.Parallel()
	w := issuedOnce(t)
	must(t, w.attaches(t, "tong", 1, w.signedSheet(t, 1, "", "")))
	must(t, w.attaches(t, "tong", 1, w.signedSheet(t, 1, "kính báo cáo", "trân trọng gửi")))
	must(t, w.attaches(t, "tong", 1, paper.Sheet{}.PDF()))
	must(t, w.svc.AttachSigned(t.Context(), w.people["tong"], year, w.once(), ofProvince, 1, "Ảnh.png", bytes.NewReader(paper.Sheet{Title: "Bản ký"}.PNG())))
	papers := w.load(t, ofProvince, "chu-tich").Issue.Signed
	var got []signed.Outcome
	for _, p := range papers {
		got = append(got, p.Outcome)
	}
	if diff := cmp.Diff([]signed.Outcome{signed.Match, signed.Differ, signed.Scan, signed.NoPDF}, got); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	for _, who := range []string{"tong", "nhi", "chu-tich"} {
		p, anew, err := w.svc.CompareSigned(t.Context(), w.people[who], year, ofProvince, 1, papers[1].ID)
		must(t, err)
		if diff := cmp.Diff(p.Compared, anew); diff != "" {
			t.Errorf("compared again (-kept +anew):\n%s", diff)
		}
		r, m := p.Compared.Result, p.Compared.Result.Missing
		if len(m) != 1 || m[0].Label != "Kết thúc" || r.Texts-r.TextsFound != 1 || r.Figures == 0 || r.FiguresFound != r.Figures {
			t.Errorf("%s reads %+v", who, p.Compared)
		}
		if p.IssueSHA.String() != w.load(t, ofProvince, "tong").Issue.SHA256 || p.SHA.String() != papers[1].SHA256 || p.Type != evidence.PDF {
			t.Errorf("%s reads %+v", who, p)
		}
	}
	c := w.load(t, ofProvince, "tong")
	entries, err := audit.History(t.Context(), w.db, c.Subject(), 10, "signed_attached")
	must(t, err)
	if len(entries) != 4 || !strings.Contains(string(entries[0].After), c.Issue.SHA256) || !strings.Contains(string(entries[3].After), papers[0].SHA256) {
		t.Errorf("audited as %+v", entries)
	}
}

func TestASignedPaperIsAttachedByWhoeverIssues(t *testing.T) {
	t.Parallel()
	w := issuedOnce(t)
	content := paper.Sheet{Title: "a"}.PDF()
	for who, want := range map[string]error{"nhi": fault.Forbidden, "hoa": fault.Forbidden, "chu-tich": fault.Forbidden, "lan": fault.NotFound, "hai": fault.NotFound} {
		if err := w.attaches(t, who, 1, content); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", who, err, want)
		}
	}
	if err := w.attaches(t, "tong", 2, content); !errors.Is(err, fault.NotFound) {
		t.Errorf("to an issue that is not: %v", err)
	}
	if err := w.attaches(t, "tong", 1, []byte("chữ trơn")); invalid(t, "plain text", err, evidence.Field) == "" {
		t.Error("plain text is refused without a word")
	}
	kept, err := database.Value[int](t.Context(), w.db, `select count(*) from issue_file`, nil)
	if err != nil || kept != 0 {
		t.Errorf("%d rows kept, %v", kept, err)
	}
	once := w.once()
	for range 2 {
		must(t, w.svc.AttachSigned(t.Context(), w.people["hop"], year, once, ofProvince, 1, "a.pdf", bytes.NewReader(content)))
	}
	papers := w.load(t, ofProvince, "tong").Issue.Signed
	if len(papers) != 1 || papers[0].ByName != "Trần Thị Hợp" {
		t.Errorf("sent twice, the form left %+v", papers)
	}
	if _, err := w.svc.Signed(t.Context(), w.people["lan"], year, ofProvince, 1, papers[0].ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("a stranger reads it: %v", err)
	}
	if _, err := w.db.Exec(t.Context(), `update issue_file set name = 'b.pdf'`); err == nil {
		t.Error("a signed paper was renamed")
	}
}
