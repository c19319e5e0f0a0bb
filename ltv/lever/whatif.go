package lever

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Effect is what a set of levers does to a chain.
type Effect struct {
	Levers []Lever         `json:"levers"`
	By     decimal.Decimal `json:"by"` // share by which each grows
	Before Chain           `json:"before"`
	After  Chain           `json:"after"`

	// Warnings are those of After that Before does not have: a rate that would
	// exceed all there is.
	Warnings []error `json:"-"`
}

// Gain is the profit after less the profit before, exact.
func (e Effect) Gain() decimal.Decimal { return e.After.Profit().Sub(e.Before.Profit()) }

// ContributionChange is the growth of the contribution as a share of it; ok is false
// where there was none, or a loss.
func (e Effect) ContributionChange() (share float64, ok bool) {
	return quotient.Growth(e.Before.Contribution, e.After.Contribution)
}

// ProfitChange is the growth of profit as a share of it; ok is false where there was
// none, or a loss.
func (e Effect) ProfitChange() (share float64, ok bool) {
	return quotient.Growth(e.Before.Profit(), e.After.Profit())
}

// WhatIf tells what the same growth of every lever in a set does, for each set; no
// sets are each lever alone. Errors are those of [Chain.Raise].
func (c Chain) WhatIf(by decimal.Decimal, sets ...[]Lever) ([]Effect, error) {
	if len(sets) == 0 {
		for l := range leverNames {
			sets = append(sets, []Lever{Lever(l)})
		}
	}
	var all []Effect
	for _, set := range sets {
		after, err := c.Raise(by, set...)
		if err != nil {
			return nil, fault.Renamed("lever.Chain.WhatIf", err)
		}
		all = append(all, Effect{
			Levers: slices.Clone(set), By: by, Before: c, After: after, Warnings: after.warnings(c),
		})
	}
	return all, nil
}

// Elasticity is by how many percent profit grows when a lever grows by one percent:
// contribution over profit for all levers but fixed costs, whose elasticity is
// -fixed/profit. They are the sharper the less profit there is. A chain without
// profit, or with so little that its elasticity is no float64, has none
// ([clientele.ErrRange]); in a loss, the sign says that the loss shrinks. Faults of
// the chain are those of [Chain.Validate].
func (c Chain) Elasticity(l Lever) (float64, error) {
	const op = "lever.Chain.Elasticity"
	if err := c.checkFor(op, l); err != nil {
		return 0, err
	}
	moved := c.Contribution
	if l == FixedCosts {
		moved = c.FixedCosts.Neg()
	}
	e, ok := quotient.OfMoney(moved, c.Profit())
	if !ok {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "Profit", Value: c.Profit(), Err: clientele.ErrRange}
	}
	return e, nil
}

// checkFor refuses a lever that is none and a chain with faults.
func (c Chain) checkFor(op string, l Lever) error {
	if err := l.check(op, -1); err != nil {
		return err
	}
	return c.Validate()
}

var errUnreachable = fmt.Errorf("%w: the lever cannot do it alone", clientele.ErrRange)

// Need is by what share a lever must grow, all others as they are, for a profit: 0 is
// the break-even. A chain in which the lever moves nothing, or would have to move to
// below nothing or by more than a float64, is [clientele.ErrRange]. Faults of the chain
// are those of [Chain.Validate].
func (c Chain) Need(l Lever, profit decimal.Decimal) (share float64, err error) {
	const op = "lever.Chain.Need"
	if err := c.checkFor(op, l); err != nil {
		return 0, err
	}
	if err := checkTotal(profit); err != nil {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "profit", Value: profit, Err: err}
	}
	target, now := profit.Add(c.FixedCosts), c.Contribution
	if l == FixedCosts {
		target, now = c.Contribution.Sub(profit), c.FixedCosts
	}
	share, ok := quotient.OfMoney(target.Sub(now), now)
	if !ok || now.Sign() < 0 || target.Sign() < 0 {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "profit", Value: profit, Err: errUnreachable}
	}
	return share, nil
}
