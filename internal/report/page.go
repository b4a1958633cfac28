package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/submission"
)

// Page is what one person sees of a report, as far as [submission.See] allows.
type Page struct {
	Case    submission.Case
	Sight   submission.Sight
	Content Content
	// Working says that Content is the unit's own: the working copy, or, while that
	// is locked in a sending, what was sent. Otherwise it is the version Shown, or
	// nothing when Shown is nil.
	Working bool
	Shown   *submission.Head
	Remarks []Remark // sent and not settled, oldest first
	Gaps    []submission.Gap
	Doubts  []submission.Doubt
	Events  []submission.Event
	Signed  []submission.SignedFile
}

// Remark is a remark with the place where it is shown.
type Remark struct {
	submission.Note
	Task  int    // whose section it belongs to, or [Whole]
	Title string // what it is about, "" = the task or the report itself
	Gone  bool   // its part is no longer there
}

// Page returns the report of ref for act; what act may not see is [fault.NotFound].
func (s *Service) Page(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Page, error) {
	p, err := s.page(ctx, act, now, ref)
	return p, wrap(err, "show", ref)
}

func (s *Service) page(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Page, error) {
	p, err := s.content(ctx, act, now, ref)
	if err != nil {
		return Page{}, err
	}
	if p.Working {
		if p.Doubts, err = s.Doubts(ctx, p.Case, p.Content); err != nil {
			return Page{}, err
		}
	}
	if p.Sight.Sent {
		if p.Signed, err = s.SignedFiles(ctx, p.Case.ID); err != nil {
			return Page{}, err
		}
	}
	p.Events, err = submission.Timeline(ctx, s.db, act, p.Case)
	return p, err
}

// Content returns a [Page] without what only surrounds the content: doubts,
// events and signed files.
func (s *Service) Content(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Page, error) {
	p, err := s.content(ctx, act, now, ref)
	return p, wrap(err, "show", ref)
}

func (s *Service) content(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Page, error) {
	r, err := s.Read(ctx, act, now, ref)
	if err != nil {
		return Page{}, err
	}
	p := Page{Case: r.Case, Sight: r.Sight, Working: r.Working, Shown: r.Shown()}
	switch sent := locked(r.Case); {
	case r.Working && sent != nil:
		v, err := submission.VersionByNo(ctx, s.db, r.Case.ID, sent.No)
		if err != nil {
			return Page{}, err
		}
		if p.Content, err = s.FromVersion(ctx, r.Case, v.Frozen); err != nil {
			return Page{}, err
		}
		p.Content.Reference = v.Reference
	case r.Working:
		if p.Content, err = s.Working(ctx, now, r.Case); err != nil {
			return Page{}, err
		}
		p.Gaps = Gaps(p.Content)
		p.Case.Gaps, p.Case.NoReference = len(p.Gaps), !p.Content.Reference.Complete()
	case r.Version != nil:
		if p.Content, err = s.FromVersion(ctx, r.Case, r.Version.Frozen); err != nil {
			return Page{}, err
		}
		p.Content.Reference = r.Version.Reference
	}
	if !p.Sight.Remarks {
		return p, nil
	}
	p.Remarks, err = s.Remarks(ctx, r.Case, p.Content)
	return p, err
}

// locked is the sending that the working copy of c is locked in, nil while it is not:
// what lies below and how activities stood are as they were sent, whatever came since.
func locked(c submission.Case) *submission.Head {
	switch c.State {
	case submission.Submitted:
		return c.Last
	case submission.Accepted:
		return c.InForce
	}
	return nil
}

// Doubts returns what is odd about content, the working copy or a version of c,
// with the answers already given. Whoever calls has asked [submission.See].
func (s *Service) Doubts(ctx context.Context, c submission.Case, content Content) ([]submission.Doubt, error) {
	return submission.Doubts(ctx, s.db, c.ID, Found(content))
}

// Remarks returns the remarks sent to the unit that still want something, with
// their places in content. Whoever calls has asked [submission.See].
func (s *Service) Remarks(ctx context.Context, c submission.Case, content Content) ([]Remark, error) {
	notes, err := s.OpenNotes(ctx, c)
	return content.locate(notes), err
}

// locate finds the section of each note.
func (c Content) locate(notes []submission.Note) []Remark {
	remarks := make([]Remark, len(notes))
	for i, n := range notes {
		remarks[i] = Remark{Note: n, Task: TaskOf(n.PartKey)}
		remarks[i].Title, remarks[i].Gone = c.called(n.PartKey)
		if f, ok := c.file(n.PartKey); ok {
			remarks[i].Task = f.Task()
		}
	}
	return remarks
}

// called names a part within its section, as far as it still stands; numbers are
// never given again, so they name what is gone too.
func (c Content) called(key string) (title string, gone bool) {
	prefix, rest, _ := strings.Cut(key, "/")
	no, _ := strconv.Atoi(rest) // codes have none
	switch prefix {
	case "figure", "below", "ratio", "last", "before":
		if r, ok := c.Rows[rest]; ok {
			return r.Title(), false
		}
		return rest, true
	case "activity":
		for _, s := range c.Tasks {
			for _, a := range s.Activities {
				if a.Code == rest {
					return a.Code + ". " + a.Title, false
				}
			}
		}
		return rest, true
	case "proposal":
		_, ok := c.Proposal(no)
		return Proposal{No: no}.Title(), !ok
	case "exemplar":
		x, ok := c.Exemplar(no)
		x.No = no
		return x.Title(), !ok
	case "file":
		if f, ok := c.file(key); ok {
			return f.Name, false
		}
		return "Minh chứng", true
	case OverallKey, NextKey, ReferenceKey:
		kind, _ := Schema.Of(key) // the schema is fixed
		return kind.Label, false
	}
	return "", false
}

func (c Content) file(key string) (File, bool) {
	for _, f := range c.Files {
		if f.Part.Key == key {
			return f, true
		}
	}
	return File{}, false
}

// VersionPage is one frozen sending with what was said about it.
type VersionPage struct {
	Case    submission.Case
	Sight   submission.Sight
	Version submission.Version
	Content Content
	Remarks []Remark // settled ones too
	Signed  []submission.SignedFile
}

// Version returns sending no of a report; what act may not see is [fault.NotFound].
func (s *Service) Version(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (VersionPage, error) {
	r, err := s.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return VersionPage{}, wrap(err, "show version of", ref)
	}
	p := VersionPage{Case: r.Case, Sight: r.Sight, Version: *r.Version}
	if p.Content, err = s.FromVersion(ctx, r.Case, r.Version.Frozen); err != nil {
		return VersionPage{}, wrap(err, "show version of", ref)
	}
	p.Content.Reference = r.Version.Reference
	if p.Signed, err = s.SignedFiles(ctx, r.Case.ID); err != nil || !p.Sight.Remarks {
		return p, wrap(err, "show version of", ref)
	}
	notes, err := s.NotesOn(ctx, r.Case, no)
	p.Remarks = p.Content.locate(notes)
	return p, wrap(err, "show version of", ref)
}

// HistoryPage is what the parts of a report held before, newest first.
type HistoryPage struct {
	Case    submission.Case
	Content Content // the working copy now
	Former  []submission.Former
}

// History returns the former contents of the working copy, of all parts or of
// those under prefix. It is the unit's own: [fault.NotFound] for everybody else.
func (s *Service) History(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, prefix string) (HistoryPage, error) {
	c, former, err := s.Former(ctx, act, now, ref, prefix)
	if err != nil {
		return HistoryPage{}, wrap(err, "show history of", ref)
	}
	content, err := s.Working(ctx, now, c)
	return HistoryPage{Case: c, Content: content, Former: former}, wrap(err, "show history of", ref)
}

// Earlier is the report in force that a unit may look back at while it writes.
type Earlier struct {
	Ref     submission.Ref
	Name    string // of the period
	Version submission.Version
}

// Earlier returns the unit's newest earlier report of the year in force, else that
// of the same period a year before; [fault.NotFound] where there is neither. It is
// the unit's own.
func (s *Service) Earlier(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Earlier, error) {
	e, err := s.earlier(ctx, act, now, ref)
	return e, wrap(err, "look back from", ref)
}

func (s *Service) earlier(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Earlier, error) {
	c, err := s.own(ctx, act, now, ref)
	if err != nil {
		return Earlier{}, err
	}
	before, err := earlierOf(ctx, s.db, c)
	if err != nil {
		return Earlier{}, err
	}
	v, err := submission.VersionByNo(ctx, s.db, before.ID, before.No)
	return Earlier{Ref: Ref(before.Year, before.Period, c.UnitSlug), Name: before.Name, Version: v}, err
}

func wrap(err error, doing string, ref submission.Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s report %s/%d/%s: %w", doing, ref.Unit, ref.Year, ref.Period, err)
}
