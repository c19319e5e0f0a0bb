package nps_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func TestAttitudeText(t *testing.T) {
	for attitude, name := range map[nps.Attitude]string{nps.Detractor: "detractor", nps.Passive: "passive", nps.Promoter: "promoter"} {
		text, err := attitude.MarshalText()
		if err != nil || string(text) != name {
			t.Errorf("%v is written as %q, %v", attitude, text, err)
		}
		back := nps.Attitude(9)
		if err := back.UnmarshalText([]byte(name)); err != nil || back != attitude {
			t.Errorf("%q is read as %v, %v", name, back, err)
		}
	}
	for _, none := range []nps.Attitude{nps.Detractor - 1, nps.Promoter + 1} {
		if text, err := none.MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
			t.Errorf("%v is written as %q, %v", none, text, err)
		}
	}
}

// Of the customer effort score 1 to 3 disagree, 4 is neither, and 5 to 7 agree.
func TestCESAttitudes(t *testing.T) {
	if got := counted(nps.CESScale(), 1, 2, 4, 8, 16, 32, 64).Attitudes(); got != (nps.Attitudes{Detractors: 7, Passives: 8, Promoters: 112}) {
		t.Errorf("%+v", got)
	}
}

// Targets, differences and powers are refused at the ends of their ranges.
func TestEndsOfRanges(t *testing.T) {
	for _, target := range []float64{-100, 100} {
		_, err := nps.CompareTarget(target, answered(1, 2, 3), nps.CompareConfig{})
		verify.ConfigError(t, err, "nps.CompareTarget", "target")
	}
	for _, c := range []struct {
		d     nps.Detectable
		field string // "" = fine
	}{
		{nps.Detectable{Difference: 0}, "Difference"},
		{nps.Detectable{Difference: 200}, ""},
		{nps.Detectable{Difference: 10, Power: 1}, "Power"},
		{nps.Detectable{Difference: 10, Level: 0.5, Power: 0.25}, "Power"},
		{nps.Detectable{Difference: 10, Level: 0.5, Power: 0.26}, ""},
	} {
		_, err := c.d.Required()
		if c.field == "" {
			if err != nil {
				t.Errorf("%+v: %v", c.d, err)
			}
			continue
		}
		verify.ConfigError(t, err, "nps.Detectable.Required", c.field)
	}
	for _, population := range []float64{1e-100, 1e100} {
		if _, err := nps.PostStratify([]nps.Stratum{{Name: "a", Tally: answered(1, 2, 3), Population: population}}, 0); err != nil {
			t.Errorf("a population of %v: %v", population, err)
		}
	}
	dimensions := []nps.Dimension{dimension("region", "north", 50., "south", 50.), dimension("age", "young", 7., "old", 7.)}
	if _, err := nps.Rake(clientele.All(twoByTwo()), dimensions, nps.RakeConfig{MaxWeight: 1e15}); err != nil {
		t.Error(err)
	}
}

// The size of a sample by Student's t solves n = t²·variance/margin² - 3, with t of n+2 degrees
// of freedom.
func TestSmallSampleSizes(t *testing.T) {
	for _, margin := range []float64{60, 40, 20} {
		got := verify.Must(nps.SampleSize{MarginOfError: margin}.Required())
		quantile := special.StudentQuantile(0.975, got.Exact+2)
		verify.Near(t, "size", got.Exact, quantile*quantile*10_000/(margin*margin)-3, 1e-9)
	}
}

// One pair is half a step from the mean of U, which the correction for continuity takes away.
func TestRankSumOfOnePair(t *testing.T) {
	var before, after nps.Tally
	if err := errors.Join(before.Add(8), after.Add(9)); err != nil {
		t.Fatal(err)
	}
	if got := verify.Must(nps.RankSum(before, after)); got.U != 1 || got.Z != 0 || got.P != 1 {
		t.Errorf("%+v", got)
	}
}

// A group on another scale than the first is the one that is named.
func TestChiSquareNamesTheOther(t *testing.T) {
	ten := verify.Must(nps.NewTally(nps.OneToTen()))
	if err := ten.Add(5); err != nil {
		t.Fatal(err)
	}
	_, err := nps.ChiSquare(answered(1, 2, 3), ten, answered(1, 2, 3))
	verify.InputError(t, err, "nps.ChiSquare", -1, "groups[1].Scale", clientele.ErrMismatch)
}

// The lowest and the highest answer of a scale have their weights.
func TestWeightsAtTheEnds(t *testing.T) {
	w := weighed(weighedAnswer{answer: 0, weight: 2}, weighedAnswer{answer: 10, weight: 3})
	for answer, want := range map[int]float64{-1: 0, 0: 2, 5: 0, 10: 3, 11: 0} {
		if got := w.Count(answer); got != want {
			t.Errorf("answer %d has the weight %v, want %v", answer, got, want)
		}
	}
}
