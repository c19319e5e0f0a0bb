package rfm

import (
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Move is a customer who changed cells between two states.
type Move[K clientele.ID] struct {
	Customer  K         `json:"customer"`     // Customer is the id of who moved.
	From      Score     `json:"from"`         // From is the score before; zero for a customer who entered.
	To        Score     `json:"to"`           // To is the score after; zero for a customer who left.
	Was       Values    `json:"was,omitzero"` // Was holds the values before; zero for a customer who entered, and where they are not known, as from [CompareScores].
	Is        Values    `json:"is,omitzero"`  // Is holds the values after; zero for a customer who left.
	Cause     Causes    `json:"cause"`        // Cause holds the metrics whose level changed; all three for a customer who entered or left, none where the cell before is not known.
	Direction Direction `json:"direction"`    // Direction is what became of the customer.
}

// Crossed reports whether the segment changed, not only the cell.
func (m Move[K]) Crossed() bool { return m.From.Segment != m.To.Segment }

// Direction is what became of a customer between two states.
type Direction uint8

const (
	Stayed  Direction = iota // Stayed means that the cell is the same or, where the cell before is not known, the segment.
	Grown                    // Grown means that the levels add up to more.
	Fallen                   // Fallen means that the levels add up to less, whether by silence or by smaller receipts.
	Shifted                  // Shifted means that the levels changed and add up to the same.
	Entered                  // Entered means that the customer was not in the base before.
	Left                     // Left means that the customer is not in the base after.
	Moved                    // Moved means that the segment changed and the cell before is not known.
)

var directionNames = []string{"stayed", "grown", "fallen", "shifted", "entered", "left", "moved"}

// String returns the name used in JSON, or text such as "Direction(9)" for a value without one.
func (d Direction) String() string { return enum.String(directionNames, d) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (d Direction) MarshalText() ([]byte, error) { return enum.Marshal(directionNames, d) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (d *Direction) UnmarshalText(text []byte) error { return enum.Unmarshal(directionNames, d, text) }

// direction compares two scores.
func direction(from, to Score) Direction {
	a, b := from.R+from.F+from.M, to.R+to.F+to.M
	switch {
	case from == to, from.cellUnknown() && from.Segment == to.Segment:
		return Stayed
	case from.cellUnknown() && b > 0:
		return Moved
	case from == Score{}:
		return Entered
	case b == 0:
		return Left
	case a < b:
		return Grown
	case a > b:
		return Fallen
	}
	return Shifted
}

// Causes is a set of metrics: those whose level changed.
type Causes uint8

// Has reports whether a metric is in the set.
func (c Causes) Has(m Metric) bool { return c>>m&1 == 1 }

// String joins the names, as in "recency+monetary"; "" for the empty set.
func (c Causes) String() string {
	var names []string
	for _, m := range metrics {
		if c.Has(m) {
			names = append(names, m.String())
		}
	}
	return strings.Join(names, "+")
}

// MarshalText writes the joined names.
func (c Causes) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes. For any other text it returns
// [clientele.ErrUnknown] and leaves the set as it was.
func (c *Causes) UnmarshalText(text []byte) error {
	var read Causes
	for name := range strings.SplitSeq(string(text), "+") {
		var m Metric
		if err := m.UnmarshalText([]byte(name)); err != nil && len(text) > 0 {
			return fault.Of("rfm.Causes.UnmarshalText", "Causes", string(text), errCauses)
		} else if err == nil {
			read |= 1 << m
		}
	}
	*c = read
	return nil
}

var errCauses = rule.Want(clientele.ErrUnknown, "%v, %v and %v joined by +", R, F, M)

// causes returns the metrics whose level differs, as far as the cells are known.
func causes(a, b Score) Causes {
	var c Causes
	if a.cellUnknown() {
		return c
	}
	for _, m := range metrics {
		if a.Level(m) != b.Level(m) {
			c |= 1 << m
		}
	}
	return c
}
