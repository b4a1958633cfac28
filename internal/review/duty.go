package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Duty says who looks first at what one unit sends (phân công rà soát). It sorts
// the queue and permits nothing: whoever may decide still may.
type Duty struct {
	Receiver     actor.UnitID
	ReceiverName string
	Slug         string // of the unit
	UnitName     string
	Person       actor.PersonID // 0 = nobody, or nobody who could decide today
	Name         string
	Waiting      int // of the unit's sendings, for a decision
}

// Colleague is somebody who may decide on what a receiver gets.
type Colleague struct {
	Receiver actor.UnitID
	ID       actor.PersonID
	Name     string
}

// Office is the duties of the receivers a person works for, in the year of the day.
type Office struct {
	Duties     []Duty
	Colleagues []Colleague
}

// Of returns those who may look after the units that report to receiver.
func (o Office) Of(receiver actor.UnitID) []Colleague {
	var all []Colleague
	for _, c := range o.Colleagues {
		if c.Receiver == receiver {
			all = append(all, c)
		}
	}
	return all
}

// MayAssign answers whether act shares out the units that report to receiver.
func MayAssign(act actor.Actor, receiver actor.UnitID) submission.Decision {
	if act.Is(receiver, actor.Consolidator) {
		return submission.Decision{Allowed: true}
	}
	return submission.Decision{Refusal: fault.Refusal{
		Reason: "Việc phân công rà soát do chuyên viên tổng hợp của nơi nhận hồ sơ làm.",
		Remedy: "Phân công chỉ sắp thứ tự; hồ sơ chưa giao cho bạn, bạn vẫn rà soát, tiếp nhận được."}}
}

// theOffice has a row for each unit that reports to one of @below today, in the
// newest campaign that has begun.
const theOffice = `
	from roster r
	join campaign c on c.id = r.campaign_id
	join unit u on u.id = r.unit_id
	join unit_version uv on uv.id = r.unit_version_id
	join unit_version rv on rv.unit_id = r.reports_to and rv.valid @> @today::date
	left join review_duty d on d.receiver_id = r.reports_to and d.unit_id = r.unit_id
	left join person q on q.id = d.person_id and q.active and exists (
	    select from membership m
	    where m.person_id = q.id and m.unit_id = r.reports_to
	      and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date)
	where r.reports_to = any(@below::bigint[]) and r.valid @> @today::date
	  and c.year = (select max(x.year) from campaign x where lower(x.active) <= @today::date)`

// Office returns who looks after which unit, in the order of the roster. Who
// receives nothing has none: [fault.NotFound].
func (s *Service) Office(ctx context.Context, act actor.Actor, now time.Time) (Office, error) {
	if !Receives(act) {
		return Office{}, fault.NotFound
	}
	with := args(act, now, Filter{})
	delete(with, "me")
	delete(with, "kind")
	delete(with, "search")
	var o Office
	var err error
	if o.Duties, err = database.All[Duty](ctx, s.db, `
		select r.reports_to as receiver, rv.name as receiver_name, u.slug, uv.name as unit_name,
		       coalesce(q.id, 0) as person, coalesce(q.name, '') as name,
		       (select count(*) from submission s where s.unit_id = r.unit_id and s.state = 'submitted') as waiting
		`+theOffice+`
		order by rv.name collate "vi-x-icu", r.reports_to, r.position`, with); err != nil {
		return o, fmt.Errorf("duties: %w", err)
	}
	o.Colleagues, err = database.All[Colleague](ctx, s.db, `
		select m.unit_id as receiver, q.id, q.name
		from membership m
		join person q on q.id = m.person_id and q.active
		where m.unit_id = any(@below::bigint[]) and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date
		group by m.unit_id, q.id
		order by q.name_sort collate "vi-x-icu", q.id`, with)
	return o, err
}

// Shift gives one unit to somebody else.
type Shift struct {
	Slug string         // of the unit
	Was  actor.PersonID // as the form showed it, 0 = nobody
	To   actor.PersonID // 0 = nobody
}

// Overtaken are units that somebody else gave away meanwhile: nothing was stored.
type Overtaken struct {
	Units map[string]string // slug to who looks after it now, "" = nobody
}

func (o *Overtaken) Error() string {
	return fmt.Sprintf("%d units were given away meanwhile", len(o.Units))
}

// Share gives units to those who look after them, all or none.
func (s *Service) Share(ctx context.Context, act actor.Actor, now time.Time, once post.Once, shifts []Shift) error {
	_, err := once.Do(ctx, s.db, act, func(tx pgx.Tx) (string, error) {
		// One after the other, so that each reads what the one before left.
		if _, err := database.Values[int64](ctx, tx, `select id from unit where id = any(@below::bigint[]) order by id for no key update`,
			database.Args{"below": receivers(act)}); err != nil {
			return "", err
		}
		overtaken := &Overtaken{Units: map[string]string{}}
		given := map[actor.PersonID][]string{}
		for _, x := range shifts {
			if x.Was == x.To {
				continue
			}
			d, err := s.shift(ctx, tx, act, now, x)
			if err != nil {
				return "", err
			}
			if d.Person != x.Was && d.Person != x.To {
				overtaken.Units[x.Slug] = d.Name
			}
			if x.To != 0 && d.Person == x.Was && x.To != act.Person {
				given[x.To] = append(given[x.To], d.UnitName)
			}
		}
		if len(overtaken.Units) > 0 {
			return "", overtaken
		}
		return "shared", tellGiven(ctx, tx, now, given)
	})
	if err != nil {
		return fmt.Errorf("share out units: %w", err)
	}
	return nil
}

// shift carries one shift out where the duty is as it was shown, and returns what
// it was.
func (s *Service) shift(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, x Shift) (Duty, error) {
	type held struct {
		Duty
		UnitID actor.UnitID
	}
	d, err := database.One[held](ctx, tx, `
		select r.reports_to as receiver, rv.name as receiver_name, u.slug, uv.name as unit_name,
		       coalesce(q.id, 0) as person, coalesce(q.name, '') as name, 0 as waiting, r.unit_id
		`+theOffice+` and u.slug = @slug`,
		database.Args{"below": receivers(act), "today": viet.DateOf(now), "slug": x.Slug})
	if err != nil {
		return d.Duty, err
	}
	if err := MayAssign(act, d.Receiver).Err(); err != nil {
		return d.Duty, err
	}
	if d.Person != x.Was {
		return d.Duty, nil
	}
	if x.To == 0 {
		_, err = database.Exec(ctx, tx, `delete from review_duty where receiver_id = @receiver and unit_id = @unit`,
			database.Args{"receiver": d.Receiver, "unit": d.UnitID})
	} else {
		err = put(ctx, tx, act, now, d.Receiver, d.UnitID, x)
	}
	if err != nil {
		return d.Duty, err
	}
	return d.Duty, audit.Record(ctx, tx, act, now, audit.Entry{
		Subject: fmt.Sprintf("duty/%d/%d", d.Receiver, d.UnitID), Action: "duty_shared", Authority: string(actor.Consolidator),
		Before: map[string]any{"unit": x.Slug, "person": x.Was}, After: map[string]any{"unit": x.Slug, "person": x.To}})
}

// put stores who looks after a unit: somebody who may decide there today.
func put(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, receiver, unit actor.UnitID, x Shift) error {
	tag, err := database.Exec(ctx, tx, `
		insert into review_duty (receiver_id, unit_id, person_id, by_person, at)
		select @receiver, @unit, q.id, @by, @now
		from person q
		where q.id = @to and q.active and exists (
		    select from membership m
		    where m.person_id = q.id and m.unit_id = @receiver
		      and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date)
		on conflict (receiver_id, unit_id) do update
		set person_id = excluded.person_id, by_person = excluded.by_person, at = excluded.at`,
		database.Args{"receiver": receiver, "unit": unit, "to": x.To, "by": act.Person, "now": now, "today": viet.DateOf(now)})
	if err == nil && tag == 0 {
		err = fault.Invalid{x.Slug: "Chọn người có quyền rà soát ở nơi nhận"}
	}
	return err
}

func tellGiven(ctx context.Context, tx pgx.Tx, now time.Time, given map[actor.PersonID][]string) error {
	for person, units := range given {
		if err := notify.TellPerson(ctx, tx, now, person, "queue", "Bạn được phân công rà soát hồ sơ của "+strings.Join(units, ", ")+"."); err != nil {
			return err
		}
	}
	return nil
}

// receivers are the units in which act decides, never nil.
func receivers(act actor.Actor) []int64 {
	below := make([]int64, 0)
	for _, u := range act.Units(Roles...) {
		below = append(below, int64(u))
	}
	return below
}
