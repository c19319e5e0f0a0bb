package sales_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

type (
	receipt = clientele.Receipt[string]
	deal    = clientele.Deal[string]
)

// on is a moment of a day of June 2025.
func on(day, hour int) time.Time { return time.Date(2025, 6, day, hour, 0, 0, 0, time.UTC) }

// booked is a booking of a customer; "" = not known.
func booked(day int, staff, customer string) journey.Touch {
	t := journey.Touch{Touchpoint: "call", Outcome: "booked", At: on(day, 10), Staff: staff}
	if customer != "" {
		t.Identifiers = []journey.Identifier{{Kind: "customer", Value: customer}}
	}
	return t
}

// line is a line of one unit.
func line(role clientele.Role, price string) clientele.Line {
	return clientele.Line{Product: "p" + price, Category: "c", Role: role, Quantity: decimal.New(1, 0), Price: decimal.RequireFromString(price)}
}

// slip is a receipt.
func slip(day int, staff, customer string, lines ...clientele.Line) receipt {
	return receipt{Customer: customer, At: on(day, 15), Staff: staff, Lines: lines}
}

// sold is a receipt of one core product.
func sold(day int, staff, customer, price string) receipt {
	return slip(day, staff, customer, line(clientele.Core, price))
}

// config is that of tests: everything is judged.
func config() sales.Config {
	return sales.Config{AsOf: on(30, 12), Booking: sales.Match{Outcomes: []string{"booked"}}, Within: 5, AddOnWithin: 5, MinCount: 1}
}

// given are the records of a test.
type given struct {
	touches  []journey.Touch
	receipts []receipt
	deals    []deal // beside those of the receipts
	checks   []sales.Check
	shifts   []sales.Shift
}

// all are the deals.
func (g *given) all() []deal {
	deals := append([]deal(nil), g.deals...)
	for d, err := range clientele.Deals(clientele.All(g.receipts), clientele.DealRule{Window: 5}) {
		if err != nil {
			panic(err)
		}
		deals = append(deals, d)
	}
	return deals
}

// card asks for the scorecard.
func (g given) card(t testing.TB, cfg sales.Config) *sales.Scorecard {
	t.Helper()
	card, err := sales.Measure(sales.Data[string]{
		Touches: clientele.All(g.touches), Deals: clientele.All(g.all()), Checks: clientele.All(g.checks), Shifts: clientele.All(g.shifts),
		Customer: journey.ByIdentifier("customer"),
	}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// row is the row of a salesperson; "" = nobody.
func row(t testing.TB, card *sales.Scorecard, name string) sales.Row {
	t.Helper()
	if name == "" {
		return card.Nobody
	}
	r, ok := card.Row(name)
	if !ok {
		t.Fatalf("%s has no row", name)
	}
	return r
}

// inJSON is a value in JSON.
func inJSON(v any) string { return string(verify.Must(json.Marshal(v))) }

var (
	staffNames    = []string{"", "Ann", "Ben", "Cleo", "Dan"}
	customerNames = []string{"", "1", "2", "3", "4", "5", "6"}
	channelNames  = []string{"", "web", "phone"}
)

// draw draws records.
func draw(t *rapid.T) (g given) {
	pick := func(from []string, label string) string { return rapid.SampledFrom(from).Draw(t, label) }
	day := func() int { return rapid.IntRange(1, 29).Draw(t, "day") }
	for i := range rapid.IntRange(0, 25).Draw(t, "touches") {
		touch := booked(day(), pick(staffNames, "staff"), pick(customerNames, "customer"))
		touch.Channel = pick(channelNames, "channel")
		touch.Seq = int64(rapid.IntRange(0, 2).Draw(t, "seq"))
		if rapid.IntRange(0, 3).Draw(t, "other") == 0 {
			touch.Outcome = "none"
		}
		if rapid.Bool().Draw(t, "numbered") {
			touch.ID[0] = byte(1 + rapid.IntRange(0, 20).Draw(t, "id"))
		}
		touch.At = touch.At.Add(time.Duration(i%3) * time.Hour)
		g.touches = append(g.touches, touch)
	}
	for range rapid.IntRange(0, 20).Draw(t, "receipts") {
		g.receipts = append(g.receipts, drawReceipt(t, day()))
	}
	for range rapid.IntRange(0, 12).Draw(t, "checks") {
		k := sales.Check{Staff: pick(staffNames, "staff"), At: on(day(), 9)}
		for _, part := range []*sales.Marks{&k.Product, &k.People} {
			part.Of = rapid.IntRange(0, 5).Draw(t, "of")
			part.Met = rapid.IntRange(0, part.Of).Draw(t, "met")
		}
		g.checks = append(g.checks, k)
	}
	for range rapid.IntRange(0, 10).Draw(t, "shifts") {
		g.shifts = append(g.shifts, sales.Shift{Staff: pick(staffNames[1:], "staff"), At: on(day(), 8)})
	}
	return g
}

// drawReceipt draws a receipt: a sale, a lead or a refund.
func drawReceipt(t *rapid.T, day int) receipt {
	r := slip(day, rapid.SampledFrom(staffNames).Draw(t, "staff"), rapid.SampledFrom(customerNames[1:]).Draw(t, "customer"))
	if rapid.IntRange(0, 4).Draw(t, "referred") == 0 {
		r.ReferredBy = new("somebody")
	}
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		role := rapid.SampledFrom([]clientele.Role{clientele.Core, clientele.AddOn, clientele.LeadMagnet, clientele.Gift}).Draw(t, "role")
		r.Lines = append(r.Lines, line(role, strconv.Itoa(rapid.IntRange(0, 9).Draw(t, "price"))+".10"))
	}
	if rapid.IntRange(0, 8).Draw(t, "refund") == 0 {
		r.RefundOf = "unknown"
		for i := range r.Lines {
			r.Lines[i].Quantity = decimal.New(-1, 0)
		}
	}
	return r
}

// drawConfig draws a configuration.
func drawConfig(t *rapid.T) sales.Config {
	cfg := config()
	cfg.AsOf = on(rapid.IntRange(29, 30).Draw(t, "as of"), 23)
	if rapid.Bool().Draw(t, "since") {
		cfg.Since = on(rapid.IntRange(1, 20).Draw(t, "since day"), 12)
	}
	cfg.Credit = rapid.SampledFrom([]sales.Credit{sales.Closer, sales.Opener}).Draw(t, "credit")
	cfg.ShiftsOnly = rapid.Bool().Draw(t, "shifts only")
	cfg.MinCount = rapid.IntRange(1, 3).Draw(t, "min count")
	cfg.Calendar.Unit = rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Week, clientele.Month}).Draw(t, "unit")
	if rapid.Bool().Draw(t, "team") {
		cfg.Team = []sales.Member{{Name: "Ann", Since: on(1, 0)}, {Name: "Eve", Since: on(3, 0)}, {Name: "Ben", Since: on(9, 0)}}
	}
	if rapid.Bool().Draw(t, "rolling") {
		cfg.Rolling, cfg.Points = 7, 4
	}
	for _, price := range []string{"1.10", "2.10", "3.10"} {
		cfg.Book = append(cfg.Book, clientele.Listing{Category: "c", Product: "p" + price, Price: decimal.RequireFromString(price)})
	}
	return cfg
}

var byCustomer = journey.ByIdentifier("customer")
