package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// CESScale returns the scale of the customer effort score in its second version, "the
// company made it easy for me to handle my issue": 1, strongly disagree, to 7, strongly
// agree (Dixon, Toman and DeLisi, The Effortless Experience, 2013). [Tally.MeanInterval]
// on this scale is CES; 5 to 7 agree, and [Tally.TopBox] is their share; 1 to 3 disagree.
// High is good, unlike in the first version of 2010.
func CESScale() Scale { return Scale{Min: 1, Max: 7, Detractor: 3, Promoter: 5} }

// MeanInterval returns the mean answer with the interval of Student's t, cut to the scale.
// The uncertainty of answers that are all alike, or of a single one, cannot be estimated:
// the interval then has level 0.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Any other
// level returns [clientele.ErrRange]. It returns [clientele.ErrEmpty] if there are no
// answers.
func (t Tally) MeanInterval(level float64) (clientele.Estimate, error) {
	const op = "nps.Tally.MeanInterval"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	mean, err := t.Mean()
	if err != nil {
		return clientele.Estimate{}, fault.Renamed(op, err)
	}
	n, squares := float64(t.N()), 0.0
	for answer, count := range t.All() {
		if count == t.N() {
			return interval.Bare(mean), nil
		}
		off := float64(answer) - mean
		squares += float64(count) * off * off
	}
	e := interval.Student(mean, math.Sqrt(squares/(n-1)/n), n-1, level)
	low, high := t.bounds()
	e.Lo, e.Hi = max(e.Lo, float64(low)), min(e.Hi, float64(high))
	return e, nil
}
