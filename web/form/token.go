package form

import "context"

type tokenKey struct{}

// WithToken lets the forms of one page carry a sealed token. Like the nonce of
// a content policy it belongs to the request and to no form, so that no page
// can forget it. seal is asked once a form.
func WithToken(ctx context.Context, seal func() string) context.Context {
	return context.WithValue(ctx, tokenKey{}, seal)
}

// TokenFor returns the token for a form shown in this request, empty when
// nobody is signed in.
func TokenFor(ctx context.Context) string {
	if seal, ok := ctx.Value(tokenKey{}).(func() string); ok && seal != nil {
		return seal()
	}
	return ""
}
