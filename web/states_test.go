package web_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// states are the states of a plan and of a report that the policy table tells
// apart, each reached from the one named before it.
var states = []string{"notbegun", "draft", "awaiting", "submitted", "read", "remarked", "returned", "accepted", "asked", "amending"}

var (
	ref       = plan.Ref(year, ownUnit)
	reportRef = report.Ref(year, "nam", ownUnit)
)

// yearEnd is when the tests about the report of the year take place: it is open
// and not yet late.
var yearEnd = time.Date(2022, time.November, 28, 9, 30, 0, 0, viet.Location)

// bring brings the plan of Sở Tư pháp into a state, through the services.
func (w *world) bring(t testing.TB, state string) {
	t.Helper()
	plans := plan.NewService(w.db)
	s := script{t: t, w: w, plans: plans, desk: plans.Desk, reviews: review.NewService(w.db), ref: ref, now: moment.Add(-24 * time.Hour)}
	s.write = s.writePlan
	s.play(state)
}

// bringReport brings the report of the year of Sở Tư pháp into a state.
func (w *world) bringReport(t testing.TB, state string) {
	t.Helper()
	w.reportScript(t).play(state)
}

// reportScript opens the periods of the year's end.
func (w *world) reportScript(t testing.TB) *script {
	t.Helper()
	must(t, indicator.Load(t.Context(), w.db, actor.System, moment))
	must(t, submission.Ensure(t.Context(), w.db, yearEnd))
	reports := report.NewService(w.db, w.files)
	s := &script{t: t, w: w, reports: reports, desk: reports.Desk, reviews: review.NewService(w.db), ref: reportRef, now: yearEnd.Add(-24 * time.Hour)}
	s.write = s.writeReport
	return s
}

// script plays the life of a submission.
type script struct {
	t       testing.TB
	w       *world
	plans   *plan.Service
	reports *report.Service
	desk    *submission.Desk
	reviews *review.Service
	ref     submission.Ref
	write   func()
	now     time.Time
}

// play plays it up to a state.
func (s *script) play(state string) {
	s.t.Helper()
	switch state {
	case "notbegun":
	case "draft":
		s.write()
	case "awaiting":
		s.write()
		s.send()
	case "submitted":
		s.toSubmitted()
	case "read":
		s.toSubmitted()
		s.read()
	case "remarked":
		s.toSubmitted()
		s.read()
		must(s.t, s.reviews.Remark(s.t.Context(), s.who("reviewer"), s.tick(), s.once(), s.ref, 1, "", "", "Đề nghị bổ sung căn cứ ban hành."))
		must(s.t, s.reviews.AskToExplain(s.t.Context(), s.who("reviewer"), s.tick(), s.once(), s.ref, 1, "Vì sao kết quả chưa đếm được?", viet.DateOf(s.now).AddDays(5)))
	case "returned":
		s.toSubmitted()
		s.read()
		s.giveBack()
	case "accepted":
		s.toAccepted()
	case "asked":
		s.toAccepted()
		must(s.t, s.desk.RequestReopen(s.t.Context(), s.who("own-leader"), s.tick(), s.once(), s.ref, "Cần sửa thời gian của hoạt động 1.1"))
	case "amending":
		s.toAccepted()
		must(s.t, s.desk.Amend(s.t.Context(), s.who("own-staff"), s.tick(), s.once(), s.ref))
	default:
		s.t.Fatalf("no script for state %s", state)
	}
}

func (s *script) who(name string) actor.Actor { return s.w.actors[name] }

func (s *script) tick() time.Time {
	s.now = s.now.Add(time.Minute)
	return s.now
}

// scriptPosts counts the posts of all scripts: a world may see several, and each
// post is a form of its own.
var scriptPosts atomic.Int64

func (s *script) once() post.Once {
	key := fmt.Sprintf("script-post-%09d", scriptPosts.Add(1))
	sum := sha256.Sum256([]byte(key))
	return post.Once{Key: key, Body: sum[:]}
}

// writePlan fills in a whole plan: one activity a task, two under task 1, task 6 out
// of scope, and a partner who may then see activity 1.1.
func (s *script) writePlan() {
	s.t.Helper()
	staff := s.who("own-staff")
	for _, task := range []int{1, 1, 2, 3, 4, 5, 7, 0} {
		values := submission.Content{
			"title":   fmt.Sprintf("Hoạt động của nhiệm vụ %d", task),
			"product": "01 báo cáo", "time": "2022/quarter/4",
		}
		switch task {
		case 1:
			values["partners"] = "mttq"
		case 2:
			values["time"], values["uom"], values["baseline"], values["target"] = "2022-03-01/2022-11-15", "phiếu", "0", "300"
		case 7:
			values["mark_inspection"], values["mark_review"] = "1", "1"
		case 0:
			values["mark_exemplar"] = "1"
		}
		owner, deputy := plan.Charge{Now: staff.Person}, plan.Charge{}
		r, err := s.plans.AddActivity(s.t.Context(), staff, s.tick(), s.once(), ref, task, plan.Edit{Values: values, Owner: &owner, Deputy: &deputy})
		must(s.t, err)
		if len(r.Faults) > 0 {
			s.t.Fatal(r.Faults)
		}
	}
	// The reviewer who is also staff of the unit has a hand in it: an author.
	_, err := s.plans.SaveScope(s.t.Context(), s.who("reviewer-author"), s.tick(), s.once(), ref, 6, plan.Edit{Values: submission.Content{
		"scope": plan.ScopeNone, "reason": "Sở không được giao chủ trì nội dung này."}})
	must(s.t, err)
}

// oddFigures want an explanation: more opinions were answered than received.
var oddFigures = map[string]string{"T4.10": "3", "T4.11": "5"}

// writeReport fills in a whole report: nothing arose, but for what the reviewer
// who is also staff of the unit wrote.
func (s *script) writeReport() {
	s.t.Helper()
	staff := s.who("own-staff")
	c, err := submission.Load(s.t.Context(), s.w.db, s.now, s.ref)
	must(s.t, err)
	content, err := s.reports.Working(s.t.Context(), s.now, c)
	must(s.t, err)
	for _, section := range content.Tasks {
		e := report.TaskEdit{Figures: map[string]report.FigureEdit{}, Narrative: report.Edit{Values: submission.Content{
			"status": string(report.Done), "result": fmt.Sprintf("Đã thực hiện nhiệm vụ %d.", section.Task)}}}
		for _, r := range section.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			values := submission.Content{"own": "", "mark": string(indicator.Nil), "estimated": ""}
			if own, ok := oddFigures[r.Code]; ok {
				values["own"], values["mark"] = own, ""
			}
			e.Figures[r.Code] = report.FigureEdit{Values: values}
		}
		r, err := s.reports.SaveTask(s.t.Context(), staff, s.tick(), s.once(), s.ref, section.Task, e)
		must(s.t, err)
		must(s.t, r.Faults.OrNil())
	}
	_, err = s.reports.SaveOverall(s.t.Context(), staff, s.tick(), s.once(), s.ref, report.Edit{Values: submission.Content{"strengths": "Kịp thời, đúng quy định."}})
	must(s.t, err)
	_, err = s.reports.SaveNext(s.t.Context(), s.who("reviewer-author"), s.tick(), s.once(), s.ref, report.Edit{Values: submission.Content{"steps": "Tiếp tục đối thoại với Nhân dân."}})
	must(s.t, err)
	_, err = s.reports.AddProposal(s.t.Context(), staff, s.tick(), s.once(), s.ref, report.Edit{Values: submission.Content{"body": "Bố trí kinh phí hòa giải ở cơ sở."}})
	must(s.t, err)
	_, err = s.reports.AddExemplar(s.t.Context(), staff, s.tick(), s.once(), s.ref, report.Edit{Values: submission.Content{"name": "Ngày thứ Sáu nghe dân nói", "field": report.System}})
	must(s.t, err)
	file, err := s.w.files.Put(s.t.Context(), "Biên bản đối thoại.pdf", strings.NewReader("%PDF-1.7\nBiên bản đối thoại với Nhân dân xã Vị Tân\n"))
	must(s.t, err)
	must(s.t, s.reports.Attach(s.t.Context(), staff, s.tick(), s.once(), s.ref, report.TaskKey(4), file))
}

func (s *script) send() {
	s.t.Helper()
	must(s.t, s.desk.Send(s.t.Context(), s.who("own-staff"), s.tick(), s.once(), s.ref))
}

func (s *script) signOff(number string) {
	s.t.Helper()
	c, err := submission.Load(s.t.Context(), s.w.db, s.now, s.ref)
	must(s.t, err)
	part, err := submission.PartByKey(s.t.Context(), s.w.db, c.ID, plan.ReferenceKey)
	must(s.t, err)
	must(s.t, s.desk.SignOff(s.t.Context(), s.who("own-leader"), s.tick(), s.once(), s.ref,
		submission.Signature{Read: c.Revision, RefRead: part.Revision, Reference: reference(s.desk, number)}))
}

// reference is a complete document reference.
func reference(d *submission.Desk, number string) submission.Content {
	return submission.Content{"number": number, "symbol": d.Letters() + "-STP", "issued_on": "2022-03-14", "subject": "Công tác dân vận chính quyền năm 2022",
		"signer": "Trần Quốc Khải", "capacity": "GIÁM ĐỐC"}
}

func (s *script) read() {
	s.t.Helper()
	_, _, err := s.reviews.Open(s.t.Context(), s.who("reviewer"), s.tick(), s.ref)
	must(s.t, err)
}

func (s *script) giveBack() {
	s.t.Helper()
	reviewer := s.who("reviewer")
	part, field := report.TaskKey(1), "result"
	if s.plans != nil {
		part, field = s.w.key(s.t, "1.1"), "product"
	}
	must(s.t, s.reviews.Remark(s.t.Context(), reviewer, s.tick(), s.once(), s.ref, 1, "", "", "Đề nghị bổ sung căn cứ ban hành."))
	must(s.t, s.reviews.Remark(s.t.Context(), reviewer, s.tick(), s.once(), s.ref, 1, part, field, "Kết quả chưa đếm được."))
	must(s.t, s.reviews.Return(s.t.Context(), reviewer, s.tick(), s.once(), s.ref, 1, "Cần lượng hóa kết quả."))
}

func (s *script) toSubmitted() {
	s.t.Helper()
	s.write()
	s.send()
	s.signOff("15")
}

func (s *script) toAccepted() {
	s.t.Helper()
	s.toSubmitted()
	s.read()
	must(s.t, s.reviews.Accept(s.t.Context(), s.who("reviewer"), s.tick(), s.once(), s.ref, 1))
}

// key is the part of an activity of Sở Tư pháp.
func (w *world) key(t testing.TB, code string) string {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, `
		select a.id
		from activity a
		join submission s on s.id = a.submission_id
		join unit u on u.id = s.unit_id
		where u.slug = @unit and a.code = @code`,
		database.Args{"unit": ownUnit, "code": code})
	must(t, err)
	return plan.ActivityKey(plan.ActivityID(id))
}

func servicesOf(w *world) *plan.Service { return plan.NewService(w.db) }
