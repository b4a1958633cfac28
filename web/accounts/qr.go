package accounts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrCode is a QR code to be drawn with one SVG path.
type qrCode struct {
	Path string
	side int // modules
}

// quiet is the white margin a reader needs, in modules.
const quiet = 4

func newQRCode(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrCode{}, fmt.Errorf("draw a QR code: %w", err)
	}
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			begin := x
			for x < side && dark(code.At(x, y).RGBA()) {
				x++
			}
			if x > begin {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begin+quiet, y+quiet, x-begin, x-begin)
			}
		}
	}
	return qrCode{Path: path.String(), side: side + 2*quiet}, nil
}

func dark(red, _, _, _ uint32) bool { return red == 0 }

func (c qrCode) size() string { return strconv.Itoa(c.side) }

func (c qrCode) viewBox() string { return "0 0 " + c.size() + " " + c.size() }
