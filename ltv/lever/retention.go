package lever

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
)

// RetentionValue is the value of a customer who stays from period to period with a
// constant probability, discounted: with margin m, retention r and discount rate d,
// over n periods
//
//	Σ m r^(t-1) / (1+d)^(t-1), t = 1…n
//
// which is m (1+d)/(1+d-r) for ever. A customer is there in period t with
// probability r^(t-1), and so surely in the first. Variants:
//
//	AtEnd               money comes at the end of its period:  m/(1+d-r) for ever
//	Renewals            the first period is left out:          m r/(1+d-r) for ever
//	Renewals and AtEnd                                         m r/((1+d)(1+d-r))
//
// Sources: Berger & Nasr, Customer Lifetime Value: Marketing Models and Applications,
// Journal of Interactive Marketing 12 (1998), case 1; Gupta & Lehmann, Customers as
// Assets, the same journal 17 (2003), whose margin multiple r/(1+d-r) is that of
// Renewals. Where customers differ, a constant rate undervalues them: see [SBG].
type RetentionValue struct {
	Margin    float64 `json:"margin"`    // money that a customer brings in a period, less costs
	Retention float64 `json:"retention"` // probability to stay for another period, from 0 to 1
	Discount  float64 `json:"discount"`  // rate per period, 0.1 = 10 %; at least 0

	Periods  int  `json:"periods,omitempty"`  // 0 = for ever
	AtEnd    bool `json:"atEnd,omitempty"`    // money comes at the end of a period, not its start
	Renewals bool `json:"renewals,omitempty"` // what comes after the first period, for one whose first is paid
}

var errNeverEnds = fmt.Errorf("%w: for ever, without leaving and without discount", clientele.ErrRange)

// Validate reports all faults at once in a [clientele.ConfigError]: numbers that are
// not finite or outside their range, and the sum that never ends, of retention 1 and
// no discount for ever.
func (v RetentionValue) Validate() error {
	faults := clientele.ConfigError{Op: "lever.RetentionValue"}
	if math.IsNaN(v.Margin) || math.IsInf(v.Margin, 0) {
		faults.Add("Margin", v.Margin, clientele.ErrNotFinite)
	}
	if !(v.Retention >= 0 && v.Retention <= 1) {
		faults.Add("Retention", v.Retention, clientele.ErrRange)
	}
	if !(v.Discount >= 0 && v.Discount <= math.MaxFloat64) {
		faults.Add("Discount", v.Discount, clientele.ErrRange)
	}
	if v.Periods < 0 {
		faults.Add("Periods", v.Periods, clientele.ErrNegative)
	}
	if faults.Err() == nil && v.Periods == 0 && v.Retention == 1 && v.Discount == 0 {
		faults.Add("Periods", v.Periods, errNeverEnds)
	}
	return faults.Err()
}

// Value returns the value in money. One that is no float64 is [clientele.ErrRange].
func (v RetentionValue) Value() (float64, error) {
	if err := v.Validate(); err != nil {
		return 0, err
	}
	value := v.Margin * v.multiple()
	if !(math.Abs(value) <= math.MaxFloat64) {
		return 0, &clientele.InputError{Op: "lever.RetentionValue.Value", Index: -1, Field: "Margin", Value: v.Margin, Err: clientele.ErrRange}
	}
	return value, nil
}

// multiple is the value of a margin of 1.
func (v RetentionValue) multiple() float64 {
	s, n := v.powers(), float64(v.Periods)
	sum := s.sum(n)
	if v.Renewals {
		sum = s.q * s.sum(n-1)
	}
	if v.AtEnd {
		sum /= 1 + v.Discount
	}
	return sum
}

// powers are those of r/(1+d).
func (v RetentionValue) powers() powers {
	s := newPowers(v.Retention/(1+v.Discount), (1-v.Retention+v.Discount)/(1+v.Discount))
	s.forever = v.Periods == 0
	return s
}

// Lifetime returns the expected number of periods in which the customer is there,
// the first included: 1/(1-r) for ever. A retention of 1 for ever is
// [clientele.ErrRange].
func (v RetentionValue) Lifetime() (periods float64, err error) {
	if err := v.Validate(); err != nil {
		return 0, err
	}
	if v.Retention == 1 && v.Periods == 0 {
		return 0, &clientele.InputError{Op: "lever.RetentionValue.Lifetime", Index: -1, Field: "Retention", Value: v.Retention, Err: clientele.ErrRange}
	}
	s := newPowers(v.Retention, 1-v.Retention)
	s.forever = v.Periods == 0
	return s.sum(float64(v.Periods)), nil
}

// RetentionElasticity tells by how many percent the value grows when a number grows
// by one percent.
type RetentionElasticity struct {
	Margin    float64 `json:"margin"` // always 1
	Retention float64 `json:"retention"`
	Discount  float64 `json:"discount"` // never above 0
}

// Elasticity returns the elasticities, the exact derivatives: with weights
// w_t ∝ (r/(1+d))^(t-1), that of retention is the mean of t-1, and that of the
// discount rate -d/(1+d) times the mean of t-1, or of t AtEnd. A value without terms
// (Renewals of one period or of retention 0) has none, and next to one that never
// ends they may be no float64: [clientele.ErrRange].
func (v RetentionValue) Elasticity() (RetentionElasticity, error) {
	if err := v.Validate(); err != nil {
		return RetentionElasticity{}, err
	}
	s, n := v.powers(), float64(v.Periods)
	terms := s.sum(n)
	if v.Renewals {
		terms = s.q * s.sum(n-1)
	}
	mean := s.moment(n) / terms
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return RetentionElasticity{}, &clientele.InputError{Op: "lever.RetentionValue.Elasticity", Index: -1, Field: "Retention", Value: v.Retention, Err: clientele.ErrRange}
	}
	later := mean
	if v.AtEnd {
		later++
	}
	return RetentionElasticity{Margin: 1, Retention: mean, Discount: 0 - v.Discount/(1+v.Discount)*later}, nil
}

// RetentionChange is what another retention does to a value.
type RetentionChange struct {
	Before RetentionValue `json:"before"`
	After  RetentionValue `json:"after"`

	LifetimeBefore float64 `json:"lifetimeBefore"` // periods
	LifetimeAfter  float64 `json:"lifetimeAfter"`
	ValueBefore    float64 `json:"valueBefore"`
	ValueAfter     float64 `json:"valueAfter"`
}

// LifetimeChange is the growth of the lifetime as a share of it.
func (c RetentionChange) LifetimeChange() float64 { return c.LifetimeAfter/c.LifetimeBefore - 1 }

// ValueChange is the growth of the value as a share of it; ok is false where it was
// zero.
func (c RetentionChange) ValueChange() (share float64, ok bool) {
	return quotient.Of(c.ValueAfter-c.ValueBefore, c.ValueBefore)
}

// WithRetention tells what another retention does to the lifetime and the value.
// Errors are those of [RetentionValue.Value] and [RetentionValue.Lifetime].
func (v RetentionValue) WithRetention(r float64) (RetentionChange, error) {
	c := RetentionChange{Before: v, After: v}
	c.After.Retention = r
	for _, side := range []struct {
		v               RetentionValue
		lifetime, value *float64
	}{{c.Before, &c.LifetimeBefore, &c.ValueBefore}, {c.After, &c.LifetimeAfter, &c.ValueAfter}} {
		var err error
		if *side.lifetime, err = side.v.Lifetime(); err != nil {
			return RetentionChange{}, err
		}
		if *side.value, err = side.v.Value(); err != nil {
			return RetentionChange{}, err
		}
	}
	return c, nil
}
