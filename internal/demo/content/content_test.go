package content_test

import (
	"encoding/csv"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/demo/content"
	"danvan/internal/viet"
)

var today = viet.NewDate(2022, time.November, 28)

func load(t *testing.T) content.Content {
	t.Helper()
	c, err := content.All()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// units is slug to kind, of the province's reference table.
func units(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/units.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, row := range rows[1:] {
		kinds[row[0]] = row[1]
	}
	return kinds
}

func onRoster(kind string) bool { return kind == "department" || kind == "district" }

func distinct[T any](rows []T, of func(T) string) int {
	seen := map[string]bool{}
	for _, row := range rows {
		seen[of(row)] = true
	}
	return len(seen)
}

func TestThereIsEnoughToLookReal(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, need := range []struct {
		what       string
		got, least int
	}{
		{"activities", len(c.Activities), 420},
		{"titles", distinct(c.Activities, func(a content.Activity) string { return a.Title }), 320},
		{"products", distinct(c.Activities, func(a content.Activity) string { return a.Product }), 80},
		{"descriptions", distinct(c.Activities, func(a content.Activity) string { return a.Description }) - 1, 200},
		{"progress notes", distinct(c.Progress, func(e content.Entry) string { return e.Note }), 550},
		{"evidence files", len(c.Evidence), 40},
		{"names of people", distinct(c.People, func(p content.Person) string { return p.Name }), 160},
	} {
		if need.got < need.least {
			t.Errorf("%s: got %d, want at least %d", need.what, need.got, need.least)
		}
	}
}

// clean is a text as the portal keeps it: of several lines in reports alone.
func clean(at, text string) string {
	if strings.HasPrefix(at, "Content.Narratives") || strings.HasPrefix(at, "Content.Assessments") || strings.HasPrefix(at, "Content.Formers") {
		return viet.Clean(text)
	}
	return viet.CleanLine(text)
}

func TestEveryTextIsCleanAsIfTyped(t *testing.T) {
	t.Parallel()
	c := load(t)
	var check func(at string, v reflect.Value)
	check = func(at string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if got := v.String(); clean(at, got) != got {
				t.Errorf("%s: %q is not composed, or has blanks too many", at, got)
			}
		case reflect.Slice:
			for i := range v.Len() {
				check(at+"["+strconv.Itoa(i)+"]", v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					check(at+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		}
	}
	check("Content", reflect.ValueOf(c))
}

func TestEveryRosterUnitHasFourToEightPersonsOrMoreAtSoNoiVu(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, p := range load(t).People {
		count[p.Unit]++
	}
	for slug, kind := range units(t) {
		most := 8
		if slug == "snv" {
			most = 10 // it also reviews, consolidates and administers
		}
		if onRoster(kind) && (count[slug] < 4 || count[slug] > most) {
			t.Errorf("%s has %d persons, want 4 to %d", slug, count[slug], most)
		}
	}
}

func TestTheDemoPeopleOfTheProductPageExist(t *testing.T) {
	t.Parallel()
	c, want := load(t), map[string][]actor.Role{
		"snv.thamdinh": {actor.Reviewer, actor.Staff}, "snv.thamdinh2": {actor.Reviewer},
		"snv.tonghop": {actor.Consolidator}, "quantri": {actor.Admin},
		"ubnd.lanhdao": {actor.Leadership}, "bdv.theodoi": {actor.Leadership},
		"h-vi-thuy.thamdinh": {actor.Reviewer},
		"mttq.phoihop":       {actor.Observer}, "cat.phoihop": {actor.Observer},
	}
	communes := []string{"thi-tran-nang-mau-h-vi-thuy", "xa-vi-thang-h-vi-thuy"}
	for slug, kind := range units(t) {
		if onRoster(kind) || slices.Contains(communes, slug) {
			want[slug+".chuyenvien"] = []actor.Role{actor.Staff}
			want[slug+".lanhdao"] = []actor.Role{actor.UnitLeader}
		}
	}
	got := map[string][]actor.Role{}
	for _, p := range c.People {
		if p.Username == "" {
			continue
		}
		if _, twice := got[p.Username]; twice {
			t.Errorf("two people sign in as %s", p.Username)
		}
		for _, r := range p.Roles {
			got[p.Username] = append(got[p.Username], actor.Role(r))
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sign-ins:\n got %v\nwant %v", got, want)
	}
}

func TestEveryUnitAndPersonNamedExists(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	people := map[string]bool{}
	for _, p := range c.People {
		if kinds[p.Unit] == "" {
			t.Errorf("%s works in unknown unit %q", p.Name, p.Unit)
		}
		for _, r := range p.Roles {
			if !slices.Contains(actor.Roles, actor.Role(r)) {
				t.Errorf("%s has unknown role %q", p.Name, r)
			}
		}
		if people[p.Unit+"/"+p.Name] {
			t.Errorf("%s has two persons named %s", p.Unit, p.Name)
		}
		people[p.Unit+"/"+p.Name] = true
	}
	person := func(unit, name, as string) {
		if name != "" && !people[unit+"/"+name] {
			t.Errorf("%s: %s %q is nobody there", unit, as, name)
		}
	}
	for _, a := range c.Activities {
		person(a.Unit, a.Owner, "owner")
		person(a.Unit, a.Deputy, "deputy")
		if a.Deputy == a.Owner {
			t.Errorf("%s %s: the deputy is the owner", a.Unit, a.Code)
		}
		for _, slug := range a.Partners {
			if kinds[slug] == "" || slug == a.Unit {
				t.Errorf("%s %s: partner %q", a.Unit, a.Code, slug)
			}
		}
	}
	for _, e := range c.Progress {
		person(e.Unit, e.By, "writer")
	}
	for _, p := range c.Plans {
		person(p.Unit, p.Signer, "signer")
		person(p.Unit, p.HandedBy, "hander")
	}
	for _, r := range c.Rounds {
		person(r.Unit, r.SentBy, "sender")
		person("snv", r.DecidedBy, "decider")
	}
	for _, a := range c.Amendments {
		person(a.Unit, a.BegunBy, "beginner")
		person(a.Unit, a.Signer, "signer")
	}
}

func TestActivitiesLieInTheYearWithCodesOfTheirOwn(t *testing.T) {
	t.Parallel()
	c := load(t)
	seen := map[string]bool{}
	first, last := viet.NewDate(content.Year, 1, 1), viet.NewDate(content.Year, 12, 31)
	drafts := map[string]bool{}
	for _, p := range c.Plans {
		drafts[p.Unit] = p.State == content.Draft
	}
	for _, a := range c.Activities {
		at := a.Unit + " " + a.Code
		if seen[at] {
			t.Errorf("%s is there twice", at)
		}
		seen[at] = true
		task, no, ok := strings.Cut(a.Code, ".")
		if n, err := strconv.Atoi(no); !ok || err != nil || n < 1 || !strings.Contains("01234567", task) {
			t.Errorf("%s: the code is not task.no", at)
		}
		if !drafts[a.Unit] && (!a.Time.Valid() || !a.Time.Start.Within(first, last) || !a.Time.Due.Within(first, last)) {
			t.Errorf("%s: time %v", at, a.Time)
		}
		if a.Title == "" || a.Product == "" || a.Owner == "" || a.Section == "" {
			t.Errorf("%s: title, product, owner or section is missing", at)
		}
		if (a.UnitOfMeasure == "") != (a.Target == "") {
			t.Errorf("%s: half a measure", at)
		}
	}
}

func TestEveryPlanAnswersAllSevenTasks(t *testing.T) {
	t.Parallel()
	c := load(t)
	answered := map[string]bool{}
	for _, a := range c.Activities {
		answered[a.Unit+a.Code[:1]] = true
	}
	for _, s := range c.Scopes {
		if answered[s.Unit+strconv.Itoa(s.Task)] {
			t.Errorf("%s has activities under task %d, which it calls out of scope", s.Unit, s.Task)
		}
		if s.Kind != "not_applicable" && s.Kind != "nil" || len(s.Reason) < 40 {
			t.Errorf("%s task %d: %q %q", s.Unit, s.Task, s.Kind, s.Reason)
		}
		answered[s.Unit+strconv.Itoa(s.Task)] = true
	}
	for _, p := range c.Plans {
		for task := 1; task <= 7; task++ {
			unfinished := p.State == content.NotBegun || p.State == content.Draft
			if !unfinished && !answered[p.Unit+strconv.Itoa(task)] {
				t.Errorf("%s says nothing about task %d", p.Unit, task)
			}
		}
	}
}
