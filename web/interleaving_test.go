package web_test

import (
	"flag"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"danvan/internal/database"
	"danvan/internal/drilltest"
	"danvan/internal/submission"
)

const seedFlag = "interleavings.seed"

var interleavingSeed = flag.Uint64(seedFlag, 0, "seed of the interleavings, 0 for a new one")

// interleavings is how often two writers meet.
func interleavings() int { return drilltest.Times(500, 10_000) }

// meetings is how many interleavings go on in one activity before a new one is
// begun: its history grows with each.
const meetings = 50

// TestDrillTwoWritersOnOneActivityLoseNothing lets two people without scripts read,
// save, save from old pages, send twice and settle conflicts in random order, and
// now and then at the same moment. After every step the activity holds what the
// rules of conflict say; at the end every text that was acknowledged, and not
// given up on the page of a conflict, stands in the activity or in its history.
func TestDrillTwoWritersOnOneActivityLoseNothing(t *testing.T) {
	t.Parallel()
	seed := *interleavingSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	defer func() {
		if t.Failed() {
			t.Logf("again with -interleavings.seed=%d", seed)
		}
	}()
	site := newPortal(t, freshWorld(t))
	site.as("own-staff").as("own-leader")
	total := tally{}
	var m *meeting
	for i := range interleavings() {
		if i%meetings == 0 {
			m = newMeeting(t, site)
		}
		m.begin(i, rand.New(rand.NewPCG(seed, uint64(i))))
		for range 4 + m.random.IntN(6) {
			m.step()
			if t.Failed() {
				t.Fatalf("interleaving %d: %s", i, strings.Join(m.story, " · "))
			}
		}
		m.check()
		total.add(m.tally)
	}
	if total.conflicts == 0 || total.repeated == 0 || total.together == 0 || total.settled == 0 {
		t.Errorf("not everything happened: %+v", total)
	}
	drilltest.Report(t, "%d interleavings: %d saves acknowledged, %d conflicts, %d settled, %d posts sent twice, %d pairs at the same moment, %d texts found again",
		interleavings(), total.saved, total.conflicts, total.settled, total.repeated, total.together, total.texts)
}

// tally counts what happened.
type tally struct{ saved, conflicts, settled, repeated, together, texts int }

func (c *tally) add(o tally) {
	c.saved += o.saved
	c.conflicts += o.conflicts
	c.settled += o.settled
	c.repeated += o.repeated
	c.together += o.together
	c.texts += o.texts
}

// contended are the fields both write in.
var contended = []string{"title", "product", "description", "partners_other", "section"}

// meeting is two people at one activity.
type meeting struct {
	t       *testing.T
	site    *portal
	action  string // address of the form and of its post
	key     string // of the part
	model   submission.Content
	writers []*writer
	random  *rand.Rand
	no      int
	story   []string
	acks    map[string]string // text: who typed it
	tally   tally
}

// writer is one person with pages open.
type writer struct {
	portal
	typed    int
	page     url.Values // the form as last shown, nil for none
	base     submission.Content
	conflict *conflicted
	last     *sent // acknowledged, to be sent again
}

// sent is a post with what it means by the rules.
type sent struct {
	values     url.Values
	base, want submission.Content // of the fields both write in
	fresh      []string           // texts nobody typed before
}

// conflicted is the page of a conflict.
type conflicted struct {
	form   url.Values
	theirs submission.Content
	clash  []string
}

// newMeeting begins an activity.
func newMeeting(t *testing.T, site *portal) *meeting {
	t.Helper()
	m := &meeting{t: t, site: site, model: submission.Content{}}
	for _, name := range []string{"own-staff", "own-leader"} {
		w := &writer{portal: *site}
		w.who = name
		m.writers = append(m.writers, w)
	}
	w := m.writers[0]
	form := w.get("/ke-hoach/2022/stp/hoat-dong/moi").want(http.StatusOK).filled("/ke-hoach/2022/stp/hoat-dong")
	form.Set("title", "Hoạt động để hai người cùng sửa")
	to := w.post("/ke-hoach/2022/stp/hoat-dong", form).want(http.StatusSeeOther).rec.Header().Get("Location")
	_, row, _ := strings.Cut(to, "#hd-")
	code := strings.Replace(row, "-", ".", 1)
	m.action = "/ke-hoach/2022/stp/hoat-dong/" + code + "/sua"
	m.model["title"] = "Hoạt động để hai người cùng sửa"
	var err error
	m.key, err = database.Value[string](t.Context(), site.world.db, `
		select key
		from part
		where content->>'code' = @code`, database.Args{"code": code})
	must(t, err)
	return m
}
