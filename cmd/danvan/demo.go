package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"danvan/internal/actor"
	"danvan/internal/config"
	"danvan/internal/demo"
	"danvan/internal/indicator"
	"danvan/internal/installation"
	"danvan/internal/viet"
	"danvan/web"
	"danvan/web/accounts"
)

// serveDemo serves the demonstration, filling an empty database first.
func serveDemo(ctx context.Context, env environment, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(env.out)
	moment := flags.String("now", "", "move the demonstration's time forward to this moment, e.g. 2022-12-05T00:00")
	fresh := flags.Bool("fresh", false, "throw the demonstration away and start over")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var forward time.Time
	if *moment != "" {
		var err error
		if forward, err = time.ParseInLocation("2006-01-02T15:04", *moment, viet.Location); err != nil {
			return fmt.Errorf("-now wants a moment such as 2022-12-05T00:00: %w", err)
		}
	}
	listener, err := listen(cfg.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	cfg = cfg.ListeningOn(listener.Addr())
	s, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	if err := demo.Prepare(ctx, demo.Place{App: s.app, AppURL: s.appURL, OwnerURL: s.ownerURL, Files: s.files}, *fresh); err != nil {
		return err
	}
	clock, err := installation.StartClock(ctx, s.app, time.Now)
	if err != nil {
		return err
	}
	if !forward.IsZero() {
		if err := clock.Forward(ctx, forward); err != nil {
			return err
		}
	}
	// One filled by an older version has the indicators of that one.
	if err := indicator.Load(ctx, s.app, actor.System, clock.Now()); err != nil {
		return err
	}
	go clock.Run(ctx, func(err error) { slog.Error("job failed", "job", "demo clock", "err", err) })
	greet(env, cfg, clock.Now())
	return serve(ctx, cfg, s, listener, web.Config{Now: clock.Now, Demo: invitation()})
}

// invitation lets the sign-in page name the accounts.
func invitation() *accounts.Demo {
	d := &accounts.Demo{Password: demo.Password}
	for _, a := range demo.Accounts() {
		d.Accounts = append(d.Accounts, accounts.DemoAccount{Username: a.Username, Can: a.What})
	}
	return d
}

// greet says where the portal is and how to sign in.
func greet(env environment, cfg config.Config, now time.Time) {
	fmt.Fprintf(env.out, "\nCổng công tác dân vận chính quyền (dữ liệu minh họa, %s)\n\n  %s\n\n", viet.Moment(now), cfg.BaseURL)
	fmt.Fprintf(env.out, "Mật khẩu của mọi tài khoản: %s\n\n", demo.Password)
	table := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
	for _, a := range demo.Accounts() {
		fmt.Fprintf(table, "  %s\t%s\n", a.Username, a.What)
	}
	_ = table.Flush() // as every other line: nobody may be there to read it
	fmt.Fprintf(env.out, "\nMọi đơn vị khác: <mã đơn vị>.chuyenvien và <mã đơn vị>.lanhdao.\n\n")
}
