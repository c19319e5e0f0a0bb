package rfm_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

// Warnings read as sentences, and name the group of a nested plan.
func TestLevelWarnings(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 1, "5"), buy(2, 1, 1, "5"), buy(3, 2, 1, "5"))
	plan := rfm.GridPlan()
	plan.Map, plan.Recency, plan.Monetary = anyLevels(3, 5, 3), rfm.Bounds(1, 2), rfm.Bounds(1, 2)
	const want = "frequency: no customers on levels [2 3 4]; edges [1 1 1.2 1.6], customers by level [2 0 0 0 1]"
	if got := fmt.Sprint(mustFit(t, b, plan).Warnings); got != "["+want+"]" {
		t.Errorf("warnings are %s, want %s", got, want)
	}
	plan.Nested = true
	if got := len(mustFit(t, b, plan).Warnings); got != 3 { // one for each level of recency, two of them empty
		t.Errorf("%d warnings, want 3", got)
	}
	if w, ok := errors.AsType[rfm.LevelWarning](mustFit(t, b, plan).Warnings[1]); !ok || w.Group != "R2" {
		t.Errorf("warning is %+v", w)
	}
	plan = rfm.GridPlan()
	plan.Map, plan.Recency, plan.Frequency, plan.Nested = anyLevels(3, 2, 5), rfm.Bounds(1, 2), rfm.Edges(1), true
	var within []string
	for _, warning := range mustFit(t, b, plan).Warnings {
		if w, ok := errors.AsType[rfm.LevelWarning](warning); ok {
			within = append(within, w.Group)
		}
	}
	if got := fmt.Sprint(within); got != "[R1 F1 R1 F2 R2 F1 R2 F2 R3 F1 R3 F2]" {
		t.Errorf("warnings are within %v", got)
	}
}
