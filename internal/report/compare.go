package report

import (
	"slices"
	"strings"

	"danvan/internal/indicator"
)

// comparison is another period's figures: the unit's own, or those of the units it
// follows since, one beside the other.
type comparison []witness

// witness is what one unit reported, or what was typed in for it afterwards where
// its report in force has no figure.
type witness struct {
	unit, called string
	own          bool
	sent         *sent // nil: no report in force
	figures      map[string]indicator.Figure
	typed        map[string]prior
}

// compareWith puts reports and figures typed in together by unit.
func compareWith(reports []sent, typed []prior) comparison {
	var x comparison
	at := func(unit, called string, own bool) *witness {
		i := slices.IndexFunc(x, func(w witness) bool { return w.unit == unit })
		if i < 0 {
			i = len(x)
			x = append(x, witness{unit: unit, called: called, own: own, typed: map[string]prior{}})
		}
		return &x[i]
	}
	for i := range reports {
		s := &reports[i]
		w := at(s.Unit, s.Called, s.Own)
		w.sent, w.figures = s, s.figures()
	}
	for _, p := range typed {
		at(p.Unit, p.Called, p.Own).typed[p.Code] = p
	}
	return x
}

// of returns what stands beside a figure, nil where nothing is known. What the unit
// had typed in for itself is taken as it is; else the unit and those it follows
// are added up by the rule of the indicator.
func (x comparison) of(i indicator.Indicator) *Compared {
	needed := []string{i.Code}
	if !i.Typed() {
		needed = []string{i.Numerator, i.Denominator}
	}
	var known comparison
	for _, w := range x {
		switch {
		case w.has(needed):
		case w.typedIn(needed):
			if w.own {
				return w.alone(i)
			}
		default:
			continue
		}
		known = append(known, w)
	}
	switch {
	case len(known) == 0:
		return nil
	case len(known) == 1 && known[0].own:
		return known[0].alone(i)
	}
	return known.sum(i)
}

// alone is what the unit itself had.
func (w witness) alone(i indicator.Indicator) *Compared {
	needed := []string{i.Code}
	if !i.Typed() {
		needed = []string{i.Numerator, i.Denominator}
	}
	if w.has(needed) {
		return &Compared{Value: valueOf(i, w.figures), Figure: w.figures[i.Code],
			Year: w.sent.Year, Period: w.sent.Period, Name: w.sent.Name, No: w.sent.No}
	}
	figures := map[string]indicator.Figure{}
	for _, code := range needed {
		figures[code] = w.typed[code].figure()
	}
	return &Compared{Value: valueOf(i, figures), Figure: figures[i.Code], Source: w.typed[needed[len(needed)-1]].Source}
}

// sum is what several units come to together.
func (x comparison) sum(i indicator.Indicator) *Compared {
	c := &Compared{}
	for _, w := range x {
		c.Of = append(c.Of, w.called)
		if w.sent != nil {
			c.Year, c.Period, c.Name = w.sent.Year, w.sent.Period, w.sent.Name
		}
	}
	if !i.Typed() {
		c.Value = indicator.Ratio(x.figures(i.Numerator), x.figures(i.Denominator), len(x)).Value
		return c
	}
	figures := x.figures(i.Code)
	c.Value = i.Across(figures, len(x)).Value
	for _, f := range figures { // without a number at all, what the first of them said
		if c.Figure.Mark == indicator.Blank {
			c.Figure.Mark = f.Mark
		}
	}
	own := make([]indicator.Figure, len(figures))
	for n, f := range figures {
		own[n] = indicator.Figure{Mark: f.Mark, Own: f.Own}
	}
	if c.Figure.Own = i.Across(own, len(x)).Value; c.Figure.Own != nil {
		c.Figure.Mark = indicator.Number
	}
	return c
}

func (x comparison) figures(code string) []indicator.Figure {
	list := make([]indicator.Figure, len(x))
	for n, w := range x {
		list[n] = w.figure(code)
	}
	return list
}

// figure is what was reported, else what was typed in.
func (w witness) figure(code string) indicator.Figure {
	if f, ok := w.figures[code]; ok {
		return f
	}
	if p, ok := w.typed[code]; ok {
		return p.figure()
	}
	return indicator.Figure{}
}

func (p prior) figure() indicator.Figure {
	return indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount(p.Value)}
}

func (w witness) has(codes []string) bool {
	for _, code := range codes {
		if _, ok := w.figures[code]; !ok {
			return false
		}
	}
	return w.sent != nil
}

// typedIn reports whether each figure was typed in afterwards.
func (w witness) typedIn(codes []string) bool {
	for _, code := range codes {
		if _, ok := w.typed[code]; !ok {
			return false
		}
	}
	return true
}

// Followed names the units whose figures stand together beside those of c, because
// its unit follows them since; none where every comparison is with itself.
func (c Content) Followed() []string {
	var names []string
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			for _, x := range []*Compared{r.Previous, r.LastYear} {
				if x == nil {
					continue
				}
				for _, name := range x.Of {
					if !slices.Contains(names, name) {
						names = append(names, name)
					}
				}
			}
		}
	}
	return names
}

// Following says whose figures they are that stand for those of a unit.
func Following(names []string) string {
	if len(names) == 1 {
		return "Số liệu của " + names[0]
	}
	return "Cộng số liệu của " + strings.Join(names, ", ")
}
