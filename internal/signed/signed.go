// Package signed compares a signed paper with the frozen content it is the paper of:
// what its text says, kept under the hashes of both. It says what it saw and decides
// nothing: a paper counts whatever comparing came to.
package signed

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/document/pdftext"
	"danvan/internal/evidence"
)

// Outcome is what comparing came to.
type Outcome string

const (
	Match      Outcome = "match"
	Differ     Outcome = "differ"
	Scan       Outcome = "scan"       // pictures of pages, or letters nobody can tell
	NoPDF      Outcome = "no_pdf"     // Word or a picture: only PDF is read
	Locked     Outcome = "locked"     // encrypted
	Damaged    Outcome = "damaged"    // no page can be found in it
	TooLarge   Outcome = "too_large"  // reading it costs too much
	Uncompared Outcome = "uncompared" // kept before papers were compared
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Match, Differ, Scan, NoPDF, Locked, Damaged, TooLarge, Uncompared}

var outcomeWords = map[Outcome]string{
	Match:      "Khớp với nội dung đã khóa",
	Differ:     "Khác nội dung đã khóa",
	Scan:       "Bản quét, không đọc được chữ",
	NoPDF:      "Không phải PDF, không đối chiếu được",
	Locked:     "Tệp có mật khẩu, không đọc được chữ",
	Damaged:    "Tệp hỏng, không đọc được chữ",
	TooLarge:   "Tệp quá lớn, không đối chiếu được",
	Uncompared: "Chưa đối chiếu",
}

// Word is the outcome as users read it, everywhere.
func (o Outcome) Word() string { return outcomeWords[o] }

// Comparison is what a paper and a frozen content came to.
type Comparison struct {
	Outcome Outcome
	Result  collate.Result
}

// way numbers how papers are read and compared. A change that may give another result
// gets the next number: what was kept before stays, and the newest counts.
const way = 1

// Limits of one comparison.
const (
	longest    = 10 * time.Second
	atOnce     = 2
	mostLength = pdftext.MaxSize
)

// slots bounds how much memory and how many processors comparing takes, however many
// papers come at once.
var slots = make(chan struct{}, atOnce)

// Compare reads the stored file and looks for the passages in it. Files that cannot be
// read are an outcome, not an error.
func Compare(ctx context.Context, files *evidence.Store, sha evidence.SHA, kind evidence.Type, passages []collate.Passage) (Comparison, error) {
	if kind != evidence.PDF {
		return Comparison{Outcome: NoPDF}, nil
	}
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return Comparison{}, ctx.Err()
	}
	defer func() { <-slots }()
	limited, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	c, err := compare(limited, files, sha, passages)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return Comparison{Outcome: TooLarge}, nil
	}
	return c, err
}

func compare(ctx context.Context, files *evidence.Store, sha evidence.SHA, passages []collate.Passage) (Comparison, error) {
	file, err := files.Open(ctx, sha)
	if err != nil {
		return Comparison{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, mostLength+1))
	if err != nil {
		return Comparison{}, err
	}
	pages, err := pdftext.Read(ctx, content)
	switch {
	case errors.Is(err, pdftext.ErrTooLarge):
		return Comparison{Outcome: TooLarge}, nil
	case errors.Is(err, pdftext.ErrEncrypted):
		return Comparison{Outcome: Locked}, nil
	case errors.Is(err, pdftext.ErrNoPDF):
		return Comparison{Outcome: Damaged}, nil
	case err != nil:
		return Comparison{}, err
	}
	result, err := collate.Compare(ctx, pages, passages)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{Outcome: outcomes[result.Outcome], Result: result}, nil
}

var outcomes = map[collate.Outcome]Outcome{collate.Match: Match, collate.Differ: Differ, collate.NoText: Scan}

// Keep stores the comparison of a registered file with the content of that hash, in
// the transaction that attaches the file. The same two give the same: kept once.
func (c Comparison) Keep(ctx context.Context, tx pgx.Tx, now time.Time, file, frozen evidence.SHA) error {
	result, err := json.Marshal(c.Result)
	if err != nil {
		return err
	}
	_, err = database.Exec(ctx, tx, `
		insert into signed_comparison (file_sha, frozen_sha, way, outcome, result, at)
		values (@file, @frozen, @way, @outcome, @result, @now)
		on conflict do nothing`,
		database.Args{"file": file, "frozen": frozen, "way": way, "outcome": c.Outcome, "result": result, "now": now})
	return err
}

// Join finds the newest comparison of the file_sha of f with the hash that the
// expression frozen gives, for [Column].
func Join(frozen string) string {
	return `
		left join lateral (
			select outcome, result
			from signed_comparison k
			where k.file_sha = f.file_sha and k.frozen_sha = ` + frozen + `
			order by k.way desc
			limit 1
		) c on true `
}

// Column selects with [Join] what scans into a [Comparison].
const Column = `json_build_object('Outcome', coalesce(c.outcome, 'uncompared'), 'Result', coalesce(c.result, '{}'))`
