package word

import (
	"fmt"
	"strconv"
	"strings"
)

// Origin says where something printed comes from. It travels inside the file and
// is seen by programs only.
type Origin struct {
	Place   string // in the paper: "T4.01", "task/3"
	Unit    string // slug
	Filed   string // what was filed: "report/2022/nam"
	Version int    // lần gửi; 0: a working copy
	SHA256  string // of the version, in hex
}

// Origin notes where something printed comes from.
func (w *Writer) Origin(all ...Origin) { w.origins = append(w.origins, all...) }

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	packageRels = `http://schemas.openxmlformats.org/package/2006/relationships`
	officeRels  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	wordTypes   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	storeID     = `{6E1C1B52-0C55-4D6B-9A40-DA17A0C0D30A}`
	// Provenance is the namespace of the part that says where things come from.
	Provenance = "urn:danvan:provenance:1"
)

type file struct{ name, xml string }

// before are the parts that stand before the document itself.
func (w *Writer) before() []file {
	types, rels := "", ""
	if w.about.Contact != "" {
		types = `<Override PartName="/word/footer1.xml" ContentType="` + wordTypes + `footer+xml"/>` +
			`<Override PartName="/word/footer2.xml" ContentType="` + wordTypes + `footer+xml"/>`
		rels = relation("rIdContact", officeRels+"footer", "footer1.xml") + relation("rIdNoFooter", officeRels+"footer", "footer2.xml")
	}
	all := []file{
		{"[Content_Types].xml", declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + wordTypes + `document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="` + wordTypes + `styles+xml"/>` +
			`<Override PartName="/word/settings.xml" ContentType="` + wordTypes + `settings+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + wordTypes + `header+xml"/>` + types +
			`<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", relations(relation("rId1", officeRels+"officeDocument", "word/document.xml"),
			relation("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))},
		{"docProps/core.xml", declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:title>` + escape(w.about.Title) + `</dc:title><dc:creator>` + escape(w.about.Author) + `</dc:creator><dc:language>vi-VN</dc:language></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", relations(relation("rIdStyles", officeRels+"styles", "styles.xml"), relation("rIdSettings", officeRels+"settings", "settings.xml"),
			relation("rIdPageNumber", officeRels+"header", "header1.xml"), rels, relation("rIdProvenance", officeRels+"customXml", "../customXml/item1.xml"))},
		{"word/styles.xml", styles()},
		{"word/settings.xml", declaration + `<w:settings ` + namespaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>` +
			`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>`},
		{"word/header1.xml", declaration + `<w:hdr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="` + string(pageNumber) + `"/></w:pPr>` +
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
		{"customXml/_rels/item1.xml.rels", relations(relation("rId1", officeRels+"customXmlProps", "itemProps1.xml"))},
		{"customXml/itemProps1.xml", declaration + `<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="` + storeID + `">` +
			`<ds:schemaRefs><ds:schemaRef ds:uri="` + Provenance + `"/></ds:schemaRefs></ds:datastoreItem>`},
	}
	if w.about.Contact == "" {
		return all
	}
	return append(all,
		file{"word/footer1.xml", footer(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`, w.about.Contact)},
		file{"word/footer2.xml", footer("", "")})
}

func footer(border, text string) string {
	var b strings.Builder
	b.WriteString(declaration + `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="` + string(contact) + `"/>` + border + `</w:pPr>`)
	if text != "" {
		run(&b, "", text)
	}
	b.WriteString(`</w:p></w:ftr>`)
	return b.String()
}

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + kind + `" Target="` + target + `"/>`
}

func relations(all ...string) string {
	return declaration + `<Relationships xmlns="` + packageRels + `">` + strings.Join(all, "") + `</Relationships>`
}

// styles is word/styles.xml: one font for everything, and the looks.
func styles() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	for _, l := range looks {
		b.WriteString(l.xml())
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

// provenance is the part that says where things printed come from.
func provenance(all []Origin) string {
	var b strings.Builder
	b.WriteString(declaration + `<provenance xmlns="` + Provenance + `">`)
	for _, o := range all {
		fmt.Fprintf(&b, `<origin place="%s" unit="%s" filed="%s"`, escape(o.Place), escape(o.Unit), escape(o.Filed))
		if o.Version > 0 {
			b.WriteString(` version="` + strconv.Itoa(o.Version) + `"`)
		}
		if o.SHA256 != "" {
			b.WriteString(` sha256="` + escape(o.SHA256) + `"`)
		}
		b.WriteString(`/>`)
	}
	b.WriteString(`</provenance>`)
	return b.String()
}
