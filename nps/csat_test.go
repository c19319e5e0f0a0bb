package nps_test

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// counted is a tally of counts from the lowest answer of a scale.
func counted(s nps.Scale, counts ...uint64) nps.Tally {
	t := verify.Must(nps.NewTally(s))
	for i, n := range counts {
		if err := t.AddN(s.Min+i, n); err != nil {
			panic(err)
		}
	}
	return t
}

// The limits of Wilson's interval are the shares from which the observed one is just z
// standard errors away.
func TestTopBox(t *testing.T) {
	const z = 1.959963984540054
	for name, c := range map[string]struct {
		tally nps.Tally
		share float64
	}{
		"CSAT":       {counted(nps.CSATScale(), 2, 3, 10, 20, 15), 35. / 50},
		"CES":        {counted(nps.CESScale(), 1, 2, 3, 4, 5, 6, 4), 15. / 25},
		"promoters":  {answered(5, 5, 10), 0.5},
		"own cut at": {counted(nps.Scale{Min: 1, Max: 5, Detractor: 0, Promoter: 5}, 2, 3, 10, 20, 15), 15. / 50},
	} {
		e := verify.Must(c.tally.TopBox(0))
		relative(t, name, e.Value, c.share, 1e-15)
		for _, end := range []float64{e.Lo, e.Hi} {
			relative(t, name+" limit", math.Abs(c.share-end)/math.Sqrt(end*(1-end)/float64(c.tally.N())), z, 1e-12)
		}
	}
	if e := verify.Must(counted(nps.CSATScale(), 0, 0, 0, 4, 6).TopBox(0.9)); e.Value != 1 || e.Hi != 1 || !(e.Lo < 1) || e.Level != 0.9 {
		t.Error(e)
	}
}

func TestSatisfactionRefuses(t *testing.T) {
	for name, of := range map[string]func(nps.Tally, float64) (clientele.Estimate, error){
		"TopBox": nps.Tally.TopBox, "MeanInterval": nps.Tally.MeanInterval,
	} {
		in, ok := errors.AsType[*clientele.InputError](func() error { _, err := of(counted(nps.CSATScale()), 0); return err }())
		if !ok || !errors.Is(in, clientele.ErrEmpty) || in.Op != "nps.Tally."+name {
			t.Error(name, in)
		}
		for _, level := range []float64{-1, 1, math.NaN()} {
			if _, err := of(counted(nps.CSATScale(), 1, 2), level); !errors.Is(err, clientele.ErrRange) {
				t.Error(name, level, err)
			}
		}
	}
}

// Invariant: on a scale that is turned around, the mean is mirrored with its limits, and
// the share at the top is that at the bottom before.
func TestSatisfactionMirrored(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		counts := rapid.SliceOfN(rapid.Uint64Range(0, 20), 5, 5).Draw(rt, "counts")
		counts[rapid.IntRange(0, 4).Draw(rt, "one")]++
		mirrored := make([]uint64, 5)
		for i, n := range counts {
			mirrored[4-i] = n
		}
		a, b := counted(nps.CSATScale(), counts...), counted(nps.CSATScale(), mirrored...)
		x, y := verify.Must(a.MeanInterval(0.9)), verify.Must(b.MeanInterval(0.9))
		if math.Abs(x.Value+y.Value-6) > 1e-12 || math.Abs(x.Lo+y.Hi-6) > 1e-9 || !x.Contains(x.Value) {
			rt.Fatal(x, y)
		}
		top := verify.Must(b.TopBox(0.9))
		if want := float64(a.Attitudes().Detractors) / float64(a.N()); math.Abs(top.Value-want) > 1e-12 || !top.Contains(top.Value) {
			rt.Fatal(top, want)
		}
	})
}
