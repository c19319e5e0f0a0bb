package sales_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
)

// Who is best at what, and what should be trained? Everybody worked ten days. Ann books most.
// Cleo sold to four of five, and yet Ben, who sold to 28 of 40, is the best at that: five
// bookings say little.
func Example() {
	touches, receipts := tenDays()
	card, err := sales.Measure(sales.Data[string]{
		Touches:  clientele.All(touches),
		Deals:    clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14}),
		Customer: journey.ByIdentifier("customer"),
	}, sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
		Margin:  0.3,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range card.Rows {
		fmt.Printf("%-4s %4.1f bookings a day, %d of %d sold: %v\n", r.Name, r.BookingsADay.Value, r.Converted, r.Ended, r.Conversion)
	}
	for _, column := range []sales.Column{sales.BookingsADay, sales.Conversion, sales.AverageCheck} {
		r, _ := card.Column(column)
		fmt.Printf("%v: best %v, raising to the median of %.4g brings %.0f\n", r.Column, r.Best, *r.Median, r.Profit)
	}
	// Output:
	// Ann   8.0 bookings a day, 20 of 80 sold: 0.25 [0.1681, 0.3548]
	// Ben   4.0 bookings a day, 28 of 40 sold: 0.7 [0.5457, 0.8193]
	// Cleo  0.5 bookings a day, 4 of 5 sold: 0.8 [0.3755, 0.9638]
	// Dan   6.0 bookings a day, 18 of 60 sold: 0.3 [0.199, 0.4251]
	// bookingsADay: best [Ann], raising to the median of 5 brings 1226
	// conversion: best [Ben], raising to the median of 0.5 brings 960
	// averageCheck: best [Ben], raising to the median of 107.5 brings 108
}

// tenDays are the bookings and sales of four salespeople.
func tenDays() (touches []journey.Touch, receipts []clientele.Receipt[string]) {
	for _, seller := range []struct {
		name          string
		booked, sold  int
		check, addOns int64
	}{{"Ann", 80, 20, 100, 10}, {"Ben", 40, 28, 120, 2}, {"Cleo", 5, 4, 90, 0}, {"Dan", 60, 18, 80, 9}} {
		for i := range max(seller.booked, 10) {
			at := time.Date(2025, 3, 3+i%10, 10, i, 0, 0, time.UTC)
			customer := fmt.Sprint(seller.name, " ", i)
			touch := journey.Touch{Touchpoint: "call", At: at, Staff: seller.name, Identifiers: []journey.Identifier{{Kind: "customer", Value: customer}}}
			if i < seller.booked {
				touch.Outcome = "booked"
			}
			touches = append(touches, touch)
			if i >= seller.sold {
				continue
			}
			receipt := clientele.Receipt[string]{Customer: customer, At: at.Add(5 * time.Hour), Staff: seller.name, Lines: []clientele.Line{
				{Product: "door", Quantity: decimal.New(1, 0), Price: decimal.New(seller.check, 0)},
			}}
			if int64(i) < seller.addOns {
				receipt.Lines = append(receipt.Lines, clientele.Line{
					Product: "handle", Role: clientele.AddOn, Quantity: decimal.New(1, 0), Price: decimal.New(15, 0),
				})
			}
			receipts = append(receipts, receipt)
		}
	}
	return touches, receipts
}
