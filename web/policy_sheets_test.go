package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/demo/demotest"
	"danvan/internal/submission"
)

func init() {
	maps.Copy(asks, sheetPages)
	maps.Copy(looks, sheetLooks)
	maps.Copy(pageless, map[string]string{
		"/bao-cao/{year}/{period}/{unit}/so-lieu.xlsx":           "a file to keep",
		"/bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc.xlsx": "a file to keep",
		"/ke-hoach/{year}/{unit}/hoat-dong.xlsx":                 "a file to keep",
	})
}

// sheetPages are the Excel forms that go out and come back. Their posts confirm what
// a file was shown to change.
var sheetPages = map[string]ask{
	"GET /bao-cao/{year}/{period}/{unit}/so-lieu.xlsx":           {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/so-lieu/nhap":           {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/so-lieu/nhap":          {of: reportRef, params: atReport(), body: aFigureOfAFile},
	"GET /bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc.xlsx": {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc/nhap": {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc/nhap": {of: reportRef, params: atReport(),
		body: fields("ban.T4.01", "0 ", "trong-tep.T4.01/value", "104", "trong-tep.T4.01/source", "Báo cáo năm 2021")},
	"GET /ke-hoach/{year}/{unit}/hoat-dong.xlsx": {params: at()},
	"GET /ke-hoach/{year}/{unit}/hoat-dong/nhap": {params: at()},
	"POST /ke-hoach/{year}/{unit}/hoat-dong/nhap": {params: at(),
		body: fields("ban.moi-8", "0 ", "trong-tep.moi-8/task", "4", "trong-tep.moi-8/title", "Đối thoại với Nhân dân quý IV")},
}

var sheetLooks = map[string][]look{
	"/bao-cao/{year}/{period}/{unit}/so-lieu/nhap":           {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/so-lieu/nhap"}},
	"/bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc/nhap": {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/so-lieu-nam-truoc/nhap"}, {"quantri", "/bao-cao/2022/nam/stttt/so-lieu-nam-truoc/nhap"}},
	"/ke-hoach/{year}/{unit}/hoat-dong/nhap":                 {{"stp.chuyenvien", "/ke-hoach/2022/stp/hoat-dong/nhap"}},
}

// aFigureOfAFile is the page on which a file's figure was shown, as confirmed.
func aFigureOfAFile(t testing.TB, w *world, _ string) url.Values {
	c, err := submission.Load(t.Context(), w.db, yearEnd, reportRef)
	must(t, err)
	part, err := submission.PartByKey(t.Context(), w.db, c.ID, "figure/T4.01")
	must(t, err)
	return pairsOf("ban.T4.01", fmt.Sprintf("%d %s", part.Revision, submission.Digest(part.Content)), "trong-tep.T4.01/row", "112||")
}

func TestExcelFormsTakeAsFewStatementsAsPages(t *testing.T) {
	t.Parallel()
	counter := &statements{}
	config := demotest.New(t).Config()
	config.ConnConfig.Tracer = counter
	traced, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(traced.Close)
	s := newStage(t, traced)
	for _, path := range []string{"/bao-cao/2022/nam/stp/so-lieu.xlsx", "/bao-cao/2022/nam/stp/so-lieu-nam-truoc.xlsx", "/ke-hoach/2022/stp/hoat-dong.xlsx"} {
		s.ask("stp.chuyenvien", path) // signs in, and reads what is kept for a minute
		counter.taken()
		s.ask("stp.chuyenvien", path).want(http.StatusOK)
		if sent := counter.taken(); len(sent) == 0 || len(sent) > mostOfAPage {
			t.Errorf("%s takes %d statements, the bar is %d:\n%s", path, len(sent), mostOfAPage, strings.Join(sent, "\n"))
		}
	}
}
