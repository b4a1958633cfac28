// Package config reads the settings from the environment, once, and knows nothing
// of what they are used for.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"time"
)

// Config is every setting of the portal, checked.
type Config struct {
	DatabaseURL    string // signs in as the application's role; empty: private Postgres
	MigrateURL     string // signs in as the owner of the schema; empty as DatabaseURL
	Addr           string // host:port to listen on
	Data           string // folder of the private database and of files, absolute
	Bucket         Bucket // where files lie instead; Endpoint empty: nowhere else
	BaseURL        string // how browsers reach the portal: scheme and host, no slash at the end
	Secure         bool   // BaseURL is https: cookies are Secure and named __Host-
	MaxUpload      int64  // bytes of one file
	SessionIdle    time.Duration
	SessionLife    time.Duration
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	PGBin          string         // folder of PostgreSQL programs; empty: look for them
}

// Bucket is a place for files on an S3-compatible server.
type Bucket struct {
	Endpoint  string // scheme and host
	Name      string
	Region    string
	AccessKey string
	SecretKey string
}

// Parse reads the settings with getenv and reports every mistake at once. root is
// whether the portal runs as root, on which the default data folder depends.
func Parse(getenv func(string) string, root bool) (Config, error) {
	var c Config
	var mistakes []error
	for _, s := range Table {
		value := cmp.Or(getenv(s.Name), s.Default)
		if value == "" {
			continue
		}
		if err := s.read(&c, value); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", s.Name, err))
		}
	}
	if c.Data == "" {
		c.Data = dataFolder(getenv, root)
	}
	if c.Data == "" {
		mistakes = append(mistakes, errors.New("DANVAN_DATA: has to be set where the account has no home folder"))
	}
	if c.BaseURL == "" {
		c.BaseURL = localBaseURL(c.Addr)
	}
	if c.MigrateURL != "" && c.DatabaseURL == "" {
		mistakes = append(mistakes, errors.New("DANVAN_MIGRATE_URL: needs DATABASE_URL beside it"))
	}
	c.MigrateURL = cmp.Or(c.MigrateURL, c.DatabaseURL)
	mistakes = append(mistakes, c.Bucket.check()...)
	if c.SessionIdle > c.SessionLife && c.SessionLife > 0 {
		mistakes = append(mistakes, fmt.Errorf("DANVAN_SESSION_IDLE: %v is longer than DANVAN_SESSION_LIFE, %v", c.SessionIdle, c.SessionLife))
	}
	return c, errors.Join(mistakes...)
}

// check wants all of a bucket or nothing.
func (b Bucket) check() []error {
	var mistakes []error
	for _, s := range []struct{ name, value string }{
		{"DANVAN_S3_BUCKET", b.Name}, {"DANVAN_S3_ACCESS_KEY", b.AccessKey}, {"DANVAN_S3_SECRET_KEY", b.SecretKey},
	} {
		switch {
		case b.Endpoint != "" && s.value == "":
			mistakes = append(mistakes, fmt.Errorf("%s: has to be set beside DANVAN_S3_ENDPOINT", s.name))
		case b.Endpoint == "" && s.value != "":
			mistakes = append(mistakes, fmt.Errorf("%s: needs DANVAN_S3_ENDPOINT beside it", s.name))
		}
	}
	return mistakes
}

// dataFolder returns "" where the system tells no place.
func dataFolder(getenv func(string) string, root bool) string {
	if root {
		return "/var/lib/danvan"
	}
	if state := getenv("XDG_STATE_HOME"); filepath.IsAbs(state) { // by its standard others are ignored
		return filepath.Join(state, "danvan")
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "danvan")
	}
	if local := getenv("LocalAppData"); local != "" { // Windows
		return filepath.Join(local, "danvan")
	}
	return ""
}
