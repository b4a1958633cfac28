// Package indicator keeps what units are asked to count: the definitions, which of
// them a campaign asks of whom, and how figures add up. What a unit answered is
// not its business.
package indicator

import (
	"danvan/internal/unit"
)

// ID identifies an indicator for ever. People name it by its code.
type ID int64

// Kind says what a figure measures.
type Kind string

const (
	Count   Kind = "count"   // whole, not negative
	Amount  Kind = "amount"  // not negative, with decimals
	Flag    Kind = "flag"    // 1 có, 0 không
	Derived Kind = "derived" // worked out from two others, never typed
	Score   Kind = "score"   // points, with decimals
)

// KindsOfFigure lists every kind.
var KindsOfFigure = []Kind{Count, Amount, Flag, Derived, Score}

// AcrossUnits says what the figures of several units come to.
type AcrossUnits string

const (
	SumOfUnits   AcrossUnits = "sum"
	CountTrue    AcrossUnits = "count_true" // how many units answered yes
	MeanOfUnits  AcrossUnits = "avg"
	NoneOfUnits  AcrossUnits = "none" // the same thing in each: never adds up
	RatioOfUnits AcrossUnits = "ratio"
)

// AddsUp reports whether figures of units make a figure of those above them.
func (a AcrossUnits) AddsUp() bool { return a == SumOfUnits || a == CountTrue }

// AcrossPeriods says what the figures of disjoint periods come to.
type AcrossPeriods string

const (
	SumOfPeriods   AcrossPeriods = "sum"
	LastOfPeriods  AcrossPeriods = "last"  // the state at the end
	FirstOfPeriods AcrossPeriods = "first" // the state at the beginning
	RatioOfPeriods AcrossPeriods = "ratio"
)

// Indicator is one definition (chỉ tiêu số liệu).
type Indicator struct {
	ID          ID
	Code        string // "T4.01"
	Task        int    // 0: the common part
	Name        string
	Unit        string // đơn vị tính
	Kind        Kind
	Units       AcrossUnits
	Periods     AcrossPeriods
	Numerator   string // code; derived only
	Denominator string // likewise
	Parent      string // code of the whole of which it is a part, "" = none
	Kinds       []unit.Kind
	Core        bool   // switched on in a new campaign
	Guide       string // what is counted, for those who fill it in
}

// Typed reports whether somebody types the figure.
func (i Indicator) Typed() bool { return i.Kind != Derived }

// Parts are the codes of the figures that somebody types for it: its own, or
// numerator and denominator.
func (i Indicator) Parts() []string {
	if i.Typed() {
		return []string{i.Code}
	}
	return []string{i.Numerator, i.Denominator}
}
