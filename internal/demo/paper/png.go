package paper

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"
)

// A picture is as large as a phone's screen shows it.
const (
	pictureWidth  = 800
	pictureHeight = 600
	frameHeight   = 320 // where a photograph would be
)

var (
	white = color.RGBA{255, 255, 255, 255}
	ink   = color.RGBA{33, 37, 41, 255}
	sky   = color.RGBA{214, 228, 240, 255}
	field = color.RGBA{156, 190, 150, 255}
	hill  = color.RGBA{118, 160, 126, 255}
	sun   = color.RGBA{247, 201, 94, 255}
)

// PNG is the sheet as a picture: the sign that stands for a photograph, with the
// text below. The same sheet gives the same bytes.
func (s Sheet) PNG() []byte {
	p := picture{image.NewRGBA(image.Rect(0, 0, pictureWidth, pictureHeight))}
	p.rectangle(white, 0, pictureHeight)
	p.rectangle(sky, 0, frameHeight)
	p.fill(sun, circle(600, 80, 40))
	p.fill(hill, contour{{20, 280, true}, {210, 110, true}, {330, 280, true}})
	p.fill(hill, contour{{290, 280, true}, {500, 160, true}, {790, 280, true}})
	p.rectangle(field, 260, frameHeight)
	text := column{x: 32, y: frameHeight + 6, width: pictureWidth - 64}
	text.add(s.Title, 20, 4)
	text.add(s.Text, 16, 0)
	text.y = pictureHeight - 40
	text.add(s.Note, 13, 0)
	for _, l := range text.lines {
		p.write(l)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p.RGBA); err != nil {
		panic(err) // memory takes everything
	}
	return b.Bytes()
}

type picture struct{ *image.RGBA }

// rectangle paints the whole width between two heights.
func (p picture) rectangle(c color.RGBA, top, bottom int) {
	draw.Draw(p.RGBA, image.Rect(0, top, pictureWidth, bottom), image.NewUniform(c), image.Point{}, draw.Src)
}

func circle(x, y, radius float64) contour {
	var c contour
	for i := range 60 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 30)
		c = append(c, point{x + radius*cos, y + radius*sin, true})
	}
	return c
}

// write draws a line of text.
func (p picture) write(l line) {
	f := regular()
	x := l.x
	for _, r := range l.text {
		g := f.glyph(r)
		var shapes []contour
		for _, c := range f.outline(g) {
			placed := make(contour, len(c))
			for i, o := range c {
				placed[i] = point{x + o.x*l.size/1000, l.y - o.y*l.size/1000, o.onCurve}
			}
			shapes = append(shapes, placed.flat())
		}
		p.fill(ink, shapes...)
		x += float64(f.widths[g]) * l.size / 1000
	}
}

// flat replaces the curves of a contour – quadratic ones, whose control points
// lie off the curve – by short straight lines.
func (c contour) flat() contour {
	var full contour // with the points on the curve that the file leaves out
	for i, a := range c {
		b := c[(i+1)%len(c)]
		full = append(full, a)
		if !a.onCurve && !b.onCurve {
			full = append(full, point{(a.x + b.x) / 2, (a.y + b.y) / 2, true})
		}
	}
	var out contour
	const steps = 5
	for i, a := range full {
		if a.onCurve {
			out = append(out, a)
			continue
		}
		from, to := full[(i+len(full)-1)%len(full)], full[(i+1)%len(full)]
		for k := 1; k < steps; k++ {
			t := float64(k) / steps
			u := 1 - t
			out = append(out, point{u*u*from.x + 2*u*t*a.x + t*t*to.x, u*u*from.y + 2*u*t*a.y + t*t*to.y, true})
		}
	}
	return out
}

// rays is how many lines are looked along in each row of pixels.
const rays = 4

// fill paints what lies inside the shapes: where they wind around a place at all.
func (p picture) fill(c color.RGBA, shapes ...contour) {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range shapes {
		for _, o := range s {
			left, right = math.Min(left, o.x), math.Max(right, o.x)
			top, bottom = math.Min(top, o.y), math.Max(bottom, o.y)
		}
	}
	if right <= left {
		return // a blank
	}
	area := image.Rect(int(left), int(top), int(right)+1, int(bottom)+1).Intersect(p.Bounds())
	cover := make([]float64, area.Dx())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		clear(cover)
		for ray := range rays {
			along(cover, float64(area.Min.X), crossings(shapes, float64(y)+(float64(ray)+0.5)/rays))
		}
		for i, share := range cover {
			p.blend(area.Min.X+i, y, c, math.Min(share/rays, 1))
		}
	}
}

// crossing is where an edge crosses a ray, and in which direction.
type crossing struct {
	x   float64
	way int
}

func crossings(shapes []contour, y float64) []crossing {
	var found []crossing
	for _, s := range shapes {
		for i, a := range s {
			b := s[(i+1)%len(s)]
			way := 1
			if a.y > b.y {
				a, b, way = b, a, -1
			}
			if a.y <= y && y < b.y {
				found = append(found, crossing{a.x + (y-a.y)*(b.x-a.x)/(b.y-a.y), way})
			}
		}
	}
	slices.SortFunc(found, func(a, b crossing) int { return cmp.Compare(a.x, b.x) })
	return found
}

// along adds how much of each pixel, from left on, lies between the crossings
// that are inside.
func along(cover []float64, left float64, found []crossing) {
	winding := 0
	for i, here := range found {
		winding += here.way
		if winding == 0 || i+1 == len(found) {
			continue
		}
		from := math.Max(here.x-left, 0)
		to := math.Min(found[i+1].x-left, float64(len(cover)))
		for x := int(from); float64(x) < to; x++ {
			cover[x] += math.Min(to, float64(x+1)) - math.Max(from, float64(x))
		}
	}
}

func (p picture) blend(x, y int, c color.RGBA, share float64) {
	switch share {
	case 0:
		return
	case 1:
		p.SetRGBA(x, y, c)
		return
	}
	was := p.RGBAAt(x, y)
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	p.SetRGBA(x, y, color.RGBA{mix(was.R, c.R), mix(was.G, c.G), mix(was.B, c.B), 255})
}
