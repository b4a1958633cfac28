package account

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Codes change every 30 seconds; the one before and the one after are taken too,
// for telephones whose clock is off.
const (
	stepSeconds = 30
	skew        = 1
)

// Enrolment is a second factor being set up. Nothing is stored until a code
// proves that the telephone has the secret.
type Enrolment struct {
	Secret string // base32, for typing by hand
	Link   string // otpauth://…, for a QR code
}

// NewEnrolment makes a secret for username.
func NewEnrolment(username string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: username})
	if err != nil {
		return Enrolment{}, fmt.Errorf("make a second factor: %w", err)
	}
	return Enrolment{Secret: key.Secret(), Link: key.String()}, nil
}

// Again is the enrolment of a secret shown before, for showing it once more;
// ok is false for a text that is no secret of ours.
func Again(username, secret string) (e Enrolment, ok bool) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil || len(raw) != 20 {
		return Enrolment{}, false
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: username, Secret: raw})
	if err != nil {
		return Enrolment{}, false
	}
	return Enrolment{Secret: key.Secret(), Link: key.String()}, true
}

// issuer is what the application on the telephone shows above the code. Some of
// them cannot show diacritics.
const issuer = "Dan van chinh quyen"

// Enrol stores the second factor of act once code proves it, and ends their
// other sessions. The fault is under "code".
func Enrol(ctx context.Context, db database.DB, act actor.Actor, session, secret, code string, machine, now time.Time) error {
	if _, ok := Again("x", secret); !ok {
		return fault.Invalid{"": "Khóa xác thực đã mất. Mở lại trang này để nhận khóa mới"}
	}
	step, err := match(secret, code, machine, 0)
	if err != nil {
		return err
	}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		err := database.Change(ctx, tx, `
			update credential
			set totp_secret = @secret, last_step = @step
			where person_id = @person
			  and totp_secret = ''`,
			database.Args{"person": act.Person, "secret": secret, "step": step})
		if err != nil {
			return err
		}
		if err := endAllBut(ctx, tx, act.Person, session, machine); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(act.Person), Action: "second_factor_enrolled"})
	})
	if err != nil {
		return fmt.Errorf("enrol second factor of person %d: %w", act.Person, err)
	}
	return nil
}

// RemoveSecondFactor switches the second factor of act off, against the password.
// Administrators may not. The fault is under "password".
func RemoveSecondFactor(ctx context.Context, db database.DB, act actor.Actor, password string, machine, now time.Time) error {
	if act.Has(actor.Admin) {
		return fault.Refusal{
			Reason: "Người quản trị phải dùng xác thực hai lớp.",
			Remedy: "Khi đổi điện thoại, nhờ một người quản trị khác đặt lại xác thực hai lớp cho bạn.",
		}
	}
	p, err := ByID(ctx, db, act.Person)
	if err != nil {
		return err
	}
	c, err := credentialOf(ctx, db, p.Username)
	if err != nil {
		return err
	}
	ok, err := prove(ctx, db, machine, p.Username, c.Hash, password)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Invalid{"password": "Mật khẩu không đúng"}
	}
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := forgive(ctx, tx, p.Username); err != nil {
			return err
		}
		return forgetSecondFactor(ctx, tx, act, now, act.Person, "")
	})
}

// ResetSecondFactor lets an administrator switch off the second factor of a
// person whose telephone is gone, and ends that person's sessions.
func ResetSecondFactor(ctx context.Context, db database.DB, act actor.Actor, person actor.PersonID, machine, now time.Time) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if err := endAllBut(ctx, tx, person, "", machine); err != nil {
			return err
		}
		return forgetSecondFactor(ctx, tx, act, now, person, as)
	})
}

func forgetSecondFactor(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, person actor.PersonID, as string) error {
	err := database.Change(ctx, tx, `
		update credential
		set totp_secret = '', last_step = 0
		where person_id = @person`,
		database.Args{"person": person})
	if err != nil {
		return fmt.Errorf("remove second factor of person %d: %w", person, err)
	}
	return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(person), Action: "second_factor_removed", Authority: as})
}

// check returns the step whose code was typed, 0 when the account asks for none.
func (c credential) check(code string, machine time.Time) (step int64, err error) {
	if c.Secret == "" {
		return 0, nil
	}
	return match(c.Secret, code, machine, c.LastStep)
}

// use makes sure that a code works once, whichever process sees it first.
func (c credential) use(ctx context.Context, tx pgx.Tx, step int64) error {
	if c.Secret == "" {
		return nil
	}
	n, err := database.Exec(ctx, tx, `
		update credential
		set last_step = @step
		where person_id = @person
		  and last_step < @step`,
		database.Args{"person": c.Person, "step": step})
	if err == nil && n == 0 {
		return fault.Invalid{"code": codeWrong}
	}
	return err
}

// match finds the step after last to which code belongs.
func match(secret, code string, machine time.Time, last int64) (step int64, err error) {
	code = strings.ReplaceAll(viet.CleanLine(code), " ", "")
	if code == "" {
		return 0, fault.Invalid{"code": codeNeeded}
	}
	at := machine.Unix() / stepSeconds
	for step := at - skew; step <= at+skew; step++ {
		if step <= last {
			continue
		}
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, fmt.Errorf("second factor: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, nil
		}
	}
	return 0, fault.Invalid{"code": codeWrong}
}
