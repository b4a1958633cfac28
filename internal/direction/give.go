package direction

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/post"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Giving is a direction as it is typed.
type Giving struct {
	Unit  string // slug
	Topic Topic
	Body  string
	DueOn viet.Date // last day for the answer; may be left out
}

// office is the body in whose name somebody leads.
type office struct {
	ID   actor.UnitID
	Name string
	Kind unit.Kind
}

// target is what a direction is about, as the database knows it.
type target struct {
	Campaign int64
	UnitID   actor.UnitID
	UnitName string
	Keeper   actor.UnitID

	TaskFound  bool
	TaskShort  string
	ActivityID *int64
	PeriodID   *int64
	PeriodName string
	Opened     bool
}

// GiveIt (cho ý kiến) gives a direction on a unit of the year's roster and returns
// its number. The unit and those who receive from it are told.
func GiveIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, year int, g Giving) (no int, err error) {
	result, err := once.Do(ctx, db, act, func(tx pgx.Tx) (string, error) {
		d, err := give(ctx, tx, act, now, year, g)
		return strconv.Itoa(d.No), err
	})
	if err != nil {
		return 0, fmt.Errorf("give direction on %s/%d: %w", g.Unit, year, err)
	}
	return strconv.Atoi(result)
}

func give(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, year int, g Giving) (Direction, error) {
	if err := Decide(act, Give, Case{}).Err(); err != nil {
		return Direction{}, err
	}
	from, err := officeOf(ctx, tx, act, now)
	if err != nil {
		return Direction{}, err
	}
	bad := fault.Invalid{}
	d := Direction{Year: year, Kind: kindOf(from.Kind), FromUnit: from.ID, FromName: from.Name, Unit: g.Unit, Body: viet.Clean(g.Body), DueOn: g.DueOn, GivenAt: now}
	checkText("body", "Nội dung ý kiến", d.Body, bad)
	if !g.DueOn.IsZero() && g.DueOn.Before(viet.DateOf(now)) {
		bad.Add("due_on", "Hạn trả lời phải từ hôm nay ("+viet.DateOf(now).String()+") trở đi")
	}
	t, err := targetOf(ctx, tx, now, year, g, bad)
	if err != nil {
		return d, err
	}
	if err := bad.OrNil(); err != nil {
		return d, err
	}
	d.UnitID, d.UnitName, d.PeriodName, d.TaskShort = t.UnitID, t.UnitName, t.PeriodName, t.TaskShort
	d.Code, d.Period = g.Topic.Code, g.Topic.Period
	if g.Topic.Subject == OfTask {
		d.Task = &g.Topic.Task
	}
	// Numbers follow one another within the year: who gives waits for who gives.
	if _, err := tx.Exec(ctx, `select from campaign where id = $1 for no key update`, t.Campaign); err != nil {
		return d, err
	}
	made, err := database.One[struct {
		ID int64
		No int
	}](ctx, tx, `
		insert into direction (campaign_id, no, kind, from_unit, from_name, unit_id, task_no, activity_id, period_id,
		                       body, due_on, given_by, given_name, given_at)
		select @campaign, coalesce(max(no), 0) + 1, @kind, @from_unit, @from_name, @unit, @task, @activity, @period,
		       @body, @due_on, @by, @name, @now
		from direction
		where campaign_id = @campaign
		returning id, no`,
		database.Args{"campaign": t.Campaign, "kind": d.Kind, "from_unit": d.FromUnit, "from_name": d.FromName, "unit": d.UnitID,
			"task": d.Task, "activity": t.ActivityID, "period": t.PeriodID,
			"body": d.Body, "due_on": d.DueOn, "by": act.Person, "name": act.Name, "now": now})
	if err != nil {
		return d, err
	}
	d.ID, d.No = made.ID, made.No
	if err := audit.Record(ctx, tx, act, now, audit.Entry{Subject: d.subject(), Action: "given", Authority: string(actor.Leadership),
		After: Facts{Body: d.Body, About: d.About(), DueOn: d.DueOn}}); err != nil {
		return d, err
	}
	said := d.FromName + " cho ý kiến về " + d.About() + "."
	if !d.DueOn.IsZero() {
		said += " Trả lời chậm nhất ngày " + d.DueOn.String() + "."
	}
	if err := notify.Tell(ctx, tx, act, now, d.UnitID, unitRoles, d.address(), said); err != nil || t.Keeper == d.UnitID {
		return d, err
	}
	return d, notify.Tell(ctx, tx, act, now, t.Keeper, keeperRoles, d.address(), said)
}

var (
	unitRoles   = []actor.Role{actor.Staff, actor.UnitLeader}
	keeperRoles = []actor.Role{actor.Reviewer, actor.Consolidator}
)

// kindOf is the authority with which people of a kind of unit speak.
func kindOf(k unit.Kind) Kind {
	if k == unit.Province {
		return Directive
	}
	return Coordination
}

// officeOf is the body in whose name act leads: UBND tỉnh where act is of several.
func officeOf(ctx context.Context, db database.DB, act actor.Actor, now time.Time) (office, error) {
	return database.One[office](ctx, db, `
		select v.unit_id as id, v.name, v.kind
		from unit_version v
		where v.unit_id = any(@units::bigint[]) and v.valid @> @today::date
		order by v.kind <> 'province', v.unit_id
		limit 1`,
		database.Args{"units": act.Units(actor.Leadership), "today": viet.DateOf(now)})
}

// targetOf finds what g is about and complains in bad about what is not there.
func targetOf(ctx context.Context, db database.DB, now time.Time, year int, g Giving, bad fault.Invalid) (target, error) {
	t, err := database.One[target](ctx, db, `
		select c.id as campaign, r.unit_id, uv.name as unit_name, r.reports_to as keeper,
		       k.no is not null as task_found, coalesce(k.short, '') as task_short,
		       (select f.activity_id from activity_fact f where f.campaign_id = c.id and f.unit_id = r.unit_id and f.code = @code) as activity_id,
		       d.id as period_id, coalesce(d.name, '') as period_name,
		       exists (select from submission s where s.period_id = d.id and s.unit_id = r.unit_id) as opened
		from campaign c
		join roster r on r.campaign_id = c.id
		join unit u on u.id = r.unit_id
		join unit_version uv on uv.id = r.unit_version_id
		left join task k on k.campaign_id = c.id and k.no = @task and @subject = 'task'
		left join period d on d.campaign_id = c.id and d.kind = 'report' and d.slug = @period
		where c.year = @year and u.slug = @unit and r.valid @> @today::date`,
		database.Args{"year": year, "unit": g.Unit, "task": g.Topic.Task, "subject": g.Topic.Subject, "code": g.Topic.Code, "period": g.Topic.Period,
			"today": viet.DateOf(now)})
	if errors.Is(err, fault.NotFound) {
		bad.Add("unit", "Chọn đơn vị trong danh sách của năm")
		return t, nil
	}
	if err != nil {
		return t, err
	}
	switch s := g.Topic.Subject; {
	case s == OfTask && !t.TaskFound:
		bad.Add("about", "Chọn một nhiệm vụ trong danh sách")
	case s == OfActivity && t.ActivityID == nil:
		bad.Add("about", "Hoạt động này không có trong kế hoạch đang có hiệu lực của đơn vị đã chọn")
	case s == OfReport && !t.Opened:
		bad.Add("about", "Kỳ báo cáo này chưa mở cho đơn vị đã chọn")
	}
	return t, nil
}

// checkText complains in bad about a text that is too short or too long.
func checkText(field, name, text string, bad fault.Invalid) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		bad.Add(field, "Ghi "+viet.LowerFirst(name))
	case n < minBody:
		bad.Add(field, name+" cần ít nhất 10 ký tự")
	case n > maxBody:
		bad.Add(field, name+" dài quá 5.000 ký tự")
	}
}
