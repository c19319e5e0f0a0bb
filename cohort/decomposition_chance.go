package cohort

import (
	"math"
	"math/big"
)

// moves are how a number moves with a group's share, with its value, and with the value of
// all, of one period: its derivatives.
type moves struct{ share, value, all float64 }

// sampledGroup is what chance does to the share and the value of a group in a period. Each
// customer has u units and a total y; v is the value of the group.
type sampledGroup struct {
	share   float64
	above   float64 // value less the value of all
	units   float64
	squares float64 // Σ u² of the group, times n/(n-1) of the period; NaN = not known
	cross   float64 // Σ u (y - vu), times the same; NaN = not known
	own     term    // variance of the value
}

// sampledPeriod is what chance does to all groups of a period, in the order of keys.
type sampledPeriod struct {
	chance
	groups []sampledGroup
	units  float64
	t      float64 // quantile of Student's t, with a degree of freedom less than customers

	squares float64 // Σ of all groups
	cross   float64 // Σ cross + squares·above
	all     term    // variance of the value of all
}

// sampled is the period for all keys, of which the set may lack some.
func (s *partSet) sampled(keys []string, level float64) *sampledPeriod {
	customers := 0.0
	for _, key := range keys {
		if p := s.parts[key]; p != nil {
			customers += float64(p.Customers)
		}
	}
	correction := new(big.Rat).SetFloat64(customers / max(customers-1, 1))
	c := newChance(level)
	d := &sampledPeriod{chance: c, groups: make([]sampledGroup, len(keys)), units: float64(s.units), t: c.quantile(customers - 1)}
	for i, key := range keys {
		if p := s.parts[key]; p != nil {
			d.groups[i] = s.sampledGroup(p, correction, c)
			d.squares += d.groups[i].squares
			d.cross += d.groups[i].cross + d.groups[i].squares*d.groups[i].above
		}
	}
	d.all = d.sum(func(i int) moves { return moves{share: d.groups[i].above, value: d.groups[i].share} }).together()
	return d
}

// sum is the variance of a sum over groups of what moves with their shares and values.
func (d *sampledPeriod) sum(of func(i int) moves) (all terms) {
	mean := 0.0
	for i := range d.groups {
		g := &d.groups[i]
		mean += g.share * of(i).share
	}
	rest := 0.0
	for i := range d.groups {
		g := &d.groups[i]
		m := of(i)
		share := m.share - mean
		all = append(all, g.own.times(m.value*m.value))
		rest += product(share*share/d.units/d.units, g.squares)
		if g.units > 0 {
			rest += 2 * product(share*m.value/d.units/g.units, g.cross)
		}
	}
	return append(all, d.chance.of(rest, d.t))
}

// of is the variance of what moves with the share and the value of group i and with the
// value of all.
func (d *sampledPeriod) of(i int, m moves) terms {
	g := &d.groups[i]
	own := m.value + m.all*g.share // by which the number moves with the group's value
	rest := product(m.share*m.share/d.units/d.units, g.squares*(1-2*g.share)+g.share*g.share*d.squares)
	rest += 2 * product(m.share*m.all/d.units/d.units, g.cross+g.squares*g.above-g.share*d.cross)
	if g.units > 0 {
		rest += 2 * product(m.share*m.value*(1-g.share)/d.units/g.units, g.cross)
		rest += 2 * product(m.value*m.all/d.units/g.units, g.cross*g.above)
	}
	others := d.all.minus(g.own.times(g.share * g.share)).times(m.all * m.all)
	return terms{g.own.times(own * own), d.chance.of(rest, d.t), others}
}

// product is the product, and 0 where the first factor is, though the other is not known.
func product(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * y
}

// sampledGroup is what chance does to a group; correction is n/(n-1) of the period.
func (s *partSet) sampledGroup(p *Part, correction *big.Rat, c chance) sampledGroup {
	share, value := s.of(p.Key)
	g := sampledGroup{
		share: float(share), above: float(new(big.Rat).Sub(value, s.value)), units: float64(p.units()),
		own: term{math.NaN(), math.NaN()},
	}
	if p.StdErr > 0 && p.Customers > 1 {
		g.own = c.of(p.StdErr*p.StdErr, c.quantile(float64(p.Customers-1)))
	}
	switch squares := new(big.Rat).SetInt64(p.squares()); {
	case p.Units > 0 && p.UnitSquares == 0:
		g.squares, g.cross = math.NaN(), math.NaN()
	case p.Units > 0:
		cross := new(big.Rat).Mul(value, squares)
		cross.Sub(p.UnitTotals.Rat(), cross)
		g.cross = float(cross.Mul(cross, correction))
		fallthrough
	default:
		g.squares = float(squares.Mul(squares, correction))
	}
	return g
}

// squares are Σ u² over customers.
func (p *Part) squares() int64 {
	if p.Units > 0 {
		return int64(p.UnitSquares)
	}
	return int64(p.Customers)
}
