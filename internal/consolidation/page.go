package consolidation

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/workingcopy"
)

// Page is a consolidation with all that its own page tells. What the reader may not
// see is empty.
type Page struct {
	Case     Case
	Sight    Sight
	Ground   Ground // it stands on: as it is now while nothing is frozen, else as frozen
	Frozen   bool   // Ground and Contents are as frozen
	Contents map[string]Content
	Faults   []Fault  // of the text that is being written
	Changes  []Change // below, since it was frozen: see [Service.Changed]
	Issues   []IssueHead
	Events   []Event
}

// Page returns the page of ref, also of one that nobody has begun.
func (s *Service) Page(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Page, error) {
	p, err := s.page(ctx, act, now, ref)
	if p.Sight.Signed {
		p.Issues = p.Case.Issues
	}
	if err == nil && p.Case.Begun() {
		p.Events, err = s.events(ctx, act, p.Case)
	}
	return p, wrap(err, "show", ref)
}

// Standing is [Service.Page] without issues and events.
func (s *Service) Standing(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Page, error) {
	p, err := s.page(ctx, act, now, ref)
	return p, wrap(err, "show", ref)
}

// IssuePage is [Service.IssueByNo] with what below is not as it was issued, for the
// issue that holds.
func (s *Service) IssuePage(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (IssuedReport, []Change, error) {
	r, err := s.IssueByNo(ctx, act, now, ref, no)
	if err != nil || r.Head.SupersededBy > 0 || r.Case.State != Issued {
		return r, nil, err
	}
	g, err := gather(ctx, s.db, now, r.Case)
	return r, Differences(r.Frozen.Ground, g), wrap(err, "compare what was issued of", ref)
}

func (s *Service) page(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Page, error) {
	c, err := s.Case(ctx, act, now, ref)
	p := Page{Case: c, Sight: See(act, c)}
	if err != nil || !p.Sight.Working && !p.Sight.Signed {
		return p, err
	}
	if p.Ground, err = gather(ctx, s.db, now, c); err != nil {
		return p, err
	}
	if !c.Begun() {
		return p, nil
	}
	if p.Sight.Working && c.State == Draft {
		if err := s.fillDraft(ctx, &p); err != nil {
			return p, err
		}
	}
	if no := c.baseline(p.Sight); no > 0 {
		frozen, err := frozenByNo(ctx, s.db, c, no)
		if err != nil {
			return p, err
		}
		p.Changes = Differences(frozen.Ground, p.Ground)
		if p.Contents == nil {
			p.Ground, p.Contents, p.Frozen = frozen.Ground, frozen.Contents(), true
		}
	}
	return p, nil
}

// fillDraft reads the text that is being written.
func (s *Service) fillDraft(ctx context.Context, p *Page) error {
	parts, err := workingcopy.PartsByKeys(ctx, s.db, p.Case.CopyID(), append(Keys(p.Ground.Tasks), ReferenceKey))
	if err != nil {
		return err
	}
	p.Contents = contentsOf(parts)
	p.Faults = FaultsOf(p.Ground, p.Contents)
	p.Case.Faults = len(p.Faults)
	return nil
}

// Past is what the parts of a text held before, newest first, beside what they hold
// now.
type Past struct {
	Case     Case
	Former   []workingcopy.Former
	Contents map[string]Content
}

// Past returns what the text held, all parts or those under prefix, for who may see
// the working copy.
func (s *Service) Past(ctx context.Context, act actor.Actor, now time.Time, ref Ref, prefix string) (Past, error) {
	p := Past{Contents: map[string]Content{}}
	var err error
	if p.Case, p.Former, err = s.Former(ctx, act, now, ref, prefix); err != nil {
		return p, err
	}
	parts, err := workingcopy.Parts(ctx, s.db, p.Case.CopyID())
	for _, part := range parts {
		p.Contents[part.Key] = part.Content
	}
	return p, wrap(err, "read the history of", ref)
}
