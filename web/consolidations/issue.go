package consolidations

import (
	"errors"
	"net/http"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/workingcopy"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// issuing is what the page of an issue tells beside its form.
type issuing struct {
	Case    consolidation.Case
	ground  consolidation.Ground
	base    string
	changed changes
}

// IssueForm asks for number, date and signer, and what to do where something below
// has changed.
func (p Pages) IssueForm(w http.ResponseWriter, r *http.Request) error {
	return p.showIssue(w, r, http.StatusOK, nil)
}

func (p Pages) showIssue(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	page, err := p.Consolidations.Standing(r.Context(), act, now, ref)
	if err == nil {
		err = consolidation.Decide(act, consolidation.Issuing, page.Case, now).Err()
	}
	if err != nil {
		return err
	}
	if f == nil {
		_, doc, err := p.Consolidations.Reference(r.Context(), act, now, ref)
		if err != nil {
			return err
		}
		f = referenceShown(withDefaults(doc.Content, page)).At(int64(doc.Revision))
	}
	f.Put(hashField, page.Case.Frozen.SHA256)
	v := issuing{Case: page.Case, ground: page.Ground, base: baseOf(ref), changed: changesOf(page.Ground, page.Changes)}
	return respond.Page(w, r, status, ui.Page{Head: head(page.Case, "Phát hành báo cáo tổng hợp", "", ui.Link{Label: "Phát hành"})}, v.page(f))
}

// withDefaults fills in what follows from who issues and who signed it off.
func withDefaults(content workingcopy.Content, page consolidation.Page) workingcopy.Content {
	filled := workingcopy.Content{}.With(content)
	for name, value := range map[string]string{"symbol": consolidation.DefaultSymbol(page.Ground.Unit), "subject": page.Ground.About(), consolidation.BodyField: string(consolidation.Own),
		"signer": page.Case.Frozen.SignedOffName} {
		if filled[name] == "" {
			filled[name] = value
		}
	}
	return filled
}

// Issue (phát hành) stamps number, date and signer on what the leader signed off.
func (p Pages) Issue(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	x := consolidation.Issuance{Reference: referenceValues(f), Read: int(f.Revision()), Frozen: f.Line(hashField), AsFrozen: f.Flag(consolidation.AsFrozenField), Unread: f.Errors}
	err = p.Consolidations.Issue(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, x)
	switch {
	case f.Reject(err):
		return p.showIssue(w, r, http.StatusUnprocessableEntity, f)
	case errors.Is(err, fault.Conflict):
		f.Fail("", "Báo cáo tổng hợp hoặc thông tin văn bản vừa được người khác thay đổi khi bạn đang mở trang này. Xem lại rồi bấm phát hành lần nữa; những gì bạn ghi vẫn còn ở đây")
		_, doc, err := p.Consolidations.Reference(r.Context(), current.Actor(r), current.Now(r), ref)
		if err != nil {
			return err
		}
		return p.showIssue(w, r, http.StatusConflict, f.At(int64(doc.Revision)).Renew())
	case err != nil:
		return err
	}
	current.Say(r, "Đã phát hành báo cáo tổng hợp")
	return respond.To(w, r, baseOf(ref))
}
