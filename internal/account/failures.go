package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// A guard slows guessing down: each failure from the free ones on doubles the
// time to wait. Failures are forgotten once none came for a while.
type guard struct {
	free    int // failures without a wait
	longest time.Duration
	forget  time.Duration
}

var (
	// An account is guarded against one person guessed at from everywhere.
	accountGuard = guard{free: 5, longest: time.Hour, forget: 24 * time.Hour}
	// An address is guarded against everybody guessed at from there. Offices
	// share one address, so it takes more and waits less.
	addressGuard = guard{free: 30, longest: 15 * time.Minute, forget: time.Hour}
)

// wait is how long to wait after so many failures in a row.
func (g guard) wait(failures int) time.Duration {
	if failures < g.free {
		return 0
	}
	wait := time.Minute
	for range failures - g.free {
		if wait *= 2; wait >= g.longest {
			return g.longest
		}
	}
	return wait
}

// never is until when those wait who need not: long ago, so that processes
// whose clocks differ agree.
var never = time.Unix(0, 0)

// accountKey hides the user name: people type passwords into the wrong field.
func accountKey(username string) string {
	sum := sha256.Sum256([]byte(username))
	return "name:" + hex.EncodeToString(sum[:])
}

// addressKey takes the network of an IPv6 address, in which one machine has
// more addresses than there are passwords. An unknown address has no key.
func addressKey(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	if ip = ip.Unmap(); ip.Is6() {
		network, err := ip.WithZone("").Prefix(64)
		if err != nil {
			return ""
		}
		return "addr:" + network.String()
	}
	return "addr:" + ip.String()
}

// refuseWhileWaiting says how long to wait, the same for accounts that exist
// and for those that do not.
func refuseWhileWaiting(ctx context.Context, db database.DB, machine time.Time, keys ...string) error {
	until, err := database.Value[*time.Time](ctx, db, `
		select max(until)
		from sign_in_failure
		where key = any(@keys::text[])
		  and until > @machine::timestamptz`,
		database.Args{"keys": keys, "machine": machine})
	if err != nil || until == nil {
		return err
	}
	return tooMany(until.Sub(machine))
}

func tooMany(wait time.Duration) error {
	return fault.Invalid{"": "Đã nhập sai nhiều lần. Chờ " + waitWords(wait) + " rồi đăng nhập lại"}
}

// waitWords rounds up: whoever waits as long as it says may try.
func waitWords(wait time.Duration) string {
	if wait <= time.Minute {
		return fmt.Sprintf("%d giây", int((wait+time.Second-1)/time.Second))
	}
	return viet.FormatInt(int64((wait+time.Minute-1)/time.Minute)) + " phút"
}

// count adds a failure under key, or refuses as long as there is to wait. Those
// who come together, from any process, queue for the row: each sees what the
// one before left.
func (g guard) count(ctx context.Context, db database.DB, machine time.Time, key string) error {
	if key == "" {
		return nil
	}
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		type row struct {
			Failures int
			LastAt   time.Time
			Until    time.Time
		}
		r, err := database.One[row](ctx, tx, `
			insert into sign_in_failure (key, failures, last_at, until)
			values (@key, 0, @machine, @never)
			on conflict (key) do update
			set key = excluded.key
			returning failures, last_at, until`,
			database.Args{"key": key, "machine": machine, "never": never})
		if err != nil {
			return err
		}
		if r.Until.After(machine) {
			return tooMany(r.Until.Sub(machine))
		}
		if machine.Sub(r.LastAt) > g.forget {
			r.Failures = 0
		}
		failures, until := r.Failures+1, never
		if wait := g.wait(failures); wait > 0 {
			until = machine.Add(wait)
		}
		return database.Change(ctx, tx, `
			update sign_in_failure
			set failures = @failures, last_at = @machine, until = @until
			where key = @key`,
			database.Args{"key": key, "failures": failures, "machine": machine, "until": until})
	})
}

// forgive forgets the failures of an account after a success.
func forgive(ctx context.Context, db database.DB, username string) error {
	_, err := database.Exec(ctx, db, `
		delete from sign_in_failure
		where key = @key`,
		database.Args{"key": accountKey(username)})
	return err
}

// prove checks the password of an account that may not exist. The failure is
// counted before the password is looked at, so that guesses sent all at once do
// not slip through together; [forgive] takes it back.
func prove(ctx context.Context, db database.DB, machine time.Time, username string, hash Hash, password string) (bool, error) {
	if err := accountGuard.count(ctx, db, machine, accountKey(username)); err != nil {
		return false, err
	}
	exists := hash != ""
	if !exists {
		var err error
		if hash, err = nobody(); err != nil {
			return false, err
		}
	}
	if len(password) > 4*maxPassword {
		password = strings.Repeat("x", 4*maxPassword) // as slow as any other wrong one
		exists = false
	}
	ok, err := hash.matches(ctx, password)
	return ok && exists, err
}
