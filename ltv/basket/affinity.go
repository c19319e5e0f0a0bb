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

	// MinCount is the least number of baskets that must have both; 0 = 5, below
	// which the interval of a lift is rough. 1 returns all pairs that occur.
	MinCount int `json:"minCount,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it.
	Workers int `json:"-"`
}

// defaultMinCount is the least count for which tables are tested by approximation
// since Cochran, Some Methods for Strengthening the Common χ² Tests, Biometrics 10
// (1954).
const defaultMinCount = 5

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
	const share = "a share from 0 to 1, such as 0.01"
	faults := clientele.ConfigError{Op: op}
	switch {
	case math.IsNaN(c.MinSupport):
		faults.Add("MinSupport", c.MinSupport, rule.Want(rule.NotFinite, share))
	case c.MinSupport < 0 || c.MinSupport > 1:
		faults.Add("MinSupport", c.MinSupport, rule.Want(rule.Range, share))
	}
	switch {
	case c.MinCount < 0:
		faults.Add("MinCount", c.MinCount, rule.Want(rule.Negative, "1 basket or more, or 0 for %d", defaultMinCount))
	case c.MinCount == 0:
		c.MinCount = defaultMinCount
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	fault.AddWorkers(&faults, c.Workers)
	return c, faults.Err()
}

// least is the count that both thresholds ask of a pair: its support, as a float64,
// is not below MinSupport.
func (c AffinityConfig) least(baskets int) int {
	share := sort.Search(baskets, func(k int) bool { return float64(k)/float64(baskets) >= c.MinSupport })
	return max(share, c.MinCount)
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
	// names. In each, A is before B in the order of names.
	Pairs []Pair `json:"pairs"`
}

// Affinity finds the pairs of items that are bought together often enough, overall and
// by segment, with their support, confidence and lift: association rules of one item
// each side (Agrawal, Imielinski and Swami, SIGMOD 1993). Faults of cfg are reported
// together. Affinity returns [clientele.ErrEmpty] if there are no baskets.
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
	c := &b.facts
	byName := c.items.Sorted()
	res := &Affinity{Base: c.affinity(c.sheaves, byName, cfg), Skipped: c.skipped}
	for _, id := range c.segments.Sorted() {
		var g AffinityGroup
		if len(c.sheaves) == 1 {
			g = res.Base
			g.Pairs = slices.Clone(g.Pairs)
		} else {
			g = c.affinity(c.sheaves[id:id+1], byName, cfg)
		}
		g.Segment = c.segments.Names()[id]
		res.Segments = append(res.Segments, g)
	}
	return res, nil
}

// affinity of some sheaves.
func (c *basketFacts) affinity(sheaves []sheaf, byName []int32, cfg AffinityConfig) AffinityGroup {
	n := 0
	for i := range sheaves {
		n += sheaves[i].n
	}
	least := cfg.least(n)
	counts := itemCounts(sheaves, len(byName))
	x := newPairFinder(sheaves, counts, byName, least)
	found := x.pairs(least, cfg.Workers)
	g := AffinityGroup{Baskets: int64(n), MinCount: int64(least), Pairs: make([]Pair, len(found))}
	for _, k := range counts {
		if k > 0 {
			g.Items++
		}
	}
	for i, p := range found {
		a, b := x.items[p.a], x.items[p.b]
		g.Pairs[i] = newPair(c.items.Names()[a], c.items.Names()[b], p.together, counts[a], counts[b], n, cfg.Level)
	}
	return g
}
