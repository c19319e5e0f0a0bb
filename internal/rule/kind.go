package rule

//lint:file-ignore ST1012 The root package exports each with the prefix Err.

import "errors"

// The kinds of faults. Their documentation is that of the root package, which
// exports each with the prefix Err.
var (
	Empty        = errors.New("nothing to compute from")
	Config       = errors.New("invalid configuration")
	Mismatch     = errors.New("configurations differ")
	Encoding     = errors.New("invalid encoding")
	Consumed     = errors.New("source was read before: open it anew, or keep its records in a slice")
	NotConverged = errors.New("did not converge")

	ZeroTime    = errors.New("time is zero")
	TimeRange   = errors.New("time is outside the years 1678 to 2261")
	AmountRange = errors.New("exponent is outside -100 to 100")
	NotFinite   = errors.New("not a finite number")
	Negative    = errors.New("negative")
	Missing     = errors.New("missing")
	Unknown     = errors.New("unknown")
	Duplicate   = errors.New("given twice")
	Range       = errors.New("out of range")
)
