package wording

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"danvan/internal/viet"
)

// Material is what a first draft is made of: plain values about one period and the
// units below one that consolidates.
type Material struct {
	Directive  string    // "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang"
	Subject    string    // what the report is about: "công tác dân vận chính quyền năm 2022"
	Area       string    // "trên địa bàn tỉnh"
	To         viet.Date // the last day the figures are about
	Tasks      []Task    // 1..7
	Common     []Figure  // of task 0
	Exemplars  []Exemplar
	Strengths  []Said
	Weaknesses []Said
	Causes     []Said
	Steps      []Said
	Proposals  []Proposal
}

// Task is one task with what the units said about it.
type Task struct {
	No      int
	Figures []Figure // in order of their codes
	Said    []Outcome
}

// Figure is an indicator that may be spoken of.
type Figure struct {
	Code, Name, Unit string
	Has              bool // there is a value to print
	Compared         bool // with the same period of last year
	Flag             bool // yes or no: its value is how many units said yes
}

// Said is what a unit wrote, by the version that says so.
type Said struct {
	Source Source
	Short  string // of the unit, as a sentence names it
	Text   string
}

// Outcome is what a unit wrote about a task.
type Outcome struct {
	Source     Source
	Short      string
	Good       bool // rated "Hoàn thành tốt"
	Slow       bool // rated "Chậm tiến độ"
	NotBegun   bool // rated "Chưa thực hiện"
	Result     string
	Weaknesses string
	Cause      string
}

// Exemplar is a line of a unit's table of Dân vận khéo.
type Exemplar struct {
	Source       Source
	Short        string
	Name, Holder string
	Result       string
	Level        string // as recognised: "cấp tỉnh"; "" for not
	Rank         int    // of the level, the highest first in the draft
}

// Proposal is what a unit asks for.
type Proposal struct {
	Source         Source
	Short          string
	Body, Receiver string
}

// Parts of a consolidated report that have a draft, by key, with their fields.
const (
	OpeningKey   = "opening"
	ExemplarsKey = "exemplars"
	OverallKey   = "overall"
	NextKey      = "next"
	ProposalsKey = "proposals"
)

// TaskKey is the key of the part about a task.
func TaskKey(no int) string { return "task/" + strconv.Itoa(no) }

// How much the first draft takes from the units, the rest stands beside the editor.
const (
	mostResults   = 3
	mostWeak      = 2
	mostOverall   = 4
	mostExemplars = 8
	mostLetters   = 30000 // of one field; the editor takes 40,000
	longest       = 1200  // letters of a unit's words worth quoting whole
)

// DraftOf is the text of one part, by field: sentences with live tokens, and chosen
// paragraphs of the units with their origins; nil for a part without a draft.
func DraftOf(m Material, key string) map[string]string {
	switch key {
	case OpeningKey:
		return map[string]string{"text": opening(m)}
	case ExemplarsKey:
		return map[string]string{"text": exemplars(m)}
	case OverallKey:
		return map[string]string{
			"strengths":    quoted("Nhìn chung, các cơ quan, đơn vị, địa phương đã quan tâm triển khai thực hiện công tác dân vận chính quyền bám sát nội dung kế hoạch đề ra; một số kết quả nổi bật:", m.Strengths, mostOverall),
			"shortcomings": quoted("Bên cạnh kết quả đạt được, việc thực hiện còn một số hạn chế:", m.Weaknesses, mostOverall),
			"causes":       quoted("Nguyên nhân của những hạn chế nêu trên:", m.Causes, mostOverall),
		}
	case NextKey:
		return map[string]string{"steps": quoted("Trong thời gian tới, các cơ quan, đơn vị, địa phương tiếp tục tập trung thực hiện một số nhiệm vụ trọng tâm sau:", m.Steps, mostOverall)}
	case ProposalsKey:
		return map[string]string{"text": proposals(m.Proposals)}
	}
	for _, t := range m.Tasks {
		if TaskKey(t.No) == key {
			return map[string]string{"text": task(t)}
		}
	}
	return nil
}

func opening(m Material) string {
	body := "Thực hiện " + m.Directive + ", " + IssuerToken + " tổng hợp, báo cáo kết quả thực hiện " + m.Subject + " " + m.Area + " như sau:"
	// How many have sent is as of now; the last day of the data may lie ahead.
	received := "Đến thời điểm tổng hợp, có " + CountToken(Received) + "/" + CountToken(Expected) +
		" cơ quan, đơn vị, địa phương gửi báo cáo, trong đó " + CountToken(OnTime) + " đơn vị gửi đúng hạn; " +
		CountToken(Accepted) + " báo cáo đã được tiếp nhận, là căn cứ của số liệu trong báo cáo này. Số liệu tính đến hết ngày " + m.To.String() + "."
	return lettered([]string{strings.ReplaceAll(body, "  ", " "), received})
}

func task(t Task) string {
	said := sentences(phrases[t.No], t.Figures)
	said = append(said, ratings(t.Said)...)
	if good := picked(t.Said, mostResults, func(o Outcome) string { return o.Result }); len(good) > 0 {
		said = append(said, "Một số đơn vị, địa phương thực hiện tốt:")
		for _, o := range good {
			said = append(said, named(o.Short, o.Result, o.Source))
		}
	}
	if weak := picked(t.Said, mostWeak, func(o Outcome) string { return o.Weaknesses }); len(weak) > 0 {
		said = append(said, "Tồn tại, hạn chế:")
		for _, o := range weak {
			text := sentence(o.Weaknesses)
			if o.Cause != "" {
				text += " Nguyên nhân: " + oneLine(o.Cause)
			}
			said = append(said, named(o.Short, text, o.Source))
		}
	}
	return lettered(said)
}

// ratings names who fell behind; how many did is counted by nobody but the page.
func ratings(list []Outcome) []string {
	var slow, idle, out []string
	for _, o := range list {
		if o.Slow {
			slow = append(slow, o.Short)
		}
		if o.NotBegun {
			idle = append(idle, o.Short)
		}
	}
	if len(slow) > 0 {
		out = append(out, "Đơn vị tự đánh giá còn chậm tiến độ: "+strings.Join(slow, ", ")+".")
	}
	if len(idle) > 0 {
		out = append(out, "Đơn vị chưa thực hiện: "+strings.Join(idle, ", ")+".")
	}
	return out
}

// picked are the outcomes worth quoting: those rated good first, each text once, in
// the order of the units otherwise.
func picked(list []Outcome, most int, text func(Outcome) string) []Outcome {
	seen := map[string]bool{}
	var out []Outcome
	for _, good := range []bool{true, false} {
		for _, o := range list {
			said := oneLine(text(o))
			if o.Good != good || said == "" || seen[said] || utf8.RuneCountInString(said) > longest || len(out) == most {
				continue
			}
			seen[said] = true
			out = append(out, o)
		}
	}
	return out
}

func exemplars(m Material) string {
	said := sentences(phrases[0], m.Common)
	best := slices.Clone(m.Exemplars)
	slices.SortStableFunc(best, func(a, b Exemplar) int { return b.Rank - a.Rank })
	if len(best) > 0 {
		said = append(said, "Một số mô hình tiêu biểu:")
	}
	for _, x := range best[:min(len(best), mostExemplars)] {
		text := "mô hình “" + oneLine(x.Name) + "”"
		if x.Holder != "" {
			text += " của " + oneLine(x.Holder)
		}
		if x.Level != "" {
			text += ", được công nhận " + x.Level
		}
		if x.Result != "" {
			text += ": " + oneLine(x.Result)
		}
		said = append(said, named(x.Short, text, x.Source))
	}
	return lettered(said)
}

func proposals(list []Proposal) string {
	var said []string
	for _, p := range list {
		if strings.TrimSpace(p.Body) == "" {
			continue
		}
		text := sentence(p.Body)
		if p.Receiver != "" {
			text += " Nơi giải quyết: " + oneLine(p.Receiver) + "."
		}
		said = append(said, named(p.Short, text, p.Source))
	}
	return lettered(said)
}

// quoted is a lead with what some units wrote below it, nothing for none.
func quoted(lead string, list []Said, most int) string {
	said := []string{lead}
	seen := map[string]bool{}
	for _, s := range list {
		text := oneLine(s.Text)
		if text == "" || seen[text] || utf8.RuneCountInString(text) > longest || len(said) > most {
			continue
		}
		seen[text] = true
		said = append(said, named(s.Short, s.Text, s.Source))
	}
	if len(said) == 1 {
		return ""
	}
	return lettered(said)
}

// named is a paragraph of a unit that names it.
func named(short, text string, s Source) string { return Quoted(short, sentence(text), s) }

// Quoted is what a unit wrote, line for line, its name before the first.
func Quoted(short, said string, s Source) string {
	return Sourced("- "+short+": "+strings.TrimLeft(said, marks), s)
}

// marks begin the lines of a list.
const marks = "-–+•* \t\n"

// sentence makes one paragraph of a text, the lines of its lists sentences.
func sentence(text string) string {
	var said []string
	for _, line := range lines(text) {
		if line = ended(strings.TrimLeft(line, marks)); line != "" {
			said = append(said, line)
		}
	}
	return strings.Join(said, " ")
}

// ended ends a line with a full stop.
func ended(text string) string {
	text = oneLine(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?;:") {
		return text
	}
	return text + "."
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// lettered joins paragraphs as far as they fit.
func lettered(paragraphs []string) string {
	letters := 0
	for i, p := range paragraphs {
		if letters += utf8.RuneCountInString(p) + 1; letters > mostLetters {
			paragraphs = paragraphs[:i]
			break
		}
	}
	return strings.Join(paragraphs, "\n")
}
