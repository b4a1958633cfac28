package paper

import "strings"

// Sheet is what is drawn: a title, a text below it, and a note at the foot. The text of
// a document has a paragraph a line.
type Sheet struct {
	Title, Text, Note string
}

// line is one line of text with its baseline, measured from the top left.
type line struct {
	text       string
	x, y, size float64
}

// column breaks texts into lines of a width; below each text there is a gap.
type column struct {
	x, y, width float64
	lines       []line
}

const leading = 1.45

func (c *column) add(text string, size, gap float64) {
	f := regular()
	current := ""
	flush := func() {
		c.y += size * leading
		c.lines = append(c.lines, line{current, c.x, c.y, size})
		current = ""
	}
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(current + " " + word)
		if current != "" && f.width(longer, size) > c.width {
			flush()
			longer = word
		}
		current = longer
	}
	if current != "" {
		flush()
	}
	c.y += gap
}
