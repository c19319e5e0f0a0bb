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
	"pgregory.net/rapid"
)

const normal975 = 1.959963984540054

// Intervals that were worked out by hand.
func TestIntervals(t *testing.T) {
	chi2 := math.Sqrt(-2 * math.Log(0.05)) // root of the 95 % quantile of chi-square with 2 degrees of freedom
	for name, c := range map[string]struct {
		tally  nps.Tally
		method nps.Method
		want   clientele.Estimate
	}{
		// 13 customers of whom 10.75 are promoters and 0.75 detractors: 10/13, and
		// 11.5/13 - (10/13)² = 49.5/169 over 13.
		"all promoters":       {answered(0, 0, 10), nps.AdjustedWald, clientele.Estimate{Value: 100, StdErr: 100 * math.Sqrt(49.5/2197), Lo: 100 * (10./13 - normal975*math.Sqrt(49.5/2197)), Hi: 100}},
		"all promoters, Wald": {answered(0, 0, 10), nps.Wald, clientele.Estimate{Value: 100, Lo: 100, Hi: 100}},
		// (100-s)² = z²(100² - s²)/10 has the roots 100 and 100(10-z²)/(10+z²).
		"all promoters, score": {answered(0, 0, 10), nps.ScoreInterval, clientele.Estimate{Value: 100, Lo: 100 * (10 - normal975*normal975) / (10 + normal975*normal975), Hi: 100}},
		"all passives, score":  {answered(0, 10, 0), nps.ScoreInterval, clientele.Estimate{}},
		// One answer: 1/4 ± z sqrt((2.5/4-1/16)/4) ends at 98.5 and is extended.
		"one promoter":             {answered(0, 0, 1), nps.AdjustedWald, clientele.Estimate{Value: 100, StdErr: 37.5, Lo: 25 - normal975*37.5, Hi: 100}},
		"one promoter, adjusted t": {answered(0, 0, 1), nps.AdjustedT, clientele.Estimate{Value: 100, StdErr: 37.5, Lo: 25 - 3.1824463052837086*37.5, Hi: 100}},
		"two answers, adjusted t":  {answered(1, 0, 1), nps.AdjustedT, clientele.Estimate{StdErr: 100 * math.Sqrt(0.14), Lo: -100, Hi: 100}},
		// 7 customers of whom 3.75 are promoters and 1.75 detractors, with 6 degrees of freedom.
		"four answers, adjusted t": {answered(1, 0, 3), nps.AdjustedT, clientele.Estimate{Value: 50, StdErr: 100 * math.Sqrt((5.5/7-4./49)/7), Lo: 100 * (2./7 - 2.4469118511449692*math.Sqrt((5.5/7-4./49)/7)), Hi: 100}},
		"one promoter, t":          {answered(0, 0, 1), nps.TrinomialT, clientele.Estimate{Value: 100, Lo: 100, Hi: 100}},
		// Student's t with one degree of freedom is Cauchy's: tan(0.475 π) = 12.7.
		"two answers, t":  {answered(1, 0, 1), nps.TrinomialT, clientele.Estimate{StdErr: 100, Lo: -100, Hi: 100}},
		"5/5/10, Goodman": {answered(5, 5, 10), nps.Goodman, clientele.Estimate{Value: 25, StdErr: math.Sqrt(6875. / 20), Lo: 25 - chi2*math.Sqrt(6875./20), Hi: 25 + chi2*math.Sqrt(6875./20)}},
	} {
		e := verify.Must(c.tally.Interval(c.method, 0))
		sameAs(t, name+": value", e.Value, c.want.Value, 1e-14)
		sameAs(t, name+": standard error", e.StdErr, c.want.StdErr, 1e-14)
		sameAs(t, name+": lower limit", e.Lo, c.want.Lo, 1e-13)
		sameAs(t, name+": upper limit", e.Hi, c.want.Hi, 1e-13)
	}
	if e := verify.Must(answered(0, 0, 1).Interval(nps.TrinomialT, 0)); e.Level != 0 {
		t.Error("one answer has a standard deviation:", e)
	}
}

// The limits of ScoreInterval solve the equation that it is named for.
func TestScoreLimitsSolveTheirEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		tally := answered(c[0], c[1], c[2])
		e := verify.Must(tally.Interval(nps.ScoreInterval, 0.95))
		n := float64(tally.N())
		for _, s := range []float64{e.Lo / 100, e.Hi / 100} {
			left := math.Pow(e.Value/100-s, 2)
			right := normal975 * normal975 * (float64(c[0]+c[2])/n - s*s) / n
			if math.Abs(left-right) > 1e-12 {
				t.Fatal(c, s, left, right)
			}
		}
	})
}

// Invariant: an interval contains the observed score, lies within -100 and 100, narrows
// with answers in the same shares and widens with the level.
func TestIntervalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		k := rapid.Uint64Range(2, 9).Draw(t, "times")
		level := rapid.Float64Range(0.5, 0.99).Draw(t, "level")
		tally, more := answered(c[0], c[1], c[2]), answered(k*c[0], k*c[1], k*c[2])
		score := verify.Must(tally.Score())
		for _, method := range everyMethod() {
			e := verify.Must(tally.Interval(method, level))
			if e.Value != score || !e.Contains(score) || e.Lo < -100 || e.Hi > 100 || e.StdErr < 0 {
				t.Fatal(method, e, score)
			}
			wider := verify.Must(tally.Interval(method, level+0.005))
			if wider.Lo > e.Lo || wider.Hi < e.Hi {
				t.Fatal(method, e, wider)
			}
			if method == nps.TrinomialT && tally.N() == 1 {
				continue // no interval yet
			}
			if narrower := verify.Must(more.Interval(method, level)); narrower.Hi-narrower.Lo > (e.Hi-e.Lo)*(1+1e-12) {
				t.Fatal(method, e, narrower)
			}
		}
	})
}

// Invariant: intervals of all methods but Goodman's come to agree with answers.
func TestIntervalsAgreeOnManyAnswers(t *testing.T) {
	tally := answered(1e9, 2e9, 3e9)
	want := verify.Must(tally.Interval(nps.Wald, 0.95))
	for _, method := range []nps.Method{nps.AdjustedT, nps.AdjustedWald, nps.TrinomialT, nps.ScoreInterval} {
		e := verify.Must(tally.Interval(method, 0.95))
		sameAs(t, method.String()+": lower limit", e.Lo, want.Lo, 1e-8)
		sameAs(t, method.String()+": upper limit", e.Hi, want.Hi, 1e-8)
	}
	shares := verify.Must(tally.Shares(0.95))
	sameAs(t, "share", shares.Passives.Value, 1./3, 1e-15)
}

// Invariant: texts of methods and tests read back, and nothing else does.
func TestNames(t *testing.T) {
	type name interface{ String() string }
	for _, v := range []name{
		nps.AdjustedT, nps.AdjustedWald, nps.Wald, nps.TrinomialT, nps.ScoreInterval, nps.Goodman,
		nps.AdjustedWelchTest, nps.AdjustedTest, nps.WaldTest, nps.PooledTest,
	} {
		text := verify.Must(json.Marshal(v))
		if string(text) != `"`+v.String()+`"` {
			t.Errorf("%s is written as %s", v, text)
		}
		switch v := v.(type) {
		case nps.Method:
			readsBack(t, text, v)
		case nps.Test:
			readsBack(t, text, v)
		}
	}
	for _, v := range []name{nps.Method(9), nps.Test(9)} {
		if _, err := json.Marshal(v); !errors.Is(err, clientele.ErrUnknown) {
			t.Error(v, err)
		}
	}
	m, k := nps.Goodman, nps.PooledTest
	for _, err := range []error{m.UnmarshalText([]byte("wald")), k.UnmarshalText(nil)} {
		if !errors.Is(err, clientele.ErrUnknown) {
			t.Error(err)
		}
	}
	if m != nps.Goodman || k != nps.PooledTest || nps.Method(9).String() != "Method(9)" {
		t.Error(m, k)
	}
}

func readsBack[T comparable](t *testing.T, text []byte, v T) {
	t.Helper()
	var read T
	if err := json.Unmarshal(text, &read); err != nil || read != v {
		t.Error(v, read, err)
	}
}

// Bad levels, methods, priors and empty tallies are errors of their kinds, everywhere.
func TestBadIntervals(t *testing.T) {
	var none nps.Tally
	some := answered(5, 5, 10)
	src := rand.NewPCG(1, 2)
	for _, level := range []float64{-0.5, 1, 95, math.NaN(), math.Inf(1)} {
		for name, err := range map[string]error{
			"Interval":   second(some.Interval(nps.Wald, level)),
			"Shares":     second(some.Shares(level)),
			"Goodman":    second(some.GoodmanShares(level)),
			"Bootstrap":  second(some.Bootstrap(level, 1000, src)),
			"Compare":    second(nps.Compare(some, some, nps.CompareConfig{Level: level})),
			"CompareAll": second(nps.CompareAll(map[string]nps.Tally{"a": some, "b": some}, nps.CompareAllConfig{CompareConfig: nps.CompareConfig{Level: level}})),
			"Equivalent": second(nps.Equivalent(some, some, 5, level)),
			"Posterior":  second(verify.Must(some.Posterior(nps.UniformPrior())).Interval(level)),
		} {
			if !errors.Is(err, clientele.ErrRange) {
				t.Errorf("%s, level %v: %v", name, level, err)
			}
		}
	}
	for name, err := range map[string]error{
		"Interval":    second(none.Interval(nps.Wald, 0)),
		"Shares":      second(none.Shares(0)),
		"Goodman":     second(none.GoodmanShares(0)),
		"Bootstrap":   second(none.Bootstrap(0, 1000, src)),
		"Posterior":   second(none.Posterior(nps.UniformPrior())),
		"Above":       second(nps.Posterior{}.Above(1)),
		"Quantile":    second(nps.Posterior{}.Quantile(0.5)),
		"of nothing":  second(nps.Posterior{}.Interval(0)),
		"Compare":     second(nps.Compare(some, none, nps.CompareConfig{})),
		"CompareAll":  second(nps.CompareAll(map[string]nps.Tally{"a": some, "b": none}, nps.CompareAllConfig{})),
		"ChiSquare":   second(nps.ChiSquare(some, none)),
		"RankSum":     second(nps.RankSum(none, some)),
		"Permutation": second(nps.Permutation(none, none, 10, src)),
		"Equivalent":  second(nps.Equivalent(none, some, 5, 0)),
	} {
		if !errors.Is(err, clientele.ErrEmpty) {
			t.Errorf("%s of nothing: %v", name, err)
		}
	}
	if _, err := some.Interval(nps.Method(6), 0); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
}

// No level that intervals accept makes limits that are no numbers.
func TestLevelsNextToOne(t *testing.T) {
	tally := answered(1, 3, 5)
	for _, bits := range []float64{48, 50, 51, 52} {
		level := 1 - math.Pow(2, -bits)
		s, err := tally.Shares(level)
		if err != nil {
			if !errors.Is(err, clientele.ErrRange) {
				t.Error(err)
			}
			continue
		}
		for _, e := range []clientele.Estimate{s.Detractors, s.Passives, s.Promoters} {
			if !(0 <= e.Lo && e.Lo < e.Value && e.Value < e.Hi && e.Hi <= 1) {
				t.Error(bits, e)
			}
		}
	}
}
