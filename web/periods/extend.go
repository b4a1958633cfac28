package periods

import (
	"errors"
	"net/http"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// ExtendForm asks which unit gets more time, until when and why.
func (h Pages) ExtendForm(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	return h.showExtend(w, r, http.StatusOK, s, form.New(map[string]string{"unit": r.URL.Query().Get("don-vi")}))
}

// Extend gives one unit more time.
func (h Pages) Extend(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	slug, before, reason := f.Line("unit"), f.Date("due_before"), f.Text("reason")
	m, err := campaign.RosterUnit(r.Context(), h.DB, s.Campaign.ID, slug)
	if err != nil && !errors.Is(err, fault.NotFound) { // none chosen: said with all else
		return err
	}
	return h.change(w, r, s, f, change{
		do: func(db database.DB) error {
			return campaign.Extend(r.Context(), db, s.act, s.Now, s.Period.ID, m.ID, before, reason)
		},
		done:  "Đã gia hạn cho " + unit.Called(m.Name) + ": trước ngày " + before.String(),
		back:  s.deadlines(),
		again: func(status int) error { return h.showExtend(w, r, status, s, f) },
	})
}

func (h Pages) showExtend(w http.ResponseWriter, r *http.Request, status int, s scene, f *form.Form) error {
	units, err := campaign.RosterOn(r.Context(), h.DB, s.Campaign.ID, s.today())
	if err != nil {
		return err
	}
	deadlines, err := campaign.Deadlines(r.Context(), h.DB, s.Period.ID, s.Now)
	if err != nil {
		return err
	}
	options := []ui.Option{{Label: "Chọn đơn vị…"}}
	for _, m := range units {
		label := unit.Called(m.Name)
		if d := deadlines[m.ID]; d.Extension != nil {
			label += " (đã gia hạn: trước ngày " + day(d.DueBefore()) + ")"
		} else {
			label += " (trước ngày " + day(d.Common) + ")"
		}
		options = append(options, ui.Option{Value: m.Slug, Label: label})
	}
	return respond.Page(w, r, status, s.page("Gia hạn cho đơn vị"), extendForm(s, options, f))
}

// extending says what an extension does.
func (s scene) extending() string {
	said := "Hạn mới thay hạn đang có của đơn vị kể từ bây giờ. Lần gửi trước đó đã xét theo hạn lúc gửi thì giữ nguyên. Người của đơn vị được báo ngay."
	for _, m := range s.Period.Due {
		if campaign.Late(m, s.Now) {
			return said + " Hạn chung đã qua: việc đúng hạn hay chậm xét theo hạn mới và luôn hiện kèm lý do ghi dưới đây."
		}
	}
	return said
}

// inClosed warns that more time opens nothing.
func (s scene) inClosed() string {
	if !s.Period.IsClosed(s.Now) {
		return ""
	}
	return "Kỳ đã đóng lúc " + viet.Moment(*s.Period.ClosedAt) + ": gia hạn không mở lại kỳ. Mở lại kỳ thì đơn vị mới soạn, gửi được."
}
