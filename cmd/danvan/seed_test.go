//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/config"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/installation"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// seedPassword opens every account of a seeded portal.
const seedPassword = "Mật khẩu để thử 2022"

// seedUnits have two people each who write the plan: mot and hai.
var seedUnits = []string{"stp", "sct", "snv", "h-vi-thuy"}

// writers are the user names of those people with the units they belong to.
func writers() (all [][2]string) {
	for _, name := range []string{"mot", "hai"} {
		for _, u := range seedUnits {
			all = append(all, [2]string{u + "." + name, u})
		}
	}
	return all
}

// realData copies a folder of real data: the units and the campaign of 2022, every
// plan still to be written.
func realData(t testing.TB) string {
	t.Helper()
	from, err := realSeed()
	must(t, err)
	return copyOf(t, from)
}

var realSeed = sync.OnceValues(func() (string, error) { return seeded("real", seed) })

// emptySeed is a folder whose database is migrated.
var emptySeed = sync.OnceValues(func() (string, error) {
	dir, err := seedFolder("empty")
	if err != nil {
		return "", err
	}
	return dir, withStore(context.Background(), settingsOf(dir), func(*store) error { return nil })
})

// seeded makes a folder of that name into whose database fill has written.
func seeded(name string, fill func(ctx context.Context, db database.DB) error) (string, error) {
	from, err := emptySeed()
	if err != nil {
		return "", err
	}
	dir, err := seedFolder(name)
	if err != nil {
		return "", err
	}
	if err := copyInto(dir, from); err != nil {
		return "", err
	}
	ctx := context.Background()
	return dir, withStore(ctx, settingsOf(dir), func(s *store) error { return fill(ctx, s.app) })
}

func settingsOf(dir string) config.Config {
	return config.Config{Data: dir, MaxUpload: evidence.DefaultMax, PGBin: os.Getenv("DANVAN_PG_BIN")}
}

func seedFolder(name string) (string, error) {
	shop, err := workshop()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(shop, name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
}

func seed(ctx context.Context, db database.DB) error {
	from, now := viet.NewDate(2020, time.January, 1), time.Date(2022, time.March, 1, 8, 0, 0, 0, viet.Location)
	if err := installation.MarkReal(ctx, db); err != nil {
		return err
	}
	if _, err := unit.Load(ctx, db, actor.System, now, unit.Reference(), from, "danh mục đơn vị năm 2022"); err != nil {
		return err
	}
	if _, err := campaign.Load2022(ctx, db, actor.System, now); err != nil {
		return err
	}
	// The reports of the year are open as well: portals run at the machine's time.
	for _, at := range []time.Time{now, time.Date(2022, time.December, 1, 8, 0, 0, 0, viet.Location)} {
		if err := submission.Ensure(ctx, db, at); err != nil {
			return err
		}
	}
	hash, err := account.HashPassword(ctx, seedPassword)
	if err != nil {
		return err
	}
	for _, w := range writers() {
		in, err := unit.BySlug(ctx, db, w[1], viet.DateOf(now))
		if err != nil {
			return err
		}
		id, err := account.CreatePerson(ctx, db, actor.System, now, account.NewPerson{Name: "Người " + w[0], Username: w[0], Hash: hash, Exempt: true})
		if err != nil {
			return err
		}
		if err := account.Grant(ctx, db, actor.System, now, id, in.ID, actor.Staff, from, viet.Date{}); err != nil {
			return err
		}
		if w[1] != lead {
			continue
		}
		if err := account.Grant(ctx, db, actor.System, now, id, in.ID, actor.Consolidator, from, viet.Date{}); err != nil {
			return err
		}
		if err := beginSum(ctx, db, actor.Actor{Person: id, Name: w[0], Memberships: []actor.Membership{{Unit: in.ID, Role: actor.Consolidator}}}); err != nil {
			return err
		}
	}
	return nil
}

// lead is whose two people also write the report that sums the year up.
const lead = "snv"

// beginSum begins that report, unless somebody has.
func beginSum(ctx context.Context, db database.DB, act actor.Actor) error {
	svc, now := consolidation.NewService(db, nil, nil), time.Date(2022, time.December, 1, 8, 0, 0, 0, viet.Location)
	ref := consolidation.Ref{Year: 2022, Period: "nam", Unit: lead}
	c, err := svc.Case(ctx, act, now, ref)
	if err != nil || c.Begun() {
		return err
	}
	return svc.Begin(ctx, act, now, post.Once{}, ref)
}
