package consolidation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Ground returns what a consolidation stands on as it is now, for who may see its
// working copy: seven statements however many units there are.
func (s *Service) Ground(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Ground, error) {
	c, err := s.seen(ctx, act, now, ref)
	if err != nil {
		return Ground{}, wrap(err, "read the ground of", ref)
	}
	g, err := gather(ctx, s.db, now, c)
	return g, wrap(err, "read the ground of", ref)
}

// gather reads the ground of c in six statements. Somebody may accept a report
// between two of them; then it reads again.
func gather(ctx context.Context, db database.DB, now time.Time, c Case) (Ground, error) {
	const attempts = 5
	for range attempts {
		g, err := gatherOnce(ctx, db, now, c)
		if err != nil || g.agrees() {
			return g, err
		}
	}
	return Ground{}, fault.Conflict
}

// agrees reports whether the versions that were counted are those that are quoted.
func (g Ground) agrees() bool {
	counted := 0
	for _, s := range g.Status {
		if s.Version == 0 {
			continue
		}
		counted++
		if v, found := g.Version(s.Slug); !found || v.No != s.Version {
			return false
		}
	}
	return counted == len(g.Versions)
}

// gatherOnce reads the ground. Who looks makes no difference: the roll-up is read as
// the consolidating unit reads it.
func gatherOnce(ctx context.Context, db database.DB, now time.Time, c Case) (Ground, error) {
	unit := actor.Actor{Memberships: []actor.Membership{{Unit: c.Unit, Role: actor.Consolidator}}}
	period, figures, err := overview.PeriodAndFigures(ctx, db, unit, now, c.Year, c.Period, c.UnitSlug)
	if err != nil {
		return Ground{}, err
	}
	facts, err := factsOf(ctx, db, c)
	if err != nil {
		return Ground{}, err
	}
	sent, err := sentOf(ctx, db, c)
	if err != nil {
		return Ground{}, err
	}
	g := Ground{
		Year: c.Year, Directive: facts.Directive, Unit: facts.Unit, Superior: facts.Superior, Root: facts.Root,
		Period: PeriodFacts{Slug: c.Period, Name: c.PeriodName, OpensOn: c.OpensOn,
			From: period.Period.DataFrom, To: period.Period.DataTo, Cumulative: period.Period.Cumulative},
		Counts: Counts{Expected: period.Measures[overview.Expected], Received: period.Measures[overview.Received], OnTime: period.Measures[overview.ReceivedOnTime],
			Accepted: period.Measures[overview.InForce], AcceptedOnTime: period.Measures[overview.InForceOnTime]},
		Tasks: []Task{}, Status: []UnitStatus{}, Missing: []UnitRef{}, Versions: []UsedVersion{}, Lines: []Line{}, Narratives: []Narrative{},
		Overall: []Assessment{}, Next: []Said{}, Proposals: []Proposal{}, Exemplars: []Exemplar{},
	}
	for _, t := range period.Tasks {
		g.Tasks = append(g.Tasks, Task{No: t.No, Short: t.Short, Title: t.Title})
	}
	for _, r := range period.Rows {
		g.addUnit(r)
	}
	for _, l := range figures.Lines {
		g.Lines = append(g.Lines, g.lineOf(l, figures, period.Rows))
	}
	slices.SortFunc(g.Followers, func(a, b Follower) int { return g.place(a.Unit) - g.place(b.Unit) })
	for _, v := range sent {
		g.addSent(v)
	}
	slices.SortStableFunc(g.Narratives, func(a, b Narrative) int { return cmp.Compare(a.Task, b.Task) })
	return g, nil
}

func (g *Ground) addUnit(r overview.ReportRow) {
	ref := UnitRef{Slug: r.Unit, Name: r.Name, Short: unit.Called(r.Name), Label: r.Short, State: r.State}
	g.Status = append(g.Status, UnitStatus{UnitRef: ref, Kind: r.Kind, Expected: r.Expected,
		FirstSent: utc(r.FirstSent), DueBefore: utc(r.DueBefore), Version: r.No})
	if r.Expected && r.No == 0 {
		g.Missing = append(g.Missing, ref)
	}
}

// utc is a moment as it is written, whatever the place of the machine.
func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

func (g *Ground) lineOf(l overview.FigureLine, b overview.FigureBoard, rows []overview.ReportRow) Line {
	line := Line{Code: l.Code, Task: l.Task, Name: l.Name, Measure: l.Unit, Kind: l.Kind, Across: l.Units,
		Value: indicator.Text(l.Sum.Value), Text: l.SumWords(l.Sum.Value), Estimated: indicator.Text(l.Estimated),
		Numbers: l.Sum.Numbers, Of: l.Sum.Of(), Cells: []Cell{},
		Same: Compared{Then: indicator.Text(l.LastYear.Value), Now: indicator.Text(l.LastYear.Now), Text: l.SumWords(l.LastYear.Value),
			Words: changeWords(l.Indicator, l.LastYear), Units: l.LastYear.Units}}
	for _, r := range rows {
		u, found := b.UnitFigure(r.ID, l.Code)
		if !found {
			continue
		}
		g.follow(u)
		line.Cells = append(line.Cells, Cell{Unit: r.Unit, Asked: u.Asked, Mark: u.Figure.Mark, Own: indicator.Text(u.Figure.Own), Below: indicator.Text(u.Figure.Below),
			Value: indicator.Text(u.Value), Text: cellText(l.Indicator, u), Estimated: indicator.Text(u.Figure.Estimated), Same: indicator.Text(u.LastYear), Version: u.No})
	}
	return line
}

// place is that of a unit in the roster.
func (g Ground) place(unit string) int {
	return slices.IndexFunc(g.Status, func(s UnitStatus) bool { return s.Slug == unit })
}

// follow notes with whose figures of last year one of the unit is compared.
func (g *Ground) follow(u overview.UnitFigure) {
	if len(u.LastOf) == 0 {
		return
	}
	i := slices.IndexFunc(g.Followers, func(f Follower) bool { return f.Unit == u.Unit })
	if i < 0 {
		i = len(g.Followers)
		g.Followers = append(g.Followers, Follower{Unit: u.Unit, Short: unit.Called(u.Name)})
	}
	for _, name := range u.LastOf {
		if f := &g.Followers[i]; !slices.Contains(f.Since, unit.Called(name)) {
			f.Since = append(f.Since, unit.Called(name))
		}
	}
}

// cellText is what one unit comes to, else what it answered in words; "" is a gap.
func cellText(i indicator.Indicator, u overview.UnitFigure) string {
	switch {
	case u.Value == nil:
		return u.Figure.Mark.Brief()
	case u.Figure.Below != nil:
		return i.SumWords(u.Value)
	}
	return i.Words(u.Value)
}

// noSame stands where there is nothing to compare a figure with.
const noSame = "chưa có số liệu cùng kỳ"

// changeWords say how a figure changed since the same period of last year.
func changeWords(i indicator.Indicator, c overview.Compared) string {
	points := c.Points()
	switch {
	case points == nil:
		return noSame
	case points.Sign() == 0, !i.Typed(): // 0 and 0 have no rate
		return indicator.Moved(points, " điểm phần trăm")
	}
	percent, ok := c.Change()
	if !ok {
		return viet.NoRatio
	}
	return indicator.Moved(percent, "%")
}

// sending is a version in force with what was frozen in it.
type sending struct {
	Unit   string
	Name   string
	No     int
	SHA256 []byte `db:"sha256"`
	SentAt time.Time
	Frozen submission.Frozen
}

// sentOf returns the versions in force of the units below, in roster order.
func sentOf(ctx context.Context, db database.DB, c Case) ([]sending, error) {
	list, err := database.All[sending](ctx, db, `
		select u.slug as unit, v.name, y.no, y.sha256, y.sent_at, convert_from(y.content, 'utf8')::json as frozen
		from roster r
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		join submission x on x.period_id = @period and x.unit_id = r.unit_id
		join version y on y.id = x.in_force
		where r.campaign_id = @campaign and r.reports_to = @receiver
		order by r.position, r.unit_id`,
		database.Args{"period": c.PeriodID, "campaign": c.Campaign, "receiver": c.Unit})
	if err != nil {
		return nil, fmt.Errorf("versions in force: %w", err)
	}
	return list, nil
}

func (g *Ground) addSent(v sending) {
	short := unit.Called(v.Name)
	g.Versions = append(g.Versions, UsedVersion{Unit: v.Unit, Name: v.Name, Short: short, No: v.No, SHA256: hexOf(v.SHA256), SentAt: v.SentAt.UTC()})
	var proposals []Proposal
	var exemplars []Exemplar
	for _, p := range v.Frozen.Parts {
		x := p.Content
		prefix, rest, _ := strings.Cut(p.Key, "/")
		no, _ := strconv.Atoi(rest) // 0 where there is no number
		switch prefix {
		case "task":
			g.Narratives = append(g.Narratives, Narrative{Task: no, Unit: v.Unit, Short: short, Version: v.No, Status: report.Status(x["status"]),
				Result: x["result"], Shortcoming: x["shortcoming"], Cause: x["cause"]})
		case report.OverallKey:
			g.Overall = append(g.Overall, Assessment{Unit: v.Unit, Short: short, Version: v.No,
				Strengths: x["strengths"], Shortcomings: x["shortcomings"], Causes: x["causes"]})
		case report.NextKey:
			g.Next = append(g.Next, Said{Unit: v.Unit, Short: short, Version: v.No, Text: x["steps"]})
		case "proposal":
			proposals = append(proposals, Proposal{Unit: v.Unit, Short: short, Version: v.No, No: no, Body: x["body"], Receiver: x["receiver"]})
		case "exemplar":
			exemplars = append(exemplars, Exemplar{Unit: v.Unit, Short: short, Version: v.No, No: no, Name: x["name"], Holder: x["holder"], Result: x["result"],
				Field: exemplarWord("field", x["field"]), Level: exemplarWord("level", x["level"]), Rank: max(0, slices.Index(report.Levels, x["level"]))})
		}
	}
	slices.SortFunc(proposals, func(a, b Proposal) int { return a.No - b.No })
	slices.SortFunc(exemplars, func(a, b Exemplar) int { return a.No - b.No })
	g.Proposals, g.Exemplars = append(g.Proposals, proposals...), append(g.Exemplars, exemplars...)
}

// exemplarWord is a chosen value of an exemplar in words.
func exemplarWord(field, value string) string {
	kind, _ := report.Schema.Of("exemplar") // the schema is fixed
	f, _ := kind.Field(field)
	return f.Options[value]
}
