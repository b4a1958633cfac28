package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"danvan/internal/viet"
)

// Format is a kind of file a table can be saved as; the word of its addresses and
// the extension of its names.
type Format string

const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Formats lists every format, the one for people first.
var Formats = []Format{XLSX, CSV}

// contentTypes are those of IANA.
var contentTypes = map[Format]string{
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	CSV:  "text/csv; charset=utf-8; header=present",
}

// Known says whether there is such a format.
func (f Format) Known() bool { return contentTypes[f] != "" }

// File is a table ready to be saved.
type File struct {
	Name    string
	Type    string // for Content-Type
	Content []byte
}

// Reader reads the content from its beginning.
func (f File) Reader() io.ReadSeeker { return bytes.NewReader(f.Content) }

// File makes a file of the table. Its name is the title without marks and the
// moment, "ke-hoach-nam-2022-cua-cac-don-vi-20221128-0842.xlsx": mail, USB sticks
// and older document systems still spoil names with Vietnamese letters.
func (t Table) File(f Format) (File, error) {
	made := File{Name: t.name() + "." + string(f), Type: contentTypes[f]}
	var err error
	switch f {
	case XLSX:
		made.Content, err = t.xlsx()
	case CSV:
		made.Content, err = t.csv()
	default:
		err = fmt.Errorf("unknown format %q", f)
	}
	if err != nil {
		return File{}, fmt.Errorf("save table %q: %w", t.Title, err)
	}
	return made, nil
}

// longestName is in bytes, without moment and extension.
const longestName = 80

func (t Table) name() string {
	words := strings.FieldsFunc(viet.Fold(t.Title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	name := ""
	for _, w := range words {
		if len(name)+len(w) >= longestName {
			break
		}
		name += w + "-"
	}
	return name + t.At.In(viet.Location).Format("20060102-1504")
}
