package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
)

// The lengths of a year in units of time. The Gregorian year has 365.2425 days on
// average.
const (
	DaysPerYear   = 365.2425
	WeeksPerYear  = DaysPerYear / 7
	MonthsPerYear = 12

	// WeeksPerYearOf52 is the year of CLVTools and of Fader, Hardie & Lee's
	// examples: a rate of 15 % a year is then ln(1.15)/52 a week.
	WeeksPerYearOf52 = 52

	// WeeksPerMonthOfLifetimes and DaysPerMonthOfLifetimes are the months of the
	// Python package lifetimes, for [MonthlySteps].
	WeeksPerMonthOfLifetimes = 4.345
	DaysPerMonthOfLifetimes  = 30
)

// Discount says what later money is worth now: exp(-Rate·u) of itself at time u.
// The zero Discount takes all money as equal.
type Discount struct {
	// Rate is continuous, per unit of time, at least 0; see [PerYear].
	Rate float64 `json:"rate,omitempty"`

	// Step, where it is not 0, makes the purchases of each step of this length
	// count at the step's end, as tables by month do; the horizon must be a
	// whole number of steps. 0 discounts each purchase to its own moment.
	Step float64 `json:"step,omitempty"`
}

// PerYear is a discount of a rate per year, as in 0.15 for 15 %, for times in a
// unit of which a year has so many, as in [WeeksPerYear]:
// (1+rate)^(-u/unitsPerYear). It is the rate of the whole year exactly, not the
// sum of twelve monthly ones.
func PerYear(rate, unitsPerYear float64) Discount {
	return Discount{Rate: math.Log1p(rate) / unitsPerYear}
}

// MonthlySteps is the discount of the Python package lifetimes: the purchases of
// month k count as if they came at its end, (1+rate)^-k, for times in a unit of
// which a month has so many, as in [WeeksPerMonthOfLifetimes].
func MonthlySteps(rate, unitsPerMonth float64) Discount {
	return Discount{Rate: math.Log1p(rate) / unitsPerMonth, Step: unitsPerMonth}
}

// check notes what is wrong with a discount for a horizon.
func (d Discount) check(f *clientele.ConfigError, horizon float64) {
	notNegative(f, "Discount.Rate", d.Rate)
	notNegative(f, "Discount.Step", d.Step)
	if d.Step > 0 {
		if n := math.Round(horizon / d.Step); !(n >= 1 && n <= maxSteps) || math.Abs(n*d.Step-horizon) > 1e-9*horizon {
			f.Add("Discount.Step", d.Step, clientele.ErrRange)
		}
	}
	if math.IsInf(horizon, 1) && d.Rate == 0 {
		f.Add("Discount.Rate", d.Rate, clientele.ErrRange)
	}
}

// maxSteps is a century of days.
const maxSteps = 36525

// present is the discounted number of purchases in a horizon of a living
// customer.
func (d Discount) present(k kernel, s Summary, horizon float64) float64 {
	if d.Step == 0 || d.Rate == 0 {
		return k.discounted(s, horizon, d.Rate)
	}
	sum, before := 0.0, 0.0
	for i := range int(math.Round(horizon / d.Step)) {
		end := float64(i+1) * d.Step
		until := k.expected(s, end)
		sum += (until - before) * math.Exp(-d.Rate*end)
		before = until
	}
	return sum
}

// factor is what money at time u is worth now.
func (d Discount) factor(u float64) float64 {
	if d.Step > 0 {
		u = math.Ceil(u/d.Step) * d.Step
	}
	return math.Exp(-d.Rate * u)
}
