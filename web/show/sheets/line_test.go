package sheetshow

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
)

var someText = rapid.Custom(func(t *rapid.T) string {
	return viet.Clean(rapid.SampledFrom([]string{"", "5||", "|nil|", "Đối thoại\nvới Nhân dân", "a/b", "“x”; y", "1.234,5", "="}).Draw(t, "text"))
})

// posted is a form as a browser sends what the page holds, with the answers given.
func posted(t *rapid.T, lines []Line, answers url.Values) *form.Form {
	values := formOf(lines, nil).All()
	for name, texts := range values {
		for i := range texts {
			values[name][i] = strings.ReplaceAll(texts[i], "\n", "\r\n")
		}
	}
	for name, answer := range answers {
		values[name] = answer
	}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := form.Parse(r, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestWhatIsShownIsWhatIsStored lets a file and other people change fields at random:
// what the page holds comes back as it was shown, and of a clash what was chosen.
func TestWhatIsShownIsWhatIsStored(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c"}
		content := func(label string) submission.Content {
			c := submission.Content{}
			for _, name := range names {
				c[name] = someText.Draw(t, label+name)
			}
			return c
		}
		var shown []Line
		for i := range rapid.IntRange(1, 3).Draw(t, "lines") {
			key, was, is, now := "T4.0"+strconv.Itoa(i), content("was"), content("is"), content("now")
			l := LineOf(key, was, is, names).Against(i+1, now, "seen")
			for _, name := range names {
				at := slices.IndexFunc(l.Fields, func(f Field) bool { return f.Name == name })
				switch changed := is[name] != was[name] && is[name] != now[name]; {
				case changed != (at >= 0):
					t.Fatalf("%s of %v, %v, %v: shown %t, want %t", name, was, is, now, at >= 0, changed)
				case changed && l.Fields[at].Clash != (now[name] != was[name]):
					t.Fatalf("%s of %v, %v, %v: a clash is %t", name, was, is, now, l.Fields[at].Clash)
				}
			}
			if len(l.Fields) > 0 {
				shown = append(shown, l)
			}
		}
		answers, want := url.Values{}, map[string]submission.Content{}
		for _, l := range shown {
			for _, f := range l.Fields {
				answer := rapid.SampledFrom([]string{keepFile, keepSaved}).Draw(t, "answer")
				if f.Clash {
					answers.Set(l.name(keepPrefix, f), answer)
				}
				if !f.Clash || answer == keepFile {
					if want[l.Key] == nil {
						want[l.Key] = submission.Content{}
					}
					want[l.Key][f.Name] = f.Is
				}
			}
		}
		f := posted(t, shown, answers)
		taken := Take(f)
		if diff := cmp.Diff(shown, taken); diff != "" && len(shown) > 0 {
			t.Fatalf("what was shown comes back changed:\n%s", diff)
		}
		got := map[string]submission.Content{}
		for _, l := range Settle(f, taken) {
			got[l.Key] = l.Values()
		}
		if diff := cmp.Diff(want, got); diff != "" || !f.OK() {
			t.Fatalf("stored is not what was shown and chosen (%v):\n%s", f.Errors, diff)
		}
	})
}

func TestAClashNobodySettledIsAMistake(t *testing.T) {
	t.Parallel()
	l := LineOf("T4.01", submission.Content{"row": "1||"}, submission.Content{"row": "2||"}, []string{"row"}).Against(3, submission.Content{"row": "4||"}, "seen")
	f := formOf([]Line{l}, nil)
	if settled := Settle(f, []Line{l}); len(settled) > 0 || f.Error("giu.T4.01/row") == "" {
		t.Errorf("settled %v with %v", settled, f.Errors)
	}
}
