package overviews

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"

	"github.com/a-h/templ"
)

// Drawn keeps how each row of the matrices was drawn last. A province has a
// thousand cells, of which hardly any changes between two readers; a row that
// differs in anything is drawn again. A nil Drawn keeps nothing.
type Drawn struct {
	mu   sync.Mutex
	rows map[string]drawing // by where its sum opens: a unit in a scope of a year
}

// mostDrawn bounds what is kept: some 3 KB a row.
const mostDrawn = 2000

type drawing struct {
	row     row
	columns int
	report  string
	html    []byte
}

// is reports whether d shows r in b.
func (d drawing) is(b bank, r row) bool {
	return d.columns == len(b.Columns) && d.report == b.Report && d.row.same(r)
}

// same reports whether two rows look alike in everything.
func (r row) same(o row) bool {
	return r.front == o.front && slices.Equal(r.Cells, o.Cells)
}

// draw is [unitRow], as it was drawn last where nothing has changed.
func (d *Drawn) draw(b bank, r row) templ.Component {
	if d == nil {
		return unitRow(b, r)
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		d.mu.Lock()
		was, kept := d.rows[r.Sum.Path]
		d.mu.Unlock()
		if kept && was.is(b, r) {
			_, err := w.Write(was.html)
			return err
		}
		var html bytes.Buffer
		if err := unitRow(b, r).Render(ctx, &html); err != nil {
			return err
		}
		d.mu.Lock()
		if d.rows == nil || len(d.rows) >= mostDrawn {
			d.rows = map[string]drawing{}
		}
		d.rows[r.Sum.Path] = drawing{r, len(b.Columns), b.Report, html.Bytes()}
		d.mu.Unlock()
		_, err := w.Write(html.Bytes())
		return err
	})
}
