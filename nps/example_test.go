package nps_test

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// What customers answered in spring and in autumn: the score of each, with its
// uncertainty, and whether it rose by more than chance.
func Example() {
	spring, err := nps.Count(nps.Scale{}, clientele.All([]int{10, 9, 3, 7, 8, 5, 9, 6, 10, 2, 8, 7, 6, 9, 4}))
	if err != nil {
		panic(err)
	}
	autumn, err := nps.Count(nps.Scale{}, clientele.All([]int{10, 9, 8, 10, 9, 7, 9, 6, 10, 9, 8, 10, 9, 9, 5}))
	if err != nil {
		panic(err)
	}
	for _, t := range []nps.Tally{spring, autumn} {
		score, err := t.Interval(nps.AdjustedT, 0.95)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%.0f points, between %.0f and %.0f\n", score.Value, score.Lo, score.Hi)
	}
	gain, err := nps.Compare(spring, autumn, nps.CompareConfig{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%+.0f points, p = %.3f\n", gain.Difference.Value, gain.P)
	needed, err := nps.SampleSize{MarginOfError: 10}.Required()
	if err != nil {
		panic(err)
	}
	fmt.Println(needed.N, "answers are needed to know a score to 10 points")
	// Output:
	// -7 points, between -47 and 36
	// 53 points, between 7 and 81
	// +60 points, p = 0.066
	// 384 answers are needed to know a score to 10 points
}
