package review

import "github.com/clientele-go/clientele/internal/enum"

// Lateness says what becomes of late reviews: those written longer than Config.Within after
// the purchase or the touch, and those that arrived more than Config.ClosesAfter days after
// the end of the period in which they were written.
type Lateness uint8

const (
	Apart     Lateness = iota // they are in Report.Late alone; a late version, or a late withdrawal, replaces nothing that was in time
	Counted                   // they count as if they were in time, at Review.At
	OnArrival                 // they count as if they had been written when they arrived
)

var latenessNames = [...]string{Apart: "apart", Counted: "counted", OnArrival: "onArrival"}

// String returns "apart", "counted" or "onArrival", and "Lateness(9)" for a value without a
// name.
func (l Lateness) String() string { return enum.String(latenessNames[:], l) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (l Lateness) MarshalText() ([]byte, error) { return enum.Marshal(latenessNames[:], l) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (l *Lateness) UnmarshalText(text []byte) error { return enum.Unmarshal(latenessNames[:], l, text) }
