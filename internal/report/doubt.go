package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Bounds of the doubt about a figure that left last year's far behind.
var (
	farOff      = big.NewRat(50, 1) // percent
	worthAsking = big.NewRat(10, 1) // the larger of the two must reach it
)

// Found lists what is odd about a report: asked once, never blocking.
func Found(c Content) []submission.Doubt {
	broken, found := c.brokenChecks()
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			found = append(found, c.part(r, broken)...)
			found = append(found, c.year(r)...)
			found = append(found, c.shrunk(r)...)
		}
	}
	return append(found, c.same()...)
}

// About returns the codes of the figures that a doubt compares, as its sentence
// names them; none where it is about the report as a whole.
func (c Content) About(d submission.Doubt) []string {
	if _, code, ok := strings.Cut(d.Code, ":"); ok {
		return []string{code}
	}
	for _, check := range c.checks {
		if check.Code == d.Code {
			return check.Codes()
		}
	}
	return nil
}

// brokenChecks asks about every rule between figures that does not hold. The
// unit can mend only what it counted itself.
func (c Content) brokenChecks() (broken []indicator.Check, found []submission.Doubt) {
	figures := map[string]indicator.Figure{}
	for code, r := range c.Rows {
		figures[code] = r.Figure
	}
	values := indicator.Values(figures)
	for _, check := range c.checks {
		if holds, known := check.Holds(values); holds || !known {
			continue
		}
		broken = append(broken, check)
		var facts, words []string
		for _, code := range check.Codes() {
			facts = append(facts, code+"="+typed(figures[code]))
			words = append(words, code+": "+shown(figures[code]))
		}
		found = append(found, submission.Doubt{Code: check.Code, Fingerprint: strings.Join(facts, ";"),
			Message: strings.TrimSuffix(check.Message, ".") + " (" + strings.Join(words, "; ") + "). Vì sao?"})
	}
	return broken, found
}

// part asks about a part greater than its whole, unless a broken rule already
// does.
func (c Content) part(r Row, broken []indicator.Check) []submission.Doubt {
	whole, ok := c.Rows[r.Parent]
	if !ok || r.Figure.Own == nil || whole.Figure.Own == nil || r.Figure.Own.Cmp(whole.Figure.Own) <= 0 {
		return nil
	}
	for _, check := range broken {
		if codes := check.Codes(); slices.Contains(codes, r.Code) && slices.Contains(codes, r.Parent) {
			return nil
		}
	}
	return []submission.Doubt{{
		Code:        "part:" + r.Code,
		Fingerprint: r.Code + "=" + typed(r.Figure) + ";" + r.Parent + "=" + typed(whole.Figure),
		Message:     fmt.Sprintf("%s: %s, lớn hơn %s: %s mà nó là một phần. Vì sao?", r.Title(), shown(r.Figure), whole.Title(), shown(whole.Figure)),
	}}
}

// year asks about a figure far from that of the same period last year.
func (c Content) year(r Row) []submission.Doubt {
	if r.LastYear == nil || r.Kind != indicator.Count && r.Kind != indicator.Amount {
		return nil
	}
	now, before := r.Value, r.LastYear.Value
	if now == nil || before == nil || now.Cmp(worthAsking) < 0 && before.Cmp(worthAsking) < 0 {
		return nil
	}
	change, ok := indicator.Change(now, before)
	words := "năm trước bằng 0"
	if ok {
		if new(big.Rat).Abs(change).Cmp(farOff) < 0 {
			return nil
		}
		words = turn(change)
	}
	return []submission.Doubt{{
		Code:        "year:" + r.Code,
		Fingerprint: fmt.Sprintf("%s=%s;before=%s", r.Code, indicator.Text(now), indicator.Text(before)),
		Message: fmt.Sprintf("%s: kỳ này %s, cùng kỳ năm trước %s (%s). Vì sao chênh lệch nhiều?",
			r.Title(), number(now), number(before), words),
	}}
}

func turn(change *big.Rat) string {
	percent := viet.FormatRat(new(big.Rat).Abs(change), 1) + "%"
	if change.Sign() < 0 {
		return "giảm " + percent
	}
	return "tăng " + percent
}

// shrunk asks about a sum since the start of the year below one of an earlier
// period.
func (c Content) shrunk(r Row) []submission.Doubt {
	if !c.Window.Cumulative || r.Periods != indicator.SumOfPeriods || r.Previous == nil {
		return nil
	}
	now, before := r.Figure.Own, r.Previous.Figure.Own
	if now == nil || before == nil || now.Cmp(before) >= 0 {
		return nil
	}
	return []submission.Doubt{{
		Code:        "below:" + r.Code,
		Fingerprint: fmt.Sprintf("%s=%s;%s=%s", r.Code, indicator.Text(now), r.Previous.Period, indicator.Text(before)),
		Message: fmt.Sprintf("%s: số lũy kế %s nhỏ hơn %s đã báo cáo kỳ %s. Vì sao?",
			r.Title(), number(now), number(before), r.Previous.Name),
	}}
}

// same asks about a report whose figures are all those of the period before.
func (c Content) same() []submission.Doubt {
	counted := 0
	name := ""
	var facts []string
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			if r.Previous == nil || !r.Figure.Answered() || typed(r.Figure) != typed(r.Previous.Figure) {
				return nil
			}
			if r.Figure.Own != nil && (r.Kind == indicator.Count || r.Kind == indicator.Amount) {
				counted++
			}
			facts = append(facts, r.Code+"="+typed(r.Figure))
			name = r.Previous.Name
		}
	}
	if counted == 0 {
		return nil
	}
	sum := sha256.Sum256([]byte(strings.Join(facts, ";")))
	return []submission.Doubt{{Code: "same", Fingerprint: hex.EncodeToString(sum[:]),
		Message: "Toàn bộ số liệu giống hệt kỳ " + name + ". Có đúng là không phát sinh gì thêm?"}}
}

// typed is a figure as the unit answered it, for comparing.
func typed(f indicator.Figure) string {
	if f.Mark == indicator.Number {
		return indicator.Text(f.Own)
	}
	return string(f.Mark)
}

// shown is a figure as the unit answered it, for reading.
func shown(f indicator.Figure) string {
	if f.Mark == indicator.Number {
		return number(f.Own)
	}
	return strings.ToLower(f.Mark.Word())
}

func number(r *big.Rat) string { return viet.FormatNumber(indicator.Text(r)) }
