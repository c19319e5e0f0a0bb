package survey

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/nps"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// LoopConfig says what is done with answers, so that the loop from the customer to the
// company closes: detractors are called back, passives asked why, promoters invited to
// refer. It is data, to be stored and edited. [FollowUp] acts on it, one answer at a time,
// and [ReportLoop] tells afterwards what became of it.
type LoopConfig struct {
	Scale nps.Scale `json:"scale,omitzero"` // zero = the standard one

	// CallBack, AskWhy and Invite are how long after the answer a detractor, a passive
	// and a promoter have to be contacted at the latest; 0 = none of them is. At least
	// one is given. For detractors 24 to 48 hours are customary.
	CallBack Hours `json:"callBack,omitempty"`
	AskWhy   Hours `json:"askWhy,omitempty"`
	Invite   Hours `json:"invite,omitempty"`

	// Priorities are what customers must be worth to be served first, second and so on,
	// the most first; any number, also none.
	Priorities []decimal.Decimal `json:"priorities,omitempty"`

	// Space is the name space of the ids of tasks. Hosts with several clients give each
	// its own; the zero UUID is one too.
	Space uuid.UUID `json:"space,omitzero"`
}

// UnmarshalJSON reads a configuration. An unknown key or a value of the wrong type is an
// InputError of [clientele.ErrEncoding] and leaves the configuration as it was; whether
// the values make sense is for [LoopConfig.Validate] to tell.
func (c *LoopConfig) UnmarshalJSON(data []byte) error {
	type plain LoopConfig
	var read plain
	if err := strict.JSON(data, &read); err != nil {
		return &clientele.InputError{Op: "survey.LoopConfig.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	*c = LoopConfig(read)
	return nil
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c LoopConfig) Validate() error {
	faults := clientele.ConfigError{Op: "survey.LoopConfig.Validate"}
	c.check(&faults, "")
	return faults.Err()
}

// check notes faults.
func (c LoopConfig) check(faults *clientele.ConfigError, place string) {
	if err := c.Scale.Validate(); err != nil {
		faults.Add(place+"Scale", c.Scale, err)
	}
	some := false
	for kind := CallBack; kind <= Invite; kind++ {
		within := c.within(kind)
		if err := within.check(); err != nil {
			faults.Add(place+stepFields[kind], within, err)
		}
		some = some || within != 0
	}
	if !some {
		faults.Add(place+"CallBack", nil, fmt.Errorf("%w: nobody is contacted", clientele.ErrMissing))
	}
	var above *decimal.Decimal // the last that is usable
	for i, least := range c.Priorities {
		field := fmt.Sprintf("%sPriorities[%d]", place, i)
		if err := rule.Amount(least); err != nil {
			faults.Add(field, least, err)
			continue
		}
		if above != nil && least.Cmp(*above) >= 0 {
			faults.Add(field, least, fmt.Errorf("%w: not below those before", clientele.ErrRange))
		}
		above = &least
	}
}

// stepFields are the fields of a configuration by kind of task.
var stepFields = [...]string{CallBack: "CallBack", AskWhy: "AskWhy", Invite: "Invite"}

// within is the time for a kind of task; 0 = there are none.
func (c LoopConfig) within(kind TaskKind) Hours {
	return [...]Hours{CallBack: c.CallBack, AskWhy: c.AskWhy, Invite: c.Invite}[kind]
}

// priority is that of a customer who is worth so much.
func (c LoopConfig) priority(value *decimal.Decimal) int {
	if value == nil || len(c.Priorities) == 0 {
		return 0
	}
	for i, least := range c.Priorities {
		if value.Cmp(least) >= 0 {
			return i + 1
		}
	}
	return len(c.Priorities) + 1
}
