package consolidations

import (
	"errors"
	"net/http"
	"strings"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// RedraftForm asks before the first draft takes the place of a section's text.
func (p Pages) RedraftForm(w http.ResponseWriter, r *http.Request) error {
	all, err := p.write(r, consolidation.Edit)
	if err != nil {
		return err
	}
	s, err := all.section(r)
	if err != nil {
		return err
	}
	f := form.New(nil).At(int64(all.Parts[s.Key].Revision))
	return all.askRedraft(w, r, http.StatusOK, s, f)
}

func (all working) askRedraft(w http.ResponseWriter, r *http.Request, status int, s section, f *form.Form) error {
	page := ui.Page{Head: head(all.Case, "Dựng lại bản nháp", "", ui.Link{Label: crumbOf(s), Path: paths.ConsolidationPart(all.base(), s.Slug)}, ui.Link{Label: "Dựng lại bản nháp"})}
	return respond.Page(w, r, status, page, redraft(all.base(), s, strings.TrimSpace(draftPreview(all.Ground, s)), f))
}

// Redraft puts the first draft in place of a section's text, which goes to the history.
func (p Pages) Redraft(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	all, err := p.write(r, consolidation.Edit)
	if err != nil {
		return err
	}
	s, err := all.section(r)
	if err != nil {
		return err
	}
	err = p.Consolidations.Rebuild(r.Context(), current.Actor(r), current.Now(r), f.Once(), all.ref, s.Key, int(f.Revision()))
	if errors.Is(err, fault.Conflict) {
		f.Fail("", viet.UpperFirst(s.name())+" vừa được sửa khi bạn đang mở trang này. Xem lại nội dung mới rồi bấm lần nữa nếu vẫn muốn dựng lại")
		return all.askRedraft(w, r, http.StatusConflict, s, f.At(int64(all.Parts[s.Key].Revision)).Renew())
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã dựng lại bản nháp của "+s.name()+"; nội dung cũ còn trong lịch sử.")
	return respond.To(w, r, paths.ConsolidationPart(all.base(), s.Slug))
}

// draftPreview is the draft as it would be stored.
func draftPreview(g consolidation.Ground, s section) string {
	draft := consolidation.DraftOf(g, s.Key)
	var texts []string
	for _, b := range s.Boxes {
		texts = append(texts, draft[b.Name])
	}
	return ui.Joined("\n", texts...)
}
