package agenda

import (
	"context"
	"time"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// Admin is what an administrator looks after: units in which nobody can act.
type Admin struct {
	Units      int // on the roster today
	Accounts   int // active people with a sign-in
	Leaderless []Place
	Staffless  []Place
}

// Place is a unit of the roster whose people may be lacking.
type Place struct {
	Slug      string
	Name      string
	Leaders   int // active, with a sign-in
	Staff     int // likewise
	Ownerless int // open activities of which nobody is in charge, where there is no leader to see to it
	Accounts  int // of the whole portal
}

// canSignIn counts those who can act in a role for unit r.unit_id.
func canSignIn(role string) string {
	return `(
		select count(*)
		from person q
		join credential k on k.person_id = q.id
		where q.active
		  and exists (select from membership m
		              where m.person_id = q.id and m.unit_id = r.unit_id
		                and m.role = '` + role + `' and m.valid @> @today::date))`
}

func adminOf(ctx context.Context, db database.DB, now time.Time, id campaign.ID) (*Admin, error) {
	places, err := database.All[Place](ctx, db, `
		with seated as (
			select r.unit_id, r.campaign_id, r.position, u.slug, v.name,
			       `+canSignIn("unit_leader")+` as leaders, `+canSignIn("staff")+` as staff
			from roster r
			join unit u on u.id = r.unit_id
			join unit_version v on v.id = r.unit_version_id
			where r.campaign_id = @campaign and r.valid @> @today::date
		)
		select s.slug, s.name, s.leaders, s.staff,
		       case when s.leaders > 0 then 0 else (
		           select count(*)
		           from activity_fact f
		           `+progress.Standing+`
		           left join lateral (`+inCharge+`'owner') o on true
		           where f.campaign_id = s.campaign_id and f.unit_id = s.unit_id
		             and `+progress.StatusSQL+` not in ('cancelled', 'done', 'done_late')
		             and coalesce((o.who ->> 'Active')::boolean, false) = false) end as ownerless,
		       (select count(*) from person q join credential k on k.person_id = q.id where q.active) as accounts
		from seated s
		order by s.position`,
		database.Args{"campaign": id, "today": viet.DateOf(now)})
	if err != nil {
		return nil, err
	}
	a := &Admin{Units: len(places)}
	for _, p := range places {
		a.Accounts = p.Accounts
		if p.Leaders == 0 {
			a.Leaderless = append(a.Leaderless, p)
		}
		if p.Staff == 0 {
			a.Staffless = append(a.Staffless, p)
		}
	}
	return a, nil
}
