package sales_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
)

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
