package ltv

import (
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// plainCustomer is a customer as a list of purchases, the model that Summaries are
// held against.
type plainCustomer[K clientele.ID] struct {
	cfg     SummaryConfig
	periods *clientele.Periods
	all     []clientele.Purchase[K]
}

// plainBase groups purchases by customer.
func plainBase[K clientele.ID](t failer, cfg SummaryConfig, all []clientele.Purchase[K]) map[K]plainCustomer[K] {
	t.Helper()
	cfg, periods, err := cfg.fill("test", nil)
	if err != nil {
		t.Fatal(err)
	}
	base := map[K]plainCustomer[K]{}
	for _, p := range all {
		c := base[p.Customer]
		c.cfg, c.periods, c.all = cfg, periods, append(c.all, p)
		base[p.Customer] = c
	}
	return base
}

func (c plainCustomer[K]) calibration(p clientele.Purchase[K]) bool { return !p.At.After(c.cfg.AsOf) }

func (c plainCustomer[K]) heldOut(p clientele.Purchase[K]) bool {
	return p.At.After(c.cfg.AsOf) && !p.At.After(c.cfg.Until)
}

// index is the number of a moment's period.
func (c plainCustomer[K]) index(at time.Time) int {
	if c.cfg.Hours == 0 {
		return c.periods.Index(at)
	}
	return int(math.Floor(float64(at.Unix()) / float64(3600*c.cfg.Hours)))
}

// periodsOf returns the distinct periods with purchases of one side, ascending.
func (c plainCustomer[K]) periodsOf(side func(clientele.Purchase[K]) bool) []int {
	var of []int
	for _, p := range c.all {
		if side(p) && p.Amount.Sign() >= 0 {
			of = append(of, c.index(p.At))
		}
	}
	slices.Sort(of)
	return slices.Compact(of)
}

// money adds up the amounts of one side in periods that are wanted.
func (c plainCustomer[K]) money(side func(clientele.Purchase[K]) bool, wanted func(period int) bool) decimal.Decimal {
	var sum decimal.Decimal
	for _, p := range c.all {
		if side(p) && wanted(c.index(p.At)) && !(c.cfg.Gross && p.Amount.Sign() < 0) {
			sum = sum.Add(p.Amount)
		}
	}
	return sum
}

func (c plainCustomer[K]) present() bool { return len(c.periodsOf(c.calibration)) > 0 }

func (c plainCustomer[K]) summary() Summary {
	of := c.periodsOf(c.calibration)
	first, last := of[0], of[len(of)-1]
	end := max(c.index(c.cfg.AsOf), last)
	s := Summary{
		Frequency: len(of) - 1,
		Recency:   float64(last-first) / c.cfg.Per,
		T:         float64(end-first) / c.cfg.Per,
	}
	for i, period := range of[1:] {
		s.LogGaps += math.Log(float64(period-of[i]) / c.cfg.Per)
	}
	if c.cfg.IncludeFirst {
		s.Orders = len(of)
		s.Monetary = meanOf(c.money(c.calibration, func(int) bool { return true }), len(of))
	} else if len(of) > 1 {
		s.Monetary = meanOf(c.money(c.calibration, func(period int) bool { return period > first }), len(of)-1)
	}
	return s
}

func (c plainCustomer[K]) holdout() Holdout {
	if !c.cfg.holdsOut() {
		return Holdout{}
	}
	return Holdout{
		Frequency: len(c.periodsOf(c.heldOut)),
		T:         float64(c.index(c.cfg.Until)-c.index(c.cfg.AsOf)) / c.cfg.Per,
		Money:     meanOf(c.money(c.heldOut, func(int) bool { return true }), 1),
	}
}

// group is the label of the earliest purchase, ties by label.
func (c plainCustomer[K]) group() string {
	var label string
	var at time.Time
	for _, p := range c.all {
		if p.Amount.Sign() < 0 || !c.calibration(p) {
			continue
		}
		if at.IsZero() || p.At.Before(at) || p.At.Equal(at) && p.Group < label {
			at, label = p.At, p.Group
		}
	}
	return label
}

// meanOf is sum/n, rounded once.
func meanOf(sum decimal.Decimal, n int) float64 {
	f, _ := new(big.Rat).Quo(sum.Rat(), big.NewRat(int64(n), 1)).Float64()
	return f
}

// stJohns are moments of an autumn night at which the clocks of St. John's showed
// the seventh of November, then the sixth again, then the seventh.
var stJohns = []time.Time{
	time.Date(2010, 11, 7, 2, 30, 20, 0, time.UTC),
	time.Date(2010, 11, 7, 2, 30, 40, 0, time.UTC),
	time.Date(2010, 11, 7, 2, 45, 0, 0, time.UTC),
	time.Date(2010, 11, 7, 3, 45, 0, 0, time.UTC),
}

func genSummaryConfig() *rapid.Generator[SummaryConfig] {
	return rapid.Custom(func(t *rapid.T) SummaryConfig {
		cfg := SummaryConfig{
			AsOf: rapid.SampledFrom(stJohns).Draw(t, "asOf"),
			Calendar: clientele.Calendar{
				Unit:      rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Day, clientele.Week, clientele.Month}).Draw(t, "unit"),
				Zone:      rapid.SampledFrom([]string{"", "America/St_Johns", "Pacific/Apia"}).Draw(t, "zone"),
				WeekStart: rapid.SampledFrom([]time.Weekday{time.Sunday, time.Monday}).Draw(t, "weekStart"),
			},
			Per:          rapid.SampledFrom([]float64{0, 1, 7, 365.25}).Draw(t, "per"),
			IncludeFirst: rapid.Bool().Draw(t, "includeFirst"),
			Gross:        rapid.Bool().Draw(t, "gross"),
			Workers:      rapid.IntRange(0, 3).Draw(t, "workers"),
		}
		if rapid.IntRange(0, 4).Draw(t, "by the hour") == 0 {
			cfg.Calendar, cfg.Hours = clientele.Calendar{}, rapid.IntRange(1, mostHours).Draw(t, "hours")
		}
		if rapid.Bool().Draw(t, "holdout") {
			cfg.Until = cfg.AsOf.AddDate(0, 0, rapid.IntRange(32, 90).Draw(t, "days"))
		}
		return cfg
	})
}

// genMoment generates moments around those of that night, many of them equal.
func genMoment() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		at := rapid.SampledFrom(stJohns).Draw(t, "night")
		days := rapid.OneOf(rapid.Just(0), rapid.IntRange(-60, 100), rapid.IntRange(-4000, 0)).Draw(t, "days")
		off := rapid.SampledFrom([]time.Duration{0, 0, 1, -1, time.Hour, -9 * time.Hour}).Draw(t, "off")
		return at.AddDate(0, 0, days).Add(off)
	})
}

// genMoney generates amounts of every kind that is stored differently, refunds
// among them.
func genMoney() *rapid.Generator[decimal.Decimal] {
	price := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-90_000, 200_000).Draw(t, "cents"), -2)
	})
	return rapid.OneOf(price, price, price, rapid.Custom(func(t *rapid.T) decimal.Decimal {
		digits := rapid.SampledFrom([]int64{0, 17, 18, 19, 37, 38, 39, 60}).Draw(t, "digits")
		c := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)
		c.Add(c, big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "more")))
		if rapid.Bool().Draw(t, "refund") {
			c.Neg(c)
		}
		return decimal.NewFromBigInt(c, rapid.Int32Range(-100, 100).Draw(t, "exponent"))
	}))
}

// genStream generates purchases of few customers, so that they repeat.
func genStream[K clientele.ID](id func(int) K) *rapid.Generator[[]clientele.Purchase[K]] {
	one := rapid.Custom(func(t *rapid.T) clientele.Purchase[K] {
		return clientele.Purchase[K]{
			Customer: id(rapid.IntRange(0, 3).Draw(t, "customer")),
			At:       genMoment().Draw(t, "at"),
			Amount:   genMoney().Draw(t, "amount"),
			Group:    rapid.SampledFrom([]string{"", "shop", "web", "wex"}).Draw(t, "group"),
		}
	})
	return rapid.SliceOfN(one, 0, 60)
}

func numbered(i int) int64 { return int64(3 - i) }

// Invariant: Summaries hold what the plain list of purchases holds, whatever the
// configuration and the order of arrival.
func TestSummariesEqualPlainModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		all := genStream(numbered).Draw(t, "purchases")
		s := mustFeed(t, mustSummaries[int64](t, cfg), all)
		customers, later := 0, 0
		for id, c := range plainBase(t, cfg, all) {
			for _, p := range c.all {
				if !c.calibration(p) && !c.heldOut(p) {
					later++
				}
			}
			checkAgainstPlain(t, s, id, c)
			if c.present() {
				customers++
			}
		}
		if s.Len() != customers || s.Later() != later {
			t.Fatalf("%d customers, %d later; want %d, %d", s.Len(), s.Later(), customers, later)
		}
	})
}

// checkAgainstPlain compares all that is told of a customer with the plain model.
func checkAgainstPlain(t *rapid.T, s *Summaries[int64], id int64, c plainCustomer[int64]) {
	t.Helper()
	sum, ok := s.Of(id)
	held, heldOk := s.HeldOut(id)
	if ok != c.present() || heldOk != (ok && c.cfg.holdsOut()) {
		t.Fatalf("customer %d: in the base %t, held out %t; want %t", id, ok, heldOk, c.present())
	}
	if !ok {
		if sum != (Summary{}) || held != (Holdout{}) || s.Group(id) != "" {
			t.Fatalf("customer %d is not in the base, but is told %v, %v, %q", id, sum, held, s.Group(id))
		}
		return
	}
	if err := sum.Validate(); err != nil {
		t.Fatalf("customer %d: %v", id, err)
	}
	if want := c.summary(); sum != want {
		t.Fatalf("customer %d: %+v, want %+v", id, sum, want)
	}
	if want := c.holdout(); held != want {
		t.Fatalf("customer %d: %+v, want %+v", id, held, want)
	}
	if got, want := s.Group(id), c.group(); got != want {
		t.Fatalf("customer %d: group %q, want %q", id, got, want)
	}
}

// Invariant: the activity counts every customer of the base once as new, and once
// for each other unit with a purchase of either side.
func TestActivityEqualsPlainModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		all := genStream(numbered).Draw(t, "purchases")
		a := mustFeed(t, mustSummaries[int64](t, cfg), all).PeriodCounts()
		fresh, repeats := map[int]int{}, map[int]int{}
		first, end := math.MaxInt, math.MinInt
		for _, c := range plainBase(t, cfg, all) {
			if !c.present() {
				continue
			}
			of := append(c.periodsOf(c.calibration), c.periodsOf(c.heldOut)...)
			first = min(first, slices.Min(of))
			end = max(end, slices.Max(of), c.index(c.cfg.AsOf))
			if c.cfg.holdsOut() {
				end = max(end, c.index(c.cfg.Until))
			}
			fresh[of[0]]++
			start := of[0]
			slices.Sort(of)
			for _, period := range slices.Compact(of) {
				if period != start {
					repeats[period]++
				}
			}
		}
		if len(fresh) == 0 {
			if a.Start != 0 || a.New != nil || a.Repeats != nil {
				t.Fatalf("nobody was there, but the activity is %+v", a)
			}
			return
		}
		if a.Start != first || len(a.New) != end-first+1 || len(a.Repeats) != len(a.New) {
			t.Fatalf("activity starts at %d with %d and %d units, want %d with %d", a.Start, len(a.New), len(a.Repeats), first, end-first+1)
		}
		for i := range a.New {
			if period := first + i; a.New[i] != fresh[period] || a.Repeats[i] != repeats[period] {
				t.Fatalf("period %d has %d new and %d repeats, want %d and %d", period, a.New[i], a.Repeats[i], fresh[period], repeats[period])
			}
		}
	})
}
