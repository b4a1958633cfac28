package overviews

import (
	"net/url"
	"strconv"

	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// recountParam asks that every number of a page be worked out again.
const recountParam = "tinh-lai"

// verdict is whether a recount confirmed a page (tính lại từ dữ kiện).
type verdict struct {
	Ask      string // address that asks for it
	Asked    bool
	Numbers  int
	From     string // what it counted from
	Disputed []dispute
}

// dispute is a number that the recount did not confirm.
type dispute struct {
	What    string
	Path    string // to where it stands, may be empty
	Shown   string
	Counted string
}

func recounting(q url.Values) bool { return q.Get(recountParam) != "" }

func verdictOf(u *url.URL, from string) verdict {
	return verdict{Ask: paths.With(u, recountParam, "1"), Asked: recounting(u.Query()), From: from}
}

// finding is what the recount came to.
func (v verdict) finding() string {
	if n := len(v.Disputed); n > 0 {
		return viet.FormatInt(n) + "/" + viet.FormatInt(v.Numbers) + " số của trang này không khớp khi tính lại"
	}
	return viet.FormatInt(v.Numbers) + " số đã tính lại, khớp."
}

// marked is a page's title with the mark of a recount that disagrees.
func (v verdict) marked(title string) string {
	if len(v.Disputed) > 0 {
		return "Số liệu không khớp: " + title
	}
	return title
}

// confirmed reads what a page shows and, where that was asked for, works it out
// again. What was decided between two statements looks like a difference, so only
// what differs twice is one.
func confirmed[T any](asked bool, read func() (T, error), recount func(T) (overview.Recounted, error)) (T, overview.Recounted, error) {
	var found overview.Recounted
	for try := 1; ; try++ {
		v, err := read()
		if err != nil || !asked {
			return v, found, err
		}
		found, err = recount(v)
		if err != nil || len(found.Differences) == 0 || try == 2 {
			return v, found, err
		}
	}
}

// wrongFigures are the codes of the figures a recount did not confirm.
func wrongFigures(found overview.Recounted) map[string]bool {
	wrong := map[string]bool{}
	for _, d := range found.Differences {
		if d.Code != "" {
			wrong[d.Code] = true
		}
	}
	return wrong
}

// ofPlans puts what differs on the page of a year's plans into words.
func (v verdict) ofPlans(found overview.Recounted, b overview.Board) verdict {
	v.Numbers = found.Numbers
	l := linksOf(b.Year, "")
	if len(b.Receivers) > 1 {
		l.receiver = b.Receiver.Unit
	}
	for _, d := range found.Differences {
		x := dispute{Shown: d.Shown, Counted: d.Counted}
		switch {
		case d.Group != "":
			x.What, x.Path = "Số đơn vị “"+groupWords[d.Group]+"”", l.plans(b.Receiver.Unit, d.Group)
		case d.Task == 0:
			x.What, x.Path = d.Short+", phần chung của kế hoạch", l.activities(unitParam, d.Unit, taskParam, "0")
		default:
			x.What, x.Path = d.Short+", nhiệm vụ "+strconv.Itoa(d.Task), l.activities(unitParam, d.Unit, taskParam, strconv.Itoa(d.Task))
		}
		v.Disputed = append(v.Disputed, x)
	}
	return v
}

// ofReports puts what differs on the pages of a period into words; names are those
// of the figures, by code. To whom a scope shows no names, it shows no total of few
// units either.
func (v verdict) ofReports(found overview.Recounted, s overview.Scope, names map[string]string, lines []overview.FigureLine, l periodLinks) verdict {
	v.Numbers = found.Numbers
	few := map[string]bool{}
	for _, line := range lines {
		few[line.Code] = hides(s, line.Sum.Numbers)
	}
	for _, d := range found.Differences {
		x := dispute{Shown: d.Shown, Counted: d.Counted}
		switch {
		case d.Code != "" && d.Unit == "":
			x.What, x.Path = names[d.Code]+", số chung", l.figure(d.Code)
			if few[d.Code] {
				x.Shown, x.Counted = hidden, hidden
			}
		case d.Code != "":
			x.What, x.Path = d.Short+": "+names[d.Code], l.figure(d.Code)
		case d.Unit != "":
			x.What, x.Path = d.Short+", kết quả nhiệm vụ "+strconv.Itoa(d.Task), l.outcomes(d.Task, "")
		case d.Group != "" && d.Kind != "":
			x.What, x.Path = kindWords[d.Kind]+", số đơn vị “"+groupWords[d.Group]+"”", l.reports(planKinds[d.Kind], planGroups[d.Group])
		case d.Group != "":
			x.What, x.Path = "Số đơn vị “"+groupWords[d.Group]+"”", l.reports("", planGroups[d.Group])
		case d.Status != "":
			x.What, x.Path = "Nhiệm vụ "+strconv.Itoa(d.Task)+", số đơn vị “"+d.Status.Word()+"”", l.outcomes(d.Task, d.Status)
		default:
			x.What = "Số báo cáo nhận ngày " + d.On.String()
		}
		v.Disputed = append(v.Disputed, x)
	}
	return v
}
