package web_test

import (
	"net/http"
	"strings"
	"testing"

	"danvan/internal/demo/demotest"
)

// TestALeaderSignsWhatThePortalSuggestsForThePaper signs off with the form as it
// stands but for what only the paper says.
func TestALeaderSignsWhatThePortalSuggestsForThePaper(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const own, subject = "/bao-cao/2022/nam/sxd", "Kết quả thực hiện công tác dân vận chính quyền năm 2022"
	open := func() map[string][]string {
		return s.ask("sxd.lanhdao", own+"/duyet").want(http.StatusOK).filled(own + "/duyet")
	}
	write := func(pairs ...string) {
		t.Helper()
		w := s.ask("sxd.chuyenvien", own+"/van-ban").want(http.StatusOK).filled(own + "/van-ban")
		for name, text := range pairsOf(pairs...) {
			w[name] = text
		}
		s.send("sxd.chuyenvien", own+"/van-ban", w).want(http.StatusSeeOther)
	}
	write("subject", "", "symbol", "")
	v := open()
	if got := strings.Join(append(v["subject"], v["symbol"]...), "|"); got != subject+"|BC-SXD" {
		t.Errorf("the form suggests %q", got)
	}
	for name, text := range pairsOf("number", "512", "issued_on", "28/11/2022", "signer", "Trần Hữu Trọng Nghĩa", "capacity", "GIÁM ĐỐC") {
		v[name] = text
	}
	stale := open()

	// While the leader reads, staff write another subject: it stays.
	const theirs = "Tổng kết công tác dân vận chính quyền năm 2022"
	write("subject", theirs)
	again := s.send("sxd.lanhdao", own+"/duyet", stale)
	if again.rec.Code != http.StatusConflict {
		t.Fatalf("signing what has changed: %d", again.rec.Code)
	}
	if got := again.filled(own + "/duyet")["subject"]; len(got) != 1 || got[0] != theirs {
		t.Errorf("the form shows %q, want what staff wrote", got)
	}
	write("subject", "", "symbol", "")

	fresh := open()
	for _, name := range []string{"_revision", "_submission", "_key"} {
		v[name] = fresh[name]
	}
	s.send("sxd.lanhdao", own+"/duyet", v).want(http.StatusSeeOther)
	if got := s.one(`
		select d.subject || '|' || d.symbol || '|' || (p.content->>'subject')
		from document_ref d
		join version v on v.document_ref_id = d.id
		join submission s on s.id = v.submission_id
		join part p on p.copy_id = s.id and p.key = 'doc'
		join unit u on u.id = s.unit_id
		where u.slug = 'sxd' and d.number = 512`); got != subject+"|BC-SXD|"+subject {
		t.Errorf("stored %q", got)
	}
}

// TestThePaperOfASendingStaysAsItWasSent corrects the figures of last year after a
// report was accepted: its page may tell, its paper does not change by a byte.
func TestThePaperOfASendingStaysAsItWasSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const file = "/bao-cao/2022/6-thang/stp/lan-gui/1.docx"
	paper := func() string { return s.ask("stp.chuyenvien", file).want(http.StatusOK).rec.Body.String() }
	before := paper()
	if n := s.one(`
		with changed as (
			update prior_figure f set value = value + 1000 from unit u
			where u.id = f.unit_id and u.slug = 'stp' and f.year = 2021 and f.period = '6-thang' returning 1)
		select count(*)::text from changed`); n == "0" {
		t.Fatal("nothing stood beside the figures")
	}
	if paper() != before {
		t.Error("the paper changed with the figures of last year")
	}
	if !strings.HasPrefix(before, "PK") {
		t.Error("it is no paper at all")
	}
}
