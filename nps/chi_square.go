package nps

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// ChiSquareTest is the result of a test of whether the shares of detractors, passives and
// promoters are the same in all groups.
type ChiSquareTest struct {
	Statistic float64 `json:"statistic"` // Pearson's sum over groups and attitudes
	DF        int     `json:"df"`        // degrees of freedom
	P         float64 `json:"p"`         // probability of a statistic as large if the shares are the same

	// Least is the smallest number of answers that any group is expected to have of any
	// attitude. Below 5 or so P is only a rough figure: Cochran, Some Methods for
	// Strengthening the Common χ² Tests, Biometrics 10 (1954).
	Least float64 `json:"least"`
}

// ChiSquare is Pearson's test on the shares of two or more independent groups. It detects
// any difference of shares, including one that leaves the score unchanged, and it is the
// same in any order of the groups. An attitude
// that nobody has in any group does not count; with a single attitude left there is
// nothing to test: Statistic and DF are 0, and P is 1.
//
// The error is [clientele.ErrMissing] for fewer than two groups, [clientele.ErrEmpty] if a
// group has no answers, and [clientele.ErrMismatch] if a group is on another scale than the
// first. The Field of the error is the group, as in "groups[2]".
func ChiSquare(groups ...Tally) (ChiSquareTest, error) {
	const op = "nps.ChiSquare"
	if len(groups) < 2 {
		return ChiSquareTest{}, tooFewGroups(op, len(groups))
	}
	rows := make([][3]float64, len(groups))
	var columns [3]float64
	var n float64
	for i, t := range groups {
		if err := checkGroup(op, fmt.Sprintf("groups[%d]", i), t, groups[0]); err != nil {
			return ChiSquareTest{}, err
		}
		a := t.Attitudes()
		rows[i] = [3]float64{float64(a.Detractors), float64(a.Passives), float64(a.Promoters)}
		for j, count := range rows[i] {
			columns[j] += count
			n += count
		}
	}
	slices.SortFunc(rows, func(a, b [3]float64) int { return slices.Compare(a[:], b[:]) }) // the same sum in any order
	return chiSquare(rows, columns, n), nil
}

// chiSquare tests a table with a row a group and a column an attitude, of n answers.
func chiSquare(rows [][3]float64, columns [3]float64, n float64) ChiSquareTest {
	test := ChiSquareTest{Least: n, P: 1}
	attitudes := 0
	for j, column := range columns {
		if column == 0 {
			continue
		}
		attitudes++
		for _, row := range rows {
			expected := (row[0] + row[1] + row[2]) / n * column
			test.Statistic += (row[j] - expected) / expected * (row[j] - expected)
			test.Least = min(test.Least, expected)
		}
	}
	if attitudes < 2 {
		test.Statistic = 0
		return test
	}
	test.DF = (len(rows) - 1) * (attitudes - 1)
	test.P = mathext.GammaIncRegComp(float64(test.DF)/2, test.Statistic/2)
	return test
}
