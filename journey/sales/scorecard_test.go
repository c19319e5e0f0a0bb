package sales_test

import (
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

// Four of five taken is behind 70 of 100, a value that is not judged is in no median, and the
// best share a place only where they are equal.
func TestBest(t *testing.T) {
	var g given
	add := func(staff string, bookings, sales int) {
		for i := range bookings {
			customer := fmt.Sprint(staff, i)
			g.touches = append(g.touches, booked(1+i%20, staff, customer))
			if i < sales {
				g.receipts = append(g.receipts, sold(1+i%20, staff, customer, "10"))
			}
		}
	}
	add("Ann", 5, 4)
	add("Ben", 100, 70)
	add("Cleo", 100, 70)
	add("Dan", 3, 3)
	cfg := config()
	cfg.MinCount = 5
	card := g.card(t, cfg)
	r, _ := card.Column(sales.Conversion)
	if !slices.Equal(r.Best, []string{"Ben", "Cleo"}) || r.Judged != 3 || *r.Median != 0.7 || r.Profit != 0 || len(r.Raise) != 0 {
		t.Errorf("%+v", r)
	}
	cfg.MinCount = 1
	if r, _ := g.card(t, cfg).Column(sales.Conversion); r.Judged != 4 || *r.Median != 0.75 || len(r.Raise) != 2 {
		t.Errorf("%+v", r)
	}
	// Without a difference between checks each is its own lower limit; nobody repeats.
	if r, _ := card.Column(sales.AverageCheck); !slices.Equal(r.Best, []string{"Ben", "Cleo"}) {
		t.Errorf("%+v", r)
	}
	if r, _ := card.Column(sales.RepeatADay); r.Best != nil || *r.Median != 0 {
		t.Errorf("%+v", r)
	}
}

// Ann is at the median, Ben below it and Cleo above: raising Ben by hand.
func TestRaise(t *testing.T) {
	var g given
	for _, seller := range []struct {
		name  string
		days  int
		sold  int
		price string
	}{{"Ann", 10, 5, "100"}, {"Ben", 10, 2, "80"}, {"Cleo", 10, 8, "150"}} {
		for i := range seller.days {
			customer := fmt.Sprint(seller.name, i)
			g.touches = append(g.touches, booked(1+i, seller.name, customer))
			if i < seller.sold {
				r := sold(1+i, seller.name, customer, seller.price)
				if seller.name != "Ben" {
					r.Lines = append(r.Lines, line(clientele.AddOn, "10"))
				}
				g.receipts = append(g.receipts, r)
			}
		}
	}
	cfg := config()
	cfg.Margin = 0.5
	card := g.card(t, cfg)
	for column, want := range map[sales.Column]float64{
		sales.BookingsADay:   0,                      // all have one
		sales.Conversion:     0.5 * 0.3 * 10 * 80,    // 0.3 more of 10 bookings at 80
		sales.AverageCheck:   0.5 * (110 - 80) * 2,   // 30 more on 2 sales
		sales.ImmediateShare: 0.5 * 1 * 2 * 10,       // two add-ons at the team's 10
		sales.Depth:          0.5 * (2 - 1) * 2 * 80, // a line more on 2 sales at his 80
		sales.RepeatADay:     0,                      // nobody has any
		sales.Breadth:        0,                      // not measured
		sales.MoneyADay:      0,                      // the result of the others
		sales.DeferredShare:  0,                      // nobody has any
	} {
		r, ok := card.Column(column)
		if !ok || math.Abs(r.Profit-want) > 1e-9 || (want > 0) != (len(r.Raise) == 1 && r.Raise[0].Name == "Ben") {
			t.Errorf("%v: %+v, want a profit of %v", column, r, want)
		}
	}
	// With two sellers there is no median to raise to.
	g.touches, g.receipts = g.touches[:20], g.receipts[:7]
	for _, r := range g.card(t, cfg).Columns {
		if r.Median != nil || r.Raise != nil || r.Profit != 0 {
			t.Errorf("two sellers: %+v", r)
		}
	}
}

// What else raises Ben, by hand. Everybody makes 12 bookings on 12 days, four of which are
// open. The others sell to all, half of them repeats and half referred, and in all mature sales
// there is a deferred add-on of 20. Ben sells to 8, to four of those whose time is over, none a
// repeat or referred, and one of his four mature sales has the add-on.
func TestRaiseOfLaterSales(t *testing.T) {
	var g given
	for _, name := range []string{"Ann", "Ben", "Cleo"} {
		for i := range 12 {
			customer, day := fmt.Sprint(name, i), 13+i
			if name != "Ben" && i >= 6 {
				customer = fmt.Sprint(name, i-6)
			}
			g.touches = append(g.touches, booked(day, name, customer))
			if name == "Ben" && i >= 4 && i < 8 {
				continue
			}
			r := sold(day, name, customer, "100")
			r.Need = fmt.Sprint(i)
			if name != "Ben" && i%2 == 0 {
				r.ReferredBy = new("somebody")
			}
			g.receipts = append(g.receipts, r)
			if i < 8 && (name != "Ben" || i == 0) {
				later := slip(day+1, name, customer, line(clientele.AddOn, "20"))
				later.Need = r.Need
				g.receipts = append(g.receipts, later)
			}
		}
	}
	cfg := config()
	cfg.AsOf, cfg.AddOnWithin = on(25, 14), 5
	card := g.card(t, cfg)
	ben := row(t, card, "Ben")
	if ben.Ended != 8 || ben.Open != 4 || ben.Converted != 4 || ben.Mature != 4 || ben.DeferredMoney.String() != "20" || ben.Sales != 8 {
		t.Fatalf("%+v", ben.Tally)
	}
	check := ben.AverageCheck.Value
	for column, want := range map[sales.Column]float64{
		sales.Conversion:    0.5 * 8 * check,      // half of the 8 bookings whose time is over
		sales.DeferredShare: (1 - 0.25) * 4 * 20,  // of the four mature sales
		sales.RepeatADay:    6. / 12 * 12 * check, // of the sales of others, on 12 of their 12 days
		sales.ReferredADay:  6. / 12 * 12 * check,
	} {
		r, _ := card.Column(column)
		if len(r.Raise) != 1 || r.Raise[0].Name != "Ben" || math.Abs(r.Profit-want) > 1e-9 {
			t.Errorf("%v: %+v, want %v of Ben %+v", column, r, want, ben.Measures)
		}
	}
}

// Raises come most first.
func TestRaisesAreSorted(t *testing.T) {
	var g given
	for i, price := range []string{"40", "30", "10", "30", "50"} {
		g.receipts = append(g.receipts, sold(1, string(rune('A'+i)), fmt.Sprint(i), price))
	}
	r, _ := g.card(t, config()).Column(sales.AverageCheck)
	if len(r.Raise) != 1 || r.Raise[0] != (sales.Raise{Name: "C", Profit: 20}) || r.Best != nil {
		t.Errorf("%+v", r)
	}
	g.receipts = append(g.receipts, sold(1, "F", "7", "90"), sold(1, "G", "8", "90"))
	r, _ = g.card(t, config()).Column(sales.AverageCheck)
	if fmt.Sprint(r.Raise) != "[{C 30} {B 10} {D 10}]" || r.Profit != 50 {
		t.Errorf("%+v", r)
	}
}

// The rates of the total are those of the sellers alone: what nobody did was done on nobody's
// day.
func TestTotalRatesAreOfSellers(t *testing.T) {
	g := given{touches: []journey.Touch{booked(1, "Ann", "1"), booked(2, "Ann", "2"), booked(3, "", "3"), booked(4, "", "4")}}
	card := g.card(t, config())
	if e := card.Total.BookingsADay; card.Total.Bookings != 4 || card.Total.Worked != 2 || e.Value != 1 {
		t.Errorf("%+v a day of %+v", e, card.Total.Tally)
	}
}

// Ann gets the leads of the web, of which everybody sells to a quarter, and Ben those of the
// telephone, of which everybody sells to all. Dan, who gets both, sells to none of the web.
func TestExpectedConversion(t *testing.T) {
	var g given
	add := func(staff, channel string, bookings, sales int) {
		for i := range bookings {
			b := booked(1+i, staff, fmt.Sprint(staff, channel, i))
			b.Channel = channel
			g.touches = append(g.touches, b)
			if i < sales {
				g.receipts = append(g.receipts, sold(1+i, staff, fmt.Sprint(staff, channel, i), "10"))
			}
		}
	}
	add("Ann", "web", 8, 3)
	add("Ben", "phone", 4, 4)
	add("Dan", "web", 4, 0)
	add("Dan", "phone", 4, 4)
	unknown := booked(1, "Ann", "")
	unknown.Channel = "web"
	g.touches = append(g.touches, unknown)
	card := g.card(t, config())
	for name, want := range map[string]float64{"Ann": 0.25, "Ben": 1, "Dan": (4*0.25 + 4*1) / 8.} {
		if r := row(t, card, name); math.Abs(*r.Expected.Conversion-want) > 1e-12 {
			t.Errorf("%s: %v expected, want %v", name, *r.Expected.Conversion, want)
		}
	}
	if card.Nobody.Expected != (sales.Expected{}) {
		t.Errorf("of nobody %+v is expected", card.Nobody.Expected)
	}
}

// In the first week two people book 1 and 3 a day, in the second Ann alone books 5: whoever
// worked in the weak week is compared with it.
func TestExpectedOfThePeriod(t *testing.T) {
	var g given
	for day := 2; day <= 3; day++ {
		g.touches = append(g.touches, booked(day, "Ann", "1"))
		for range 3 {
			g.touches = append(g.touches, booked(day, "Ben", "2"))
		}
	}
	for range 5 {
		g.touches = append(g.touches, booked(9, "Ann", "3"))
	}
	g.touches = append(g.touches, booked(2, "", "4"))
	g.receipts = []receipt{sold(2, "Ann", "1", "40"), sold(9, "Ann", "2", "7"), sold(2, "", "4", "1000")}
	cfg := config()
	cfg.Calendar = clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}
	card := g.card(t, cfg)
	ann, ben := row(t, card, "Ann"), row(t, card, "Ben")
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"Ann's bookings", *ann.Expected.BookingsADay, (2 + 2 + 5) / 3.},
		{"Ben's bookings", *ben.Expected.BookingsADay, 2},
		{"Ann's money", *ann.Expected.MoneyADay, (10 + 10 + 7) / 3.},
		{"Ben's money", *ben.Expected.MoneyADay, 10},
	} {
		verify.Near(t, c.what, c.got, c.want, 1e-12)
	}
}
