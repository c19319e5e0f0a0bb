package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// SimpleValue is customer value in its simplest form, without leaving and without
// discount: average check × frequency × lifespan × margin.
type SimpleValue struct {
	Check     decimal.Decimal `json:"check"`     // revenue per deal
	Frequency decimal.Decimal `json:"frequency"` // deals per period
	Lifespan  decimal.Decimal `json:"lifespan"`  // periods
	Margin    decimal.Decimal `json:"margin"`    // share of revenue that stays, 0.3 = 30 %; negative = every deal loses
}

// Validate reports all faults at once in a [clientele.ConfigError]: a check, a
// frequency or a lifespan below zero, a number that has an exponent beyond ±100
// or with more than 50 digits before the point, a margin above 1.
func (v SimpleValue) Validate() error {
	const digits = 50 // so that the product can be a float64
	faults := clientele.ConfigError{Op: "lever.SimpleValue"}
	for _, f := range [...]struct {
		field  string
		value  decimal.Decimal
		signed bool
	}{{"Check", v.Check, false}, {"Frequency", v.Frequency, false}, {"Lifespan", v.Lifespan, false}, {"Margin", v.Margin, true}} {
		switch err := rule.Amount(f.value); {
		case err != nil:
			faults.Add(f.field, f.value, err)
		case f.value.IsNegative() && !f.signed:
			faults.Add(f.field, f.value, clientele.ErrNegative)
		case rule.Digits(f.value) > digits:
			faults.Add(f.field, f.value, clientele.ErrRange)
		}
	}
	if v.Margin.GreaterThan(decimal.NewFromInt(1)) {
		faults.Add("Margin", v.Margin, clientele.ErrRange)
	}
	return faults.Err()
}

// Value is the product, exact.
func (v SimpleValue) Value() (decimal.Decimal, error) {
	if err := v.Validate(); err != nil {
		return decimal.Decimal{}, err
	}
	return v.Check.Mul(v.Frequency).Mul(v.Lifespan).Mul(v.Margin), nil
}
