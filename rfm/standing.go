package rfm

import "github.com/clientele-go/clientele/internal/enum"

// Standing classifies a segment as best, normal, occasional, sleeping or worst, whatever its
// name, so that [Report.Diagnose] works with any map.
type Standing uint8

const (
	NoStanding Standing = iota // NoStanding means that the segment has no standing.
	Best                       // Best customers buy often and much, and bought lately.
	Normal                     // Normal customers are the backbone of the base.
	Occasional                 // Occasional customers bought lately, but rarely.
	Sleeping                   // Sleeping customers were good and have fallen silent.
	Worst                      // Worst customers are silent and never were good.
)

var standingNames = []string{"", "best", "normal", "occasional", "sleeping", "worst"}

// String returns the name used in JSON, or text such as "Standing(9)" for a value without one.
func (s Standing) String() string { return enum.String(standingNames, s) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (s Standing) MarshalText() ([]byte, error) { return enum.Marshal(standingNames, s) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (s *Standing) UnmarshalText(text []byte) error { return enum.Unmarshal(standingNames, s, text) }
