package web_test

import (
	"maps"
	"net/url"
	"strconv"
	"testing"

	"danvan/internal/database"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
)

func init() {
	maps.Copy(asks, judgingPages)
	maps.Copy(looks, judgingLooks)
}

// judgingPages are the duties of reviewers, accepting together, and questions about
// what waits, on both sides.
var judgingPages = map[string]ask{
	"POST /tham-dinh/tiep-nhan":      {body: fields("item", "plan/2022/ke-hoach/stp/1")},
	"GET /tham-dinh/tiep-nhan/{key}": {params: map[string]string{"key": anOutcome}, each: true},
	"GET /tham-dinh/phan-cong":       {},
	"POST /tham-dinh/phan-cong": {body: func(_ testing.TB, w *world, _ string) url.Values {
		return pairsOf("cu-stp", "", "stp", strconv.FormatInt(int64(w.actors["reviewer"].Person), 10))
	}},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/giai-trinh":                       {params: at(), body: fields("version", "1", "question", reason, "due", "20/03/2022")},
	"POST /tham-dinh/ke-hoach/{year}/{unit}/giai-trinh/{id}/ket-luan":         {params: at("id", aQuestion)},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/giai-trinh":               {of: reportRef, params: atReport(), body: fields("version", "1", "question", reason, "due", "02/12/2022")},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/giai-trinh/{id}/ket-luan": {of: reportRef, params: atReport("id", aQuestion)},
	"GET /ke-hoach/{year}/{unit}/giai-trinh/{id}":                             {params: at("id", aQuestion)},
	"POST /ke-hoach/{year}/{unit}/giai-trinh/{id}":                            {params: at("id", aQuestion), body: fields("answer", "Đã kiểm tra lại, số đúng.", "_revision", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/giai-trinh/{id}":                     {of: reportRef, params: atReport("id", aQuestion)},
	"POST /bao-cao/{year}/{period}/{unit}/giai-trinh/{id}":                    {of: reportRef, params: atReport("id", aQuestion), body: fields("answer", "Đã kiểm tra lại, số đúng.", "_revision", "1")},
}

var judgingLooks = map[string][]look{
	"/tham-dinh/tiep-nhan/{key}":                      {{"snv.thamdinh", "/tham-dinh/tiep-nhan/{accepted together}"}},
	"/tham-dinh/phan-cong":                            {{"snv.tonghop", "/tham-dinh/phan-cong"}, {"snv.thamdinh", "/tham-dinh/phan-cong"}},
	"/ke-hoach/{year}/{unit}/giai-trinh/{id}":         {{"snnptnt.chuyenvien", "/ke-hoach/2022/snnptnt/giai-trinh/{plan question}"}},
	"/bao-cao/{year}/{period}/{unit}/giai-trinh/{id}": {{"stnmt.chuyenvien", "/bao-cao/2022/nam/stnmt/giai-trinh/{question}"}},
}

// aQuestion stands for the id of the first question about the plan, or the report.
const aQuestion = "a question"

// firstQuestion is the id of the first question about a submission; without any, one
// that nothing has.
func firstQuestion(t testing.TB, w *world, of submission.Ref) string {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, `
		select coalesce(min(q.id), 1000000)
		from request q
		join submission s on s.id = q.submission_id
		join period p on p.id = s.period_id
		where q.kind = 'explain' and p.slug = @period`,
		database.Args{"period": of.Period})
	must(t, err)
	return strconv.FormatInt(id, 10)
}

// anOutcome stands for the key of what became of what that person accepted together.
const anOutcome = "an-outcome"

// anAcceptance is that key.
func anAcceptance(t testing.TB, w *world, who string) string {
	t.Helper()
	key, err := review.NewService(w.db).AcceptAll(t.Context(), w.actors[who], moment, post.Once{Key: "chosen-by-" + who, Body: []byte{1}}, nil)
	must(t, err)
	return key
}

// questionAbout finds the open question about what a unit of the demonstration sent.
func questionAbout(unit, period string) string {
	return `
		select min(q.id)::text
		from request q
		join submission s on s.id = q.submission_id
		join period p on p.id = s.period_id
		join unit u on u.id = s.unit_id
		where q.kind = 'explain' and q.outcome = 'open' and u.slug = '` + unit + `' and p.slug = '` + period + `'`
}
