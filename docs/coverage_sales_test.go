package docs_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
)

// seller is a salesperson who worked on n days, what they did being told by a function for
// each day.
func seller(n int, each func(at time.Time, do *workOf)) sales.Row {
	var all workOf
	for day := range n {
		at := atDay(float64(day))
		all.shifts = append(all.shifts, sales.Shift{Staff: "Ann", At: at})
		each(at, &all)
	}
	card, err := sales.Measure(sales.Data[int]{
		Touches: clientele.All(all.touches), Deals: clientele.All(all.deals), Checks: clientele.All(all.checks), Shifts: clientele.All(all.shifts),
	}, sales.Config{AsOf: atDay(400), Booking: sales.Match{Outcomes: []string{"booked"}}})
	check(err)
	r, _ := card.Row("Ann")
	return r
}

// workOf is what a salesperson did.
type workOf struct {
	touches []journey.Touch
	deals   []clientele.Deal[int]
	checks  []sales.Check
	shifts  []sales.Shift
}

// bookingsADay tries bookings of a mean number a day, on days of which some are busier than
// others where they differ.
func bookingsADay(mean float64, differ bool) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		r := seller(n, func(at time.Time, do *workOf) {
			own := mean
			if differ {
				own *= rng.ExpFloat64()
			}
			for range poisson(rng, own) {
				do.touches = append(do.touches, journey.Touch{Touchpoint: "call", Outcome: "booked", At: at, Staff: "Ann"})
			}
		})
		return judge(*r.BookingsADay, nil, mean)
	}
}

// moneyADay tries the money of days with two sales on average.
func moneyADay(rng *rand.Rand, n int, s spread) outcome {
	r := seller(n, func(at time.Time, do *workOf) {
		for range poisson(rng, 2) {
			d := clientele.Deal[int]{Sale: true, SoldAt: at, Receipts: []clientele.Receipt[int]{
				{At: at, Staff: "Ann", Lines: []clientele.Line{{Quantity: decimal.New(1, 0), Price: cents(s.draw(rng))}}},
			}}
			do.deals = append(do.deals, d)
		}
	})
	return judge(*r.MoneyADay, nil, 2*s.mean)
}

// criteriaMet tries n checked calls of ten criteria, of which a share is met; calls differ in
// it where they do.
func criteriaMet(share float64, differ bool) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		r := seller(n, func(at time.Time, do *workOf) {
			own := share
			if differ && rng.IntN(2) == 0 {
				own -= (1 - share) / 2
			} else if differ {
				own += (1 - share) / 2
			}
			met := 0
			for range 10 {
				if rng.Float64() < own {
					met++
				}
			}
			do.checks = append(do.checks, sales.Check{Staff: "Ann", At: at, Product: sales.Marks{Met: met, Of: 10}})
		})
		return judge(*r.Competence, nil, share)
	}
}

func salesStudies() []study {
	var days, calls []world
	for _, mean := range []float64{0.1, 0.5, 2, 8} {
		days = append(days, world{name: fmt.Sprintf("%v a day", mean), sample: bookingsADay(mean, false)},
			world{name: fmt.Sprintf("%v a day, days differ", mean), sample: bookingsADay(mean, true)})
	}
	for _, share := range []float64{0.5, 0.8, 0.95} {
		calls = append(calls, world{name: fmt.Sprintf("%v of the criteria", share), sample: criteriaMet(share, false)},
			world{name: fmt.Sprintf("%v of the criteria, calls differ", share), sample: criteriaMet(share, true)})
	}
	return []study{{
		method: "Events per working day",
		least:  86,
		except: "on days that differ by an exponential law, a handful rarely has one of the busy ones; where days differ by chance alone it reaches the standard",
		unit:   "working days",
		tells:  []string{"sales.Measures.BookingsADay", "sales.Measures.RepeatADay", "sales.Measures.ReferredADay"},
		worlds: days,
	}, {
		method: "Money per working day",
		least:  86,
		except: "as Student's interval of a mean, where amounts are skewed or of two prices",
		note:   "Days without any sale have no interval.",
		unit:   "working days, with two sales on average",
		tells:  []string{"sales.Measures.MoneyADay"},
		worlds: spreadWorlds(spreads, moneyADay),
	}, {
		method: "Share of criteria met in checked calls",
		least:  90,
		note:   "Where all calls met everything it is Wilson's interval of calls, which is wider than it needs to be.",
		unit:   "checked calls of ten criteria",
		tells:  []string{"sales.Measures.Product", "sales.Measures.People", "sales.Measures.Competence"},
		worlds: calls,
	}}
}
