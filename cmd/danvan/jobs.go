package main

import (
	"context"
	"log/slog"
	"time"

	"danvan/internal/account"
	"danvan/internal/audit"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/web"
)

// job is something done again and again. Each is harmless when several
// processes do it at once, or late.
type job struct {
	name  string
	every time.Duration
	do    func(ctx context.Context) error
}

// startJobs runs every job at once and then in its rhythm until ctx ends.
func startJobs(ctx context.Context, s *store, site web.Config) {
	for _, j := range []job{
		{"open submissions", time.Minute, func(ctx context.Context) error {
			return submission.Ensure(ctx, s.app, site.Now())
		}},
		{"seal audit", time.Minute, func(ctx context.Context) error {
			return audit.Seal(ctx, s.app, time.Now())
		}},
		{"forget sessions", time.Hour, func(ctx context.Context) error {
			return account.DeleteExpired(ctx, s.app, site.Limits, time.Now())
		}},
		{"forget kept posts", time.Hour, func(ctx context.Context) error {
			return post.Sweep(ctx, s.app, time.Now())
		}},
		{"sweep files", 24 * time.Hour, func(ctx context.Context) error {
			_, err := s.files.Sweep(ctx, s.app, time.Now())
			return err
		}},
	} {
		go repeat(ctx, j)
	}
}

func repeat(ctx context.Context, j job) {
	tick := time.NewTicker(j.every)
	defer tick.Stop()
	for {
		bounded, cancel := context.WithTimeout(ctx, j.every)
		if err := j.do(bounded); err != nil && ctx.Err() == nil {
			slog.Error("job failed", "job", j.name, "err", err)
		}
		cancel()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
