package paths

import (
	"net/url"
	"testing"
)

func TestChangingAListStartsAtItsFirstPage(t *testing.T) {
	t.Parallel()
	u, err := url.Parse("/ke-hoach/2022?q=vi+thuy&trang=3&sap-xep=ten")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pairs []string
		want  string
	}{
		{[]string{SortParam, "-ten"}, "/ke-hoach/2022?q=vi+thuy&sap-xep=-ten"},
		{[]string{PageParam, "4"}, "/ke-hoach/2022?q=vi+thuy&sap-xep=ten&trang=4"},
		{[]string{FindParam, ""}, "/ke-hoach/2022?sap-xep=ten"},
		{nil, "/ke-hoach/2022?q=vi+thuy&sap-xep=ten"},
	} {
		if got := With(u, test.pairs...); got != test.want {
			t.Errorf("With(%q) = %q, want %q", test.pairs, got, test.want)
		}
	}
	if u.Query().Get(PageParam) != "3" {
		t.Error("With changed the address it was given")
	}
}
