package respond

import (
	"net/http"
	"net/url"

	"danvan/internal/document/sheet"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// MostRows is how many rows a file of a list holds: several times what a province
// has, and few enough for many people to ask at once.
const MostRows = 20_000

// TableFormat is the file that the address asks for in place of a page; ok is
// false where it asks for the page.
func TableFormat(q url.Values) (f sheet.Format, ok bool) {
	f = sheet.Format(q.Get(paths.FileParam))
	return f, f.Known()
}

// TooMany refuses to send a part of a list of total rows as if it were the whole.
func TooMany(total int, noun string) error {
	if total <= MostRows {
		return nil
	}
	return fault.Refusal{Reason: "Danh sách có " + viet.FormatInt(total) + " " + noun + ", nhiều hơn " + viet.FormatInt(MostRows) + " dòng mà một tệp chứa được.",
		Remedy: "Lọc bớt rồi tải từng phần."}
}

// Table sends a list as a file in place of the page that shows it.
func Table(w http.ResponseWriter, r *http.Request, t sheet.Table, f sheet.Format) error {
	file, err := t.File(f)
	if err != nil {
		return err
	}
	return Download(w, r, file.Name, file.Type, file.Reader())
}
