package overview

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
)

// Memory keeps, for one database, what boards and lists of activities are made
// of: of a year its outline, of each unit its plan and activities. Each is kept
// under the heads of the audit chains that say what was ever done to it. Nothing
// is changed without an entry in the same transaction, and the hash of an entry
// never comes again; so under the same heads, what is remembered is what would be
// read. Any number of readers share it. A nil Memory remembers nothing.
type Memory struct {
	mu    sync.Mutex
	years map[int]*remembered
}

type remembered struct {
	outline *outline
	units   map[actor.UnitID]*standing
}

const (
	// keptWhile is how long something is believed of a database that somebody may
	// have mended past the portal, by the machine's clock.
	keptWhile = 10 * time.Minute
	mostYears = 8
)

// heads is what everything of a year is remembered under.
type heads struct {
	Outline string
	Units   []actor.UnitID
	Heads   []string // of Units
}

// of returns the head of a unit: a change of the outline may change how it stands.
func (h heads) of(id actor.UnitID) string {
	for i, u := range h.Units {
		if u == id {
			return h.Outline + " " + h.Heads[i]
		}
	}
	return ""
}

func headsOf(ctx context.Context, db database.DB, year int) (heads, error) {
	return database.One[heads](ctx, db, `
		select coalesce((
		           select encode(sha256(string_agg(h.hash, '' order by k.subject)), 'hex')
		           from unnest(array['units', 'holidays', 'campaign/' || c.id]
		                       || array(select 'period/' || p.id from period p where p.campaign_id = c.id)
		                       || u.receivers) k(subject)
		           cross join lateral (select hash from audit_head where subject = k.subject limit 1) h
		       ), '') as outline,
		       u.units, u.heads
		from campaign c
		cross join lateral (
		    select coalesce(array_agg(r.unit_id), '{}') as units,
		           coalesce(array_agg(distinct 'unit/' || r.reports_to), '{}') as receivers,
		           -- One look each by an index: joined, whole tables would be read.
		           coalesce(array_agg(concat_ws(' ',
		               (select encode(h.hash, 'hex') from audit_head h where h.subject = 'unit/' || r.unit_id),
		               (select concat_ws(' ', s.id, encode(h.hash, 'hex'))
		                from submission s
		                left join audit_head h on h.subject = 'submission/' || s.id
		                where s.period_id = p.id and s.unit_id = r.unit_id))), '{}') as heads
		    from roster r
		    left join period p on p.campaign_id = c.id and p.slug = '`+plan.Period+`'
		    where r.campaign_id = c.id
		) u
		where c.year = @year`,
		database.Args{"year": year})
}

// Forget makes the next reader of a year read everything again: a recount doubts
// even what no entry of the audit explains.
func (m *Memory) Forget(year int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.years, year)
}

// remembers reports whether anything may be kept of what db reads. A transaction
// sees changes that may never come to be.
func (m *Memory) remembers(db database.DB) bool {
	_, within := db.(pgx.Tx)
	return m != nil && !within
}

// recall returns what still holds of a year under h.
func (m *Memory) recall(year int, h heads) remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	holds := remembered{units: map[actor.UnitID]*standing{}}
	was := m.years[year]
	if was == nil {
		return holds
	}
	if o := was.outline; o != nil && o.head == h.Outline && time.Since(o.at) < keptWhile {
		holds.outline = o
	}
	for i, id := range h.Units {
		if s := was.units[id]; s != nil && s.head == h.Outline+" "+h.Heads[i] && time.Since(s.at) < keptWhile {
			holds.units[id] = s
		}
	}
	return holds
}

// keep remembers what was read after the heads were h, if they still are: then
// nothing changed while it was read.
func (m *Memory) keep(ctx context.Context, db database.DB, year int, h heads, read remembered) error {
	now, err := headsOf(ctx, db, year)
	if err != nil {
		return err
	}
	at := time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.years == nil {
		m.years = map[int]*remembered{}
	}
	for other := range m.years {
		if len(m.years) >= mostYears && other != year {
			delete(m.years, other)
		}
	}
	kept := remembered{units: map[actor.UnitID]*standing{}}
	if was := m.years[year]; was != nil {
		kept.outline = was.outline
		maps.Copy(kept.units, was.units)
	}
	if read.outline != nil && h.Outline == now.Outline {
		o := *read.outline
		o.head, o.at = h.Outline, at
		kept.outline = &o
	}
	for id, s := range read.units {
		if head := h.of(id); head != "" && head == now.of(id) {
			kept.units[id] = &standing{head: head, at: at, line: s.line, works: s.works}
		}
	}
	m.years[year] = &kept
	return nil
}

// read returns the outline of a year and how the units stand that choose picks from
// it, in that order: in one statement while nothing has changed since the last
// time, else it reads again what has.
func (m *Memory) read(ctx context.Context, db database.DB, year int, choose func(*outline) ([]actor.UnitID, error)) (*outline, []*standing, error) {
	var h heads
	var known, fresh remembered
	var err error
	if m.remembers(db) {
		if h, err = headsOf(ctx, db, year); err != nil {
			return nil, nil, err
		}
		known = m.recall(year, h)
	}
	o := known.outline
	if o == nil {
		if o, err = outlineOf(ctx, db, year); err != nil {
			return nil, nil, err
		}
		fresh.outline = o
	}
	ids, err := choose(o)
	if err != nil {
		return o, nil, err
	}
	var missing []actor.UnitID
	for _, id := range ids {
		if known.units[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		if fresh.units, err = standingsOf(ctx, db, o.Campaign, missing); err != nil {
			return o, nil, err
		}
	}
	if (fresh.outline != nil || len(missing) > 0) && m.remembers(db) {
		if err = m.keep(ctx, db, year, h, fresh); err != nil {
			return o, nil, err
		}
	}
	units := make([]*standing, 0, len(ids))
	for _, id := range ids {
		u := known.units[id]
		if u == nil {
			u = fresh.units[id]
		}
		if u != nil { // else it left the roster between two statements
			units = append(units, u)
		}
	}
	return o, units, nil
}

// scope returns what act may see of a year and, in roster order, how each unit of
// it stands.
func (m *Memory) scope(ctx context.Context, db database.DB, act actor.Actor, year int, receiver string) (s Scope, units []*standing, err error) {
	_, units, err = m.read(ctx, db, year, func(o *outline) ([]actor.UnitID, error) {
		s, err = o.scope(act, receiver)
		return o.reporters(s.Receiver.ID), err
	})
	return s, units, err
}
