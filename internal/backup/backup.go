// Package backup writes the database and the files of an installation into one
// archive and fills an empty installation from it. What is in them is not its
// business.
//
// An archive is a tar file: database.dump (PostgreSQL's own custom format), every
// file under files/ by its hash, and last manifest.json, without which it is not
// whole. The tar file is not compressed: the dump is already, and so is every type
// of file that can be attached.
package backup

import (
	"errors"
	"maps"
	"slices"
	"time"

	"danvan/internal/evidence"
	"danvan/internal/installation"
)

// Place is the installation to save or to fill.
type Place struct {
	OwnerURL string // of the database, as the owner of the schema
	AppURL   string // as the application's role
	Files    *evidence.Store
	Bin      string // folder of pg_dump and pg_restore; empty: look for them
}

var (
	// ErrExists says that the archive would replace a file.
	ErrExists = errors.New("the file exists already")
	// ErrDamaged says that an archive, or a file to be put into one, is not what its
	// hash promises.
	ErrDamaged = errors.New("damaged")
	// ErrNotEmpty says that the installation to fill holds something.
	ErrNotEmpty = errors.New("not empty: restoring needs an empty database and an empty folder or bucket, say a new DANVAN_DATA")
	// ErrServing says that a portal is at work on the database to fill.
	ErrServing = errors.New("a portal is running on this database: stop it first")
	// ErrNothing says that there is no schema to save.
	ErrNothing = errors.New("the database holds no portal: is DANVAN_DATA or DATABASE_URL right?")
	// ErrNoProgram says that pg_dump or pg_restore is missing or too old.
	ErrNoProgram = errors.New("no usable PostgreSQL client program")
	// ErrAudit says that all was restored, but the audit in it had been altered.
	ErrAudit = errors.New("everything is restored, but the record of the audit was altered before the backup: danvan audit verify tells where")
)

// format is the version of the archive's own layout.
const format = 1

// Names in the archive.
const (
	dumpName     = "database.dump"
	filesFolder  = "files/"
	manifestName = "manifest.json"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format   int               `json:"format"`
	Created  time.Time         `json:"created"` // machine time
	Mode     installation.Mode `json:"mode"`
	Schema   int64             `json:"schema"`
	Postgres int               `json:"postgres"` // major version of the pg_dump that wrote the dump
	Rows     map[string]int64  `json:"rows"`     // by table
	Members  []Member          `json:"members"`  // in the order of the archive
}

// Member is one file of the archive but the manifest itself.
type Member struct {
	Name   string       `json:"name"`
	Size   int64        `json:"size"`
	SHA256 evidence.SHA `json:"sha256"`
}

// RowCount is the number of rows in all tables.
func (m Manifest) RowCount() int64 {
	var n int64
	for count := range maps.Values(m.Rows) {
		n += count
	}
	return n
}

// Files returns the hashes of the attached files.
func (m Manifest) Files() map[evidence.SHA]bool {
	files := map[evidence.SHA]bool{}
	for _, member := range m.Members {
		if member.Name != dumpName {
			files[member.SHA256] = true
		}
	}
	return files
}

// differences names the tables whose number of rows is not as in m, in order.
func (m Manifest) differences(rows map[string]int64) []string {
	var names []string
	for name, want := range m.Rows {
		if got, there := rows[name]; !there || got != want {
			names = append(names, name)
		}
	}
	for name := range rows {
		if _, known := m.Rows[name]; !known {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
