package clientele

import "github.com/clientele-go/clientele/internal/rule"

// The kinds of failure, to be tested with errors.Is. They come wrapped in an [InputError],
// which says where, or in a [ConfigError].
var (
	// ErrEmpty: there is no data to compute an answer from. A single number of a report
	// that has nothing to summarise is 0 instead, as its comment says; nothing is ever NaN.
	ErrEmpty = rule.Empty

	// ErrConfig: a configuration or policy is not usable. It wraps all faults
	// that were found, joined.
	ErrConfig = rule.Config

	// ErrMismatch: two values that must share a configuration, a roster or a
	// scale do not. Merge, Feed and comparisons of states return it.
	ErrMismatch = rule.Mismatch

	// ErrEncoding: bytes or JSON are not what this version of the library
	// writes. Decoders return it and leave their receiver as it was.
	ErrEncoding = rule.Encoding

	// ErrConsumed: a source that can be read once is read again. Open it anew, as
	// [Query] does, or collect its records in a slice.
	ErrConsumed = rule.Consumed

	// ErrNotConverged: an iterative computation stopped before its tolerance.
	// The partial result comes with it.
	ErrNotConverged = rule.NotConverged
)

// The faults of a single value, always inside an [InputError].
var (
	// ErrZeroTime: a time is the zero time.
	ErrZeroTime = rule.ZeroTime

	// ErrTimeRange: a time is outside 1678-2261, the whole years that fit Go's int64 count
	// of nanoseconds since 1970, time.Time.UnixNano.
	ErrTimeRange = rule.TimeRange

	// ErrAmountRange: an amount or a quantity has an exponent beyond ±100, which no currency
	// has and a sum could not hold in reasonable memory.
	ErrAmountRange = rule.AmountRange

	// ErrNotFinite: a float is NaN or infinite.
	ErrNotFinite = rule.NotFinite

	// ErrNegative: a value that counts or measures is below zero.
	ErrNegative = rule.Negative

	// ErrMissing: a required value is absent.
	ErrMissing = rule.Missing

	// ErrUnknown: a name is none of those allowed.
	ErrUnknown = rule.Unknown

	// ErrDuplicate: a value that must be unique occurs again.
	ErrDuplicate = rule.Duplicate

	// ErrRange: a value is outside its allowed range or order.
	ErrRange = rule.Range
)
