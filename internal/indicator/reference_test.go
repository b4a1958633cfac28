package indicator_test

import (
	"slices"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/unit"
)

func reference(t testing.TB) indicator.Definitions {
	t.Helper()
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReferenceIsWhole(t *testing.T) {
	t.Parallel()
	d := reference(t)
	core, kinds := 0, map[indicator.Kind]int{}
	for _, i := range d.Indicators {
		kinds[i.Kind]++
		if i.Core {
			core++
		}
	}
	if len(d.Indicators) != 94 || len(d.Checks) != 14 || core != 50 {
		t.Errorf("got %d indicators, %d core, %d checks; want 94, 50, 14", len(d.Indicators), core, len(d.Checks))
	}
	if kinds[indicator.Derived] != 10 || kinds[indicator.Flag] != 3 || kinds[indicator.Amount] != 3 || kinds[indicator.Score] != 2 {
		t.Errorf("got %v", kinds)
	}
}

func TestCoreRatiosHaveTheirPartsInTheCore(t *testing.T) {
	t.Parallel()
	d := reference(t)
	core := map[string]bool{}
	for _, i := range d.Indicators {
		core[i.Code] = i.Core
	}
	for _, i := range d.Indicators {
		if i.Core && !i.Typed() && !(core[i.Numerator] && core[i.Denominator]) {
			t.Errorf("%s is asked for in every new campaign, but not %s and %s", i.Code, i.Numerator, i.Denominator)
		}
	}
}

func TestDefinitionsReadAsTheTableSays(t *testing.T) {
	t.Parallel()
	all := map[string]indicator.Indicator{}
	for _, i := range reference(t).Indicators {
		all[i.Code] = i
	}
	rate := all["T2.07"]
	if rate.Typed() || rate.Numerator != "T2.05" || rate.Denominator != "T2.04" || rate.Units != indicator.RatioOfUnits || rate.Unit != "%" {
		t.Errorf("T2.07 is %+v", rate)
	}
	carried := all["T2.03"]
	if carried.Units != indicator.SumOfUnits || carried.Periods != indicator.FirstOfPeriods || carried.Core {
		t.Errorf("T2.03 is %+v", carried)
	}
	people := all["T3.08"]
	if people.Kind != indicator.Amount || !slices.Equal(people.Kinds, []unit.Kind{unit.District, unit.Commune}) || people.Task != 3 {
		t.Errorf("T3.08 is %+v", people)
	}
	if all["T4.15"].Parent != "T4.14" || all["T2.01"].Units != indicator.NoneOfUnits || all["T0.07"].Units != indicator.MeanOfUnits {
		t.Errorf("T4.15 is %+v, T2.01 %+v, T0.07 %+v", all["T4.15"], all["T2.01"], all["T0.07"])
	}
}
