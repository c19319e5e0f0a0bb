package docs_test

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// atDay is noon of a day from the beginning of a study on.
func atDay(day float64) time.Time {
	return time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(day * float64(24*time.Hour)))
}

func newActivity() *cohort.Activity[int] {
	a, err := cohort.New[int](nil)
	check(err)
	return a
}

// buy adds a purchase.
func buy(a *cohort.Activity[int], customer int, day, amount float64) {
	check(a.Add(clientele.Purchase[int]{Customer: customer, At: atDay(day), Amount: cents(amount)}))
}

// cents is an amount rounded to the cent.
func cents(amount float64) decimal.Decimal { return decimal.New(int64(math.Round(100*amount)), -2) }

// spread is how amounts of money are distributed.
type spread struct {
	name string
	mean float64
	draw func(rng *rand.Rand) float64
}

// even are the spreads of which an interval of a mean can be expected to hold, skewed the
// others.
func even() []spread   { return spreads[:2] }
func skewed() []spread { return spreads[2:] }

// spreads are what amounts are tried with: receipts in shops are skewed, and of few prices.
var spreads = []spread{
	{"normal amounts", 100, func(rng *rand.Rand) float64 { return max(0, 100+20*rng.NormFloat64()) }},
	lognormal("slightly skewed amounts", 0.5),
	lognormal("skewed amounts", 1),
	{"two prices, 80 % the lower", 18, func(rng *rand.Rand) float64 {
		if rng.Float64() < 0.8 {
			return 10
		}
		return 50
	}},
}

// lognormal amounts have the median 100 and a deviation of the logarithm.
func lognormal(name string, sigma float64) spread {
	return spread{name, 100 * math.Exp(sigma*sigma/2), func(rng *rand.Rand) float64 { return 100 * math.Exp(sigma*rng.NormFloat64()) }}
}
