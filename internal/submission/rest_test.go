package submission_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/submission"
)

func TestAStepUndoneLeadsBackToWhereTheWorkRested(t *testing.T) {
	t.Parallel()
	const reason = "Lý do đủ dài"
	type do = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error
	var (
		submit = func(number int) do {
			return func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
				_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: paper(number)})
				return err
			}
		}
		recall = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
		}
		accept = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.AcceptIt(t.Context(), tx, w.people["hoa"], start, c, c.Last.No)
		}
		giveBack = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			if err := submission.AddRemark(t.Context(), tx, w.people["hoa"], start, c, c.Last.No, "", "", "Góp ý"); err != nil {
				return err
			}
			return submission.ReturnIt(t.Context(), tx, w.people["hoa"], start, c, c.Last.No, reason)
		}
		answer = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			notes, err := submission.Notes(t.Context(), tx, *c, false)
			if err != nil {
				return err
			}
			return submission.AnswerRemark(t.Context(), tx, w.people["lan"], start, c, notes[len(notes)-1].ID, 1, "Đã sửa")
		}
		amend = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.AmendIt(t.Context(), tx, w.people["lan"], start, c)
		}
		discard = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.DiscardIt(t.Context(), tx, w.people["hung"], start, c)
		}
		reopen = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.ReopenIt(t.Context(), tx, w.people["hoa"], start, c, reason)
		}
		withdraw = func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.WithdrawIt(t.Context(), tx, w.people["tong"], start, c, reason)
		}
	)
	tests := map[string]struct {
		before []do
		want   submission.State
	}{
		"nothing was ever sent":              {nil, submission.Draft},
		"it was sent and recalled":           {[]do{submit(5), recall}, submission.Draft},
		"it was returned":                    {[]do{submit(5), giveBack, answer}, submission.Returned},
		"it was returned, sent and recalled": {[]do{submit(5), giveBack, answer, submit(5), recall}, submission.Returned},
		"it is being amended":                {[]do{submit(5), accept, amend}, submission.Draft},
		"it was reopened":                    {[]do{submit(5), accept, reopen}, submission.Returned},
		"reopened, discarded, then amended":  {[]do{submit(5), accept, reopen, discard, amend}, submission.Draft},
		"the amendment was returned":         {[]do{submit(5), accept, amend, submit(6), giveBack, answer}, submission.Returned},
		"its version in force was withdrawn": {[]do{submit(5), accept, withdraw}, submission.Returned},
		"withdrawn beside an amendment":      {[]do{submit(5), accept, amend, withdraw}, submission.Returned},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for undo, back := range map[string]do{
				"taken back": func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
					return submission.TakeItBack(t.Context(), tx, w.people["lan"], start, c)
				},
				"sent back": func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
					return submission.SendItBack(t.Context(), tx, w.people["hung"], start, c, reason)
				},
			} {
				w := fresh(t)
				send := func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
					return submission.SendToLeader(t.Context(), tx, w.people["lan"], start, c)
				}
				for _, step := range slices.Concat(tt.before, []do{send, back}) {
					w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error { return step(t, w, tx, c) })
				}
				if got := w.load(t, w.ofDepartment).State; got != tt.want {
					t.Errorf("%s: %s, want %s", undo, got, tt.want)
				}
			}
		})
	}
}
