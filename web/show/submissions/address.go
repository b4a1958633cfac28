package submissions

import (
	"danvan/internal/submission"
	"danvan/web/paths"
)

// Address is the page of what a unit files; "" where its kind has none.
func Address(kind submission.Kind, ref submission.Ref) string {
	switch kind {
	case submission.Plan:
		return paths.Plan(ref.Year, ref.Unit)
	case submission.Report:
		return paths.Report(ref.Year, ref.Period, ref.Unit)
	}
	return ""
}

// ReviewAddress is the page on which it is read and decided on.
func ReviewAddress(kind submission.Kind, ref submission.Ref) string {
	switch kind {
	case submission.Plan:
		return paths.Review(ref.Year, ref.Unit)
	case submission.Report:
		return paths.ReportReview(ref.Year, ref.Period, ref.Unit)
	}
	return ""
}
