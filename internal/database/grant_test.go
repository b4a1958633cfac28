package database_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestApplicationRoleCannotChangeTheSchema(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for _, stmt := range []string{
		"create table mine (id int)",
		"create schema mine",
		"create function mine() returns int language sql return 1",
		"alter table installation add column mine int",
		"drop table notice",
		"truncate notice",
		"alter table audit disable trigger all",
		"create role mine",
		"update audit set action = 'nothing'",
		"delete from audit_2022",
		"insert into append_only values ('mine')",
		"delete from append_only",
		"update goose_db_version set is_applied = false",
	} {
		if err := try(t, tx, stmt); !refused(err) {
			t.Errorf("%s: got %v, want it refused for lack of rights", stmt, err)
		}
	}
}

func TestApplicationRoleIsNoSuperuser(t *testing.T) {
	t.Parallel()
	powerful, err := database.Value[bool](t.Context(), dbtest.Tx(t), `
		select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
		from pg_roles
		where rolname = current_user`, nil)
	if err != nil || powerful {
		t.Errorf("the application's role has rights beyond its tables: %t, %v", powerful, err)
	}
}

func TestApplicationRoleOnlyAddsToAppendOnlyTables(t *testing.T) {
	t.Parallel()
	type table struct {
		Name                   string
		AppendOnly             bool
		Read, Insert           bool
		Update, Delete, Harmed bool
	}
	tables, err := database.All[table](t.Context(), dbtest.Tx(t), `
		select c.relname::text as name,
			a.name is not null as append_only,
			has_table_privilege(c.oid, 'select') as read,
			has_table_privilege(c.oid, 'insert') as insert,
			has_any_column_privilege(c.oid, 'update') as update,
			has_table_privilege(c.oid, 'delete') as delete,
			has_table_privilege(c.oid, 'truncate, trigger, references') as harmed
		from pg_class c
		left join append_only a on a.name = c.relname
		where c.relnamespace = 'public'::regnamespace
		and c.relkind in ('r', 'p')
		and c.relname not in ('append_only', 'goose_db_version')`, nil)
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for _, got := range tables {
		want := table{Name: got.Name, AppendOnly: got.AppendOnly, Read: true, Insert: true, Update: !got.AppendOnly, Delete: !got.AppendOnly}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got.AppendOnly {
			listed++
		}
	}
	if listed == 0 {
		t.Error("no table is append-only")
	}
}

func TestGrantRefusesARoleThatDoesNotExist(t *testing.T) {
	t.Parallel()
	err := database.Grant(t.Context(), connect(t, dbtest.NewURL(t).Owner), "nobody_here")
	if err == nil {
		t.Error("granted to nobody")
	}
}

// try runs a statement without spoiling the transaction for the next.
func try(t *testing.T, tx pgx.Tx, stmt string) error {
	t.Helper()
	return database.InTx(t.Context(), tx, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), stmt)
		return err
	})
}

func refused(err error) bool {
	pgErr, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pgErr.Code == "42501"
}
