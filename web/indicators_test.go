package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"danvan/internal/document/workbook"
	"danvan/web/paths"
)

// deciding is the year-end world with somebody who decides what is counted.
type deciding struct {
	*portal
	s *script
}

func newDeciding(t *testing.T) deciding {
	t.Helper()
	w := freshWorld(t)
	s := w.reportScript(t)
	p := newPortal(t, w)
	p.now = yearEnd
	return deciding{p.as("consolidator"), s}
}

// switchOn posts the form of an indicator as the page holds it, but for the kinds.
func (d deciding) switchOn(code string, kinds ...string) *response {
	d.t.Helper()
	address := paths.Indicator(year, code)
	values := d.as("consolidator").get(address).want(http.StatusOK).filled(address)
	values["kinds"] = kinds
	return d.post(address, values)
}

// grid is the page on which a unit counts for task 1.
func (d deciding) grid(who, unit string) *response {
	d.t.Helper()
	return d.as(who).get(paths.ReportTask(paths.Report(year, "nam", unit), 1)).want(http.StatusOK)
}

func TestAnIndicatorSwitchedOnIsInGridExcelAndRollUp(t *testing.T) {
	t.Parallel()
	d := newDeciding(t)
	const code = "T1.06"
	asked := `[name="T1.06.own"]`
	if d.grid("own-staff", ownUnit).page.Find(asked).Length() > 0 {
		t.Fatalf("%s is asked before it is switched on", code)
	}
	list := d.as("consolidator").get(paths.Indicators(year)).want(http.StatusOK).says("trong 94 chỉ tiêu đang dùng")
	row := list.page.Find("#figure-T1\\.06")
	wantText(t, row, "Số lớp tập huấn, bồi dưỡng nghiệp vụ công tác dân vận", "cộng", "Chưa dùng")
	if to := row.Find("a").AttrOr("href", ""); to != paths.Indicator(year, code) {
		t.Fatalf("the row leads to %s", to)
	}
	d.switchOn(code, "department", "district").to(paths.Indicator(year, code))
	d.get(paths.Indicator(year, code)).want(http.StatusOK).says("Đã đưa chỉ tiêu T1.06 vào sử dụng.", "Đang dùng", "Người consolidator đưa vào sử dụng: sở, ban, ngành; cấp huyện", "28/28 đơn vị trả lời")

	// The grid of a report being written, and the Excel form, ask for it at once.
	page := d.grid("own-staff", ownUnit)
	wantText(t, page.page.Find("#figure-T1\\.06"), "Số lớp tập huấn")
	if codes := d.sheetCodes(paths.Report(year, "nam", ownUnit) + "/so-lieu.xlsx"); !slices.Contains(codes, code) {
		t.Errorf("the Excel form has no row %s: %v", code, codes)
	}
	d.s.write() // everything else
	address := paths.ReportTask(paths.Report(year, "nam", ownUnit), 1)
	values := d.grid("own-staff", ownUnit).filled(address)
	values.Set("T1.06.own", "7")
	values.Del("T1.06.mark")
	d.post(address, values).want(http.StatusSeeOther)
	d.s.send()
	d.s.signOff("15")
	d.s.read()
	must(t, d.s.reviews.Accept(t.Context(), d.s.who("reviewer"), d.s.tick(), d.s.once(), d.s.ref, 1))

	// What was accepted is in the totals, and opens into its row.
	wantText(t, d.as("consolidator").get(paths.PeriodOverview(year, "nam")).want(http.StatusOK).page.Find("#figure-T1\\.06"), "Số lớp tập huấn", "7", "1/28 đơn vị")
	wantText(t, d.get(paths.FigureBreakdown(year, "nam", code)).want(http.StatusOK).page.Find("main"), "Sở Tư pháp", "7")

	// From now on it cannot be taken out of the year.
	off := paths.SwitchIndicatorOff(year, code)
	refused := d.post(off, d.get(off).want(http.StatusOK).filled(off)).want(http.StatusUnprocessableEntity)
	refused.says("Đã có báo cáo được tiếp nhận mang số liệu của chỉ tiêu T1.06", "ngừng dùng từ năm kế hoạch sau")
	d.switchOn(code, "district").want(http.StatusUnprocessableEntity).says("Đã có báo cáo được tiếp nhận")
}

// sheetCodes are the first cells of an Excel form.
func (d deciding) sheetCodes(address string) []string {
	d.t.Helper()
	rec := d.get(address).want(http.StatusOK).rec
	b, err := workbook.Open(d.t.Context(), "a.xlsx", bytes.NewReader(rec.Body.Bytes()), workbook.Usual)
	must(d.t, err)
	var codes []string
	for _, name := range b.Sheets() {
		for row, err := range b.Rows(d.t.Context(), name) {
			must(d.t, err)
			for _, cell := range row.Cells {
				text, err := cell.Text()
				if err == nil && strings.HasPrefix(text, "T") && len(text) == 5 {
					codes = append(codes, text)
				}
			}
		}
	}
	return codes
}

func TestAnIndicatorCanBeAskedOfSomeUnitsAlone(t *testing.T) {
	t.Parallel()
	d := newDeciding(t)
	const code = "T1.06"
	d.switchOn(code, "district").to(paths.Indicator(year, code))
	address := paths.IndicatorUnits(year, code)
	form := d.get(address).want(http.StatusOK)
	if n := form.page.Find("input[name=units][checked]").Length(); n != 8 {
		t.Fatalf("%d units ticked, want the 8 districts", n)
	}
	values := form.filled(address)
	values.Add("units", ownUnit)
	values["units"] = slices.DeleteFunc(values["units"], func(u string) bool { return u == "h-long-my" })
	d.post(address, values).to(paths.Indicator(year, code))
	d.get(paths.Indicator(year, code)).want(http.StatusOK).says("8/28 đơn vị trả lời", "Sở Tư pháp Phải trả lời dù sở, ban, ngành không phải trả lời.", "UBND huyện Long Mỹ Không phải trả lời", "Người consolidator yêu cầu Sở Tư pháp trả lời")
	wantText(t, d.get(paths.Indicators(year)).page.Find("#figure-T1\\.06"), "Cấp huyện", "thêm 1 đơn vị, trừ 1 đơn vị")
	wantText(t, d.grid("own-staff", ownUnit).page.Find("#figure-T1\\.06"), "Số lớp tập huấn")
	if d.grid("other-staff", "sct").page.Find("#figure-T1\\.06").Length() > 0 {
		t.Error("a unit that is not asked has the row")
	}

	// Somebody who opened the form before leaves alone what others changed since.
	stale := form.filled(address)
	stale.Add("units", "syt")
	stale.Set("_key", strings.Repeat("s", 24))
	d.as("consolidator").post(address, stale).to(paths.Indicator(year, code))
	d.get(paths.Indicator(year, code)).says("9/28 đơn vị trả lời", "Sở Tư pháp Phải trả lời", "Sở Y tế Phải trả lời", "UBND huyện Long Mỹ Không phải trả lời")
}

func TestWhatCannotBeSwitchedIsSaidOnTheForm(t *testing.T) {
	t.Parallel()
	d := newDeciding(t)
	d.switchOn("T1.06").want(http.StatusUnprocessableEntity).says("Chọn ít nhất một loại đơn vị")

	// Two people on one form: the second is told, nothing is overwritten.
	address := paths.Indicator(year, "T1.06")
	values := d.get(address).want(http.StatusOK).filled(address)
	d.switchOn("T1.06", "district").to(address)
	values["kinds"] = []string{"department"}
	again := d.post(address, values).want(http.StatusUnprocessableEntity).says("Người khác vừa đổi phạm vi thành: Cấp huyện.")
	if got := again.filled(address)["kinds"]; !slices.Equal(got, []string{"department"}) {
		t.Errorf("what was ticked is lost: %q", got)
	}
	// A form sent twice is carried out once.
	for range 2 {
		d.post(address, again.filled(address)).to(address)
	}
	d.get(address).says("đổi phạm vi từ cấp huyện sang sở, ban, ngành")
	if n := d.get(address).page.Find(".dv-tl li").Length(); n != 2 {
		t.Errorf("%d changes are told, want 2", n)
	}

	// A ratio needs both of its parts, and a part is needed by its ratio.
	off := paths.SwitchIndicatorOff(year, "T4.19")
	d.post(off, d.get(off).want(http.StatusOK).filled(off)).want(http.StatusUnprocessableEntity).says("Chỉ tiêu T4.20 đang dùng được tính từ T4.19.", "Ngừng dùng T4.20 trước.")
	for _, path := range []string{paths.IndicatorUnits(year, "T4.20"), paths.Indicator(year, "T9.99"), paths.SwitchIndicatorOff(year, "T1.07")} {
		d.get(path).want(http.StatusNotFound)
	}
}

func TestIndicatorsAreFoundAndSaved(t *testing.T) {
	t.Parallel()
	d := newDeciding(t)
	for query, want := range map[string]int{"": 94, "?q=so+luot+tiep+cong+dan": 1, "?q=t4.01": 1, "?trang-thai=ngoai-le": 0} {
		page := d.get(paths.Indicators(year) + query).want(http.StatusOK).page
		if got := page.Find("main tbody tr").Length(); got < want || want < 2 && got != want {
			t.Errorf("%q shows %d indicators, want %d", query, got, want)
		}
	}
	d.get(paths.Indicators(year) + "?q=khongco").says("Không có chỉ tiêu nào khớp bộ lọc.")
	if codes := d.sheetCodes(paths.Indicators(year) + "?trang-thai=chua-dung&dang=xlsx"); !slices.Contains(codes, "T1.06") || slices.Contains(codes, "T4.01") {
		t.Errorf("the file holds %v", codes)
	}
	if link, err := url.Parse(d.get(paths.Reports(year, "nam")).page.Find(".dv-head a[href='"+paths.Indicators(year)+"']").AttrOr("href", "")); err != nil || link.Path == "" {
		t.Error("the list of reports does not lead to the indicators")
	}
}
