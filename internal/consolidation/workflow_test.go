package consolidation_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"danvan/internal/audit"
	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/workingcopy"
)

func TestFromBeginningToIssueEveryStepKeepsItsHash(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	tong, nhi := w.people["tong"], w.people["nhi"]
	refused(t, "finalising before it is begun", w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, 0))
	refused(t, "a leader begins", w.svc.Begin(t.Context(), nhi, year, w.once(), ofProvince))
	must(t, w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	refused(t, "beginning twice", w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	work := w.working(t, ofProvince, "tong")
	for _, key := range consolidation.Keys(work.Ground.Tasks) {
		if p := work.Parts[key]; p.Revision != 1 && key != consolidation.ProposalsKey && key != consolidation.ExemplarsKey {
			t.Errorf("no first draft of %s", key)
		}
	}
	if len(work.Faults) > 0 {
		t.Errorf("the first draft has faults %+v", work.Faults)
	}
	if err := w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, work.Case.Revision-1); !errors.Is(err, fault.Conflict) {
		t.Errorf("finalising what was not read: %v", err)
	}
	must(t, w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, work.Case.Revision))
	c := w.load(t, ofProvince, "nhi")
	if c.State != consolidation.AwaitingSignoff || c.Frozen == nil || c.Frozen.No != 1 {
		t.Fatalf("finalised: %+v", c)
	}
	if err := w.svc.SignOff(t.Context(), nhi, year, w.once(), ofProvince, strings.Repeat("0", 64)); !errors.Is(err, fault.Conflict) {
		t.Errorf("signing another content off: %v", err)
	}
	must(t, w.svc.SignOff(t.Context(), nhi, year, w.once(), ofProvince, c.Frozen.SHA256))
	refused(t, "editing what is signed off", second(w.svc.SavePart(t.Context(), tong, year, w.once(), ofProvince, "opening", workingcopy.Typed{Values: workingcopy.Content{"text": "x"}})))
	w.issues(t, "215")
	c = w.load(t, ofProvince, "tong")
	if c.State != consolidation.Issued || c.Issue.No != 1 || c.Issue.Reference.String() != "215/BC-SNV" || c.Issue.AsFrozen {
		t.Fatalf("issued: %+v", c.Issue)
	}
	paper := w.paper(t, 1)
	if sha := sha(paper); sha != c.Issue.DocxSHA256 {
		t.Errorf("the file is %s, recorded is %s", sha, c.Issue.DocxSHA256)
	}
	r, err := w.svc.IssueByNo(t.Context(), w.people["chu-tich"], year, ofProvince, 1)
	must(t, err)
	again, err := wordFile(r.Printed)
	must(t, err)
	if !bytes.Equal(again, paper) {
		t.Error("the same frozen data did not give the same bytes")
	}
	if r.Printed.Draft || r.Printed.Number != "215/BC-SNV" || r.Printed.To != "Ủy ban nhân dân tỉnh Hậu Giang" || r.Printed.Issuer.Name != "Sở Nội vụ" {
		t.Errorf("printed %+v", r.Printed)
	}
	_, events, err := w.svc.History(t.Context(), tong, year, ofProvince)
	must(t, err)
	var told []string
	for _, e := range slices.Backward(events) {
		if e.Word() == "" {
			t.Errorf("%s has no word", e.Action)
		}
		told = append(told, e.Action)
	}
	if got := strings.Join(told, " "); got != "begun finalised signed_off issued" {
		t.Errorf("the history tells %s", got)
	}
	if v, err := audit.Verify(t.Context(), w.db); err != nil || len(v.Faults) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}

func second[T any](_ T, err error) error { return err }

func (w *world) paper(t testing.TB, no int) []byte {
	t.Helper()
	f, err := w.svc.Paper(t.Context(), w.people["tong"], year, ofProvince, no)
	must(t, err)
	if f.Type != evidence.DOCX || !strings.HasSuffix(f.Name, ".docx") {
		t.Errorf("the paper is %+v", f)
	}
	content, err := w.files.Open(t.Context(), f.SHA)
	must(t, err)
	defer content.Close()
	all, err := io.ReadAll(content)
	must(t, err)
	return all
}

func TestGoingOnWithoutEverybodyWantsAReasonThatNamesThem(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "nhi", "hoa", "snv", nil)
	w.accepted(t, "hung", "hoa", "stp", nil)
	tong := w.people["tong"]
	must(t, w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	c := w.load(t, ofProvince, "tong")
	if !slices.Equal(c.Missing, []string{"h-vi-thuy"}) {
		t.Fatalf("missing are %v", c.Missing)
	}
	refused(t, "finalising without the district", w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, c.Revision))
	invalid(t, "a short reason", w.svc.Proceed(t.Context(), tong, year, w.once(), ofProvince, "đã gọi"), "reason")
	must(t, w.svc.Proceed(t.Context(), tong, year, w.once(), ofProvince, "Huyện đang sắp xếp lại bộ máy, đã báo cáo bằng lời"))
	// One that goes missing later is not covered.
	must(t, w.reviews.Withdraw(t.Context(), tong, year, w.once(), of("stp"), "Số liệu tiếp công dân sai đơn vị tính"))
	c = w.load(t, ofProvince, "tong")
	if !slices.Equal(c.Uncovered(), []string{"stp"}) {
		t.Fatalf("uncovered are %v of %v", c.Uncovered(), c.Missing)
	}
	refused(t, "finalising without another one", w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, c.Revision))
	must(t, w.svc.Proceed(t.Context(), tong, year, w.once(), ofProvince, "Sở Tư pháp gửi lại sau ngày phát hành"))
	must(t, w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, w.load(t, ofProvince, "tong").Revision))
	_, f, err := w.svc.Frozen(t.Context(), w.people["nhi"], year, ofProvince)
	must(t, err)
	if f.Proceeded == nil || !slices.Equal(f.Proceeded.Units, []string{"stp", "h-vi-thuy"}) || len(f.Ground.Missing) != 2 {
		t.Errorf("frozen with %+v, missing %+v", f.Proceeded, f.Ground.Missing)
	}
}

func TestAnUnknownTokenIsStoredAndStopsFinalising(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	tong := w.people["tong"]
	must(t, w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	work := w.working(t, ofProvince, "tong")
	_, err := w.svc.SavePart(t.Context(), tong, year, w.once(), ofProvince, "task/4", workingcopy.Typed{Read: work.Parts["task/4"].Revision,
		Values: workingcopy.Content{"text": "Đã tiếp {T4.01} lượt.\nĐã trả lời {T4.9999} đơn."}})
	must(t, err)
	work = w.working(t, ofProvince, "tong")
	if len(work.Faults) != 1 || work.Faults[0].Part != "task/4" || work.Faults[0].Line != 2 || work.Faults[0].Text != "{T4.9999}" {
		t.Fatalf("faults %+v", work.Faults)
	}
	refused(t, "finalising an unknown token", w.svc.Finalise(t.Context(), tong, year, w.once(), ofProvince, work.Case.Revision))
	p, err := w.svc.Preview(t.Context(), tong, year, ofProvince)
	must(t, err)
	printed := p.Printed.Sections[0].Sections[3].Paragraphs
	if got := wording.Plain(printed[0].Paragraph); got != "Đã tiếp 56 lượt." {
		t.Errorf("printed %q", got)
	}
	if got := wording.Plain(printed[1].Paragraph); got != "Đã trả lời {T4.9999} đơn." {
		t.Errorf("printed %q", got)
	}
}

func TestBackToDraftAndSentBackKeepWhatWasFrozen(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	tong, nhi := w.people["tong"], w.people["nhi"]
	w.finalised(t, ofProvince, "tong")
	invalid(t, "no reason", w.svc.SendBack(t.Context(), nhi, year, w.once(), ofProvince, "sửa"), "reason")
	must(t, w.svc.SendBack(t.Context(), nhi, year, w.once(), ofProvince, "Viết lại phần đánh giá chung"))
	w.finalised(t, ofProvince, "tong")
	must(t, w.svc.TakeBack(t.Context(), tong, year, w.once(), ofProvince))
	w.signed(t)
	refused(t, "the leader takes it to draft", w.svc.BackToDraft(t.Context(), nhi, year, w.once(), ofProvince, "Phải cập nhật số liệu"))
	must(t, w.svc.BackToDraft(t.Context(), tong, year, w.once(), ofProvince, "Phải cập nhật số liệu của huyện"))
	c := w.load(t, ofProvince, "tong")
	if c.State != consolidation.Draft || c.Frozen.No != 3 || c.StateWhy == "" {
		t.Errorf("back to draft: %+v", c)
	}
	frozen, err := database.Value[int](t.Context(), w.db, `select count(*) from consolidation_frozen`, nil)
	must(t, err)
	if frozen != 3 {
		t.Errorf("%d freezings are kept, want 3", frozen)
	}
	if _, err := w.svc.Preview(t.Context(), w.people["chu-tich"], year, ofProvince); !errors.Is(err, fault.NotFound) {
		t.Errorf("leadership reads a draft: %v", err)
	}
}

func TestWhoReadsWhat(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	sees := func(what string, err error, want bool) {
		t.Helper()
		switch {
		case want && err != nil:
			t.Errorf("%s: %v", what, err)
		case !want && !errors.Is(err, fault.NotFound):
			t.Errorf("%s: got %v, want not found", what, err)
		}
	}
	check := func(stage string, working, state, read string) {
		t.Helper()
		for _, o := range offices {
			in := func(list string) bool { return slices.Contains(strings.Fields(list), o.name) }
			_, err := w.svc.Working(t.Context(), w.people[o.name], year, ofProvince)
			sees(o.name+" reads the working copy when "+stage, err, in(working) && stage != "nobody has begun")
			_, err = w.svc.Case(t.Context(), w.people[o.name], year, ofProvince)
			sees(o.name+" reads the state when "+stage, err, in(state))
			_, err = w.svc.List(t.Context(), w.people[o.name], year, 2022, "nam")
			sees(o.name+" lists when "+stage, err, in(state) || o.name == "hai" || o.name == "huyen" || o.name == "giang")
			_, err = w.svc.Preview(t.Context(), w.people[o.name], year, ofProvince)
			sees(o.name+" reads the paper when "+stage, err, in(read))
		}
	}
	makers := "tong hop nhi hoa"
	check("nobody has begun", makers, makers+" quan-tri", "")
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	check("it is a draft", makers, makers+" quan-tri", makers)
	w.finalised(t, ofProvince, "tong")
	check("it awaits the leader", makers, makers+" quan-tri", makers)
	must(t, w.svc.SignOff(t.Context(), w.people["nhi"], year, w.once(), ofProvince, w.load(t, ofProvince, "nhi").Frozen.SHA256))
	check("it is signed off", makers, makers+" quan-tri chu-tich", makers+" chu-tich")
	w.issues(t, "215")
	check("it is issued", makers, makers+" quan-tri chu-tich", makers+" chu-tich")
	if err := second(w.svc.Case(t.Context(), w.people["la"], year, consolidation.Ref{Year: 2022, Period: "nam", Unit: "stp"})); !errors.Is(err, fault.NotFound) {
		t.Errorf("a unit nobody reports to consolidates: %v", err)
	}
}

func sha(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
