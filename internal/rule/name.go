package rule

import (
	"fmt"
	"reflect"
	"slices"
)

// Named refuses a value of an enumeration, which counts from 0, that has no name in the
// list of names by value. The error tells the names.
func Named[E ~uint8](names []string, e E) error {
	if int(e) >= len(names) {
		return OneOf(names...)
	}
	return nil
}

// NameOf is the name of a value, and as in "Method(9)" for one that has none.
func NameOf[E ~uint8](names []string, e E) string {
	if int(e) >= len(names) {
		return fmt.Sprintf("%s(%d)", reflect.TypeOf(e).Name(), uint8(e))
	}
	return names[e]
}

// Find returns the value of a name. The error of any other text tells the names.
func Find[E ~uint8](names []string, name string) (e E, err error) {
	i := slices.Index(names, name)
	if i < 0 {
		return 0, OneOf(names...)
	}
	return E(i), nil
}
