//go:build unix

package main

import (
	"strings"
	"testing"
)

const demoPassword = "DanVan@2022"

func TestServeRefusesADemonstration(t *testing.T) {
	t.Parallel()
	execute(t, []string{"DANVAN_DATA=" + demoData(t), "DANVAN_ADDR=127.0.0.1:0"}, "serve").fail(t, "dữ liệu minh họa")
}

func TestDemoRefusesRealData(t *testing.T) {
	t.Parallel()
	data := realData(t)
	settings := []string{"DANVAN_DATA=" + data, "DANVAN_ADDR=127.0.0.1:0"}
	execute(t, settings, "demo").fail(t, "dữ liệu thật")
	execute(t, settings, "demo", "-fresh").fail(t, "dữ liệu thật")
	p := start(t, data, "serve")
	p.page(p.signedIn("stp.mot", seedPassword), "/ke-hoach/2022/stp")
}

func TestSecondDemoOnTheSameFolderWorks(t *testing.T) {
	t.Parallel()
	first := start(t, demoData(t), "demo")
	second := start(t, first.data, "demo")
	if first.url == second.url {
		t.Fatal("both have one address")
	}
	b := first.signedIn("stp.chuyenvien", demoPassword)
	for _, p := range []*portal{first, second} {
		p.page(b, "/ke-hoach/2022/stp")
	}
	if n := strings.Count(first.beside("user", "list").succeed(t).said, "stp.chuyenvien "); n != 1 {
		t.Errorf("%d people named stp.chuyenvien: the demonstration was filled twice", n)
	}
}

func TestDemoTimeMovesForwardAndNeverBack(t *testing.T) {
	t.Parallel()
	data := demoData(t)
	first := start(t, data, "demo")
	if !strings.Contains(first.out.String(), "28/11/2022") {
		t.Errorf("the demonstration does not begin on 28/11/2022:\n%s", first.out)
	}
	second := start(t, data, "demo", "-now", "2022-12-05T00:00")
	b := second.signedIn("stp.chuyenvien", demoPassword)
	for _, p := range []*portal{second, first} { // the running one learns of it
		eventually(t, "the new day on the page", func() bool {
			a, err := b.get(p.url + "/ke-hoach/2022/stp")
			_, bar, _ := strings.Cut(a.body, "thời điểm giả định")
			bar, _, _ = strings.Cut(bar, "</div>")
			return err == nil && strings.Contains(bar, "05/12/2022")
		})
	}
	first.stop()
	second.stop()
	again := start(t, data, "demo")
	if !strings.Contains(again.out.String(), "05/12/2022") {
		t.Errorf("the day did not survive the restart:\n%s", again.out)
	}
	again.stop()
	execute(t, []string{"DANVAN_DATA=" + data, "DANVAN_ADDR=127.0.0.1:0"}, "demo", "-now", "2022-11-30T08:00").fail(t, "never goes back")
}
