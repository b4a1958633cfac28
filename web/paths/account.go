package paths

import "net/url"

// Addresses of one's own account.
const (
	Password           = Account + "/mat-khau"
	SecondFactor       = Account + "/xac-thuc"
	RemoveSecondFactor = SecondFactor + "/bo"
	EndOtherSessions   = Account + "/phien/ket-thuc"
)

// NextParam holds where to go after signing in.
const NextParam = "tiep"

// SignInTo asks to sign in and goes on to next afterwards.
func SignInTo(next string) string {
	if next == "" || next == Home {
		return SignIn
	}
	return SignIn + "?" + url.Values{NextParam: {next}}.Encode()
}

// EndSession ends one session of one's own.
func EndSession(id string) string { return Account + "/phien/" + url.PathEscape(id) + "/ket-thuc" }
