package cohort

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Part is a group of customers in one period, such as those of a channel, with what a
// number of them is made of: Total per customer.
type Part struct {
	Key       string          `json:"key"`
	Customers int             `json:"customers"`
	Total     decimal.Decimal `json:"total"`

	// Units are what Total is divided by where that is not customers: purchases, for
	// an average check. 0 = Customers.
	Units int `json:"units,omitempty"`

	OneTime int `json:"oneTime"` // customers of the group who bought once

	// StdErr is the standard error of Total per unit; 0 = not known.
	StdErr float64 `json:"stdErr,omitempty"`
}

// maxTotalDigits bounds totals, so that what is made of them is finite.
const maxTotalDigits = 300

var errManyUnits = fmt.Errorf("%w: 2^63 or more with the parts before", clientele.ErrRange)

func partFault(field string, value any, err error) error {
	return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
}

// check returns the part's first fault.
func (p *Part) check() error {
	switch err := rule.Amount(p.Total); {
	case err != nil:
		return partFault("Total", p.Total, err)
	case p.Total.NumDigits()+int(p.Total.Exponent()) > maxTotalDigits:
		return partFault("Total", p.Total, fmt.Errorf("%w: 10^%d or more", clientele.ErrRange, maxTotalDigits))
	case p.Customers < 0:
		return partFault("Customers", p.Customers, clientele.ErrNegative)
	case p.Units < 0:
		return partFault("Units", p.Units, clientele.ErrNegative)
	case p.Customers == 0 && (p.Units > 0 || !p.Total.IsZero()):
		return partFault("Customers", p.Customers, fmt.Errorf("%w: none, of a total or units", clientele.ErrRange))
	case p.OneTime < 0:
		return partFault("OneTime", p.OneTime, clientele.ErrNegative)
	case p.OneTime > p.Customers:
		return partFault("OneTime", p.OneTime, fmt.Errorf("%w: more than customers", clientele.ErrRange))
	case math.IsNaN(p.StdErr) || math.IsInf(p.StdErr, 0):
		return partFault("StdErr", p.StdErr, clientele.ErrNotFinite)
	case p.StdErr < 0:
		return partFault("StdErr", p.StdErr, clientele.ErrNegative)
	}
	return nil
}

// units are what the total is divided by.
func (p *Part) units() int64 {
	if p.Units > 0 {
		return int64(p.Units)
	}
	return int64(p.Customers)
}

// Decomposition tells why a number changed: because there are more customers of groups
// where it is low (the mix), or because it changed within groups.
//
// Change = Mix + Within, and so for each group: exactly in fractions, of which the
// fields are the nearest float64.
type Decomposition struct {
	Before float64 `json:"before"`
	After  float64 `json:"after"`
	Change float64 `json:"change"`
	Mix    float64 `json:"mix"`

	// Within has an interval where all groups of both periods have a standard error:
	// of the values, given the shares. How far shares differ by chance is not told.
	Within clientele.Estimate `json:"within"`

	Groups []PartChange `json:"groups"` // largest contribution first, whatever its sign; then by key
}

// PartChange is the contribution of one group.
type PartChange struct {
	Key    string   `json:"key"`
	Before PartSide `json:"before"`
	After  PartSide `json:"after"`

	// Mix is the change of the group's share times how far the group's value lies from
	// that of all, both the mean of before and after; Within the change of its value
	// times the mean of its shares.
	Mix          float64            `json:"mix"`
	Within       clientele.Estimate `json:"within"` // with an interval where both sides have a standard error
	Contribution float64            `json:"contribution"`

	contribution *big.Rat // exactly
}

// PartSide is a group in one period.
type PartSide struct {
	Customers int                `json:"customers"`
	Share     float64            `json:"share"`   // of all units
	Value     float64            `json:"value"`   // total per unit; where the group is in one period alone it has the value of that in both
	OneTime   clientele.Estimate `json:"oneTime"` // share of customers who bought once, with Wilson's interval; zero without customers
}

// Decompose splits the change of a number between two periods into the effects of the
// mix of groups and of what happened within them: Kitagawa, Components of a Difference
// Between Two Rates, Journal of the American Statistical Association 50 (1955), with
// the contribution of a group's share taken against the value of all. Both effects are
// taken at the mean of the two periods (as Marshall and Edgeworth did with prices), so
// exchanging the periods changes signs and nothing else, and nothing is left over.
//
// A group that is in one period alone has no change within: it is mix, at the value
// that it has. level is that of the intervals, 0 = 0.95.
//
// A part with a fault, and a key that occurs twice in one period ([clientele.
// ErrDuplicate]), is an InputError with its index; a period without customers is
// [clientele.ErrEmpty].
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

// partSet are the parts of one period, by key, those without customers left out.
type partSet struct {
	parts map[string]*Part
	units int64
	value *big.Rat // of all
}

func newPartSet(op, field string, parts []Part) (*partSet, error) {
	s := &partSet{parts: make(map[string]*Part)}
	seen := make(map[string]bool)
	total := new(big.Rat)
	for i := range parts {
		p := &parts[i]
		err := p.check()
		switch {
		case err != nil:
		case seen[p.Key]:
			err = partFault("Key", p.Key, clientele.ErrDuplicate)
		case p.units() > math.MaxInt64-s.units:
			field := "Customers"
			if p.Units > 0 {
				field = "Units"
			}
			err = partFault(field, p.units(), errManyUnits)
		}
		if fault, ok := err.(*clientele.InputError); ok {
			return nil, &clientele.InputError{Op: op, Index: i, Field: field + "." + fault.Field, Value: fault.Value, Err: fault.Err}
		}
		seen[p.Key] = true
		if p.Customers > 0 {
			s.parts[p.Key] = p
			s.units += p.units()
			total.Add(total, p.Total.Rat())
		}
	}
	if s.units == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: field, Err: clientele.ErrEmpty}
	}
	s.value = total.Quo(total, new(big.Rat).SetInt64(s.units))
	return s, nil
}

// of returns the share and the value of a group; the value is nil where it has none.
func (s *partSet) of(key string) (share, value *big.Rat) {
	p := s.parts[key]
	if p == nil {
		return new(big.Rat), nil
	}
	units := new(big.Rat).SetInt64(p.units())
	return big.NewRat(p.units(), s.units), units.Quo(p.Total.Rat(), units)
}

// side describes a group.
func (s *partSet) side(key string, share, value *big.Rat, level float64) PartSide {
	side := PartSide{Share: float(share), Value: float(value)}
	if p := s.parts[key]; p != nil {
		side.Customers = p.Customers
		side.OneTime = interval.Wilson(int64(p.OneTime), int64(p.Customers), level)
	}
	return side
}

// middleOf is the mean of two numbers.
func middleOf(x, y *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(x, y)
	return sum.Mul(sum, big.NewRat(1, 2))
}

// decompose splits the change by keys in ascending order.
func decompose(before, after *partSet, keys []string, level float64) *Decomposition {
	overall := middleOf(before.value, after.value)
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
		mixed := middleOf(valueBefore, valueAfter)
		mixed.Sub(mixed, overall).Mul(mixed, new(big.Rat).Sub(shareAfter, shareBefore))
		weight := middleOf(shareBefore, shareAfter)
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
