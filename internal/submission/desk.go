package submission

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/workingcopy"
)

// Desk carries out the workflow for one kind of submission: the same steps for
// plans and reports, each with what only its kind can work out. A method that
// writes is one transaction and asks the policy inside it. A submission of
// another kind does not exist for it.
type Desk struct {
	db   database.DB
	book Book
}

// NewDesk returns the desk of the kind that book describes.
func NewDesk(db database.DB, book Book) *Desk { return &Desk{db: db, book: book} }

// Book is what one kind of submission brings to the workflow.
type Book interface {
	Kind() Kind
	Schema() Schema
	// Letters stand before the unit's own in the symbol of a document: KH, BC.
	Letters() string
	// Subject is what the document of c is about (trích yếu), as long as nobody
	// says otherwise.
	Subject(c Case) string
	// Weigh says what the working copy of c comes to at now.
	Weigh(ctx context.Context, db database.DB, now time.Time, c Case) (Weight, error)
	// Froze is called in the transaction that froze the newest version of c.
	Froze(ctx context.Context, tx pgx.Tx, c *Case) error
	// Printed lists what the paper of a version says besides its reference: what a
	// signed paper is compared with.
	Printed(ctx context.Context, db database.DB, c Case, f Frozen) ([]collate.Passage, error)
}

// Weight is what the workflow must know of the content of a working copy.
type Weight struct {
	Gaps      []Gap
	Doubts    []Doubt
	Reference Part   // the document reference as it is saved
	Holds     string // all of it, in words
	Contents  []Item // what whoever signs sends, in reading order
	// What is frozen besides the parts, and which of them are not: see [Signing].
	People   map[string]map[string]string
	Computed []FrozenPart
	Omitted  map[string]bool
}

// Item is one task or section of a submission and how much it holds.
type Item struct {
	Task  int // -1: it belongs to no task
	Title string
	Holds string
}

// Weigh fills in the facts of c that depend on the content.
func (c *Case) Weigh(w Weight) {
	c.Gaps = len(w.Gaps)
	c.NoReference = !ReferenceFrom(w.Reference.Content).Complete()
}

// Kind is what is filed at the desk.
func (d *Desk) Kind() Kind { return d.book.Kind() }

// Letters stand before the unit's own in the symbol of a document: KH, BC.
func (d *Desk) Letters() string { return d.book.Letters() }

// Suggested is what a document reference of c most likely says, as the unit's paper
// has it: for the form on which nobody has written these fields yet.
func (d *Desk) Suggested(c Case) Content {
	suggested := Content{"subject": d.book.Subject(c)}
	if c.Symbol != "" {
		suggested["symbol"] = d.book.Letters() + "-" + c.Symbol
	}
	return suggested
}

// Schema lists what a submission of the kind is made of.
func (d *Desk) Schema() Schema { return d.book.Schema() }

// Case returns the case of ref. What act may not see is [fault.NotFound].
func (d *Desk) Case(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, error) {
	c, err := Load(ctx, d.db, now, ref)
	if err == nil && (c.Kind != d.book.Kind() || !See(act, c).State) {
		err = fault.NotFound
	}
	return c, d.wrap(err, "load", ref)
}

// Weigh fills in the facts of c that depend on its content and returns what the
// content comes to, with the answers already given to doubts. Whoever calls has
// asked [See]: the working copy is the unit's own.
func (d *Desk) Weigh(ctx context.Context, now time.Time, c *Case) (Weight, error) {
	w, err := d.book.Weigh(ctx, d.db, now, *c)
	if err != nil {
		return w, d.wrap(err, "weigh", c.Ref())
	}
	c.Weigh(w)
	w.Doubts, err = Doubts(ctx, d.db, c.ID, w.Doubts)
	return w, d.wrap(err, "weigh", c.Ref())
}

// Change is [Change] for submissions of the desk's kind.
func (d *Desk) Change(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, doing string, fn func(tx pgx.Tx, c *Case) (result string, err error)) (result string, err error) {
	result, err = Change(ctx, d.db, act, now, once, ref, func(tx pgx.Tx, c *Case) (string, error) {
		if c.Kind != d.book.Kind() {
			return "", fault.NotFound
		}
		return fn(tx, c)
	})
	return result, d.wrap(err, doing, ref)
}

// Notes returns the remarks sent to the unit.
func (d *Desk) Notes(ctx context.Context, c Case) ([]Note, error) {
	return Notes(ctx, d.db, c, false)
}

// Part returns one part of the working copy of c; [fault.NotFound] when it is gone.
func (d *Desk) Part(ctx context.Context, c Case, key string) (Part, error) {
	p, err := PartByKey(ctx, d.db, c.ID, key)
	if err == nil && p.Revision == 0 {
		err = fault.NotFound
	}
	return p, err
}

func (d *Desk) wrap(err error, doing string, ref Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s %s/%d/%s: %w", doing, d.book.Kind(), ref.Unit, ref.Year, ref.Period, err)
}

// May asks the policy for an action, whatever else there is to know.
func May(act actor.Actor, action Action, now time.Time) func(pgx.Tx, *Case) error {
	return func(_ pgx.Tx, c *Case) error { return Decide(act, action, *c, now).Err() }
}

// SavePart stores the valid fields of a part, once may allows it, and says what is
// wrong with the rest.
func (d *Desk) SavePart(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, key string, may func(tx pgx.Tx, c *Case) error, t Typed) (Result, error) {
	r := Result{Code: key}
	_, err := d.Change(ctx, act, now, once, ref, "save "+key+" of", func(tx pgx.Tx, c *Case) (string, error) {
		err := may(tx, c)
		if err != nil {
			return "", err
		}
		r.Saved, r.Faults, err = workingcopy.SaveTyped(ctx, tx, act, now, c, d.book.Schema(), key, t)
		return r.Done(), err
	})
	return r, err
}

// SaveReference stores the document reference, also while the leader reads.
func (d *Desk) SaveReference(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, t Typed) (Result, error) {
	return d.SavePart(ctx, act, now, once, ref, ReferenceKey, May(act, EditReference, now), t)
}
