package journey

import (
	"cmp"
	"time"

	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Fact is a statement about a person: the size of the family, the budget, the date of birth.
// Facts age, and facts of several sources contradict each other: [FactPolicy] says which
// holds.
type Fact struct {
	Name   string    `json:"name"`            // what it is about, such as "children"; required
	Value  string    `json:"value"`           // what is said; "" = known to have none
	Source Source    `json:"source,omitzero"` // how the company learned it
	At     time.Time `json:"at"`              // when the company learned it; from 1678 to 2261

	// FreshUntil is the last moment at which the fact is fresh, not before At; zero = as long
	// as the policy says.
	FreshUntil time.Time `json:"freshUntil,omitzero"`
}

// Source is how a company learned a fact.
type Source uint8

const (
	Declared Source = iota // the person said so
	Observed               // it follows from what the person did: pages read, calls made
	Bought                 // it follows from what the person bought
)

var sourceNames = [...]string{Declared: "declared", Observed: "observed", Bought: "bought"}

// String returns "declared", "observed" or "bought", and "Source(9)" for a value without a
// name.
func (s Source) String() string { return enum.String(sourceNames[:], s) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (s Source) MarshalText() ([]byte, error) { return enum.Marshal(sourceNames[:], s) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (s *Source) UnmarshalText(text []byte) error { return enum.Unmarshal(sourceNames[:], s, text) }

// Validate returns a [clientele.InputError] without Op and Index for the first field that is
// unusable, or nil: no name ([clientele.ErrMissing]), a source that does not exist
// ([clientele.ErrUnknown]), a moment that is zero ([clientele.ErrZeroTime]) or outside
// 1678-2261 ([clientele.ErrTimeRange]), freshness that ends before At
// ([clientele.ErrRange]).
func (f Fact) Validate() error {
	if f.Name == "" {
		return unusable("Name", nil, errNoFactName)
	}
	if err := rule.Named(sourceNames[:], f.Source); err != nil {
		return unusable("Source", f.Source, err)
	}
	if err := rule.Time(f.At); err != nil {
		return unusable("At", f.At, err)
	}
	if f.FreshUntil.IsZero() {
		return nil
	}
	if err := rule.Time(f.FreshUntil); err != nil {
		return unusable("FreshUntil", f.FreshUntil, err)
	}
	if f.FreshUntil.Before(f.At) {
		return unusable("FreshUntil", f.FreshUntil, rule.Because(rule.Range, "before At", "a moment from %v on, or none", f.At))
	}
	return nil
}

var errNoFactName = rule.Want(rule.Missing, "what the fact is about, such as children")

// Reason is why a fact does not hold.
type Reason uint8

const (
	Agrees      Reason = iota // it says what the fact says that holds
	Stale                     // its freshness has ended, while that of the fact that holds has not
	LessTrusted               // the policy trusts its source less
	Older                     // it was learned earlier
	SameMoment                // it was learned at the same moment from the same source, and its value comes later in bytewise order
)

var reasonNames = [...]string{Agrees: "agrees", Stale: "stale", LessTrusted: "less trusted", Older: "older", SameMoment: "same moment"}

// String returns the reason in words, as in "less trusted", and "Reason(9)" for a value
// without a name.
func (r Reason) String() string { return enum.String(reasonNames[:], r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (r Reason) MarshalText() ([]byte, error) { return enum.Marshal(reasonNames[:], r) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *Reason) UnmarshalText(text []byte) error { return enum.Unmarshal(reasonNames[:], r, text) }

// compareFacts orders facts of one name for output: the latest first, then by source, value
// and freshness.
func compareFacts(a, b Fact) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Value, b.Value), b.FreshUntil.Compare(a.FreshUntil))
}

// checkFact gives the fault of a fact its position.
func checkFact(op string, i int, f Fact) error {
	if err := f.Validate(); err != nil {
		return fault.Placed(op, i, err)
	}
	return nil
}
