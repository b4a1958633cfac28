package web_test

import "maps"

func init() {
	maps.Copy(looks, reportStepLooks)
	pageless["/bao-cao/{year}/{period}/{unit}/lan-gui/{no}/ban-ky/{id}"] = "a file to keep"
}

// reportStepLooks are the steps of reports, and the desk on which they are read.
var reportStepLooks = map[string][]look{
	"/bao-cao/{year}/{period}/{unit}/lan-gui/{no}/ban-ky": {{"skhdt.lanhdao", "/bao-cao/2022/nam/skhdt/lan-gui/1/ban-ky"}},
	"/bao-cao/{year}/{period}/{unit}/gop-y/{id}":          {{"stc.chuyenvien", "/bao-cao/2022/nam/stc/gop-y/{report remark}"}},
	"/bao-cao/{year}/{period}/{unit}/giai-thich/{code}":   {{"stp.chuyenvien", "/bao-cao/2022/nam/stp/giai-thich/year:T2.08"}},
	"/bao-cao/{year}/{period}/{unit}/trinh":               {{"stttt.chuyenvien", "/bao-cao/2022/nam/stttt/trinh"}},
	"/bao-cao/{year}/{period}/{unit}/rut-lai":             {{"sxd.chuyenvien", "/bao-cao/2022/nam/sxd/rut-lai"}},
	"/bao-cao/{year}/{period}/{unit}/chuyen-lai":          {{"sxd.lanhdao", "/bao-cao/2022/nam/sxd/chuyen-lai"}},
	"/bao-cao/{year}/{period}/{unit}/duyet":               {{"tp-nga-bay.lanhdao", "/bao-cao/2022/nam/tp-nga-bay/duyet"}},
	"/bao-cao/{year}/{period}/{unit}/gui":                 {{"stttt.lanhdao", "/bao-cao/2022/nam/stttt/gui"}},
	"/bao-cao/{year}/{period}/{unit}/thu-hoi":             {{"bdt.chuyenvien", "/bao-cao/2022/nam/bdt/thu-hoi"}},
	"/bao-cao/{year}/{period}/{unit}/de-nghi-mo-lai":      {{"vpubnd.lanhdao", "/bao-cao/2022/nam/vpubnd/de-nghi-mo-lai"}},
	"/bao-cao/{year}/{period}/{unit}/sua-doi":             {{"skhdt.chuyenvien", "/bao-cao/2022/nam/skhdt/sua-doi"}},
	"/bao-cao/{year}/{period}/{unit}/bo-sua-doi":          {{"stttt.lanhdao", "/bao-cao/2022/nam/stttt/bo-sua-doi"}},

	// One that came back with changes, and one that comes for the first time.
	"/tham-dinh/bao-cao/{year}/{period}/{unit}": {{"snv.thamdinh", "/tham-dinh/bao-cao/2022/nam/h-vi-thuy"}, {"snv.thamdinh", "/tham-dinh/bao-cao/2022/nam/stnmt"}},

	"/tham-dinh/bao-cao/{year}/{period}/{unit}/mo-lai":         {{"snv.thamdinh", "/tham-dinh/bao-cao/2022/nam/skhdt/mo-lai"}},
	"/tham-dinh/bao-cao/{year}/{period}/{unit}/tu-choi-mo-lai": {{"snv.thamdinh", "/tham-dinh/bao-cao/2022/nam/skhdt/tu-choi-mo-lai"}},
	"/tham-dinh/bao-cao/{year}/{period}/{unit}/rut-hieu-luc":   {{"snv.tonghop", "/tham-dinh/bao-cao/2022/nam/skhdt/rut-hieu-luc"}},
}
