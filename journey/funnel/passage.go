package funnel

import (
	"cmp"
	"slices"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Passage is the way of one person, or of one case, through the funnel: the chain that was
// found.
type Passage struct {
	Profile string `json:"profile"`         // the person
	Case    string `json:"case,omitempty"`  // the case, where Funnel.Per names one
	Group   string `json:"group,omitempty"` // group of the breakdown

	Touches []StepTouch `json:"touches"` // the chain, in order of steps; a step that was left out or not reached has none

	Converted bool `json:"converted,omitempty"` // whether all required steps were reached
	Open      bool `json:"open,omitempty"`      // whether the windows of all entries were open, so that more may come

	// Reentered reports whether a later entry has a window that is still open. It does not count:
	// the passage is of the entries whose window has ended.
	Reentered bool `json:"reentered,omitempty"`
}

// StepTouch is a touch that fills a step.
type StepTouch struct {
	Step  int       `json:"step"`        // index of the step in the funnel
	Touch int       `json:"touch"`       // index of the touch in the timeline
	ID    uuid.UUID `json:"id,omitzero"` // Touch.ID
	At    time.Time `json:"at"`          // Touch.At
}

// Reached reports whether a step, by its index, was reached.
func (p Passage) Reached(step int) bool {
	return slices.ContainsFunc(p.Touches, func(t StepTouch) bool { return t.Step == step })
}

// compare orders passages by profile, then by case.
func (p *Passage) compare(o *Passage) int {
	return cmp.Or(cmp.Compare(p.Profile, o.Profile), cmp.Compare(p.Case, o.Case))
}

// outcome is what was found of a case.
type outcome struct {
	depth
	chain chain

	isEntered, isOutside, isDropped bool // at most one; without any there was no entry
	isOpen, isReentered             bool // see Passage
}

// judge finds the chain of a case: of the entries of a period whose window has ended or, if
// there are none, of those whose window is open.
func (f *finder) judge(items []item, p period) outcome {
	entry := f.plan.entry()
	var o outcome
	entries := span{p.since, earliest}
	for i := len(items) - 1; i >= 0 && items[i].at >= p.since; i-- {
		at := items[i].at
		if items[i].steps&entry == 0 || at >= p.until {
			continue
		}
		if f.plan.end(at) <= p.asOf {
			entries.until = at
			break
		}
		o.isOpen = true
	}
	if entries.until > earliest {
		o.isOpen, o.isReentered = false, o.isOpen
	} else if o.isOpen {
		entries.until = p.until - 1
	} else {
		o.isOutside = slices.ContainsFunc(items, func(it item) bool { return it.steps&entry != 0 })
		return o
	}
	o.depth, o.chain, o.isDropped = f.find(items, entries)
	o.isEntered = !o.isDropped
	return o
}

// passage describes an outcome.
func (f *finder) passage(o *outcome, line *journey.Timeline) Passage {
	p := Passage{
		Profile: line.Profile, Converted: f.isConverted(o), Open: o.isOpen, Reentered: o.isReentered,
		Touches: make([]StepTouch, 0, o.required+o.optional),
	}
	for step, touch := range o.chain {
		if touch >= 0 {
			t := &line.Touches[touch]
			p.Touches = append(p.Touches, StepTouch{step, int(touch), t.ID, t.At})
		}
	}
	return p
}

// isConverted reports whether all required steps were reached.
func (f *finder) isConverted(o *outcome) bool { return o.required == f.plan.after[f.plan.steps()] }
