package consolidation

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"danvan/internal/workingcopy"
)

// Frozen is what finalising keeps for ever: the ground and the text on it. Its
// canonical JSON – fixed order of members, sorted keys, UTF-8, no spare white space –
// is what is hashed and what the leader signs off.
type Frozen struct {
	Ground    Ground       `json:"ground"`
	Parts     []FrozenPart `json:"parts"` // in order of key
	Proceeded *Proceeding  `json:"proceeded,omitempty"`
}

// FrozenPart is one part of the text.
type FrozenPart struct {
	Key     string              `json:"key"`
	Content workingcopy.Content `json:"content"`
}

// Contents are the parts by key.
func (f Frozen) Contents() map[string]workingcopy.Content {
	all := make(map[string]workingcopy.Content, len(f.Parts))
	for _, p := range f.Parts {
		all[p.Key] = p.Content
	}
	return all
}

// frozenParts orders parts as they are frozen.
func frozenParts(contents map[string]workingcopy.Content) []FrozenPart {
	parts := []FrozenPart{}
	for _, key := range slices.Sorted(maps.Keys(contents)) {
		parts = append(parts, FrozenPart{Key: key, Content: contents[key]})
	}
	return parts
}

// Canonical returns the bytes that are stored and hashed.
func (f Frozen) Canonical() ([]byte, error) { return canonical(f) }

// Stamp is what issuing adds to a frozen text.
type Stamp struct {
	No         int                   `json:"no"`
	Frozen     string                `json:"frozen"` // hash of the frozen data and text, hexadecimal digits
	Reference  workingcopy.Reference `json:"reference"`
	Body       Body                  `json:"body"`
	SignedOff  string                `json:"signed_off"` // who signed the frozen hash off
	Supersedes int                   `json:"supersedes,omitempty"`
	Docx       string                `json:"docx,omitempty"` // hash of the file, once it is written
}

func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
