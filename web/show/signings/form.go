package signings

import (
	"io"

	"danvan/internal/evidence"
	"danvan/web/form"
)

// AttachTitle heads the page that asks for a signed paper.
const AttachTitle = "Đính kèm bản ký"

// hint says what is taken; limit is the largest file in bytes.
func hint(limit int64, stays string) string {
	return "PDF, DOCX, JPEG hoặc PNG, tối đa " + evidence.FormatSize(limit) + ". " + stays
}

// Take gives the file of a posted form to keep, with its name; what the reader can
// mend is noted on the form.
func Take(f *form.Form, keep func(name string, file io.Reader) error) error {
	header := f.File("file")
	if header == nil {
		f.Fail("file", "Chọn tệp bản ký")
		return nil
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	if err = keep(header.Filename, file); f.Reject(err) {
		return nil
	}
	return err
}
