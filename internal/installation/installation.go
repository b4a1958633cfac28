// Package installation says what this database is – empty, a demonstration or
// the real thing – and keeps the demonstration's clock.
package installation

import (
	"context"
	"errors"
	"fmt"

	"danvan/internal/database"
)

// Mode is what a database was first filled as. It never changes afterwards.
type Mode string

const (
	Empty Mode = "empty"
	Demo  Mode = "demo"
	Real  Mode = "real"
)

var (
	// ErrIsReal stops a demonstration from touching real data.
	ErrIsReal = errors.New("cơ sở dữ liệu này chứa dữ liệu thật; “danvan demo” không chạy trên đó")
	// ErrIsDemo stops the real portal from serving made-up data.
	ErrIsDemo = errors.New("cơ sở dữ liệu này chứa dữ liệu minh họa; “danvan serve” không chạy trên đó")
)

// ModeOf returns what the database is.
func ModeOf(ctx context.Context, db database.DB) (Mode, error) {
	return database.Value[Mode](ctx, db, `select mode from installation`, nil)
}

// MarkReal makes an empty database a real one. One that is real already stays
// so; a demonstration is refused.
func MarkReal(ctx context.Context, db database.DB) error {
	if _, err := database.Exec(ctx, db, `update installation set mode = 'real' where mode = 'empty'`, nil); err != nil {
		return err
	}
	mode, err := ModeOf(ctx, db)
	if err != nil {
		return err
	}
	if mode != Real {
		return fmt.Errorf("serve: %w", ErrIsDemo)
	}
	return nil
}
