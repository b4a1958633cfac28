package demo

import (
	"slices"

	"danvan/internal/demo/content"
)

// Account is somebody the demonstration can be tried as.
type Account struct {
	Username string
	Name     string
	What     string // who it is and what to look at
}

// invitations are the accounts worth naming, in the order in which a plan
// or report travels.
var invitations = []Account{
	{Username: "stp.chuyenvien", What: "chuyên viên Sở Tư pháp – viết tiếp báo cáo năm, sửa kế hoạch bị trả lại, ghi tiến độ"},
	{Username: "stp.lanhdao", What: "lãnh đạo Sở Tư pháp – giao lại việc của người đã chuyển công tác"},
	{Username: "vphdnd.lanhdao", What: "lãnh đạo Văn phòng Đoàn ĐBQH và HĐND tỉnh – duyệt, gửi kế hoạch đang chờ"},
	{Username: "skhcn.chuyenvien", What: "chuyên viên Sở Khoa học và Công nghệ – soạn kế hoạch, báo cáo từ đầu"},
	{Username: "h-chau-thanh.chuyenvien", What: "chuyên viên UBND huyện Châu Thành – sửa báo cáo năm bị trả lại, trả lời góp ý"},
	{Username: "sxd.lanhdao", What: "lãnh đạo Sở Xây dựng – duyệt, gửi báo cáo năm đang chờ"},
	{Username: "bdt.chuyenvien", What: "chuyên viên Ban Dân tộc – đơn vị được gửi trực tiếp; thu hồi kế hoạch, báo cáo vừa gửi"},
	{Username: "h-vi-thuy.chuyenvien", What: "chuyên viên UBND huyện Vị Thủy – đang soạn sửa đổi, bổ sung"},
	{Username: "h-vi-thuy.thamdinh", What: "người rà soát của UBND huyện Vị Thủy – kế hoạch, báo cáo của hai xã, thị trấn gửi về huyện"},
	{Username: "xa-vi-thang-h-vi-thuy.chuyenvien", What: "công chức UBND xã Vị Thắng – soạn kế hoạch, báo cáo gửi huyện"},
	{Username: "snv.thamdinh", What: "chuyên viên Sở Nội vụ – rà soát, góp ý, trả lại, tiếp nhận"},
	{Username: "snv.thamdinh2", What: "chuyên viên Sở Nội vụ – rà soát thay cho người đã tham gia soạn"},
	{Username: "snv.tonghop", What: "chuyên viên tổng hợp Sở Nội vụ – theo dõi 28 đơn vị, đóng kỳ, gia hạn"},
	{Username: "ubnd.lanhdao", What: "lãnh đạo UBND tỉnh – đơn vị nào chậm, chậm việc gì"},
	{Username: "bdv.theodoi", What: "Ban Dân vận Tỉnh ủy – theo dõi toàn tỉnh"},
	{Username: "mttq.phoihop", What: "Ủy ban MTTQVN tỉnh – hoạt động mời Mặt trận phối hợp"},
	{Username: "quantri", What: "quản trị – đơn vị, người dùng, năm kế hoạch"},
}

// Accounts returns the accounts worth naming on the sign-in page and at the
// start. Every other unit has its .chuyenvien and .lanhdao as well.
func Accounts() []Account {
	c, err := content.All()
	if err != nil {
		panic(err) // the tables are part of the program
	}
	accounts := slices.Clone(invitations)
	for i, a := range accounts {
		for _, p := range c.People {
			if p.Username == a.Username {
				accounts[i].Name = p.Name
			}
		}
	}
	return accounts
}
