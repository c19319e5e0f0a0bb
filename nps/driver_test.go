package nps_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// The drivers of the instructor training survey of The Carpentries, against values of R.
func TestDriversPublished(t *testing.T) {
	var want struct {
		Drivers struct {
			N       int `json:"n_complete"`
			Pearson []float64
			Beta    []float64 `json:"ols_std_beta"`
			R2      float64
			Shapley []float64 `json:"shapley_lmg"`
			Johnson []float64 `json:"johnson_rw"`
		} `json:"carpentries_drivers"`
	}
	publishedNPS(t, &want)
	responses := carpentriesDrivers(t)
	got := verify.Must(driversOf(nps.DriverConfig{}, responses...))
	if got.N != want.Drivers.N || got.N+got.Incomplete != len(responses) {
		t.Errorf("%d complete and %d incomplete responses, want %d complete", got.N, got.Incomplete, want.Drivers.N)
	}
	relative(t, "R2", got.R2, want.Drivers.R2, closedForm)
	for i, d := range got.Drivers {
		relative(t, d.Name+": correlation", d.Correlation.Value, want.Drivers.Pearson[i], closedForm)
		relative(t, d.Name+": beta", d.Beta.Value, want.Drivers.Beta[i], closedForm)
		relative(t, d.Name+": Shapley", d.Shapley.Value, want.Drivers.Shapley[i], closedForm)
		relative(t, d.Name+": Johnson", d.Johnson.Value, want.Drivers.Johnson[i], closedForm)
	}
}

// factorial are all answers 4 + 2x + y + e for x, y and e of -1 and 1, with ratings x and y.
func factorial() []nps.Response {
	var all []nps.Response
	for _, x := range []int{-1, 1} {
		for _, y := range []int{-1, 1} {
			for _, e := range []int{-1, 1} {
				all = append(all, response(4+2*x+y+e, float64(x), float64(y)))
			}
		}
	}
	return all
}

// Ratings that have nothing to do with each other: the variance 4 + 1 + 1 of the answers
// goes to x with 4/6 and to y with 1/6, by every way of sharing.
func TestDriversByHand(t *testing.T) {
	got := verify.Must(driversOf(nps.DriverConfig{}, factorial()...))
	sameAs(t, "R2", got.R2, 5./6, 1e-14)
	sameAs(t, "adjusted R2", got.AdjustedR2, 1-7./5/6, 1e-14)
	for i, part := range []float64{4. / 6, 1. / 6} {
		d := got.Drivers[i]
		r := math.Sqrt(part)
		sameAs(t, "correlation", d.Correlation.Value, r, 1e-15)
		sameAs(t, "lower limit", math.Atanh(d.Correlation.Lo), math.Atanh(r)-1.959963984540054/math.Sqrt(5), 1e-13)
		sameAs(t, "upper limit", math.Atanh(d.Correlation.Hi), math.Atanh(r)+1.959963984540054/math.Sqrt(5), 1e-13)
		sameAs(t, "standard error", d.Correlation.StdErr, (1-part)/math.Sqrt(5), 1e-15)
		sameAs(t, "beta", d.Beta.Value, r, 1e-15)
		sameAs(t, "Shapley", d.Shapley.Value, part, 1e-14)
		sameAs(t, "Johnson", d.Johnson.Value, part, 1e-14)
		sameAs(t, "mean", d.Mean, 0, 0)
		sameAs(t, "standard deviation", d.StdDev, math.Sqrt(8./7), 1e-15)
		if d.Shapley.Level != 0 || d.Johnson.Level != 0 || d.Correlation.Level != 0.95 {
			t.Errorf("%+v", d)
		}
	}
}

// Two ratings with correlations p and q to the answer and r to each other: the share of
// the first is (p² + R² - q²)/2 by Lindeman, Merenda and Gold. By Johnson, of two ratings
// both halves of r: with c, s = (√(1+r) ± √(1-r))/2 the root is [c s; s c], and the
// answer's slopes on the uncorrelated variables are (c p - s q)/√(1-r²) and alike.
func TestTwoDrivers(t *testing.T) {
	responses := append(factorial(), response(7, 2, 2), response(9, 2, 1), response(1, -1, 0))
	got := verify.Must(driversOf(nps.DriverConfig{}, responses...))
	var xs, ys, as []float64
	for _, r := range responses {
		xs, ys, as = append(xs, r.Ratings[0].Value), append(ys, r.Ratings[1].Value), append(as, float64(r.Answer))
	}
	r, p, q := correlation(xs, ys), correlation(xs, as), correlation(ys, as)
	r2 := (p*p + q*q - 2*p*q*r) / (1 - r*r)
	sameAs(t, "R2", got.R2, r2, 1e-14)
	sameAs(t, "Shapley", got.Drivers[0].Shapley.Value, (p*p+r2-q*q)/2, 1e-14)
	sameAs(t, "Shapley", got.Drivers[1].Shapley.Value, (q*q+r2-p*p)/2, 1e-14)
	c, s := (math.Sqrt(1+r)+math.Sqrt(1-r))/2, (math.Sqrt(1+r)-math.Sqrt(1-r))/2
	u, v := (c*p-s*q)/math.Sqrt(1-r*r), (c*q-s*p)/math.Sqrt(1-r*r)
	sameAs(t, "Johnson", got.Drivers[0].Johnson.Value, c*c*u*u+s*s*v*v, 1e-14)
	sameAs(t, "Johnson", got.Drivers[1].Johnson.Value, s*s*u*u+c*c*v*v, 1e-14)
}

func correlation(xs, ys []float64) float64 {
	var mx, my, xx, xy, yy float64
	for i := range xs {
		mx += xs[i] / float64(len(xs))
		my += ys[i] / float64(len(xs))
	}
	for i := range xs {
		xx += (xs[i] - mx) * (xs[i] - mx)
		xy += (xs[i] - mx) * (ys[i] - my)
		yy += (ys[i] - my) * (ys[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

// A response that lacks a rating is counted and left out; the scale is honoured.
func TestDriversIncomplete(t *testing.T) {
	five := nps.Scale{Min: -5, Max: 20, Detractor: 0, Promoter: 10}
	responses := append(factorial(), nps.Response{Answer: 20, Ratings: []nps.Rating{nps.NewRating(3), {}}})
	got := verify.Must(driversOf(nps.DriverConfig{Scale: five}, responses...))
	want := verify.Must(driversOf(nps.DriverConfig{}, factorial()...))
	if got.N != 8 || got.Incomplete != 1 {
		t.Errorf("%+v", got)
	}
	if got.Incomplete = 0; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Ratings of a perfect fit, far from 0 and close to each other, lose nothing.
func TestDriversFarAway(t *testing.T) {
	var responses []nps.Response
	for i := range 11 {
		responses = append(responses, response(i, 1e15+float64(i)))
	}
	got := verify.Must(driversOf(nps.DriverConfig{}, responses...))
	sameAs(t, "R2", got.R2, 1, 1e-15)
	sameAs(t, "correlation", got.Drivers[0].Correlation.Value, 1, 0)
	sameAs(t, "lower limit", got.Drivers[0].Correlation.Lo, 1, 0)
	sameAs(t, "standard deviation", got.Drivers[0].StdDev, math.Sqrt(11), 1e-14)
}

// Intervals of shares contain them, are the same from the same source in any order of
// the responses, and cover the true shares of 0.64 and 0.16 about as often as they say.
func TestDriverIntervals(t *testing.T) {
	draw := func(rng *rand.Rand, n int) []nps.Response {
		var all []nps.Response
		for range n {
			x, y := rng.NormFloat64(), rng.NormFloat64()
			answer := 500 + 100*(0.8*x+0.4*y+math.Sqrt(0.2)*rng.NormFloat64())
			all = append(all, response(int(math.Round(answer/10)), x, y))
		}
		return all
	}
	wide := nps.Scale{Min: 0, Max: 100, Detractor: 60, Promoter: 90}
	rng := rand.New(rand.NewPCG(1, 2))
	const runs = 100
	covered := 0
	for run := range runs {
		responses := draw(rng, 200)
		cfg := nps.DriverConfig{Scale: wide, Level: 0.9, Resamples: 200}
		cfg.Source = rand.NewPCG(3, uint64(run))
		got := verify.Must(driversOf(cfg, responses...))
		for i, truth := range []float64{0.64, 0.16} {
			d := got.Drivers[i]
			if !d.Shapley.Contains(d.Shapley.Value) || !d.Johnson.Contains(d.Johnson.Value) || d.Shapley.Level != 0.9 || d.Shapley.StdErr <= 0 {
				t.Fatalf("%+v", d)
			}
			if d.Shapley.Contains(truth) {
				covered++
			}
		}
		if run == 0 {
			slices.Reverse(responses)
			cfg.Source = rand.NewPCG(3, uint64(run))
			if again := verify.Must(driversOf(cfg, responses...)); !reflect.DeepEqual(got, again) {
				t.Errorf("%+v, and reversed %+v", got, again)
			}
		}
	}
	sameAs(t, "coverage", float64(covered)/(2*runs), 0.9, 0.07)
}

// At a level near 1 the interval is from the least to the greatest resample.
func TestDriverIntervalOfAll(t *testing.T) {
	widest := nps.DriverConfig{Level: 1 - 1e-12, Resamples: 100, Source: rand.NewPCG(1, 2)}
	wide := nps.DriverConfig{Level: 0.98, Resamples: 100, Source: rand.NewPCG(1, 2)}
	responses := slices.Concat(factorial(), factorial(), factorial())
	all, most := verify.Must(driversOf(widest, responses...)).Drivers[0].Shapley, verify.Must(driversOf(wide, responses...)).Drivers[0].Shapley
	if all.Lo >= most.Lo || all.Hi <= most.Hi {
		t.Errorf("%v, and %v at 98 %%", all, most)
	}
}

// A rating that nearly all give alike is degenerate in a third of the resamples, which
// leaves shares without intervals.
func TestDriverDegenerate(t *testing.T) {
	responses := factorial()
	for i := range responses {
		responses[i].Ratings[1].Value = float64(min(i, 1))
	}
	got := verify.Must(driversOf(nps.DriverConfig{Resamples: 200, Source: rand.NewPCG(1, 2)}, responses...))
	if got.Resamples+got.Degenerate != 200 || got.Degenerate < 40 || got.Drivers[0].Shapley.Level != 0 {
		t.Errorf("%+v", got)
	}
}

func TestDriversRefuse(t *testing.T) {
	constant, answers, same, sum, near, chain := factorial(), factorial(), factorial(), factorial(), factorial(), factorial()
	for i := range 8 {
		x, y := same[i].Ratings[0].Value, same[i].Ratings[1].Value
		constant[i].Ratings[1].Value = 3
		answers[i].Answer = 3
		same[i].Ratings[1].Value = 2 - x
		free := nps.NewRating([]float64{0, 3, 1, 1, 2, 5, 0, 1}[i])
		sum[i].Ratings = append(sum[i].Ratings, free, nps.NewRating(2*x-y))
		chain[i].Ratings = []nps.Rating{nps.NewRating(x), nps.NewRating(x + 1e-3*y), nps.NewRating(y + 1e-4*free.Value)} // b - a is nearly c
		near[i].Ratings = append(near[i].Ratings, nps.NewRating(x-y+1e-6*free.Value))
	}
	for name, c := range map[string]struct {
		responses []nps.Response
		field     string
		value     any
		kind      error
	}{
		"answers alike":       {answers, "Answer", 3., clientele.ErrRange},
		"ratings alike":       {constant, "Ratings", []string{"b"}, clientele.ErrRange},
		"a rating twice":      {same, "Ratings", []string{"a", "b"}, clientele.ErrRange},
		"a sum of ratings":    {sum, "Ratings", []string{"a", "b", "d"}, clientele.ErrRange},
		"nearly a sum":        {near, "Ratings", []string{"a", "b", "c"}, clientele.ErrRange},
		"a chain":             {chain, "Ratings", []string{"a", "b"}, clientele.ErrRange},
		"too few":             {factorial()[:3], "responses", 3, clientele.ErrEmpty},
		"too many ratings":    {append(factorial(), response(5, 1, 2, 3)), "Ratings", 3, clientele.ErrMismatch},
		"an answer off scale": {append(factorial(), response(11, 1, 2)), "Answer", 11, clientele.ErrRange},
		"an infinite rating":  {append(factorial(), response(1, 1, math.Inf(1))), "Ratings[1].Value", math.Inf(1), clientele.ErrNotFinite},
		"an enormous rating":  {append(factorial(), response(1, -1e101, 1)), "Ratings[0].Value", -1e101, clientele.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := driversOf(nps.DriverConfig{}, c.responses...)
			in, ok := errors.AsType[*clientele.InputError](err)
			if r != nil || !ok || !errors.Is(err, c.kind) || in.Op != "nps.Drivers" || in.Field != c.field || !reflect.DeepEqual(in.Value, c.value) {
				t.Fatal(err)
			}
			if atEnd := len(c.responses) == 9; atEnd != (in.Index == 8) {
				t.Error(in.Index)
			}
		})
	}
}

// All faults of names and configuration come at once.
func TestDriverConfigFaults(t *testing.T) {
	many := make([]string, 21)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	for _, c := range []struct {
		names []string
		cfg   nps.DriverConfig
		kinds []error
	}{
		{nil, nps.DriverConfig{}, []error{clientele.ErrMissing}},
		{many, nps.DriverConfig{}, []error{clientele.ErrRange}},
		{
			[]string{"a", "a", ""},
			nps.DriverConfig{Scale: nps.Scale{Min: 1}, Level: 1, Resamples: 99},
			[]error{clientele.ErrRange, clientele.ErrRange, clientele.ErrRange, clientele.ErrRange, clientele.ErrMissing, clientele.ErrDuplicate, clientele.ErrMissing},
		},
	} {
		_, err := nps.Drivers(clientele.All(factorial()), c.names, c.cfg)
		config, ok := errors.AsType[*clientele.ConfigError](err)
		if !ok || len(config.Faults) != len(c.kinds) {
			t.Fatal(err)
		}
		for i, kind := range c.kinds {
			if !errors.Is(config.Faults[i], kind) {
				t.Errorf("fault %d: %v, want %v", i, config.Faults[i], kind)
			}
		}
	}
	failing := func(yield func(nps.Response, error) bool) { yield(nps.Response{}, errors.New("cut off")) }
	if _, err := nps.Drivers(failing, []string{"a"}, nps.DriverConfig{}); err == nil || err.Error() != "nps.Drivers: record 0: cut off" {
		t.Error(err)
	}
}
