package nps

import "math"

// RankSumTest tells whether the answers of one group tend to be higher than those of
// another.
type RankSumTest struct {
	// U is the number of pairs of a customer of each group in which the one of the first
	// answers higher, ties as a half.
	U float64 `json:"u"`

	// Superiority is U over all pairs: how probable it is that a customer of the first
	// group answers higher, ties as a half. 1/2 is no difference.
	Superiority float64 `json:"superiority"`

	Z float64 `json:"z"` // with the correction for continuity
	P float64 `json:"p"` // in both directions, by the normal approximation
}

// RankSum is the test of Wilcoxon, Mann and Whitney on the answers themselves, not on the
// three roles, with the variance for ties and the correction for continuity: Lehmann,
// Nonparametrics (1975), section 1.4. The normal approximation wants some ten answers in
// each group. Where all answers of both are the same, Z is 0 and P is 1.
//
// A group without answers is [clientele.ErrEmpty], and groups on two scales are
// [clientele.ErrMismatch].
func RankSum(a, b Tally) (RankSumTest, error) {
	const op = "nps.RankSum"
	if err := checkPair(op, a, b); err != nil {
		return RankSumTest{}, err
	}
	m, n := float64(a.N()), float64(b.N())
	all := m + n
	var lower, u, away, spread float64 // answers of b that are lower; pairs; U - mn/2; Σ t (N-t)(N+t)
	ofB := b.used()
	for i, count := range a.used() {
		x, y := float64(count), float64(ofB[i])
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
