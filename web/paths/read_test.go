package paths_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/web/paths"
)

func TestAnAddressNobodyMakesIsNotFound(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"/2022/h-vi-thuy/4": "2022 h-vi-thuy 4", "/2100/stp/99": "2100 stp 99",
		"/1999/stp/4": "", "/2101/stp/4": "", "/hai/stp/4": "", "/2022/STP/4": "", "/2022/s--p/4": "", "/2022/stp-/4": "",
		"/2022/" + strings.Repeat("s", 101) + "/4": "", "/2022/stp/100": "", "/2022/stp/-1": "", "/2022/stp/4.5": "",
	} {
		var got []any
		var failed error
		r := chi.NewRouter()
		r.Get("/{year}/{unit}/{task}", func(_ http.ResponseWriter, r *http.Request) {
			year, err := paths.Year(r)
			slug, err2 := paths.Slug(r, "unit")
			no, err3 := paths.Number(r, "task", 0, 99)
			got, failed = []any{year, slug, no}, errors.Join(err, err2, err3)
		})
		r.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, address, nil))
		switch {
		case want == "" && !errors.Is(failed, fault.NotFound):
			t.Errorf("%s: %v, want it not found", address, failed)
		case want != "" && (failed != nil || strings.Trim(fmt.Sprint(got), "[]") != want):
			t.Errorf("%s: got %v, %v", address, got, failed)
		}
	}
}
