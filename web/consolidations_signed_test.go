package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"danvan/internal/demo/demotest"
	"danvan/internal/demo/paper"
)

// upload posts a form with a file as somebody.
func (s *stage) upload(who, path string, values url.Values, name string, content []byte) *response {
	s.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field := range values {
		must(s.t, w.WriteField(field, values.Get(field)))
	}
	part, err := w.CreateFormFile("file", name)
	must(s.t, err)
	_, err = part.Write(content)
	must(s.t, err)
	must(s.t, w.Close())
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.answer(who, r)
}

func TestTheSignedPaperOfAnIssueIsComparedAndHandedOut(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const issue = "/tong-hop/2022/6-thang/snv/lan-phat-hanh/1"
	s.ask("ubnd.lanhdao", issue).want(http.StatusOK).says("224-BC-SNV bản ký.pdf", "Khớp với nội dung đã khóa")
	s.ask("snv.lanhdao", issue+"/ban-ky").want(http.StatusForbidden)
	s.ask("stp.lanhdao", issue+"/ban-ky").want(http.StatusNotFound)
	s.ask("snv.tonghop", "/tong-hop/2022/6-thang/snv/lan-phat-hanh/2/ban-ky").want(http.StatusNotFound)

	s.upload("snv.tonghop", issue+"/ban-ky", s.form("snv.tonghop", issue+"/ban-ky"), "ban-ky.pdf", []byte("không phải PDF")).
		want(http.StatusUnprocessableEntity).says("Lỗi:", "nội dung không phải PDF")
	s.send("snv.tonghop", issue+"/ban-ky", s.form("snv.tonghop", issue+"/ban-ky")).want(http.StatusUnprocessableEntity).says("Chọn tệp bản ký")

	other := paper.Sheet{Title: "Văn bản khác", Text: strings.Repeat("Nội dung của một văn bản khác, không phải báo cáo này. ", 400)}.PDF()
	form := s.form("snv.tonghop", issue+"/ban-ky")
	for range 2 { // once, however often it is sent
		s.upload("snv.tonghop", issue+"/ban-ky", form, "Bản ký lại.pdf", other).to(issue)
	}
	page := s.ask("ubnd.lanhdao", issue).want(http.StatusOK).says("Khác nội dung đã khóa")
	papers := page.page.Find(".dv-files a:not(.dv-compared)")
	if papers.Length() != 2 {
		t.Fatalf("%d signed papers, want 2", papers.Length())
	}
	at, _ := papers.Eq(1).Attr("href")
	if got := s.ask("ubnd.lanhdao", at).want(http.StatusOK); !bytes.Equal(got.rec.Body.Bytes(), other) ||
		!strings.HasPrefix(got.rec.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("handed out as %q", got.rec.Header())
	}
	s.ask("snv.tonghop", at+"/doi-chieu").want(http.StatusOK).says("Không thấy trong bản ký", "Mở đầu", "Số, ký hiệu")
	s.ask("stp.lanhdao", at).want(http.StatusNotFound)
	s.ask("snv.tonghop", "/tong-hop/2022/nam/snv"+strings.TrimPrefix(at, "/tong-hop/2022/6-thang/snv")).want(http.StatusNotFound)
	s.ask("snv.tonghop", "/tong-hop/2022/6-thang/snv").says("đính kèm bản ký số 224/BC-SNV")
}
