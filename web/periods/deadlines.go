package periods

import (
	"net/http"
	"slices"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/respond"
)

// kindsThatFile are those whose common deadline can be set.
var kindsThatFile = []unit.Kind{unit.Department, unit.District, unit.Commune}

// moves are the common deadlines as they stand.
func (s scene) moves() []campaign.Move {
	var moves []campaign.Move
	for _, kind := range unit.Kinds {
		if on := s.Period.DueOn(kind); slices.Contains(kindsThatFile, kind) {
			moves = append(moves, campaign.Move{Kind: kind, Was: on, To: on})
		}
	}
	return moves
}

// readField carries the day that the form was filled from.
func readField(m campaign.Move) string { return "read-" + string(m.Kind) }

func (s scene) moveHint(m campaign.Move) string {
	if m.Was.IsZero() {
		return "Ngày/tháng/năm."
	}
	return "Đang là " + s.Calendar.DeadlineWords(m.Was).Before + " (" + s.Calendar.DeadlineWords(m.Was).String() + ")."
}

// DeadlinesForm shows the common deadlines to be moved.
func (h Pages) DeadlinesForm(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	f := form.New(nil)
	for _, m := range s.moves() {
		f.Put(m.Field(), m.Was.String()).Put(readField(m), m.Was.String())
	}
	return respond.Page(w, r, http.StatusOK, s.page("Sửa hạn gửi"), deadlinesForm(s, f))
}

// SetDeadlines moves the common deadlines that were changed.
func (h Pages) SetDeadlines(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	var moves []campaign.Move
	for _, m := range s.moves() {
		m.Was, m.To = f.Date(readField(m)), f.Date(m.Field())
		moves = append(moves, m)
	}
	return h.change(w, r, s, f, change{
		do: func(db database.DB) error {
			return campaign.SetDeadlines(r.Context(), db, s.act, s.Now, s.Period.ID, moves)
		},
		done: "Đã lưu hạn gửi",
		back: s.deadlines(),
		again: func(status int) error {
			if s, err = h.manage(r); err != nil { // it may have moved meanwhile
				return err
			}
			for _, m := range s.moves() {
				f.Put(readField(m), m.Was.String())
			}
			f.Renew()
			return respond.Page(w, r, status, s.page("Sửa hạn gửi"), deadlinesForm(s, f))
		},
	})
}

// CloseForm asks from when the period is closed, and why.
func (h Pages) CloseForm(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	if s.Period.IsClosed(s.Now) {
		return fault.Refusal{Reason: "Kỳ này đã đóng. " + s.Period.ClosedWhy, Since: *s.Period.ClosedAt, Remedy: "Mở lại kỳ nếu cần đặt thời điểm khác."}
	}
	f := form.New(nil)
	if p := s.Period; p.ClosedAt != nil {
		f.Put("on", day(*p.ClosedAt)).Put("reason", p.ClosedWhy)
	}
	return respond.Page(w, r, http.StatusOK, s.page("Đóng kỳ"), closeForm(s, f))
}

// Close ends filing, now or on a day.
func (h Pages) Close(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	on, reason := f.Date("on"), f.Text("reason")
	done := "Đã đóng kỳ nộp " + s.what()
	if !on.IsZero() {
		done = "Kỳ nộp " + s.what() + " sẽ đóng từ 00:00 ngày " + on.String()
	}
	return h.change(w, r, s, f, change{
		do: func(db database.DB) error {
			return campaign.Close(r.Context(), db, s.act, s.Now, s.Period.ID, on, reason)
		},
		done: done,
		back: s.deadlines(),
		again: func(status int) error {
			return respond.Page(w, r, status, s.page("Đóng kỳ"), closeForm(s, f))
		},
	})
}

// ReopenForm asks why the closing is undone.
func (h Pages) ReopenForm(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	if s.Period.ClosedAt == nil {
		return fault.Refusal{Reason: "Kỳ này đang mở, chưa đặt ngày đóng."}
	}
	return respond.Page(w, r, http.StatusOK, s.page(s.reopenButton()), reopenForm(s, form.New(nil)))
}

// Reopen undoes the closing, also one that lies ahead.
func (h Pages) Reopen(w http.ResponseWriter, r *http.Request) error {
	s, err := h.manage(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	reason := f.Text("reason")
	return h.change(w, r, s, f, change{
		do: func(db database.DB) error {
			return campaign.Reopen(r.Context(), db, s.act, s.Now, s.Period.ID, reason)
		},
		done: "Kỳ nộp " + s.what() + " lại mở",
		back: s.deadlines(),
		again: func(status int) error {
			return respond.Page(w, r, status, s.page(s.reopenButton()), reopenForm(s, f))
		},
	})
}

func (s scene) reopening() string {
	if p := s.Period; p.ClosedAt != nil && !p.IsClosed(s.Now) {
		return "Bỏ ngày đóng kỳ đã đặt (" + viet.Moment(*p.ClosedAt) + ")?"
	}
	return "Mở lại kỳ nộp " + s.what() + "?"
}

func (s scene) reopenButton() string {
	if s.Period.ClosedAt != nil && !s.Period.IsClosed(s.Now) {
		return "Bỏ ngày đóng kỳ"
	}
	return "Mở lại kỳ"
}
