package basket

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Bundle is how often three or four items are bought together. Intervals take baskets as
// independent, as those of [Pair] do.
type Bundle struct {
	Items    []string `json:"items"`    // names, ascending
	Together int64    `json:"together"` // number of baskets with all items
	Baskets  int64    `json:"baskets"`  // number of all baskets

	Support clientele.Estimate `json:"support"` // share of baskets with all items, with Wilson's interval

	// Lift is how many times as often the items are bought together as they would be if
	// all were independent. Its interval, and that of Excess, is put together as that of
	// Pair.Lift is, from the exact limits of the support; each set of items is taken to be in
	// z² more baskets for the error of what is expected, since a set that no basket has may be
	// so by chance (z = 1.96 at level 0.95).
	Lift clientele.Estimate `json:"lift"`

	// Excess is how many times as often the items are bought together as the smaller
	// bundles among them explain: for three items their pairs, for four their trios. What
	// the smaller bundles explain is the number of baskets at which a log-linear model of
	// the items has no interaction of the highest order (Bartlett, Contingency Table
	// Interactions, Supplement to the Journal of the Royal Statistical Society 2, 1935),
	// with all counts of smaller bundles kept. Where the interval is above 1, the items
	// belong together as a whole. Where the counts of smaller bundles leave only one
	// possible number, Excess is 1, without an interval (level 0).
	Excess clientele.Estimate `json:"excess"`
}

// BundleReport is which bundles are bought.
type BundleReport struct {
	Baskets    int64 `json:"baskets"`    // number of baskets
	MinCount   int64 `json:"minCount"`   // smallest number of baskets with all items that satisfied both thresholds
	Candidates int64 `json:"candidates"` // number of sets of two to four items that were counted or found frequent

	// Bundles are ranked by the lower limit of Excess, then of Lift, then by Together and
	// names, so that bundles that their pairs explain do not come first.
	Bundles []Bundle `json:"bundles"`

	Skipped Skipped `json:"skipped"` // what is in no basket
}

// Bundles finds the sets of three or four items that are bought together often enough, in
// all baskets; [Baskets.Affinity] finds pairs. A set is counted only if its pairs are
// frequent (Zaki, Scalable Algorithms for Association Mining, IEEE Transactions on Knowledge
// and Data Engineering 12, 2000). Among thousands of bundles the intervals of some lie above
// 1 by chance alone: raise Level or MinCount.
//
// Faults of cfg are reported together. Bundles returns [clientele.ErrEmpty] if there are no
// baskets, and [clientele.ErrRange] if there are more than MaxCandidates sets to count. Time
// grows with MaxCandidates times the number of baskets at most; memory with the items of all
// baskets and 500 bytes a candidate at most.
func (b *Baskets[K]) Bundles(cfg BundleConfig) (*BundleReport, error) {
	const op = "basket.Baskets.Bundles"
	if !b.configured() {
		return nil, fault.Unconfigured(op)
	}
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	if err := b.checkBaskets(op); err != nil {
		return nil, err
	}
	c := &b.facts
	f := newBundleFinder(c, cfg)
	sets, ok := f.find()
	if !ok {
		return nil, fault.Of(op, "MaxCandidates", cfg.MaxCandidates, errManyCandidates)
	}
	r := &BundleReport{Baskets: int64(f.baskets), MinCount: int64(f.least), Candidates: f.candidates.Load(), Bundles: []Bundle{}, Skipped: c.skipped}
	for _, s := range sets {
		r.Bundles = append(r.Bundles, f.bundle(c, s))
	}
	slices.SortFunc(r.Bundles, func(a, b Bundle) int {
		return cmp.Or(cmp.Compare(surely(b.Excess), surely(a.Excess)), cmp.Compare(surely(b.Lift), surely(a.Lift)),
			cmp.Compare(b.Together, a.Together), slices.Compare(a.Items, b.Items))
	})
	return r, nil
}

var errManyCandidates = rule.Because(rule.Range, "more sets of items would be counted", "a higher MinCount or MinSupport, or more sets")

// bundle estimates from the counts of a set.
func (f *bundleFinder) bundle(c *basketFacts, s itemSet) Bundle {
	b := Bundle{Together: int64(f.counts[s]), Baskets: int64(f.baskets)}
	for _, i := range s.items() {
		b.Items = append(b.Items, c.items.Names()[f.x.items[i]])
	}
	b.Support = shareOf(b.Together, b.Baskets, f.cfg.Level)
	t := f.table(s)
	b.Lift, b.Excess = t.lift(f.cfg.Level), t.excess(f.cfg.Level)
	return b
}

// surely is the lower limit of an estimate, 0 without an interval.
func surely(e clientele.Estimate) float64 {
	if e.Level == 0 {
		return 0
	}
	return e.Lo
}
