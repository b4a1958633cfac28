package home

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// view is the agenda as the page tells it.
type view struct {
	agenda.Agenda
	act actor.Actor
}

func newView(act actor.Actor, a agenda.Agenda) view { return view{a, act} }

// row is one thing of a work list.
type row struct {
	ID      string
	Date    string // "25/11"
	When    string // "3 ngày trước", "quá 13 ngày"
	Over    bool
	Title   string
	Path    string // of the title; may be empty
	Text    string
	Kind    ui.Kind // of the state; with Word
	Word    string
	Tag     string
	Do      ui.Link // the button
	Primary string  // what the button says at the head of the page
}

// section is a list of things to do that are of one kind.
type section struct {
	ID    string
	Title string
	Right string
	Days  []agenda.Day
	Rows  []row
	None  string // said instead of rows
	More  ui.Link

	Lacking []ui.Item // in place of rows: units that lack people
}

// sections come in the order in which they press.
func (v view) sections() []section {
	all := []section{v.returned(), v.explain(), v.signOff(), v.sums(), v.directions(), v.queue(), v.reopen(), v.write(), v.overdue(), v.ownerless(), v.due()}
	all = append(append(all, v.proposals()), v.outstanding()...)
	all = append(all, v.partnered(), v.waiting(), v.leaderless(), v.staffless())
	var out []section
	for _, s := range all {
		if len(s.Rows)+len(s.Lacking) > 0 || s.None != "" {
			out = append(out, s)
		}
	}
	return out
}

// count is "3 việc" for the right side of a heading.
func count(n int, noun string) string { return viet.FormatInt(n) + " " + noun }

func (v view) head() ui.Head {
	h := ui.Head{Title: "Việc của tôi", Meta: v.meta()}
	if v.Campaign.Year == 0 {
		return h
	}
	year := ui.Link{Label: "Năm " + strconv.Itoa(v.Campaign.Year)}
	if v.act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership) {
		year.Path = paths.Overview(v.Campaign.Year)
	}
	h.Crumbs = []ui.Link{year}
	if names := v.unitNames(); names != "" {
		h.Crumbs = append(h.Crumbs, ui.Link{Label: names})
	}
	h.Actions = v.actions()
	return h
}

// unitNames are the units in which the reader holds a role.
func (v view) unitNames() string {
	var names []string
	for _, u := range v.Units {
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}

// actions are the most urgent thing, and the province for who follows it too.
func (v view) actions() templ.Component {
	do := v.first()
	lead := v.act.Has(actor.Leadership)
	if do.Path == "" && !lead {
		return nil
	}
	return buttons(do, lead, v.Campaign.Year)
}

// first is the most urgent thing that has a button.
func (v view) first() ui.Link {
	for _, s := range v.sections() {
		for _, r := range s.Rows {
			if r.Do.Path != "" && r.Primary != "" {
				return ui.Link{Label: r.Primary, Path: r.Do.Path}
			}
		}
	}
	if v.observes() && v.Named > 0 {
		return ui.Link{Label: "Xem hoạt động phối hợp", Path: paths.Partnered(v.Campaign.Year)}
	}
	return ui.Link{}
}

// deadline is the next one the reader's units can still keep, else the first missed.
func (v view) deadline() *agenda.File {
	for _, d := range v.Due {
		if d.File != nil {
			return d.File
		}
	}
	var missed *agenda.File
	for i, f := range v.Write {
		switch {
		case f.First != nil:
		case !f.Overdue(v.Now):
			return &v.Write[i]
		case missed == nil:
			missed = &v.Write[i]
		}
	}
	return missed
}

// workingDays counts those left until a deadline, today included.
func (v view) workingDays(f agenda.File) int {
	return v.Calendar.WorkingDaysBetween(v.Today.AddDays(-1), f.LastDay().Next())
}

// remaining is how long is left until the last day in time.
func (v view) remaining(f agenda.File) string { return f.LastDay().Remaining(v.Today) }

// before is "trước ngày 05/12/2022", with the hour where it is not midnight.
func before(f agenda.File) string {
	day := viet.DateOf(f.DueBefore)
	if f.DueBefore.Equal(day.Start()) {
		return "trước ngày " + day.String()
	}
	return "trước " + viet.Moment(f.DueBefore)
}

// today is "Thứ Hai, 28/11/2022.".
func (v view) today() string {
	long := v.Today.Long()
	first, size := utf8.DecodeRuneInString(long)
	return string(unicode.ToUpper(first)) + long[size:] + "."
}

// meta says what day it is and what presses.
func (v view) meta() templ.Component {
	rest := []string{v.held(), v.lacking()}
	if v.observes() && v.Named > 0 {
		rest = append(rest, count(v.Named, "hoạt động nêu đơn vị bạn là cơ quan phối hợp"))
	}
	f := v.deadline()
	if f == nil {
		return meta(v.today(), sentence(rest...), "", "")
	}
	after := ": " + v.remaining(*f)
	if n := v.workingDays(*f); !f.Overdue(v.Now) {
		after += ", kể cả hôm nay " + viet.FormatInt(n) + " ngày làm việc"
	}
	return meta(v.today(), v.title(*f)+" gửi ", before(*f), sentence(append([]string{after}, rest...)...))
}

// held says how long the oldest of the queue has waited.
func (v view) held() string {
	if len(v.Queue) == 0 {
		return ""
	}
	text := count(v.Queued, "hồ sơ chờ tiếp nhận, rà soát")
	if n := viet.DateOf(v.QueuedSince).DaysUntil(v.Today); n > 0 {
		text += ", hồ sơ lâu nhất chờ " + viet.FormatInt(n) + " ngày"
	}
	return text + "."
}

// cut shortens what has a page of its own.
func cut(text string) string {
	const most = 160 // characters
	words := strings.Fields(text)
	out := strings.Join(words, " ")
	if len([]rune(out)) <= most {
		return strings.TrimRight(out, ".")
	}
	out = string([]rune(out)[:most])
	if i := strings.LastIndexByte(out, ' '); i > 0 {
		out = out[:i]
	}
	return strings.TrimRight(out, " ,;.:") + "…"
}

// sentence joins the parts that say something, each a sentence.
func sentence(parts ...string) string {
	var out []string
	for _, p := range parts {
		switch {
		case p == "":
		case strings.HasSuffix(p, ".") || strings.HasSuffix(p, "…"):
			out = append(out, p)
		default:
			out = append(out, p+".")
		}
	}
	return strings.Join(out, " ")
}
