package config

import (
	"fmt"
	"strings"
)

// Setting is one line of the table that README and danvan -h show.
type Setting struct {
	Name    string
	Default string // the value used when it is not set
	Unset   string // what its absence means where that is no fixed value
	Meaning string

	read func(c *Config, value string) error
}

// Table is every setting, in the order to read them in.
var Table = []Setting{
	{
		Name:    "DATABASE_URL",
		Unset:   "a private Postgres in `DANVAN_DATA`",
		Meaning: "Address of the database for the application's role, which changes no schema.",
		read:    func(c *Config, v string) error { return readDatabase(&c.DatabaseURL, v) },
	},
	{
		Name:    "DANVAN_MIGRATE_URL",
		Unset:   "as `DATABASE_URL`, with a warning",
		Meaning: "Address of the same database for the role that owns the schema: migrations, backup, restoring.",
		read:    func(c *Config, v string) error { return readDatabase(&c.MigrateURL, v) },
	},
	{
		Name:    "DANVAN_ADDR",
		Default: "127.0.0.1:8080",
		Meaning: "Host and port to listen on.",
		read:    readAddr,
	},
	{
		Name:    "DANVAN_BASE_URL",
		Unset:   "`http://` and `DANVAN_ADDR`",
		Meaning: "How browsers reach the portal, such as `https://danvan.example.gov.vn`. With https, cookies are sent over https only.",
		read:    readBaseURL,
	},
	{
		Name:    "DANVAN_TRUSTED_PROXIES",
		Unset:   "none",
		Meaning: "Addresses or networks (CIDR), separated by commas, of the proxies whose `X-Forwarded-For` is believed.",
		read:    readProxies,
	},
	{
		Name:    "DANVAN_DATA",
		Unset:   "`/var/lib/danvan` as root, else `$XDG_STATE_HOME/danvan` or `~/.local/state/danvan`",
		Meaning: "Folder of the private database and, without a bucket, of attached files.",
		read:    readData,
	},
	{
		Name:    "DANVAN_S3_ENDPOINT",
		Unset:   "files lie in `DANVAN_DATA`",
		Meaning: "S3-compatible server that keeps attached files, such as `https://s3.example.gov.vn`.",
		read:    readEndpoint,
	},
	{
		Name:    "DANVAN_S3_BUCKET",
		Unset:   "no bucket",
		Meaning: "Bucket for the files, of this portal alone: what its database does not name is removed.",
		read:    func(c *Config, v string) error { c.Bucket.Name = v; return nil },
	},
	{
		Name:    "DANVAN_S3_REGION",
		Default: "us-east-1",
		Meaning: "Region of that server, part of every signature.",
		read:    func(c *Config, v string) error { c.Bucket.Region = v; return nil },
	},
	{
		Name:    "DANVAN_S3_ACCESS_KEY",
		Unset:   "no bucket",
		Meaning: "Who the portal is there: it has to read, write, delete and list in the bucket.",
		read:    func(c *Config, v string) error { c.Bucket.AccessKey = v; return nil },
	},
	{
		Name:    "DANVAN_S3_SECRET_KEY",
		Unset:   "no bucket",
		Meaning: "The secret of that key.",
		read:    func(c *Config, v string) error { c.Bucket.SecretKey = v; return nil },
	},
	{
		Name:    "DANVAN_MAX_UPLOAD",
		Default: "20MB",
		Meaning: "Largest attached file, up to 1GB.",
		read:    readMaxUpload,
	},
	{
		Name:    "DANVAN_SESSION_IDLE",
		Default: "60m",
		Meaning: "How long one stays signed in without doing anything.",
		read:    func(c *Config, v string) error { return readDuration(&c.SessionIdle, v) },
	},
	{
		Name:    "DANVAN_SESSION_LIFE",
		Default: "12h",
		Meaning: "How long one stays signed in at most.",
		read:    func(c *Config, v string) error { return readDuration(&c.SessionLife, v) },
	},
	{
		Name:    "DANVAN_PG_BIN",
		Unset:   "the newest found",
		Meaning: "Folder of the PostgreSQL programs (`initdb`, `postgres`) the private Postgres is run with.",
		read:    func(c *Config, v string) error { c.PGBin = v; return nil },
	},
}

// Markdown is the table as README shows it.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| Setting | When not set | Meaning |\n|---|---|---|\n")
	for _, s := range Table {
		absent := s.Unset
		if s.Default != "" {
			absent = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.Name, absent, s.Meaning)
	}
	return b.String()
}

// Help is the table as danvan -h shows it.
func Help() string {
	var b strings.Builder
	for _, s := range Table {
		absent := s.Unset
		if s.Default != "" {
			absent = s.Default
		}
		fmt.Fprintf(&b, "  %s\n        %s\n        When not set: %s.\n", s.Name, s.Meaning, absent)
	}
	return strings.ReplaceAll(b.String(), "`", "")
}
