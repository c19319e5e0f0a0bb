package account

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// servedShop draws customers who come throughout two years and a second time months later,
// if comesBack says so of what the first service cost. cost is what serving costs on a day
// of the calendar and for a deal's number.
func servedShop(seed uint64, cost func(day, number int) float64, comesBack func(first float64) bool) []clientele.Deal[int64] {
	r := rand.New(rand.NewPCG(seed, 1))
	item := receipttest.Item("a", "x", "1", "100", "", "1")
	serve := func(day, number int) string { return fmt.Sprintf("%.2f", max(0, cost(day, number)+4*r.NormFloat64())) }
	var all []clientele.Receipt[int64]
	for customer := range int64(600) {
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
// service becomes cheaper for everybody, and not where those come back whose first service
// happened to be expensive.
func TestSamePeriodRemovesCalendarAndRegression(t *testing.T) {
	always := func(float64) bool { return true }
	for _, c := range []struct {
		name            string
		cost            func(day, number int) float64
		comesBack       func(float64) bool
		change, claimed bool // whether Change and SamePeriod are below 0
	}{
		{"calendar", func(day, _ int) float64 { return 40 - float64(day)/30 }, always, true, false},
		{"regression", func(int, int) float64 { return 30 }, func(first float64) bool { return first > 32 }, true, false},
		{"effect", func(_, number int) float64 { return 40 - 5*float64(number) }, always, true, true},
		{"effect against the calendar", func(day, number int) float64 { return 40 + float64(day)/20 - 5*float64(number) }, always, false, true},
		{"nothing", func(int, int) float64 { return 30 }, always, false, false},
	} {
		changed, claimed := 0, 0
		for seed := range uint64(20) {
			cfg := DealNumberConfig{AsOf: receipttest.Noon(1000), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}
			r := verify.Must(ByDealNumber(clientele.All(servedShop(seed, c.cost, c.comesBack)), cfg))
			second := r.Stages[1]
			if second.ServeCostPerDeal.Change.Hi < 0 {
				changed++
			}
			if second.ServeCostPerDeal.SamePeriod.Hi < 0 {
				claimed++
			}
			if second.Compared == 0 || second.Compared >= second.Deals || r.Stages[0].Compared != 0 || r.Stages[0].Check.SamePeriod != (clientele.Estimate{}) {
				t.Errorf("%s: %d of %d compared", c.name, second.Compared, second.Deals)
			}
		}
		if c.change && changed < 19 || !c.change && changed > 3 {
			t.Errorf("%s: Change claims %d of 20 times", c.name, changed)
		}
		if c.claimed && claimed < 19 || !c.claimed && claimed > 3 {
			t.Errorf("%s: SamePeriod claims %d of 20 times", c.name, claimed)
		}
	}
}

// Worked by hand: in January customers 1 and 2 make first deals of 100 and 50, in February
// customer 3 one of 30. Second deals: customer 1 in January of 90, customer 2 in February of
// 70, customer 3 in March of 500, which nothing is compared with. The differences are
//
//	90 - 75 = 15 and 70 - 30 = 40, 27.5 on average
//
// and what customers contribute
//
//	1: (15-27.5)/2 - (1/2)(100-75)/2 = -12.5
//	2: (40-27.5)/2 - (1/2)(50-75)/2 = 12.5
//	3: -(1/2)(30-30)/1 = 0
func TestSamePeriodByHand(t *testing.T) {
	on := func(month, day int, customer int64, price string) clientele.Receipt[int64] {
		r := receipttest.On(1, customer, "0", receipttest.Item("a", "x", "1", price, "", "1"))
		r.At = time.Date(2025, time.Month(month), day, 12, 0, 0, 0, time.UTC)
		return r
	}
	deals := sales(on(1, 2, 1, "100"), on(1, 3, 2, "50"), on(2, 3, 3, "30"), on(1, 20, 1, "90"), on(2, 20, 2, "70"), on(3, 20, 3, "500"))
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
	verify.Near(t, "difference", second.Check.SamePeriod.Value, 27.5, 1e-14)
	verify.Near(t, "standard error", second.Check.SamePeriod.StdErr, 25, 1e-14) // √(2·(12.5²+12.5²))
	if got := second.OnDiscount.SamePeriod; got.Level != 0 || got.Value != 0 {
		t.Errorf("%+v", got)
	}
	_, err := ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: receipttest.Noon(1), Calendar: clientele.Calendar{Unit: 99}})
	verify.ConfigError(t, err, "account.ByDealNumber", "Calendar.Unit")
}
