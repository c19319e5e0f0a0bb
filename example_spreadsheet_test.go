package clientele_test

import (
	"encoding/csv"
	"fmt"
	"os"

	"github.com/clientele-go/clientele"
)

// A name that a spreadsheet would run as a formula gets an apostrophe; a number stays one.
func ExampleSpreadsheet() {
	out := csv.NewWriter(clientele.Spreadsheet(os.Stdout))
	err := out.WriteAll([][]string{{"customer", "balance"}, {"=HYPERLINK(A1)", "-5"}, {"Ada", "20"}})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// customer,balance
	// '=HYPERLINK(A1),-5
	// Ada,20
}
