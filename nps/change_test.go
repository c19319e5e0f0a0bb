package nps_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func changesOf(t testing.TB, s *nps.Series, cfg nps.ChangeConfig, seed uint64) *nps.Changes {
	t.Helper()
	c, err := s.Changes(cfg, rand.NewPCG(seed, 0))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two detractors and then two promoters: G² is 2·4·ln 2, and of the six ways to deal
// them out two differ as much.
func TestChangeByHand(t *testing.T) {
	s := seriesOf(t, [3]uint64{2, 0, 0}, [3]uint64{}, [3]uint64{0, 0, 2}, [3]uint64{0, 0, 5})
	c := changesOf(t, s, nps.ChangeConfig{AsOf: noonOf(2024, 4, 1), Replicates: 20000}, 1)
	l := c.Likeliest
	relative(t, "G²", l.G2, 8*math.Ln2, 1e-12)
	if math.Abs(l.P-1./3) > 4*math.Sqrt(2./9/20000) {
		t.Error("p", l.P)
	}
	if l.Label != "2024-03" || l.From != "2024-01" || l.To != "2024-03" || !l.Start.Equal(endOf(2).Add(1)) {
		t.Error(l)
	}
	if l.Before != answered(2, 0, 0) || l.After != answered(0, 0, 2) || len(c.Found) != 0 {
		t.Error(l, c.Found)
	}
	// With 3 customers more on both sides: shares 2¾ and ¾ of 5, and 8 degrees of freedom.
	relative(t, "difference", l.Difference.Value, 200, 1e-15)
	variance := (0.55 + 0.15 - 0.4*0.4) / 5
	relative(t, "standard error", l.Difference.StdErr, 100*math.Sqrt(2*variance), 1e-12)
	relative(t, "lower limit", l.Difference.Lo, 80-2.3060041352041667*100*math.Sqrt(2*variance), 1e-12)
	if l.Difference.Hi != 200 {
		t.Error("the limit is not cut:", l.Difference)
	}
}

// Of three periods there are two cuts, each of which has half the error: the quantile of
// Student's t of 8 degrees of freedom for 0.9875.
func TestChangeOfManyCuts(t *testing.T) {
	s := seriesOf(t, [3]uint64{2, 0, 0}, [3]uint64{0, 0, 1}, [3]uint64{0, 0, 1})
	d := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(3)}, 1).Likeliest.Difference
	relative(t, "lower limit", d.Lo, 80-2.751523596063054*d.StdErr, 1e-12)
	if d.Value != 200 || d.Level != 0.95 {
		t.Error(d)
	}
}

// Where nothing changes, the interval at the likeliest change leaves out 0 no more often than
// it says. For a period that is known beforehand it would do so in 16 % of these series.
func TestDifferenceAtTheLikeliestChange(t *testing.T) {
	const runs = 1000
	rng := rand.New(rand.NewPCG(21, 22))
	for _, answers := range []int{3, 10} {
		claims := 0
		for seed := range uint64(runs) {
			s := simulated(t, rng, answers, repeated(6, [2]float64{0.3, 0.4})...)
			d := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(6), Replicates: 19}, seed).Likeliest.Difference
			claims += verify.OneIf(!d.Contains(0))
		}
		t.Logf("%d answers a period: %d of %d", answers, claims, runs)
		if claims > runs*6/100 {
			t.Errorf("%d answers a period: %d of %d intervals leave out 0", answers, claims, runs)
		}
	}
}

// Between two periods there is one cut, whose G² of many answers is distributed as
// chi-square with two degrees of freedom.
func TestChangeOfTwoPeriods(t *testing.T) {
	const replicates = 20000
	s := seriesOf(t, [3]uint64{200, 300, 500}, [3]uint64{240, 290, 470})
	l := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(2), Replicates: replicates}, 1).Likeliest
	want := math.Exp(-l.G2 / 2)
	t.Logf("p %v by dealing, %v by chi-square", l.P, want)
	if math.Abs(l.P-want) > 4*math.Sqrt(want*(1-want)/replicates)+0.002 {
		t.Errorf("p is %v, want %v", l.P, want)
	}
}

// simulated are months of answers; shares are of detractors and passives.
func simulated(t testing.TB, rng *rand.Rand, answers int, shares ...[2]float64) *nps.Series {
	months := make([][3]uint64, len(shares))
	for i, share := range shares {
		for range answers {
			switch u := rng.Float64(); {
			case u < share[0]:
				months[i][0]++
			case u < share[0]+share[1]:
				months[i][1]++
			default:
				months[i][2]++
			}
		}
	}
	return seriesOf(t, months...)
}

// repeated are so many months of each.
func repeated(n int, shares ...[2]float64) (all [][2]float64) {
	for _, share := range shares {
		for range n {
			all = append(all, share)
		}
	}
	return all
}

// Changes that were planted are found at their month, and nothing else.
func TestPlantedChanges(t *testing.T) {
	for name, c := range map[string]struct {
		shares [][2]float64
		want   []string
		signs  []float64
	}{
		"down":                {repeated(9, [2]float64{0.2, 0.3}, [2]float64{0.4, 0.3}), []string{"2024-10"}, []float64{-1}},
		"down and up":         {repeated(8, [2]float64{0.2, 0.3}, [2]float64{0.5, 0.3}, [2]float64{0.1, 0.3}), []string{"2024-09", "2025-05"}, []float64{-1, 1}},
		"apart, at one score": {repeated(9, [2]float64{0.1, 0.8}, [2]float64{0.4, 0.2}), []string{"2024-10"}, nil},
	} {
		s := simulated(t, rand.New(rand.NewPCG(7, 7)), 150, c.shares...)
		cfg := nps.ChangeConfig{AsOf: endOf(len(c.shares)), Level: 0.99}
		all := changesOf(t, s, cfg, 1)
		trend := verify.Must(s.Trend(nps.TrendConfig{AsOf: cfg.AsOf}))
		trend.Mark(all)
		if len(all.Found) != len(c.want) {
			t.Errorf("%s: %+v", name, all.Found)
			continue
		}
		for i, change := range all.Found {
			if change.Label != c.want[i] || change.P > 0.01 || change.Before.N()+change.After.N() == 0 {
				t.Errorf("%s: %+v", name, change)
			}
			if c.signs != nil && change.Difference.Value*c.signs[i] <= 0 || c.signs == nil && !change.Difference.Contains(0) {
				t.Errorf("%s: %+v", name, change.Difference)
			}
		}
		marked := 0
		for _, p := range trend.Points {
			if p.Changed {
				marked++
			}
		}
		if marked != len(c.want) {
			t.Errorf("%s: %d points are marked", name, marked)
		}
	}
}

// Where nothing changes, something is found no more often than stated.
func TestFalseAlarms(t *testing.T) {
	const runs, rate = 400, 0.1
	rng := rand.New(rand.NewPCG(11, 12))
	alarms := 0
	for seed := range uint64(runs) {
		s := simulated(t, rng, 5+rng.IntN(20), repeated(12, [2]float64{0.3, 0.3})...)
		if c := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(12), Replicates: 99, Level: 1 - rate}, seed); len(c.Found) > 0 {
			alarms++
		}
	}
	t.Logf("%d alarms of %d, stated %v", alarms, runs, rate)
	if math.Abs(float64(alarms)/runs-rate) > 3*math.Sqrt(rate*(1-rate)/runs) {
		t.Errorf("%d alarms of %d", alarms, runs)
	}
}

// The same source gives the same changes; answers of one kind never change.
func TestChangesOfOneKind(t *testing.T) {
	s := seriesOf(t, [3]uint64{0, 0, 5}, [3]uint64{0, 0, 9}, [3]uint64{0, 0, 1})
	a := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(3)}, 1)
	if a.Likeliest.P != 1 || a.Likeliest.G2 != 0 || len(a.Found) != 0 || a.Config.Replicates != 999 || a.Config.Level != 0.95 {
		t.Error(a)
	}
	s = lopsided(t)
	one, two := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(5)}, 3), changesOf(t, s, nps.ChangeConfig{AsOf: endOf(5)}, 3)
	if string(verify.Must(json.Marshal(one))) != string(verify.Must(json.Marshal(two))) {
		t.Error(one, two)
	}
}

func TestChangesRefuse(t *testing.T) {
	s := lopsided(t)
	_, err := s.Changes(nps.ChangeConfig{Replicates: -1, Level: 2}, nil)
	for _, kind := range []error{clientele.ErrConfig, clientele.ErrZeroTime, clientele.ErrRange, clientele.ErrMissing} {
		if !errors.Is(err, kind) {
			t.Errorf("%v is not %v", err, kind)
		}
	}
	for _, replicates := range []int{18, 2e7} { // 19 are needed at 0.95
		if _, err := s.Changes(nps.ChangeConfig{AsOf: endOf(5), Replicates: replicates}, rand.NewPCG(1, 1)); !errors.Is(err, clientele.ErrRange) {
			t.Error(replicates, err)
		}
	}
	if _, err := s.Changes(nps.ChangeConfig{AsOf: endOf(5), Replicates: 19}, rand.NewPCG(1, 1)); err != nil {
		t.Error(err)
	}
	one := seriesOf(t, [3]uint64{1, 1, 1}, [3]uint64{1, 1, 1})
	if _, err := one.Changes(nps.ChangeConfig{AsOf: noonOf(2024, 2, 1)}, rand.NewPCG(1, 1)); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
}

// With 9 replicates the least p-value is 0.1, which is 1-Level of 0.9, although that
// difference of floats is less.
func TestChangesAtTheirLevel(t *testing.T) {
	s := seriesOf(t, [3]uint64{50, 0, 0}, [3]uint64{0, 0, 50})
	c := changesOf(t, s, nps.ChangeConfig{AsOf: endOf(2), Replicates: 9, Level: 0.9}, 1)
	if len(c.Found) != 1 || c.Found[0].P != 0.1 {
		t.Errorf("%+v", c)
	}
}

// More answers than can be divided anew in time are refused.
func TestChangesOfTooMany(t *testing.T) {
	s := seriesOf(t, [3]uint64{1 << 30, 0, 0}, [3]uint64{0, 0, 1})
	if _, err := s.Changes(nps.ChangeConfig{AsOf: endOf(2)}, rand.NewPCG(1, 2)); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
}
