package submissions

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/internal/submission"
	"danvan/web/ui"
)

// In a conflict, text that is the same on both sides is folded where it is longer
// than this many letters, with so many left on either side of what differs.
const (
	longEqual   = 320
	equalAround = 100
)

const folded = "[…]"

// abridged folds the long runs that stayed.
func abridged(pieces []Piece) []Piece {
	out := slices.Clone(pieces)
	for i, p := range out {
		if p.Op == Same {
			out[i].Text = foldedRun(p.Text, i > 0, i < len(out)-1)
		}
	}
	return out
}

// foldedRun keeps of a long text the words next to what differs before and after it.
// Nothing differs at all when neither is so: then its beginning is kept.
func foldedRun(text string, before, after bool) string {
	letters := []rune(text)
	if len(letters) <= longEqual {
		return text
	}
	head, tail := "", ""
	if before || !after {
		head = strings.TrimRightFunc(string(letters[:equalAround]), func(r rune) bool { return !unicode.IsSpace(r) })
	}
	if after {
		tail = strings.TrimLeftFunc(string(letters[len(letters)-equalAround:]), func(r rune) bool { return !unicode.IsSpace(r) })
	}
	return head + folded + tail
}

// base is the first content of a field, folded where neither side changed it.
func (x ConflictOf) base(field submission.Field) []Piece {
	text := x.show(field, x.Conflict.Base)
	changed := make([]bool, len(text)+1) // the bytes either side took away or wrote before
	for _, side := range []submission.Content{x.Conflict.Mine, x.Conflict.Theirs} {
		at := 0
		for _, p := range Words(x.show(field, side), text) {
			switch p.Op {
			case Gone:
				changed[at] = true
			case Come:
				for i := range len(p.Text) {
					changed[at+i] = true
				}
				at += len(p.Text)
			default:
				at += len(p.Text)
			}
		}
	}
	var out []Piece
	for from := 0; from < len(text); {
		to := from + 1
		for to < len(text) && (changed[to] == changed[from] || !utf8.RuneStart(text[to])) {
			to++
		}
		run := text[from:to]
		if !changed[from] {
			run = foldedRun(run, from > 0, to < len(text) || changed[len(text)])
		}
		out = append(out, Piece{Same, run})
		from = to
	}
	return out
}

// folds reports whether the three contents of a field are not shown in full.
func (x ConflictOf) folds(field submission.Field) bool {
	return rewritable(field) && slices.ContainsFunc(x.contents(field), func(one ui.Fact) bool {
		return utf8.RuneCountInString(one.Text) > longEqual
	})
}

// contents are the three contents of a field in full.
func (x ConflictOf) contents(field submission.Field) []ui.Fact {
	return []ui.Fact{
		{Term: x.mineWord(), Text: x.show(field, x.Conflict.Mine)},
		{Term: "Đã lưu", Text: x.show(field, x.Conflict.Theirs)},
		{Term: "Ban đầu", Text: x.show(field, x.Conflict.Base)},
	}
}
