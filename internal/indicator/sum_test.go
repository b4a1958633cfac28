package indicator_test

import (
	"math/big"
	"strings"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// figure reads an answer as the tables below write it: "12", "12~3" (trong đó
// ước 3), "12+30" (30 from below), "nil", "na", "" – each may have "+below".
func figure(text string) indicator.Figure {
	own, below, _ := strings.Cut(text, "+")
	own, estimated, _ := strings.Cut(own, "~")
	f := indicator.Figure{Below: indicator.ParseAmount(below)}
	switch own {
	case "":
	case "nil":
		f.Mark = indicator.Nil
	case "na":
		f.Mark = indicator.NotApplicable
	default:
		f.Mark, f.Own, f.Estimated = indicator.Number, indicator.ParseAmount(own), indicator.ParseAmount(estimated)
	}
	return f
}

func figures(text string) (list []indicator.Figure) {
	for one := range strings.SplitSeq(text, " ") {
		list = append(list, figure(strings.Trim(one, "_")))
	}
	return list
}

func TestWhatFiguresOfUnitsComeTo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		units    indicator.AcrossUnits
		figures  string // "_" was not answered
		expected int
		value    string
		numbers  int
		of       int
	}{
		{"sum", "10 20 30", 3, "60", 3, 3},
		{"sum", "10 0 _", 3, "10", 2, 3},        // blank is no 0: two of three
		{"sum", "10 nil _", 3, "10", 1, 3},      // nothing arose adds nothing
		{"sum", "10 na nil", 3, "10", 1, 2},     // not applicable leaves the denominator
		{"sum", "nil nil", 2, "", 0, 2},         // "–", not 0
		{"sum", "na na", 2, "", 0, 0},           //
		{"sum", "_ _", 2, "", 0, 2},             //
		{"sum", "0 0", 2, "0", 2, 2},            // counted, and there were none
		{"sum", "1.5 2.25", 4, "3.75", 2, 4},    // two have no report in force
		{"sum", "10+32 5", 2, "47", 2, 2},       // with what the communes of a district have
		{"sum", "nil+32 5", 2, "37", 2, 2},      // of which the district itself had none
		{"sum", "na+32 5", 2, "37", 2, 2},       // a number is there, so it counts
		{"sum", "12~3 5", 2, "17", 2, 2},        // the estimated part is inside
		{"count_true", "1 0 1 _", 4, "2", 3, 4}, //
		{"count_true", "nil na 1", 3, "1", 1, 2},
		{"count_true", "1+7 0+3", 2, "11", 2, 2},
		{"avg", "80 90 nil na", 4, "85", 2, 3},
		{"avg", "0 90", 2, "45", 2, 2},
		{"avg", "nil", 1, "", 0, 1},
		{"avg", "1 1 2", 3, "1.333333", 3, 3},
		{"none", "100 120", 2, "", 2, 2},
		{"none", "100", 1, "", 1, 1},
	}
	for _, test := range tests {
		i := indicator.Indicator{Units: test.units}
		got := i.Across(figures(test.figures), test.expected)
		if indicator.Text(got.Value) != test.value || got.Numbers != test.numbers || got.Of() != test.of {
			t.Errorf("%s of %q: got %q from %d/%d, want %q from %d/%d",
				test.units, test.figures, indicator.Text(got.Value), got.Numbers, got.Of(), test.value, test.numbers, test.of)
		}
	}
}

func TestEveryAnswerIsCountedOnce(t *testing.T) {
	t.Parallel()
	i := indicator.Indicator{Units: indicator.SumOfUnits}
	got := i.Across(figures("10 0 nil na _ _+5"), 7)
	want := indicator.Sum{Answered: 4, Numbers: 3, Nils: 1, NotApplicable: 1, Expected: 7}
	want.Value = got.Value
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestRatiosAreMadeOfTheirParts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		num, den string
		expected int
		value    string
		numbers  int
		of       int
	}{
		{"90 10", "100 100", 2, "50", 2, 2},      // not the mean of 90 % and 10 % by accident …
		{"90 1", "100 10", 2, "82.727273", 2, 2}, // … as here
		{"90 10", "100 _", 2, "90", 1, 2},        // only units where both are numbers
		{"90 nil", "100 10", 2, "90", 1, 2},
		{"90 10", "100 nil", 2, "90", 1, 2},
		{"90 na", "100 na", 2, "90", 1, 1},
		{"0 0", "0 0", 2, "", 2, 2}, // "–"
		{"0 5", "0 10", 2, "50", 2, 2},
		{"_ _", "10 10", 2, "", 0, 2},
		{"9+81 10", "10+90 100", 2, "50", 2, 2},
	}
	for _, test := range tests {
		got := indicator.Ratio(figures(test.num), figures(test.den), test.expected)
		if indicator.Text(got.Value) != test.value || got.Numbers != test.numbers || got.Of() != test.of {
			t.Errorf("%q of %q: got %q from %d/%d, want %q from %d/%d",
				test.num, test.den, indicator.Text(got.Value), got.Numbers, got.Of(), test.value, test.numbers, test.of)
		}
	}
}

func TestChangeAgainstAnEarlierValue(t *testing.T) {
	t.Parallel()
	tests := []struct{ now, before, want string }{
		{"112.4", "100", "12,4%"},
		{"97", "100", "-3,0%"},
		{"100", "100", "0,0%"},
		{"0", "100", "-100,0%"},
		{"5", "0", "–"},
		{"0", "0", "–"},
		{"5", "", "–"},
		{"", "5", "–"},
	}
	for _, test := range tests {
		got := "–"
		if percent, ok := indicator.Change(indicator.ParseAmount(test.now), indicator.ParseAmount(test.before)); ok {
			got = viet.FormatRat(percent, 1) + "%"
		}
		if got != test.want {
			t.Errorf("from %q to %q: got %s, want %s", test.before, test.now, got, test.want)
		}
	}
}

func TestTotalIsOwnAndBelow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "nil": "", "na": "", "0": "0", "12": "12", "12+30": "42", "0+0": "0", "nil+30": "30", "na+30": "30", "+30": "30", "12~12": "12",
	} {
		if got := indicator.Text(figure(text).Total()); got != want {
			t.Errorf("%q comes to %q, want %q", text, got, want)
		}
	}
	// What stands beside a mark other than a number is no number.
	f := indicator.Figure{Mark: indicator.Nil, Own: big.NewRat(5, 1)}
	if got := f.Total(); got != nil {
		t.Errorf("nothing arose, and still %s", got)
	}
}

func TestSumsLeaveTheFiguresAsTheyWere(t *testing.T) {
	t.Parallel()
	list := figures("10+1 20")
	i := indicator.Indicator{Units: indicator.MeanOfUnits}
	i.Across(list, 2)
	indicator.Ratio(list, list, 2)
	if indicator.Text(list[0].Own) != "10" || indicator.Text(list[0].Below) != "1" || indicator.Text(list[1].Own) != "20" {
		t.Errorf("adding up changed what was added: %v", list)
	}
}

func TestNumbersAreReadAndWrittenAsPostgresDoes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "1234.5": "1234.5", "12.500000": "12.5", "007": "7", "-1.25": "-1.25", "0.0000004": "0",
		"": "", "1/3": "", "1e3": "", "0x10": "", "1_000": "", "+1": "", ".5": "", "5.": "", "-": "", "1.2.3": "", "Inf": "", "１": "",
		strings.Repeat("9", 65): "",
	} {
		if got := indicator.Text(indicator.ParseAmount(text)); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got := indicator.Text(big.NewRat(2, 3)); got != "0.666667" {
		t.Errorf("2/3 is written %s", got)
	}
	if got := indicator.Text(big.NewRat(-1, 10_000_000)); got != "0" {
		t.Errorf("next to nothing is written %s", got)
	}
}
