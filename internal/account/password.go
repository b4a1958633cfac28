package account

import (
	"context"
	"crypto/rand"
	_ "embed"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Hash is a password as it is stored.
type Hash string

// cost follows the OWASP recommendation for Argon2id: 19 MiB, two passes, one lane.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// slots bounds how much memory and how many processors hashing takes, however
// many people sign in at once.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

func inSlot(ctx context.Context, fn func() error) error {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-slots }()
	return fn()
}

// HashPassword takes tens of milliseconds and waits its turn: call it outside
// transactions.
func HashPassword(ctx context.Context, password string) (Hash, error) {
	var hash string
	err := inSlot(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(composed(password), cost)
		return err
	})
	return Hash(hash), err
}

// matches takes as long for a wrong password as for the right one.
func (h Hash) matches(ctx context.Context, password string) (ok bool, err error) {
	err = inSlot(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(composed(password), string(h))
		return err
	})
	return ok, err
}

// nobody is compared with when there is no such account, so that the answer
// takes as long as if there were.
var nobody = sync.OnceValues(func() (Hash, error) { return HashPassword(context.Background(), rand.Text()) })

// composed makes one password of the two ways to encode "ậ": people type the
// same word on keyboards that differ.
func composed(password string) string { return norm.NFC.String(password) }

const (
	minPassword = 10  // characters
	maxPassword = 128 // characters; a longer one only costs time
)

//go:embed common.txt
var commonFile string

// common holds, folded, passwords that are tried first. Shorter ones than
// [minPassword] need no list.
var common = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(commonFile) {
		if line = strings.TrimSpace(line); line != "" {
			all[viet.Fold(line)] = true
		}
	}
	return all
})

// checkPassword says why password will not do for the account username.
func checkPassword(field, password, username string) error {
	length := utf8.RuneCountInString(composed(password))
	folded := viet.Fold(password)
	switch {
	case password == "":
		return fault.Invalid{field: "Nhập mật khẩu mới"}
	case length < minPassword:
		return fault.Invalid{field: "Mật khẩu phải có ít nhất 10 ký tự"}
	case length > maxPassword:
		return fault.Invalid{field: "Mật khẩu dài nhất 128 ký tự"}
	case holdsUsername(folded, username):
		return fault.Invalid{field: "Mật khẩu không được chứa tên đăng nhập"}
	case common()[folded], fewCharacters(folded):
		return fault.Invalid{field: "Mật khẩu này quá phổ biến, dễ bị đoán. Chọn một cụm từ khác, ví dụ ghép bốn từ không liên quan"}
	}
	return nil
}

// holdsUsername lets pass a short user name inside a long password: "an" stands
// in many words.
func holdsUsername(folded, username string) bool {
	username = viet.Fold(username)
	return folded == username || len(username) >= 5 && strings.Contains(folded, username)
}

// fewCharacters catches "aaaaaaaaaa" and "1212121212".
func fewCharacters(password string) bool {
	seen := map[rune]bool{}
	for _, r := range password {
		seen[r] = true
	}
	return len(seen) < 4
}

// TemporaryPassword makes a password to be handed over and changed at the first
// sign-in: 75 random bits, easy to read out over the telephone.
func TemporaryPassword() string {
	text := strings.ToLower(rand.Text())
	return text[0:5] + "-" + text[5:10] + "-" + text[10:15]
}
