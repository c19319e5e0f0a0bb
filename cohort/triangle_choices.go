package cohort

import "github.com/clientele-go/clientele/internal/enum"

// Grouping says what a cohort is.
type Grouping uint8

const (
	ByStart       Grouping = iota // customers who entered in the same period
	ByKey                         // customers with the same key, whenever they entered
	ByStartAndKey                 // customers with the same key who entered in the same period
)

var groupingNames = [...]string{ByStart: "start", ByKey: "key", ByStartAndKey: "start and key"}

// Entry says when a customer enters a cohort.
type Entry uint8

const (
	FirstEver   Entry = iota // with the first purchase ever, if it is not before Since
	FirstSince               // with the first purchase from Since on
	EveryPeriod              // in every period with a purchase, again and again, whatever MinPurchases is; cells then hold no money
	Stated                   // when the host said, see Activity.Enrol; earlier purchases are left out, see TriangleConfig.Strict
)

var entryNames = [...]string{FirstEver: "first ever", FirstSince: "first since", EveryPeriod: "every period", Stated: "stated"}

// Retention says who is active in a column.
type Retention uint8

const (
	InColumn  Retention = iota // customers who buy in the column, MinPurchases times
	OnOrAfter                  // customers who buy in the column or later, MinPurchases times together and up to AsOf: those who are not gone for good
)

var retentionNames = [...]string{InColumn: "in column", OnOrAfter: "on or after"}

// Step is what windows and brackets count from a customer's entry.
type Step uint8

const (
	LocalDays       Step = iota // days of the calendar's zone: step 0 is the rest of the day of the entry
	Days24h                     // days of 24 hours from the moment of the entry
	CalendarPeriods             // periods of the calendar: step 0 is the rest of the period of the entry
)

var stepNames = [...]string{LocalDays: "local days", Days24h: "24 hours", CalendarPeriods: "periods"}

// String returns the name, as in "local days", or "Step(9)" for a value without a name.
func (s Step) String() string { return enum.String(stepNames[:], s) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (s Step) MarshalText() ([]byte, error) { return enum.Marshal(stepNames[:], s) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (s *Step) UnmarshalText(text []byte) error { return enum.Unmarshal(stepNames[:], s, text) }

// String returns the name, as in "start and key", or "Grouping(9)" for a value without a
// name.
func (g Grouping) String() string { return enum.String(groupingNames[:], g) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (g Grouping) MarshalText() ([]byte, error) { return enum.Marshal(groupingNames[:], g) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (g *Grouping) UnmarshalText(text []byte) error {
	return enum.Unmarshal(groupingNames[:], g, text)
}

// String returns the name, as in "first ever", or "Entry(9)" for a value without a name.
func (e Entry) String() string { return enum.String(entryNames[:], e) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (e Entry) MarshalText() ([]byte, error) { return enum.Marshal(entryNames[:], e) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (e *Entry) UnmarshalText(text []byte) error {
	return enum.Unmarshal(entryNames[:], e, text)
}

// String returns the name, as in "on or after", or "Retention(9)" for a value without a
// name.
func (r Retention) String() string { return enum.String(retentionNames[:], r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (r Retention) MarshalText() ([]byte, error) {
	return enum.Marshal(retentionNames[:], r)
}

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *Retention) UnmarshalText(text []byte) error {
	return enum.Unmarshal(retentionNames[:], r, text)
}
