package form

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"danvan/internal/fault"
)

func TestBytesThatCannotBeStoredAreRefusedWithASentence(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\x00b", "a\xffb"} {
		f := parsed(t, url.Values{"ten": {text}, "khac": {"x"}})
		if got := f.Error("ten"); got != badBytes {
			t.Errorf("%q: %q, want %q", text, got, badBytes)
		}
		if f.Text("ten") != "" {
			t.Error("a refused field can be read")
		}
		if !storable(f.Raw("ten")) {
			t.Errorf("%q is kept as %q", text, f.Raw("ten"))
		}
		if f.Text("khac") != "x" {
			t.Error("the other field is lost")
		}
	}
	if _, err := Parse(arrived("a%00=1"), 1<<20); !isInvalid(err) {
		t.Errorf("a name with NUL: %v", err)
	}
}

// A browser sends everything before it reads anything.
func TestWhoSendsTooMuchReadsTheAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := Parse(r, 1000); err != nil {
			http.Error(w, "quá lớn", http.StatusRequestEntityTooLarge)
		}
	}))
	t.Cleanup(server.Close)
	browser, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer browser.Close()
	file := bytes.Repeat([]byte("x"), 16<<20)
	if _, err := fmt.Fprintf(browser, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(file), file); err != nil {
		t.Fatalf("sending: %v", err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(browser), nil)
	if err != nil {
		t.Fatalf("reading: %v", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("the answer is %d", answer.StatusCode)
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	_, err := Parse(arrived("ten="+strings.Repeat("x", 2000)), 1000)
	if _, ok := errors.AsType[*http.MaxBytesError](err); !ok {
		t.Errorf("too many bytes: %v", err)
	}
	if _, err := Parse(arrived(strings.Repeat("a=1&", maxFields+1)), 1<<20); !isInvalid(err) {
		t.Errorf("too many fields: %v", err)
	}
	f := parsed(t, url.Values{"ten": {strings.Repeat("ộ", maxValue/3+1)}})
	if f.Error("ten") != tooLong {
		t.Error("a field of any length is taken")
	}
	if !utf8.ValidString(f.Raw("ten")) || len(f.Raw("ten")) > maxValue {
		t.Error("the shortened text cannot be shown")
	}
}

func TestOnlyFormsAreRead(t *testing.T) {
	t.Parallel()
	for contentType, body := range map[string]string{
		"":                                  "a=1",
		"application/json":                  `{"a":1}`,
		"application/x-www-form-urlencoded": "a=%zz",
		"multipart/form-data; boundary=x":   "no parts here",
		"multipart/form-data":               "no boundary",
	} {
		r := httptest.NewRequest(http.MethodPost, "/x", strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		if _, err := Parse(r, 1<<20); !isInvalid(err) {
			t.Errorf("%q: %v", contentType, err)
		}
	}
}

func TestFilesComeWithTheForm(t *testing.T) {
	t.Parallel()
	f := parsedFiles(t, map[string]string{"ten": "a"}, map[string]string{"tep": "nội dung"})
	if f.Text("ten") != "a" {
		t.Errorf("ten = %q", f.Text("ten"))
	}
	file := f.File("tep")
	if file == nil || file.Filename != "tep.txt" || file.Size != int64(len("nội dung")) {
		t.Errorf("file = %+v", file)
	}
	if !f.HadFiles() {
		t.Error("the file went unnoticed")
	}
	if f.File("khác") != nil {
		t.Error("a file nobody sent")
	}
	if none := parsedFiles(t, map[string]string{"ten": "a"}, nil); none.HadFiles() {
		t.Error("files nobody sent")
	}
}

func parsedFiles(t *testing.T, fields, files map[string]string) *Form {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile(name, name+".txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/x", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	f, err := Parse(r, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFiltersNeverFail(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "/x?q=vi+thuy&trang-thai=a%00&x=%zz", nil)
	f := Query(r)
	if got := f.Line("q"); got != "vi thuy" {
		t.Errorf("q = %q", got)
	}
	if !f.OK() || f.Raw("trang-thai") != "" {
		t.Errorf("filters: %v, %q", f.Errors, f.Raw("trang-thai"))
	}
}

func isInvalid(err error) bool {
	_, ok := errors.AsType[fault.Invalid](err)
	return ok
}

// FuzzParse: whatever is sent, nothing panics, what is kept can be stored and
// shown, and showing it again sends the same.
func FuzzParse(fuzz *testing.F) {
	for _, seed := range []string{
		"ten=%C4%90%E1%BB%91i+tho%E1%BA%A1i&han=30%2F11%2F2022&so=1.234%2C5&_key=k&_revision=7",
		"a=%00&b=%ff&_revision=-1&_key=" + strings.Repeat("x", 100), "&&&===", "a=1;b=2", "%zz", "=",
	} {
		fuzz.Add(seed)
	}
	fuzz.Fuzz(func(t *testing.T, body string) {
		f, err := Parse(arrived(body), 1<<20)
		if err != nil {
			if !isInvalid(err) {
				t.Fatalf("Parse: %v", err)
			}
			return
		}
		for name, values := range f.All() {
			for _, value := range values {
				if !storable(name) || !storable(value) {
					t.Fatalf("%q = %q cannot be stored", name, value)
				}
			}
			for _, read := range []func(string){
				func(n string) { f.Text(n) }, func(n string) { f.Number(n) }, func(n string) { f.Whole(n) },
				func(n string) { f.Date(n) }, func(n string) { f.Lines(n) }, func(n string) { f.ID(n) }, func(n string) { f.Flag(n) },
			} {
				read(name)
			}
			if strings.HasPrefix(name, "_") {
				t.Fatalf("%q is handed out as content", name)
			}
		}
		if f.Key() == "" || f.Revision() < 0 || f.Submission() < 0 {
			t.Fatalf("hidden fields: %q %d %d", f.Key(), f.Revision(), f.Submission())
		}
		if again := parsed(t, f.All()); f.OK() && !reflect.DeepEqual(again.All(), f.All()) {
			t.Fatalf("sent again: %v, want %v", again.All(), f.All())
		}
		f.Faulty()
	})
}
