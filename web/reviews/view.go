package reviews

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/ui"
)

func head(v reading) ui.Head {
	c := v.Case
	return ui.Head{
		Title:   c.UnitShort + ": " + c.What() + ", lần gửi " + strconv.Itoa(v.Version.No),
		Crumbs:  []ui.Link{{Label: "Tiếp nhận, rà soát", Path: paths.Queue}, v.Matter.list(c), {Label: c.UnitShort}},
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
		said += fmt.Sprintf(", chậm %d ngày (hạn trước ngày %s)", viet.LastDayBefore(h.DueBefore).DaysUntil(viet.DateOf(h.SentAt)), viet.DateOf(h.DueBefore))
	default:
		said += ", trong hạn trước ngày " + viet.DateOf(h.DueBefore).String()
	}
	if r := v.Version.Reference; r.Number > 0 {
		said += ". Văn bản số " + r.String() + " " + strings.ToLower(r.IssuedOn.Formal()) + ", " + r.Signer + " ký"
	}
	said += "."
	if held := v.heldWords(); held != "" {
		said += " " + held
	}
	return said
}

// unsettled counts the remarks of earlier rounds that still want something, and
// those among them that the unit has answered.
func (v reading) unsettled() (open, answered int) {
	for _, n := range v.Notes {
		if n.SentAt == nil || !n.Open() {
			continue
		}
		open++
		if n.Answer != "" {
			answered++
		}
	}
	return open, answered
}

// goesAlong says what the unit gets with a return.
func (v reading) goesAlong() string {
	said := fmt.Sprintf("Đơn vị sửa theo góp ý rồi gửi lại. %d góp ý được gửi kèm", v.Case.Remarks)
	if open, _ := v.unsettled(); open > 0 {
		said += fmt.Sprintf(", trong đó %d góp ý lần trước chưa kết luận; góp ý nào đã đạt thì chọn “Đạt” trước khi trả lại", open)
	}
	return said + "."
}

// finding is what the page says first.
func (v reading) finding() string {
	said := nonEmpty(v.Content.news(v))
	open, answered := v.unsettled()
	if open > 0 {
		said = append(said, fmt.Sprintf("%d góp ý lần trước chưa kết luận, %d đã có trả lời", open, answered))
	}
	if d := v.drafts(); d > 0 {
		said = append(said, fmt.Sprintf("%d góp ý nháp sẽ gửi khi bạn trả lại", d))
	}
	said = append(said, v.questionNews()...)
	if len(said) == 0 {
		return v.Content.holds() + ", chưa có góp ý nào."
	}
	if !v.Changes.known() {
		said = append([]string{v.Content.holds()}, said...)
	}
	return viet.UpperFirst(strings.Join(said, "; ")) + "."
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

// notesOn are the remarks on parts and their fields: what is still open, and what
// was said about the sending before. Older ones stand among the rounds.
func (v reading) notesOn(keys ...string) []submission.Note {
	var out []submission.Note
	for _, n := range v.Notes {
		if slices.Contains(keys, n.PartKey) && (n.Open() || n.VersionNo >= v.Changes.No) {
			out = append(out, n)
		}
	}
	return out
}

// openOn counts the remarks on parts that still want something.
func (v reading) openOn(keys ...string) int {
	open := 0
	for _, n := range v.notesOn(keys...) {
		if n.Open() {
			open++
		}
	}
	return open
}

// nextWords leads to what is read next, with its place in the queue.
func nextWords(next review.Place) string {
	return fmt.Sprintf("Hồ sơ tiếp theo (%d/%d)", next.Place, next.Total)
}

// besideWords says what a first version is read beside.
func besideWords(v reading) string {
	year := strconv.Itoa(v.Case.Year - 1)
	switch {
	case v.Changes.known():
		return ""
	case v.YearAgo != nil && v.Case.Kind == submission.Plan:
		return "Lần gửi đầu: hoạt động của kế hoạch năm " + year + " gấp lại ở cuối mỗi nhiệm vụ."
	case v.YearAgo != nil:
		return "Lần gửi đầu: số liệu và lời văn cùng kỳ năm " + year + " đứng cạnh từng mục."
	case v.Case.Kind == submission.Plan:
		return "Lần gửi đầu: trên cổng không có kế hoạch năm " + year + " của đơn vị để đối chiếu."
	}
	return "Lần gửi đầu: số liệu cùng kỳ năm " + year + " đứng cạnh từng số liệu; trên cổng không có lời văn năm " + year + "."
}

// strays are remarks whose part is no longer in this version.
func (v reading) strays() []submission.Note {
	var out []submission.Note
	for _, n := range v.Notes {
		if n.PartKey != "" && v.Version.Frozen.Part(n.PartKey) == nil && (n.Open() || n.VersionNo >= v.Changes.No) {
			out = append(out, n)
		}
	}
	return out
}

// place is where the reviewer may add a remark.
type place struct {
	Part   string      // "" = the whole
	Label  string      // "Thêm góp ý vào mục này"
	About  string      // of what, for those who do not see where it stands
	Fields []ui.Option // of the part, to choose from; none = the part
	Parts  []ui.Option // to choose from instead of Part
	Key    string      // tells ids apart where there are Parts
}

// placeField tells at which place a remark was written.
const placeField = "place"

func (p place) id() string {
	if p.Key != "" {
		return p.Key
	}
	return anchorID(p.Part)
}

// refused reports whether the remark that was refused was written at p; one that
// does not say where belongs to its part.
func (v reading) refused(p place) bool {
	at := v.Add.Raw(placeField)
	return !v.Add.OK() && (at == p.id() || at == "" && p.Parts == nil && p.Part == v.Add.Raw("part"))
}

// formAt is the form of p, with what was typed if it was refused there.
func (v reading) formAt(p place) *form.Form {
	if v.refused(p) {
		return v.Add
	}
	return form.New(nil)
}

// fieldOptions are the fields of a kind of part on which one may remark.
func (v reading) fieldOptions(prefix, whole string, without ...string) []ui.Option {
	kind, _ := v.Matter.schema.Of(prefix) // the schema is fixed
	options := []ui.Option{{Value: "", Label: whole}}
	for _, f := range kind.Fields {
		if !f.Quiet && !slices.Contains(without, f.Name) {
			options = append(options, ui.Option{Value: f.Name, Label: f.Label})
		}
	}
	return options
}

// lead opens a remark: what it is, and on which field.
func (v reading) lead(n submission.Note) string {
	said := "Góp ý"
	if n.SentAt == nil {
		said = "Góp ý nháp"
	}
	if n.PartKey != "" && v.Version.Frozen.Part(n.PartKey) == nil {
		if title := v.Content.title(n.PartKey); title != "" {
			said += " về “" + title + "”"
		}
	}
	if n.VersionNo != v.Version.No {
		said += " lần gửi " + strconv.Itoa(n.VersionNo)
	}
	if kind, ok := v.Matter.schema.Of(n.PartKey); ok {
		if f, ok := kind.Field(n.Field); ok {
			said += ", mục " + f.Label
		}
	}
	return said + "."
}

// aboutNote opens a remark where it stands apart from what it is about.
func (v reading) aboutNote(n submission.Note) string {
	said := "Góp ý"
	if n.SentAt == nil {
		said = "Góp ý nháp"
	}
	kind, ok := v.Matter.schema.Of(n.PartKey)
	if !ok {
		return said + " chung."
	}
	prefix, code, _ := strings.Cut(n.PartKey, "/")
	part := v.Version.Frozen.Part(n.PartKey)
	if part == nil {
		part = v.Changes.was[n.PartKey]
	}
	switch prefix {
	case "activity":
		code = part["code"]
	case "file", "proposal", "exemplar":
		code = ""
	case "below", "ratio":
		kind, _ = v.Matter.schema.Of("figure")
	}
	said += ", " + viet.LowerFirst(ui.Joined(" ", kind.Label, code))
	if f, ok := kind.Field(n.Field); ok {
		said += ", mục " + f.Label
	}
	return said + "."
}

// wasThen is what a field read when a remark was made on it, "" where it reads so
// still.
func (v reading) wasThen(n submission.Note) string {
	kind, ok := v.Matter.schema.Of(n.PartKey)
	f, known := kind.Field(n.Field)
	if !ok || !known || n.OldText == "" || n.OldText == v.Version.Frozen.Part(n.PartKey)[n.Field] {
		return ""
	}
	return f.Show(n.OldText, v.Content.unitNames())
}

// anchorID is where a part stands on the page.
func anchorID(part string) string {
	if part == "" {
		return "toan-van"
	}
	prefix, code, _ := strings.Cut(part, "/")
	if prefix == "ratio" || prefix == "below" { // a figure stands at one place, however it came about
		return paths.FigureAnchor(code)
	}
	return strings.ReplaceAll(part, "/", "-")
}

func byLine(name, unit string, at *time.Time) string {
	if at == nil {
		return name
	}
	return name + ", " + unit + ", " + viet.Moment(*at)
}
