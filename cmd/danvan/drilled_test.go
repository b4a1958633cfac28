//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/localpg"
	"danvan/internal/drilltest"
)

// found is a part of a plan or a report, as it stands or stood.
type found struct {
	Unit, Key                   string
	Title, Product, Description string // of an activity
	Result                      string // of a task of the report
	Own                         string // of a row
}

// check compares what is stored with what was acknowledged.
func (d *drill) check() {
	d.t.Helper()
	private, err := localpg.Open(d.t.Context(), filepath.Join(d.data, "postgres"), localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
	must(d.t, err)
	defer private.Close() // the portal runs it
	db, err := database.Open(d.t.Context(), private.AppURL())
	must(d.t, err)
	defer db.Close()
	stored, err := database.All[found](d.t.Context(), db, `
		select u.slug as unit, p.key,
		       coalesce(content->>'title', '') as title,
		       coalesce(content->>'product', '') as product,
		       coalesce(content->>'description', '') as description,
		       coalesce(content->>'result', '') as result,
		       coalesce(content->>'own', '') as own
		from (select copy_id, key, content from part union all select copy_id, key, content from part_history) p
		join submission s on s.id = p.copy_id
		join unit u on u.id = s.unit_id`, nil)
	must(d.t, err)
	times, figures := map[string]int{}, map[string]int{}
	for _, f := range stored {
		switch kind, _, _ := strings.Cut(f.Key, "/"); kind {
		case "activity":
			times[f.Title]++
			if f.Product != f.Title || f.Description != f.Title {
				d.t.Errorf("stored in part: %+v", f)
			}
		case "task":
			times[f.Result]++
		case "figure":
			figures[figure(f.Unit, strings.TrimPrefix(f.Key, "figure/"), f.Own)]++
		default:
			d.t.Errorf("nobody wrote %+v", f)
		}
	}
	d.sections(db, times)
	d.wholly(times, figures)
	d.compare(times)
	report, err := audit.Verify(d.t.Context(), db)
	if err != nil || len(report.Faults) > 0 {
		d.t.Errorf("audit: %v, %v", report.Faults, err)
	}
}

// sections counts the texts of the report that sums up. What it began with is nobody's.
func (d *drill) sections(db database.DB, times map[string]int) {
	d.t.Helper()
	type section struct {
		Key, Text string
		Revision  int
	}
	stored, err := database.All[section](d.t.Context(), db, `
		select p.key, p.revision, coalesce(content->>'text', '') as text
		from (select copy_id, key, revision, content from part
		      union all
		      select copy_id, key, revision, content from part_history) p
		join consolidation k on k.id = p.copy_id
		where p.revision > 1 or content->>'text' like @by`, database.Args{"by": lead + ".%"})
	must(d.t, err)
	for _, s := range stored {
		times[s.Text]++
	}
	wrote := 0
	for _, s := range d.savers {
		for _, w := range s.sent {
			if strings.HasPrefix(w.place, "/tong-hop/") {
				wrote++
			}
		}
	}
	if len(stored) == 0 || wrote == 0 {
		d.t.Errorf("%d texts of sections stored, %d written: nobody sums up", len(stored), wrote)
	}
	d.summed = fmt.Sprintf("%d texts of sections written, %d of them in place or in the history", wrote, len(stored))
}

// figure names a number in a row of a unit's report.
func figure(unit, code, own string) string { return unit + " " + code + " " + own }

// wholly wants every text of a report beside its figure and no figure without.
func (d *drill) wholly(times, figures map[string]int) {
	d.t.Helper()
	for _, s := range d.savers {
		for i, w := range s.sent {
			if w.row == "" {
				continue
			}
			f := figure(s.unit, w.row, strconv.Itoa(i+1))
			if times[w.text] != figures[f] {
				d.t.Errorf("%q is stored %d times, its figure %q %d times", w.text, times[w.text], f, figures[f])
			}
			delete(figures, f)
		}
	}
	for f := range figures {
		d.t.Errorf("the figure %q is stored and was never sent", f)
	}
}

// folded reports whether what the page saved by itself was followed, in the same
// place, by more of that kind: the history keeps the last of such a run.
func (s *saver) folded(i int, times map[string]int) bool {
	for _, later := range s.sent[i+1:] {
		if later.place == s.sent[i].place && times[later.text] > 0 {
			return s.sent[i].auto && later.auto
		}
	}
	return false
}

// compare counts; times is how often each text is stored.
func (d *drill) compare(times map[string]int) {
	d.t.Helper()
	acknowledged, repeated, folded, left, leftStored := 0, 0, 0, 0, 0
	sent := map[string]bool{}
	for _, s := range d.savers {
		acks, err := s.acknowledged()
		must(d.t, err)
		acknowledged += len(acks)
		repeated += s.repeated
		for i, w := range s.sent {
			sent[w.text] = true
			switch n := times[w.text]; {
			case n > 1:
				d.t.Errorf("%q is stored %d times", w.text, n)
			case acks[w.text] && n == 0 && s.folded(i, times):
				folded++
			case acks[w.text] && n == 0:
				d.t.Errorf("%q was acknowledged and is lost", w.text)
			case !acks[w.text]:
				left++
				leftStored += n
			}
		}
	}
	for text := range times {
		if !sent[text] {
			d.t.Errorf("%q is stored and was never sent", text)
		}
	}
	if acknowledged < d.killed {
		d.t.Errorf("%d saves acknowledged around %d kills: too few to tell", acknowledged, d.killed)
	}
	drilltest.Report(d.t, "%d kills, %d saves acknowledged, %d of them only when repeated, %d folded into later ones; %d given up unacknowledged, %d of them stored; %s",
		d.killed, acknowledged, repeated, folded, left, leftStored, d.summed)
}
