package path

import (
	"fmt"
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/journey"
)

// Log is the ways of many people, ready to be asked. It holds a byte or two a step, what is
// known of each pair of labels, and per person the time taken and the name. It may be read
// by many goroutines at once, but not while one adds to it.
type Log struct {
	cfg    Config
	made   bool // by New
	labels labelTable
	ways   wayList
	edges  edgeTable

	people profileList
	taken  []int64 // nanoseconds from the first step to the end of the last, by person

	steps, unlabelled, pathless int

	own   []step   // scratch space of Add
	names []string // scratch space of Add, for labels that Config.Label gave
}

// step is a touch that counts; collapsed touches are one.
type step struct {
	label     int32
	from, end int64
}

// New returns an empty log.
func New(cfg Config) *Log {
	return &Log{cfg: cfg, made: true, edges: edgeTable{keepsWaits: cfg.Waits}}
}

// Read makes a log of timelines; their order does not matter. It returns a
// [clientele.ConfigError] where there is no source, a [clientele.InputError] with the timeline's index
// for an error of the source or a timeline that [Log.Add] refuses, and one of
// [clientele.ErrEmpty] where no timeline has a step.
func Read(src iter.Seq2[journey.Timeline, error], cfg Config) (*Log, error) {
	const op = "path.Read"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	l, i := New(cfg), 0
	for t, err := range src {
		if err == nil {
			err = l.add(&t)
		}
		if err != nil {
			return nil, fault.Placed(op, i, err)
		}
		i++
	}
	if len(l.taken) == 0 {
		return nil, fault.Of(op, "timelines", nil, errNoSteps)
	}
	return l, nil
}

// Add adds the way of a person, who must not be in the log yet: a second timeline of a
// profile counts as a second person. It looks at Profile and, in each touch, at Touchpoint,
// At, Until and Seq alone.
//
// It returns a [clientele.InputError], and adds nothing, for a timeline without a profile
// or a touch without a touchpoint ([clientele.ErrMissing]), a moment that is zero
// ([clientele.ErrZeroTime]) or outside 1678-2261 ([clientele.ErrTimeRange]), an end before
// the beginning, and touches that are not in their order ([clientele.ErrRange]), and a step
// whose label is [Left] or [Other] ([clientele.ErrDuplicate]).
func (l *Log) Add(t journey.Timeline) error {
	const op = "path.Log.Add"
	if err := l.exists(op); err != nil {
		return err
	}
	return fault.Renamed(op, l.add(&t))
}

// exists refuses a log that New has not made.
func (l *Log) exists(op string) error {
	if l == nil || !l.made {
		return fault.Unconfigured(op)
	}
	return nil
}

func (l *Log) add(t *journey.Timeline) error {
	if !l.readTimes(t) {
		return refused(t)
	}
	err := l.readNames(t)
	if err == nil {
		l.readSteps(t)
	}
	clear(l.names) // they may be pieces of something large
	if err != nil {
		return err
	}
	if len(l.own) == 0 {
		l.pathless++
		return nil
	}
	end := l.own[0].end
	l.ways.begin(len(l.own))
	for i := range l.own {
		s := &l.own[i]
		l.ways.step(s.label)
		end = max(end, s.end)
		if i > 0 {
			l.edges.add(&l.own[i-1], s)
		}
	}
	l.people.add(t.Profile, l.own[len(l.own)-1].label)
	l.taken = append(l.taken, end-l.own[0].from)
	l.steps += len(l.own)
	return nil
}

// readNames checks the labels of a person's touches, and reads into l.names those that
// Config.Label gives.
func (l *Log) readNames(t *journey.Timeline) error {
	l.names = l.names[:0]
	for i := range t.Touches {
		name, field := t.Touches[i].Touchpoint, ".Touchpoint"
		if l.cfg.Label != nil {
			name, field = l.cfg.Label(t.Touches[i]), ""
		}
		if name == Left || name == Other {
			return fault.Of("", fmt.Sprintf("Touches[%d]%s", i, field), name, errOwnLabel)
		}
		if l.cfg.Label != nil {
			l.names = append(l.names, name)
		}
	}
	return nil
}

// readSteps makes steps of a person's touches, whose times are in l.own and labels in l.names,
// without Config.Label in the touches.
func (l *Log) readSteps(t *journey.Timeline) {
	n := 0
	for i := range t.Touches {
		name := t.Touches[i].Touchpoint
		if l.cfg.Label != nil {
			name = l.names[i]
		}
		if name == "" {
			l.unlabelled++
			continue
		}
		s := l.own[i]
		s.label = l.labels.number(name)
		if l.cfg.Collapse && n > 0 && l.own[n-1].label == s.label {
			l.own[n-1].end = max(l.own[n-1].end, s.end)
			continue
		}
		l.own[n] = s
		n++
	}
	l.own = l.own[:n]
	l.edges.fit(l.labels.len())
}
