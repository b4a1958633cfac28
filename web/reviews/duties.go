package reviews

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/document/sheet"
	"danvan/internal/review"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// wasField holds whom the form showed for a unit, whose slug follows; the box
// itself is named by the slug.
const wasField = "cu-"

// dutiesView is who looks after which unit, and what was typed about it.
type dutiesView struct {
	review.Office
	Shares bool // some of it may be changed
	act    actor.Actor
	Form   *form.Form
	Files  []ui.File
}

// shares reports whether act shares out units of a receiver.
func shares(act actor.Actor) bool { return act.Has(actor.Consolidator) }

// Duties shows who looks after which unit.
func (h Pages) Duties(w http.ResponseWriter, r *http.Request) error {
	office, err := h.Reviews.Office(r.Context(), current.Actor(r), current.Now(r))
	if err != nil {
		return err
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, dutyTable(office, current.Now(r)), f)
	}
	return h.duties(w, r, http.StatusOK, office, form.New(nil))
}

// dutyTable is who looks after which unit, as a file.
func dutyTable(office review.Office, at time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Phân công", Title: "Phân công rà soát", At: at, Fixed: 1,
		Columns: []sheet.Column{{Title: "Đơn vị"}, {Title: "Nơi nhận"}, {Title: "Người phụ trách"}, {Title: "Hồ sơ đang chờ", Kind: sheet.Number}}}
	for _, d := range office.Duties {
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(d.UnitName), sheet.Words(d.ReceiverName), sheet.Words(d.Name), sheet.Count(d.Waiting)})
	}
	return t
}

func (h Pages) duties(w http.ResponseWriter, r *http.Request, status int, office review.Office, f *form.Form) error {
	act := current.Actor(r)
	head := ui.Head{Title: "Phân công rà soát", Crumbs: []ui.Link{{Label: "Tiếp nhận, rà soát", Path: paths.Queue}, {Label: "Phân công"}}}
	return respond.Page(w, r, status, ui.Page{Head: head}, duties(dutiesView{Office: office, Shares: shares(act), act: act, Form: f, Files: ui.FilesOf(&url.URL{Path: paths.ReviewDuties})}))
}

// Share stores who looks after which unit.
func (h Pages) Share(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	office, err := h.Reviews.Office(r.Context(), act, now)
	if err != nil {
		return err
	}
	if !shares(act) {
		return review.MayAssign(act, 0).Err()
	}
	var shifts []review.Shift
	for _, d := range office.Duties {
		if f.Has(d.Slug) {
			shifts = append(shifts, review.Shift{Slug: d.Slug, Was: actor.PersonID(f.ID(wasField + d.Slug)), To: actor.PersonID(f.ID(d.Slug))})
		}
	}
	if !f.OK() {
		return h.duties(w, r, http.StatusUnprocessableEntity, office, f)
	}
	err = h.Reviews.Share(r.Context(), act, now, f.Once(), shifts)
	if overtaken, ok := errors.AsType[*review.Overtaken](err); ok {
		for slug, name := range overtaken.Units {
			f.Fail(slug, overtakenWords(name))
		}
		return h.duties(w, r, http.StatusConflict, office, f.Renew())
	}
	if f.Reject(err) {
		return h.duties(w, r, http.StatusUnprocessableEntity, office, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã lưu phân công rà soát")
	return respond.To(w, r, paths.ReviewDuties)
}

func overtakenWords(name string) string {
	if name == "" {
		return "Người khác vừa bỏ phân công đơn vị này. Chọn lại nếu cần rồi lưu"
	}
	return "Đơn vị này vừa được giao cho " + name + ". Chọn lại nếu cần rồi lưu"
}

// dutyPart is the units that report to one receiver.
type dutyPart struct {
	Receiver actor.UnitID
	Name     string
	Rows     []review.Duty
	May      bool
}

func (v dutiesView) parts() []dutyPart {
	var out []dutyPart
	for _, d := range v.Duties {
		if len(out) == 0 || out[len(out)-1].Receiver != d.Receiver {
			out = append(out, dutyPart{Receiver: d.Receiver, Name: d.ReceiverName, May: review.MayAssign(v.act, d.Receiver).Allowed})
		}
		out[len(out)-1].Rows = append(out[len(out)-1].Rows, d)
	}
	return out
}

// people offers those who may look after units of a receiver.
func (v dutiesView) people(receiver actor.UnitID) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Chưa phân công"}}
	for _, c := range v.Of(receiver) {
		options = append(options, ui.Option{Value: strconv.FormatInt(int64(c.ID), 10), Label: c.Name})
	}
	return options
}

// chosen is what stands in the box of a unit: what was typed, else who it is.
func (v dutiesView) chosen(d review.Duty) string {
	if v.Form.Has(d.Slug) {
		return v.Form.Raw(d.Slug)
	}
	return personText(d.Person)
}

func personText(p actor.PersonID) string {
	if p == 0 {
		return ""
	}
	return strconv.FormatInt(int64(p), 10)
}

// loads says of each colleague how much lies with him or her.
func (v dutiesView) loads() []ui.Fact {
	var out []ui.Fact
	for _, c := range v.Colleagues {
		units, waiting := 0, 0
		for _, d := range v.Duties {
			if d.Person == c.ID && d.Receiver == c.Receiver {
				units, waiting = units+1, waiting+d.Waiting
			}
		}
		out = append(out, ui.Fact{Term: c.Name, Text: viet.FormatInt(units) + " đơn vị, " + viet.FormatInt(waiting) + " hồ sơ đang chờ"})
	}
	if free := v.free(); free > 0 {
		out = append(out, ui.Fact{Term: "Chưa phân công", Text: viet.FormatInt(free) + " đơn vị"})
	}
	return out
}

func (v dutiesView) free() int {
	n := 0
	for _, d := range v.Duties {
		if d.Person == 0 {
			n++
		}
	}
	return n
}

// faulty are the boxes with mistakes in the order of the page.
func (v dutiesView) faulty() []string {
	var names []string
	for _, d := range v.Duties {
		if v.Form.Error(d.Slug) != "" {
			names = append(names, d.Slug)
		}
	}
	return names
}

func waitingWords(n int) string {
	if n == 0 {
		return "–"
	}
	return viet.FormatInt(n) + " hồ sơ"
}
