package report

import (
	"context"
	"math/big"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// book is what reports bring to the workflow.
type book struct{}

func (book) Kind() submission.Kind     { return submission.Report }
func (book) Schema() submission.Schema { return Schema }
func (book) Letters() string           { return "BC" }

func (book) Weigh(ctx context.Context, db database.DB, now time.Time, c submission.Case) (submission.Weight, error) {
	content, err := working(ctx, db, now, c)
	if err != nil {
		return submission.Weight{}, err
	}
	return content.Weight(), nil
}

// Froze has nothing to add: facts come with acceptance.
func (book) Froze(context.Context, pgx.Tx, *submission.Case) error { return nil }

// Weight is what the workflow must know of a working copy.
func (c Content) Weight() submission.Weight {
	return submission.Weight{Gaps: Gaps(c), Doubts: Found(c), Reference: c.RefPart, Computed: c.computed(), Omitted: c.left}
}

// computed is what is frozen beside the parts: what lies below, ratios, and the
// activities at the cut-off.
func (c Content) computed() []submission.FrozenPart {
	var parts []submission.FrozenPart
	put := func(key string, content submission.Content) {
		parts = append(parts, submission.FrozenPart{Key: key, Content: submission.Content{}.With(content)})
	}
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			if r.Below != nil {
				put("below/"+r.Code, r.Below.content())
			}
			if !r.Typed() {
				put("ratio/"+r.Code, submission.Content{"value": percent(r.Value)})
			}
		}
		for _, a := range s.Activities {
			asOf := ""
			if !a.AsOf.IsZero() {
				asOf = a.AsOf.ISO()
			}
			put(ActivityKey(a.Code), submission.Content{"title": a.Title, "status": string(a.Status), "as_of": asOf,
				"percent": a.Percent, "value": a.Value, "target": a.Target, "uom": a.Unit})
		}
	}
	return parts
}

// percent is a ratio as it is shown: one decimal, half up.
func percent(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return indicator.Text(indicator.ParseAmount(r.FloatString(1)))
}
