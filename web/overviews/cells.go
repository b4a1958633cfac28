package overviews

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"danvan/web/ui"
)

// taskCells are the cells of a row, each open into its activities; what is out of
// scope into the reason. A province has hundreds of them: a template, with a
// writer and a context for each, takes four times as long.
type taskCells []cell

// Render writes the cells.
func (cells taskCells) Render(_ context.Context, w io.Writer) error {
	b := make([]byte, 0, 768)
	for _, c := range cells {
		b = c.append(b[:0])
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func (c cell) append(b []byte) []byte {
	kind := c.kind()
	b = append(append(append(b, `<td class="dv-c dv-c-`...), kind...), `" data-n="`...)
	b = append(strconv.AppendInt(b, int64(c.No), 10), `"><a href="`...)
	b = append(append(b, templ.EscapeString(c.Path)...), `" title="`...)
	if c.Out != "" {
		b = append(append(b, templ.EscapeString(c.Why)...), `">`...)
		b = append(b, templ.EscapeString(c.Out)...)
	} else {
		b = append(append(b, templ.EscapeString(spelled(c.Tally))...), `">`...)
		if c.Tally.Total() > 0 {
			b = append(b, icons[kind]...)
		}
		b = append(append(b, templ.EscapeString(share(c.Tally))...), `<span class="visually-hidden"> `...)
		b = append(append(b, templ.EscapeString(c.word())...), `</span>`...)
	}
	return append(b, `</a></td>`...)
}

// icons are the symbols of the statuses, as [ui.Icon] draws them.
var icons = map[ui.Kind]string{}

func init() {
	for _, k := range kinds {
		var b strings.Builder
		if err := ui.Icon(k.Icon()).Render(context.Background(), &b); err != nil {
			panic(err)
		}
		icons[k] = b.String()
	}
}
