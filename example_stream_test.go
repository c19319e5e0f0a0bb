package clientele_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// A cursor such as *sql.Rows becomes a source; its errors come at their record.
func ExampleRows() {
	rows := &sheet{rows: []int{120, 80, -30}}
	src := clientele.Rows(rows, func() (p clientele.Purchase[string], err error) {
		p.Customer, p.At = "Ada", noon
		p.Amount = decimal.NewFromInt(int64(rows.rows[rows.at-1]))
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
	// clientele.Purchases: record 1: Lines[0].Quantity -1: negative
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
