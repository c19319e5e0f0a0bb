package clientele

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// The kinds of failure. Ask with errors.Is; the place is in the [InputError]
// around them.
var (
	// ErrEmpty: there is nothing to compute the answer from. Every function
	// that summarises returns it instead of NaN.
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

	// ErrConsumed: a source that can be read once is read again. Open it anew, or
	// collect its records in a slice.
	ErrConsumed = errors.New("source was read before: open it anew, or keep its records in a slice")

	// ErrNotConverged: an iterative computation stopped before its tolerance.
	// The partial result comes with it.
	ErrNotConverged = rule.NotConverged
)

// The faults of a single value, always inside an [InputError].
var (
	// ErrZeroTime: a time is the zero time.
	ErrZeroTime = rule.ZeroTime

	// ErrTimeRange: a time is outside 1678-2261, the years whose instants have
	// an exact count of nanoseconds.
	ErrTimeRange = rule.TimeRange

	// ErrAmountRange: an amount has an exponent beyond ±100, which no currency
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

// InputError says which record, which field and which value could not be used,
// and why.
type InputError struct {
	Op    string // the function that refused, as in "rfm.New"
	Index int    // position of the record in its stream, from 0; -1 where there is no stream
	Field string // path to the field, as in "At" or "Lines[2].Price"; "" when the source itself failed
	Value any    // the offending value
	Err   error  // the kind, with the reason and the allowed values, or the source's own error
}

// Error formats the fault on one line, as in
//
//	ltv.Fit: Level 95: want a share between 0 and 1, such as 0.95
func (e *InputError) Error() string {
	var parts []string
	if e.Op != "" {
		parts = append(parts, e.Op)
	}
	if e.Index >= 0 {
		parts = append(parts, fmt.Sprintf("record %d", e.Index))
	}
	if e.Field != "" {
		parts = append(parts, shortened(e.Field, plainText)+e.value())
	}
	return strings.Join(append(parts, fmt.Sprint(e.Err)), ": ")
}

// Reason returns which rule the value broke, in a few fixed words that name no value,
// so that an application can tell faults of one field apart and say them in its own
// users' language: "first bound is above the second".
func (e *InputError) Reason() string { return rule.Reason(e.Err) }

// Allowed returns which values are allowed or what would mend the fault, as in "a
// share between 0 and 1, such as 0.95"; "" where the reason says it all.
func (e *InputError) Allowed() string { return rule.Allowed(e.Err) }

// Placed returns the fault of a record at a position of a stream, as met by the
// function op. A fault that has a position already keeps it, with its function: of a
// chain of sources, the one that met the record says where it stands.
func (e *InputError) Placed(op string, index int) *InputError {
	if e.Index >= 0 {
		return e
	}
	placed := *e
	placed.Op, placed.Index = op, index
	return &placed
}

// Longest text of a value in a message; a file's whole content may stand in a field.
const maxValueText = 100

// value formats the offending value: text quoted, and an amount that was refused
// for its exponent by coefficient and exponent, since all its digits might be
// gigabytes.
func (e *InputError) value() string {
	switch v := e.Value.(type) {
	case nil:
		return ""
	case string:
		return " " + shortened(v, strconv.Quote)
	case decimal.Decimal:
		if !rule.InAmount(v) {
			return fmt.Sprintf(" %se%d", shortened(v.Coefficient().String(), plainText), v.Exponent())
		}
	}
	return " " + shortened(fmt.Sprint(e.Value), plainText)
}

func plainText(s string) string { return s }

// shortened writes at most the first maxValueText bytes of a text, cut between
// characters, and the length of what was cut.
func shortened(s string, write func(string) string) string {
	if len(s) <= maxValueText {
		return write(s)
	}
	end := maxValueText
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s... (%d bytes)", write(s[:end]), len(s))
}

// Unwrap returns the kind of the fault.
func (e *InputError) Unwrap() error { return e.Err }

// ConfigError reports all faults of one configuration at once. It matches
// [ErrConfig] and every fault in it. One of the zero value but for Op collects
// faults: see [ConfigError.Add] and [ConfigError.Err].
type ConfigError struct {
	Op     string  // the function that refused, as in "rfm.New"
	Faults []error // usually InputErrors with Index -1
}

// Add notes that a field's value is unusable.
func (e *ConfigError) Add(field string, value any, err error) {
	e.Faults = append(e.Faults, &InputError{Op: e.Op, Index: -1, Field: field, Value: value, Err: err})
}

// Err is nil when nothing was noted, and e otherwise.
func (e *ConfigError) Err() error {
	if len(e.Faults) == 0 {
		return nil
	}
	return e
}

// Error lists the faults, a line each.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("%s: %v:\n%v", e.Op, ErrConfig, errors.Join(e.Faults...))
}

// Unwrap returns [ErrConfig] and the faults.
func (e *ConfigError) Unwrap() []error { return append([]error{ErrConfig}, e.Faults...) }
