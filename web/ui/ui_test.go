package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"danvan/web/form"
	"danvan/web/static"
)

func page(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, c)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// eachGalleryPage hands every page of the gallery to check.
func eachGalleryPage(t *testing.T, check func(t *testing.T, doc *goquery.Document, source string)) {
	t.Helper()
	for name, shown := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := render(t, Document(shown.frame, shown.page, shown.body))
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(source))
			if err != nil {
				t.Fatal(err)
			}
			check(t, doc, source)
		})
	}
}

func attr(s *goquery.Selection, name string) string {
	value, _ := s.Attr(name)
	return value
}

func has(s *goquery.Selection, name string) bool {
	_, ok := s.Attr(name)
	return ok
}

func TestNoScriptOrStyleStandsInAPage(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`(?i)\s(style|on[a-z]+)=|<style|javascript:`)
	eachGalleryPage(t, func(t *testing.T, doc *goquery.Document, source string) {
		if found := inline.FindString(source); found != "" {
			t.Errorf("found %q", found)
		}
		doc.Find("script").Each(func(_ int, s *goquery.Selection) {
			if !strings.HasPrefix(attr(s, "src"), static.Prefix) || s.Text() != "" || attr(s, "type") != "module" {
				t.Error("a script stands in the page")
			}
		})
	})
}

func TestEveryIDIsUsedOnce(t *testing.T) {
	t.Parallel()
	eachGalleryPage(t, func(t *testing.T, doc *goquery.Document, _ string) {
		seen := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			if id := attr(s, "id"); seen[id] || id == "" {
				t.Errorf("id %q twice", id)
			} else {
				seen[id] = true
			}
		})
		doc.Find("[aria-describedby],[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(attr(s, "aria-describedby") + " " + attr(s, "aria-labelledby")) {
				if !seen[id] {
					t.Errorf("nothing has the id %q", id)
				}
			}
		})
	})
}

func TestEveryFieldHasALabel(t *testing.T) {
	t.Parallel()
	eachGalleryPage(t, func(t *testing.T, doc *goquery.Document, _ string) {
		doc.Find("input:not([type=hidden]),select,textarea").Each(func(_ int, s *goquery.Selection) {
			id := attr(s, "id")
			if label := doc.Find(`label[for="` + id + `"]`); id == "" || strings.TrimSpace(label.Text()) == "" {
				t.Errorf("field %q has no label", attr(s, "name"))
			}
		})
	})
}

func TestEveryIconIsInTheSprite(t *testing.T) {
	t.Parallel()
	symbols := string(static.Content("icons.svg"))
	eachGalleryPage(t, func(t *testing.T, doc *goquery.Document, _ string) {
		doc.Find("use").Each(func(_ int, s *goquery.Selection) {
			address, name, _ := strings.Cut(attr(s, "href"), "#")
			if address != static.Path("icons.svg") || !strings.Contains(symbols, `id="`+name+`"`) {
				t.Errorf("no icon %s#%s", address, name)
			}
		})
	})
	for _, kind := range Kinds {
		if !strings.Contains(symbols, `id="i-`+kind.Icon()+`"`) {
			t.Errorf("no icon for %s", kind)
		}
	}
}

// TestIconsNamedAnywhereAreInTheSprite reads the views of all areas: a wrong
// name shows nothing and fails nowhere else.
func TestIconsNamedAnywhereAreInTheSprite(t *testing.T) {
	t.Parallel()
	symbols := string(static.Content("icons.svg"))
	named := regexp.MustCompile(`(?:Icon\(|Note\(|Icon: +)"([^"]+)"`)
	found := 0
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".templ", ".go"}, filepath.Ext(path)) || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range named.FindAllStringSubmatch(string(source), -1) {
			found++
			if !strings.Contains(symbols, `id="i-`+match[1]+`"`) {
				t.Errorf("%s names the icon %q", path, match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("no icon is named anywhere: the pattern is wrong")
	}
}

func TestMistakesAreDescribedWhereTheyAreAndInTheSummary(t *testing.T) {
	t.Parallel()
	shown := formPage()
	doc := page(t, Document(shown.frame, shown.page, shown.body))
	if got := doc.Find("title").Text(); !strings.HasPrefix(got, "Lỗi: Sửa hoạt động 6.3") {
		t.Errorf("title %q", got)
	}
	summary := doc.Find("[data-errors]")
	if attr(summary, "role") != "alert" || attr(summary, "tabindex") != "-1" || summary.Find("h2").Text() != "Còn 6 chỗ phải sửa" {
		t.Errorf("summary: %s", summary.Text())
	}
	var order []string
	summary.Find("a").Each(func(_ int, link *goquery.Selection) {
		order = append(order, attr(link, "href"))
		field := doc.Find(`[id="` + strings.TrimPrefix(attr(link, "href"), "#") + `"]`)
		if field.Length() != 1 {
			t.Errorf("%s leads nowhere", attr(link, "href"))
			return
		}
		described := field
		if attr(field, "type") == "radio" {
			described = field.Closest("fieldset")
		} else if attr(field, "aria-invalid") != "true" {
			t.Errorf("%s is not marked", attr(link, "href"))
		}
		sentence := doc.Find(`[id="` + strings.Fields(attr(described, "aria-describedby"))[0] + `"]`).Text()
		if got := strings.TrimPrefix(strings.TrimSpace(sentence), "Lỗi: "); got != link.Text() {
			t.Errorf("the field says %q, the summary %q", got, link.Text())
		}
	})
	if want := []string{"#nguoi", "#han", "#phan-dau", "#minh-chung", "#tep"}; !slices.Equal(order, want) {
		t.Errorf("order %q, want %q", order, want)
	}
}

func TestFieldsShowWhatWasTyped(t *testing.T) {
	t.Parallel()
	hostile := "\n<b>\"Đối thoại\"</b> & 'x'"
	f := form.New(map[string]string{"ten": hostile, "mk": "bí mật", "so": "10 vụ", "han": "31/11/2022", "chon": "b", "mot": "2"}).Put("nhieu", "x", "z")
	options := []Option{{"a", "A", ""}, {"b", "B", ""}}
	doc := page(t, join(
		TextArea(f, Field{Name: "ten", Label: "Tên"}), TextField(f, Field{Name: "mk", Label: "Mật khẩu", Type: "password"}),
		NumberField(f, Field{Name: "so", Label: "Số"}), DateField(f, Field{Name: "han", Label: "Hạn"}), Select(f, Field{Name: "chon", Label: "Chọn"}, options),
		Radios(f, Field{Name: "mot", Label: "Một"}, []Option{{"1", "1", ""}, {"2", "2", ""}}),
		Checkboxes(f, Field{Name: "nhieu", Label: "Nhiều"}, []Group{{"", []Option{{"x", "X", ""}, {"y", "Y", ""}}}, {"Khác", []Option{{"z", "Z", ""}}}, {"Còn lại", []Option{{"t", "T", ""}}}}),
	))
	if got := doc.Find("textarea").Text(); got != hostile {
		t.Errorf("textarea = %q, want %q", got, hostile)
	}
	if has(doc.Find("[name=mk]"), "value") {
		t.Error("the password is sent back")
	}
	for name, want := range map[string]string{"so": "10 vụ", "han": "31/11/2022"} {
		if got := attr(doc.Find("[name="+name+"]"), "value"); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if got := attr(doc.Find("option[selected]"), "value"); got != "b" {
		t.Errorf("selected %q", got)
	}
	var checked []string
	doc.Find("[checked]").Each(func(_ int, s *goquery.Selection) { checked = append(checked, attr(s, "name")+attr(s, "value")) })
	if want := []string{"mot2", "nhieux", "nhieuz"}; !slices.Equal(checked, want) {
		t.Errorf("checked %q, want %q", checked, want)
	}
	folds := doc.Find("details")
	if !has(folds.Eq(0), "open") || has(folds.Eq(1), "open") {
		t.Error("the group with a tick is not open, or the one without is")
	}
	if got := attr(doc.Find("[name=han]"), "inputmode"); got != "numeric" {
		t.Errorf("inputmode %q", got)
	}
}

func TestAFormCarriesItsKeysAndTheTokenOfTheVisit(t *testing.T) {
	t.Parallel()
	f := form.New(nil).FilledFrom(7, "ab").AtSubmission(3)
	var b strings.Builder
	ctx := form.WithToken(t.Context(), func() string { return "sealed" })
	if err := Form(f, FormOf{Action: "/x", Autosave: true, Multipart: true}).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		form.RevisionField: "7:ab", form.SubmissionField: "3", form.KeyField: f.Key(), form.TokenField: "sealed",
	} {
		if got := attr(doc.Find("input[type=hidden][name="+name+"]"), "value"); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	element := doc.Find("form")
	if attr(element, "method") != "post" || !has(element, "novalidate") || !has(element, "data-autosave") || attr(element, "enctype") != "multipart/form-data" {
		t.Error("the form is sent wrongly")
	}
}

func TestTheShellSaysWhereOneIs(t *testing.T) {
	t.Parallel()
	shown := listPage()
	doc := page(t, Document(shown.frame, shown.page, shown.body))
	current := doc.Find(".dv-nav [aria-current=page]")
	if current.Length() != 1 || strings.TrimSpace(current.Text()) != "Kế hoạch" {
		t.Errorf("current place %q", current.Text())
	}
	if got := strings.Join(strings.Fields(doc.Find(".dv-demo").Text()), " "); got != "Dữ liệu minh họa · thời điểm giả định: 08:42, thứ Hai 28/11/2022" {
		t.Errorf("demo bar %q", got)
	}
	if doc.Find("h1").Length() != 1 || doc.Find("main").Length() != 1 {
		t.Error("a page has one main heading and one main part")
	}
	if got := attr(doc.Find(".dv-skip"), "href"); doc.Find(got).Length() != 1 {
		t.Errorf("the skip link leads to %q", got)
	}
	if got := doc.Find(".dv-foot p").Text(); got != "Không nhập nội dung thuộc bí mật nhà nước. Không ghi họ tên người khiếu nại, tố cáo, kiến nghị: chỉ ghi số lượng." {
		t.Errorf("footer %q", got)
	}
	if got := strings.Join(strings.Fields(doc.Find(".dv-flash").Text()), " "); got != "Đã tiếp nhận kế hoạch của Sở Nội vụ lúc 08:41. Số liệu đã vào tổng quan. Xem" {
		t.Errorf("message %q", got)
	}
}

func TestAStrangerSeesNoNavigation(t *testing.T) {
	t.Parallel()
	doc := page(t, Document(Frame{Province: "Tỉnh Hậu Giang", Moment: noon}, Page{Head: Head{Title: "Không tìm thấy trang này"}}, templ.NopComponent))
	if doc.Find(".dv-nav, .dv-menu, .dv-search").Length() > 0 {
		t.Error("navigation without sign-in")
	}
	if doc.Find(".dv-demo").Length() > 0 {
		t.Error("real data is called made up")
	}
}

func TestTheLookIsChosenOnTheRoot(t *testing.T) {
	t.Parallel()
	for theme, want := range map[string]bool{"": false, "dark": true, "light": true} {
		root := page(t, Document(Frame{SignedIn: true, Theme: theme, Moment: noon}, Page{}, templ.NopComponent)).Find("html")
		if has(root, "data-theme") != want || attr(root, "data-theme") != theme {
			t.Errorf("%q: data-theme %q", theme, attr(root, "data-theme"))
		}
	}
}

func TestWhoeverMayScrollATableCanReachIt(t *testing.T) {
	t.Parallel()
	shown := listPage()
	region := page(t, shown.body).Find(".dv-scroll")
	if attr(region, "tabindex") != "0" || attr(region, "role") != "region" || attr(region, "aria-label") == "" {
		t.Error("the scrolling table cannot be reached with the keyboard")
	}
}

func TestLongTextOfTheDirectiveIsEscaped(t *testing.T) {
	t.Parallel()
	got := render(t, Status(Overdue, `<script>alert(1)</script>`))
	if strings.Contains(got, "<script>") {
		t.Error("a word runs as a script")
	}
}

func TestATextIsCutBetweenWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"Bố trí kinh phí", 15, "Bố trí kinh phí"},
		{"Bố trí kinh phí hòa giải, tập huấn", 26, "Bố trí kinh phí hòa giải…"},
		{"Nghiêncứukhoahọcvàcôngnghệ", 10, "Nghiêncứu…"},
	} {
		if got := Short(test.text, test.most); got != test.want {
			t.Errorf("%q in %d letters is %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

func TestAFieldSaysOnceHowItIsFilled(t *testing.T) {
	t.Parallel()
	f := form.New(nil)
	for what, tt := range map[string]struct {
		field templ.Component
		want  string
	}{
		"a code":   {TextField(f, Field{Name: "code", Label: "Mã", Autocomplete: "one-time-code", Digits: true}), `autocomplete="one-time-code" inputmode="numeric"`},
		"a number": {NumberField(f, Field{Name: "n", Label: "Số", Autocomplete: "name"}), `inputmode="decimal" autocomplete="off"`},
		"a line":   {TextField(f, Field{Name: "t", Label: "Tên"}), `value=""`},
	} {
		got := render(t, tt.field)
		tag := got[strings.Index(got, "<input"):]
		tag = tag[:strings.Index(tag, ">")]
		if !strings.Contains(tag, tt.want) || strings.Contains(tag, " else") || strings.Count(tag, "autocomplete=") > 1 {
			t.Errorf("%s is %s>, want %s in it", what, tag, tt.want)
		}
	}
}

func TestWhatIsWrongWithTheWholeFormIsNoPlace(t *testing.T) {
	t.Parallel()
	f := form.New(nil)
	f.Fail("", "Đã nhập sai nhiều lần. Chờ 39 giây rồi đăng nhập lại")
	if got := page(t, ErrorSummary(f)).Find("h2").Text(); got != "Chưa thực hiện được" {
		t.Errorf("the summary is headed %q", got)
	}
	f.Fail("password", "Ghi mật khẩu")
	if got := page(t, ErrorSummary(f)).Find("h2").Text(); got != "Còn 2 chỗ phải sửa" {
		t.Errorf("the summary is headed %q", got)
	}
}
