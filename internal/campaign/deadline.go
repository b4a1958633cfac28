package campaign

import (
	"context"
	"fmt"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Late reports whether what was sent at a moment missed an exclusive deadline:
// the deadline itself is too late, the moment before it is not. The zero deadline
// cannot be missed.
func Late(dueBefore, sentAt time.Time) bool {
	return !dueBefore.IsZero() && !sentAt.Before(dueBefore)
}

// Words spell an exclusive deadline out, because "trước ngày" is read in two ways:
// "trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối:
// thứ Sáu 02/12/2022)".
func Words(calendar viet.Calendar, dueBefore time.Time) string {
	before, last := SpellOut(calendar, dueBefore)
	if last == "" {
		return before
	}
	return before + " (" + last + ")"
}

// SpellOut returns the two halves of [Words], for where they stand apart: the
// deadline, and the last days in time where they want saying.
func SpellOut(calendar viet.Calendar, dueBefore time.Time) (before, last string) {
	if dueBefore.IsZero() {
		return "", ""
	}
	day := viet.DateOf(dueBefore)
	if !dueBefore.Equal(day.Start()) {
		return "trước " + viet.Moment(dueBefore), ""
	}
	words := calendar.DeadlineWords(day)
	return words.Before, words.String()
}

// Deadline is by when one unit files in a period, as judged at one moment.
type Deadline struct {
	UnitID    unit.ID
	Common    time.Time  // for its kind of unit, exclusive
	Extension *Extension // the last granted by that moment, or nil
	Joined    bool       // after the deadline of its kind: see [CommonDue]
}

// Extension replaces the common deadline for one unit.
type Extension struct {
	ID        int64          `json:"id"`
	DueBefore time.Time      `json:"due_before"` // exclusive
	Reason    string         `json:"reason"`
	By        actor.PersonID `json:"by"`
	ByName    string         `json:"by_name"`
	At        time.Time      `json:"at"`
}

// DueBefore is the deadline in force.
func (d Deadline) DueBefore() time.Time {
	if d.Extension != nil {
		return d.Extension.DueBefore
	}
	return d.Common
}

// Late reports whether what was sent at a moment missed the deadline in force.
func (d Deadline) Late(sentAt time.Time) bool { return Late(d.DueBefore(), sentAt) }

// GrantedLate reports whether the unit had already missed the common deadline
// when it was given more time: then the reason is always shown beside lateness.
func (d Deadline) GrantedLate() bool {
	return d.Extension != nil && Late(d.Common, d.Extension.At)
}

// Explain says which deadline holds and why.
func (d Deadline) Explain(calendar viet.Calendar) string {
	if d.Extension == nil {
		return "Hạn chung: " + Words(calendar, d.Common) + "."
	}
	granted := " đã gia hạn lúc "
	if d.GrantedLate() {
		granted = " đã gia hạn, sau khi hết hạn chung, lúc "
	}
	return "Được gia hạn: " + Words(calendar, d.Extension.DueBefore) + ". " +
		d.Extension.ByName + granted + viet.Moment(d.Extension.At) + ". Lý do: " + strings.TrimRight(d.Extension.Reason, ". ") + ". " +
		"Hạn chung: trước ngày " + viet.DateOf(d.Common).String() + "."
}

// CommonDue is in SQL the deadline, but for extensions, of the unit in row r of the
// roster of campaign c in a period with deadline d for its kind. Who joins after
// its last day was never expected, and cannot be late: a plan begun then is due
// within the year, unless the unit is given a day of its own.
const CommonDue = `case when ` + joinedLate + `
	then greatest(d.due_before, upper(c.active)::timestamp at time zone 'Asia/Ho_Chi_Minh')
	else d.due_before end`

// Expected is in SQL whether the unit in row r of the roster has to send in period p
// with deadline d for its kind: it is on the roster on the last day of the window, of
// plans on the last day in time. Who has to and was never received has not sent (chưa
// gửi), wherever that is counted.
const Expected = `coalesce(r.valid @> coalesce(upper(p.data) - 1, ` + lastInTime + `, p.opens_on), false)`

const lastInTime = `(d.due_before at time zone 'Asia/Ho_Chi_Minh' - interval '1 microsecond')::date`

// joinedLate is whether the roster has the unit only after the deadline's last day.
const joinedLate = `lower(r.valid) > ` + lastInTime

const deadlines = `
	select r.unit_id, ` + CommonDue + ` as common, ` + joinedLate + ` as joined,
	       (select json_build_object('id', e.id, 'due_before', e.due_before, 'reason', e.reason,
	                                 'by', e.by_person, 'by_name', q.name, 'at', e.at)
	        from extension e
	        join person q on q.id = e.by_person
	        where e.period_id = p.id and e.unit_id = r.unit_id and e.at <= @at
	        order by e.at desc, e.id desc
	        limit 1) as extension
	from period p
	join campaign c on c.id = p.campaign_id
	join roster r on r.campaign_id = p.campaign_id
	join unit_version v on v.id = r.unit_version_id
	join deadline d on d.period_id = p.id and d.unit_kind = v.kind
	where p.id = @period `

// DeadlineOf returns the deadline of a unit of the roster as it stood at a
// moment: the last extension granted by then, else that of its kind of unit.
func DeadlineOf(ctx context.Context, db database.DB, period PeriodID, id unit.ID, at time.Time) (Deadline, error) {
	d, err := database.One[Deadline](ctx, db, deadlines+`and r.unit_id = @unit`,
		database.Args{"period": period, "unit": id, "at": at})
	if err != nil {
		return d, fmt.Errorf("deadline of unit %d in period %d: %w", id, period, err)
	}
	return d, nil
}

// Deadlines returns the deadlines of all units of the roster as they stood at a
// moment.
func Deadlines(ctx context.Context, db database.DB, period PeriodID, at time.Time) (map[unit.ID]Deadline, error) {
	list, err := database.All[Deadline](ctx, db, deadlines, database.Args{"period": period, "at": at})
	if err != nil {
		return nil, fmt.Errorf("deadlines in period %d: %w", period, err)
	}
	out := make(map[unit.ID]Deadline, len(list))
	for _, d := range list {
		out[d.UnitID] = d
	}
	return out, nil
}
