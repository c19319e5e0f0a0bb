package ltv

import "errors"

// ErrInaccurate means that a number could not be computed to the accuracy that the package
// promises, because the arguments are too extreme for every method it has.
var ErrInaccurate = errors.New("cannot be computed accurately")
