package overviews

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// sampleUnits is a province late in the year. The cells tell each activity of a
// task by its status: d done, l done late, g going on, i not begun, s due soon, o
// overdue; "-" is out of scope. Without a plan in force: its state and sentence.
var sampleUnits = []struct {
	short, full string
	amending    bool
	cells       string
	updated     string
}{
	{"VP ĐĐBQH&HĐND", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", false, "!awaiting|Kế hoạch chờ lãnh đạo duyệt", ""},
	{"VP UBND tỉnh", "Văn phòng UBND tỉnh", false, "dddd ddddd ddddd ddddd dd d ddd", "25/11"},
	{"Nội vụ", "Sở Nội vụ", false, "ddd sdddd ddd ddd ddd d gddd", "13/11"},
	{"Tư pháp", "Sở Tư pháp", true, "sddd ogldd gddd sgddd ldd gd sdd", "25/11"},
	{"KH&ĐT", "Sở Kế hoạch và Đầu tư", false, "sddd sddddd ddddd dddd gddd - gl", "15/11"},
	{"Tài chính", "Sở Tài chính", false, "sddd gddddd sdd sdddd sddd - dd", "20/11"},
	{"Công Thương", "Sở Công Thương", false, "!draft|Kế hoạch còn là bản nháp", ""},
	{"NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn", false, "!submitted|Kế hoạch đã gửi, chờ tiếp nhận", ""},
	{"GTVT", "Sở Giao thông vận tải", false, "ld ossddd dddd oldddd gdd - sd", "12/09"},
	{"Xây dựng", "Sở Xây dựng", false, "sd dddd ddddd ddd sd - ogd", "25/11"},
	{"TN&MT", "Sở Tài nguyên và Môi trường", false, "sd osddd ddddd osdddd ddd sdd gld", "24/11"},
	{"TT&TT", "Sở Thông tin và Truyền thông", false, "sddd dddddd ddd gdddd dddd - dd", "25/11"},
	{"LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội", false, "sl gdddd ogdddd gddd sd iid ssld", "26/11"},
	{"VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch", false, "ddd sddd dddd ddddd gdd dd gddd", "27/11"},
	{"KH&CN", "Sở Khoa học và Công nghệ", false, "!none|Chưa soạn kế hoạch", ""},
	{"GD&ĐT", "Sở Giáo dục và Đào tạo", true, "dddd ssdddd dddd dddd gdd dd gdd", "15/11"},
	{"Y tế", "Sở Y tế", false, "dddd oddddd ddd dddd dd s dddd", "12/11"},
	{"Thanh tra", "Thanh tra tỉnh", false, "gdd dddddd ddd igddd dddd d ig", "21/11"},
	{"Dân tộc", "Ban Dân tộc tỉnh", false, "!submitted|Kế hoạch đã gửi, chờ tiếp nhận", ""},
	{"BQL các KCN", "Ban Quản lý các khu công nghiệp tỉnh", false, "!returned|Kế hoạch bị trả lại từ 20/04, chưa gửi lại", ""},
	{"TP. Vị Thanh", "UBND thành phố Vị Thanh", false, "ddd dddddd sddddd dddd lddd dddd ddd", "15/11"},
	{"TP. Ngã Bảy", "UBND thành phố Ngã Bảy", true, "gdd odddddd ddddd ssdddd sdddd ddd sdddd", "15/11"},
	{"H. Châu Thành A", "UBND huyện Châu Thành A", false, "sld ddddd ddddd ssld ddddd gd ddd", "22/11"},
	{"H. Châu Thành", "UBND huyện Châu Thành", false, "sdddd sdddd dddddd ogddd dddd ddd ddddd", "26/11"},
	{"H. Phụng Hiệp", "UBND huyện Phụng Hiệp", false, "dddd gdddddd sddd odddddd sldd dd osdd", "19/11"},
	{"H. Vị Thủy", "UBND huyện Vị Thủy", true, "ddddd dddddd dddd ldddd ddd sdd gdd", "18/11"},
	{"H. Long Mỹ", "UBND huyện Long Mỹ", false, "ssddd dddddd sdddd dddddd gldd id gdd", "11/11"},
	{"TX. Long Mỹ", "UBND thị xã Long Mỹ", false, "sld gdddd sddd dddddd oddd dd slddd", "21/09"},
}

var sampleTasks = []column{
	{1, "Lãnh đạo công tác dân vận chính quyền"}, {2, "Quản lý nhà nước, cải cách hành chính, kỷ cương"},
	{3, "Chính sách và quy chế dân chủ ở cơ sở"}, {4, "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân"},
	{5, "Phối hợp với Mặt trận và các đoàn thể"}, {6, "Phối hợp của cơ quan tư pháp và lực lượng vũ trang"},
	{7, "Kiểm tra, thanh tra công vụ, giám sát"},
}

const sampleYear = 2022

var sampleNow = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

// sampleCell reads "sddd".
func sampleCell(no int, letters, path string) cell {
	c := cell{No: no, Path: path}
	if letters == "-" {
		c.Out, c.Why = "KTPV", "Không thuộc phạm vi"
		return c
	}
	c.Tally = progress.Tally{Done: strings.Count(letters, "d"), DoneLate: strings.Count(letters, "l"), InProgress: strings.Count(letters, "g"),
		NotStarted: strings.Count(letters, "i"), Behind: strings.Count(letters, "i"), DueSoon: strings.Count(letters, "s"), Overdue: strings.Count(letters, "o")}
	return c
}

func sampleRow(i int) row {
	u := sampleUnits[i]
	slug := fmt.Sprintf("don-vi-%d", i+1)
	r := row{front: front{Short: u.short, Full: u.full, Path: paths.Plan(sampleYear, slug), Amending: u.amending}}
	if state, sentence, missing := strings.Cut(strings.TrimPrefix(u.cells, "!"), "|"); missing {
		r.Missing, r.State, r.Owing = sentence, ui.Kind(state), state == "none" || state == "returned"
		if state == "none" {
			r.State = ui.NotBegun
		}
		return r
	}
	for j, letters := range strings.Fields(u.cells) {
		c := sampleCell(j+1, letters, paths.OverviewActivities(sampleYear)+fmt.Sprintf("?don-vi=%s&nhiem-vu=%d", slug, j+1))
		r.Cells = append(r.Cells, c)
		r.Sum.Tally = r.Sum.Tally.Plus(c.Tally)
	}
	r.Sum.Path = paths.OverviewActivities(sampleYear) + "?don-vi=" + slug + "&nhiem-vu=1-7"
	day, month := 0, 0
	fmt.Sscanf(u.updated, "%d/%d", &day, &month)
	r.Updated = viet.NewDate(sampleYear, time.Month(month), day)
	r.Old = r.Updated.DaysUntil(viet.DateOf(sampleNow)) > 60
	return r
}

func sampleBank(id, title string, from, to int) bank {
	b := bank{ID: id, Title: title, Columns: sampleTasks}
	for i := from; i < to; i++ {
		b.Rows = append(b.Rows, sampleRow(i))
	}
	b.addUp(func(task string) string {
		return at(paths.OverviewActivities(sampleYear), kindParam, id, taskParam, task)
	}, "1-7")
	return b
}

// sampleTask is where the activities of a task stand.
func sampleTask(no int) func(status string) string {
	return func(status string) string {
		return at(paths.OverviewActivities(sampleYear), taskParam, strconv.Itoa(no), statusParam, status)
	}
}

func sampleProvince() province {
	departments, districts := sampleBank("so-ban-nganh", "Sở, ban, ngành", 0, 20), sampleBank("cap-huyen", "UBND cấp huyện", 20, 28)
	activities := paths.OverviewActivities(sampleYear)
	p := province{Year: sampleYear, Place: "Tổng quan toàn tỉnh", Whole: "toàn tỉnh", Finding: []finding{
		{Link: ui.Link{Label: "25/28 đơn vị đã gửi kế hoạch", Path: paths.Plans(sampleYear) + "?trang-thai=da-nhan"}, After: ","},
		{Link: ui.Link{Label: "10 đơn vị có việc quá hạn", Path: paths.Plans(sampleYear) + "?viec-qua-han=1"}}},
		Deadline: "trước ngày 01/04/2022", Rest: ", quá 242 ngày", Clock: "08:42", Banks: []bank{departments, districts},
		Common:    cell{Tally: progress.Tally{Done: 20, DueSoon: 6}, Path: activities + "?nhiem-vu=0"},
		Projector: paths.Overview(sampleYear) + "?trinh-chieu=1", Screen: paths.Overview(sampleYear), Periods: []ui.Tab{
			{Label: "Báo cáo 6 tháng", Path: paths.PeriodOverview(sampleYear, "6-thang")}, {Label: "Báo cáo năm", Path: paths.PeriodOverview(sampleYear, "nam")}}}
	for _, m := range []struct {
		label string
		n     int
	}{{"Phải gửi", 28}, {"Đã nhận", 25}, {"Nhận đúng hạn", 23}, {"Đã tiếp nhận", 22}, {"Tiếp nhận đúng hạn", 20}} {
		measure := ui.Measure{Label: m.label, Value: m.n, Of: 28, Path: paths.Plans(sampleYear) + "?trang-thai=da-nhan"}
		if m.label == "Phải gửi" {
			measure.Of = 0
		}
		p.Measures = append(p.Measures, measure)
	}
	for i, c := range sampleTasks {
		sum := departments.Sums[i].Tally.Plus(districts.Sums[i].Tally)
		p.Strip = append(p.Strip, stripItem(c, sum, sampleTask(c.No)))
	}
	for _, l := range []struct {
		unit  string
		task  int
		title string
		days  int
	}{
		{"TX. Long Mỹ", 5, "Ký kết chương trình phối hợp với Ủy ban MTTQVN thị xã", 151}, {"GTVT", 4, "Đối thoại với các hộ dân trong vùng dự án đường tỉnh", 59},
		{"H. Phụng Hiệp", 4, "Đối thoại giữa Chủ tịch UBND huyện với Nhân dân, lần thứ hai", 44}, {"GTVT", 2, "Rút ngắn thời gian cấp đổi giấy phép lái xe", 28},
		{"TN&MT", 4, "Giải quyết dứt điểm đơn khiếu nại đất đai còn tồn", 28}, {"H. Phụng Hiệp", 7, "Kiểm tra việc thực hiện quy chế dân chủ tại 05 xã", 28},
		{"Y tế", 2, "Khảo sát sự hài lòng của người bệnh quý III", 28}, {"LĐ-TB&XH", 3, "Lấy ý kiến Nhân dân về danh sách hỗ trợ nhà ở", 18},
		{"Tư pháp", 2, "Khảo sát mức độ hài lòng tại Bộ phận Một cửa", 13},
	} {
		p.Late = append(p.Late, late{Unit: l.unit, Plan: paths.Plan(sampleYear, "stp"), Task: l.task, Title: l.title, Path: paths.Activity(sampleYear, "stp", "2.1"), Days: l.days})
	}
	p.LateAll, p.LatePath = 13, activities+"?tinh-trang=qua-han"
	p.Curve = curve{What: "kế hoạch", Opens: viet.NewDate(2022, 2, 28), Due: viet.NewDate(2022, 4, 1), Today: viet.DateOf(sampleNow), Expected: 28}
	for _, s := range []struct{ month, day, n int }{{3, 7, 1}, {3, 11, 2}, {3, 15, 1}, {3, 18, 4}, {3, 21, 3}, {3, 24, 2}, {3, 28, 4}, {3, 30, 3}, {3, 31, 3}, {4, 4, 1}, {4, 8, 1}} {
		p.Curve.Sendings = append(p.Curve.Sendings, sending{viet.NewDate(2022, time.Month(s.month), s.day), s.n})
	}
	for _, m := range [][3]int{{3, 36, 35}, {4, 52, 49}, {5, 49, 50}, {6, 66, 61}, {7, 43, 42}, {8, 47, 49}, {9, 68, 63}, {10, 74, 70}, {11, 80, 70}, {12, 70, 0}} {
		p.Months = append(p.Months, month{No: m[0], Due: m[1], Done: m[2], Ahead: m[0] > 11,
			DuePath: fmt.Sprintf("%s?thang=%d", activities, m[0]), DonePath: fmt.Sprintf("%s?xong=%d", activities, m[0])})
	}
	link := func(label string) ui.Link { return ui.Link{Label: label, Path: paths.Plan(sampleYear, "x")} }
	p.Missing, p.Owing = 3, []owing{
		{ui.NotBegun, "Chưa soạn", []ui.Link{link("Sở Khoa học và Công nghệ")}}, {ui.Draft, "Nháp", []ui.Link{link("Sở Công Thương")}},
		{ui.Awaiting, "Chờ lãnh đạo duyệt", []ui.Link{link("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh")}},
	}
	return p
}

// sampleOwn is what the people of one unit see.
func sampleOwn() province {
	whole := sampleProvince()
	p := whole
	b := bank{ID: "so-ban-nganh", Title: "Sở, ban, ngành", Columns: sampleTasks, Rows: []row{sampleRow(3)}}
	b.addUp(func(string) string { return "" }, "")
	p.Place = "Tổng quan của đơn vị"
	p.Own, p.Banks, p.Strip, p.Owing, p.Missing = true, []bank{b}, nil, nil, 0
	p.Finding = []finding{
		{"Sở Tư pháp: ", ui.Link{Label: "18/26 hoạt động hoàn thành", Path: "#f"}, ","}, {Link: ui.Link{Label: "1 việc quá hạn", Path: "#g"}}}
	p.Late, p.LateAll, p.Common = whole.Late[8:], 1, cell{Tally: progress.Tally{Done: 1, DueSoon: 1}, Path: whole.Common.Path}
	for i, c := range sampleTasks {
		p.Strip = append(p.Strip, stripItem(c, b.Sums[i].Tally, sampleTask(c.No)))
		p.Compared = append(p.Compared, compared{c, b.Sums[i].Tally, whole.Banks[0].Sums[i].Tally})
	}
	p.Measures = []ui.Measure{
		{Label: "Hoàn thành", Value: 18, Of: 26, Path: "#a", Note: "bình quân: 83,6%"}, {Label: "Quá hạn", Value: 1, Path: "#b", Note: "bình quân: 0,6"},
		{Label: "Sắp đến hạn", Value: 4, Path: "#c", Note: "bình quân: 2,1"}, {Label: "Đang thực hiện", Value: 2, Path: "#d", Note: "bình quân: 1,2"},
		{Label: "Chưa thực hiện", Value: 1, Path: "#e", Note: "bình quân: 0,3"},
	}
	return p
}

func samplePlans() plansView {
	sent := func(month time.Month, day int) *time.Time {
		at := time.Date(2022, month, day, 15, 0, 0, 0, viet.Location)
		return &at
	}
	due := viet.NewDate(2022, 4, 1).Start()
	u, err := url.Parse("/ke-hoach/2022?sap-xep=don-vi")
	if err != nil {
		panic(err)
	}
	return plansViewOf(overview.PlanList{
		Year: 2022, OpensOn: viet.NewDate(2022, 2, 28), Total: 45,
		Counts: overview.PlanCounts{All: 28, Amending: 4,
			States: map[overview.PlanState]int{overview.Accepted: 18, overview.Sent: 2, overview.Returned: 3, overview.Awaiting: 2, overview.Draft: 2, overview.NotBegun: 1},
			Groups: map[overview.PlanGroup]int{overview.Expected: 28, overview.Received: 25, overview.ReceivedOnTime: 23, overview.InForce: 22, overview.InForceOnTime: 20, overview.NotReceived: 3},
			Kinds:  map[unit.Kind]int{unit.Department: 20, unit.District: 8}},
		Rows: []overview.PlanRow{
			{Unit: "stp", Name: "Sở Tư pháp", State: overview.Returned, Amending: true, FirstSent: sent(3, 18), DueBefore: &due, Counted: true, Done: 18, Total: 26},
			{Unit: "snv", Name: "Sở Nội vụ", State: overview.Accepted, FirstSent: sent(3, 21), DueBefore: &due, Counted: true, Done: 20, Total: 22},
			{Unit: "skhcn", Name: "Sở Khoa học và Công nghệ", State: overview.NotBegun, DueBefore: &due},
			{Unit: "h-phung-hiep", Name: "Ủy ban nhân dân huyện Phụng Hiệp", State: overview.Accepted, FirstSent: sent(4, 4), DueBefore: &due, Counted: true, Done: 26, Total: 32},
			{Unit: "tp-nga-bay", Name: "Ủy ban nhân dân thành phố Ngã Bảy", State: overview.Awaiting, Amending: true, FirstSent: sent(3, 30), DueBefore: &due, Counted: true, Done: 28, Total: 34},
		}}, u, filterOf(u.Query()), sampleNow, true, true)
}

func sampleActivities() activitiesView {
	u, err := url.Parse("/tong-quan/2022/hoat-dong?don-vi=stp&nhiem-vu=2&thang=2022-11")
	if err != nil {
		panic(err)
	}
	v := activitiesView{URL: u, Now: sampleNow, Filter: activityFilterOf(u.Query()), ActivityList: overview.ActivityList{Total: 6,
		Scope: overview.Scope{Year: 2022, From: viet.NewDate(2022, 1, 1), Until: viet.NewDate(2023, 1, 1)}}}
	for _, c := range sampleTasks {
		v.Tasks = append(v.Tasks, overview.Task{No: c.No, Short: c.Short})
	}
	day := func(month time.Month, day int) viet.Date { return viet.NewDate(2022, month, day) }
	for i, a := range []overview.Activity{
		{Title: "Khảo sát mức độ hài lòng của người dân, tổ chức tại Bộ phận Một cửa", Due: day(11, 15), Status: progress.Overdue, AsOf: day(10, 31), Percent: "60"},
		{Title: "Rút ngắn thời gian giải quyết thủ tục hộ tịch", Due: day(12, 10), Status: progress.DueSoon, AsOf: day(11, 25), Value: "8", Target: "10", Measure: "thủ tục"},
		{Title: "Công khai thủ tục hành chính trên Cổng thông tin", Due: day(12, 31), Status: progress.InProgress, AsOf: day(11, 1), Percent: "45.5"},
		{Title: "Tập huấn cho công chức tư pháp – hộ tịch", Due: day(12, 31), Status: progress.NotStarted},
		{Title: "Đối thoại với các tổ chức hành nghề luật sư", Due: day(9, 30), Status: progress.DoneLate, DoneOn: day(10, 4)},
		{Title: "Ban hành kế hoạch cải cách hành chính", Due: day(4, 30), Status: progress.Done, DoneOn: day(4, 12)},
	} {
		a.Unit, a.Name, a.Short, a.Task, a.Code = "stp", "Sở Tư pháp", "Tư pháp", 2, fmt.Sprintf("2.%d", i+1)
		v.Rows = append(v.Rows, a)
	}
	return v
}

// sampleDistrict is a district's own view of its communes: one bank only.
func sampleDistrict() province {
	p := sampleProvince()
	b := sampleBank("cap-xa", "UBND cấp xã", 20, 28)
	p.Banks, p.Place, p.Common = []bank{b}, "Tổng quan các đơn vị gửi về H. Vị Thủy", cell{}
	p.Scopes = []ui.Tab{{Label: "Toàn tỉnh", Path: "#a"}, {Label: "H. Vị Thủy", Path: "#b", Current: true}, {Label: "TX. Long Mỹ", Path: "#c"}}
	return p
}
