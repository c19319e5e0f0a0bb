package account

import (
	"encoding/json"
	"maps"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// What users are told is reviewed as it is read.
func TestMessages(t *testing.T) {
	verify.Messages(t, "messages.txt", merged(configMessages(), accountsMessages(t), pageMessages(), jobsMessages(t), jsonMessages(t)))
}

// merged puts maps together.
func merged(all ...map[string]error) map[string]error {
	sum := make(map[string]error)
	for _, m := range all {
		maps.Copy(sum, m)
	}
	return sum
}

func configMessages() map[string]error {
	item := receipttest.Item("a", "x", "1", "10", "", "4")
	return map[string]error{
		"config": Config{
			Book: clientele.PriceBook{{Category: "x", Price: receipttest.Dec("1")}},
			Campaigns: []Campaign{
				{From: receipttest.Noon(5), Until: receipttest.Noon(5)},
				{From: receipttest.Noon(1), Until: receipttest.Noon(4)},
				{From: receipttest.Noon(3), Until: receipttest.Noon(6)},
				{Until: receipttest.Noon(3)},
			},
		}.Validate(),
		"config of another age": Config{AsOf: receipttest.Noon(1).AddDate(500, 0, 0)}.Validate(),
		"tier rules":            TierRules{Cherish: receipttest.Dec("1"), Keep: receipttest.Dec("2"), SavableShare: 1.5, Grace: -1}.Validate(),
		"tier rules of odd money": TierRules{
			Cherish: receipttest.Dec("1e200"), Keep: receipttest.Dec("1e-200"), SavableShare: math.NaN(), Grace: 200_000,
		}.Validate(),
		"deal number":              DealNumberConfig{Starts: []int{2, 2, 3}, Calendar: clientele.Calendar{Unit: 99}, Level: 95}.Validate(),
		"warning: calendar":        CalendarWarning{From: 2, Deals: 3, Compared: 2},
		"warning: tenure":          CalendarWarning{Since: 365, Deals: 3, Compared: 2},
		"tenure":                   TenureConfig{AsOf: receipttest.Noon(1), Starts: []clientele.Days{1, 5, 5, 1e9}}.Validate(),
		"deal number of nothing":   verify.Second(ByDealNumber[int64](nil, DealNumberConfig{AsOf: receipttest.Noon(1)})),
		"deal number of two money": verify.Second(ByDealNumber(clientele.All(sales(euros(item), dollars(item))), DealNumberConfig{AsOf: receipttest.Noon(1)})),
	}
}

// euros and dollars are receipts in these currencies.
func euros(lines ...clientele.Line) clientele.Receipt[int64] {
	r := receipttest.On(1, 1, "0", lines...)
	r.Currency = "EUR"
	return r
}

func dollars(lines ...clientele.Line) clientele.Receipt[int64] {
	r := euros(lines...)
	r.Currency = "USD"
	return r
}

func accountsMessages(t *testing.T) map[string]error {
	item := receipttest.Item("a", "x", "1", "10", "", "4")
	a := accounted(t, Config{}, euros(item))
	with := func(cfg Config) error { return accounted(t, Config{}).Merge(accounted(t, cfg)) }
	refund := func(r clientele.Receipt[int64]) error { return a.AddReceipt(&r) }
	book := clientele.PriceBook{{Category: "x", Product: "a", Price: receipttest.Dec("1")}}
	_, _, payback := a.Payback(1)
	amid := accounted(t, Config{AsOf: receipttest.Noon(2)})
	if err := amid.AddDeal(clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{receipttest.On(1, 1, "0", item), receipttest.On(3, 1, "0", item)}}); err != nil {
		t.Fatal(err)
	}
	one := func(int64) string { return "" }
	return map[string]error{
		"unconfigured":               new(Accounts[int64]).AddAcquisition(1, receipttest.Dec("1")),
		"another currency":           refund(dollars(item)),
		"service too large":          refund(receipttest.On(1, 1, receipttest.Huge, item)),
		"price too large":            refund(receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1e95", receipttest.Huge[:110], "", "0"))),
		"cost too large":             refund(receipttest.On(1, 1, "0", item, receipttest.Item("a", "x", "1", "1", "2", receipttest.Huge))),
		"list price too large":       a.AddDeal(sales(receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "1", receipttest.Huge, "0")))[0]),
		"deal without receipt":       a.AddDeals(clientele.All([]clientele.Deal[int64]{{Customer: 1}})),
		"no deals":                   a.AddDeals(nil),
		"negative cost":              a.AddAcquisition(1, receipttest.Dec("-1")),
		"advance to no moment":       a.Advance(time.Time{}),
		"advance back":               a.Advance(receipttest.Noon(1)),
		"advance in a deal":          amid.Advance(receipttest.Noon(31)),
		"merge nothing":              a.Merge(nil),
		"merge another end":          with(Config{AsOf: receipttest.Noon(30)}),
		"merge with paybacks":        with(Config{Payback: true}),
		"merge with campaigns":       with(Config{Campaigns: []Campaign{{receipttest.Noon(1), receipttest.Noon(2)}}}),
		"merge with a book":          with(Config{Book: book}),
		"merge without a book":       accounted(t, Config{Book: book}).Merge(accounted(t, Config{})),
		"merge dollars":              a.Merge(accounted(t, Config{}, dollars(item))),
		"payback":                    payback,
		"paybacks":                   verify.Second(a.Paybacks()),
		"no groups":                  verify.Second(a.By(nil, 0)),
		"level of groups":            verify.Second(a.By(one, 95)),
		"top groups by nothing":      verify.Second(a.TopGroups(one, 1, nil, "other")),
		"top of no groups":           verify.Second(a.TopGroups(one, 0, revenueOf, "other")),
		"top groups and one of them": verify.Second(accounted(t, Config{}, euros(item)).TopGroups(one, 1, revenueOf, "")),
		"no discount groups":         verify.Second(a.DiscountSensitivity(nil, 0)),
		"undecodable":                a.UnmarshalBinary([]byte("ltvA")),
	}
}

func pageMessages() map[string]error {
	weekly := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.NBD{R: 1, Alpha: 2}).WithUnit(ltv.Weeks(1)), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Years(1)}))
	deals := pageOfDeals()
	strange := pageOfDeals()
	strange[2].Customer = 8
	forecaster := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.BGNBD{R: 1, Alpha: 10, A: 1, B: 2}), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Units(52)}))
	return map[string]error{
		"page":                verify.Second(NewPage(deals, PageConfig{AcquisitionCost: receipttest.Dec("-1"), Tiers: &TierRules{SavableShare: 2}})),
		"page without deals":  verify.Second(NewPage[int64](nil, PageConfig{AsOf: receipttest.Noon(31)})),
		"page of two people":  verify.Second(NewPage(strange, PageConfig{AsOf: receipttest.Noon(31)})),
		"page in other units": PageConfig{AsOf: receipttest.Noon(31), Forecaster: weekly}.Validate(),
		"page with a holdout": PageConfig{AsOf: receipttest.Noon(31), Forecaster: forecaster, Summary: ltv.SummaryConfig{AsOf: receipttest.Noon(30), Until: receipttest.Noon(40)}}.Validate(),
	}
}

func jobsMessages(t *testing.T) map[string]error {
	j := jobsOf(t, twoJobs()...)
	return map[string]error{
		"jobs without labels":   verify.Second(NewJobs[int64](Config{AsOf: receipttest.Noon(31)}, nil)),
		"jobs at a level":       verify.Second(j.By(95)),
		"jobs: cost below zero": j.AddAcquisition("kitchen", 1, receipttest.Dec("-1")),
		"jobs: no deals":        j.AddDeals(nil),
		"jobs: merge nothing":   j.Merge(nil),
		"json of jobs":          verify.Second(json.Marshal(j)),
		"json into jobs":        json.Unmarshal([]byte("{}"), j),
	}
}

func jsonMessages(t *testing.T) map[string]error {
	a := accounted(t, Config{})
	return map[string]error{
		"json of accounts":         verify.Second(json.Marshal(a)),
		"json of zero accounts":    verify.Second(json.Marshal(Accounts[int64]{})),
		"json into accounts":       json.Unmarshal([]byte("{}"), a),
		"json of a tier":           verify.Second(json.Marshal(Tier(9))),
		"json config":              json.Unmarshal([]byte(`{"asof":"2025-01-01T00:00:00Z"}`), new(Config)),
		"json config twice":        json.Unmarshal([]byte(`{"payback":true,"payback":true}`), new(Config)),
		"json campaign in config":  json.Unmarshal([]byte(`{"campaigns":[{"from":"2025-01-01T00:00:00Z","to":"2025-01-02T00:00:00Z"}]}`), new(Config)),
		"json campaign":            json.Unmarshal([]byte(`{"from":"yesterday"}`), new(Campaign)),
		"json page":                json.Unmarshal([]byte(`{"tiers":{"cherish":"500","savable":0.3}}`), new(PageConfig)),
		"json tier rules":          json.Unmarshal([]byte(`{"grace":"a month"}`), new(TierRules)),
		"json tenure":              json.Unmarshal([]byte(`{"starts":[0,"a year"]}`), new(TenureConfig)),
		"json deal number":         json.Unmarshal([]byte(`{"starts":[1,"two"]}`), new(DealNumberConfig)),
		"json tier of a rule text": json.Unmarshal([]byte(`"hate"`), new(Tier)),
	}
}
