package funnel

import (
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/journey"
)

// tally counts the cases of one group.
type tally struct {
	name string // of the group, a text of its own

	entered, converted, reentered int // cases whose window has ended
	atLeast                       []int
	people                        []int // by step, people of whom at least one of the cases reached it; with Funnel.Per
	steps                         []stepTally

	openEntered, openConverted int // cases whose window is open
	openReached                []int
}

// stepTally counts the cases that reached a step.
type stepTally struct {
	reached int

	// sinceEntry and sinceBefore are nanoseconds since the first touch of the chain, and since
	// the step before in it. Of a step that is always the first there are none.
	sinceEntry, sinceBefore []int64

	// value is the money of the step, with sums over cases of its square, of its product with
	// the money of the first step, and of that with the required step before.
	value, square, withFirst, withBefore exact.Sum
}

func newTally(name string, p *plan) *tally {
	return &tally{name: name, atLeast: make([]int, p.after[p.steps()]), people: make([]int, p.steps()), steps: make([]stepTally, p.steps()), openReached: make([]int, p.steps())}
}

// add counts an outcome; its sums belong to w.
func (t *tally) add(w *exact.Wide, f *finder, o *outcome, touches []journey.Touch) {
	if o.isOpen {
		t.openEntered++
		if f.isConverted(o) {
			t.openConverted++
		}
		for step, touch := range o.chain {
			if touch >= 0 {
				t.openReached[step]++
			}
		}
		return
	}
	t.entered++
	if f.isConverted(o) {
		t.converted++
	}
	if o.isReentered {
		t.reentered++
	}
	for i := range o.required {
		t.atLeast[i]++
	}
	t.addSteps(w, f.plan, o.chain, touches)
}

// addSteps counts the steps of a chain.
func (t *tally) addSteps(w *exact.Wide, p *plan, c chain, touches []journey.Touch) {
	entry := touches[c.first()].At.UnixNano()
	before := entry // moment of the step before in the chain
	for step, touch := range c {
		if touch < 0 {
			continue
		}
		s := &t.steps[step]
		s.reached++
		own := &touches[touch]
		at := own.At.UnixNano()
		switch {
		case p.funnel.Order == AnyOrder:
			s.sinceEntry = append(s.sinceEntry, at-entry)
		case step > 0:
			s.sinceEntry, s.sinceBefore = append(s.sinceEntry, at-entry), append(s.sinceBefore, at-before)
			before = at
		}
		if own.Value.IsZero() {
			continue
		}
		w.Add(&s.value, own.Value)
		w.AddProduct(&s.square, own.Value, own.Value)
		if first := c[0]; first >= 0 {
			w.AddProduct(&s.withFirst, own.Value, touches[first].Value)
		}
		if i := p.funnel.stepBefore(step); i >= 0 && c[i] >= 0 {
			w.AddProduct(&s.withBefore, own.Value, touches[c[i]].Value)
		}
	}
}

// first is the index of the first touch of a chain that has one. Steps may be in any order.
func (c chain) first() int32 {
	first := c[0]
	for _, touch := range c {
		if touch >= 0 && (first < 0 || touch < first) {
			first = touch
		}
	}
	return first
}

// last is the index of the last touch of a chain; -1 for none.
func (c chain) last() int32 { return slices.Max(c) }

// join adds what another tally counted, whose sums belong to from; those of t to w.
func (t *tally) join(w *exact.Wide, o *tally, from *exact.Wide) {
	t.entered, t.converted, t.reentered = t.entered+o.entered, t.converted+o.converted, t.reentered+o.reentered
	t.openEntered, t.openConverted = t.openEntered+o.openEntered, t.openConverted+o.openConverted
	for i, n := range o.atLeast {
		t.atLeast[i] += n
	}
	for i, n := range o.people {
		t.people[i] += n
	}
	for i, n := range o.openReached {
		t.openReached[i] += n
	}
	for i := range o.steps {
		s, other := &t.steps[i], &o.steps[i]
		s.reached += other.reached
		s.sinceEntry = append(s.sinceEntry, other.sinceEntry...)
		s.sinceBefore = append(s.sinceBefore, other.sinceBefore...)
		w.Join(&s.value, from, other.value)
		w.Join(&s.square, from, other.square)
		w.Join(&s.withFirst, from, other.withFirst)
		w.Join(&s.withBefore, from, other.withBefore)
	}
}

// drop gives back the sums of a tally that is needed no more.
func (t *tally) drop(w *exact.Wide) {
	for i := range t.steps {
		s := &t.steps[i]
		w.Drop(&s.value)
		w.Drop(&s.square)
		w.Drop(&s.withFirst)
		w.Drop(&s.withBefore)
	}
}
