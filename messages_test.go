package clientele_test

import (
	"encoding/json"
	"iter"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// The texts of all errors of the package, as a user reads them.
func TestMessages(t *testing.T) {
	good := slip("R", shopDay(1), "", coreLine("TV", "2", "100"))
	changed := func(change func(*receipt)) error {
		r := slip("R", shopDay(1), "", coreLine("TV", "2", "100"))
		change(&r)
		return last(clientele.Purchases(clientele.All([]receipt{r})))
	}
	bought := func(change func(*line)) error {
		return changed(func(r *receipt) { change(&r.Lines[0]) })
	}
	net := func(change func(*receipt)) error {
		r := takeBack("F", "R", 2, coreLine("TV", "-1", "100"))
		change(&r)
		return last(clientele.Net(clientele.All([]receipt{good, r})))
	}
	dealt := func(change func(*deal)) error {
		d := deal{Customer: "ann", Receipts: []receipt{good}, Sale: true, SoldAt: shopDay(1)}
		change(&d)
		return last(clientele.Purchases(clientele.All([]deal{d})))
	}
	feed := func(p clientele.Purchase[int]) error {
		return clientele.Feed(clientele.All([]clientele.Purchase[int]{p}), &diary{roster: new(clientele.Roster[int])})
	}
	roster := new(clientele.Roster[int])
	consumed := clientele.Read(func() (clientele.Purchase[int], error) { return clientele.Purchase[int]{}, errBroken })
	broken := clientele.Feed(consumed, &diary{roster: roster})

	verify.Messages(t, "messages.txt", map[string]error{
		"adjustment, probability": verify.Second(clientele.Holm.Adjust([]float64{0.5, 1.5})),
		"adjustment, unknown":     verify.Second(clientele.Adjustment(9).Adjust(nil)),
		"adjustment, name":        new(clientele.Adjustment).UnmarshalText([]byte("holm")),

		"calendar":              verify.Second(clientele.Calendar{Unit: 9, Zone: "Mars/Base", WeekStart: 7}.Open()),
		"calendar, local zone":  clientele.Calendar{Zone: "Local"}.Validate(),
		"calendar, JSON":        new(clientele.Calendar).UnmarshalJSON([]byte(`{"unit":"fortnight"}`)),
		"calendar, JSON, key":   new(clientele.Calendar).UnmarshalJSON([]byte(`{"Zone":"UTC"}`)),
		"calendar, JSON, day":   new(clientele.Calendar).UnmarshalJSON([]byte(`{"weekStart":1}`)),
		"calendar, to JSON":     verify.Second(clientele.Calendar{Unit: 9}.MarshalJSON()),
		"calendar, to JSON, 2":  verify.Second(clientele.Calendar{WeekStart: 9}.MarshalJSON()),
		"periods, JSON":         new(clientele.Periods).UnmarshalJSON([]byte(`{"zone":"Mars/Base"}`)),
		"date":                  verify.Second(new(clientele.Periods).ParseDate("09.03.2025")),
		"date, none":            verify.Second(new(clientele.Periods).ParseDate("")),
		"date, far":             verify.Second(new(clientele.Periods).ParseDate("1600-01-01")),
		"role, name":            new(clientele.Role).UnmarshalText([]byte("bonus")),
		"role, value":           verify.Second(clientele.Role(9).MarshalText()),
		"unit, name":            new(clientele.Unit).UnmarshalText([]byte("fortnight")),
		"unit, value":           verify.Second(clientele.Unit(9).MarshalText()),
		"roster, JSON":          new(clientele.Roster[string]).UnmarshalJSON([]byte(`["ann",7]`)),
		"roster, JSON, twice":   new(clientele.Roster[string]).UnmarshalJSON([]byte(`["ann","bob","ann"]`)),
		"price ranks, JSON":     new(clientele.PriceRanks).UnmarshalJSON([]byte(`[{"category":"a","product":"b","rank":2}]`)),
		"price ranks, JSON, 2":  new(clientele.PriceRanks).UnmarshalJSON([]byte(`[{"category":"a","product":"b"},{"category":"a","product":"b"}]`)),
		"price book":            clientele.PriceBook{{}, {Category: "video"}, {"video", "TV", dec("-1")}, {"video", "TV", dec("1")}}.Validate(),
		"price book, JSON":      new(clientele.PriceBook).UnmarshalJSON([]byte(`[{"category":"a"},{"categry":"b"}]`)),
		"price book, in report": verify.Second(clientele.ReportDeals(clientele.All([]deal{}), clientele.PriceBook{{}})),

		"deal rule":       clientele.DealRule{LeadWindow: -2, MaxSpan: -1, Zone: "Mars/Base"}.Validate(),
		"deal rule, long": clientele.DealRule{Window: 1e6}.Validate(),
		"deal rule, JSON": new(clientele.DealRule).UnmarshalJSON([]byte(`{"window":"14"}`)),
		"deals, rule":     last(clientele.Deals(clientele.All([]receipt{good}), clientele.DealRule{})),
		"report, empty":   verify.Second(clientele.ReportDeals(clientele.All([]deal{}), nil)),
		"report, units": verify.Second(clientele.ReportDeals(clientele.All([]deal{{
			Customer: "ann", Sale: true, SoldAt: shopDay(1),
			Receipts: []receipt{slip("A", shopDay(1), "", coreLine("TV", "1e400", "0"))},
		}}), nil)),

		"deal, currency": dealt(func(d *deal) {
			d.Receipts = append(d.Receipts, good, good)
			d.Receipts[0].Currency, d.Receipts[1].Currency = "EUR", "USD"
		}),
		"deal, customer":    dealt(func(d *deal) { d.Customer = "bob" }),
		"deal, no receipts": dealt(func(d *deal) { d.Receipts = nil }),
		"deal, receipt":     dealt(func(d *deal) { d.Receipts = []receipt{{Customer: "ann", At: shopDay(1)}} }),
		"deal, time":        dealt(func(d *deal) { d.SoldAt = time.Time{} }),

		"receipt, cost":                 bought(func(l *line) { l.Cost = dec("-1") }),
		"receipt, kept":                 bought(func(l *line) { l.Kept = true }),
		"receipt, list price":           bought(func(l *line) { l.ListPrice = decimal.New(1, 200) }),
		"receipt, money too fine":       bought(func(l *line) { l.Quantity, l.Price = decimal.New(1, -60), decimal.New(1, -60) }),
		"receipt, no lines":             changed(func(r *receipt) { r.Lines = nil }),
		"receipt, price":                bought(func(l *line) { l.Price = dec("-1") }),
		"receipt, quantity negative":    bought(func(l *line) { l.Quantity = dec("-1") }),
		"receipt, quantity of a refund": changed(func(r *receipt) { r.RefundOf = "Q" }),
		"receipt, quantity zero":        bought(func(l *line) { l.Quantity = decimal.Zero }),
		"receipt, quantity too large":   bought(func(l *line) { l.Quantity = decimal.New(7, 2_000_000_000) }),
		"receipt, role":                 bought(func(l *line) { l.Role = 9 }),
		"receipt, serve cost":           changed(func(r *receipt) { r.ServeCost = dec("-1") }),
		"receipt, time":                 changed(func(r *receipt) { r.At = time.Date(1066, 10, 14, 0, 0, 0, 0, time.UTC) }),
		"receipt, void":                 changed(func(r *receipt) { r.Void = true }),

		"net, currency":           last(clientele.Net(clientele.All(inCurrencies("EUR", "USD")))),
		"net, customer":           net(func(r *receipt) { r.Customer = "bob" }),
		"net, money":              net(func(r *receipt) { r.Lines[0].Price = dec("201") }),
		"net, number":             net(func(r *receipt) { r.No = "R" }),
		"net, refund of a refund": net(func(r *receipt) { r.RefundOf = "F" }),
		"net, units":              net(func(r *receipt) { r.Lines[0].Quantity, r.Lines[0].Price = dec("-3"), dec("1") }),

		"feed, amount":       feed(clientele.Purchase[int]{Customer: 7, At: noon, Amount: decimal.New(1, 200)}),
		"feed, consumed":     clientele.Feed(consumed, &diary{roster: roster}),
		"feed, no roster":    clientele.Feed(clientele.All(purchasesOf(1)), &diary{}),
		"feed, other roster": clientele.Feed(clientele.All(purchasesOf(1)), &diary{roster: roster}, &diary{roster: new(clientele.Roster[int])}),
		"feed, source":       broken,
		"feed, time":         feed(clientele.Purchase[int]{Customer: 7}),

		"config": &clientele.ConfigError{Op: "shop.New", Faults: []error{
			&clientele.InputError{Op: "shop.New", Index: -1, Field: "Level", Value: 95, Err: clientele.ErrRange}, errBroken,
		}},
		"JSON": json.Unmarshal([]byte(`{"window":14,"window":15}`), new(clientele.DealRule)),
	})
}

// inCurrencies are a receipt and its refund, each in a currency.
func inCurrencies(sold, back string) []receipt {
	r, f := slip("R", shopDay(1), "", coreLine("TV", "2", "100")), takeBack("F", "R", 2, coreLine("TV", "-1", "100"))
	r.Currency, f.Currency = sold, back
	return []receipt{r, f}
}

// last is the error that ends a sequence.
func last[T any](src iter.Seq2[T, error]) (failed error) {
	for _, err := range src {
		failed = err
	}
	return failed
}
