package static

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func get(address, accept string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if accept != "" {
		r.Header.Set("Accept-Encoding", accept)
	}
	w := httptest.NewRecorder()
	Handler(w, r)
	return w
}

func TestEveryFileIsServedForEver(t *testing.T) {
	t.Parallel()
	for name, address := range addresses {
		w := get(address, "")
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", name, w.Code)
		}
		for header, want := range map[string]string{
			"Content-Type":           types[path.Ext(name)],
			"Cache-Control":          "public, max-age=31536000, immutable",
			"X-Content-Type-Options": "nosniff",
		} {
			if got := w.Header().Get(header); got != want || want == "" {
				t.Errorf("%s: %s = %q, want %q", name, header, got, want)
			}
		}
		if !regexp.MustCompile(`\.[0-9a-f]{12}\.\w+$`).MatchString(address) {
			t.Errorf("%s has no hash in its address %s", name, address)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"/static/", "/static/portal.css", "/static/../static.go", "/static/files/portal.css", Path("portal.css") + "/", "/static/portal.000000000000.css",
	} {
		if w := get(address, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
}

func TestBrowsersGetTheSmallestTheyUnderstand(t *testing.T) {
	t.Parallel()
	plain := get(Path("portal.css"), "").Body.Bytes()
	for accept, want := range map[string]string{
		"":                             "",
		"gzip, deflate, br, zstd":      "br",
		"gzip":                         "gzip",
		"br;q=0, gzip;q=0.5":           "gzip",
		"br;q=0, gzip;q=0":             "",
		"deflate":                      "",
		"BR":                           "br",
		"brotli, gzipped, identity; q": "",
	} {
		w := get(Path("portal.css"), accept)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("%q: coding %q, want %q", accept, got, want)
			continue
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: caches would mix codings up", accept)
		}
		if !bytes.Equal(decode(t, want, w.Body), plain) {
			t.Errorf("%q: the content differs", accept)
		}
	}
	if got := get(Path("fonts/be-vietnam-pro-latin-400.woff2"), "br").Header().Get("Content-Encoding"); got != "" {
		t.Errorf("a font is compressed twice: %q", got)
	}
}

func decode(t *testing.T, coding string, content io.Reader) []byte {
	t.Helper()
	switch coding {
	case "br":
		content = brotli.NewReader(content)
	case "gzip":
		reader, err := gzip.NewReader(content)
		if err != nil {
			t.Fatal(err)
		}
		content = reader
	}
	plain, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestStyleSheetsNameOnlyWhatIsHere(t *testing.T) {
	t.Parallel()
	found := 0
	for _, name := range []string{"tabler.css", "tokens.css", "portal.css"} {
		for _, match := range regexp.MustCompile(`url\(['"]?([^'")]+)`).FindAllStringSubmatch(string(Content(name)), -1) {
			if strings.HasPrefix(match[1], "data:") {
				continue
			}
			found++
			if get(match[1], "").Code != http.StatusOK {
				t.Errorf("%s names %s, which is not served", name, match[1])
			}
		}
	}
	if found != 6 {
		t.Errorf("%d references in the style sheets, want the 6 fonts", found)
	}
}

func TestScriptsNeedNoPermissionToMakeCode(t *testing.T) {
	t.Parallel()
	for name := range addresses {
		if path.Ext(name) != ".js" {
			continue
		}
		for _, forbidden := range []string{"eval(", "new Function", "innerHTML", "outerHTML", "document.write", "insertAdjacentHTML", ".style", "://"} {
			text := strings.ReplaceAll(string(Content(name)), "http://www.w3.org/2000/svg", "") // a name, not an address
			if strings.Contains(text, forbidden) {
				t.Errorf("%s uses %s", name, forbidden)
			}
		}
	}
}

func TestTheSpriteIsWellFormed(t *testing.T) {
	t.Parallel()
	var sprite struct {
		Symbols []struct {
			ID      string `xml:"id,attr"`
			ViewBox string `xml:"viewBox,attr"`
		} `xml:"symbol"`
	}
	if err := xml.Unmarshal(Content("icons.svg"), &sprite); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, symbol := range sprite.Symbols {
		if !strings.HasPrefix(symbol.ID, "i-") || symbol.ViewBox == "" || seen[symbol.ID] {
			t.Errorf("symbol %+v", symbol)
		}
		seen[symbol.ID] = true
	}
	if len(seen) < 36 {
		t.Errorf("%d symbols", len(seen))
	}
}

// TestWeight holds the bars for what the first visit loads besides the page
// itself, compressed: 60 KB with some 15 KB left for the page, fonts 70 KB,
// scripts 20 KB.
func TestWeight(t *testing.T) {
	t.Parallel()
	const kB = 1024
	all, scripts, fonts := 0, 0, 0
	for name, address := range addresses {
		size := get(address, "br").Body.Len()
		switch path.Ext(name) {
		case ".LICENSE": // nobody's browser asks
		case ".woff2":
			fonts += size
		case ".js":
			scripts += size
			all += size
		default:
			all += size
		}
	}
	t.Logf("assets %d B, of which scripts %d B; fonts %d B", all, scripts, fonts)
	if all > 45*kB {
		t.Errorf("assets weigh %d B", all)
	}
	if scripts > 20*kB {
		t.Errorf("scripts weigh %d B", scripts)
	}
	if fonts > 70*kB {
		t.Errorf("fonts weigh %d B", fonts)
	}
}
