package funnel

import (
	"iter"
	"strings"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Counter counts people on their way through a funnel, one timeline after the other. Counters
// of shards of people are merged. It keeps two numbers of 8 bytes for each step that somebody
// reached, and with Config.Passages the chains. It is not safe for concurrent use. The zero
// Counter is empty and takes the configuration of the first that is merged into it; until then
// Add and Report return [clientele.ErrMissing].
type Counter struct {
	cfg    Config
	period period
	finder *finder // nil without a configuration
	reader reader

	wide   exact.Wide
	groups map[string]*tally
	people []int             // by step, people of whom at least one case reached it; with Funnel.Per
	met    map[string]uint32 // by group, the steps that cases of the person at hand reached
	all    []Passage

	timelines, notEntered, outside, dropped int // see Report
	ties, later, unassigned                 int
}

// New makes an empty counter. It reports all faults of the configuration at once, as
// [Config.Validate] does.
func New(cfg Config) (*Counter, error) {
	cfg, err := cfg.fill("funnel.New")
	if err != nil {
		return nil, err
	}
	return newCounter(cfg), nil
}

// newCounter makes a counter of a configuration without faults.
func newCounter(cfg Config) *Counter {
	cfg.Funnel = cfg.Funnel.clone()
	c := &Counter{cfg: cfg, period: cfg.period(), finder: newFinder(newPlan(cfg.Funnel)), groups: make(map[string]*tally)}
	if cfg.Funnel.Per != "" {
		c.people, c.met = make([]int, len(cfg.Funnel.Steps)), make(map[string]uint32)
	}
	return c
}

// Count counts all timelines of a source in one pass. It returns what [New],
// [Counter.Add] and [Counter.Report] return, with the index of the timeline, and the errors of
// the source.
func Count(src iter.Seq2[journey.Timeline, error], cfg Config) (*Report, error) {
	const op = "funnel.Count"
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	if src == nil {
		return nil, fault.Of(op, "src", nil, rule.ErrNoSource)
	}
	c := newCounter(cfg)
	n := 0
	for line, err := range src {
		if err == nil {
			err = c.add(&line)
		}
		if err != nil {
			return nil, fault.Placed(op, n, err)
		}
		n++
	}
	return c.report(op)
}

// Add counts a person, whose whole timeline it takes: each person is added once. An error
// leaves the counter as it was. Add returns an InputError for a timeline without a profile
// ([clientele.ErrMissing]), for a time outside 1678-2261 ([clientele.ErrTimeRange]), for
// touches that are not in their order ([clientele.ErrRange]), and for a Value of a touch of
// the chain that [journey.Touch.Validate] refuses.
func (c *Counter) Add(line journey.Timeline) error {
	const op = "funnel.Counter.Add"
	if c == nil || c.finder == nil {
		return fault.Unconfigured(op)
	}
	return fault.Renamed(op, c.add(&line))
}

func (c *Counter) add(line *journey.Timeline) error {
	if err := c.reader.read(c.finder.plan, line, c.period.asOf); err != nil {
		return err
	}
	if c.reader.isSplit {
		return c.addCases(line)
	}
	o := c.finder.judge(c.reader.reading.items, c.period)
	if err := checkValues(&o, line.Touches); err != nil {
		return err
	}
	c.noteReading()
	c.note(&o, line, "")
	return nil
}

// addCases counts the cases of a person, after all were checked.
func (c *Counter) addCases(line *journey.Timeline) error {
	for _, items := range c.reader.cases() {
		o := c.finder.judge(items, c.period)
		if err := checkValues(&o, line.Touches); err != nil {
			return err
		}
	}
	c.noteReading()
	for name, items := range c.reader.cases() {
		o := c.finder.judge(items, c.period)
		if group, ok := c.note(&o, line, name); ok && !o.isOpen {
			c.met[group] |= o.chain.reached()
		}
	}
	c.notePeople()
	return nil
}

// checkValues refuses money of a chain that cannot be added.
func checkValues(o *outcome, touches []journey.Touch) error {
	if !o.isEntered {
		return nil
	}
	for _, touch := range o.chain {
		if touch < 0 {
			continue
		}
		if t := &touches[touch]; !t.Value.IsZero() {
			if err := rule.Money(t.Value); err != nil {
				return fault.Of("", place(int(touch))+"Value", t.Value, err)
			}
		}
	}
	return nil
}

// noteReading counts what was read.
func (c *Counter) noteReading() {
	c.timelines++
	c.ties += c.reader.ties
	c.later += c.reader.later
	c.unassigned += c.reader.unassigned
}

// note counts an outcome and returns its group; ok is false for one that is in none.
func (c *Counter) note(o *outcome, line *journey.Timeline, name string) (group string, ok bool) {
	switch {
	case o.isDropped:
		c.dropped++
		return "", false
	case o.isOutside:
		c.outside++
		return "", false
	case !o.isEntered:
		c.notEntered++
		return "", false
	}
	group = c.group(o.chain, line.Touches)
	t := c.groups[group]
	if t == nil {
		t = newTally(strings.Clone(group), c.finder.plan)
		c.groups[t.name] = t
	}
	t.add(&c.wide, c.finder, o, line.Touches)
	if c.cfg.Passages {
		p := c.finder.passage(o, line)
		p.Profile, p.Case, p.Group = strings.Clone(p.Profile), strings.Clone(name), t.name
		c.all = append(c.all, p)
	}
	return t.name, true
}

// group is the group of a chain.
func (c *Counter) group(own chain, touches []journey.Touch) string {
	b := &c.cfg.Breakdown
	if b.By == "" {
		return ""
	}
	touch := own.first()
	switch b.Touch {
	case Last:
		touch = own.last()
	case OfStep:
		if touch = own[c.cfg.Funnel.stepIndex(b.Step)]; touch < 0 {
			return ""
		}
	}
	return b.By.of(&touches[touch])
}

// Merge adds what another counter counted, of other people. The report is the same in
// whatever order shards are merged. An empty counter without a configuration adds nothing, and
// takes the configuration of the other. Merge returns [clientele.ErrMismatch] if the
// configurations differ and [clientele.ErrDuplicate] if o is c, and then leaves c as it was. o
// stays as it was.
func (c *Counter) Merge(o *Counter) error {
	const op = "funnel.Counter.Merge"
	switch {
	case c == nil:
		return fault.Unconfigured(op)
	case o == nil || o.finder == nil:
		return nil
	case c == o:
		return fault.Of(op, "o", nil, rule.Because(rule.Duplicate, "the counter itself", "a counter of other people"))
	case c.finder == nil:
		*c = *newCounter(o.cfg)
	case !c.cfg.isEqual(o.cfg):
		return fault.Of(op, "Config", nil, rule.Want(rule.Mismatch, "the configuration of the counter that it is added to"))
	}
	for name, t := range o.groups {
		own := c.groups[name]
		if own == nil {
			own = newTally(name, c.finder.plan)
			c.groups[name] = own
		}
		own.join(&c.wide, t, &o.wide)
	}
	for step, n := range o.people {
		c.people[step] += n
	}
	c.all = append(c.all, o.all...)
	c.timelines, c.notEntered = c.timelines+o.timelines, c.notEntered+o.notEntered
	c.outside, c.dropped = c.outside+o.outside, c.dropped+o.dropped
	c.ties, c.later, c.unassigned = c.ties+o.ties, c.later+o.later, c.unassigned+o.unassigned
	return nil
}

// Reset makes the counter empty. Its configuration stays.
func (c *Counter) Reset() {
	if c != nil && c.finder != nil {
		*c = *newCounter(c.cfg)
	}
}
