package docs_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
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

// All that stands below the mark is what the studies and the figures make, so that no list of
// what is below the standard is an older one than the figures beside it.
func TestCoverageIsAsWritten(t *testing.T) {
	data, err := os.ReadFile(coverageFile)
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(data), coverageMark)
	lines := strings.SplitAfter(got, "\n")
	n := 0
	for want := range strings.Lines(tableOf(studies(), readCoverage(t))) {
		if lines[n] != want {
			t.Fatalf("line %d below the mark is %q, want %q; go test ./docs -run Coverage -update -coverage none writes it", n+1, lines[n], want)
		}
		n++
	}
	if rest := strings.Join(lines[n:], ""); rest != "" {
		t.Errorf("more than the studies make: %q", rest)
	}
}

// What the text above the tables promises is what the tables say.
func TestCoverageTextIsTrue(t *testing.T) {
	data, err := os.ReadFile(coverageFile)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), coverageMark)
	text = strings.Join(strings.Fields(text), " ")
	rows := readCoverage(t)
	for _, c := range []struct {
		names, says string
		size        int // its place in coverageSizes; -1 = the least of all sizes
	}{
		{"^(Score interval of a (difference|ratio) of shares|Exact interval of an odds ratio|Lift of a (pair|loss after an event))$", "lifts hold the truth in %.0f %% of samples or more", -1},
		{"^Wilson's interval of a share$", "three customers in %.1f %% of samples at worst", 1},
		{"^Kaplan-Meier share$", "which is Wilson's too, in %.1f %%", 1},
		{", skewed money$", "hold the truth in %.0f %% of samples of 30, and in fewer", 4},
		{"^(Score, adjusted t|Chi-square interval of a mean answer|Weighted score|Score by strata|Raked score|Difference of scores, adjusted Welch|Difference from a target|Difference of weighted scores)$", "hold the truth in %.0f %% of samples or more in every world", -1},
		{"^Difference within a margin, at level 0.90$", "at the level 0.90 in %.0f %% or more", -1},
	} {
		lowest, found := 100.0, regexp.MustCompile(c.names)
		for _, s := range studies() {
			least, _ := s.worst(rows)
			for i, x := range least {
				if found.MatchString(s.method) && (c.size < 0 || c.size == i) && x < lowest {
					lowest = x
				}
			}
		}
		said := fmt.Sprintf(c.says, lowest)
		if !strings.Contains(c.says, ".1f") {
			said = fmt.Sprintf(c.says, math.Floor(lowest))
		}
		if !strings.Contains(text, said) {
			t.Errorf("the text does not say %q", said)
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
