package ltv

import (
	"iter"
)

// Holdout is what a customer did after the calibration, to compare forecasts
// with.
type Holdout struct {
	// Frequency is the number of periods of the calendar with a purchase.
	Frequency int `json:"frequency"`

	// T is the length of the holdout, the same for all customers, in the unit of
	// time of the summaries.
	T float64 `json:"t"`

	// Money is what the customer paid, less refunds unless SummaryConfig.Gross is
	// set; below 0 where more was given back than paid. It is rounded once, from
	// the exact sum.
	Money float64 `json:"money"`
}

// Observed is a customer before and after the end of the calibration.
type Observed struct {
	Summary Summary `json:"summary"`       // the customer up to the end of the calibration
	Holdout Holdout `json:"holdout"`       // the customer in the holdout; zero without a holdout
	Unit    Span    `json:"unit,omitzero"` // the unit of time of summary and holdout; zero where it is not known
}

// HeldOut returns what a customer did in the holdout; ok is false for one who is
// not in the base, and without a holdout.
func (s *Summaries[K]) HeldOut(customer K) (h Holdout, ok bool) {
	slot, ok := s.find(customer)
	if !ok || !s.cols.cfg.holdsOut() {
		return Holdout{}, false
	}
	return s.cols.holdout(slot), true
}

// Observed yields the customers of the base, before and after the end of the
// calibration, in the order of All.
func (s *Summaries[K]) Observed() iter.Seq2[K, Observed] {
	return func(yield func(K, Observed) bool) {
		unit := s.Config().Unit()
		for slot := range s.slots() {
			if !yield(s.roster.ID(slot), Observed{s.cols.summary(slot), s.cols.holdout(slot), unit}) {
				return
			}
		}
	}
}

// holdout returns the holdout of a slot; zero without one.
func (c *columns) holdout(slot int32) Holdout {
	if !c.cfg.holdsOut() {
		return Holdout{}
	}
	h := c.held.At(slot)
	return Holdout{
		Frequency: c.blocks.len(h.periods()),
		T:         c.time(c.end, c.heldEnd),
		Money:     c.wide.Float(h.money),
	}
}
