package docs_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

const ordersCSV = `client,paid,total,channel
Ada,2025-06-02,5200,store
Ben,2025-02-03,3000,web
Ada,2025-06-16,6100,store
Ben,2025-03-07,2500,web
Ben,2025-04-04,80,web
Ada,2025-06-28,5900,store
`

func Example_csvFile() {
	days, err := clientele.Calendar{Zone: "Europe/Paris"}.Open()
	check(err)
	in := csv.NewReader(strings.NewReader(ordersCSV))
	in.ReuseRecord = true
	_, err = in.Read() // the header
	check(err)
	purchases := clientele.Read(func() (p clientele.Purchase[string], err error) {
		row, err := in.Read() // io.EOF ends the source
		if err != nil {
			return p, err
		}
		p.Customer, p.Group = row[0], row[3]
		if p.At, err = days.ParseDate(row[1]); err != nil {
			return p, err
		}
		p.Amount, err = decimal.NewFromString(row[2])
		return p, err
	})

	last, err := days.ParseDate("2025-06-30")
	check(err)
	base, err := rfm.New[string](nil, rfm.Config{AsOf: days.End(last)}) // the whole day counts
	check(err)
	check(clientele.Feed(purchases, base))
	for customer, facts := range base.All() {
		fmt.Println(customer, facts.Purchases(), facts.Total())
	}
	// Output:
	// Ada 3 17200
	// Ben 3 5580
}

const ordersJSON = `{"customer":17,"at":"2025-06-02T10:00:00Z","amount":"52.00"}
{"customer":17,"at":"2025-06-16T18:30:00Z","amount":"61.00"}
{"customer":4,"at":"2025-06-28T09:15:00Z","amount":"-5.00"}
`

func Example_jsonLines() {
	in := json.NewDecoder(strings.NewReader(ordersJSON))
	purchases := clientele.Read(func() (p clientele.Purchase[int64], err error) {
		err = in.Decode(&p)
		return p, err
	})
	for p, err := range purchases {
		check(err)
		fmt.Println(p.Customer, p.At.Format(time.DateOnly), p.Amount)
	}
	// Output:
	// 17 2025-06-02 52
	// 17 2025-06-16 61
	// 4 2025-06-28 -5
}
