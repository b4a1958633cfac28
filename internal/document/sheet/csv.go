package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// byteOrderMark tells Excel that the text is UTF-8.
const byteOrderMark = "\ufeff"

// csv is the table for other programs: a line of headings and the rows, parted by
// commas (RFC 4180). What a cell means must not depend on the settings of the
// computer that opens it, so numbers have a decimal point and no separators,
// dates are 2022-11-28 and percentages are hundredths, 12.4: with a decimal comma
// "12,4" is 124 to a computer set to English, and "05/04/2022" another day. Who
// wants to read the table opens the workbook.
func (t Table) csv() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = inert(c.heading())
	}
	if err := w.Write(line); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		for i := range line {
			line[i] = ""
			if i >= len(row) {
				continue
			}
			line[i] = row[i].text
			if row[i].kind == Text {
				line[i] = inert(row[i].text)
			}
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// inert keeps text from being taken for a formula, as OWASP's page on CSV
// injection says: an apostrophe in front makes it text. Full-width signs are
// signs to some programs.
func inert(text string) string {
	first := strings.TrimLeft(text, " \t\r\n\"'")
	if first != "" && strings.ContainsRune("=+-@＝＋－＠|", []rune(first)[0]) {
		return "'" + text
	}
	return text
}
