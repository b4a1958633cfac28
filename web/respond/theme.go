package respond

import (
	"net/http"
	"strings"

	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
)

const maxThemePost = 8 << 10

// ChooseTheme keeps the look chosen in the account menu in this browser and
// goes back to the page it was chosen on. secure says that the portal is
// reached over TLS.
func ChooseTheme(secure bool) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := form.Parse(r, maxThemePost)
		if err != nil {
			return err
		}
		current.SetTheme(w, f.Choice("giao-dien", "light", "dark"), secure)
		return To(w, r, local(f.Raw("ve")))
	}
}

// local keeps a redirect inside the portal.
func local(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return paths.Home
	}
	return address
}
