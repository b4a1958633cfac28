package submissions

import (
	"strings"
	"testing"

	"danvan/internal/submission"
	"danvan/web/form"
)

func proseConflict(own bool) ConflictOf {
	long := strings.Repeat("Sở tổ chức đối thoại với người dân tại cơ sở. ", 30)
	field := submission.Field{Name: "text", Label: "Nội dung", Shape: submission.Prose}
	return ConflictOf{
		Kind: submission.PartKind{Fields: []submission.Field{field}}, What: "nhiệm vụ 4", Action: "/a", Later: "/a",
		Conflict: &submission.Conflict{
			Revision: 2, Fields: []string{"text"}, TheirName: "Nguyễn Thị Lan", Own: own,
			Base:   submission.Content{"text": long + "Giữa bài. " + long + "Cuối bài."},
			Mine:   submission.Content{"text": long + "Giữa bài. " + long + "Cuối bài đã sửa."},
			Theirs: submission.Content{"text": long + "Giữa của Lan. " + long + "Cuối bài."},
		},
	}
}

func TestAConflictFoldsLongEqualTextAndKeepsItWithinReach(t *testing.T) {
	t.Parallel()
	x := proseConflict(false)
	page := rendered(t, ConflictPage(x, x.Form(form.New(nil))))
	picks, whole, found := strings.Cut(page, "Xem toàn văn")
	if !found {
		t.Fatal("the contents in full are not within reach")
	}
	choices := picks[strings.Index(picks, "dv-merge-3"):]
	if n := strings.Count(choices, "đối thoại"); n > 15 {
		t.Errorf("the choices repeat the equal text %d times", n)
	}
	for _, words := range []string{"[…]", "<ins> đã sửa</ins>", "của Lan", "Giữa bài"} {
		if !strings.Contains(choices, words) {
			t.Errorf("the choices lack %q", words)
		}
	}
	if n := strings.Count(whole, "đối thoại"); n != 3*60 {
		t.Errorf("the full text has %d of %d sentences", n, 3*60)
	}
}

func TestFoldingKeepsShortTextAndEveryChange(t *testing.T) {
	t.Parallel()
	x := proseConflict(false)
	for name, text := range map[string]string{"mine": "Văn bản ngắn đã sửa.", "theirs": "Văn bản ngắn."} {
		x.Conflict.Base = submission.Content{"text": "Văn bản ngắn cũ."}
		x.Conflict.Mine, x.Conflict.Theirs = submission.Content{"text": text}, submission.Content{"text": "Văn bản."}
		if page := rendered(t, ConflictPage(x, x.Form(form.New(nil)))); strings.Contains(page, folded) || strings.Contains(page, "Xem toàn văn") {
			t.Errorf("%s: a short text is folded", name)
		}
	}
}

func TestAConflictWithOneselfSaysYou(t *testing.T) {
	t.Parallel()
	x := proseConflict(true)
	if got := x.Title(); got != "Bạn đã lưu nhiệm vụ 4 ở một trang khác" {
		t.Errorf("title %q", got)
	}
	page := rendered(t, ConflictPage(x, x.Form(form.New(nil))))
	for _, words := range []string{"Bạn, ở trang khác", "Ở trang này", "Sửa ở cả hai trang"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	if strings.Contains(page, "Nguyễn Thị Lan") {
		t.Error("the reader is called by name")
	}
}
