package nps

import "math"

// RankSumTest is the result of a test of whether the answers of the second group tend to be
// higher than those of the first.
type RankSumTest struct {
	// U is the number of pairs of one customer of each group in which the one of the
	// second group answers higher, ties as a half.
	U float64 `json:"u"`

	// Superiority is U over all pairs: how probable it is that a customer of the second
	// group answers higher, ties as a half. 1/2 is no difference.
	Superiority float64 `json:"superiority"`

	Z float64 `json:"z"` // standard normal deviate, corrected for continuity; positive = the second group answers higher
	P float64 `json:"p"` // two-sided probability, by the normal approximation
}

// RankSum is the test of Wilcoxon, Mann and Whitney, of the second group against the
// first, as in after against before or treatment against control: on the answers
// themselves, not on the three attitudes, with the variance for ties and the correction
// for continuity of Lehmann, Nonparametrics (1975), section 1.4. The normal approximation
// wants some ten answers in each group. Where all answers of both are the same, Z is 0 and
// P is 1.
//
// The error is [clientele.ErrEmpty] if a group has no answers, and [clientele.ErrMismatch]
// if the groups are on different scales.
func RankSum(before, after Tally) (RankSumTest, error) {
	if err := checkPair("nps.RankSum", before, after); err != nil {
		return RankSumTest{}, err
	}
	m, n := float64(after.N()), float64(before.N())
	all := m + n
	var lower, u, away, spread float64 // answers before that are lower; pairs; U - mn/2; Σ t (N-t)(N+t)
	earlier := before.used()
	for i, count := range after.used() {
		x, y := float64(count), float64(earlier[i])
		u += x * (lower + y/2)
		away += x / 2 * (lower - (n - lower - y))
		lower += y
		t := x + y
		spread += t * (all - t) * (all + t)
	}
	test := RankSumTest{U: u, Superiority: u / m / n, P: 1}
	// (N+1 - Σ(t³-t)/(N(N-1))) mn/12, as a sum of what is not negative, so that nothing
	// cancels where nearly all answers are tied.
	stdErr := math.Sqrt(m * n / 12 * (spread / all / (all - 1)))
	if away != 0 {
		test.Z = math.Copysign(max(math.Abs(away)-0.5, 0)/stdErr, away)
		test.P = twoSided(test.Z)
	}
	return test, nil
}
