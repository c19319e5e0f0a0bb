package regression

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// CollinearError names covariates of one list that depend on one another, or one that is the same for
// all customers.
type CollinearError struct {
	List  string // "Purchase" or "DropOut"
	Names []string
}

func (e *CollinearError) Error() string {
	return fmt.Sprintf("%s: covariates %s depend on one another", e.List, strings.Join(e.Names, ", "))
}

// SteepError names a covariate whose numbers floats cannot work with.
type SteepError struct{ List, Name string }

func (e *SteepError) Error() string {
	return fmt.Sprintf("%s: covariate %s is above 1e100, or its differences below 1e-100", e.List, e.Name)
}

// independent checks that no covariate follows from the others and a constant.
func independent(list string, columns []column, scaled [][]float64) error {
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
		return &CollinearError{list, names}
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
