package post

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// Sealer seals what must come back unread and unchanged. All processes of one
// installation share its key, so that any of them opens what another sealed.
type Sealer struct {
	token  cipher.AEAD
	parked cipher.AEAD
}

// NewSealer loads the key of the installation; one Sealer serves the whole process.
func NewSealer(ctx context.Context, db database.DB) (*Sealer, error) {
	key, err := database.Value[[]byte](ctx, db, `select seal_key from installation`, nil)
	if err != nil {
		return nil, err
	}
	var s Sealer
	if s.token, err = cipherFor(key, "danvan form token"); err != nil {
		return nil, err
	}
	s.parked, err = cipherFor(key, "danvan parked post")
	return &s, err
}

// cipherFor derives the key of one purpose, so that nothing sealed for another opens.
func cipherFor(key []byte, purpose string) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, key, nil, purpose, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

const (
	// TokenLife is how long after a form was shown its post can still be rescued.
	TokenLife = 24 * time.Hour
	// skew is by how much the clocks of two machines may differ.
	skew = 5 * time.Minute
)

// ErrToken says that a form's token is forged, damaged, from elsewhere or too old.
var ErrToken = errors.New("the form's token is not valid")

// Token seals for whom, at which address and at which machine time a form was
// shown. It goes into the form and comes back with the post.
func (s *Sealer) Token(person actor.PersonID, path string, at time.Time) string {
	plain := binary.AppendVarint(nil, int64(person))
	plain = binary.AppendVarint(plain, at.Unix())
	plain = append(plain, path...)
	return base64.RawURLEncoding.EncodeToString(s.token.Seal(nil, nil, plain, nil))
}

// Open returns what [Sealer.Token] sealed, or [ErrToken]. It says for whom a post
// may be kept, never that this person is signed in.
func (s *Sealer) Open(token string, machineNow time.Time) (person actor.PersonID, path string, at time.Time, err error) {
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || strings.ContainsAny(token, "\r\n") { // which the decoder skips
		return 0, "", time.Time{}, ErrToken
	}
	plain, err := s.token.Open(nil, nil, sealed, nil)
	if err != nil {
		return 0, "", time.Time{}, ErrToken
	}
	id, n := binary.Varint(plain)
	seconds, m := binary.Varint(plain[max(n, 0):])
	if n <= 0 || m <= 0 || id <= 0 {
		return 0, "", time.Time{}, ErrToken
	}
	at = time.Unix(seconds, 0)
	if age := machineNow.Sub(at); age > TokenLife || age < -skew {
		return 0, "", time.Time{}, ErrToken
	}
	return actor.PersonID(id), string(plain[n+m:]), at, nil
}
