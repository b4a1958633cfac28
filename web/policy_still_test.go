package web_test

import (
	"slices"
	"strings"
	"testing"
)

// still are the paths that are about no plan, report or consolidated report, but
// about oneself, a whole period, the indicators of a year or what those who lead
// said: whatever state the plan is in, they answer alike. Each person asks them in
// [turnsOfStill] states instead of in all, so that every state is still asked in.
var still = []string{
	"/healthz", "/readyz", "/static/*", "/huong-dan", "/giao-dien",
	"/dang-nhap", "/dang-xuat",
	"/tai-khoan", "/tai-khoan/mat-khau", "/tai-khoan/xac-thuc", "/tai-khoan/xac-thuc/bo",
	"/tai-khoan/phien/ket-thuc", "/tai-khoan/phien/{session}/ket-thuc",
	"/da-giu/{id}", "/da-giu/{id}/bo",

	"/ke-hoach/{year}/thoi-han", "/ke-hoach/{year}/thoi-han/sua",
	"/ke-hoach/{year}/thoi-han/dong-ky", "/ke-hoach/{year}/thoi-han/mo-lai-ky",
	"/bao-cao/{year}/{period}/thoi-han", "/bao-cao/{year}/{period}/thoi-han/sua",
	"/bao-cao/{year}/{period}/thoi-han/dong-ky", "/bao-cao/{year}/{period}/thoi-han/mo-lai-ky",
	"/bao-cao/{year}/{period}/cap-xa", "/bao-cao/{year}/{period}/cap-xa/{unit}",
	"/tham-dinh/phan-cong",

	"/quan-tri/{year}/chi-tieu", "/quan-tri/{year}/chi-tieu/{code}", "/quan-tri/{year}/chi-tieu/{code}/don-vi",

	"/y-kien/{year}", "/y-kien/{year}/moi", "/y-kien/{year}/{no}",
	"/y-kien/{year}/{no}/tra-loi", "/y-kien/{year}/{no}/ket-thuc",
}

// turnsOfStill is in how many states a person asks what is the same in all.
const turnsOfStill = 2

// turns reports whether the person at place who asks route in the state at place
// state.
func turns(route string, who, state int) bool {
	every := len(states) / turnsOfStill
	return !isStill(route) || who%every == state%every
}

func isStill(route string) bool {
	_, path, _ := strings.Cut(route, " ")
	return slices.Contains(still, path)
}

// standStill says for every state what a person was answered in some, where it has
// to be the same.
func standStill(t *testing.T, route, who string, byState map[string]int) {
	t.Helper()
	if !isStill(route) {
		return
	}
	if len(byState) < turnsOfStill {
		t.Errorf("%s as %s was asked in %d states", route, who, len(byState))
	}
	var answer int
	for _, state := range states {
		switch status, asked := byState[state]; {
		case !asked:
		case answer == 0:
			answer = status
		case status != answer:
			t.Errorf("%s as %s answers %d in %s, %d in another state: it does not stand still", route, who, status, state, answer)
		}
	}
	for _, state := range states {
		if _, asked := byState[state]; !asked {
			byState[state] = answer
		}
	}
}

func TestEveryPathThatStandsStillIsARoute(t *testing.T) {
	t.Parallel()
	for _, path := range still {
		_, get := asks["GET "+path]
		_, post := asks["POST "+path]
		if !get && !post {
			t.Errorf("%s: no such route", path)
		}
	}
}
