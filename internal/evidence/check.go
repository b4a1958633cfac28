package evidence

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

const (
	// headSize is what tells a type apart; mimetype looks at no more.
	headSize = 3072
	// maxDirectory bounds what is read of an archive: its list of contents (some
	// 40,000 names) and the one small part that says what it is.
	maxDirectory = 2 << 20
	// maxContentTypes bounds that part once inflated.
	maxContentTypes = 1 << 20
	// maxInflated is more than any honest document grows to when opened. Nothing
	// here inflates it, but the reader's computer would.
	maxInflated = 1 << 30
)

// Check judges a file by what it contains and returns its type. Name and content
// must agree; macros, archives in disguise and everything but [Types] are refused
// with a sentence for the sender. It reads a bounded part of the content and
// inflates next to nothing, whatever the file claims to be.
func Check(name string, content io.ReaderAt, size int64) (Type, error) {
	extension := strings.ToLower(path.Ext(name))
	switch extension {
	case ".docm", ".xlsm", ".dotm", ".xltm", ".xlam", ".xlsb":
		return "", refuseMacros(name)
	case ".doc", ".xls":
		return "", refuseOld(name)
	}
	promised, ok := typeOf[extension]
	if !ok {
		return "", refuse("Tệp “%s” không thuộc loại nhận được; chọn tệp PDF, Word (.docx), Excel (.xlsx), ảnh JPEG hoặc PNG", name)
	}
	if size == 0 {
		return "", refuse("Tệp “%s” trống; chọn tệp khác", name)
	}
	found, err := detect(name, content, size)
	if err != nil {
		return "", err
	}
	switch found {
	case promised:
		return found, nil
	case "":
		return "", refuse("Tệp “%s” có đuôi %s nhưng nội dung không phải %s; mở tệp, lưu lại đúng loại rồi chọn lại", name, extension, promised.Word())
	}
	return "", refuse("Nội dung tệp “%s” là %s; đổi đuôi tệp thành %s rồi chọn lại", name, found.Word(), extensionOf[found])
}

func refuseMacros(name string) error {
	return refuse("Tệp “%s” có macro nên không nhận được; lưu lại dạng .docx hoặc .xlsx không có macro", name)
}

func refuseOld(name string) error {
	return refuse("Tệp “%s” ở định dạng cũ hoặc có mật khẩu; lưu lại dạng .docx, .xlsx không có mật khẩu", name)
}

func refuseDamaged(name string) error {
	return refuse("Tệp “%s” bị hỏng hoặc có cấu tạo khác thường, không nhận được; mở tệp, lưu lại rồi chọn lại", name)
}

// detect returns the type of the content, "" for one that is not accepted.
func detect(name string, content io.ReaderAt, size int64) (Type, error) {
	head := make([]byte, min(size, headSize))
	if n, err := content.ReadAt(head, 0); n < len(head) {
		return "", err
	}
	kind := mimetype.Detect(head)
	// The names in the first bytes of an archive may not tell Word from any
	// other one; its list of contents does. Kinds of archive that declare
	// themselves as something else (jar, apk, odt) stay what they are.
	switch kind.String() {
	case string(DOCX), string(XLSX), "application/zip":
		return office(name, content, size)
	case "application/x-ole-storage", "application/msword", "application/vnd.ms-excel":
		return "", refuseOld(name)
	}
	for m := kind; m != nil; m = m.Parent() {
		switch t := Type(m.String()); t {
		case PDF, JPEG, PNG:
			return t, nil
		}
	}
	return "", nil
}

// mainTypes are the content types of the part every document of a type has
// (ECMA-376 part 1, 11.3.10 and 12.3.23).
var mainTypes = map[string]Type{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":       XLSX,
}

// office tells Word from Excel and finds macros by the names in an archive and
// by the list of content types, which programs go by whatever a part is called.
func office(name string, content io.ReaderAt, size int64) (Type, error) {
	archive, err := zip.NewReader(&bounded{content, maxDirectory}, size)
	if err != nil {
		return "", refuseDamaged(name)
	}
	var types *zip.File
	var inflated uint64
	for _, f := range archive.File {
		if inflated += min(f.UncompressedSize64, maxInflated); inflated >= maxInflated {
			return "", refuseDamaged(name)
		}
		base := strings.ToLower(path.Base(strings.ReplaceAll(f.Name, `\`, "/")))
		switch {
		case strings.HasPrefix(base, "vbaproject"), strings.HasPrefix(base, "vbadata"):
			return "", refuseMacros(name)
		case base == "[content_types].xml":
			if types != nil { // programs would disagree about which one counts
				return "", refuseDamaged(name)
			}
			types = f
		}
	}
	if types == nil {
		return "", nil
	}
	part, err := types.Open()
	if err != nil {
		return "", refuseDamaged(name)
	}
	defer part.Close()
	return mainType(name, part)
}

func mainType(name string, part io.Reader) (Type, error) {
	limited := &io.LimitedReader{R: part, N: maxContentTypes}
	decoder := xml.NewDecoder(limited)
	var found Type
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && limited.N > 0 {
			return found, nil
		}
		if err != nil {
			return "", refuseDamaged(name)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range element.Attr {
			if a.Name.Local != "ContentType" {
				continue
			}
			declared := strings.ToLower(strings.TrimSpace(a.Value))
			for _, forbidden := range []string{"macroenabled", "vbaproject", "macrosheet"} {
				if strings.Contains(declared, forbidden) {
					return "", refuseMacros(name)
				}
			}
			if t, ok := mainTypes[declared]; ok {
				found = t
			}
		}
	}
}

var errBound = errors.New("archive has too long a list of contents")

// bounded stops reading after so many bytes.
type bounded struct {
	io.ReaderAt
	left int
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errBound
	}
	return b.ReaderAt.ReadAt(p, off)
}
