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

// Span is a time with a name, such as last winter.
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
		checkSpan(faults, path, s.Since, s.Until)
		if s.Since.IsZero() {
			faults.Add(path+"Since", s.Since, errNoBound)
		}
		if s.Until.IsZero() {
			faults.Add(path+"Until", s.Until, errNoBound)
		}
	}
	inOrder := slices.SortedFunc(slices.Values(spans), func(p, q Span) int {
		return cmp.Or(p.Since.Compare(q.Since), p.Until.Compare(q.Until))
	})
	for i := 1; i < len(inOrder); i++ {
		before, s := inOrder[i-1], inOrder[i]
		if s.Since.Before(before.Until) {
			faults.Add("periods", s.Name, rule.Because(rule.Range, "overlaps another period", "a Since of %s or later, where %q ends", moment(before.Until), before.Name))
		}
	}
}
