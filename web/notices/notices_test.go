package notices

import "testing"

func TestANoticeLeadsToWhatItIsAbout(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		"plan/2022/ke-hoach/stp":         "/ke-hoach/2022/stp",
		"report/2022/6-thang/stp":        "/bao-cao/2022/6-thang/stp",
		"report/2022/nam/h-vi-thuy":      "/bao-cao/2022/nam/h-vi-thuy",
		"evaluation/2022/tu-danh-gia/a":  "", // no page yet
		"period/2022/nam":                "/bao-cao/2022/nam/thoi-han",
		"period/2022/ke-hoach":           "/ke-hoach/2022/thoi-han",
		"proposal/2022/6-thang/stp/2":    "/kien-nghi/2022/6-thang/stp/2",
		"proposal/2022/6-thang/stp/hai":  "",
		"direction/2022/3":               "/y-kien/2022/3",
		"direction/2022/ba":              "",
		"report/hai-nghin/nam/h-vi-thuy": "",
		"report/2022/nam":                "",
		"":                               "",
	} {
		if got := address(subject); got != want {
			t.Errorf("%q leads to %q, want %q", subject, got, want)
		}
	}
}
