package overview

import (
	"context"
	"slices"
	"sync"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/viet"
)

// Memory keeps what boards of one database were last counted from, for as long as
// nothing at all has been committed there: what is remembered is what would be
// read. Any number of readers share it. A nil Memory remembers nothing.
type Memory struct {
	mu   sync.Mutex
	kept map[moment]*reading
}

// moment is what a reading depends on. The state is the one the database says it
// is in: which transactions a statement sees, and of which server. "" is unknown:
// a copy that only follows, or a transaction that sees its own changes.
type moment struct {
	state    string
	campaign campaign.ID
	receiver actor.UnitID
	today    viet.Date
}

const state = `(select case when not pg_is_in_recovery() and pg_current_xact_id_if_assigned() is null
	then pg_postmaster_start_time() || ' ' || pg_current_snapshot() else '' end)`

// reading is what a board is counted from. It is never changed.
type reading struct {
	units []unitLine
	works []work
	names []name // of what is overdue longest
	at    time.Time
}

const (
	mostKept  = 16
	keptWhile = time.Minute // of the machine
)

func (m *Memory) recall(at moment) *reading {
	if m == nil || at.state == "" {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.kept[at]
	if r == nil || time.Since(r.at) > keptWhile {
		return nil
	}
	return r
}

// keep remembers a reading that began at one moment, if its last statement still
// saw the same state: then all those between did.
func (m *Memory) keep(at moment, last string, r *reading) {
	if m == nil || at.state == "" || at.state != last {
		return
	}
	r.at = time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	for old, kept := range m.kept {
		if old.state != at.state || r.at.Sub(kept.at) > keptWhile {
			delete(m.kept, old)
		}
	}
	if m.kept == nil {
		m.kept = map[moment]*reading{}
	}
	if len(m.kept) < mostKept {
		m.kept[at] = r
	}
}

// read returns what the board of a scope is counted from, in three statements
// unless it is remembered.
func (m *Memory) read(ctx context.Context, db database.DB, s Scope, today viet.Date) (*reading, error) {
	at := moment{s.state, s.Campaign, s.Receiver.ID, today}
	if r := m.recall(at); r != nil {
		return r, nil
	}
	var r reading
	var err error
	if r.works, err = worksOf(ctx, db, s); err != nil {
		return nil, err
	}
	everybody := Scope{All: true}.tally(r.works, today).late
	own := s.tally(r.works, today).late
	late := slices.Concat(everybody[:min(LateShown, len(everybody))], own[:min(LateShown, len(own))])
	if r.names, err = namesOf(ctx, db, late); err != nil {
		return nil, err
	}
	if r.units, err = unitsOf(ctx, db, s, today); err != nil {
		return nil, err
	}
	if len(r.units) > 0 {
		m.keep(at, r.units[0].State, &r)
	}
	return &r, nil
}
