package submissions

import (
	"strings"
	"testing"

	"danvan/internal/unit"

	"github.com/a-h/templ"
)

func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkedTextKeepsItsBlanksAndNoOthers(t *testing.T) {
	t.Parallel()
	got := rendered(t, Changed("Sở tổ chức tại 02 địa bàn.", "Sở cần tổ chức tại huyện <Long> Mỹ."))
	want := `Sở <ins>cần</ins> tổ chức tại <del>02 địa bàn</del><ins>huyện &lt;Long&gt; Mỹ</ins>.`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestACapacityIsShownAsTheKindOfUnitWritesIt(t *testing.T) {
	t.Parallel()
	for kind, want := range map[unit.Kind]string{unit.District: "KT. CHỦ TỊCH, dòng dưới PHÓ CHỦ TỊCH", unit.Department: "KT. GIÁM ĐỐC, dòng dưới PHÓ GIÁM ĐỐC"} {
		if got := CapacityHint(kind); !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q", kind, got)
		}
	}
}
