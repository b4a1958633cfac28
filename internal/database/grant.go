package database

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Grant gives role what the portal needs at run time and takes away all else: it
// reads and writes every table, but only adds to those listed in append_only, only
// reads append_only and the migrations' own table, and makes, alters and drops
// nothing. db is signed in as the owner of the schema. Granting twice is harmless.
func Grant(ctx context.Context, db DB, role string) error {
	err := InTx(ctx, db, func(tx pgx.Tx) error {
		// Two processes granting at once would fail with «tuple concurrently updated».
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('danvan grant'))`); err != nil {
			return err
		}
		added, err := Values[string](ctx, tx, `select name from append_only order by name`, nil)
		if err != nil {
			return err
		}
		for _, stmt := range grants(role, added) {
			if _, err := tx.Exec(ctx, stmt); err != nil {
				return fmt.Errorf("%s: %w", stmt, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("grant to %s: %w", role, err)
	}
	return nil
}

func grants(role string, appendOnly []string) []string {
	to := pgx.Identifier{role}.Sanitize()
	stmts := []string{
		"revoke create on schema public from public",
		"revoke all on schema public from " + to,
		"revoke all on all tables in schema public from " + to,
		"grant usage on schema public to " + to,
		"grant select, insert, update, delete on all tables in schema public to " + to,
		"grant usage on all sequences in schema public to " + to,
		"grant execute on all functions in schema public to " + to,
	}
	for _, table := range appendOnly {
		stmts = append(stmts, "revoke update, delete on public."+pgx.Identifier{table}.Sanitize()+" from "+to)
	}
	for _, table := range []string{"append_only", "goose_db_version"} {
		stmts = append(stmts, "revoke insert, update, delete on public."+table+" from "+to)
	}
	return stmts
}
