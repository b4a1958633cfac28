package report

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/indicator"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Working returns the working copy of c with what lies below it and the
// activities as they stand at the cut-off.
func (s *Service) Working(ctx context.Context, now time.Time, c submission.Case) (Content, error) {
	return working(ctx, s.db, now, c)
}

func working(ctx context.Context, db database.DB, now time.Time, c submission.Case) (Content, error) {
	g, err := groundOf(ctx, db, c)
	if err != nil {
		return Content{}, err
	}
	parts, err := submission.Parts(ctx, db, c.ID)
	if err != nil {
		return Content{}, err
	}
	asked, others, err := indicator.Parted(ctx, db, c.Campaign, c.Unit, unit.Kind(c.UnitKind))
	if err != nil {
		return Content{}, err
	}
	below, more := g.below(asked, others)
	activities, err := activitiesAt(ctx, db, now, c, g)
	if err != nil {
		return Content{}, err
	}
	m := material{ground: g, parts: parts, below: below, activities: activities}
	for _, i := range asked {
		m.rows = append(m.rows, Row{Indicator: i, Asked: true})
	}
	for _, i := range more {
		m.rows = append(m.rows, Row{Indicator: i})
	}
	content, err := m.arrange()
	if err != nil {
		return Content{}, err
	}
	content.left, content.Reporters = leftOver(parts, asked), g.Reporters
	content.offer(g)
	return content, nil
}

// leftOver returns the keys of figures that were typed and are asked for no more.
func leftOver(parts []submission.Part, asked []indicator.Indicator) map[string]bool {
	left := map[string]bool{}
	for _, p := range parts {
		code, ok := strings.CutPrefix(p.Key, "figure/")
		if ok && !slices.ContainsFunc(asked, func(i indicator.Indicator) bool { return i.Code == code && i.Typed() }) {
			left[p.Key] = true
		}
	}
	return left
}

// activitiesAt returns how the activities of the plan in force stood at the
// cut-off, or stand today while that lies ahead.
func activitiesAt(ctx context.Context, db database.DB, now time.Time, c submission.Case, g ground) ([]Activity, error) {
	if g.Plan == nil {
		return nil, nil
	}
	day := g.To
	if today := viet.DateOf(now); today.Before(day) {
		day = today
	}
	list, err := progress.At(ctx, db, c.Campaign, c.Unit, progress.Cutoff{DataTo: day, Before: now})
	if err != nil {
		return nil, err
	}
	all := make([]Activity, len(list))
	for i, x := range list {
		all[i] = Activity{Task: TaskOf(ActivityKey(x.Code)), Code: x.Code, Title: x.Title, Status: x.Status, AsOf: x.AsOf,
			Percent: x.Percent, Value: x.Value, Target: x.Target, Unit: x.Unit}
	}
	return all, nil
}

// FromVersion arranges a frozen version: figures, what lay below, activities, and the
// figures of the period and the year before, as they were sent. The texts of tasks, and
// a figure of the year before that nobody knew then, are as they are today.
func (s *Service) FromVersion(ctx context.Context, c submission.Case, f submission.Frozen) (Content, error) {
	g, err := groundOf(ctx, s.db, c)
	if err != nil {
		return Content{}, err
	}
	return s.arrange(ctx, c, f, g)
}

// AsSent is [Service.FromVersion] compared with nothing but what was frozen: what its
// paper is made of, today as on the day of sending.
func (s *Service) AsSent(ctx context.Context, c submission.Case, f submission.Frozen) (Content, error) {
	g, err := groundOf(ctx, s.db, c)
	if err != nil {
		return Content{}, err
	}
	g.YearAgo, g.Prior = nil, nil
	return s.arrange(ctx, c, f, g)
}

func (s *Service) arrange(ctx context.Context, c submission.Case, f submission.Frozen, g ground) (Content, error) {
	defined, err := indicator.All(ctx, s.db, c.Campaign)
	if err != nil {
		return Content{}, err
	}
	g.Previous = nil // what was frozen of it, and nothing where nothing was
	m := material{ground: g, below: map[string]*Below{}, last: map[string]*Compared{}, before: map[string]*Compared{}}
	for _, p := range f.Parts {
		m.parts = append(m.parts, submission.Part{Key: p.Key, Content: p.Content})
	}
	for _, p := range f.Computed {
		prefix, rest, _ := strings.Cut(p.Key, "/")
		switch prefix {
		case "below":
			m.below[rest] = belowFrom(p.Content)
		case "last":
			m.last[rest] = comparedFrom(p.Content, c)
		case "before":
			m.before[rest] = beforeFrom(p.Content, c)
		case "activity":
			m.activities = append(m.activities, activityFrom(rest, p.Content))
		}
	}
	slices.SortStableFunc(m.activities, compareActivities)
	since := g.since(m.below)
	for _, i := range defined {
		asked := f.Part(FigureKey(i.Code)) != nil || f.Part("ratio/"+i.Code) != nil
		if asked || m.below[i.Code] != nil {
			m.rows = append(m.rows, Row{Indicator: i.Indicator, Asked: asked})
		}
	}
	content, err := m.arrange()
	content.Since = since
	return content, err
}

func activityFrom(code string, c submission.Content) Activity {
	var asOf viet.Date
	_ = asOf.UnmarshalText([]byte(c["as_of"])) // written by computed; empty is no day
	return Activity{Task: TaskOf(ActivityKey(code)), Code: code, Title: c["title"], Status: progress.Status(c["status"]), AsOf: asOf,
		Percent: c["percent"], Value: c["value"], Target: c["target"], Unit: c["uom"]}
}

// compareActivities orders by the number behind the task's.
func compareActivities(a, b Activity) int {
	seq := func(x Activity) int {
		_, n, _ := strings.Cut(x.Code, ".")
		no, _ := strconv.Atoi(n) // codes are made by the plan
		return no
	}
	return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(seq(a), seq(b)))
}

// material is what a content is arranged from.
type material struct {
	ground     ground
	parts      []submission.Part
	rows       []Row // with their definitions alone, in order
	below      map[string]*Below
	last       map[string]*Compared // of a version: its figures a year before, as they were known
	before     map[string]*Compared // of a version: those of the period before
	activities []Activity
}

func (m material) arrange() (Content, error) {
	c := Content{Rows: map[string]Row{}, parts: m.parts, Reporters: m.ground.Reporters,
		Window: Window{From: m.ground.From, To: m.ground.To, Cumulative: m.ground.Cumulative}}
	var err error
	if c.checks, err = m.ground.parsedChecks(); err != nil {
		return Content{}, err
	}
	c.Overall, c.Next, c.RefPart = c.Part(OverallKey), c.Part(NextKey), c.Part(ReferenceKey)
	c.Reference = submission.ReferenceFrom(c.RefPart.Content)
	for _, p := range m.parts {
		c.place(p)
	}
	slices.SortFunc(c.Proposals, func(a, b Proposal) int { return a.No - b.No })
	slices.SortFunc(c.Exemplars, func(a, b Exemplar) int { return a.No - b.No })
	slices.SortFunc(c.Files, func(a, b File) int { return cmp.Compare(a.ID, b.ID) })
	for _, t := range m.ground.Tasks {
		s := Section{Task: t.No, Short: t.Short, Title: t.Title, Part: c.Part(TaskKey(t.No))}
		for _, a := range m.activities {
			if a.Task == t.No {
				s.Activities = append(s.Activities, a)
			}
		}
		for _, f := range c.Files {
			if f.Task() == t.No {
				s.Files = append(s.Files, f)
			}
		}
		c.Tasks = append(c.Tasks, s)
	}
	m.fill(&c)
	return c, nil
}

// place puts the numbered parts into their lists.
func (c *Content) place(p submission.Part) {
	prefix, rest, _ := strings.Cut(p.Key, "/")
	n, err := strconv.ParseInt(rest, 10, 64)
	if err != nil {
		return
	}
	switch x := p.Content; prefix {
	case "proposal":
		c.Proposals = append(c.Proposals, Proposal{No: int(n), Part: p, Body: x["body"], Receiver: x["receiver"]})
	case "exemplar":
		c.Exemplars = append(c.Exemplars, Exemplar{No: int(n), Part: p, Name: x["name"], Field: x["field"],
			Holder: x["holder"], Result: x["result"], Level: x["level"]})
	case "file":
		sha, _ := evidence.ParseSHA(x["sha"])          // written by Attach
		size, _ := strconv.ParseInt(x["size"], 10, 64) // likewise
		c.Files = append(c.Files, File{ID: n, Part: p, Name: x["name"], Size: size, SHA: sha, About: x["about"]})
	}
}

// fill works the rows out and puts them into their sections.
func (m material) fill(c *Content) {
	previous, yearAgo := compareWith(m.ground.Previous, nil), compareWith(m.ground.YearAgo, m.ground.Prior)
	slices.SortStableFunc(m.rows, func(a, b Row) int { return strings.Compare(a.Code, b.Code) })
	figures := map[string]indicator.Figure{}
	for i, r := range m.rows {
		r.Part, r.Below = c.Part(FigureKey(r.Code)), m.below[r.Code]
		r.Figure = FigureFrom(r.Part.Content)
		if r.Below != nil {
			r.Figure.Below = r.Below.Value
		}
		figures[r.Code] = r.Figure
		m.rows[i] = r
	}
	for _, r := range m.rows {
		r.Value = valueOf(r.Indicator, figures)
		r.Previous, r.LastYear = previous.of(r.Indicator), yearAgo.of(r.Indicator)
		if kept := m.last[r.Code]; kept != nil {
			r.LastYear = kept
		}
		if kept := m.before[r.Code]; kept != nil {
			r.Previous = kept
		}
		c.Rows[r.Code] = r
	}
	for i, s := range c.Tasks {
		for _, r := range m.rows {
			if r.Task == s.Task {
				c.Tasks[i].Rows = append(c.Tasks[i].Rows, c.Rows[r.Code])
			}
		}
	}
}

// FigureFrom reads a figure as it was typed; nothing lies below it yet.
func FigureFrom(c submission.Content) indicator.Figure {
	f := indicator.Figure{Own: indicator.ParseAmount(c["own"]), Mark: indicator.Mark(c["mark"]), Estimated: indicator.ParseAmount(c["estimated"])}
	if f.Own != nil {
		f.Mark = indicator.Number
	}
	return f
}

// valueOf is what an indicator comes to for one unit: what it counted itself and
// what lies below, or the percentage of two such values.
func valueOf(i indicator.Indicator, figures map[string]indicator.Figure) *big.Rat {
	if i.Typed() {
		return figures[i.Code].Total()
	}
	return indicator.Percent(figures[i.Numerator].Total(), figures[i.Denominator].Total())
}
