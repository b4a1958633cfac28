package report

import (
	"slices"
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Witness is what one unit had in another period: what it reported, or what was
// typed in for it afterwards where its report in force has no figure.
type Witness struct {
	Unit    string // slug
	Called  string
	Own     bool                        // it is the unit itself, not one that it follows
	Figures map[string]indicator.Figure // by code, of its report in force
	Typed   map[string]indicator.Figure // typed in afterwards
}

// Standing returns those of a unit and the units it follows whose figures with codes
// stand for its own: what the unit had typed in for itself is taken as it is, else
// everybody counts of whom they are known.
func Standing(codes []string, all []Witness) []Witness {
	var known []Witness
	for _, w := range all {
		switch {
		case in(w.Figures, codes):
		case in(w.Typed, codes):
			if w.Own {
				return []Witness{w}
			}
		default:
			continue
		}
		known = append(known, w)
	}
	return known
}

func in(figures map[string]indicator.Figure, codes []string) bool {
	for _, code := range codes {
		if _, ok := figures[code]; !ok {
			return false
		}
	}
	return true
}

// Figure is what was reported, else what was typed in.
func (w Witness) Figure(code string) indicator.Figure {
	if f, ok := w.Figures[code]; ok {
		return f
	}
	return w.Typed[code]
}

// comparison is another period's figures: the unit's own, or those of the units it
// follows since, one beside the other.
type comparison []witness

// witness is a [Witness] with where its figures stand.
type witness struct {
	Witness
	sent    *sent             // nil: no report in force
	sources map[string]string // of what was typed in, by code
}

// compareWith puts reports and figures typed in together by unit.
func compareWith(reports []sent, typed []prior) comparison {
	var x comparison
	at := func(unit, called string, own bool) *witness {
		i := slices.IndexFunc(x, func(w witness) bool { return w.Unit == unit })
		if i < 0 {
			i = len(x)
			x = append(x, witness{Witness: Witness{Unit: unit, Called: called, Own: own, Typed: map[string]indicator.Figure{}}, sources: map[string]string{}})
		}
		return &x[i]
	}
	for i := range reports {
		s := &reports[i]
		w := at(s.Unit, s.Called, s.Own)
		w.sent, w.Figures = s, s.figures()
	}
	for _, p := range typed {
		w := at(p.Unit, p.Called, p.Own)
		w.Typed[p.Code], w.sources[p.Code] = indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount(p.Value)}, p.Source
	}
	return x
}

// of returns what stands beside a figure, nil where nothing is known: what the unit
// itself had, or the sum by the rule of the indicator of those [Standing] for it.
func (x comparison) of(i indicator.Indicator) *Compared {
	all := make([]Witness, len(x))
	for n, w := range x {
		all[n] = w.Witness
	}
	var known comparison
	for _, w := range Standing(i.Parts(), all) {
		known = append(known, x[slices.IndexFunc(x, func(one witness) bool { return one.Unit == w.Unit })])
	}
	switch {
	case len(known) == 0:
		return nil
	case len(known) == 1 && known[0].Own:
		return known[0].alone(i)
	}
	return known.sum(i)
}

// alone is what the unit itself had.
func (w witness) alone(i indicator.Indicator) *Compared {
	needed := i.Parts()
	if in(w.Figures, needed) {
		return &Compared{Value: valueOf(i, w.Figures), Figure: w.Figures[i.Code],
			Year: w.sent.Year, Period: w.sent.Period, Name: w.sent.Name, No: w.sent.No}
	}
	return &Compared{Value: valueOf(i, w.Typed), Figure: w.Typed[i.Code], Source: w.sources[needed[len(needed)-1]]}
}

// sum is what several units come to together.
func (x comparison) sum(i indicator.Indicator) *Compared {
	c := &Compared{}
	for _, w := range x {
		c.Of = append(c.Of, w.Called)
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
		list[n] = w.Figure(code)
	}
	return list
}

// Followed names the units whose figures stand together beside those of c, because
// its unit follows them since; none where every comparison is with itself.
func (c Content) Followed() []string {
	return c.followed(func(r Row) []*Compared { return []*Compared{r.Previous, r.LastYear} })
}

// FollowedLastYear is [Content.Followed] of the year before alone.
func (c Content) FollowedLastYear() []string {
	return c.followed(func(r Row) []*Compared { return []*Compared{r.LastYear} })
}

func (c Content) followed(compared func(Row) []*Compared) []string {
	var names []string
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			for _, x := range compared(r) {
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

// FollowedNote is the footnote about a unit that is compared with what others had.
func FollowedNote(unit string, names []string) string {
	return "Số so sánh của " + unit + ": " + viet.LowerFirst(Following(names)) + " (trước khi sắp xếp đơn vị)."
}

// Keys of what a figure was compared with begin with these; the code follows.
const (
	lastPrefix   = "last/"   // the same period a year before
	beforePrefix = "before/" // the period before
)

// content is how a figure of another period is frozen.
func (c Compared) content() submission.Content {
	content := submission.Content{"value": indicator.Text(c.Value), "mark": string(c.Figure.Mark), "source": c.Source, "of": strings.Join(c.Of, "\n")}
	if c.No > 0 {
		content["no"], content["name"] = strconv.Itoa(c.No), c.Name
	}
	return content
}

// before is [Compared.content] of the period before: the figures of this one are held
// against what the unit itself answered then.
func (c Compared) before() submission.Content {
	return c.content().With(submission.Content{"own": indicator.Text(c.Figure.Own), "name": c.Name, "period": c.Period})
}

// comparedFrom reads what [Compared.content] wrote of a report of the year.
func comparedFrom(content submission.Content, c submission.Case) *Compared {
	x := &Compared{Value: indicator.ParseAmount(content["value"]), Figure: indicator.Figure{Mark: indicator.Mark(content["mark"])}, Source: content["source"]}
	if of := content["of"]; of != "" {
		x.Of = strings.Split(of, "\n")
	}
	if no, err := strconv.Atoi(content["no"]); err == nil {
		x.No, x.Year, x.Period, x.Name = no, c.Year-1, c.Period, content["name"]
	}
	return x
}

// beforeFrom reads what [Compared.before] wrote.
func beforeFrom(content submission.Content, c submission.Case) *Compared {
	x := comparedFrom(content, c)
	x.Year, x.Period, x.Name = c.Year, content["period"], content["name"]
	x.Figure.Own = indicator.ParseAmount(content["own"])
	return x
}
