package account

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// servedShop draws customers who come throughout two years and a second time months later,
// if comesBack says so of what the first service cost. cost is what serving costs on a day
// of the calendar and for a deal's number, beside what a customer's kind adds.
func servedShop(seed uint64, cost func(day, number int) float64, kinds float64, comesBack func(first float64) bool) []clientele.Deal[int64] {
	r := rand.New(rand.NewPCG(seed, 1))
	item := receipttest.Item("a", "x", "1", "100", "", "1")
	var all []clientele.Receipt[int64]
	for customer := range int64(600) {
		kind := kinds * r.NormFloat64()
		serve := func(day, number int) string {
			return fmt.Sprintf("%.2f", max(0, cost(day, number)+kind+4*r.NormFloat64()))
		}
		day := 1 + r.IntN(500)
		first := receipttest.On(day, customer, serve(day, 1), item)
		all = append(all, first)
		if comesBack(first.ServeCost.InexactFloat64()) {
			later := day + 60 + r.IntN(150)
			all = append(all, receipttest.On(later, customer, serve(later, 2), item))
		}
	}
	return sales(all...)
}

// The claim that second deals are cheaper to serve is right only where they are: not where
// service becomes cheaper for everybody, not where those come back whose first service
// happened to be expensive, and not where those come back who are cheap anyhow. Only where
// they are do Adjusted and SamePeriod both say so.
func TestComparisonsOfStages(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	always := func(float64) bool { return true }
	cheap := func(first float64) bool { return first < 30 }
	type claims struct{ change, samePeriod, adjusted bool } // below 0
	for _, c := range []struct {
		name      string
		cost      func(day, number int) float64
		kinds     float64
		comesBack func(float64) bool
		want      claims
	}{
		{"calendar", func(day, _ int) float64 { return 40 - float64(day)/30 }, 0, always, claims{true, false, false}},
		{"regression", func(int, int) float64 { return 30 }, 0, func(first float64) bool { return first > 32 }, claims{true, false, true}},
		{"kinds", func(int, int) float64 { return 30 }, 8, cheap, claims{false, true, false}},
		{"kinds and the calendar", func(day, _ int) float64 { return 40 - float64(day)/15 }, 8, cheap, claims{true, true, false}},
		{"effect", func(_, number int) float64 { return 40 - 5*float64(number) }, 0, always, claims{true, true, true}},
		{"effect against the calendar", func(day, number int) float64 { return 40 + float64(day)/20 - 5*float64(number) }, 0, always, claims{false, true, true}},
		{"nothing", func(int, int) float64 { return 30 }, 0, always, claims{false, false, false}},
	} {
		var change, samePeriod, adjusted int
		const shops = 16
		for seed := range uint64(shops) {
			cfg := DealNumberConfig{AsOf: receipttest.Noon(1000), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}
			r := verify.Must(ByDealNumber(clientele.All(servedShop(seed, c.cost, c.kinds, c.comesBack)), cfg))
			second := r.Stages[1]
			change += verify.OneIf(second.ServeCostPerDeal.Change.Hi < 0)
			samePeriod += verify.OneIf(second.ServeCostPerDeal.SamePeriod.Hi < 0)
			adjusted += verify.OneIf(second.ServeCostPerDeal.Adjusted.Hi < 0)
			if first := r.Stages[0]; second.Compared == 0 || second.Compared >= second.Deals || first.Compared != 0 || first.Check.SamePeriod != (clientele.Estimate{}) || first.Check.Adjusted != (clientele.Estimate{}) {
				t.Errorf("%s: %d of %d compared", c.name, second.Compared, second.Deals)
			}
		}
		for _, claim := range []struct {
			name string
			n    int
			want bool
		}{{"Change", change, c.want.change}, {"SamePeriod", samePeriod, c.want.samePeriod}, {"Adjusted", adjusted, c.want.adjusted}} {
			if claim.want && claim.n < shops-1 || !claim.want && claim.n > 2 {
				t.Errorf("%s: %s claims %d of %d times", c.name, claim.name, claim.n, shops)
			}
		}
	}
}

// claimCount counts intervals below and above 0.
type claimCount struct{ all, below, above int }

func (c *claimCount) add(e clientele.Estimate) {
	c.all++
	c.below += verify.OneIf(e.Level > 0 && e.Hi < 0)
	c.above += verify.OneIf(e.Level > 0 && e.Lo > 0)
}

// falseShop draws 100 customers who come back after weeks with a probability that depends on
// what serving them cost the last time.
func falseShop(seed uint64, cost func(day int) float64, returns func(served float64) float64) []clientele.Deal[int64] {
	r := rand.New(rand.NewPCG(seed, 9))
	item := receipttest.Item("a", "x", "1", "100", "", "1")
	var all []clientele.Receipt[int64]
	for customer := range int64(100) {
		for day := 1 + r.IntN(900); day < 1000; day += 20 + r.IntN(40) {
			served := max(0, cost(day)+5*r.NormFloat64())
			visit := receipttest.On(day, customer, "0", item)
			visit.ServeCost = decimal.New(int64(100*served), -2)
			all = append(all, visit)
			if r.Float64() > returns(served) {
				break
			}
		}
	}
	return sales(all...)
}

// Of 240 intervals (120 shops with two later stages) Change claims an effect nearly always
// where service becomes cheaper with the calendar, and mostly, always upwards, where those come
// back who were cheap to serve the last time. The comparison in the same period claims at most
// one in twenty, by number and by tenure.
func TestFalseClaimsOfStages(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	cheaper := func(day int) float64 { return 80 - float64(day)/15 }
	even := func(int) float64 { return 30 }
	often := func(float64) float64 { return 0.8 }
	cheap := func(served float64) float64 {
		if served < 30 {
			return 0.98
		}
		return 0.25
	}
	var calendar, regression, samePeriod, adjusted, tenure claimCount
	for seed := range uint64(120) {
		months := clientele.Calendar{Unit: clientele.Month}
		for _, c := range []struct {
			change *claimCount
			deals  []clientele.Deal[int64]
		}{{&calendar, falseShop(seed, cheaper, often)}, {&regression, falseShop(seed, even, cheap)}} {
			numbers := DealNumberConfig{AsOf: receipttest.Noon(1000), Starts: []int{1, 2, 3}, Calendar: months}
			for _, s := range verify.Must(ByDealNumber(clientele.All(c.deals), numbers)).Stages[1:] {
				c.change.add(s.ServeCostPerDeal.Change)
				samePeriod.add(s.ServeCostPerDeal.SamePeriod)
				if c.change == &calendar { // Adjusted keeps the regression
					adjusted.add(s.ServeCostPerDeal.Adjusted)
				}
			}
			times := TenureConfig{AsOf: receipttest.Noon(1000), Starts: []clientele.Days{0, 15, 60}, Calendar: months}
			for _, s := range verify.Must(ByTenure(clientele.All(c.deals), times)).Stages[1:] {
				tenure.add(s.ServeCostPerDeal.SamePeriod)
			}
		}
	}
	t.Logf("Change by the calendar %+v, by regression %+v; SamePeriod %+v, by tenure %+v; Adjusted %+v", calendar, regression, samePeriod, tenure, adjusted)
	if calendar.below < 220 || calendar.above > 0 || regression.above < 180 || regression.below > 0 {
		t.Errorf("Change claims %+v by the calendar and %+v by regression", calendar, regression)
	}
	for name, c := range map[string]claimCount{"SamePeriod": samePeriod, "by tenure": tenure, "Adjusted": adjusted} {
		if c.below+c.above > c.all/20 {
			t.Errorf("%s claims %+v", name, c)
		}
	}
}

// Worked by hand: first deals are 100 and 50 of customers 1 and 2 in January, 30 and 50 of
// customers 3 and 4 in February. Second deals: customer 1 in January of 90, customer 2 in
// February of 70, customer 3 in March of 500, which nothing is compared with. The differences
// are
//
//	90 - 75 = 15 and 70 - 40 = 30, 22.5 on average
//
// and what customers contribute, first deals by their difference from the others,
//
//	1: (15-22.5)/2 - (1/2)(100-50)/2 = -16.25
//	2: (30-22.5)/2 - (1/2)(50-100)/2 = 16.25
//	3: -(1/2)(30-50)/2 = 5
//	4: -(1/2)(50-30)/2 = -5
//
// Against the deals of others alone customer 1 changes by (90-50) - (100-50) = -10 and
// customer 2 by (70-40) - (50-100) = 80, 35 on average. First deals of January count once more
// in first stages than in later ones, and contribute with the other sign:
//
//	1: (-10-35)/2 + (1/2)(100-50)/2 = -10
//	2: (80-35)/2 + (1/2)(50-100)/2 = 10
//	3, 4: 5, -5
func TestSamePeriodByHand(t *testing.T) {
	on := func(month, day int, customer int64, price string) clientele.Receipt[int64] {
		r := receipttest.On(1, customer, "0", receipttest.Item("a", "x", "1", price, "", "1"))
		r.At = time.Date(2025, time.Month(month), day, 12, 0, 0, 0, time.UTC)
		return r
	}
	deals := sales(on(1, 2, 1, "100"), on(1, 3, 2, "50"), on(2, 3, 3, "30"), on(2, 4, 4, "50"), on(1, 20, 1, "90"), on(2, 20, 2, "70"), on(3, 20, 3, "500"))
	cfg := DealNumberConfig{AsOf: receipttest.Noon(100), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}
	second := verify.Must(ByDealNumber(clientele.All(deals), cfg)).Stages[1]
	if second.Compared != 2 || second.Deals != 3 {
		t.Errorf("%d of %d compared", second.Compared, second.Deals)
	}
	r := verify.Must(ByDealNumber(clientele.All(deals), cfg))
	if len(r.Warnings) != 1 || r.Warnings[0] != (CalendarWarning{From: 2, Deals: 3, Compared: 2}) {
		t.Errorf("%v", r.Warnings)
	}
	var read DealNumberReport
	if err := json.Unmarshal(verify.Must(json.Marshal(r)), &read); err != nil || !reflect.DeepEqual(read.Warnings, r.Warnings) || !sameJSON(read, r) {
		t.Errorf("%+v %v", read, err)
	}
	if err := json.Unmarshal([]byte(`{"stage":[]}`), &read); !errors.Is(err, clientele.ErrEncoding) {
		t.Error(err)
	}
	verify.Near(t, "same period", second.Check.SamePeriod.Value, 22.5, 1e-14)
	verify.Near(t, "its standard error", second.Check.SamePeriod.StdErr, math.Sqrt(2*(2*16.25*16.25+2*5*5)), 1e-14)
	verify.Near(t, "adjusted", second.Check.Adjusted.Value, 35, 1e-14)
	verify.Near(t, "its standard error", second.Check.Adjusted.StdErr, math.Sqrt(2*(2*10*10+2*5*5)), 1e-14)
	if got := second.OnDiscount.SamePeriod; got.Level != 0 || got.Value != 0 {
		t.Errorf("%+v", got)
	}
	_, err := ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: receipttest.Noon(1), Calendar: clientele.Calendar{Unit: 99}})
	verify.ConfigError(t, err, "account.ByDealNumber", "Calendar.Unit")
}

// The same with first stages of two deals. Those of January are 100 and 60 of customer 1, 50 of
// 2 and 30 of 3, those of February 80 of 2 and 40 of 4: means of 60. Later deals differ by
// 90-60 and 110-60 (customer 1) and 85-60 (customer 2), 35 on average. Customers contribute
//
//	1: 10/3 - (1/3)(40/3) = -10/9
//	2: -10/3 - (1/3)(-10/3) - (2/3) 20 = -140/9
//	3, 4: 10/3, 40/3
//
// Against the deals of others alone, customer 1 differs by 60 and 20, then by 50 and 50;
// customer 2 by -40/3 and 40, then by 45: changes of 10 and 95/3. In January first stages
// weigh 1 + 1/2 and later ones 1/2, in February 1/2 and 1/2 + 1. Customers contribute
//
//	1: -65/12 + (1/2)(40/3) = 15/12
//	2: 65/12 + (1/2)(-10/3) - (1/2) 20 = -75/12
//	3, 4: -5, 10
func TestLongFirstStagesByHand(t *testing.T) {
	on := func(month, day int, customer int64, price string) clientele.Receipt[int64] {
		r := receipttest.On(1, customer, "0", receipttest.Item("a", "x", "1", price, "", "1"))
		r.At = time.Date(2025, time.Month(month), day, 12, 0, 0, 0, time.UTC)
		return r
	}
	deals := sales(
		on(1, 2, 1, "100"), on(1, 3, 1, "60"), on(1, 20, 1, "90"), on(2, 20, 1, "110"),
		on(1, 4, 2, "50"), on(2, 4, 2, "80"), on(2, 21, 2, "85"),
		on(1, 5, 3, "30"), on(2, 5, 4, "40"))
	cfg := DealNumberConfig{AsOf: receipttest.Noon(100), Starts: []int{1, 3}, Calendar: clientele.Calendar{Unit: clientele.Month}}
	check := verify.Must(ByDealNumber(clientele.All(deals), cfg)).Stages[1].Check
	verify.Near(t, "same period", check.SamePeriod.Value, 35, 1e-14)
	verify.Near(t, "its standard error", check.SamePeriod.StdErr, math.Sqrt(2*(10*10+140*140+30*30+120*120))/9, 1e-13)
	verify.Near(t, "adjusted", check.Adjusted.Value, 125.0/6, 1e-14)
	verify.Near(t, "its standard error", check.Adjusted.StdErr, math.Sqrt(2*(15*15+75*75+60*60+120*120))/12, 1e-13)
}

// TestSamePeriodByHand with a customer 5 who has a first deal in December, where nobody else
// has one, and a second deal of 80 in February. Its difference of 80 - 40 = 40 makes a mean of
// 85/3 with 15 and 30, and customers contribute
//
//	1: (15-85/3)/3 - (1/3)(100-50)/2 = -115/9
//	2: (30-85/3)/3 - (1/3)(50-100)/2 = 80/9
//	5: (40-85/3)/3 = 35/9
//	3, 4: -(2/3)(30-50)/2 = 60/9, -60/9
//
// It has no first stage to change from: Adjusted is as without it, and so is its error.
func TestFirstDealAloneInItsPeriod(t *testing.T) {
	on := func(month, day int, customer int64, price string) clientele.Receipt[int64] {
		r := receipttest.On(1, customer, "0", receipttest.Item("a", "x", "1", price, "", "1"))
		r.At = time.Date(2025, time.Month(month), day, 12, 0, 0, 0, time.UTC)
		return r
	}
	deals := sales(on(1, 2, 1, "100"), on(1, 3, 2, "50"), on(2, 3, 3, "30"), on(2, 4, 4, "50"), on(0, 9, 5, "80"),
		on(1, 20, 1, "90"), on(2, 20, 2, "70"), on(2, 21, 5, "80"))
	cfg := DealNumberConfig{AsOf: receipttest.Noon(100), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}
	check := verify.Must(ByDealNumber(clientele.All(deals), cfg)).Stages[1].Check
	verify.Near(t, "same period", check.SamePeriod.Value, 85.0/3, 1e-14)
	verify.Near(t, "its standard error", check.SamePeriod.StdErr, math.Sqrt(1.5*(115*115+80*80+35*35+2*60*60))/9, 1e-13)
	verify.Near(t, "adjusted", check.Adjusted.Value, 35, 1e-14)
	verify.Near(t, "its standard error", check.Adjusted.StdErr, math.Sqrt(2*(2*10*10+2*5*5)), 1e-13)
}

// Customers who all change by one amount have no interval: what differs is the rounding of a
// mean of 0.3. Those who change by two do, also where somebody's deal has no positions and
// serving one has no cost: 6 of 12 by 1 and 6 by 3 is 2 on average, of which customers
// contribute 1/12 each, so that the error is the root of 12/11 of 12/144, that of 1/11.
func TestChangesByRounding(t *testing.T) {
	item := func(price string) clientele.Line { return receipttest.Item("a", "x", "1", price, "", "1") }
	var even, uneven []clientele.Receipt[int64]
	for customer := range int64(12) {
		even = append(even, receipttest.On(1, customer, "0", item("1")), receipttest.On(20, customer, "0", item("1.3")))
		uneven = append(uneven, receipttest.On(1, customer, "5", item("9")), receipttest.On(20, customer, [...]string{"6", "8"}[customer%2], item("9")))
	}
	lead := item("0")
	lead.Role = clientele.LeadMagnet
	uneven = append(uneven, receipttest.On(2, 12, "5", lead))
	cfg := DealNumberConfig{AsOf: receipttest.Noon(31), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}
	check := verify.Must(ByDealNumber(clientele.All(sales(even...)), cfg)).Stages[1].Check
	for _, e := range []clientele.Estimate{check.SamePeriod, check.Adjusted} {
		verify.Near(t, "change of all", e.Value, 0.3, 1e-14)
		if e.Level != 0 || e.StdErr != 0 || e.Lo != e.Value || e.Hi != e.Value {
			t.Errorf("%+v ± %v", e, e.StdErr)
		}
	}
	r := verify.Must(ByDealNumber(clientele.All(sales(uneven...)), cfg))
	if first := r.Stages[0]; first.Deals != 13 || first.ServeCostPerDeal.Mean.Value != 5 {
		t.Errorf("%+v", first)
	}
	position := r.Stages[1].ServeCostPerPosition
	for _, e := range []clientele.Estimate{position.SamePeriod, position.Adjusted} {
		verify.Near(t, "change by position", e.Value, 2, 1e-14)
		verify.Near(t, "its standard error", e.StdErr, math.Sqrt(1.0/11), 1e-13)
		if e.Level != 0.95 {
			t.Errorf("%+v", e)
		}
	}
}
