package paper

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
)

// A scan has a hundred dots an inch: readable, and small.
const (
	scanWidth  = 827
	scanHeight = 1169
	scanMargin = 100
)

// Scan is the sheet as a document of one page that is a picture: its text is for eyes
// alone. The same sheet gives the same bytes.
func (s Sheet) Scan() []byte {
	p := picture{image.NewRGBA(image.Rect(0, 0, scanWidth, scanHeight))}
	draw.Draw(p.RGBA, p.Bounds(), image.NewUniform(white), image.Point{}, draw.Src)
	text := column{x: scanMargin, y: scanMargin, width: scanWidth - 2*scanMargin}
	text.add(s.Title, 20, 12)
	text.add(s.Text, 16, 0)
	text.y = scanHeight - scanMargin
	text.add(s.Note, 12, 0)
	for _, l := range text.lines {
		p.write(l)
	}
	gray := make([]byte, 0, scanWidth*scanHeight)
	for y := range scanHeight {
		for x := range scanWidth {
			gray = append(gray, color.GrayModel.Convert(p.At(x, y)).(color.Gray).Y)
		}
	}
	var d document
	d.add("<< /Type /Catalog /Pages 2 0 R >>")
	d.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	d.add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>", pageWidth, pageHeight))
	d.stream("", fmt.Appendf(nil, "%g 0 0 %g 0 0 cm /P Do", pageWidth, pageHeight))
	d.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8", scanWidth, scanHeight), gray)
	d.add("<< /Title " + textString(s.Title) + " >>")
	return d.bytes()
}
