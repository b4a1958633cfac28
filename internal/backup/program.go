package backup

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"danvan/internal/database/localpg"
)

// program is one of PostgreSQL's client programs.
type program struct {
	path  string
	major int
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// findProgram returns the first program of that name in bin, beside an installed
// server or in the PATH that is of major version least or newer.
func findProgram(ctx context.Context, name, bin string, least int) (program, error) {
	var places []string
	if bin != "" {
		places = append(places, filepath.Join(bin, name))
	}
	for _, major := range []int{least, 0} {
		if found, err := localpg.FindBinaries(ctx, "", major); err == nil {
			places = append(places, found.Path(name))
		}
	}
	if path, err := exec.LookPath(name); err == nil {
		places = append(places, path)
	}
	var old []string
	for _, path := range slices.Compact(places) {
		major := majorOf(ctx, path)
		if major >= least {
			return program{path, major}, nil
		}
		if major > 0 {
			old = append(old, fmt.Sprintf("%s is of version %d", path, major))
		}
	}
	if len(old) > 0 {
		return program{}, fmt.Errorf("%w: version %d of %s or newer is needed, %s; install postgresql-client-%d or name its folder in DANVAN_PG_BIN",
			ErrNoProgram, least, name, strings.Join(old, ", "), least)
	}
	return program{}, fmt.Errorf("%w: %s is not installed; install postgresql-client-%d or name its folder in DANVAN_PG_BIN", ErrNoProgram, name, least)
}

// majorOf returns 0 for a program that is missing or is something else.
func majorOf(ctx context.Context, path string) int {
	cmd := exec.CommandContext(ctx, path, "--version")
	out, err := cmd.Output()
	if err != nil {
		return 0
	}
	match := versionLine.FindSubmatch(out)
	if match == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(match[1])) // digits by the pattern
	return major
}

// service is the name under which the programs are told the address.
const service = "danvan"

// run runs the program on the database at url. The address goes into a file in
// folder: in the list of processes everybody could read the password.
func (p program) run(ctx context.Context, url, folder string, in io.Reader, args ...string) error {
	settings, err := addressFor(url)
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "service")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, p.path, append([]string{"--dbname=service=" + service}, args...)...)
	cmd.Env = append(os.Environ(), "PGSERVICEFILE="+file, "PGAPPNAME="+applicationName, "PGCLIENTENCODING=UTF8", "LC_ALL=C", "PGOPTIONS=")
	cmd.Stdin = in
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return fmt.Errorf("%s: %w: %s", filepath.Base(p.path), err, bytes.TrimSpace(said.Bytes()))
	}
	return nil
}

// libpq are the settings of an address that the programs need and know. Those of
// our own driver would be mistakes to them.
var libpq = []string{"host", "hostaddr", "port", "dbname", "user", "password", "passfile", "connect_timeout",
	"sslmode", "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslcrl", "sslsni", "channel_binding", "target_session_attrs"}

// addressFor writes url as a service file.
func addressFor(url string) (string, error) {
	cfg, err := pgconn.ParseConfig(url)
	if err != nil {
		return "", fmt.Errorf("address of the database: %w", err)
	}
	settings, err := parseAddress(url)
	if err != nil {
		return "", err
	}
	// What our driver found elsewhere, in the environment or by default.
	for name, value := range map[string]string{
		"host": cfg.Host, "port": strconv.Itoa(int(cfg.Port)), "dbname": cfg.Database, "user": cfg.User, "password": cfg.Password,
	} {
		if settings[name] == "" && value != "" {
			settings[name] = value
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "[%s]\n", service)
	for _, name := range libpq {
		value, set := settings[name]
		if !set {
			continue
		}
		if strings.ContainsAny(value, "\r\n") {
			return "", fmt.Errorf("address of the database: line break in %s", name)
		}
		fmt.Fprintf(&b, "%s=%s\n", name, value)
	}
	return b.String(), nil
}
