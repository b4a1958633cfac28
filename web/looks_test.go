package web_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/account"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/overview"
	"danvan/internal/post"
	"danvan/web"
	"danvan/web/accounts"
)

// look is one page of the demonstration as somebody sees it.
type look struct {
	who  string // user name; "" is a visitor
	path string // {…} stands for what [stage.place] knows
}

// looks says for every GET route that shows a page who looks at it and where:
// somebody who may, on the plan of the demonstration on which it shows most.
var looks = map[string][]look{
	"/dang-nhap":          {{"", "/dang-nhap"}, {"", "/dang-nhap?tiep=%2Fthong-bao"}},
	"/tai-khoan":          {{"stp.chuyenvien", "/tai-khoan"}},
	"/tai-khoan/mat-khau": {{"stp.chuyenvien", "/tai-khoan/mat-khau"}},
	"/tai-khoan/xac-thuc": {{"stp.chuyenvien", "/tai-khoan/xac-thuc"}},
	"/": {{"stp.chuyenvien", "/"}, {"stp.lanhdao", "/"}, {"snv.thamdinh", "/"}, {"snv.tonghop", "/"}, {"mttq.phoihop", "/"},
		{"quantri", "/"}},
	"/tim-kiem":                   {{"snv.thamdinh", "/tim-kiem?q=hoa+giai"}, {"ubnd.lanhdao", "/tim-kiem?q=kinh+phi"}, {"stp.chuyenvien", "/tim-kiem"}},
	"/thong-bao":                  {{"stp.chuyenvien", "/thong-bao"}},
	"/huong-dan":                  {{"stp.chuyenvien", "/huong-dan"}},
	"/da-giu/{id}":                {{"stp.chuyenvien", "/da-giu/{kept}"}},
	"/phoi-hop/{year}":            {{"mttq.phoihop", "/phoi-hop/2022"}},
	"/tong-quan/{year}":           {{"ubnd.lanhdao", "/tong-quan/2022"}, {"stp.chuyenvien", "/tong-quan/2022"}},
	"/tong-quan/{year}/hoat-dong": {{"ubnd.lanhdao", "/tong-quan/2022/hoat-dong"}},
	"/ke-hoach/{year}":            {{"snv.tonghop", "/ke-hoach/2022"}, {"stp.chuyenvien", "/ke-hoach/2022"}},

	"/tong-quan/{year}/{period}": {{"ubnd.lanhdao", "/tong-quan/2022/nam?tinh-lai=1"}, {"vpubnd.chuyenvien", "/tong-quan/2022/nam"},
		{"h-vi-thuy.thamdinh", "/tong-quan/2022/6-thang"}},
	"/tong-quan/{year}/{period}/nhiem-vu/{task}": {{"snv.thamdinh", "/tong-quan/2022/nam/nhiem-vu/4"}, {"vpubnd.chuyenvien", "/tong-quan/2022/nam/nhiem-vu/1?ket-qua=cham-tien-do"}},
	"/tong-quan/{year}/{period}/so-lieu/{code}": {{"ubnd.lanhdao", "/tong-quan/2022/nam/so-lieu/T4.01?tinh-lai=1"}, {"snv.tonghop", "/tong-quan/2022/6-thang/so-lieu/T2.07"},
		{"vpubnd.chuyenvien", "/tong-quan/2022/nam/so-lieu/T4.01"}},

	"/ke-hoach/{year}/thoi-han":                   {{"snv.tonghop", "/ke-hoach/2022/thoi-han"}, {"h-vi-thuy.chuyenvien", "/ke-hoach/2022/thoi-han"}},
	"/ke-hoach/{year}/thoi-han/sua":               {{"snv.tonghop", "/ke-hoach/2022/thoi-han/sua"}},
	"/ke-hoach/{year}/thoi-han/gia-han":           {{"quantri", "/ke-hoach/2022/thoi-han/gia-han"}},
	"/ke-hoach/{year}/thoi-han/dong-ky":           {{"snv.tonghop", "/ke-hoach/2022/thoi-han/dong-ky"}},
	"/ke-hoach/{year}/thoi-han/mo-lai-ky":         {{"snv.tonghop", "/ke-hoach/2022/thoi-han/mo-lai-ky"}},
	"/bao-cao/{year}/{period}/thoi-han":           {{"snv.tonghop", "/bao-cao/2022/nam/thoi-han"}, {"h-vi-thuy.chuyenvien", "/bao-cao/2022/nam/thoi-han"}, {"stp.chuyenvien", "/bao-cao/2022/6-thang/thoi-han"}},
	"/bao-cao/{year}/{period}/thoi-han/sua":       {{"snv.tonghop", "/bao-cao/2022/nam/thoi-han/sua"}},
	"/bao-cao/{year}/{period}/thoi-han/gia-han":   {{"quantri", "/bao-cao/2022/nam/thoi-han/gia-han"}},
	"/bao-cao/{year}/{period}/thoi-han/dong-ky":   {{"snv.tonghop", "/bao-cao/2022/nam/thoi-han/dong-ky"}},
	"/bao-cao/{year}/{period}/thoi-han/mo-lai-ky": {{"snv.tonghop", "/bao-cao/2022/6-thang/thoi-han/mo-lai-ky"}},
	"/bao-cao/{year}/{period}/cap-xa":             {{"snv.tonghop", "/bao-cao/2022/{later}/cap-xa"}, {"h-vi-thuy.thamdinh", "/bao-cao/2022/nam/cap-xa"}},
	"/bao-cao/{year}/{period}/cap-xa/{unit}":      {{"snv.tonghop", "/bao-cao/2022/{later}/cap-xa/h-vi-thuy"}},

	"/ke-hoach/{year}/{unit}": {{"stp.chuyenvien", "/ke-hoach/2022/stp"}, {"skhcn.chuyenvien", "/ke-hoach/2022/skhcn"},
		{"vphdnd.lanhdao", "/ke-hoach/2022/vphdnd"}, {"ubnd.lanhdao", "/ke-hoach/2022/stnmt"}, {"quantri", "/ke-hoach/2022/stp"}},
	"/ke-hoach/{year}/{unit}/lich-su":                    {{"stp.chuyenvien", "/ke-hoach/2022/stp/lich-su"}},
	"/ke-hoach/{year}/{unit}/lan-gui/{no}":               {{"stp.chuyenvien", "/ke-hoach/2022/stp/lan-gui/2"}},
	"/ke-hoach/{year}/{unit}/lan-gui/{no}/ban-ky":        {{"stc.lanhdao", "/ke-hoach/2022/stc/lan-gui/1/ban-ky"}},
	"/ke-hoach/{year}/{unit}/nhiem-vu/{task}":            {{"stp.chuyenvien", "/ke-hoach/2022/stp/nhiem-vu/6"}},
	"/ke-hoach/{year}/{unit}/van-ban":                    {{"stp.chuyenvien", "/ke-hoach/2022/stp/van-ban"}},
	"/ke-hoach/{year}/{unit}/gop-y/{id}":                 {{"stp.chuyenvien", "/ke-hoach/2022/stp/gop-y/{remark}"}},
	"/ke-hoach/{year}/{unit}/giai-thich/{code}":          {{"bqlkcn.chuyenvien", "/ke-hoach/2022/bqlkcn/giai-thich/no_review"}},
	"/ke-hoach/{year}/{unit}/trinh":                      {{"h-vi-thuy.chuyenvien", "/ke-hoach/2022/h-vi-thuy/trinh"}},
	"/ke-hoach/{year}/{unit}/rut-lai":                    {{"tp-nga-bay.chuyenvien", "/ke-hoach/2022/tp-nga-bay/rut-lai"}},
	"/ke-hoach/{year}/{unit}/chuyen-lai":                 {{"tp-nga-bay.lanhdao", "/ke-hoach/2022/tp-nga-bay/chuyen-lai"}},
	"/ke-hoach/{year}/{unit}/duyet":                      {{"vphdnd.lanhdao", "/ke-hoach/2022/vphdnd/duyet"}},
	"/ke-hoach/{year}/{unit}/gui":                        {{"h-vi-thuy.lanhdao", "/ke-hoach/2022/h-vi-thuy/gui"}},
	"/ke-hoach/{year}/{unit}/thu-hoi":                    {{"bdt.chuyenvien", "/ke-hoach/2022/bdt/thu-hoi"}},
	"/ke-hoach/{year}/{unit}/de-nghi-mo-lai":             {{"stc.lanhdao", "/ke-hoach/2022/stc/de-nghi-mo-lai"}},
	"/ke-hoach/{year}/{unit}/sua-doi":                    {{"stc.chuyenvien", "/ke-hoach/2022/stc/sua-doi"}},
	"/ke-hoach/{year}/{unit}/bo-sua-doi":                 {{"h-vi-thuy.lanhdao", "/ke-hoach/2022/h-vi-thuy/bo-sua-doi"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/moi":              {{"stp.chuyenvien", "/ke-hoach/2022/stp/hoat-dong/moi?nhiem-vu=4"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}":           {{"stnmt.chuyenvien", "/ke-hoach/2022/stnmt/hoat-dong/{logged}"}, {"stp.chuyenvien", "/ke-hoach/2022/stp/hoat-dong/{remarked}"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/sua":       {{"stp.chuyenvien", "/ke-hoach/2022/stp/hoat-dong/{remarked}/sua"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/xoa":       {{"sct.chuyenvien", "/ke-hoach/2022/sct/hoat-dong/1.1/xoa"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/dung":      {{"stp.chuyenvien", "/ke-hoach/2022/stp/hoat-dong/{remarked}/dung"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/phan-cong": {{"stp.lanhdao", "/ke-hoach/2022/stp/hoat-dong/{remarked}/phan-cong"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/tien-do":   {{"stnmt.chuyenvien", "/ke-hoach/2022/stnmt/hoat-dong/{logged}/tien-do"}},

	"/tham-dinh":                                       {{"snv.thamdinh", "/tham-dinh"}},
	"/tham-dinh/ke-hoach/{year}/{unit}":                {{"snv.thamdinh2", "/tham-dinh/ke-hoach/2022/snnptnt"}, {"snv.thamdinh2", "/tham-dinh/ke-hoach/2022/stp"}},
	"/tham-dinh/ke-hoach/{year}/{unit}/mo-lai":         {{"snv.thamdinh", "/tham-dinh/ke-hoach/2022/skhdt/mo-lai"}},
	"/tham-dinh/ke-hoach/{year}/{unit}/tu-choi-mo-lai": {{"snv.thamdinh", "/tham-dinh/ke-hoach/2022/skhdt/tu-choi-mo-lai"}},
	"/tham-dinh/ke-hoach/{year}/{unit}/rut-hieu-luc":   {{"snv.tonghop", "/tham-dinh/ke-hoach/2022/skhdt/rut-hieu-luc"}},
}

// pageless are the GET routes that show no page, and why.
var pageless = map[string]string{
	"/healthz":  "answers machines in one word",
	"/readyz":   "answers machines in one word",
	"/static/*": "what pages load",
	"/ke-hoach/{year}/{unit}/lan-gui/{no}/ban-ky/{id}":               "a file to keep",
	"/ke-hoach/{year}/{unit}/hoat-dong/{code}/tien-do/{entry}/{sum}": "a file to keep",
}

// routesOf lists the patterns of a method as the table writes them.
func routesOf(t testing.TB, router chi.Router, method string) []string {
	t.Helper()
	var out []string
	must(t, chi.Walk(router, func(m, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if pattern = strings.TrimSuffix(pattern, "/"); pattern == "" {
			pattern = "/"
		}
		if m == method {
			out = append(out, pattern)
		}
		return nil
	}))
	return out
}

func TestEveryPageOfTheRouteTableIsLookedAt(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	known := map[string]bool{}
	for _, route := range routesOf(t, s.router, http.MethodGet) {
		known[route] = true
		switch why, without := pageless[route]; {
		case without && why == "" || without && len(looks[route]) > 0:
			t.Errorf("%s: either it shows a page or there is a reason why not", route)
		case !without && len(looks[route]) == 0:
			t.Errorf("%s: nobody looks at it: add it to looks", route)
		}
	}
	for route, all := range looks {
		if !known[route] {
			t.Errorf("%s: somebody looks at it, but no such route", route)
		}
		for _, l := range all {
			path, _, _ := strings.Cut(s.place(l.path), "?")
			found := chi.NewRouteContext()
			if !s.router.Match(found, http.MethodGet, path) || strings.TrimSuffix(found.RoutePattern(), "/") != strings.TrimSuffix(route, "/") {
				t.Errorf("%s: %s is a page of %q", route, path, found.RoutePattern())
			}
		}
	}
	for route := range pageless {
		if !known[route] {
			t.Errorf("%s: without a page, but no such route", route)
		}
	}
}

// stage is the portal with the demonstration, and sessions for its people.
type stage struct {
	t       testing.TB
	db      *pgxpool.Pool
	config  web.Config
	router  chi.Router
	cookies map[string]*http.Cookie
	places  *strings.Replacer
}

// newStage serves db, a copy of the demonstration, a little after it begins, and
// adds what the demonstration does not begin with: a unit that asks to reopen its
// plan and its report, a period that is closed, one yet to open, more time for a unit, and a post
// that was kept.
func newStage(t testing.TB, db *pgxpool.Pool) *stage {
	t.Helper()
	sealer, err := post.NewSealer(t.Context(), db)
	must(t, err)
	s := &stage{t: t, db: db, cookies: map[string]*http.Cookie{}}
	now := demo.Start.Add(42 * time.Minute)
	machine := time.Now() // stands still: when somebody was last seen is written once a minute
	s.config = web.Config{
		DB: db, Files: demotest.Files(t), Sealer: sealer, Sessions: web.Sessions(db, time.Hour, false), Limits: account.DefaultLimits,
		Now: func() time.Time { return now }, Machine: func() time.Time { return machine }, BaseURL: "http://danvan.test", Boards: &overview.Memory{},
		Ready: func(ctx context.Context) error { return database.Ready(ctx, db) },
		Demo:  &accounts.Demo{Password: demo.Password, Accounts: []accounts.DemoAccount{{Username: "stp.chuyenvien", Can: "sửa kế hoạch bị trả lại"}}},
	}
	s.router = web.Handler(s.config)
	s.send("skhdt.lanhdao", "/ke-hoach/2022/skhdt/de-nghi-mo-lai", fields("reason", "Sửa thời gian của hoạt động 1.1")(t, nil, "")).want(http.StatusSeeOther)
	s.send("skhdt.lanhdao", "/bao-cao/2022/nam/skhdt/de-nghi-mo-lai", pairsOf("reason", "Sửa số liệu của nhiệm vụ 4")).want(http.StatusSeeOther)
	const why = "Theo ý kiến của Ủy ban nhân dân tỉnh"
	s.send("snv.tonghop", "/bao-cao/2022/6-thang/thoi-han/dong-ky", pairsOf("reason", why)).want(http.StatusSeeOther)
	s.send("snv.tonghop", "/ke-hoach/2022/thoi-han/dong-ky", pairsOf("on", "30/12/2022", "reason", why)).want(http.StatusSeeOther)
	for _, before := range []string{"10/12/2022", "12/12/2022"} {
		s.send("snv.tonghop", "/bao-cao/2022/nam/thoi-han/gia-han", pairsOf("unit", "h-vi-thuy", "due_before", before, "reason", why)).want(http.StatusSeeOther)
	}
	s.consolidate()
	together := s.send("snv.thamdinh", "/tham-dinh/tiep-nhan", pairsOf("item", "plan/2022/ke-hoach/snnptnt/1")).want(http.StatusSeeOther)
	staff, err := account.ByUsername(t.Context(), db, "stp.chuyenvien")
	must(t, err)
	kept, err := sealer.Park(t.Context(), db, post.Lost{Person: staff.ID, Path: "/ke-hoach/2022/stp/van-ban", Label: "thông tin văn bản",
		Why: post.NoSession, Values: pairsOf("number", "16", "signer", "Trần Quốc Khải"), HadFiles: true}, now, time.Now())
	must(t, err)
	s.places = strings.NewReplacer("{kept}", kept, "{remark}", s.one(`
		select min(r.id)::text
		from remark r
		join submission s on s.id = r.submission_id
		join unit u on u.id = s.unit_id
		where u.slug = 'stp' and r.sent_at is not null and r.resolved_at is null`),
		"{report remark}", s.one(`
		select min(r.id)::text
		from remark r
		join submission s on s.id = r.submission_id
		join period p on p.id = s.period_id
		join unit u on u.id = s.unit_id
		where u.slug = 'stc' and p.slug = 'nam' and r.sent_at is not null and r.resolved_at is null`),
		"{signed report}", s.one(signedPaper("ttt", "nam")), "{signed plan}", s.one(signedPaper("stc", "ke-hoach")),
		"{accepted together}", path.Base(together.rec.Header().Get("Location")),
		"{signed issue}", s.one(`select min(id)::text from issue_file`),
		"{question}", s.one(questionAbout("stnmt", "nam")), "{plan question}", s.one(questionAbout("snnptnt", "ke-hoach")),
		"{later}", s.one(`
		with p as (
		    insert into period (campaign_id, kind, slug, name, opens_on, data, cumulative)
		    select id, 'report', 'nam-chinh-thuc', 'Năm 2022, số liệu chính thức', '2022-12-20', '[2021-12-15,2022-12-14]', true
		    from campaign
		    where year = 2022
		    returning id, slug
		), d as (
		    insert into deadline (period_id, unit_kind, due_before)
		    select p.id, k.kind, '2023-01-05 00:00+07'
		    from p
		    cross join (values ('department'), ('district'), ('commune')) k (kind)
		)
		select slug from p`),
		"{evidence}", s.one(`
		select coalesce(min(a.id), 0)::text
		from attachment a
		join submission s on s.id = a.submission_id
		join period p on p.id = s.period_id
		join unit u on u.id = s.unit_id
		where u.slug = 'stttt' and p.slug = 'nam'`),
		"{remarked}", s.one(`
		select min(a.code)
		from remark r
		join activity a on r.part_key = 'activity/' || a.id
		join submission s on s.id = a.submission_id
		join unit u on u.id = s.unit_id
		where u.slug = 'stp' and r.resolved_at is null`),
		"{logged}", s.one(`
		select a.code
		from progress p
		join activity a on a.id = p.activity_id
		join submission s on s.id = a.submission_id
		join unit u on u.id = s.unit_id
		where u.slug = 'stnmt'
		group by a.code
		order by count(*) desc, a.code
		limit 1`))
	return s
}

func (s *stage) one(query string) string {
	s.t.Helper()
	text, err := database.Value[string](s.t.Context(), s.db, query, nil)
	must(s.t, err)
	return text
}

// place is the address of a look.
func (s *stage) place(path string) string { return s.places.Replace(path) }

// cookie signs somebody in.
func (s *stage) cookie(who string) *http.Cookie {
	s.t.Helper()
	if c := s.cookies[who]; c != nil || who == "" {
		return c
	}
	p, err := account.ByUsername(s.t.Context(), s.db, who)
	must(s.t, err)
	session := openSession(s.t, s.db, p.ID)
	ctx, err := s.config.Sessions.Load(s.t.Context(), "")
	must(s.t, err)
	s.config.Sessions.Put(ctx, "session", session)
	s.config.Sessions.Put(ctx, "person", int64(p.ID))
	token, _, err := s.config.Sessions.Commit(ctx)
	must(s.t, err)
	s.cookies[who] = &http.Cookie{Name: s.config.Sessions.Cookie.Name, Value: token, Path: "/"}
	return s.cookies[who]
}

// ask asks for a page as somebody.
func (s *stage) ask(who, path string) *response {
	s.t.Helper()
	return s.answer(who, httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil))
}

// send posts a form as somebody.
func (s *stage) send(who, path string, values url.Values) *response {
	s.t.Helper()
	if !values.Has("_key") {
		values.Set("_key", "stage-"+rand.Text())
	}
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.answer(who, r)
}

func (s *stage) answer(who string, r *http.Request) *response {
	s.t.Helper()
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if c := s.cookie(who); c != nil {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	s.router.ServeHTTP(rec, r)
	res := &response{t: s.t, rec: rec, what: r.Method + " " + r.URL.Path + " as " + who}
	if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
		must(s.t, err)
		res.page = doc
	}
	return res
}
