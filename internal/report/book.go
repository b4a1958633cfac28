package report

import (
	"context"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// book is what reports bring to the workflow.
type book struct{}

func (book) Kind() submission.Kind     { return submission.Report }
func (book) Schema() submission.Schema { return Schema }
func (book) Letters() string           { return "BC" }

func (book) Subject(c submission.Case) string { return Subject(c.PeriodName) }

// Subject is what the report for a period of that name is about, without "Báo cáo":
// that is the name of its type and stands above it (NĐ 30/2020, phụ lục I).
func Subject(period string) string {
	return "Kết quả thực hiện công tác dân vận chính quyền " + viet.LowerFirst(period)
}

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
	return submission.Weight{Gaps: Gaps(c), Doubts: Found(c), Reference: c.RefPart,
		Holds: c.holds(), Contents: c.contents(), Computed: c.computed(), Omitted: c.left}
}

func (c Content) holds() string {
	var answered, asked int
	for _, s := range c.Tasks {
		a, n := s.Answered()
		answered, asked = answered+a, asked+n
	}
	return fmt.Sprintf("%d/%d số liệu", answered, asked)
}

func (c Content) contents() []submission.Item {
	var items []submission.Item
	for _, s := range c.Tasks {
		answered, asked := s.Answered()
		holds := fmt.Sprintf("%d/%d số liệu", answered, asked)
		if word := s.Status().Word(); word != "" {
			holds += "; " + viet.LowerFirst(word)
		}
		items = append(items, submission.Item{Task: s.Task, Title: s.Short, Holds: holds})
	}
	return append(items,
		submission.Item{Task: -1, Title: "Kiến nghị, đề xuất", Holds: strconv.Itoa(len(c.Proposals)) + " kiến nghị"},
		submission.Item{Task: -1, Title: "Mô hình Dân vận khéo", Holds: strconv.Itoa(len(c.Exemplars)) + " mô hình"},
		submission.Item{Task: -1, Title: "Minh chứng", Holds: strconv.Itoa(len(c.Files)) + " tệp"})
}

// computed is what is frozen beside the parts: what lies below, ratios, what figures
// are compared with, and the activities at the cut-off.
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
			if r.LastYear != nil {
				put(lastPrefix+r.Code, r.LastYear.content())
			}
			if r.Previous != nil {
				put(beforePrefix+r.Code, r.Previous.before())
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
