package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"danvan/internal/fault"
)

// Limits bound what a workbook may cost. The zero value of a limit allows nothing.
type Limits struct {
	File    int64 // bytes of the file
	Opened  int64 // bytes of its parts, inflated
	Sheets  int
	Rows    int // of a sheet
	Columns int
	Cells   int // of all sheets that are read, empty ones too
	Strings int // different texts
}

// perCell is how many elements a cell or a text takes with everything around it:
// <c>, <f>, <is> and <t>.
const perCell = 4

// Usual is enough for every template of the portal, filled in by anybody.
var Usual = Limits{File: 5 << 20, Opened: 32 << 20, Sheets: 50, Rows: 20_000, Columns: 200, Cells: 500_000, Strings: 200_000}

// Field is the name under which every refusal of a file is reported.
const Field = "file"

func refuse(format string, args ...any) error {
	return fault.Invalid{Field: fmt.Sprintf(format, args...)}
}

const (
	refusedMacros  = "Tệp có macro nên không nhận được; lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
	refusedLocked  = "Tệp có mật khẩu nên không đọc được; bỏ mật khẩu rồi chọn lại"
	refusedOld     = "Tệp ở định dạng Excel cũ (.xls); lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
	refusedBinary  = "Tệp ở định dạng Excel nhị phân (.xlsb); lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
	refusedDamaged = "Tệp bị hỏng hoặc có cấu tạo khác thường, không đọc được; mở bằng Excel, lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
	refusedEmpty   = "Tệp trống; chọn tệp khác"
	refusedHeavy   = "Tệp chứa quá nhiều dữ liệu so với một biểu nhập; giữ lại đúng biểu cần nộp, xóa trang tính và phần thừa rồi chọn lại"
)

// damaged says that a part is not as programs write it. Which one helps nobody
// who sent the file.
func damaged() error { return refuse(refusedDamaged) }

// Book is a workbook opened for reading.
type Book struct {
	limits   Limits
	archive  *zip.Reader
	left     int64 // bytes that may still be inflated
	elements int   // that may still be read
	cells    int   // that may still be read
	sheets   []sheetPart
	texts    []string // shared among cells
	formats  []format // of each style
	from1904 bool
}

type sheetPart struct{ name, path string }

// Open reads what a workbook says of itself. Whatever is no .xlsx by its name and
// by its content is refused with a sentence for the sender, [fault.Invalid] under
// [Field]. Cost is bounded by limits, time by ctx.
func Open(ctx context.Context, name string, content io.Reader, limits Limits) (*Book, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	file, err := io.ReadAll(io.LimitReader(content, limits.File+1))
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	if int64(len(file)) > limits.File {
		return nil, refuse("Tệp lớn hơn %d MB; giữ lại đúng biểu cần nộp, xóa ảnh và trang tính thừa rồi chọn lại", limits.File>>20)
	}
	if err := checkContent(file); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, damaged()
	}
	b := &Book{limits: limits, archive: archive, left: limits.Opened, elements: perCell * (limits.Cells + limits.Strings), cells: limits.Cells}
	if err := b.open(ctx); err != nil {
		return nil, settled(ctx, err)
	}
	return b, nil
}

// settled tells a file that cannot be read from a reader that was stopped.
func settled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("read workbook: %w", ctx.Err())
	}
	var invalid fault.Invalid
	var cell Fault
	if errors.As(err, &invalid) || errors.As(err, &cell) {
		return err
	}
	return damaged()
}

// checkName goes by the extension, which decides what the sender's computer opens
// the file with.
func checkName(name string) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx":
		return nil
	case ".xlsm", ".xltm", ".xlam":
		return refuse(refusedMacros)
	case ".xls", ".xlt":
		return refuse(refusedOld)
	case ".xlsb":
		return refuse(refusedBinary)
	case ".csv", ".txt", ".ods":
		return refuse("Tệp không phải Excel (.xlsx); mở bằng Excel, lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại")
	}
	return refuse("Chọn tệp Excel có đuôi .xlsx")
}

const (
	zipStart  = "PK\x03\x04"
	zipEntry  = "PK\x01\x02"
	oleStart  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	mostParts = 1000
)

// encryptedStream is how an encrypted workbook names its content (MS-OFFCRYPTO
// 2.3.4.4), in UTF-16.
var encryptedStream = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

func checkContent(file []byte) error {
	switch {
	case len(file) == 0:
		return refuse(refusedEmpty)
	case bytes.HasPrefix(file, []byte(oleStart)) && bytes.Contains(file, encryptedStream):
		return refuse(refusedLocked)
	case bytes.HasPrefix(file, []byte(oleStart)):
		return refuse(refusedOld)
	case bytes.HasPrefix(file, []byte("%PDF")):
		return notExcel("PDF")
	case !bytes.HasPrefix(file, []byte(zipStart)):
		return refuse("Tệp có đuôi .xlsx nhưng nội dung không phải Excel; mở bằng Excel, lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại")
	case bytes.Count(file, []byte(zipEntry)) > mostParts:
		// Counted before the list is read: each line of it costs many times its size.
		return damaged()
	}
	return nil
}

func notExcel(kind string) error {
	return refuse("Tệp có đuôi .xlsx nhưng nội dung là %s; chọn tệp Excel (.xlsx)", kind)
}

// Sheets are the names of the sheets, in order, hidden ones too.
func (b *Book) Sheets() []string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
	}
	return names
}
