package overviews

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/viet"
)

// The drawing area of both charts, in units of the picture.
const (
	left, right = 36.0, 440.0
	above, base = 28.0, 212.0
)

// coordinate is a number of a picture, without digits nobody sees.
func coordinate(v float64) string {
	return strconv.FormatFloat(float64(int(v*10+0.5))/10, 'f', -1, 64)
}

// tick is a line of the grid, or a word under the picture.
type tick struct {
	At    string // coordinate
	Label string
	Note  string // below the label
	Text  string // where it stands, a little lower than the line
	End   bool   // would stick out on the right: is drawn leftwards
}

// steps are what a grid may go up by.
var steps = []int{1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 250, 300, 400, 500, 1000, 2000, 5000}

// grid lays lines from 0 up in the given number of equal steps, or fewer where
// the most is less.
func grid(step, lines int) []tick {
	var ticks []tick
	for i := 0; i <= lines; i++ {
		y := base - float64(i)/float64(lines)*(base-above)
		ticks = append(ticks, tick{At: coordinate(y), Text: coordinate(y + 3.5), Label: viet.FormatInt(i * step)})
	}
	return ticks
}

// sending is how many units sent for the first time on a day.
type sending struct {
	On    viet.Date
	Count int
}

// curve is how many units had sent by each day, against the deadline.
type curve struct {
	What     string // they sent: "kế hoạch"
	Opens    viet.Date
	Due      viet.Date // the first day that is too late; no date: there is no deadline
	Today    viet.Date
	Expected int
	Sendings []sending // in order of days, none after Today
	List     string    // address of those received
}

// sent lists those who sent for the first time on a day, or with [until] before it
// by then.
func (c curve) sent(day string) string { return c.List + "&" + sentParam + "=" + day }

// received is how many had sent by now.
func (c curve) received() int {
	n := 0
	for _, s := range c.Sendings {
		n += s.Count
	}
	return n
}

// onTime is how many had sent before the deadline.
func (c curve) onTime() int {
	n := 0
	for _, s := range c.Sendings {
		if c.Due.IsZero() || s.On.Before(c.Due) {
			n += s.Count
		}
	}
	return n
}

// until is the last day of the picture: somewhat after the deadline, later where
// units sent later, but never so late that the time before cannot be told apart.
func (c curve) until() viet.Date {
	if c.Due.IsZero() {
		return c.Today
	}
	window := max(c.Opens.DaysUntil(c.Due), 1)
	last := c.Due.AddDays(max(window/5, 3))
	for _, s := range c.Sendings {
		if s.On.After(last) && !s.On.After(c.Due.AddDays(window)) {
			last = s.On.AddDays(2)
		}
	}
	return last
}

// shown is how many had sent by the end of the picture, and later how many after.
func (c curve) shown() (n, later int) {
	for _, s := range c.Sendings {
		if s.On.After(c.until()) {
			later += s.Count
			continue
		}
		n += s.Count
	}
	return n, later
}

func (c curve) x(day viet.Date) float64 {
	days := max(c.Opens.DaysUntil(c.until()), 1)
	return left + (right-left)*min(max(float64(c.Opens.DaysUntil(day))/float64(days), 0), 1)
}

func (c curve) step() int  { return max((c.Expected+3)/4, 1) }
func (c curve) lines() int { return min(4, max(c.Expected, 1)) }

func (c curve) y(units int) float64 {
	return base - (base-above)*float64(units)/float64(c.step()*c.lines())
}

func (c curve) grid() []tick { return grid(c.step(), c.lines()) }

// line is the way of the curve, up to today or the end of the picture.
func (c curve) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%s %sH", coordinate(left), coordinate(base))
	n := 0
	for _, s := range c.Sendings {
		if s.On.After(c.until()) {
			break
		}
		n += s.Count
		fmt.Fprintf(&b, "%sV%sH", coordinate(c.x(s.On)), coordinate(c.y(n)))
	}
	b.WriteString(coordinate(c.x(c.Today)))
	return b.String()
}

// dot is where the curve ends, and on which side of it the number stands.
type dot struct {
	X, Y, TextX, TextY, Anchor, Label string
	Later, LaterY                     string // who sent after the end of the picture, below the dot
}

func (c curve) dot() dot {
	n, later := c.shown()
	x, y := c.x(c.Today), c.y(n)
	d := dot{X: coordinate(x), Y: coordinate(y), TextX: coordinate(x - 7), TextY: coordinate(y - 8), Anchor: "end",
		Label: "Đã gửi: " + viet.FormatInt(n)}
	under := c.under(x)
	if later > 0 {
		d.Later, d.LaterY = "sau đó: "+viet.FormatInt(later), coordinate(under+18)
	}
	if x < left+(right-left)/4 {
		d.TextX, d.Anchor = coordinate(x+7), "start"
	}
	if y < above+16 { // no room above the line
		d.TextY, d.LaterY = coordinate(under+18), coordinate(under+34)
	}
	return d
}

// under is where the curve is lowest above words that end at x: the curve rises,
// so it is where they begin.
func (c curve) under(x float64) float64 {
	const words = 76 // as wide as "Đã gửi: 102"
	n := 0
	for _, s := range c.Sendings {
		if c.x(s.On) <= x-words {
			n += s.Count
		}
	}
	return min(c.y(n), base-38)
}

// dueX is where the deadline stands; the words over it must not stick out.
func (c curve) dueX() tick {
	x := c.x(c.Due)
	return tick{At: coordinate(x), Label: "Hạn: trước " + c.Due.Short(), End: x > right-60}
}

func (c curve) afterWidth() string { return coordinate(right - c.x(c.Due)) }

// days are the words under the picture, those left out that would touch others.
func (c curve) days() []tick {
	const apart = 52
	var ticks []tick
	taken := []float64{}
	add := func(day viet.Date, note string) {
		x := c.x(day)
		for _, other := range taken {
			if x > other-apart && x < other+apart {
				return
			}
		}
		taken = append(taken, x)
		ticks = append(ticks, tick{At: coordinate(x), Label: day.Short(), Note: note, End: x > right-12})
	}
	if !c.Today.After(c.until()) {
		add(c.Today, "hôm nay")
	}
	if !c.Due.IsZero() {
		add(c.Due, "")
	}
	add(c.Opens, "")
	add(c.until(), "")
	add(c.Opens.AddDays(c.Opens.DaysUntil(c.until())/2), "")
	return ticks
}

// summed is a day of the curve's table.
type summed struct {
	sending
	Sum int
}

func (c curve) cumulated() []summed {
	var days []summed
	n := 0
	for _, s := range c.Sendings {
		n += s.Count
		days = append(days, summed{s, n})
	}
	return days
}

func (c curve) said() string {
	text := fmt.Sprintf("%d trên %d đơn vị đã gửi %s", c.received(), c.Expected, c.What)
	if !c.Due.IsZero() {
		text += fmt.Sprintf("; %d đơn vị gửi trước hạn ngày %s", c.onTime(), c.Due)
	}
	if _, later := c.shown(); later > 0 {
		text += fmt.Sprintf("; %d đơn vị gửi sau ngày %s", later, c.until())
	}
	if n := len(c.Sendings); n > 0 {
		text += fmt.Sprintf("; lần gửi đầu gần nhất ngày %s", c.Sendings[n-1].On)
	}
	return text + "."
}

// month is what was due in a month and what was done in it.
type month struct {
	No       int
	Due      int
	Done     int
	DuePath  string
	DonePath string
	Ahead    bool // has not begun: nothing can be done yet
}

// bar is a month in the picture.
type bar struct {
	X, Y, Width, Height        string // what was due
	DoneX, DoneY, DoneW, DoneH string
	Middle                     string
	Label                      string
	Due, Done                  bool
}

// monthGrid is how far up the bars go.
func monthGrid(months []month) (step, lines int) {
	most := 1
	for _, m := range months {
		most = max(most, m.Due, m.Done)
	}
	for _, step := range steps {
		if step*3 >= most {
			return step, 3
		}
	}
	return (most + 2) / 3, 3
}

func bars(months []month) []bar {
	step, lines := monthGrid(months)
	pitch := (right - left) / float64(max(len(months), 1))
	width := min(30, pitch*0.75)
	height := func(n int) float64 { return (base - above) * float64(n) / float64(step*lines) }
	var all []bar
	for i, m := range months {
		middle := left + pitch*(float64(i)+0.5)
		due, done := height(m.Due), height(m.Done)
		all = append(all, bar{
			X: coordinate(middle - width/2), Y: coordinate(base - due), Width: coordinate(width), Height: coordinate(due), Due: m.Due > 0,
			DoneX: coordinate(middle - width*0.3), DoneY: coordinate(base - done), DoneW: coordinate(width * 0.6), DoneH: coordinate(done), Done: m.Done > 0,
			Middle: coordinate(middle), Label: strconv.Itoa(m.No),
		})
	}
	return all
}

func monthsSaid(months []month) string {
	due, done, ahead := 0, 0, 0
	for _, m := range months {
		due += m.Due
		done += m.Done
		if m.Ahead {
			ahead += m.Due
		}
	}
	text := fmt.Sprintf("%s hoạt động đến hạn trong năm, %s đã hoàn thành", viet.FormatInt(due), viet.FormatInt(done))
	if ahead > 0 {
		text += fmt.Sprintf("; %s hoạt động đến hạn trong các tháng tới", viet.FormatInt(ahead))
	}
	return text + "."
}
