package exact_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele/internal/exact"
)

func Example() {
	var w exact.Wide
	totals := make([]exact.Sum, 2) // of two customers

	for range 3 {
		w.Add(&totals[0], decimal.RequireFromString("0.10"))
	}
	w.Add(&totals[1], decimal.RequireFromString("12345678901234567890123456789"))
	w.Add(&totals[1], decimal.RequireFromString("1e-20"))

	fmt.Println(w.Decimal(totals[0]), w.Ratio(totals[0], 3))
	fmt.Println(w.Decimal(totals[1]))
	fmt.Println(w.Quotient(totals[1], 8, 2)) // just above the tie of .625
	// Output:
	// 0.3 0.1
	// 12345678901234567890123456789.00000000000000000001
	// 1543209862654320986265432098.63
}
