package kept

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/web/current"
)

// writings are the parts of a plan or a report that its unit writes, by where they
// lie below its address.
var writings = []string{"hoat-dong", "nhiem-vu", "danh-gia-chung", "phuong-huong", "kien-nghi", "dan-van-kheo",
	"minh-chung", "so-lieu", "so-lieu-nam-truoc", "giai-thich"}

// deedAt is what a post to path does to which plan or report; ok is false for what
// is none of a unit's own writing.
func deedAt(path string) (ref submission.Ref, action submission.Action, ok bool) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	year, err := strconv.Atoi(parts[min(1, len(parts)-1)])
	switch {
	case err != nil:
		return ref, "", false
	case parts[0] == "ke-hoach" && len(parts) > 3:
		ref, parts = plan.Ref(year, parts[2]), parts[3:]
	case parts[0] == "bao-cao" && len(parts) > 4:
		ref, parts = submission.Ref{Year: year, Period: parts[2], Unit: parts[3]}, parts[4:]
	default:
		return ref, "", false
	}
	switch last := parts[len(parts)-1]; {
	case last == "tien-do":
		return ref, submission.LogProgress, true
	case last == "phan-cong":
		return ref, submission.Assign, true
	case parts[0] == "van-ban":
		return ref, submission.EditReference, true
	case parts[0] == "gop-y":
		return ref, submission.Answer, true
	}
	return ref, submission.Edit, slices.Contains(writings, parts[0])
}

// standsInTheWay is why a post to path would be refused now, nil when nothing is
// known to: why it was kept may be long past.
func (h Pages) standsInTheWay(r *http.Request, path string) (*fault.Refusal, error) {
	ref, action, ok := deedAt(path)
	if !ok {
		return nil, nil
	}
	now := current.Now(r)
	c, err := submission.Load(r.Context(), h.DB, now, ref)
	switch {
	case errors.Is(err, fault.NotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	d := submission.Decide(current.Actor(r), action, c, now)
	if d.Allowed {
		return nil, nil
	}
	return &d.Refusal, nil
}
