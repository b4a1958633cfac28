// Package static serves the style sheets, fonts, icons and scripts, and nothing
// else. Each file's address holds a hash of its content, so browsers may keep
// it for ever.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed files
var embedded embed.FS

// Prefix begins the address of every file.
const Prefix = "/static/"

// types lists what may be served. The system's own table of types is not asked,
// because it differs from machine to machine.
var types = map[string]string{
	".css":     "text/css; charset=utf-8",
	".js":      "text/javascript; charset=utf-8",
	".svg":     "image/svg+xml",
	".woff2":   "font/woff2",
	".LICENSE": "text/plain; charset=utf-8",
}

type file struct {
	name        string
	contentType string
	plain       []byte
	brotli      func() []byte // made once, when first asked for
	gzip        func() []byte
}

var (
	addresses = map[string]string{} // name below files/ to address
	files     = map[string]*file{}  // address to file
)

func init() {
	if err := load(); err != nil {
		panic(err)
	}
}

// load reads style sheets last: the addresses in them must be known.
func load() error {
	var names []string
	err := fs.WalkDir(embedded, "files", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, strings.TrimPrefix(name, "files/"))
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, sheets := range []bool{false, true} {
		for _, name := range names {
			if (path.Ext(name) == ".css") != sheets {
				continue
			}
			if err := add(name); err != nil {
				return fmt.Errorf("static file %s: %w", name, err)
			}
		}
	}
	return nil
}

func add(name string) error {
	contentType, ok := types[path.Ext(name)]
	if !ok {
		return fmt.Errorf("unexpected kind of file")
	}
	content, err := embedded.ReadFile("files/" + name)
	if err != nil {
		return err
	}
	if path.Ext(name) == ".css" {
		if content, err = rewrite(content); err != nil {
			return err
		}
	}
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	address := Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	addresses[name] = address
	files[address] = &file{
		name:        name,
		contentType: contentType,
		plain:       content,
		brotli:      sync.OnceValue(func() []byte { return compressBrotli(content) }),
		gzip:        sync.OnceValue(func() []byte { return compressGzip(content) }),
	}
	return nil
}

var reference = regexp.MustCompile(`url\(([A-Za-z][^):]*)\)`)

// rewrite puts hashed addresses in place of the file names in a style sheet.
func rewrite(sheet []byte) ([]byte, error) {
	var missing error
	out := reference.ReplaceAllFunc(sheet, func(found []byte) []byte {
		name := string(found[len("url(") : len(found)-1])
		address, ok := addresses[name]
		if !ok {
			missing = fmt.Errorf("names %s, which is not here", name)
		}
		return []byte("url(" + address + ")")
	})
	return out, missing
}

// Path returns the address of a file by its name below web/static/files. An
// unknown name is a mistake in the program.
func Path(name string) string {
	address, ok := addresses[name]
	if !ok {
		panic("no static file " + name)
	}
	return address
}

// Content returns a file as it is served, for checks and measurements.
func Content(name string) []byte { return files[Path(name)].plain }

// Handler serves every address that [Path] returns.
func Handler(w http.ResponseWriter, r *http.Request) {
	f, ok := files[r.URL.Path]
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	if !ok {
		http.NotFound(w, r)
		return
	}
	content, encoding := f.encoded(r.Header.Values("Accept-Encoding"))
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Content-Length", strconv.Itoa(len(content)))
	if f.compressible() {
		header.Set("Vary", "Accept-Encoding")
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // the browser went away: nobody is left to tell
	}
}

// Warm compresses everything that will be asked for, so that the first visitor
// does not wait. It is meant for a goroutine after start.
func Warm() {
	for _, f := range files {
		if f.compressible() {
			f.brotli()
			f.gzip()
		}
	}
}
