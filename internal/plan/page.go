package plan

import (
	"context"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Page is what one person sees of a plan, as far as [submission.See] allows.
type Page struct {
	Case    submission.Case
	Sight   submission.Sight
	Content Content
	// Working says that Content is the working copy. Otherwise it is the version
	// Shown, or nothing when Shown is nil.
	Working bool
	Shown   *submission.Head
	Remarks []Remark // sent and not settled, oldest first
	Doubts  []submission.Doubt
	Events  []submission.Event
	Signed  []SignedFile
}

// Remark is a remark with the place where it is shown.
type Remark struct {
	submission.Note
	Task  int    // whose section it belongs to; -1 = the plan as a whole
	Title string // what it is about, of a part that vanished as it was called then
	Gone  bool   // its part is no longer there
}

// SignedFile is a signed paper attached to a version.
type SignedFile = submission.SignedFile

// Whole is the Task of a remark on the plan as a whole.
const Whole = -1

// Page returns the plan of ref for act; what act may not see is [fault.NotFound].
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
		if p.Doubts, err = submission.Doubts(ctx, s.db, p.Case.ID, Found(p.Content)); err != nil {
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
	switch {
	case r.Working:
		if p.Content, err = s.Working(ctx, now, r.Case); err != nil {
			return Page{}, err
		}
		Weigh(&p.Case, p.Content)
	case r.Version != nil:
		if p.Content, err = s.FromVersion(ctx, r.Case, r.Version.Frozen); err != nil {
			return Page{}, err
		}
		p.Content.Reference = r.Version.Reference
	}
	if p.Sight.Remarks {
		p.Remarks, err = s.Remarks(ctx, r.Case, p.Content)
	}
	return p, err
}

// Remarks returns the remarks sent to the unit that still want something, with
// their places in content. Whoever calls has asked [submission.See].
func (s *Service) Remarks(ctx context.Context, c submission.Case, content Content) ([]Remark, error) {
	notes, err := s.OpenNotes(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.place(ctx, c.ID, content, notes)
}

// place finds the section of each note in content. A note whose part vanished
// stays at its section, under the name the part had in the version remarked on.
func (s *Service) place(ctx context.Context, id submission.ID, content Content, notes []submission.Note) ([]Remark, error) {
	remarks := make([]Remark, len(notes))
	versions := map[int]submission.Frozen{}
	for i, n := range notes {
		remarks[i] = Remark{Note: n, Task: Whole}
		if n.PartKey == "" || n.PartKey == ReferenceKey {
			continue
		}
		if no, ok := strings.CutPrefix(n.PartKey, "task/"); ok {
			if task, err := strconv.Atoi(no); err == nil {
				remarks[i].Task = task
			}
			continue
		}
		if a, ok := content.byKey(n.PartKey); ok {
			remarks[i].Task, remarks[i].Title = a.Task, a.Name()
			continue
		}
		f, read := versions[n.VersionNo]
		if !read {
			v, err := submission.VersionByNo(ctx, s.db, id, n.VersionNo)
			if err != nil {
				return nil, err
			}
			f = v.Frozen
			versions[n.VersionNo] = f
		}
		if a, ok := activityFrom(n.PartKey, f.Part(n.PartKey)); ok {
			remarks[i].Task, remarks[i].Title, remarks[i].Gone = a.Task, a.Name(), true
		}
	}
	return remarks, nil
}

// Name is the code with the title, or what stands for a title not yet written.
func (a Activity) Name() string {
	if a.Title == "" {
		return a.Code + ". (chưa có tên)"
	}
	return a.Code + ". " + a.Title
}

// Key is the part that holds the activity.
func (a Activity) Key() string { return ActivityKey(a.ID) }

func (c Content) byKey(key string) (Activity, bool) {
	for _, a := range c.Activities() {
		if a.Key() == key {
			return a, true
		}
	}
	return Activity{}, false
}

// Section returns the section of a task.
func (c Content) Section(no int) (Section, bool) {
	for _, s := range c.Sections {
		if s.Task == no {
			return s, true
		}
	}
	return Section{}, false
}

// VersionPage is one frozen sending with what was said about it.
type VersionPage struct {
	Case    submission.Case
	Sight   submission.Sight
	Version submission.Version
	Content Content
	Remarks []Remark // settled ones too
	Signed  []SignedFile
}

// Version returns sending no of a plan; what act may not see is [fault.NotFound].
func (s *Service) Version(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (VersionPage, error) {
	p, err := s.version(ctx, act, now, ref, no)
	return p, wrap(err, "show version of", ref)
}

func (s *Service) version(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (VersionPage, error) {
	r, err := s.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return VersionPage{}, err
	}
	p := VersionPage{Case: r.Case, Sight: r.Sight, Version: *r.Version}
	if p.Content, err = s.FromVersion(ctx, r.Case, r.Version.Frozen); err != nil {
		return VersionPage{}, err
	}
	p.Content.Reference = r.Version.Reference
	if p.Signed, err = s.SignedFiles(ctx, r.Case.ID); err != nil || !p.Sight.Remarks {
		return p, err
	}
	notes, err := s.NotesOn(ctx, r.Case, no)
	if err != nil {
		return VersionPage{}, err
	}
	p.Remarks, err = s.place(ctx, r.Case.ID, p.Content, notes)
	return p, err
}

// HistoryPage is what the parts of a plan held before, newest first.
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
	h := HistoryPage{Case: c, Former: former}
	h.Content, err = s.Working(ctx, now, c)
	return h, wrap(err, "show history of", ref)
}

// Parts returns the working copy as it is saved, by key.
func (c Content) Parts() map[string]submission.Content {
	parts := map[string]submission.Content{ReferenceKey: c.RefPart.Content}
	for _, s := range c.Sections {
		parts[TaskKey(s.Task)] = submission.Content{}.With(submission.Content{"scope": s.Scope, "reason": s.Reason})
		for _, a := range s.Activities {
			parts[a.Key()] = a.Content
		}
	}
	return parts
}

// Partners returns the units a plan may name as partners on a day: coordinating
// bodies, departments and districts, in the order of protocol.
func (s *Service) Partners(ctx context.Context, on viet.Date) ([]unit.Unit, error) {
	return unit.List(ctx, s.db, unit.Filter{On: on, Kinds: []unit.Kind{unit.CoordinatingBody, unit.Department, unit.District}})
}
