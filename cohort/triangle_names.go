package cohort

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
)

// Rows says what a cohort is.
type Rows uint8

const (
	ByStart       Rows = iota // customers who entered in one period
	ByKey                     // customers of one key, whenever they entered
	ByStartAndKey             // customers of one key who entered in one period
)

var rowsNames = [...]string{ByStart: "start", ByKey: "key", ByStartAndKey: "start and key"}

// Entry says when a customer enters a cohort.
type Entry uint8

const (
	FirstEver   Entry = iota // with the first purchase ever, if it is not before Since
	FirstSince               // with the first purchase from Since on
	EveryPeriod              // in every period with a purchase, again and again; cells then hold no money
	Stated                   // when the host said, see [Activity.Enrol]; a purchase before is an error
)

var entryNames = [...]string{FirstEver: "first ever", FirstSince: "first since", EveryPeriod: "every period", Stated: "stated"}

// Active says who is active in a column.
type Active uint8

const (
	Within    Active = iota // who buys in it
	OnOrAfter               // who buys in it or later, up to AsOf: who has not gone for good yet
)

var activeNames = [...]string{Within: "within", OnOrAfter: "on or after"}

// String returns the name, as in "start and key", and "Rows(9)" for a value that is
// none.
func (r Rows) String() string { return nameOf("Rows", uint8(r), rowsNames[:]) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (r Rows) MarshalText() ([]byte, error) { return appendName("Rows", uint8(r), rowsNames[:]) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (r *Rows) UnmarshalText(text []byte) error {
	return readName("Rows", (*uint8)(r), text, rowsNames[:])
}

// String returns the name, as in "first ever", and "Entry(9)" for a value that is
// none.
func (e Entry) String() string { return nameOf("Entry", uint8(e), entryNames[:]) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (e Entry) MarshalText() ([]byte, error) { return appendName("Entry", uint8(e), entryNames[:]) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (e *Entry) UnmarshalText(text []byte) error {
	return readName("Entry", (*uint8)(e), text, entryNames[:])
}

// String returns the name, as in "on or after", and "Active(9)" for a value that is
// none.
func (a Active) String() string { return nameOf("Active", uint8(a), activeNames[:]) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (a Active) MarshalText() ([]byte, error) {
	return appendName("Active", uint8(a), activeNames[:])
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (a *Active) UnmarshalText(text []byte) error {
	return readName("Active", (*uint8)(a), text, activeNames[:])
}

func nameOf(kind string, value uint8, names []string) string {
	if int(value) >= len(names) {
		return fmt.Sprintf("%s(%d)", kind, value)
	}
	return names[value]
}

func appendName(kind string, value uint8, names []string) ([]byte, error) {
	if int(value) >= len(names) {
		return nil, &clientele.InputError{Op: "cohort." + kind + ".MarshalText", Index: -1, Field: kind, Value: value, Err: clientele.ErrUnknown}
	}
	return []byte(names[value]), nil
}

func readName(kind string, into *uint8, text []byte, names []string) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return &clientele.InputError{Op: "cohort." + kind + ".UnmarshalText", Index: -1, Field: kind, Value: string(text), Err: clientele.ErrUnknown}
	}
	*into = uint8(i)
	return nil
}
