package pdftext

import (
	"bytes"
	"slices"
)

// file is a document being read. Where its objects lie is found by looking through all
// of it rather than by its tables: a signature appends objects that replace former
// ones, and damaged or lying tables lead nowhere.
type file struct {
	budget
	content   []byte
	objects   map[int]place // by number; the last one written counts
	streams   []place       // of object streams, in the order of the file
	catalog   any
	encrypted bool
	fonts     map[ref]*font
}

// place is where an object lies, and the packed bytes of its stream if it is one.
type place struct {
	in     []byte
	at     int
	packed []byte
	inside bool // an object stream
}

// stream is a stream as it lies in the file, still packed.
type stream struct {
	dict   dict
	packed []byte
}

func (f *file) lexer(p place) *lexer { return &lexer{b: p.in, at: p.at, cost: &f.budget} }

// index finds every object that stands in the file itself.
func (f *file) index() {
	f.objects = map[int]place{}
	objects, trailers := &finder{b: f.content, word: "obj"}, &finder{b: f.content, word: "trailer"}
	for at := 0; f.value(); {
		object, trailer := objects.next(at), trailers.next(at)
		if trailer < object {
			l := f.lexer(place{in: f.content, at: trailer + len(trailers.word)})
			v, _ := l.next()
			f.trailer(v)
			at = l.at
			continue
		}
		if object == len(f.content) {
			return
		}
		at = object + len(objects.word)
		if number, ok := numberBefore(f.content, object); ok {
			at = f.object(number, at)
		}
	}
}

// finder finds a word again and again without looking at any byte twice.
type finder struct {
	b     []byte
	word  string
	found int
	begun bool
}

// next is where the word stands from at on, the length of b when it does not.
func (s *finder) next(at int) int {
	if s.begun && s.found >= at {
		return s.found
	}
	s.begun, s.found = true, len(s.b)
	if i := bytes.Index(s.b[at:], []byte(s.word)); i >= 0 {
		s.found = at + i
	}
	return s.found
}

// object notes the object that begins at and returns where to look on.
func (f *file) object(number, at int) int {
	p := place{in: f.content, at: at}
	l := f.lexer(p)
	v, ok := l.next()
	if !ok {
		return max(at, l.at)
	}
	end := l.at
	d, isDict := v.(dict)
	if isDict {
		p.packed, end = f.packed(d, l)
	}
	if len(f.objects) >= maxObjects {
		f.err = ErrTooLarge
		return end
	}
	f.objects[number] = p
	switch d["Type"] {
	case name("ObjStm"):
		f.streams = append(f.streams, p)
	case name("XRef"):
		f.trailer(d)
	case name("Catalog"):
		if f.catalog == nil {
			f.catalog = ref{number: number}
		}
	}
	return end
}

func (f *file) trailer(v any) {
	d, ok := v.(dict)
	if !ok {
		return
	}
	if root, ok := d["Root"].(ref); ok {
		f.catalog = root // the last one written counts
	}
	if d["Encrypt"] != nil {
		f.encrypted = true
	}
}

// numberBefore reads the "12 0 " that stands before the word obj.
func numberBefore(b []byte, at int) (int, bool) {
	back := func() (int, bool) {
		for at > 0 && isSpace(b[at-1]) {
			at--
		}
		n, power, from := 0, 1, at
		for at > 0 && isDigit(b[at-1]) && from-at < 9 {
			at--
			n += power * int(b[at]-'0')
			power *= 10
		}
		return n, at < from
	}
	if _, ok := back(); !ok {
		return 0, false
	}
	if at == 0 || !isSpace(b[at-1]) {
		return 0, false
	}
	return back()
}

// packed returns the bytes of the stream that follows its dictionary and where they
// end, nil when none follows.
func (f *file) packed(d dict, l *lexer) ([]byte, int) {
	l.skip()
	if !bytes.HasPrefix(l.b[l.at:], []byte("stream")) {
		return nil, l.at
	}
	from := l.at + len("stream")
	if from < len(l.b) && l.b[from] == '\r' {
		from++
	}
	if from < len(l.b) && l.b[from] == '\n' {
		from++
	}
	rest := l.b[from:]
	if n, ok := d["Length"].(float64); ok && n >= 0 && n <= float64(len(rest)) {
		after := bytes.TrimLeft(rest[int(n):min(len(rest), int(n)+16)], "\r\n \t")
		if bytes.HasPrefix(after, []byte("endstream")) {
			return rest[:int(n):int(n)], from + int(n)
		}
	}
	// The length lies, or stands elsewhere.
	end := bytes.Index(rest, []byte("endstream"))
	if end < 0 {
		end = len(rest)
	}
	return rest[:end:end], from + end
}

// unfoldObjects finds the objects that lie inside object streams. One that stands in
// the file after the stream replaces the one inside.
func (f *file) unfoldObjects() {
	for _, p := range f.streams {
		v, _ := f.lexer(p).next()
		d, ok := v.(dict)
		if !ok || f.err != nil {
			continue
		}
		content := f.unpack(stream{d, p.packed})
		first, _ := f.resolve(d["First"]).(float64)
		if first > 0 && first < float64(len(content)) {
			f.unfold(p, content, int(first))
		}
	}
}

func (f *file) unfold(container place, content []byte, first int) {
	l := f.lexer(place{in: content[:first]})
	l.direct = true
	for f.err == nil {
		number, ok := l.integer()
		offset, ok2 := l.integer()
		if !ok || !ok2 {
			return
		}
		at := first + offset
		if at >= len(content) {
			continue
		}
		if old, known := f.objects[number]; known && !old.inside && old.at > container.at {
			continue
		}
		if len(f.objects) >= maxObjects {
			f.err = ErrTooLarge
			return
		}
		f.objects[number] = place{in: content, at: at, inside: true}
		if f.catalog != nil {
			continue
		}
		if d := f.dict(ref{number: number}); d["Type"] == name("Catalog") {
			f.catalog = ref{number: number}
		}
	}
}

// resolve returns the value a reference stands for: a stream with its dictionary, or
// nil for what is not there. Other values are themselves.
func (f *file) resolve(v any) any {
	for range maxNesting {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		p, ok := f.objects[r.number]
		if !ok || f.err != nil {
			return nil
		}
		if v, ok = f.lexer(p).next(); !ok {
			return nil
		}
		if d, isDict := v.(dict); isDict && p.packed != nil {
			return stream{d, p.packed}
		}
	}
	return nil
}

func (f *file) dict(v any) dict {
	switch d := f.resolve(v).(type) {
	case dict:
		return d
	case stream:
		return d.dict
	}
	return nil
}

func (f *file) array(v any) array {
	a, _ := f.resolve(v).(array)
	return a
}

// page is a page with what it inherits.
type page struct {
	dict      dict
	resources any
}

// pages lists the pages in their order.
func (f *file) pages() []page {
	var all []page
	seen := map[ref]bool{}
	var walk func(v any, resources any, depth int)
	walk = func(v any, resources any, depth int) {
		if r, ok := v.(ref); ok {
			if seen[r] {
				return
			}
			seen[r] = true
		}
		d := f.dict(v)
		if d == nil || depth > maxNesting || f.err != nil {
			return
		}
		if d["Resources"] != nil {
			resources = d["Resources"]
		}
		if d["Kids"] == nil {
			all = append(all, page{d, resources})
			if len(all) > maxPages {
				f.err = ErrTooLarge
			}
			return
		}
		for _, kid := range f.array(d["Kids"]) {
			walk(kid, resources, depth+1)
		}
	}
	if root := f.dict(f.catalog); root["Pages"] != nil {
		walk(root["Pages"], nil, 0)
	}
	return slices.Clip(all)
}
