// Package unit keeps organisations over time: an identity that never changes,
// dated versions of what it is called and where it belongs, and the lineage
// between predecessors and successors. Who files what in which year is not its
// business.
package unit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/internal/actor"
	"danvan/internal/viet"
)

// ID identifies an organisation for ever.
type ID = actor.UnitID

// Kind is the place of an organisation in the system of administration.
type Kind string

const (
	Province         Kind = "province"
	Department       Kind = "department"
	District         Kind = "district"
	Commune          Kind = "commune"
	CoordinatingBody Kind = "coordinating_body" // reads what names it as partner, files nothing
)

// Kinds lists every kind in the order in which units are shown.
var Kinds = []Kind{Province, Department, District, Commune, CoordinatingBody}

var kindWords = map[Kind]string{
	Province:         "UBND tỉnh",
	Department:       "Sở, ban, ngành tỉnh",
	District:         "UBND huyện, thị xã, thành phố",
	Commune:          "UBND xã, phường, thị trấn",
	CoordinatingBody: "Cơ quan phối hợp",
}

// Word is the kind as users read it.
func (k Kind) Word() string { return kindWords[k] }

// Unit is an organisation with the version that was valid on the day asked for.
type Unit struct {
	ID           ID
	Slug         string
	VersionID    int64
	Code         string
	Name         string // in full: "Ủy ban nhân dân huyện Long Mỹ"
	Short        string // "H. Long Mỹ"
	Symbol       string // in document numbers: "SNV"
	Place        string // địa danh before the date of a document
	Kind         Kind
	ParentID     ID // 0: none
	ParentSlug   string
	ParentShort  string // "" also when the parent no longer existed on that day
	HeaderParent string // cơ quan chủ quản on the letterhead, "" for UBND huyện, xã
	Basis        string
	ValidFrom    viet.Date
	ValidUntil   viet.Date // first day on which it no longer holds; zero: open
}

const committee = "Ủy ban nhân dân "

// FullType is the name with its type written out and without the words "Ủy ban
// nhân dân": "Thị xã Long Mỹ", "Phường Vĩnh Tường", "Sở Nội vụ".
func (u Unit) FullType() string {
	name, found := strings.CutPrefix(u.Name, committee)
	if !found {
		return u.Name
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// Called is a unit's name as sentences and lists have it: "UBND huyện Vị Thủy".
func Called(name string) string { return strings.Replace(name, "Ủy ban nhân dân", "UBND", 1) }

// CalledSQL is [Called] of a column in a query.
func CalledSQL(name string) string { return `replace(` + name + `, 'Ủy ban nhân dân', 'UBND')` }
