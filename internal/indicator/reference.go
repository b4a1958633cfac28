package indicator

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/unit"
)

var (
	//go:embed reference/indicators.csv
	indicatorsCSV string
	//go:embed reference/figure_checks.csv
	checksCSV string
)

var (
	indicatorColumns = []string{"code", "task_no", "name_vi", "unit", "aggregation", "kind", "core_2022", "kinds", "parent", "guide_vi"}
	checkColumns     = []string{"code", "expression", "severity", "message_vi"}
	ratioForm        = regexp.MustCompile(`^ratio\((T[0-9.]+)/(T[0-9.]+)\)$`)
)

// Definitions are indicators with the checks between them.
type Definitions struct {
	Indicators []Indicator // without IDs
	Checks     []Check
}

// Reference returns the definitions the portal comes with. They are part of the
// program: a fault in them is found by its tests.
func Reference() (Definitions, error) {
	var d Definitions
	rows, err := read(indicatorsCSV, indicatorColumns)
	if err != nil {
		return d, fmt.Errorf("indicators: %w", err)
	}
	for _, f := range rows {
		i, err := readIndicator(f)
		if err != nil {
			return d, fmt.Errorf("indicator %s: %w", f[0], err)
		}
		d.Indicators = append(d.Indicators, i)
	}
	if rows, err = read(checksCSV, checkColumns); err != nil {
		return d, fmt.Errorf("checks of figures: %w", err)
	}
	for _, f := range rows {
		c, err := ParseCheck(f[0], f[1], f[3])
		if err != nil {
			return d, err
		}
		if f[2] != severity {
			return d, fmt.Errorf("check %s: severity %q", f[0], f[2])
		}
		d.Checks = append(d.Checks, c)
	}
	return d, d.check()
}

// severity is what every check has: it raises a doubt.
const severity = "doubt"

func read(text string, columns []string) ([][]string, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("columns are not %q", columns)
	}
	return rows[1:], nil
}

func readIndicator(f []string) (Indicator, error) {
	i := Indicator{Code: f[0], Name: f[2], Unit: f[3], Kind: Kind(f[5]), Core: f[6] == "1", Parent: f[8], Guide: f[9]}
	var err error
	if i.Task, err = strconv.Atoi(f[1]); err != nil {
		return i, err
	}
	for kind := range strings.SplitSeq(f[7], "|") {
		i.Kinds = append(i.Kinds, unit.Kind(kind))
	}
	if m := ratioForm.FindStringSubmatch(f[4]); m != nil {
		i.Units, i.Periods, i.Numerator, i.Denominator = RatioOfUnits, RatioOfPeriods, m[1], m[2]
		return i, nil
	}
	units, periods, found := strings.Cut(f[4], "|")
	if !found {
		return i, fmt.Errorf("aggregation %q", f[4])
	}
	i.Units, i.Periods = AcrossUnits(units), AcrossPeriods(periods)
	return i, nil
}

// check refuses definitions that name what is not there.
func (d Definitions) check() error {
	known := map[string]Indicator{}
	for _, i := range d.Indicators {
		if _, twice := known[i.Code]; twice {
			return fmt.Errorf("indicator %s is defined twice", i.Code)
		}
		known[i.Code] = i
	}
	typed := func(of string, codes ...string) error {
		for _, code := range codes {
			if i, found := known[code]; !found || !i.Typed() {
				return fmt.Errorf("%s names %q, which nobody fills in", of, code)
			}
		}
		return nil
	}
	for _, i := range d.Indicators {
		if err := i.check(); err != nil {
			return fmt.Errorf("indicator %s: %w", i.Code, err)
		}
		if !i.Typed() {
			if err := typed(i.Code, i.Numerator, i.Denominator); err != nil {
				return err
			}
		}
		if i.Parent != "" {
			if err := typed(i.Code, i.Parent); err != nil {
				return err
			}
		}
	}
	for _, c := range d.Checks {
		if err := typed(c.Code, c.Codes()...); err != nil {
			return err
		}
	}
	return nil
}

var (
	acrossUnits   = []AcrossUnits{SumOfUnits, CountTrue, MeanOfUnits, NoneOfUnits, RatioOfUnits}
	acrossPeriods = []AcrossPeriods{SumOfPeriods, LastOfPeriods, FirstOfPeriods, RatioOfPeriods}
)

func (i Indicator) check() error {
	switch {
	case !codeForm.MatchString(i.Code):
		return fmt.Errorf("no code of an indicator")
	case i.Name == "" || i.Unit == "":
		return fmt.Errorf("no name or no unit of measure")
	case !slices.Contains(KindsOfFigure, i.Kind):
		return fmt.Errorf("kind %q", i.Kind)
	case !slices.Contains(acrossUnits, i.Units) || !slices.Contains(acrossPeriods, i.Periods):
		return fmt.Errorf("aggregation %q, %q", i.Units, i.Periods)
	case (i.Kind == Derived) != (i.Units == RatioOfUnits) || (i.Kind == Derived) != (i.Periods == RatioOfPeriods):
		return fmt.Errorf("only what is derived is a ratio")
	case (i.Kind == Flag) != (i.Units == CountTrue):
		return fmt.Errorf("only yes and no are counted")
	}
	for _, kind := range i.Kinds {
		if !slices.Contains(filing, kind) {
			return fmt.Errorf("units of kind %q file nothing", kind)
		}
	}
	return nil
}

// filing lists the kinds of unit that file.
var filing = []unit.Kind{unit.Department, unit.District, unit.Commune}
