// Package enum names the values of enumerations that count from 0: their texts are in a
// list by value.
package enum

import (
	"path"
	"reflect"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Known reports whether a value has a name.
func Known[E ~uint8](names []string, e E) bool { return int(e) < len(names) }

// Check notes, in the faults of a configuration, a value that has no name.
func Check[E ~uint8](faults *clientele.ConfigError, field string, names []string, e E) {
	if err := rule.Named(names, e); err != nil {
		faults.Add(field, uint8(e), err)
	}
}

// String returns the name of a value, and as in "Method(9)" for one that has none.
func String[E ~uint8](names []string, e E) string { return rule.NameOf(names, e) }

// Marshal returns the name as text. A value without one is an InputError of
// [clientele.ErrUnknown] that tells the names.
func Marshal[E ~uint8](names []string, e E) ([]byte, error) {
	if err := rule.Named(names, e); err != nil {
		return nil, unknown(e, "MarshalText", uint8(e), err)
	}
	return []byte(names[e]), nil
}

// Unmarshal accepts exactly the names. Any other text is an InputError of
// [clientele.ErrUnknown] that tells the names, and leaves *e as it was.
func Unmarshal[E ~uint8](names []string, e *E, text []byte) error {
	found, err := rule.Find[E](names, string(text))
	if err != nil {
		return unknown(*e, "UnmarshalText", string(text), err)
	}
	*e = found
	return nil
}

// unknown names the type whose value has no name, or whose name has no value.
func unknown[E ~uint8](e E, method string, value any, err error) error {
	kind := reflect.TypeOf(e)
	return &clientele.InputError{
		Op: path.Base(kind.PkgPath()) + "." + kind.Name() + "." + method, Index: -1,
		Field: kind.Name(), Value: value, Err: err,
	}
}
