package overviews

import (
	"strconv"

	"danvan/internal/actor"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// column is one task of the matrix.
type column struct {
	No    int
	Short string
}

// bank is the units of one kind in the matrix.
type bank struct {
	ID      string
	Title   string // "Sở, ban, ngành"
	Columns []column
	Rows    []row
	Report  string // the period whose reports stand beside the plans, "" for none
	Drawn   *Drawn // may be nil
	Sums    []cell // of each column
	Sum     cell   // of them all
}

// row is one unit of the matrix.
type row struct {
	front
	Cells []cell // empty without a plan in force
}

// front is a row but for its cells.
type front struct {
	ID       actor.UnitID
	Slug     string
	Short    string
	Full     string
	Path     string // of its plan
	Amending bool
	State    ui.Kind   // look of the plan's state; without a plan in force also:
	Missing  string    // that state as a sentence
	Owing    bool      // it came back, or was not begun by the deadline
	Sum      cell      // of the cells
	Updated  viet.Date // when the last entry was written
	Old      bool      // longer ago than anybody should be silent
	Report   filed
}

// filed is where a unit's report stands; without a path it files none.
type filed struct {
	Path  string
	State ui.Kind
	Word  string // "đã tiếp nhận, đang sửa đổi"
}

// class is the end of the class that colours it.
func (f filed) class() string {
	if f.State == ui.NotBegun {
		return "none"
	}
	return string(f.State)
}

// filedWord is where a report stands: one that counts is accepted.
func filedWord(s overview.FilingState) string {
	if s.InForce && s.State != overview.Accepted {
		return overview.Accepted.Word() + ", đang sửa đổi"
	}
	return s.State.Word()
}

// withReports puts where the reports stand beside the plans.
func withReports(banks []bank, year int, f overview.Filing) {
	for i := range banks {
		banks[i].Report = f.Period.Name
		for j, r := range banks[i].Rows {
			s, files := f.Units[r.ID]
			if !files {
				continue
			}
			look := looks[s.State]
			if s.InForce {
				look = ui.Accepted
			}
			banks[i].Rows[j].Report = filed{Path: paths.Report(year, f.Period.Slug, r.Slug), State: look, Word: viet.LowerFirst(filedWord(s))}
		}
	}
}

// cell is done and total of some activities, open to them.
type cell struct {
	No    int // of the task; 0 in sums
	Tally progress.Tally
	Out   string // "KTPV" or "KPS" in place of numbers
	Why   string // what that means
	Path  string
}

// kind is the look of the gravest status.
func (c cell) kind() ui.Kind {
	s, ok := c.Tally.Worst()
	if !ok {
		return ui.None
	}
	return kinds[s]
}

func (c cell) word() string {
	s, _ := c.Tally.Worst() // without one there is no word
	return lowered[s]
}

// addUp fills the sums of the bank, each the sum of cells; path is where the sum
// of a task, or of all of them, opens.
func (b *bank) addUp(path func(task string) string, all string) {
	b.Sums, b.Sum = nil, cell{Path: path(all)}
	for i, c := range b.Columns {
		sum := cell{No: c.No, Path: path(strconv.Itoa(c.No))}
		for _, r := range b.Rows {
			if i < len(r.Cells) {
				sum.Tally = sum.Tally.Plus(r.Cells[i].Tally)
			}
		}
		b.Sums = append(b.Sums, sum)
		b.Sum.Tally = b.Sum.Tally.Plus(sum.Tally)
	}
}

// banksOf parts the rows by kind, in the order of protocol.
func banksOf(b overview.Board, l links, today viet.Date) []bank {
	var banks []bank
	for _, k := range unit.Kinds {
		one := bank{ID: planKinds[k], Title: kindWords[k]}
		for _, t := range b.Tasks {
			one.Columns = append(one.Columns, columnOf(t))
		}
		for _, r := range b.Rows {
			if r.Kind == k {
				one.Rows = append(one.Rows, rowOf(b, r, l, today))
			}
		}
		if len(one.Rows) > 0 {
			one.addUp(func(task string) string { return l.activities(kindParam, planKinds[k], taskParam, task) }, allTasks(b))
			banks = append(banks, one)
		}
	}
	return banks
}

func rowOf(b overview.Board, r overview.Row, l links, today viet.Date) row {
	out := row{front: front{ID: r.ID, Slug: r.Unit, Short: r.Short, Full: unitName(r.Name), Path: paths.Plan(b.Year, r.Unit), Amending: r.Amending,
		State: looks[r.State], Updated: r.LastOn, Old: r.Silent}}
	out.Sum = cell{Tally: r.Sum, Path: l.activities(unitParam, r.Unit, taskParam, allTasks(b))}
	if !r.InForce {
		out.Missing = missing(r)
		late := r.DueBefore != nil && today.After(viet.LastDayBefore(*r.DueBefore))
		out.Owing = r.State == overview.Returned || r.State == overview.NotBegun && late
		return out
	}
	out.Cells = make([]cell, 0, len(r.Cells))
	for i, c := range r.Cells {
		made := cell{No: b.Tasks[i].No, Tally: c.Tally}
		if c.Tally.Total() == 0 {
			made.Path = paths.PlanTask(b.Year, r.Unit, made.No)
			made.Out, made.Why = outOf(c)
		} else {
			made.Path = l.activities(unitParam, r.Unit, taskParam, strconv.Itoa(made.No))
		}
		out.Cells = append(out.Cells, made)
	}
	return out
}

// outOf says why a cell has nothing to count.
func outOf(c overview.Cell) (short, why string) {
	switch {
	case c.Out == plan.ScopeNone:
		return "KTPV", "Không thuộc phạm vi"
	case c.Out == plan.ScopeNil:
		return "KPS", "Không phát sinh"
	case c.Cancelled > 0:
		return "–", "Các hoạt động đã dừng"
	}
	return "–", "Không có hoạt động"
}

// missing says where the plan stands that is not in force.
func missing(r overview.Row) string {
	switch r.State {
	case overview.NotBegun:
		return "Chưa soạn kế hoạch"
	case overview.Draft:
		return "Kế hoạch còn là bản nháp"
	case overview.Awaiting:
		return "Kế hoạch chờ lãnh đạo duyệt"
	case overview.Sent:
		return "Kế hoạch đã gửi, chờ tiếp nhận"
	}
	if r.StateAt == nil {
		return "Kế hoạch bị trả lại, chưa gửi lại"
	}
	return "Kế hoạch bị trả lại từ " + viet.DateOf(*r.StateAt).Short() + ", chưa gửi lại"
}
