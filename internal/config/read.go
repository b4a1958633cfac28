package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func readDatabase(to *string, value string) error {
	// The driver's own error hides the password.
	if _, err := pgconn.ParseConfig(value); err != nil {
		return err
	}
	*to = value
	return nil
}

func readAddr(c *Config, value string) error {
	_, port, err := net.SplitHostPort(value)
	if err != nil {
		return errors.New("want host:port, such as 127.0.0.1:8080")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q is not a port", port)
	}
	c.Addr = value
	return nil
}

func readBaseURL(c *Config, value string) error {
	u, err := readHost(value, "https://danvan.example.gov.vn")
	if err != nil {
		return err
	}
	c.BaseURL = u.Scheme + "://" + u.Host
	c.Secure = u.Scheme == "https"
	return nil
}

func readEndpoint(c *Config, value string) error {
	u, err := readHost(value, "https://s3.example.gov.vn")
	if err != nil {
		return err
	}
	c.Bucket.Endpoint = u.Scheme + "://" + u.Host
	return nil
}

// readHost reads an address that is a scheme and a host and nothing more.
func readHost(value, example string) (*url.URL, error) {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%q is not an address such as %s", value, example)
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, fmt.Errorf("%q has more than a scheme and a host of its own", u.Redacted())
	}
	return u, nil
}

// localBaseURL is how a browser on this machine reaches addr.
func localBaseURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "" // reported already
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// ListeningOn returns the settings with the port that was taken at addr, which is
// news where the settings left it to the machine (port 0).
func (c Config) ListeningOn(addr net.Addr) Config {
	host, asked, err := net.SplitHostPort(c.Addr)
	taken, ok := addr.(*net.TCPAddr)
	if err != nil || !ok || asked != "0" {
		return c
	}
	local := c.BaseURL == localBaseURL(c.Addr)
	c.Addr = net.JoinHostPort(host, strconv.Itoa(taken.Port))
	if local {
		c.BaseURL = localBaseURL(c.Addr)
	}
	return c
}

func readProxies(c *Config, value string) error {
	var proxies []netip.Prefix
	for _, item := range strings.Split(value, ",") {
		item = strings.TrimSpace(item)
		if ip, err := netip.ParseAddr(item); err == nil {
			proxies = append(proxies, netip.PrefixFrom(ip, ip.BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(item)
		if err != nil {
			return fmt.Errorf("%q is neither an address nor a network", item)
		}
		proxies = append(proxies, prefix.Masked())
	}
	c.TrustedProxies = proxies
	return nil
}

func readData(c *Config, value string) error {
	dir, err := filepath.Abs(value)
	c.Data = dir
	return err
}

func readMaxUpload(c *Config, value string) error {
	number, unit := value, int64(1)
	for suffix, size := range map[string]int64{"kB": 1 << 10, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30} {
		if rest, ok := strings.CutSuffix(value, suffix); ok {
			number, unit = strings.TrimSpace(rest), size
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > 1<<30/unit {
		return fmt.Errorf("%q is not a size up to 1GB, such as 20MB", value)
	}
	c.MaxUpload = n * unit
	return nil
}

func readDuration(to *time.Duration, value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Minute {
		return fmt.Errorf("%q is not a duration of a minute or more, such as 30m or 12h", value)
	}
	*to = d
	return nil
}
