package workingcopy

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestMergeKeepsBothSidesAndAsksOnlyAboutTheSameField(t *testing.T) {
	t.Parallel()
	base := Content{"title": "Cũ", "product": "Báo cáo"}
	tests := map[string]struct {
		mine, theirs Content
		unsure       []string
		want         Merge
	}{
		"nobody changed anything": {
			mine: base, theirs: base,
			want: Merge{Result: base},
		},
		"I alone": {
			mine: Content{"title": "Mới"}, theirs: base,
			want: Merge{Result: Content{"title": "Mới", "product": "Báo cáo"}, OnlyMine: []string{"title"}},
		},
		"they alone": {
			mine: base, theirs: Content{"title": "Mới", "product": "Báo cáo"},
			want: Merge{Result: Content{"title": "Mới", "product": "Báo cáo"}, Theirs: []string{"title"}},
		},
		"each another field": {
			mine: Content{"title": "Của tôi", "product": "Báo cáo"}, theirs: Content{"title": "Cũ", "product": "Của họ"},
			want: Merge{Result: Content{"title": "Của tôi", "product": "Của họ"}, OnlyMine: []string{"title"}, Theirs: []string{"product"}},
		},
		"the same field alike": {
			mine: Content{"title": "Mới"}, theirs: Content{"title": "Mới", "product": "Báo cáo"},
			want: Merge{Result: Content{"title": "Mới", "product": "Báo cáo"}},
		},
		"the same field differently": {
			mine: Content{"title": "Của tôi"}, theirs: Content{"title": "Của họ", "product": "Báo cáo"},
			want: Merge{Result: Content{"title": "Của họ", "product": "Báo cáo"}, Clashes: []string{"title"}},
		},
		"a clash beside changes of one side": {
			mine: Content{"title": "Của tôi", "note": "Thêm"}, theirs: Content{"title": "Của họ"},
			want: Merge{Result: Content{"title": "Của họ", "note": "Thêm"}, Clashes: []string{"title"}, OnlyMine: []string{"note"}, Theirs: []string{"product"}},
		},
		"I emptied, they left alone": {
			mine: Content{"title": "Cũ", "product": ""}, theirs: base,
			want: Merge{Result: Content{"title": "Cũ"}, OnlyMine: []string{"product"}},
		},
		"I emptied, they changed": {
			mine: Content{"product": ""}, theirs: Content{"title": "Cũ", "product": "Của họ"},
			want: Merge{Result: Content{"title": "Cũ", "product": "Của họ"}, Clashes: []string{"product"}},
		},
		"both emptied": {
			mine: Content{"product": ""}, theirs: Content{"title": "Cũ"},
			want: Merge{Result: Content{"title": "Cũ"}},
		},
		"what was not on my form is theirs": {
			mine: Content{}, theirs: Content{"product": "Của họ"},
			want: Merge{Result: Content{"product": "Của họ"}, Theirs: []string{"product", "title"}},
		},
		"an unknown base asks even where I seem not to have changed": {
			mine: base, theirs: Content{"title": "Của họ", "product": "Báo cáo"}, unsure: []string{"title"},
			want: Merge{Result: Content{"title": "Của họ", "product": "Báo cáo"}, Clashes: []string{"title"}},
		},
		"an unknown base asks nothing where we agree": {
			mine: Content{"title": "Mới"}, theirs: Content{"title": "Mới", "product": "Báo cáo"}, unsure: []string{"title", "note"},
			want: Merge{Result: Content{"title": "Mới", "product": "Báo cáo"}},
		},
		"an unknown base of a field not on my form": {
			mine: Content{}, theirs: Content{"title": "Mới", "product": "Báo cáo"}, unsure: []string{"title"},
			want: Merge{Result: Content{"title": "Mới", "product": "Báo cáo"}, Theirs: []string{"title"}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, merge(base, tt.mine, tt.theirs, tt.unsure...), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// few fields and few texts, so that people often meet.
var (
	anyText    = rapid.SampledFrom([]string{"", "một", "hai", "ba", "đ"})
	anyContent = rapid.Custom(func(t *rapid.T) Content {
		c := Content{}
		for _, name := range []string{"a", "b", "c"} {
			if text := anyText.Draw(t, name); text != "" {
				c[name] = text
			}
		}
		return c
	})
)

// whole is a form that shows every field.
func whole(c Content) Content {
	form := Content{"a": "", "b": "", "c": ""}
	for name, text := range c {
		form[name] = text
	}
	return form
}

func TestMergeLosesNoTextThatOneSideAloneChanged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := anyContent.Draw(t, "base"), anyContent.Draw(t, "mine"), anyContent.Draw(t, "theirs")
		m := merge(base, whole(mine), theirs)
		for _, name := range []string{"a", "b", "c"} {
			iChanged, theyChanged := mine[name] != base[name], theirs[name] != base[name]
			want := base[name]
			switch {
			case theyChanged:
				want = theirs[name] // and, in a clash, until the user has been asked
			case iChanged:
				want = mine[name]
			}
			if m.Result[name] != want {
				t.Errorf("%s = %q, want %q", name, m.Result[name], want)
			}
			clash := iChanged && theyChanged && mine[name] != theirs[name]
			if slices.Contains(m.Clashes, name) != clash {
				t.Errorf("%s clashes = %t, want %t", name, !clash, clash)
			}
		}
	})
}

func TestMergeDoesNotDependOnWhoWasFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := anyContent.Draw(t, "base"), anyContent.Draw(t, "mine"), anyContent.Draw(t, "theirs")
		one, other := merge(base, whole(mine), theirs), merge(base, whole(theirs), mine)
		if !slices.Equal(one.Clashes, other.Clashes) || !slices.Equal(one.OnlyMine, other.Theirs) || !slices.Equal(one.Theirs, other.OnlyMine) {
			t.Errorf("%+v\nthe other way round %+v", one, other)
		}
		for _, name := range []string{"a", "b", "c"} {
			if !slices.Contains(one.Clashes, name) && one.Result[name] != other.Result[name] {
				t.Errorf("%s = %q, the other way round %q", name, one.Result[name], other.Result[name])
			}
		}
	})
}

func TestMergeIsUnmovedByRepeatingIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := anyContent.Draw(t, "base"), anyContent.Draw(t, "mine"), anyContent.Draw(t, "theirs")
		first := merge(base, whole(mine), theirs)
		again := merge(base, whole(mine), first.Result)
		if !again.Result.Equal(first.Result) || !slices.Equal(again.Clashes, first.Clashes) {
			t.Errorf("posted again: %+v, first %+v", again, first)
		}
	})
}

func TestAnUnknownBaseNeverDecidesAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := anyContent.Draw(t, "base"), anyContent.Draw(t, "mine"), anyContent.Draw(t, "theirs")
		m := merge(base, whole(mine), theirs, "a", "b", "c")
		if !m.Result.Equal(theirs) {
			t.Errorf("result %v, want theirs %v", m.Result, theirs)
		}
		if want := moved(mine, theirs); !slices.Equal(m.Clashes, want) {
			t.Errorf("asks about %v, want %v", m.Clashes, want)
		}
	})
}
