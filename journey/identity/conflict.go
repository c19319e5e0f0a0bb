package identity

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Conflict is an identifier that would have joined two profiles but for a limit or an
// Unlink.
type Conflict struct {
	Touch uuid.UUID `json:"touch,omitzero"` // ID of the touch, zero if it has none
	At    time.Time `json:"at"`             // when the touch was, in UTC

	With       journey.Identifier `json:"with"`                 // the touch's most trusted identifier, to whose person the touch belongs
	Identifier journey.Identifier `json:"identifier"`           // what did not join
	HandedOver bool               `json:"handedOver,omitempty"` // whether that person became its owner; else it was set aside in this touch

	// Limit is the kind whose limit was in the way; "" for an [Stitcher.Unlink].
	Limit string `json:"limit,omitempty"`
}

// Conflicts returns what would have joined but for a limit or an Unlink, in the order of
// the touches. Many about one identifier mean that it is not one person's: name it in
// Rules.Blocked.
func (s *Stitcher) Conflicts() []Conflict {
	if !s.ready() {
		return nil
	}
	s.Settle()
	var all []conflict
	for _, d := range s.joins.tight {
		all = append(all, d.conflicts...)
	}
	slices.SortStableFunc(all, func(a, b conflict) int { return s.compare(a.row, b.row) })
	out := make([]Conflict, len(all))
	for i, c := range all {
		out[i] = s.conflict(c)
	}
	return out
}

func (s *Stitcher) conflict(c conflict) Conflict {
	out := Conflict{
		Touch: s.touchID(c.row), At: s.time(c.row), HandedOver: c.handed,
		With: s.identifier(s.nodes(c.row)[0]), Identifier: s.identifier(c.node),
	}
	if c.limit != none {
		out.Limit = s.rules.Kinds[c.limit].Name
	}
	return out
}
