package submission_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// The units of a case: a commune that reports to its district.
const (
	own      actor.UnitID = 1
	receiver actor.UnitID = 2
	lead     actor.UnitID = 3
	other    actor.UnitID = 4
)

const (
	me         actor.PersonID = 7 // whoever acts
	aColleague actor.PersonID = 8
)

var (
	units  = map[string]actor.UnitID{"own": own, "receiver": receiver, "lead": lead, "other": other}
	moment = time.Date(2022, time.November, 28, 9, 0, 0, 0, viet.Location)
)

// whos lists everybody the table must answer for: each role in each unit, and
// those whom more than the role matters for.
func whos() []string {
	list := []string{
		"nobody", "system", "staff@own+direct", "staff@own+began",
		"reviewer@receiver+author", "consolidator@receiver+author", "consolidator@lead+author",
	}
	for _, role := range actor.Roles {
		for _, unit := range []string{"own", "receiver", "lead", "other"} {
			list = append(list, string(role)+"@"+unit)
		}
	}
	return list
}

// actorOf makes the person a who describes and fits the case to it.
func actorOf(who string, c *submission.Case) actor.Actor {
	switch who {
	case "nobody":
		return actor.Actor{}
	case "system":
		return actor.System
	}
	office, more, _ := strings.Cut(who, "+")
	role, unit, _ := strings.Cut(office, "@")
	switch more {
	case "direct":
		c.Direct = true
	case "began":
		person := me
		c.AmendedBy = &person
	case "author":
		c.Authors = []actor.PersonID{aColleague, me}
		c.ForceAuthors = []actor.PersonID{me}
	}
	return actor.Actor{Person: me, Name: "Nguyễn Văn An",
		Memberships: []actor.Membership{{Unit: units[unit], Role: actor.Role(role)}}}
}

var states = []string{
	"draft", "draft~", "draft+", "awaiting_signoff", "awaiting_signoff~", "awaiting_signoff+",
	"submitted", "submitted+", "returned", "returned+", "accepted+",
}

// caseIn returns a case in a state in which nothing else stands in the way of action.
func caseIn(state string, action submission.Action) submission.Case {
	name := strings.TrimRight(state, "~+")
	someoneElse := aColleague
	c := submission.Case{
		ID: 12, Kind: submission.Report, Year: 2022, Period: "nam", Unit: own, UnitShort: "Xã Vị Thủy",
		Receiver: receiver, Receives: "H. Vị Thủy", Lead: lead,
		State: submission.State(name), StateByName: "Lê Thị Bình", StateAt: moment.Add(-time.Hour), Begun: true,
		OpensOn: viet.NewDate(2022, 11, 15), DueBefore: viet.NewDate(2022, 12, 3).Start(),
		Authors: []actor.PersonID{aColleague}, ForceAuthors: []actor.PersonID{aColleague}, AmendedBy: &someoneElse,
		Leaders: []submission.Person{{ID: 9, Name: "Võ Văn Lãnh Đạo"}},
		Remarks: 1, Questions: []submission.Question{{ID: 1, VersionNo: 2, Body: "Vì sao số liệu thấp hơn 6 tháng?", AnswerRev: 1}},
	}
	if name != state || name == "submitted" || name == "returned" {
		c.Last = &submission.Head{ID: 2, No: 2, Outcome: submission.WasRecalled}
	}
	switch name {
	case "submitted":
		c.Last.Outcome = submission.Pending
	case "returned":
		c.Last.Outcome = submission.WasReturned
		c.LastDecided = c.Last
	}
	if strings.HasSuffix(state, "+") {
		c.InForce = &submission.Head{ID: 1, No: 1, Outcome: submission.WasAccepted}
	}
	if action == submission.RefuseReopen {
		c.Reopen = &submission.Request{ID: 1, Reason: "Cần bổ sung số liệu", By: "Lê Thị Bình", At: moment}
	}
	return c
}

// table reads the rows of a text table: cells between bars, names defined by
// "let" replaced in every cell but the last.
func table(t testing.TB, name string, columns int) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lets := map[string]string{}
	var rows [][]string
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if definition, ok := strings.CutPrefix(line, "let "); ok {
			name, words, _ := strings.Cut(definition, "=")
			lets[strings.TrimSpace(name)] = words
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != columns {
			t.Fatalf("%s:%d has %d cells, want %d", name, i+1, len(cells), columns)
		}
		for j, cell := range cells {
			words := strings.Fields(cell)
			if j < columns-1 {
				for k, word := range words {
					if words[k] = word; lets[word] != "" {
						words[k] = lets[word]
					}
				}
			}
			cells[j] = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
		}
		rows = append(rows, cells)
	}
	return rows
}

// right is one thing somebody may do in one state.
type right struct {
	action submission.Action
	who    string
	state  string
}

func (r right) String() string { return fmt.Sprintf("%s by %s in %s", r.action, r.who, r.state) }

// rights reads decide.txt and checks that it says nothing twice or about nobody.
func rights(t testing.TB) map[right]bool {
	t.Helper()
	everybody := whos()
	all := map[right]bool{}
	for _, row := range table(t, "decide.txt", 4) {
		action := submission.Action(row[0])
		if !slices.Contains(submission.Actions, action) {
			t.Errorf("decide.txt: no action %q", action)
		}
		if row[3] == "" {
			t.Errorf("decide.txt: %s has no rule", action)
		}
		for _, who := range strings.Fields(row[1]) {
			for _, state := range strings.Fields(row[2]) {
				if !slices.Contains(everybody, who) || !slices.Contains(states, state) {
					t.Errorf("decide.txt: no %q or no %q", who, state)
				}
				r := right{action, who, state}
				if all[r] {
					t.Errorf("decide.txt: %s stands there twice", r)
				}
				all[r] = true
			}
		}
	}
	return all
}

func TestWhoMayDoWhatInWhichStateIsExactlyTheTable(t *testing.T) {
	t.Parallel()
	allowed := rights(t)
	asked := 0
	for _, action := range submission.Actions {
		for _, who := range whos() {
			for _, state := range states {
				c := caseIn(state, action)
				r := right{action, who, state}
				d := submission.Decide(actorOf(who, &c), action, c, moment)
				if d.Allowed != allowed[r] {
					t.Errorf("%s: allowed = %t, the table says %t (%s)", r, d.Allowed, allowed[r], d.Reason)
				}
				if d.Allowed == (d.Err() != nil) || !d.Allowed && d.Reason == "" {
					t.Errorf("%s: %+v, error %v", r, d, d.Err())
				}
				asked++
			}
		}
	}
	if want := len(submission.Actions) * len(whos()) * len(states); asked != want || len(allowed) == 0 {
		t.Errorf("asked %d of %d", asked, want)
	}
}

// circumstances change a case so that one need is not met. in restricts them to
// states with ("+") or without ("-") a version in force.
var circumstances = map[string]struct {
	in    string
	apply func(c *submission.Case)
	now   time.Time
}{
	"gaps":            {apply: func(c *submission.Case) { c.Gaps = 3 }},
	"unanswered":      {apply: func(c *submission.Case) { c.Unanswered = 2 }},
	"no_reference":    {apply: func(c *submission.Case) { c.NoReference = true }},
	"read_by_decider": {apply: func(c *submission.Case) { c.ReadBy = []submission.Person{{ID: 5, Name: "Phạm Thị Rà Soát"}} }},
	"no_remark":       {apply: func(c *submission.Case) { c.Remarks = 0 }},
	"open_request":    {apply: func(c *submission.Case) { c.Reopen = &submission.Request{ID: 3, By: "Lê Thị Bình", At: moment} }},
	"no_request":      {apply: func(c *submission.Case) { c.Reopen = nil }},
	"no_question":     {apply: func(c *submission.Case) { c.Questions = nil }},
	"many_questions":  {apply: func(c *submission.Case) { c.Questions = make([]submission.Question, 10) }},
	"not_yet_open":    {apply: func(*submission.Case) {}, now: time.Date(2022, time.November, 14, 23, 59, 59, 0, viet.Location)},
	"closed":          {apply: func(c *submission.Case) { closeAt(c, moment) }},
	"closed_plan_first": {in: "-", apply: func(c *submission.Case) {
		c.Kind = submission.Plan
		closeAt(c, moment)
	}},
	"closed_plan_in_force": {in: "+", apply: func(c *submission.Case) {
		c.Kind = submission.Plan
		closeAt(c, moment)
	}},
	"late":         {apply: func(c *submission.Case) { c.DueBefore = moment.AddDate(0, -1, 0) }},
	"closes_later": {apply: func(c *submission.Case) { closeAt(c, moment.Add(time.Second)) }},
	"left_roster": {apply: func(c *submission.Case) {
		left := viet.NewDate(2022, 7, 1)
		c.LeftOn = &left
	}},
}

func closeAt(c *submission.Case, at time.Time) {
	c.ClosedAt, c.ClosedWhy = &at, "Đã tổng hợp xong."
}

func TestWhatElseAnActionNeedsIsExactlyTheTable(t *testing.T) {
	t.Parallel()
	allowed := rights(t)
	seen := map[string]bool{}
	for _, row := range table(t, "needs.txt", 3) {
		name, words := row[0], row[2]
		circumstance, known := circumstances[name]
		if !known || seen[name] {
			t.Errorf("needs.txt: %q is unknown or stands there twice", name)
			continue
		}
		seen[name] = true
		refused := strings.Fields(row[1])
		met := map[string]bool{}
		now := moment
		if !circumstance.now.IsZero() {
			now = circumstance.now
		}
		for r := range allowed {
			if inForce := strings.HasSuffix(r.state, "+"); circumstance.in == "+" && !inForce || circumstance.in == "-" && inForce {
				continue
			}
			c := caseIn(r.state, r.action)
			act := actorOf(r.who, &c)
			circumstance.apply(&c)
			d := submission.Decide(act, r.action, c, now)
			want := !slices.Contains(refused, string(r.action))
			met[string(r.action)] = true
			if d.Allowed != want {
				t.Errorf("%s: %s: allowed = %t, the table says %t (%s)", name, r, d.Allowed, want, d.Reason)
			}
			if !want && !strings.Contains(d.Reason, words) {
				t.Errorf("%s: %s: reason %q, want %q in it", name, r, d.Reason, words)
			}
		}
		for _, action := range refused {
			if !met[action] {
				t.Errorf("needs.txt: %s: nobody may %q anyway", name, action)
			}
		}
	}
	for name := range circumstances {
		if !seen[name] {
			t.Errorf("needs.txt lacks %s", name)
		}
	}
}

func TestALockSaysWhoSinceWhenUntilWhatAndTheWayOut(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ state, reason, until, remedy string }{
		"awaiting sign-off": {"awaiting_signoff", "đang chờ lãnh đạo Xã Vị Thủy duyệt", "lãnh đạo duyệt", "rút lại"},
		"submitted":         {"submitted", "đang chờ H. Vị Thủy tiếp nhận", "tiếp nhận hoặc trả lại", "thu hồi"},
		"accepted":          {"accepted+", "H. Vị Thủy đã tiếp nhận", "sửa đổi, bổ sung", "Sửa đổi, bổ sung"},
	}
	for name, tt := range tests {
		c := caseIn(tt.state, submission.Edit)
		d := submission.Decide(actorOf("staff@own", &c), submission.Edit, c, moment)
		if !strings.Contains(d.Reason, tt.reason) || !strings.Contains(d.Until, tt.until) || !strings.Contains(d.Remedy, tt.remedy) ||
			d.By != c.StateByName || !d.Since.Equal(c.StateAt) {
			t.Errorf("%s: %+v", name, d.Refusal)
		}
	}
}

func TestWhoMayNotIsToldWhoMay(t *testing.T) {
	t.Parallel()
	for _, action := range []submission.Action{
		submission.SendBack, submission.SignOff, submission.SubmitDirect, submission.Recall, submission.RequestReopen, submission.Discard,
	} {
		c := caseIn("draft+", action)
		if d := submission.Decide(actorOf("staff@own", &c), action, c, moment); !strings.Contains(d.Remedy, "Võ Văn Lãnh Đạo") {
			t.Errorf("%s: remedy %q does not name the leader", action, d.Remedy)
		}
		c.Leaders = nil
		if d := submission.Decide(actorOf("staff@own", &c), action, c, moment); !strings.Contains(d.Remedy, "chưa có ai") {
			t.Errorf("%s without a leader: remedy %q", action, d.Remedy)
		}
	}
}

func TestAnAuthorIsToldWhoElseCanDecide(t *testing.T) {
	t.Parallel()
	for _, action := range []submission.Action{submission.Remark, submission.Return, submission.Accept, submission.AskExplanation, submission.SettleExplanation} {
		c := caseIn("submitted", action)
		act := actorOf("reviewer@receiver+author", &c)
		c.Deciders = []submission.Person{{ID: me, Name: "Nguyễn Văn An"}, {ID: 20, Name: "Đặng Thị Hoa"}, {ID: aColleague, Name: "Tác Giả Khác"}}
		d := submission.Decide(act, action, c, moment)
		if d.Remedy != "Người quyết định được: Đặng Thị Hoa" {
			t.Errorf("%s: remedy %q", action, d.Remedy)
		}
		c.Deciders = c.Deciders[:1]
		d = submission.Decide(act, action, c, moment)
		if !strings.Contains(d.Remedy, "quản trị cần giao quyền rà soát cho người khác") {
			t.Errorf("%s where everyone is an author: remedy %q", action, d.Remedy)
		}
	}
}

func TestALeaderIsNotSentThroughTheStepInBetween(t *testing.T) {
	t.Parallel()
	c := caseIn("draft", submission.Send)
	d := submission.Decide(actorOf("unit_leader@own", &c), submission.Send, c, moment)
	if d.Allowed || !strings.Contains(d.Remedy, "gửi trực tiếp") {
		t.Errorf("got %+v", d)
	}
}
