package ltv

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Advance moves the base to a later AsOf, as a nightly job does with the base stored the
// night before. Then feed all purchases and refunds after the old AsOf: those that the
// base was given before and counted as [Summaries.Later] were not kept, and Later is 0
// again. A base that was advanced and fed equals one made anew as of the later moment,
// down to the bytes of its binary form.
//
// The same moment changes nothing. Advance returns [clientele.ErrRange] for an earlier
// one, and [clientele.ErrMismatch] for a base with a holdout (SummaryConfig.Until): its
// purchases are kept as a sum, so those that the calibration would take in are not known.
// What is refused changes nothing. The time of Advance does not grow with the base.
func (s *Summaries[K]) Advance(asOf time.Time) error {
	const op = "ltv.Summaries.Advance"
	if s.Roster() == nil {
		return fault.Unconfigured(op)
	}
	return s.cols.advance(op, asOf)
}

// Advance moves the history to a later AsOf, as [Summaries.Advance] does.
func (h *History) Advance(asOf time.Time) error {
	const op = "ltv.History.Advance"
	if !h.configured() {
		return fault.Unconfigured(op)
	}
	return h.cols.advance(op, asOf)
}

// advance moves the end of the observation. Everything else is kept by the periods in
// which it happened, whatever the end.
func (c *columns) advance(op string, asOf time.Time) error {
	ahead, err := fault.Ahead(op, asOf, c.cfg.AsOf)
	switch {
	case err != nil || !ahead:
		return err
	case c.cfg.holdsOut():
		return fault.Of(op, "Config.Until", c.cfg.Until, errHoldoutStays)
	}
	c.setMoment(asOf)
	c.later = 0
	return nil
}

var errHoldoutStays = rule.Because(clientele.ErrMismatch, "which purchases of the holdout the calibration takes in is not kept",
	"no holdout, or a base made anew as of the later moment")
