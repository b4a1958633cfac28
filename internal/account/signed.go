package account

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

// Limits say how long a session lasts. Machine time.
type Limits struct {
	Idle time.Duration // without any request
	Life time.Duration // from sign-in, whatever happens
}

// DefaultLimits cover a working day with its meetings, and no night.
var DefaultLimits = Limits{Idle: 2 * time.Hour, Life: 12 * time.Hour}

// seenEvery bounds how often a session notes that it was used.
const seenEvery = time.Minute

// Unit is where a signed-in person holds a role today.
type Unit struct {
	ID    actor.UnitID
	Slug  string
	Short string
	Name  string
	Kind  unit.Kind
	Role  actor.Role
}

// Signed is what every request needs to know about who sends it. The zero
// Signed is nobody.
type Signed struct {
	SessionOpen bool // false: sign in again; nothing else is filled then
	Session     string
	Actor       actor.Actor // From is left to the caller
	Title       string      // chức vụ
	Units       []Unit      // one for each membership, in the order of Actor.Memberships
	MustChange  bool        // the password was given by somebody else
	Exempt      bool        // by data: from changing it and from a second factor
	HasTOTP     bool
	NeedsTOTP   bool // an administrator without a second factor
	Notices     int  // unread
	Counts      []int64
	SeenAt      time.Time
}

// Visit names the session a request comes in.
type Visit struct {
	Session string // [Session.ID]
	Person  actor.PersonID
	Machine time.Time
	Today   viet.Date // memberships of this day count
	Limits  Limits
	// Counts are further whole numbers wanted in the same statement, each a
	// scalar expression that may use me.person_id, @today and the rows of held:
	// unit_id and role of each membership of that day.
	Counts []string
}

// Load returns who visits, in one statement. A session that was ended, is over,
// was idle too long or whose person is no longer active is not open.
func Load(ctx context.Context, db database.DB, v Visit) (Signed, error) {
	type row struct {
		Person     actor.PersonID
		Name       string
		Title      string
		MustChange bool
		Exempt     bool
		HasTOTP    bool `db:"has_totp"`
		SeenAt     time.Time
		Notices    int
		Counts     []int64
		UnitID     *actor.UnitID
		Role       *actor.Role
		Slug       *string
		Short      *string
		FullName   *string
		Kind       *unit.Kind
	}
	rows, err := database.All[row](ctx, db, `
		with me as (
			select p.id as person_id, p.name, p.title, s.seen_at,
			       coalesce(c.must_change, false) as must_change,
			       coalesce(c.exempt, false) as exempt,
			       coalesce(c.totp_secret <> '', false) as has_totp
			from person_session s
			join person p on p.id = s.person_id and p.active
			left join credential c on c.person_id = p.id
			where s.public_id = @session::uuid
			  and s.person_id = @person
			  and s.ended_at is null
			  and s.ends_at > @machine::timestamptz
			  and s.seen_at > @idle_since::timestamptz
		), held as materialized (
			select m.id, m.unit_id, m.role
			from me
			join membership m on m.person_id = me.person_id and m.valid @> @today::date
		), counted as (
			select (select count(*) from notice n where n.person_id = me.person_id and n.read_at is null) as notices,
			       array[`+strings.Join(v.Counts, ", ")+`]::bigint[] as counts
			from me
		)
		select me.person_id as person, me.name, me.title, me.must_change, me.exempt, me.has_totp, me.seen_at,
		       counted.notices, counted.counts,
		       h.unit_id, h.role, h.slug, h.short, h.name as full_name, h.kind
		from me
		cross join counted
		left join (
			select held.id, held.unit_id, held.role, u.slug, uv.short, uv.name, uv.kind
			from held
			join unit u on u.id = held.unit_id
			join unit_version uv on uv.unit_id = held.unit_id and uv.valid @> @today::date
		) h on true
		order by h.id`,
		database.Args{
			"session": v.Session, "person": v.Person, "machine": v.Machine,
			"idle_since": v.Machine.Add(-v.Limits.Idle), "today": v.Today,
		})
	if err != nil {
		return Signed{}, fmt.Errorf("load who is signed in: %w", err)
	}
	if len(rows) == 0 {
		return Signed{}, nil
	}
	me := rows[0]
	s := Signed{
		SessionOpen: true, Session: v.Session, Title: me.Title,
		Actor:      actor.Actor{Person: me.Person, Name: me.Name},
		MustChange: me.MustChange && !me.Exempt, Exempt: me.Exempt, HasTOTP: me.HasTOTP,
		Notices: me.Notices, Counts: me.Counts, SeenAt: me.SeenAt,
	}
	for _, r := range rows {
		if r.UnitID == nil {
			continue
		}
		s.Actor.Memberships = append(s.Actor.Memberships, actor.Membership{Unit: *r.UnitID, Role: *r.Role})
		s.Units = append(s.Units, Unit{ID: *r.UnitID, Slug: *r.Slug, Short: *r.Short, Name: *r.FullName, Kind: *r.Kind, Role: *r.Role})
	}
	s.NeedsTOTP = s.Actor.Has(actor.Admin) && !s.Exempt && !s.HasTOTP
	return s, nil
}

// Seen notes that the session is in use, at most once a minute.
func (s Signed) Seen(ctx context.Context, db database.DB, machine time.Time) error {
	if machine.Sub(s.SeenAt) < seenEvery {
		return nil
	}
	_, err := database.Exec(ctx, db, `
		update person_session
		set seen_at = @machine
		where public_id = @session::uuid
		  and seen_at <= @before::timestamptz`,
		database.Args{"session": s.Session, "machine": machine, "before": machine.Add(-seenEvery)})
	if err != nil {
		return fmt.Errorf("note that a session is in use: %w", err)
	}
	return nil
}
