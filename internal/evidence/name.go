package evidence

import (
	"path"
	"strings"
	"unicode/utf8"

	"danvan/internal/viet"
)

const (
	maxNameRunes = 120
	maxNameBytes = 240 // file systems stop at 255
	nameless     = "tep"
)

// CleanName makes a name from a sender safe to store, show and save under: no
// folders, nothing invisible or reserved on any system, composed (NFC), at most
// 120 characters with the extension kept. Cleaning twice changes nothing.
func CleanName(name string) string {
	for {
		// Cutting a name can leave an ending that was none before; every round
		// but the first only takes away.
		cleaned := cleanOnce(name)
		if cleaned == name {
			return name
		}
		name = cleaned
	}
}

func cleanOnce(name string) string {
	name = viet.Clean(strings.Map(plain, name))
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Join(strings.Fields(name), " ")
	extension := path.Ext(name)
	if utf8.RuneCountInString(extension) > 10 {
		extension = ""
	}
	stem := trimmed(shorten(trimmed(strings.TrimSuffix(name, extension)), len(extension), utf8.RuneCountInString(extension)))
	extension = strings.TrimRight(extension, ". ")
	switch {
	case stem == "":
		stem = nameless
	case isDevice(stem):
		stem = "_" + stem
	}
	return stem + extension
}

// plain drops what one system or another reserves.
func plain(r rune) rune {
	if strings.ContainsRune(`<>:"|?*`, r) || r == utf8.RuneError {
		return -1
	}
	return r
}

func trimmed(stem string) string { return strings.Trim(stem, ". ") }

// shorten leaves room for the extension and for one more character before it.
func shorten(stem string, extensionBytes, extensionRunes int) string {
	runes, bytes := 0, 0
	for i, r := range stem {
		runes, bytes = runes+1, bytes+utf8.RuneLen(r)
		if runes+extensionRunes >= maxNameRunes || bytes+extensionBytes >= maxNameBytes {
			return stem[:i]
		}
	}
	return stem
}

// isDevice tells the names Windows keeps for itself, whatever follows a dot.
func isDevice(stem string) bool {
	first, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	switch strings.TrimSpace(first) {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	device, number := strings.CutPrefix(first, "COM")
	if !number {
		device, number = strings.CutPrefix(first, "LPT")
	}
	return number && utf8.RuneCountInString(device) == 1 && strings.Contains("0123456789¹²³", device)
}
