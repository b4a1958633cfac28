package reports

import (
	"strings"
	"testing"

	"danvan/web/paths"
)

// TestOneClickBeginsFromThePeriodBefore follows the links as somebody without scripts
// does: the empty boxes are filled, what is there stays, and nothing is stored before
// the form is sent.
func TestOneClickBeginsFromThePeriodBefore(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.now = midyear
	p.write(half, map[string]string{"T4.01": "30", "T4.02": "31"})
	p.submit(half)
	p.accept(half)
	p.now = yearEnd
	v := p.task("truc", 4)
	if v.Get("T4.01.own") != "" || v.Get("result") != "" {
		t.Fatalf("the form opens with %q and %q, nobody asked for it", v.Get("T4.01.own"), v.Get("result"))
	}
	v.Set("T4.02.own", "77")
	v.Set("shortcoming", "Của kỳ này.")
	p.post("truc", taskPath(4), v).want(303)
	page := p.get("truc", taskPath(4))
	follow := func(page visited, called string) string {
		t.Helper()
		for _, a := range page.Find("main a").EachIter() {
			if strings.TrimSpace(a.Text()) == called {
				return a.AttrOr("href", "")
			}
		}
		t.Fatalf("no link %q", called)
		return ""
	}
	figures := p.get("truc", follow(page, "Chép số kỳ trước vào ô trống")).want(200)
	figures.says(".dv-note", "cộng thêm phần phát sinh từ đó đến nay rồi lưu")
	figures.says("#figure-T4\\.01", "Chép từ kỳ trước, chưa lưu.")
	form := figures.form(taskPath(4))
	if form.Get("T4.01.own") != "30" || form.Get("T4.02.own") != "77" || form.Get("T4.04.mark") != "nil" || form.Get("result") != "" {
		t.Errorf("filled with %v", form)
	}
	if got := p.stored("T4.01"); got != "" {
		t.Errorf("looking stored %q", got)
	}
	form.Set("T4.01.own", "58")
	p.post("truc", taskPath(4), form).want(303)
	if got := p.stored("T4.01") + ", " + p.stored("T4.02") + ", " + p.stored("T4.04"); got != "own=58, own=77, mark=nil" {
		t.Errorf("stored %s", got)
	}
	if page = p.get("truc", taskPath(4)); strings.Contains(page.Find("main").Text(), "Chép số kỳ trước") {
		t.Error("nothing is empty, and still something is offered")
	}
	words := p.get("truc", follow(page, "Chép vào ô trống")).want(200)
	words.says(".dv-note", "Đã chép lời văn của báo cáo 6 tháng đầu năm 2022, lần gửi 1, vào 1 ô trống; chưa lưu.")
	form = words.form(taskPath(4))
	if form.Get("result") == "" || form.Get("shortcoming") != "Của kỳ này." || form.Get("status") != "" {
		t.Errorf("words: %q, %q, %q", form.Get("result"), form.Get("shortcoming"), form.Get("status"))
	}
	for path, field := range map[string]string{paths.ReportOverall(base): "strengths", paths.ReportNext(base): "steps"} {
		filled := p.get("truc", follow(p.get("truc", path), "Chép vào ô trống")).want(200)
		if got := filled.form(path).Get(field); got == "" {
			t.Errorf("%s opens without the words of before", path)
		}
	}
	s, _ := p.content(stp).Section(4)
	if got := s.Part.Content["result"] + p.content(stp).Overall.Content["strengths"]; got != "" {
		t.Errorf("looking stored %q", got)
	}
}

func TestWithoutAReportBeforeNothingIsOffered(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	if text := p.get("truc", taskPath(4)).Find("main").Text(); strings.Contains(text, "Chép") {
		t.Error("something is offered")
	}
	p.get("truc", paths.Carrying(taskPath(4), paths.CarryWords)).want(200).says(".dv-note", "Chưa có báo cáo kỳ trước nào có hiệu lực")
	p.get("truc", paths.Carrying(taskPath(4), paths.CarryFigures)).want(200).says(".dv-note", "Không có số kỳ trước nào để chép")
	p.get("yte", paths.Carrying(taskPath(4), paths.CarryWords)).want(404)
}
