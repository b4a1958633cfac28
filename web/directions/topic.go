package directions

import (
	"strconv"
	"strings"

	"danvan/internal/direction"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// topicOf reads what a direction is about as addresses and forms name it; what
// cannot be read is about a task there is none of.
func topicOf(word string) direction.Topic {
	if word == "" {
		return direction.Topic{}
	}
	if no, ok := strings.CutPrefix(word, strings.TrimSuffix(paths.TaskTopic(0), "0")); ok {
		if n, err := strconv.Atoi(no); err == nil {
			return direction.Topic{Subject: direction.OfTask, Task: n}
		}
	}
	if code, ok := strings.CutPrefix(word, paths.ActivityTopic("")); ok {
		return direction.Topic{Subject: direction.OfActivity, Code: code}
	}
	if period, ok := strings.CutPrefix(word, paths.ReportTopic("")); ok {
		return direction.Topic{Subject: direction.OfReport, Period: period}
	}
	return direction.Topic{Subject: direction.OfTask, Task: -1}
}

// topics are what a direction on the unit at hand can be about.
func topics(c direction.Choices) []ui.Option {
	out := []ui.Option{{Label: "Công tác chung của đơn vị"}}
	for _, t := range c.Tasks {
		label := t.Name()
		out = append(out, ui.Option{Value: paths.TaskTopic(t.No), Label: label})
	}
	for _, p := range c.Periods {
		out = append(out, ui.Option{Value: paths.ReportTopic(p.Slug), Label: "Báo cáo " + viet.LowerFirst(p.Name)})
	}
	for _, a := range c.Activities {
		out = append(out, ui.Option{Value: paths.ActivityTopic(a.Code), Label: "Hoạt động " + a.Code + ". " + ui.Short(a.Title, 90)})
	}
	return out
}

func unitOptions(c direction.Choices) []ui.Option {
	out := []ui.Option{{Label: "Chọn đơn vị…"}}
	for _, u := range c.Units {
		out = append(out, ui.Option{Value: u.Slug, Label: unit.Called(u.Name)})
	}
	return out
}
