package cohort

import (
	"math/big"

	"github.com/clientele-go/clientele"
)

// change goes from before to after.
type change struct {
	before, after *sampledPeriod
	level         float64
	overall       *big.Rat // value of all, the mean of both periods

	groups        []effects
	mixed, within *big.Rat // of the last group
}

// effects are how the effects of a group move with the numbers of before and of after.
type effects struct{ mix, within [2]moves }

// add takes the contribution of group i apart.
func (c *change) add(i int, key string, before, after *partSet) PartChange {
	shareBefore, valueBefore := before.of(key)
	shareAfter, valueAfter := after.of(key)
	from, to := 0.5, 0.5 // by which the mean value moves with the value before and after
	if valueBefore == nil {
		valueBefore, from, to = valueAfter, 0, 1
	} else if valueAfter == nil {
		valueAfter, from, to = valueBefore, 1, 0
	}
	shift, own := new(big.Rat).Sub(shareAfter, shareBefore), new(big.Rat).Sub(valueAfter, valueBefore)
	above, weight := middle(valueBefore, valueAfter), middle(shareBefore, shareAfter)
	above.Sub(above, c.overall)
	c.mixed, c.within = new(big.Rat).Mul(above, shift), new(big.Rat).Mul(own, weight)

	delta, height, half, w := float(shift), float(above), float(own)/2, float(weight)
	e := effects{mix: [2]moves{{-height, delta * from, -delta / 2}, {height, delta * to, -delta / 2}}}
	if from == to {
		e.within = [2]moves{{half, -w, 0}, {half, w, 0}}
	}
	c.groups = append(c.groups, e)

	g := PartChange{
		Key:         key,
		Before:      before.side(key, shareBefore, valueBefore, c.level),
		After:       after.side(key, shareAfter, valueAfter, c.level),
		Mix:         c.of(i, float(c.mixed), e.mix),
		WithinGroup: c.of(i, float(c.within), e.within),
	}
	g.contribution = new(big.Rat).Add(c.mixed, c.within)
	both := [2]moves{e.mix[0].plus(e.within[0]), e.mix[1].plus(e.within[1])}
	g.Contribution = c.of(i, float(g.contribution), both)
	return g
}

func (m moves) plus(o moves) moves { return moves{m.share + o.share, m.value + o.value, m.all + o.all} }

// of is an effect of group i.
func (c *change) of(i int, value float64, m [2]moves) clientele.Estimate {
	return append(c.before.of(i, m[0]), c.after.of(i, m[1])...).estimate(value, c.level)
}

// estimate is an effect of all groups. How they move with the value of all cancels, since
// shares add up to 1.
func (c *change) estimate(value float64, of func(effects) [2]moves) clientele.Estimate {
	side := func(n int) func(int) moves { return func(i int) moves { return of(c.groups[i])[n] } }
	return append(c.before.sum(side(0)), c.after.sum(side(1))...).estimate(value, c.level)
}
