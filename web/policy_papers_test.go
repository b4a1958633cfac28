package web_test

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/demo/demotest"
	"danvan/internal/document/word"
	"danvan/internal/document/word/wordcheck"
)

func init() {
	maps.Copy(asks, paperPages)
	maps.Copy(looks, paperLooks)
	for _, route := range []string{
		"/ke-hoach/{year}/{unit}/van-ban.docx", "/ke-hoach/{year}/{unit}/lan-gui/{no}.docx", "/ke-hoach/{year}/don-doc.docx",
		"/bao-cao/{year}/{period}/{unit}/van-ban.docx", "/bao-cao/{year}/{period}/{unit}/lan-gui/{no}.docx", "/bao-cao/{year}/{period}/don-doc.docx",
	} {
		pageless[route] = "a file to keep"
	}
}

// paperPages are plans, reports and reminders as Word files.
var paperPages = map[string]ask{
	"GET /ke-hoach/{year}/{unit}/van-ban.docx":              {params: at()},
	"GET /ke-hoach/{year}/{unit}/lan-gui/{no}.docx":         {params: at("no", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/van-ban.docx":      {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/lan-gui/{no}.docx": {of: reportRef, params: atReport("no", "1")},
	"GET /ke-hoach/{year}/don-doc":                          {params: at()},
	"GET /ke-hoach/{year}/don-doc.docx":                     {params: at(), query: "?unit=stp"},
	"GET /bao-cao/{year}/{period}/don-doc":                  {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/don-doc.docx":             {of: reportRef, params: atReport(), query: "?unit=stp"},
}

var paperLooks = map[string][]look{
	"/ke-hoach/{year}/don-doc":         {{"snv.tonghop", "/ke-hoach/2022/don-doc"}},
	"/bao-cao/{year}/{period}/don-doc": {{"snv.thamdinh", "/bao-cao/2022/6-thang/don-doc"}},
}

// TestEveryPaperOfTheDemonstrationKeepsTheStatesFormat takes papers of each kind and
// letterhead, with the statements each costs.
func TestEveryPaperOfTheDemonstrationKeepsTheStatesFormat(t *testing.T) {
	t.Parallel()
	counter := &statements{}
	config := demotest.New(t).Config()
	config.ConnConfig.Tracer = counter
	traced, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(traced.Close)
	s := newStage(t, traced)
	for _, paper := range []struct {
		who, path, name string
		says            []string
		draft           bool
	}{
		{"stp.chuyenvien", "/ke-hoach/2022/stp/van-ban.docx", "ke-hoach-nam-2022-cua-so-tu-phap-du-thao.docx", []string{"SỞ TƯ PHÁP", "KẾ HOẠCH"}, true},
		{"stp.chuyenvien", "/ke-hoach/2022/stp/lan-gui/1.docx", "ke-hoach-nam-2022-cua-so-tu-phap-lan-gui-1.docx", []string{"Số: 15/KH-STP"}, false},
		{"h-vi-thuy.chuyenvien", "/ke-hoach/2022/h-vi-thuy/lan-gui/1.docx", "ke-hoach-nam-2022-cua-ubnd-huyen-vi-thuy-lan-gui-1.docx", []string{"HUYỆN VỊ THỦY", "TM. ỦY BAN NHÂN DÂN"}, false},
		{"ubnd.lanhdao", "/ke-hoach/2022/snv/van-ban.docx", "ke-hoach-nam-2022-cua-so-noi-vu-lan-gui-2.docx", []string{"SỞ NỘI VỤ", "- Ủy ban nhân dân tỉnh Hậu Giang;"}, false},
		{"stp.chuyenvien", "/bao-cao/2022/6-thang/stp/van-ban.docx", "bao-cao-6-thang-dau-nam-2022-cua-so-tu-phap-lan-gui-1.docx", []string{"Số: 133/BC-STP", "Kính gửi: Sở Nội vụ"}, false},
		{"stp.chuyenvien", "/bao-cao/2022/nam/stp/van-ban.docx", "bao-cao-nam-2022-cua-so-tu-phap-du-thao.docx", []string{"Số:      /BC-STP"}, true},
		{"snv.thamdinh", "/bao-cao/2022/6-thang/h-vi-thuy/lan-gui/1.docx", "bao-cao-6-thang-dau-nam-2022-cua-ubnd-huyen-vi-thuy-lan-gui-1.docx", []string{"ỦY BAN NHÂN DÂN", "HUYỆN VỊ THỦY"}, false},
	} {
		s.ask(paper.who, paper.path) // signs in, and reads what is kept for a minute
		counter.taken()
		answer := s.ask(paper.who, paper.path).want(http.StatusOK)
		if sent := counter.taken(); len(sent) == 0 || len(sent) > mostOfAPage {
			t.Errorf("%s takes %d statements, the bar is %d", paper.path, len(sent), mostOfAPage)
		}
		body := answer.rec.Body.Bytes()
		if got := answer.rec.Header().Get("Content-Type"); got != word.Type {
			t.Errorf("%s comes as %s", paper.path, got)
		}
		if got := answer.rec.Header().Get("Content-Disposition"); !strings.Contains(got, `"`+paper.name+`"`) {
			t.Errorf("%s is named %s, want %s", paper.path, got, paper.name)
		}
		if again := s.ask(paper.who, paper.path).want(http.StatusOK).rec.Body.Bytes(); !bytes.Equal(body, again) {
			t.Errorf("%s differs when asked again", paper.path)
		}
		keepsFormat(t, paper.path, body, paper.draft, paper.says...)
	}
}

func keepsFormat(t *testing.T, path string, file []byte, draft bool, says ...string) {
	t.Helper()
	f, err := wordcheck.Check(file)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	for _, fault := range f.Faults {
		t.Errorf("%s: %s", path, fault)
	}
	for _, text := range says {
		if !slices.Contains(f.Text, text) {
			t.Errorf("%s does not say %q", path, text)
		}
	}
	body, err := wordcheck.Document(file)
	must(t, err)
	if strings.Contains(body, ">DỰ THẢO<") != draft {
		t.Errorf("%s: marked as a draft %t, want %t", path, !draft, draft)
	}
}

func TestAPaperNobodyMayReadIsNotFound(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	for who, path := range map[string]string{
		"stc.chuyenvien": "/ke-hoach/2022/stp/van-ban.docx",
		"quantri":        "/bao-cao/2022/6-thang/stp/lan-gui/1.docx",
		"mttq.phoihop":   "/bao-cao/2022/6-thang/don-doc",
		"snv.thamdinh":   "/bao-cao/2022/nam/stp/van-ban.docx", // nothing was sent yet
		"ubnd.lanhdao":   "/bao-cao/2022/6-thang/stp/lan-gui/99.docx",
	} {
		s.ask(who, path).want(http.StatusNotFound)
	}
	s.ask("ubnd.lanhdao", "/bao-cao/2022/6-thang/don-doc").want(http.StatusForbidden)
}
