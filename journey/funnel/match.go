package funnel

import (
	"fmt"
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Match says which touches are meant: those for which all conditions hold that are set, of
// which there is at least one. A list holds if it has the touch's value.
type Match struct {
	Touchpoints []string      `json:"touchpoints,omitempty"` // touchpoints, any of which is meant; none = all
	Channels    []string      `json:"channels,omitempty"`    // channels, any of which is meant; none = all
	Outcomes    []string      `json:"outcomes,omitempty"`    // outcomes, any of which is meant; none = all
	By          journey.Party `json:"by,omitzero"`           // who began the contact; zero = anybody

	// Labels are labels that the touch has, each with this very value; none = any labels.
	Labels map[string]string `json:"labels,omitempty"`
}

// At returns the match of all touches at touchpoints.
func At(touchpoints ...string) Match { return Match{Touchpoints: touchpoints} }

// holds reports whether a touch is meant.
func (m *Match) holds(t *journey.Touch) bool {
	if len(m.Touchpoints) > 0 && !slices.Contains(m.Touchpoints, t.Touchpoint) ||
		len(m.Channels) > 0 && !slices.Contains(m.Channels, t.Channel) ||
		len(m.Outcomes) > 0 && !slices.Contains(m.Outcomes, t.Outcome) ||
		m.By != journey.Unstated && m.By != t.By {
		return false
	}
	for name, value := range m.Labels {
		if own, ok := t.Labels[name]; !ok || own != value {
			return false
		}
	}
	return true
}

// isTouchpoints reports whether the touchpoint alone decides.
func (m *Match) isTouchpoints() bool {
	return len(m.Touchpoints) > 0 && len(m.Channels)+len(m.Outcomes)+len(m.Labels) == 0 && m.By == journey.Unstated
}

// check notes the faults of a match that stands at a path of a configuration.
func (m *Match) check(faults *clientele.ConfigError, path string) {
	if len(m.Touchpoints)+len(m.Channels)+len(m.Outcomes)+len(m.Labels) == 0 && m.By == journey.Unstated {
		faults.Add(path, nil, errNoCondition)
	}
	for _, list := range []struct {
		field string
		names []string
	}{{"Touchpoints", m.Touchpoints}, {"Channels", m.Channels}, {"Outcomes", m.Outcomes}} {
		seen := make(map[string]bool)
		for i, name := range list.names {
			fault.AddLabel(faults, fmt.Sprintf("%s.%s[%d]", path, list.field, i), name, seen)
		}
	}
	if _, err := m.By.MarshalText(); err != nil {
		faults.Add(path+".By", uint8(m.By), rule.OneOf(journey.Customer.String(), journey.Company.String()))
	}
	for _, name := range slices.Sorted(maps.Keys(m.Labels)) {
		if name == "" {
			faults.Add(path+".Labels", nil, rule.Want(rule.Missing, "the name of the label"))
		}
	}
}

var errNoCondition = rule.Want(rule.Missing, "at least one condition, such as Touchpoints")
