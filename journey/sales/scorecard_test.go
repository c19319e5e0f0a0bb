package sales_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
)

// What counts, and whose it is.
func TestWhatCounts(t *testing.T) {
	core, addOn := line(clientele.Core, "100"), line(clientele.AddOn, "20")
	for _, c := range []struct {
		name   string
		given  given
		change func(*sales.Config)
		want   string // what show tells of people, apart by ;
	}{
		{
			"a booking and its sale",
			given{touches: []journey.Touch{booked(1, "Ann", "1")}, receipts: []receipt{sold(2, "Ann", "1", "100")}},
			nil, "Ann 2 days 1/1 booked 1 sold 100",
		},
		{
			"the sale of a booking by somebody else",
			given{touches: []journey.Touch{booked(1, "Ann", "1")}, receipts: []receipt{sold(2, "Ben", "1", "100")}},
			nil, "Ann 1 days 1/1 booked; Ben 1 days 1 sold 100",
		},
		{
			"at the end of its time",
			given{touches: []journey.Touch{booked(1, "Ann", "1")}, receipts: []receipt{{
				Customer: "1", At: on(6, 10), Staff: "Ann", Lines: []clientele.Line{core},
			}}},
			nil, "Ann 2 days 1/1 booked 1 sold 100",
		},
		{
			"after its time",
			given{touches: []journey.Touch{booked(1, "Ann", "1")}, receipts: []receipt{{
				Customer: "1", At: on(6, 11), Staff: "Ann", Lines: []clientele.Line{core},
			}}},
			nil, "Ann 2 days 0/1 booked 1 sold 100",
		},
		{
			"before its booking",
			given{touches: []journey.Touch{booked(3, "Ann", "1")}, receipts: []receipt{sold(2, "Ann", "1", "100")}},
			nil, "Ann 2 days 0/1 booked 1 sold 100",
		},
		{
			"a customer who missed the first appointment",
			given{
				touches:  []journey.Touch{booked(1, "Ann", "1"), booked(3, "Ben", "1")},
				receipts: []receipt{sold(4, "Ben", "1", "100")},
			},
			nil, "Ann 1 days 0/1 booked; Ben 2 days 1/1 booked 1 sold 100",
		},
		{
			"two sales of two bookings",
			given{
				touches:  []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "1")},
				receipts: []receipt{sold(2, "Ann", "1", "100"), {Customer: "1", Need: "another", At: on(3, 9), Staff: "Ann", Lines: []clientele.Line{core}}},
			},
			nil, "Ann 3 days 2/2 booked 2 sold 200 1 repeat",
		},
		{
			"a booking at the moment of the sale",
			given{
				touches: []journey.Touch{booked(1, "Ann", "1")}, receipts: []receipt{{Customer: "1", At: on(1, 10), Staff: "Ann", Lines: []clientele.Line{core}}},
			},
			nil, "Ann 1 days 1/1 booked 1 sold 100",
		},
		{
			"a booking of another customer",
			given{
				touches:  []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "1")},
				receipts: []receipt{sold(2, "Ann", "1", "100"), sold(3, "Ann", "2", "100")},
			},
			nil, "Ann 3 days 1/2 booked 2 sold 200",
		},
		{
			"at the first and at the last moment",
			given{
				touches:  []journey.Touch{booked(1, "Ann", "1"), booked(9, "Ann", "1")},
				receipts: []receipt{{Customer: "1", At: on(9, 10), Staff: "Ann", Lines: []clientele.Line{core}}},
			},
			func(c *sales.Config) { c.Since, c.AsOf, c.AddOnWithin = on(1, 10), on(9, 10), 1 }, "Ann 2 days 0/1 booked 1 sold 100 1 open 0 mature",
		},
		{
			"a receipt of nobody in the deal of somebody",
			given{receipts: []receipt{slip(1, "Ann", "1", core), slip(2, "", "1", addOn)}},
			nil, "Ann 1 days 1 sold 120 1 deferred",
		},
		{
			"a deal that a host made, without a receipt at its moment",
			given{deals: []deal{{
				Customer: "1", Sale: true, SoldAt: on(3, 9), Receipts: []receipt{slip(1, "Ann", "1", addOn), slip(2, "Ben", "1", addOn), slip(5, "Cleo", "1", addOn)},
			}}},
			nil, "Ann 1 days; Ben 1 days 1 sold 60 1 several; Cleo 1 days",
		},
		{
			"a booking that is open",
			given{touches: []journey.Touch{booked(26, "Ann", "1"), booked(25, "Ann", "2")}},
			func(c *sales.Config) { c.AsOf = on(30, 10) }, "Ann 2 days 0/1 booked 1 open",
		},
		{
			"a booking of nobody known",
			given{touches: []journey.Touch{booked(1, "Ann", "")}},
			nil, "Ann 1 days 0/0 booked 1 unidentified",
		},
		{
			"without staff",
			given{touches: []journey.Touch{booked(1, "", "1")}, receipts: []receipt{sold(2, "", "1", "100")}},
			nil, "nobody 1/1 booked 1 sold 100",
		},
		{
			"a touch that is no booking",
			given{touches: []journey.Touch{{Touchpoint: "call", At: on(1, 9), Staff: "Ann"}}},
			nil, "Ann 1 days",
		},
		{
			"a touch that came twice",
			given{touches: []journey.Touch{numbered(booked(1, "Ann", "1")), numbered(booked(1, "Ann", "1"))}},
			nil, "Ann 1 days 0/1 booked",
		},
		{
			"closed by one, opened by another",
			given{receipts: []receipt{
				slip(1, "Ann", "1", line(clientele.LeadMagnet, "1")), slip(2, "Ben", "1", core), slip(4, "Cleo", "1", addOn),
			}},
			nil, "Ann 1 days; Ben 1 days 1 sold 121 1 deferred 1 several; Cleo 1 days",
		},
		{
			"opened by one, closed by another",
			given{receipts: []receipt{
				slip(1, "Ann", "1", line(clientele.LeadMagnet, "1")), slip(2, "Ben", "1", core), slip(4, "Cleo", "1", addOn),
			}},
			func(c *sales.Config) { c.Credit = sales.Opener }, "Ann 1 days 1 sold 121 1 deferred 1 several; Ben 1 days; Cleo 1 days",
		},
		{
			"a lead that was not sold",
			given{receipts: []receipt{slip(1, "Ann", "1", line(clientele.LeadMagnet, "1"))}},
			nil, "Ann 1 days 1 unsold",
		},
		{
			"an add-on on the same day",
			given{receipts: []receipt{slip(1, "Ann", "1", core, addOn)}},
			nil, "Ann 1 days 1 sold 120 1 immediate",
		},
		{
			"a sale too young for a later add-on",
			given{receipts: []receipt{slip(26, "Ann", "1", core)}},
			nil, "Ann 1 days 1 sold 100 0 mature",
		},
		{
			"a sale just old enough for a later add-on",
			given{receipts: []receipt{slip(25, "Ann", "1", core)}},
			func(c *sales.Config) { c.AsOf = on(30, 15) }, "Ann 1 days 1 sold 100",
		},
		{
			"a gift at the moment of the sale",
			given{receipts: []receipt{
				{No: "1", Customer: "1", At: on(1, 9), Staff: "Ann", Lines: []clientele.Line{line(clientele.Gift, "0")}},
				{No: "2", Customer: "1", At: on(1, 9), Staff: "Ben", Lines: []clientele.Line{core}},
			}},
			nil, "Ann 1 days; Ben 1 days 1 sold 100 1 several",
		},
		{
			"a refund of an unknown receipt",
			given{receipts: []receipt{refunded(3, "Ann", "1")}},
			nil, "Ann 0 days 1 refunds −100",
		},
		{
			"a repeat, the first sale by somebody else and before the period",
			given{receipts: []receipt{sold(1, "Ben", "1", "100"), sold(20, "Ann", "1", "30")}},
			func(c *sales.Config) { c.Since = on(10, 0) }, "Ann 1 days 1 sold 30 1 repeat; Ben 0 days",
		},
		{
			"two first sales at one moment",
			given{receipts: []receipt{
				{Customer: "1", Need: "a", At: on(1, 9), Staff: "Ben", Lines: []clientele.Line{core}},
				{Customer: "1", Need: "b", At: on(1, 9), Staff: "Ann", Lines: []clientele.Line{core}},
			}},
			nil, "Ann 1 days 1 sold 100; Ben 1 days 1 sold 100 1 repeat",
		},
		{
			"a customer whom another one sent",
			given{receipts: []receipt{referred(sold(1, "Ann", "1", "100"))}},
			nil, "Ann 1 days 1 sold 100 1 referred",
		},
		{
			"days with a shift alone",
			given{
				touches: []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "2")},
				shifts:  []sales.Shift{{Staff: "Ann", At: on(1, 8)}, {Staff: "Ann", At: on(1, 18)}, {Staff: "Ann", At: on(3, 8)}},
			},
			func(c *sales.Config) { c.ShiftsOnly = true }, "Ann 2 days 0/2 booked",
		},
		{
			"days with anything",
			given{
				touches: []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "2")},
				shifts:  []sales.Shift{{Staff: "Ann", At: on(1, 8)}, {Staff: "Ann", At: on(1, 18)}, {Staff: "Ann", At: on(3, 8)}},
			},
			nil, "Ann 3 days 0/2 booked",
		},
		{
			"somebody of the team without data",
			given{checks: []sales.Check{{Staff: "Ann", At: on(1, 9)}}},
			func(c *sales.Config) { c.Team = []sales.Member{{Name: "Eve"}} }, "Ann 1 days; Eve 0 days",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := config()
			if c.change != nil {
				c.change(&cfg)
			}
			if got := show(c.given.card(t, cfg)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Five centuries are more nanoseconds than an int64 holds.
func TestFarApart(t *testing.T) {
	g := given{touches: []journey.Touch{booked(1, "Ann", "1"), booked(1, "Ann", "2")}, receipts: []receipt{sold(1, "Ann", "1", "100"), sold(1, "Ann", "2", "100")}}
	for i := range g.touches {
		g.touches[i].At = time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	g.receipts[0].At, g.receipts[1].At = g.touches[0].At.Add(time.Hour), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	cfg := config()
	cfg.AsOf = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	cfg.Team = []sales.Member{{Name: "Ann", Since: time.Date(1700, 1, 1, 0, 0, 0, 1, time.UTC)}}
	r := row(t, g.card(t, cfg), "Ann")
	if r.Ended != 2 || r.Converted != 1 || r.Mature != 1 || *r.Tenure != 182620 {
		t.Errorf("%+v after %d days", r.Tally, *r.Tenure)
	}
}

func numbered(t journey.Touch) journey.Touch {
	t.ID[3] = 7
	return t
}

func refunded(day int, staff, customer string) receipt {
	r := sold(day, staff, customer, "100")
	r.RefundOf, r.Lines[0].Quantity = "unknown", r.Lines[0].Quantity.Neg()
	return r
}

func referred(r receipt) receipt {
	r.ReferredBy = new("9")
	return r
}

// show tells what is not 0.
func show(card *sales.Scorecard) string {
	var all []string
	for _, r := range slices.Concat(card.Rows, []sales.Row{card.Nobody}) {
		text := fmt.Sprintf("%s %d days", r.Name, r.Worked)
		if r.Name == "" {
			text = "nobody"
		}
		if r.Bookings > 0 {
			text += fmt.Sprintf(" %d/%d booked", r.Converted, r.Ended)
		}
		if r.Sales > 0 {
			text += fmt.Sprintf(" %d sold %v", r.Sales, r.Money)
		}
		for _, n := range []struct {
			count int
			what  string
		}{
			{r.Open, "open"},
			{r.Unidentified, "unidentified"},
			{r.Immediate, "immediate"},
			{r.Deferred, "deferred"},
			{r.Repeat, "repeat"},
			{r.Referred, "referred"},
			{r.Several, "several"},
			{r.Unsold, "unsold"},
		} {
			if n.count > 0 {
				text += fmt.Sprintf(" %d %s", n.count, n.what)
			}
		}
		if r.Sales > r.Mature {
			text += fmt.Sprintf(" %d mature", r.Mature)
		}
		if r.Refunds > 0 {
			text += strings.Replace(fmt.Sprintf(" %d refunds %v", r.Refunds, r.Refunded), "-", "−", 1)
		}
		if text != "nobody" {
			all = append(all, text)
		}
	}
	return strings.Join(all, "; ")
}

// A day is a day of the calendar's zone: in Auckland, 12 hours ahead, these two bookings are
// of one day; in UTC of two.
func TestDaysAreThoseOfTheZone(t *testing.T) {
	g := given{touches: []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "2")}}
	g.touches[0].At, g.touches[1].At = on(1, 13), on(2, 11)
	for zone, want := range map[string]int{"": 2, "Pacific/Auckland": 1} {
		cfg := config()
		cfg.Calendar.Zone = zone
		if r := row(t, g.card(t, cfg), "Ann"); r.Worked != want || r.BookingsADay.Value != 2/float64(want) {
			t.Errorf("in %q: %d days, %v bookings a day", zone, r.Worked, r.BookingsADay)
		}
	}
}

// Values by hand. Ann works on three days with 2, 0 and 1 bookings: mean 1, deviation 1,
// standard error 1/√3, and 4.3027 times as much on both sides by Student's t with 2 degrees of
// freedom. Her sales are of 100 and 120, on one day each: a mean of 110 ± 12.7062 · 10.
func TestValuesByHand(t *testing.T) {
	g := given{
		touches: []journey.Touch{booked(1, "Ann", "1"), booked(1, "Ann", "2"), booked(3, "Ann", "3")},
		receipts: []receipt{
			slip(1, "Ann", "1", line(clientele.Core, "100"), line(clientele.Gift, "0")),
			slip(3, "Ann", "2", line(clientele.Core, "100"), line(clientele.AddOn, "20")),
		},
		shifts: []sales.Shift{{Staff: "Ann", At: on(2, 9)}},
		checks: []sales.Check{
			{Staff: "Ann", At: on(1, 9), Product: sales.Marks{Met: 3, Of: 4}, People: sales.Marks{Met: 2, Of: 2}},
			{Staff: "Ann", At: on(2, 9), Product: sales.Marks{Met: 4, Of: 4}},
			{Staff: "Ann", At: on(3, 9)},
			{Staff: "Ben", At: on(3, 9), People: sales.Marks{Of: 3}},
			{Staff: "Ben", At: on(4, 9), People: sales.Marks{Of: 2}},
		},
	}
	cfg := config()
	cfg.Book = clientele.PriceBook{{Category: "c", Product: "p100", Price: g.receipts[0].Lines[0].Price}, {Category: "c", Product: "p20", Price: g.receipts[1].Lines[1].Price}}
	card := g.card(t, cfg)
	r, ben := row(t, card, "Ann"), row(t, card, "Ben")
	near := func(what string, got *clientele.Estimate, value, half float64) {
		t.Helper()
		if got == nil {
			t.Errorf("%s: none", what)
			return
		}
		verify.Near(t, what, got.Value, value, 1e-12)
		if half > 0 {
			verify.Near(t, what+", lower limit", got.Lo, max(0, value-half), 1e-4)
			verify.Near(t, what+", upper limit", got.Hi, value+half, 1e-4)
		}
	}
	near("bookings a day", r.BookingsADay, 1, 4.302653/math.Sqrt(3))
	near("conversion", r.Conversion, 2./3, 0)
	near("average check", r.AverageCheck, 110, 127.062)
	near("immediate", r.ImmediateShare, 0.5, 0)
	near("deferred", r.DeferredShare, 0, 0)
	near("depth", r.Depth, 1.5, 12.7062*0.5)
	near("breadth", r.Breadth, 2./3, 0) // ranks 1, and 1 and 0
	near("money a day", r.MoneyADay, 220./3, 0)
	near("product", r.Product, 7./8, 0)
	near("people", r.People, 1, 0)
	near("competence", r.Competence, 9./10, 0)
	verify.Near(t, "Wilson's lower limit of 2 of 3", r.Conversion.Lo, 0.20766, 5e-5)
	if r.People.Level != 0.95 || r.People.Hi != 1 || math.Abs(r.People.Lo-1/(1+3.841459)) > 1e-6 { // Wilson's for 1 of 1: n/(n+z²)
		t.Errorf("one call that met all: %+v", r.People)
	}
	if ben.Checks != 2 || ben.People.Lo != 0 || math.Abs(ben.People.Hi-3.841459/(2+3.841459)) > 1e-6 { // Wilson's for 0 of 2: z²/(n+z²)
		t.Errorf("two calls that met nothing: %+v", ben.People)
	}
	if r.Checks != 2 || r.ProductChecks != 2 || r.PeopleChecks != 1 {
		t.Errorf("%+v", r.Tally)
	}
	if r.RepeatADay.Lo != 0 || math.Abs(r.RepeatADay.Hi+math.Log(0.025)/3) > 1e-9 { // Garwood's for no event in 3 days
		t.Errorf("no repeat: %+v", r.RepeatADay)
	}
}

// Contract: warnings are as JSON what they say in words, under the names of their fields.
func TestWarningsHaveJSON(t *testing.T) {
	warnings := []error{
		sales.NobodyWarning{Bookings: 1, OfBookings: 20, Sales: 3, OfSales: 4},
		sales.StrangerWarning{Names: []string{"Anne", "Ben"}},
	}
	data, err := json.Marshal(warnings)
	want := `[{"bookings":1,"ofBookings":20,"sales":3,"ofSales":4},{"names":["Anne","Ben"]}]`
	if err != nil || string(data) != want {
		t.Errorf("warnings as JSON are %s (%v), want %s", data, err, want)
	}
}
