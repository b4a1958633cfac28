package web

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// packed compresses pages on the way to browsers that take it: offices far from
// the province's town have slow lines. Each page is lengthened by some random
// bytes: it holds what was typed beside the keys of its forms, and its length
// shall tell nothing of either.
var packed = func() func(http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.ContentTypes([]string{"text/html", "application/json"}),
		gzhttp.CompressionLevel(5), gzhttp.EnableZstd(false), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		panic(err) // the options above are wrong
	}
	return func(next http.Handler) http.Handler { return wrap(next) }
}()
