package meeting

import (
	"strconv"
	"strings"

	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/proposal"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// view is the pack in words.
type view struct {
	Title    string
	Place    string
	Moment   string
	Findings []string
	Measures []ui.Measure
	Banks    []bank
	Columns  []column
	Silent   bool // a cell says KPS
	Owing    []owing
	Overdue  []overdueRow
	More     int // overdue activities not listed
	Troubles []trouble
	Asks     []ask
	Notable  []figure
	Sections []figures
	LastYear string // head of a column
	Data     string // the window of the figures
}

// owing is the units whose report stands in one state and is not in force.
type owing struct {
	Kind  ui.Kind
	Word  string
	Units []string
}

type overdueRow struct {
	Unit, Task, Title, Due, Days, Reached string
}

// trouble is what units say went wrong under a task.
type trouble struct {
	No    int
	Title string
	Rows  []troubleRow
}

type troubleRow struct {
	Unit, Status, Shortcoming, Cause string
	Bad                              bool
}

type ask struct {
	Unit, Body, Asked, Receiver, Due, State, Answer string
	Kind                                            ui.Kind
}

// statuses is the look of each status.
var statuses = map[progress.Status]ui.Kind{
	progress.Cancelled: ui.Cancelled, progress.Done: ui.Done, progress.DoneLate: ui.Late, progress.Overdue: ui.Overdue,
	progress.DueSoon: ui.Soon, progress.InProgress: ui.Going, progress.NotStarted: ui.Idle,
}

// legend lists the statuses of a cell, the gravest first.
var legend = []progress.Status{progress.Overdue, progress.DueSoon, progress.NotStarted, progress.InProgress, progress.DoneLate, progress.Done}

var states = map[overview.PlanState]ui.Kind{
	overview.NotBegun: ui.NotBegun, overview.Draft: ui.Draft, overview.Awaiting: ui.Awaiting, overview.Returned: ui.Returned,
	overview.Sent: ui.Submitted, overview.Accepted: ui.Accepted,
}

var settled = map[proposal.State]ui.Kind{
	proposal.Overdue: ui.Overdue, proposal.Unassigned: ui.Idle, proposal.Resolving: ui.Going, proposal.Answered: ui.Done, proposal.Withdrawn: ui.Cancelled,
}

var kindWords = map[unit.Kind]string{
	unit.Province: "UBND tỉnh", unit.Department: "Sở, ban, ngành", unit.District: "UBND cấp huyện", unit.Commune: "UBND cấp xã",
	unit.CoordinatingBody: "Cơ quan phối hợp",
}

func viewOf(p meeting.Pack) view {
	today := viet.DateOf(p.At)
	period := strings.TrimSuffix(viet.LowerFirst(p.Reports.Period.Name), " "+strconv.Itoa(p.Reports.Year))
	if period == "năm" {
		period = "cả năm"
	}
	v := view{
		Title:    "Tài liệu họp: công tác dân vận chính quyền " + viet.LowerFirst(p.Reports.Period.Name),
		Place:    placeOf(p.Reports.Scope),
		Moment:   viet.Moment(p.At),
		LastYear: "Cùng kỳ năm " + strconv.Itoa(p.Reports.Year-1),
		Data:     "từ " + p.Reports.Period.DataFrom.String() + " đến " + p.Reports.Period.DataTo.String(),
		Findings: findings(p, period),
		Measures: measures(p.Reports),
		More:     p.OverdueTotal - len(p.Overdue),
	}
	for _, t := range p.Board.Tasks {
		v.Columns = append(v.Columns, column{t.No, t.Short})
	}
	v.Banks, v.Silent = banks(p)
	v.Owing = owings(p.Reports, today)
	for _, a := range p.Overdue {
		v.Overdue = append(v.Overdue, overdueRow{Unit: unit.Called(a.Name), Task: taskKey(a.Task), Title: a.Title, Due: a.Due.String(),
			Days: viet.FormatInt(a.Due.DaysUntil(today)) + " ngày", Reached: reached(a)})
	}
	v.Troubles = troubles(p)
	for _, x := range p.Proposals {
		v.Asks = append(v.Asks, askOf(x, today))
	}
	for _, l := range p.Notable() {
		v.Notable = append(v.Notable, figureOf(l))
	}
	v.Sections = sections(p)
	return v
}

// placeOf is whose meeting it is.
func placeOf(s overview.Scope) string {
	if s.Receiver.Lead {
		return "Toàn tỉnh, " + unit.Called(s.Receiver.Name) + " tổng hợp"
	}
	return unit.Called(s.Receiver.Name)
}

// taskKey is the number of a task; the common part has none.
func taskKey(no int) string {
	if no == 0 {
		return "Chung"
	}
	return strconv.Itoa(no)
}

// findings say in a few sentences what there is to talk about.
func findings(p meeting.Pack, period string) []string {
	m := p.Reports.Measures
	n := viet.FormatInt[int]
	all := []string{n(m[overview.Received]) + "/" + n(m[overview.Expected]) + " đơn vị đã gửi báo cáo " + period + ", " + n(m[overview.InForce]) + " báo cáo đã tiếp nhận."}
	sum := p.Board.Sum
	all = append(all, share(sum)+" hoạt động của các nhiệm vụ đã hoàn thành ("+viet.Percent(sum.Finished(), sum.Total())+"); "+
		n(sum.Overdue)+" quá hạn, "+n(sum.DueSoon)+" sắp đến hạn.")
	open, late := 0, 0
	today := viet.DateOf(p.At)
	for _, x := range p.Proposals {
		switch x.State(today) {
		case proposal.Overdue:
			late++
			open++
		case proposal.Unassigned, proposal.Resolving:
			open++
		}
	}
	if len(p.Proposals) > 0 {
		words := n(len(p.Proposals)) + " kiến nghị của đơn vị, " + n(open) + " chưa được trả lời"
		if late > 0 {
			words += " (" + n(late) + " quá hạn trả lời)"
		}
		all = append(all, words+".")
	}
	return all
}

func measures(b overview.PeriodBoard) []ui.Measure {
	var all []ui.Measure
	for _, m := range []struct {
		of    overview.PlanGroup
		label string
	}{{overview.Expected, "Phải gửi"}, {overview.Received, "Đã nhận"}, {overview.ReceivedOnTime, "Nhận đúng hạn"},
		{overview.InForce, "Đã tiếp nhận"}, {overview.InForceOnTime, "Tiếp nhận đúng hạn"}} {
		one := ui.Measure{Label: m.label, Value: b.Measures[m.of], Of: b.Measures[overview.Expected]}
		if m.of == overview.Expected {
			one.Of = 0
		}
		all = append(all, one)
	}
	return all
}

// owings are the units without a report in force, those farthest from it first.
func owings(b overview.PeriodBoard, today viet.Date) []owing {
	var all []owing
	for _, s := range overview.PlanStates {
		one := owing{Kind: states[s], Word: s.Word()}
		for _, r := range b.Rows {
			if r.State != s || r.No > 0 || !r.Expected {
				continue
			}
			name := unit.Called(r.Name)
			if days := r.DaysLate(today); days > 0 {
				name += " (chậm " + viet.FormatInt(days) + " ngày)"
			}
			one.Units = append(one.Units, name)
		}
		if len(one.Units) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// reached is how far an overdue activity came: "60%", "4/10 cuộc".
func reached(a overview.Activity) string {
	switch {
	case a.Value != "" && a.Target != "":
		return viet.WithUnit(viet.FormatNumber(a.Value)+"/"+viet.FormatNumber(a.Target), a.Measure)
	case a.Percent != "":
		return viet.FormatNumber(a.Percent) + "%"
	}
	return "chưa ghi"
}

func troubles(p meeting.Pack) []trouble {
	titles := map[int]string{0: "Phong trào thi đua “Dân vận khéo” và nội dung chung"}
	for _, t := range p.Board.Tasks {
		titles[t.No] = t.Short
	}
	var all []trouble
	for _, d := range p.Difficulties {
		if len(all) == 0 || all[len(all)-1].No != d.Task {
			all = append(all, trouble{No: d.Task, Title: titles[d.Task]})
		}
		name := d.Unit
		if r, ok := p.Reports.Row(d.Unit); ok {
			name = unit.Called(r.Name)
		}
		here := &all[len(all)-1]
		here.Rows = append(here.Rows, troubleRow{Unit: name, Status: d.Status.Word(), Shortcoming: d.Shortcoming, Cause: d.Cause,
			Bad: d.Status == report.Slow || d.Status == report.NotBegun})
	}
	return all
}

func askOf(x proposal.Proposal, today viet.Date) ask {
	state := x.State(today)
	a := ask{Unit: unit.Called(x.UnitName), Body: x.Body, Asked: x.Asked, Receiver: x.Receiver, State: state.Word(), Kind: settled[state], Answer: x.Answer}
	if !x.DueOn.IsZero() {
		a.Due = x.DueOn.String()
	}
	if x.Receiver == "" {
		a.Receiver = "chưa phân công"
	}
	return a
}
