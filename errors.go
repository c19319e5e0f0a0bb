package clientele

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// The kinds of failure. Ask with errors.Is; the place is in the [InputError]
// around them.
var (
	// ErrEmpty: there is nothing to compute the answer from. Every function
	// that summarises returns it instead of NaN.
	ErrEmpty = errors.New("nothing to compute from")

	// ErrConfig: a configuration or policy is not usable. It wraps all faults
	// that were found, joined.
	ErrConfig = errors.New("invalid configuration")

	// ErrMismatch: two values that must share a configuration, a roster or a
	// scale do not. Merge, Feed and comparisons of states return it.
	ErrMismatch = errors.New("configurations differ")

	// ErrEncoding: bytes or JSON are not what this version of the library
	// writes. Decoders return it and leave their receiver as it was.
	ErrEncoding = errors.New("invalid encoding")

	// ErrNotConverged: an iterative computation stopped before its tolerance.
	// The partial result comes with it.
	ErrNotConverged = errors.New("did not converge")
)

// The faults of a single value, always inside an [InputError].
var (
	// ErrZeroTime: a time is the zero time.
	ErrZeroTime = errors.New("time is zero")

	// ErrTimeRange: a time is outside 1678-2261, the years whose instants have
	// an exact count of nanoseconds.
	ErrTimeRange = errors.New("time is outside the years 1678 to 2261")

	// ErrAmountRange: an amount has an exponent beyond ±100, which no currency
	// has and a sum could not hold in reasonable memory.
	ErrAmountRange = errors.New("exponent is outside -100 to 100")

	// ErrNotFinite: a float is NaN or infinite.
	ErrNotFinite = errors.New("not a finite number")

	// ErrNegative: a value that counts or measures is below zero.
	ErrNegative = errors.New("negative")

	// ErrMissing: a required value is absent.
	ErrMissing = errors.New("missing")

	// ErrUnknown: a name is none of those allowed.
	ErrUnknown = errors.New("unknown")

	// ErrDuplicate: a value that must be unique occurs again.
	ErrDuplicate = errors.New("duplicate")

	// ErrRange: a value is outside its allowed range or order.
	ErrRange = errors.New("out of range")
)

// InputError says which record, which field and which value could not be used,
// and why.
type InputError struct {
	Op    string // the function that refused, as in "rfm.New"
	Index int    // position of the record in its stream, from 0; -1 where there is no stream
	Field string // the field, as in "At" or "Lines[2].Price"; "" when the source itself failed
	Value any    // the offending value
	Err   error  // the kind, or the source's own error
}

// Error formats the fault on one line.
func (e *InputError) Error() string {
	var parts []string
	if e.Op != "" {
		parts = append(parts, e.Op)
	}
	if e.Index >= 0 {
		parts = append(parts, fmt.Sprintf("record %d", e.Index))
	}
	if e.Field != "" {
		parts = append(parts, e.Field+e.value())
	}
	return strings.Join(append(parts, fmt.Sprint(e.Err)), ": ")
}

// value formats the offending value: text quoted, and an amount that was refused
// for its exponent by coefficient and exponent, since all its digits might be
// gigabytes.
func (e *InputError) value() string {
	switch v := e.Value.(type) {
	case nil:
		return ""
	case string:
		return fmt.Sprintf(" %q", v)
	case decimal.Decimal:
		if CheckAmount(v) != nil {
			return fmt.Sprintf(" %ve%d", v.Coefficient(), v.Exponent())
		}
	}
	return fmt.Sprintf(" %v", e.Value)
}

// Unwrap returns the kind of the fault.
func (e *InputError) Unwrap() error { return e.Err }

// ConfigError reports all faults of one configuration at once. It matches
// [ErrConfig] and every fault in it.
type ConfigError struct {
	Op     string  // the function that refused, as in "rfm.New"
	Faults []error // usually InputErrors with Index -1
}

// Error lists the faults, a line each.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("%s: %v:\n%v", e.Op, ErrConfig, errors.Join(e.Faults...))
}

// Unwrap returns [ErrConfig] and the faults.
func (e *ConfigError) Unwrap() []error { return append([]error{ErrConfig}, e.Faults...) }

// Faults collects what is wrong with a configuration. The zero value is ready.
type Faults struct {
	Op   string // named in every fault
	errs []error
}

// Add notes that a field's value is unusable.
func (f *Faults) Add(field string, value any, err error) {
	f.errs = append(f.errs, &InputError{Op: f.Op, Index: -1, Field: field, Value: value, Err: err})
}

// Err is nil when nothing was noted, and a [ConfigError] otherwise.
func (f *Faults) Err() error {
	if len(f.errs) == 0 {
		return nil
	}
	return &ConfigError{Op: f.Op, Faults: f.errs}
}
