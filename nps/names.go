package nps

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
)

// nameOf is the name of a value that counts through names, and "Kind(9)" for one that
// has none.
func nameOf(kind string, value uint8, names []string) string {
	if int(value) >= len(names) {
		return fmt.Sprintf("%s(%d)", kind, value)
	}
	return names[value]
}

// nameText is the name as text, or [clientele.ErrUnknown].
func nameText(kind string, value uint8, names []string) ([]byte, error) {
	if int(value) >= len(names) {
		return nil, &clientele.InputError{Op: "nps." + kind + ".MarshalText", Index: -1, Field: kind, Value: value, Err: clientele.ErrUnknown}
	}
	return []byte(names[value]), nil
}

// readName reads exactly what nameText writes.
func readName(kind string, into *uint8, text []byte, names []string) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return &clientele.InputError{Op: "nps." + kind + ".UnmarshalText", Index: -1, Field: kind, Value: string(text), Err: clientele.ErrUnknown}
	}
	*into = uint8(i)
	return nil
}

// checkName notes a value that has no name.
func checkName[T ~uint8](faults *clientele.Faults, field string, value T, names []string) {
	if int(value) >= len(names) {
		faults.Add(field, value, clientele.ErrUnknown)
	}
}
