package survey

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/nps"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// LoopConfig says what is done with answers, so that the loop from the customer to the
// company closes: detractors are called back, passives asked why, promoters invited to
// refer others. It is a plain struct with a JSON form, so that you can store it and edit
// it in a settings page. [FollowUp] acts on it, one answer at a time, and [ReportLoop]
// reports what became of the tasks.
type LoopConfig struct {
	Scale nps.Scale `json:"scale,omitzero"` // scale of the answers; zero = the standard one

	// CallBack is the number of hours after the answer within which a detractor has to be
	// called back; 0 = no such task. 24 to 48 hours are customary. At least one of
	// CallBack, AskWhy and Invite is required.
	CallBack Hours `json:"callBack,omitempty"`
	AskWhy   Hours `json:"askWhy,omitempty"` // hours within which a passive has to be asked why; 0 = no such task
	Invite   Hours `json:"invite,omitempty"` // hours within which a promoter has to be invited to refer others; 0 = no such task

	// Priorities are what a customer must at least be worth for priority 1, 2 and so on, in
	// descending order, in the unit of [Reply].Value; there may be none.
	Priorities []decimal.Decimal `json:"priorities,omitempty"`

	// Space is the name space of the ids of tasks. Hosts with several clients give each
	// its own. The zero UUID is a name space too.
	Space uuid.UUID `json:"space,omitzero"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [LoopConfig.Validate] checks the values.
func (c *LoopConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.LoopConfig.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c LoopConfig) Validate() error {
	faults := clientele.ConfigError{Op: "survey.LoopConfig.Validate"}
	c.check(&faults, "")
	return faults.Err()
}

// check notes the faults of what stands at a path of a configuration.
func (c LoopConfig) check(faults *clientele.ConfigError, path string) {
	fault.AddPart(faults, path+"Scale.", c.Scale.Validate())
	some := false
	for kind := CallBack; kind <= Invite; kind++ {
		within := c.within(kind)
		if err := within.check(); err != nil {
			faults.Add(path+taskFields[kind], within, err)
		}
		some = some || within != 0
	}
	if !some {
		faults.Add(path+"CallBack", nil, rule.Because(rule.Missing, "nobody is contacted", "hours for at least one of CallBack, AskWhy and Invite, such as 48"))
	}
	var above *decimal.Decimal // the last that is usable
	for i, least := range c.Priorities {
		field := fmt.Sprintf("%sPriorities[%d]", path, i)
		if err := rule.Amount(least); err != nil {
			faults.Add(field, least, err)
			continue
		}
		if above != nil && least.Cmp(*above) >= 0 {
			faults.Add(field, least, rule.Because(rule.Range, "not below the one before", "the most first, each less than the one before, here %v", *above))
		}
		above = &least
	}
}

// taskFields are the fields of a configuration by kind of task.
var taskFields = [...]string{CallBack: "CallBack", AskWhy: "AskWhy", Invite: "Invite"}

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
