package web_test

import "maps"

func init() {
	maps.Copy(looks, reportLooks)
	pageless["/bao-cao/{year}"] = "leads on to the period that matters now"
	pageless["/bao-cao/{year}/{period}/{unit}/minh-chung/{id}"] = "a file to keep"
}

// reportLooks are the pages on which a report is read and filled in. The report of
// Sở Thông tin và Truyền thông is being amended and has something of everything.
var reportLooks = map[string][]look{
	"/bao-cao/{year}/{period}": {{"snv.tonghop", "/bao-cao/2022/nam"}, {"stp.chuyenvien", "/bao-cao/2022/6-thang"}},
	"/bao-cao/{year}/{period}/{unit}": {{"stp.chuyenvien", "/bao-cao/2022/nam/stp"}, {"stc.chuyenvien", "/bao-cao/2022/nam/stc"},
		{"ubnd.lanhdao", "/bao-cao/2022/nam/vpubnd"}, {"h-vi-thuy.chuyenvien", "/bao-cao/2022/nam/h-vi-thuy"}, {"quantri", "/bao-cao/2022/nam/stp"}},
	"/bao-cao/{year}/{period}/{unit}/lich-su":      {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/lich-su"}},
	"/bao-cao/{year}/{period}/{unit}/lan-gui/{no}": {{"h-vi-thuy.chuyenvien", "/bao-cao/2022/nam/h-vi-thuy/lan-gui/2"}},
	"/bao-cao/{year}/{period}/{unit}/kiem-tra":     {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/kiem-tra"}},
	"/bao-cao/{year}/{period}/{unit}/nhiem-vu/{task}": {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/nhiem-vu/4"},
		{"h-chau-thanh.chuyenvien", "/bao-cao/2022/nam/h-chau-thanh/nhiem-vu/2"}, {"stc.lanhdao", "/bao-cao/2022/nam/stc/nhiem-vu/0"},
		{"sgtvt.chuyenvien", "/bao-cao/2022/nam/sgtvt/nhiem-vu/4?chep=so-lieu"}},
	"/bao-cao/{year}/{period}/{unit}/danh-gia-chung":        {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/danh-gia-chung"}},
	"/bao-cao/{year}/{period}/{unit}/phuong-huong":          {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/phuong-huong"}},
	"/bao-cao/{year}/{period}/{unit}/van-ban":               {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/van-ban"}},
	"/bao-cao/{year}/{period}/{unit}/kien-nghi":             {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/kien-nghi"}},
	"/bao-cao/{year}/{period}/{unit}/kien-nghi/moi":         {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/kien-nghi/moi"}},
	"/bao-cao/{year}/{period}/{unit}/kien-nghi/{no}":        {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/kien-nghi/1"}},
	"/bao-cao/{year}/{period}/{unit}/kien-nghi/{no}/xoa":    {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/kien-nghi/1/xoa"}},
	"/bao-cao/{year}/{period}/{unit}/dan-van-kheo":          {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/dan-van-kheo"}},
	"/bao-cao/{year}/{period}/{unit}/dan-van-kheo/moi":      {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/dan-van-kheo/moi"}},
	"/bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}":     {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/dan-van-kheo/1"}},
	"/bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}/xoa": {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/dan-van-kheo/1/xoa"}},
	"/bao-cao/{year}/{period}/{unit}/minh-chung":            {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/minh-chung?ve=task%2F2"}},
	"/bao-cao/{year}/{period}/{unit}/minh-chung/{id}/bo":    {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/minh-chung/{evidence}/bo"}},
	"/bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc":     {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/so-lieu-nam-truoc"}, {"quantri", "/bao-cao/2022/nam/stttt/so-lieu-nam-truoc"}},
}
