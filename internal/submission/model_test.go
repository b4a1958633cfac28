package submission_test

import (
	"maps"
	"slices"

	"danvan/internal/submission"
)

// cast are the people of the property test: everybody around the commune's
// submission, one of them on both sides, and two who have no business there.
var cast = []string{"an", "binh", "chi", "dung", "giang", "hai", "hoa", "tong", "lan", "quan-tri"}

var (
	staffOf    = []string{"an", "binh"}
	leadersOf  = []string{"chi", "dung"}
	decidersOf = []string{"dung", "giang", "hai"}
	// To all others a remark does not exist.
	remarksSeenBy = []string{"an", "binh", "chi", "dung", "giang", "hai"}
)

// model is a submission as the workflow table of the domain has it, written
// down a second time and without any database.
type model struct {
	state    submission.State
	versions []modelVersion
	inForce  int // number, 0 = none
	parts    map[string]submission.Content
	authors  map[string]bool // of the working copy
	began    string          // the open amendment
	request  bool
	remarks  []modelRemark
}

type modelVersion struct {
	outcome             submission.Outcome
	parts               map[string]submission.Content
	authors             map[string]bool
	reopened, withdrawn bool
	read                bool // by somebody who could decide
}

type modelRemark struct {
	version                  int
	sent, answered, resolved bool
}

func (m *model) last() *modelVersion {
	if len(m.versions) == 0 {
		return nil
	}
	return &m.versions[len(m.versions)-1]
}

func (m *model) open() bool { return m.state == submission.Draft || m.state == submission.Returned }

func (m *model) rest() submission.State {
	for _, v := range slices.Backward(m.versions) {
		if v.outcome == submission.WasReturned || v.outcome == submission.WasAccepted && (v.reopened || v.withdrawn) {
			return submission.Returned
		}
		if v.outcome == submission.WasAccepted {
			return submission.Draft
		}
	}
	return submission.Draft
}

func (m *model) unanswered() bool {
	return slices.ContainsFunc(m.remarks, func(r modelRemark) bool { return r.sent && !r.resolved && !r.answered })
}

// may says whether who may take a step; it is the table again, by hand.
func (m *model) may(who, what string) bool {
	staff, leader := slices.Contains(staffOf, who), slices.Contains(leadersOf, who)
	unit := staff || leader
	decidesOn := func(authors map[string]bool) bool { return slices.Contains(decidersOf, who) && !authors[who] }
	inForce := func() map[string]bool {
		if m.inForce == 0 {
			return nil
		}
		return m.versions[m.inForce-1].authors
	}
	awaiting, accepted := m.state == submission.AwaitingSignoff, m.state == submission.Accepted
	pending := m.state == submission.Submitted
	switch what {
	case "save 1", "save 2", "delete 1", "delete 2", "answer":
		return unit && m.open()
	case "send":
		return staff && m.open() && !m.unanswered()
	case "take back":
		return staff && awaiting
	case "send back", "sign off":
		return leader && awaiting
	case "submit":
		return leader && m.open() && !m.unanswered()
	case "recall":
		return leader && pending && !m.last().read
	case "remark", "resolve":
		return pending && decidesOn(m.last().authors)
	case "return":
		return pending && decidesOn(m.last().authors) &&
			slices.ContainsFunc(m.remarks, func(r modelRemark) bool { return !r.resolved })
	case "accept":
		return pending && decidesOn(m.last().authors)
	case "ask":
		return leader && accepted && !m.request
	case "refuse":
		return accepted && m.request && decidesOn(inForce())
	case "reopen":
		return accepted && (slices.Contains(decidersOf, who) || who == "tong") && !inForce()[who]
	case "amend":
		return unit && accepted
	case "discard":
		return m.inForce > 0 && m.open() && (leader || staff && m.began == who)
	case "withdraw":
		return m.inForce > 0 && (who == "hai" || who == "tong") && !inForce()[who]
	case "open":
		return true
	}
	panic(what)
}

var everyStep = []string{
	"save 1", "save 2", "delete 1", "delete 2", "answer", "send", "take back", "send back", "sign off", "submit", "recall",
	"open", "remark", "resolve", "return", "accept", "ask", "refuse", "reopen", "amend", "discard", "withdraw",
}

func copied(parts map[string]submission.Content) map[string]submission.Content {
	out := map[string]submission.Content{}
	for key, content := range parts {
		out[key] = maps.Clone(content)
	}
	return out
}

// apply carries a permitted step out. text is what is typed, if anything.
func (m *model) apply(who, what, text string) {
	freeze := func() {
		m.authors[who] = true
		m.versions = append(m.versions, modelVersion{outcome: submission.Pending, parts: copied(m.parts), authors: maps.Clone(m.authors)})
		m.state = submission.Submitted
	}
	settle := func() { // every open remark is closed, drafts are sent
		for i := range m.remarks {
			m.remarks[i].resolved, m.remarks[i].sent = true, true
		}
		m.authors, m.began = map[string]bool{}, ""
		m.state = submission.Accepted
	}
	switch what {
	case "save 1", "save 2":
		key := "task/" + what[5:]
		was, exists := m.parts[key]
		if !exists && text == "" || exists && was["title"] == text {
			return
		}
		m.parts[key] = submission.Content{}.With(submission.Content{"title": text})
		m.authors[who] = true
	case "delete 1", "delete 2":
		if key := "task/" + what[7:]; m.parts[key] != nil {
			delete(m.parts, key)
			m.authors[who] = true
		}
	case "answer":
		for i, r := range m.remarks {
			if r.sent && !r.resolved {
				m.remarks[i].answered = true
				m.authors[who] = true
				return
			}
		}
	case "send":
		m.authors[who] = true
		m.state = submission.AwaitingSignoff
	case "take back", "send back":
		m.state = m.rest()
	case "sign off", "submit":
		freeze()
	case "recall":
		m.last().outcome = submission.WasRecalled
		m.state = m.rest()
	case "remark":
		m.remarks = append(m.remarks, modelRemark{version: len(m.versions)})
		m.last().read = true
	case "resolve":
		for i, r := range m.remarks {
			if r.sent && !r.resolved {
				m.remarks[i].resolved = true
				return
			}
		}
	case "return":
		for i, r := range m.remarks {
			m.remarks[i].sent = r.sent || r.version == len(m.versions)
			m.remarks[i].answered = r.answered && r.resolved // kept open, it wants another answer
		}
		m.last().outcome = submission.WasReturned
		m.state = submission.Returned
	case "accept":
		m.last().outcome = submission.WasAccepted
		m.inForce = len(m.versions)
		settle()
	case "ask":
		m.request = true
	case "refuse":
		m.request = false
	case "reopen":
		m.versions[m.inForce-1].reopened = true
		m.request = false
		m.state = submission.Returned
	case "amend":
		m.began, m.request = who, false
		m.state = submission.Draft
	case "discard":
		m.versions[m.inForce-1].reopened = false
		m.parts = copied(m.versions[m.inForce-1].parts)
		settle()
	case "withdraw":
		m.versions[m.inForce-1].withdrawn = true
		m.inForce, m.began, m.request = 0, "", false
		if m.state == submission.Accepted {
			m.state = submission.Returned
		}
	case "open":
		if m.state == submission.Submitted && m.may(who, "accept") {
			m.last().read = true
		}
	}
}
