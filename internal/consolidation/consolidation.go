// Package consolidation is the report a consolidating unit makes of a period out of
// what the units below it have in force: the ground it stands on, its text, the way
// to sign-off and issue, and what was issued. Word files and pages are not its
// business; both print what [Print] lays out.
package consolidation

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/workingcopy"
)

// Content is what one part holds.
type Content = workingcopy.Content

// ID identifies a consolidation: what one unit makes of one period. It is that of
// its working copy.
type ID int64

// State is where a consolidation stands.
type State string

const (
	NotBegun        State = "" // nobody has begun it; there is nothing in the database
	Draft           State = "draft"
	AwaitingSignoff State = "awaiting_signoff"
	SignedOff       State = "signed_off"
	Issued          State = "issued"
)

// States lists every state in the order of the way.
var States = []State{NotBegun, Draft, AwaitingSignoff, SignedOff, Issued}

var words = map[State]string{
	NotBegun:        "Chưa bắt đầu",
	Draft:           "Đang soạn",
	AwaitingSignoff: "Chờ lãnh đạo duyệt",
	SignedOff:       "Đã duyệt, chờ phát hành",
	Issued:          "Đã phát hành",
}

// Word is the state as users read it, everywhere.
func (s State) Word() string { return words[s] }

// Ref names a consolidation the way its address does.
type Ref struct {
	Year   int
	Period string // slug
	Unit   string // slug of the consolidating unit
}

func (r Ref) String() string { return fmt.Sprintf("%s/%d/%s", r.Unit, r.Year, r.Period) }

// Keys of parts.
const (
	ReferenceKey = workingcopy.ReferenceKey
	OpeningKey   = "opening"
	ExemplarsKey = "exemplars"
	OverallKey   = "overall"
	NextKey      = "next"
	ProposalsKey = "proposals"
)

// TaskKey is the part about a task.
func TaskKey(no int) string { return "task/" + strconv.Itoa(no) }

// TaskOf returns the task a part is about, 0 for none.
func TaskOf(key string) int {
	rest, ok := strings.CutPrefix(key, "task/")
	if !ok {
		return 0
	}
	no, err := strconv.Atoi(rest)
	if err != nil || no < 1 || TaskKey(no) != key {
		return 0
	}
	return no
}

// Body says who issues the report.
type Body string

const (
	Own      Body = "own"      // the consolidating unit, to its superior: "Kính gửi: …"
	Province Body = "province" // UBND tỉnh itself
)

// Bodies lists every body.
var Bodies = []Body{Own, Province}

// longest is the greatest number of characters of one text.
const longest = 40_000

func prose(name, label string) workingcopy.Field {
	return workingcopy.Field{Name: name, Label: label, Shape: workingcopy.Prose, Max: longest}
}

// BodyField is the field of [ReferenceKey] that says who issues, empty is [Own].
const BodyField = "body_kind"

// Schema lists what the text of a consolidation is made of, in reading order.
var Schema = workingcopy.Schema{
	{Prefix: ReferenceKey, Label: "Văn bản", Fields: append(workingcopy.ReferenceKind.Fields[:len(workingcopy.ReferenceKind.Fields):len(workingcopy.ReferenceKind.Fields)],
		workingcopy.Field{Name: BodyField, Label: "Cơ quan ban hành", Shape: workingcopy.Choice,
			Options: map[string]string{string(Own): "Đơn vị tổng hợp ban hành", string(Province): "Ủy ban nhân dân tỉnh ban hành"}})},
	{Prefix: OpeningKey, Label: "Mở đầu", Fields: []workingcopy.Field{prose("text", "Mở đầu")}},
	{Prefix: "task", Label: "Kết quả thực hiện nhiệm vụ", Fields: []workingcopy.Field{prose("text", "Kết quả thực hiện")}},
	{Prefix: ExemplarsKey, Label: "Phong trào thi đua “Dân vận khéo”", Fields: []workingcopy.Field{prose("text", "Phong trào thi đua “Dân vận khéo”")}},
	{Prefix: OverallKey, Label: "Đánh giá chung", Fields: []workingcopy.Field{
		prose("strengths", "Ưu điểm"), prose("shortcomings", "Hạn chế"), prose("causes", "Nguyên nhân")}},
	{Prefix: NextKey, Label: "Phương hướng, nhiệm vụ thời gian tới", Fields: []workingcopy.Field{prose("steps", "Phương hướng, nhiệm vụ")}},
	{Prefix: ProposalsKey, Label: "Kiến nghị, đề xuất", Fields: []workingcopy.Field{prose("text", "Kiến nghị, đề xuất")}},
}

// knows reports whether a consolidation of tasks has the part.
func knows(key string, tasks []Task) bool {
	if strings.HasPrefix(key, "task/") {
		no := TaskOf(key)
		for _, t := range tasks {
			if t.No == no {
				return true
			}
		}
		return false
	}
	_, ok := Schema.Of(key)
	return ok && !strings.Contains(key, "/")
}

// Keys are the parts of a text about tasks, in reading order, without the reference.
func Keys(tasks []Task) []string {
	keys := []string{OpeningKey}
	for _, t := range tasks {
		keys = append(keys, TaskKey(t.No))
	}
	return append(keys, ExemplarsKey, OverallKey, NextKey, ProposalsKey)
}
