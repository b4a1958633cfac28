package workbook

import (
	"context"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// format is what a style makes of a number.
type format uint8

const (
	plain format = iota
	dated
	hundredths
)

// mostStyles is what Excel has.
const mostStyles = 65_490

// readStyles finds out which styles show numbers as days or percentages.
func (b *Book) readStyles(ctx context.Context, name string) error {
	p, err := b.part(ctx, name)
	if err != nil {
		return err
	}
	own := map[string]format{} // formats of the book by number
	inCells := false
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = formatOf(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "xf":
			if !inCells {
				return nil
			}
			id := attr(e, "numFmtId")
			f, ok := own[id]
			if !ok {
				f = builtIn(id)
			}
			b.formats = append(b.formats, f)
		}
		if len(own) > mostStyles || len(b.formats) > mostStyles {
			return damaged()
		}
		return nil
	}, func(name string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	}, nil)
}

// builtIn are the formats every program knows by number (ECMA-376 part 1,
// 18.8.30).
func builtIn(id string) format {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return plain
	case n == 9, n == 10:
		return hundredths
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return dated
	}
	return plain
}

// quoted is what a format shows as it stands: "text", \x, _x and *x for blanks,
// and colours, conditions and countries in brackets; [h] counts hours.
var quoted = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]hmsHMS]*\]|\[[^\]]{3,}\]`)

// formatOf reads a format's code as far as its first part.
func formatOf(code string) format {
	code = quoted.ReplaceAllString(code, "")
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	switch {
	case strings.Contains(code, "general"):
		return plain
	case strings.ContainsAny(code, "ymdhs"):
		return dated
	case strings.Contains(code, "%"):
		return hundredths
	}
	return plain
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the letters that XML does not allow and texts that look like
// their escapes (ECMA-376 part 1, 22.9.2.19): "_x005F_x000D_" is "_x000D_".
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		unit, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil || utf16.IsSurrogate(rune(unit)) {
			return code
		}
		return string(rune(unit))
	})
}
