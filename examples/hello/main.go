// Command hello grades two customers.
package main

import (
	"fmt"
	"log"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func bought(who string, month time.Month, day, amount int) clientele.Purchase[string] {
	at := time.Date(2025, month, day, 12, 0, 0, 0, time.UTC)
	return clientele.Purchase[string]{Customer: who, At: at, Amount: decimal.NewFromInt(int64(amount))}
}

func main() {
	purchases := []clientele.Purchase[string]{
		bought("Ada", 6, 2, 5200), bought("Ada", 6, 16, 6100), bought("Ada", 6, 28, 5900),
		bought("Ben", 2, 3, 3000), bought("Ben", 3, 7, 2500), bought("Ben", 4, 4, 80),
	}
	today := time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	base, err := rfm.New[string](nil, rfm.Config{AsOf: today})
	check(err)
	check(clientele.Feed(clientele.All(purchases), base))

	// Normal is 20 to 40 days, exactly 2 purchases an active year, receipts of 1000 to 5000.
	scales, err := rfm.Fit(base, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 2), rfm.Bounds(1000, 5000)))
	check(err)
	for customer, facts := range base.All() {
		next, err := scales.Watch(facts)
		check(err)
		fmt.Printf("%s: %s\n", customer, next.Now.Segment)
		if !next.Falls.IsZero() {
			fmt.Printf("  without a purchase, %s on %s\n", next.Then.Code, next.Falls.Format("2 January"))
		}
		why, err := scales.Explain(facts)
		check(err)
		fmt.Println(why)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
