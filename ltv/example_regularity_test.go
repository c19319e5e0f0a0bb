package ltv_test

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/ltv"
)

// Days between the purchases of three customers, each of whom has a rhythm. That of
// one is ten times that of another, which does not matter.
func ExampleRegularity() {
	gaps := [][]float64{{28, 33, 30, 35, 27}, {7, 5, 8, 9}, {70, 61, 90}}
	k, err := ltv.Regularity(slices.Values(gaps), ltv.Wheat)
	check(err)
	fmt.Printf("k = %.0f\n", k) // 1 would be buying at random
	// Output:
	// k = 26
}
