package meeting

import (
	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/ui"
)

type column struct {
	No    int
	Short string
}

// bank is the units of one kind.
type bank struct {
	Title string
	Rows  []row
	Sums  []string
	Sum   string
}

type row struct {
	Name     string // short
	Full     string
	Amending bool
	Cells    []cell
	Missing  string // in place of the cells: where the plan stands
	State    ui.Kind
	Sum      string
	Updated  string
	Old      bool
	Report   string // where the report of the period stands
	Look     ui.Kind
}

type cell struct {
	No   int
	Kind ui.Kind
	Text string
	Word string
}

// share is "18/26", "–" without anything to count.
func share(t progress.Tally) string {
	if t.Total() == 0 {
		return viet.NoRatio
	}
	return viet.FormatInt(t.Finished()) + "/" + viet.FormatInt(t.Total())
}

func banks(p meeting.Pack) (all []bank, silent bool) {
	for _, k := range unit.Kinds {
		one := bank{Title: kindWords[k]}
		sums := make([]progress.Tally, len(p.Board.Tasks))
		var sum progress.Tally
		for _, r := range p.Board.Rows {
			if r.Kind != k {
				continue
			}
			made := rowOf(p, r)
			one.Rows = append(one.Rows, made)
			for i, c := range r.Cells {
				sums[i] = sums[i].Plus(c.Tally)
				silent = silent || c.Out == plan.ScopeNil
			}
			sum = sum.Plus(r.Sum)
		}
		if len(one.Rows) == 0 {
			continue
		}
		for _, t := range sums {
			one.Sums = append(one.Sums, share(t))
		}
		one.Sum = share(sum)
		all = append(all, one)
	}
	return all, silent
}

func rowOf(p meeting.Pack, r overview.Row) row {
	made := row{Name: r.Short, Full: unit.Called(r.Name), Amending: r.Amending, State: states[r.State], Sum: share(r.Sum), Old: r.Silent, Updated: "chưa ghi"}
	if !r.LastOn.IsZero() {
		made.Updated = r.LastOn.Short()
	}
	if filed, ok := p.Reports.Row(r.Unit); ok {
		made.Report, made.Look = filed.State.Word(), states[filed.State]
		if filed.No > 0 {
			made.Report, made.Look = overview.Accepted.Word(), ui.Accepted
		}
	}
	if !r.InForce {
		made.Missing, made.Updated, made.Old = "Kế hoạch: "+viet.LowerFirst(r.State.Word()), "", false
		return made
	}
	for i, c := range r.Cells {
		one := cell{No: p.Board.Tasks[i].No, Kind: ui.None, Text: share(c.Tally)}
		switch worst, ok := c.Worst(); {
		case ok:
			one.Kind, one.Word = statuses[worst], viet.LowerFirst(worst.Word())
		case c.Out == plan.ScopeNone:
			one.Text, one.Word = "KTPV", "không thuộc phạm vi"
		case c.Out == plan.ScopeNil:
			one.Text, one.Word = "KPS", "không phát sinh"
		}
		made.Cells = append(made.Cells, one)
	}
	return made
}
