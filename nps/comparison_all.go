package nps

import (
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/adjust"
	"github.com/clientele-go/clientele/internal/enum"
)

// Adjustment says how the probabilities of a family of comparisons are raised, so that
// many do not find something by chance alone.
type Adjustment uint8

const (
	// Holm bounds the probability of any false finding. It needs no assumption and is
	// never weaker than Bonferroni's.
	Holm Adjustment = iota

	// Bonferroni multiplies each by the number of comparisons.
	Bonferroni

	// BenjaminiHochberg bounds the expected share of findings that are false, of tests
	// that are independent or positively dependent.
	BenjaminiHochberg
)

var adjustmentNames = [...]string{Holm: "Holm", Bonferroni: "Bonferroni", BenjaminiHochberg: "Benjamini-Hochberg"}

// String returns the name, as in "Holm", and "Adjustment(9)" for a value that is none.
func (a Adjustment) String() string { return enum.String(adjustmentNames[:], a) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (a Adjustment) MarshalText() ([]byte, error) {
	return enum.Marshal(adjustmentNames[:], a)
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (a *Adjustment) UnmarshalText(text []byte) error {
	return enum.Unmarshal(adjustmentNames[:], a, text)
}

// of returns the adjusted probabilities of a family.
func (a Adjustment) of(p []float64) []float64 {
	switch a {
	case Bonferroni:
		return adjust.Bonferroni(p)
	case BenjaminiHochberg:
		return adjust.BenjaminiHochberg(p)
	}
	return adjust.Holm(p)
}

// CompareAllConfig says which of several groups are compared, and how. The zero one
// compares every pair.
type CompareAllConfig struct {
	CompareConfig

	// Reference is the group that all others are compared with; "" = every pair.
	Reference string `json:"reference,omitempty"`

	// Rest compares each group with all others together. It cannot go with a Reference.
	Rest bool `json:"rest,omitempty"`

	Adjust Adjustment `json:"adjust,omitzero"` // zero = Holm
}

// PairComparison is one of several comparisons.
type PairComparison struct {
	Group   string `json:"group"`
	Against string `json:"against,omitempty"` // "" where it is the rest
	Comparison
	Adjusted float64 `json:"adjusted"` // P, raised for the number of comparisons
}

// CompareAll compares several independent groups, sorted by Group and then Against: each
// pair once, with the greater label as Against, or each group with the reference, or
// each with the rest. Intervals are each by itself.
//
// All faults of a configuration come at once in a [clientele.ConfigError], a reference
// that is no group as [clientele.ErrUnknown]. Fewer than two groups are
// [clientele.ErrMissing], one without answers is [clientele.ErrEmpty], and groups on
// different scales are [clientele.ErrMismatch]; the field of such an error is the group.
func CompareAll(groups map[string]Tally, cfg CompareAllConfig) ([]PairComparison, error) {
	const op = "nps.CompareAll"
	faults := clientele.ConfigError{Op: op}
	cfg.CompareConfig = cfg.fill(&faults)
	checkName(&faults, "Adjust", cfg.Adjust, adjustmentNames[:])
	if _, known := groups[cfg.Reference]; cfg.Reference != "" && !known {
		faults.Add("Reference", cfg.Reference, clientele.ErrUnknown)
	}
	if cfg.Rest && cfg.Reference != "" {
		faults.Add("Rest", cfg.Rest, clientele.ErrRange)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if len(groups) < 2 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "groups", Value: len(groups), Err: clientele.ErrMissing}
	}
	labels := slices.Sorted(maps.Keys(groups))
	for _, label := range labels {
		if err := checkPair(op, groups[labels[0]], groups[label]); err != nil {
			return nil, &clientele.InputError{Op: op, Index: -1, Field: "groups[" + label + "]", Err: err}
		}
	}
	all := cfg.pairs(labels, groups)
	p := make([]float64, len(all))
	for i := range all {
		p[i] = all[i].P
	}
	for i, adjusted := range cfg.Adjust.of(p) {
		all[i].Adjusted = adjusted
	}
	return all, nil
}

// pairs compares what the configuration says.
func (c CompareAllConfig) pairs(labels []string, groups map[string]Tally) []PairComparison {
	counts, total := make([]Attitudes, len(labels)), Attitudes{}
	for i, label := range labels {
		counts[i] = groups[label].Attitudes()
		total = total.and(counts[i])
	}
	var all []PairComparison
	add := func(i int, against string, other Attitudes) {
		all = append(all, PairComparison{Group: labels[i], Against: against, Comparison: compareGroups(counts[i], other, c.CompareConfig)})
	}
	for i, label := range labels {
		switch {
		case c.Rest:
			add(i, "", total.minus(counts[i]))
		case c.Reference == "":
			for j := i + 1; j < len(labels); j++ {
				add(i, labels[j], counts[j])
			}
		case label != c.Reference:
			add(i, c.Reference, groups[c.Reference].Attitudes())
		}
	}
	return all
}

// minus are the groups without others that are among them.
func (g Attitudes) minus(o Attitudes) Attitudes {
	return Attitudes{g.Detractors - o.Detractors, g.Passives - o.Passives, g.Promoters - o.Promoters}
}
