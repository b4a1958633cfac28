package static

import (
	"bytes"
	"compress/gzip"
	"path"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// compressible is false for fonts, which already are Brotli inside.
func (f *file) compressible() bool { return path.Ext(f.name) != ".woff2" }

// encoded returns the content in the best coding the browser accepts, and the
// name of that coding, empty for none.
func (f *file) encoded(accept []string) ([]byte, string) {
	if !f.compressible() {
		return f.plain, ""
	}
	codings := strings.Join(accept, ",")
	if accepts(codings, "br") {
		return f.brotli(), "br"
	}
	if accepts(codings, "gzip") {
		return f.gzip(), "gzip"
	}
	return f.plain, ""
}

// accepts reads an Accept-Encoding header; a weight of zero refuses a coding.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		weight, weighted := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
		if !weighted {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		return err == nil && q > 0
	}
	return false
}

// Writing to a buffer cannot fail, so the errors of both writers say nothing.

func compressBrotli(content []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

func compressGzip(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}
