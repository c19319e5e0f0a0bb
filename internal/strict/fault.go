package strict

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/clientele-go/clientele/internal/rule"
)

// Fault has the fields of clientele.InputError, whose documentation is there.
type Fault struct {
	Op    string
	Index int
	Field string
	Value any
	Err   error
}

// broken is a fault of the encoding, with what is allowed.
func broken(reason, format string, args ...any) *Fault {
	return &Fault{Err: rule.Because(rule.Encoding, reason, format, args...)}
}

// wrongType is the fault of a value of another kind than the one wanted.
func wrongType(raw []byte, wanted string) *Fault {
	value, found := describe(raw)
	f := broken("wrong type", "%s, not %s", wanted, found)
	f.Value = value
	return f
}

// givenTwice is the fault of a key that occurs again.
func givenTwice() *Fault { return broken("key given twice", "it once") }

// describe returns a value that is short, nil otherwise, and what one calls it.
func describe(raw []byte) (value any, name string) {
	switch raw[0] {
	case '{':
		return nil, "an object"
	case '[':
		return nil, "a list"
	case '"':
		return unquote(raw), "text"
	case 't', 'f':
		return raw[0] == 't', string(raw)
	case 'n':
		return nil, "null"
	}
	return json.Number(raw), "a number"
}

// under is the fault in a whole, in which the part that has it stands at a path. It
// passes nil on.
func (f *Fault) under(path func() string) *Fault {
	switch {
	case f == nil:
		return nil
	case f.Field == "" || f.Field[0] == '[':
		f.Field = path() + f.Field
	default:
		f.Field = path() + "." + f.Field
	}
	return f
}

// indexPath is as in "[2]".
func indexPath(i int) func() string {
	return func() string { return fmt.Sprintf("[%d]", i) }
}

// keyPath is as in "edges", and as in `["first edge"]` for a key that is no word.
func keyPath(key string) func() string {
	return func() string {
		if key == "" || strings.ContainsFunc(key, isNoWord) {
			return "[" + strconv.Quote(key) + "]"
		}
		return key
	}
}

func isNoWord(c rune) bool {
	return c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}
