package indicator

import (
	"context"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"danvan/internal/database"
)

// Check is a rule between figures of one report that has to be explained where it
// does not hold, e.g. T2.05 + T2.06 = T2.04. It never refuses a figure.
type Check struct {
	Code    string // "C01"
	Expr    string
	Message string // what a unit reads where it does not hold
	Left    []string
	Right   []string // codes that each side adds up
	Equal   bool     // the sides are the same; else the left is no more than the right
}

const (
	maxExpr  = 200 // bytes
	maxTerms = 20
)

var codeForm = regexp.MustCompile(`^T[0-9]{1,3}\.[0-9]{1,3}$`)

// ParseCheck reads an expression: codes joined by + on both sides of = or <=. An
// indicator stands in it once.
func ParseCheck(code, expr, message string) (Check, error) {
	c := Check{Code: code, Expr: expr, Message: message}
	if len(expr) > maxExpr {
		return Check{}, fmt.Errorf("check %s: longer than %d bytes", code, maxExpr)
	}
	left, right, found := strings.Cut(expr, "=")
	if !found {
		return Check{}, fmt.Errorf("check %s: %q compares nothing", code, expr)
	}
	left, less := strings.CutSuffix(left, "<")
	c.Equal = !less
	var err error
	if c.Left, err = terms(left); err != nil {
		return Check{}, fmt.Errorf("check %s: %w", code, err)
	}
	if c.Right, err = terms(right); err != nil {
		return Check{}, fmt.Errorf("check %s: %w", code, err)
	}
	seen := map[string]bool{}
	for _, term := range c.Codes() {
		if seen[term] {
			return Check{}, fmt.Errorf("check %s: %s stands in it twice", code, term)
		}
		seen[term] = true
	}
	return c, nil
}

func terms(side string) ([]string, error) {
	list := strings.Split(side, "+")
	if len(list) > maxTerms {
		return nil, fmt.Errorf("more than %d terms", maxTerms)
	}
	for i, term := range list {
		list[i] = strings.Trim(term, " ")
		if !codeForm.MatchString(list[i]) {
			return nil, fmt.Errorf("%q is no code of an indicator", list[i])
		}
	}
	return list, nil
}

// Codes lists every indicator of the check, left side first.
func (c Check) Codes() []string { return slices.Concat(c.Left, c.Right) }

// String writes the check in one spelling.
func (c Check) String() string {
	sign := " <= "
	if c.Equal {
		sign = " = "
	}
	return strings.Join(c.Left, " + ") + sign + strings.Join(c.Right, " + ")
}

// Values are the answers of one report by code, as [Check.Holds] wants them: what
// was not answered is missing, what was answered without a number is nil.
func Values(figures map[string]Figure) map[string]*big.Rat {
	out := map[string]*big.Rat{}
	for code, f := range figures {
		switch {
		case f.Mark == Number && f.Own != nil:
			out[code] = f.Own
		case f.Answered():
			out[code] = nil
		}
	}
	return out
}

// Holds says whether the rule holds among values. It is not known where an
// indicator was not answered (is missing), or a side has no number at all: nothing
// arose (nil) adds nothing to its side, but is no 0 either.
func (c Check) Holds(values map[string]*big.Rat) (holds, known bool) {
	left, right := c.side(c.Left, values), c.side(c.Right, values)
	if left == nil || right == nil {
		return false, false
	}
	if c.Equal {
		return left.Cmp(right) == 0, true
	}
	return left.Cmp(right) <= 0, true
}

func (c Check) side(codes []string, values map[string]*big.Rat) *big.Rat {
	var sum *big.Rat
	for _, code := range codes {
		value, answered := values[code]
		if !answered {
			return nil
		}
		sum = plus(sum, value)
	}
	return sum
}

// Checks returns the checks in the order of their codes.
func Checks(ctx context.Context, db database.DB) ([]Check, error) {
	type line struct{ Code, Expr, Message string }
	lines, err := database.All[line](ctx, db, `
		select code, expr, message
		from figure_check
		order by code`, nil)
	if err != nil {
		return nil, fmt.Errorf("checks of figures: %w", err)
	}
	list := make([]Check, len(lines))
	for i, l := range lines {
		if list[i], err = ParseCheck(l.Code, l.Expr, l.Message); err != nil {
			return nil, err
		}
	}
	return list, nil
}
