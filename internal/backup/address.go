package backup

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// parseAddress splits an address in either form that PostgreSQL has, a URL or
// keyword=value pairs, into its settings. The password shows in no error.
func parseAddress(address string) (map[string]string, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return parseURL(address)
	}
	return parsePairs(address)
}

func parseURL(address string) (map[string]string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("address of the database: not a URL")
	}
	settings := map[string]string{}
	set := func(name, value string) {
		if value != "" {
			settings[name] = value
		}
	}
	set("user", u.User.Username())
	password, _ := u.User.Password()
	set("password", password)
	set("dbname", strings.TrimPrefix(u.Path, "/"))
	var hosts, ports []string
	for part := range strings.SplitSeq(u.Host, ",") {
		host, port, err := net.SplitHostPort(part)
		if err != nil {
			host, port = strings.Trim(part, "[]"), ""
		}
		hosts, ports = append(hosts, host), append(ports, port)
	}
	set("host", strings.Join(hosts, ","))
	if strings.Join(ports, "") != "" {
		set("port", strings.Join(ports, ","))
	}
	for name, values := range u.Query() {
		if name == "database" {
			name = "dbname"
		}
		set(name, values[len(values)-1])
	}
	return settings, nil
}

// parsePairs reads host=/run user='a b': values may be quoted, and a backslash
// takes the next character as it is.
func parsePairs(address string) (map[string]string, error) {
	settings := map[string]string{}
	rest := strings.TrimSpace(address)
	for rest != "" {
		name, after, found := strings.Cut(rest, "=")
		if !found {
			return nil, fmt.Errorf("address of the database: no = after %d settings", len(settings))
		}
		value, left, err := pairValue(strings.TrimLeft(after, " \t\n\r"))
		if err != nil {
			return nil, err
		}
		if name = strings.TrimSpace(name); name == "database" {
			name = "dbname"
		}
		settings[name] = value
		rest = strings.TrimSpace(left)
	}
	return settings, nil
}

func pairValue(text string) (value, rest string, err error) {
	var b strings.Builder
	quoted := strings.HasPrefix(text, "'")
	i := 0
	if quoted {
		i = 1
	}
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case quoted && c == '\'':
			return b.String(), text[i+1:], nil
		case !quoted && strings.IndexByte(" \t\n\r", c) >= 0:
			return b.String(), text[i:], nil
		default:
			b.WriteByte(c)
		}
	}
	if quoted {
		return "", "", errors.New("address of the database: a quoted value does not end")
	}
	return b.String(), "", nil
}
