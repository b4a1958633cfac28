package web_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"danvan/internal/demo/demotest"
	"danvan/internal/document/workbook"
)

// listRoutes are the routes whose page is a list, each with somebody who sees a few rows of
// it, and a heading of its file.
var listRoutes = map[string]struct{ who, path, heading string }{
	"/thong-bao":                                 {"snv.thamdinh", "/thong-bao", "Nội dung"},
	"/tim-kiem":                                  {"snv.tonghop", "/tim-kiem?q=doi+thoai", ""},
	"/phoi-hop/{year}":                           {"mttq.phoihop", "/phoi-hop/2022", "Hoạt động"},
	"/tong-quan/{year}":                          {"snv.tonghop", "/tong-quan/2022", "Đơn vị"},
	"/tong-quan/{year}/hoat-dong":                {"snv.tonghop", "/tong-quan/2022/hoat-dong", "Hoạt động"},
	"/tong-quan/{year}/{period}":                 {"snv.tonghop", "/tong-quan/2022/6-thang", "Chỉ tiêu"},
	"/tong-quan/{year}/{period}/nhiem-vu/{task}": {"snv.tonghop", "/tong-quan/2022/6-thang/nhiem-vu/1", "Đơn vị"},
	"/tong-quan/{year}/{period}/so-lieu/{code}":  {"snv.tonghop", "/tong-quan/2022/6-thang/so-lieu/T4.01", "Đơn vị"},
	"/ke-hoach/{year}":                           {"snv.tonghop", "/ke-hoach/2022", "Đơn vị"},
	"/ke-hoach/{year}/thoi-han/":                 {"snv.tonghop", "/ke-hoach/2022/thoi-han", "Lý do"},
	"/ke-hoach/{year}/{unit}/lich-su":            {"stp.chuyenvien", "/ke-hoach/2022/stp/lich-su", "Trước"},
	"/bao-cao/{year}/{period}":                   {"snv.tonghop", "/bao-cao/2022/6-thang", "Đơn vị"},
	"/bao-cao/{year}/{period}/thoi-han/":         {"snv.tonghop", "/bao-cao/2022/nam/thoi-han", "Lý do"},
	"/bao-cao/{year}/{period}/{unit}/lich-su":    {"stc.chuyenvien", "/bao-cao/2022/nam/stc/lich-su", "Trước"},
	"/quan-tri/{year}/chi-tieu":                  {"snv.tonghop", "/quan-tri/2022/chi-tieu", "Mã"},
	"/kien-nghi/{year}":                          {"snv.tonghop", "/kien-nghi/2022", "Nội dung"},
	"/y-kien/{year}":                             {"snv.tonghop", "/y-kien/2022", "Đơn vị"},
	"/tong-hop/{year}/{period}/{unit}/lich-su":   {"snv.tonghop", "/tong-hop/2022/6-thang/snv/lich-su", "Trước"},
	"/tham-dinh":                                 {"snv.thamdinh", "/tham-dinh", "Đơn vị"},
	"/tham-dinh/phan-cong":                       {"snv.tonghop", "/tham-dinh/phan-cong", "Người phụ trách"},
}

// TestEveryListDownloads asks each list for its files: as Excel and as CSV, with the
// same rows. The page offers both.
func TestEveryListDownloads(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	known := map[string]bool{}
	err := chi.Walk(s.router, func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		known[route] = known[route] || method == http.MethodGet
		return nil
	})
	must(t, err)
	for route, list := range listRoutes {
		if !known[route] {
			t.Errorf("no page at %s", route)
		}
		and := "?"
		if strings.Contains(list.path, "?") {
			and = "&"
		}
		rows := map[string]int{}
		for format, kind := range map[string]string{"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"} {
			rec := s.ask(list.who, list.path+and+"dang="+format).want(http.StatusOK).rec
			if got := rec.Header().Get("Content-Type"); !strings.HasPrefix(got, kind) || !strings.Contains(rec.Header().Get("Content-Disposition"), "attachment") {
				t.Errorf("%s as %s: %s", list.path, format, got)
				continue
			}
			if format == "csv" {
				text := rec.Body.String()
				rows[format] = strings.Count(strings.TrimSpace(text), "\n")
				if !strings.Contains(text, list.heading) || rows[format] < 1 {
					t.Errorf("%s: %d lines, want some below %q:\n%.200s", list.path, rows[format], list.heading, text)
				}
				continue
			}
			if _, err := workbook.Open(t.Context(), "a.xlsx", bytes.NewReader(rec.Body.Bytes()), workbook.Usual); err != nil {
				t.Errorf("%s: %v", list.path, err)
			}
		}
		page := s.ask(list.who, list.path).want(http.StatusOK).page
		if page.Find(`a[href*="dang=xlsx"]`).Length() == 0 || page.Find(`a[href*="dang=csv"]`).Length() == 0 {
			t.Errorf("%s offers no file", list.path)
		}
	}
}
