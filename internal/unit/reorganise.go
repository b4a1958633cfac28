package unit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Successor is a unit that takes the place of others: a new identity under a new
// slug, or a present unit that goes on.
type Successor struct {
	Slug    string
	Version Version // what it is from that day on; zero leaves a present unit as it is
}

// Step is one change of a reorganisation. A unit named both in From and To goes
// on; the others in From end.
type Step struct {
	Kind  Change
	From  []string // slugs
	To    []Successor
	Basis string
}

// Merge ends units on a day and lets one follow them.
func Merge(ctx context.Context, db database.DB, act actor.Actor, now time.Time, on viet.Date, basis string, from []string, to Successor) error {
	return Reorganise(ctx, db, act, now, on, []Step{{Merged, from, []Successor{to}, basis}})
}

// Split ends a unit on a day and lets several follow it; one of them may be the
// unit itself, going on with less.
func Split(ctx context.Context, db database.DB, act actor.Actor, now time.Time, on viet.Date, basis, from string, to []Successor) error {
	return Reorganise(ctx, db, act, now, on, []Step{{SplitUp, []string{from}, to, basis}})
}

// Abolish ends units on a day; nothing follows them.
func Abolish(ctx context.Context, db database.DB, act actor.Actor, now time.Time, on viet.Date, basis string, slugs ...string) error {
	return Reorganise(ctx, db, act, now, on, []Step{{Abolished, slugs, nil, basis}})
}

// Reorganise carries out all steps of one day or none. Everything that ends is
// ended before anything begins, so successors may take over codes and names in
// any pattern; a successor may have one of an earlier step as its parent. What
// the units did and were before that day stays theirs. Units below one that ends
// keep their parent until they are given another.
func Reorganise(ctx context.Context, db database.DB, act actor.Actor, now time.Time, on viet.Date, steps []Step) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if err := checkSteps(on, steps); err != nil {
			return err
		}
		if err := lock(ctx, tx, slugsOf(steps)...); err != nil {
			return err
		}
		r := reorganisation{tx: tx, on: on, before: map[string]Unit{}, after: map[string]ID{}}
		for _, do := range []func(context.Context, Step) error{r.end, r.begin, r.link} {
			for _, s := range steps {
				if err := do(ctx, s); err != nil {
					return err
				}
			}
		}
		for _, e := range r.entries {
			e.Authority = as
			if err := audit.Record(ctx, tx, act, now, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reorganise units on %s: %w", on.ISO(), err)
	}
	return nil
}

func checkSteps(on viet.Date, steps []Step) error {
	bad := fault.Invalid{}
	if on.IsZero() {
		bad.Add("on", "Chọn ngày có hiệu lực")
	}
	if len(steps) == 0 {
		bad.Add("", "Chưa chọn thay đổi nào")
	}
	ended := map[string]bool{}
	for _, s := range steps {
		if viet.CleanLine(s.Basis) == "" {
			bad.Add("basis", "Ghi văn bản làm căn cứ")
		}
		if len(s.From) == 0 {
			bad.Add("from_units", "Chọn đơn vị được sắp xếp")
		}
		if !s.successorsFit() {
			bad.Add("to", "Số đơn vị kế thừa không khớp với hình thức "+s.Kind.Word())
		}
		for _, slug := range s.From {
			if ended[slug] {
				bad.Add("from_units", "Đơn vị "+slug+" được chọn hai lần")
			}
			ended[slug] = true
		}
	}
	return bad.OrNil()
}

func (s Step) successorsFit() bool {
	switch s.Kind {
	case Renamed:
		return len(s.From) == 1 && len(s.To) == 1 && s.From[0] != s.To[0].Slug
	case Merged:
		return len(s.To) == 1
	case SplitUp:
		return len(s.From) == 1 && len(s.To) >= 2
	case Abolished:
		return len(s.To) == 0
	}
	return false
}

func (s Step) goesOn(slug string) bool {
	return slices.ContainsFunc(s.To, func(t Successor) bool { return t.Slug == slug })
}

func slugsOf(steps []Step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, s.From...)
		for _, t := range s.To {
			out = append(out, t.Slug)
		}
	}
	return out
}

// reorganisation is the work in progress of one transaction.
type reorganisation struct {
	tx      pgx.Tx
	on      viet.Date
	before  map[string]Unit // units that were there on the day before, by slug
	after   map[string]ID   // those that are there on the day
	entries []audit.Entry
}

func (r *reorganisation) end(ctx context.Context, s Step) error {
	for _, slug := range s.From {
		u, err := r.present(ctx, slug)
		if err != nil {
			return err
		}
		if s.goesOn(slug) {
			continue
		}
		if err := closeVersion(ctx, r.tx, u, r.on); err != nil {
			return err
		}
		r.entries = append(r.entries, audit.Entry{
			Subject: subject(u.ID), Action: ended[s.Kind],
			Before: stamped{u.Version(), u.ValidFrom},
			After:  endNote{r.on, successorSlugs(s), viet.CleanLine(s.Basis)},
		})
	}
	for _, t := range s.To {
		u, err := r.present(ctx, t.Slug)
		if errors.Is(err, fault.NotFound) {
			continue // begins on the day
		}
		if err != nil {
			return err
		}
		r.after[t.Slug] = u.ID
		if t.Version == (Version{}) {
			continue
		}
		if err := closeVersion(ctx, r.tx, u, r.on); err != nil {
			return err
		}
	}
	return nil
}

// present returns a unit that was there before the day, and has no later change
// that the reorganisation would contradict.
func (r *reorganisation) present(ctx context.Context, slug string) (Unit, error) {
	if u, ok := r.before[slug]; ok {
		return u, nil
	}
	u, err := BySlug(ctx, r.tx, slug, r.on)
	if err != nil {
		return u, err
	}
	if u.ValidFrom == r.on || !u.ValidUntil.IsZero() {
		return u, fault.Invalid{"on": u.Name + " đã có thay đổi từ ngày " + r.on.String() + " trở đi; chọn ngày khác"}
	}
	r.before[slug] = u
	return u, nil
}

func (r *reorganisation) begin(ctx context.Context, s Step) error {
	for _, t := range s.To {
		id, present := r.after[t.Slug]
		if present && t.Version == (Version{}) {
			continue
		}
		if !present {
			var err error
			if id, err = addIdentity(ctx, r.tx, t.Slug); err != nil {
				return err
			}
			r.after[t.Slug] = id
		}
		v, err := addVersion(ctx, r.tx, id, r.on, viet.Date{}, t.Version)
		if err != nil {
			return err
		}
		e := audit.Entry{Subject: subject(id), Action: "created", After: stamped{v, r.on}}
		if present {
			e.Action, e.Before = "new_version", stamped{r.before[t.Slug].Version(), r.before[t.Slug].ValidFrom}
		}
		r.entries = append(r.entries, e)
	}
	return nil
}

func (r *reorganisation) link(ctx context.Context, s Step) error {
	for _, slug := range s.From {
		from := r.before[slug].ID
		to := []ID{0}
		if s.Kind != Abolished {
			to = nil
			for _, t := range s.To {
				if t.Slug != slug {
					to = append(to, r.after[t.Slug])
				}
			}
		}
		for _, id := range to {
			if err := database.Change(ctx, r.tx, `
				insert into unit_lineage (from_unit, to_unit, kind, on_date, basis)
				values (@from, nullif(@to::bigint, 0), @kind, @on, @basis)`,
				database.Args{"from": from, "to": id, "kind": s.Kind, "on": r.on, "basis": viet.CleanLine(s.Basis)}); err != nil {
				return err
			}
		}
	}
	return nil
}

var ended = map[Change]string{Renamed: "renamed", Merged: "merged", SplitUp: "split", Abolished: "abolished"}

// endNote tells in the audit what followed a unit.
type endNote struct {
	On         viet.Date `json:"on"`
	Successors []string  `json:"successors"`
	Basis      string    `json:"basis"`
}

func successorSlugs(s Step) []string {
	out := []string{}
	for _, t := range s.To {
		out = append(out, t.Slug)
	}
	return out
}
