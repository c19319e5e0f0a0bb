package lever

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// RetentionValue is the value of a customer who stays from period to period with a
// constant probability, discounted: with margin m, retention r and discount rate d,
// over n periods
//
//	Σ m r^(t-1) / (1+d)^(t-1), t = 1…n
//
// which is m (1+d)/(1+d-r) without an end (Periods 0). A customer is
// there in period t with probability r^(t-1), and so surely in the first.
// Variants, without an end:
//
//   - AtEnd, money comes at the end of its period: m/(1+d-r)
//   - Renewals, the first period is left out: m r/(1+d-r)
//   - Renewals and AtEnd: m r/((1+d)(1+d-r))
//
// Sources: Berger & Nasr, Customer Lifetime Value: Marketing Models and Applications,
// Journal of Interactive Marketing 12 (1998), case 1; Gupta & Lehmann, Customers as
// Assets, the same journal 17 (2003), whose margin multiple r/(1+d-r) is that of
// Renewals. Where customers differ, a constant retention rate undervalues them: see the
// SBG of package ltv/contract.
type RetentionValue struct {
	Margin    float64 `json:"margin"`    // contribution of a customer in one period: revenue less the costs of goods and to serve, not less the cost of acquisition
	Retention float64 `json:"retention"` // probability of staying for another period, from 0 to 1
	Discount  float64 `json:"discount"`  // discount rate per period, the same period as for Margin and Retention, 0.1 = 10 %; at least 0

	// Acquisition is what it cost to win the customer, in the money of the first period,
	// for Profit; 0 for a customer who is there already. Value leaves it out.
	Acquisition float64 `json:"acquisition,omitempty"`

	Periods  int  `json:"periods,omitempty"`  // number of periods that count; 0 = for ever
	AtEnd    bool `json:"atEnd,omitempty"`    // whether money comes at the end of a period, not at its start
	Renewals bool `json:"renewals,omitempty"` // whether the first period is left out, as for a customer who has paid it
}

// Validate reports all faults at once in a [clientele.ConfigError]: numbers that are not
// finite or outside their range, and the infinite sum of Retention 1, Discount 0 and Periods
// 0 together.
func (v RetentionValue) Validate() error { return v.validate("lever.RetentionValue.Validate") }

func (v RetentionValue) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	if math.IsNaN(v.Margin) || math.IsInf(v.Margin, 0) {
		faults.Add("Margin", v.Margin, rule.Want(rule.NotFinite, "an amount of money"))
	}
	if !(v.Acquisition >= 0 && v.Acquisition <= math.MaxFloat64) {
		faults.Add("Acquisition", v.Acquisition, rule.Want(rule.Range, "a cost of 0 or more"))
	}
	if !(v.Retention >= 0 && v.Retention <= 1) {
		faults.Add("Retention", v.Retention, rule.Want(rule.Range, "a probability from 0 to 1, such as 0.8"))
	}
	if !(v.Discount >= 0 && v.Discount <= math.MaxFloat64) {
		faults.Add("Discount", v.Discount, rule.Want(rule.Range, "a rate of 0 or more, such as 0.1 for 10 %%"))
	}
	if v.Periods < 0 {
		faults.Add("Periods", v.Periods, rule.Want(rule.Negative, "1 period or more, or 0 for ever"))
	}
	if faults.Err() == nil && v.Periods == 0 && v.Retention == 1 && v.Discount == 0 {
		faults.Add("Periods", v.Periods, rule.Because(rule.Range, "nobody leaves and nothing is discounted, for ever",
			"a number of periods, a retention below 1 or a discount above 0"))
	}
	return faults.Err()
}

// UnmarshalJSON reads a value strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (v *RetentionValue) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.RetentionValue.UnmarshalJSON", data, v)
}

// Value returns the value in money, from which the cost of acquisition is not subtracted.
// It returns [clientele.ErrRange] if the value overflows a float64.
func (v RetentionValue) Value() (float64, error) { return v.value("lever.RetentionValue.Value") }

func (v RetentionValue) value(op string) (float64, error) {
	if err := v.validate(op); err != nil {
		return 0, err
	}
	value := v.Margin * v.multiple()
	if !(math.Abs(value) <= math.MaxFloat64) {
		return 0, fault.Of(op, "Margin", v.Margin, rule.Because(rule.Range, "the value is too large", "a smaller margin"))
	}
	return value, nil
}

// Profit returns Value less Acquisition: what the customer brings beyond the cost of
// winning them. It returns [clientele.ErrRange] if that overflows a float64.
func (v RetentionValue) Profit() (float64, error) { return v.profit("lever.RetentionValue.Profit") }

func (v RetentionValue) profit(op string) (float64, error) {
	value, err := v.value(op)
	if err != nil {
		return 0, err
	}
	profit := value - v.Acquisition
	if math.IsInf(profit, 0) {
		return 0, fault.Of(op, "Acquisition", v.Acquisition, rule.Because(rule.Range, "the loss is too large", "a smaller cost"))
	}
	return profit, nil
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

// Lifetime returns the expected number of periods in which the customer is there, the
// first included: 1/(1-r) without an end (Periods 0). It returns [clientele.ErrRange] for
// a retention of 1 without an end.
func (v RetentionValue) Lifetime() (periods float64, err error) {
	return v.lifetime("lever.RetentionValue.Lifetime")
}

func (v RetentionValue) lifetime(op string) (float64, error) {
	if err := v.validate(op); err != nil {
		return 0, err
	}
	if v.Retention == 1 && v.Periods == 0 {
		return 0, fault.Of(op, "Retention", v.Retention, rule.Because(rule.Range, "nobody leaves, for ever", "less than 1, or a number of periods"))
	}
	s := newPowers(v.Retention, 1-v.Retention)
	s.forever = v.Periods == 0
	return s.sum(float64(v.Periods)), nil
}

// RetentionElasticity says by how many percent a [RetentionValue] grows when its margin,
// its retention or its discount rate grows by one percent.
type RetentionElasticity struct {
	Margin    float64 `json:"margin"`    // elasticity by the margin, always 1
	Retention float64 `json:"retention"` // elasticity by the retention, at least 0
	Discount  float64 `json:"discount"`  // elasticity by the discount rate, at most 0
}

// Elasticity returns the elasticities, the exact derivatives: with weights
// w_t ∝ (r/(1+d))^(t-1), that of retention is the mean of t-1, and that of the
// discount rate -d/(1+d) times the mean of t-1, or of t with AtEnd.
//
// Elasticity returns [clientele.ErrRange] if the sum has no terms (Renewals with one period
// or a retention of 0), or if an elasticity overflows since the sum is next to infinite.
func (v RetentionValue) Elasticity() (RetentionElasticity, error) {
	const op = "lever.RetentionValue.Elasticity"
	if err := v.validate(op); err != nil {
		return RetentionElasticity{}, err
	}
	s, n := v.powers(), float64(v.Periods)
	terms := s.sum(n)
	if v.Renewals {
		terms = s.q * s.sum(n-1)
	}
	mean := s.firstMoment(n) / terms
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return RetentionElasticity{}, fault.Of(op, "Retention", v.Retention, rule.Because(rule.Range, "the value is nothing, or next to endless", "a retention with which it is neither"))
	}
	later := mean
	if v.AtEnd {
		later++
	}
	return RetentionElasticity{Margin: 1, Retention: mean, Discount: 0 - v.Discount/(1+v.Discount)*later}, nil
}
