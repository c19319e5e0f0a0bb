package regression

import (
	"cmp"
	"math"
	"slices"

	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// column is a covariate that bears on one process. Inside, it is centred and
// divided by its reach, so that climbs do not depend on its unit and origin.
type column struct {
	name   string
	centre float64 // the mean, or see [column.gather]
	reach  float64 // the greatest distance from the centre, or that of another column with the same effect
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
func newColumn(list, name string, groups []likelihood.Group, i int) (column, error) {
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
		c.centre += g.Customers / customers * (g.Z[i] - lowest)
	}
	c.centre += lowest
	c.reach = max(highest-c.centre, c.centre-lowest)
	for _, g := range groups {
		off := (g.Z[i] - c.centre) / c.reach
		c.sd += g.Customers / customers * off * off
	}
	c.sd = c.reach * math.Sqrt(c.sd)
	return c, nil
}

// gather centres a covariate of which few customers have very much more than the others
// on the median, and makes its reach that of the others: whoever is far beyond says little
// of what an effect does to most.
func (c *column) gather(groups []likelihood.Group, i int) {
	const (
		most   = 0.9 // of customers
		beyond = 10  // times the distance of most
		within = 1e6 // times the distance of most: farther, nobody but a few has the covariate
		reach  = 2   // times the distance of most
	)
	customers := 0.0
	for _, g := range groups {
		customers += g.Customers
	}
	quantile := func(share float64, of func(g likelihood.Group) float64) float64 {
		sorted := slices.SortedFunc(slices.Values(groups), func(a, b likelihood.Group) int { return cmp.Compare(of(a), of(b)) })
		seen := 0.0
		for _, g := range sorted {
			if seen += g.Customers; seen >= share*customers {
				return of(g)
			}
		}
		return of(sorted[len(sorted)-1])
	}
	median := quantile(0.5, func(g likelihood.Group) float64 { return g.Z[i] })
	distance := quantile(most, func(g likelihood.Group) float64 { return math.Abs(g.Z[i] - median) })
	if c.reach > beyond*distance && c.reach < within*distance {
		c.centre, c.reach = median, reach*distance
	}
}

// offset is how far the centre of the covariate lies from 0, in reaches.
func (c column) offset() float64 { return c.centre / c.reach }

// scaled is the covariate as the likelihood has it.
func (c column) scaled(z float64) float64 { return (z - c.centre) / c.reach }
