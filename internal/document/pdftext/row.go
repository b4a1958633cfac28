package pdftext

import (
	"cmp"
	"slices"
)

// row is what was shown, one after another, on one height of the page. Programs show
// the letters that a font lacks after the others: within a row place decides.
type row struct {
	shown  []shown
	y      float64
	height float64
	upward bool // written from the bottom to the top of the page
}

// shown is a character with where it begins and ends in its row.
type shown struct {
	from, to float64
	letters  string
}

// maxRow keeps a row of no honest page from growing on.
const maxRow = 4096

// place shows letters where now is, in the row or in a new one.
func (w *writer) place(letters string) {
	at := w.now.after(w.page)
	upward := at[0] == 0 && at[1] != 0
	x, y := along(at, upward)
	height := abs(w.size) * max(abs(at[3]), abs(at[1]))
	r := &w.row
	if len(r.shown) > 0 && (upward != r.upward || abs(y-r.y) > 0.4*max(height, r.height) || len(r.shown) >= maxRow) {
		w.endRow()
	}
	if len(r.shown) == 0 {
		r.upward, r.height = upward, height
	}
	r.y = y
	r.shown = append(r.shown, shown{x, x, letters})
}

// reach says where the last character ends.
func (r *row) reach(at matrix) {
	if n := len(r.shown); n > 0 {
		r.shown[n-1].to, _ = along(at, r.upward)
	}
}

// along is the place on a row and the height of the row.
func along(at matrix, upward bool) (x, y float64) {
	if upward {
		return at[5], at[4]
	}
	return at[4], at[5]
}

// endRow writes the row, a blank where the characters stand apart.
func (w *writer) endRow() {
	r := &w.row
	if len(r.shown) == 0 {
		return
	}
	slices.SortStableFunc(r.shown, func(a, b shown) int { return cmp.Compare(a.from, b.from) })
	for i, s := range r.shown {
		if i > 0 {
			before := r.shown[i-1]
			if s.letters == before.letters && s.from-before.from < 0.1*r.height {
				continue // struck twice to look bold
			}
			if s.from-before.to > 0.15*r.height {
				w.put(" ")
			}
		}
		w.put(s.letters)
	}
	w.put("\n")
	r.shown = r.shown[:0]
}

func abs(x float64) float64 { return max(x, -x) }

func (w *writer) put(letters string) {
	if w.file.count(&w.file.text, len(letters), maxText) {
		w.out.WriteString(letters)
	}
}
