package channel

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// IntegrationOf returns the level of integration that a person met over all contacts. A person
// without contacts has met none: ok is false.
//
// It returns a [clientele.ConfigError] with all faults of the configuration, and the
// [clientele.InputError] of [journey.Timeline.Validate].
func (c Config) IntegrationOf(t journey.Timeline) (met Integration, ok bool, err error) {
	w, err := c.prepared("channel.Config.IntegrationOf", &t)
	if err != nil || len(w.contacts) == 0 {
		return 0, false, err
	}
	return c.level(w, len(w.contacts)), true, nil
}

// Met is the level of integration that a person had met at a contact. It stays what it was
// then, whatever comes later, so that people can be compared by what they did afterwards.
type Met struct {
	Profile     string      `json:"profile"`     // the person
	Integration Integration `json:"integration"` // level over the contacts up to then
	At          time.Time   `json:"at"`          // when that contact was
}

// Met returns the level that a person had met at contact number n, counted from 1; ok is
// false for a person with fewer contacts. To ask whether integration pays, make an
// assignment of each: of package cohort, for instance, Assignment{Customer: m.Profile,
// Group: m.Integration.String(), At: m.At}, which cohort refuses where it was made after the
// purchase at which groups are fixed.
//
// It returns a [clientele.ConfigError] with all faults of the configuration, and an
// InputError of [clientele.ErrRange] for an n below 1 and that of
// [journey.Timeline.Validate].
func (c Config) Met(t journey.Timeline, n int) (met Met, ok bool, err error) {
	const op = "channel.Config.Met"
	if n < 1 {
		return Met{}, false, fault.Of(op, "n", n, rule.Want(rule.Range, "the number of a contact, counted from 1"))
	}
	w, err := c.prepared(op, &t)
	if err != nil || len(w.contacts) < n {
		return Met{}, false, err
	}
	return Met{Profile: t.Profile, Integration: c.level(w, n), At: w.contacts[n-1].At}, true, nil
}

// prepared checks the configuration and a timeline, and sorts its touches.
func (c *Config) prepared(op string, t *journey.Timeline) (*way, error) {
	faults := clientele.ConfigError{Op: op}
	c.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if err := t.Validate(); err != nil {
		return nil, fault.Renamed(op, err)
	}
	return new(c.wayOf(t)), nil
}
