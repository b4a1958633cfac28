package paper

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// File is a Word file ready to be saved.
type File struct {
	Name    string
	Content []byte
}

// Desk makes the papers of what people may see anyway: each asks the service whose
// page it stands on.
type Desk struct {
	db      database.DB
	plans   *plan.Service
	reports *report.Service
}

// NewDesk returns the desk on db.
func NewDesk(db database.DB, plans *plan.Service, reports *report.Service) *Desk {
	return &Desk{db: db, plans: plans, reports: reports}
}

// Plan is the plan that act's page shows: the working copy as a draft while it is
// being written, else the sending that stands. What act may not see is
// [fault.NotFound].
func (d *Desk) Plan(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (File, error) {
	c, v, err := d.shown(ctx, d.plans.Desk, act, now, ref)
	if err != nil {
		return File{}, wrap(err, "plan", ref)
	}
	f, err := d.plan(ctx, now, c, v)
	return f, wrap(err, "plan", ref)
}

// PlanVersion is sending no of a plan.
func (d *Desk) PlanVersion(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (File, error) {
	r, err := d.plans.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return File{}, wrap(err, "plan", ref)
	}
	f, err := d.plan(ctx, now, r.Case, r.Version)
	return f, wrap(err, "plan", ref)
}

// plan writes version v, or the working copy where v is nil.
func (d *Desk) plan(ctx context.Context, now time.Time, c submission.Case, v *submission.Version) (File, error) {
	f := Filed{Case: c, Version: v}
	var content plan.Content
	var err error
	if v == nil {
		content, err = d.plans.Working(ctx, now, c)
	} else if content, err = d.plans.FromVersion(ctx, c, v.Frozen); err == nil {
		content.Reference = v.Reference
		now = v.SentAt // partners are named as they were called when it was sent
	}
	if err != nil {
		return File{}, err
	}
	partners, err := d.plans.PartnerNames(ctx, now, content)
	if err != nil {
		return File{}, err
	}
	if f.Setting, err = SettingOf(ctx, d.db, c.Year, c.Unit); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err = Plan(&out, f, content, partners)
	return File{f.FileName(), out.Bytes()}, err
}

// Report is the report that act's page shows, like [Desk.Plan].
func (d *Desk) Report(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (File, error) {
	c, v, err := d.shown(ctx, d.reports.Desk, act, now, ref)
	if err != nil {
		return File{}, wrap(err, "report", ref)
	}
	f, err := d.report(ctx, now, c, v)
	return f, wrap(err, "report", ref)
}

// ReportVersion is sending no of a report.
func (d *Desk) ReportVersion(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (File, error) {
	r, err := d.reports.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return File{}, wrap(err, "report", ref)
	}
	f, err := d.report(ctx, now, r.Case, r.Version)
	return f, wrap(err, "report", ref)
}

func (d *Desk) report(ctx context.Context, now time.Time, c submission.Case, v *submission.Version) (File, error) {
	f := Filed{Case: c, Version: v}
	var content report.Content
	var err error
	if v == nil {
		content, err = d.reports.Working(ctx, now, c)
	} else if content, err = d.reports.AsSent(ctx, c, v.Frozen); err == nil {
		content.Reference = v.Reference
	}
	if err != nil {
		return File{}, err
	}
	if f.Setting, err = SettingOf(ctx, d.db, c.Year, c.Unit); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err = Report(&out, f, content)
	return File{f.FileName(), out.Bytes()}, err
}

// shown finds what a page stands for: the sending, or nil for a working copy that is
// being written. A working copy nobody writes on is what was sent.
func (d *Desk) shown(ctx context.Context, desk *submission.Desk, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, *submission.Version, error) {
	r, err := desk.Read(ctx, act, now, ref)
	if err != nil {
		return r.Case, nil, err
	}
	c, sent := r.Case, (*submission.Head)(nil)
	switch {
	case !r.Working && r.Version == nil:
		return c, nil, fault.NotFound
	case !r.Working:
		return c, r.Version, nil
	case c.State == submission.Submitted:
		sent = c.Last
	case c.State == submission.Accepted:
		sent = c.InForce
	}
	if sent == nil {
		return c, nil, nil
	}
	v, err := submission.VersionByNo(ctx, d.db, c.ID, sent.No)
	return c, &v, err
}

func wrap(err error, what string, ref submission.Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s %s/%d/%s: %w", what, ref.Unit, ref.Year, ref.Period, err)
}
