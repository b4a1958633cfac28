package unit_test

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

var (
	//go:embed testdata/reorganisation_2025.csv
	communes2025 string
	//go:embed testdata/reorganisation_units_2025.csv
	offices2025 string
)

var (
	february = viet.NewDate(2025, 2, 19)
	july     = viet.NewDate(2025, 7, 1)
)

// records reads a CSV file as rows by column.
func records(t testing.TB, file string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

// officeSteps groups the changes of units by successor. Successors take over the code
// of their first predecessor where that ends, as the new communes do.
func officeSteps(t testing.TB, db database.DB, on viet.Date) []unit.Step {
	t.Helper()
	var steps []unit.Step
	place := map[string]int{}
	for _, r := range records(t, offices2025) {
		if r["effective_from"] != on.ISO() {
			continue
		}
		if r["change"] == string(unit.Abolished) {
			steps = append(steps, unit.Step{Kind: unit.Abolished, From: []string{r["old_slug"]}, Basis: r["basis"]})
			continue
		}
		i, ok := place[r["new_slug"]]
		if !ok {
			i = len(steps)
			place[r["new_slug"]] = i
			v := bySlug(t, db, r["old_slug"], on.AddDays(-1)).Version()
			v.Name, v.Short, v.Kind, v.Basis = r["new_name"], r["new_name"], unit.Kind(r["kind"]), r["basis"]
			steps = append(steps, unit.Step{Kind: unit.Change(r["change"]), To: []unit.Successor{{Slug: r["new_slug"], Version: v}}, Basis: r["basis"]})
		}
		steps[i].From = append(steps[i].From, r["old_slug"])
	}
	return steps
}

func communeSteps(t testing.TB, db database.DB) []unit.Step {
	t.Helper()
	old, err := unit.List(t.Context(), db, unit.Filter{On: july.AddDays(-1), Kinds: []unit.Kind{unit.Commune}})
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]string{}
	for _, u := range old {
		slugs[u.Code] = u.Slug
	}
	var steps []unit.Step
	place := map[string]int{}
	for _, r := range records(t, communes2025) {
		i, ok := place[r["new_code"]]
		if !ok {
			i = len(steps)
			place[r["new_code"]] = i
			form, name, _ := strings.Cut(r["new_name"], " ")
			steps = append(steps, unit.Step{Kind: unit.Merged, Basis: "Nghị quyết 1668/NQ-UBTVQH15", To: []unit.Successor{{
				Slug: fmt.Sprintf("c-%s-2025", r["new_code"]),
				Version: unit.Version{
					Code: r["new_code"], Name: "Ủy ban nhân dân " + strings.ToLower(form) + " " + name, Short: r["new_name"],
					Symbol: "UBND", Place: name, Kind: unit.Commune, Parent: "ubnd-tp-can-tho", Basis: "Nghị quyết 1668/NQ-UBTVQH15",
				},
			}}})
		}
		steps[i].From = append(steps[i].From, slugs[r["old_code"]])
	}
	return steps
}

func TestTheReorganisationOf2025KeepsWhatWasAndReusesCodesAndNames(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	ctx := t.Context()
	if err := unit.Reorganise(ctx, db, admin, now, february, officeSteps(t, db, february)); err != nil {
		t.Fatal(err)
	}
	// The root is replaced first: the new communes stand under the new one.
	if err := unit.Reorganise(ctx, db, admin, now, july, append(officeSteps(t, db, july), communeSteps(t, db)...)); err != nil {
		t.Fatal(err)
	}

	communesOn := func(on viet.Date) map[string]unit.Unit {
		list, err := unit.List(ctx, db, unit.Filter{On: on, Kinds: []unit.Kind{unit.Commune}})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]unit.Unit{}
		for _, u := range list {
			out[u.Code] = u
		}
		return out
	}
	before, after := communesOn(july.AddDays(-1)), communesOn(july)
	if len(before) != 75 || len(after) != 28 {
		t.Fatalf("%d communes before, %d after, want 75 and 28", len(before), len(after))
	}
	renamed := 0
	for code, u := range after {
		old, ok := before[code]
		if !ok {
			t.Errorf("%s %s has no predecessor of its code", code, u.Short)
		}
		if old.ID == u.ID || old.Slug == u.Slug {
			t.Errorf("%s kept the identity of %s", u.Short, old.Short)
		}
		if old.Short != u.Short {
			renamed++
		}
		if u.ParentSlug != "ubnd-tp-can-tho" {
			t.Errorf("%s stands under %q", u.Short, u.ParentSlug)
		}
	}
	if renamed != 18 {
		t.Errorf("%d codes have another name, want 18", renamed)
	}

	var ids []unit.ID
	for _, u := range before {
		ids = append(ids, u.ID)
	}
	links, err := unit.Successors(ctx, db, ids...)
	if err != nil || len(links) != 75 {
		t.Fatalf("%d links, err = %v, want one for each of 75 communes", len(links), err)
	}
	for _, r := range records(t, communes2025) {
		old := before[r["old_code"]]
		for _, l := range links {
			if l.FromID == old.ID && (l.ToShort != r["new_name"] || l.FromShort != r["old_name"] || l.Kind != unit.Merged) {
				t.Errorf("%s → %s, want %s → %s", l.FromShort, l.ToShort, r["old_name"], r["new_name"])
			}
		}
	}

	for slug, want := range map[string]int{"snv-2025": 3, "stc-2025": 2, "snnmt": 2} {
		from, err := unit.Predecessors(ctx, db, bySlug(t, db, slug, july).ID)
		if err != nil || len(from) != want {
			t.Errorf("%s has %d predecessors, err = %v, want %d", slug, len(from), err, want)
		}
	}
	if got := bySlug(t, db, "snv-2025", february); got.Code != "SNV" || got.Name != "Sở Nội vụ" {
		t.Errorf("snv-2025 = %+v, want the old code and name", got)
	}
	gone, err := unit.Successors(ctx, db, bySlug(t, db, "h-long-my", today).ID)
	if err != nil || len(gone) != 1 || gone[0].Kind != unit.Abolished || gone[0].ToID != 0 {
		t.Errorf("h-long-my → %+v, err = %v, want abolished", gone, err)
	}
	if _, err := unit.BySlug(ctx, db, "h-long-my", july); !errors.Is(err, fault.NotFound) {
		t.Errorf("h-long-my on %s: err = %v, want not found", july, err)
	}
	if got := bySlug(t, db, "h-long-my", july.AddDays(-1)).Name; got != "Ủy ban nhân dân huyện Long Mỹ" {
		t.Errorf("h-long-my the day before = %q", got)
	}
}

func TestSearchAfterTheReorganisationFindsOnlyWhatExistsThen(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	if err := unit.Reorganise(t.Context(), db, admin, now, july, append(officeSteps(t, db, july), communeSteps(t, db)...)); err != nil {
		t.Fatal(err)
	}
	for on, want := range map[viet.Date]string{
		july.AddDays(-1): "H. Long Mỹ, TX. Long Mỹ",
		july:             "Phường Long Mỹ",
	} {
		units, err := unit.List(t.Context(), db, unit.Filter{On: on, Search: "long my"})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(shorts(units), ", "); got != want {
			t.Errorf("on %s = %q, want %q", on, got, want)
		}
	}
}
