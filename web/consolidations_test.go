package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/demo/demotest"
	"danvan/internal/viet"
)

const (
	sumPage  = "/tong-hop/2022/nam/snv"
	taskFour = sumPage + "/noi-dung/nhiem-vu-4"
)

// form is what the browser of somebody would send from the page at path.
func (s *stage) form(who, path string) url.Values {
	s.t.Helper()
	return s.ask(who, path).want(http.StatusOK).filled(path)
}

// posts sends the form of the page at path with some fields changed.
func (s *stage) posts(who, path string, pairs ...string) *response {
	s.t.Helper()
	v := s.form(who, path)
	for name, values := range pairsOf(pairs...) {
		v[name] = values
	}
	return s.send(who, path, v)
}

// text is what the box of a section holds.
func (s *stage) text(path, box string) string { return s.form("snv.tonghop", path).Get(box) }

// secondConsolidator gives Sở Nội vụ another one.
func (s *stage) secondConsolidator() string {
	s.t.Helper()
	const who = "snv.chuyenvien"
	p, err := account.ByUsername(s.t.Context(), s.db, who)
	must(s.t, err)
	unit, err := database.Value[actor.UnitID](s.t.Context(), s.db, `select id from unit where slug = 'snv'`, nil)
	must(s.t, err)
	must(s.t, account.Grant(s.t.Context(), s.db, actor.System, s.config.Now(), p.ID, unit, actor.Consolidator, viet.NewDate(2022, time.January, 1), viet.Date{}))
	return who
}

func TestAConsolidatedReportIsHandedOverSignedOffAndIssued(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	s.ask("snv.tonghop", sumPage).want(http.StatusOK).says("Đang soạn", "Chốt, trình lãnh đạo duyệt")
	s.ask("ubnd.lanhdao", sumPage).want(http.StatusNotFound)
	s.ask("snv.lanhdao", sumPage+"/duyet").want(http.StatusForbidden)

	s.posts("snv.tonghop", sumPage+"/trinh").to(sumPage)
	s.ask("snv.tonghop", taskFour).want(http.StatusForbidden).says("đang chờ lãnh đạo Sở Nội vụ duyệt")
	s.ask("snv.lanhdao", "/").says("Duyệt báo cáo tổng hợp năm 2022")

	// The leader signs what the page showed, and nothing else.
	first := s.form("snv.lanhdao", sumPage+"/duyet")
	s.posts("snv.tonghop", sumPage+"/rut-lai").to(sumPage)
	s.posts("snv.tonghop", taskFour, "text", "Đã tiếp {T4.01} lượt công dân.").to(taskFour)
	s.posts("snv.tonghop", sumPage+"/trinh").to(sumPage)
	s.send("snv.lanhdao", sumPage+"/duyet", first).want(http.StatusConflict).says("đã được rút lại và trình bản khác")
	s.posts("snv.lanhdao", sumPage+"/duyet").to(sumPage)
	s.ask("ubnd.lanhdao", sumPage+"/xem-truoc").want(http.StatusOK).says("DỰ THẢO", "lượt công dân.")

	// What is accepted below afterwards is asked about, and never slips in.
	before := s.ask("snv.tonghop", sumPage+"/xem-truoc").page.Find(".dv-paper").First().Text()
	s.send("snv.thamdinh2", "/tham-dinh/bao-cao/2022/nam/stnmt/tiep-nhan", pairsOf("version", "1", "read", "1")).want(http.StatusSeeOther)
	s.ask("snv.tonghop", sumPage).says("Đã thay đổi sau khi chốt", "mới tiếp nhận lần gửi 1")
	paper := []string{"number", "2150", "symbol", "BC-SNV", "issued_on", "28/11/2022", "signer", "Mai Phước Lộc", "capacity", "GIÁM ĐỐC"}
	s.posts("snv.tonghop", sumPage+"/phat-hanh", paper...).want(http.StatusUnprocessableEntity).says("Phát hành đúng như lãnh đạo đã duyệt", "thay đổi sau khi trình")
	refused := s.posts("snv.tonghop", sumPage+"/phat-hanh", append(paper, "issued_on", "31/11/2022", "number", "", "body_kind", "province")...).want(http.StatusUnprocessableEntity).
		says("Ngày", "Ghi số văn bản", "ký hiệu là BC-UBND", "thay đổi sau khi trình")
	if got := refused.filled(sumPage + "/phat-hanh"); got.Get("issued_on") != "31/11/2022" || got.Get("signer") != "Mai Phước Lộc" {
		t.Errorf("typed text is lost: %v", got)
	}
	form := s.form("snv.tonghop", sumPage+"/phat-hanh")
	for name, values := range pairsOf(append(paper, "as_frozen", "1")...) {
		form[name] = values
	}
	s.send("snv.tonghop", sumPage+"/phat-hanh", form).to(sumPage)
	s.send("snv.tonghop", sumPage+"/phat-hanh", form).to(sumPage) // once, however often it is sent
	s.ask("snv.tonghop", sumPage+"/lan-phat-hanh/2").want(http.StatusNotFound)

	issued := s.ask("ubnd.lanhdao", sumPage+"/lan-phat-hanh/1").want(http.StatusOK).
		says("Số 2150/BC-SNV ngày 28/11/2022", "Đã thay đổi sau khi phát hành", "phát hành đúng như bản đã duyệt")
	file := s.ask("ubnd.lanhdao", sumPage+"/lan-phat-hanh/1.docx").want(http.StatusOK).rec.Body.Bytes()
	sum := sha256.Sum256(file)
	issued.says(hex.EncodeToString(sum[:]))
	body := func(text string) string {
		from, to := strings.Index(text, "I. Kết quả thực hiện"), strings.Index(text, "Nơi nhận:")
		if from < 0 || to < from {
			t.Fatalf("no report between its headings: %.200q", text)
		}
		return text[from:to]
	}
	if body(issued.page.Find(".dv-paper").First().Text()) != body(before) {
		t.Error("what was issued is not what was signed off")
	}
}

func TestTwoPeopleOnOneSectionSettleItOnAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	other := s.secondConsolidator()
	mine, theirs := s.form("snv.tonghop", taskFour), s.form(other, taskFour)
	elsewhere := s.form(other, sumPage+"/noi-dung/nhiem-vu-5")
	mine.Set("text", "Lời văn của tôi")
	theirs.Set("text", "Lời văn của người kia")
	elsewhere.Set("text", "Nhiệm vụ khác")
	s.send(other, taskFour, theirs).to(taskFour)
	s.send(other, sumPage+"/noi-dung/nhiem-vu-5", elsewhere).to(sumPage + "/noi-dung/nhiem-vu-5")

	page := s.send("snv.tonghop", taskFour, mine).want(http.StatusConflict).
		says("đã lưu nhiệm vụ 4 trước bạn", "Lời văn của tôi", "Lời văn của người kia", "Không có nội dung nào bị mất")
	settle := page.filled(taskFour)
	s.send("snv.tonghop", taskFour, settle).want(http.StatusConflict).says("chọn nội dung giữ lại")
	settle.Set("giu.text", "mine")
	s.send("snv.tonghop", taskFour, settle).to(taskFour)
	if got := s.text(taskFour, "text"); got != "Lời văn của tôi" {
		t.Errorf("the section holds %q", got)
	}
	s.ask("snv.tonghop", sumPage+"/lich-su?muc=task/4").says("Lời văn của người kia")
}

func TestTokensNobodyKnowsAreShownAtTheirPlaceAndHoldFinalisingBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const hostile = `{T4.01 <script>alert(1)</script>} {nguồn khong-co lần 9} {T99.99} {`
	s.posts("snv.tonghop", taskFour, "text", "Dòng một.\n"+hostile).to(taskFour)
	page := s.ask("snv.tonghop", taskFour).says("3 mã chèn chưa hiểu được", "Dòng 2, ký tự 1", "Không có chỉ tiêu T99.99 trong kỳ này", "nguồn không có trong kỳ: khong-co")
	if page.page.Find("main script:not([src])").Length() > 0 {
		t.Error("what was typed became a script")
	}
	if got := s.text(taskFour, "text"); got != "Dòng một.\n"+hostile {
		t.Errorf("the text became %q", got)
	}
	s.ask("snv.tonghop", sumPage).says("3 mã chèn sai", "sửa 3 mã chèn")
	s.send("snv.tonghop", sumPage+"/trinh", pairsOf("_submission", "1")).want(http.StatusForbidden).says("chỗ trong nội dung không đọc được")
	s.ask("snv.tonghop", sumPage+"/bao-cao.docx").want(http.StatusOK)
}

func TestAParagraphIsPutInOnceWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	form := s.form("snv.tonghop", taskFour)
	form.Set("text", "Đang gõ dở 25 lượt")
	form.Set("dua-vao", "skhdt/1/0")
	for range 2 {
		s.send("snv.tonghop", taskFour, form).to(taskFour + "#text")
	}
	text := s.text(taskFour, "text")
	if !strings.HasPrefix(text, "Đang gõ dở 25 lượt\n- Sở Kế hoạch và Đầu tư: ") || strings.Count(text, "- Sở Kế hoạch và Đầu tư: ") != 1 || !strings.HasSuffix(text, "{nguồn skhdt lần 1}") {
		t.Errorf("the section holds %q", text)
	}
	page := s.ask("snv.tonghop", taskFour).says("1 số nhập tay")
	if got := page.page.Find("a[href='/bao-cao/2022/nam/skhdt/lan-gui/1']").Length(); got < 2 {
		t.Errorf("%d links lead to the sending, want one beside the offer and one beside the paragraph", got)
	}
	forged := s.form("snv.tonghop", taskFour)
	forged.Set("text", "Gõ thêm")
	forged.Set("dua-vao", "skhdt/7/0")
	if got := s.send("snv.tonghop", taskFour, forged).want(http.StatusUnprocessableEntity).filled(taskFour).Get("text"); got != "Gõ thêm" {
		t.Errorf("typed text is lost: %q", got)
	}
}

func TestWhatCannotBeStoredOfThePaperComesBackAsTyped(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	page := s.posts("snv.tonghop", sumPage+"/van-ban", "issued_on", "hôm qua", "signer", "Mai Phước Lộc").want(http.StatusUnprocessableEntity)
	if got := page.filled(sumPage + "/van-ban").Get("issued_on"); got != "hôm qua" {
		t.Errorf("the day became %q", got)
	}
	if got := s.form("snv.tonghop", sumPage+"/van-ban").Get("signer"); got != "Mai Phước Lộc" {
		t.Errorf("the signer was not stored: %q", got)
	}
	long := strings.Repeat("dài ", 11_000)
	page = s.posts("snv.tonghop", sumPage+"/noi-dung/danh-gia-chung", "strengths", long, "causes", "Nguyên nhân mới").want(http.StatusUnprocessableEntity)
	if got := page.filled(sumPage + "/noi-dung/danh-gia-chung").Get("strengths"); !strings.HasPrefix(got, "dài dài") {
		t.Errorf("the long text is lost: %.40q", got)
	}
	if got := s.text(sumPage+"/noi-dung/danh-gia-chung", "causes"); got != "Nguyên nhân mới" {
		t.Errorf("what was right was not stored: %q", got)
	}
}

func TestEveryFigureOfThePreviewLeadsToItsPartsAndEveryParagraphToItsSending(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	page := s.ask("snv.tonghop", sumPage+"/xem-truoc").want(http.StatusOK)
	figures := page.page.Find(".dv-paper a.dv-live")
	sources := page.page.Find(".dv-paper-from a")
	if figures.Length() < 40 || sources.Length() < 20 {
		t.Fatalf("%d figures and %d paragraphs lead on", figures.Length(), sources.Length())
	}
	seen := map[string]bool{}
	for _, list := range []string{".dv-paper a.dv-live", ".dv-paper-from a"} {
		for _, node := range page.page.Find(list).Nodes {
			for _, a := range node.Attr {
				if a.Key == "href" && !seen[a.Val] {
					seen[a.Val] = true
					path, _, _ := strings.Cut(a.Val, "#")
					s.ask("snv.tonghop", path).want(http.StatusOK)
				}
			}
		}
	}
	frozen := s.ask("ubnd.lanhdao", "/tong-hop/2022/6-thang/snv/xem-truoc").want(http.StatusOK)
	path, _ := frozen.page.Find(".dv-paper a.dv-live[href*=so-lieu]").First().Attr("href")
	if !strings.HasPrefix(path, "/tong-hop/2022/6-thang/snv/so-lieu?nhiem-vu=1#figure-T1.") {
		t.Errorf("a frozen figure leads to %q", path)
	}
}
