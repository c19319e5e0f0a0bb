package lever

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Effect is what a set of levers does to a chain.
type Effect struct {
	Levers []Lever         `json:"levers"` // levers that were raised
	By     decimal.Decimal `json:"by"`     // share by which each lever grows, 0.1 = 10 %
	Before Chain           `json:"before"` // chain as it is
	After  Chain           `json:"after"`  // chain with the levers raised

	// Warnings are those of After that Before does not have, each a [clientele.InputError],
	// such as more customers than leads. JSON leaves the warnings out: [Chain.Warnings] of
	// After and of Before find them again.
	Warnings []error `json:"-"`
}

// Gain is the profit after less the profit before, exact, of chains that [Chain.Validate]
// accepts, as [Chain.WhatIf] makes them: the exact difference of other totals may take
// more memory than there is.
func (e Effect) Gain() decimal.Decimal { return e.After.Profit().Sub(e.Before.Profit()) }

// ContributionChange is the growth of the contribution as a share of the contribution
// before; ok is false if that was not above 0.
func (e Effect) ContributionChange() (share float64, ok bool) {
	return quotient.Growth(e.Before.Contribution, e.After.Contribution)
}

// ProfitChange is the growth of profit as a share of the profit before; ok is false if that
// was not above 0.
func (e Effect) ProfitChange() (share float64, ok bool) {
	return quotient.Growth(e.Before.Profit(), e.After.Profit())
}

// WhatIf raises all levers of a set by a share, 0.1 = 10 %, for each set separately; see
// [Sets]. Without sets it raises each of the seven levers alone, FixedCosts included.
// Errors are those of [Chain.Raise].
func (c Chain) WhatIf(by decimal.Decimal, sets ...[]Lever) ([]Effect, error) {
	const op = "lever.Chain.WhatIf"
	if len(sets) == 0 {
		for l := range leverNames {
			sets = append(sets, []Lever{Lever(l)})
		}
	}
	var all []Effect
	for i, set := range sets {
		after, err := c.raise(op, by, fmt.Sprintf("sets[%d]", i), set)
		if err != nil {
			return nil, err
		}
		all = append(all, Effect{
			Levers: slices.Clone(set), By: by, Before: c, After: after, Warnings: after.warnings(op, c),
		})
	}
	return all, nil
}
