package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// province adds up an indicator over the units that report to the lead unit.
func (w *world) province(t testing.TB, code string) string {
	t.Helper()
	rows, err := w.db.Query(t.Context(), `
		select f.mark, coalesce(trim_scale(f.own)::text, ''), coalesce(trim_scale(f.below)::text, '')
		from figure_fact f
		join roster r on r.campaign_id = 1 and r.unit_id = f.unit_id and r.reports_to = 1
		join indicator i on i.id = f.indicator_id
		where f.period_id = 3 and i.code = $1`, code)
	must(t, err)
	defer rows.Close()
	var figures []indicator.Figure
	for rows.Next() {
		var mark indicator.Mark
		var own, below string
		must(t, rows.Scan(&mark, &own, &below))
		figures = append(figures, indicator.Figure{Mark: mark, Own: indicator.ParseAmount(own), Below: indicator.ParseAmount(below)})
	}
	must(t, rows.Err())
	uses, err := indicator.All(t.Context(), w.db, 1)
	must(t, err)
	for _, u := range uses {
		if u.Code == code {
			return indicator.Text(u.Across(figures, len(figures)).Value)
		}
	}
	t.Fatalf("no indicator %s", code)
	return ""
}

func TestAProvinceNeitherLosesNorDoublesWhatCommunesReport(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "tuong", "giang", ofVinhTuong, year, map[string]string{"T4.01": "10", "T1.01": "1", "T2.04": "8", "T2.05": "6"})
	w.accepted(t, "thuy", "giang", ofViThuy, year, map[string]string{"T4.01": "5", "T1.01": "0", "T2.04": "2", "T2.05": "nil"})
	w.accepted(t, "huyen", "hoa", ofDistrict, year, map[string]string{"T4.01": "100", "T1.01": "1", "T2.04": "90", "T2.05": "84"})
	w.accepted(t, "hung", "hoa", ofDepartment, year, map[string]string{"T4.01": "7", "T1.01": "1"})
	// The lead unit reports to itself; nothing lies below its own report.
	w.accepted(t, "nhi", "tong", report.Ref(2022, "nam", "snv"), year, map[string]string{"T4.01": "3", "T1.01": "0"})

	got := map[string]string{}
	for _, code := range []string{"T4.01", "T1.01"} {
		got[code] = w.facts(t, "nam", code)
		got["province "+code] = w.province(t, code)
	}
	want := map[string]string{
		"T4.01":          "snv number 3+–; stp number 7+–; h-vi-thuy number 100+15; xa-vinh-tuong number 10+–; xa-vi-thuy number 5+–",
		"province T4.01": "125",
		"T1.01":          "snv number 0+–; stp number 1+–; h-vi-thuy number 1+1; xa-vinh-tuong number 1+–; xa-vi-thuy number 0+–",
		"province T1.01": "3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	frozen := w.version(t, ofDistrict, year).Frozen
	for key, content := range map[string]submission.Content{
		"below/T4.01": {"value": "15", "sources": "xa-vinh-tuong@1\nxa-vi-thuy@1"},
		"below/T2.05": {"value": "6", "sources": "xa-vinh-tuong@1"},
		"ratio/T2.07": {"value": "90"}, // (84 + 6) / (90 + 8 + 2)
	} {
		if diff := cmp.Diff(content, frozen.Part(key)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

func TestWhatLiesBelowIsLiveUntilItIsSent(t *testing.T) {
	t.Parallel()
	w := seed(t)
	below := func() string {
		t.Helper()
		b := w.content(t, ofDistrict, year).Rows["T4.01"].Below
		if b == nil {
			return "–"
		}
		return indicator.Text(b.Value)
	}
	if got := below(); got != "–" || w.content(t, ofDistrict, year).Reporters != 2 {
		t.Errorf("before any commune reported: %s", got)
	}
	if n := w.content(t, report.Ref(2022, "nam", "snv"), year).Reporters; n != 0 {
		t.Errorf("%d units report to the lead unit as to one that adds up", n)
	}
	w.sent(t, "tuong", ofVinhTuong, year, map[string]string{"T4.01": "10"})
	if got := below(); got != "–" {
		t.Errorf("sent and not accepted: %s", got)
	}
	w.accepts(t, "giang", ofVinhTuong, year)
	b := w.content(t, ofDistrict, year).Rows["T4.01"].Below
	if diff := cmp.Diff([]report.Source{{Unit: "xa-vinh-tuong", No: 1}}, b.Sources); below() != "10" || diff != "" || b.Expected != 2 {
		t.Errorf("accepted: %s, %+v", below(), b)
	}
	w.accepted(t, "huyen", "hoa", ofDistrict, year, map[string]string{"T4.01": "100"})
	w.accepted(t, "thuy", "giang", ofViThuy, year, map[string]string{"T4.01": "5"})
	if got := below(); got != "15" {
		t.Errorf("working copy after another commune: %s", got)
	}
	if got := w.facts(t, "nam", "T4.01"); got != "h-vi-thuy number 100+10; xa-vinh-tuong number 10+–; xa-vi-thuy number 5+–" {
		t.Errorf("in force: %s", got)
	}
	// What was sent reads as it was, in force or not.
	p, err := w.svc.Version(t.Context(), w.people["hoa"], year, ofDistrict, 1)
	must(t, err)
	r := p.Content.Rows["T4.01"]
	if indicator.Text(r.Value) != "110" || indicator.Text(r.Below.Value) != "10" || !cmp.Equal(r.Below.Sources, []report.Source{{Unit: "xa-vinh-tuong", No: 1}}) {
		t.Errorf("version: %+v, %+v", r.Value, r.Below)
	}
	// The district itself reads what counts, and what does not yet.
	own := func() report.Content {
		t.Helper()
		p, err := w.svc.Page(t.Context(), w.people["huyen"], year, ofDistrict)
		must(t, err)
		if !p.Working || len(p.Gaps) > 0 {
			t.Errorf("its own page: working %t, gaps %v", p.Working, p.Gaps)
		}
		return p.Content
	}
	content := own()
	if diff := cmp.Diff([]report.Since{{Unit: "xa-vi-thuy", Called: "Ủy ban nhân dân xã Vị Thủy", No: 1}}, content.Since); diff != "" {
		t.Errorf("came since (-want +got):\n%s", diff)
	}
	if got := indicator.Text(content.Rows["T4.01"].Value); got != "110" || !content.Reference.Complete() {
		t.Errorf("the district reads %s, and of its paper %+v", got, content.Reference)
	}
	// Amended, it counts what lies below now.
	must(t, w.svc.Amend(t.Context(), w.people["huyen"], year, w.once(), ofDistrict))
	if content = own(); len(content.Since) > 0 || indicator.Text(content.Rows["T4.01"].Value) != "115" {
		t.Errorf("amending: %s, since %v", indicator.Text(content.Rows["T4.01"].Value), content.Since)
	}
	must(t, w.svc.Submit(t.Context(), w.people["huyen"], year, w.once(), ofDistrict, w.signature(t, ofDistrict, year)))
	w.accepts(t, "hoa", ofDistrict, year)
	if got := w.province(t, "T4.01"); got != "115" {
		t.Errorf("province after the amendment: %s, want 115", got)
	}
}

func TestWhatADistrictIsNotAskedForIsNotLostAboveIt(t *testing.T) {
	t.Parallel()
	w := seed(t)
	// The lead unit asks communes alone how often they met their people.
	must(t, indicator.SetApplies(t.Context(), w.db, w.people["tong"], year, 1, "T3.07", "h-vi-thuy", false))
	w.accepted(t, "tuong", "giang", ofVinhTuong, year, map[string]string{"T3.07": "4"})
	w.accepted(t, "huyen", "hoa", ofDistrict, year, nil)
	if got := w.facts(t, "nam", "T3.07"); got != "h-vi-thuy not_applicable –+4; xa-vinh-tuong number 4+–" {
		t.Errorf("facts: %s", got)
	}
	if got := w.province(t, "T3.07"); got != "4" {
		t.Errorf("province: %s", got)
	}
	r := w.content(t, ofDistrict, year).Rows["T3.07"]
	if r.Asked || indicator.Text(r.Value) != "4" {
		t.Errorf("row: %+v", r)
	}
}

func TestAFigureNobodyAsksForAnyMoreIsNotSent(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.write(t, "huyen", ofDistrict, year, map[string]string{"T3.07": "9"})
	must(t, indicator.SetApplies(t.Context(), w.db, w.people["tong"], year, 1, "T3.07", "h-vi-thuy", false))
	must(t, w.svc.Submit(t.Context(), w.people["huyen"], year, w.once(), ofDistrict, w.signature(t, ofDistrict, year)))
	w.accepts(t, "hoa", ofDistrict, year)
	if got := w.facts(t, "nam", "T3.07"); got != "" {
		t.Errorf("it counts: %s", got)
	}
	if got := w.content(t, ofDistrict, year).Part("figure/T3.07").Content["own"]; got != "9" {
		t.Errorf("the working copy lost it: %q", got)
	}
}
