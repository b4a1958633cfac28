package consolidations

import (
	"errors"
	"net/http"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// hashField carries the hash of what was read, so that nobody signs anything else.
const hashField = "ma"

// SignOffForm shows the whole frozen report with the button that signs it off.
func (p Pages) SignOffForm(w http.ResponseWriter, r *http.Request) error {
	return p.showSignOff(w, r, http.StatusOK, nil)
}

func (p Pages) showSignOff(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := p.Consolidations.Case(r.Context(), act, now, ref)
	if err == nil {
		err = consolidation.Decide(act, consolidation.SignOff, c, now).Err()
	}
	if err != nil {
		return err
	}
	x, err := p.Consolidations.Preview(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	if f == nil {
		f = form.New(nil)
	}
	f.Put(hashField, x.Printed.Frozen)
	base := baseOf(ref)
	page := ui.Page{Head: head(x.Case, "Duyệt báo cáo tổng hợp", c.StateByName+" trình.", ui.Link{Label: "Duyệt"})}
	return respond.Page(w, r, status, page, signing(x.Case, base, paperOf(x.Ground, x.Printed, base, false, false), f))
}

// SignOff (duyệt) is the leader's yes to what the page showed.
func (p Pages) SignOff(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	err = p.Consolidations.SignOff(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, f.Line(hashField))
	if errors.Is(err, fault.Conflict) {
		f.Fail("", "Báo cáo tổng hợp đã được rút lại và trình bản khác khi bạn đang mở trang này. Đọc bản mới dưới đây rồi duyệt")
		return p.showSignOff(w, r, http.StatusConflict, f.Renew())
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã duyệt báo cáo tổng hợp")
	return respond.To(w, r, baseOf(ref))
}
