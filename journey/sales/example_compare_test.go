package sales_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
)

// Whom should the shop train in what? Each person below the median of a column, by the profit
// that raising them to it would bring at a margin of 30 %.
func ExampleColumnReport() {
	card, err := sales.Measure(tenDaysOfData(), sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
		Margin:  0.3,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, column := range card.Columns {
		for _, raise := range column.Raise {
			fmt.Printf("%v, %s: %.0f\n", column.Column, raise.Name, raise.Profit)
		}
	}
	// Output:
	// bookingsADay, Cleo: 972
	// bookingsADay, Ben: 254
	// conversion, Ann: 645
	// conversion, Dan: 315
	// averageCheck, Dan: 108
	// immediateShare, Ben: 54
	// depth, Ben: 407
}

// Ann sells to fewer of her bookings than Ben, and yet does better: she gets mostly leads of the
// radio, of which the team sells to 28 %, and he mostly those of the web, of which it sells to
// 68 %.
func ExampleExpected() {
	var touches []journey.Touch
	var receipts []clientele.Receipt[string]
	for _, c := range []struct {
		staff, channel string
		booked, sold   int
	}{{"Ann", "radio", 30, 10}, {"Ann", "web", 10, 8}, {"Ben", "radio", 10, 1}, {"Ben", "web", 30, 19}} {
		for i := range c.booked {
			at, customer := time.Date(2025, 3, 3+i%10, 10, i, 0, 0, time.UTC), fmt.Sprint(c.staff, c.channel, i)
			touches = append(touches, journey.Touch{
				Touchpoint: "call", Channel: c.channel, Outcome: "booked", At: at, Staff: c.staff,
				Identifiers: []journey.Identifier{{Kind: "customer", Value: customer}},
			})
			if i < c.sold {
				receipts = append(receipts, clientele.Receipt[string]{Customer: customer, At: at.Add(time.Hour), Staff: c.staff, Lines: []clientele.Line{
					{Product: "door", Quantity: decimal.New(1, 0), Price: decimal.New(100, 0)},
				}})
			}
		}
	}
	card, err := sales.Measure(sales.Data[string]{
		Touches:  clientele.All(touches),
		Deals:    clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14}),
		Customer: journey.ByIdentifier("customer"),
	}, sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range card.Rows {
		fmt.Printf("%s sells to %.1f %% of bookings, the team to %.1f %% of such leads\n", r.Name, 100*r.Conversion.Value, 100**r.Expected.Conversion)
	}
	// Output:
	// Ann sells to 45.0 % of bookings, the team to 37.5 % of such leads
	// Ben sells to 50.0 % of bookings, the team to 57.5 % of such leads
}
