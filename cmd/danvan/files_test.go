package main

import (
	"strings"
	"testing"

	"danvan/internal/config"
	"danvan/internal/evidence/buckettest"
)

func TestFilesLieInTheBucketTheSettingsName(t *testing.T) {
	t.Parallel()
	server := buckettest.New(t)
	settings := map[string]string{
		"DANVAN_DATA":          t.TempDir(),
		"DANVAN_S3_ENDPOINT":   server.Bucket.Endpoint,
		"DANVAN_S3_BUCKET":     server.Bucket.Name,
		"DANVAN_S3_REGION":     server.Bucket.Region,
		"DANVAN_S3_ACCESS_KEY": server.Bucket.AccessKey,
		"DANVAN_S3_SECRET_KEY": server.Bucket.SecretKey,
	}
	put := func(getenv func(string) string, content string) {
		t.Helper()
		cfg, err := config.Parse(getenv, false)
		must(t, err)
		files, err := openFiles(t.Context(), cfg)
		must(t, err)
		_, err = files.Put(t.Context(), "a.pdf", strings.NewReader("%PDF-1.7\n"+content+"%%EOF\n"))
		must(t, err)
		must(t, files.Close())
	}
	put(func(name string) string { return settings[name] }, "một")
	if got := server.Keys(); len(got) != 1 {
		t.Errorf("the bucket holds %q, want the file", got)
	}
	data := t.TempDir()
	put(func(name string) string { return map[string]string{"DANVAN_DATA": data}[name] }, "hai")
	if got := server.Keys(); len(got) != 1 {
		t.Errorf("without settings the bucket holds %q too", got)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
