package web_test

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
)

// states are the states of a plan that the policy table tells apart, each
// reached from the one named before it.
var states = []string{"notbegun", "draft", "awaiting", "submitted", "read", "remarked", "returned", "accepted", "asked", "amending"}

var ref = plan.Ref(year, ownUnit)

// bring brings the plan of Sở Tư pháp into a state, through the services.
func (w *world) bring(t testing.TB, state string) {
	t.Helper()
	s := script{t: t, w: w, plans: plan.NewService(w.db), reviews: review.NewService(w.db), now: moment.Add(-24 * time.Hour)}
	switch state {
	case "notbegun":
	case "draft":
		s.write()
	case "awaiting":
		s.write()
		s.send()
	case "submitted":
		s.write()
		s.send()
		s.signOff("15")
	case "read":
		s.write()
		s.send()
		s.signOff("15")
		s.read()
	case "remarked":
		s.write()
		s.send()
		s.signOff("15")
		s.read()
		must(t, s.reviews.Remark(t.Context(), s.who("reviewer"), s.tick(), s.once(), ref, 1, "", "", "Đề nghị bổ sung căn cứ ban hành."))
	case "returned":
		s.write()
		s.send()
		s.signOff("15")
		s.read()
		s.giveBack()
	case "accepted":
		s.toAccepted()
	case "asked":
		s.toAccepted()
		must(t, s.plans.RequestReopen(t.Context(), s.who("own-leader"), s.tick(), s.once(), ref, "Cần sửa thời gian của hoạt động 1.1"))
	case "amending":
		s.toAccepted()
		must(t, s.plans.Amend(t.Context(), s.who("own-staff"), s.tick(), s.once(), ref))
	default:
		t.Fatalf("no script for state %s", state)
	}
}

// script plays the life of a plan.
type script struct {
	t       testing.TB
	w       *world
	plans   *plan.Service
	reviews *review.Service
	now     time.Time
	posts   int
}

func (s *script) who(name string) actor.Actor { return s.w.actors[name] }

func (s *script) tick() time.Time {
	s.now = s.now.Add(time.Minute)
	return s.now
}

func (s *script) once() post.Once {
	s.posts++
	sum := sha256.Sum256([]byte{byte(s.posts)})
	return post.Once{Key: fmt.Sprintf("script-post-%06d-%p", s.posts, s), Body: sum[:]}
}

// write fills in a whole plan: one activity a task, two under task 1, task 6 out
// of scope, and a partner who may then see activity 1.1.
func (s *script) write() {
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

func (s *script) send() {
	s.t.Helper()
	must(s.t, s.plans.Send(s.t.Context(), s.who("own-staff"), s.tick(), s.once(), ref))
}

func (s *script) signOff(number string) {
	s.t.Helper()
	c, err := submission.Load(s.t.Context(), s.w.db, s.now, ref)
	must(s.t, err)
	part, err := submission.PartByKey(s.t.Context(), s.w.db, c.ID, plan.ReferenceKey)
	must(s.t, err)
	must(s.t, s.plans.SignOff(s.t.Context(), s.who("own-leader"), s.tick(), s.once(), ref,
		plan.Signature{Read: c.Revision, RefRead: part.Revision, Reference: reference(number)}))
}

// reference is a complete document reference.
func reference(number string) submission.Content {
	return submission.Content{"number": number, "symbol": "KH-STP", "issued_on": "2022-03-14", "subject": "Kế hoạch năm 2022",
		"signer": "Trần Quốc Khải", "capacity": "GIÁM ĐỐC"}
}

func (s *script) read() {
	s.t.Helper()
	_, _, err := s.reviews.Open(s.t.Context(), s.who("reviewer"), s.tick(), ref)
	must(s.t, err)
}

func (s *script) giveBack() {
	s.t.Helper()
	reviewer := s.who("reviewer")
	must(s.t, s.reviews.Remark(s.t.Context(), reviewer, s.tick(), s.once(), ref, 1, "", "", "Đề nghị bổ sung căn cứ ban hành."))
	must(s.t, s.reviews.Remark(s.t.Context(), reviewer, s.tick(), s.once(), ref, 1, s.w.key(s.t, "1.1"), "product", "Sản phẩm chưa đếm được."))
	must(s.t, s.reviews.Return(s.t.Context(), reviewer, s.tick(), s.once(), ref, 1, "Cần lượng hóa sản phẩm."))
}

func (s *script) toAccepted() {
	s.t.Helper()
	s.write()
	s.send()
	s.signOff("15")
	s.read()
	must(s.t, s.reviews.Accept(s.t.Context(), s.who("reviewer"), s.tick(), s.once(), ref, 1))
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
