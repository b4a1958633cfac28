package paper

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Lateness is who can be reminded for a period, by one unit that receives.
type Lateness struct {
	Setting   Setting // of the unit that writes
	Kind      submission.Kind
	Period    string    // name
	Units     []Late    // in roster order
	Receivers []Setting // all for which act may write; more than one is rare
}

// mostLate bounds a letter; the whole roster is smaller.
const mostLate = 500

// Late returns who has sent nothing for a period though the deadline has passed, of
// the units that report to the receiver; "" is the first that act may write for.
// period is a slug, that of plans is [plan.Period]. Who may see the list and not
// write gets a refusal, others [fault.NotFound].
func (d *Desk) Late(ctx context.Context, act actor.Actor, now time.Time, year int, period, receiver string) (Lateness, error) {
	l, err := d.late(ctx, act, now, year, period, receiver)
	if err != nil {
		return l, fmt.Errorf("who is late for %d/%s: %w", year, period, err)
	}
	return l, nil
}

func (d *Desk) late(ctx context.Context, act actor.Actor, now time.Time, year int, period, receiver string) (Lateness, error) {
	if !overview.MaySeePlans(act) {
		return Lateness{}, fault.NotFound
	}
	l := Lateness{Kind: submission.Report}
	for _, id := range act.Units(actor.Reviewer, actor.Consolidator) {
		s, err := SettingOf(ctx, d.db, year, id)
		if err != nil {
			return Lateness{}, err
		}
		if receiver == "" || s.Slug == receiver {
			receiver, l.Setting = s.Slug, s
		}
		l.Receivers = append(l.Receivers, s)
	}
	filter := overview.PlanFilter{Receiver: receiver, Group: overview.NotReceived, Late: true, Limit: mostLate}
	rows, name, err := d.filed(ctx, act, now, year, period, filter)
	if err != nil {
		return Lateness{}, err
	}
	if err := DecideLetter(act, l.Setting); err != nil {
		return Lateness{}, err
	}
	l.Period = name
	if period == plan.Period {
		l.Kind = submission.Plan
	}
	for _, r := range rows {
		if r.DueBefore != nil && r.Unit != receiver { // nobody writes to himself
			l.Units = append(l.Units, Late{Slug: r.Unit, Name: r.Name, DueBefore: *r.DueBefore})
		}
	}
	return l, nil
}

// filed are the rows of the list of a period that pass the filter.
func (d *Desk) filed(ctx context.Context, act actor.Actor, now time.Time, year int, period string, filter overview.PlanFilter) ([]overview.PlanRow, string, error) {
	if period == plan.Period {
		list, err := overview.Plans(ctx, d.db, act, now, year, filter)
		if err == nil && (list.Year == 0 || list.OpensOn.IsZero()) {
			err = fault.NotFound
		}
		return list.Rows, "", err
	}
	list, err := overview.Filed(ctx, d.db, act, now, year, period, filter)
	rows := make([]overview.PlanRow, len(list.Rows))
	for i, r := range list.Rows {
		rows[i] = r.PlanRow
	}
	return rows, list.Period.Name, err
}

// Order is what a letter is to say beyond what the portal knows.
type Order struct {
	Units     []string // slugs of those it goes to
	Reference submission.Reference
	By        viet.Date // last day asked for, zero: as soon as it is read
}

// Letter makes the letter to the chosen of those who are late.
func (l Lateness) Letter(now time.Time, o Order) (File, error) {
	letter := Letter{Setting: l.Setting, Kind: l.Kind, Period: l.Period, Today: viet.DateOf(now), Reference: o.Reference, By: o.By}
	for _, u := range l.Units {
		if slices.Contains(o.Units, u.Slug) {
			letter.Units = append(letter.Units, u)
		}
	}
	bad := fault.Invalid{}
	if len(letter.Units) == 0 {
		bad.Add("unit", "Chọn ít nhất một đơn vị đang quá hạn")
	}
	if !o.By.IsZero() && o.By.Before(letter.Today) {
		bad.Add("by", "Ngày đề nghị gửi phải từ hôm nay trở đi")
	}
	if err := bad.OrNil(); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err := Reminder(&out, letter)
	return File{letter.FileName(), out.Bytes()}, err
}
