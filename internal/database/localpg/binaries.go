package localpg

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

const oldestMajor = 15

// Binaries is a folder of PostgreSQL programs of one major version.
type Binaries struct {
	Dir   string
	Major int
}

// Path returns the full name of one program.
func (b Binaries) Path(program string) string { return filepath.Join(b.Dir, program) }

// Where Debian, PGDG on RPM systems, SUSE, Alpine, a build from source, Homebrew
// and Postgres.app put the server's programs. Others have them in the PATH.
var usualPlaces = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/lib/postgresql*/bin",
	"/usr/libexec/postgresql*",
	"/usr/local/pgsql/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// FindBinaries returns the programs in dir or, when dir is empty, those of the
// newest version in the usual places. With major other than 0 only that major
// version will do. Else [ErrNoBinaries] or [ErrOtherVersion].
func FindBinaries(ctx context.Context, dir string, major int) (Binaries, error) {
	found := installed(ctx, dir)
	var best Binaries
	for _, b := range found {
		if major != 0 && b.Major == major {
			return b, nil
		}
		if b.Major > best.Major {
			best = b
		}
	}
	switch {
	case best.Major >= oldestMajor && major == 0:
		return best, nil
	case best.Major >= oldestMajor:
		return Binaries{}, fmt.Errorf("%w: it needs %d, the newest found is %d in %s; install PostgreSQL %d, or name its folder in DANVAN_PG_BIN",
			ErrOtherVersion, major, best.Major, best.Dir, major)
	case dir != "":
		return Binaries{}, fmt.Errorf("%w in %s, named by DANVAN_PG_BIN", ErrNoBinaries, dir)
	default:
		return Binaries{}, fmt.Errorf("%w: install it (Debian, Ubuntu: sudo apt-get install postgresql; macOS: brew install postgresql@17), name its folder in DANVAN_PG_BIN, or set DATABASE_URL", ErrNoBinaries)
	}
}

func installed(ctx context.Context, dir string) []Binaries {
	places := []string{dir}
	if dir == "" {
		places = nil
		for _, pattern := range usualPlaces {
			match, _ := filepath.Glob(pattern) // fails for a bad pattern only
			places = append(places, match...)
		}
		if path, err := exec.LookPath("initdb"); err == nil {
			places = append(places, filepath.Dir(path))
		}
	}
	var found []Binaries
	for _, place := range places {
		if major := majorOf(ctx, place); major != 0 {
			found = append(found, Binaries{place, major})
		}
	}
	return found
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// majorOf asks the programs in dir for their version; 0 when either is missing.
func majorOf(ctx context.Context, dir string) int {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	major := 0
	for _, program := range []string{"initdb", "postgres"} {
		out, err := exec.CommandContext(ctx, filepath.Join(dir, program), "--version").Output()
		if err != nil {
			return 0
		}
		match := versionLine.FindSubmatch(out)
		if match == nil {
			return 0
		}
		major, _ = strconv.Atoi(string(match[1])) // digits by the pattern
	}
	return major
}
