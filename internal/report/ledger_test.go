package report_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/internal/fault"
	"danvan/internal/proposal"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// ledger is the unit's proposals in the ledger as "no text state receiver".
func (w *world) ledger(t testing.TB) string {
	t.Helper()
	var lines []string
	for _, state := range []proposal.State{"", proposal.Withdrawn} {
		l, err := proposal.List(t.Context(), w.db, w.people["lan"], year, 2022, proposal.Filter{State: state, Order: proposal.ByUnit, Limit: 10})
		must(t, err)
		for _, p := range l.Rows {
			lines = append(lines, strings.TrimSpace(fmt.Sprint(p.No, " ", p.Body, " ", p.State(viet.DateOf(year)), " ", p.Receiver)))
		}
	}
	return strings.Join(lines, "; ")
}

// TestProposalsEnterTheLedgerWithTheReport plays what a unit and its receiver do
// with a report and its proposals from the first acceptance to the withdrawal.
func TestProposalsEnterTheLedgerWithTheReport(t *testing.T) {
	t.Parallel()
	w := seed(t)
	lan, tong := w.people["lan"], w.people["tong"]
	propose := func(body string) {
		t.Helper()
		_, err := w.svc.AddProposal(t.Context(), lan, year, w.once(), ofDepartment, report.Edit{Values: submission.Content{"body": body, "receiver": "Sở Tài chính"}})
		must(t, err)
	}
	want := func(when, want string) {
		t.Helper()
		if got := w.ledger(t); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	propose("Bố trí kinh phí")
	propose("Bổ sung biên chế")
	w.sent(t, "hung", ofDepartment, year, nil)
	want("sent", "")
	w.accepts(t, "hoa", ofDepartment, year)
	want("accepted", "1 Bố trí kinh phí unassigned; 2 Bổ sung biên chế unassigned")

	first := proposal.Ref{Year: 2022, Period: "nam", Unit: "stp", No: 1}
	must(t, proposal.AssignIt(t.Context(), w.db, w.people["hoa"], year, w.once(), first,
		proposal.Assignment{Read: 1, Other: "Kho bạc", DueOn: viet.DateOf(year)}))

	must(t, w.svc.Amend(t.Context(), lan, year, w.once(), ofDepartment))
	one, err := w.svc.SaveProposal(t.Context(), lan, year, w.once(), ofDepartment, 1, report.Edit{Read: 1, Values: submission.Content{"body": "Bố trí 180 triệu đồng"}})
	must(t, err)
	must(t, one.Faults.OrNil())
	must(t, w.svc.DeleteProposal(t.Context(), lan, year, w.once(), ofDepartment, 2, 1))
	propose("Ban hành quy định")
	want("while it is amended", "1 Bố trí kinh phí resolving Kho bạc; 2 Bổ sung biên chế unassigned")
	must(t, w.svc.Submit(t.Context(), w.people["hung"], year, w.once(), ofDepartment, w.signature(t, ofDepartment, year)))
	w.accepts(t, "hoa", ofDepartment, year)
	want("amended", "1 Bố trí 180 triệu đồng resolving Kho bạc; 3 Ban hành quy định unassigned; 2 Bổ sung biên chế withdrawn")

	must(t, w.reviews.Withdraw(t.Context(), tong, year, w.once(), ofDepartment, "Số liệu sai toàn bộ"))
	want("withdrawn", "1 Bố trí 180 triệu đồng withdrawn Kho bạc; 2 Bổ sung biên chế withdrawn; 3 Ban hành quy định withdrawn")
	err = proposal.AssignIt(t.Context(), w.db, w.people["hoa"], year, w.once(), first, proposal.Assignment{Read: 4, Other: "Kho bạc", DueOn: viet.DateOf(year)})
	refused(t, "assigning what was withdrawn", err)
	if !errors.Is(err, fault.Forbidden) {
		t.Error(err)
	}

	must(t, w.svc.Submit(t.Context(), w.people["hung"], year, w.once(), ofDepartment, w.signature(t, ofDepartment, year)))
	w.accepts(t, "hoa", ofDepartment, year)
	want("accepted again", "1 Bố trí 180 triệu đồng resolving Kho bạc; 3 Ban hành quy định unassigned; 2 Bổ sung biên chế withdrawn")
}
