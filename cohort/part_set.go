package cohort

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// partSet holds the parts of one period by key, without those that have no customers.
type partSet struct {
	parts map[string]*Part
	units int64
	value *big.Rat // of all
}

// newPartSet checks the parts that an argument holds.
func newPartSet(op, argument string, parts []Part) (*partSet, error) {
	s := &partSet{parts: make(map[string]*Part)}
	seen := make(map[string]bool)
	total := new(big.Rat)
	for i := range parts {
		p := &parts[i]
		if err := s.check(p, seen); err != nil {
			in, _ := fault.Within(argument+".", err).(*clientele.InputError)
			return nil, in.Placed(op, i)
		}
		seen[p.Key] = true
		if p.Customers > 0 {
			s.parts[p.Key] = p
			s.units += p.units()
			total.Add(total, p.Total.Rat())
		}
	}
	if s.units == 0 {
		return nil, fault.Of(op, argument, nil, rule.Because(rule.Empty, "no customers", "at least one part with customers; there are %d parts", len(parts)))
	}
	s.value = total.Quo(total, new(big.Rat).SetInt64(s.units))
	return s, nil
}

// check returns the first fault of a part, by itself and after those before.
func (s *partSet) check(p *Part, seen map[string]bool) error {
	if err := p.check(); err != nil {
		return err
	}
	if seen[p.Key] {
		return fault.Of("", "Key", p.Key, errKeyTwice)
	}
	if p.units() > math.MaxInt64-s.units {
		field := "Customers"
		if p.Units > 0 {
			field = "Units"
		}
		return fault.Of("", field, p.units(), errManyUnits)
	}
	return nil
}

// of returns the share and the value of a group; the value is nil where the group has
// no part.
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
		side.OneTimeShare = interval.Wilson(int64(p.OneTime), int64(p.Customers), level)
	}
	return side
}
