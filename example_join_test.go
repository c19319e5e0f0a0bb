package clientele_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// A table of order lines has a row for each line; rows of one number are one receipt.
func ExampleJoinReceipts() {
	file := csv.NewReader(strings.NewReader(`1001,Ada,2025-03-01,tea,2,4.50
1001,Ada,2025-03-01,cup,1,12
1002,Ben,2025-03-02,tea,1,4.50
1001,Ada,2025-03-01,pot,1,30
`))
	var days clientele.Periods // in UTC
	rows := clientele.Read(func() (r clientele.Receipt[string], err error) {
		row, err := file.Read()
		if err != nil {
			return r, err
		}
		r = clientele.Receipt[string]{No: row[0], Customer: row[1], Lines: []clientele.Line{{Product: row[3]}}}
		if r.At, err = days.ParseDate(row[2]); err != nil {
			return r, err
		}
		if r.Lines[0].Quantity, err = decimal.NewFromString(row[4]); err != nil {
			return r, err
		}
		r.Lines[0].Price, err = decimal.NewFromString(row[5])
		return r, err
	})
	for r, err := range clientele.JoinReceipts(rows) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.No, r.Customer, len(r.Lines), "lines,", r.Amount())
	}
	// Output:
	// 1001 Ada 2 lines, 21
	// 1002 Ben 1 lines, 4.5
	// clientele.JoinReceipts: record 3: No "1001": number of an earlier receipt: want all rows of a receipt one after another, sorted by number
}
