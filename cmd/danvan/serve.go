package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"danvan/internal/account"
	"danvan/internal/config"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/installation"
	"danvan/internal/overview"
	"danvan/internal/post"
	"danvan/web"
)

func serveReal(ctx context.Context, env environment, cfg config.Config, _ []string) error {
	listener, err := listen(cfg.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	cfg = cfg.ListeningOn(listener.Addr())
	return withStore(ctx, cfg, func(s *store) error {
		// A demonstration whose filling broke off is not marked yet, and is none
		// the less made up.
		if begun, err := demo.Unfinished(ctx, s.app); err != nil {
			return err
		} else if begun {
			return installation.ErrIsDemo
		}
		if err := installation.MarkReal(ctx, s.app); err != nil {
			return err
		}
		fmt.Fprintf(env.out, "Cổng công tác dân vận chính quyền: %s\n", cfg.BaseURL)
		return serve(ctx, cfg, s, listener, web.Config{Now: time.Now})
	})
}

// listen takes the port before anything else is started, so that a second start
// on it says so at once.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is in use: is the portal running already? DANVAN_ADDR chooses another port", addr)
	}
	return l, err
}

// serve answers requests until ctx ends, then lets those under way finish. site
// holds what differs between the demonstration and the real portal.
func serve(ctx context.Context, cfg config.Config, s *store, listener net.Listener, site web.Config) error {
	sealer, err := post.NewSealer(ctx, s.app)
	if err != nil {
		return err
	}
	site.DB, site.Files, site.Sealer = s.app, s.files, sealer
	site.Limits = account.Limits{Idle: cfg.SessionIdle, Life: cfg.SessionLife}
	site.Secure, site.TrustedProxies, site.BaseURL = cfg.Secure, cfg.TrustedProxies, cfg.BaseURL
	site.Machine, site.Boards = time.Now, &overview.Memory{}
	site.Sessions = web.Sessions(s.app, site.Limits.Life, cfg.Secure)
	site.Ready = func(ctx context.Context) error { return database.Ready(ctx, s.app) }

	jobs, stopJobs := context.WithCancel(ctx)
	defer stopJobs()
	startJobs(jobs, s, site)

	server := &http.Server{
		Handler:           web.Handler(site),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       2 * time.Minute, // a large file over a slow line
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	slog.Info("serving", "addr", listener.Addr().String())
	select {
	case err := <-served:
		return err
	case <-databaseGone(s):
		return fmt.Errorf("private Postgres: %w", s.private.Err())
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return server.Shutdown(draining)
}

// databaseGone tells when the private Postgres has ended for good; never for one
// that somebody else runs.
func databaseGone(s *store) <-chan struct{} {
	if s.private == nil {
		return nil
	}
	return s.private.Done()
}
