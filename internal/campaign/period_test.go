package campaign_test

import (
	"errors"
	"slices"
	"testing"

	"danvan/internal/campaign"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

func TestAPeriodIsClosedWithAReasonAndOpenedAgain(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, id := t.Context(), f.period(t, "nam").ID
	now := at("10/12/2022 08:00:00")
	if err := campaign.Close(ctx, f.DB, f.consolidator, now, id, viet.Date{}, "Đã tổng hợp xong"); err != nil {
		t.Fatal(err)
	}
	p := f.period(t, "nam")
	if !p.IsClosed(now) || p.IsClosed(now.Add(-1)) || p.ClosedWhy != "Đã tổng hợp xong" {
		t.Errorf("period = %+v, want closed at %s", p, now)
	}
	err := campaign.Close(ctx, f.DB, f.consolidator, now.Add(1), id, viet.Date{}, "Đã tổng hợp xong")
	if refusal, _ := errors.AsType[fault.Refusal](err); !refusal.Since.Equal(now) {
		t.Errorf("closed twice: err = %v", err)
	}
	if err := campaign.Reopen(ctx, f.DB, f.consolidator, now.Add(2), id, "ngắn"); message(err, "reason") == "" {
		t.Errorf("reopened without reason: err = %v", err)
	}
	if err := campaign.Reopen(ctx, f.DB, f.consolidator, now.Add(2), id, "Hai đơn vị gửi bổ sung"); err != nil {
		t.Fatal(err)
	}
	if p := f.period(t, "nam"); p.IsClosed(now.Add(3)) || p.ClosedWhy != "" {
		t.Errorf("period = %+v, want open", p)
	}
	if err := campaign.Reopen(ctx, f.DB, f.consolidator, now.Add(4), id, "Hai đơn vị gửi bổ sung"); !errors.Is(err, fault.Conflict) {
		t.Errorf("opened twice: err = %v, want a conflict", err)
	}
	if got, want := f.actions(t, "period/3"), []string{"closed", "reopened"}; !slices.Equal(got, want) {
		t.Errorf("audit = %v, want %v", got, want)
	}
}

func TestAPeriodMayBeClosedFromADayToCome(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, id := t.Context(), f.period(t, "nam").ID
	now := at("10/12/2022 08:00:00")
	for _, on := range []string{"15/12/2022", "20/12/2022"} { // set anew as long as it lies ahead
		if err := campaign.Close(ctx, f.DB, f.consolidator, now, id, day(on), "Theo lịch tổng hợp"); err != nil {
			t.Fatal(err)
		}
	}
	p := f.period(t, "nam")
	if p.IsClosed(at("19/12/2022 23:59:59")) || !p.IsClosed(at("20/12/2022 00:00:00")) {
		t.Errorf("closed at %s, want 20/12/2022", p.ClosedAt)
	}
	if err := campaign.Close(ctx, f.DB, f.consolidator, now, id, day("10/12/2022"), "Theo lịch tổng hợp"); message(err, "on") == "" {
		t.Errorf("closed in the past: err = %v", err)
	}
}

func TestAPeriodOpensAtMidnightInVietnam(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	p := f.period(t, "nam")
	if p.HasOpened(at("14/11/2022 23:59:59")) || !p.HasOpened(at("15/11/2022 00:00:00")) {
		t.Error("nam does not open at 00:00 of 15/11/2022")
	}
}
