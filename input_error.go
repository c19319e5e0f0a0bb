package clientele

import (
	"fmt"
	"strings"

	"github.com/clientele-go/clientele/internal/rule"
)

// InputError says which record, which field and which value could not be used,
// and why. errors.Is finds its kind, such as [ErrRange]; [InputError.Reason] and
// [InputError.Allowed] return the rest, for applications that say it in their own words.
type InputError struct {
	Op    string // function that refused the value, as in "rfm.New"
	Index int    // position of the record in its stream, from 0; -1 where there is no stream
	Field string // path to the field, as in "Lines[2].Price", or in JSON as in "rules[1].edges[0]"; "" where the source itself failed
	Value any    // value that was refused; nil where there is none to show
	Err   error  // kind of fault, with the reason and the allowed values, or the source's own error
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
	if what := strings.TrimSpace(rule.Shortened(e.Field) + e.value()); what != "" {
		parts = append(parts, what)
	}
	return strings.Join(append(parts, rule.Cause(e.Err)), ": ")
}

// Reason returns which rule the value broke, in a few fixed words that name no value,
// so that an application can tell faults of one field apart and say them in its own
// users' language: "first bound is above the second".
func (e *InputError) Reason() string { return rule.Reason(e.Err) }

// Allowed returns which values are allowed or what would mend the fault, as in "a
// share between 0 and 1, such as 0.95"; "" where the reason says it all.
func (e *InputError) Allowed() string { return rule.Allowed(e.Err) }

// Placed returns the fault of a record at a position of a stream, as met by the
// function op. A fault that has a position already keeps it, with its function: if several
// sources are chained, Index is the position in the innermost one.
func (e *InputError) Placed(op string, index int) *InputError {
	if e.Index >= 0 {
		return e
	}
	placed := *e
	placed.Op, placed.Index = op, index
	return &placed
}

// value formats the offending value behind the field.
func (e *InputError) value() string {
	if text := rule.Text(e.Value); text != "" {
		return " " + text
	}
	return ""
}

// Unwrap returns the kind of the fault.
func (e *InputError) Unwrap() error { return e.Err }
