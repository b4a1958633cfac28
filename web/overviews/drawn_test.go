package overviews

import (
	"strconv"
	"strings"
	"testing"

	"danvan/web/ui"
)

func TestARowIsDrawnAgainWhenAnythingOfItChanges(t *testing.T) {
	t.Parallel()
	b := bank{Columns: sampleTasks, Report: "6 tháng"}
	drawn := func(d *Drawn, b bank, r row) string {
		var html strings.Builder
		if err := d.draw(b, r).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		return html.String()
	}
	base := sampleRow(3)
	changed := map[string]func(*bank, *row){
		"nothing":             func(*bank, *row) {},
		"the unit's name":     func(_ *bank, r *row) { r.Short = "Sở Khác" },
		"a task's activities": func(_ *bank, r *row) { r.Cells[1].Tally.Overdue++ },
		"where a cell opens":  func(_ *bank, r *row) { r.Cells[0].Path += "x" },
		"the sum":             func(_ *bank, r *row) { r.Sum.Tally.Done++ },
		"the last entry":      func(_ *bank, r *row) { r.Updated = r.Updated.AddDays(1) },
		"an amendment":        func(_ *bank, r *row) { r.Amending = !r.Amending },
		"the plan in force":   func(_ *bank, r *row) { r.Cells, r.Missing = nil, "Chưa soạn kế hoạch" },
		"the report": func(_ *bank, r *row) {
			r.Report = filed{Path: "/bao-cao", State: ui.Accepted, Word: "đã tiếp nhận"}
		},
		"the period": func(b *bank, _ *row) { b.Report = "năm" },
	}
	for what, change := range changed {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			d := &Drawn{}
			if got, want := drawn(d, b, base), drawn(nil, b, base); got != want {
				t.Fatalf("drawn first:\n%s\nwant:\n%s", got, want)
			}
			other, r := b, base
			r.Cells = append([]cell(nil), base.Cells...)
			change(&other, &r)
			got, want := drawn(d, other, r), drawn(nil, other, r)
			if got != want {
				t.Errorf("drawn again:\n%s\nwant:\n%s", got, want)
			}
			if same := want == drawn(nil, b, base); same != (what == "nothing") && what != "the period" {
				t.Errorf("the row looks alike: %t", same)
			}
		})
	}
}

func TestWhatIsDrawnIsBounded(t *testing.T) {
	t.Parallel()
	d := &Drawn{}
	for i := range mostDrawn + 50 {
		r := row{front: front{Sum: cell{Path: strconv.Itoa(i)}}}
		if err := d.draw(bank{}, r).Render(t.Context(), &strings.Builder{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(d.rows); n > mostDrawn {
		t.Errorf("%d rows are kept, at most %d", n, mostDrawn)
	}
}
