package main

import (
	"context"
	"path/filepath"

	"danvan/internal/config"
	"danvan/internal/evidence"
)

// openFiles opens the store of attached files: the bucket the settings name, else
// the folder.
func openFiles(ctx context.Context, cfg config.Config) (*evidence.Store, error) {
	folder := filepath.Join(cfg.Data, "files")
	if cfg.Bucket.Endpoint == "" {
		return evidence.Open(folder, cfg.MaxUpload)
	}
	return evidence.OpenBucket(ctx, folder, evidence.Bucket(cfg.Bucket), cfg.MaxUpload)
}
