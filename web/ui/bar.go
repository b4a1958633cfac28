package ui

import "strconv"

type drawnPart struct {
	fill     Kind
	x, width string
}

// Between two parts stands a gap of a share of the whole, taken from the part
// before it where that part is wide enough to spare it.
const (
	gapShare  = 0.008
	wideParts = 4 // gaps
)

func total(segments []Segment) int {
	sum := 0
	for _, s := range segments {
		sum += max(s.Count, 0)
	}
	return sum
}

// layOut places the parts of a bar next to each other, leaving out empty ones.
func layOut(segments []Segment) []drawnPart {
	whole := total(segments)
	gap := gapShare * float64(whole)
	var parts []drawnPart
	at := 0
	for _, s := range segments {
		if s.Count <= 0 {
			continue
		}
		width := float64(s.Count)
		if last := at+s.Count == whole; !last && width > wideParts*gap {
			width -= gap
		}
		parts = append(parts, drawnPart{s.Fill, strconv.Itoa(at), strconv.FormatFloat(width, 'f', -1, 32)})
		at += s.Count
	}
	return parts
}
