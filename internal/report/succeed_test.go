package report_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
)

var ofSuccessor = report.Ref(2022, "nam", "xa-vinh-thuy")

// merged is a year in which two communes reported for its first half and were one
// from 1 August.
func merged(t *testing.T) *world {
	t.Helper()
	w := seed(t)
	w.accepted(t, "tuong", "giang", inHalf(ofVinhTuong), half, map[string]string{"T4.01": "10", "T2.04": "10", "T2.05": "9", "T3.03": "3", "T1.01": "1"})
	w.accepted(t, "thuy", "giang", inHalf(ofViThuy), half, map[string]string{"T4.01": "6", "T2.04": "30", "T2.05": "15", "T3.03": "4", "T1.01": "1"})
	w.exec(t, `
		insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_name, at)
		    select u.id, i.id, 2021, 'nam', u.value, 'Báo cáo năm 2021', 'Ngô Văn Tường', '2022-06-01 08:00+07'
		    from (values (4, 8), (5, 5)) u (id, value), indicator i where i.code = 'T4.01';
		insert into unit (id, slug) overriding system value values (6, 'xa-vinh-thuy');
		update unit_version set valid = '[2020-01-01,2022-08-01)' where unit_id in (4, 5);
		insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
		    values (6, 6, '[2022-08-01,)', 'U6', 'Ủy ban nhân dân xã Vĩnh Thủy', 'Xã Vĩnh Thủy', 'UBND', 'Hậu Giang', 'commune');
		insert into unit_lineage (from_unit, to_unit, kind, on_date, basis)
		    values (4, 6, 'merge', '2022-08-01', 'Nghị quyết số 01'), (5, 6, 'merge', '2022-08-01', 'Nghị quyết số 01');
		update roster set valid = '[2022-01-01,2022-08-01)' where unit_id in (4, 5);
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid) values (1, 6, 6, 3, 6, '[2022-08-01,)');`)
	must(t, submission.Ensure(t.Context(), w.db, year))
	return w
}

// told is a compared figure in short: "16 of a; b".
func told(x *report.Compared) string {
	if x == nil {
		return "nothing"
	}
	said := indicator.Text(x.Value) + string(x.Figure.Mark[:min(1, len(x.Figure.Mark))])
	for _, name := range x.Of {
		said += "; " + name
	}
	return said
}

func TestASuccessorIsComparedWithTheSumOfThoseItFollows(t *testing.T) {
	t.Parallel()
	w := merged(t)
	const both = "; Ủy ban nhân dân xã Vĩnh Tường; Ủy ban nhân dân xã Vị Thủy"
	rows := w.content(t, ofSuccessor, year).Rows
	got := map[string]string{
		"a sum":                   told(rows["T4.01"].Previous),
		"a sum of the year ago":   told(rows["T4.01"].LastYear),
		"a ratio from its parts":  told(rows["T2.07"].Previous),
		"nothing arose":           told(rows["T4.08"].Previous),
		"nothing of the year ago": told(rows["T4.02"].LastYear),
		"how many said yes":       told(rows["T1.01"].Previous),
	}
	want := map[string]string{"a sum": "16n" + both, "a sum of the year ago": "13n" + both, "a ratio from its parts": "60" + both,
		"nothing arose": "n" + both, "nothing of the year ago": "nothing", "how many said yes": "2n" + both}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if x := rows["T4.01"].Previous; x.Period != "6-thang" || x.No != 0 {
		t.Errorf("the sum is no sending of anybody: %+v", x)
	}
	if o := rows["T3.03"].Offer; o == nil || o.Value != "7" || o.Source != "Cộng số liệu của Ủy ban nhân dân xã Vĩnh Tường, Ủy ban nhân dân xã Vị Thủy" {
		t.Errorf("offered: %+v", o)
	}

	// What the unit types in for itself is taken as it is.
	_, err := w.svc.SavePrior(t.Context(), w.people["quan-tri"], year, w.once(), ofSuccessor, map[string]report.PriorEdit{"T4.01": {Value: "12", Source: "Đối chiếu sổ"}})
	must(t, err)
	if x := w.content(t, ofSuccessor, year).Rows["T4.01"].LastYear; told(x) != "12n" || x.Source != "Đối chiếu sổ" {
		t.Errorf("typed in: %+v", x)
	}
	// Others are compared with what was theirs.
	if x := w.content(t, ofDepartment, year).Rows["T4.01"].Previous; x != nil {
		t.Errorf("a unit that follows nobody: %+v", x)
	}
}

func TestOnlyWhatEndedBeforeTheUnitWasFollowedIsItsSuccessors(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2022-06-15": "10n; Ủy ban nhân dân xã Vĩnh Tường", // the day after the first half's figures were cut off
		"2022-06-14": "nothing",                            // followed within: its own report tells
		"2022-12-01": "nothing",                            // after the year's figures were cut off
	} {
		w := seed(t)
		w.accepted(t, "tuong", "giang", inHalf(ofVinhTuong), half, map[string]string{"T4.01": "10"})
		// Vĩnh Tường goes on with less; a part of it falls to Vị Thủy.
		w.exec(t, `insert into unit_lineage (from_unit, to_unit, kind, on_date, basis) values (4, 5, 'split', $1::text::date, 'Nghị quyết số 01')`, day)
		if got := told(w.content(t, ofViThuy, year).Rows["T4.01"].Previous); got != want {
			t.Errorf("followed on %s: got %s, want %s", day, got, want)
		}
		if got := told(w.content(t, ofVinhTuong, year).Rows["T4.01"].Previous); got != "10n" {
			t.Errorf("followed on %s: the unit itself has %s", day, got)
		}
	}
}

func TestAUnitThatGoesOnCountsWhatItTookIn(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "tuong", "giang", inHalf(ofVinhTuong), half, map[string]string{"T4.01": "10"})
	w.accepted(t, "thuy", "giang", inHalf(ofViThuy), half, map[string]string{"T4.01": "6"})
	w.exec(t, `insert into unit_lineage (from_unit, to_unit, kind, on_date, basis) values (4, 5, 'merge', '2022-08-01', 'Nghị quyết số 01')`)
	x := w.content(t, ofViThuy, year).Rows["T4.01"].Previous
	if told(x) != "16n; Ủy ban nhân dân xã Vị Thủy; Ủy ban nhân dân xã Vĩnh Tường" {
		t.Errorf("got %s", told(x))
	}
	if names := w.content(t, ofViThuy, year).Followed(); !slices.Equal(names, []string{"Ủy ban nhân dân xã Vị Thủy", "Ủy ban nhân dân xã Vĩnh Tường"}) {
		t.Errorf("the footnote names %q", names)
	}
}
