package submissions

import (
	"slices"
	"strings"
	"unicode"
)

// Op is what became of a run of words.
type Op int

const (
	Same Op = iota
	Gone    // only in the earlier text
	Come    // only in the later text
)

// Piece is a run of words with one fate.
type Piece struct {
	Op   Op
	Text string
}

// maxSteps bounds the work of comparing two texts: past that many words gone or
// come they have little in common, and showing one whole after the other reads
// better than a patchwork.
const maxSteps = 500

// Words compares two texts word by word. Put together, what stayed and what
// came is exactly after. Punctuation counts as words of its own; how much blank
// stands between words does not count, but whether a line ends does.
func Words(before, after string) []Piece {
	a, b := split(before), split(after)
	head := 0
	for head < len(a) && head < len(b) && a[head].same(b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].same(b[len(b)-1-tail]) {
		tail++
	}
	var pieces []Piece
	for i := range head {
		pieces = putSame(pieces, a[i], b[i])
	}
	for _, p := range middle(a[head:len(a)-tail], b[head:len(b)-tail]) {
		pieces = put(pieces, p.Op, p.Text)
	}
	for i := tail; i > 0; i-- {
		pieces = putSame(pieces, a[len(a)-i], b[len(b)-i])
	}
	return inOrder(pieces)
}

// word is a word or a sign with the blank behind it.
type word struct {
	key  string // what is compared
	text string
	last bool // of its text, where a line may end or not
}

// same reports whether two words are one: at the end of a text the end of a line is
// no difference, or a paragraph put below would change the one above.
func (w word) same(o word) bool {
	if w.last || o.last {
		return strings.TrimSuffix(w.key, "\n") == strings.TrimSuffix(o.key, "\n")
	}
	return w.key == o.key
}

func split(text string) []word {
	var words []word
	for len(text) > 0 {
		end := wordEnd(text)
		blank := end + len(text[end:]) - len(strings.TrimLeftFunc(text[end:], unicode.IsSpace))
		key := text[:end]
		if strings.ContainsRune(text[end:blank], '\n') {
			key += "\n"
		}
		words = append(words, word{key, text[:blank], blank == len(text)})
		text = text[blank:]
	}
	return words
}

// wordEnd is where the word that begins text ends; blank before the first word
// is a word of its own, empty.
func wordEnd(text string) int {
	for i, r := range text {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		case i == 0 && !unicode.IsSpace(r):
			return len(string(r))
		default:
			return i
		}
	}
	return len(text)
}

// middle finds the shortest way from a to b (Myers), or gives one whole after
// the other when it is too long.
func middle(a, b []word) []Piece {
	steps := min(len(a)+len(b), maxSteps)
	var trail []reach
	furthest := make(reach, 3)
	for d := 0; d <= steps; d++ {
		trail = append(trail, furthest)
		furthest = furthest.grown()
		for k := -d; k <= d; k += 2 {
			x := furthest.at(k-1) + 1
			if furthest.down(d, k) {
				x = furthest.at(k + 1)
			}
			for x < len(a) && x-k < len(b) && a[x].same(b[x-k]) {
				x++
			}
			furthest[k+len(furthest)/2] = x
			if x >= len(a) && x-k >= len(b) {
				return back(a, b, trail)
			}
		}
	}
	var pieces []Piece
	for _, w := range a {
		pieces = put(pieces, Gone, w.text)
	}
	for _, w := range b {
		pieces = put(pieces, Come, w.text)
	}
	return pieces
}

// reach is how far into the earlier text each diagonal got; diagonal 0 stands in
// the middle.
type reach []int

func (r reach) at(k int) int { return r[k+len(r)/2] }

// down reports whether step d reaches diagonal k best by a word that came.
func (r reach) down(d, k int) bool { return k == -d || k != d && r.at(k-1) < r.at(k+1) }

// grown is a copy with one diagonal more on either side.
func (r reach) grown() reach {
	out := make(reach, len(r)+2)
	copy(out[1:], r)
	return out
}

// back walks from the end to the beginning along the trail.
func back(a, b []word, trail []reach) []Piece {
	type step struct {
		op   Op
		x, y int
	}
	var reversed []step
	x, y := len(a), len(b)
	for d := len(trail) - 1; d >= 0; d-- {
		furthest, k := trail[d], x-y
		from := k - 1
		if furthest.down(d, k) {
			from = k + 1
		}
		fromX := furthest.at(from)
		fromY := fromX - from
		for x > max(fromX, 0) && y > max(fromY, 0) {
			x, y = x-1, y-1
			reversed = append(reversed, step{Same, x, y})
		}
		if d == 0 {
			break
		}
		if x == fromX {
			y--
			reversed = append(reversed, step{Come, x, y})
		} else {
			x--
			reversed = append(reversed, step{Gone, x, y})
		}
	}
	slices.Reverse(reversed)
	var pieces []Piece
	for _, s := range reversed {
		switch s.op {
		case Gone:
			pieces = put(pieces, Gone, a[s.x].text)
		case Come:
			pieces = put(pieces, Come, b[s.y].text)
		default:
			pieces = putSame(pieces, a[s.x], b[s.y])
		}
	}
	return pieces
}

// putSame adds a word that stayed. Blank that only one side has behind it goes
// or comes, so that words never run together.
func putSame(pieces []Piece, a, b word) []Piece {
	bare := strings.TrimRightFunc(b.text, unicode.IsSpace)
	switch {
	case bare == b.text:
		return put(put(pieces, Same, bare), Gone, a.text[len(bare):])
	case len(a.text) == len(bare):
		return put(put(pieces, Same, bare), Come, b.text[len(bare):])
	}
	return put(pieces, Same, b.text)
}

func put(pieces []Piece, op Op, text string) []Piece {
	if text == "" {
		return pieces
	}
	if n := len(pieces); n > 0 && pieces[n-1].Op == op {
		pieces[n-1].Text += text
		return pieces
	}
	return append(pieces, Piece{op, text})
}

// inOrder puts what went before what came within one change, and joins changes
// that are parted by a single word or sign: such scraps only hinder reading.
func inOrder(pieces []Piece) []Piece {
	var out []Piece
	for i := 0; i < len(pieces); {
		if pieces[i].Op == Same {
			out = append(out, pieces[i])
			i++
			continue
		}
		var gone, come string
		for ; i < len(pieces); i++ {
			p := pieces[i]
			if p.Op == Same {
				if last := i == len(pieces)-1; last || len(split(p.Text)) > 1 {
					break
				}
				gone += p.Text
				come += p.Text
				continue
			}
			if p.Op == Gone {
				gone += p.Text
			} else {
				come += p.Text
			}
		}
		if gone != "" {
			out = append(out, Piece{Gone, gone})
		}
		if come != "" {
			out = append(out, Piece{Come, come})
		}
	}
	return out
}
