package reviews

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"danvan/internal/plan"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
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
	if h.Late() {
		said += ", chậm so với hạn trước ngày " + viet.DateOf(h.DueBefore).String()
	} else {
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

// line is one field of an activity as it is read.
type line struct {
	At    anchor
	Label string
	Text  string
	Prose bool
}

// lines are the fields of an activity that say something, and those that must.
func (v reading) lines(a plan.Activity) []line {
	kind, _ := plan.Schema.Of("activity") // the schema is fixed
	key := plan.ActivityKey(a.ID)
	var out []line
	for _, f := range kind.Fields {
		if f.Quiet || f.Name == "title" {
			continue
		}
		text := f.Show(a.Content[f.Name], v.Names)
		if text == "" {
			continue
		}
		out = append(out, line{At: anchor{key, f.Name}, Label: f.Label, Text: text, Prose: f.Shape == submission.Prose})
	}
	return out
}

// owner says who is in charge, as frozen with the version.
func owner(a plan.Activity) string {
	said := "chưa ghi"
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
