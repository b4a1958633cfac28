package consolidation_test

import (
	"bytes"
	"strings"
	"testing"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/workingcopy"
)

func TestAReplacedIssueStaysAndIsLinked(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	w.signed(t)
	w.issues(t, "215")
	first := w.paper(t, 1)
	tong := w.people["tong"]
	must(t, w.svc.Replace(t.Context(), tong, year, w.once(), ofProvince, "Đính chính số liệu tiếp công dân"))
	work := w.working(t, ofProvince, "tong")
	if doc := work.Parts[consolidation.ReferenceKey].Content; doc["number"] != "" || doc["issued_on"] != "" || doc["signer"] == "" {
		t.Errorf("the next begins with %v", doc)
	}
	_, err := w.svc.SavePart(t.Context(), tong, year, w.once(), ofProvince, "opening", workingcopy.Typed{Read: work.Parts["opening"].Revision,
		Values: workingcopy.Content{"text": "Báo cáo này thay thế Báo cáo số 215/BC-SNV."}})
	must(t, err)
	p, err := w.svc.Preview(t.Context(), w.people["chu-tich"], year, ofProvince)
	must(t, err)
	if p.Issue != 1 || p.Printed.Number != "215/BC-SNV" {
		t.Errorf("leadership reads %d, %s while the next is written", p.Issue, p.Printed.Number)
	}
	w.signed(t)
	if got := invalid(t, "a used number", w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, w.issuance(t, "215")), "number"); !strings.Contains(got, "215/BC-SNV") {
		t.Errorf("the refusal says %q", got)
	}
	w.issues(t, "216")
	list, err := w.svc.Issues(t.Context(), w.people["chu-tich"], year, ofProvince)
	must(t, err)
	if len(list) != 2 || list[0].Supersedes != 1 || list[1].SupersededBy != 2 || list[0].SupersededBy != 0 {
		t.Errorf("issues %+v", list)
	}
	if !bytes.Equal(w.paper(t, 1), first) || bytes.Equal(w.paper(t, 2), first) {
		t.Error("the file of the first issue changed, or the second is the same")
	}
}

func TestANumberOfTheUnitsOwnPapersIsTaken(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t) // the report of Sở Nội vụ itself is 1/BC-SNV
	w.signed(t)
	tong := w.people["tong"]
	invalid(t, "the number of its own report", w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, w.issuance(t, "1")), "number")
	f := w.issuance(t, "7")
	delete(f.Reference, "signer")
	invalid(t, "nobody signs", w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f), "signer")
	// One reading tells all that is to be mended.
	f = w.issuance(t, "1")
	delete(f.Reference, "signer")
	f.Unread = fault.Invalid{"capacity": "Không đọc được"}
	err := w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f)
	for _, field := range []string{"number", "signer", "capacity"} {
		invalid(t, "several mistakes", err, field)
	}
	f = w.issuance(t, "7")
	f.Reference[consolidation.BodyField] = string(consolidation.Province)
	invalid(t, "the province under the symbol of the department", w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f), "symbol")
	if c := w.load(t, ofProvince, "tong"); c.State != consolidation.SignedOff || c.Issue != nil {
		t.Errorf("a refused issue left %+v", c)
	}
	// The province numbers its own papers.
	f = w.issuance(t, "1")
	f.Reference["symbol"], f.Reference[consolidation.BodyField] = "BC-UBND", string(consolidation.Province)
	must(t, w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f))
	r, err := w.svc.IssueByNo(t.Context(), tong, year, ofProvince, 1)
	must(t, err)
	if r.Printed.Issuer.Name != "Ủy ban nhân dân tỉnh Hậu Giang" || r.Printed.To != "" || r.Head.Body != consolidation.Province {
		t.Errorf("issued by %s to %q", r.Printed.Issuer.Name, r.Printed.To)
	}
	opening := wording.Plain(r.Printed.Opening.Paragraphs[0].Paragraph)
	if !strings.Contains(opening, ", Ủy ban nhân dân tỉnh Hậu Giang tổng hợp, báo cáo") || strings.Contains(opening, "Sở Nội vụ") {
		t.Errorf("it opens with %q", opening)
	}
	if kept := r.Printed.Recipients[len(r.Printed.Recipients)-1]; kept != "Lưu: VT, SNV." {
		t.Errorf("kept at %q", kept)
	}
}

func TestTheSameFormIssuesOnce(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	w.signed(t)
	once, form := w.once(), w.issuance(t, "215")
	for range 3 {
		must(t, w.svc.Issue(t.Context(), w.people["tong"], year, once, ofProvince, form))
	}
	n, err := database.Value[int](t.Context(), w.db, `select count(*) from issue`, nil)
	must(t, err)
	if n != 1 {
		t.Errorf("%d issues of one form", n)
	}
}

func TestWhatWasFrozenAndIssuedNeverChanges(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	w.signed(t)
	w.issues(t, "215")
	for _, sql := range []string{
		`update consolidation_frozen set content = 'x', sha256 = sha256('x')`, `delete from consolidation_frozen`,
		`update consolidation_signoff set by_name = 'x'`, `delete from consolidation_signoff`,
		`update issue set as_frozen = true`, `delete from issue`,
		`update consolidation_proceeding set reason = 'một lý do khác'`,
		`insert into consolidation_frozen (consolidation_id, no, content, sha256, by_person, by_name, at)
		 select id, 9, 'x', sha256('y'), 1, 'x', now() from consolidation`,
	} {
		n, err := database.Exec(t.Context(), w.db, sql, nil)
		if err == nil && n > 0 {
			t.Errorf("%s changed %d rows", sql, n)
		}
	}
	before, err := w.svc.IssueByNo(t.Context(), w.people["tong"], year, ofProvince, 1)
	must(t, err)
	file := w.paper(t, 1)
	// Whatever happens below.
	must(t, w.reviews.Withdraw(t.Context(), w.people["tong"], year, w.once(), of("stp"), "Số liệu tiếp công dân sai đơn vị tính"))
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "31"})
	after, err := w.svc.IssueByNo(t.Context(), w.people["tong"], year, ofProvince, 1)
	must(t, err)
	was, err := before.Frozen.Canonical()
	must(t, err)
	is, err := after.Frozen.Canonical()
	must(t, err)
	if !bytes.Equal(was, is) || !bytes.Equal(file, w.paper(t, 1)) {
		t.Error("what was issued changed")
	}
	if sha(was) != before.Printed.Frozen {
		t.Error("the canonical content does not have the hash that was signed off")
	}
}

func TestADiscardedReplacementLeavesTheIssueAsItWas(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	w.signed(t)
	w.issues(t, "215")
	tong := w.people["tong"]
	issued := w.working(t, ofProvince, "tong").Contents()
	refused(t, "discarding what is no replacement", w.svc.Discard(t.Context(), tong, year, w.once(), ofProvince))
	must(t, w.svc.Replace(t.Context(), tong, year, w.once(), ofProvince, "Đính chính số liệu tiếp công dân"))
	for key, text := range map[string]workingcopy.Content{"task/4": {"text": "Viết lại."}, "proposals": {"text": "Thêm một kiến nghị."}, "doc": {"number": "216"}} {
		part := w.working(t, ofProvince, "tong").Parts[key]
		must(t, second(w.svc.SavePart(t.Context(), tong, year, w.once(), ofProvince, key, workingcopy.Typed{Read: part.Revision, Values: text})))
	}
	w.finalised(t, ofProvince, "tong")
	must(t, w.svc.TakeBack(t.Context(), tong, year, w.once(), ofProvince))
	must(t, w.svc.Discard(t.Context(), tong, year, w.once(), ofProvince))
	c := w.load(t, ofProvince, "tong")
	if c.State != consolidation.Issued || c.Issue.No != 1 {
		t.Errorf("discarded: %+v", c)
	}
	for key, text := range w.working(t, ofProvince, "tong").Contents() {
		if key != "doc" && !text.Equal(issued[key]) || key == "doc" && text["number"] != "215" {
			t.Errorf("%s holds %v, issued was %v", key, text, issued[key])
		}
	}
	_, former, err := w.svc.Former(t.Context(), tong, year, ofProvince, "task/4")
	must(t, err)
	if len(former) != 2 || former[0].Content["text"] != "Viết lại." || former[0].Why != "discarded" {
		t.Errorf("what was written is lost: %+v", former)
	}
	p, err := w.svc.Preview(t.Context(), tong, year, ofProvince)
	must(t, err)
	if p.Issue != 1 || p.Printed.Number != "215/BC-SNV" {
		t.Errorf("the paper is issue %d, %s", p.Issue, p.Printed.Number)
	}
}
