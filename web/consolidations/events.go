package consolidations

import (
	"danvan/internal/consolidation"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

var eventIcons = map[string]string{
	"begun": "plus", "proceeded": "flag", "finalised": "lock", "taken_back": "arrow-back-up", "sent_back": "arrow-back-up",
	"signed_off": "circle-check", "returned_to_draft": "arrow-back-up", "issued": "send", "replaced": "pencil", "discarded": "arrow-back-up",
	"signed_attached": "paperclip",
}

// eventOf words one step; last is true for the newest.
func eventOf(e consolidation.Event, last bool, base string) ui.Event {
	path := ""
	if e.Issue > 0 {
		path = paths.Issued(base, e.Issue)
	}
	icon := eventIcons[e.Action]
	if icon == "" {
		icon = "clock"
	}
	return ui.Event{Icon: icon, At: viet.DateOf(e.At).String() + " " + viet.Clock(e.At), ISO: viet.DateOf(e.At).ISO() + "T" + viet.Clock(e.At),
		Body: eventBody(e, path), Open: last && (e.Action == "sent_back" || e.Action == "returned_to_draft")}
}

func what(e consolidation.Event) string {
	word := viet.LowerFirst(e.Word())
	if e.Action == "finalised" && e.Frozen > 0 {
		word += ", lần chốt " + itoa(e.Frozen)
	}
	return word
}
