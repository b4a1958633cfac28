package directions

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"danvan/internal/direction"
	"danvan/internal/document/sheet"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// stateWords and kindWords are states and kinds in addresses.
var (
	stateWords = map[direction.State]string{
		direction.Overdue:  "qua-han",
		direction.Waiting:  "cho-tra-loi",
		direction.Answered: "da-tra-loi",
		direction.Closed:   "da-ket-thuc",
	}
	kindWords = map[direction.Kind]string{direction.Directive: "chi-dao", direction.Coordination: "phoi-hop"}
)

// open is every state but the last, in addresses.
const open = "dang-mo"

// looks are the states as they are drawn.
var looks = map[direction.State]ui.Kind{
	direction.Overdue:  ui.Overdue,
	direction.Waiting:  ui.Awaiting,
	direction.Answered: ui.Submitted,
	direction.Closed:   ui.Done,
}

var orderWords = map[string]direction.Order{
	"so":         direction.ByNo,
	"don-vi":     direction.ByUnit,
	"han":        direction.ByDue,
	"tinh-trang": direction.ByState,
}

// filterOf reads what was asked for. Words nobody offers narrow nothing.
func filterOf(q url.Values) direction.Filter {
	f := direction.Filter{State: named(stateWords, q.Get(stateParam)), Open: q.Get(stateParam) == open, Kind: named(kindWords, q.Get(kindParam)), Unit: q.Get(unitParam),
		Search: viet.CleanLine(q.Get(paths.FindParam)), Limit: pageSize, Offset: (paths.Page(q) - 1) * pageSize}
	order, down := strings.CutPrefix(q.Get(paths.SortParam), "-")
	f.Order, f.Down = orderWords[order], down
	return f
}

// named is what a word of an address means, "" for nothing.
func named[T ~string](words map[T]string, word string) T {
	for t, w := range words {
		if w == word {
			return t
		}
	}
	return ""
}

// listView is the list with what was asked for.
type listView struct {
	direction.List
	URL    *url.URL
	Filter direction.Filter
	Now    time.Time
	Gives  bool // the reader gives directions
}

func (v listView) today() viet.Date { return viet.DateOf(v.Now) }

func (v listView) beyond() bool { return len(v.Rows) == 0 && v.Filter.Offset > 0 }

func (v listView) sort() ui.Sort {
	return ui.Sort{URL: v.URL, By: v.URL.Query().Get(paths.SortParam)}
}

func (v listView) pages() ui.Pages {
	return ui.Pages{URL: v.URL, Page: v.Filter.Offset/pageSize + 1, Size: pageSize, Total: v.Total, Noun: "ý kiến", Files: ui.FilesOf(v.URL)}
}

// several reports whether the reader sees directions on more than one unit.
func (v listView) several() bool { return len(v.Units) > 1 }

func (v listView) all() int {
	n := 0
	for _, count := range v.Counts {
		n += count
	}
	return n
}

func (v listView) page() ui.Page {
	year := strconv.Itoa(v.Year)
	title := "Ý kiến chỉ đạo, phối hợp năm " + year
	p := ui.Page{PrintNote: title, Head: ui.Head{Title: title, Meta: span(v.summary()),
		Crumbs: []ui.Link{{Label: "Năm " + year, Path: paths.Overview(v.Year)}, {Label: "Ý kiến chỉ đạo, phối hợp"}}}}
	if v.Gives {
		p.Head.Actions = ui.ButtonLink(paths.NewDirection(v.Year), "Cho ý kiến", "", true)
	}
	return p
}

// summary says how many there are of each state, those that press first.
func (v listView) summary() string {
	if v.all() == 0 {
		return "Của lãnh đạo UBND tỉnh, Ban Dân vận Tỉnh ủy về công tác của từng đơn vị."
	}
	var parts []string
	for _, s := range direction.States {
		if n := v.Counts[s]; n > 0 {
			parts = append(parts, viet.FormatInt(n)+" "+viet.LowerFirst(s.Word()))
		}
	}
	return viet.FormatInt(v.all()) + " ý kiến: " + strings.Join(parts, ", ") + "."
}

func (v listView) states() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}, {Value: open, Label: "Đang mở (" + viet.FormatInt(v.all()-v.Counts[direction.Closed]) + ")"}}
	for _, s := range direction.States {
		label := s.Word()
		if n := v.Counts[s]; n > 0 {
			label += " (" + viet.FormatInt(n) + ")"
		}
		options = append(options, ui.Option{Value: stateWords[s], Label: label})
	}
	return options
}

func kinds() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, k := range direction.Kinds {
		options = append(options, ui.Option{Value: kindWords[k], Label: k.Word()})
	}
	return options
}

func (v listView) units() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, u := range v.Units {
		options = append(options, ui.Option{Value: u.Slug, Label: unit.Called(u.Name)})
	}
	return options
}

// standing is how a direction stands, with the days that matter now.
func standing(d direction.Direction, today viet.Date) string {
	s := d.State(today)
	switch {
	case s == direction.Overdue:
		return "Quá hạn " + viet.FormatInt(d.DueOn.DaysUntil(today)) + " ngày"
	case s == direction.Waiting && d.DueOn == today:
		return "Hạn hôm nay"
	}
	return s.Word()
}

// source is who said it, when, and about what.
func source(d direction.Direction) string {
	return d.Title() + ", " + viet.DateOf(d.GivenAt).String() + ". Về " + d.About()
}

func addressOf(d direction.Direction) string { return paths.Direction(d.Year, d.No) }

// narrowed says in words what the filters leave.
func (v listView) narrowed() []string {
	var by []string
	if s := v.Filter.State; s != "" {
		by = append(by, "tình trạng “"+s.Word()+"”")
	}
	if v.Filter.Open {
		by = append(by, "đang mở")
	}
	if k := v.Filter.Kind; k != "" {
		by = append(by, viet.LowerFirst(k.Word()))
	}
	for _, u := range v.Units {
		if u.Slug == v.Filter.Unit {
			by = append(by, unit.Called(u.Name))
		}
	}
	if s := v.Filter.Search; s != "" {
		by = append(by, "có “"+s+"”")
	}
	notes := []string{viet.FormatInt(v.Total) + " ý kiến"}
	if len(by) > 0 {
		notes[0] += ", lọc theo: " + strings.Join(by, "; ")
	}
	return notes
}

// table is the list with every value of its own type.
func (v listView) table() sheet.Table {
	t := sheet.Table{Sheet: "Ý kiến", Title: v.page().Head.Title, Notes: v.narrowed(), At: v.Now, Fixed: 1, Columns: []sheet.Column{
		{Title: "Số", Kind: sheet.Number}, {Title: "Loại"}, {Title: "Nơi cho ý kiến"}, {Title: "Ngày", Kind: sheet.Date}, {Title: "Đơn vị"}, {Title: "Về"},
		{Title: "Nội dung"}, {Title: "Hạn trả lời", Kind: sheet.Date}, {Title: "Tình trạng"}, {Title: "Trả lời"}, {Title: "Ngày trả lời", Kind: sheet.Date},
		{Title: "Kết luận"}, {Title: "Ngày kết thúc", Kind: sheet.Date}}}
	for _, d := range v.Rows {
		row := []sheet.Value{sheet.Count(d.No), sheet.Words(d.Kind.Word()), sheet.Words(unit.Called(d.FromName)), sheet.Day(viet.DateOf(d.GivenAt)),
			sheet.Words(unit.Called(d.UnitName)), sheet.Words(viet.UpperFirst(d.About())), sheet.Words(d.Body), sheet.Day(d.DueOn),
			sheet.Words(d.State(v.today()).Word()), sheet.Words(d.Answer), {}, sheet.Words(d.Closing), {}}
		if d.AnsweredAt != nil {
			row[10] = sheet.Day(viet.DateOf(*d.AnsweredAt))
		}
		if d.ClosedAt != nil {
			row[12] = sheet.Day(viet.DateOf(*d.ClosedAt))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
