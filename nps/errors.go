package nps

import "github.com/clientele-go/clientele"

// empty says that there is no answer to compute from.
func empty(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: "answers", Err: clientele.ErrEmpty}
}

// indexed gives an error the function that the host called and the place of the record,
// unless it has one.
func indexed(op string, i int, err error) error {
	in, ok := err.(*clientele.InputError)
	if !ok {
		return &clientele.InputError{Op: op, Index: i, Err: err}
	}
	placed := *in
	placed.Op = op
	if placed.Index < 0 {
		placed.Index = i
	}
	return &placed
}
