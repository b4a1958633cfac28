package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// reviewed is a report on its reviewer's desk, and its unit behind it.
type reviewed struct {
	*portal
	s    *script
	page string
}

// underReview is the report of the year of Sở Tư pháp, sent, in a world of its own.
func underReview(t *testing.T) reviewed {
	t.Helper()
	w := freshWorld(t)
	s := w.reportScript(t)
	s.play("submitted")
	p := newPortal(t, w)
	p.now = yearEnd
	return reviewed{p.as("reviewer"), s, paths.ReportReview(year, "nam", ownUnit)}
}

// do sends the form for action as the page holds it, but for the pairs.
func (v reviewed) do(action string, pairs ...string) *response {
	v.t.Helper()
	values := v.get(v.page).want(http.StatusOK).filled(action)
	for name, value := range pairsOf(pairs...) {
		values[name] = value
	}
	return v.post(action, values)
}

// remark writes a remark about a part, as the forms of the page do.
func (v reviewed) remark(part, field, body string) *response {
	v.t.Helper()
	return v.post(paths.AddRemark(v.page), url.Values{"_key": {"remark-on-" + strings.ReplaceAll(part+field, "/", "-") + strings.Repeat("k", 20)},
		"version": {"1"}, "part": {part}, "field": {field}, "body": {body}})
}

// text is what the element holds, in one line.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func wantText(t *testing.T, s *goquery.Selection, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if got := text(s); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func TestAReportIsReadWithWhatIsOddAndComparedInView(t *testing.T) {
	t.Parallel()
	v := underReview(t)
	got := v.get(paths.Queue).want(http.StatusOK).says("Sở Tư pháp: báo cáo năm 2022, lần gửi 1", "chờ 1 ngày")
	if to := got.page.Find(".dv-due a").AttrOr("href", ""); to != v.page {
		t.Fatalf("the queue leads to %s, want %s", to, v.page)
	}
	page := v.get(v.page).want(http.StatusOK).
		says("Sở Tư pháp: báo cáo năm 2022, lần gửi 1", "trong hạn trước ngày 05/12/2022", "Văn bản số 15/BC-STP", "1 điều nên giải thích",
			"Đã thực hiện nhiệm vụ 4.", "Kịp thời, đúng quy định.", "Tiếp tục đối thoại với Nhân dân.", "Bố trí kinh phí hòa giải ở cơ sở.", "Ngày thứ Sáu nghe dân nói").page
	wantText(t, page.Find("#nv4 .dv-figs thead"), "Năm 2022", "Cùng kỳ năm 2021", "Chênh lệch so với cùng kỳ")
	row := page.Find("#figure-T4\\.10")
	wantText(t, row, "Số ý kiến, kiến nghị tiếp nhận", "3")
	wantText(t, row.Next(), "Số ý kiến đã giải quyết lớn hơn số ý kiến tiếp nhận", "chưa giải thích")
	v.as("own-staff").get(v.page).want(http.StatusNotFound)
}

func TestAnEmptyRemarkOnAFigureKeepsItsPlace(t *testing.T) {
	t.Parallel()
	v := underReview(t)
	page := v.post(paths.AddRemark(v.page), url.Values{"_key": {strings.Repeat("k", 24)}, "version": {"1"}, "place": {"so-lieu-4"},
		"part": {"figure/T4.11"}, "body": {"  "}}).want(http.StatusUnprocessableEntity).says("Ghi nội dung góp ý").page
	open := page.Find("details[open]")
	if open.Length() != 1 || open.Find("option[selected]").AttrOr("value", "") != "figure/T4.11" {
		t.Errorf("got %d open places, the figure %q chosen", open.Length(), open.Find("option[selected]").AttrOr("value", ""))
	}
	v.remark("figure/T9.99", "", "Số này không có.").want(http.StatusUnprocessableEntity)
}

// sentAgain is that report returned with two remarks, both answered, and sent a
// second time.
func sentAgain(t *testing.T) reviewed {
	t.Helper()
	v := underReview(t)
	v.remark("figure/T4.11", "", "Kiểm tra lại số này.").to(v.page + "#figure-T4.11")
	v.remark("task/4", "result", "Nêu rõ nơi đối thoại.").to(v.page + "#task-4")
	v.get(v.page).says("2 góp ý nháp sẽ gửi khi bạn trả lại", "Góp ý nháp. Kiểm tra lại số này.", "Góp ý nháp, mục Kết quả.")
	v.do(paths.Return(v.page), "reason", "Cần đối chiếu số liệu nhiệm vụ 4.").to(paths.Queue)

	// The unit mends the figure and the words, answers and sends again.
	s := v.s
	s.now = v.now
	c, err := submission.Load(t.Context(), s.w.db, s.now, reportRef)
	must(t, err)
	notes, err := s.desk.Notes(t.Context(), c)
	must(t, err)
	for _, n := range notes {
		must(t, s.desk.AnswerRemark(t.Context(), s.who("own-staff"), s.tick(), s.once(), reportRef, n.ID, n.AnswerRev, "Đã sửa theo góp ý."))
	}
	_, err = s.reports.SaveTask(t.Context(), s.who("own-staff"), s.tick(), s.once(), reportRef, 4, report.TaskEdit{
		Narrative: report.Edit{Read: 1, Values: submission.Content{"result": "Đã thực hiện nhiệm vụ 4 tại ba xã."}},
		Figures:   map[string]report.FigureEdit{"T4.11": {Read: 1, Values: submission.Content{"own": "2"}}}})
	must(t, err)
	s.send()
	s.signOff("15")
	return v
}

func TestAReportComesBackWithOnlyWhatChangedUnfolded(t *testing.T) {
	t.Parallel()
	v := sentAgain(t)
	page := v.get(v.page).want(http.StatusOK).says("mục thay đổi so với lần gửi 1", "2 góp ý lần trước chưa kết luận, 2 đã có trả lời").page
	wantText(t, page.Find("#figure-T4\\.11 del"), "5")
	wantText(t, page.Find("#figure-T4\\.11 ins"), "2")
	wantText(t, page.Find("#figure-T4\\.11"), "Kiểm tra lại số này.", "Đã sửa theo góp ý.", "Đạt")
	wantText(t, page.Find("#task-4 ins"), "tại ba xã")
	wantText(t, page.Find("#nv4 .dv-unchanged summary"), "số liệu không đổi")
	for _, same := range []string{"#nv1", "#nv7"} {
		wantText(t, page.Find(same+" > details.dv-unchanged > summary"), "không đổi so với lần gửi 1")
	}
	v.do(paths.Accept(v.page)).want(http.StatusUnprocessableEntity).says("Xác nhận đã đọc")
	v.do(paths.Accept(v.page), "read", "on").to(paths.Queue)
	v.get(paths.Report(year, "nam", ownUnit)).says("Đã tiếp nhận")
	v.as("consolidator").get(paths.Withdraw(v.page)).want(http.StatusOK).says("Số liệu được tính lại khi có lần gửi mới được tiếp nhận")
	v.page = paths.Withdraw(v.page)
	v.do(v.page, "reason", reason).to(paths.Report(year, "nam", ownUnit))
}

// TestWhatIsNotSettledIsEnoughToReturn is the second round: what the unit has not
// mended need not be written once more.
func TestWhatIsNotSettledIsEnoughToReturn(t *testing.T) {
	t.Parallel()
	v := sentAgain(t)
	c, err := submission.Load(t.Context(), v.s.w.db, v.now, reportRef)
	must(t, err)
	notes, err := v.s.desk.Notes(t.Context(), c)
	must(t, err)
	v.get(v.page).says("2 góp ý được gửi kèm, trong đó 2 góp ý lần trước chưa kết luận; góp ý nào đã đạt thì chọn “Đạt” trước khi trả lại.")
	verdict := func(id int64, said string) {
		t.Helper()
		v.do(paths.ResolveRemark(v.page, id), "verdict", said).want(http.StatusSeeOther)
	}
	verdict(notes[0].ID, "ok")
	verdict(notes[1].ID, "ok")
	settled := v.get(v.page).says("Không có góp ý nào chưa kết luận. Ghi ít nhất một góp ý, hoặc mở lại góp ý lần trước chưa đạt")
	if settled.page.Find("form[action='"+paths.Return(v.page)+"']").Length() != 0 {
		t.Error("with every remark settled there is nothing to return for")
	}
	verdict(notes[1].ID, "open")
	v.get(v.page).says("1 góp ý được gửi kèm, trong đó 1 góp ý lần trước chưa kết luận")
	v.now = v.now.Add(24 * time.Hour)
	v.do(paths.Return(v.page), "reason", "Góp ý thứ hai chưa được sửa.").to(paths.Queue)
	v.get(paths.Queue).says("trước hết là của đơn vị bạn phụ trách, rồi của đơn vị chưa phân công") // as it is sorted
	v.as("own-staff").get(paths.Report(year, "nam", ownUnit)).says("Góp ý thứ hai chưa được sửa", "trả lời 1 góp ý", notes[1].Body)
}

func TestARemarkIsOfTheMomentItWasSent(t *testing.T) {
	t.Parallel()
	v := underReview(t)
	v.remark("task/4", "result", "Nêu rõ nơi đối thoại.").to(v.page + "#task-4")
	made := viet.Moment(v.now)
	wantText(t, v.get(v.page).page.Find("#task-4 .dv-remark"), "Góp ý nháp", made)
	v.now = v.now.Add(time.Minute)
	v.do(paths.Return(v.page), "reason", "Cần đối chiếu số liệu nhiệm vụ 4.").to(paths.Queue)
	c, err := submission.Load(t.Context(), v.s.w.db, v.now, reportRef)
	must(t, err)
	notes, err := v.s.desk.Notes(t.Context(), c)
	must(t, err)
	own := paths.Report(year, "nam", ownUnit)
	for _, read := range []struct{ who, page string }{
		{"reviewer", v.page}, {"consolidator", v.page}, {"own-staff", own}, {"own-staff", paths.Remark(own, notes[0].ID)},
		{"own-staff", paths.ReportTask(own, 4)}, {"own-leader", paths.Version(own, 1)},
	} {
		remark := v.as(read.who).get(read.page).want(http.StatusOK).page.Find(".dv-remark")
		wantText(t, remark, "Nêu rõ nơi đối thoại.", viet.Moment(v.now))
		if strings.Contains(text(remark), made) {
			t.Errorf("%s reads on %s when the remark was drafted", read.who, read.page)
		}
	}
}

func TestAnAddressNamesTheKindItDecidesOn(t *testing.T) {
	t.Parallel()
	v := underReview(t)
	v.s.w.bring(t, "submitted")
	wrong := paths.ReportReview(year, ref.Period, ownUnit)
	v.get(wrong).want(http.StatusNotFound)
	v.post(paths.Accept(wrong), url.Values{"_key": {strings.Repeat("k", 24)}, "version": {"1"}, "read": {"on"}}).want(http.StatusNotFound)
	c, err := submission.Load(t.Context(), v.s.w.db, yearEnd, ref)
	must(t, err)
	if c.State != submission.Submitted || len(c.ReadBy) > 0 {
		t.Errorf("the plan is %s, read by %v", c.State, c.ReadBy)
	}
	// After one kind comes the other.
	page := v.get(v.page).want(http.StatusOK).page
	if to := page.Find(".dv-actions a:contains('Hồ sơ tiếp theo')").AttrOr("href", ""); to != paths.Review(year, ownUnit) {
		t.Errorf("the next leads to %q, want the plan", to)
	}
}
