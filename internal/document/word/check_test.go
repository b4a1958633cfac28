package word_test

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"danvan/internal/document/word/wordcheck"
)

func check(t testing.TB, file []byte) wordcheck.Finding {
	t.Helper()
	f, err := wordcheck.Check(file)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// papers have together every component there is.
func papers(t testing.TB) [][]byte { return [][]byte{specimen(t), letter(t)} }

func TestEveryRowOfTheTableIsKept(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i, file := range papers(t) {
		f := check(t, file)
		for _, fault := range f.Faults {
			t.Errorf("paper %d: %s", i, fault)
		}
		for component, n := range f.Seen {
			seen[component] += n
		}
	}
	for _, r := range wordcheck.Rules() {
		if seen[r.Component] == 0 {
			t.Errorf("no paper shows %q", r.Component)
		}
	}
}

// styleOf is the style of the writer behind each row.
var styleOf = map[string]string{
	"Quốc hiệu": "QuocHieu",
	"Tiêu ngữ":  "TieuNgu",
	"Tên cơ quan chủ quản trực tiếp": "CoQuanChuQuan",
	"Tên cơ quan ban hành":           "CoQuanBanHanh",
	"Số ký hiệu":                     "SoKyHieu",
	"Địa danh và thời gian":          "DiaDanhThoiGian",
	"Tên loại văn bản":               "TenLoaiVanBan",
	"Trích yếu (có tên loại)":        "TrichYeu",
	"Trích yếu công văn":             "TrichYeuCongVan",
	"Căn cứ ban hành":                "CanCu",
	"Nội dung":                       "NoiDung",
	"Phần/Chương/Mục (từ và số)":     "ChuongSo",
	"Tiêu đề phần/chương/mục":        "ChuongTen",
	"Số và tiêu đề mục La Mã (bố cục phần-mục-khoản-điểm)": "MucLaMa",
	"Khoản có tiêu đề":           "KhoanCoTieuDe",
	"Khoản không tiêu đề":        "KhoanKhongTieuDe",
	"Điểm":                       "Diem",
	"Quyền hạn chức vụ người ký": "QuyenHanChucVu",
	"Họ tên người ký":            "NguoiKy",
	"Kính gửi":                   "KinhGui",
	"Từ Nơi nhận":                "NoiNhan",
	"Danh sách nơi nhận":         "NoiNhanDanhSach",
	"Từ Phụ lục và số":           "PhuLuc",
	"Tiêu đề phụ lục":            "PhuLucTieuDe",
	"Chỉ dẫn kèm theo văn bản":   "PhuLucKemTheo",
	"Dấu mức độ khẩn":            "DauMucDoKhan",
	"Phạm vi lưu hành":           "PhamViLuuHanh",
	"Ký hiệu người soạn thảo":    "NguoiSoanThao",
	"Địa chỉ liên hệ":            "Footer",
	"Số trang":                   "Header",
}

// TestEveryRowCanFail changes the look of one component at a time and wants the
// row of that component named, and no other.
func TestEveryRowCanFail(t *testing.T) {
	t.Parallel()
	all := papers(t)
	for _, r := range wordcheck.Rules() {
		id, ok := styleOf[r.Component]
		if !ok {
			t.Errorf("no style is known behind %q", r.Component)
			continue
		}
		one := regexp.MustCompile(`<w:style [^>]*w:styleId="` + id + `".*?</w:style>`)
		for how, spoil := range map[string]func(string) string{
			"size": func(s string) string {
				return regexp.MustCompile(`w:sz w:val="\d+"`).ReplaceAllString(s, `w:sz w:val="17"`)
			},
			"weight": func(s string) string { return toggle(s, `<w:b/>`) },
			"slant":  func(s string) string { return toggle(s, `<w:i/>`) },
			"place": func(s string) string {
				return regexp.MustCompile(`w:jc w:val="\w+"`).ReplaceAllString(s, `w:jc w:val="right"`)
			},
		} {
			named := false
			for _, file := range all {
				spoilt := rewrite(t, file, "word/styles.xml", func(xml string) string { return one.ReplaceAllStringFunc(xml, spoil) })
				broken := check(t, spoilt).Broken()
				named = named || slices.Contains(broken, r.Component)
				for _, other := range broken {
					if other != r.Component {
						t.Errorf("the %s of %q spoilt: %q is named", how, r.Component, other)
					}
				}
				if named {
					break
				}
			}
			if !named {
				t.Errorf("the %s of %q spoilt: nobody notices", how, r.Component)
			}
		}
	}
}

func toggle(s, tag string) string {
	if strings.Contains(s, tag) {
		return strings.ReplaceAll(s, tag, "")
	}
	return strings.Replace(s, "<w:rPr>", "<w:rPr>"+tag, 1)
}

// TestRulesOfTheWholePaperCanFail spoils what is no look of a component.
func TestRulesOfTheWholePaperCanFail(t *testing.T) {
	t.Parallel()
	const document = "word/document.xml"
	all := papers(t)
	for _, spoil := range []struct{ name, part, from, to, row string }{
		{"a margin of 15 mm", document, `w:left="1984"`, `w:left="850"`, wordcheck.Page},
		{"another paper", document, `w:w="11906"`, `w:w="12240"`, wordcheck.Page},
		{"the number on page 1", document, `<w:titlePg/>`, ``, "Số trang"},
		{"pages that count on through an annex", document, `<w:pgNumType w:start="1"/>`, ``, wordcheck.Annexes},
		{"another font", "word/styles.xml", `"Times New Roman"`, `"Arial"`, wordcheck.Font},
		{"grey text", "word/styles.xml", `w:color w:val="000000"`, `w:color w:val="444444"`, wordcheck.Font},
		{"number without zero", document, `Số: 05/`, `Số: 5/`, "Số ký hiệu"},
		{"number with spaces", document, `Số: 05/BC`, `Số: 05 / BC`, "Số ký hiệu"},
		{"day without zero", document, `ngày 05 tháng 01`, `ngày 5 tháng 01`, "Địa danh và thời gian"},
		{"month 3 with a zero", document, `ngày 05 tháng 01`, `ngày 05 tháng 03`, "Địa danh và thời gian"},
		{"capitals gone", document, `>SỞ NÔNG NGHIỆP<`, `>Sở Nông nghiệp<`, "Tên cơ quan ban hành"},
		{"another motto", document, `VIỆT NAM`, `VIỆT  NAM`, "Quốc hiệu"},
		{"a line too long", document, `>VÀ PHÁT TRIỂN NÔNG THÔN<`, `>VÀ<`, "Tên cơ quan ban hành"},
		{"a line to one side", document, `w:lineRule="exact"/><w:ind w:left="`, `w:lineRule="exact"/><w:ind w:left="1`, "Trích yếu (có tên loại)"},
		{"letters of the Latin alphabet", document, `>đ) `, `>e) `, "Điểm"},
		{"no end", document, `./.`, `.`, wordcheck.End},
		{"a degree", document, `>Nguyễn Tài Đức<`, `>TS. Nguyễn Tài Đức<`, "Họ tên người ký"},
		{"no archive", document, `- Lưu: VT`, `- Để lưu: VT`, "Danh sách nơi nhận"},
		{"basis without semicolon", document, `2015;`, `2015.`, "Căn cứ ban hành"},
		{"first line at the margin", "word/styles.xml", `<w:ind w:firstLine="720"/>`, ``, "Nội dung"},
		{"annexes in digits", document, `>Phụ lục II<`, `>Phụ lục 2<`, "Từ Phụ lục và số"},
		{"an annex of nothing", document, `(Kèm theo `, `(Theo `, "Chỉ dẫn kèm theo văn bản"},
		{"head not repeated", document, `<w:tblHeader/>`, ``, wordcheck.Table},
		{"table without borders", document, `<w:tblBorders>`, `<w:none>`, wordcheck.Table},
		{"urgency in black", "word/styles.xml", `FF0000`, `000000`, "Dấu mức độ khẩn"},
		{"subject of a letter too near", "word/styles.xml", `w:before="120" w:after="0"`, `w:before="0" w:after="0"`, "Trích yếu công văn"},
	} {
		named := false
		for _, file := range all {
			spoilt := rewrite(t, file, spoil.part, func(xml string) string {
				if spoil.name == "month 3 with a zero" {
					return strings.ReplaceAll(xml, "tháng 01 năm", "tháng 03 năm")
				}
				xml = strings.ReplaceAll(xml, spoil.from, spoil.to)
				if spoil.from == `<w:tblBorders>` {
					xml = strings.ReplaceAll(xml, `</w:tblBorders>`, `</w:none>`)
				}
				return xml
			})
			named = named || slices.Contains(check(t, spoilt).Broken(), spoil.row)
		}
		if !named {
			t.Errorf("%s: %q is not named", spoil.name, spoil.row)
		}
	}
}

// rewrite changes one part of a document.
func rewrite(t testing.TB, file []byte, part string, change func(string) string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts(t, file) {
		if name == part {
			content = change(content)
		}
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.WriteString(f, content)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts are the files of a document.
func parts(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(content)
	}
	return all
}
