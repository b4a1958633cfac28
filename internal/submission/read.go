package submission

import (
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
)

// Reading is what one person gets to read of a submission, as far as [See] allows.
type Reading struct {
	Case    Case
	Sight   Sight
	Working bool     // the working copy
	Version *Version // else this one; nil: nothing
}

// Shown is the head of the version read, nil where none is.
func (r Reading) Shown() *Head {
	if r.Version == nil {
		return nil
	}
	return &r.Version.Head
}

// Read finds what act reads of ref: the working copy, else the version in force,
// else the newest one sent and not recalled. What act may not see at all is
// [fault.NotFound].
func (d *Desk) Read(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Reading, error) {
	c, err := d.Case(ctx, act, now, ref)
	if err != nil {
		return Reading{}, err
	}
	r := Reading{Case: c, Sight: See(act, c)}
	shown := (*Head)(nil)
	switch {
	case r.Sight.Working:
		r.Working = true
	case r.Sight.InForce && c.InForce != nil:
		shown = c.InForce
	case r.Sight.Sent && c.Last != nil && c.Last.Outcome != WasRecalled:
		shown = c.Last
	}
	if shown == nil {
		return r, nil
	}
	v, err := VersionByNo(ctx, d.db, c.ID, shown.No)
	r.Version = &v
	return r, err
}

// ReadVersion returns sending no of ref; what act may not see is [fault.NotFound].
func (d *Desk) ReadVersion(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (Reading, error) {
	c, err := d.Case(ctx, act, now, ref)
	if err != nil {
		return Reading{}, err
	}
	r := Reading{Case: c, Sight: See(act, c)}
	v, err := VersionByNo(ctx, d.db, c.ID, no)
	if err != nil {
		return Reading{}, err
	}
	if !r.Sight.Opens(v.Outcome) {
		return Reading{}, fault.NotFound
	}
	r.Version = &v
	return r, nil
}

// Former returns the former contents of the working copy, of all parts or of
// those under prefix, newest first. They are the unit's own: [fault.NotFound] for
// everybody else.
func (d *Desk) Former(ctx context.Context, act actor.Actor, now time.Time, ref Ref, prefix string) (Case, []Former, error) {
	c, err := d.Case(ctx, act, now, ref)
	if err == nil && !See(act, c).Working {
		err = fault.NotFound
	}
	if err != nil {
		return c, nil, err
	}
	former, err := PartHistory(ctx, d.db, c.ID, prefix)
	return c, former, err
}

// OpenNotes returns the remarks sent to the unit that still want something.
// Whoever calls has asked [See].
func (d *Desk) OpenNotes(ctx context.Context, c Case) ([]Note, error) {
	notes, err := d.Notes(ctx, c)
	return slices.DeleteFunc(notes, func(n Note) bool { return !n.Open() }), err
}

// NotesOn returns the remarks on sending no that went to the unit, settled ones too.
func (d *Desk) NotesOn(ctx context.Context, c Case, no int) ([]Note, error) {
	notes, err := d.Notes(ctx, c)
	return slices.DeleteFunc(notes, func(n Note) bool { return n.VersionNo != no }), err
}
