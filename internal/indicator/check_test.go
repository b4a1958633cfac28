package indicator_test

import (
	"slices"
	"strings"
	"testing"

	"danvan/internal/indicator"
)

// answers reads "T2.05=90 T2.06=nil"; what is not named was not answered.
func answers(text string) map[string]indicator.Figure {
	all := map[string]indicator.Figure{}
	for one := range strings.FieldsSeq(text) {
		code, answer, _ := strings.Cut(one, "=")
		all[code] = figure(answer)
	}
	return all
}

func TestChecksHoldOrRaiseADoubt(t *testing.T) {
	t.Parallel()
	const (
		equal = "T2.05 + T2.06 = T2.04"
		less  = "T4.15 + T4.16 + T4.17 <= T4.14"
	)
	tests := []struct {
		expr    string
		figures string
		want    string
	}{
		{equal, "T2.05=90 T2.06=10 T2.04=100", "holds"},
		{equal, "T2.05=90 T2.06=9 T2.04=100", "doubt"},
		{equal, "T2.05=90 T2.06=11 T2.04=100", "doubt"},
		{equal, "T2.05=90 T2.06=nil T2.04=90", "holds"},
		{equal, "T2.05=90 T2.06=nil T2.04=100", "doubt"}, // nothing arose adds nothing
		{equal, "T2.05=90 T2.06=na T2.04=100", "doubt"},
		{equal, "T2.05=90 T2.04=100", "unknown"}, // still to be answered
		{equal, "T2.05=90 T2.06= T2.04=100", "unknown"},
		{equal, "T2.05=nil T2.06=nil T2.04=100", "unknown"}, // no number on a side
		{equal, "T2.05=90 T2.06=10 T2.04=nil", "unknown"},
		{equal, "T2.05=0 T2.06=0 T2.04=0", "holds"},
		{equal, "T2.05=90+5 T2.06=10 T2.04=100", "holds"}, // it is about what the unit counted
		{equal, "", "unknown"},
		{less, "T4.15=1 T4.16=2 T4.17=3 T4.14=6", "holds"},
		{less, "T4.15=1 T4.16=2 T4.17=3 T4.14=7", "holds"},
		{less, "T4.15=1 T4.16=2 T4.17=3 T4.14=5", "doubt"},
		{less, "T4.15=1.5 T4.16=nil T4.17=0.5 T4.14=1.9", "doubt"},
	}
	for _, test := range tests {
		c, err := indicator.ParseCheck("C01", test.expr, "")
		if err != nil {
			t.Fatal(err)
		}
		got := "unknown"
		if holds, known := c.Holds(indicator.Values(answers(test.figures))); known && holds {
			got = "holds"
		} else if known {
			got = "doubt"
		}
		if got != test.want {
			t.Errorf("%s with %s: got %s, want %s", test.expr, test.figures, got, test.want)
		}
	}
}

func TestOnlySumsOfCodesAreCompared(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"T1.01=T1.02":           "T1.01 = T1.02",
		" T1.01 <=T1.02+ T1.03": "T1.01 <= T1.02 + T1.03",
		"T1.01 + T1.02 = T1.03": "T1.01 + T1.02 = T1.03",
	} {
		if c, err := indicator.ParseCheck("C01", expr, ""); err != nil || c.String() != want {
			t.Errorf("%q was read as %q, %v; want %q", expr, c, err, want)
		}
	}
	for _, expr := range []string{
		"", "=", "<=", "T1.01", "T1.01 =", "= T1.01", "T1.01 == T1.02", "T1.01 < T1.02", "T1.01 >= T1.02", "T1.01 - T1.02 = T1.03",
		"T1.01 = T1.02 = T1.03", "T1.01 <= T1.02 <= T1.03", "T1.01 + = T1.02", "+ T1.01 = T1.02", "2 * T1.01 = T1.02", "T1.01 = 5",
		"T1.01 = T1.01", "T1.01 + T1.01 = T1.02", "T1 = T2", "t1.01 = T1.02", "T1.01 < = T1.02", "(T1.01) = T1.02", "T1.01 ≤ T1.02",
		strings.Repeat("T1.01 + ", 40) + "T1.02 = T1.03",
	} {
		if c, err := indicator.ParseCheck("C01", expr, ""); err == nil {
			t.Errorf("%q was read as %q", expr, c)
		}
	}
}

// FuzzParseCheck proves that whatever is read means what it is written as.
func FuzzParseCheck(f *testing.F) {
	for _, seed := range []string{"T2.05 + T2.06 = T2.04", "T2.04 <= T2.02 + T2.03", "T1.01<=T1.02", "T1.01 = = T1.02", "<=", "T1.01 + T1.01 = T1.02"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		c, err := indicator.ParseCheck("C01", expr, "")
		if err != nil {
			return
		}
		again, err := indicator.ParseCheck("C01", c.String(), "")
		if err != nil || again.String() != c.String() {
			t.Fatalf("%q was read as %q, and that as %q, %v", expr, c, again, err)
		}
		if got, want := strings.ReplaceAll(c.String(), " ", ""), strings.ReplaceAll(expr, " ", ""); got != want {
			t.Fatalf("%q was read as %q", expr, c)
		}
		values := map[string]indicator.Figure{}
		for _, code := range c.Codes() {
			values[code] = figure("1")
		}
		holds, known := c.Holds(indicator.Values(values))
		want := len(c.Left) == len(c.Right) || !c.Equal && len(c.Left) < len(c.Right)
		if !known || holds != want {
			t.Fatalf("%q with ones holds: %t, %t; want %t", expr, holds, known, want)
		}
		if i := slices.Index(c.Codes(), c.Left[0]); i != 0 {
			t.Fatalf("%q begins with %q", expr, c.Codes())
		}
	})
}
