package papers

import (
	"net/http"
	"strconv"

	"danvan/internal/campaign"
	"danvan/internal/paper"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// letter is the form of a reminder as one person sees it.
type letter struct {
	paper.Lateness
	year   int
	period string // slug, "" for plans
	today  viet.Date
}

func (p Pages) letter(r *http.Request) (letter, error) {
	ref, err := periodOf(r)
	if err != nil {
		return letter{}, err
	}
	late, err := p.Desk.Late(r.Context(), current.Actor(r), current.Now(r), ref.Year, ref.Period, r.URL.Query().Get(paths.ReceiverParam))
	if err != nil {
		return letter{}, err
	}
	l := letter{Lateness: late, year: ref.Year, period: ref.Period, today: viet.DateOf(current.Now(r))}
	if ref.Period == plan.Period {
		l.period = ""
	}
	return l, nil
}

// ReminderForm asks to whom the letter goes and what stands on it. Everybody late is
// chosen to begin with.
func (p Pages) ReminderForm(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letter(r)
	if err != nil {
		return err
	}
	f := form.New(map[string]string{"symbol": l.Setting.Symbol})
	slugs := make([]string, len(l.Units))
	for i, u := range l.Units {
		slugs[i] = u.Slug
	}
	return l.page(w, r, http.StatusOK, f.Put("unit", slugs...))
}

// Reminder hands the letter out. It is asked for by address: nothing is stored.
func (p Pages) Reminder(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letter(r)
	if err != nil {
		return err
	}
	f := form.New(nil)
	for name, values := range r.URL.Query() {
		f.Put(name, values...)
	}
	order := paper.Order{Units: f.Values("unit"), By: f.Date("by")}
	order.Reference = submission.Reference{IssuedOn: f.Date("issued_on"), Symbol: f.Line("symbol"), Signer: f.Line("signer"), Capacity: f.Line("capacity")}
	l.number(f, &order.Reference)
	limits(f)
	file, err := l.Letter(current.Now(r), order)
	if f.Reject(err) || !f.OK() {
		return l.page(w, r, http.StatusUnprocessableEntity, f)
	}
	return send(w, r, file, err)
}

// number reads the number, which may be left open.
func (l letter) number(f *form.Form, r *submission.Reference) {
	typed := f.Line("number")
	if typed == "" {
		return
	}
	read := submission.ReferenceFrom(submission.Content{"number": typed})
	r.Number, r.Suffix = read.Number, read.Suffix
	if r.Number == 0 || len(typed) > 10 {
		f.Fail("number", "Số văn bản gồm chữ số, có thể kèm chữ cái, ví dụ 15 hoặc 15a")
	}
}

// limits are those of the same fields wherever they are stored.
func limits(f *form.Form) {
	for name, most := range map[string]int{"symbol": 40, "signer": 100, "capacity": 200} {
		if len([]rune(f.Line(name))) > most {
			f.Fail(name, "Dài quá "+strconv.Itoa(most)+" ký tự")
		}
	}
}

func (l letter) page(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	head := ui.Head{Title: "Công văn đôn đốc gửi " + l.what(), Crumbs: []ui.Link{
		{Label: "Năm " + strconv.Itoa(l.year), Path: paths.Overview(l.year)}, l.list(), {Label: "Công văn đôn đốc"}}, Meta: words(l.finding())}
	return respond.Page(w, r, status, ui.Page{Head: head, Errors: !f.OK()}, l.body(f))
}

func (l letter) what() string { return l.Kind.Named(l.year, l.Period) }

// list is where the units stand that the letter goes to.
func (l letter) list() ui.Link {
	if l.period == "" {
		return ui.Link{Label: "Kế hoạch", Path: paths.Plans(l.year)}
	}
	return ui.Link{Label: "Báo cáo " + viet.LowerFirst(l.Period), Path: paths.Reports(l.year, l.period)}
}

func (l letter) finding() string {
	if len(l.Units) == 0 {
		return ""
	}
	return viet.FormatInt(len(l.Units)) + " đơn vị gửi về " + unit.Called(l.Setting.Name) + " đã quá hạn mà chưa gửi."
}

// units are the choices: who is late, since when.
func (l letter) units() []ui.Group {
	all := make([]ui.Option, len(l.Units))
	for i, u := range l.Units {
		before, _ := campaign.SpellOut(viet.Calendar{}, u.DueBefore)
		all[i] = ui.Option{Value: u.Slug, Label: unit.Called(u.Name), Hint: "Hạn " + before + ", quá " + viet.FormatInt(u.Days(l.today)) + " ngày"}
	}
	return []ui.Group{{Options: all}}
}

// receivers lead to the letters of other units the reader receives for.
func (l letter) receivers() []ui.Tab {
	if len(l.Receivers) < 2 {
		return nil
	}
	all := make([]ui.Tab, len(l.Receivers))
	for i, s := range l.Receivers {
		all[i] = ui.Tab{Label: unit.Called(s.Name), Path: paths.ReminderOf(l.year, l.period, s.Slug), Current: s.Slug == l.Setting.Slug}
	}
	return all
}
