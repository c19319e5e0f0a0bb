package ltv

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
)

// column is a covariate that bears on one process. Inside, it is centred and
// divided by its reach, so that climbs do not depend on its unit and origin.
type column struct {
	name  string
	mean  float64
	reach float64 // the greatest distance from the mean, or that of another column with the same effect
	sd    float64 // over customers
	at    int     // the place of its effect among the effects
}

// steepest bounds the numbers that a covariate may reach, and one over them, so
// that what is made of them is finite.
const steepest = 1e100

// sameValue is the range of a constant covariate, relative to its greatest value:
// there is but rounding in it.
const sameValue = 1e-12

// newColumn measures a covariate of a list, entry i of the groups.
func newColumn(op, field, name string, groups []group, i int) (column, error) {
	lowest, highest, customers := math.Inf(1), math.Inf(-1), 0.0
	for _, g := range groups {
		lowest, highest = min(lowest, g.z[i]), max(highest, g.z[i])
		customers += g.customers
	}
	switch span := highest - lowest; {
	case span <= sameValue*max(math.Abs(lowest), math.Abs(highest)):
		return column{}, dependent(op, field, []string{name})
	case highest > steepest || lowest < -steepest || span < 1/steepest:
		return column{}, &clientele.InputError{Op: op, Index: -1, Field: field, Value: name, Err: errSteep}
	}
	c := column{name: name}
	for _, g := range groups {
		c.mean += g.customers / customers * (g.z[i] - lowest)
	}
	c.mean += lowest
	c.reach = max(highest-c.mean, c.mean-lowest)
	for _, g := range groups {
		off := (g.z[i] - c.mean) / c.reach
		c.sd += g.customers / customers * off * off
	}
	c.sd = c.reach * math.Sqrt(c.sd)
	return c, nil
}

var errSteep = fmt.Errorf("%w: choose a unit in which the covariate is neither above 1e100 nor its differences below 1e-100", clientele.ErrRange)

// offset is how far the mean of the covariate lies from 0, in reaches.
func (c column) offset() float64 { return c.mean / c.reach }

// scaled is the covariate as the likelihood has it.
func (c column) scaled(z float64) float64 { return (z - c.mean) / c.reach }

// dependent is an error about covariates of one list.
func dependent(op, field string, names []string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: strings.Join(names, ", "), Err: ErrCollinear}
}

// independent checks that no covariate follows from the others and a constant.
func independent(op, field string, columns []column, scaled [][]float64) error {
	pivots, rows := reduce(withOnes(scaled))
	for j, c := range columns {
		if slices.Contains(pivots, j+1) {
			continue
		}
		names := []string{c.name}
		for i, p := range pivots {
			if p > 0 && math.Abs(rows[i][j+1]) > negligible {
				names = append(names, columns[p-1].name)
			}
		}
		slices.Sort(names)
		return dependent(op, field, names)
	}
	return nil
}

// withOnes puts a one before each row.
func withOnes(rows [][]float64) [][]float64 {
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = append([]float64{1}, row...)
	}
	return out
}

// negligible is what may be left of a combination of covariates that is zero.
const negligible = 1e-8

// reduce brings rows, whose entries are at most about 1, to reduced echelon form by
// Gauss-Jordan elimination with complete pivoting, and returns those that are not
// zero, each with the column where it alone has a one. It works in place.
func reduce(rows [][]float64) (pivots []int, reduced [][]float64) {
	for n := range rows {
		most, at, column := negligible, -1, 0
		for i := n; i < len(rows); i++ {
			for j, v := range rows[i] {
				if math.Abs(v) > most {
					most, at, column = math.Abs(v), i, j
				}
			}
		}
		if at < 0 {
			break
		}
		rows[n], rows[at] = rows[at], rows[n]
		pivots = append(pivots, column)
		own := rows[n]
		scale := own[column]
		for j := range own {
			own[j] /= scale
		}
		for i, row := range rows {
			if factor := row[column]; i != n && factor != 0 {
				for j := range row {
					row[j] -= factor * own[j]
				}
				row[column] = 0
			}
		}
		own[column] = 1
	}
	return pivots, rows[:len(pivots)]
}
