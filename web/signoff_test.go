package web_test

import (
	"strings"
	"testing"

	"danvan/web/paths"
)

func TestEveryMistakeOfTheDocumentIsShownAtOnceAndNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "awaiting")
	leader := newPortal(t, w).as("own-leader")
	path := paths.SignOff(paths.Plan(year, ownUnit))
	v := leader.get(path).want(200).filled(path)
	typed := map[string]string{"number": "12a!", "symbol": "KH-STP", "issued_on": "30/02/2022",
		"subject": strings.Repeat("Kế hoạch dân vận ", 40), "signer": "", "capacity": ""}
	for name, value := range typed {
		v.Set(name, value)
	}
	page := leader.post(path, v).want(422)
	for field, words := range map[string]string{
		"number":    "Số văn bản gồm chữ số, có thể kèm chữ cái",
		"issued_on": "Ngày ban hành: ngày 30/02/2022 không có trong lịch",
		"subject":   "rút gọn còn tối đa 500",
		"signer":    "Ghi họ tên người ký",
		"capacity":  "Ghi quyền hạn, chức vụ của người ký",
	} {
		if got := page.page.Find(`.dv-errors a[href="#` + field + `"]`).Text(); !strings.Contains(got, words) {
			t.Errorf("the summary says of %s: %q, want %q", field, got, words)
		}
	}
	shown := page.filled(path)
	for name, value := range typed {
		if got := shown.Get(name); strings.TrimSpace(got) != strings.TrimSpace(value) {
			t.Errorf("the form shows %s = %q, want what was typed, %q", name, got, value)
		}
	}
	// Nothing was sent: the leader may still give it back.
	leader.get(paths.SendBack(paths.Plan(year, ownUnit))).want(200)
}

func TestADocumentIsNotDatedBeforeItIsSigned(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "awaiting")
	site := newPortal(t, w)
	plan := paths.Plan(year, ownUnit)
	for day, words := range map[string]string{
		"01/12/2023": "Ngày ban hành 01/12/2023 chưa tới",
		"14/03/2012": "Ngày ban hành 14/03/2012 quá xa",
	} {
		for path, who := range map[string]string{paths.Reference(plan): "own-staff", paths.SignOff(plan): "own-leader"} {
			p := site.as(who)
			v := p.get(path).want(200).filled(path)
			for name, value := range pairsOf("number", "12", "symbol", "KH-STP", "issued_on", day, "subject", "Kế hoạch năm 2022", "signer", "Trần Quốc Khải", "capacity", "GIÁM ĐỐC") {
				v[name] = value
			}
			page := p.post(path, v).want(422)
			if got := page.page.Find(`.dv-errors a[href="#issued_on"]`).Text(); !strings.Contains(got, words) {
				t.Errorf("%s of %s: the summary says %q, want %q", path, day, got, words)
			}
			if got := page.filled(path).Get("issued_on"); got != day {
				t.Errorf("%s shows %q, want what was typed, %q", path, got, day)
			}
		}
	}
}
