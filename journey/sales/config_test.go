package sales_test

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
)

// worst is a configuration with every fault.
func worst() sales.Config {
	return sales.Config{
		Since: time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), Calendar: clientele.Calendar{Unit: 9, Zone: "Mars/Olympus"},
		Team:    []sales.Member{{}, {Name: "a", Since: on(1, 0).AddDate(999, 0, 0)}, {Name: "a"}},
		Booking: sales.Match{Touchpoints: []string{""}, Outcomes: []string{"b", "b"}},
		Within:  -1, Credit: 9, AddOnWithin: 1e6, Rolling: -3, Points: -1, MinCount: -1, Level: 95,
		Book:       clientele.PriceBook{{}},
		Thresholds: sales.Thresholds{Tenure: -1, Competence: 2, Effort: -1, Result: math.Inf(1)}, Margin: 30,
	}
}

// What users read when something is refused.
func TestMessages(t *testing.T) {
	cfg := config()
	counter := verify.Must(sales.New(byCustomer, cfg))
	later := cfg
	later.AsOf = on(29, 0)
	in := func(change func(*sales.Config)) error {
		c := config()
		change(&c)
		return c.Validate()
	}
	dear := sold(1, "Ann", "1", "1")
	dear.Lines[0].Price = decimal.New(1, 100)
	dear.Lines[0].Quantity = decimal.New(1, 100)
	straddling := deal{Customer: "1", Receipts: []receipt{sold(28, "Ann", "1", "1"), {Customer: "1", At: on(30, 13), Lines: []clientele.Line{line(clientele.AddOn, "1")}}}}
	fine := deal{Customer: "1", Receipts: []receipt{sold(1, "Ann", "1", "1")}}
	wild := func(change func(*clientele.Line)) deal {
		d, l := fine, line(clientele.AddOn, "1")
		change(&l)
		d.Immediate = []clientele.Line{l}
		return d
	}
	one := sales.Data[string]{Touches: clientele.All([]journey.Touch{booked(1, "Ann", "1"), {}})}
	verify.Messages(t, "messages.txt", map[string]error{
		"config: nothing":           sales.Config{}.Validate(),
		"config: every fault":       worst().Validate(),
		"config: empty period":      in(func(c *sales.Config) { c.Since = on(30, 13) }),
		"config: points alone":      in(func(c *sales.Config) { c.Points = 3 }),
		"config: too many points":   in(func(c *sales.Config) { c.Points, c.Rolling = 367, 7 }),
		"config: member to come":    in(func(c *sales.Config) { c.Team = []sales.Member{{Name: "a", Since: on(30, 13)}} }),
		"new":                       verify.Second(sales.New(byCustomer, sales.Config{})),
		"measure: configuration":    verify.Second(sales.Measure(one, sales.Config{})),
		"measure: nothing":          verify.Second(sales.Measure(sales.Data[string]{}, cfg)),
		"measure: nobody":           verify.Second(sales.Measure(sales.Data[string]{Touches: clientele.All([]journey.Touch(nil))}, cfg)),
		"measure: second touch":     verify.Second(sales.Measure(one, cfg)),
		"measure: source":           verify.Second(sales.Measure(sales.Data[string]{Shifts: func(yield func(sales.Shift, error) bool) { yield(sales.Shift{}, io.ErrUnexpectedEOF) }}, cfg)),
		"add touch: no time":        counter.AddTouch(journey.Touch{Touchpoint: "call"}),
		"add touch: unconfigured":   new(sales.Counter[string]).AddTouch(booked(1, "Ann", "1")),
		"add deal: nothing":         counter.AddDeal(deal{}),
		"add deal: receipt to come": counter.AddDeal(straddling),
		"add deal: money":           counter.AddDeal(deal{Customer: "1", Receipts: []receipt{dear}}),
		"add deal: quantity":        counter.AddDeal(wild(func(l *clientele.Line) { l.Quantity = decimal.New(1, 2_000_000_000) })),
		"add deal: price":           counter.AddDeal(wild(func(l *clientele.Line) { l.Price = decimal.New(1, -2_000_000_000) })),
		"add deal: add-on":          counter.AddDeal(wild(func(l *clientele.Line) { l.Price, l.Quantity = decimal.New(1, 100), decimal.New(1, 100) })),
		"add check: no time":        counter.AddCheck(sales.Check{}),
		"add check: too few":        counter.AddCheck(sales.Check{At: on(1, 9), Product: sales.Marks{Of: -1}}),
		"add check: too many":       counter.AddCheck(sales.Check{At: on(1, 9), People: sales.Marks{Of: 1001}}),
		"add check: met more":       counter.AddCheck(sales.Check{At: on(1, 9), People: sales.Marks{Met: 3, Of: 2}}),
		"add check: met less":       counter.AddCheck(sales.Check{At: on(1, 9), Product: sales.Marks{Met: -3, Of: 2}}),
		"add shift: nobody":         counter.AddShift(sales.Shift{At: on(1, 9)}),
		"add shift: no time":        counter.AddShift(sales.Shift{Staff: "Ann"}),
		"merge: itself":             counter.Merge(counter),
		"merge: other":              counter.Merge(verify.Must(sales.New(byCustomer, later))),
		"merge: into nothing":       (*sales.Counter[string])(nil).Merge(counter),
		"scorecard: nobody":         verify.Second(counter.Scorecard()),
		"scorecard: unconfigured":   verify.Second(new(sales.Counter[string]).Scorecard()),
		"write: no scorecard":       (*sales.Scorecard)(nil).WriteText(io.Discard),
		"write: no writer":          new(sales.Scorecard).WriteCSV(nil),
		"JSON: unknown key":         json.Unmarshal([]byte(`{"team":[{"nam":"Ann"}]}`), new(sales.Config)),
		"JSON: credit":              json.Unmarshal([]byte(`{"credit":"thief"}`), new(sales.Config)),
		"credit without a name":     verify.Second(sales.Credit(9).MarshalText()),
		"column without a name":     verify.Second(sales.Column(99).MarshalText()),
		"group without a name":      verify.Second(sales.Group(9).MarshalText()),
		"sign without a name":       verify.Second(sales.Sign(9).MarshalText()),
		"warning: nobody":           sales.NobodyWarning{Bookings: 1, OfBookings: 20, Sales: 3, OfSales: 4},
		"warning: strangers":        sales.StrangerWarning{Names: []string{"Anne", "Ben"}},
	})
	if card, err := counter.Scorecard(); !errors.Is(err, clientele.ErrEmpty) {
		t.Errorf("what was refused counts: %+v", card)
	}
}

// A configuration is what it was after JSON, and a card's own configuration has no zeros left
// to guess.
func TestConfigInJSON(t *testing.T) {
	cfg := config()
	cfg.Team = []sales.Member{{Name: "Ann", Since: on(1, 0)}, {Name: "Ben"}}
	cfg.Calendar = clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: time.Monday}
	cfg.Credit, cfg.Rolling, cfg.Thresholds.Tenure = sales.Opener, 28, 365
	back := verify.ReadBack(t, cfg)
	if inJSON(back) != inJSON(cfg) {
		t.Errorf("%s, want %s", inJSON(back), inJSON(cfg))
	}
	full := given{}.card(t, cfg).Config
	if full.Margin != 1 || full.Level != 0.95 || full.Points != 12 || full.Within != 5 {
		t.Errorf("%+v", full)
	}
	none := sales.Config{AsOf: on(1, 0), Team: cfg.Team}
	if full := (given{}).card(t, none).Config; full.Within != 30 || full.AddOnWithin != 14 || full.MinCount != 5 || full.Points != 0 {
		t.Errorf("%+v", full)
	}
}

// A scorecard is what it was after JSON, warnings included, and is left as it was by what is none.
func TestScorecardInJSON(t *testing.T) {
	cfg := config()
	cfg.Team, cfg.Rolling, cfg.Points = []sales.Member{{Name: "Ann", Since: on(1, 0)}}, 7, 2
	for _, c := range []struct {
		staff    string
		warnings []error
	}{
		{"Ann", nil},
		{"", []error{sales.NobodyWarning{Bookings: 1, OfBookings: 2, Sales: 1, OfSales: 2}}},
		{"Ben", []error{sales.StrangerWarning{Names: []string{"Ben"}}}},
	} {
		g := given{
			touches:  []journey.Touch{booked(1, "Ann", "1"), booked(2, c.staff, "2")},
			receipts: []receipt{sold(3, "Ann", "1", "10.50"), sold(4, c.staff, "2", "20")},
		}
		card := g.card(t, cfg)
		back := verify.ReadBack(t, *card)
		if inJSON(back) != inJSON(card) || !reflect.DeepEqual(back.Warnings, c.warnings) || !reflect.DeepEqual(card.Warnings, c.warnings) {
			t.Errorf("%q: %s with %v, want %s", c.staff, inJSON(back), back.Warnings, inJSON(card))
		}
		err := json.Unmarshal([]byte(`{"rows":[{"name":"Eve"}],"warning":[]}`), &back)
		verify.InputError(t, err, "sales.Scorecard.UnmarshalJSON", -1, "warning", clientele.ErrEncoding)
		if inJSON(back) != inJSON(card) {
			t.Errorf("a refused text changed the scorecard to %s", inJSON(back))
		}
	}
}

// The configuration that a counter was given may change afterwards.
func TestCounterKeepsItsConfig(t *testing.T) {
	cfg := config()
	cfg.Team = []sales.Member{{Name: "Ann"}}
	c := verify.Must(sales.New(byCustomer, cfg))
	cfg.Team[0].Name, cfg.Booking.Outcomes[0] = "Zoe", "none"
	if err := c.AddTouch(booked(1, "Ann", "1")); err != nil {
		t.Fatal(err)
	}
	card := verify.Must(c.Scorecard())
	if len(card.Rows) != 1 || card.Total.Bookings != 1 {
		t.Errorf("%+v", card.Rows)
	}
	c.Reset()
	if card := verify.Must(c.Scorecard()); card.Total.Bookings != 0 || len(card.Rows) != 1 {
		t.Errorf("after Reset: %+v", card.Rows)
	}
}

// Counters of other configurations are not merged, whatever it is that differs.
func TestMergeWantsOneConfig(t *testing.T) {
	for name, change := range map[string]func(*sales.Config){
		"AsOf":    func(c *sales.Config) { c.AsOf = c.AsOf.Add(time.Second) },
		"Since":   func(c *sales.Config) { c.Since = on(1, 0) },
		"Team":    func(c *sales.Config) { c.Team = []sales.Member{{Name: "Ann"}} },
		"Book":    func(c *sales.Config) { c.Book = clientele.PriceBook{{Category: "c", Product: "p"}} },
		"Credit":  func(c *sales.Config) { c.Credit = sales.Opener },
		"Booking": func(c *sales.Config) { c.Booking.Outcomes = []string{"met"} },
	} {
		other := config()
		change(&other)
		c := verify.Must(sales.New(byCustomer, config()))
		if err := c.Merge(verify.Must(sales.New(byCustomer, other))); !errors.Is(err, clientele.ErrMismatch) {
			t.Errorf("%s: %v", name, err)
		}
		same := config()
		same.AsOf = same.AsOf.In(time.FixedZone("", 3600))
		if err := c.Merge(verify.Must(sales.New(byCustomer, same))); err != nil {
			t.Errorf("the same moment in another zone: %v", err)
		}
	}
}

// Invariant: a configuration that is read is read again from what it is written as, and one
// without faults counts.
func FuzzConfigJSON(f *testing.F) {
	f.Add([]byte(`{"asOf":"2025-06-30T12:00:00Z","team":[{"name":"Ann","since":"2020-01-01T00:00:00Z"}],"booking":{"outcomes":["booked"]},"within":30}`))
	f.Add([]byte(`{"calendar":{"unit":"week","weekStart":"monday"},"credit":"opener","rolling":28,"points":12,"thresholds":{"tenure":365},"margin":0.3}`))
	f.Add([]byte(`{"book":[{"category":"c","product":"p","price":"1.5"}],"minCount":3,"shiftsOnly":true,"level":0.9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var cfg sales.Config
		if json.Unmarshal(data, &cfg) != nil {
			return
		}
		again, err := json.Marshal(cfg)
		if err != nil {
			return // a time beyond the year 9999
		}
		var back sales.Config
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		c, err := sales.New(byCustomer, cfg)
		if err != nil {
			return
		}
		if err := c.AddTouch(booked(1, "Ann", "1")); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Scorecard(); err != nil {
			t.Fatal(err)
		}
	})
}
