package directions

import (
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/direction"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// showing is a direction as its page shows it to one person.
type showing struct {
	direction.Page
	now time.Time
	may map[direction.Action]submission.Decision
}

func newShowing(act actor.Actor, now time.Time, p direction.Page) showing {
	return showing{Page: p, now: now, may: direction.Decisions(act, p.Case)}
}

func (v showing) today() viet.Date { return viet.DateOf(v.now) }

func (v showing) state() direction.State { return v.State(v.today()) }

func (v showing) address() string { return addressOf(v.Direction) }

// crumbs lead to the list; last is a form below the direction, "" itself.
func (v showing) crumbs(last string) []ui.Link {
	links := append(trail(v.Year), ui.Link{Label: v.Title()})
	if last != "" {
		links[len(links)-1].Path = v.address()
		links = append(links, ui.Link{Label: last})
	}
	return links
}

// trail leads to the list of a year.
func trail(year int) []ui.Link {
	return []ui.Link{{Label: "Năm " + strconv.Itoa(year), Path: paths.Overview(year)}, {Label: "Ý kiến chỉ đạo, phối hợp", Path: paths.Directions(year)}}
}

// sentence says what waits for whom.
func (v showing) sentence() string {
	who := unit.Called(v.UnitName)
	switch v.state() {
	case direction.Overdue:
		return who + " chưa trả lời; hạn " + v.DueOn.Long() + ", quá " + viet.FormatInt(v.DueOn.DaysUntil(v.today())) + " ngày."
	case direction.Waiting:
		if v.DueOn.IsZero() {
			return "Chờ " + who + " trả lời."
		}
		return "Chờ " + who + " trả lời, hạn " + v.DueOn.Long() + " (" + v.DueOn.Remaining(v.today()) + ")."
	case direction.Answered:
		return v.AnsweredName + " trả lời lúc " + viet.Moment(*v.AnsweredAt) + "; chờ " + unit.Called(v.FromName) + " kết thúc."
	}
	return v.ClosedName + " kết thúc lúc " + viet.Moment(*v.ClosedAt) + "."
}

// primary is what to do next, empty for who has nothing to do.
func (v showing) primary() ui.Link {
	switch {
	case v.Answer == "" && v.may[direction.Answer].Allowed:
		return ui.Link{Label: "Trả lời", Path: paths.AnswerDirection(v.address())}
	case v.Answer != "" && v.may[direction.Close].Allowed:
		return ui.Link{Label: "Kết thúc ý kiến", Path: paths.CloseDirection(v.address())}
	}
	return ui.Link{}
}

func (v showing) secondary() []ui.Link {
	var links []ui.Link
	if v.Answer != "" && v.may[direction.Answer].Allowed {
		links = append(links, ui.Link{Label: "Sửa trả lời", Path: paths.AnswerDirection(v.address())})
	}
	if v.Answer == "" && v.may[direction.Close].Allowed {
		links = append(links, ui.Link{Label: "Kết thúc, không chờ trả lời", Path: paths.CloseDirection(v.address())})
	}
	return links
}

func (v showing) step() ui.NextStep {
	switch {
	case v.primary().Path == "":
		return ui.NextStep{}
	case v.Answer == "":
		return ui.NextStep{Lead: "Việc tiếp theo:", Text: "trả lời ý kiến này.", Why: unit.Called(v.FromName) + " đọc được trả lời ngay khi gửi."}
	}
	return ui.NextStep{Lead: "Việc tiếp theo:", Text: "đọc trả lời, kết thúc ý kiến.", Why: "Cần bàn thêm thì cho ý kiến mới; trả lời này vẫn giữ ở đây."}
}

// about leads to what the direction is about.
func (v showing) about() ui.Link {
	link := ui.Link{Label: viet.UpperFirst(v.About())}
	switch t := v.Topic(); t.Subject {
	case direction.OfTask:
		link.Path = paths.PlanTask(v.Year, v.Unit, t.Task)
	case direction.OfActivity:
		if v.Activity != "" {
			link.Label += ": " + v.Activity
			link.Path = paths.Activity(v.Year, v.Unit, t.Code)
		}
	case direction.OfReport:
		link.Path = paths.Report(v.Year, t.Period, v.Unit)
	default:
		link.Path = paths.Plan(v.Year, v.Unit)
	}
	return link
}

func (v showing) facts() []ui.Fact {
	facts := []ui.Fact{{Term: "Nơi cho ý kiến", Text: unit.Called(v.FromName)}, {Term: "Người cho ý kiến", Text: v.GivenName + ", " + viet.Moment(v.GivenAt)},
		{Term: "Đơn vị", Text: unit.Called(v.UnitName)}, {Term: "Về", Body: aboutLink(v.about())}, {Term: "Hạn trả lời", Text: "Không đặt hạn"}}
	if !v.DueOn.IsZero() {
		facts[4].Text = v.DueOn.Long()
	}
	return facts
}

func (v showing) answerFacts() []ui.Fact {
	return []ui.Fact{{Term: "Người trả lời", Text: v.AnsweredName + ", " + unit.Called(v.UnitName)}, {Term: "Lúc", Text: viet.Moment(*v.AnsweredAt)}}
}

// told is one step of the timeline in words.
type told struct {
	icon   string
	lead   string
	strong bool
	quote  string
	before string // what it took the place of
}

func tell(e direction.Event) told {
	switch e.Action {
	case "given":
		return told{icon: "message-circle", lead: e.Person + " cho ý kiến về " + e.After.About, strong: true}
	case "answered":
		if e.Before.Answer != "" {
			return told{icon: "pencil", lead: e.Person + " sửa trả lời", before: e.Before.Answer}
		}
		return told{icon: "send", lead: e.Person + " trả lời"}
	case "closed":
		return told{icon: "circle-check", lead: e.Person + " kết thúc", strong: true, quote: e.After.Closing}
	}
	return told{icon: "history", lead: e.Person}
}

func (v showing) events() []ui.Event {
	out := make([]ui.Event, len(v.Events))
	for i, e := range v.Events {
		out[i] = ui.Event{Icon: tell(e).icon, At: viet.DateOf(e.At).String() + " " + viet.Clock(e.At),
			ISO: viet.DateOf(e.At).ISO() + "T" + viet.Clock(e.At), Body: step(tell(e)), Open: i == 0 && v.state() == direction.Overdue}
	}
	return out
}
