package clientele_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// A file of comma-separated values is a source in six lines, besides what turns a
// row into a purchase.
func ExampleRead() {
	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
	purchase := func(row []string) (p clientele.Purchase[string], err error) {
		p.Customer = row[0]
		if p.At, err = days.ParseDate(row[1]); err != nil {
			return p, err
		}
		p.Amount, err = decimal.NewFromString(row[2])
		return p, err
	}

	rows := csv.NewReader(strings.NewReader("Ada,2025-03-01,12.50\nBen,2025-03-02,8\nAda,yesterday,3\n"))
	src := clientele.Read(func() (p clientele.Purchase[string], err error) {
		row, err := rows.Read()
		if err == nil {
			p, err = purchase(row)
		}
		return p, err
	})
	for p, err := range src {
		fmt.Println(p.Customer, p.Amount, err)
	}
	// Output:
	// Ada 12.5 <nil>
	// Ben 8 <nil>
	//  0 clientele.Periods.ParseDate: date "yesterday": not a date of the calendar: want year-month-day, such as 2025-03-09
}

// A file of JSON Lines, one purchase a line, needs no function besides.
func ExampleRead_jsonLines() {
	lines := json.NewDecoder(strings.NewReader(`{"customer":"Ada","at":"2025-03-01T12:00:00Z","amount":"12.50"}
{"customer":"Ben","at":"2025-03-02T12:00:00Z","amount":"8"}`))
	src := clientele.Read(func() (p clientele.Purchase[string], err error) {
		err = lines.Decode(&p)
		return p, err
	})
	for p, err := range src {
		fmt.Println(p.Customer, p.Amount, err)
	}
	// Output:
	// Ada 12.5 <nil>
	// Ben 8 <nil>
}

// A cursor such as *sql.Rows becomes a source; its errors come at their record.
func ExampleRows() {
	rows := &sheet{rows: []int{120, 80, -30}} // as of db.Query
	src := clientele.Rows(rows, func() (p clientele.Purchase[string], err error) {
		amount, err := rows.scan() // as rows.Scan(&amount)
		p.Customer, p.At, p.Amount = "Ada", noon, decimal.NewFromInt(int64(amount))
		return p, err
	})
	for p, err := range src {
		fmt.Println(p.Customer, p.Amount, err)
	}
	// Output:
	// Ada 120 <nil>
	// Ada 80 <nil>
	// Ada -30 <nil>
}

// A query is asked, read and closed each time the source is read.
func ExampleQuery() {
	src := clientele.Query(func() (*sqlSheet, error) { // as db.Query("SELECT amount FROM sales")
		return &sqlSheet{sheet: sheet{rows: []int{120, 80}}}, nil
	}, func(rows *sqlSheet) (p clientele.Purchase[string], err error) {
		amount, err := rows.scan() // as rows.Scan(&amount)
		p.Customer, p.At, p.Amount = "Ada", noon, decimal.NewFromInt(int64(amount))
		return p, err
	})
	for range 2 {
		total := decimal.Zero
		for p, err := range src {
			if err != nil {
				fmt.Println(err)
				return
			}
			total = total.Add(p.Amount)
		}
		fmt.Println(total)
	}
	// Output:
	// 200
	// 200
}

// Receipts reduce to purchases; one that cannot be used is named.
func ExamplePurchases() {
	one := decimal.NewFromInt(1)
	receipts := []clientele.Receipt[string]{
		{No: "A1", Customer: "Ada", At: noon, Channel: "shop", Lines: []clientele.Line{
			{Product: "kettle", Quantity: one, Price: decimal.RequireFromString("39.90")},
			{Product: "tea", Quantity: decimal.NewFromInt(2), Price: decimal.RequireFromString("4.50")},
		}},
		{No: "A2", Customer: "Ben", At: noon.Add(time.Hour), Lines: []clientele.Line{
			{Product: "tea", Quantity: one.Neg(), Price: one}, // given back, but of which receipt?
		}},
	}
	for p, err := range clientele.Purchases(clientele.All(receipts)) {
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(p.Customer, p.Amount, p.Group)
	}
	// Output:
	// Ada 48.9 shop
	// clientele.Purchases: record 1: Lines[0].Quantity -1: negative on a sale: want more than 0, or RefundOf for what came back
}

// An error says which record, field and value, and of which kind it is.
func ExampleInputError() {
	err := clientele.Feed(clientele.All([]clientele.Purchase[int]{{Customer: 7}}), &diary{roster: new(clientele.Roster[int])})
	if in, ok := errors.AsType[*clientele.InputError](err); ok {
		fmt.Println(in.Index, in.Field, errors.Is(err, clientele.ErrZeroTime))
	}
	// Output: 0 At true
}

// A configuration's faults come together.
func ExampleConfigError() {
	_, err := clientele.Calendar{Unit: 9, Zone: "Mars/Base"}.Open()
	if config, ok := errors.AsType[*clientele.ConfigError](err); ok {
		fmt.Println(len(config.Faults), errors.Is(err, clientele.ErrConfig))
	}
	// Output: 2 true
}

func ExampleEstimate() {
	conversion := clientele.Estimate{Value: 0.375, StdErr: 0.05, Lo: 0.28, Hi: 0.47, Level: 0.95}
	fmt.Println(conversion, conversion.Contains(0.3))
	// Output: 0.375 [0.28, 0.47] true
}
