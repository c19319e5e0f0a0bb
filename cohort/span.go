package cohort

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Span is a period with a name, such as last winter.
type Span struct {
	Name  string    `json:"name"`  // required
	Since time.Time `json:"since"` // beginning, itself included; required
	Until time.Time `json:"until"` // end, itself not included; required
}

var errNoBound = rule.Want(rule.Missing, "a time: each period has a beginning and an end")

// checkSpans notes spans without a name or time of their own.
func checkSpans(faults *clientele.ConfigError, spans []Span) {
	seen := make(map[string]bool)
	for i, s := range spans {
		path := fmt.Sprintf("periods[%d].", i)
		fault.AddLabel(faults, path+"Name", s.Name, seen)
		fault.AddSpan(faults, path, s.Since, s.Until)
		if s.Since.IsZero() {
			faults.Add(path+"Since", s.Since, errNoBound)
		}
		if s.Until.IsZero() {
			faults.Add(path+"Until", s.Until, errNoBound)
		}
	}
	checkOverlaps(faults, spans)
}

// checkOverlaps notes spans that begin before another ends, of those that have a
// beginning and an end.
func checkOverlaps(faults *clientele.ConfigError, spans []Span) {
	var inOrder []int
	for i, s := range spans {
		if !s.Since.IsZero() && s.Since.Before(s.Until) {
			inOrder = append(inOrder, i)
		}
	}
	slices.SortStableFunc(inOrder, func(i, j int) int {
		return cmp.Or(spans[i].Since.Compare(spans[j].Since), spans[i].Until.Compare(spans[j].Until))
	})
	for n := 1; n < len(inOrder); n++ {
		before, i := &spans[inOrder[n-1]], inOrder[n]
		if spans[i].Since.Before(before.Until) {
			faults.Add(fmt.Sprintf("periods[%d].Since", i), spans[i].Since, rule.Because(rule.Range, "overlaps another period",
				"%s or later, when the period %q ends", before.Until, before.Name))
		}
	}
}
