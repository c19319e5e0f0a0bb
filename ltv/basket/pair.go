package basket

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// SegmentPair is a pair within a segment.
type SegmentPair struct {
	Segment string `json:"segment"`
	Pair
}

// Pair returns how often any two items are bought together, overall and in every
// segment in ascending order of labels: who buys itemB with itemA. Compare segments by the
// confidence: the lift divides it by the share of itemB in the segment, which is
// greater where it often goes with itemA. Pair counts the baskets, so that the two need not be
// frequent; shares of nothing are zero with level 0. level
// is that of the intervals, 0 = 0.95. An item that is in no basket is
// [clientele.ErrUnknown], two equal ones are [clientele.ErrDuplicate], and without
// baskets it is [clientele.ErrEmpty].
func (b *Baskets[K]) Pair(itemA, itemB string, level float64) (base Pair, segments []SegmentPair, err error) {
	const op = "basket.Baskets.Pair"
	if level, err = fault.Level(op, level); err != nil {
		return Pair{}, nil, err
	}
	c := &b.facts
	if len(c.sheaves) == 0 {
		return Pair{}, nil, noBaskets(op)
	}
	first, err := c.find(op, "itemA", itemA)
	if err != nil {
		return Pair{}, nil, err
	}
	second, err := c.find(op, "itemB", itemB)
	if err != nil {
		return Pair{}, nil, err
	}
	if first == second {
		return Pair{}, nil, &clientele.InputError{Op: op, Index: -1, Field: "itemB", Value: itemB, Err: clientele.ErrDuplicate}
	}
	var all [3]int // with A, with B, with both
	for _, id := range c.segments.Sorted() {
		s := &c.sheaves[id]
		counts := s.count(first, second)
		for i, n := range counts {
			all[i] += n
		}
		segments = append(segments, SegmentPair{c.segments.Names()[id], newPair(itemA, itemB, counts[2], counts[0], counts[1], s.n, level)})
	}
	return newPair(itemA, itemB, all[2], all[0], all[1], c.len(), level), segments, nil
}

// find returns the number of an item.
func (c *basketFacts) find(op, field, item string) (int32, error) {
	id, ok := c.items.Find(item)
	if !ok {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: field, Value: item, Err: clientele.ErrUnknown}
	}
	return id, nil
}

// count returns in how many baskets a is, b is, and both are.
func (s *sheaf) count(a, b int32) (counts [3]int) {
	for run := range s.all {
		_, hasA := slices.BinarySearch(run, a)
		_, hasB := slices.BinarySearch(run, b)
		for i, has := range [...]bool{hasA, hasB, hasA && hasB} {
			if has {
				counts[i]++
			}
		}
	}
	return counts
}
