package basket

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Pair is how often two items are bought together. Intervals take baskets as independent;
// those of one customer resemble each other, so that the true intervals are somewhat
// wider. Among ten thousand pairs the intervals of some lifts lie above 1 by chance alone.
type Pair struct {
	A string `json:"a"` // name of the one item
	B string `json:"b"` // name of the other item

	Together int64 `json:"together"` // number of baskets with both
	WithA    int64 `json:"withA"`    // number of baskets with A
	WithB    int64 `json:"withB"`    // number of baskets with B
	Baskets  int64 `json:"baskets"`  // number of all baskets: the receipts or deals with an item

	Support clientele.Estimate `json:"support"` // share of baskets with both, with Wilson's interval

	// AtoB and BtoA are the confidences, with Wilson's intervals: the share of the
	// baskets with A that have B, and the share of the baskets with B that have A. They
	// are the zero Estimate where no basket has the first item.
	AtoB clientele.Estimate `json:"aToB"`
	BtoA clientele.Estimate `json:"bToA"`

	// Lift is how many times as often the two are bought together as they would be if
	// they were independent: the support over the product of the shares of baskets with A
	// and with B (Brin, Motwani, Ullman and Tsur, SIGMOD 1997, there named interest). Its
	// standard error is that of the delta method over the multinomial counts, with the
	// variance of the logarithm
	//
	//	(1/p_ab - 1/p_a - 1/p_b + 2 p_ab/(p_a p_b) - 1) / n
	//
	// for the support p_ab, the shares p_a and p_b, and n = Baskets.
	//
	// The interval is that of the delta method where counts are large. Where they are
	// small, or nearly all baskets with the rarer item have the other one, the delta
	// method's would be far too short. So the interval is put together from Wilson's
	// limits of the confidence from the rarer item to the other and of the share of the
	// other item, with their correlation (Donner and Zou, Statistical Methods in Medical
	// Research 21, 2012). Where fewer than 5 baskets have both, only A, only B or neither,
	// the limits are the exact ones of Clopper and Pearson, since Wilson's hold the truth
	// too seldom. Lift is the zero Estimate where no basket has A or none has B.
	Lift clientele.Estimate `json:"lift"`
}

// newPair estimates from the counts.
func newPair(a, b string, together, ofA, ofB, baskets int, level float64) Pair {
	p := Pair{A: a, B: b, Together: int64(together), WithA: int64(ofA), WithB: int64(ofB), Baskets: int64(baskets)}
	p.Support = shareOf(p.Together, p.Baskets, level)
	p.AtoB = shareOf(p.Together, p.WithA, level)
	p.BtoA = shareOf(p.Together, p.WithB, level)
	p.Lift = p.lift(level)
	return p
}

// shareOf is Wilson's estimate, and zero with level 0 where there are no trials.
func shareOf(k, n int64, level float64) clientele.Estimate {
	if n == 0 {
		return clientele.Estimate{}
	}
	return interval.Wilson(k, n, level)
}

// SegmentPair is a pair within a segment.
type SegmentPair struct {
	Segment string `json:"segment"` // label
	Pair
}

// Pair returns how often any two items are bought together, overall and in every segment,
// in ascending order of labels. The two need not be frequent; an estimate without data is
// the zero Estimate. level is the confidence level of the intervals, between 0 and 1; 0 =
// 0.95.
//
// To compare segments use the confidence, not the lift: the lift also depends on how
// popular itemB is in the segment.
//
// Pair returns [clientele.ErrUnknown] if an item is in no basket, [clientele.ErrDuplicate]
// if the two items are equal, and [clientele.ErrEmpty] if there are no baskets.
func (b *Baskets[K]) Pair(itemA, itemB string, level float64) (base Pair, segments []SegmentPair, err error) {
	const op = "basket.Baskets.Pair"
	first, second, level, err := b.checkPair(op, itemA, itemB, level)
	if err != nil {
		return Pair{}, nil, err
	}
	c := &b.facts
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

// checkPair returns the numbers of two items and the level with its default, or what is
// wrong with the baskets or with an argument.
func (b *Baskets[K]) checkPair(op, itemA, itemB string, level float64) (first, second int32, checked float64, err error) {
	if !b.configured() {
		return 0, 0, 0, fault.Unconfigured(op)
	}
	if checked, err = fault.Level(op, level); err != nil {
		return 0, 0, 0, err
	}
	if err = b.checkBaskets(op); err != nil {
		return 0, 0, 0, err
	}
	if first, err = b.facts.find(op, "itemA", itemA); err != nil {
		return 0, 0, 0, err
	}
	if second, err = b.facts.find(op, "itemB", itemB); err != nil {
		return 0, 0, 0, err
	}
	if first == second {
		return 0, 0, 0, fault.Of(op, "itemB", itemB, errSameItem)
	}
	return first, second, checked, nil
}

var errSameItem = rule.Because(rule.Duplicate, "given twice", "another item than itemA")

// find returns the number of an item.
func (c *basketFacts) find(op, field, item string) (int32, error) {
	id, ok := c.items.Find(item)
	if !ok {
		return 0, fault.Of(op, field, item, rule.Want(rule.Unknown, "an item that is in a basket, spelled as on the receipts"))
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
