package cohort

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Decomposition tells why a mean changed: because more customers belong to groups where
// it is low (the mix), or because it changed within groups.
//
// Change = Mix + Within, in total and for each group. This holds exactly in fractions,
// of which the fields are the nearest float64.
type Decomposition struct {
	Before float64 `json:"before"` // the mean in the first period
	After  float64 `json:"after"`  // the mean in the second period
	Change float64 `json:"change"` // After less Before
	Mix    float64 `json:"mix"`    // the change that the mix of groups explains

	// Within is the change within groups. It has an interval where all groups of both
	// periods have a standard error: that of the values, given the shares. It says
	// nothing about how far the shares differ by chance.
	Within clientele.Estimate `json:"within"`

	Groups []PartChange `json:"groups"` // largest contribution first, whatever its sign; then by key
}

// PartChange is the contribution of one group.
type PartChange struct {
	Key    string   `json:"key"`
	Before PartSide `json:"before"`
	After  PartSide `json:"after"`

	// Mix is the change of the group's share times how far the group's value lies from
	// that of all, both taken as the mean of before and after. Within is the change of
	// the group's value times the mean of its shares; it has an interval where both
	// sides have a standard error. Contribution is the sum of the two.
	Mix          float64            `json:"mix"`
	Within       clientele.Estimate `json:"within"`
	Contribution float64            `json:"contribution"`

	contribution *big.Rat // exactly
}

// PartSide is a group in one period.
type PartSide struct {
	Customers int                `json:"customers"` // customers of the group; 0 where it is only in the other period
	Share     float64            `json:"share"`     // share of all units
	Value     float64            `json:"value"`     // total per unit; a group that is in only one period has the value of that in both
	OneTime   clientele.Estimate `json:"oneTime"`   // share of customers who bought once, with Wilson's interval; zero without customers
}

// Decompose splits the change of a mean from one period to the next into the effect of
// the mix of groups and that of what happened within them: Kitagawa, Components of a
// Difference Between Two Rates, Journal of the American Statistical Association 50
// (1955), with the contribution of a group's share taken against the value of all. Both
// effects are taken at the mean of the two periods (as Marshall and Edgeworth did with
// prices), so that exchanging the periods changes signs and nothing else, and nothing is
// left over.
//
// A group that is in only one period has no change within: it is mix, at the value that
// it has. level is the confidence level of the intervals; 0 = 0.95.
//
// A part with a fault, such as a key that occurs twice in one period
// ([clientele.ErrDuplicate]), is an InputError with its index; a period without
// customers is [clientele.ErrEmpty].
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
		g.Within = all[len(all)-2:].estimate(float(own), level)
		mix.Add(mix, mixed)
		within.Add(within, own)
		d.Groups = append(d.Groups, g)
	}
	d.Mix, d.Change = float(mix), float(new(big.Rat).Add(mix, within))
	d.Within = all.estimate(float(within), level)
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
