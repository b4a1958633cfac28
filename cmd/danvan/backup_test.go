//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"danvan/internal/database/dbtest"
	"danvan/internal/drilltest"
)

func TestDrillBackupOfARunningDemoIsRestoredElsewhere(t *testing.T) {
	t.Parallel()
	p := start(t, demoData(t), "demo")
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	saved := p.beside("backup", archive).succeed(t, "Saved: demo data")
	p.beside("backup", archive).fail(t, "exists already")
	p.beside("backup", "-force", archive).succeed(t)
	p.beside("restore", archive).fail(t, "a portal is running")
	p.stop()
	p.beside("restore", archive).fail(t, "not empty")

	private, urls := newFolder(t), dbtest.Empty(t)
	for _, settings := range [][]string{
		{"DANVAN_DATA=" + private},
		{"DANVAN_DATA=" + filepath.Join(newFolder(t), "files"), "DATABASE_URL=" + urls.App, "DANVAN_MIGRATE_URL=" + urls.Owner},
	} {
		restored := execute(t, settings, "restore", archive).succeed(t, "Restored and verified: demo data")
		if counts(restored.said) != counts(saved.said) {
			t.Errorf("saved %q, restored %q", saved.said, restored.said)
		}
		execute(t, settings, "audit", "verify").succeed(t, "Nothing was altered.")
		q := startWith(t, strings.TrimPrefix(settings[0], "DANVAN_DATA="), settings[1:], "demo")
		q.page(q.signedIn("stp.chuyenvien", demoPassword), "/ke-hoach/2022/stp", "Sở Tư pháp")
		q.stop()
		again := filepath.Join(t.TempDir(), "again.tar")
		execute(t, settings, "backup", again).succeed(t)
	}
	drilltest.Report(t, "restored into a folder and into a given database: %s", strings.TrimSpace(saved.said))
}

// counts is how many rows and files a backup or restoring speaks of; the job and
// the sign-ins between two backups add some rows.
func counts(said string) string {
	_, tables, _ := strings.Cut(said, " rows in ")
	tables, _, _ = strings.Cut(tables, " files")
	return tables
}

func TestBackupNeedsSomethingToSave(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	execute(t, []string{"DANVAN_DATA=" + newFolder(t)}, "backup", filepath.Join(folder, "danvan.tar")).fail(t, "holds no portal")
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
