package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// Attempt is what somebody sends to sign in.
type Attempt struct {
	Username string
	Password string
	Code     string // of the second factor, "" when none was typed
	From     string // network address
	Agent    string // what the browser calls itself
}

// Opened is a session that has just begun.
type Opened struct {
	Session      string // [Session.ID]
	Person       actor.PersonID
	SecondFactor bool // a code was asked for
}

// credential is what a sign-in is checked against.
type credential struct {
	Person   actor.PersonID
	Name     string
	Username string
	Hash     Hash
	Secret   string
	LastStep int64
}

const (
	wrong      = "Tên đăng nhập hoặc mật khẩu không đúng"
	codeNeeded = "Tài khoản này dùng xác thực hai lớp. Nhập mã 6 chữ số đang hiện trong ứng dụng xác thực"
	codeWrong  = "Mã xác thực không đúng hoặc đã dùng. Chờ mã tiếp theo rồi nhập lại"
)

// SignIn opens a session. machine is the time of the clock on the wall, now
// business time. A refusal is [fault.Invalid]: under "code" when only the second
// factor is missing or wrong, else under "" and the same whether the account
// exists or not.
func SignIn(ctx context.Context, db database.DB, a Attempt, limits Limits, machine, now time.Time) (Opened, error) {
	username := canonical(a.Username)
	bad := fault.Invalid{}
	if username == "" {
		bad.Add("username", "Nhập tên đăng nhập")
	}
	if a.Password == "" {
		bad.Add("password", "Nhập mật khẩu")
	}
	if err := bad.OrNil(); err != nil {
		return Opened{}, err
	}
	if err := refuseWhileWaiting(ctx, db, machine, accountKey(username), addressKey(a.From)); err != nil {
		return Opened{}, err
	}
	c, err := credentialOf(ctx, db, username)
	if err != nil {
		return Opened{}, fmt.Errorf("sign in: %w", err)
	}
	ok, err := prove(ctx, db, machine, username, c.Hash, a.Password)
	if err != nil {
		return Opened{}, err
	}
	if !ok {
		return Opened{}, refused(ctx, db, machine, a.From, fault.Invalid{"": wrong})
	}
	step, err := c.check(a.Code, machine)
	if err != nil {
		return Opened{}, refused(ctx, db, machine, a.From, err)
	}
	opened := Opened{Person: c.Person, SecondFactor: c.Secret != ""}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := c.use(ctx, tx, step); err != nil {
			return err
		}
		if err := forgive(ctx, tx, username); err != nil {
			return err
		}
		act := actor.Actor{Person: c.Person, Name: c.Name, From: a.From}
		opened.Session, err = begin(ctx, tx, act, a.Agent, limits, machine)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(c.Person), Action: "signed_in"})
	})
	if err != nil {
		return Opened{}, fmt.Errorf("sign in: %w", err)
	}
	return opened, nil
}

// refused counts the failure against the address and returns why, or how long
// to wait when this was one failure too many.
func refused(ctx context.Context, db database.DB, machine time.Time, from string, why error) error {
	if err := addressGuard.count(ctx, db, machine, addressKey(from)); err != nil {
		return err
	}
	return why
}

// credentialOf returns the zero credential when nobody may sign in under username.
func credentialOf(ctx context.Context, db database.DB, username string) (credential, error) {
	c, err := database.One[credential](ctx, db, `
		select p.id as person, p.name, c.username, c.hash, c.totp_secret as secret, c.last_step
		from credential c
		join person p on p.id = c.person_id
		where c.username = @username
		  and p.active`,
		database.Args{"username": username})
	if errors.Is(err, fault.NotFound) {
		return credential{}, nil
	}
	return c, err
}

// ChangePassword gives act a new password and ends every other session of
// theirs. Faults are under "old", "new" and "again".
func ChangePassword(ctx context.Context, db database.DB, act actor.Actor, session string, old, replacement, again string, machine, now time.Time) error {
	p, err := ByID(ctx, db, act.Person)
	if err != nil {
		return err
	}
	if err := checkChange(p.Username, old, replacement, again); err != nil {
		return err
	}
	c, err := credentialOf(ctx, db, p.Username)
	if err != nil {
		return err
	}
	ok, err := prove(ctx, db, machine, p.Username, c.Hash, old)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Invalid{"old": "Mật khẩu đang dùng không đúng"}
	}
	hash, err := HashPassword(ctx, replacement)
	if err != nil {
		return err
	}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		// The hash compared with is named: of two changes at once, the second
		// proved a password that no longer holds.
		err := database.Change(ctx, tx, `
			update credential
			set hash = @hash, must_change = false, changed_at = @now
			where person_id = @person
			  and hash = @was`,
			database.Args{"person": act.Person, "hash": hash, "was": c.Hash, "now": now})
		if err != nil {
			return err
		}
		if err := forgive(ctx, tx, p.Username); err != nil {
			return err
		}
		if err := endAllBut(ctx, tx, act.Person, session, machine); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(act.Person), Action: "password_changed"})
	})
	if err != nil {
		return fmt.Errorf("change password of person %d: %w", act.Person, err)
	}
	return nil
}

func checkChange(username, old, replacement, again string) error {
	bad := fault.Invalid{}
	if old == "" {
		bad.Add("old", "Nhập mật khẩu đang dùng")
	}
	if err := checkPassword("new", replacement, username); err != nil {
		for field, message := range err.(fault.Invalid) {
			bad.Add(field, message)
		}
	}
	if bad["new"] == "" && old == replacement {
		bad.Add("new", "Mật khẩu mới phải khác mật khẩu đang dùng")
	}
	if bad["new"] == "" && again != replacement {
		bad.Add("again", "Hai lần nhập mật khẩu mới không giống nhau")
	}
	return bad.OrNil()
}
