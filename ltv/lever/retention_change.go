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
}

// LifetimeChange is the growth of the lifetime as a share of the lifetime before.
func (c RetentionChange) LifetimeChange() float64 { return c.LifetimeAfter/c.LifetimeBefore - 1 }

// ValueChange is the growth of the value as a share of the value before; ok is false if
// that was zero.
func (c RetentionChange) ValueChange() (share float64, ok bool) {
	return quotient.Of(c.ValueAfter-c.ValueBefore, c.ValueBefore)
}

// WithRetention tells what another retention does to the lifetime and the value.
// Errors are those of [RetentionValue.Value] and [RetentionValue.Lifetime].
func (v RetentionValue) WithRetention(retention float64) (RetentionChange, error) {
	const op = "lever.RetentionValue.WithRetention"
	c := RetentionChange{Before: v, After: v}
	c.After.Retention = retention
	for _, side := range []struct {
		v               RetentionValue
		lifetime, value *float64
	}{{c.Before, &c.LifetimeBefore, &c.ValueBefore}, {c.After, &c.LifetimeAfter, &c.ValueAfter}} {
		var err error
		if *side.lifetime, err = side.v.lifetime(op); err != nil {
			return RetentionChange{}, err
		}
		if *side.value, err = side.v.value(op); err != nil {
			return RetentionChange{}, err
		}
	}
	return c, nil
}
