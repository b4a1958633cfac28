package reports

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// run is a form that somebody's page saves by itself as it is typed.
type run struct {
	p    *portal
	who  string
	path string
	form url.Values
}

func (x *run) types(field, text string) {
	x.p.t.Helper()
	x.form.Set(field, text)
	var saved respond.Saved
	x.p.must(json.Unmarshal([]byte(x.p.autosave(x.who, x.path, x.form).want(200).body), &saved))
	x.form.Set(form.RevisionField, saved.Revision)
	x.form.Set(form.KeyField, saved.Key)
}

// TestAPageOpenedWhileSomebodyTypesMeetsNobody has one person open each form that is
// one part while the page of another saves itself over and over. Those saves leave one
// entry in the history: only the form knows what it was filled from.
func TestAPageOpenedWhileSomebodyTypesMeetsNobody(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		path, theirs, mine string
		of                 func(report.Content) submission.Part
	}{
		"assessment": {paths.ReportOverall(base), "strengths", "causes", func(c report.Content) submission.Part { return c.Overall }},
		"reference":  {paths.Reference(base), "signer", "number", func(c report.Content) submission.Part { return c.RefPart }},
		"proposal":   {paths.Proposal(base, 1), "body", "receiver", func(c report.Content) submission.Part { return c.Proposals[0].Part }},
		"exemplar":   {paths.Exemplar(base, 1), "name", "holder", func(c report.Content) submission.Part { return c.Exemplars[0].Part }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			for path, field := range map[string]string{paths.NewProposal(base): "body", paths.NewExemplar(base): "name"} {
				v := p.get("truc", path).form(path)
				v.Set(field, "Đầu tiên")
				p.post("truc", path, v).want(303)
			}
			typing := &run{p, "gam", x.path, p.get("gam", x.path).want(200).form(x.path)}
			typing.types(x.theirs, "Đối")
			typing.types(x.theirs, "Đối tho")
			v := p.get("truc", x.path).want(200).form(x.path)
			typing.types(x.theirs, "Đối thoại")

			v.Set(x.mine, "12")
			silent := url.Values{}
			for field, texts := range v {
				silent[field] = texts
			}
			revision, _, _ := strings.Cut(v.Get(form.RevisionField), ":")
			silent.Set(form.RevisionField, revision)
			p.post("truc", x.path, silent).want(409)
			p.post("truc", x.path, v).want(303)
			if got := x.of(p.content(stp)).Content; got[x.theirs] != "Đối thoại" || got[x.mine] != "12" {
				t.Errorf("stored %v", got)
			}

			// Who changes the very text that the other goes on typing is asked.
			typing.types(x.theirs, "Đối thoại v")
			v = p.get("truc", x.path).want(200).form(x.path)
			typing.types(x.theirs, "Đối thoại với dân")
			v.Set(x.theirs, "Tiếp dân")
			p.post("truc", x.path, v).want(409)

			// Who brings a text back to what it was is heard, however often it was saved.
			typing = &run{p, "truc", x.path, p.get("truc", x.path).want(200).form(x.path)}
			before := typing.form.Get(x.theirs)
			typing.types(x.theirs, "khác")
			typing.types(x.theirs, before)
			if got := x.of(p.content(stp)).Content[x.theirs]; got != before {
				t.Errorf("brought back to %q, stored %q", before, got)
			}
		})
	}
}
