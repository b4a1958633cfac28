package config_test

import (
	"net"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"danvan/internal/config"
)

func TestNothingSetMeansTheDocumentedDefaults(t *testing.T) {
	t.Parallel()
	want := config.Config{
		Addr:        "127.0.0.1:8080",
		BaseURL:     "http://127.0.0.1:8080",
		Data:        "/home/an/.local/state/danvan",
		Bucket:      config.Bucket{Region: "us-east-1"},
		MaxUpload:   20 << 20,
		SessionIdle: time.Hour,
		SessionLife: 12 * time.Hour,
	}
	if got := parse(t, map[string]string{"HOME": "/home/an"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestDataFolderFollowsTheAccount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		env  map[string]string
		root bool
		want string
	}{
		{map[string]string{"HOME": "/root"}, true, "/var/lib/danvan"},
		{nil, true, "/var/lib/danvan"},
		{map[string]string{"HOME": "/home/an", "XDG_STATE_HOME": "/state"}, false, "/state/danvan"},
		{map[string]string{"HOME": "/home/an", "XDG_STATE_HOME": "state"}, false, "/home/an/.local/state/danvan"},
		{map[string]string{"DANVAN_DATA": "/srv/dân vận"}, false, "/srv/dân vận"},
		{map[string]string{"DANVAN_DATA": "/srv/danvan"}, true, "/srv/danvan"},
	} {
		got, err := config.Parse(lookup(test.env), test.root)
		if err != nil || got.Data != test.want {
			t.Errorf("%v, root %t: got %s, %v, want %s", test.env, test.root, got.Data, err, test.want)
		}
	}
}

func TestEverySettingIsRead(t *testing.T) {
	t.Parallel()
	got := parse(t, map[string]string{
		"DATABASE_URL":           "postgres://danvan_app@db/danvan",
		"DANVAN_MIGRATE_URL":     "postgres://danvan_owner@db/danvan",
		"DANVAN_ADDR":            ":80",
		"DANVAN_DATA":            "/srv/danvan",
		"DANVAN_BASE_URL":        "https://danvan.example.gov.vn/",
		"DANVAN_S3_ENDPOINT":     "https://s3.example.gov.vn/",
		"DANVAN_S3_BUCKET":       "danvan",
		"DANVAN_S3_REGION":       "vn-1",
		"DANVAN_S3_ACCESS_KEY":   "cong-dan-van",
		"DANVAN_S3_SECRET_KEY":   "mot khoa/bi+mat",
		"DANVAN_MAX_UPLOAD":      "5 MB",
		"DANVAN_SESSION_IDLE":    "15m",
		"DANVAN_SESSION_LIFE":    "8h",
		"DANVAN_TRUSTED_PROXIES": "10.0.0.7, 192.168.1.9/24,::1",
		"DANVAN_PG_BIN":          "/opt/pg/bin",
	})
	want := config.Config{
		DatabaseURL: "postgres://danvan_app@db/danvan",
		MigrateURL:  "postgres://danvan_owner@db/danvan",
		Addr:        ":80",
		Data:        "/srv/danvan",
		BaseURL:     "https://danvan.example.gov.vn",
		Secure:      true,
		Bucket: config.Bucket{Endpoint: "https://s3.example.gov.vn", Name: "danvan", Region: "vn-1",
			AccessKey: "cong-dan-van", SecretKey: "mot khoa/bi+mat"},
		MaxUpload:   5 << 20,
		SessionIdle: 15 * time.Minute,
		SessionLife: 8 * time.Hour,
		TrustedProxies: []netip.Prefix{
			netip.MustParsePrefix("10.0.0.7/32"),
			netip.MustParsePrefix("192.168.1.0/24"),
			netip.MustParsePrefix("::1/128"),
		},
		PGBin: "/opt/pg/bin",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestOwnerIsTheApplicationsRoleUnlessNamed(t *testing.T) {
	t.Parallel()
	got := parse(t, map[string]string{"HOME": "/home/an", "DATABASE_URL": "postgres://one@db/danvan"})
	if got.MigrateURL != got.DatabaseURL {
		t.Errorf("migrates as %s, want %s", got.MigrateURL, got.DatabaseURL)
	}
}

func TestPortalThatListensEverywhereIsFoundOnThisMachine(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		":8080":         "http://127.0.0.1:8080",
		"0.0.0.0:8080":  "http://127.0.0.1:8080",
		"[::]:8080":     "http://127.0.0.1:8080",
		"[::1]:8080":    "http://[::1]:8080",
		"10.1.2.3:8080": "http://10.1.2.3:8080",
	} {
		if got := parse(t, map[string]string{"HOME": "/home/an", "DANVAN_ADDR": addr}); got.BaseURL != want {
			t.Errorf("%s: got %s, want %s", addr, got.BaseURL, want)
		}
	}
}

func TestPortLeftToTheMachineIsToldOnceItIsTaken(t *testing.T) {
	t.Parallel()
	taken := &net.TCPAddr{IP: net.IPv4zero, Port: 43210}
	for _, x := range []struct{ addr, base, want string }{
		{"127.0.0.1:0", "", "http://127.0.0.1:43210"},
		{":0", "", "http://127.0.0.1:43210"},
		{"[::1]:0", "", "http://[::1]:43210"},
		{"127.0.0.1:8080", "", "http://127.0.0.1:8080"},
		{"127.0.0.1:0", "https://danvan.example.gov.vn", "https://danvan.example.gov.vn"},
	} {
		c := parse(t, map[string]string{"HOME": "/home/an", "DANVAN_ADDR": x.addr, "DANVAN_BASE_URL": x.base})
		if got := c.ListeningOn(taken).BaseURL; got != x.want {
			t.Errorf("%s %s: got %s, want %s", x.addr, x.base, got, x.want)
		}
	}
}

func TestEveryMistakeIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	mistakes := map[string]string{
		"DATABASE_URL":           "postgres://danvan:bí-mật@db:port/danvan",
		"DANVAN_MIGRATE_URL":     "postgres://%zz",
		"DANVAN_ADDR":            "8080",
		"DANVAN_BASE_URL":        "danvan.example.gov.vn",
		"DANVAN_MAX_UPLOAD":      "20 miếng",
		"DANVAN_SESSION_IDLE":    "soon",
		"DANVAN_SESSION_LIFE":    "12",
		"DANVAN_TRUSTED_PROXIES": "10.0.0.1,proxy",
	}
	_, err := config.Parse(lookup(mistakes), false)
	if err == nil {
		t.Fatal("accepted")
	}
	for name := range mistakes {
		if n := strings.Count("\n"+err.Error(), "\n"+name+": "); n != 1 {
			t.Errorf("%s is reported %d times in:\n%v", name, n, err)
		}
	}
	if !strings.Contains(err.Error(), "DANVAN_DATA: ") {
		t.Errorf("the missing home folder is not reported in:\n%v", err)
	}
	if strings.Contains(err.Error(), "bí-mật") {
		t.Errorf("a password is shown in:\n%v", err)
	}
}

func TestUnacceptableValuesAreMistakes(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]string{
		"DANVAN_ADDR":            {"127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000"},
		"DANVAN_BASE_URL":        {"ftp://danvan.example", "https://", "https://danvan.example/cong", "https://u@danvan.example", "https://danvan.example?x=1"},
		"DANVAN_MAX_UPLOAD":      {"0", "-1MB", "2GB", "9223372036854775807MB", "MB"},
		"DANVAN_SESSION_IDLE":    {"0s", "-5m", "13h"},
		"DANVAN_SESSION_LIFE":    {"59s"},
		"DANVAN_TRUSTED_PROXIES": {",", "10.0.0.0/33"},
		"DANVAN_MIGRATE_URL":     {"postgres://danvan_owner@db/danvan"},                                                  // alone
		"DANVAN_S3_ENDPOINT":     {"s3.example.gov.vn", "https://s3.example.gov.vn/danvan", "https://s3.example.gov.vn"}, // the last alone
		"DANVAN_S3_BUCKET":       {"danvan"},                                                                             // alone
		"DANVAN_S3_SECRET_KEY":   {"mot khoa"},                                                                           // alone
	} {
		for _, value := range values {
			_, err := config.Parse(lookup(map[string]string{"HOME": "/home/an", name: value}), false)
			if err == nil || !strings.HasPrefix(err.Error(), "DANVAN_") {
				t.Errorf("%s=%s: got %v, want it refused", name, value, err)
			}
		}
	}
}

func TestTableIsShownWhole(t *testing.T) {
	t.Parallel()
	for _, s := range config.Table {
		if s.Meaning == "" || (s.Default == "") == (s.Unset == "") {
			t.Errorf("%s: wants a meaning and either a default or what its absence means", s.Name)
		}
		if !strings.Contains(config.Markdown(), "| `"+s.Name+"` |") || !strings.Contains(config.Help(), "  "+s.Name+"\n") {
			t.Errorf("%s is missing in README's table or in the help", s.Name)
		}
	}
}

func parse(t *testing.T, env map[string]string) config.Config {
	t.Helper()
	c, err := config.Parse(lookup(env), false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func lookup(env map[string]string) func(string) string {
	return func(name string) string { return env[name] }
}

func TestREADMEShowsTheTableOfSettings(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), strings.TrimSpace(config.Markdown())) {
		t.Errorf("README.md does not show the settings as they are:\n%s", config.Markdown())
	}
}
