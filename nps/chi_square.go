package nps

import (
	"github.com/clientele-go/clientele"
	"gonum.org/v1/gonum/mathext"
)

// ChiSquareTest tells whether the shares of detractors, passives and promoters are the
// same in all groups.
type ChiSquareTest struct {
	Statistic float64 `json:"statistic"`
	DF        int     `json:"df"` // degrees of freedom
	P         float64 `json:"p"`  // probability of a statistic as large if they are

	// Least is the least number of answers that a cell of the table is expected to have.
	// Below 5 or so P is a rough one: Cochran, Some Methods for Strengthening the Common
	// χ² Tests, Biometrics 10 (1954).
	Least float64 `json:"least"`
}

// ChiSquare is Pearson's test on the shares of two or more independent groups. It sees
// any difference of shares, also one that leaves the score as it is. A role that nobody
// has in any group does not count; with a single role left there is nothing to test:
// Statistic and DF are 0, and P is 1.
//
// Fewer than two groups are [clientele.ErrMissing]; a group without answers is
// [clientele.ErrEmpty] and one on another scale than the first [clientele.ErrMismatch],
// both with its index.
func ChiSquare(groups ...Tally) (ChiSquareTest, error) {
	const op = "nps.ChiSquare"
	if len(groups) < 2 {
		return ChiSquareTest{}, &clientele.InputError{Op: op, Index: -1, Field: "groups", Value: len(groups), Err: clientele.ErrMissing}
	}
	rows := make([][3]float64, len(groups))
	var columns [3]float64
	var n float64
	for i, t := range groups {
		if err := checkPair(op, groups[0], t); err != nil {
			return ChiSquareTest{}, indexed(op, i, err)
		}
		g := t.Attitudes()
		rows[i] = [3]float64{float64(g.Detractors), float64(g.Passives), float64(g.Promoters)}
		for role, count := range rows[i] {
			columns[role] += count
			n += count
		}
	}
	return chiSquare(rows, columns, n), nil
}

func chiSquare(rows [][3]float64, columns [3]float64, n float64) ChiSquareTest {
	test := ChiSquareTest{Least: n, P: 1}
	roles := 0
	for role, column := range columns {
		if column == 0 {
			continue
		}
		roles++
		for _, row := range rows {
			expected := (row[0] + row[1] + row[2]) / n * column
			test.Statistic += (row[role] - expected) / expected * (row[role] - expected)
			test.Least = min(test.Least, expected)
		}
	}
	if roles < 2 {
		test.Statistic = 0
		return test
	}
	test.DF = (len(rows) - 1) * (roles - 1)
	test.P = mathext.GammaIncRegComp(float64(test.DF)/2, test.Statistic/2)
	return test
}
