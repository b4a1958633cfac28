package reports

import (
	"errors"
	"net/http"

	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
)

// before is the report in force that somebody may look at and begin from while
// writing; place is where on its page.
func (o opened) before(place string) (x *report.Compared, path string) {
	for _, of := range []func(report.Row) *report.Compared{
		func(r report.Row) *report.Compared { return r.Previous }, func(r report.Row) *report.Compared { return r.LastYear }} {
		for _, r := range o.content.Rows {
			if x := of(r); x != nil && x.No > 0 {
				return x, paths.Version(paths.Report(x.Year, x.Period, o.c.UnitSlug), x.No) + "#" + place
			}
		}
	}
	return nil, ""
}

// unwritten reports whether a field of words of p is still empty.
func unwritten(p submission.Part, fields []submission.Field) bool {
	for _, field := range fields {
		if field.Shape == submission.Prose && p.Content[field.Name] == "" {
			return true
		}
	}
	return false
}

// carriesWords puts the words of the report before into the empty fields of f when the
// address asks for them; said tells the reader which, "" for none.
func (p Pages) carriesWords(r *http.Request, o opened, part submission.Part, fields []submission.Field, f *form.Form) (said string, err error) {
	if r.URL.Query().Get(paths.CarryParam) != paths.CarryWords {
		return "", nil
	}
	e, err := p.Reports.Earlier(r.Context(), current.Actor(r), current.Now(r), o.ref)
	if errors.Is(err, fault.NotFound) {
		return "Chưa có báo cáo kỳ trước nào có hiệu lực để chép lời văn.", nil
	}
	if err != nil {
		return "", err
	}
	words, n := e.Words(part), 0
	for _, field := range fields {
		if text, ok := words[field.Name]; ok {
			f.Put(field.Name, text)
			n++
		}
	}
	if n == 0 {
		return "Báo cáo " + viet.LowerFirst(e.Name) + " không có lời văn nào để chép vào ô còn trống.", nil
	}
	return "Đã chép lời văn của báo cáo " + viet.LowerFirst(e.Name) + ", lần gửi " + viet.FormatInt(e.Version.No) +
		", vào " + viet.FormatInt(n) + " ô trống; chưa lưu. Sửa cho đúng kỳ này rồi lưu.", nil
}

// carriesFigures offers the figures of the period before in the empty boxes of the
// task when the address asks for them.
func (t writing) carriesFigures(r *http.Request) writing {
	if r.URL.Query().Get(paths.CarryParam) != paths.CarryFigures {
		return t
	}
	carried, n := t.content.Carry(t.section)
	t.took = map[string]bool{}
	for i, row := range carried.Rows {
		t.took[row.Code] = row.Offer != nil && t.section.Rows[i].Offer == nil
	}
	if t.section = carried; n == 0 {
		t.taken = "Không có số kỳ trước nào để chép vào ô còn trống."
		return t
	}
	t.taken = "Đã chép số kỳ trước vào " + viet.FormatInt(n) + " ô trống; chưa lưu."
	if t.content.Window.Cumulative {
		t.taken += " Số của kỳ này tính từ đầu năm: cộng thêm phần phát sinh từ đó đến nay rồi lưu."
	}
	return t
}
