package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/demo/content"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// typedIn is when Sở Nội vụ entered the figures of 2021 for everybody, on the
// last working day before the first reports of the year.
var typedIn = time.Date(2022, time.May, 31, 14, 10, 0, 0, opening.Location())

// reporting is the report of a unit for a period.
type reporting struct {
	filing
	report   content.Report
	figures  []content.Figure
	formerly map[string]submission.Content // what it read before it was mended, by key of part
}

// fileReport puts a report of the unit together.
func (s *story) fileReport(r content.Report) {
	one := &reporting{report: r, formerly: map[string]submission.Content{},
		filing: filing{story: s, desk: s.reports.Desk, ref: report.Ref(content.Year, r.Period, r.Unit), receiver: receiverOf(r.Unit),
			answers: map[string]string{}, keyOf: partKey, revisions: map[string]int{}}}
	own := func(unit, period string) bool { return unit == r.Unit && period == r.Period }
	for _, x := range s.content.ReportRounds {
		if own(x.Unit, x.Period) {
			one.rounds = append(one.rounds, x)
		}
	}
	for _, m := range s.content.ReportRemarks {
		if own(m.Unit, m.Period) {
			one.remarks = append(one.remarks, m)
		}
	}
	for _, x := range s.content.Explanations {
		if own(x.Unit, x.Period) {
			one.answers[x.Code] = x.Text
		}
	}
	for _, x := range s.content.Formers {
		if !own(x.Unit, x.Period) {
			continue
		}
		if one.formerly[x.Part] == nil {
			one.formerly[x.Part] = submission.Content{}
		}
		one.formerly[x.Part][x.Field] = x.Value
	}
	for _, f := range s.content.Figures {
		if f.Unit == r.Unit {
			one.figures = append(one.figures, f)
		}
	}
	one.write()
	one.signed(r.Period)
}

// receiverOf is the unit that a unit reports to.
func receiverOf(unit string) string {
	for _, commune := range communes.Units {
		if unit == commune {
			return communes.District
		}
	}
	return lead
}

// write notes everything people do with the report.
func (s *reporting) write() {
	if s.report.PriorSource != "" {
		s.on(typedIn, s.lastYear)
	}
	if s.report.State == content.NotBegun {
		return
	}
	opens := s.opens[s.report.Period].Start().Add(shifts[0][0])
	begun := func(by time.Time) time.Time { return later(opens, by.Add(-writingTime)) }
	switch {
	case len(s.rounds) > 0:
		s.sending(begun(s.rounds[0].SentAt), s.firstWriting(), s.rounds[0], s.report.Document)
	case s.report.State == content.Awaiting:
		s.handing(begun(s.report.HandedAt), s.firstWriting(), s.report.HandedAt, s.clerk.Name)
	default:
		until := lastLook
		if s.report.Period == content.HalfYear { // never finished
			until = opens.Add(2 * writingTime)
		}
		s.spread(begun(until), until, s.firstWriting())
	}
	for i, r := range s.rounds {
		if i > 0 {
			s.sending(s.rounds[i-1].DecidedAt, s.mending(r.No-1), r, s.report.Document)
		}
	}
	switch last := len(s.rounds); s.report.State {
	case content.Returned:
		s.spread(s.rounds[last-1].DecidedAt, Start, s.mending(last))
	case content.Amending:
		s.on(s.report.AmendedAt, s.amend(s.clerk.Name))
		s.spread(s.report.AmendedAt, Start, s.mending(last))
	}
}

// lastYear enters the figures of 2021 as Sở Nội vụ found them in the papers of
// that year.
func (s *reporting) lastYear(ctx context.Context, now time.Time) error {
	consolidator, err := s.people.withUsername("snv.tonghop")
	if err != nil {
		return err
	}
	leader, err := s.people.withUsername(s.unit + ".lanhdao")
	if err != nil {
		return err
	}
	edits := map[string]report.PriorEdit{}
	for _, f := range s.figures {
		if _, _, before := f.In(s.report.Period); before != "" {
			edits[f.Code] = report.PriorEdit{Value: before, Source: s.report.PriorSource}
		}
	}
	return database.InTx(ctx, s.db, func(tx pgx.Tx) error {
		return report.PutPrior(ctx, tx, consolidator.at(now), now, leader.UnitID, s.unit, content.Year-1, s.report.Period, edits)
	})
}

// partKey finds a part in a version; "" is the whole.
func partKey(v submission.Version, key string) (string, error) {
	if key == "" || v.Frozen.Part(key) != nil {
		return key, nil
	}
	return "", fmt.Errorf("%s in version %d: %w", key, v.No, fault.NotFound)
}

// codeOf is the indicator of a figure's part.
func codeOf(key string) (code string, ok bool) { return strings.CutPrefix(key, "figure/") }
