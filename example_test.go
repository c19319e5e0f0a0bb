package clientele_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Receipts from a CSV file: refunds are folded into what they take back, receipts that
// solve one task become one deal, and the report tells how far receipts overstate sales.
func Example() {
	file := strings.NewReader(`No,Customer,Day,Product,Role,Quantity,Price,RefundOf
1,Ada,2025-03-01,TV,core,1,900,
2,Ada,2025-03-04,bracket,add-on,1,40,
3,Ben,2025-03-05,TV,core,1,900,
4,Ben,2025-03-09,TV,core,-1,900,3
5,Ada,2025-06-01,radio,core,2,60,
`)
	rows := csv.NewReader(file)
	if _, err := rows.Read(); err != nil { // the header
		fmt.Println(err)
		return
	}
	receipts := clientele.Read(func() (r clientele.Receipt[string], err error) {
		row, err := rows.Read()
		if err == nil {
			r, err = receiptOf(row)
		}
		return r, err
	})
	deals := clientele.Deals(clientele.Net(receipts), clientele.DealRule{Window: 14})
	report, err := clientele.ReportDeals(deals, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d receipts are %d deals of %d customer; repeats are counted %.1f times too often\n",
		report.Receipts, report.Deals, report.Customers, report.RepeatInflation)
	fmt.Println("revenue", report.Revenue)
	// Output:
	// 3 receipts are 2 deals of 1 customer; repeats are counted 2.0 times too often
	// revenue 1060
}

// receiptOf makes a receipt of a row; one of several lines would need several rows.
func receiptOf(row []string) (r clientele.Receipt[string], err error) {
	var days clientele.Periods // in UTC
	r = clientele.Receipt[string]{No: row[0], Customer: row[1], RefundOf: row[7], Lines: []clientele.Line{{Product: row[3]}}}
	if r.At, err = days.ParseDate(row[2]); err != nil {
		return r, err
	}
	line := &r.Lines[0]
	if err = line.Role.UnmarshalText([]byte(row[4])); err != nil {
		return r, err
	}
	if line.Quantity, err = decimal.NewFromString(row[5]); err != nil {
		return r, err
	}
	line.Price, err = decimal.NewFromString(row[6])
	return r, err
}
