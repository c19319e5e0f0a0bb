package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// SimpleValue is customer lifetime value in its simplest form, without customers who leave
// and without discount: average check × frequency × lifespan × margin.
type SimpleValue struct {
	Check     decimal.Decimal `json:"check"`     // revenue per deal
	Frequency decimal.Decimal `json:"frequency"` // deals per period
	Lifespan  decimal.Decimal `json:"lifespan"`  // number of periods
	Margin    decimal.Decimal `json:"margin"`    // contribution / revenue, after the costs of goods and to serve, 0.3 = 30 %; negative if deals make a loss
}

// Validate reports all faults at once in a [clientele.ConfigError]: a check, a
// frequency or a lifespan below zero, a number that has an exponent beyond ±100
// or is 10^50 or more, a margin above 1.
func (v SimpleValue) Validate() error { return v.validate("lever.SimpleValue.Validate") }

func (v SimpleValue) validate(op string) error {
	const digits = 50 // so that the product can be a float64
	faults := clientele.ConfigError{Op: op}
	for _, f := range [...]struct {
		field string
		value decimal.Decimal
	}{{"Check", v.Check}, {"Frequency", v.Frequency}, {"Lifespan", v.Lifespan}, {"Margin", v.Margin}} {
		isMargin := f.field == "Margin"
		switch err := rule.Amount(f.value); {
		case err != nil:
			faults.Add(f.field, f.value, err)
		case isMargin && f.value.GreaterThan(decimal.NewFromInt(1)):
			faults.Add(f.field, f.value, rule.Want(rule.Range, "a share of at most 1, such as 0.3"))
		case !isMargin && f.value.IsNegative():
			faults.Add(f.field, f.value, errNegative)
		case rule.Digits(f.value) > digits:
			faults.Add(f.field, f.value, rule.Want(rule.Range, "less than 10^50"))
		}
	}
	return faults.Err()
}

// UnmarshalJSON reads a value strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (v *SimpleValue) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.SimpleValue.UnmarshalJSON", data, v)
}

// Value is the product, exact. Errors are those of [SimpleValue.Validate].
func (v SimpleValue) Value() (decimal.Decimal, error) {
	if err := v.validate("lever.SimpleValue.Value"); err != nil {
		return decimal.Decimal{}, err
	}
	return v.Check.Mul(v.Frequency).Mul(v.Lifespan).Mul(v.Margin), nil
}
