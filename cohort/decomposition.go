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
	Change float64 `json:"change"` // After less Before
	Mix    float64 `json:"mix"`    // the change that the mix of groups explains

	// WithinGroups is the change within groups. Its interval covers chance in the groups'
	// values only, not in their shares; there is none if a group of either period has no
	// standard error.
	WithinGroups clientele.Estimate `json:"withinGroups"`

	Groups []PartChange `json:"groups"` // largest contribution first, whatever its sign; then by key
}

// PartChange is the contribution of one group.
type PartChange struct {
	Key    string   `json:"key"`    // name of the group
	Before PartSide `json:"before"` // the group in the first period
	After  PartSide `json:"after"`  // the group in the second period

	// Mix is the change of the group's share times how far the group's value lies from
	// the value of all, both taken as the mean of before and after.
	Mix float64 `json:"mix"`

	// WithinGroup is the change of the group's value times the mean of its shares. It has
	// an interval if both sides have a standard error.
	WithinGroup clientele.Estimate `json:"withinGroup"`

	Contribution float64 `json:"contribution"` // Mix + WithinGroup

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
	overall := middle(before.value, after.value)
	mix, within := new(big.Rat), new(big.Rat)
	var all terms
	d := &Decomposition{Before: float(before.value), After: float(after.value)}
	for _, key := range keys {
		shareBefore, valueBefore := before.of(key)
		shareAfter, valueAfter := after.of(key)
		if valueBefore == nil {
			valueBefore = valueAfter
		}
		if valueAfter == nil {
			valueAfter = valueBefore
		}
		g := PartChange{
			Key:    key,
			Before: before.side(key, shareBefore, valueBefore, level),
			After:  after.side(key, shareAfter, valueAfter, level),
		}
		mixed := middle(valueBefore, valueAfter)
		mixed.Sub(mixed, overall).Mul(mixed, new(big.Rat).Sub(shareAfter, shareBefore))
		weight := middle(shareBefore, shareAfter)
		own := new(big.Rat).Sub(valueAfter, valueBefore)
		own.Mul(own, weight)
		g.contribution = new(big.Rat).Add(mixed, own)
		g.Mix, g.Contribution = float(mixed), float(g.contribution)
		all = append(all, newTerms(before.parts[key], after.parts[key], float(weight))...)
		g.WithinGroup = all[len(all)-2:].estimate(float(own), level)
		mix.Add(mix, mixed)
		within.Add(within, own)
		d.Groups = append(d.Groups, g)
	}
	d.Mix, d.Change = float(mix), float(new(big.Rat).Add(mix, within))
	d.WithinGroups = all.estimate(float(within), level)
	slices.SortStableFunc(d.Groups, func(g, h PartChange) int {
		return cmp.Or(new(big.Rat).Abs(h.contribution).Cmp(new(big.Rat).Abs(g.contribution)), cmp.Compare(g.Key, h.Key))
	})
	return d
}

// middle is the mean of two numbers.
func middle(x, y *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(x, y)
	return sum.Mul(sum, big.NewRat(1, 2))
}
