package nps

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
)

// PermutationTest tells how often groups of the same sizes would differ as much by
// chance.
type PermutationTest struct {
	Difference float64 `json:"difference"` // the first score less the second, in points
	Replicates int     `json:"replicates"`
	AsFar      int     `json:"asFar"` // replicates whose difference is as large, in both directions
	P          float64 `json:"p"`     // (AsFar+1)/(Replicates+1)
}

// Permutation mixes the customers of two independent groups and deals them out again,
// replicates times. It needs no approximation; P counts the observed division as one
// more, so that it is never 0: Phipson & Smyth, Permutation P-values Should Never Be
// Zero, Statistical Applications in Genetics and Molecular Biology 9 (2010).
//
// replicates are from 1 to 10 million. Equal sources give equal results. All faults of
// arguments come at once in a [clientele.ConfigError]. A group without answers is
// [clientele.ErrEmpty], groups on two scales are [clientele.ErrMismatch], and more than
// 2^30 answers are [clientele.ErrRange].
func Permutation(a, b Tally, replicates int, src rand.Source) (PermutationTest, error) {
	const op = "nps.Permutation"
	faults := clientele.ConfigError{Op: op}
	checkResampling(&faults, replicates, 1, src)
	if err := faults.Err(); err != nil {
		return PermutationTest{}, err
	}
	if err := checkPair(op, a, b); err != nil {
		return PermutationTest{}, err
	}
	if n := a.N() + b.N(); n > mostResampled {
		return PermutationTest{}, &clientele.InputError{Op: op, Index: -1, Field: "answers", Value: n, Err: clientele.ErrRange}
	}
	first, second := a.Attitudes(), b.Attitudes()
	groups := []Attitudes{first, second}
	test := PermutationTest{Replicates: replicates, Difference: points * (first.composition().score - second.composition().score)}
	far := first.apart(second)
	d := shuffler{rng: rand.New(src)}
	for range replicates {
		if dealt := d.shuffle(groups); dealt[0].apart(dealt[1]) >= far {
			test.AsFar++
		}
	}
	test.P = float64(test.AsFar+1) / float64(replicates+1)
	return test, nil
}

// apart is how much two scores differ, times the numbers of both groups' answers: a whole
// number, so that ties are seen. Both have at most 2^30 answers.
func (g Attitudes) apart(o Attitudes) int64 {
	d := g.net()*int64(o.N()) - o.net()*int64(g.N())
	return max(d, -d)
}

// net are the promoters less the detractors.
func (g Attitudes) net() int64 { return int64(g.Promoters) - int64(g.Detractors) }
