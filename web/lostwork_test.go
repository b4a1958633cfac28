package web_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"danvan/internal/database"
)

// bothWays runs a test with scripts and without.
func bothWays(t *testing.T, test func(t *testing.T, scripts bool)) {
	t.Helper()
	t.Run("with scripts", func(t *testing.T) { t.Parallel(); test(t, true) })
	t.Run("without scripts", func(t *testing.T) { t.Parallel(); test(t, false) })
}

func TestWhatIsTypedIsSavedByItselfAndSurvivesAReload(t *testing.T) {
	t.Parallel()
	l := newLive(t)
	s := l.signsIn(t, "stp.chuyenvien", true)
	s.open("/ke-hoach/2022/stp/hoat-dong/moi?nhiem-vu=4")
	s.fill("Tên hoạt động", "Đối thoại với Nhân dân xã Vị Tân")
	s.says("Đã lưu lúc 09:30")
	s.choose("Thời gian thực hiện", "Theo ngày")
	s.fill("Bắt đầu", "đầu tháng")
	s.fill("Sản phẩm", "01 cuộc đối thoại")
	// What cannot be read does not hold up the rest, and leads to its field.
	s.says("Ghi ngày theo dạng ngày/tháng/năm")
	for end := time.Now().Add(patient); l.product(t, "4.1") != "01 cuộc đối thoại"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the product was never saved, only %q", l.product(t, "4.1"))
		}
	}
	s.open(s.at())
	s.says("Sửa hoạt động 4.1")
	if got := eval[string](s, `document.querySelector('[name=title]').value + '; ' + document.querySelector('[name=product]').value`); got != "Đối thoại với Nhân dân xã Vị Tân; 01 cuộc đối thoại" {
		t.Errorf("after the reload the form holds %q", got)
	}
}

// A page that saves itself while somebody presses the mouse must not take the button
// away from under it, whatever it said before of when it was saved.
func TestButtonsStayWhereTheyAreWhenAPageSavesItself(t *testing.T) {
	t.Parallel()
	l := newLive(t)
	l.world.bring(t, "draft")
	s := l.signsIn(t, "stp.chuyenvien", true)
	const button = `(() => { const b = document.querySelector('.dv-save .btn-primary').getBoundingClientRect(); return [b.left, b.top].join() })()`
	n := 0
	for _, width := range []int64{desk, phone} {
		s.do(chromedp.EmulateViewport(width, 768))
		for _, before := range []string{"", "Đã lưu lúc 09:30 ngày 15/03/2022"} {
			s.open("/ke-hoach/2022/stp/hoat-dong/1.1/sua")
			eval[bool](s, `document.querySelector('[data-saved]').firstElementChild?.replaceChildren(`+quote(before)+`); true`)
			was := eval[string](s, button)
			n++
			s.fill("Tên hoạt động", fmt.Sprintf("Quán triệt %d", n)) // nothing scrolls
			eval[bool](s, `document.activeElement.blur(); scrollTo(0, 0); true`)
			for end := time.Now().Add(patient); l.stored(t, "1.1", "title") != fmt.Sprintf("Quán triệt %d", n); time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("it does not save itself")
				}
			}
			s.waits(`document.querySelector('[data-saved]').innerText.trim() === 'Đã lưu lúc 09:30'`, "when it was saved")
			if is := eval[string](s, button); is != was {
				t.Errorf("at %d px, after %q, the button goes from %s to %s", width, before, was, is)
			}
		}
	}
}

// product is what the working copy holds as the product of an activity.
func (l *live) product(t testing.TB, code string) string { return l.stored(t, code, "product") }

// stored is a field of an activity in the working copy.
func (l *live) stored(t testing.TB, code, field string) string {
	t.Helper()
	text, err := database.Value[string](t.Context(), l.world.db, `
		select coalesce(content->>@field, '')
		from part
		where key = @key`,
		database.Args{"key": l.world.key(t, code), "field": field})
	must(t, err)
	return text
}

func TestWhatIsPostedAfterTheSessionEndedIsKeptAndSentAgain(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, scripts bool) {
		l := newLive(t)
		l.world.bring(t, "draft")
		s := l.signsIn(t, "stp.chuyenvien", scripts)
		s.open("/ke-hoach/2022/stp/hoat-dong/1.1/sua")
		s.fill("Tên hoạt động", "Quán triệt Kế hoạch số 32 đến từng phòng")
		if scripts {
			s.says("Đã lưu lúc")
		}
		_, err := database.Exec(t.Context(), l.world.db, `update person_session set ended_at = @now where ended_at is null`,
			database.Args{"now": time.Now()})
		must(t, err)
		s.fill("Sản phẩm", "01 hội nghị trực tuyến")
		if scripts {
			s.says("Chưa lưu được: Phiên làm việc đã kết thúc")
		}
		s.follow("Lưu, về kế hoạch")
		s.says("Phiên làm việc đã kết thúc", "Nội dung bạn vừa gửi được giữ lại cho đúng tài khoản của bạn")
		s.follow("Đăng nhập", "được giữ lại")
		s.signIn("stp.chuyenvien")
		s.says("khi phiên làm việc đã hết hạn, được giữ nguyên: sửa hoạt động 1.1")
		s.follow("Mở lại, gửi hoặc bỏ")
		s.says("01 hội nghị trực tuyến", "Gửi lại nội dung này")
		s.follow("Gửi lại nội dung này")
		s.says("Đã lưu hoạt động 1.1", "Quán triệt Kế hoạch số 32 đến từng phòng", "01 hội nghị trực tuyến")
		s.goes("Việc của tôi")
		s.silent("được giữ nguyên")
	})
}

func TestTwoWhoEditTheSameActivityChooseWhatStays(t *testing.T) {
	t.Parallel()
	bothWays(t, func(t *testing.T, scripts bool) {
		l := newLive(t)
		l.world.bring(t, "draft")
		first, second := l.signsIn(t, "stp.chuyenvien", scripts), l.signsIn(t, "stp.chuyenvien2", scripts)
		first.open("/ke-hoach/2022/stp/hoat-dong/1.1/sua")
		second.open("/ke-hoach/2022/stp/hoat-dong/1.1/sua")
		first.fill("Sản phẩm", "02 hội nghị")
		first.fill("Phòng chủ trì", "Văn phòng Sở")
		first.follow("Lưu, về kế hoạch")
		first.says("02 hội nghị")

		second.fill("Sản phẩm", "01 hội nghị, 01 báo cáo")
		if scripts {
			second.says("có người vừa lưu mục này trước bạn")
			second.fill("Nội dung thực hiện", "Mời Ban Dân vận dự.")
			second.follow("Xem và chọn nội dung giữ lại")
		} else {
			second.fill("Nội dung thực hiện", "Mời Ban Dân vận dự.")
			second.follow("Lưu, về kế hoạch")
		}
		second.says("Lê Thị Thanh Trúc đã lưu hoạt động 1.1 trước bạn", "Không có nội dung nào bị mất.",
			"Của bạn", "Đã lưu: Lê Thị Thanh Trúc", "Ban đầu", "02 hội nghị", "01 hội nghị, 01 báo cáo", "01 báo cáo",
			"Chỉ một người sửa, đã ghép", "Văn phòng Sở", "Mời Ban Dân vận dự.")
		// Nothing is decided for anybody.
		second.follow("Lưu nội dung đã chọn")
		second.says("Sản phẩm: chọn nội dung giữ lại", "02 hội nghị", "01 hội nghị, 01 báo cáo")
		second.tick("Của bạn")
		second.follow("Lưu nội dung đã chọn")
		second.says("Đã lưu hoạt động 1.1", "01 hội nghị, 01 báo cáo")
		second.follow("1.1. Hoạt động của nhiệm vụ 1")
		second.says("Văn phòng Sở", "Mời Ban Dân vận dự.")
		second.follow("Nội dung qua các lần lưu")
		second.says("02 hội nghị") // what was not chosen is still there
	})
}
