package proposals

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/proposal"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// stateWords are the states in addresses.
var stateWords = map[proposal.State]string{
	proposal.Unassigned: "chua-phan-cong",
	proposal.Resolving:  "dang-giai-quyet",
	proposal.Overdue:    "qua-han",
	proposal.Answered:   "da-tra-loi",
	proposal.Withdrawn:  "da-rut",
}

// looks are the states as they are drawn.
var looks = map[proposal.State]ui.Kind{
	proposal.Unassigned: ui.Idle,
	proposal.Resolving:  ui.Going,
	proposal.Overdue:    ui.Overdue,
	proposal.Answered:   ui.Done,
	proposal.Withdrawn:  ui.Cancelled,
}

var orderWords = map[string]proposal.Order{
	"don-vi":     proposal.ByUnit,
	"han":        proposal.ByDue,
	"tinh-trang": proposal.ByState,
}

// filterOf reads what was asked for. Words nobody offers narrow nothing.
func filterOf(q url.Values) proposal.Filter {
	f := proposal.Filter{Unit: q.Get(unitParam), Period: q.Get(periodParam), Search: viet.CleanLine(q.Get(paths.FindParam)),
		Limit: pageSize, Offset: (paths.Page(q) - 1) * pageSize}
	for s, word := range stateWords {
		if word == q.Get(stateParam) {
			f.State = s
		}
	}
	order, down := strings.CutPrefix(q.Get(paths.SortParam), "-")
	f.Order, f.Down = orderWords[order], down
	return f
}

// listView is the ledger with what was asked for.
type listView struct {
	proposal.Ledger
	URL    *url.URL
	Filter proposal.Filter
	Now    time.Time
}

func (v listView) today() viet.Date { return viet.DateOf(v.Now) }

func (v listView) beyond() bool { return len(v.Rows) == 0 && v.Filter.Offset > 0 }

func (v listView) sort() ui.Sort {
	return ui.Sort{URL: v.URL, By: v.URL.Query().Get(paths.SortParam)}
}

func (v listView) pages() ui.Pages {
	return ui.Pages{URL: v.URL, Page: v.Filter.Offset/pageSize + 1, Size: pageSize, Total: v.Total, Noun: "kiến nghị", Files: ui.FilesOf(v.URL)}
}

// several reports whether the reader sees proposals of more than one unit.
func (v listView) several() bool { return len(v.Units) > 1 }

// all counts what the reader sees, withdrawn or not.
func (v listView) all() int {
	n := 0
	for _, count := range v.Counts {
		n += count
	}
	return n
}

func (v listView) page() ui.Page {
	year := strconv.Itoa(v.Year)
	title := "Vướng mắc, kiến nghị của đơn vị năm " + year
	return ui.Page{PrintNote: title, Head: ui.Head{Title: title, Meta: span(v.summary()),
		Crumbs: []ui.Link{{Label: "Năm " + year, Path: paths.Overview(v.Year)}, {Label: "Vướng mắc, kiến nghị"}}}}
}

// summary says how many there are of each state, those that press first.
func (v listView) summary() string {
	standing := v.all() - v.Counts[proposal.Withdrawn]
	if standing == 0 {
		return "Kiến nghị vào sổ khi báo cáo nêu nó được tiếp nhận."
	}
	var parts []string
	for _, s := range proposal.States {
		if n := v.Counts[s]; n > 0 && s != proposal.Withdrawn {
			parts = append(parts, viet.FormatInt(n)+" "+viet.LowerFirst(s.Word()))
		}
	}
	said := viet.FormatInt(standing) + " kiến nghị: " + strings.Join(parts, ", ") + "."
	if n := v.Counts[proposal.Withdrawn]; n > 0 {
		said += " " + viet.FormatInt(n) + " đã rút."
	}
	return said
}

func (v listView) states() []ui.Option {
	options := []ui.Option{{Label: "Tất cả, trừ đã rút"}}
	for _, s := range proposal.States {
		options = append(options, ui.Option{Value: stateWords[s], Label: s.Word() + counted(v.Counts[s])})
	}
	return options
}

func counted(n int) string {
	if n == 0 {
		return ""
	}
	return " (" + viet.FormatInt(n) + ")"
}

func options(all string, named []proposal.Named) []ui.Option {
	out := []ui.Option{{Label: all}}
	for _, n := range named {
		out = append(out, ui.Option{Value: n.Slug, Label: unit.Called(n.Name)})
	}
	return out
}

// standing is how a proposal stands, with the days that matter now.
func standing(p proposal.Proposal, today viet.Date) string {
	s := p.State(today)
	if s == proposal.Overdue {
		return "Quá hạn " + viet.FormatInt(p.DaysLate(today)) + " ngày"
	}
	if s == proposal.Resolving && p.DueOn == today {
		return "Hạn hôm nay"
	}
	return s.Word()
}

func entryOf(p proposal.Proposal) string { return paths.LedgerProposal(p.Year, p.Period, p.Unit, p.No) }

// source is the report a proposal stands in: "Báo cáo năm 2022, kiến nghị 1".
func source(p proposal.Proposal) string {
	return "Báo cáo " + viet.LowerFirst(p.PeriodName) + ", kiến nghị " + strconv.Itoa(p.No)
}

// narrowed says in words what the filters leave.
func (v listView) narrowed() []string {
	var by []string
	if s := v.Filter.State; s != "" {
		by = append(by, "tình trạng “"+s.Word()+"”")
	}
	for _, u := range v.Units {
		if u.Slug == v.Filter.Unit {
			by = append(by, unit.Called(u.Name))
		}
	}
	for _, p := range v.Periods {
		if p.Slug == v.Filter.Period {
			by = append(by, "báo cáo "+viet.LowerFirst(p.Name))
		}
	}
	if s := v.Filter.Search; s != "" {
		by = append(by, "có “"+s+"”")
	}
	notes := []string{viet.FormatInt(v.Total) + " kiến nghị"}
	if len(by) > 0 {
		notes[0] += ", lọc theo: " + strings.Join(by, "; ")
	}
	return notes
}

// table is the list with every value of its own type.
func (v listView) table() sheet.Table {
	t := sheet.Table{Sheet: "Kiến nghị", Title: v.page().Head.Title, Notes: v.narrowed(), At: v.Now, Fixed: 1, Columns: []sheet.Column{
		{Title: "Đơn vị"}, {Title: "Báo cáo"}, {Title: "Số", Kind: sheet.Number}, {Title: "Nội dung kiến nghị"}, {Title: "Đơn vị đề nghị"},
		{Title: "Nơi giải quyết"}, {Title: "Hạn trả lời", Kind: sheet.Date}, {Title: "Tình trạng"}, {Title: "Số ngày quá hạn", Kind: sheet.Number},
		{Title: "Nội dung trả lời"}, {Title: "Văn bản trả lời"}, {Title: "Ngày trả lời", Kind: sheet.Date}, {Title: "Vào sổ", Kind: sheet.Date}}}
	for _, p := range v.Rows {
		row := []sheet.Value{sheet.Words(unit.Called(p.UnitName)), sheet.Words(p.PeriodName), sheet.Count(p.No), sheet.Words(p.Body), sheet.Words(p.Asked),
			sheet.Words(p.Receiver), sheet.Day(p.DueOn), sheet.Words(p.State(v.today()).Word()), {},
			sheet.Words(p.Answer), sheet.Words(p.Paper), sheet.Day(p.AnsweredOn), sheet.Day(viet.DateOf(p.EnteredAt))}
		if n := p.DaysLate(v.today()); n > 0 && slices.Contains([]proposal.State{proposal.Overdue, proposal.Answered}, p.State(v.today())) {
			row[8] = sheet.Count(n)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
