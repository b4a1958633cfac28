package ui

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"danvan/internal/fault"
	"danvan/web/form"
	"danvan/web/static"
)

// The gallery shows every piece in pages such as the portal has. Tests read it,
// and a browser takes pictures of it.

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

func join(parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, part := range parts {
			if err := part.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// around gives outer its children.
func around(outer templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, join(children...)), w)
	})
}

var noon = time.Date(2022, 11, 28, 8, 42, 0, 0, time.FixedZone("ICT", 7*60*60))

func galleryFrame() Frame {
	nav := []NavItem{
		{Label: "Việc của tôi", Path: "/"}, {Label: "Rà soát", Path: "/tham-dinh", Count: 7},
		{Label: "Kế hoạch", Path: "/ke-hoach/2022"}, {Label: "Báo cáo", Path: "/bao-cao/2022/nam"},
		{Label: "Tổng quan", Path: "/tong-quan/2022"}, {Label: "Tổng hợp", Path: "/tong-hop/2022/nam"},
		{Label: "Đánh giá", Path: "/danh-gia/2022"}, {Label: "Kiểm tra", Path: "/kiem-tra/2022"},
		{Label: "Dân vận khéo", Path: "/dan-van-kheo/2022"}, {Label: "Kiến nghị", Path: "/kien-nghi/2022"},
	}
	return Frame{
		SignedIn: true, Who: "Huỳnh Thị Cẩm Tú", WhoUnit: "Rà soát, Sở Nội vụ", Province: "Tỉnh Hậu Giang",
		Nav: CurrentNav(nav, "/ke-hoach/2022/stp"), NoticeCount: 3, Moment: noon, Demo: true, Address: "/ke-hoach/2022",
	}
}

type galleryPage struct {
	frame Frame
	page  Page
	body  templ.Component
}

var taskTitles = []string{
	"Lãnh đạo công tác dân vận chính quyền", "Quản lý nhà nước, cải cách hành chính, kỷ cương",
	"Chính sách và quy chế dân chủ ở cơ sở", "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân",
	"Phối hợp với Mặt trận và các đoàn thể", "Phối hợp của cơ quan tư pháp và lực lượng vũ trang",
	"Kiểm tra, thanh tra công vụ, giám sát",
}

func gallery() map[string]galleryPage {
	return map[string]galleryPage{
		"danh-sach": listPage(), "ke-hoach": planPage(), "bieu-mau": formPage(), "khoa": lockPage(), "dang-nhap": gatePage(),
	}
}

func listPage() galleryPage {
	u := &url.URL{Path: "/ke-hoach/2022", RawQuery: "q=vi+thuy&sap-xep=don-vi&trang=3"}
	order := Sort{URL: u, By: "don-vi"}
	words := map[Kind]string{
		Done: "Hoàn thành", Late: "Hoàn thành quá hạn", Going: "Đang thực hiện", Idle: "Chưa thực hiện", Soon: "Sắp đến hạn",
		Overdue: "Quá hạn", Cancelled: "Đã dừng", None: "Không thuộc phạm vi", Draft: "Nháp", Awaiting: "Chờ lãnh đạo duyệt",
		Submitted: "Đã gửi", Returned: "Trả lại", Accepted: "Đã tiếp nhận", NotBegun: "Chưa soạn",
	}
	states := []templ.Component{text(`<ul class="dv-inline dv-st-list">`)}
	for _, kind := range Kinds {
		states = append(states, text("<li>"), Status(kind, words[kind]), text("</li>"))
	}
	states = append(states, text("</ul>"))
	rows := text(`<tbody><tr><th scope="row"><a href="#a">Sở Tư pháp</a> <span class="dv-new">đang sửa đổi</span></th><td>Trả lại</td><td class="dv-num">18/03/2022</td></tr><tr><th scope="row"><a href="#b">UBND huyện Phụng Hiệp</a></th><td>Đã tiếp nhận</td><td class="dv-num">04/04/2022</td></tr></tbody></table>`)
	body := join(
		around(Filter(u, "Lọc kế hoạch"), FilterText("q", "Tìm đơn vị", "vi thuy", "vi thuy, tu phap…"),
			FilterSelect("trang-thai", "Trạng thái", "tra-lai", []Option{{Label: "Tất cả (28)"}, {Value: "tra-lai", Label: "Trả lại (1)"}}),
			FilterCheck("cham", "Chỉ đơn vị chậm", true)),
		around(Scroll("Danh sách kế hoạch"),
			text(`<table class="table dv-table"><caption class="visually-hidden">Kế hoạch năm 2022</caption><thead><tr>`),
			SortHeader(order, "don-vi", "Đơn vị", ""), SortHeader(order, "trang-thai", "Trạng thái", ""),
			SortHeader(order, "gui", "Gửi lần đầu", "dv-num"), text(`</tr></thead>`), rows),
		Pager(Pages{URL: u, Page: 3, Size: 30, Total: 245, Noun: "đơn vị"}),
		text(`<div class="dv-cols dv-cols-even"><section aria-labelledby="tt">`),
		Heading("tt", "Tình trạng, trạng thái", ""), join(states...),
		Heading("trong", "Chưa có gì để hiện", ""),
		around(Empty("Chưa có kiến nghị nào của Sở Tư pháp trong năm 2022.", "Kiến nghị do chuyên viên ghi khi viết báo cáo kỳ; nơi nhận trả lời tại đây."),
			ButtonLink("/kien-nghi/2022/moi", "Ghi kiến nghị", "plus", false)),
		Heading("phim", "Phím tắt", ""), Shortcuts(),
		text(`</section><section aria-labelledby="xn">`),
		Heading("xn", "Trang xác nhận", "1 việc"),
		around(Confirm("Dừng thực hiện hoạt động 6.3?", "Hoạt động vẫn còn trong kế hoạch, ghi “Đã dừng”, không tính vào tổng số từ lần gửi được tiếp nhận."),
			around(Form(form.New(nil).At(7), FormOf{Action: "/x/dung"}), TextField(form.New(nil), Field{Name: "reason", Label: "Lý do"}),
				text(`<div class="dv-actions">`), Submit(true, Button{Label: "Dừng thực hiện"}), Submit(false, Button{Label: "Không dừng", Path: "/x"}), text(`</div>`))),
		Tabs("Loại hồ sơ", true, Tab{Label: "Kế hoạch", Path: "#kh"}, Tab{Label: "Báo cáo năm", Path: "#bc", Current: true, Count: 12}),
		Measures(Measure{Label: "Phải gửi", Value: 28, Path: "#pg", Note: "6 tháng: 28"}, Measure{Label: "Đã nhận", Value: 12, Of: 28, Path: "#dn", Note: "6 tháng: 9"}),
		text(`</section></div>`),
	)
	frame := galleryFrame()
	frame.Message = Message{Done: "Đã tiếp nhận kế hoạch của Sở Nội vụ", More: "lúc 08:41. Số liệu đã vào tổng quan.", Link: Link{"Xem", "/tong-quan/2022"}}
	return galleryPage{frame, Page{Head: Head{
		Title: "Kế hoạch năm 2022 của các đơn vị", Crumbs: []Link{{"Năm 2022", "/nam/2022"}, {Label: "Kế hoạch"}},
		Meta: text(`<span>22/28 kế hoạch đã tiếp nhận, 4 đang sửa đổi</span>`), Actions: ButtonLink("/x.xlsx", "Tải XLSX", "download", false),
	}}, body}
}

func planPage() galleryPage {
	var strip []StripItem
	for i, title := range taskTitles {
		item := StripItem{No: i + 1, Title: title, Path: "#nv1", Left: "3/4", Bar: []Segment{{Fill: Done, Count: 3}, {Fill: Soon, Count: 1}}, Right: "1 sắp đến hạn"}
		switch i {
		case 1:
			item.Left, item.Right, item.Tone = "3/5", "1 quá hạn", Bad
			item.Bar = []Segment{{Fill: Done, Count: 2}, {Fill: Late, Count: 1}, {Fill: Going, Count: 1}, {Fill: Overdue, Count: 1}}
		case 3:
			item.Current = true
		case 4:
			item.Left, item.Plain, item.Right, item.Tone = "2", "thay đổi", "góp ý 2", Good
		case 5:
			item.Right, item.Tone = "góp ý 3", Ask
		}
		strip = append(strip, item)
	}
	strip = append(strip, StripItem{Title: "Dân vận khéo, đánh giá chung", Path: "#chung", Left: "1/4", Right: "còn thiếu"})
	table := text(`<table class="table dv-table dv-acts"><thead><tr><th scope="col">Hoạt động, sản phẩm</th><th scope="col" class="dv-w-who">Phụ trách</th><th scope="col" class="dv-w-date">Thời gian</th><th scope="col" class="dv-w-st">Tình trạng</th></tr></thead><tbody><tr class="dv-has-remark"><th scope="row"><a href="#h">4.2. Đối thoại trực tiếp với Nhân dân về hộ tịch, chứng thực, trợ giúp pháp lý</a><small>02 cuộc tại huyện Long Mỹ và thành phố Ngã Bảy</small></th><td data-l="Phụ trách">Võ Thị Hồng Gấm</td><td class="dv-when" data-l="Thời gian">10/12/2022</td><td data-l="Tình trạng">`)
	said := Said{"Ghi rõ thành phần dự, cơ quan phối hợp và sản phẩm sau đối thoại (thông báo kết luận).", "Huỳnh Thị Cẩm Tú, Sở Nội vụ, 14:20 ngày 25/11/2022."}
	body := join(
		around(Next(NextStep{"Việc tiếp theo:", "trả lời 2 góp ý và chọn người phụ trách hoạt động 6.3.", "Đủ ba việc này thì trình lãnh đạo duyệt được."}),
			ButtonLink("#hd-4-2", "Đến góp ý thứ nhất", "", true)),
		around(Note("device-floppy"), text(`<p>Biểu mẫu gửi lúc 17:52 ngày 25/11/2022 được giữ nguyên: <b>tiến độ hoạt động 4.3</b>.</p><div class="dv-actions"><a class="btn" href="#mo">Mở lại</a></div>`)),
		Strip("Bảy nhiệm vụ", false, strip...),
		text(`<div class="dv-cols dv-cols-side"><div><section class="dv-sec" id="nv1" aria-labelledby="h1">`),
		around(SectionHead(SectionOf{4, "h1", taskTitles[3], "3/5 hoàn thành", "Thực hiện có hiệu quả công tác tiếp dân, đối thoại trực tiếp với Nhân dân."}), Add("#them", "Thêm", "hoạt động vào nhiệm vụ 4")),
		table, Status(Soon, "Còn 12 ngày"), text(`</td></tr><tr class="dv-remark-row"><td colspan="4">`),
		Remark(RemarkOf{ID: "gy-1", Lead: "Góp ý.", Remark: said, Link: Link{"Trả lời, sửa", "#tl"}}),
		Remark(RemarkOf{Lead: "Góp ý 2.", Remark: said, Answer: Said{"Đã bổ sung.", "Lê Thị Thanh Trúc, 26/11/2022"}, Resolved: true}),
		text(`</td></tr></tbody></table></section></div><aside class="dv-side" aria-label="Thông tin kế hoạch"><section aria-labelledby="s1">`),
		SideHeading("s1", "Trước khi trình duyệt", "còn 2 việc", true),
		Gaps([]Item{{"message-circle", "4.2. Ghi rõ thành phần, sản phẩm", "#a", "Góp ý chưa trả lời"}, {Text: "6.3. Chưa có người phụ trách", Path: "#b"}}),
		text(`</section><section aria-labelledby="s2">`), SideHeading("s2", "Văn bản", "", false),
		Facts([]Fact{{Term: "Kế hoạch", Text: "15/KH-STP ngày 18/03/2022"}, {Term: "Trống"}, {Term: "Bản ký", Body: text(`<a href="#tep">KH-15-STP.pdf</a>`)}}),
		text(`</section><section aria-labelledby="s3">`), SideHeading("s3", "Diễn biến", "", false),
		Timeline([]Event{{Icon: "st-returned", At: "25/11/2022 14:20", ISO: "2022-11-25T14:20", Text: "Sở Nội vụ trả lại lần gửi 3, 2 góp ý.", Open: true}, {Icon: "send", At: "21/11/2022 16:05", Body: text(`Trần Quốc Khải duyệt, gửi <a href="#l3">lần 3</a>`)}}),
		text(`</section><section aria-labelledby="s4">`), SideHeading("s4", "Tệp", "", false),
		References([]Item{{"paperclip", "Bien-ban-doi-thoai.pdf", "#tep", "1,2 MB, 16/06/2022"}}),
		Legend(Segment{Fill: Done, Label: "hoàn thành"}, Segment{Fill: Overdue, Label: "quá hạn"}),
		text(`</section></aside></div>`),
	)
	return galleryPage{galleryFrame(), Page{PrintNote: "Sở Tư pháp, kế hoạch đang sửa đổi", Head: Head{
		Title: "Kế hoạch năm 2022 của Sở Tư pháp", Crumbs: []Link{{"Năm 2022", "/"}, {"Kế hoạch", "/ke-hoach/2022"}, {Label: "Sở Tư pháp"}},
		Meta:    join(Status(Returned, "Trả lại"), text(`<span>Sở Nội vụ trả lại lần gửi 3 ngày 25/11/2022. Lần gửi 2 đang có hiệu lực.</span>`)),
		Actions: join(ButtonLink("#ss", "So với lần 2", "", false), ButtonLink("#w", "Tải Word", "download", false), PrintButton("In")),
	}}, body}
}

func formPage() galleryPage {
	f := form.New(map[string]string{
		"ten": "Phối hợp vận động đương sự\ntự nguyện thi hành án", "han": "31/11/2022", "phan-dau": "10 vụ", "minh-chung": "co", "dong-y": "1", "nhiem-vu": "6",
	}).Put("don-vi", "2", "13").At(7).AtSubmission(3)
	f.Fail("nguoi", "Chọn người phụ trách đang công tác tại Sở")
	f.Fail("han", "Ngày 31/11/2022 không có trong lịch")
	f.Fail("phan-dau", "Chỉ ghi số, ví dụ 10")
	f.Fail("minh-chung", "Chọn một câu trả lời")
	f.Fail("tep", "Chọn tệp PDF, tối đa 20 MB")
	f.Fail("", "Biểu mẫu này vừa được mở lại sau khi phiên làm việc hết hạn")
	var departments, districts []Option
	for i, name := range []string{"Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng"} {
		departments = append(departments, Option{Value: string(rune('1' + i)), Label: name})
	}
	for _, name := range []string{"UBND huyện Vị Thủy", "UBND thị xã Long Mỹ"} {
		districts = append(districts, Option{Value: "1" + string(rune('0'+len(districts))), Label: name})
	}
	districts = append(districts, Option{Value: "13", Label: "UBND thành phố Ngã Bảy", Hint: "Địa bàn thí điểm"})
	fields := join(
		Select(f, Field{Name: "nhiem-vu", Label: "Nhiệm vụ"}, []Option{{"5", "5. Phối hợp với Mặt trận và các đoàn thể", ""}, {"6", "6. Phối hợp của cơ quan tư pháp và lực lượng vũ trang", ""}}),
		TextArea(f, Field{Name: "ten", Label: "Tên hoạt động", Hint: "Viết như trong kế hoạch: làm gì, với ai."}),
		Select(f, Field{Name: "nguoi", Label: "Người phụ trách", Hint: "Ông Danh Hoàng Sơn đã chuyển công tác từ 24/11/2022.", Width: "md"}, []Option{{Label: "Chọn…"}, {Value: "1", Label: "Lê Thị Thanh Trúc"}}),
		TextField(f, Field{Name: "phong", Label: "Phòng chủ trì", Optional: true, Width: "md"}),
		Checkboxes(f, Field{Name: "don-vi", Label: "Đơn vị phối hợp", Optional: true, Hint: "Chọn những đơn vị được nêu trong kế hoạch."},
			[]Group{{"Sở, ban, ngành", departments}, {"UBND cấp huyện", districts}, {"Mặt trận, đoàn thể", []Option{{Value: "30", Label: "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"}}}}),
		Checkboxes(f, Field{Name: "dau", Label: "Đánh dấu", Optional: true}, []Group{{Options: []Option{{Value: "so-ket", Label: "Sơ kết, tổng kết"}, {Value: "kiem-tra", Label: "Kiểm tra, tự kiểm tra"}}}}),
		text(`<div class="dv-pair">`), DateField(f, Field{Name: "bat-dau", Label: "Bắt đầu", Hint: "Ngày/tháng/năm"}),
		DateField(f, Field{Name: "han", Label: "Hạn hoàn thành", Hint: "Ví dụ: 30/11/2022. Trong năm 2022."}), text(`</div>`),
		around(Fieldset(f, Field{Name: "chi-tieu", Label: "Chỉ tiêu", Optional: true, Hint: "Số ghi kiểu Việt Nam: 1.234,5."}), text(`<div class="dv-pair">`),
			TextField(f, Field{Name: "dvt", Label: "Đơn vị tính", Width: "date"}), NumberField(f, Field{Name: "dau-ky", Label: "Số đầu kỳ"}), NumberField(f, Field{Name: "phan-dau", Label: "Số phấn đấu"}), text(`</div>`)),
		Radios(f, Field{Name: "minh-chung", Label: "Minh chứng khi hoàn thành"}, []Option{{"co", "Bắt buộc có tệp (báo cáo, biên bản, ảnh)", ""}, {"khong", "Không bắt buộc", "Vẫn thêm được tệp bất cứ lúc nào."}}),
		Checkbox(f, Field{Name: "dong-y", Label: "Tôi đã đọc lần gửi 2 (09:12 ngày 26/11/2022)"}),
		FileField(f, Field{Name: "tep", Label: "Thêm tệp", Hint: "PDF, DOCX, XLSX, JPEG hoặc PNG, tối đa 20 MB.", Accept: ".pdf,.docx"}),
		around(SaveBar("08:42", Button{Label: "Lưu, về kế hoạch"}, Button{Label: "Lưu, thêm hoạt động khác", Name: "tiep", Value: "them"}), text(`<a href="#dung">Dừng thực hiện…</a>`)),
	)
	body := join(text(`<div class="dv-cols dv-cols-form"><div>`), ErrorSummary(f), around(Form(f, FormOf{Action: "/x", Class: "dv-form", Autosave: true, Multipart: true}), fields),
		text(`</div><aside class="dv-side" aria-label="Để đối chiếu"><section aria-labelledby="s1">`), SideHeading("s1", "Nhiệm vụ trong Kế hoạch số 32", "", false), text(`<p>Công tác phối hợp giữa cơ quan tư pháp và lực lượng vũ trang.</p></section></aside></div>`))
	return galleryPage{galleryFrame(), Page{Errors: true, Head: Head{Title: "Sửa hoạt động 6.3", Crumbs: []Link{{"Năm 2022", "/"}, {Label: "Hoạt động 6.3"}},
		Meta: join(Status(Returned, "Trả lại"), text(`<span>Bản đang soạn: chỉ người của Sở Tư pháp thấy cho đến khi gửi.</span>`))}}, body}
}

func lockPage() galleryPage {
	refusal := fault.Refusal{Reason: "Sở Nội vụ đã tiếp nhận; số liệu nằm trong báo cáo tổng hợp 6 tháng của tỉnh.", By: "Huỳnh Thị Cẩm Tú, Sở Nội vụ",
		Since: noon, Until: "Đến khi Sở Nội vụ mở lại theo đề nghị của lãnh đạo Sở Tư pháp"}
	f := form.New(nil)
	body := around(Lock(LockedBy("Báo cáo đã khóa, không sửa được nữa", refusal)),
		text(`<h3>Nếu phải sửa chính báo cáo này</h3>`), around(Form(f, FormOf{Action: "/x", Class: "dv-form"}),
			TextArea(f, Field{Name: "reason", Label: "Lý do đề nghị mở lại", Hint: "Nêu mục cần sửa, số cũ, số mới."}), Submit(true, Button{Label: "Gửi đề nghị mở lại"})))
	second := Lock(Locked{Title: "Kỳ báo cáo chưa mở", Reason: "Kỳ báo cáo năm mở từ 15/11/2022."})
	body = join(body, text(`<div lang="vi">`), templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var b strings.Builder
		if err := second.Render(ctx, &b); err != nil {
			return err
		}
		_, err := io.WriteString(w, strings.ReplaceAll(b.String(), `"khoa"`, `"khoa-2"`)) // one page has one lock
		return err
	}), text(`</div>`))
	return galleryPage{galleryFrame(), Page{Head: Head{Title: "Báo cáo 6 tháng đầu năm 2022 của Sở Tư pháp", Crumbs: []Link{{"Năm 2022", "/"}, {Label: "Sở Tư pháp"}}, Meta: Status(Accepted, "Đã tiếp nhận")}}, body}
}

func gatePage() galleryPage {
	f := form.New(nil)
	body := join(text(`<div class="dv-gate-in"><div>`), Mark(), text(`<h1>Cổng công tác dân vận chính quyền</h1><p class="dv-gate-sub">Tỉnh Hậu Giang</p></div><div>`),
		around(Form(f, FormOf{Action: "/dang-nhap", Class: "dv-gate-form"}), text(`<h2>Đăng nhập</h2>`),
			TextField(f, Field{Name: "username", Label: "Tên đăng nhập", Hint: "Ví dụ: stp.chuyenvien", Autocomplete: "username"}),
			TextField(f, Field{Name: "password", Label: "Mật khẩu", Type: "password", Autocomplete: "current-password"}), Submit(true, Button{Label: "Đăng nhập"})),
		around(Note("info-circle"), text(`<p><b>Dữ liệu minh họa.</b> Mật khẩu chung ghi tại đây.</p>`)), text(`</div></div>`))
	return galleryPage{Frame{Province: "Tỉnh Hậu Giang"}, Page{Title: "Đăng nhập", Gate: true}, body}
}

// policy is as strict as the one the portal is served with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// galleryServer shows each page at /name, dark at /name?dark.
func galleryServer(t *testing.T) *httptest.Server {
	pages := gallery()
	mux := http.NewServeMux()
	mux.HandleFunc(static.Prefix, static.Handler)
	mux.HandleFunc("/{name}", func(w http.ResponseWriter, r *http.Request) {
		shown, ok := pages[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		shown.frame.Theme = "light"
		if r.URL.RawQuery == "dark" {
			shown.frame.Theme = "dark"
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		if err := Document(shown.frame, shown.page, shown.body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}
