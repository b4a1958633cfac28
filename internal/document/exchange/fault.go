package exchange

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"danvan/internal/document/workbook"
)

// Faults are what is wrong with the boxes of an upload.
type Faults []workbook.Fault

// Note adds what err says of a box and reports whether it is free of faults. Errors
// are those of [workbook.Cell].
func (f *Faults) Note(err error) bool {
	if wrong, ok := errors.AsType[workbook.Fault](err); ok {
		*f = append(*f, wrong)
	}
	return err == nil
}

// Sorted are the faults in the order of the file, one a box.
func (f Faults) Sorted() Faults {
	sorted := slices.Clone(f)
	slices.SortStableFunc(sorted, func(a, b workbook.Fault) int {
		return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
	return slices.CompactFunc(sorted, func(a, b workbook.Fault) bool {
		return a.Sheet == b.Sheet && a.Row == b.Row && a.Column == b.Column
	})
}

// Spot is where a fault stands as people say it: "Số liệu, ô D12".
func Spot(f workbook.Fault) string { return strings.Replace(f.Place(), "!", ", ô ", 1) }

// Error makes the faults an error of the whole upload.
func (f Faults) Error() string {
	if len(f) == 0 {
		return "no faults"
	}
	return f[0].Error()
}

// OrNil is the faults as an error, nil for none.
func (f Faults) OrNil() error {
	if len(f) == 0 {
		return nil
	}
	return f.Sorted()
}
