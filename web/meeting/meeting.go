// Package meeting hands out the pack of a meeting: one file that says as of one moment
// what there is to talk about, and needs no network, no portal and no script to be
// read, shown on a wall or printed.
package meeting

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
)

// Pages serves the pack.
type Pages struct {
	DB     database.DB
	Boards *overview.Memory // of DB; may be nil
}

// Pack sends the pack of a period and a consolidating unit as a file to be saved: its
// styles stand inside it, which no page of the portal may have.
func (h Pages) Pack(w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil {
		return fault.NotFound
	}
	now := current.Now(r)
	p, err := meeting.Gather(r.Context(), h.DB, h.Boards, current.Actor(r), now, year, chi.URLParam(r, "period"), chi.URLParam(r, "unit"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := Write(r.Context(), &out, p); err != nil {
		return err
	}
	return respond.Download(w, r, fileName(p, now), "text/html; charset=utf-8", bytes.NewReader(out.Bytes()))
}

// Write writes the whole file.
func Write(ctx context.Context, out io.Writer, p meeting.Pack) error {
	var page strings.Builder
	if err := document(viewOf(p)).Render(ctx, &page); err != nil {
		return err
	}
	// What the shared pieces name by the portal's addresses stands in the file itself.
	_, err := io.WriteString(out, within.Replace(page.String()))
	return err
}

// fileName names the file without marks, which mail still spoils: the moment tells one
// pack of a day from another.
func fileName(p meeting.Pack, now time.Time) string {
	words := strings.FieldsFunc(viet.Fold("hop "+p.Reports.Period.Name+" "+p.Reports.Receiver.Name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-") + "-" + now.In(viet.Location).Format("20060102-1504") + ".html"
}
