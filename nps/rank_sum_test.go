package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Answers 8, 9 before and 3, 8, 8 after: of 6 pairs the one after is higher in none, and
// two are ties.
func TestRankSumByHand(t *testing.T) {
	var a, b nps.Tally
	for _, err := range []error{a.AddSlice([]int{8, 3, 8}), b.AddSlice([]int{9, 8})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	got := verify.Must(nps.RankSum(b, a))
	// 3·2/12 (6 - 24/20) is the variance: three tied answers make 27-3.
	want := (1 - 3 + 0.5) / math.Sqrt(0.5*(6-24./20))
	sameAs(t, "z", got.Z, want, 1e-14)
	if got.U != 1 || math.Abs(got.Superiority-1./6) > 1e-15 {
		t.Error(got)
	}
}

// Where nearly all answers are tied the variance is that of the few others, however many
// are tied: σ² = Σ t (N-t)(N+t) mn/(12 N (N-1)) of tied groups of t in all N.
func TestRanksOfManyTies(t *testing.T) {
	const n = 1 << 52
	var a, b nps.Tally
	for _, add := range []error{a.AddN(5, n), b.AddN(5, n-1), b.Add(6)} {
		if add != nil {
			t.Fatal(add)
		}
	}
	test := verify.Must(nps.RankSum(b, a))
	// One of b beats all n of a: U is n/2 below its mean, and σ² is n²/4 to 15 digits.
	relative(t, "z", test.Z, -1, 1e-12)
}
