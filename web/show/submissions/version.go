package submissions

import (
	"encoding/hex"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// VersionFacts are what was frozen with the content.
func VersionFacts(v submission.Version) []ui.Fact {
	h := v.Head
	late := ", đúng hạn"
	if h.Late() {
		late = ", quá hạn"
	}
	if h.No > 1 {
		late = ""
	}
	decided := ""
	if h.DecidedAt != nil {
		decided = h.DecidedName + ", " + viet.Moment(*h.DecidedAt)
	}
	return []ui.Fact{
		{Term: "Người gửi", Text: h.SentByName + authorityWord(v.Authority)},
		{Term: "Gửi lúc", Text: viet.Moment(h.SentAt) + late},
		{Term: "Quyết định", Text: decided},
		{Term: "Lý do", Text: h.Reason},
		{Term: "Mã kiểm tra", Text: hex.EncodeToString(v.SHA256[:6]) + "… (SHA-256)"},
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

// SignedWith are those of files that belong to sending no.
func SignedWith(no int, files []submission.SignedFile) []submission.SignedFile {
	var here []submission.SignedFile
	for _, f := range files {
		if f.VersionNo == no {
			here = append(here, f)
		}
	}
	return here
}

// Outcome is what became of the sending.
func Outcome(c submission.Case, h submission.Head) (ui.Kind, string) {
	switch h.Outcome {
	case submission.WasAccepted:
		if c.InForce != nil && c.InForce.No == h.No {
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
