package cohort

import (
	"math/big"
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
type effects struct {
	mix, within [2]moves
	from, to    float64 // how its mean value moves with that before and after
}

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
	e := effects{mix: [2]moves{{-height, delta * from, -delta / 2}, {height, delta * to, -delta / 2}}, from: from, to: to}
	if from == to {
		e.within = [2]moves{{half, -w, 0}, {half, w, 0}}
	}
	c.groups = append(c.groups, e)

	g := PartChange{
		Key:         key,
		Before:      before.side(key, shareBefore, valueBefore, c.level),
		After:       after.side(key, shareAfter, valueAfter, c.level),
		Mix:         append(c.of(i, e.mix), c.bothMove(i, from, to)).estimate(float(c.mixed), c.level),
		WithinGroup: c.of(i, e.within).estimate(float(c.within), c.level),
	}
	g.contribution = new(big.Rat).Add(c.mixed, c.within)
	both := [2]moves{e.mix[0].plus(e.within[0]), e.mix[1].plus(e.within[1])}
	g.Contribution = c.of(i, both).estimate(float(g.contribution), c.level)
	return g
}

func (m moves) plus(o moves) moves { return moves{m.share + o.share, m.value + o.value, m.all + o.all} }

// of is the variance of an effect of group i.
func (c *change) of(i int, m [2]moves) terms {
	return append(c.before.of(i, m[0]), c.after.of(i, m[1])...)
}

// bothMove is the variance that the mix of group i has beyond the delta method, since it is a
// product: the share moves while the height above the value of all does. The mean value moves
// by its parts with the value before and after. Goodman, On the Exact Variance of Products,
// Journal of the American Statistical Association 55 (1960).
func (c *change) bothMove(i int, from, to float64) term {
	height := c.of(i, [2]moves{{value: from, all: -0.5}, {value: to, all: -0.5}}).together()
	return c.shift(i).timesMoving(height)
}

// allMove is that of the mix of all groups: shares add up to 1, so that it is a sum of shares
// times values, which are independent.
func (c *change) allMove() (all term) {
	for i, e := range c.groups {
		value := c.before.groups[i].own.times(e.from * e.from).plus(c.after.groups[i].own.times(e.to * e.to))
		all = all.plus(c.shift(i).timesMoving(value))
	}
	return all
}

// shift is the variance of the change of group i's share.
func (c *change) shift(i int) term { return c.of(i, [2]moves{{share: -1}, {share: 1}}).together() }

// sum is the variance of an effect of all groups. How they move with the value of all cancels,
// since shares add up to 1.
func (c *change) sum(of func(effects) [2]moves) terms {
	side := func(n int) func(int) moves { return func(i int) moves { return of(c.groups[i])[n] } }
	return append(c.before.sum(side(0)), c.after.sum(side(1))...)
}
