package accounts_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database/dbtest"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/accounts"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/static"
	"danvan/web/ui"
)

const password = "ruộng lúa chín vàng"

var (
	now    = time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location)
	limits = account.Limits{Idle: time.Hour, Life: 8 * time.Hour}

	hashed = sync.OnceValues(func() (account.Hash, error) {
		return account.HashPassword(context.Background(), password)
	})
)

// portal is the pages of this package on a database of its own.
type portal struct {
	db      *pgxpool.Pool
	handler http.Handler
	clock   *clock // machine time
	lost    *[]string
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newPortal(t testing.TB) *portal {
	t.Helper()
	p := &portal{db: dbtest.New(t), clock: &clock{at: time.Date(2026, time.March, 3, 1, 0, 0, 0, time.UTC)}, lost: &[]string{}}
	sessions := scs.New()
	sessions.Store = account.Tokens{DB: p.db}
	sessions.HashTokenInStore = true
	sessions.Lifetime = limits.Life
	sessions.Cookie.Name = "danvan"
	guard := accounts.Guard{
		DB: p.db, Sessions: sessions, Limits: limits, Machine: p.clock.Now, Now: func() time.Time { return now },
		Frame: func(r *http.Request, s account.Signed) ui.Frame {
			return ui.Frame{Province: "Tỉnh Hậu Giang", Who: s.Actor.Name, Nav: []ui.NavItem{{Label: "Việc của tôi", Path: "/"}}, NoticeCount: s.Notices}
		},
		Seal: func(person actor.PersonID, path string, at time.Time) string { return "sealed for " + path },
		OnLostPost: func(w http.ResponseWriter, r *http.Request) bool {
			*p.lost = append(*p.lost, r.URL.Path)
			return false
		},
	}
	pages := accounts.Pages{
		DB: p.db, Sessions: sessions, Limits: limits, Machine: p.clock.Now, Now: func() time.Time { return now },
		About: func(context.Context, time.Time) (accounts.About, error) {
			return accounts.About{
				Province: "Tỉnh Hậu Giang",
				Tasks: []string{
					"Lãnh đạo công tác dân vận chính quyền", "Quản lý nhà nước, cải cách hành chính, kỷ cương",
					"Chính sách và quy chế dân chủ ở cơ sở", "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân",
					"Phối hợp với Mặt trận và các đoàn thể", "Phối hợp của cơ quan tư pháp và lực lượng vũ trang", "Kiểm tra, thanh tra công vụ, giám sát",
				},
				Source: "Theo Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang.",
			}, nil
		},
		Demo: &accounts.Demo{Password: "DanVan@2022", Accounts: []accounts.DemoAccount{
			{Username: "stp.chuyenvien", Can: "lập kế hoạch, cập nhật tiến độ"}, {Username: "stp.lanhdao", Can: "duyệt, gửi"},
		}},
	}
	h := func(fn respond.Handler) http.HandlerFunc { return fn.ServeHTTP }
	r := chi.NewRouter()
	r.Get(static.Prefix+"*", static.Handler)
	r.Group(func(r chi.Router) {
		r.Use(sessions.LoadAndSave, guard.Anyone)
		r.Get(paths.SignIn, h(pages.SignInForm))
		r.Post(paths.SignIn, h(pages.SignIn))
		r.Post(paths.SignOut, h(pages.SignOut))
		r.Post(paths.Theme, h(pages.Theme))
	})
	r.Group(func(r chi.Router) {
		r.Use(sessions.LoadAndSave, guard.SignedIn)
		r.Get(paths.Account, h(pages.Show))
		r.Get(paths.Password, h(pages.PasswordForm))
		r.Post(paths.Password, h(pages.Password))
		r.Get(paths.SecondFactor, h(pages.SecondFactorForm))
		r.Post(paths.SecondFactor, h(pages.SecondFactor))
		r.Post(paths.RemoveSecondFactor, h(pages.RemoveSecondFactor))
		r.Post(paths.EndOtherSessions, h(pages.EndOtherSessions))
		r.Post("/tai-khoan/phien/{session}/ket-thuc", h(pages.EndSession))
		r.HandleFunc("/*", h(func(w http.ResponseWriter, r *http.Request) error {
			return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Trang của " + current.Actor(r).Name}}, ui.Empty("Chưa có gì", ""))
		}))
	})
	p.handler = r
	return p
}

// enter makes a person with a role in a unit of the same slug.
func (p *portal) enter(t testing.TB, username string, role actor.Role, edit ...func(*account.NewPerson)) actor.PersonID {
	t.Helper()
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	n := account.NewPerson{Name: "Lê Thị Thanh Trúc", Title: "Chuyên viên", Username: username, Hash: hash, Exempt: true}
	for _, fn := range edit {
		fn(&n)
	}
	id, err := account.CreatePerson(t.Context(), p.db, actor.System, now, n)
	if err != nil {
		t.Fatal(err)
	}
	slug := strings.ReplaceAll(username, ".", "-")
	from := viet.NewDate(2022, 1, 1)
	if err := unit.Create(t.Context(), p.db, actor.System, now, slug, from, unit.Version{
		Code: slug, Name: "Sở Tư pháp", Short: "Tư pháp", Place: "Vị Thanh", Kind: unit.Department, Basis: "Quyết định thành lập",
	}); err != nil {
		t.Fatal(err)
	}
	u, err := unit.BySlug(t.Context(), p.db, slug, from)
	if err != nil {
		t.Fatal(err)
	}
	if err := account.Grant(t.Context(), p.db, actor.System, now, id, u.ID, role, from, viet.Date{}); err != nil {
		t.Fatal(err)
	}
	return id
}

// browser keeps cookies between requests.
type browser struct {
	t       testing.TB
	p       *portal
	cookies map[string]string
	agent   string
	accept  string
}

func (p *portal) browser(t testing.TB) *browser {
	return &browser{t: t, p: p, cookies: map[string]string{}, agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36"}
}

// copied is another browser with the same cookies.
func (b *browser) copied() *browser {
	c := *b
	c.cookies = maps.Clone(b.cookies)
	return &c
}

func (b *browser) get(path string) *answer { b.t.Helper(); return b.send(http.MethodGet, path, nil) }

func (b *browser) post(path string, pairs ...string) *answer {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, values)
}

func (b *browser) send(method, path string, values url.Values) *answer {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("User-Agent", b.agent)
	if b.accept != "" {
		r.Header.Set("Accept", b.accept)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.p.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		b.t.Fatal(err)
	}
	return &answer{t: b.t, w: w, page: page}
}

func (b *browser) signIn(username string) *browser {
	b.t.Helper()
	b.post(paths.SignIn, "username", username, "password", password).want(303)
	return b
}

type answer struct {
	t    testing.TB
	w    *httptest.ResponseRecorder
	page *goquery.Document
}

func (a *answer) want(status int) *answer {
	a.t.Helper()
	if a.w.Code != status {
		a.t.Fatalf("status %d, want %d\n%s", a.w.Code, status, a.w.Body)
	}
	return a
}

// wantTo checks that the answer leads to an address.
func (a *answer) wantTo(address string) *answer {
	a.t.Helper()
	a.want(http.StatusSeeOther)
	if got := a.w.Header().Get("Location"); got != address {
		a.t.Errorf("leads to %q, want %q", got, address)
	}
	return a
}

func (a *answer) wantText(selector, part string) *answer {
	a.t.Helper()
	if got := strings.Join(strings.Fields(a.page.Find(selector).Text()), " "); !strings.Contains(got, part) {
		a.t.Errorf("%s reads %q, want %q in it", selector, got, part)
	}
	return a
}

func (a *answer) wantCount(selector string, want int) *answer {
	a.t.Helper()
	if got := a.page.Find(selector).Length(); got != want {
		a.t.Errorf("%d × %s, want %d", got, selector, want)
	}
	return a
}

func (a *answer) value(selector string) string {
	return a.page.Find(selector).AttrOr("value", "")
}
