package funnel

import (
	"math/bits"
	"time"

	"github.com/clientele-go/clientele/journey"
)

// plan is a funnel made ready for searching.
type plan struct {
	funnel Funnel
	zone   *time.Location
	names  nameTable   // what touchpoints mean
	other  []condition // matches that look at more than the touchpoint

	required uint32  // steps that are required
	limited  uint32  // steps that have limits of their own
	after    []int   // by number of steps from the first on, how many of them are required
	drops    uint32  // exclusions that take the person out
	covers   []cover // by exclusion, where it spoils
	isPlain  bool    // whether the search in plain.go finds the answer
}

// condition is the match of a step or an exclusion.
type condition struct {
	match *Match
	marks marks
}

// marks are the steps that a touch may fill and the exclusions that it is one of, a bit
// each.
type marks struct{ steps, spoils uint32 }

func (m marks) or(o marks) marks { return marks{m.steps | o.steps, m.spoils | o.spoils} }

// cover is where an exclusion spoils: attempts of which from..until steps are settled.
type cover struct{ from, until int }

// newPlan makes a funnel without faults ready.
func newPlan(f Funnel) *plan {
	p := &plan{funnel: f, zone: time.UTC}
	if zone, err := time.LoadLocation(f.Zone); err == nil { // which Validate has checked
		p.zone = zone
	}
	p.after = make([]int, len(f.Steps)+1)
	for i := range f.Steps {
		s := &p.funnel.Steps[i]
		p.after[i+1] = p.after[i]
		if !s.Optional {
			p.required |= 1 << i
			p.after[i+1]++
		}
		if !s.After.IsZero() || !s.Within.IsZero() {
			p.limited |= 1 << i
		}
		p.add(&s.Match, marks{steps: 1 << i})
	}
	for i := range f.Exclusions {
		x := &p.funnel.Exclusions[i]
		c := cover{1, len(f.Steps) - 1}
		if x.After != "" {
			c.from = f.stepIndex(x.After) + 1
		}
		if x.Before != "" {
			c.until = f.stepIndex(x.Before)
		}
		p.covers = append(p.covers, c)
		if x.DropPerson {
			p.drops |= 1 << i
		}
		p.add(&x.Match, marks{spoils: 1 << i})
	}
	p.isPlain = f.Order == InOrder && !f.Increasing && p.limited == 0 && len(f.Exclusions) == 0 &&
		p.required == p.all() && f.ClickHouse == nil
	return p
}

// add makes a match known.
func (p *plan) add(m *Match, marks marks) {
	if !m.isTouchpoints() {
		p.other = append(p.other, condition{m, marks})
		return
	}
	for _, name := range m.Touchpoints {
		p.names.add(name, marks)
	}
}

// marks returns what a touch is to the funnel.
func (p *plan) marks(t *journey.Touch) marks {
	m := p.names.find(t.Touchpoint)
	if len(p.other) > 0 {
		m = m.or(p.others(t))
	}
	return m
}

// others returns what a touch is by the matches that look at more than its touchpoint.
func (p *plan) others(t *journey.Touch) (m marks) {
	for i := range p.other {
		if c := &p.other[i]; c.match.holds(t) {
			m = m.or(c.marks)
		}
	}
	return m
}

// steps is the number of steps.
func (p *plan) steps() int { return len(p.funnel.Steps) }

// all are all steps.
func (p *plan) all() uint32 { return uint32(1<<p.steps() - 1) }

// optional is the number of optional steps.
func (p *plan) optional() int { return p.steps() - bits.OnesCount32(p.required) }

// isRequired reports whether step i is required.
func (p *plan) isRequired(i int) bool { return p.required>>i&1 == 1 }

// isLimited reports whether step i has limits of its own.
func (p *plan) isLimited(i int) bool { return p.limited>>i&1 == 1 }

// end is the last moment of the window that begins at a moment.
func (p *plan) end(at int64) int64 { return p.funnel.Window.after(at, p.zone) }
