// Package fault makes and changes the errors that packages report.
package fault

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/stream"
)

// Of says that the value of a field or an argument cannot be used.
func Of(op, field string, value any, err error) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: value, Err: err}
}

// Unconfigured says that a value has no configuration, as one that a host made
// without its constructor.
func Unconfigured(op string) error {
	return Of(op, "Config", nil, errUnconfigured)
}

var errUnconfigured = rule.Because(rule.Missing, "no configuration", "a value made by its constructor, decoded or merged into")

// Encoding says that bytes are no form that this version writes; cause is what is
// wrong beyond the bytes, nil for nothing. An InputError keeps its field and value.
func Encoding(op string, cause error) error {
	if in, ok := cause.(*clientele.InputError); ok {
		return Of(op, in.Field, in.Value, rule.Also(rule.Encoding, in.Err))
	}
	if cause == nil || cause == clientele.ErrEncoding {
		cause = errEncoding
	}
	return Of(op, "", nil, rule.Also(rule.Encoding, cause))
}

var errEncoding = rule.Because(rule.Encoding, "not a whole form of this version", "the bytes that MarshalBinary returned, all of them")

// Level returns the level of an argument, 0.95 for 0, or an InputError of op for one
// that no interval can have.
func Level(op string, level float64) (float64, error) {
	checked, err := interval.Level(level)
	if err != nil {
		return 0, Of(op, "level", level, err)
	}
	return checked, nil
}

// AddLevel returns the level of a configuration, 0.95 for 0, and notes one that no
// interval can have.
func AddLevel(faults *clientele.ConfigError, level float64) float64 {
	checked, err := interval.Level(level)
	if err != nil {
		faults.Add("Level", level, err)
	}
	return checked
}

// AddSource notes a source of records that is nil.
func AddSource[T any](faults *clientele.ConfigError, field string, src iter.Seq2[T, error]) {
	if src == nil {
		faults.Add(field, nil, rule.ErrNoSource)
	}
}

// AddWorkers notes a negative number of goroutines.
func AddWorkers(faults *clientele.ConfigError, workers int) {
	if workers < 0 {
		faults.Add("Workers", workers, errWorkers)
	}
}

var errWorkers = rule.Want(rule.Negative, "1 goroutine or more, or 0 for one a processor")

// Checked passes a source on, numbering its errors: the source's own error, or the
// first that check finds, is yielded once as an InputError of op with the record's
// index, and ends the sequence. An InputError that has an index keeps it.
func Checked[T any](op string, src iter.Seq2[T, error], check func(T) error) iter.Seq2[T, error] {
	return stream.Checked(src, check, func(err error, index int) error { return Placed(op, index, err) })
}

// Placed is an error that op met at a record, the source's own or that of a check, as an
// InputError with the record's index. One that has an index keeps it.
func Placed(op string, index int, err error) error {
	in, ok := err.(*clientele.InputError)
	if !ok {
		in = &clientele.InputError{Index: -1, Err: err}
	}
	return in.Placed(op, index)
}

// Renamed gives an InputError the name of the function that the host called. Any other
// error stays as it is.
func Renamed(op string, err error) error {
	if in, ok := err.(*clientele.InputError); ok {
		named := *in
		named.Op = op
		return &named
	}
	return err
}

// Within puts the place of a part before the field of an InputError. Any other error
// stays as it is.
func Within(place string, err error) error {
	in, ok := err.(*clientele.InputError)
	if !ok {
		return err
	}
	placed := *in
	placed.Field = place + in.Field
	return &placed
}

// AddPart adds the faults of a part of a configuration, each with the place of the part
// before its field. An error that is no ConfigError has none.
func AddPart(faults *clientele.ConfigError, place string, err error) {
	all, ok := err.(*clientele.ConfigError)
	if !ok {
		return
	}
	for _, one := range all.Faults {
		if in, ok := one.(*clientele.InputError); ok {
			faults.Add(place+in.Field, in.Value, in.Err)
		}
	}
}

// AddValue notes what the Validate of a field's value returned: an InputError about the
// value as a whole. nil is no fault.
func AddValue(faults *clientele.ConfigError, field string, err error) {
	if in, ok := err.(*clientele.InputError); ok {
		faults.Add(field, in.Value, in.Err)
	}
}
