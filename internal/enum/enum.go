// Package enum names the values of enumerations that count from 0: their texts are in a
// list by value.
package enum

import (
	"fmt"
	"path"
	"reflect"
	"slices"

	"github.com/clientele-go/clientele"
)

// Known reports whether a value has a name.
func Known[E ~uint8](names []string, e E) bool { return int(e) < len(names) }

// String returns the name of a value, and as in "Method(9)" for one that has none.
func String[E ~uint8](names []string, e E) string {
	if !Known(names, e) {
		return fmt.Sprintf("%s(%d)", reflect.TypeOf(e).Name(), uint8(e))
	}
	return names[e]
}

// Marshal returns the name as text. A value without one is an InputError of
// [clientele.ErrUnknown].
func Marshal[E ~uint8](names []string, e E) ([]byte, error) {
	if !Known(names, e) {
		return nil, unknown(e, "MarshalText", uint8(e))
	}
	return []byte(names[e]), nil
}

// Unmarshal accepts exactly the names. Any other text is an InputError of
// [clientele.ErrUnknown] and leaves *e as it was.
func Unmarshal[E ~uint8](names []string, e *E, text []byte) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return unknown(*e, "UnmarshalText", string(text))
	}
	*e = E(i)
	return nil
}

// unknown names the type whose value has no name, or whose name has no value.
func unknown[E ~uint8](e E, method string, value any) error {
	kind := reflect.TypeOf(e)
	return &clientele.InputError{
		Op: path.Base(kind.PkgPath()) + "." + kind.Name() + "." + method, Index: -1,
		Field: kind.Name(), Value: value, Err: clientele.ErrUnknown,
	}
}
