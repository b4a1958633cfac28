package reports

import (
	"encoding/hex"
	"net/http"
	"strconv"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// frozen is one sending as its page shows it.
type frozen struct {
	report.VersionPage
	view reportshow.View
}

// Version is one frozen sending, read-only.
func (p Pages) Version(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, err := number(r, "no", 1, 1_000_000)
	if err != nil {
		return err
	}
	page, err := p.Reports.Version(r.Context(), current.Actor(r), current.Now(r), ref, no)
	if err != nil {
		return err
	}
	v := frozen{VersionPage: page, view: reportshow.View{Case: page.Case, Base: baseOf(page.Case), Remarks: page.Remarks}}
	sending := "Lần gửi " + strconv.Itoa(no)
	head := ui.Head{Title: sending + ", " + viet.LowerFirst(titleOf(page.Case)), Crumbs: crumbs(page.Case, ui.Link{Label: sending}),
		Meta: v.meta(), Actions: ui.PrintButton("In")}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: page.Case.UnitName + ", báo cáo, " + viet.LowerFirst(sending)}, v.body())
}

// outcome is what became of the sending.
func (v frozen) outcome() (ui.Kind, string) {
	h := v.Version.Head
	switch h.Outcome {
	case submission.WasAccepted:
		if v.Case.InForce != nil && v.Case.InForce.No == h.No {
			return ui.Accepted, "Đang có hiệu lực"
		}
		if h.Withdrawn {
			return ui.Cancelled, "Đã rút hiệu lực"
		}
		return ui.Accepted, "Đã tiếp nhận, nay đã được thay"
	case submission.WasReturned:
		return ui.Returned, "Đã trả lại"
	case submission.WasRecalled:
		return ui.Cancelled, "Đơn vị đã thu hồi"
	}
	return ui.Submitted, "Chờ tiếp nhận"
}

// facts are what was frozen with the content.
func (v frozen) facts() []ui.Fact {
	h := v.Version.Head
	late := "đúng hạn"
	if h.Late() {
		late = "quá hạn"
	}
	if h.No > 1 {
		late = ""
	}
	decided := ""
	if h.DecidedAt != nil {
		decided = h.DecidedName + ", " + viet.Moment(*h.DecidedAt)
	}
	return []ui.Fact{
		{Term: "Người gửi", Text: h.SentByName + authorityWord(v.Version.Authority)},
		{Term: "Gửi lúc", Text: join(", ", viet.Moment(h.SentAt), late)},
		{Term: "Quyết định", Text: decided},
		{Term: "Lý do", Text: h.Reason},
		{Term: "Mã kiểm tra", Text: hex.EncodeToString(v.Version.SHA256[:6]) + "… (SHA-256)"},
	}
}

func authorityWord(role string) string {
	switch role {
	case "unit_leader":
		return ", lãnh đạo đơn vị"
	case "staff":
		return ", chuyên viên được gửi trực tiếp"
	}
	return ""
}

// signedHere are the signed papers of this sending.
func (v frozen) signedHere() []submission.SignedFile {
	var here []submission.SignedFile
	for _, f := range v.Signed {
		if f.VersionNo == v.Version.No {
			here = append(here, f)
		}
	}
	return here
}

// referenceFacts list what is known of the document.
func referenceFacts(r submission.Reference) []ui.Fact {
	number := ""
	if r.Number > 0 && r.Symbol != "" {
		number = r.String()
		if !r.IssuedOn.IsZero() {
			number += " ngày " + r.IssuedOn.String()
		}
	}
	return []ui.Fact{
		{Term: "Báo cáo", Text: number},
		{Term: "Trích yếu", Text: r.Subject},
		{Term: "Người ký", Text: r.Signer},
		{Term: "Quyền hạn", Text: r.Capacity},
	}
}
