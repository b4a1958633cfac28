//go:build !unix

package localpg

import "context"

type account struct{}

func open(context.Context, string, Options) (*Server, error) {
	return nil, ErrUnsupported
}
