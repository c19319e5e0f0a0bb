package rfm_test

import (
	"math/big"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// asOf is the moment of generated bases.
var asOf = time.Date(2025, 11, 3, 9, 30, 0, 0, time.UTC)

// genPrice generates amounts as shops have them, refunds and zero among them.
func genPrice() *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-20_000, 200_000).Draw(t, "cents"), -2)
	})
}

// genAmount generates amounts of every kind that is stored differently: prices,
// any exponent, more digits than 16 (which recent purchases hold in themselves),
// 18 or 38 (which sums do).
func genAmount() *rapid.Generator[decimal.Decimal] {
	return rapid.OneOf(
		genPrice(),
		genPrice(),
		rapid.Custom(func(t *rapid.T) decimal.Decimal {
			return decimal.New(rapid.Int64Range(-3, 3).Draw(t, "coefficient"), rapid.Int32Range(-100, 100).Draw(t, "exponent"))
		}),
		rapid.Custom(func(t *rapid.T) decimal.Decimal {
			digits := rapid.SampledFrom([]int64{15, 16, 17, 18, 19, 37, 38, 39, 60}).Draw(t, "digits")
			c := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)
			c.Add(c, big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "off")))
			if rapid.IntRange(0, 3).Draw(t, "sign") == 0 {
				c.Neg(c)
			}
			return decimal.NewFromBigInt(c, rapid.Int32Range(-6, 2).Draw(t, "exponent"))
		}),
	)
}

// genTime generates moments of up to two years before asOf and a month after it,
// many of them equal, a whole number of days away or a nanosecond off that.
func genTime() *rapid.Generator[time.Time] {
	const day = 24 * time.Hour
	return rapid.Custom(func(t *rapid.T) time.Time {
		days := time.Duration(rapid.IntRange(-730, 30).Draw(t, "days")) * day
		off := rapid.OneOf(
			rapid.SampledFrom([]time.Duration{0, 0, -1, 1}),
			rapid.Custom(func(t *rapid.T) time.Duration {
				return time.Duration(rapid.Int64Range(0, int64(day)).Draw(t, "nanos"))
			}),
		).Draw(t, "off")
		return asOf.Add(days + off)
	})
}

// genPast generates moments up to asOf.
func genPast() *rapid.Generator[time.Time] {
	return rapid.Map(genTime(), func(at time.Time) time.Time {
		if at.After(asOf) {
			return asOf.Add(asOf.Sub(at))
		}
		return at
	})
}

// genPurchases generates a stream of few customers, so that they repeat.
func genPurchases[K clientele.ID](id func(int) K, at *rapid.Generator[time.Time], amount *rapid.Generator[decimal.Decimal]) *rapid.Generator[[]clientele.Purchase[K]] {
	one := rapid.Custom(func(t *rapid.T) clientele.Purchase[K] {
		return clientele.Purchase[K]{
			Customer: id(rapid.IntRange(0, 5).Draw(t, "customer")),
			At:       at.Draw(t, "at"),
			Amount:   amount.Draw(t, "amount"),
		}
	})
	return rapid.SliceOfN(one, 0, 30)
}

// withBuyer adds a purchase, so that the base is not empty.
func withBuyer[K clientele.ID](all []clientele.Purchase[K], id K) []clientele.Purchase[K] {
	return append(slices.Clip(all), clientele.Purchase[K]{Customer: id, At: asOf.AddDate(0, -1, 0), Amount: decimal.New(5000, -2)})
}

func genConfig() *rapid.Generator[rfm.Config] {
	return rapid.Custom(func(t *rapid.T) rfm.Config {
		window := rapid.SampledFrom([]clientele.Days{0, 1, 30, 365, 500}).Draw(t, "window")
		return rfm.Config{
			AsOf:    asOf,
			Window:  window,
			Rolling: window > 0 && rapid.Bool().Draw(t, "rolling"),
			Recent:  rapid.IntRange(0, 5).Draw(t, "recent"),
			Amounts: rapid.Bool().Draw(t, "amounts"),
			Workers: rapid.IntRange(0, 3).Draw(t, "workers"),
		}
	})
}

// genMeasure generates measures that a base with or without amounts has.
func genMeasure(amounts bool) *rapid.Generator[rfm.Measure] {
	kinds := []rfm.MonetaryKind{rfm.AverageReceipt, rfm.Total}
	if amounts {
		kinds = append(kinds, rfm.Median)
	}
	return rapid.Custom(func(t *rapid.T) rfm.Measure {
		return rfm.Measure{
			Recency:   rapid.SampledFrom([]rfm.RecencyKind{rfm.SinceLast, rfm.Rhythm, rfm.MeanInterval}).Draw(t, "recency"),
			Days:      rapid.SampledFrom([]rfm.DayCount{rfm.Exact, rfm.Whole, rfm.Dates}).Draw(t, "days"),
			Zone:      rapid.SampledFrom([]string{"", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati"}).Draw(t, "zone"),
			Monetary:  rapid.SampledFrom(kinds).Draw(t, "monetary"),
			Frequency: rfm.FrequencyKind(rapid.IntRange(0, 2).Draw(t, "frequency")),
		}
	})
}

var allCuts = []rfm.Cuts{rfm.ClosedRight, rfm.ClosedLeft, rfm.EdgePlusOne, rfm.AverageRank}

// genRule generates rules of every kind around values up to high.
func genRule(high int) *rapid.Generator[rfm.Rule] {
	edge := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 4*high).Draw(t, "edge")) / 4 })
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) rfm.Rule {
			low, high := edge.Draw(t, "low"), edge.Draw(t, "high")
			return rfm.Bounds(min(low, high), max(low, high))
		}),
		rapid.Custom(func(t *rapid.T) rfm.Rule {
			return quantiles(rapid.IntRange(2, 10).Draw(t, "count"), rapid.SampledFrom(allCuts).Draw(t, "cuts"))
		}),
		rapid.Custom(func(t *rapid.T) rfm.Rule { return rfm.NaturalBreaks(rapid.IntRange(2, 10).Draw(t, "count")) }),
		rapid.Custom(func(t *rapid.T) rfm.Rule {
			percent := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(1, 999).Draw(t, "percent")) / 10 })
			r := rfm.Percentiles(rapid.SliceOfNDistinct(percent, 1, 9, rapid.ID[float64]).Draw(t, "percents")...)
			slices.Sort(r.Percents)
			r.Cuts = rapid.SampledFrom(allCuts[:2]).Draw(t, "cuts")
			return r
		}),
		rapid.Custom(func(t *rapid.T) rfm.Rule {
			r := rfm.Edges(rapid.SliceOfNDistinct(edge, 1, 9, rapid.ID[float64]).Draw(t, "edges")...)
			slices.Sort(r.Edges)
			r.Cuts = rapid.SampledFrom(allCuts[:2]).Draw(t, "cuts")
			return r
		}),
	)
}

// genPlan generates plans on maps without meaning.
func genPlan(amounts bool) *rapid.Generator[rfm.Plan] {
	return rapid.Custom(func(t *rapid.T) rfm.Plan {
		p := planOf(genMeasure(amounts).Draw(t, "measure"),
			genRule(400).Draw(t, "recency"), genRule(6).Draw(t, "frequency"), genRule(2000).Draw(t, "monetary"))
		p.Nested = rapid.Bool().Draw(t, "nested")
		return p
	})
}

// genValues generates values on both sides of generated edges and on them.
func genValues() *rapid.Generator[rfm.Values] {
	quarter := func(t *rapid.T, low, high int, name string) float64 {
		return float64(rapid.IntRange(4*low, 4*high).Draw(t, name)) / 4
	}
	return rapid.Custom(func(t *rapid.T) rfm.Values {
		return rfm.Values{
			Recency:   quarter(t, 0, 450, "recency"),
			Frequency: quarter(t, 0, 8, "frequency"),
			Monetary:  quarter(t, -100, 2200, "monetary"),
		}
	})
}

// digits is a customer's uuid.
func digits(i int) uuid.UUID { return uuid.UUID{15: byte(i), 3: byte(7 * i)} }
