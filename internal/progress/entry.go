package progress

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/plan"
	"danvan/internal/viet"
)

// EntryID identifies an entry of the log.
type EntryID int64

// Entry is one line of the log of an activity. It is never changed; a later one
// may replace it.
type Entry struct {
	ID         EntryID
	ActivityID plan.ActivityID
	AsOf       viet.Date // the day on which it was true
	Percent    string    // canonical, "" when Value is given
	Value      string    // cumulative, canonical
	Note       string
	ByPerson   actor.PersonID
	ByName     string
	At         time.Time // when it was written
	Replaces   EntryID   // the entry it corrects, 0 = none
	ReplacedBy EntryID   // the entry that corrects it; then it no longer counts
	Files      []evidence.File
}

// Counts says that no later entry replaces it.
func (e Entry) Counts() bool { return e.ReplacedBy == 0 }

const entryColumns = `
	e.id, e.activity_id, e.as_of, coalesce(trim_scale(e.percent)::text, '') as percent,
	coalesce(trim_scale(e.value)::text, '') as value, e.note, e.by_person, e.by_name, e.at,
	coalesce(e.replaces, 0) as replaces, coalesce((select r.id from progress r where r.replaces = e.id), 0) as replaced_by,
	(select coalesce(json_agg(json_build_object('SHA', encode(f.sha256, 'hex'), 'Name', p.name, 'Type', f.type, 'Size', f.size)
	                          order by p.name collate "vi-x-icu", f.sha256), '[]')
	 from progress_file p
	 join file f on f.sha256 = p.file_sha
	 where p.progress_id = e.id) as files`

// Entries returns the whole log of an activity, the current entry first among
// those that count: latest day, then latest written.
func Entries(ctx context.Context, db database.DB, id plan.ActivityID) ([]Entry, error) {
	list, err := database.All[Entry](ctx, db, `
		select `+entryColumns+`
		from progress e
		where e.activity_id = @id
		order by e.as_of desc, e.id desc`,
		database.Args{"id": id})
	if err != nil {
		return nil, fmt.Errorf("log of activity %d: %w", id, err)
	}
	return list, nil
}

// EntriesOf returns the logs of several activities in one go.
func EntriesOf(ctx context.Context, db database.DB, ids []plan.ActivityID) (map[plan.ActivityID][]Entry, error) {
	list, err := database.All[Entry](ctx, db, `
		select `+entryColumns+`
		from progress e
		where e.activity_id = any(@ids::bigint[])
		order by e.activity_id, e.as_of desc, e.id desc`,
		database.Args{"ids": append([]plan.ActivityID{}, ids...)})
	if err != nil {
		return nil, fmt.Errorf("logs of %d activities: %w", len(ids), err)
	}
	logs := map[plan.ActivityID][]Entry{}
	for _, e := range list {
		logs[e.ActivityID] = append(logs[e.ActivityID], e)
	}
	return logs, nil
}

// FileOf returns a file attached to any entry of an activity's log,
// [danvan/internal/fault.NotFound] when it is not.
func FileOf(ctx context.Context, db database.DB, id plan.ActivityID, sha evidence.SHA) (evidence.File, error) {
	return database.One[evidence.File](ctx, db, `
		select f.sha256 as sha, p.name, f.type, f.size
		from progress e
		join progress_file p on p.progress_id = e.id
		join file f on f.sha256 = p.file_sha
		where e.activity_id = @id and f.sha256 = @sha
		order by e.id desc
		limit 1`,
		database.Args{"id": id, "sha": sha})
}

// Goal is what an activity must reach, as its plan says.
type Goal struct {
	Target   string // canonical number, "" = 100 %
	Baseline string // where it starts, "" = 0
	Unit     string // unit of measure
	Evidence bool   // a file is wanted too
}

// reaches says whether e meets the goal, files apart.
func (g Goal) reaches(e Entry) bool {
	if p := number(e.Percent); p != nil && p.Cmp(hundred) >= 0 {
		return true
	}
	v, target := number(e.Value), number(g.Target)
	return v != nil && target != nil && v.Cmp(target) >= 0
}

// begins says whether e shows that something was achieved.
func (g Goal) begins(e Entry) bool {
	if p := number(e.Percent); p != nil && p.Sign() > 0 {
		return true
	}
	v, baseline := number(e.Value), number(g.Baseline)
	if baseline == nil {
		baseline = new(big.Rat)
	}
	return v != nil && v.Cmp(baseline) != 0
}

var hundred = big.NewRat(100, 1)

// number reads a canonical number, nil for none.
func number(canonical string) *big.Rat {
	if r, ok := new(big.Rat).SetString(canonical); ok {
		return r
	}
	return nil
}

// Fold works out from a whole log, without the database, what [Standing] says:
// the first day on which the activity was done, if it still is, and whether it
// has begun.
func Fold(log []Entry, g Goal) (doneOn viet.Date, begun bool) {
	effective := slices.DeleteFunc(slices.Clone(log), func(e Entry) bool { return !e.Counts() })
	slices.SortFunc(effective, func(a, b Entry) int {
		if d := a.AsOf.Compare(b.AsOf); d != 0 {
			return d
		}
		return int(a.ID - b.ID)
	})
	var filedOn viet.Date
	for _, e := range effective {
		begun = begun || g.begins(e)
		if doneOn.IsZero() && g.reaches(e) {
			doneOn = e.AsOf
		}
		if filedOn.IsZero() && len(e.Files) > 0 {
			filedOn = e.AsOf
		}
	}
	if len(effective) == 0 || !g.reaches(effective[len(effective)-1]) {
		return viet.Date{}, begun
	}
	if !g.Evidence {
		return doneOn, begun
	}
	if filedOn.IsZero() || filedOn.After(doneOn) {
		return filedOn, begun
	}
	return doneOn, begun
}

// Until returns the entries of a log that count at a cut-off, as it was then.
func (c Cutoff) Until(log []Entry) []Entry {
	replaced := map[EntryID]EntryID{}
	for _, e := range log {
		if e.Replaces != 0 && e.At.Before(c.Before) {
			replaced[e.Replaces] = e.ID
		}
	}
	var then []Entry
	for _, e := range log {
		if e.ReplacedBy = replaced[e.ID]; e.AsOf.After(c.DataTo) || !e.At.Before(c.Before) {
			continue
		}
		then = append(then, e)
	}
	return then
}
