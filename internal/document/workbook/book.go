package workbook

import (
	"context"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"danvan/internal/viet"
)

// open reads the parts that say where the others are, then what the cells share.
func (b *Book) open(ctx context.Context) error {
	seen := parts{}
	for _, f := range b.archive.File {
		name := canonical(f.Name)
		if strings.HasPrefix(path.Base(name), "vbaproject") {
			return refuse(refusedMacros)
		}
		const encrypted = 1
		if f.Flags&encrypted != 0 {
			return refuse(refusedLocked)
		}
		if seen[name] { // programs would disagree about which one counts
			return damaged()
		}
		seen[name] = true
	}
	main, err := b.main(ctx, seen)
	if err != nil {
		return err
	}
	links, err := b.links(ctx, main)
	if err != nil {
		return err
	}
	if err := b.readWorkbook(ctx, main, links); err != nil {
		return err
	}
	for _, l := range links {
		switch l.kind {
		case "styles":
			err = b.readStyles(ctx, l.target)
		case "sharedStrings":
			err = b.readTexts(ctx, l.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mainTypes are the content types of the part that every document has (ECMA-376
// part 1, 12.3.23, 11.3.10), or what it is instead.
var mainTypes = map[string]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":         "",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml":      "",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml":   "Word",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "PowerPoint",
	"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml":    "PowerPoint",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml":   "Word",
	"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml":     "PowerPoint",
	"application/vnd.ms-visio.drawing.main+xml":                                          "Visio",
}

// parts are the names of those in the archive.
type parts map[string]bool

// has reports whether an entry of the list of contents is about any part there is:
// programs that take macros out may leave the type behind (LibreOffice: as that of
// every .bin), and what names nothing can do nothing.
func (p parts) has(e xml.StartElement) bool {
	if name := attr(e, "PartName"); name != "" {
		return p[canonical(name)]
	}
	extension := "." + strings.ToLower(attr(e, "Extension"))
	for name := range p {
		if path.Ext(name) == extension {
			return true
		}
	}
	return false
}

// main finds the part that lists the sheets. What the parts are is said in the
// list of contents; programs go by it, whatever a part is called.
func (b *Book) main(ctx context.Context, names parts) (string, error) {
	const contents = "[content_types].xml"
	if !names[contents] {
		if names["mimetype"] {
			return "", notExcel("OpenDocument")
		}
		return "", notExcel("tệp nén")
	}
	p, err := b.part(ctx, contents)
	if err != nil {
		return "", err
	}
	found, listed := "", 0
	err = p.each(func(e xml.StartElement) error {
		if listed++; listed > 2*mostParts {
			return damaged()
		}
		kind := strings.ToLower(strings.TrimSpace(attr(e, "ContentType")))
		if strings.Contains(kind, "macroenabled") || (strings.Contains(kind, "vbaproject") || strings.Contains(kind, "macrosheet")) && names.has(e) {
			return refuse(refusedMacros)
		}
		if strings.Contains(kind, "sheet.binary") {
			return refuse(refusedBinary)
		}
		other, isMain := mainTypes[kind]
		switch {
		case !isMain:
		case other != "":
			return notExcel(other)
		case found != "":
			return damaged()
		default:
			found = attr(e, "PartName")
		}
		return nil
	}, nil, nil)
	if err == nil && found == "" {
		err = notExcel("tệp nén")
	}
	return found, err
}

// link leads from the workbook to another part.
type link struct{ kind, target string }

// links are those of the workbook by their ids.
func (b *Book) links(ctx context.Context, main string) (map[string]link, error) {
	main = canonical(main)
	p, err := b.part(ctx, path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"))
	if err != nil {
		return nil, err
	}
	links := map[string]link{}
	err = p.each(func(e xml.StartElement) error {
		target := attr(e, "Target")
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(main), target)
		}
		links[attr(e, "Id")] = link{path.Base(attr(e, "Type")), target}
		if len(links) > mostParts {
			return damaged()
		}
		return nil
	}, nil, nil)
	return links, err
}

func (b *Book) readWorkbook(ctx context.Context, main string, links map[string]link) error {
	p, err := b.part(ctx, main)
	if err != nil {
		return err
	}
	err = p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from1904 = truth(attr(e, "date1904"))
		case "sheet":
			l := links[attr(e, "id")]
			if l.kind != "worksheet" { // a chart on a sheet of its own
				return nil
			}
			b.sheets = append(b.sheets, sheetPart{viet.CleanLine(attr(e, "name")), l.target})
			if len(b.sheets) > b.limits.Sheets {
				return refuse("Tệp có quá %d trang tính; giữ lại đúng biểu cần nộp rồi chọn lại", b.limits.Sheets)
			}
		}
		return nil
	}, func(name string) error {
		if name == "sheets" {
			return io.EOF
		}
		return nil
	}, nil)
	if err == nil && len(b.sheets) == 0 {
		return damaged()
	}
	return err
}

func truth(text string) bool { return text == "1" || text == "true" }

// readTexts reads the texts that cells share. What is written above them for
// reading aloud (phonetic) is not part of them.
func (b *Book) readTexts(ctx context.Context, name string) error {
	p, err := b.part(ctx, name)
	if err != nil {
		return err
	}
	var t text
	return p.each(func(e xml.StartElement) error {
		t.start(e.Name.Local)
		return nil
	}, func(name string) error {
		if t.end(name); name != "si" {
			return nil
		}
		if len(b.texts) >= b.limits.Strings {
			return refuse(refusedHeavy)
		}
		b.texts = append(b.texts, t.take())
		return nil
	}, t.add)
}

// text gathers the runs of one text.
type text struct {
	inT      bool
	phonetic bool
	runs     []byte
}

func (t *text) start(name string) {
	switch name {
	case "t":
		t.inT = !t.phonetic
	case "rPh":
		t.phonetic = true
	}
}

func (t *text) end(name string) {
	switch name {
	case "t":
		t.inT = false
	case "rPh":
		t.phonetic = false
	}
}

// longestText is more bytes than 32,767 letters take.
const longestText = 128 << 10

func (t *text) add(run []byte) error {
	if !t.inT {
		return nil
	}
	if t.runs = append(t.runs, run...); len(t.runs) > longestText {
		return damaged()
	}
	return nil
}

// take returns the text as the portal keeps texts, and forgets it.
func (t *text) take() string {
	taken := viet.Clean(unescape(string(t.runs)))
	t.runs = t.runs[:0]
	return taken
}
