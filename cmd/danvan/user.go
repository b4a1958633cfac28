package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/config"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

const userUsage = `danvan user list
  danvan user add -name "Họ và tên" [-username ten.dang-nhap] [-title "chức vụ"] [-email thu]
  danvan user password USERNAME         give a new temporary password
  danvan user second-factor USERNAME    forget the second factor
  danvan user grant USERNAME UNIT ROLE  roles: staff unit_leader reviewer consolidator leadership observer admin
  danvan user end MEMBERSHIP [LAST DAY] end one role, today unless a day is given
  danvan user leave USERNAME [LAST DAY] end every role and the sign-in`

// user keeps people from the command line: the first administrator, and what to
// do when nobody can sign in.
func user(ctx context.Context, env environment, cfg config.Config, args []string) error {
	return withStore(ctx, cfg, func(s *store) error {
		u := users{ctx: ctx, env: env, db: s.app, now: time.Now()}
		if len(args) == 0 {
			return u.wrong()
		}
		switch verb, rest := args[0], args[1:]; {
		case verb == "list" && len(rest) == 0:
			return u.list()
		case verb == "add":
			return u.add(rest)
		case verb == "password" && len(rest) == 1:
			return u.password(rest[0])
		case verb == "second-factor" && len(rest) == 1:
			return u.secondFactor(rest[0])
		case verb == "grant" && len(rest) == 3:
			return u.grant(rest[0], rest[1], actor.Role(rest[2]))
		case verb == "end" && (len(rest) == 1 || len(rest) == 2):
			return u.end(rest)
		case verb == "leave" && (len(rest) == 1 || len(rest) == 2):
			return u.leave(rest)
		}
		return u.wrong()
	})
}

type users struct {
	ctx context.Context
	env environment
	db  database.DB
	now time.Time // the machine's: the command line knows no demonstration
}

func (u users) wrong() error { return fmt.Errorf("%w:\n  %s", errUsage, userUsage) }

func (u users) say(format string, args ...any) error {
	_, err := fmt.Fprintf(u.env.out, format+"\n", args...)
	return err
}

func (u users) list() error {
	people, err := account.Everybody(u.ctx, u.db, viet.DateOf(u.now))
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(u.env.out, 0, 0, 2, ' ', 0)
	for _, p := range people {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Username, p.Name, strings.Join(p.Roles, ", "))
	}
	return w.Flush()
}

func (u users) add(args []string) error {
	flags := flag.NewFlagSet("user add", flag.ContinueOnError)
	flags.SetOutput(u.env.out)
	var p account.NewPerson
	flags.StringVar(&p.Name, "name", "", "họ và tên")
	flags.StringVar(&p.Username, "username", "", "sign-in name, none without")
	flags.StringVar(&p.Title, "title", "", "chức vụ")
	flags.StringVar(&p.Email, "email", "", "e-mail address")
	if err := flags.Parse(args); err != nil {
		return err
	}
	password := ""
	if p.Username != "" {
		password = account.TemporaryPassword()
		var err error
		if p.Hash, err = account.HashPassword(u.ctx, password); err != nil {
			return err
		}
	}
	if _, err := account.CreatePerson(u.ctx, u.db, actor.System, u.now, p); err != nil {
		return err
	}
	if password == "" {
		return u.say("%s: no sign-in.", p.Name)
	}
	return u.say("%s signs in as %s with the temporary password %s, to be changed at once.", p.Name, p.Username, password)
}

func (u users) person(username string) (account.Person, error) {
	return account.ByUsername(u.ctx, u.db, username)
}

func (u users) password(username string) error {
	p, err := u.person(username)
	if err != nil {
		return err
	}
	password := account.TemporaryPassword()
	hash, err := account.HashPassword(u.ctx, password)
	if err != nil {
		return err
	}
	if err := account.ResetPassword(u.ctx, u.db, actor.System, p.ID, hash, u.now, u.now); err != nil {
		return err
	}
	return u.say("%s signs in as %s with the temporary password %s, to be changed at once.", p.Name, p.Username, password)
}

func (u users) secondFactor(username string) error {
	p, err := u.person(username)
	if err != nil {
		return err
	}
	if err := account.ResetSecondFactor(u.ctx, u.db, actor.System, p.ID, u.now, u.now); err != nil {
		return err
	}
	return u.say("%s sets up a new second factor at the next sign-in.", p.Name)
}

func (u users) grant(username, slug string, role actor.Role) error {
	if !slices.Contains(actor.Roles, role) {
		return u.wrong()
	}
	p, err := u.person(username)
	if err != nil {
		return err
	}
	today := viet.DateOf(u.now)
	in, err := unit.BySlug(u.ctx, u.db, slug, today)
	if errors.Is(err, fault.NotFound) {
		return fmt.Errorf("this database has no unit %q on %s", slug, today)
	}
	if err != nil {
		return err
	}
	if err := account.Grant(u.ctx, u.db, actor.System, u.now, p.ID, in.ID, role, today, viet.Date{}); err != nil {
		return err
	}
	return u.say("%s is %s of %s from %s.", p.Name, account.RoleWord(role), in.Name, today)
}

func (u users) end(args []string) error {
	id, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return u.wrong()
	}
	last, err := u.day(args[1:])
	if err != nil {
		return err
	}
	if err := account.EndMembership(u.ctx, u.db, actor.System, u.now, id, last); err != nil {
		return err
	}
	return u.say("Ended after %s.", last)
}

func (u users) leave(args []string) error {
	p, err := u.person(args[0])
	if err != nil {
		return err
	}
	last, err := u.day(args[1:])
	if err != nil {
		return err
	}
	if err := account.Leave(u.ctx, u.db, actor.System, p.ID, last, u.now, u.now); err != nil {
		return err
	}
	return u.say("%s leaves after %s; open activities go to the unit leader's queue.", p.Name, last)
}

// day is the day named, or today.
func (u users) day(args []string) (viet.Date, error) {
	if len(args) == 0 {
		return viet.DateOf(u.now), nil
	}
	return viet.ParseDate(args[0])
}
