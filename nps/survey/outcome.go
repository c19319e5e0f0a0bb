package survey

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/interval"
)

// Outcome is what came of a contact.
type Outcome uint8

const (
	NotRecorded Outcome = iota // the customer was reached, and nobody noted what came of it
	Resolved                   // what the contact was for is done: the trouble mended, the reason told, the invitation accepted
	Unresolved                 // the customer was reached, but that is not done
	NotReached                 // the customer was not reached: nobody answered, or the address was wrong
)

var outcomeNames = [...]string{NotRecorded: "not recorded", Resolved: "resolved", Unresolved: "unresolved", NotReached: "not reached"}

// String returns the name, as in "not reached", and "Outcome(9)" for a value without a
// name.
func (o Outcome) String() string { return enum.String(outcomeNames[:], o) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (o Outcome) MarshalText() ([]byte, error) { return enum.Marshal(outcomeNames[:], o) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal(outcomeNames[:], o, text)
}

// OutcomeCount is what came of tasks whose customer was reached.
type OutcomeCount struct {
	Resolved    int `json:"resolved"`              // number of tasks that were resolved
	Unresolved  int `json:"unresolved"`            // number of tasks that were not
	NotRecorded int `json:"notRecorded,omitempty"` // number of tasks of which nobody noted what came

	// Share is the share of Resolved in Resolved + Unresolved, with Wilson's interval; nil
	// without either.
	Share *clientele.Estimate `json:"share,omitempty"`
}

// add counts a task.
func (c *OutcomeCount) add(o Outcome) {
	switch o {
	case Resolved:
		c.Resolved++
	case Unresolved:
		c.Unresolved++
	case NotRecorded:
		c.NotRecorded++
	}
}

// complete estimates what the counts tell.
func (c *OutcomeCount) complete(level float64) {
	if n := c.Resolved + c.Unresolved; n > 0 {
		c.Share = new(interval.Wilson(int64(c.Resolved), int64(n), level))
	}
}

// LoopReason is a reason that customers named.
type LoopReason struct {
	Reason     string `json:"reason"`               // the reason, in the host's words
	Tasks      int    `json:"tasks"`                // number of tasks with this reason
	Resolved   int    `json:"resolved"`             // number of these tasks that were resolved
	Unresolved int    `json:"unresolved"`           // number of these tasks whose customer was reached in vain
	NotReached int    `json:"notReached,omitempty"` // number of these tasks whose customer was not reached

	Share clientele.Estimate `json:"share"` // share of Tasks among the tasks of this kind that have a reason, with Wilson's interval
}

// add counts a task.
func (r *LoopReason) add(o Outcome) {
	r.Tasks++
	switch o {
	case Resolved:
		r.Resolved++
	case Unresolved:
		r.Unresolved++
	case NotReached:
		r.NotReached++
	}
}

// completeReasons sorts the reasons and estimates their shares.
func (p *LoopPart) completeReasons(level float64) {
	n := 0
	for _, r := range p.Reasons {
		n += r.Tasks
	}
	for i := range p.Reasons {
		p.Reasons[i].Share = interval.Wilson(int64(p.Reasons[i].Tasks), int64(n), level)
	}
	slices.SortFunc(p.Reasons, func(a, b LoopReason) int {
		return cmp.Or(cmp.Compare(b.Tasks, a.Tasks), strings.Compare(a.Reason, b.Reason))
	})
}
