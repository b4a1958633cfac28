package periods

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// showing is what the page of the deadlines shows.
type showing struct {
	scene
	Roster     []campaign.Member
	Extensions []campaign.Granted // that concern the reader
	Events     []campaign.Event   // the same
	Files      []ui.File
}

// Show is the page of a period's deadlines, extensions and closing.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	s, err := h.load(r)
	if err != nil {
		return err
	}
	v := showing{scene: s}
	if v.Roster, err = campaign.Roster(r.Context(), h.DB, s.Campaign.ID, campaign.RosterFilter{}); err != nil {
		return err
	}
	if v.Extensions, err = campaign.Extensions(r.Context(), h.DB, s.Period.ID); err != nil {
		return err
	}
	if v.Events, err = campaign.History(r.Context(), h.DB, s.Period); err != nil {
		return err
	}
	v.keepConcerning()
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, v.table(), f)
	}
	if len(v.Extensions) > 0 {
		v.Files = ui.FilesOf(r.URL)
	}
	p := s.page("")
	p.PrintNote = p.Head.Title
	p.Head.Meta = v.meta()
	if s.refused == nil {
		p.Head.Actions = v.actions()
	}
	return respond.Page(w, r, http.StatusOK, p, v.body())
}

// keepConcerning leaves out what is other units' business.
func (v *showing) keepConcerning() {
	members := v.members()
	v.Extensions = slices.DeleteFunc(v.Extensions, func(g campaign.Granted) bool { return !v.concerns(members[g.Unit]) })
	v.Events = slices.DeleteFunc(v.Events, func(e campaign.Event) bool {
		return e.Action == "extended" && !v.concerns(members[e.Unit])
	})
}

func (v showing) members() map[unit.ID]campaign.Member {
	members := map[unit.ID]campaign.Member{}
	for _, m := range v.Roster {
		members[m.ID] = m
	}
	return members
}

// standing is the state of the period in a word and a sentence.
func (v showing) standing() (ui.Kind, string, string) {
	p := v.Period
	switch {
	case p.IsClosed(v.Now):
		return ui.Cancelled, "Đã đóng", "từ " + viet.Moment(*p.ClosedAt)
	case !p.HasOpened(v.Now):
		return ui.None, "Chưa mở", "mở từ " + p.OpensOn.Long()
	case p.ClosedAt != nil:
		return ui.Going, "Đang mở", "đóng " + viet.Moment(*p.ClosedAt)
	}
	return ui.Going, "Đang mở", "từ " + p.OpensOn.Long()
}

// finding is what the page says first: the deadline of one's own units, else the
// common one.
func (v showing) finding() []ui.NextStep {
	var said []ui.NextStep
	for _, m := range v.Roster {
		if !v.act.Is(m.ID, actor.Staff, actor.UnitLeader) || !m.LeftOn.IsZero() && !v.today().Before(m.LeftOn) {
			continue
		}
		d := campaign.Deadline{UnitID: m.ID, Common: v.Period.Due[m.Kind]}
		for _, g := range v.Extensions {
			if g.Unit == m.ID && g.Last {
				d.Extension = &g.Extension
			}
		}
		said = append(said, ui.NextStep{Lead: unit.Called(m.Name) + ": " + v.remaining(d.DueBefore()) + ".", Text: d.Explain(v.Calendar)})
	}
	return said
}

// remaining is "còn 6 ngày", "hạn cuối hôm nay", "quá 3 ngày".
func (s scene) remaining(dueBefore time.Time) string {
	switch last := viet.LastDayBefore(dueBefore); {
	case dueBefore.IsZero():
		return "không có hạn"
	case last == s.today():
		return "hạn cuối hôm nay"
	default:
		return last.Remaining(s.today())
	}
}

// kindLine is the deadline of one kind of unit.
type kindLine struct {
	Kind  unit.Kind
	Words viet.DeadlineWords
	Left  string
	Units int // that file now
}

// kinds are the kinds of unit that file, and communes, which may yet.
func (v showing) kinds() []kindLine {
	counts := map[unit.Kind]int{}
	for _, m := range v.Roster {
		if m.PresentOn(v.today()) {
			counts[m.Kind]++
		}
	}
	var lines []kindLine
	for _, kind := range unit.Kinds {
		due := v.Period.DueOn(kind)
		if due.IsZero() || counts[kind] == 0 && kind != unit.Commune {
			continue
		}
		lines = append(lines, kindLine{kind, v.Calendar.DeadlineWords(due), v.remaining(due.Start()), counts[kind]})
	}
	return lines
}

// due is the deadline of each kind.
func (v showing) due() []ui.Fact {
	var facts []ui.Fact
	for _, k := range v.kinds() {
		facts = append(facts, ui.Fact{Term: k.Kind.Word() + " (" + viet.FormatInt(k.Units) + ")", Body: due(k)})
	}
	return facts
}

// extensions are the units given more time, those replaced since among them.
func (v showing) extensions() []ui.Item {
	var items []ui.Item
	for _, g := range v.Extensions {
		item := ui.Item{Icon: "clock", Path: v.filing(g.UnitSlug), Text: unit.Called(g.UnitName) + ": " + campaign.Words(v.Calendar, g.DueBefore),
			Note: because(g.Reason) + " " + g.ByName + " cho lúc " + viet.Moment(g.At) + "."}
		if g.Late() {
			item.Note += " " + lateGrant(g)
		}
		if !g.Last {
			item.Icon, item.Text = "history", item.Text+" – đã thay bằng lần gia hạn sau"
		}
		items = append(items, item)
	}
	return items
}

// facts are the days of the period.
func (v showing) facts() []ui.Fact {
	p := v.Period
	facts := []ui.Fact{{Term: "Mở kỳ", Text: p.OpensOn.Long()}}
	if !p.DataTo.IsZero() {
		window := "từ " + p.DataFrom.String() + " đến hết " + p.DataTo.String()
		if p.Cumulative {
			window += ", lũy kế từ đầu năm báo cáo"
		}
		facts = append(facts, ui.Fact{Term: "Số liệu", Text: window})
	}
	closing := "Chưa đặt. Sau hạn vẫn gửi được, ghi là gửi chậm, cho đến khi kỳ được đóng."
	if p.ClosedAt != nil {
		closing = viet.Moment(*p.ClosedAt) + ". " + because(p.ClosedWhy)
	}
	return append(facts, ui.Fact{Term: "Đóng kỳ", Text: closing})
}

// lock explains a closed period to who files in it.
func (v showing) lock() ui.Locked {
	l := ui.Locked{Title: "Kỳ đã đóng: không soạn, trình, gửi hồ sơ được nữa", Reason: v.Period.ClosedWhy,
		Since:  viet.Moment(*v.Period.ClosedAt),
		Until:  "Đến khi kỳ được mở lại",
		Remedy: "Gửi đề nghị mở lại kỳ, nêu rõ lý do, tới " + v.Campaign.LeadName + ". Hồ sơ đã gửi vẫn được rà soát, tiếp nhận."}
	for _, e := range v.Events {
		if e.Action == "closed" {
			l.By = e.Person
			break
		}
	}
	return l
}

// timeline tells what happened to the period, for people.
func (v showing) timeline() []ui.Event {
	members := v.members()
	var events []ui.Event
	for _, e := range v.Events {
		icon, text := v.tell(e, unit.Called(members[e.Unit].Name))
		at := e.At.In(viet.Location)
		events = append(events, ui.Event{Icon: icon, At: at.Format("02/01/2006 15:04"), ISO: at.Format("2006-01-02T15:04"), Text: text})
	}
	return append(events, ui.Event{Icon: "calendar", At: v.Period.OpensOn.String(), ISO: v.Period.OpensOn.ISO(), Text: v.opening()})
}

func (v showing) opening() string {
	if v.Period.HasOpened(v.Now) {
		return "Mở kỳ"
	}
	return "Kỳ sẽ mở"
}

func (v showing) tell(e campaign.Event, unitName string) (icon, text string) {
	who := e.Person
	if who == "" {
		who = "Cổng"
	}
	switch e.Action {
	case "deadline_set":
		return "calendar-due", who + " đổi hạn của " + viet.LowerFirst(e.Kind.Word()) + " từ trước ngày " + day(e.Was) + " sang trước ngày " + day(e.Is)
	case "extended":
		return "clock", who + " gia hạn cho " + unitName + ": trước ngày " + day(e.Is) + ". " + because(e.Reason)
	case "closed":
		return "lock", who + " đóng kỳ từ " + viet.Moment(e.Is) + ". " + because(e.Reason)
	case "reopened":
		return "lock-open", who + " bỏ việc đóng kỳ (" + viet.Moment(e.Was) + "). " + because(e.Reason)
	}
	return "clock", who
}

// because is a reason as a sentence.
func because(reason string) string { return "Lý do: " + strings.TrimRight(reason, ". ") + "." }

func day(t time.Time) string { return viet.DateOf(t).String() }

// lateGrant explains an extension given when the common deadline had passed.
func lateGrant(g campaign.Granted) string {
	return "Gia hạn sau khi hết hạn chung (trước ngày " + day(g.Common) + "): đúng hạn hay chậm xét theo hạn mới và luôn kèm lý do này."
}

// communesBelow counts the communes that file, and their districts.
func (v showing) communesBelow() (communes, districts int) {
	receivers := map[unit.ID]bool{}
	for _, m := range v.Roster {
		if m.Kind == unit.Commune && (m.LeftOn.IsZero() || v.today().Before(m.LeftOn)) {
			communes++
			receivers[m.ReportsTo] = true
		}
	}
	return communes, len(receivers)
}

func (v showing) communesSentence() string {
	communes, districts := v.communesBelow()
	if communes == 0 {
		return "Chưa có đơn vị cấp xã nào nộp; số liệu của huyện tính cả địa bàn."
	}
	return strconv.Itoa(communes) + " đơn vị cấp xã của " + strconv.Itoa(districts) + " huyện, thị xã, thành phố nộp về cấp huyện."
}

func (v showing) communesPath() string { return paths.Communes(v.Campaign.Year, v.Period.Slug) }

// whoManages tells the reader who decides here.
func (v showing) whoManages() string {
	return "Hạn gửi, gia hạn và việc đóng kỳ do chuyên viên tổng hợp của " + v.Campaign.LeadName +
		" hoặc người quản trị quyết định. Cần thêm thời gian: gửi đề nghị, nêu rõ lý do, tới " + v.Campaign.LeadName + " trước khi hết hạn."
}
