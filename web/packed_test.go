package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"danvan/internal/database/dbtest"
)

// mostOnTheWire is what a page may weigh, compressed.
const mostOnTheWire = 30 << 10

// packed asks for a page as a browser does that takes it compressed.
func (s *stage) packed(who, path string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	if c := s.cookie(who); c != nil {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	s.router.ServeHTTP(rec, r)
	return rec
}

func TestPagesArePackedForBrowsersThatTakeIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t, newWorld(t, dbtest.Tx(t)))
	for _, x := range []struct {
		who, path, takes string
		packed           bool
	}{
		{"", "/dang-nhap", "gzip, deflate, br, zstd", true},
		{"own-staff", "/ke-hoach/2022/stp", "gzip, deflate, br, zstd", true},
		{"own-staff", "/ke-hoach/2022/stp", "", false},
		{"own-staff", "/ke-hoach/2022/stp", "gzip;q=0, identity", false},
		{"own-staff", "/ke-hoach/2022/khong-co", "gzip", true},
		{"own-staff", "/ke-hoach/2022/stp/van-ban.docx", "gzip", false}, // a ZIP file already
	} {
		p.as(x.who)
		plain := p.serve(p.request(http.MethodGet, x.path, nil))
		r := p.request(http.MethodGet, x.path, nil)
		r.Header.Set("Accept-Encoding", x.takes)
		rec := p.serve(r)
		if got := rec.Header().Get("Content-Encoding") == "gzip"; got != x.packed {
			t.Errorf("%s for %q: packed is %t", x.path, x.takes, got)
			continue
		}
		if rec.Code != plain.Code || !strings.Contains(strings.Join(rec.Header().Values("Vary"), ", "), "Accept-Encoding") {
			t.Errorf("%s for %q: status %d, plain %d; Vary: %q", x.path, x.takes, rec.Code, plain.Code, rec.Header().Values("Vary"))
		}
		if !x.packed {
			continue
		}
		z, err := gzip.NewReader(rec.Body)
		must(t, err)
		page, err := io.ReadAll(z)
		must(t, err)
		if len(page) != plain.Body.Len() || !bytes.HasSuffix(bytes.TrimSpace(page), []byte("</html>")) {
			t.Errorf("%s: %d B unpacked, %d B plain", x.path, len(page), plain.Body.Len())
		}
	}
}
