package regression

import (
	"math"
)

// column is a covariate that bears on one process. Inside, it is centred and
// divided by its reach, so that climbs do not depend on its unit and origin.
type column struct {
	name   string
	mean   float64
	reach  float64 // the greatest distance from the mean, or that of another column with the same effect
	sd     float64 // over customers
	effect int     // the place of its effect among the effects
}

// steepest bounds the numbers that a covariate may reach, and one over them, so that
// products and exponentials of covariates are finite.
const steepest = 1e100

// sameValue is the range of a constant covariate, relative to its greatest value:
// there is but rounding in it.
const sameValue = 1e-12

// newColumn measures covariate i of the groups.
func newColumn(list, name string, groups []Group, i int) (column, error) {
	lowest, highest, customers := math.Inf(1), math.Inf(-1), 0.0
	for _, g := range groups {
		lowest, highest = min(lowest, g.Z[i]), max(highest, g.Z[i])
		customers += g.Customers
	}
	switch span := highest - lowest; {
	case span <= sameValue*max(math.Abs(lowest), math.Abs(highest)):
		return column{}, &CollinearError{list, []string{name}}
	case highest > steepest || lowest < -steepest || span < 1/steepest:
		return column{}, &SteepError{list, name}
	}
	c := column{name: name}
	for _, g := range groups {
		c.mean += g.Customers / customers * (g.Z[i] - lowest)
	}
	c.mean += lowest
	c.reach = max(highest-c.mean, c.mean-lowest)
	for _, g := range groups {
		off := (g.Z[i] - c.mean) / c.reach
		c.sd += g.Customers / customers * off * off
	}
	c.sd = c.reach * math.Sqrt(c.sd)
	return c, nil
}

// offset is how far the mean of the covariate lies from 0, in reaches.
func (c column) offset() float64 { return c.mean / c.reach }

// scaled is the covariate as the likelihood has it.
func (c column) scaled(z float64) float64 { return (z - c.mean) / c.reach }
