package accounts_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/web/paths"
)

func TestSigningInOpensThePageThatWasAskedFor(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	b := p.browser(t)
	asked := b.get("/ke-hoach/2022?loc=tre-han").wantTo("/dang-nhap?tiep=%2Fke-hoach%2F2022%3Floc%3Dtre-han")
	form := b.get(asked.w.Header().Get("Location")).want(200).wantText("h2", "Đăng nhập")
	next := form.value("input[name=tiep]")
	if next != "/ke-hoach/2022?loc=tre-han" {
		t.Errorf("the form carries %q", next)
	}
	b.post(paths.SignIn, "username", " STP.ChuyenVien", "password", password, "tiep", next).wantTo(next)
	b.get(next).want(200).wantText("h1", "Trang của Lê Thị Thanh Trúc")
	b.get(paths.SignIn).wantTo("/")
}

func TestMistakesAtSignInStandOnTheFormAndNoPasswordComesBack(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	b := p.browser(t)
	b.post(paths.SignIn).want(422).wantText("title", "Lỗi: Đăng nhập").wantText("#username-loi", "Nhập tên đăng nhập").wantText("#password-loi", "Nhập mật khẩu")
	typed := `"><script>alert(1)</script>`
	bad := b.post(paths.SignIn, "username", typed, "password", "sai-mật-khẩu-này", "tiep", "/ke-hoach/2022").want(422).
		wantText("[data-errors]", "Tên đăng nhập hoặc mật khẩu không đúng").wantCount("form script", 0)
	if got := bad.value("#username"); got != typed {
		t.Errorf("the user name comes back as %q", got)
	}
	if strings.Contains(bad.w.Body.String(), "sai-mật-khẩu-này") {
		t.Error("the page holds the password")
	}
	if got := bad.value("input[name=tiep]"); got != "/ke-hoach/2022" {
		t.Errorf("where to go became %q", got)
	}
	for range 4 {
		b.post(paths.SignIn, "username", "stp.chuyenvien", "password", "sai").want(422)
	}
	b.post(paths.SignIn, "username", "stp.chuyenvien", "password", "sai").want(422).wantText("[data-errors]", "không đúng")
	b.post(paths.SignIn, "username", "stp.chuyenvien", "password", password).want(422).wantText("[data-errors]", "Chờ 60 giây")
	p.clock.add(time.Minute)
	b.post(paths.SignIn, "username", "stp.chuyenvien", "password", password).wantTo("/")
}

func TestOnlyPagesOfThePortalFollowTheSignIn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	for _, next := range []string{
		"https://example.test/", "//example.test/", `/\example.test`, `\\example.test`, "/\t/example.test", "/%09/example.test\n",
		"javascript:alert(1)", "example.test", "http:/example.test", "/..//example.test", "/%5Cexample.test", "/" + strings.Repeat("x", 3000), "", "?x", paths.SignIn, paths.SignOut,
		"/%2f/example.test",
	} {
		got := p.browser(t).post(paths.SignIn, "username", "stp.chuyenvien", "password", password, "tiep", next).want(303).w.Header().Get("Location")
		u, err := url.Parse(got)
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\t\n") || strings.HasPrefix(got, paths.SignIn) {
			t.Errorf("%q leads to %q", next, got)
		}
		form := p.browser(t).get(paths.SignIn + "?" + url.Values{"tiep": {next}}.Encode()).want(200)
		if strings.Contains(form.value("input[name=tiep]"), "example.test") && !strings.HasPrefix(form.value("input[name=tiep]"), "/") {
			t.Errorf("%q stands on the form", next)
		}
	}
}

func TestTheCookieIsNewAfterSigningInAndWorthlessAfterSigningOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	p.enter(t, "stp.lanhdao", actor.UnitLeader)
	b := p.browser(t).signIn("stp.chuyenvien")
	first := b.copied()
	// Somebody else signs in at the same browser.
	b.signIn("stp.lanhdao")
	if first.cookies["danvan"] == b.cookies["danvan"] {
		t.Error("the cookie did not change")
	}
	first.get("/").wantTo(paths.SignIn)
	second := b.copied()
	b.post(paths.SignOut).wantTo("/dang-nhap?da-dang-xuat=1")
	b.get("/dang-nhap?da-dang-xuat=1").want(200).wantText("[role=status]", "Đã đăng xuất.")
	second.get("/").wantTo(paths.SignIn)
	open, err := database.Value[int](t.Context(), p.db, `select count(*) from person_session where ended_at is null`, nil)
	if err != nil || open != 0 {
		t.Errorf("%d sessions open, %v", open, err)
	}
	b.post(paths.SignOut).want(303) // twice is once
}

func TestTheStoreHoldsNeitherCookieNorName(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	b := p.browser(t).signIn("stp.chuyenvien")
	type row struct {
		Token string
		Data  []byte
	}
	rows, err := database.All[row](t.Context(), p.db, `select token, data from sessions`, nil)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[0].Token == b.cookies["danvan"] || strings.Contains(string(rows[0].Data), b.cookies["danvan"]) {
		t.Error("the cookie is stored")
	}
	for _, personal := range []string{"Trúc", "stp"} {
		if strings.Contains(string(rows[0].Data), personal) {
			t.Errorf("the session holds %q", personal)
		}
	}
}

func TestASessionThatIsOverAsksToSignInAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	idle := p.browser(t).signIn("stp.chuyenvien")
	idle.get("/").want(200)
	p.clock.add(limits.Idle)
	idle.get("/").wantTo(paths.SignIn)

	busy := p.browser(t).signIn("stp.chuyenvien")
	for range 8 * 60 / 30 {
		busy.get("/").want(200)
		p.clock.add(30 * time.Minute)
	}
	busy.get("/").wantTo(paths.SignIn)
}

func TestAPostWithoutASessionIsOfferedForRescueUnlessItHoldsSecrets(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.browser(t)
	b.post("/ke-hoach/2022/stp", "noi-dung", "x").wantTo(paths.SignIn)
	b.post(paths.Password, "old", "x", "new", "y").wantTo("/dang-nhap?tiep=%2Ftai-khoan")
	b.post(paths.EndSession("x")).want(303)
	if got := strings.Join(*p.lost, " "); got != "/ke-hoach/2022/stp" {
		t.Errorf("offered %q", got)
	}
	b.accept = "application/json"
	if got := b.post("/ke-hoach/2022/stp").want(422).w.Body.String(); !strings.Contains(got, "Phiên làm việc đã kết thúc") {
		t.Errorf("a page that saves by itself is told %s", got)
	}
}

func TestAGivenPasswordIsChangedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff, func(n *account.NewPerson) { n.Exempt = false })
	b := p.browser(t).signIn("stp.chuyenvien")
	for _, path := range []string{"/", "/ke-hoach/2022", paths.Account, paths.SecondFactor} {
		b.get(path).wantTo(paths.Password)
	}
	b.post("/ke-hoach/2022/stp").wantTo(paths.Password)
	b.get(paths.Password).want(200).wantText(".dv-next", "Đặt mật khẩu của riêng bạn")
	b.post(paths.Password, "old", password, "new", "ngắn", "again", "ngắn").want(422).wantText("#new-loi", "ít nhất 10 ký tự")
	before := b.copied()
	b.post(paths.Password, "old", password, "new", "bốn con trâu già", "again", "bốn con trâu già").wantTo("/")
	if before.cookies["danvan"] == b.cookies["danvan"] {
		t.Error("the cookie did not change with the password")
	}
	before.get("/").wantTo(paths.SignIn)
	b.get("/").want(200).wantText("[role=status]", "Đã đổi mật khẩu.")
	b.get("/").want(200).wantCount(".dv-flash", 0)
}

func TestTheDemonstrationListsItsAccounts(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.browser(t).get(paths.SignIn).want(200).
		wantText(".dv-note", "Mật khẩu chung: DanVan@2022. Tên đăng nhập: stp.chuyenvien, stp.lanhdao.").
		wantCount(".dv-gate-tasks li", 7).wantCount("nav", 0)
}
