package nps_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// The permutation test agrees with counting all divisions: of C(6, 3) = 20 ways to choose
// 3 of 3 promoters and 3 detractors only two are as far apart as 3 and 0.
func TestPermutationAgreesWithCounting(t *testing.T) {
	const replicates = 20_000
	got := verify.Must(nps.Permutation(answered(3, 0, 0), answered(0, 0, 3), replicates, rand.NewPCG(1, 2)))
	if off := math.Abs(got.P - 0.1); off > 4*math.Sqrt(0.1*0.9/replicates) {
		t.Error(got)
	}
	if got.Difference != 200 || got.Replicates != replicates || got.P != float64(got.AsFar+1)/(replicates+1) {
		t.Error(got)
	}
}

// With many answers, chance alone differs as the pooled standard error says.
func TestPermutationAgreesWithPooled(t *testing.T) {
	const replicates = 20_000
	a, b := answered(83, 47, 120), answered(100, 49, 101)
	want := verify.Must(nps.Compare(b, a, nps.CompareConfig{Test: nps.PooledTest})).P
	got := verify.Must(nps.Permutation(b, a, replicates, rand.NewPCG(3, 4))).P
	if math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/replicates)+0.006 { // differences are whole numbers over 250
		t.Error(got, want)
	}
	if again := verify.Must(nps.Permutation(b, a, replicates, rand.NewPCG(3, 4))).P; again != got {
		t.Error("another result of an equal source:", again, got)
	}
}
