package submission_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/submission"
)

func TestEveryDecisionAgainstSomebodyNeedsAReasonOfTenCharacters(t *testing.T) {
	t.Parallel()
	type step struct {
		begin  func(t *testing.T, w world)
		decide func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error
	}
	submitted := func(t *testing.T, w world) {
		w.submitted(t, w.ofDepartment, "lan", "hung", 5)
		if err := w.remark(t, "hoa", 1, "", "", "Góp ý"); err != nil {
			t.Fatal(err)
		}
	}
	accepted := func(t *testing.T, w world) { w.accepted(t, w.ofDepartment, "lan", "hung", "hoa", 5) }
	steps := map[string]step{
		"send back": {
			func(t *testing.T, w world) {
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.SendToLeader(t.Context(), tx, w.people["lan"], start, c)
				})
			},
			func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
				return submission.SendItBack(t.Context(), tx, w.people["hung"], start, c, reason)
			}},
		"return": {submitted, func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
			return submission.ReturnIt(t.Context(), tx, w.people["hoa"], start, c, 1, reason)
		}},
		"ask to reopen": {accepted, func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
			return submission.AskToReopen(t.Context(), tx, w.people["hung"], start, c, reason)
		}},
		"refuse to reopen": {
			func(t *testing.T, w world) {
				accepted(t, w)
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.AskToReopen(t.Context(), tx, w.people["hung"], start, c, "Cần bổ sung số liệu")
				})
			},
			func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
				return submission.RefuseToReopen(t.Context(), tx, w.people["hoa"], start, c, reason)
			}},
		"reopen": {accepted, func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
			return submission.ReopenIt(t.Context(), tx, w.people["hoa"], start, c, reason)
		}},
		"withdraw": {accepted, func(t *testing.T, w world, tx pgx.Tx, c *submission.Case, reason string) error {
			return submission.WithdrawIt(t.Context(), tx, w.people["tong"], start, c, reason)
		}},
	}
	for name, s := range steps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			s.begin(t, w)
			try := func(reason string) error {
				return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error { return s.decide(t, w, tx, c, reason) })
			}
			before := w.load(t, w.ofDepartment)
			for reason, want := range map[string]string{
				"":                           "Nêu lý do",
				" \n\u00a0":                  "Nêu lý do",
				"chín ký t":                  "Lý do cần ít nhất 10 ký tự",
				strings.Repeat("ă", 2001):    "Lý do dài quá 2.000 ký tự",
				"a" + strings.Repeat(" ", 9): "Lý do cần ít nhất 10 ký tự",
			} {
				if got := refusedFor(t, try(reason), "reason"); got != want {
					t.Errorf("%q: %q, want %q", reason, got, want)
				}
			}
			if diff := cmp.Diff(before, w.load(t, w.ofDepartment)); diff != "" {
				t.Errorf("a refused reason changed the case:\n%s", diff)
			}
			if err := try("  mười ký tự  "); err != nil {
				t.Errorf("ten characters: %v", err)
			}
			if after := w.load(t, w.ofDepartment); after.Revision <= before.Revision || after.StateWhy != "mười ký tự" {
				t.Errorf("after: revision %d, reason %q", after.Revision, after.StateWhy)
			}
		})
	}
}

func TestDecidingOnAVersionThatWasNotReadIsAConflict(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, "", "", "Góp ý"); err != nil {
		t.Fatal(err)
	}
	for _, no := range []int{0, 2} {
		for name, decide := range map[string]func(tx pgx.Tx, c *submission.Case) error{
			"accept": func(tx pgx.Tx, c *submission.Case) error {
				return submission.AcceptIt(t.Context(), tx, w.people["hoa"], start, c, no)
			},
			"return": func(tx pgx.Tx, c *submission.Case) error {
				return submission.ReturnIt(t.Context(), tx, w.people["hoa"], start, c, no, "Sửa theo góp ý")
			},
		} {
			if err := w.try(t, w.ofDepartment, start, decide); !errors.Is(err, fault.Conflict) {
				t.Errorf("%s version %d: %v", name, no, err)
			}
		}
	}
	if c := w.load(t, w.ofDepartment); c.State != submission.Submitted {
		t.Errorf("now %s", c.State)
	}
}

func TestARequestToReopenEndsWithWhateverHappensNext(t *testing.T) {
	t.Parallel()
	ends := map[string]struct {
		end  func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error
		want string
	}{
		"granted": {func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.ReopenIt(t.Context(), tx, w.people["hoa"], start, c, "Đồng ý cho bổ sung")
		}, "granted"},
		"refused": {func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.RefuseToReopen(t.Context(), tx, w.people["hoa"], start, c, "Chưa cần thiết lúc này")
		}, "refused"},
		"withdrawn": {func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.WithdrawIt(t.Context(), tx, w.people["tong"], start, c, "Số liệu sai căn bản")
		}, "dropped"},
		"amended by the unit itself": {func(t *testing.T, w world, tx pgx.Tx, c *submission.Case) error {
			return submission.AmendIt(t.Context(), tx, w.people["lan"], start, c)
		}, "dropped"},
	}
	for name, tt := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			w.accepted(t, w.ofDepartment, "lan", "hung", "hoa", 5)
			ask := func() error {
				return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.AskToReopen(t.Context(), tx, w.people["hung"], start, c, "Cần bổ sung số liệu")
				})
			}
			if err := ask(); err != nil {
				t.Fatal(err)
			}
			if c := w.load(t, w.ofDepartment); c.Reopen == nil || c.Reopen.By != "Lê Quốc Hùng" || c.State != submission.Accepted {
				t.Errorf("request %+v in %s", c.Reopen, c.State)
			}
			if err := ask(); !errors.Is(err, fault.Forbidden) {
				t.Errorf("a second request: %v", err)
			}
			w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error { return tt.end(t, w, tx, c) })
			if c := w.load(t, w.ofDepartment); c.Reopen != nil {
				t.Errorf("still open: %+v", c.Reopen)
			}
			got, err := database.Value[string](t.Context(), w.db, `select outcome from request where submission_id = @id`,
				database.Args{"id": w.load(t, w.ofDepartment).ID})
			if err != nil || got != tt.want {
				t.Errorf("the request was %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestTheTimelineTellsEachStepOfTheRightVersionToThoseWhoMaySee(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	now := start
	do := func(fn func(tx pgx.Tx, c *submission.Case, now time.Time) error) {
		t.Helper()
		now = now.Add(time.Minute)
		w.must(t, w.ofDepartment, now, func(tx pgx.Tx, c *submission.Case) error { return fn(tx, c, now) })
	}
	ctx, p := t.Context(), w.people
	send := func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.SendToLeader(ctx, tx, p["lan"], now, c)
	}
	sign := func(number int) func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return func(tx pgx.Tx, c *submission.Case, now time.Time) error {
			_, err := submission.SignItOff(ctx, tx, p["hung"], now, c, submission.Signing{Read: c.Revision, Reference: paper(number)})
			return err
		}
	}
	remark := func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.AddRemark(ctx, tx, p["hoa"], now, c, c.Last.No, "", "", "Góp ý")
	}
	returned := func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.ReturnIt(ctx, tx, p["hoa"], now, c, c.Last.No, "Sửa theo góp ý")
	}
	do(send)
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.SendItBack(ctx, tx, p["hung"], now, c, "Viết lại mục một")
	})
	do(send)
	do(sign(5))
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.AcceptIt(ctx, tx, p["hoa"], now, c, 1)
	})
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.AmendIt(ctx, tx, p["lan"], now, c)
	})
	do(send)
	do(sign(6))
	do(remark)
	do(returned)
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.DiscardIt(ctx, tx, p["hung"], now, c)
	})
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.ReopenIt(ctx, tx, p["hoa"], now, c, "Bổ sung số liệu")
	})
	do(func(tx pgx.Tx, c *submission.Case, now time.Time) error {
		return submission.WithdrawIt(ctx, tx, p["tong"], now, c, "Số liệu sai căn bản")
	})
	type told struct {
		action  string
		version int
		reason  string
		remarks int
	}
	outside := []told{
		{"withdrawn", 1, "Số liệu sai căn bản", 0},
		{"reopened", 1, "Bổ sung số liệu", 0},
		{"discarded", 1, "", 0},
		{"returned", 2, "Sửa theo góp ý", 1},
		{"signed_off", 2, "", 0},
		{"amended", 1, "", 0},
		{"accepted", 1, "", 0},
		{"signed_off", 1, "", 0},
	}
	inside := append(append(append([]told{}, outside[:5]...), told{"sent", 0, "", 0}), outside[5:]...)
	inside = append(inside, told{"sent", 0, "", 0}, told{"sent_back", 0, "Viết lại mục một", 0}, told{"sent", 0, "", 0})
	for who, want := range map[string][]told{
		"lan": inside, "hung": inside,
		"hoa": outside, "chu-tich": outside, "quan-tri": outside,
		"an": nil, "giang": nil, "mat-tran": nil,
	} {
		c := w.load(t, w.ofDepartment)
		events, err := submission.Timeline(ctx, w.db, p[who], c)
		if err != nil {
			t.Fatal(err)
		}
		var got []told
		for _, e := range events {
			got = append(got, told{e.Action, e.Version, e.Reason, e.Remarks})
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who, diff)
		}
	}
}

func TestEachStepTellsThoseItConcerns(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	ctx, p := t.Context(), w.people
	told := func(who string) []string {
		t.Helper()
		notices, _, err := notify.List(ctx, w.db, p[who].Person, 100, 0)
		if err != nil {
			t.Fatal(err)
		}
		bodies := []string{}
		for _, n := range notices {
			bodies = append(bodies, n.Body)
		}
		return bodies
	}
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error { return submission.SendToLeader(ctx, tx, p["lan"], start, c) })
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		_, err := submission.SignItOff(ctx, tx, p["hung"], start, c, submission.Signing{Read: c.Revision, Reference: paper(5)})
		return err
	})
	year := w.load(t, w.ofDepartment).What()
	sent := "Sở Tư pháp gửi " + year + ", lần gửi 1."
	for who, want := range map[string][]string{
		"hung": {"Nguyễn Thị Lan trình " + year + "."},
		"hoa":  {sent}, "tong": {sent}, "kiem": {sent},
		"lan": {}, "minh": {}, "giang": {}, "quan-tri": {}, "chu-tich": {},
	} {
		if diff := cmp.Diff(want, told(who)); diff != "" {
			t.Errorf("%s was told (-want +got):\n%s", who, diff)
		}
	}
}
