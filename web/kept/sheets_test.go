package kept

import (
	"net/url"
	"slices"
	"testing"
)

func TestWhatAFileWouldHaveChangedIsReadWhenItIsKept(t *testing.T) {
	t.Parallel()
	got := readable("/ke-hoach/2022/stp/hoat-dong/nhap", url.Values{"ban.T4.01": {"3 abc"}, "dang-luu.T4.01/row": {"5||"}, "trong-tep.T4.01/row": {"1250||50"}, "trong-tep.T4.02/row": {"|nil|"},
		"trong-tep.2.3/title": {"Đối thoại"}, "trong-tep.moi-8/product": {"Biên bản"}, "trong-tep.T4.03/source": {"Báo cáo số 5"}, "giu.T4.01/row": {"file"}}, nil)
	want := []line{{"Tên hoạt động, 2.3", "Đối thoại"}, {"Số liệu T4.01", "1.250, trong đó ước 50"}, {"Số liệu T4.02", "Không phát sinh"},
		{"Nguồn số liệu, T4.03", "Báo cáo số 5"}, {"Sản phẩm, hoạt động mới", "Biên bản"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if said := label("/ke-hoach/2022/stp/hoat-dong/nhap", nil); said != "nhập hoạt động từ Excel" {
		t.Errorf("called %q", said)
	}
}
