package signings

import "danvan/internal/evidence"

// hint says what is taken; limit is the largest file in bytes.
func hint(limit int64, stays string) string {
	return "PDF, DOCX, JPEG hoặc PNG, tối đa " + evidence.FormatSize(limit) + ". " + stays
}
