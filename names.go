package clientele

import "github.com/clientele-go/clientele/internal/rule"

// marshalName returns the name of a value of an enumeration.
func marshalName[E ~uint8](op, field string, names []string, e E) ([]byte, error) {
	if err := rule.Named(names, e); err != nil {
		return nil, unnamed(op, field, uint8(e), err)
	}
	return []byte(names[e]), nil
}

// unmarshalName sets a value of an enumeration by its name.
func unmarshalName[E ~uint8](op, field string, names []string, e *E, text []byte) error {
	found, err := rule.Find[E](names, string(text))
	if err != nil {
		return unnamed(op, field, string(text), err)
	}
	*e = found
	return nil
}

// unnamed is the fault of a value that has no name, or of a name that has no value.
func unnamed(op, field string, value any, err error) error {
	return &InputError{Op: op, Index: -1, Field: field, Value: value, Err: err}
}
