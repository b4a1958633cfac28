package pdftext

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// unpack returns the content of a stream, as far as it can be read: a damaged end is
// left out. Filters of pictures give nothing.
func (f *file) unpack(s stream) []byte {
	content := s.packed
	filters := f.several(s.dict, "Filter", "F")
	parameters := f.several(s.dict, "DecodeParms", "DP")
	if len(filters) > 8 {
		return nil
	}
	for i, filter := range filters {
		if f.err != nil {
			return nil
		}
		switch f.resolve(filter) {
		case name("FlateDecode"), name("Fl"):
			content = f.inflate(content)
			if i < len(parameters) {
				content = f.predicted(content, f.dict(parameters[i]))
			}
		case name("ASCII85Decode"), name("A85"):
			content = f.ascii85(content)
		case name("ASCIIHexDecode"), name("AHx"):
			l := lexer{b: content, cost: &f.budget}
			content = []byte(l.hex())
			f.count(&f.unpacked, len(content), maxUnpacked)
		default:
			return nil
		}
	}
	return content
}

// several returns the entry under either key as a list.
func (f *file) several(d dict, long, short name) array {
	v := d[long]
	if v == nil {
		v = d[short]
	}
	switch x := f.resolve(v).(type) {
	case nil:
		return nil
	case array:
		return x
	default:
		return array{x}
	}
}

func (f *file) inflate(packed []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	defer r.Close()
	return f.take(r)
}

func (f *file) ascii85(packed []byte) []byte {
	packed = bytes.TrimPrefix(bytes.TrimSpace(packed), []byte("<~"))
	if end := bytes.Index(packed, []byte("~>")); end >= 0 {
		packed = packed[:end]
	}
	return f.take(ascii85.NewDecoder(bytes.NewReader(packed)))
}

// take reads what the budget allows of r.
func (f *file) take(r io.Reader) []byte {
	var out bytes.Buffer
	// What was read before a fault is kept: documents cut short are still read.
	n, _ := io.Copy(&out, io.LimitReader(r, maxStream+1))
	if n > maxStream {
		f.err = ErrTooLarge
	}
	if !f.count(&f.unpacked, int(n), maxUnpacked) || f.ctx.Err() != nil {
		return nil
	}
	return out.Bytes()
}

// predicted undoes the prediction of rows (ISO 32000-1, 7.4.4.4), which object streams
// of some programs use.
func (f *file) predicted(content []byte, d dict) []byte {
	predictor, _ := f.resolve(d["Predictor"]).(float64)
	if predictor < 10 {
		return content
	}
	number := func(key name, absent int) int {
		n, ok := f.resolve(d[key]).(float64)
		if !ok || n < 1 || n > 1<<16 {
			return absent
		}
		return int(n)
	}
	wide := number("Colors", 1) * number("BitsPerComponent", 8)
	pixel, row := max(1, wide/8), (number("Columns", 1)*wide+7)/8
	out := make([]byte, 0, len(content))
	above := make([]byte, min(row, len(content)))
	for len(content) > row {
		filter, line := content[0], content[1:1+row]
		content = content[1+row:]
		from := len(out)
		for i, c := range line {
			var left, upLeft int
			if i >= pixel {
				left, upLeft = int(out[from+i-pixel]), int(above[i-pixel])
			}
			up := int(above[i])
			switch filter {
			case 1:
				c += byte(left)
			case 2:
				c += byte(up)
			case 3:
				c += byte((left + up) / 2)
			case 4:
				c += byte(paeth(left, up, upLeft))
			}
			out = append(out, c)
		}
		above = out[from:]
	}
	return out
}

// paeth chooses the neighbour nearest to left + up − upLeft.
func paeth(left, up, upLeft int) int {
	distance := func(v int) int {
		d := left + up - upLeft - v
		return max(d, -d)
	}
	switch l, u, ul := distance(left), distance(up), distance(upLeft); {
	case l <= u && l <= ul:
		return left
	case u <= ul:
		return up
	}
	return upLeft
}
