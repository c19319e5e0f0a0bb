package survival

import (
	"iter"
	"math"
	"slices"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// defaultTolerance is the square root of the rounding of a float64, as in R.
const defaultTolerance = 1.4901161193847656e-8

// The faults of AlignTimes.
var (
	errNegativeTolerance = rule.Want(rule.Negative, "a tolerance above 0; 0 = 1.49e-8")
	errTolerance         = rule.Want(rule.NotFinite, "a tolerance above 0; 0 = 1.49e-8")
	errAligned           = rule.Because(rule.Range, "not after Enter within the tolerance", "a longer spell, or a smaller tolerance")
)

// AlignTimes yields spells whose times are equal where they differ by no more than
// rounding: 0.1 + 0.2 and 0.3 become one time. The functions of this package compare
// times exactly, so align the spells first if their times are results of arithmetic;
// whole days, and the spells of package cohort, need no alignment.
//
// Of all distinct times in ascending order, Enter included, a time that exceeds the
// one before by at most the tolerance, or by at most the tolerance times the mean of
// the distinct times, becomes the same as that one. tolerance 0 means 1.49e-8, the
// square root of the rounding of a float64. This is what survfit in R does by default
// (timefix, aeqSurv).
//
// The spells keep their order and are all in memory at once. If a spell cannot be used,
// or if alignment leaves nothing of it, the sequence ends with an InputError that has
// its index. If spells is nil or the tolerance is negative or not finite, the sequence
// yields just that [clientele.ConfigError]. It may be read again if spells may.
func AlignTimes(spells iter.Seq2[Spell, error], tolerance float64) iter.Seq2[Spell, error] {
	const op = "survival.AlignTimes"
	return func(yield func(Spell, error) bool) {
		all, times, err := readToAlign(op, spells, tolerance)
		if err != nil {
			yield(Spell{}, err)
			return
		}
		for i, s := range all {
			if s.Enter > 0 {
				s.Enter = times.align(s.Enter)
			}
			s.Time = times.align(s.Time)
			if s.Enter > 0 && s.Time <= s.Enter {
				yield(Spell{}, fault.Placed(op, i, fault.Of("", "Time", all[i].Time, errAligned)))
				return
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// readToAlign reads all spells and the times that they keep.
func readToAlign(op string, spells iter.Seq2[Spell, error], tolerance float64) ([]Spell, alignedTimes, error) {
	faults := clientele.ConfigError{Op: op}
	switch {
	case math.IsNaN(tolerance) || math.IsInf(tolerance, 0):
		faults.Add("tolerance", tolerance, errTolerance)
	case tolerance < 0:
		faults.Add("tolerance", tolerance, errNegativeTolerance)
	case tolerance == 0:
		tolerance = defaultTolerance
	}
	fault.AddSource(&faults, "spells", spells)
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	var all []Spell
	var times []float64
	for s, err := range fault.Checked(op, spells, spellRule{}.check) {
		if err != nil {
			return nil, nil, err
		}
		all = append(all, s)
		times = append(times, s.Time)
		if s.Enter > 0 {
			times = append(times, s.Enter)
		}
	}
	slices.Sort(times)
	return all, newAlignedTimes(slices.Compact(times), tolerance), nil
}

// alignedTimes are the times that spells keep, in ascending order.
type alignedTimes []float64

// newAlignedTimes keeps the first of each run of distinct times that rounding tells apart.
func newAlignedTimes(times []float64, tolerance float64) alignedTimes {
	mean := 0.0
	for _, t := range times {
		mean += t / float64(len(times))
	}
	var kept alignedTimes
	for i, t := range times {
		if i == 0 || t-times[i-1] > tolerance && (t-times[i-1])/mean > tolerance {
			kept = append(kept, t)
		}
	}
	return kept
}

// align is the last kept time up to t.
func (a alignedTimes) align(t float64) float64 {
	return a[sort.Search(len(a), func(i int) bool { return a[i] > t })-1]
}
