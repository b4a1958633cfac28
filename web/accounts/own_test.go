package accounts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/web/paths"
)

func TestOneSeesAndEndsOnesOwnSessions(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	p.enter(t, "stp.lanhdao", actor.UnitLeader)
	here, phone, third := p.browser(t), p.browser(t), p.browser(t)
	phone.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Version/17.1 Safari/604.1"
	third.agent = "<script>alert(1)</script> Firefox/1"
	here.signIn("stp.chuyenvien")
	phone.signIn("stp.chuyenvien")
	third.signIn("stp.chuyenvien")
	page := here.get(paths.Account).want(200).
		wantText(".dv-facts", "Lê Thị Thanh Trúc").wantText("table tbody", "Sở Tư phápChuyên viên01/01/2022chưa xác định").
		wantText("table", "Chrome trên Windows").wantText("table", "Safari trên iPhone").wantCount("td script", 0)
	rows := page.page.Find("tr:has(form)")
	if rows.Length() != 2 {
		t.Fatalf("%d sessions can be ended, want 2\n%s", rows.Length(), page.w.Body)
	}
	end := ""
	rows.Each(func(_ int, row *goquery.Selection) {
		if strings.Contains(row.Text(), "iPhone") {
			end = row.Find("form").AttrOr("action", "")
		}
	})
	p.browser(t).signIn("stp.lanhdao").post(end).want(404)
	phone.get("/").want(200)
	here.post(end).wantTo(paths.Account)
	phone.get("/").wantTo(paths.SignIn)
	here.get(paths.Account).want(200).wantText("[role=status]", "Đã kết thúc phiên làm việc.")
	third.get("/").want(200)
	here.post(paths.EndOtherSessions).wantTo(paths.Account)
	third.get("/").wantTo(paths.SignIn)
	here.get(paths.Account).want(200).wantCount("tr:has(form)", 0)
}

func TestTheLookIsKeptInTheBrowserAndDrawnByTheServer(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	b := p.browser(t).signIn("stp.chuyenvien")
	b.get(paths.Account).want(200).wantCount("html[data-theme]", 0)
	b.post(paths.Theme, "giao-dien", "dark", "ve", paths.Account).wantTo(paths.Account)
	b.get(paths.Account).want(200).wantCount("html[data-theme=dark]", 1).wantCount("input[value=dark][checked]", 1)
	b.post(paths.SignOut).want(303)
	b.get(paths.SignIn).want(200).wantCount("html[data-theme=dark]", 1)
	b.post(paths.Theme, "giao-dien", "", "ve", paths.Account).wantTo(paths.Account)
	b.get(paths.SignIn).want(200).wantCount("html[data-theme]", 0)
}

func TestAnAdministratorSetsUpASecondFactorFirst(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "quantri", actor.Admin, func(n *account.NewPerson) { n.Exempt = false })
	if _, err := p.db.Exec(t.Context(), `update credential set must_change = false`); err != nil {
		t.Fatal(err)
	}
	b := p.browser(t).signIn("quantri")
	b.get("/").wantTo(paths.SecondFactor)
	shown := b.get(paths.SecondFactor).want(200).wantCount("svg.dv-qr path", 1).wantText(".dv-next", "Bật xác thực hai lớp để tiếp tục")
	secret := shown.value("input[name=secret]")
	if link := shown.page.Find("a[href^='otpauth://']").AttrOr("href", ""); !strings.Contains(link, secret) || len(secret) != 32 {
		t.Errorf("link %q, secret %q", link, secret)
	}
	again := b.post(paths.SecondFactor, "secret", secret, "code", "12").want(422).wantText("#code-loi", "không đúng")
	if again.value("input[name=secret]") != secret {
		t.Error("a wrong code changes the secret")
	}
	code := func() string {
		c, err := totp.GenerateCode(secret, p.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	b.post(paths.SecondFactor, "secret", secret, "code", code()).wantTo("/")
	b.get("/").want(200).wantText("[role=status]", "Đã bật xác thực hai lớp.")
	b.get(paths.SecondFactor).want(200).wantCount("input[type=password]", 0)
	b.post(paths.RemoveSecondFactor, "password", password).want(403)
	b.post(paths.SignOut).want(303)

	// The field appears when it is needed, and from then on in this browser.
	b.get(paths.SignIn).want(200).wantCount("#code", 0)
	b.post(paths.SignIn, "username", "quantri", "password", password).want(422).wantText("#code-loi", "Nhập mã 6 chữ số")
	p.clock.add(time.Minute)
	b.post(paths.SignIn, "username", "quantri", "password", password, "code", code()).wantTo("/")
	b.post(paths.SignOut).want(303)
	b.get(paths.SignIn).want(200).wantCount("#code", 1)
}

func TestOthersMaySwitchTheirSecondFactorOff(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.enter(t, "stp.chuyenvien", actor.Staff)
	b := p.browser(t).signIn("stp.chuyenvien")
	secret := b.get(paths.SecondFactor).want(200).wantCount(".dv-next", 0).value("input[name=secret]")
	code, err := totp.GenerateCode(secret, p.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.post(paths.SecondFactor, "secret", secret, "code", code).wantTo(paths.Account)
	b.get(paths.Account).want(200).wantText("aside", "Đang bật")
	b.post(paths.RemoveSecondFactor, "password", "sai").want(422).wantText("#password-loi", "Mật khẩu không đúng")
	b.post(paths.RemoveSecondFactor, "password", password).wantTo(paths.Account)
	b.get(paths.Account).want(200).wantText("aside", "Chưa bật")
}
