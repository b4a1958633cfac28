package agenda_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/agenda"
)

// Three questions about the report of huyện Vị Thủy: one answered, two not.
const asked = `
	insert into request (submission_id, kind, version_id, reason, due_on, by_person, by_name, at, answer, answered_by, answered_name, answered_at) values
	    (64, 'explain', 641, 'Vì sao số đối thoại giảm?', '2022-12-02', 5, 'Huỳnh Thị Cẩm Tú', '2022-11-25 08:00+07', '', null, '', null),
	    (64, 'explain', 641, 'Nguồn của số liệu T4.10?', '2022-11-29', 5, 'Huỳnh Thị Cẩm Tú', '2022-11-25 08:05+07', '', null, '', null),
	    (64, 'explain', 641, 'Số hồ sơ quá hạn là bao nhiêu?', '2022-11-28', 5, 'Huỳnh Thị Cẩm Tú', '2022-11-25 08:10+07', 'Là 31.', 12, 'Trương Thị Mén', '2022-11-26 08:00+07')`

func TestWhatIsAskedAboutASendingWaitsForTheUnitAlone(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, reports)
	run(t, db, asked)
	a := agendaOf(t, db, staffDistrict, noon)
	var bodies []string
	for _, f := range a.Explain {
		for _, q := range f.Questions {
			bodies = append(bodies, f.UnitSlug+" "+f.Period+" "+q.DueOn.Short()+" "+q.Body)
		}
	}
	want := []string{"h-vi-thuy nam 29/11 Nguồn của số liệu T4.10?", "h-vi-thuy nam 02/12 Vì sao số đối thoại giảm?"}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Errorf("the most pressing first (-want +got):\n%s", diff)
	}
	for _, f := range a.Waiting {
		if f.Period == "nam" {
			t.Error("what is asked about waits for others too")
		}
	}
	if a.Empty() {
		t.Error("nothing waits")
	}
	receiver := agendaOf(t, db, reviewer, noon)
	if len(receiver.Explain) != 0 {
		t.Errorf("the receiver is asked to explain %+v", receiver.Explain)
	}
	explained := 0
	for _, w := range receiver.Queue {
		explained += w.Explained
	}
	if explained != 1 {
		t.Errorf("the queue of the receiver counts %d answers", explained)
	}
	if lone := (agenda.Agenda{Explain: a.Explain}); lone.Empty() {
		t.Error("a question alone is nothing")
	}
}
