package account

import (
	"context"
	"fmt"
	"net/mail"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// NewPerson is somebody to be entered. Without Username there is no sign-in.
type NewPerson struct {
	Name     string
	Title    string
	Email    string
	Username string
	Hash     Hash // of the first password, from [HashPassword]
	// Exempt people need not change the first password nor have a second
	// factor. Only the portal itself makes them, for the demo.
	Exempt bool
}

var usernameForm = regexp.MustCompile(`^[a-z0-9]+([._-][a-z0-9]+)*$`)

func (p NewPerson) clean() NewPerson {
	p.Name, p.Title, p.Email = viet.CleanLine(p.Name), viet.CleanLine(p.Title), viet.CleanLine(p.Email)
	p.Username = canonical(p.Username)
	return p
}

func (p NewPerson) check(act actor.Actor) error {
	bad := fault.Invalid{}
	if p.Name == "" {
		bad.Add("name", "Ghi họ và tên")
	}
	if p.Email != "" {
		if address, err := mail.ParseAddress(p.Email); err != nil || address.Address != p.Email {
			bad.Add("email", "Ghi địa chỉ thư điện tử theo dạng ten@haugiang.gov.vn")
		}
	}
	if p.Username != "" && (!usernameForm.MatchString(p.Username) || len(p.Username) < 3 || len(p.Username) > 60) {
		bad.Add("username", "Tên đăng nhập dài từ 3 đến 60 ký tự, chỉ gồm chữ không dấu, chữ số, dấu chấm và gạch nối, ví dụ stp.chuyenvien")
	}
	if (p.Username == "") != (p.Hash == "") {
		bad.Add("password", "Tài khoản đăng nhập phải có cả tên đăng nhập và mật khẩu")
	}
	if p.Exempt && !act.IsSystem() {
		bad.Add("", "Chỉ dữ liệu minh họa mới có tài khoản được miễn đổi mật khẩu")
	}
	return bad.OrNil()
}

// recorded is a person in the audit: no password, nor its hash.
type recorded struct {
	Name     string `json:"name"`
	Title    string `json:"title,omitempty"`
	Username string `json:"username,omitempty"`
	Exempt   bool   `json:"exempt,omitempty"`
}

// CreatePerson enters a person. Who has a sign-in must change the password at
// the first one, unless exempt.
func CreatePerson(ctx context.Context, db database.DB, act actor.Actor, now time.Time, p NewPerson) (actor.PersonID, error) {
	p = p.clean()
	var id actor.PersonID
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if err := p.check(act); err != nil {
			return err
		}
		id, err = database.Value[actor.PersonID](ctx, tx, `
			insert into person (name, name_sort, title, email)
			values (@name, @name_sort, @title, @email)
			returning id`,
			database.Args{"name": p.Name, "name_sort": viet.SortName(p.Name), "title": p.Title, "email": p.Email})
		if err != nil {
			return err
		}
		if p.Username != "" {
			if err := addCredential(ctx, tx, now, id, p); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(id), Action: "created", Authority: as,
			After: recorded{Name: p.Name, Title: p.Title, Username: p.Username, Exempt: p.Exempt},
		})
	})
	if database.Violates(err, "credential_username_key") {
		return 0, fault.Invalid{"username": "Tên đăng nhập " + p.Username + " đã có người dùng"}
	}
	if err != nil {
		return 0, fmt.Errorf("create person: %w", err)
	}
	return id, nil
}

func addCredential(ctx context.Context, tx pgx.Tx, now time.Time, id actor.PersonID, p NewPerson) error {
	return database.Change(ctx, tx, `
		insert into credential (person_id, username, hash, must_change, exempt, changed_at)
		values (@id, @username, @hash, not @exempt, @exempt, @now)`,
		database.Args{"id": id, "username": p.Username, "hash": p.Hash, "exempt": p.Exempt, "now": now})
}

// ResetPassword gives a person a password to be changed at the next sign-in,
// ends that person's sessions and lets them try again at once.
func ResetPassword(ctx context.Context, db database.DB, act actor.Actor, person actor.PersonID, hash Hash, machine, now time.Time) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		username, err := database.Value[string](ctx, tx, `
			update credential
			set hash = @hash, must_change = true, changed_at = @now
			where person_id = @person
			returning username`,
			database.Args{"person": person, "hash": hash, "now": now})
		if err != nil {
			return err
		}
		if err := forgive(ctx, tx, username); err != nil {
			return err
		}
		if err := endAllBut(ctx, tx, person, "", machine); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(person), Action: "password_reset", Authority: as})
	})
	if err != nil {
		return fmt.Errorf("reset password of person %d: %w", person, err)
	}
	return nil
}

// Leave ends everything a person does here after the day last: roles, and once
// that day is past the sign-in and every session. Work without an owner shows
// up in the unit leader's queue by itself.
func Leave(ctx context.Context, db database.DB, act actor.Actor, person actor.PersonID, last viet.Date, machine, now time.Time) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if last.IsZero() {
			return fault.Invalid{"last": "Chọn ngày làm việc cuối cùng"}
		}
		ended, err := endRoles(ctx, tx, person, last)
		if err != nil {
			return err
		}
		if last.Before(viet.DateOf(now)) {
			if err := deactivate(ctx, tx, person, machine); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(person), Action: "left", Authority: as,
			After: struct {
				Last viet.Date `json:"last"`
				From []held    `json:"from"`
			}{last, ended},
		})
	})
	if err != nil {
		return fmt.Errorf("let person %d leave: %w", person, err)
	}
	return nil
}

func deactivate(ctx context.Context, tx pgx.Tx, person actor.PersonID, machine time.Time) error {
	err := database.Change(ctx, tx, `
		update person
		set active = false
		where id = @person`,
		database.Args{"person": person})
	if err != nil {
		return err
	}
	return endAllBut(ctx, tx, person, "", machine)
}
