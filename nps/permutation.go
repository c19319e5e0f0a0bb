package nps

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
)

// PermutationTest says how often groups of the same sizes would differ as much by chance.
type PermutationTest struct {
	Difference float64 `json:"difference"` // after − before, or treatment − control, in points
	Replicates int     `json:"replicates"` // random divisions that were made
	AsFar      int     `json:"asFar"`      // replicates whose scores differ at least as much, in either direction
	P          float64 `json:"p"`          // (AsFar+1)/(Replicates+1)
}

// Permutation mixes the customers of two independent groups and divides them anew,
// replicates times, to see how often the scores differ as much. The difference is after −
// before, or treatment − control. It needs no approximation; P counts the observed
// division as one more, so that it is never 0: Phipson & Smyth, Permutation P-values
// Should Never Be Zero, Statistical Applications in Genetics and Molecular Biology 9
// (2010).
//
// replicates is from 1 to 10 million. src is a source of math/rand/v2, such as
// rand.NewPCG(1, 2); equal sources give equal results. All faults of arguments come at once
// in a [clientele.ConfigError]. The error is [clientele.ErrEmpty] if a group has no
// answers, [clientele.ErrMismatch] if the groups are on different scales, and
// [clientele.ErrRange] for more than 2^30 answers.
func Permutation(before, after Tally, replicates int, src rand.Source) (PermutationTest, error) {
	const op = "nps.Permutation"
	faults := clientele.ConfigError{Op: op}
	checkResampling(&faults, replicates, 1, src)
	if err := faults.Err(); err != nil {
		return PermutationTest{}, err
	}
	if err := checkPair(op, before, after); err != nil {
		return PermutationTest{}, err
	}
	if n := before.N() + after.N(); n > mostResampled {
		return PermutationTest{}, tooManyToResample(op, n)
	}
	first, second := before.Attitudes(), after.Attitudes()
	groups := []Attitudes{second, first}
	test := PermutationTest{Replicates: replicates, Difference: points * (second.composition().score - first.composition().score)}
	far := first.apart(second)
	s := shuffler{rng: rand.New(src)}
	for range replicates {
		if drawn := s.shuffle(groups); drawn[0].apart(drawn[1]) >= far {
			test.AsFar++
		}
	}
	test.P = float64(test.AsFar+1) / float64(replicates+1)
	return test, nil
}

// apart is how much two scores differ, times the numbers of both groups' answers: a whole
// number, so that ties are seen. Both have at most 2^30 answers.
func (a Attitudes) apart(b Attitudes) int64 {
	d := a.net()*int64(b.N()) - b.net()*int64(a.N())
	return max(d, -d)
}
