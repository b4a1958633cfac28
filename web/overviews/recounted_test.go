package overviews

import (
	"fmt"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/web/paths"
)

const recounted = "?" + recountParam + "=1"

func TestARecountConfirmsThePages(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	for name, act := range map[string]actor.Actor{"leadership": w.actor(actor.Leadership, ubnd), "staff": w.actor(actor.Staff, stp), "district": w.actor(actor.Reviewer, viThuy)} {
		for _, address := range []string{paths.Overview(2022), paths.PeriodOverview(2022, "nam"), paths.PeriodOverview(2022, "6-thang"), paths.FigureBreakdown(2022, "nam", "T4.01"), paths.FigureBreakdown(2022, "nam", "T2.07")} {
			page := w.page(act, address+recounted)
			text := words(page.Find("main .dv-note [role=status]"))
			if !strings.Contains(text, "số đã tính lại, khớp. Từ ") || page.Find(".dv-disputed").Length() != 0 {
				t.Errorf("%s, %s: %q, %q", name, address, text, words(page.Find(".dv-disputed")))
			}
			if page.Find(".dv-recount").Length() != 0 {
				t.Errorf("%s, %s: what was done is offered again", name, address)
			}
			if ask := w.page(act, address).Find(".dv-recount").AttrOr("href", ""); ask != address+recounted {
				t.Errorf("%s, %s: a recount is asked for at %q", name, address, ask)
			}
		}
	}
}

func TestAFactThatWasChangedMarksThePage(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	w.exec(`update figure_fact set own = own + 1 where period_id = 6 and unit_id = NO * 1000 + 1 and indicator_id = (select id from indicator where code = 'T4.01');
		update report_task_fact set status = 'good' where period_id = 6 and unit_id = NO * 1000 + 1 and task_no = 2`)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam")+recounted)
	if !strings.HasPrefix(page.Find("title").Text(), "Số liệu không khớp: Báo cáo năm 2022") {
		t.Errorf("the title is %q", page.Find("title").Text())
	}
	got := figureRows(page, ".dv-disputed li")
	want := "[[Nội vụ, kết quả nhiệm vụ 2 trang ghi: Hoàn thành tốt tính lại: Chậm tiến độ] [Nhiệm vụ 2, số đơn vị “Hoàn thành tốt” trang ghi: 1 tính lại: 0] [Nhiệm vụ 2, số đơn vị “Chậm tiến độ” trang ghi: 1 tính lại: 2]" +
		" [Nội vụ: T4.01 Số lượt tiếp công dân trang ghi: 1.251,5, trong đó ước 300 tính lại: 1.250,5, trong đó ước 300] [T4.01 Số lượt tiếp công dân, số chung trang ghi: 1.310,5 từ 4/6 đơn vị, trong đó ước 300 tính lại: 1.309,5 từ 4/6 đơn vị, trong đó ước 300]]"
	if squeeze(fmt.Sprint(got)) != squeeze(want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if head := words(page.Find("#h-khac")); !strings.HasPrefix(head, "5/") || !strings.HasSuffix(head, "số của trang này không khớp khi tính lại") {
		t.Errorf("the mark says %q", head)
	}
	if got := words(page.Find(`[id="figure-T4.01"] .dv-gap`)); got != "không khớp" || page.Find("tr .dv-gap").Length() != 1 {
		t.Errorf("the figure is marked %q, %d are", got, page.Find("tr .dv-gap").Length())
	}
	if page := w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam")); page.Find(".dv-disputed").Length() != 0 {
		t.Error("nobody asked for a recount")
	}
	// A unit learns that the total is wrong, not what the others said.
	own := words(w.page(w.actor(actor.Staff, stp), paths.PeriodOverview(2022, "nam")+recounted).Find(".dv-disputed"))
	if !strings.Contains(own, "Số lượt tiếp công dân, số chung") || strings.Contains(own, "1.310,5") || strings.Contains(own, "Nội vụ") {
		t.Errorf("a unit reads %q", own)
	}
}

func TestAFactThatWasChangedMarksWhatTheTotalIsMadeOf(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	w.exec(`update figure_fact set below = 40 where period_id = 6 and unit_id = NO * 1000 + 5 and indicator_id = (select id from indicator where code = 'T2.05')`)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.FigureBreakdown(2022, "nam", "T2.07")+recounted)
	text := words(page.Find(".dv-disputed"))
	for _, want := range []string{"2/13 số của trang này không khớp", "H. Vị Thủy: tử số T2.05", "300, đơn vị trực thuộc 40", "300, đơn vị trực thuộc 60", "số chung", "86 từ 2/5 đơn vị", "90 từ 2/5 đơn vị"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if rows := figureRows(page, ".dv-units tr"); !strings.Contains(rows[5][0], "không khớp") || !strings.Contains(rows[7][0], "không khớp") || strings.Contains(rows[1][0], "không khớp") {
		t.Errorf("marked: %q", rows)
	}
}

func TestAnActivityThatWasChangedMarksThePlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update activity_fact set due_on = '2022-12-31' where unit_id = NO * 1000 + 2 and code = '2.1'`)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year)+recounted)
	if got := words(page.Find(".dv-disputed ul")); got != "Tư pháp, nhiệm vụ 2 trang ghi: Đã dừng 1, Đang thực hiện 1 tính lại: Đã dừng 1, Quá hạn 1" {
		t.Errorf("the mark says %q", got)
	}
	if got := page.Find(".dv-disputed a").AttrOr("href", ""); !strings.HasPrefix(got, paths.OverviewActivities(w.year)+"?don-vi="+w.slug("stp")+"&nhiem-vu=2") {
		t.Errorf("it leads to %s", got)
	}
	if !strings.HasPrefix(page.Find("title").Text(), "Số liệu không khớp: ") {
		t.Errorf("the title is %q", page.Find("title").Text())
	}
}
