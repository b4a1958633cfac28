package plans

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	sheetshow "danvan/web/show/sheets"
	"danvan/web/ui"
)

// importActivities stores what the page of the preview confirms, all of it or none.
func (p Pages) importActivities(w http.ResponseWriter, r *http.Request, x importing, f *form.Form) error {
	lines := x.inOrder(sheetshow.Take(f))
	settled := sheetshow.Settle(f, lines)
	if !f.OK() {
		return x.preview(w, r, http.StatusUnprocessableEntity, lines, f)
	}
	rows := make([]plan.Import, len(settled))
	for i, l := range settled {
		rows[i] = importOf(l)
	}
	err := p.Plans.ImportActivities(r.Context(), current.Actor(r), current.Now(r), f.Once(), x.ref, rows)
	if bad, invalid := errors.AsType[fault.Invalid](err); invalid {
		return x.page(w, r, http.StatusUnprocessableEntity, x.mistakes(settled, bad), form.New(nil))
	}
	if errors.Is(err, fault.Conflict) {
		if x, err = p.bulk(r); err != nil {
			return err
		}
		if gone := x.gone(settled); len(gone) > 0 {
			return x.page(w, r, http.StatusConflict, gone, form.New(nil))
		}
		return x.preview(w, r, http.StatusConflict, lines, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, done(settled))
	return respond.To(w, r, x.base())
}

// gone are the activities of lines that somebody has deleted.
func (x importing) gone(lines []sheetshow.Line) []sheetshow.Mistake {
	var list []sheetshow.Mistake
	for _, l := range lines {
		if _, stands := x.content.Activity(l.Key); !stands && !isNew(l) {
			list = append(list, sheetshow.Mistake{Place: "Hoạt động " + l.Key, Text: "đã bị xóa khỏi kế hoạch sau khi xem trước; xóa dòng này trong tệp, hoặc xóa mã để thêm thành hoạt động mới"})
		}
	}
	return list
}

// importOf is a line as the service takes it.
func importOf(l sheetshow.Line) plan.Import {
	row := plan.Import{Edit: plan.Edit{Read: l.Read, Seen: l.Seen, Values: submission.Content{}, Owner: &plan.Charge{}, Deputy: &plan.Charge{}}}
	if !isNew(l) {
		row.Code = l.Key
	}
	for _, x := range l.Fields {
		switch x.Name {
		case plan.OwnerField:
			row.Edit.Owner = &plan.Charge{Was: personOf(x.Was), Now: personOf(x.Is)}
		case plan.DeputyField:
			row.Edit.Deputy = &plan.Charge{Was: personOf(x.Was), Now: personOf(x.Is)}
		case plan.TaskField:
			row.Task, _ = strconv.Atoi(x.Is) // read from the file as one; another is refused below
		default:
			row.Edit.Values[x.Name] = x.Is
		}
	}
	return row
}

func personOf(number string) actor.PersonID {
	n, _ := strconv.ParseInt(number, 10, 64) // "" is nobody
	return actor.PersonID(n)
}

// mistakes are what cannot be stored, by activity: the file is no longer there to
// name its cells.
func (x importing) mistakes(settled []sheetshow.Line, bad fault.Invalid) []sheetshow.Mistake {
	var list []sheetshow.Mistake
	for _, name := range slices.Sorted(maps.Keys(bad)) {
		number, field, _ := strings.Cut(name, ".")
		place := labelOf(field)
		if i, err := strconv.Atoi(number); err == nil && i < len(settled) {
			what := "Hoạt động " + settled[i].Key
			if isNew(settled[i]) {
				what = "“" + ui.Short(settled[i].Values()["title"], 60) + "”"
			}
			place = what + ", " + viet.LowerFirst(place)
		}
		list = append(list, sheetshow.Mistake{Place: place, Text: viet.LowerFirst(bad[name])})
	}
	return list
}

// done says what was stored.
func done(settled []sheetshow.Line) string {
	added := 0
	for _, l := range settled {
		if isNew(l) {
			added++
		}
	}
	var said []string
	if added > 0 {
		said = append(said, fmt.Sprintf("thêm %d hoạt động", added))
	}
	if n := len(settled) - added; n > 0 {
		said = append(said, fmt.Sprintf("sửa %d hoạt động", n))
	}
	if len(said) == 0 {
		return "Giữ nguyên nội dung đang lưu, không ghi gì từ tệp Excel."
	}
	return "Đã ghi từ tệp Excel: " + strings.Join(said, ", ") + "."
}
