package meeting

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	reportshow "danvan/web/show/reports"
)

// figures are those of one task.
type figures struct {
	No    int
	Title string
	Rows  []figure
}

type figure struct {
	Code, Name, Unit  string
	Sub               bool
	Now, Then, Change string
	From              string // "24/28 đơn vị"
}

func sections(p meeting.Pack) []figures {
	byTask := map[int][]figure{}
	for _, l := range p.Figures.Lines {
		byTask[l.Task] = append(byTask[l.Task], figureOf(l))
	}
	titles := map[int]string{0: "Phong trào thi đua “Dân vận khéo” và nội dung chung"}
	for _, t := range p.Board.Tasks {
		titles[t.No] = t.Short
	}
	var all []figures
	add := func(no int) {
		if len(byTask[no]) > 0 {
			all = append(all, figures{No: no, Title: cmp.Or(titles[no], "Nhiệm vụ "+strconv.Itoa(no)), Rows: byTask[no]})
		}
	}
	for _, no := range slices.Sorted(maps.Keys(byTask)) {
		if no > 0 {
			add(no)
		}
	}
	add(0)
	return all
}

func figureOf(l overview.FigureLine) figure {
	f := figure{Code: l.Code, Name: l.Name, Unit: l.Unit, Sub: l.Parent != "", Now: cmp.Or(l.SumWords(l.Sum.Value), viet.NoRatio), Then: cmp.Or(l.SumWords(l.LastYear.Value), viet.NoRatio),
		From: viet.FormatInt(l.Sum.Numbers) + "/" + viet.FormatInt(l.Sum.Of()) + " đơn vị", Change: change(l)}
	if l.Units == indicator.CountTrue {
		f.Unit = "đơn vị trả lời “có”"
	}
	if l.Sum.Value == nil {
		switch {
		case l.Units == indicator.NoneOfUnits:
			f.Now = "không cộng"
		case l.Sum.Numbers == 0 && l.Sum.Nils > 0:
			f.Now = "không phát sinh"
		}
	}
	return f
}

// change is by how much a figure moved, over the units that can be compared.
func change(l overview.FigureLine) string {
	if l.LastYear.Now == nil || l.LastYear.Value == nil {
		return "chưa có số liệu cùng kỳ"
	}
	i := l.Indicator
	if i.Kind == indicator.Flag {
		i.Kind = indicator.Count // how many say yes
	}
	d := reportshow.Compare(report.Row{Indicator: i, Value: l.LastYear.Now, LastYear: &report.Compared{Value: l.LastYear.Value}})
	words := strings.TrimSpace(d.By + " " + d.Rate)
	if d.Rate != "" && d.Rate != "điểm %" {
		words = d.By + " (" + d.Rate + ")"
	}
	if l.LastYear.Units != l.Sum.Numbers {
		words += ", so " + viet.FormatInt(l.LastYear.Units) + " đơn vị"
	}
	return words
}
