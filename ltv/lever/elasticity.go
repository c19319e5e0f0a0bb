package lever

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Elasticity is by how many percent profit grows when a lever grows by one percent:
// contribution over profit for all levers but fixed costs, whose elasticity is
// -fixed costs/profit. Elasticities are the larger the less profit there is. For a chain
// with a loss the elasticity is negative where raising the lever shrinks the loss.
// Elasticity returns [clientele.ErrRange] for a chain without profit or loss, or with so
// little that the elasticity overflows. Faults of the chain are those of [Chain.Validate].
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

// GrowthNeeded returns by what share a lever must grow, with all others unchanged, for
// the chain to make a profit of target: 0.1 = 10 %, negative where it may shrink. A
// target of 0 is the break-even point. GrowthNeeded returns [clientele.ErrRange] if the
// lever cannot reach the target alone: because the lever moves nothing, or would have to
// fall below zero, or because the share overflows a float64. Faults of the chain are
// those of [Chain.Validate].
func (c Chain) GrowthNeeded(lever Lever, target decimal.Decimal) (share float64, err error) {
	const op = "lever.Chain.GrowthNeeded"
	if err := c.checkWith(op, lever); err != nil {
		return 0, err
	}
	if err := checkTotal(target); err != nil {
		return 0, fault.Of(op, "target", target, err)
	}
	then, now := target.Add(c.FixedCosts), c.Contribution
	if lever == FixedCosts {
		then, now = c.Contribution.Sub(target), c.FixedCosts
	}
	share, ok := quotient.OfMoney(then.Sub(now), now)
	if !ok || now.Sign() < 0 || then.Sign() < 0 {
		return 0, fault.Of(op, "target", target, errUnreachable)
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
