package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Against exact fractions of ranks and mpmath with 30 digits. One rating of 1000 is but the
// highest.
func TestRankCorrelation(t *testing.T) {
	answers := []int{10, 9, 9, 7, 8, 3, 0, 10, 6, 7}
	first := []float64{5, 5, 4, 3, 4, 2, 1, 5, 3, 2}
	second := []float64{1, 3, 2, 5, 4, 4, 5, 3, 2, 1000}
	var responses []nps.Response
	for i, answer := range answers {
		responses = append(responses, response(answer, first[i], second[i]))
	}
	got := verify.Must(driversOf(nps.DriverConfig{}, responses...))
	for i, want := range []struct{ value, stdErr, lo, hi float64 }{
		{0.934448006602447632, 0.0574462061112941217, 0.666523824805760975, 0.988588327908010126},
		{-0.575854152994531246, 0.272768986876559863, -0.896891259161846015, 0.142639033812457673},
	} {
		r := got.Drivers[i].RankCorrelation
		sameAs(t, "rank correlation", r.Value, want.value, 1e-15)
		sameAs(t, "standard error", r.StdErr, want.stdErr, 1e-15)
		sameAs(t, "lower limit", r.Lo, want.lo, 1e-14)
		sameAs(t, "upper limit", r.Hi, want.hi, 1e-14)
		if r.Level != 0.95 {
			t.Error(r)
		}
	}
}

// The instructor training survey of The Carpentries, whose answers and ratings are mostly
// tied, against exact fractions of ranks.
func TestRankCorrelationPublished(t *testing.T) {
	got := verify.Must(driversOf(nps.DriverConfig{}, carpentriesDrivers(t)...))
	for i, want := range []float64{
		0.34497521296349229, 0.34213028918054884, 0.37916124048951432, 0.38741717424518657, 0.55805831715941201,
	} {
		relative(t, got.Drivers[i].Name, got.Drivers[i].RankCorrelation.Value, want, closedForm)
	}
}

// Invariant: a rating counts by its rank alone, and answers that rise with it by whatever
// curve have a rank correlation of 1.
func TestRankCorrelationIsOfRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		responses := drawResponses(t)
		r := reported(t, responses)
		var bent []nps.Response
		for _, p := range responses {
			q := nps.Response{Answer: p.Answer}
			for _, rating := range p.Ratings {
				rating.Value = math.Exp(rating.Value)
				q.Ratings = append(q.Ratings, rating)
			}
			bent = append(bent, q)
		}
		other := reported(t, bent)
		for i, d := range r.Drivers {
			c := d.RankCorrelation
			if other.Drivers[i].RankCorrelation != c || !(-1 <= c.Lo && c.Lo <= c.Value && c.Value <= c.Hi && c.Hi <= 1) {
				t.Fatalf("%+v, then %+v", c, other.Drivers[i].RankCorrelation)
			}
		}
	})
	var curve []nps.Response
	for answer := range 11 {
		curve = append(curve, response(answer, math.Pow(3, float64(answer)), -math.Pow(2, float64(answer))))
	}
	got := verify.Must(driversOf(nps.DriverConfig{}, curve...))
	for i, want := range []float64{1, -1} {
		if r := got.Drivers[i].RankCorrelation; r.Value != want || r.Lo != want || r.Hi != want || r.StdErr != 0 {
			t.Error(r)
		}
	}
}
