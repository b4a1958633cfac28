package reports

import (
	"strings"
	"testing"
	"time"

	"danvan/web/paths"
)

// TestAUnitsJourney goes from the empty report to the one in force, by its pages.
func TestAUnitsJourney(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	page := p.get("truc", base).want(200)
	page.says(".dv-next", "bắt đầu từ nhiệm vụ 1")
	if got := page.Find(".dv-next .btn-primary").AttrOr("href", ""); got != taskPath(1) {
		t.Errorf("the first step leads to %s", got)
	}
	if n := page.Find(".btn-primary").Length(); n != 1 {
		t.Errorf("%d primary buttons", n)
	}
	for no := range 8 {
		v := p.task("truc", no)
		for name := range v {
			if strings.HasSuffix(name, ".own") {
				v.Set(strings.TrimSuffix(name, ".own")+".mark", "nil")
			}
		}
		v.Set("result", "Đã thực hiện.")
		if no > 0 {
			v.Set("status", "done")
		}
		p.post("truc", taskPath(no), v).want(303)
	}
	page = p.get("truc", base)
	page.says(".dv-next", "bổ sung 2 chỗ còn thiếu")
	page.says(".dv-before", "Chưa ghi ưu điểm")
	for path, field := range map[string]string{paths.ReportOverall(base): "strengths", paths.ReportNext(base): "steps"} {
		v := p.get("truc", path).form(path)
		v.Set(field, "Tiếp tục đối thoại.")
		p.post("truc", path, v).want(303)
	}
	page = p.get("truc", base)
	page.says(".dv-next", "đủ nội dung, trình lãnh đạo duyệt.")
	if got := page.Find(".dv-next .btn-primary").AttrOr("href", ""); got != paths.Send(base) {
		t.Errorf("the step leads to %s", got)
	}
	p.get("truc", paths.CheckReport(base)).want(200).says("main", "Đủ nội dung để trình, gửi.")
	if got := page.Find(".dv-print-head").Text(); !strings.Contains(got, "bản đang soạn") {
		t.Errorf("printed as %q", got)
	}
	p.must(p.reports.Send(t.Context(), p.people["truc"], p.now, p.once(), stp))
	p.get("truc", base).says(".dv-lock", "Báo cáo đang khóa")
	p.get("truc", taskPath(4)).want(403)
	leader := p.get("khai", base)
	leader.says(".dv-next", "đọc lại nội dung rồi duyệt, gửi Sở Nội vụ.")
	leader.says("#nv4", "không phát sinh")
	p.must(p.reports.TakeBack(t.Context(), p.people["truc"], p.now, p.once(), stp))
	p.submit(stp)
	p.get("truc", base).says(".dv-print-head", "báo cáo năm 2022, lần gửi 1")
	p.get("tu", base).says(".dv-next", "rà soát lần gửi 1 của Sở Tư pháp.")
	p.get("chutich", base).want(200).says(".dv-head-meta", "Đang xem lần gửi 1, chưa có hiệu lực.")
	p.accept(stp)
	done := p.get("truc", base)
	done.says(".dv-next", "Không có việc phải làm ngay.")
	p.get("tong", base).says(".dv-head-meta", "Đang xem lần gửi 1, bản có hiệu lực.")
	p.get("truc", paths.Version(base, 1)).want(200).says("aside", "Trần Quốc Khải, lãnh đạo đơn vị")
}

func TestEachSeesOfAReportWhatIsTheirs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, map[string]string{"T4.01": "86"})
	for who, status := range map[string]int{"truc": 200, "khai": 200, "tu": 200, "tong": 200, "chutich": 200, "quantri": 200, "mattran": 404, "yte": 404} {
		page := p.get(who, base).want(status)
		if shown := page.Find("#figure-T4\\.01").Length() > 0; shown != (who == "truc" || who == "khai") {
			t.Errorf("%s sees the working copy: %t", who, shown)
		}
	}
	p.get("tu", paths.History(base, "")).want(404)
	p.get("tu", paths.Version(base, 1)).want(404)
	p.submit(stp)
	for who, status := range map[string]int{"truc": 200, "tu": 200, "tong": 200, "chutich": 200, "quantri": 404, "mattran": 404} {
		p.get(who, paths.Version(base, 1)).want(status)
	}
	p.get("tu", base).says("#figure-T4\\.01", "86")
}

func TestFiveKindsOfAnswerLookDifferent(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "86")
	v.Set("T4.01.estimated", "6")
	v.Set("T4.02.own", "0")
	v.Set("T4.04.mark", "nil")
	v.Set("T4.08.mark", "not_applicable")
	p.post("truc", taskPath(4), v).want(303)
	page := p.get("truc", base)
	for code, want := range map[string]string{"01": "86 trong đó ước 6", "02": "0", "04": "không phát sinh", "08": "KTPV", "10": "chưa trả lời"} {
		cell := strings.Join(strings.Fields(page.Find("#figure-T4\\."+code+` td[data-l="Năm 2022"]`).Text()), " ")
		if cell != want {
			t.Errorf("T4.%s reads %q, want %q", code, cell, want)
		}
	}
}

func TestAGapLeadsToItsField(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, nil)
	v := p.task("truc", 4)
	v.Del("T4.01.mark")
	v.Set("result", "")
	p.post("truc", taskPath(4), v).want(303)
	page := p.get("truc", base)
	for _, want := range []string{taskPath(4) + "#T4.01.own", taskPath(4) + "#result"} {
		if page.Find(`.dv-gaps a[href="`+want+`"]`).Length() != 1 {
			t.Errorf("no gap leads to %s", want)
		}
		path, id, _ := strings.Cut(want, "#")
		if p.get("truc", path).Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("nothing is at %s", want)
		}
	}
}

func TestARemarkIsShownAtItsFigureAndCounted(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, map[string]string{"T4.01": "86"})
	p.submit(stp)
	p.must(p.reviews.Remark(t.Context(), p.people["tu"], p.now, p.once(), stp, 1, "figure/T4.01", "own", "Số này gồm cả tiếp dân thường xuyên?"))
	p.must(p.reviews.Remark(t.Context(), p.people["tu"], p.now, p.once(), stp, 1, "task/6", "result", "Nêu rõ kết quả phối hợp."))
	p.must(p.reviews.Return(t.Context(), p.people["tu"], p.now, p.once(), stp, 1, "Làm rõ số liệu tiếp dân"))
	page := p.get("truc", base).want(200)
	page.says(".dv-next", "trả lời 2 góp ý")
	page.says(".dv-remark", "Góp ý về “Nhiệm vụ 6”.")
	page.says(".dv-remark", "Góp ý về “T4.01. Số lượt tiếp công dân”.")
	p.get("truc", taskPath(4)).says(".dv-remark", "Số này gồm cả tiếp dân thường xuyên?")
}

func TestAReportLateToBeginSaysSo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.now = time.Date(2022, time.December, 6, 9, 0, 0, 0, p.now.Location())
	p.get("truc", base).want(200).says(".dv-next", "Đã quá hạn gửi (trước ngày 05/12/2022); vẫn gửi được và được ghi là quá hạn.")
}

func TestADistrictSeesWhatItsCommunesCameTo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportTask(paths.Report(2022, "nam", "h-vi-thuy"), 4)
	page := p.get("huyen", path).want(200)
	page.says(".dv-figs-h", "Số liệu tính cả địa bàn, gồm các xã, phường, thị trấn.")
	if n := page.Find(".dv-figs thead th").Length(); n != 7 {
		t.Errorf("%d columns without communes, want 7", n)
	}
	_, err := p.db.Exec(t.Context(), `
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		select c.id, v.unit_id, v.id, d.id, 500, '[2022-01-01,)'
		from campaign c, unit d, unit_version v
		where c.year = 2022 and d.slug = 'h-vi-thuy' and v.unit_id = (select id from unit where slug = 'xa-vi-thang-h-vi-thuy') and upper_inf(v.valid)`)
	p.must(err)
	page = p.get("huyen", path).want(200)
	page.says(".dv-figs-h", "Chỉ ghi phần của riêng UBND huyện Vị Thủy")
	page.says(".dv-figs thead", "Cấp xã")
	page.says(".dv-figs thead", "Cộng")
}
