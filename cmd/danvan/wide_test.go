//go:build unix

package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/installation"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web"
)

// A wide province has as many units as the 2025 reorganisation left Cần Thơ
// communes and departments, and five years of their plans and logs.
const (
	wideUnits      = 102
	wideYears      = 5
	wideActivities = 35 // of a plan
	wideEntries    = 4  // of an activity
	wideStaff      = 180
	wideReaders    = 20 // who look at all of it
)

// wide is such a province in the database that urls name. The plans of the newest
// year are being amended: whoever belongs to a unit may write.
type wide struct {
	urls dbtest.URLs
	db   *pgxpool.Pool
	year int // the newest
}

func newWide(t testing.TB) *wide {
	t.Helper()
	w := &wide{urls: dbtest.NewURL(t), year: viet.DateOf(time.Now()).Year()}
	var err error
	w.db, err = database.Open(t.Context(), w.urls.App)
	must(t, err)
	t.Cleanup(w.db.Close)
	begun := time.Now()
	must(t, installation.MarkReal(t.Context(), w.db))
	_, err = unit.Load(t.Context(), w.db, actor.System, begun, unit.Reference(), viet.NewDate(2000, time.January, 1), "danh mục đơn vị")
	must(t, err)
	for _, statement := range []string{
		`insert into person (name, name_sort) select 'Nguyễn Văn ' || i, 'nguyen van ' || i from generate_series(1, @staff::int + @readers::int) i`,
		`insert into credential (person_id, username, hash, must_change, exempt, changed_at)
		 select id, 'rong.' || id, 'x', false, true, now() from person where name like 'Nguyễn Văn %'`,
		`insert into unit (slug) select 'rong-' || i from generate_series(1, @units::int) i`,
		`insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind)
		 select id, '[2000-01-01,)', slug, 'Ủy ban nhân dân xã ' || slug, 'Xã ' || slug, slug, slug, 'department' from unit where slug like 'rong-%'`,
		`insert into membership (person_id, unit_id, role, valid)
		 select p.id, u.id, 'staff', '[2000-01-01,)'
		 from (select id, row_number() over (order by id) as n from person where name like 'Nguyễn Văn %') p
		 join unit u on u.slug = 'rong-' || (1 + p.n % @units::int)
		 where p.n <= @staff::int`,
		`insert into membership (person_id, unit_id, role, valid)
		 select p.id, u.id, case when p.n % 2 = 0 then 'leadership' else 'reviewer' end, '[2000-01-01,)'
		 from (select id, row_number() over (order by id) as n from person where name like 'Nguyễn Văn %') p
		 join unit u on u.slug = 'snv'
		 where p.n > @staff::int`,
		`insert into campaign (year, lead_unit, directive, active)
		 select y, (select id from unit where slug = 'snv'), 'Kế hoạch năm ' || y, daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1))
		 from generate_series(@year::int - @years::int + 1, @year::int) y`,
		`insert into task (campaign_id, no, short, title) select c.id, n, 'Nhiệm vụ ' || n, 'Nhiệm vụ thứ ' || n from campaign c, generate_series(0, 7) n`,
		`insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		 select c.id, u.id, v.id, c.lead_unit, u.id, c.active from campaign c, unit u join unit_version v on v.unit_id = u.id where u.slug like 'rong-%'`,
		`insert into period (campaign_id, kind, slug, name, opens_on) select id, 'plan', 'ke-hoach', 'Kế hoạch năm ' || year, lower(active) from campaign`,
		`insert into deadline (period_id, unit_kind, due_before)
		 select p.id, 'department', make_timestamptz(c.year, 4, 1, 0, 0, 0) from period p join campaign c on c.id = p.campaign_id`,
		`insert into submission (period_id, unit_id, state_at)
		 select p.id, r.unit_id, make_timestamptz(c.year, 3, 1, 0, 0, 0)
		 from period p join campaign c on c.id = p.campaign_id join roster r on r.campaign_id = c.id`,
		`insert into activity (submission_id, task_no, seq, sent)
		 select s.id, 1 + n % 7, n, true from submission s, generate_series(1, @activities::int) n`,
	} {
		w.exec(t, statement)
	}
	w.send(t)
	for _, statement := range []string{
		`insert into version_outcome (version_id, submission_id, outcome, decided_at) select id, submission_id, 'accepted', sent_at from version`,
		`update submission s set in_force = v.id, state = case when c.year < @year::int then 'accepted' else 'draft' end
		 from version v, period p, campaign c
		 where v.submission_id = s.id and p.id = s.period_id and c.id = p.campaign_id`,
		`insert into part (copy_id, key, revision, content, saved_at)
		 select v.submission_id, x->>'key', 1, x->'content', v.sent_at
		 from version v
		 join submission s on s.id = v.submission_id and s.state = 'draft'
		 cross join jsonb_array_elements(convert_from(v.content, 'utf8')::jsonb->'parts') x`,
		`insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, evidence_required)
		 select a.id, v.id, p.campaign_id, s.unit_id, a.task_no, a.seq, a.code, 'Hoạt động ' || a.code, 'Báo cáo', lower(c.active),
		        lower(c.active) + 60 + 7 * a.seq, 'day', a.seq % 10 = 0
		 from activity a join version v on v.submission_id = a.submission_id
		 join submission s on s.id = a.submission_id join period p on p.id = s.period_id join campaign c on c.id = p.campaign_id`,
		// One in five is left unfinished.
		`insert into progress (activity_id, as_of, percent, by_person, by_name, at)
		 select f.activity_id, f.start_on + n * 7 * (1 + f.position % 5), case when f.position % 5 = 0 then 20 else 25 end * n, 1, 'Nguyễn Văn 1', f.start_on + n * 50
		 from activity_fact f, generate_series(1, @entries::int) n`,
	} {
		w.exec(t, statement)
	}
	owner, err := pgx.Connect(t.Context(), w.urls.Owner)
	must(t, err)
	_, err = owner.Exec(t.Context(), `vacuum (analyze)`) // as it would be after a night
	must(t, err)
	must(t, owner.Close(t.Context()))
	t.Logf("%d units over %d years in %v", wideUnits, wideYears, time.Since(begun).Round(time.Second))
	return w
}

func (w *wide) exec(t testing.TB, statement string) {
	t.Helper()
	args := pgx.NamedArgs{"units": wideUnits, "years": wideYears, "activities": wideActivities, "entries": wideEntries,
		"staff": wideStaff, "readers": wideReaders, "year": w.year}
	if _, err := w.db.Exec(t.Context(), statement, args); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// send writes a version of every plan, as frozen as a real one.
func (w *wide) send(t testing.TB) {
	t.Helper()
	type plan struct {
		ID   submission.ID
		Unit string
		Year int
		IDs  []int64
		Code []string
	}
	plans, err := database.All[plan](t.Context(), w.db, `
		select s.id, u.slug as unit, c.year, array_agg(a.id order by a.id) as ids, array_agg(a.code order by a.id) as code
		from submission s
		join unit u on u.id = s.unit_id
		join period p on p.id = s.period_id
		join campaign c on c.id = p.campaign_id
		join activity a on a.submission_id = s.id
		group by s.id, u.slug, c.year`, nil)
	must(t, err)
	for _, p := range plans {
		f := submission.Frozen{Kind: submission.Plan, Year: p.Year, Period: "ke-hoach", Unit: p.Unit, UnitName: "Ủy ban nhân dân xã " + p.Unit}
		for i, id := range p.IDs {
			f.Parts = append(f.Parts, submission.FrozenPart{Key: fmt.Sprintf("activity/%d", id), Content: submission.Content{
				"task": p.Code[i][:1], "code": p.Code[i], "title": "Hoạt động " + p.Code[i], "product": "Báo cáo", "position": fmt.Sprint(i),
				"description": "Tổ chức theo kế hoạch của đơn vị.", "time": fmt.Sprintf("%d/year/1", p.Year)}})
		}
		content, err := f.Canonical()
		must(t, err)
		sum := sha256.Sum256(content)
		_, err = w.db.Exec(t.Context(), `
			insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
			values ($1, 1, $2, $3, 1, 'Nguyễn Văn 1', 'staff', make_timestamptz($4, 4, 1, 0, 0, 0), make_timestamptz($4, 3, 1, 0, 0, 0))`,
			p.ID, content, sum[:], p.Year)
		must(t, err)
	}
}

// signedIn is a browser of each person, in which they are signed in.
func (w *wide) signedIn(t testing.TB) []*reader {
	t.Helper()
	type person struct {
		ID      actor.PersonID
		Unit    string
		Session string
	}
	people, err := database.All[person](t.Context(), w.db, `
		with opened as (
		    insert into person_session (person_id, began_at, seen_at, ends_at, from_addr, agent)
		    select person_id, now(), now(), now() + interval '1 hour', '127.0.0.1', 'bench' from membership where role in ('staff', 'leadership', 'reviewer')
		    returning person_id, public_id
		)
		select o.person_id as id, u.slug as unit, o.public_id::text as session
		from opened o
		join membership m on m.person_id = o.person_id
		join unit u on u.id = m.unit_id
		order by o.person_id`, nil)
	must(t, err)
	sessions := web.Sessions(w.db, time.Hour, false)
	var all []*reader
	for i, p := range people {
		ctx, err := sessions.Load(context.Background(), "")
		must(t, err)
		sessions.Put(ctx, "session", p.Session)
		sessions.Put(ctx, "person", int64(p.ID))
		token, _, err := sessions.Commit(ctx)
		must(t, err)
		all = append(all, newReader(i, w.year, p.Unit, sessions.Cookie.Name, token))
	}
	return all
}
