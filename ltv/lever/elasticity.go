package lever

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Elasticity is by how many percent profit grows when a lever grows by one percent:
// contribution over profit for all levers but fixed costs, whose elasticity is
// -fixed costs/profit. Elasticities are the larger the less profit there is. A chain without
// profit, or with so little that its elasticity is no float64, has none
// ([clientele.ErrRange]); in a loss, the sign says that the loss shrinks. Faults of
// the chain are those of [Chain.Validate].
func (c Chain) Elasticity(lever Lever) (float64, error) {
	const op = "lever.Chain.Elasticity"
	if err := c.checkWith(op, lever); err != nil {
		return 0, err
	}
	moved := c.Contribution
	if lever == FixedCosts {
		moved = c.FixedCosts.Neg()
	}
	e, ok := quotient.OfMoney(moved, c.Profit())
	if !ok {
		return 0, fault.Of(op, "Profit", c.Profit(), rule.Because(rule.Range, "no profit, or next to none", "a profit or a loss"))
	}
	return e, nil
}

// Need is by what share a lever must grow, all others as they are, for a profit: 0 is
// the break-even. A chain in which the lever moves nothing, or would have to move to
// below nothing or by more than a float64, is [clientele.ErrRange]. Faults of the chain
// are those of [Chain.Validate].
func (c Chain) Need(lever Lever, profit decimal.Decimal) (share float64, err error) {
	const op = "lever.Chain.Need"
	if err := c.checkWith(op, lever); err != nil {
		return 0, err
	}
	if err := checkTotal(profit); err != nil {
		return 0, fault.Of(op, "profit", profit, err)
	}
	target, now := profit.Add(c.FixedCosts), c.Contribution
	if lever == FixedCosts {
		target, now = c.Contribution.Sub(profit), c.FixedCosts
	}
	share, ok := quotient.OfMoney(target.Sub(now), now)
	if !ok || now.Sign() < 0 || target.Sign() < 0 {
		return 0, fault.Of(op, "profit", profit, errUnreachable)
	}
	return share, nil
}

var errUnreachable = rule.Because(rule.Range, "the lever cannot do it alone", "another profit or another lever")

// checkWith refuses a chain with faults and an unknown lever.
func (c Chain) checkWith(op string, lever Lever) error {
	if err := c.validate(op); err != nil {
		return err
	}
	return lever.check(op, "lever")
}
