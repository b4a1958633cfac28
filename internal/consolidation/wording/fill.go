package wording

import "unicode/utf8"

// Values answers what tokens stand for. known is false for what does not exist at
// all; a text of "" is a value nobody has, and prints "…".
type Values interface {
	Figure(code string) (text string, known bool)
	Change(code string) (text string, known bool) // "tăng 12,4%"
	Units(code string) (text string, known bool)  // "từ 20/28 đơn vị"
	Count(word string) (text string, known bool)  // of one of [Counts]
	Issuer() string                               // in whose name the report goes out
}

// Missing is what a token without a value prints.
const Missing = "…"

// Fill returns the paragraphs with the values of v in place of their tokens. What v
// does not know becomes [Unknown] and prints as it was written.
func Fill(paragraphs []Paragraph, v Values) []Paragraph {
	filled := make([]Paragraph, len(paragraphs))
	for i, p := range paragraphs {
		filled[i] = Paragraph{Pieces: make([]Piece, len(p.Pieces)), Sources: p.Sources, Line: p.Line}
		for j, piece := range p.Pieces {
			filled[i].Pieces[j] = fill(piece, v)
		}
	}
	return filled
}

func fill(piece Piece, v Values) Piece {
	if piece.Kind != Token {
		return piece
	}
	text, known := ask(piece, v)
	switch {
	case !known:
		return Piece{Kind: Unknown, Code: piece.Code, Text: piece.Raw, Raw: piece.Raw}
	case text == "":
		text = Missing
	}
	piece.Text = text
	return piece
}

func ask(piece Piece, v Values) (string, bool) {
	switch piece.Asks {
	case Change:
		return v.Change(piece.Code)
	case Units:
		return v.Units(piece.Code)
	case Count:
		return v.Count(piece.Word)
	case Issuer:
		return v.Issuer(), true
	}
	return v.Figure(piece.Code)
}

// Fault is a place of the text that cannot be printed as it stands.
type Fault struct {
	Line   int    // from 1
	Column int    // in letters, from 1
	Text   string // "{T9.99}"
	Why    string // in a sentence for the writer
}

// Faults lists what in braces is no token, or one that v does not know, in the order
// of the text.
func Faults(paragraphs []Paragraph, v Values) []Fault {
	var faults []Fault
	for _, p := range Fill(paragraphs, v) {
		column := 1
		for _, piece := range p.Pieces {
			if piece.Kind == Unknown {
				faults = append(faults, Fault{Line: p.Line, Column: column, Text: piece.Raw, Why: why(piece)})
			}
			column += utf8.RuneCountInString(piece.Raw)
		}
	}
	return faults
}

func why(piece Piece) string {
	switch {
	case piece.Raw == "{":
		return "Dấu { không có dấu } đóng lại"
	case piece.Raw == "}":
		return "Dấu } không có dấu { mở trước"
	case piece.Code != "":
		return "Không có chỉ tiêu " + piece.Code + " trong kỳ này"
	}
	return "Không hiểu " + piece.Raw + ": xem danh sách mã chèn bên cạnh"
}
