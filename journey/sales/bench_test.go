package sales_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
)

// A year of a hundred salespeople, in touches and deals.
func BenchmarkMeasure(b *testing.B) {
	var touches []journey.Touch
	var receipts []receipt
	for i := range 200_000 {
		staff, customer := fmt.Sprint("seller ", i%100), fmt.Sprint("customer ", i%70_000)
		touch := booked(1, staff, customer)
		touch.At = on(1, 8).Add(time.Duration(i) * time.Hour / 25)
		touches = append(touches, touch)
		if i%4 == 0 {
			r := slip(1, staff, customer, line(clientele.Core, "100"), line(clientele.AddOn, "15.50"))
			r.At = touch.At.Add(time.Hour)
			receipts = append(receipts, r)
		}
	}
	cfg := config()
	cfg.AsOf = cfg.AsOf.AddDate(2, 0, 0)
	g := given{receipts: receipts}
	deals := g.all()
	for name, rolling := range map[string]clientele.Days{"whole": 0, "rolling": 28} {
		b.Run(name, func(b *testing.B) {
			cfg := cfg
			cfg.Rolling, cfg.Calendar.Unit = rolling, clientele.Week
			b.ReportAllocs()
			for b.Loop() {
				card, err := sales.Measure(sales.Data[string]{Touches: clientele.All(touches), Deals: clientele.All(deals), Customer: byCustomer}, cfg)
				if err != nil || len(card.Rows) != 100 {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*float64(len(touches)+len(deals))/b.Elapsed().Seconds(), "records/s")
		})
	}
}
