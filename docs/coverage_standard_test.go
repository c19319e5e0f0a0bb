package docs_test

import (
	"fmt"
	"strings"
	"testing"
)

// The standard of intervals at level 0.95 in every world and of every size: 90 % hold the
// truth, and 6.5 % claim what is not so, which is 5 % and two standard errors.
const (
	leastHold = 90.0
	mostClaim = 6.5
)

// A study below the standard says why, and none that reaches it does.
func TestCoverageStandard(t *testing.T) {
	documented := readCoverage(t)
	for _, s := range studies() {
		below := s.isBelowStandard(documented)
		if below && s.except == "" {
			least, claims := s.worst(documented)
			t.Errorf("%s: %.1f hold, %.1f claim: below the standard without a reason", s.method, least, claims)
		}
		if !below && s.except != "" {
			t.Errorf("%s reaches the standard, and has a reason why it does not: %s", s.method, s.except)
		}
	}
}

// isBelowStandard reports whether any figure of a study is below the standard.
func (s *study) isBelowStandard(rows map[coverageRow][]string) bool {
	least, claims := s.worst(rows)
	below := claims > mostClaim
	for _, x := range least {
		below = below || x < leastHold
	}
	return below
}

// exceptions lists the studies below the standard with their reasons.
func exceptions(all []study) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Below the standard\n\nIn every world and of every size %v %% and more of the other intervals hold the truth, and at most %v %% claim what is not so. These do not:\n\n", leastHold, mostClaim)
	for _, s := range all {
		if s.except != "" {
			fmt.Fprintf(&b, "- [%s](#%s): %s\n", s.method, anchor(s.method), s.except)
		}
	}
	return b.String()
}
