package cohort

import "github.com/clientele-go/clientele/internal/enum"

// Grouping says what a cohort is.
type Grouping uint8

const (
	ByStart       Grouping = iota // customers who entered in one period
	ByKey                         // customers of one key, whenever they entered
	ByStartAndKey                 // customers of one key who entered in one period
)

var groupingNames = [...]string{ByStart: "start", ByKey: "key", ByStartAndKey: "start and key"}

// Entry says when a customer enters a cohort.
type Entry uint8

const (
	FirstEver   Entry = iota // with the first purchase ever, if it is not before Since
	FirstSince               // with the first purchase from Since on
	EveryPeriod              // in every period with a purchase, again and again; cells then hold no money
	Stated                   // when the host said, see [Activity.Enrol]; a purchase before is an error
)

var entryNames = [...]string{FirstEver: "first ever", FirstSince: "first since", EveryPeriod: "every period", Stated: "stated"}

// Retention says who is active in a column.
type Retention uint8

const (
	InColumn  Retention = iota // who buys in it
	OnOrAfter                  // who buys in it or later, up to AsOf: who has not gone for good yet
)

var retentionNames = [...]string{InColumn: "in column", OnOrAfter: "on or after"}

// String returns the name, as in "start and key", and "Rows(9)" for a value that is
// none.
func (r Grouping) String() string { return enum.String(groupingNames[:], r) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (r Grouping) MarshalText() ([]byte, error) { return enum.Marshal(groupingNames[:], r) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (r *Grouping) UnmarshalText(text []byte) error {
	return enum.Unmarshal(groupingNames[:], r, text)
}

// String returns the name, as in "first ever", and "Entry(9)" for a value that is
// none.
func (e Entry) String() string { return enum.String(entryNames[:], e) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (e Entry) MarshalText() ([]byte, error) { return enum.Marshal(entryNames[:], e) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (e *Entry) UnmarshalText(text []byte) error {
	return enum.Unmarshal(entryNames[:], e, text)
}

// String returns the name, as in "on or after", and "Active(9)" for a value that is
// none.
func (a Retention) String() string { return enum.String(retentionNames[:], a) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (a Retention) MarshalText() ([]byte, error) {
	return enum.Marshal(retentionNames[:], a)
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (a *Retention) UnmarshalText(text []byte) error {
	return enum.Unmarshal(retentionNames[:], a, text)
}
