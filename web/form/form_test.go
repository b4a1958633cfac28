package form

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

func arrived(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/x", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func parsed(t *testing.T, values url.Values) *Form {
	t.Helper()
	f, err := Parse(arrived(values.Encode()), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestMistakesKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	f := parsed(t, url.Values{"han": {"31/11/2022"}, "so": {"10 vụ"}, "dem": {"1,5"}, "muc": {"khác"}})
	f.Date("han")
	f.Number("so")
	f.Whole("dem")
	f.Choice("muc", "một", "hai")
	for name, want := range map[string]string{"han": "31/11/2022", "so": "10 vụ", "dem": "1,5", "muc": "khác"} {
		if got := f.Raw(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
		if f.Error(name) == "" {
			t.Errorf("%s has no mistake", name)
		}
	}
	if got, want := f.Error("han"), "Ngày 31/11/2022 không có trong lịch"; got != want {
		t.Errorf("han: %q, want %q", got, want)
	}
}

func TestBlankIsNeitherZeroNorAMistake(t *testing.T) {
	t.Parallel()
	f := parsed(t, url.Values{"trong": {"  "}, "khong": {"0"}})
	if n, given := f.Whole("trong"); n != 0 || given {
		t.Errorf("blank = %d, %t", n, given)
	}
	if n, given := f.Whole("khong"); n != 0 || !given {
		t.Errorf("zero = %d, %t", n, given)
	}
	if got := f.Number("trong"); got != "" {
		t.Errorf("blank number = %q", got)
	}
	if !f.Date("trong").IsZero() {
		t.Error("blank is a date")
	}
	if !f.OK() {
		t.Errorf("mistakes: %v", f.Errors)
	}
}

func TestFieldsAreReadTheVietnameseWay(t *testing.T) {
	t.Parallel()
	f := parsed(t, url.Values{
		"so": {"1.234,50"}, "dem": {"1.234"}, "ngay": {"1/12/2022"}, "ten": {"  Đối\tthoại \r\n"},
		"dong": {"một\r\n\r\n hai "}, "dau": {"1"}, "muc": {"b", "a"}, "nguoi": {"17"}, "to": {"3", "5"},
	})
	if got := f.Number("so"); got != "1234.5" {
		t.Errorf("number = %q", got)
	}
	if n, given := f.Whole("dem"); n != 1234 || !given {
		t.Errorf("whole = %d", n)
	}
	if got, want := f.Date("ngay"), viet.NewDate(2022, 12, 1); got != want {
		t.Errorf("date = %v, want %v", got, want)
	}
	if got := f.Line("ten"); got != "Đối thoại" {
		t.Errorf("line = %q", got)
	}
	if got, want := f.Lines("dong"), []string{"một", "hai"}; !reflect.DeepEqual(got, want) {
		t.Errorf("lines = %q, want %q", got, want)
	}
	if !f.Flag("dau") || f.Flag("không có") {
		t.Error("flags are misread")
	}
	if got, want := f.Chosen("muc", "a", "b", "c"), []string{"a", "b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("chosen = %q, want %q", got, want)
	}
	if got := f.ID("nguoi"); got != 17 {
		t.Errorf("id = %d", got)
	}
	if got, want := f.IDs("to"), []int64{3, 5}; !reflect.DeepEqual(got, want) {
		t.Errorf("ids = %v, want %v", got, want)
	}
	if !f.OK() {
		t.Errorf("mistakes: %v", f.Errors)
	}
}

func TestAValueOutsideTheListIsAMistake(t *testing.T) {
	t.Parallel()
	type state string
	for name, read := range map[string]func(*Form){
		"choice": func(f *Form) { f.Choice("x", "a") },
		"pick":   func(f *Form) { Pick(f, "x", []state{"a"}) },
		"chosen": func(f *Form) { f.Chosen("x", "a") },
		"id":     func(f *Form) { f.ID("x") },
		"ids":    func(f *Form) { f.IDs("x") },
	} {
		f := parsed(t, url.Values{"x": {"zzz"}})
		read(f)
		if f.Error("x") == "" {
			t.Errorf("%s accepts what is not offered", name)
		}
	}
}

func TestAFormSaysWhatItWasFilledFrom(t *testing.T) {
	t.Parallel()
	for read, want := range map[string]struct {
		revision     int64
		digest, read string
	}{
		"7": {7, "", "7"}, "7:ab": {7, "ab", "7:ab"}, "0:ab": {}, "": {}, "x:ab": {}, "-1:ab": {}, ":ab": {},
	} {
		f := parsed(t, url.Values{RevisionField: {read}})
		if f.Revision() != want.revision || f.Digest() != want.digest || f.Read() != want.read {
			t.Errorf("%q reads as %d, %q, %q, want %+v", read, f.Revision(), f.Digest(), f.Read(), want)
		}
	}
	if f := New(nil).FilledFrom(7, "ab"); f.Read() != "7:ab" || f.Revision() != 7 {
		t.Errorf("a form filled from revision 7 says %q", f.Read())
	}
}

func TestHiddenFieldsAreNotContent(t *testing.T) {
	t.Parallel()
	f := parsed(t, url.Values{
		"ten": {"a"}, RevisionField: {"7"}, SubmissionField: {"3"}, KeyField: {"abc"}, TokenField: {"sealed"},
		AutosaveField: {"1"}, "_khac": {"x"},
	})
	if f.Revision() != 7 || f.Submission() != 3 || f.Key() != "abc" || f.Token() != "sealed" || !f.Autosave() {
		t.Errorf("hidden fields are misread: %+v", f)
	}
	if got, want := f.All(), (url.Values{"ten": {"a"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("All() = %v, want %v", got, want)
	}
	if f.Raw(TokenField) != "" {
		t.Error("the token can be read as content")
	}
}

func TestWhatIsHandedOutCannotChangeTheForm(t *testing.T) {
	t.Parallel()
	f := New(map[string]string{"ten": "a"})
	f.All().Set("ten", "b")
	f.All()["ten"][0] = "c"
	f.Values("ten")[0] = "d"
	if got := f.Raw("ten"); got != "a" {
		t.Errorf("ten = %q, want a", got)
	}
}

func TestAKeyIsRandomAndKept(t *testing.T) {
	t.Parallel()
	a, b := New(nil), New(nil)
	if a.Key() == b.Key() || len(a.Key()) < 20 {
		t.Errorf("keys %q and %q", a.Key(), b.Key())
	}
	again := parsed(t, url.Values{KeyField: {a.Key()}})
	if again.Key() != a.Key() {
		t.Errorf("key = %q, want %q", again.Key(), a.Key())
	}
	if again.Renew().Key() == a.Key() {
		t.Error("Renew kept the key")
	}
	if f := parsed(t, url.Values{}); f.Key() == "" {
		t.Error("a post without a key got none")
	}
}

func TestSumTellsDifferentPostsApart(t *testing.T) {
	t.Parallel()
	values := url.Values{"ten": {"a"}, RevisionField: {"7"}, KeyField: {"k"}, TokenField: {"t1"}}
	first := parsed(t, values).Sum()
	values.Set(TokenField, "t2")
	values.Set(KeyField, "k2")
	if !bytes.Equal(parsed(t, values).Sum(), first) {
		t.Error("token or key change the sum")
	}
	values.Set(RevisionField, "8")
	if bytes.Equal(parsed(t, values).Sum(), first) {
		t.Error("the revision does not change the sum")
	}
	values.Set(RevisionField, "7")
	values.Set("ten", "b")
	if bytes.Equal(parsed(t, values).Sum(), first) {
		t.Error("the content does not change the sum")
	}
}

func TestRejectTakesMistakesAndNothingElse(t *testing.T) {
	t.Parallel()
	f := New(nil)
	f.Fail("ten", "Ghi tên hoạt động")
	if !f.Reject(fmt.Errorf("save: %w", fault.Invalid{"ten": "khác", "han": "Ghi hạn"})) {
		t.Error("mistakes are not taken")
	}
	if got := f.Error("ten"); got != "Ghi tên hoạt động" {
		t.Errorf("ten: %q, want the first sentence", got)
	}
	if f.Error("han") != "Ghi hạn" {
		t.Error("han has no mistake")
	}
	for _, err := range []error{fault.Conflict, fault.Forbidden, errors.New("outage"), nil} {
		if New(nil).Reject(err) {
			t.Errorf("%v is taken for a mistake of the reader", err)
		}
	}
}

func TestMistakesAreListedInTheOrderOfThePage(t *testing.T) {
	t.Parallel()
	f := parsed(t, url.Values{"b": {"x"}, "a": {"x"}, "z": {"x"}})
	f.Number("b")
	f.Text("z")
	f.Number("a")
	f.Fail("", "Cả biểu mẫu")
	f.Reject(fault.Invalid{"z": "sai"})
	if got, want := f.Faulty(), []string{"", "b", "z", "a"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Faulty() = %q, want %q", got, want)
	}
}

func TestAPostCountsOnceUnlessItIsSavedByItselfOrHasMistakes(t *testing.T) {
	t.Parallel()
	sent := url.Values{KeyField: {"abcdefghijklmnop"}, "body": {"Đối thoại"}}
	f := parsed(t, sent)
	if got := f.Once(); got.Key != "abcdefghijklmnop" || string(got.Body) != string(f.Sum()) {
		t.Errorf("a post is %+v", got)
	}
	f.Fail("body", "Ghi rõ hơn")
	if got := f.Once(); got.Key != "" {
		t.Errorf("a post with a mistake is %+v", got)
	}
	sent.Set(AutosaveField, "1")
	if got := parsed(t, sent).Once(); got.Key != "" {
		t.Errorf("what saves by itself is %+v", got)
	}
}
