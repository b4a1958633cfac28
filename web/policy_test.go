package web_test

import (
	"bufio"
	"flag"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/plan"
	"danvan/internal/submission"
)

// updatePolicy writes the table anew. What it writes is a proposal: read the
// difference against the domain's tables before committing it.
var updatePolicy = flag.Bool("update-policy", false, "write testdata/policy.txt anew")

const policyFile = "testdata/policy.txt"

// ask is one line of a route: how to ask it so that it could succeed.
type ask struct {
	params map[string]string                                   // of the pattern
	query  string                                              // after the path
	of     submission.Ref                                      // zero: the plan, in March; else the report, at the end of the year
	body   func(t testing.TB, w *world, who string) url.Values // of a post
	each   bool                                                // the above write, and are made for each request
}

// TestEveryRouteAnswersEveryPersonInEveryState walks the route table. Each route is
// asked by each person in each state of the plan, but for those of [still], from a
// savepoint to which the database then returns, and must answer exactly as the
// committed table says. A route, person or state without an entry fails, and so does
// an entry without a route.
func TestEveryRouteAnswersEveryPersonInEveryState(t *testing.T) {
	t.Parallel()
	got := map[string]map[string]map[string]int{} // route, person, state
	var mu sync.Mutex
	var wg sync.WaitGroup
	turn := make(chan string, len(states))
	for _, state := range states {
		turn <- state
	}
	close(turn)
	for range 2 { // one core each
		wg.Go(func() {
			db := keepingPlans(t, dbtest.New(t))
			w := newWorld(t, db)
			for state := range turn {
				answers := walk(t, w, db, state)
				mu.Lock()
				for route, byWho := range answers {
					for who, status := range byWho {
						if got[route] == nil {
							got[route] = map[string]map[string]int{}
						}
						if got[route][who] == nil {
							got[route][who] = map[string]int{}
						}
						got[route][who][state] = status
					}
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for route, byWho := range got {
		for who, byState := range byWho {
			standStill(t, route, who, byState)
		}
	}
	if *updatePolicy {
		writePolicy(t, got)
		return
	}
	want := readPolicy(t)
	for route, byWho := range got {
		for who, byState := range byWho {
			for state, status := range byState {
				switch w, ok := want[route][who][state]; {
				case !ok:
					t.Errorf("%s as %s in %s answers %d: the table has no line for it", route, who, state, status)
				case w != status:
					t.Errorf("%s as %s in %s answers %d, the table says %d", route, who, state, status, w)
				}
			}
		}
	}
	for route, byWho := range want {
		for who, byState := range byWho {
			for state := range byState {
				if _, ok := got[route][who][state]; !ok {
					t.Errorf("the table has a line for %s as %s in %s, the portal has none", route, who, state)
				}
			}
		}
	}
}

// when is the moment at which a route is asked.
func (a ask) when() time.Time {
	if a.of == reportRef {
		return yearEnd
	}
	return moment
}

// about is what a route is about.
func (a ask) about() submission.Ref {
	if a.of == reportRef {
		return reportRef
	}
	return ref
}

func writePolicy(t *testing.T, got map[string]map[string]map[string]int) {
	t.Helper()
	must(t, os.MkdirAll("testdata", 0o755))
	f, err := os.Create(policyFile)
	must(t, err)
	defer f.Close()
	out := bufio.NewWriter(f)
	defer out.Flush()
	fmt.Fprintln(out, "# Who gets which answer: one block a route, one line a person, one column a state")
	fmt.Fprintln(out, "# of the plan of Sở Tư pháp, or of its report where the route is about that. A\n# single number stands for all states.")
	fmt.Fprintln(out, "# states: "+strings.Join(states, " "))
	routes := make([]string, 0, len(got))
	for r := range got {
		routes = append(routes, r)
	}
	slices.SortFunc(routes, func(a, b string) int {
		ma, pa, _ := strings.Cut(a, " ")
		mb, pb, _ := strings.Cut(b, " ")
		if c := strings.Compare(pa, pb); c != 0 {
			return c
		}
		return strings.Compare(ma, mb)
	})
	for _, r := range routes {
		fmt.Fprintln(out, "\n"+r)
		for _, who := range append([]string{"visitor"}, names()...) {
			cells := make([]string, len(states))
			for i, s := range states {
				cells[i] = strconv.Itoa(got[r][who][s])
			}
			if len(slices.Compact(slices.Clone(cells))) == 1 {
				cells = cells[:1]
			}
			fmt.Fprintf(out, "  %-16s %s\n", who, strings.Join(cells, " "))
		}
	}
}

func readPolicy(t *testing.T) map[string]map[string]map[string]int {
	t.Helper()
	text, err := os.ReadFile(policyFile)
	must(t, err)
	want := map[string]map[string]map[string]int{}
	route := ""
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.TrimSpace(line) == "", strings.HasPrefix(line, "#"):
		case !strings.HasPrefix(line, " "):
			route = line
			if want[route] != nil {
				t.Errorf("line %d: %s stands twice", i+1, route)
			}
			want[route] = map[string]map[string]int{}
		default:
			f := strings.Fields(line)
			who, cells := f[0], f[1:]
			if len(cells) == 1 {
				cells = slices.Repeat(cells, len(states))
			}
			if len(cells) != len(states) || want[route][who] != nil {
				t.Errorf("line %d: wants one number or one for each of %d states, once", i+1, len(states))
				continue
			}
			want[route][who] = map[string]int{}
			for j, s := range states {
				n, err := strconv.Atoi(cells[j])
				must(t, err)
				want[route][who][s] = n
			}
		}
	}
	return want
}

// at are the parameters of everything under the plan of Sở Tư pháp.
func at(more ...string) map[string]string {
	p := map[string]string{"year": strconv.Itoa(year), "unit": ownUnit}
	for i := 0; i+1 < len(more); i += 2 {
		p[more[i]] = more[i+1]
	}
	return p
}

// read returns the revision of a part of the plan, "" when there is none.
func read(t testing.TB, w *world, key string) string {
	t.Helper()
	return readOf(t, w, ref, key)
}

func readOf(t testing.TB, w *world, of submission.Ref, key string) string {
	t.Helper()
	revisions, err := database.Values[int](t.Context(), w.db, `
		select p.revision
		from part p
		join submission s on s.id = p.copy_id
		join period d on d.id = s.period_id
		join unit u on u.id = s.unit_id
		where u.slug = @unit and d.slug = @period and p.key = @key`,
		database.Args{"unit": of.Unit, "period": of.Period, "key": key})
	must(t, err)
	if len(revisions) == 0 {
		return ""
	}
	return strconv.Itoa(revisions[0])
}

// readActivity is the revision of an activity, "" when the plan is empty.
func readActivity(t testing.TB, w *world, code string) string {
	t.Helper()
	keys, err := database.Values[string](t.Context(), w.db, `
		select 'activity/' || a.id
		from activity a
		join submission s on s.id = a.submission_id
		join unit u on u.id = s.unit_id
		where u.slug = @unit and a.code = @code`,
		database.Args{"unit": ownUnit, "code": code})
	must(t, err)
	if len(keys) == 0 {
		return ""
	}
	return read(t, w, keys[0])
}

func submissionRevision(t testing.TB, w *world, of submission.Ref) string {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, yearEnd, of)
	must(t, err)
	return strconv.Itoa(c.Revision)
}

// fields makes a body that is the same for everybody.
func fields(pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(testing.TB, *world, string) url.Values { return pairsOf(pairs...) }
}

func pairsOf(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// reason is long enough for every decision.
const reason = "Lý do đủ dài để được chấp nhận"

// activity is a body that edits the activity with code from the revision read.
func activity(code string, pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(t testing.TB, w *world, _ string) url.Values {
		v := pairsOf(pairs...)
		v.Set("_revision", readActivity(t, w, code))
		return v
	}
}

// signature is the body of signing off the plan.
func signature(t testing.TB, w *world, _ string) url.Values { return signatureOf(t, w, ref, "KH") }

func signatureOf(t testing.TB, w *world, of submission.Ref, letters string) url.Values {
	v := pairsOf("number", "77", "symbol", letters+"-STP", "issued_on", "14/03/2022", "subject", "Công tác dân vận chính quyền",
		"signer", "Trần Quốc Khải", "capacity", "GIÁM ĐỐC", "_submission", submissionRevision(t, w, of))
	v.Set("_revision", readOf(t, w, of, submission.ReferenceKey))
	return v
}

// anEvidence stands for the id of the first file of evidence about the report.
const anEvidence = "a file"

// firstEvidence is that id, 0 without any.
func firstEvidence(t testing.TB, w *world, of submission.Ref) string {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, `
		select coalesce(min(a.id), 0)
		from attachment a
		join submission s on s.id = a.submission_id
		join period p on p.id = s.period_id
		where p.slug = @period`,
		database.Args{"period": of.Period})
	must(t, err)
	return strconv.FormatInt(id, 10)
}

// aRemark stands for the id of the first remark on the plan, or on the report.
const aRemark = "a remark"

// firstRemark is the id of the first remark on a submission, 0 without any.
func firstRemark(t testing.TB, w *world, of submission.Ref) string {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, `
		select coalesce(min(m.id), 1000000)
		from remark m
		join submission s on s.id = m.submission_id
		join period p on p.id = s.period_id
		where p.slug = @period`,
		database.Args{"period": of.Period})
	must(t, err)
	return strconv.FormatInt(id, 10)
}

// asks says how to ask each route. Ids that do not exist are guessed addresses.
var asks = map[string]ask{
	"GET /healthz":     {},
	"GET /readyz":      {},
	"GET /static/*":    {},
	"GET /dang-nhap":   {},
	"POST /dang-nhap":  {body: fields("username", "own-staff", "password", "Khong-Phai-2022")},
	"POST /dang-xuat":  {},
	"POST /giao-dien":  {body: fields("giao-dien", "dark")},
	"GET /tai-khoan":   {},
	"GET /":            {},
	"GET /tim-kiem":    {query: "?q=tu+phap"},
	"GET /thong-bao":   {},
	"POST /thong-bao":  {body: fields("up_to", "1")},
	"GET /huong-dan":   {},
	"GET /da-giu/{id}": {params: map[string]string{"id": "00000000-0000-4000-8000-000000000000"}},

	"GET /tai-khoan/mat-khau":                     {},
	"POST /tai-khoan/mat-khau":                    {body: fields("old", "x", "new", "y", "again", "z")},
	"GET /tai-khoan/xac-thuc":                     {},
	"POST /tai-khoan/xac-thuc":                    {body: fields("code", "000000")},
	"POST /tai-khoan/xac-thuc/bo":                 {body: fields("password", "x")},
	"POST /tai-khoan/phien/ket-thuc":              {},
	"POST /tai-khoan/phien/{session}/ket-thuc":    {params: map[string]string{"session": "00000000-0000-4000-8000-000000000000"}},
	"POST /da-giu/{id}/bo":                        {params: map[string]string{"id": "00000000-0000-4000-8000-000000000000"}},
	"GET /phoi-hop/{year}":                        {params: at()},
	"GET /tong-quan":                              {},
	"GET /ke-hoach":                               {},
	"GET /bao-cao":                                {},
	"GET /kien-nghi":                              {},
	"GET /y-kien":                                 {},
	"GET /tong-hop":                               {},
	"GET /tong-quan/{year}":                       {params: at()},
	"GET /tong-quan/{year}/hoat-dong":             {params: at()},
	"GET /ke-hoach/{year}":                        {params: at()},
	"GET /ke-hoach/{year}/{unit}":                 {params: at()},
	"GET /ke-hoach/{year}/{unit}/lich-su":         {params: at()},
	"GET /ke-hoach/{year}/{unit}/lan-gui/{no}":    {params: at("no", "1")},
	"GET /ke-hoach/{year}/{unit}/nhiem-vu/{task}": {params: at("task", "6")},
	"POST /ke-hoach/{year}/{unit}/nhiem-vu/{task}": {params: at("task", "6"), body: func(t testing.TB, w *world, _ string) url.Values {
		return pairsOf("scope", "nil", "reason", "Năm nay không phát sinh.", "_revision", read(t, w, "task/6"))
	}},
	"GET /ke-hoach/{year}/{unit}/van-ban": {params: at()},
	"POST /ke-hoach/{year}/{unit}/van-ban": {params: at(), body: func(t testing.TB, w *world, _ string) url.Values {
		return pairsOf("number", "15", "symbol", "KH-STP", "issued_on", "14/03/2022", "subject", "Kế hoạch", "signer", "Trần Quốc Khải",
			"capacity", "GIÁM ĐỐC", "_revision", read(t, w, plan.ReferenceKey))
	}},
	"GET /ke-hoach/{year}/{unit}/lan-gui/{no}/ban-ky":      {params: at("no", "1")},
	"POST /ke-hoach/{year}/{unit}/lan-gui/{no}/ban-ky":     {params: at("no", "1")},
	"GET /ke-hoach/{year}/{unit}/lan-gui/{no}/ban-ky/{id}": {params: at("no", "1", "id", "0")},
	"GET /ke-hoach/{year}/{unit}/gop-y/{id}":               {params: at("id", aRemark)},
	"POST /ke-hoach/{year}/{unit}/gop-y/{id}":              {params: at("id", aRemark), body: fields("answer", "Đã sửa", "_revision", "1")},
	"GET /ke-hoach/{year}/{unit}/giai-thich/{code}":        {params: at("code", "no_review")},
	"POST /ke-hoach/{year}/{unit}/giai-thich/{code}":       {params: at("code", "no_review"), body: fields("answer", "Làm chung với đơn vị khác")},
	"GET /ke-hoach/{year}/{unit}/trinh":                    {params: at()},
	"POST /ke-hoach/{year}/{unit}/trinh":                   {params: at()},
	"GET /ke-hoach/{year}/{unit}/rut-lai":                  {params: at()},
	"POST /ke-hoach/{year}/{unit}/rut-lai":                 {params: at()},
	"GET /ke-hoach/{year}/{unit}/chuyen-lai":               {params: at()},
	"POST /ke-hoach/{year}/{unit}/chuyen-lai":              {params: at(), body: fields("reason", reason)},
	"GET /ke-hoach/{year}/{unit}/duyet":                    {params: at()},
	"POST /ke-hoach/{year}/{unit}/duyet":                   {params: at(), body: signature},
	"GET /ke-hoach/{year}/{unit}/gui":                      {params: at()},
	"POST /ke-hoach/{year}/{unit}/gui":                     {params: at(), body: signature},
	"GET /ke-hoach/{year}/{unit}/thu-hoi":                  {params: at()},
	"POST /ke-hoach/{year}/{unit}/thu-hoi":                 {params: at()},
	"GET /ke-hoach/{year}/{unit}/de-nghi-mo-lai":           {params: at()},
	"POST /ke-hoach/{year}/{unit}/de-nghi-mo-lai":          {params: at(), body: fields("reason", reason)},
	"GET /ke-hoach/{year}/{unit}/sua-doi":                  {params: at()},
	"POST /ke-hoach/{year}/{unit}/sua-doi":                 {params: at()},
	"GET /ke-hoach/{year}/{unit}/bo-sua-doi":               {params: at()},
	"POST /ke-hoach/{year}/{unit}/bo-sua-doi":              {params: at()},

	"GET /tong-quan/{year}/{period}":                 {params: at("period", "nam"), of: reportRef},
	"GET /tong-quan/{year}/{period}/nhiem-vu/{task}": {params: at("period", "nam", "task", "2"), of: reportRef},
	"GET /tong-quan/{year}/{period}/so-lieu/{code}":  {params: at("period", "nam", "code", "T4.01"), of: reportRef, query: "?tinh-lai=1"},

	"GET /ke-hoach/{year}/thoi-han":     {params: at()},
	"GET /ke-hoach/{year}/thoi-han/sua": {params: at()},
	"POST /ke-hoach/{year}/thoi-han/sua": {params: at(), body: fields("due-department", "02/04/2022", "read-department", "01/04/2022", "due-district", "01/04/2022", "read-district", "01/04/2022",
		"due-commune", "01/04/2022", "read-commune", "01/04/2022")},
	"GET /ke-hoach/{year}/thoi-han/gia-han":     {params: at()},
	"POST /ke-hoach/{year}/thoi-han/gia-han":    {params: at(), body: fields("unit", ownUnit, "due_before", "12/12/2022", "reason", reason)},
	"GET /ke-hoach/{year}/thoi-han/dong-ky":     {params: at()},
	"POST /ke-hoach/{year}/thoi-han/dong-ky":    {params: at(), body: fields("on", "20/12/2022", "reason", reason)},
	"GET /ke-hoach/{year}/thoi-han/mo-lai-ky":   {params: at()},
	"POST /ke-hoach/{year}/thoi-han/mo-lai-ky":  {params: at(), body: fields("reason", reason)},
	"GET /bao-cao/{year}/{period}/thoi-han":     {params: at("period", "nam")},
	"GET /bao-cao/{year}/{period}/thoi-han/sua": {params: at("period", "nam")},
	"POST /bao-cao/{year}/{period}/thoi-han/sua": {params: at("period", "nam"), body: fields("due-department", "06/12/2022", "read-department", "05/12/2022", "due-district", "05/12/2022", "read-district", "05/12/2022",
		"due-commune", "05/12/2022", "read-commune", "05/12/2022")},
	"GET /bao-cao/{year}/{period}/thoi-han/gia-han":    {params: at("period", "nam")},
	"POST /bao-cao/{year}/{period}/thoi-han/gia-han":   {params: at("period", "nam"), body: fields("unit", ownUnit, "due_before", "12/12/2022", "reason", reason)},
	"GET /bao-cao/{year}/{period}/thoi-han/dong-ky":    {params: at("period", "nam")},
	"POST /bao-cao/{year}/{period}/thoi-han/dong-ky":   {params: at("period", "nam"), body: fields("on", "20/12/2022", "reason", reason)},
	"GET /bao-cao/{year}/{period}/thoi-han/mo-lai-ky":  {params: at("period", "nam")},
	"POST /bao-cao/{year}/{period}/thoi-han/mo-lai-ky": {params: at("period", "nam"), body: fields("reason", reason)},
	"GET /bao-cao/{year}/{period}/cap-xa":              {params: at("period", "nam")},
	"GET /bao-cao/{year}/{period}/cap-xa/{unit}":       {params: at("period", "nam", "unit", "h-vi-thuy")},
	"POST /bao-cao/{year}/{period}/cap-xa/{unit}": {params: at("period", "nam", "unit", "h-vi-thuy"),
		body: fields("units", "xa-vi-thang-h-vi-thuy", "from", "14/11/2022", "reason", reason)},

	"GET /ke-hoach/{year}/{unit}/hoat-dong/moi": {params: at(), query: "?nhiem-vu=3"},
	"POST /ke-hoach/{year}/{unit}/hoat-dong": {params: at(), body: fields("task", "3", "title", "Hoạt động mới", "product", "01 báo cáo",
		"time_kind", "year")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}":                       {params: at("code", "1.1")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/sua":                   {params: at("code", "1.1")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/sua":                  {params: at("code", "1.1"), body: activity("1.1", "title", "Tên mới", "product", "02 báo cáo")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/doi-cho":              {params: at("code", "1.1"), body: fields("where", "down")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/xoa":                   {params: at("code", "1.1")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/xoa":                  {params: at("code", "1.1"), body: activity("1.1")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/dung":                  {params: at("code", "1.1")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/dung":                 {params: at("code", "1.1"), body: activity("1.1", "reason", reason)},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/phan-cong":             {params: at("code", "1.1")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/phan-cong":            {params: at("code", "1.1"), body: fields("owner", "", "deputy", "")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/tien-do":               {params: at("code", "1.1")},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/{code}/tien-do":              {params: at("code", "1.1"), body: fields("as_of", "14/03/2022", "percent", "40", "note", "Đang làm")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/{code}/tien-do/{entry}/{sum}": {params: at("code", "1.1", "entry", "0", "sum", strings.Repeat("0", 64))},

	"GET /tham-dinh":                                   {},
	"GET /tham-dinh/ke-hoach/{year}/{unit}":            {params: at()},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/tiep-nhan": {params: at(), body: fields("version", "1", "read", "1")},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/tra-lai": {params: at(), body: func(t testing.TB, w *world, who string) url.Values {
		return pairsOf("version", "1", "reason", reason)
	}},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/gop-y":               {params: at(), body: fields("version", "1", "part", "", "field", "", "body", "Bổ sung căn cứ.")},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/gop-y/{id}/bo":       {params: at("id", aRemark)},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/gop-y/{id}/ket-luan": {params: at("id", aRemark), body: fields("verdict", "ok")},
	"GET /tham-dinh/ke-hoach/{year}/{unit}/mo-lai":               {params: at()},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/mo-lai":              {params: at(), body: fields("reason", reason)},
	"GET /tham-dinh/ke-hoach/{year}/{unit}/tu-choi-mo-lai":       {params: at()},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/tu-choi-mo-lai":      {params: at(), body: fields("reason", reason)},
	"GET /tham-dinh/ke-hoach/{year}/{unit}/rut-hieu-luc":         {params: at()},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/rut-hieu-luc":        {params: at(), body: fields("reason", reason)},
}
