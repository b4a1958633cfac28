package home

import (
	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	progressshow "danvan/web/show/progress"
	"danvan/web/ui"
)

// workTitle names an activity, with its unit where the reader works for several.
func (v view) workTitle(w agenda.Work) string {
	name := w.Code + ". " + w.Title
	if len(v.Years) > 1 {
		return unit.Called(w.UnitName) + ": " + name
	}
	return name
}

func (v view) overdue() section {
	s := section{ID: "h-qua", Title: "Quá hạn", Right: count(len(v.Overdue), "việc")}
	for _, w := range v.Overdue {
		s.Rows = append(s.Rows, v.work(w))
	}
	return s
}

func (v view) ownerless() section {
	s := section{ID: "h-khong-ai", Title: "Không có người phụ trách", Right: count(len(v.Ownerless), "việc")}
	for _, w := range v.Ownerless {
		r := v.work(w)
		r.Text = sentence(inCharge(w))
		r.Do = ui.Link{Label: "Phân công", Path: paths.AssignActivity(v.Campaign.Year, w.UnitSlug, w.Code)}
		r.Primary = "Phân công hoạt động " + w.Code
		s.Rows = append(s.Rows, r)
	}
	return s
}

// work is an activity whose progress is to be written.
func (v view) work(w agenda.Work) row {
	return row{
		Date: w.DueOn.Short(), When: w.DueOn.Remaining(v.Today), Over: w.DueOn.Before(v.Today),
		Title: v.workTitle(w), Path: paths.Activity(v.Campaign.Year, w.UnitSlug, w.Code),
		Text:    sentence(v.whose(w), reached(w)),
		Do:      ui.Link{Label: "Cập nhật tiến độ", Path: paths.LogProgress(v.Campaign.Year, w.UnitSlug, w.Code)},
		Primary: "Cập nhật tiến độ " + w.Code,
	}
}

// whose says who is in charge, unless that is the reader.
func (v view) whose(w agenda.Work) string {
	switch {
	case w.Owner != nil && w.Owner.ID == v.act.Person:
		return "Bạn phụ trách"
	case w.Deputy != nil && w.Deputy.ID == v.act.Person:
		return inCharge(w) + ", bạn thay thế"
	}
	return inCharge(w)
}

func inCharge(w agenda.Work) string {
	switch {
	case w.Owner == nil:
		return "Chưa phân công người phụ trách"
	case !w.Owner.Active:
		return w.Owner.Name + " phụ trách nhưng không còn công tác tại đơn vị"
	}
	return w.Owner.Name + " phụ trách"
}

// reached says how far an activity has come.
func reached(w agenda.Work) string {
	if w.AsOf.IsZero() {
		return "Chưa ghi tiến độ"
	}
	text := "Đạt " + viet.FormatNumber(w.Percent) + "%"
	if w.Value != "" {
		text = "Đã có " + viet.FormatNumber(w.Value)
		if w.Target != "" {
			text += "/" + viet.FormatNumber(w.Target)
		}
		if w.Measure != "" {
			text += " " + w.Measure
		}
	}
	return text + ", cập nhật lần cuối " + w.AsOf.Short()
}

func (v view) due() section {
	s := section{ID: "h-den", Title: "Đến hạn trong hai tuần", Right: count(len(v.Due), "việc"), Days: v.Days}
	if len(v.Years) == 0 {
		return section{}
	}
	if len(v.Due) == 0 {
		s.Days, s.None = nil, "Không có việc nào đến hạn từ nay đến hết "+v.Today.AddDays(agenda.Horizon-1).Long()+"."
		return s
	}
	last := viet.Date{}
	for _, d := range v.Due {
		var r row
		if d.File != nil {
			r = v.writing(*d.File)
		} else {
			r = v.work(*d.Work)
		}
		if d.On != last { // the first of the day is where the strip leads
			r.ID, last = dayID(d.On), d.On
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

// dayID is the id of the first thing that falls due on a day.
func dayID(d viet.Date) string { return "han-" + d.ISO() }

var weekdays = [...]string{"CN", "T2", "T3", "T4", "T5", "T6", "T7"}

func weekday(d viet.Date) string { return weekdays[d.Weekday()] }

// due says what falls due on a day to who does not see the strip.
func dayWords(d agenda.Day) string {
	text := " đến hạn ngày " + d.Date.Short()
	for _, f := range d.Files {
		text += ", hạn cuối gửi " + lowered(what(f.Kind, f.PeriodName))
	}
	return text
}

func (v view) partnered() section {
	if !v.observes() {
		return section{}
	}
	s := section{ID: "h-phoi-hop", Title: "Hoạt động nêu đơn vị bạn là cơ quan phối hợp", Right: count(v.Named, "hoạt động")}
	for _, c := range v.Partnered {
		s.Rows = append(s.Rows, row{
			Date: c.DueOn.Short(), When: cardWhen(c, v.Today),
			Title: c.Code + ". " + c.Title, Path: paths.PartneredActivity(v.Campaign.Year, c.UnitSlug, c.Code),
			Text: sentence(unit.Called(c.UnitName), c.Product), Kind: progressshow.Kind(c.Status), Word: c.Status.Word(),
		})
	}
	switch {
	case v.Named == 0:
		s.Right, s.None = "", "Hoạt động hiện ở đây khi kế hoạch của một đơn vị nêu đơn vị bạn là cơ quan phối hợp được tiếp nhận."
	default:
		s.More = ui.Link{Label: "Xem cả " + count(v.Named, "hoạt động"), Path: paths.Partnered(v.Campaign.Year)}
	}
	return s
}

// observes reports whether the reader comes for what names his or her unit.
func (v view) observes() bool { return v.act.Has(actor.Observer) }

func cardWhen(c agenda.Card, today viet.Date) string {
	if c.Done() {
		return "đã xong"
	}
	return c.DueOn.Remaining(today)
}

func (v view) leaderless() section {
	s := section{ID: "h-lanh-dao", Title: "Đơn vị chưa có lãnh đạo đăng nhập được"}
	if v.Admin == nil {
		return s
	}
	s.Right = count(len(v.Admin.Leaderless), "đơn vị")
	for _, p := range v.Admin.Leaderless {
		text := "Giao vai trò lãnh đạo đơn vị cho một người có tài khoản"
		if p.Ownerless > 0 {
			text = sentence(count(p.Ownerless, "hoạt động không có người phụ trách và không ai phân công được"), text)
		}
		s.Lacking = append(s.Lacking, ui.Item{Text: p.Name, Path: paths.Plan(v.Campaign.Year, p.Slug), Note: sentence(text)})
	}
	return s
}

func (v view) staffless() section {
	s := section{ID: "h-chuyen-vien", Title: "Đơn vị chưa có chuyên viên đăng nhập được"}
	if v.Admin == nil {
		return s
	}
	s.Right = count(len(v.Admin.Staffless), "đơn vị")
	for _, p := range v.Admin.Staffless {
		s.Lacking = append(s.Lacking, ui.Item{Text: p.Name, Path: paths.Plan(v.Campaign.Year, p.Slug),
			Note: "Chưa ai soạn được kế hoạch, ghi được tiến độ. Giao vai trò chuyên viên cho một người có tài khoản."})
	}
	return s
}

// lacking says in which units nobody can act, for who looks after them.
func (v view) lacking() string {
	if v.Admin == nil {
		return ""
	}
	leaders, staff := len(v.Admin.Leaderless), len(v.Admin.Staffless)
	if leaders+staff == 0 {
		return "Đơn vị nào cũng có lãnh đạo và chuyên viên đăng nhập được."
	}
	return viet.FormatInt(leaders) + " đơn vị chưa có lãnh đạo, " + viet.FormatInt(staff) + " đơn vị chưa có chuyên viên đăng nhập được."
}
