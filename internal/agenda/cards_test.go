package agenda_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/progress"
)

func TestCardsTellThePartnerWhatTheDomainAllows(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	p, err := agenda.PartneredIn(t.Context(), db, who(t, db, observer, noon), noon, 2022)
	if err != nil {
		t.Fatal(err)
	}
	type card struct {
		Unit, Code, Section, Span, AsOf string
		Status                          progress.Status
	}
	var got []card
	for _, c := range p.Cards {
		got = append(got, card{c.UnitName, c.Code, c.Section, c.Span().Label(), c.AsOf.String(), c.Status})
	}
	want := []card{
		{"Sở Tư pháp", "4.2", "Phòng Phổ biến pháp luật", "01/03–10/12/2022", "", progress.DueSoon},
		{"Sở Tài chính", "1.1", "Phòng Ngân sách", "01/01–18/11/2022", "", progress.Overdue},
		{"Sở Tài chính", "1.2", "", "6 tháng đầu năm", "15/06/2022", progress.Done},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Withdrawn facts are gone for partners too.
	run(t, db, `delete from activity_fact where unit_id = 3`)
	if p, err = agenda.PartneredIn(t.Context(), db, who(t, db, observer, noon), noon, 2022); err != nil || len(p.Cards) != 1 {
		t.Errorf("after the withdrawal: %d cards, %v", len(p.Cards), err)
	}
	for name, person := range map[string]actor.PersonID{"leader": leaderSTP, "consolidator": consolidator, "governor": governor, "admin": admin} {
		if _, err := agenda.PartneredIn(t.Context(), db, who(t, db, person, noon), noon, 2022); err == nil {
			t.Errorf("%s sees cards", name)
		}
	}
	if _, err := agenda.PartneredIn(t.Context(), db, who(t, db, observer, noon), noon, 2021); err == nil {
		t.Error("cards of a year without campaign")
	}
}
