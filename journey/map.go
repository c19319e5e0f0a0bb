package journey

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// Map is the plan of the way: its stages, the touchpoints at which people meet the company,
// and typical ways over them. It is data with a JSON form, so that you can store it and edit
// it in a settings page. [Audit] compares it with what people really did; [DeveloperMap] is a
// ready one for a property developer.
type Map struct {
	Name string `json:"name,omitempty"` // name of the map

	// Stages are the stages of the way, in order; none = [DefaultStages].
	Stages []string `json:"stages,omitempty"`

	Touchpoints []Touchpoint `json:"touchpoints"`         // at least one
	Scenarios   []Scenario   `json:"scenarios,omitempty"` // typical ways; there may be none
}

// Touchpoint is a place, a person or a thing in which people meet the company: a web site, a
// sales employee, a brochure.
type Touchpoint struct {
	Name      string     `json:"name"`                // unique on the map; what Touch.Touchpoint refers to
	Stages    []string   `json:"stages"`              // stages that it serves, at least one
	Channel   string     `json:"channel,omitempty"`   // channel through which it works: web, shop, telephone
	Place     string     `json:"place,omitempty"`     // where it is
	Owner     string     `json:"owner,omitempty"`     // who answers for it in the company
	Decisions []Decision `json:"decisions,omitempty"` // decisions that people take at it
}

// Scenario is a typical way of a person: touchpoints in the order in which they are met.
type Scenario struct {
	Name        string   `json:"name"`        // unique on the map
	Touchpoints []string `json:"touchpoints"` // names of touchpoints of the map, at least one; a touchpoint may come again
}

// DefaultStages are the stages of a map that names none: study, compare, consult, cart,
// order, delivery and service.
func DefaultStages() []string {
	return []string{"study", "compare", "consult", "cart", "order", "delivery", "service"}
}

// UnmarshalJSON reads a map. An unknown key, a key given twice or a value of the wrong type
// returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves m as it was. [Map.Validate]
// checks the meaning.
func (m *Map) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("journey.Map.UnmarshalJSON", data, m)
}

// stages are the stages of the map.
func (m *Map) stages() []string {
	if len(m.Stages) == 0 {
		return DefaultStages()
	}
	return m.Stages
}

// Touchpoint returns the touchpoint of a name; ok is false if the map has none.
func (m Map) Touchpoint(name string) (t Touchpoint, ok bool) {
	i := slices.IndexFunc(m.Touchpoints, func(t Touchpoint) bool { return t.Name == name })
	if i < 0 {
		return Touchpoint{}, false
	}
	return m.Touchpoints[i], true
}
