package journey_test

import (
	"fmt"

	"github.com/clientele-go/clientele/journey"
)

// A form says two children, receipts of nappies say that there is a third, and the address
// has changed.
func ExampleFactPolicy_Resolve() {
	policy := journey.FactPolicy{Rules: []journey.FactRule{
		{Name: "city", Latest: true},
		{Name: "children", Fresh: 365},
	}}
	facts := []journey.Fact{
		{Name: "children", Value: "2", Source: journey.Declared, At: at(1, 9).AddDate(-2, 0, 0)},
		{Name: "children", Value: "3", Source: journey.Bought, At: at(3, 9)},
		{Name: "city", Value: "Kazan", Source: journey.Bought, At: at(1, 9)},
		{Name: "city", Value: "Moscow", Source: journey.Observed, At: at(9, 9)},
	}
	known, err := policy.Resolve(facts, at(10, 12))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, fact := range known {
		fmt.Printf("%s: %s (%v)\n", fact.Name, fact.Value, fact.Source)
		for _, other := range fact.Against {
			fmt.Printf("  not %s: %v\n", other.Value, other.Reason)
		}
	}
	// Output:
	// children: 3 (bought)
	//   not 2: stale
	// city: Moscow (observed)
	//   not Kazan: older
}
