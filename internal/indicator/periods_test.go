package indicator_test

import (
	"strings"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// periods reads "15/12/2021-14/06/2022c=10 …": the window, c where figures run
// from the start of the campaign's data, the value ("-" answered without one).
func periods(t testing.TB, text string) (list []indicator.PeriodValue) {
	t.Helper()
	for one := range strings.FieldsSeq(text) {
		window, value, _ := strings.Cut(one, "=")
		window, cumulative := strings.CutSuffix(window, "c")
		from, to, _ := strings.Cut(window, "-")
		p := indicator.PeriodValue{Cumulative: cumulative, Value: indicator.ParseAmount(value)}
		for _, day := range []struct {
			text string
			into *viet.Date
		}{{from, &p.From}, {to, &p.To}} {
			var err error
			if *day.into, err = viet.ParseDate(day.text); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, p)
	}
	return list
}

const (
	sixMonths = "15/12/2021-14/06/2022c="
	theYear   = " 15/12/2021-30/11/2022c="
	january   = " 15/12/2021-14/01/2022="
	february  = " 15/01/2022-14/02/2022="
	july      = " 15/06/2022-14/07/2022="
)

func TestWhatPeriodsComeTo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		across indicator.AcrossPeriods
		values string
		want   string
	}{
		{"sum", sixMonths + "10" + theYear + "25", "25"}, // never 35
		{"sum", theYear + "25 " + sixMonths + "10", "25"},
		{"sum", sixMonths + "10", "10"},               // the year has not reported yet
		{"sum", sixMonths + "10" + theYear + "-", ""}, // it did, and nothing arose
		{"sum", january + "3" + february + "4", "7"},
		{"sum", january + "3" + february + "-", "3"},
		{"sum", january + "-" + february + "-", ""},
		{"sum", january + "0" + february + "-", "0"},
		{"sum", january + "3" + february + "4 " + sixMonths + "10", "10"},
		{"sum", january + "3 " + sixMonths + "10" + july + "2", "12"}, // what comes after is added
		{"sum", july + "2 " + "15/06/2022-30/11/2022c=25", "25"},      // though its window begins later
		{"sum", "", ""},
		{"last", january + "3" + february + "4", "4"},
		{"last", february + "4" + january + "3", "4"},
		{"last", january + "3" + february + "-", "3"},
		{"last", sixMonths + "10" + theYear + "8", "8"},
		{"first", january + "3" + february + "4", "3"},
		{"first", january + "-" + february + "4", "4"},
		{"first", sixMonths + "10" + theYear + "10", "10"},
		{"ratio", january + "3" + february + "4", ""},
	}
	for _, test := range tests {
		i := indicator.Indicator{Periods: test.across}
		if got := indicator.Text(i.AcrossPeriods(periods(t, test.values))); got != test.want {
			t.Errorf("%s of %q: got %q, want %q", test.across, test.values, got, test.want)
		}
	}
}

func TestTheSecondHalfIsTheYearLessTheFirst(t *testing.T) {
	t.Parallel()
	tests := []struct {
		across         indicator.AcrossPeriods
		earlier, later string
		want           string
	}{
		{"sum", "10", "25", "15"},
		{"sum", "10", "10", "0"},
		{"sum", "10", "8", "-2"}, // a doubt asks about it; the arithmetic does not hide it
		{"sum", "", "25", ""},
		{"sum", "10", "", ""},
		{"last", "10", "8", "8"},
		{"last", "", "8", "8"},
		{"first", "10", "8", ""},
		{"ratio", "10", "8", ""},
	}
	for _, test := range tests {
		i := indicator.Indicator{Periods: test.across}
		got := i.Since(indicator.ParseAmount(test.earlier), indicator.ParseAmount(test.later))
		if indicator.Text(got) != test.want {
			t.Errorf("%s, %q and then %q: got %q, want %q", test.across, test.earlier, test.later, indicator.Text(got), test.want)
		}
	}
}

func TestRatiosOfPeriodsUseThoseWhereBothAreNumbers(t *testing.T) {
	t.Parallel()
	sum, first := indicator.Indicator{Periods: indicator.SumOfPeriods}, indicator.Indicator{Periods: indicator.FirstOfPeriods}
	tests := []struct {
		num, den   indicator.Indicator
		nums, dens string
		want       string
	}{
		{sum, sum, january + "90" + february + "1", january + "100" + february + "10", "82.727273"},
		{sum, sum, january + "90" + february + "1", january + "100" + february + "-", "90"},
		{sum, sum, sixMonths + "5" + theYear + "20", sixMonths + "10" + theYear + "80", "25"},
		{sum, sum, sixMonths + "5" + theYear + "-", sixMonths + "10" + theYear + "80", "50"},
		{sum, first, january + "5" + february + "5", january + "20" + february + "40", "50"},
		{sum, sum, january + "0", january + "0", ""},
	}
	for _, test := range tests {
		got := indicator.RatioAcrossPeriods(test.num, test.den, periods(t, test.nums), periods(t, test.dens))
		if indicator.Text(got) != test.want {
			t.Errorf("%q of %q: got %q, want %q", test.nums, test.dens, indicator.Text(got), test.want)
		}
	}
}
