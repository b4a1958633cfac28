package account

import (
	"context"
	"errors"
	"time"

	"danvan/internal/database"
	"danvan/internal/fault"
)

// Tokens keeps what a browser's cookie stands for, under a hash of the cookie,
// for the session library of the site. The library's own store asks the database
// without the request's deadline: a database that hangs would hang every page.
type Tokens struct {
	DB database.DB
}

// FindCtx returns what is kept under token, unless it has expired. The clock is
// the machine's, as everywhere in sessions.
func (s Tokens) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	data, err = database.Value[[]byte](ctx, s.DB, `
		select data
		from sessions
		where token = @token
		  and expiry > current_timestamp`,
		database.Args{"token": token})
	if errors.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx keeps data under token until expiry.
func (s Tokens) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return database.Change(ctx, s.DB, `
		insert into sessions (token, data, expiry)
		values (@token, @data, @expiry)
		on conflict (token) do update
		set data = excluded.data, expiry = excluded.expiry`,
		database.Args{"token": token, "data": data, "expiry": expiry})
}

// DeleteCtx forgets token; one that is not kept is forgotten already.
func (s Tokens) DeleteCtx(ctx context.Context, token string) error {
	_, err := database.Exec(ctx, s.DB, `
		delete from sessions
		where token = @token`,
		database.Args{"token": token})
	return err
}

// Find, Commit and Delete are for callers without a request, of which the portal
// has none; the library asks for them.
func (s Tokens) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is explained at [Tokens.Find].
func (s Tokens) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is explained at [Tokens.Find].
func (s Tokens) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
