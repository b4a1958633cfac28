package report

import (
	"slices"
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// below adds up, by code, the reports in force of the units that report to this
// one: each with its own figures and what lies below it, so that nothing counts
// twice. more are indicators in it that the unit itself is not asked for: left
// out, they would be lost to every level above.
func (g ground) below(asked, others []indicator.Indicator) (sums map[string]*Below, more []indicator.Indicator) {
	if len(g.Below) == 0 {
		return nil, nil
	}
	reported := make([]map[string]indicator.Figure, len(g.Below))
	for n := range g.Below {
		reported[n] = g.Below[n].figures()
	}
	sums = map[string]*Below{}
	for _, i := range asked {
		if sum := g.sumOf(i, reported); sum != nil {
			sums[i.Code] = sum
		}
	}
	for _, i := range others {
		if sum := g.sumOf(i, reported); sum != nil {
			sums[i.Code] = sum
			more = append(more, i)
		}
	}
	return sums, more
}

// sumOf is what the units below reported of one indicator, nil without a number.
func (g ground) sumOf(i indicator.Indicator, reported []map[string]indicator.Figure) *Below {
	if !i.Units.AddsUp() {
		return nil
	}
	b := Below{Expected: g.Reporters}
	var figures []indicator.Figure
	for n, s := range g.Below {
		f := reported[n][i.Code]
		if f.Total() == nil {
			continue
		}
		figures = append(figures, f)
		b.Sources = append(b.Sources, Source{s.Unit, s.No})
	}
	if b.Value = i.Across(figures, g.Reporters).Value; b.Value == nil {
		return nil
	}
	return &b
}

// since are the reports below, with a number in them, of which none is in frozen.
func (g ground) since(frozen map[string]*Below) []Since {
	var since []Since
	for n := range g.Below {
		s := &g.Below[n]
		numbers := false
		for _, f := range s.Figures {
			numbers = numbers || f.Own != "" || f.Below != ""
		}
		if numbers && !among(frozen, Source{s.Unit, s.No}) {
			since = append(since, Since{Unit: s.Unit, Called: s.Called, No: s.No})
		}
	}
	return since
}

func among(sums map[string]*Below, source Source) bool {
	for _, b := range sums {
		if slices.Contains(b.Sources, source) {
			return true
		}
	}
	return false
}

// content is how a sum is frozen.
func (b Below) content() submission.Content {
	lines := make([]string, len(b.Sources))
	for i, s := range b.Sources {
		lines[i] = s.Unit + "@" + strconv.Itoa(s.No)
	}
	return submission.Content{"value": indicator.Text(b.Value), "sources": strings.Join(lines, "\n")}
}

// belowFrom reads what [Below.content] wrote.
func belowFrom(c submission.Content) *Below {
	b := Below{Value: indicator.ParseAmount(c["value"])}
	for line := range strings.Lines(c["sources"]) {
		slug, no, _ := strings.Cut(strings.TrimSpace(line), "@")
		n, err := strconv.Atoi(no)
		if err == nil {
			b.Sources = append(b.Sources, Source{slug, n})
		}
	}
	return &b
}
