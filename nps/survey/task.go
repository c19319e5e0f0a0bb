package survey

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/nps"
	"github.com/google/uuid"
)

// TaskKind is what is to be done after an answer.
type TaskKind uint8

const (
	CallBack TaskKind = iota // call a detractor back
	AskWhy                   // ask a passive what was missing
	Invite                   // invite a promoter to refer others
)

var taskNames = [...]string{CallBack: "call back", AskWhy: "ask why", Invite: "invite to refer"}

// String returns "call back", "ask why" or "invite to refer", and "TaskKind(9)" for a
// value without a name.
func (k TaskKind) String() string { return enum.String(taskNames[:], k) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (k TaskKind) MarshalText() ([]byte, error) {
	return enum.Marshal(taskNames[:], k)
}

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (k *TaskKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal(taskNames[:], k, text)
}

// taskOf is what is done with customers of an attitude.
func taskOf(a nps.Attitude) TaskKind { return TaskKind(a - nps.Detractor) }

// attitude is that of the customers for whom a task is.
func (k TaskKind) attitude() nps.Attitude { return nps.Attitude(k) + nps.Detractor }

// Task is something to be done for a customer who has answered: what a host turns into
// an event for its triggers or an entry in the work list of its staff.
type Task struct {
	// ID follows from the kind and the reply alone: it is the UUIDv5, in the name space
	// LoopConfig.Space, of the text fmt.Sprintf("%s %q %q %d", Kind, Survey, Customer,
	// At.UnixNano()), as in
	//	call back "delivery" "Ada" 1735812000000000000
	// So an answer that is handled again, or corrected within the same attitude, makes no
	// second task for a host that keeps ids. A host whose storage rounds times must round At
	// first.
	ID uuid.UUID `json:"id"`

	Kind     TaskKind     `json:"kind"`               // what is to be done
	Customer string       `json:"customer"`           // for whom
	Attitude nps.Attitude `json:"attitude"`           // attitude of the customer, by the answer
	Priority int          `json:"priority,omitempty"` // place in the order of service, 1 = first; 0 = not known
	Due      time.Time    `json:"due"`                // latest moment to contact the customer, itself included
	Reason   string       `json:"reason"`             // text for whoever does the task, as in "answered 3 on a scale of 0 to 10: a detractor"

	At      time.Time `json:"at"`                // when the customer answered
	Answer  int       `json:"answer"`            // the answer
	Survey  string    `json:"survey,omitempty"`  // name of the survey
	Comment string    `json:"comment,omitempty"` // what the customer wrote
}

// FollowUp returns what is to be done after an answer; ok is false where the configuration
// has nothing for customers of that attitude.
//
// A customer who is worth Priorities[0] or more has priority 1, one worth Priorities[1] or
// more 2, and so on; a customer worth less than all priorities has priority
// len(Priorities)+1. Without priorities, or where the reply has no value, the task has
// none.
//
// FollowUp knows no clock: the task of an old answer is overdue. All faults of the
// configuration come at once in a [clientele.ConfigError]; a reply without a customer, at
// an unusable time, off the scale or of an unusable value returns an InputError.
func FollowUp(r Reply, cfg LoopConfig) (task Task, ok bool, err error) {
	const op = "survey.FollowUp"
	faults := clientele.ConfigError{Op: op}
	cfg.check(&faults, "")
	if err := faults.Err(); err != nil {
		return Task{}, false, err
	}
	attitude, err := r.check(op, cfg.Scale)
	if err != nil {
		return Task{}, false, err
	}
	kind := taskOf(attitude)
	within := cfg.within(kind)
	if within == 0 {
		return Task{}, false, nil
	}
	scale := cmp.Or(cfg.Scale, nps.Standard())
	return Task{
		ID:   uuid.NewSHA1(cfg.Space, fmt.Appendf(nil, "%v %q %q %d", kind, r.Survey, r.Customer, r.At.UnixNano())),
		Kind: kind, Customer: r.Customer, Attitude: attitude, Priority: cfg.priority(r.Value), Due: r.At.Add(within.Duration()),
		Reason: fmt.Sprintf("answered %d on a scale of %d to %d: a %v", r.Answer, scale.Min, scale.Max, attitude),
		At:     r.At, Answer: r.Answer, Survey: r.Survey, Comment: r.Comment,
	}, true, nil
}

// Compare returns -1, 0 or +1 as t is to be done before o, is the same task, or comes
// later: by priority, tasks without one last; then by when they are due; then by customer
// and id. Use it with [slices.SortFunc].
func (t Task) Compare(o Task) int {
	urgency := func(t Task) int {
		if t.Priority == 0 {
			return math.MaxInt
		}
		return t.Priority
	}
	return cmp.Or(
		cmp.Compare(urgency(t), urgency(o)), t.Due.Compare(o.Due),
		strings.Compare(t.Customer, o.Customer), bytes.Compare(t.ID[:], o.ID[:]),
	)
}
