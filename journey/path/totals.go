package path

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
)

// People returns the number of people with at least one step.
func (l *Log) People() int {
	if l == nil {
		return 0
	}
	return len(l.taken)
}

// Steps returns the number of steps of all people.
func (l *Log) Steps() int {
	if l == nil {
		return 0
	}
	return l.steps
}

// Unlabelled returns the number of touches that are no step because Config.Label named them
// "".
func (l *Log) Unlabelled() int {
	if l == nil {
		return 0
	}
	return l.unlabelled
}

// Pathless returns the number of people without a step, who are in no other count.
func (l *Log) Pathless() int {
	if l == nil {
		return 0
	}
	return l.pathless
}

// Labels returns the labels that occur, in ascending order.
func (l *Log) Labels() []string {
	if l == nil {
		return nil
	}
	return slices.Sorted(slices.Values(l.labels.set.Names()))
}

// Times is how long ways take or waits are, in time that passed, nights and holidays
// included; in JSON, in nanoseconds.
type Times struct {
	Min    time.Duration `json:"min"`    // the shortest
	Mean   time.Duration `json:"mean"`   // the mean, rounded down to a nanosecond
	Median time.Duration `json:"median"` // the middle one, or the mean of the two in the middle rounded down
	Max    time.Duration `json:"max"`    // the longest
}

// durationOf is that of times that are not negative, at least one. It sorts them.
func durationOf(times []int64) Times {
	slices.Sort(times)
	var sum nanos
	for _, t := range times {
		sum.add(uint64(t))
	}
	low, high := times[(len(times)-1)/2], times[len(times)/2]
	return Times{
		Min: time.Duration(times[0]), Max: time.Duration(times[len(times)-1]),
		Mean: time.Duration(sum.mean(len(times))), Median: time.Duration(low + (high-low)/2),
	}
}

// Throughput returns how long people take from the beginning of their first step to the end
// of the last to end: 0 for a way of one step that has no end of its own. It returns an
// InputError of [clientele.ErrEmpty] for a log without people, and of
// [clientele.ErrMissing] for one that [New] has not made.
func (l *Log) Throughput() (Times, error) {
	const op = "path.Log.Throughput"
	if err := l.ready(op); err != nil {
		return Times{}, err
	}
	return durationOf(slices.Clone(l.taken)), nil
}

// ready refuses a log that has nothing to answer from.
func (l *Log) ready(op string) error {
	if err := l.exists(op); err != nil {
		return err
	}
	if len(l.taken) == 0 {
		return fault.Of(op, "Log", nil, errNoSteps)
	}
	return nil
}
