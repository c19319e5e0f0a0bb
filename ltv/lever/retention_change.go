package lever

import "github.com/clientele-go/clientele/ltv/internal/quotient"

// RetentionChange is what another retention does to a value.
type RetentionChange struct {
	Before RetentionValue `json:"before"` // value as it is
	After  RetentionValue `json:"after"`  // value with the other retention

	LifetimeBefore float64 `json:"lifetimeBefore"` // expected number of periods with the retention as it is
	LifetimeAfter  float64 `json:"lifetimeAfter"`  // expected number of periods with the other retention
	ValueBefore    float64 `json:"valueBefore"`    // money with the retention as it is
	ValueAfter     float64 `json:"valueAfter"`     // money with the other retention
	ProfitBefore   float64 `json:"profitBefore"`   // ValueBefore less the cost of acquisition
	ProfitAfter    float64 `json:"profitAfter"`    // ValueAfter less the cost of acquisition
}

// LifetimeChange is the growth of the lifetime as a share of the lifetime before; 0 for a
// change that WithRetention did not make.
func (c RetentionChange) LifetimeChange() float64 {
	change, _ := quotient.Of(c.LifetimeAfter-c.LifetimeBefore, c.LifetimeBefore)
	return change
}

// ValueChange is the growth of the value as a share of the value before; ok is false if
// that was zero.
func (c RetentionChange) ValueChange() (share float64, ok bool) {
	return quotient.Of(c.ValueAfter-c.ValueBefore, c.ValueBefore)
}

// ProfitChange is the growth of the profit as a share of the profit before; ok is false if
// that was not above zero.
func (c RetentionChange) ProfitChange() (share float64, ok bool) {
	if c.ProfitBefore <= 0 {
		return 0, false
	}
	return quotient.Of(c.ProfitAfter-c.ProfitBefore, c.ProfitBefore)
}

// WithRetention computes what another retention does to the lifetime, the value and the
// profit. Errors are those of [RetentionValue.Profit] and [RetentionValue.Lifetime].
func (v RetentionValue) WithRetention(retention float64) (RetentionChange, error) {
	const op = "lever.RetentionValue.WithRetention"
	c := RetentionChange{Before: v, After: v}
	c.After.Retention = retention
	for _, side := range []struct {
		v                       RetentionValue
		lifetime, value, profit *float64
	}{
		{c.Before, &c.LifetimeBefore, &c.ValueBefore, &c.ProfitBefore},
		{c.After, &c.LifetimeAfter, &c.ValueAfter, &c.ProfitAfter},
	} {
		var err error
		if *side.lifetime, err = side.v.lifetime(op); err != nil {
			return RetentionChange{}, err
		}
		if *side.value, err = side.v.value(op); err != nil {
			return RetentionChange{}, err
		}
		if *side.profit, err = side.v.profit(op); err != nil {
			return RetentionChange{}, err
		}
	}
	return c, nil
}
