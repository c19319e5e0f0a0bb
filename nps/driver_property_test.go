package nps_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// drawResponses draws responses whose ratings resemble each other and the answer, with
// some ratings missing.
func drawResponses(t *rapid.T) []nps.Response {
	d := rapid.IntRange(1, 6).Draw(t, "drivers")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) nps.Response {
		base := rapid.IntRange(0, 7).Draw(t, "base")
		r := nps.Response{Answer: base + rapid.IntRange(0, 3).Draw(t, "answer")}
		for range d {
			var rating nps.Rating
			if x := rapid.IntRange(-1, 6).Draw(t, "rating"); x >= 0 {
				rating = nps.NewRating(float64(x + base))
			}
			r.Ratings = append(r.Ratings, rating)
		}
		return r
	}), 10, 60).Draw(t, "responses")
}

// reported skips responses that the package may refuse.
func reported(t *rapid.T, responses []nps.Response) *nps.DriverReport {
	r, err := driversOf(nps.DriverConfig{}, responses...)
	if errors.Is(err, clientele.ErrRange) || errors.Is(err, clientele.ErrEmpty) {
		t.Skip(err)
	}
	return verify.Must(r, err)
}

// Invariant: shares are not negative and both kinds sum to R², which is from 0 to 1 and
// at least every squared correlation; every response is counted once.
func TestSharesSumToR2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		responses := drawResponses(t)
		r := reported(t, responses)
		var shapley, johnson, fit float64
		for _, d := range r.Drivers {
			if d.Shapley.Value < -1e-12 || d.Johnson.Value < 0 {
				t.Fatalf("%+v", d)
			}
			if c := d.Correlation; !(-1 <= c.Lo && c.Lo <= c.Value && c.Value <= c.Hi && c.Hi <= 1) || c.Value*c.Value > r.R2+1e-12 {
				t.Fatalf("%+v", d)
			}
			shapley += d.Shapley.Value
			johnson += d.Johnson.Value
			fit += d.Beta.Value * d.Correlation.Value
		}
		holds(t, "sum of Shapley", shapley, r.R2, 1e-12)
		holds(t, "sum of Johnson", johnson, r.R2, 1e-9)
		holds(t, "R2", r.R2, fit, 1e-12)
		if r.R2 < 0 || r.R2 > 1 || r.AdjustedR2 > r.R2 || r.N+r.Incomplete != len(responses) {
			t.Fatalf("%+v", r)
		}
	})
}

// Invariant: shares do not depend on the unit and the origin of a rating, nor on the
// order of drivers; a reversed rating has the opposite correlation and the same shares.
func TestSharesOfOtherUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		responses := drawResponses(t)
		want := reported(t, responses)
		factor := rapid.SampledFrom([]float64{-3, -1, 1e-90, 0.1, 1e90}).Draw(t, "factor")
		d := len(want.Drivers)
		for i := range responses {
			ratings := slices.Clone(responses[i].Ratings)
			if ratings[0].Given {
				ratings[0].Value = factor * (ratings[0].Value + 5)
			}
			slices.Reverse(ratings)
			responses[i].Ratings = ratings
		}
		got := reported(t, responses)
		holds(t, "R2", got.R2, want.R2, 1e-9)
		for i := range d {
			a, b := got.Drivers[d-1-i], want.Drivers[i]
			holds(t, "Shapley", a.Shapley.Value, b.Shapley.Value, 1e-9)
			holds(t, "Johnson", a.Johnson.Value, b.Johnson.Value, 1e-9)
			if factor < 0 && i == 0 {
				holds(t, "correlation", a.Correlation.Value, -b.Correlation.Value, 1e-12)
			}
		}
	})
}
