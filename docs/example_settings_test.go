package docs_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func Example_settingsPage() {
	// What the page sends: a rule that cuts days of recency the wrong way round.
	sent := `{"rule":"bounds","edges":[40,20]}`
	plan := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))
	if err := json.Unmarshal([]byte(sent), &plan.Recency); err != nil {
		fmt.Println("not understood:", err) // an unknown key, a wrong type
	}
	if err := plan.Validate(); err != nil { // all faults at once
		config, _ := errors.AsType[*clientele.ConfigError](err)
		for _, fault := range config.Faults {
			if in, ok := errors.AsType[*clientele.InputError](fault); ok {
				fmt.Printf("%s = %v: %s\n", in.Field, in.Value, in.Reason()) // beside the field, in your own words
			}
		}
	}
	// Output:
	// Recency.Edges = [40 20]: first bound is above the second
}
