package nps_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// The north has 1 detractor, 1 passive and 2 promoters of 3/4 of the customers: score
// 1/4, variance 11/16. The south has 4 detractors and 2 promoters of 1/4: score -1/3,
// variance 8/9. Together 3/16 - 1/12 = 5/48, and Σ share² variance/n is
// 9/16·11/64 + 1/16·8/54.
func TestPostStratifyByHand(t *testing.T) {
	got := verify.Must(nps.PostStratify([]nps.Stratum{
		{Name: "south", Tally: answered(4, 0, 2), Population: 100},
		{Name: "north", Tally: answered(1, 1, 2), Population: 300},
	}, 0.9))
	fixed := math.Sqrt(9./16*11/64 + 8./54/16)
	sameAs(t, "score", got.Score.Value, 500./48, 1e-14)
	sameAs(t, "fixed standard error", got.FixedStdErr, 100*fixed, 1e-14)
	sameAs(t, "standard error", got.Score.StdErr, 100*fixed*math.Sqrt(10./9), 1e-14)
	// The north gets 9/4 of three more customers: 1.5625 of 6.25 detractors and 2.5625
	// promoters; the south gets 3/4: 4.1875 of 6.75 detractors and 2.1875 promoters.
	north, south := 1/6.25, -2/6.75
	ofNorth, ofSouth := (4.125/6.25-north*north)/6.25, (6.375/6.75-south*south)/6.75
	adjusted, doubt := 0.75*north+0.25*south, math.Sqrt((9*ofNorth+ofSouth)/16*9/8)
	const student = 1.7822875556493193 // 95 % quantile with 12 degrees of freedom
	sameAs(t, "lower limit", got.Score.Lo, 100*(adjusted-student*doubt), 1e-12)
	sameAs(t, "upper limit", got.Score.Hi, 100*(adjusted+student*doubt), 1e-12)
	// Weights are 3/4·10/4 = 15/8 and 1/4·10/6 = 5/12, and their squares add up to
	// 4·225/64 + 6·25/144.
	sameAs(t, "effective n", got.EffectiveN, 100/(225./16+25./24), 1e-14)
	sameAs(t, "design effect", got.DesignEffect, (225./16+25./24)/10, 1e-14)
	if got.N != 10 || len(got.Strata) != 2 || got.Warnings != nil {
		t.Fatalf("%+v", got)
	}
	for i, want := range []nps.StratumScore{
		{Name: "north", N: 4, Share: 0.75, Weight: 1.875, Score: 25},
		{Name: "south", N: 6, Share: 0.25, Weight: 2.5 / 6, Score: -100. / 3},
	} {
		got := got.Strata[i]
		sameAs(t, "score of "+want.Name, got.Score, want.Score, 1e-14)
		sameAs(t, "weight of "+want.Name, got.Weight, want.Weight, 1e-15)
		if got.Name != want.Name || got.N != want.N || got.Share != want.Share {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// A stratum of one answer is named, for its uncertainty is unknown.
func TestPostStratifyThin(t *testing.T) {
	got := verify.Must(nps.PostStratify([]nps.Stratum{
		{Name: "b", Tally: answered(3, 0, 2), Population: 1},
		{Name: "c", Tally: answered(0, 0, 1), Population: 1},
		{Name: "a", Tally: answered(1, 0, 0), Population: 1},
	}, 0))
	if want := (nps.ThinWarning{Strata: []string{"a", "c"}}); len(got.Warnings) != 1 || !reflect.DeepEqual(got.Warnings[0], want) {
		t.Errorf("%+v", got)
	}
	var back nps.Stratified
	if err := json.Unmarshal(verify.Must(json.Marshal(got)), &back); err != nil || !reflect.DeepEqual(back, got) {
		t.Errorf("%v: %+v, want %+v", err, back, got)
	}
	// A single stratum is as an unweighted tally; of strata of one answer each, nothing shows
	// how others would answer.
	one := nps.Stratum{Name: "a", Tally: answered(1, 0, 0), Population: 1}
	got = verify.Must(nps.PostStratify([]nps.Stratum{one}, 0))
	want := verify.Must(one.Tally.Interval(nps.AdjustedT, 0))
	want.StdErr = 0
	if got.Score != want || got.FixedStdErr != 0 {
		t.Errorf("%+v", got)
	}
	got = verify.Must(nps.PostStratify([]nps.Stratum{one, {Name: "b", Tally: answered(1, 0, 0), Population: 1}}, 0))
	if got.Score != (clientele.Estimate{Value: -100, Lo: -100, Hi: -100}) {
		t.Errorf("%+v", got)
	}
}

// All faults come at once.
func TestPostStratifyBadInput(t *testing.T) {
	some := answered(1, 1, 1)
	_, err := nps.PostStratify([]nps.Stratum{
		{Name: "a", Tally: some, Population: 1},
		{Name: "a", Tally: some, Population: 0},
		{Tally: verify.Must(nps.NewTally(nps.OneToTen())), Population: math.NaN()},
	}, 0)
	config, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok || len(config.Faults) != 6 {
		t.Fatal(err)
	}
	for i, kind := range []error{clientele.ErrDuplicate, clientele.ErrRange, clientele.ErrMissing, clientele.ErrMismatch, clientele.ErrEmpty, clientele.ErrNotFinite} {
		if !errors.Is(config.Faults[i], kind) {
			t.Errorf("fault %d: %v, want %v", i, config.Faults[i], kind)
		}
	}
	if _, err := nps.PostStratify(nil, 0); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	if _, err := nps.PostStratify([]nps.Stratum{{Name: "a", Tally: some, Population: 1}}, 2); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
}
