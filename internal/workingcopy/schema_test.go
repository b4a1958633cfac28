package workingcopy_test

import (
	"testing"

	"pgregory.net/rapid"

	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

func TestEachShapeOfFieldIsShownForPeople(t *testing.T) {
	t.Parallel()
	options := map[string]string{"on_track": "Đúng tiến độ"}
	names := map[string]string{"h-vi-thuy": "H. Vị Thủy"}
	for _, tt := range []struct {
		shape       workingcopy.Shape
		value, want string
	}{
		{workingcopy.Text, "Đối thoại <b>", "Đối thoại <b>"},
		{workingcopy.Prose, "Dòng 1\nDòng 2", "Dòng 1\nDòng 2"},
		{workingcopy.Day, "2022-12-05", "05/12/2022"},
		{workingcopy.Day, "mai", "mai"},
		{workingcopy.Number, "1234.5", "1.234,5"},
		{workingcopy.Tick, "1", "có"},
		{workingcopy.Choice, "on_track", "Đúng tiến độ"},
		{workingcopy.Choice, "lost", "lost"},
		{workingcopy.Units, "h-vi-thuy\nmttq", "H. Vị Thủy; mttq"},
		{workingcopy.Time, "2022/month/3", "Tháng 3"},
		{workingcopy.Time, "x", "x"},
	} {
		f := workingcopy.Field{Shape: tt.shape, Options: options}
		if got := f.Show(tt.value, names); got != tt.want {
			t.Errorf("%v %q is shown as %q, want %q", tt.shape, tt.value, got, tt.want)
		}
		if got := f.Show("", names); got != "" {
			t.Errorf("%v: nothing is shown as %q", tt.shape, got)
		}
	}
}

func TestTheSchemaKnowsItsPartsByTheirPrefix(t *testing.T) {
	t.Parallel()
	s := workingcopy.Schema{
		{Prefix: "doc", Label: "Văn bản"},
		{Prefix: "activity", Label: "Hoạt động", Fields: []workingcopy.Field{{Name: "title", Label: "Tên"}}},
	}
	for key, want := range map[string]string{"doc": "Văn bản", "activity/12": "Hoạt động", "activity": "Hoạt động", "act/1": "", "": ""} {
		kind, known := s.Of(key)
		if kind.Label != want || known != (want != "") {
			t.Errorf("%q is %q, %t", key, kind.Label, known)
		}
	}
	kind, _ := s.Of("activity/12")
	if f, ok := kind.Field("title"); !ok || f.Limit() != 300 {
		t.Errorf("title: %+v, %t", f, ok)
	}
	if _, ok := kind.Field("owner"); ok {
		t.Error("there is no owner")
	}
	for f, want := range map[*workingcopy.Field]int{{Shape: workingcopy.Prose}: 10_000, {Shape: workingcopy.Prose, Max: 50}: 50, {}: 300} {
		if got := f.Limit(); got != want {
			t.Errorf("%+v: at most %d, want %d", *f, got, want)
		}
	}
}

func TestATimeReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var want viet.Span
		if kind := rapid.SampledFrom(viet.SpanKinds).Draw(t, "kind"); kind == viet.SpanDay {
			first := viet.NewDate(2022, 1, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "from"))
			var err error
			if want, err = viet.SpanOfDays(first, first.AddDays(rapid.IntRange(0, 99).Draw(t, "days"))); err != nil {
				t.Fatal(err)
			}
		} else {
			var ok bool
			if want, ok = viet.SpanOf(kind, 2022, rapid.IntRange(1, kind.Values()).Draw(t, "value")); !ok {
				t.Fatal(kind)
			}
		}
		text := workingcopy.FormatTime(want)
		got, err := workingcopy.ParseTime(text)
		if err != nil || got != want {
			t.Errorf("%+v is %q, read back as %+v, %v", want, text, got, err)
		}
	})
}

func TestWhatIsNoTimeIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2022", "2022/month", "2022/month/13", "2022/week/1", "x/month/1", "2022/month/x", "2022-12-10/2022-12-01", "2022-13-01/2022-13-02", "1/2/3/4"} {
		if got, err := workingcopy.ParseTime(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if got, err := workingcopy.ParseTime(""); err != nil || !got.IsZero() || workingcopy.FormatTime(got) != "" {
		t.Errorf("no time is %+v, %v", got, err)
	}
}
