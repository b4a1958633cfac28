package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/web"
)

// TestATextSavesItselfAndTakesParagraphsWhereTheCursorStands writes a section of the
// consolidated report with scripts, without ever pressing a button to save.
func TestATextSavesItselfAndTakesParagraphsWhereTheCursorStands(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	server := httptest.NewUnstartedServer(nil)
	c := s.config
	c.BaseURL = "http://" + server.Listener.Addr().String()
	server.Config.Handler = web.Handler(c)
	server.Start()
	t.Cleanup(server.Close)

	r := newReader(t, server.URL, "snv.tonghop", true)
	r.open(taskFour)
	r.fill("Tên đăng nhập", "snv.tonghop")
	r.fill("Mật khẩu", demo.Password)
	r.follow("Đăng nhập")
	r.says("Lời văn của nhiệm vụ 4")
	r.fill("Lời văn của nhiệm vụ 4", "Dòng một.\nDòng hai.")
	const box = `document.querySelector('textarea[name=text]')`
	eval[bool](r, box+`.setSelectionRange(4, 4) === undefined`)
	eval[bool](r, `document.querySelector('button[value="skhdt/1/0"]').click() === undefined`)
	text := eval[string](r, box+`.value`)
	lines := strings.Split(text, "\n")
	if lines[0] != "Dòng một." || lines[len(lines)-1] != "Dòng hai." || !strings.HasPrefix(lines[1], "- Sở Kế hoạch và Đầu tư: ") || !strings.HasSuffix(lines[1], " {nguồn skhdt lần 1}") {
		t.Fatalf("put in at the wrong place: %q", text)
	}
	if !eval[bool](r, `document.activeElement === `+box) || r.at() != taskFour {
		t.Errorf("the page left the text, at %s", r.at())
	}
	// What the script puts in is what the server would have.
	form := s.form("snv.tonghop", taskFour)
	form.Set("text", "")
	form.Set("dua-vao", "skhdt/1/0")

	r.press("Mã chèn số liệu của phần này, với giá trị hiện tại")
	eval[bool](r, `document.querySelector('button[data-token="{T4.01}"]').click() === undefined`)
	if text = eval[string](r, box+`.value`); strings.Count(text, "{T4.01}") != 1 {
		t.Fatalf("no token was put in: %q", text)
	}
	r.waits(`document.querySelector('[data-saved]').textContent.includes('Đã lưu lúc') && !document.querySelector('[data-saved] .dv-red')`, "the text saved by itself")
	for stored := ""; stored != text; stored = s.text(taskFour, "text") {
		r.waits(`document.querySelector('[data-saved]').textContent.includes('Đã lưu lúc')`, "the text saved by itself")
	}

	r.do(r.insert("{T4.99}"))
	r.waits(`document.querySelector('[data-saved]').textContent.includes('không có chỉ tiêu T4.99')`, "what is wrong with the token")
	if got := s.text(taskFour, "text"); !strings.Contains(got, "{T4.99}") {
		t.Errorf("a token nobody knows was not stored: %q", got)
	}
	s.send("snv.tonghop", taskFour, withRevision(form, s.form("snv.tonghop", taskFour))).to(taskFour + "#text")
	if got, want := s.text(taskFour, "text"), strings.Join(lines[1:len(lines)-1], "\n"); got != want {
		t.Errorf("without scripts the paragraph is\n%q, with them\n%q", got, want)
	}
}

// withRevision is a form as it was, against the revision of another.
func withRevision(form, newer map[string][]string) map[string][]string {
	form["_revision"] = newer["_revision"]
	return form
}
