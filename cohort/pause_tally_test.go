package cohort

import (
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
)

// tallied are the tallies of customers: of a kind of event, and of all pauses.
func tallied(customers ...[]stratumPauses) (kind, base *pauseTally) {
	kind, base = new(pauseTally), new(pauseTally)
	for _, own := range customers {
		all, met := make([]stratumPauses, len(own)), int64(0)
		for i, p := range own {
			all[i] = stratumPauses{stratum: p.stratum, of: p.all, all: p.all}
			met += p.of.n
		}
		base.add(all)
		if met > 0 {
			kind.add(own)
		}
	}
	return kind, base
}

// One customer lost 1 of 1 and 0 of 1 pause, in two strata, the other 1 of 1 and 1 of 1: 3 of
// 4. Influences on the logarithm of the rate, k/3 - n/4, are -1/6 and 1/6, so that its
// variance is 2/36 · 2/1 = 1/9, and the standard error of the rate 3/4 · 1/3. Strata do not
// matter: what a customer has in both moves together.
func TestRateAcrossStrata(t *testing.T) {
	_, base := tallied(
		[]stratumPauses{{stratum: 1, all: trials{1, 1}}, {stratum: 2, all: trials{0, 1}}},
		[]stratumPauses{{stratum: 1, all: trials{1, 1}}, {stratum: 2, all: trials{1, 1}}},
	)
	_, one := tallied(
		[]stratumPauses{{stratum: 1, all: trials{1, 2}}},
		[]stratumPauses{{stratum: 1, all: trials{2, 2}}},
	)
	rate := base.rate(0.5)
	if rate.Value != 0.75 || rate.Level != 0.5 || rate != one.rate(0.5) {
		t.Errorf("%+v, in one stratum %+v", rate, one.rate(0.5))
	}
	closeTo(t, "standard error", rate.StdErr, 0.25, 1e-15)
	// Student's t with one degree of freedom is 1 at 0.75.
	closeTo(t, "lower end", rate.Lo, 0.5, 1e-12)
	closeTo(t, "upper end", rate.Hi, 1, 1e-12)
}

// mirrored changes the strata over: a customer with 2 of 3 and 5 of 7 pauses lost, of which
// the event happened in 1 of 2 and in 3 of 4.
func TestProductsMirrored(t *testing.T) {
	first := stratumPauses{stratum: 1, of: trials{1, 2}, all: trials{2, 3}}
	second := stratumPauses{stratum: 2, of: trials{3, 4}, all: trials{5, 7}}
	var forth, back products
	forth.add(&first, &second)
	back.add(&second, &first)
	if forth == back || *forth.mirrored() != back {
		t.Errorf("%v and %v", forth, back)
	}
	kind, _ := tallied([]stratumPauses{first, second})
	whole := *kind.whole().strata[unplaced+1].products[unplaced+1]
	var want products
	sum := stratumPauses{of: trials{4, 6}, all: trials{7, 10}}
	want.add(&sum, &sum)
	if whole != want {
		t.Errorf("in one stratum %v, want %v", whole, want)
	}
}

// Memory is that of strata, and of pairs of strata, in which a customer has pauses with the
// event: of three strata the event happened in the second alone.
func TestTallyKeepsOnlyWhatHappened(t *testing.T) {
	kind, _ := tallied([]stratumPauses{
		{stratum: 1, all: trials{0, 1}}, {stratum: 2, of: trials{0, 1}, all: trials{0, 1}}, {stratum: 3, all: trials{1, 1}},
	})
	pairs := make(map[[2]int]bool)
	for i, s := range kind.strata {
		for j := range s.products {
			pairs[[2]int{i, j}] = true
		}
	}
	if len(pairs) != 3 || !pairs[[2]int{1, 2}] || !pairs[[2]int{2, 2}] || !pairs[[2]int{2, 3}] || kind.strata[3] != nil {
		t.Errorf("pairs of strata %v", pairs)
	}
}

// Two customers of whom each lost 1 of 2 pauses: nothing tells how others differ.
func TestRateOfAlike(t *testing.T) {
	alike := []stratumPauses{{stratum: 1, all: trials{1, 2}}}
	_, base := tallied(alike, alike)
	if rate := base.rate(0.95); rate != interval.Bare(0.5) {
		t.Errorf("%+v", rate)
	}
}
