package account_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
)

func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// enrolled makes a person with a second factor and returns the secret.
func enrolled(t testing.TB, db database.DB, username string) (actor.PersonID, string) {
	t.Helper()
	id := enter(t, db, username)
	e, err := account.NewEnrolment(username)
	if err != nil {
		t.Fatal(err)
	}
	before := machine.Add(-time.Hour)
	if err := account.Enrol(t.Context(), db, as(id), "", e.Secret, code(t, e.Secret, before), before, now); err != nil {
		t.Fatal(err)
	}
	return id, e.Secret
}

func TestACodeIsNeededAndWorksOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	_, secret := enrolled(t, db, "quantri")
	right := code(t, secret, machine)
	for _, tt := range []struct {
		name, code string
		at         time.Time
		ok         bool
	}{
		{"none", "", machine, false},
		{"not a number", "abcdef", machine, false},
		{"of five minutes ago", code(t, secret, machine.Add(-5*time.Minute)), machine, false},
		{"of now, typed in two groups", right[:3] + " " + right[3:], machine, true},
		{"the same again", right, machine.Add(time.Second), false},
		{"of half a minute ago", code(t, secret, machine.Add(-30*time.Second)), machine, false},
		{"the next one, early", code(t, secret, machine.Add(30*time.Second)), machine.Add(time.Second), true},
	} {
		_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "quantri"), Password: password, Code: tt.code}, limits, tt.at, now)
		if (err == nil) != tt.ok {
			t.Errorf("%s: err = %v, want ok %t", tt.name, err, tt.ok)
		}
		if !tt.ok {
			wantInvalid(t, err, "code")
		}
	}
}

func TestACodeWithAWrongPasswordSaysNothingOfTheCode(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	_, secret := enrolled(t, db, "quantri")
	_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "quantri"), Password: "sai mật khẩu rồi", Code: code(t, secret, machine)}, limits, machine, now)
	bad, _ := errors.AsType[fault.Invalid](err)
	if bad["code"] != "" || bad[""] == "" {
		t.Errorf("err = %v", err)
	}
}

func TestCodesCannotBeGuessed(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enrolled(t, db, "quantri")
	for n := range 6 {
		_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "quantri"), Password: password, Code: "000000"}, limits, machine, now)
		if waiting := strings.Contains(sentence(err), "nhiều lần"); waiting != (n >= 5) {
			t.Errorf("guess %d: %v", n+1, err)
		}
	}
}

func TestOneCodeOpensOneSessionWhenSentTwiceAtOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	_, secret := enrolled(t, db, "quantri")
	a := account.Attempt{Username: login(t, "quantri"), Password: password, Code: code(t, secret, machine)}
	results := make(chan error)
	for range 4 {
		go func() {
			_, err := account.SignIn(t.Context(), db, a, limits, machine, now)
			results <- err
		}()
	}
	opened := 0
	for range 4 {
		if err := <-results; err == nil {
			opened++
		}
	}
	if opened != 1 {
		t.Errorf("%d sessions, want 1", opened)
	}
}

func TestAnAdministratorNeedsASecondFactorUnlessExempt(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "snv")
	for username, tt := range map[string]struct {
		role   actor.Role
		exempt bool
		want   bool
	}{
		"quantri":     {actor.Admin, false, true},
		"quantri.dm":  {actor.Admin, true, false},
		"snv.lanhdao": {actor.UnitLeader, false, false},
	} {
		id := enter(t, db, username, func(p *account.NewPerson) { p.Exempt = tt.exempt })
		grant(t, db, id, in, tt.role)
		s := load(t, db, signIn(t, db, username), machine)
		if s.NeedsTOTP != tt.want || s.MustChange == tt.exempt {
			t.Errorf("%s: needs a second factor %t, must change %t; want %t, %t", username, s.NeedsTOTP, s.MustChange, tt.want, !tt.exempt)
		}
	}
}

func TestEnrolmentIsProvedByACode(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "quantri")
	here, there := signIn(t, db, "quantri"), signIn(t, db, "quantri")
	e, err := account.NewEnrolment("quantri")
	if err != nil {
		t.Fatal(err)
	}
	link, err := url.Parse(e.Link)
	if err != nil || link.Scheme != "otpauth" || link.Query().Get("secret") != e.Secret {
		t.Errorf("link %q does not carry the secret", e.Link)
	}
	if again, ok := account.Again("quantri", e.Secret); !ok || again != e {
		t.Errorf("shown again: %+v, want %+v", again, e)
	}
	for _, secret := range []string{"", "A", "<script>", strings.Repeat("A", 64)} {
		if _, ok := account.Again("quantri", secret); ok {
			t.Errorf("%q passes for a secret", secret)
		}
	}
	wantInvalid(t, account.Enrol(t.Context(), db, as(id), here.Session, e.Secret, "123", machine, now), "code")
	if load(t, db, here, machine).HasTOTP {
		t.Fatal("enrolled without a code")
	}
	if err := account.Enrol(t.Context(), db, as(id), here.Session, e.Secret, code(t, e.Secret, machine), machine, now); err != nil {
		t.Fatal(err)
	}
	if !load(t, db, here, machine).HasTOTP || load(t, db, there, machine).SessionOpen {
		t.Error("not enrolled, or the other session is still open")
	}
	other, err := account.NewEnrolment("quantri")
	if err != nil {
		t.Fatal(err)
	}
	err = account.Enrol(t.Context(), db, as(id), here.Session, other.Secret, code(t, other.Secret, machine), machine, now)
	if !errors.Is(err, fault.Conflict) {
		t.Errorf("a second factor over another: %v, want conflict", err)
	}
	line := wantAudit(t, db, id, "second_factor_enrolled")
	if strings.Contains(string(line.After), e.Secret) {
		t.Error("the audit holds the secret")
	}
}

func TestASecondFactorIsRemovedAgainstThePasswordOrByAnAdministrator(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id, _ := enrolled(t, db, "stp.chuyenvien")
	wantInvalid(t, account.RemoveSecondFactor(t.Context(), db, as(id), "sai mật khẩu rồi", machine, now), "password")
	boss := as(id)
	boss.Memberships = admin.Memberships
	if err := account.RemoveSecondFactor(t.Context(), db, boss, password, machine, now); !errors.Is(err, fault.Forbidden) {
		t.Errorf("an administrator's own: %v, want forbidden", err)
	}
	if err := account.RemoveSecondFactor(t.Context(), db, as(id), password, machine, now); err != nil {
		t.Fatal(err)
	}
	signIn(t, db, "stp.chuyenvien") // without a code

	id, _ = enrolled(t, db, "stp.lanhdao")
	if err := account.ResetSecondFactor(t.Context(), db, admin, id, machine, now); err != nil {
		t.Fatal(err)
	}
	signIn(t, db, "stp.lanhdao")
}
