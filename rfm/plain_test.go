package rfm_test

import (
	"math/big"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// record is a purchase or a refund of one customer.
type record struct {
	at     time.Time
	amount decimal.Decimal
}

// plain is the obvious model of a customer: the list of all records, from which
// every value is computed anew with rational numbers. Properties hold the library
// against it.
type plain struct {
	cfg     rfm.Config
	records []record
}

// purchases returns those up to AsOf that pass a condition, by time.
func (p plain) purchases(where func(record) bool) []record {
	var all []record
	for _, r := range p.records {
		if r.amount.Sign() >= 0 && !r.at.After(p.cfg.AsOf) && where(r) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b record) int { return a.at.Compare(b.at) })
	return all
}

func (p plain) always(record) bool { return true }

// inWindow reports whether a record is later than AsOf-Window.
func (p plain) inWindow(r record) bool {
	return p.cfg.Window == 0 || r.at.After(p.cfg.AsOf.Add(-p.cfg.Window.Duration()))
}

// money returns the sum of purchases and refunds up to AsOf.
func (p plain) money(where func(record) bool) decimal.Decimal {
	sum := decimal.Zero
	for _, r := range p.records {
		if !r.at.After(p.cfg.AsOf) && where(r) {
			sum = sum.Add(r.amount)
		}
	}
	return sum
}

// present reports whether the customer is in the base.
func (p plain) present() bool { return len(p.purchases(p.always)) > 0 }

// values measures the customer, who must be present.
func (p plain) values(m rfm.Measure) rfm.Values {
	return rfm.Values{Recency: p.recency(m), Frequency: p.frequency(m), Monetary: p.monetary(m)}
}

func (p plain) recency(m rfm.Measure) float64 {
	all := p.purchases(p.always)
	first, last := all[0].at, all[len(all)-1].at
	silence := plainDays(m, last, p.cfg.AsOf)
	if m.Recency == rfm.SinceLast || len(all) == 1 {
		return toFloat(silence)
	}
	interval := plainDays(m, first, last)
	interval.Quo(interval, new(big.Rat).SetInt64(int64(len(all)-1)))
	if m.Recency == rfm.MeanInterval || interval.Cmp(silence) > 0 {
		return toFloat(interval)
	}
	return toFloat(silence)
}

// plainDays counts the days between two moments.
func plainDays(m rfm.Measure, from, to time.Time) *big.Rat {
	nanos := to.UnixNano() - from.UnixNano()
	switch m.Days {
	case rfm.Whole:
		return new(big.Rat).SetInt64(nanos / int64(24*time.Hour))
	case rfm.Dates:
		zone, err := time.LoadLocation(m.Zone)
		if err != nil {
			panic(err)
		}
		return new(big.Rat).SetInt64(plainDate(to.In(zone)) - plainDate(from.In(zone)))
	}
	return big.NewRat(nanos, int64(24*time.Hour))
}

// plainDate numbers the date that a clock shows.
func plainDate(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}

func (p plain) frequency(m rfm.Measure) float64 {
	n := new(big.Rat).SetInt64(int64(len(p.purchases(p.inWindow))))
	const year = 36525 * 24 * time.Hour / 100
	all := p.purchases(p.always)
	first, last := all[0].at, all[len(all)-1].at
	switch m.Frequency {
	case rfm.Count:
		return toFloat(n)
	case rfm.PerActiveYear:
		return toFloat(big.NewRat(int64(len(all))*int64(year), int64(max(last.Sub(first), year))))
	}
	exposure := max(p.cfg.AsOf.Sub(first), year)
	if window := p.cfg.Window.Duration(); window > 0 {
		exposure = min(exposure, window)
	}
	return toFloat(n.Quo(n, big.NewRat(int64(exposure), int64(year))))
}

func (p plain) monetary(m rfm.Measure) float64 {
	where := p.inWindow
	if len(p.purchases(where)) == 0 {
		where = p.always
	}
	bought := p.purchases(where)
	sum := p.money(where).Rat()
	switch m.Monetary {
	case rfm.Total:
		return toFloat(sum)
	case rfm.AverageReceipt:
		return toFloat(sum.Quo(sum, new(big.Rat).SetInt64(int64(len(bought)))))
	}
	slices.SortFunc(bought, func(a, b record) int { return a.amount.Cmp(b.amount) })
	low, high := bought[(len(bought)-1)/2].amount, bought[len(bought)/2].amount
	two := low.Add(high).Rat()
	return toFloat(two.Quo(two, big.NewRat(2, 1)))
}

// last returns the k latest purchases' sum, those of one moment by amount.
func (p plain) last(k int) decimal.Decimal {
	all := p.purchases(p.always)
	slices.SortStableFunc(all, func(a, b record) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.amount.Cmp(b.amount)
	})
	sum := decimal.Zero
	for _, r := range all[max(0, len(all)-k):] {
		sum = sum.Add(r.amount)
	}
	return sum
}

// toFloat rounds once.
func toFloat(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// byCustomer sorts a stream into models.
func byCustomer[K clientele.ID](cfg rfm.Config, all []clientele.Purchase[K]) map[K]plain {
	models := map[K]plain{}
	for _, p := range all {
		m := models[p.Customer]
		m.cfg = cfg
		m.records = append(m.records, record{p.At, p.Amount})
		models[p.Customer] = m
	}
	return models
}

// typeSeven is the textbook quantile i/k of sorted values.
func typeSeven(sorted []float64, i, k int) float64 {
	h := (len(sorted) - 1) * i
	at, rest := h/k, h%k
	if rest == 0 {
		return sorted[at]
	}
	return sorted[at] + float64(rest)/float64(k)*(sorted[at+1]-sorted[at])
}

// quotient is a sum over a number, exactly.
func quotient(sum decimal.Decimal, n int) *big.Rat {
	q := sum.Rat()
	return q.Quo(q, new(big.Rat).SetInt64(int64(n)))
}

// divided is a quotient at 8 decimal places, half to even.
func divided(sum decimal.Decimal, n int) decimal.Decimal {
	q := quotient(sum, n)
	q.Mul(q, new(big.Rat).SetInt64(100_000_000))
	twice := new(big.Rat).Add(q, q)
	floor := new(big.Int).Div(q.Num(), q.Denom())
	rest := twice.Sub(twice, new(big.Rat).SetInt(new(big.Int).Lsh(floor, 1)))
	if c := rest.Cmp(big.NewRat(1, 1)); c > 0 || c == 0 && floor.Bit(0) == 1 {
		floor.Add(floor, big.NewInt(1))
	}
	return decimal.NewFromBigInt(floor, -8)
}
