package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

var roleWords = map[actor.Role]string{
	actor.Staff:        "Chuyên viên",
	actor.UnitLeader:   "Lãnh đạo đơn vị",
	actor.Reviewer:     "Chuyên viên tiếp nhận, rà soát",
	actor.Consolidator: "Chuyên viên tổng hợp",
	actor.Leadership:   "Lãnh đạo theo dõi toàn tỉnh",
	actor.Observer:     "Cơ quan phối hợp",
	actor.Admin:        "Quản trị",
}

// RoleWord is a role as users read it.
func RoleWord(r actor.Role) string { return roleWords[r] }

// Membership is a role held in a unit for a time.
type Membership struct {
	ID     int64
	Person actor.PersonID
	Unit   actor.UnitID
	Slug   string
	Name   string // of the unit on the day asked for, or its last one
	Role   actor.Role
	From   viet.Date // zero: since ever
	Until  viet.Date // the first day without it; zero: open
}

// Last is the last day of the membership, zero when it is open.
func (m Membership) Last() viet.Date {
	if m.Until.IsZero() {
		return viet.Date{}
	}
	return m.Until.AddDays(-1)
}

// Memberships lists the roles a person holds on a day or will hold later.
func Memberships(ctx context.Context, db database.DB, person actor.PersonID, on viet.Date) ([]Membership, error) {
	return database.All[Membership](ctx, db, `
		select m.id, m.person_id as person, m.unit_id as unit, u.slug, v.name, m.role,
		       lower(m.valid) as from, upper(m.valid) as until
		from membership m
		join unit u on u.id = m.unit_id
		cross join lateral (
			select name
			from unit_version
			where unit_id = m.unit_id
			order by valid @> @on::date desc, valid desc
			limit 1
		) v
		where m.person_id = @person
		  and (upper_inf(m.valid) or upper(m.valid) > @on::date)
		order by m.id`,
		database.Args{"person": person, "on": on})
}

// held is a membership in the audit.
type held struct {
	Unit  actor.UnitID `json:"unit"`
	Role  actor.Role   `json:"role"`
	From  viet.Date    `json:"from"`
	Until viet.Date    `json:"until"`
}

// Grant lets a person act in a role for a unit from a day on, until the last
// day or, when it is zero, until it is ended.
func Grant(ctx context.Context, db database.DB, act actor.Actor, now time.Time, person actor.PersonID, unit actor.UnitID, role actor.Role, from, last viet.Date) error {
	until := viet.Date{}
	if !last.IsZero() {
		until = last.Next()
	}
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if err := checkGrant(ctx, tx, person, unit, role, from, last); err != nil {
			return err
		}
		err = database.Change(ctx, tx, `
			insert into membership (person_id, unit_id, role, valid)
			values (@person, @unit, @role, daterange(@from::date, @until::date))`,
			database.Args{"person": person, "unit": unit, "role": role, "from": from, "until": until})
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(person), Action: "granted", Authority: as, After: held{unit, role, from, until},
		})
	})
	if database.Violates(err, "membership_once_at_a_time") {
		return fault.Invalid{"role": "Người này đã giữ vai trò đó tại đơn vị trong khoảng thời gian này"}
	}
	if err != nil {
		return fmt.Errorf("grant %s to person %d: %w", role, person, err)
	}
	return nil
}

func checkGrant(ctx context.Context, tx pgx.Tx, person actor.PersonID, unit actor.UnitID, role actor.Role, from, last viet.Date) error {
	bad := fault.Invalid{}
	if !slices.Contains(actor.Roles, role) {
		bad.Add("role", "Chọn vai trò")
	}
	if from.IsZero() {
		bad.Add("from", "Chọn ngày bắt đầu")
	}
	if !last.IsZero() && last.Before(from) {
		bad.Add("last", "Ngày kết thúc phải từ ngày bắt đầu trở đi")
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	type row struct{ Person, Unit bool }
	r, err := database.One[row](ctx, tx, `
		select exists (select from person where id = @person and active) as person,
		       exists (select from unit_version where unit_id = @unit and valid @> @from::date) as unit`,
		database.Args{"person": person, "unit": unit, "from": from})
	if err != nil {
		return err
	}
	if !r.Person {
		bad.Add("person", "Người này không còn làm việc")
	}
	if !r.Unit {
		bad.Add("unit", "Đơn vị không tồn tại vào ngày "+from.String())
	}
	return bad.OrNil()
}

// EndMembership ends a role after the day last. Its earlier days stay as they
// were; one that has not begun by then is taken back altogether.
func EndMembership(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id int64, last viet.Date) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if last.IsZero() {
			return fault.Invalid{"last": "Chọn ngày cuối cùng giữ vai trò"}
		}
		m, err := database.One[Membership](ctx, tx, `
			select m.id, m.person_id as person, m.unit_id as unit, '' as slug, '' as name, m.role,
			       lower(m.valid) as from, upper(m.valid) as until
			from membership m
			where m.id = @id
			  and (upper_inf(m.valid) or upper(m.valid) > @until::date)
			for update`,
			database.Args{"id": id, "until": last.Next()})
		if err != nil {
			return err
		}
		if err := shorten(ctx, tx, id, last); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(m.Person), Action: "membership_ended", Authority: as,
			Before: held{m.Unit, m.Role, m.From, m.Until},
			After:  held{m.Unit, m.Role, m.From, last.Next()},
		})
	})
	if err != nil {
		return fmt.Errorf("end membership %d: %w", id, err)
	}
	return nil
}

func shorten(ctx context.Context, tx pgx.Tx, id int64, last viet.Date) error {
	n, err := database.Exec(ctx, tx, `
		update membership
		set valid = daterange(lower(valid), @until::date)
		where id = @id
		  and (lower_inf(valid) or lower(valid) < @until::date)`,
		database.Args{"id": id, "until": last.Next()})
	if err != nil || n == 1 {
		return err
	}
	return database.Change(ctx, tx, `
		delete from membership
		where id = @id`,
		database.Args{"id": id})
}

// endRoles ends what a person holds beyond the day last and returns it as it was.
func endRoles(ctx context.Context, tx pgx.Tx, person actor.PersonID, last viet.Date) ([]held, error) {
	open, err := database.All[Membership](ctx, tx, `
		select m.id, m.person_id as person, m.unit_id as unit, '' as slug, '' as name, m.role,
		       lower(m.valid) as from, upper(m.valid) as until
		from membership m
		where m.person_id = @person
		  and (upper_inf(m.valid) or upper(m.valid) > @until::date)
		order by m.id
		for update`,
		database.Args{"person": person, "until": last.Next()})
	if err != nil {
		return nil, err
	}
	ended := []held{}
	for _, m := range open {
		if err := shorten(ctx, tx, m.ID, last); err != nil {
			return nil, err
		}
		ended = append(ended, held{m.Unit, m.Role, m.From, m.Until})
	}
	return ended, nil
}
