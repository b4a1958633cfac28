package consolidation

import (
	"danvan/internal/consolidation/wording"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// Printed is a consolidated report laid out: what the Word file and the preview both
// show, to the letter. The same frozen content and stamp give the same Printed.
type Printed struct {
	Year       int
	Period     string // slug
	Unit       string // slug of who consolidates
	Issuer     UnitFacts
	Number     string    // "Số" as on the paper: "215/BC-SNV"; before issue "     /BC-SNV"
	Date       viet.Date // of issue, zero before: the day is left open
	Title      string    // "BÁO CÁO"
	Subject    string    // trích yếu, below the title
	To         string    // after "Kính gửi:", "" for none
	Opening    Section
	Sections   []Section // I to IV
	Closing    Paragraph // behind them all; the paper ends it with "./."
	Capacity   string    // of the signer: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"
	Signer     string
	Recipients []string // lines of "Nơi nhận", without dashes
	Annexes    []Annex
	Draft      bool   // not issued: the file is marked "DỰ THẢO"
	Frozen     string // hash of the frozen data and text, "" for a working copy
}

// Section is a heading with the paragraphs and sections below it.
type Section struct {
	Part       string // key of the part whose text it is, "" for a heading alone
	Field      string // of the part
	Number     string // "I", "1"; "" for the opening
	Title      string // without the number
	Paragraphs []Paragraph
	Sections   []Section
}

// Paragraph is a paragraph of the text with its tokens filled in.
type Paragraph struct {
	wording.Paragraph
	From []Origin // the sendings it was taken from
}

// Origin is a sending a paragraph was taken from.
type Origin struct {
	Unit    string // slug
	Short   string // as sentences call it; the slug where the ground does not know it
	Label   string // as a narrow place does: "NN&PTNT"
	Version int
	Counted bool // the ground counts this very sending; otherwise it was replaced or withdrawn
}

// AnnexKind says what an annex holds.
type AnnexKind string

const (
	FigureAnnex   AnnexKind = "figures"
	ExemplarAnnex AnnexKind = "exemplars"
	StatusAnnex   AnnexKind = "status"
)

// Annex (phụ lục) is a table behind the report.
type Annex struct {
	Kind    AnnexKind
	Number  string // "I"; "" when it is the only one
	Title   string // e.g. "SỐ LIỆU TỔNG HỢP"
	Wide    bool   // wants a page laid across
	Columns []Column
	Rows    []Row
	Notes   []string // below the table
}

// Column is a column of an annex.
type Column struct {
	Title  string
	Number bool // its cells are numbers, set to the right
	Share  int  // of the width, in hundredths
}

// Row is a row of an annex; a heading has one cell over the whole width.
type Row struct {
	Heading bool
	Cells   []Entry
}

// Entry is a cell of an annex, with what it leads to.
type Entry struct {
	Text    string
	Code    string // the figure whose parts it opens, "" for none
	Unit    string // slug of the unit whose sending it opens, "" for none
	Version int
}

// Stamped is what a print needs to know of the paper itself.
type Stamped struct {
	Reference workingcopy.Reference // what is not known yet is zero
	Body      Body
	Issued    bool
	Frozen    string // hash of the frozen data and text, "" for a working copy
	Replaces  *IssueHead
}
