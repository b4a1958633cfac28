package meeting

import (
	"context"
	"encoding/base64"
	"io"
	"strings"

	"github.com/a-h/templ"

	"danvan/web/static"
)

// sheets are the portal's own, in their order, and what only the pack wants.
var sheets = []string{"tabler.css", "tokens.css", "portal.css", "meeting.css"}

// fonts are those the sheets name.
var fonts = []string{
	"fonts/be-vietnam-pro-latin-400.woff2", "fonts/be-vietnam-pro-vietnamese-400.woff2",
	"fonts/be-vietnam-pro-latin-600.woff2", "fonts/be-vietnam-pro-vietnamese-600.woff2",
	"fonts/be-vietnam-pro-tabular-400.woff2", "fonts/be-vietnam-pro-tabular-600.woff2",
}

const iconFile = "icons.svg"

// within puts what the sheets and icons name by address into the file.
var within = func() *strings.Replacer {
	pairs := []string{static.Path(iconFile) + "#", "#"}
	for _, name := range fonts {
		pairs = append(pairs, static.Path(name), "data:font/woff2;base64,"+base64.StdEncoding.EncodeToString(static.Content(name)))
	}
	return strings.NewReplacer(pairs...)
}()

// written is content of the program's own, put out as it is.
func written(before string, names []string, after string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		b.WriteString(before)
		for _, name := range names {
			b.Write(static.Content(name))
		}
		b.WriteString(after)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// style is everything the file looks like.
func style() templ.Component { return written("<style>", sheets, "</style>") }

// icons are the symbols that the pieces draw.
func icons() templ.Component { return written(`<div hidden>`, []string{iconFile}, `</div>`) }
