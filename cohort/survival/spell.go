package survival

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/internal/radix"
)

// The weights that a spell may have: within them no quotient overflows.
const (
	minWeight = 1e-9
	maxWeight = 1e9
)

var (
	errSpellEnd  = fmt.Errorf("%w: not after Enter", clientele.ErrRange)
	errWeight    = fmt.Errorf("%w: not within 1e-9 to 1e9", clientele.ErrRange)
	errNotWhole  = fmt.Errorf("%w: a test counts customers, so that weights are whole numbers", clientele.ErrRange)
	spellNumbers = [...]string{"Enter", "Time", "Weight"}
)

// check refuses a spell that is not usable.
func (r spellRule) check(s Spell) error {
	inOrder := s.Enter >= 0 && (s.Time > s.Enter || s.Time == 0 && s.Enter == 0) && s.Time <= math.MaxFloat64
	if inOrder && (s.Weight == 0 || s.Weight == 1) {
		return nil
	}
	for i, v := range [...]float64{s.Enter, s.Time, s.Weight} {
		if !(v >= 0 && v <= math.MaxFloat64) {
			return spellFault(spellNumbers[i], v, numberFault(v))
		}
	}
	switch {
	case !inOrder:
		return spellFault("Time", s.Time, errSpellEnd)
	case s.Weight != 0 && (s.Weight < minWeight || s.Weight > maxWeight):
		return spellFault("Weight", s.Weight, errWeight)
	case r.whole && s.Weight != math.Trunc(s.Weight):
		return spellFault("Weight", s.Weight, errNotWhole)
	}
	return nil
}

// numberFault is why a number is none from 0 up.
func numberFault(v float64) error {
	if v < 0 && v >= -math.MaxFloat64 {
		return clientele.ErrNegative
	}
	return clientele.ErrNotFinite
}

func spellFault(field string, value float64, err error) error {
	return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
}

// spells are those of one group, taken apart: who is at risk when follows from the
// times of entries and exits alone, whichever belong together.
type spells struct {
	entries  weightedTimes // after the origin
	events   weightedTimes
	censored weightedTimes
}

func (s *spells) add(one Spell) {
	weight := one.Weight
	if weight == 0 {
		weight = 1
	}
	if one.Enter > 0 {
		s.entries.add(one.Enter, weight)
	}
	if one.Event {
		s.events.add(one.Time, weight)
	} else {
		s.censored.add(one.Time, weight)
	}
}

// sort puts all in ascending order of time, and where it is equal of weight, so that
// sums do not depend on the order of the spells.
func (s *spells) sort() {
	buffer := make([]float64, max(len(s.entries.at), len(s.events.at), len(s.censored.at)))
	for _, m := range []*weightedTimes{&s.entries, &s.events, &s.censored} {
		m.sort(buffer)
	}
}

// times is the number of distinct times of exits.
func (s *spells) times() int {
	n := 0
	a, b := s.events.at, s.censored.at
	for i, j := 0, 0; i < len(a) || j < len(b); n++ {
		t := math.Inf(1)
		if i < len(a) {
			t = a[i]
		}
		if j < len(b) {
			t = min(t, b[j])
		}
		for i < len(a) && a[i] == t {
			i++
		}
		for j < len(b) && b[j] == t {
			j++
		}
	}
	return n
}

// weightedTimes are points in time, each of so many customers.
type weightedTimes struct {
	at     []float64
	weight []float64 // of each; nil where all are 1
}

func (m *weightedTimes) add(at, weight float64) {
	if weight != 1 && m.weight == nil {
		m.weight = slices.Repeat([]float64{1}, len(m.at))
	}
	if m.weight != nil {
		m.weight = append(double.Grow(m.weight), weight)
	}
	m.at = append(double.Grow(m.at), at+0) // not -0
}

func (m *weightedTimes) sort(buffer []float64) {
	if m.weight == nil {
		radix.Sort(m.at, buffer)
		return
	}
	type moment struct{ at, weight float64 }
	all := make([]moment, len(m.at))
	for i, at := range m.at {
		all[i] = moment{at, m.weight[i]}
	}
	slices.SortFunc(all, func(a, b moment) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.weight, b.weight)) })
	for i, one := range all {
		m.at[i], m.weight[i] = one.at, one.weight
	}
}

// total is the weight of all.
func (m *weightedTimes) total() double.Sum {
	if m.weight == nil {
		return double.Sum{Hi: float64(len(m.at))}
	}
	var s double.Sum
	for _, w := range m.weight {
		s = s.Plus(w)
	}
	return s
}
