// Package archtest keeps imports pointing one way: every package of the portal
// has a line in one map, which says what it may import.
package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "danvan/"

// layers lists the core from the bottom up, as the data model orders it. A
// package may import packages on lines above its own; neighbours on one line do
// not import each other.
var layers = [][]string{
	{"internal/fault", "internal/viet", "internal/config", "migrations"},
	{"internal/actor"},
	{"internal/database", "internal/document", "internal/document/sheet", "internal/document/word", "internal/document/pdftext", "internal/document/collate"},
	{"internal/database/localpg", "internal/document/workbook"},
	{"internal/database/dbtest", "internal/document/exchange", "internal/installation"},
	{"internal/audit", "internal/notify", "internal/evidence", "internal/post"},
	{"internal/backup", "internal/signed"},
	{"internal/unit"},
	{"internal/account"},
	{"internal/indicator"},
	{"internal/campaign"},
	{"internal/workingcopy"},
	{"internal/submission"},
	{"internal/plan"},
	{"internal/progress"},
	{"internal/proposal", "internal/direction", "internal/inspection", "internal/exemplar"},
	{"internal/report", "internal/evaluation"},
	{"internal/review"},
	{"internal/overview", "internal/agenda", "internal/search"},
	{"internal/consolidation/wording"},
	{"internal/consolidation", "internal/meeting"},
	{"internal/paper"},
	{"internal/reorganisation", "internal/rollover", "internal/reminder"},
	{"internal/demo/content", "internal/demo/paper"},
	{"internal/demo"},
}

// site says what each package of the site may import of the site itself. All of
// them may import the core.
var site = map[string][]string{
	"web/static":  {},
	"web/paths":   {},
	"web/form":    {},
	"web/ui":      {"web/static", "web/form", "web/paths"},
	"web/current": {"web/ui", "web/form"},
	"web/respond": {"web/ui", "web/current", "web/form", "web/paths"},
}

// tools are for tests alone.
var tools = []string{"internal/browsertest", "internal/database/dbtest", "internal/demo/demotest", "internal/document/word/wordcheck", "internal/drilltest", "internal/evidence/buckettest"}

// common is what every area and fragment of the site may import.
var common = []string{"web/static", "web/paths", "web/form", "web/ui", "web/current", "web/respond"}

// featureFree packages know nothing of plans, reports and the rest.
var featureFree = []string{"web/static", "web/paths", "web/form", "web/ui", "web/current", "web/respond"}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func layerOf(name string) int {
	return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, name) })
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			if reason := refuse(name, imported); reason != "" {
				t.Errorf("%s imports %s: %s", name, strings.TrimPrefix(imported, module), reason)
			}
		}
		if where(name) == "" {
			t.Errorf("%s is not in the map of allowed imports", name)
		}
	}
}

// where says which part of the portal a package belongs to, "" for none.
func where(name string) string {
	switch {
	case layerOf(name) >= 0:
		return "core"
	case strings.HasPrefix(name, "web/show/"):
		return "fragment"
	case name == "web", strings.HasPrefix(name, "web/"):
		return "site"
	case strings.HasPrefix(name, "cmd/"):
		return "command"
	case name == "internal/archtest", slices.Contains(tools, name), strings.HasPrefix(name, "internal/database/dbtest/"):
		return "tool"
	}
	return ""
}

// refuse returns why name may not import, or "".
func refuse(name, imported string) string {
	own := strings.HasPrefix(imported, module)
	target := strings.TrimPrefix(imported, module)
	switch where(name) {
	case "core":
		switch {
		case imported == "net/http":
			return "the core does not know that it is a web site"
		case imported == "github.com/a-h/templ":
			return "pages belong to the site"
		case own && strings.HasPrefix(target, "web"):
			return "the site depends on the core, not the reverse"
		case own && layerOf(target) >= layerOf(name):
			return "it stands on the same line or above"
		}
	case "site", "fragment":
		return refuseSite(name, imported, target, own)
	}
	if own && strings.HasPrefix(target, "cmd/") {
		return "nothing depends on a command"
	}
	return ""
}

func refuseSite(name, imported, target string, own bool) string {
	switch {
	case strings.HasPrefix(imported, "github.com/jackc/pgx") && name != "web":
		return "SQL belongs to the core"
	case !own:
		return ""
	case slices.Contains(featureFree, name) && layerOf(target) > layerOf("internal/database") && target != "internal/post": // which is of posts, whatever they are about
		return "shared components know no feature"
	case !strings.HasPrefix(target, "web"):
		return ""
	case name == "web":
		return ""
	case slices.Contains(featureFree, name):
		if !slices.Contains(site[name], target) {
			return "shared components stand on their own"
		}
	case slices.Contains(common, target):
		return ""
	case strings.HasPrefix(target, "web/show/"):
		return "" // fragments serve areas and other fragments
	default:
		return "areas of the site never import each other"
	}
	return ""
}

func TestOnlyTestsImportTestTools(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if slices.Contains(tools, name) || strings.HasPrefix(name, "internal/database/dbtest/") {
			continue
		}
		for _, imported := range p.Imports {
			own, isOwn := strings.CutPrefix(imported, module)
			if isOwn && slices.Contains(tools, own) || slices.Contains([]string{"testing", "pgregory.net/rapid", "github.com/chromedp/chromedp"}, imported) {
				t.Errorf("%s imports %s outside its tests", name, imported)
			}
		}
	}
}
