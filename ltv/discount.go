package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// Discount says what later money is worth now: an amount at time t is worth
// (1+Rate)^(-t/Per) times as much. The zero Discount takes all money as equal.
type Discount struct {
	// Rate is the discount rate for a time Per: 0.15 means that 1.15 paid one Per later
	// is worth 1 now. At least 0; 0 = no discount.
	Rate float64 `json:"rate,omitempty"`

	// Per is the time that Rate is for; required with a Rate. See [PerYear].
	Per Span `json:"per,omitzero"`

	// Step, where it is not 0, makes the purchases of each step of this length
	// count at the step's end, as tables by month do; the horizon must be a
	// whole number of steps. 0 discounts each purchase to its own moment.
	Step Span `json:"step,omitzero"`
}

// UnmarshalJSON reads a discount. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves it as it was. It does not check
// the values: [NewForecaster] does.
func (d *Discount) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.Discount.UnmarshalJSON", data, d)
}

// PerYear is a discount by a rate per year, 0.15 for 15 %. It is the rate of the
// whole year exactly, not the sum of twelve monthly ones. For a year of 52 weeks, as
// CLVTools and the examples of Fader, Hardie & Lee have it, write
// Discount{Rate: 0.15, Per: Weeks(52)}.
func PerYear(rate float64) Discount { return Discount{Rate: rate, Per: Years(1)} }

// MonthlySteps discounts as the Python package lifetimes does, by a rate per month: the
// purchases of month k count as if they came at its end, (1+rate)^-k. Give as month
// Months(1), or what lifetimes takes for a month: Weeks(4.345) or Days(30).
func MonthlySteps(rate float64, month Span) Discount {
	return Discount{Rate: rate, Per: month, Step: month}
}

// Continuous returns the rate per unit of time with which [Outlook.Discounted] works:
// money at time u is worth exp(-rate·u).
func (d Discount) Continuous(unit Span) (float64, error) {
	f := clientele.ConfigError{Op: "ltv.Discount.Continuous"}
	rate := d.continuous(&f, "", unit)
	return rate, f.Err()
}

// continuous notes faults of Rate and Per, which are at a path.
func (d Discount) continuous(f *clientele.ConfigError, path string, unit Span) float64 {
	if err := rule.AtLeastZero(d.Rate, "0 or more, such as 0.15 for 15 %"); err != nil {
		f.Add(path+"Rate", d.Rate, err)
	}
	switch {
	case !d.Per.IsZero():
		rate := math.Log1p(d.Rate) / length(f, path+"Per", d.Per, unit)
		if f.Err() == nil && !rule.IsFinite(rate) {
			f.Add(path+"Per", d.Per, errLength)
		}
		return rate
	case d.Rate > 0:
		f.Add(path+"Per", nil, rule.Want(clientele.ErrMissing, "the time that Rate is for, such as %q", "1 year"))
	}
	return 0
}

// length is a span in units of time. One that is not above 0, does not end or has no such
// unit is noted, and is 1.
func length(f *clientele.ConfigError, field string, s, unit Span) float64 {
	if !(s.n > 0) || !rule.IsFinite(s.n) {
		f.Add(field, s, errLength)
		return 1
	}
	v, err := s.in(unit)
	if err == nil && (!(v > 0) || !rule.IsFinite(v)) {
		err = errLength
	}
	if err != nil {
		f.Add(field, s, err)
		return 1
	}
	return v
}

var errLength = rule.Want(clientele.ErrRange, "a time above 0 that ends, such as %q", "1 month")

// in is the discount in the unit of a forecast with a horizon. It notes what is wrong;
// the horizon is not looked at if it is wrong itself.
func (d Discount) in(f *clientele.ConfigError, unit Span, horizon float64) discounting {
	out := discounting{rate: d.continuous(f, "Discount.", unit)}
	if !d.Step.IsZero() {
		out.step = length(f, "Discount.Step", d.Step, unit)
	}
	if out.step > 0 && horizon > 0 {
		if n := math.Round(horizon / out.step); !(n >= 1 && n <= maxSteps) || math.Abs(n*out.step-horizon) > 1e-9*horizon {
			f.Add("Discount.Step", d.Step, rule.Want(clientele.ErrRange, "the horizon, or a whole part of it down to 1/%d", maxSteps))
		}
	}
	if math.IsInf(horizon, 1) && d.Rate == 0 {
		f.Add("Discount.Rate", d.Rate, rule.Because(clientele.ErrRange, "the horizon has no end", "a rate above 0"))
	}
	return out
}

// maxSteps is a century of days.
const maxSteps = 36525

// discounting is a discount in a model's unit of time.
type discounting struct {
	rate float64 // continuous
	step float64 // 0 = none
}

// present is the discounted number of purchases in a horizon of a living
// customer.
func (d discounting) present(k kernel.Kernel, s kernel.Summary, horizon float64) float64 {
	if d.step == 0 || d.rate == 0 {
		return k.Discounted(s, horizon, d.rate)
	}
	sum, before := 0.0, 0.0
	for i := range int(math.Round(horizon / d.step)) {
		end := float64(i+1) * d.step
		until := k.Expected(s, end)
		sum += (until - before) * math.Exp(-d.rate*end)
		before = until
	}
	return sum
}

// factor is what money at time u is worth now.
func (d discounting) factor(u float64) float64 {
	if d.step > 0 {
		u = math.Ceil(u/d.step) * d.step
	}
	return math.Exp(-d.rate * u)
}
