package docs_test

import (
	"fmt"
	"strings"
	"testing"
)

// The standard of intervals in every world and of every size: at most 5 points fewer hold the
// truth than the level says, and at most 1.5 points more claim what is not so, which is two
// standard errors of the study.
const (
	mayMiss  = 5.0
	mayClaim = 1.5
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
	level := 95.0
	if s.level > 0 {
		level = 100 * s.level
	}
	least, claims := s.worst(rows)
	below := claims > 100-level+mayClaim
	for _, x := range least {
		below = below || x < level-mayMiss
	}
	return below
}

// exceptions lists the studies below the standard by their reasons.
func exceptions(all []study) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Below the standard\n\nThese intervals hold the truth more than %v points more seldom than their level says, or claim more than %v points more often what is not so, in some world and of some size; all others nowhere.\n\n", mayMiss, mayClaim)
	var reasons []string
	methods := make(map[string][]string)
	for _, s := range all {
		if s.except == "" {
			continue
		}
		if methods[s.except] == nil {
			reasons = append(reasons, s.except)
		}
		methods[s.except] = append(methods[s.except], fmt.Sprintf("[%s](#%s)", s.method, anchor(s.method)))
	}
	for _, reason := range reasons {
		fmt.Fprintf(&b, "- %s: %s.\n", strings.Join(methods[reason], "; "), reason)
	}
	return b.String()
}
