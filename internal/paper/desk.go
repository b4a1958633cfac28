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
	p, err := d.plans.Content(ctx, act, now, ref)
	if err != nil {
		return File{}, err
	}
	no, err := shown(p.Case, p.Working, p.Shown)
	if err != nil {
		return File{}, wrap(err, "plan", ref)
	}
	if no > 0 {
		return d.PlanVersion(ctx, act, now, ref, no)
	}
	f, err := d.plan(ctx, now, Filed{Case: p.Case}, p.Content)
	return f, wrap(err, "plan", ref)
}

// PlanVersion is sending no of a plan.
func (d *Desk) PlanVersion(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (File, error) {
	p, err := d.plans.Version(ctx, act, now, ref, no)
	if err != nil {
		return File{}, err
	}
	// Partners are named as they were called when it was sent.
	f, err := d.plan(ctx, p.Version.SentAt, Filed{Case: p.Case, Version: &p.Version}, p.Content)
	return f, wrap(err, "plan", ref)
}

func (d *Desk) plan(ctx context.Context, at time.Time, f Filed, c plan.Content) (File, error) {
	partners, err := d.plans.PartnerNames(ctx, at, c)
	if err != nil {
		return File{}, err
	}
	if f.Setting, err = SettingOf(ctx, d.db, f.Case.Year, f.Case.Unit); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err = Plan(&out, f, c, partners)
	return File{f.FileName(), out.Bytes()}, err
}

// Report is the report that act's page shows, like [Desk.Plan].
func (d *Desk) Report(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (File, error) {
	p, err := d.reports.Content(ctx, act, now, ref)
	if err != nil {
		return File{}, err
	}
	no, err := shown(p.Case, p.Working, p.Shown)
	if err != nil {
		return File{}, wrap(err, "report", ref)
	}
	if no > 0 {
		return d.ReportVersion(ctx, act, now, ref, no)
	}
	f, err := d.report(ctx, Filed{Case: p.Case}, p.Content)
	return f, wrap(err, "report", ref)
}

// ReportVersion is sending no of a report.
func (d *Desk) ReportVersion(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int) (File, error) {
	p, err := d.reports.Version(ctx, act, now, ref, no)
	if err != nil {
		return File{}, err
	}
	f, err := d.report(ctx, Filed{Case: p.Case, Version: &p.Version}, p.Content)
	return f, wrap(err, "report", ref)
}

func (d *Desk) report(ctx context.Context, f Filed, c report.Content) (File, error) {
	var err error
	if f.Setting, err = SettingOf(ctx, d.db, f.Case.Year, f.Case.Unit); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err = Report(&out, f, c)
	return File{f.FileName(), out.Bytes()}, err
}

// shown is the sending a page stands for, 0 for a working copy that is being
// written. A working copy nobody writes on is what was sent.
func shown(c submission.Case, working bool, head *submission.Head) (no int, err error) {
	switch {
	case !working && head == nil:
		return 0, fault.NotFound
	case !working:
		return head.No, nil
	case c.State == submission.Submitted && c.Last != nil:
		return c.Last.No, nil
	case c.State == submission.Accepted && c.InForce != nil:
		return c.InForce.No, nil
	}
	return 0, nil
}

func wrap(err error, what string, ref submission.Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s %s/%d/%s: %w", what, ref.Unit, ref.Year, ref.Period, err)
}
