package cohort

import (
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
)

// pauseFinder tells which silences are pauses that count, see [Activity.ChurnEvents].
type pauseFinder struct {
	patience *patience
	asOf     int64
	within   uint64
}

// pauseState is what a silence is.
type pauseState uint8

const (
	pauseEnded pauseState = iota // a pause that counts
	pauseSoon                    // no pause: the customer bought again at once
	pauseOpen                    // the allowed silence is not over
)

func (f *pauseFinder) state(s silence) pauseState {
	switch {
	case s.until != forever && uint64(s.until)-uint64(s.from) <= f.within:
		return pauseSoon
	case uint64(f.asOf)-uint64(s.from) <= s.allowed:
		return pauseOpen
	}
	return pauseEnded
}

// unplaced is the stratum of pauses that are compared with no others; all others are above.
const unplaced = 0

// pauseStrata are the strata of pauses: by a label of the customer, and by classes of the
// mean interval between the days on which the customer had bought until then.
type pauseStrata struct {
	classes bool      // whether there are classes
	bounds  []float64 // the longest mean interval of each class but the last
	bySlot  []int     // index in names; nil = no labels
	names   []string  // in ascending order
}

// none reports whether all pauses are in one stratum.
func (s *pauseStrata) none() bool { return !s.classes && s.bySlot == nil }

// of is the stratum of a pause.
func (s *pauseStrata) of(slot int32, interval float64) int {
	class, label := 0, 0
	if s.classes {
		if interval == 0 {
			return unplaced
		}
		class, _ = slices.BinarySearch(s.bounds, interval)
	}
	if s.bySlot != nil {
		label = s.bySlot[slot]
	}
	return 1 + label*(len(s.bounds)+1) + class
}

// described says which pauses a stratum holds.
func (s *pauseStrata) described(stratum int) (d PauseStratum) {
	label, class := (stratum-1)/(len(s.bounds)+1), (stratum-1)%(len(s.bounds)+1)
	if s.bySlot != nil {
		d.Label = s.names[label]
	}
	if class > 0 {
		d.LongerThan = s.bounds[class-1]
	}
	if class < len(s.bounds) {
		d.UpTo = s.bounds[class]
	}
	return d
}

// labelled puts customers into strata by the host's labels.
func (s *pauseStrata) labelled(k *keys) {
	order := make([]int, len(k.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(k.names[i], k.names[j]) })
	rank := make([]int, len(order))
	for i, label := range order {
		rank[label] = i
		s.names = append(s.names, k.names[label])
	}
	s.bySlot = make([]int, len(k.bySlot))
	for slot, key := range k.bySlot {
		s.bySlot[slot] = rank[key-1]
	}
}

// classed puts pauses into n classes of the mean interval before them that are equal in
// number, or almost: equal intervals are in one class.
func (s *pauseStrata) classed(b *book, find *pauseFinder, n, workers int) {
	all := count(b, workers, func() *intervalCounter { return &intervalCounter{find: find} }, (*intervalCounter).visit).intervals
	slices.Sort(all)
	s.classes, s.bounds = true, nil
	for i := 1; i < n && len(all) > 0; i++ {
		bound := all[(i*len(all)+n-1)/n-1]
		if bound < all[len(all)-1] && (len(s.bounds) == 0 || bound > s.bounds[len(s.bounds)-1]) {
			s.bounds = append(s.bounds, bound)
		}
	}
}

// intervalCounter collects the mean intervals before pauses.
type intervalCounter struct {
	find      *pauseFinder
	intervals []float64
}

func (c *intervalCounter) visit(who customer) {
	own, _ := upTo(who.own, c.find.asOf)
	if nextPurchase(own, 0) == len(own) {
		return
	}
	for s := range c.find.patience.silences(own) {
		if s.interval > 0 && c.find.state(s) == pauseEnded {
			c.intervals = append(c.intervals, s.interval)
		}
	}
}

func (c *intervalCounter) join(o *intervalCounter) { c.intervals = append(c.intervals, o.intervals...) }

// PauseStratum is a group of pauses of customers who are alike, see [Activity.ChurnEvents].
type PauseStratum struct {
	Label string `json:"label,omitempty"` // the host's label of the customers; "" without labels

	// LongerThan and UpTo bound the mean interval between the days on which the customer
	// had bought until then, in days; an UpTo of 0 is no bound.
	LongerThan float64 `json:"longerThan,omitempty"`
	UpTo       float64 `json:"upTo,omitempty"`

	Pauses int                `json:"pauses"` // pauses of the stratum
	Lost   int                `json:"lost"`   // how many of Pauses ended in the loss of the customer
	Rate   clientele.Estimate `json:"rate"`   // share of Pauses that are Lost, with Wilson's interval
}
