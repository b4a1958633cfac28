package demo

import (
	"context"
	"slices"
	"time"

	"danvan/internal/campaign"
	"danvan/internal/demo/content"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// The two communes of huyện Vị Thủy that file since the week before the reports of
// the year opened.
var communes = campaign.Communes{
	District:    "h-vi-thuy",
	Units:       []string{"thi-tran-nang-mau-h-vi-thuy", "xa-vi-thang-h-vi-thuy"},
	From:        viet.NewDate(2022, time.November, 10),
	PlansBefore: viet.NewDate(2022, time.December, 16),
	Reason:      "Thí điểm nộp báo cáo từ cấp xã theo đề nghị của UBND huyện Vị Thủy, rút kinh nghiệm cho năm 2023",
}

// switchedOn is when Sở Nội vụ let them.
var switchedOn = time.Date(2022, time.November, 8, 9, 20, 0, 0, viet.Location)

// communesDecided is the noon by which the district has decided on what a commune
// sent: what it reports itself from then on adds that up.
var communesDecided = time.Date(2022, time.November, 21, 12, 0, 0, 0, viet.Location)

// openings let the year go on apart from what units do in it: communes join, periods
// open. Nothing of it depends on what units did since the first acceptance.
func (s *stage) openings(ctx context.Context) error {
	year, err := campaign.ByYear(ctx, s.db, content.Year)
	if err != nil {
		return err
	}
	consolidator, err := s.people.withUsername("snv.tonghop")
	if err != nil {
		return err
	}
	if err := campaign.SwitchCommunesOn(ctx, s.db, consolidator.at(switchedOn), switchedOn, year.ID, communes); err != nil {
		return err
	}
	periods, err := s.periods(ctx)
	if err != nil {
		return err
	}
	days := []viet.Date{communes.From}
	for _, p := range periods {
		days = append(days, p.OpensOn)
	}
	slices.SortFunc(days, viet.Date.Compare)
	for _, day := range days {
		if err := submission.Ensure(ctx, s.db, day.Start().Add(shifts[0][0])); err != nil {
			return err
		}
	}
	return nil
}
