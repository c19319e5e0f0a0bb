package basket

import (
	"math"
	"slices"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// AffinityConfig says which pairs [Baskets.Affinity] returns.
type AffinityConfig struct {
	// MinSupport is the least share of baskets that must have both items, of the base or
	// of the segment, from 0 to 1.
	MinSupport float64 `json:"minSupport,omitempty"`

	// MinCount is the least number of baskets that must have both items; 0 = 5,
	// below which the interval of a lift is rough. 1 returns all pairs that
	// occur.
	MinCount int `json:"minCount,omitempty"`

	// MaxPairs is the greatest number of pairs in the base and the segments together that
	// may reach the thresholds; 0 = 500,000. Beyond it Affinity refuses, before it takes
	// memory for them: many large baskets that are alike have pairs by the million.
	MaxPairs int `json:"maxPairs,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it.
	Workers int `json:"-"`
}

// defaultMinCount is the least count for which tables are tested by approximation
// since Cochran, Some Methods for Strengthening the Common χ² Tests, Biometrics 10
// (1954).
const defaultMinCount = 5

const defaultMaxPairs = 500_000

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [Baskets.Affinity] does.
func (c AffinityConfig) Validate() error {
	_, err := c.fill("basket.AffinityConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *AffinityConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.AffinityConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults, or all its faults.
func (c AffinityConfig) fill(op string) (AffinityConfig, error) {
	faults := clientele.ConfigError{Op: op}
	c.MinCount = addThresholds(&faults, c.MinSupport, c.MinCount)
	switch {
	case c.MaxPairs < 0:
		faults.Add("MaxPairs", c.MaxPairs, rule.Want(rule.Negative, "1 pair or more, or 0 for %d", defaultMaxPairs))
	case c.MaxPairs == 0:
		c.MaxPairs = defaultMaxPairs
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	fault.AddWorkers(&faults, c.Workers)
	return c, faults.Err()
}

// addThresholds notes what is wrong with thresholds and returns the count with its default.
func addThresholds(faults *clientele.ConfigError, support float64, count int) int {
	const share = "a share from 0 to 1, such as 0.01"
	switch {
	case math.IsNaN(support):
		faults.Add("MinSupport", support, rule.Want(rule.NotFinite, share))
	case support < 0 || support > 1:
		faults.Add("MinSupport", support, rule.Want(rule.Range, share))
	}
	switch {
	case count < 0:
		faults.Add("MinCount", count, rule.Want(rule.Negative, "1 basket or more, or 0 for %d", defaultMinCount))
	case count == 0:
		return defaultMinCount
	}
	return count
}

// least is the count that both thresholds ask of a pair or bundle: its support, as a
// float64, is not below the least support.
func least(baskets int, support float64, count int) int {
	share := sort.Search(baskets, func(k int) bool { return float64(k)/float64(baskets) >= support })
	return max(share, count)
}

// Affinity is which items belong together.
type Affinity struct {
	Base     AffinityGroup   `json:"base"`     // pairs in all baskets
	Segments []AffinityGroup `json:"segments"` // pairs in each segment, in ascending order of labels
	Skipped  Skipped         `json:"skipped"`  // what is in no basket
}

// AffinityGroup is which items belong together in the base or in a segment.
type AffinityGroup struct {
	Segment  string `json:"segment"`  // label; "" for the base
	Baskets  int64  `json:"baskets"`  // number of baskets
	Items    int    `json:"items"`    // number of distinct items in the baskets
	MinCount int64  `json:"minCount"` // smallest number of baskets with both items that satisfied AffinityConfig's MinCount and MinSupport

	// Pairs are those that reach the thresholds, the most frequent first, then by
	// names. In each, A is before B in the order of names. What belongs together comes first
	// in [AffinityGroup.Strongest].
	Pairs []Pair `json:"pairs"`
}

// Affinity finds the pairs of items that are bought together often enough, overall and
// by segment, with their support, confidence and lift: association rules of one item
// each side (Agrawal, Imielinski and Swami, SIGMOD 1993). Faults of cfg are reported
// together. Affinity returns [clientele.ErrEmpty] if there are no baskets, and
// [clientele.ErrRange] if more than MaxPairs pairs reach the thresholds.
//
// Time grows with the sum over baskets of their items squared, memory with the items
// of all baskets and with the pairs returned, 240 bytes each.
func (b *Baskets[K]) Affinity(cfg AffinityConfig) (*Affinity, error) {
	const op = "basket.Baskets.Affinity"
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
	found, err := b.facts.findPairs(op, cfg)
	if err != nil {
		return nil, err
	}
	c := &b.facts
	res := &Affinity{Base: found[0].group(c, cfg.Level), Skipped: c.skipped}
	for i, id := range c.segments.Sorted() {
		var g AffinityGroup
		if len(c.sheaves) == 1 {
			g = res.Base
			g.Pairs = slices.Clone(g.Pairs)
		} else {
			g = found[i+1].group(c, cfg.Level)
		}
		g.Segment = c.segments.Names()[id]
		res.Segments = append(res.Segments, g)
	}
	return res, nil
}

// foundPairs are the frequent pairs of some sheaves, before anything is estimated.
type foundPairs struct {
	baskets, least int
	counts         []int   // baskets with each item
	items          []int32 // by the number in a pair
	pairs          []pairCount
}

// findPairs finds the pairs of the base, then of each segment in ascending order of labels
// where there are several.
func (c *basketFacts) findPairs(op string, cfg AffinityConfig) ([]foundPairs, error) {
	byName := c.items.Sorted()
	groups := [][]sheaf{c.sheaves}
	if len(c.sheaves) > 1 {
		for _, id := range c.segments.Sorted() {
			groups = append(groups, c.sheaves[id:id+1])
		}
	}
	var all []foundPairs
	left := cfg.MaxPairs
	if len(groups) == 1 {
		left /= 2 // the one segment has the same pairs
	}
	for _, sheaves := range groups {
		f, ok := findPairs(sheaves, byName, cfg, left)
		if !ok {
			return nil, fault.Of(op, "MaxPairs", cfg.MaxPairs, errManyPairs)
		}
		left -= len(f.pairs)
		all = append(all, f)
	}
	return all, nil
}

var errManyPairs = rule.Because(rule.Range, "more pairs reach the thresholds", "a higher MinCount or MinSupport, or more pairs, 240 bytes each")

// findPairs finds the pairs of some sheaves; ok is false if they are more than most.
func findPairs(sheaves []sheaf, byName []int32, cfg AffinityConfig, most int) (f foundPairs, ok bool) {
	for i := range sheaves {
		f.baskets += sheaves[i].n
	}
	f.least = least(f.baskets, cfg.MinSupport, cfg.MinCount)
	f.counts = itemCounts(sheaves, len(byName))
	x := newPairFinder(sheaves, f.counts, byName, f.least)
	f.items = x.items
	f.pairs, ok = x.pairs(f.least, most, cfg.Workers)
	return f, ok
}

// group estimates from the pairs.
func (f *foundPairs) group(c *basketFacts, level float64) AffinityGroup {
	g := AffinityGroup{Baskets: int64(f.baskets), MinCount: int64(f.least), Pairs: make([]Pair, len(f.pairs))}
	for _, k := range f.counts {
		if k > 0 {
			g.Items++
		}
	}
	for i, p := range f.pairs {
		a, b := f.items[p.a], f.items[p.b]
		g.Pairs[i] = newPair(c.items.Names()[a], c.items.Names()[b], p.together, f.counts[a], f.counts[b], f.baskets, level)
	}
	return g
}
