package submissions

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func shown(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case Gone:
			fmt.Fprintf(&b, "[-%s]", p.Text)
		case Come:
			fmt.Fprintf(&b, "[+%s]", p.Text)
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestChangedWordsAreMarkedAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"same", "02 cuộc đối thoại", "02 cuộc đối thoại", "02 cuộc đối thoại"},
		{"new", "", "02 cuộc", "[+02 cuộc]"},
		{"emptied", "02 cuộc", "", "[-02 cuộc]"},
		{"added at the end", "02 cuộc", "02 cuộc; 02 thông báo", "02 cuộc[+; 02 thông báo]"},
		{"a paragraph put below", "Một.\nHai {T4.01}", "Một.\nHai {T4.01}\nBa.", "Một.\nHai {T4.01}[+\nBa.]"},
		{"a paragraph taken away below", "Một.\nHai.", "Một.", "Một.[-\nHai.]"},
		{"a word replaced", "tại 02 địa bàn.", "tại huyện Long Mỹ.", "tại [-02 địa bàn][+huyện Long Mỹ]."},
		{"a word taken out", "hộ tịch, chứng thực, trợ giúp", "hộ tịch, trợ giúp", "hộ tịch, [-chứng thực, ]trợ giúp"},
		{"more blank is no change", "a  b", "a b", "a b"},
		{"a new line is a change", "a b c", "a\nb c", "[-a ][+a\n]b c"},
		{"one word between two changes goes with them", "một và hai", "ba và bốn", "[-một và hai][+ba và bốn]"},
		{"diacritics count", "hoà giải", "hòa giải", "[-hoà ][+hòa ]giải"},
	} {
		if got := shown(Words(test.before, test.after)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestWhatStayedAndCameIsTheLaterText(t *testing.T) {
	t.Parallel()
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ơ", ",", " ", "\n", "  ", "12"}), 0, 30).Draw(t, "words"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var then, now strings.Builder
		for _, p := range Words(before, after) {
			if p.Op != Come {
				then.WriteString(p.Text)
			}
			if p.Op != Gone {
				now.WriteString(p.Text)
			}
		}
		if now.String() != after {
			t.Errorf("%q → %q: stayed and came is %q", before, after, now.String())
		}
		if got, want := strings.Join(strings.Fields(then.String()), " "), strings.Join(strings.Fields(before), " "); got != want {
			t.Errorf("%q → %q: stayed and went is %q", before, after, got)
		}
	})
}

func TestTextsWithoutAnythingInCommonComeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	before, after := strings.Repeat("một hai ", 5000), strings.Repeat("ba bốn ", 5000)
	pieces := Words(before, after)
	if len(pieces) != 2 || pieces[0].Op != Gone || pieces[1].Op != Come {
		t.Errorf("got %d pieces, want the one text after the other", len(pieces))
	}
}
