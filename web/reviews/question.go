package reviews

import (
	"errors"
	"net/http"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
)

// questionsID is where questions stand on the page.
const questionsID = "giai-trinh"

// daysToExplain is how long a unit is offered for its answer.
const daysToExplain = 3

// AskAbout (yêu cầu giải trình) asks the unit about what it sent, without
// returning it.
func (h Pages) AskAbout(w http.ResponseWriter, r *http.Request) error {
	f, ref, err := h.posted(r)
	if err != nil {
		return err
	}
	number, _ := f.Whole("version")
	// A day that cannot be read is none, which is refused with whatever else is wrong.
	err = h.service().AskToExplain(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, int(number), f.Text("question"), f.Date("due"))
	status := http.StatusUnprocessableEntity
	switch {
	case errors.Is(err, fault.Conflict):
		f.Fail("", "Đơn vị đã gửi lần mới khi bạn đang mở trang. Đọc lại rồi hỏi.")
		f.Renew()
		status = http.StatusConflict
	case f.Reject(err):
	case err != nil:
		return err
	default:
		current.Say(r, "Đã gửi yêu cầu giải trình. Hồ sơ vẫn chờ tiếp nhận")
		return respond.To(w, r, h.back(r, ref)+"#"+questionsID)
	}
	v, err := h.read(r)
	if err != nil {
		return err
	}
	v.Ask = f
	return h.page(w, r, status, v)
}

// SettleQuestion (kết luận giải trình) ends a question.
func (h Pages) SettleQuestion(w http.ResponseWriter, r *http.Request) error {
	f, ref, id, err := h.postedOn(r)
	if err != nil {
		return err
	}
	if err := h.service().SettleQuestion(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, id); err != nil {
		return err
	}
	current.Say(r, "Đã kết luận yêu cầu giải trình")
	return respond.To(w, r, h.back(r, ref)+"#"+questionsID)
}

// askForm is the form of a question, with a day to answer by.
func (v reading) askForm() *form.Form {
	if !v.Ask.OK() {
		return v.Ask
	}
	return form.New(map[string]string{"due": viet.DateOf(v.Now).AddDays(daysToExplain).String()})
}

// open are the questions still open.
func (v reading) open() []submission.Question {
	var all []submission.Question
	for _, q := range v.Questions {
		if q.Open() {
			all = append(all, q)
		}
	}
	return all
}

// questionNews says how many questions wait for whom.
func (v reading) questionNews() []string {
	answered := 0
	for _, q := range v.open() {
		if q.Answer != "" {
			answered++
		}
	}
	var said []string
	if answered > 0 {
		said = append(said, strconv.Itoa(answered)+" yêu cầu giải trình đã có trả lời, chờ kết luận")
	}
	if waits := len(v.open()) - answered; waits > 0 {
		said = append(said, strconv.Itoa(waits)+" yêu cầu giải trình chờ đơn vị trả lời")
	}
	return said
}
