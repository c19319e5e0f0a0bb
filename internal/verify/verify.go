// Package verify is what tests of several packages say in one line.
package verify

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/shopspring/decimal"
)

// Must returns a value that has no error.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Second returns the error of a call that returns a value beside it.
func Second[T any](_ T, err error) error { return err }

// IsNear reports whether a number is near a reference, relative to the reference.
func IsNear(got, want, relative float64) bool { return math.Abs(got-want) <= relative*math.Abs(want) }

// Near checks a number against a reference, relative to the reference.
func Near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !IsNear(got, want, tolerance) {
		t.Errorf("%s = %.15g, want %.15g (%.2g off, %.2g allowed)", what, got, want, math.Abs(got-want)/math.Abs(want), tolerance)
	}
}

// Money checks an amount.
func Money(t testing.TB, what string, got decimal.Decimal, want string) {
	t.Helper()
	if !got.Equal(decimal.RequireFromString(want)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// Ratio checks a quotient that comes with ok.
func Ratio(t testing.TB, what string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok {
		t.Errorf("no %s, want %g", what, want)
		return
	}
	Near(t, what, got, want, 1e-14)
}

// InputError checks the place and the kind of an error.
func InputError(t testing.TB, err error, op string, index int, field string, kind error) {
	t.Helper()
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Op != op || in.Index != index || in.Field != field || !errors.Is(err, kind) {
		t.Errorf("error is %v, want %s, record %d, field %q: %v", err, op, index, field, kind)
	}
}

// ConfigError checks that an error reports these fields, and all of them.
func ConfigError(t testing.TB, err error, op string, fields ...string) {
	t.Helper()
	var got []string
	if all, ok := errors.AsType[*clientele.ConfigError](err); ok {
		for _, fault := range all.Faults {
			if in, ok := fault.(*clientele.InputError); ok && in.Op == op {
				got = append(got, in.Field)
			}
		}
	}
	if !slices.Equal(got, fields) {
		t.Errorf("error is %v, want %s to report %v", err, op, fields)
	}
}

// OneIf counts what is true.
func OneIf(b bool) int { return boolean.Int(b) }

// FailingWriter is a writer that never writes.
type FailingWriter struct{ Err error }

// Write returns the error.
func (w FailingWriter) Write([]byte) (int, error) { return 0, w.Err }
