package cohort

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Decomposition shows why a mean changed: because more customers belong to groups where
// it is low (the mix), or because it changed within groups.
//
// Change = Mix + WithinGroups, and for each group Contribution = Mix + WithinGroup. The
// identities are exact; the fields are rounded to float64.
type Decomposition struct {
	Before float64 `json:"before"` // the mean in the first period
	After  float64 `json:"after"`  // the mean in the second period

	// Change, Mix and WithinGroups have intervals for what would be found in many more
	// customers of both periods: chance moves the groups' shares as well as their values.
	// There is none, and Level is 0, where a group that matters has no standard error, or
	// Units but no UnitSquares; see [Part].
	Change       clientele.Estimate `json:"change"`       // After less Before
	Mix          clientele.Estimate `json:"mix"`          // the change that the mix of groups explains
	WithinGroups clientele.Estimate `json:"withinGroups"` // the change within groups

	// Groups are ordered by how much of their contribution is beyond doubt, whatever its
	// sign: by the limit nearer to 0 of its interval, or 0 where the interval holds 0 or is
	// not known; then by the contribution, then by key.
	Groups []PartChange `json:"groups"`
}

// PartChange is the contribution of one group.
type PartChange struct {
	Key    string   `json:"key"`    // name of the group
	Before PartSide `json:"before"` // the group in the first period
	After  PartSide `json:"after"`  // the group in the second period

	// Mix is the change of the group's share times how far the group's value lies from
	// the value of all, both taken as the mean of before and after.
	Mix clientele.Estimate `json:"mix"`

	WithinGroup  clientele.Estimate `json:"withinGroup"`  // the change of the group's value times the mean of its shares
	Contribution clientele.Estimate `json:"contribution"` // Mix + WithinGroup

	contribution *big.Rat // exactly
}

// PartSide is a group in one period.
type PartSide struct {
	Customers    int                `json:"customers"`    // customers of the group; 0 where it is only in the other period
	Share        float64            `json:"share"`        // share of all units
	Value        float64            `json:"value"`        // total per unit; a group present in only one period has that period's value on both sides
	OneTimeShare clientele.Estimate `json:"oneTimeShare"` // share of customers who bought once, with Wilson's interval; the zero Estimate without customers
}

// Decompose splits the change of a mean from one period to the next into the effect of
// the mix of groups and that of what happened within them: Kitagawa, Components of a
// Difference Between Two Rates, Journal of the American Statistical Association 50
// (1955), with the contribution of a group's share taken against the value of all. Both
// effects are taken at the mean of the two periods (as Marshall and Edgeworth did with
// prices), so that exchanging the periods changes signs and nothing else, and nothing is
// left over.
//
// Intervals are by the delta method, with each customer of a period drawn for itself: a
// group's share and value move together where customers with many units differ from those
// with few. Each group's part of the variance has its own quantile of Student's t, so that
// limits of changes within groups cover no less often than level says where amounts are
// normal: Banerjee, Approximate Confidence Interval for Linear Functions of Means of k
// Populations when the Population Variances Are Not Equal, Sankhya 22 (1960). The Mix of a
// group is a product, whose variance has that of both factors together: Goodman, On the Exact
// Variance of Products, Journal of the American Statistical Association 55 (1960). Where both
// are near 0 it covers more often; of two customers a group it may cover five points less.
//
// A group that is in only one period has no change within it: its whole contribution is
// Mix, at the value that it has in that period. level is the confidence level of the
// intervals; 0 = 0.95.
//
// Decompose returns an InputError with the index of the first part that has a fault, such
// as [clientele.ErrDuplicate] for a key that occurs twice in one period, and
// [clientele.ErrEmpty] if a period has no customers.
func Decompose(before, after []Part, level float64) (*Decomposition, error) {
	const op = "cohort.Decompose"
	faults := clientele.ConfigError{Op: op}
	level = fault.AddLevel(&faults, level)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b, err := newPartSet(op, "before", before)
	if err != nil {
		return nil, err
	}
	a, err := newPartSet(op, "after", after)
	if err != nil {
		return nil, err
	}
	keys := make(map[string]bool, len(b.parts))
	for key := range b.parts {
		keys[key] = true
	}
	for key := range a.parts {
		keys[key] = true
	}
	return decompose(b, a, slices.Sorted(maps.Keys(keys)), level), nil
}

// decompose splits the change by keys in ascending order.
func decompose(before, after *partSet, keys []string, level float64) *Decomposition {
	c := &change{before: before.sampled(keys, level), after: after.sampled(keys, level), level: level, overall: middle(before.value, after.value)}
	d := &Decomposition{Before: float(before.value), After: float(after.value)}
	mix, within := new(big.Rat), new(big.Rat)
	for i, key := range keys {
		g := c.add(i, key, before, after)
		mix.Add(mix, c.mixed)
		within.Add(within, c.within)
		d.Groups = append(d.Groups, g)
	}
	all := append(terms{c.before.all}, c.after.all)
	d.Change = all.estimate(float(new(big.Rat).Add(mix, within)), level)
	d.Mix = append(c.sum(func(e effects) [2]moves { return e.mix }), c.allMove()).estimate(float(mix), level)
	d.WithinGroups = c.sum(func(e effects) [2]moves { return e.within }).estimate(float(within), level)
	slices.SortStableFunc(d.Groups, func(g, h PartChange) int {
		return cmp.Or(cmp.Compare(beyondDoubt(h.Contribution), beyondDoubt(g.Contribution)),
			new(big.Rat).Abs(h.contribution).Cmp(new(big.Rat).Abs(g.contribution)), cmp.Compare(g.Key, h.Key))
	})
	return d
}

// beyondDoubt is the limit of an estimate that is nearer to 0; 0 where the interval holds 0
// or is not known.
func beyondDoubt(e clientele.Estimate) float64 {
	if e.Level == 0 {
		return 0
	}
	return max(e.Lo, -e.Hi, 0)
}

// middle is the mean of two numbers.
func middle(x, y *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(x, y)
	return sum.Mul(sum, big.NewRat(1, 2))
}
