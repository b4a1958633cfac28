// Package evidence keeps the files people attach: bytes under their SHA-256 in one
// folder or one bucket, the type judged by content. Who may read a file is decided
// by the feature it is attached to.
package evidence

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"

	"danvan/internal/fault"
)

// Type is a media type the portal accepts.
type Type string

const (
	PDF  Type = "application/pdf"
	DOCX Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	JPEG Type = "image/jpeg"
	PNG  Type = "image/png"
)

// Types lists every type that is accepted.
var Types = []Type{PDF, DOCX, XLSX, JPEG, PNG}

var typeWords = map[Type]string{
	PDF:  "PDF",
	DOCX: "Word (.docx)",
	XLSX: "Excel (.xlsx)",
	JPEG: "ảnh JPEG",
	PNG:  "ảnh PNG",
}

// Word is the type as users read it.
func (t Type) Word() string { return typeWords[t] }

// Accept is the value of the accept attribute of a file field.
const Accept = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"

// typeOf tells the type a file name promises.
var typeOf = map[string]Type{
	".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG,
}

var extensionOf = map[Type]string{PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", JPEG: ".jpg", PNG: ".png"}

// SHA is the hash by which a file is known.
type SHA [sha256.Size]byte

// String is the hash in lower-case hexadecimal digits, as in addresses.
func (s SHA) String() string { return hex.EncodeToString(s[:]) }

// ParseSHA reads [SHA.String]; anything else is [fault.NotFound].
func ParseSHA(text string) (SHA, error) {
	var s SHA
	if len(text) != 2*len(s) {
		return s, fault.NotFound
	}
	if _, err := hex.Decode(s[:], []byte(text)); err != nil || s.String() != text {
		return SHA{}, fault.NotFound
	}
	return s, nil
}

// Value makes a bytea column of s.
func (s SHA) Value() (driver.Value, error) { return s[:], nil }

// Scan reads a bytea column.
func (s *SHA) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(s) {
		return fmt.Errorf("scan a hash: unexpected %T", src)
	}
	copy(s[:], b)
	return nil
}

// MarshalText writes [SHA.String], for JSON.
func (s SHA) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads [SHA.String].
func (s *SHA) UnmarshalText(text []byte) error {
	parsed, err := ParseSHA(string(text))
	*s = parsed
	return err
}

// File is a stored file under the name its sender gave it.
type File struct {
	SHA  SHA
	Name string // cleaned
	Type Type
	Size int64
}

// Field is the name under which every mistake of this package is reported.
const Field = "file"

func refuse(format string, args ...any) error {
	return fault.Invalid{Field: fmt.Sprintf(format, args...)}
}
