package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// Outlook is what a model says of a customer's future, given the history. Times
// are in the summary's unit and count from the end of the history, T. They are 0
// or more and finite ([Outlook.Discounted] also takes an infinite horizon), and
// whole numbers for a [BGBB]. Any other time returns a [clientele.InputError],
// an answer that cannot be computed [ErrInaccurate], and the zero Outlook, which
// no model made, [clientele.ErrMissing]. Make an Outlook by [Model.Given]; it is
// immutable.
type Outlook struct {
	outlookJSON

	kernel  kernel.Kernel
	name    string
	summary kernel.Summary
	alive   float64
}

// Alive is the probability that the customer has not dropped out at T.
func (o Outlook) Alive() float64 { return o.alive }

// AliveAt is the probability that the customer has not dropped out at a time
// after T, 0 or later. Purchases until then are not known yet: it falls with time
// even for a customer who will buy.
func (o Outlook) AliveAt(ahead float64) (float64, error) {
	const op = "ltv.Outlook.AliveAt"
	if err := o.checkTime(op, "ahead", ahead, false); err != nil {
		return 0, err
	}
	return o.weigh(op, func() float64 { return o.kernel.Stays(o.summary, ahead) })
}

// Expected is the mean number of purchases from T to T+horizon.
func (o Outlook) Expected(horizon float64) (float64, error) {
	const op = "ltv.Outlook.Expected"
	if err := o.checkTime(op, "horizon", horizon, false); err != nil {
		return 0, err
	}
	return o.weigh(op, func() float64 { return o.kernel.Expected(o.summary, horizon) })
}

// Discounted is the mean of the sum of exp(-rate·u) over the purchases from T to
// T+horizon, where u is a purchase's time after T and rate is continuous, per unit
// of time: the discounted number of future purchases. For an infinite horizon this is
// DERT, discounted expected residual transactions, and rate must be positive.
// [Discount.Continuous] turns a rate per year into this one.
func (o Outlook) Discounted(horizon, rate float64) (float64, error) {
	const op = "ltv.Outlook.Discounted"
	if err := o.checkTime(op, "horizon", horizon, true); err != nil {
		return 0, err
	}
	if err := o.check(op, "rate", rate, false); err != nil {
		return 0, err
	}
	if math.IsInf(horizon, 1) && rate == 0 {
		return 0, fault.Of(op, "rate", rate, rule.Because(clientele.ErrRange, "the horizon has no end", "a rate above 0"))
	}
	return o.weigh(op, func() float64 { return o.kernel.Discounted(o.summary, horizon, rate) })
}

// Probability is the probability of exactly n purchases from T to T+horizon.
func (o Outlook) Probability(n int, horizon float64) (float64, error) {
	const op = "ltv.Outlook.Probability"
	if err := o.checkTime(op, "horizon", horizon, false); err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, fault.Of(op, "n", n, rule.Want(clientele.ErrNegative, "0 purchases or more"))
	}
	p, err := o.weigh(op, func() float64 { return o.kernel.Probability(o.summary, n, horizon) })
	if err == nil && n == 0 {
		p += 1 - o.alive
	}
	return p, err
}

// Posterior returns the posterior means of the customer's own purchase rate (while alive)
// and drop-out rate. They are conditional on the history alone, not on being alive. Both
// are per unit of time where the model has rates, probabilities (of buying at an
// opportunity, of dropping out after a purchase or an opportunity) where it has those.
func (o Outlook) Posterior() (purchase, dropout float64, err error) {
	const op = "ltv.Outlook.Posterior"
	if o.kernel == nil {
		return 0, 0, o.check(op, "", 0, false)
	}
	purchase, dropout = o.kernel.Posterior(o.summary)
	if purchase, err = finite(op, purchase); err != nil {
		return 0, 0, err
	}
	dropout, err = finite(op, dropout)
	return purchase, dropout, err
}

// Simulate draws one possible future: the times after T, ascending, of the purchases up to
// horizon. src is a source of math/rand/v2. The draw takes into account that the
// customer's own rates are not known. Equal sources give equal futures. A future of more
// than 2^20 purchases returns [ErrInaccurate].
func (o Outlook) Simulate(horizon float64, src rand.Source) ([]float64, error) {
	const op = "ltv.Outlook.Simulate"
	if err := o.checkTime(op, "horizon", horizon, false); err != nil {
		return nil, err
	}
	if src == nil {
		return nil, fault.Of(op, "src", nil, rule.ErrNoRandomness)
	}
	rng := rand.New(src)
	if rng.Float64() >= o.alive {
		return nil, nil
	}
	var times []float64
	if !kernel.Simulate(o.kernel, o.summary, horizon, rng, func(at float64) { times = append(times, at) }) {
		return nil, fault.Of(op, "horizon", horizon, rule.Because(ErrInaccurate, "too many purchases to draw", "a horizon with at most %d purchases", kernel.MostPurchases))
	}
	return times, nil
}

// check refuses a time or a rate that is no number from 0 up, or infinite unless
// that has a meaning; and an outlook that no model made.
func (o Outlook) check(op, field string, v float64, infinite bool) error {
	want := "0 or more"
	if infinite {
		want = "0 or more, or math.Inf(1)"
	}
	switch {
	case o.kernel == nil:
		return fault.Of(op, "Outlook", nil, rule.Because(clientele.ErrMissing, "no model made this outlook", "one that Model.Given returned"))
	case infinite && math.IsInf(v, 1):
		return nil
	}
	if err := rule.AtLeastZero(v, want); err != nil {
		return fault.Of(op, field, v, err)
	}
	return nil
}

// checkTime is check for a time after T, which the model may not know.
func (o Outlook) checkTime(op, field string, t float64, infinite bool) error {
	if err := o.check(op, field, t, infinite); err != nil {
		return err
	}
	if err := reaches(o.kernel, t); err != nil {
		return fault.Of(op, field, t, err)
	}
	return nil
}

// weigh multiplies an answer for the living by the probability of being one.
func (o Outlook) weigh(op string, f func() float64) (float64, error) {
	if o.alive == 0 {
		return 0, nil
	}
	v := o.alive * f()
	if !rule.IsFinite(v) {
		return 0, inaccurate(op)
	}
	return v, nil
}
