package reports

import (
	"net/url"
	"testing"

	"danvan/web/paths"
)

const suggestedSubject = "Kết quả thực hiện công tác dân vận chính quyền năm 2022"

func TestWhatIsSuggestedForThePaperIsStoredByWhoeverConfirmsIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.Reference(base)
	v := p.get("truc", path).want(200).form(path)
	if v.Get("subject") != suggestedSubject || v.Get("symbol") != "BC-STP" || v.Get("number") != "" {
		t.Errorf("the form suggests %q, %q, %q", v.Get("subject"), v.Get("symbol"), v.Get("number"))
	}
	if got := p.content(stp).RefPart; got.Revision != 0 {
		t.Errorf("looking at the form stored %v", got.Content)
	}
	p.post("truc", path, v).want(303)
	if got := p.content(stp).Reference; got.Subject != suggestedSubject || got.Symbol != "BC-STP" {
		t.Errorf("stored %+v", got)
	}
}

func TestWhatSomebodyWroteAboutThePaperIsNeverSuggestedAway(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.Reference(base)
	open := func(who string) url.Values { return p.get(who, path).want(200).form(path) }
	late := open("khai")
	v := open("truc")
	v.Set("subject", "Tổng kết công tác dân vận năm 2022")
	p.post("truc", path, v).want(303)
	late.Set("number", "210")
	p.post("khai", path, late).want(303)
	if got := p.content(stp).Reference; got.Subject != "Tổng kết công tác dân vận năm 2022" || got.Number != 210 {
		t.Errorf("who left the suggestion alone has now %+v", got)
	}
	v = open("truc")
	if v.Get("subject") != "Tổng kết công tác dân vận năm 2022" {
		t.Errorf("the form shows %q", v.Get("subject"))
	}
	v.Set("subject", "")
	p.post("truc", path, v).want(303)
	if got := open("truc").Get("subject"); got != suggestedSubject {
		t.Errorf("a subject taken out is not suggested again: %q", got)
	}
}
