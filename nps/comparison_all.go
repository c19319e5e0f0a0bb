package nps

import (
	"fmt"
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// CompareAllConfig says which of several groups are compared, and how. The zero value
// compares every pair.
type CompareAllConfig struct {
	CompareConfig

	// Reference is the group with which each other one is compared; "" = every pair.
	Reference string `json:"reference,omitempty"`

	// Rest compares each group with all others together. It cannot go with a Reference.
	Rest bool `json:"rest,omitempty"`

	Adjust clientele.Adjustment `json:"adjust,omitzero"` // how p-values are adjusted for the number of comparisons; zero = Holm
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [CompareAll] checks the values.
func (c *CompareAllConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.CompareAllConfig.UnmarshalJSON", data, c)
}

// PairComparison is one of several comparisons. Its Difference is the score of Group − the
// score of Against.
type PairComparison struct {
	Group   string `json:"group"`             // the group that is judged
	Against string `json:"against,omitempty"` // the group that it is compared with; "" = all others together
	Comparison
	Adjusted float64 `json:"adjusted"` // P adjusted upwards for the number of comparisons
}

// CompareAll compares several independent groups, sorted by Group and then Against: each
// pair once, with the greater label as Against, or each group with the reference, or each
// with the rest. Each difference is Group − Against, as by [Compare] with Against first
// and Group second. Intervals are valid one at a time, not all together.
//
// All faults of a configuration come at once in a [clientele.ConfigError]; a reference
// that is not one of the groups is among them, with [clientele.ErrUnknown]. The error is
// [clientele.ErrMissing] for fewer than two groups, [clientele.ErrRange] for every pair of
// more than 1,414 groups, which are a million pairs, [clientele.ErrEmpty] if a group has no
// answers, and [clientele.ErrMismatch] if groups are on different scales; its field is the
// group.
func CompareAll(groups map[string]Tally, cfg CompareAllConfig) ([]PairComparison, error) {
	const op = "nps.CompareAll"
	labels := slices.Sorted(maps.Keys(groups))
	cfg, err := cfg.fillAll(op, labels)
	if err != nil {
		return nil, err
	}
	if len(groups) < 2 {
		return nil, tooFewGroups(op, len(groups))
	}
	if every := !cfg.Rest && cfg.Reference == ""; every && len(groups) > mostPaired {
		return nil, fault.Of(op, "groups", len(groups), rule.Because(rule.Range, "too many for every pair", "at most %d, or a Reference, or Rest", mostPaired))
	}
	for _, label := range labels {
		if err := checkGroup(op, fmt.Sprintf("groups[%q]", label), groups[label], groups[labels[0]]); err != nil {
			return nil, err
		}
	}
	all := cfg.pairs(labels, groups)
	p := make([]float64, len(all))
	for i := range all {
		p[i] = all[i].P
	}
	adjusted, err := cfg.Adjust.Adjust(p)
	if err != nil {
		return nil, fault.Renamed(op, err)
	}
	for i := range all {
		all[i].Adjusted = adjusted[i]
	}
	return all, nil
}

// mostPaired is how many groups are compared in every pair.
const mostPaired = 1414

// fillAll returns the configuration with defaults, or all its faults.
func (c CompareAllConfig) fillAll(op string, labels []string) (CompareAllConfig, error) {
	faults := clientele.ConfigError{Op: op}
	c.CompareConfig = c.fill(&faults)
	fault.AddValue(&faults, "Adjust", c.Adjust.Validate())
	if c.Reference != "" && !slices.Contains(labels, c.Reference) {
		faults.Add("Reference", c.Reference, rule.Want(rule.Unknown, `one of the groups, or "" for every pair`))
	}
	if c.Rest && c.Reference != "" {
		faults.Add("Rest", c.Rest, rule.Because(rule.Range, "given with Reference", "Reference or Rest, not both"))
	}
	return c, faults.Err()
}

// tooFewGroups says that there is nothing to compare with.
func tooFewGroups(op string, n int) error {
	return fault.Of(op, "groups", n, rule.Because(rule.Missing, "nothing to compare with", "at least two groups"))
}

// pairs compares the groups that the configuration names.
func (c CompareAllConfig) pairs(labels []string, groups map[string]Tally) []PairComparison {
	counts, total := make([]Attitudes, len(labels)), Attitudes{}
	for i, label := range labels {
		counts[i] = groups[label].Attitudes()
		total = total.and(counts[i])
	}
	var all []PairComparison
	add := func(i int, against string, other Attitudes) {
		all = append(all, PairComparison{Group: labels[i], Against: against, Comparison: compare(other, counts[i], c.CompareConfig)})
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
