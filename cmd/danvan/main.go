// Command danvan is the portal: it serves, migrates, keeps people and backups,
// and verifies the audit. Without DATABASE_URL it runs a Postgres of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"danvan/internal/config"
	"danvan/web"
)

func main() {
	web.CollectLater()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	env := environment{getenv: os.Getenv, root: os.Geteuid() == 0, out: os.Stdout, logs: os.Stderr, in: os.Stdin}
	if err := run(ctx, env, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "danvan:", err)
		os.Exit(1)
	}
}

// environment is what the command takes from its surroundings.
type environment struct {
	getenv func(string) string
	root   bool
	in     io.Reader
	out    io.Writer
	logs   io.Writer
}

// verb is one thing the command does.
type verb struct {
	name    string
	usage   string
	meaning string
	run     func(ctx context.Context, env environment, cfg config.Config, args []string) error
}

func verbs() []verb {
	return []verb{
		{"serve", "serve", "serve the portal on real data", serveReal},
		{"demo", "demo [-now 2022-12-05T00:00] [-fresh]", "serve the portal on the 2022 demonstration", serveDemo},
		{"migrate", "migrate", "bring the database up to this version", migrate},
		{"user", "user list | add | password | grant | end | leave …", "keep people and their roles", user},
		{"backup", "backup [-force] FILE", "write the database and the files into one archive", backupTo},
		{"restore", "restore FILE", "fill an empty database and folder from an archive", restoreFrom},
		{"audit", "audit verify", "recompute every chain and seal of the audit", verifyAudit},
	}
}

func run(ctx context.Context, env environment, args []string) error {
	if len(args) == 0 || slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]) {
		usage(env.out)
		return nil
	}
	all := verbs()
	i := slices.IndexFunc(all, func(v verb) bool { return v.name == args[0] })
	if i < 0 {
		return fmt.Errorf("unknown command %q; danvan -h lists them", args[0])
	}
	cfg, err := config.Parse(env.getenv, env.root)
	if err != nil {
		return fmt.Errorf("settings:\n%w", err)
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(env.logs, nil)))
	return all[i].run(ctx, env, cfg, args[1:])
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "danvan – Cổng công tác dân vận chính quyền")
	fmt.Fprintln(w)
	for _, v := range verbs() {
		fmt.Fprintf(w, "  danvan %-42s %s\n", v.usage, v.meaning)
	}
	fmt.Fprintln(w, "\nSettings, from the environment:")
	fmt.Fprint(w, config.Help())
}

// errUsage says that the words of a command do not fit.
var errUsage = errors.New("usage")
