package demo

import (
	"time"

	"danvan/internal/viet"
)

// shifts are the office hours of a working day, as time after midnight.
var shifts = [][2]time.Duration{
	{7*time.Hour + 30*time.Minute, 11*time.Hour + 30*time.Minute},
	{13*time.Hour + 30*time.Minute, 17 * time.Hour},
}

// moments returns n moments spread evenly over the office hours between two,
// neither included, in order. Where no office hours lie between, they are spread
// over the whole time.
func moments(c viet.Calendar, from, to time.Time, n int) []time.Time {
	type shift struct{ begin, end time.Time }
	var open []shift
	var total time.Duration
	for day := viet.DateOf(from); !day.After(viet.DateOf(to)); day = day.Next() {
		if !c.IsWorkingDay(day) {
			continue
		}
		for _, hours := range shifts {
			s := shift{later(day.Start().Add(hours[0]), from), earlier(day.Start().Add(hours[1]), to)}
			if s.begin.Before(s.end) {
				open = append(open, s)
				total += s.end.Sub(s.begin)
			}
		}
	}
	if total == 0 {
		open, total = []shift{{from, to}}, to.Sub(from)
	}
	out := make([]time.Time, n)
	for i := range out {
		after := total * time.Duration(i+1) / time.Duration(n+1)
		for _, s := range open {
			if length := s.end.Sub(s.begin); after > length {
				after -= length
				continue
			}
			out[i] = s.begin.Add(after).Truncate(time.Second)
			break
		}
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
