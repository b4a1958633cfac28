// Package pdftext reads the words off the pages of a PDF document (ISO 32000). It
// draws nothing, runs nothing and trusts nothing: whatever the file says, reading it
// costs bounded time and memory.
package pdftext

import (
	"context"
	"errors"
)

// MaxSize is the longest file that is read, in bytes.
const MaxSize = 32 << 20

// What a file may cost. An honest paper of three hundred pages takes a hundredth of
// each; scanned pictures are never unpacked.
const (
	maxUnpacked = 24 << 20  // bytes, of all streams together
	maxStream   = 8 << 20   // bytes, of one stream
	maxScanned  = 128 << 20 // bytes read as values, the same one twice counted twice
	maxValues   = 4 << 20   // numbers, names, texts … among them
	maxHeld     = 1 << 18   // values of one object
	maxText     = 4 << 20   // bytes of text
	maxObjects  = 1 << 18
	maxPages    = 3000
	maxNesting  = 40
	maxCodes    = 1 << 19 // characters of all fonts together
)

// Reasons for which a file is not read.
var (
	ErrNoPDF     = errors.New("pdftext: not a PDF document")
	ErrEncrypted = errors.New("pdftext: the document is encrypted")
	ErrTooLarge  = errors.New("pdftext: the document costs too much to read")
)

// Read returns the text of each page in the order of the pages, lines as the page has
// them. A page of pictures alone gives "". What is damaged is left out; a file of which
// no page can be found is [ErrNoPDF]. Reading ends with ctx.
func Read(ctx context.Context, content []byte) ([]string, error) {
	if len(content) > MaxSize {
		return nil, ErrTooLarge
	}
	f := &file{content: content, budget: budget{ctx: ctx}, fonts: map[ref]*font{}}
	pages, err := f.read()
	if f.err != nil {
		return nil, f.err
	}
	return pages, err
}

func (f *file) read() ([]string, error) {
	f.index()
	if f.err == nil && f.encrypted {
		return nil, ErrEncrypted
	}
	f.unfoldObjects()
	pages := f.pages()
	if len(pages) == 0 {
		return nil, ErrNoPDF
	}
	texts := make([]string, len(pages))
	for i, p := range pages {
		texts[i] = f.pageText(p)
		if f.err != nil {
			return nil, f.err
		}
	}
	return texts, nil
}

// budget is what reading one file may still cost. Once it is spent, err says so and
// every reader gives up as soon as it looks.
type budget struct {
	ctx      context.Context
	err      error
	unpacked int
	scanned  int
	values   int
	text     int
	codes    int
}

// value counts one more value read and reports whether reading may go on.
func (b *budget) value() bool {
	if b.err != nil {
		return false
	}
	b.values++
	if b.values > maxValues {
		b.err = ErrTooLarge
	}
	if b.values%1024 == 0 && b.err == nil {
		b.err = b.ctx.Err()
	}
	return b.err == nil
}

// count adds n to a sum that may not pass limit.
func (b *budget) count(sum *int, n, limit int) bool {
	*sum += n
	if *sum > limit && b.err == nil {
		b.err = ErrTooLarge
	}
	return b.err == nil
}
