package nps_test

import (
	"fmt"

	"github.com/clientele-go/clientele/nps"
)

// Large customers were asked oftener than small ones, who are the many: their answers
// speak for more customers each.
func ExampleWeighted() {
	var w nps.Weighted
	for _, a := range []struct {
		answer int
		weight float64
	}{{10, 1}, {9, 1}, {9, 1}, {8, 1}, {4, 1}, {9, 5}, {7, 5}, {3, 5}, {2, 5}} {
		if err := w.Add(a.answer, a.weight); err != nil {
			panic(err)
		}
	}
	plain, err := w.Unweighted().Score()
	if err != nil {
		panic(err)
	}
	score, err := w.Interval(nps.AdjustedT, 0.9)
	if err != nil {
		panic(err)
	}
	n, err := w.EffectiveN()
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.1f as answered\n", plain)
	fmt.Printf("%.1f [%.1f, %.1f] of customers; %d answers tell as much as %.1f of equal weight\n", score.Value, score.Lo, score.Hi, w.N(), n)
	// Output:
	// 11.1 as answered
	// -12.0 [-58.8, 42.8] of customers; 9 answers tell as much as 6.0 of equal weight
}

func ExampleCompareWeighted() {
	var spring, autumn nps.Weighted
	for i := range 200 {
		answer, weight := i*7%11, 1+float64(i%3)
		if err := spring.Add(answer, weight); err != nil {
			panic(err)
		}
		if err := autumn.Add(min(10, answer+1), weight); err != nil {
			panic(err)
		}
	}
	d, err := nps.CompareWeighted(spring, autumn, nps.CompareConfig{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%+.1f points [%.1f, %.1f], p = %.3f\n", d.Difference.Value, d.Difference.Lo, d.Difference.Hi, d.P)
	// Output:
	// +18.0 points [0.4, 35.0], p = 0.044
}

// tallyOf counts so many detractors, passives and promoters.
func tallyOf(detractors, passives, promoters uint64) (t nps.Tally) {
	for answer, n := range map[int]uint64{3: detractors, 8: passives, 10: promoters} {
		if err := t.AddN(answer, n); err != nil {
			panic(err)
		}
	}
	return t
}

// Four in ten customers live in the city, but seven in ten answers come from there.
func ExamplePostStratify() {
	s, err := nps.PostStratify([]nps.Stratum{
		{Name: "city", Tally: tallyOf(20, 40, 80), Population: 40_000},
		{Name: "country", Tally: tallyOf(30, 15, 15), Population: 60_000},
	}, 0)
	if err != nil {
		panic(err)
	}
	for _, h := range s.Strata {
		fmt.Printf("%-7s %3d answers of weight %.2f: %5.1f points\n", h.Name, h.N, h.Weight, h.Score)
	}
	fmt.Printf("all customers: %.1f [%.1f, %.1f]\n", s.Score.Value, s.Score.Lo, s.Score.Hi)
	// Output:
	// city    140 answers of weight 0.57:  42.9 points
	// country  60 answers of weight 2.00: -25.0 points
	// all customers: 2.1 [-11.0, 15.8]
}
