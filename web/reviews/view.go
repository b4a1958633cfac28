package reviews

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/plan"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	planshow "danvan/web/show/plans"
	"danvan/web/ui"
)

func head(v reading) ui.Head {
	c := v.Case
	return ui.Head{
		Title: c.UnitName + ": kế hoạch năm " + strconv.Itoa(c.Year) + ", lần gửi " + strconv.Itoa(v.Version.No),
		Crumbs: []ui.Link{{Label: "Tiếp nhận, rà soát", Path: paths.Queue},
			{Label: "Kế hoạch năm " + strconv.Itoa(c.Year), Path: paths.Plans(c.Year)}, {Label: c.UnitName}},
		Meta:    meta(v),
		Actions: actions(v),
	}
}

// sentence says when and by whom the version was sent, and against which deadline.
func sentence(v reading) string {
	h := v.Version
	said := h.SentByName + " gửi lúc " + viet.Moment(h.SentAt)
	switch {
	case v.Case.InForce != nil && v.Case.InForce.No < h.No:
		said += fmt.Sprintf(", sửa đổi, bổ sung lần gửi %d đang có hiệu lực", v.Case.InForce.No)
	case v.Case.LastDecided != nil && v.Case.LastDecided.No < h.No:
		said += fmt.Sprintf(", gửi lại sau lần gửi %d", v.Case.LastDecided.No)
	case h.Late():
		said += ", chậm so với hạn trước ngày " + viet.DateOf(h.DueBefore).String()
	default:
		said += ", trong hạn"
	}
	if r := v.Version.Reference; r.Number > 0 {
		said += ". Văn bản số " + r.String() + " " + strings.ToLower(r.IssuedOn.Formal()) + ", " + r.Signer + " ký"
	}
	return said + "."
}

// finding is what the page says first.
func (v reading) finding() string {
	answered, open := 0, 0
	for _, n := range v.Notes {
		if n.SentAt == nil || !n.Open() {
			continue
		}
		open++
		if n.Answer != "" {
			answered++
		}
	}
	var said []string
	if open > 0 {
		said = append(said, fmt.Sprintf("%d góp ý lần trước chưa kết luận, %d đã có trả lời", open, answered))
	}
	if d := v.drafts(); d > 0 {
		said = append(said, fmt.Sprintf("%d góp ý nháp sẽ gửi khi bạn trả lại", d))
	}
	if len(said) == 0 {
		return fmt.Sprintf("%d hoạt động, chưa có góp ý nào.", len(v.Content.Activities()))
	}
	return strings.Join(said, "; ") + "."
}

// drafts counts the remarks of this round that the unit has not seen.
func (v reading) drafts() int {
	n := 0
	for _, x := range v.Notes {
		if x.SentAt == nil {
			n++
		}
	}
	return n
}

// notesAt are the remarks on one place, whatever the round.
func (v reading) notesAt(at anchor) []submission.Note {
	var out []submission.Note
	for _, n := range v.Notes {
		if n.PartKey == at.Part && n.Field == at.Field {
			out = append(out, n)
		}
	}
	return out
}

// strays are remarks whose part is no longer in this version.
func (v reading) strays() []submission.Note {
	var out []submission.Note
	for _, n := range v.Notes {
		if n.PartKey != "" && v.Version.Frozen.Part(n.PartKey) == nil {
			out = append(out, n)
		}
	}
	return out
}

// line is what an activity says under one label.
type line struct{ Label, Text string }

// lines are what an activity says, those things together that are read together.
func (v reading) lines(a plan.Activity) []line {
	var out []line
	add := func(label, text string) {
		if text != "" {
			out = append(out, line{label, text})
		}
	}
	partners := submission.Field{Shape: submission.Units}.Show(strings.Join(a.Partners, "\n"), v.Names)
	add("Sản phẩm", a.Product)
	add("Nội dung", a.Description)
	add("Chỉ tiêu", planshow.Measure(a))
	add("Phối hợp", strings.Join(nonEmpty(append([]string{partners}, a.OtherPartners...)...), "; "))
	add("Đánh dấu", strings.Join(marks(a), "; "))
	add("Dừng thực hiện", a.Stopped)
	return out
}

// summary is when, by whom and in which section, in one line.
func summary(a plan.Activity) string {
	when := a.Time.Label()
	if when == "" {
		when = "chưa ghi thời gian"
	}
	return strings.Join(nonEmpty(when, owner(a), a.Section), " · ")
}

func marks(a plan.Activity) []string {
	var out []string
	for _, m := range []struct {
		on   bool
		word string
	}{{a.Evidence, "cần minh chứng"}, {a.Review, "sơ kết, tổng kết"}, {a.Inspection, "kiểm tra, tự kiểm tra"}, {a.Exemplar, "Dân vận khéo"}} {
		if m.on {
			out = append(out, m.word)
		}
	}
	return out
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}

// owner says who is in charge, as frozen with the version.
func owner(a plan.Activity) string {
	said := "chưa có người phụ trách"
	if a.Owner != nil {
		said = a.Owner.Name
	}
	if a.Deputy != nil {
		said += "; thay thế: " + a.Deputy.Name
	}
	return said
}

func anchorID(at anchor) string {
	if at.Part == "" {
		return "toan-van"
	}
	id := strings.ReplaceAll(at.Part, "/", "-")
	if at.Field != "" {
		id += "-" + at.Field
	}
	return id
}

func (v reading) strip() []ui.StripItem {
	var items []ui.StripItem
	for _, s := range v.Content.Sections {
		if s.Task == 0 {
			continue
		}
		item := ui.StripItem{No: s.Task, Title: s.Short, Path: "#nv" + strconv.Itoa(s.Task),
			Plain: strconv.Itoa(len(s.Activities)) + " hoạt động"}
		if len(s.Activities) == 0 {
			item.Plain = scopeWord(s)
		}
		open := 0
		for _, a := range s.Activities {
			for _, n := range v.Notes {
				if n.PartKey == plan.ActivityKey(a.ID) && n.Open() {
					open++
				}
			}
		}
		if open > 0 {
			item.Right, item.Tone = strconv.Itoa(open)+" góp ý", ui.Ask
		}
		items = append(items, item)
	}
	return items
}

func scopeWord(s plan.Section) string {
	switch s.Scope {
	case plan.ScopeNone:
		return "Không thuộc phạm vi"
	case plan.ScopeNil:
		return "Không phát sinh"
	}
	return "Chưa có hoạt động"
}

// held says how long the receiver has held it.
func held(w review.Waiting, now time.Time) string {
	switch n := w.WaitedDays(now); {
	case n <= 0:
		return "hôm nay"
	default:
		return "chờ " + strconv.Itoa(n) + " ngày"
	}
}

func byLine(name, unit string, at *time.Time) string {
	if at == nil {
		return name
	}
	return name + ", " + unit + ", " + viet.Moment(*at)
}

// notesOf are the remarks on an activity and its fields.
func (v reading) notesOf(a plan.Activity) []submission.Note {
	var out []submission.Note
	for _, n := range v.Notes {
		if n.PartKey == plan.ActivityKey(a.ID) {
			out = append(out, n)
		}
	}
	return out
}
