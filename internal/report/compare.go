package report

import (
	"danvan/internal/indicator"
)

// comparison is another period's figures.
type comparison struct {
	sent    *sent // nil: no report in force
	figures map[string]indicator.Figure
	prior   []prior // counts where the report in force has no figure
}

// of returns what stands beside a figure, nil where nothing is known.
func (x comparison) of(i indicator.Indicator) *Compared {
	needed := []string{i.Code}
	if !i.Typed() {
		needed = []string{i.Numerator, i.Denominator}
	}
	if x.has(needed) {
		return &Compared{Value: valueOf(i, x.figures), Figure: x.figures[i.Code],
			Year: x.sent.Year, Period: x.sent.Period, Name: x.sent.Name, No: x.sent.No}
	}
	figures, source, ok := x.typedIn(needed)
	if !ok {
		return nil
	}
	return &Compared{Value: valueOf(i, figures), Figure: figures[i.Code], Source: source}
}

func (x comparison) has(codes []string) bool {
	for _, code := range codes {
		if _, ok := x.figures[code]; !ok {
			return false
		}
	}
	return x.sent != nil
}

func (x comparison) typedIn(codes []string) (figures map[string]indicator.Figure, source string, ok bool) {
	figures = map[string]indicator.Figure{}
	for _, code := range codes {
		for _, p := range x.prior {
			if p.Code == code {
				figures[code], source = indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount(p.Value)}, p.Source
			}
		}
	}
	return figures, source, len(figures) == len(codes)
}
