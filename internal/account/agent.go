package account

import "strings"

// named pairs what stands in the name of a browser with what people call it.
type named struct{ mark, word string }

// The first mark found decides: newer browsers name the older ones they imitate.
var (
	browsers = []named{
		{"Zalo", "Zalo"},
		{"coc_coc_browser", "Cốc Cốc"},
		{"Edg", "Edge"}, // Edg/, EdgA/, EdgiOS/
		{"OPR/", "Opera"},
		{"SamsungBrowser", "Samsung Internet"},
		{"FxiOS", "Firefox"},
		{"Firefox/", "Firefox"},
		{"CriOS", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
		{"curl/", "curl"},
	}
	systems = []named{
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Android", "Android"},
		{"Windows", "Windows"},
		{"CrOS", "ChromeOS"},
		{"Macintosh", "macOS"},
		{"Linux", "Linux"},
	}
)

// Device says in a few words where a session runs: "Chrome trên Windows".
func (s Session) Device() string {
	browser, system := find(browsers, s.Agent), find(systems, s.Agent)
	switch {
	case browser == "" && system == "":
		return "Thiết bị không rõ"
	case browser == "":
		return "Trình duyệt không rõ trên " + system
	case system == "":
		return browser
	}
	return browser + " trên " + system
}

func find(among []named, agent string) string {
	for _, n := range among {
		if strings.Contains(agent, n.mark) {
			return n.word
		}
	}
	return ""
}
