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

// Against mpmath with 40 digits, where the shares that are most likely under the target
// are found by bisection of the derivative of the likelihood.
func TestCompareTarget(t *testing.T) {
	for _, c := range []struct {
		answers nps.Tally
		target  float64
		test    nps.Test
		z, p    float64
	}{
		{answered(91, 49, 110), 20, nps.WaldTest, -2.1944682348238045, 0.028201765142044492},
		{answered(91, 49, 110), 20, nps.AdjustedTest, -2.2284868282609925, 0.025848068723149513},
		{answered(91, 49, 110), 20, nps.PooledTest, -2.2341582677794692, 0.025472661235037581},
		{answered(3, 10, 27), 40, nps.WaldTest, 2.0254787341673332, 0.042818229951210636},
		{answered(3, 10, 27), 40, nps.AdjustedTest, 1.5981363584397258, 0.11001263352046031},
		{answered(3, 10, 27), 40, nps.PooledTest, 1.7099780579264095, 0.087269930614403073},
		{answered(3, 10, 27), -12.5, nps.WaldTest, 7.342360411356583, 2.0985935226743802e-13},
		{answered(3, 10, 27), -12.5, nps.AdjustedTest, 6.9037140484069038, 5.0660227062937354e-12},
		{answered(3, 10, 27), -12.5, nps.PooledTest, 5.2563177220247621, 1.4696829982479083e-7},
		{answered(0, 0, 8), 50, nps.WaldTest, 0, 1},
		{answered(0, 0, 8), 50, nps.AdjustedTest, 1.3028932666176193, 0.19261120304413644},
		{answered(0, 0, 8), 50, nps.PooledTest, 1.6329931618554521, 0.10247043485974943},
		{answered(43, 0, 0), 99, nps.AdjustedTest, -42.676209491538217, 0},
		{answered(43, 0, 0), 99, nps.PooledTest, -92.504053965218195, 0},
		{answered(0, 43, 1), -10, nps.WaldTest, 5.46242981967583, 4.6966122974678426e-8},
		{answered(0, 43, 1), -10, nps.AdjustedTest, 3.6204355605463646, 0.00029410749495701278},
		{answered(0, 43, 1), -10, nps.PooledTest, 2.4494897427831781, 0.01430587843542964},
	} {
		got := verify.Must(nps.CompareTarget(c.target, c.answers, nps.CompareConfig{Test: c.test}))
		relative(t, c.test.String()+": z", got.Z, c.z, closedForm)
		relative(t, c.test.String()+": p", got.P, c.p, tested)
		method := nps.Wald
		if c.test == nps.AdjustedTest {
			method = nps.AdjustedWald
		}
		want := verify.Must(c.answers.Interval(method, 0))
		sameAs(t, "difference", got.Difference.Value, want.Value-c.target, 1e-12)
		sameAs(t, "standard error", got.Difference.StdErr, want.StdErr, 1e-12)
		sameAs(t, "lower limit", got.Difference.Lo, want.Lo-c.target, 1e-12)
		sameAs(t, "upper limit", got.Difference.Hi, want.Hi-c.target, 1e-12)
	}
}

// With a target of 0 the pooled test is that of McNemar: promoters less detractors, over
// the root of their sum. Where all are passive there is no uncertainty to estimate.
func TestCompareTargetByHand(t *testing.T) {
	pooled := nps.CompareConfig{Test: nps.PooledTest}
	got := verify.Must(nps.CompareTarget(0, answered(9, 66, 25), pooled))
	sameAs(t, "z", got.Z, 16/math.Sqrt(34), 1e-14)
	if got := verify.Must(nps.CompareTarget(0, answered(0, 7, 0), pooled)); got != (nps.Comparison{P: 1}) {
		t.Errorf("%+v", got)
	}
	if got := verify.Must(nps.CompareTarget(30, answered(0, 0, 7), nps.CompareConfig{Test: nps.WaldTest})); got != (nps.Comparison{
		Difference: clientele.Estimate{Value: 70, Lo: 70, Hi: 70}, P: 1,
	}) {
		t.Errorf("%+v", got)
	}
}

// Invariant: promoters and detractors can change places, and Wald's interval leaves out 0
// where P is below its error.
func TestCompareTargetLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		target := rapid.Float64Range(-99, 99).Draw(t, "target")
		cfg := nps.CompareConfig{Test: rapid.SampledFrom([]nps.Test{nps.AdjustedWelchTest, nps.AdjustedTest, nps.WaldTest, nps.PooledTest}).Draw(t, "test"), Level: 0.9}
		got := verify.Must(nps.CompareTarget(target, answered(c[0], c[1], c[2]), cfg))
		mirrored := verify.Must(nps.CompareTarget(-target, answered(c[2], c[1], c[0]), cfg))
		sameAs(t, "mirrored difference", mirrored.Difference.Value, -got.Difference.Value, 1e-11)
		sameAs(t, "mirrored z", mirrored.Z, -got.Z, 1e-9*(1+math.Abs(got.Z)))
		if !(got.P >= 0 && got.P <= 1) || math.IsInf(got.Z, 0) || !got.Difference.Contains(got.Difference.Value) {
			t.Fatalf("%+v", got)
		}
		if d := got.Difference; cfg.Test == nps.WaldTest && d.Level > 0 && math.Abs(got.P-0.1) > 1e-9 && (got.P < 0.1) == d.Contains(0) {
			t.Fatalf("%+v", got)
		}
	})
}

// Of all samples of 60 answers with shares 0.3, 0.3 and 0.4, whose score is 10, a target
// of 10 is held to be missed in about one of twenty.
func TestCompareTargetErrs(t *testing.T) {
	const n = 60
	for test, most := range map[nps.Test]float64{nps.AdjustedWelchTest: 0.055, nps.AdjustedTest: 0.055, nps.PooledTest: 0.055, nps.WaldTest: 0.06} {
		var missed, all float64
		for d := range n + 1 {
			for p := range n + 1 - d {
				passives := n - d - p
				probability := math.Exp(logFactorial(n) - logFactorial(d) - logFactorial(passives) - logFactorial(p) +
					float64(d+passives)*math.Log(0.3) + float64(p)*math.Log(0.4))
				all += probability
				if c := verify.Must(nps.CompareTarget(10, answered(uint64(d), uint64(passives), uint64(p)), nps.CompareConfig{Test: test})); c.P < 0.05 {
					missed += probability
				}
			}
		}
		sameAs(t, "probability", all, 1, 1e-9)
		if missed < 0.045 || missed > most {
			t.Errorf("%v: %v", test, missed)
		}
	}
}

func logFactorial(n int) float64 {
	l, _ := math.Lgamma(float64(n + 1))
	return l
}

func TestCompareTargetRefuses(t *testing.T) {
	some := answered(1, 2, 3)
	for name, c := range map[string]struct {
		err  error
		kind error
	}{
		"target":     {second(nps.CompareTarget(100, some, nps.CompareConfig{})), clientele.ErrRange},
		"no number":  {second(nps.CompareTarget(math.NaN(), some, nps.CompareConfig{})), clientele.ErrRange},
		"test":       {second(nps.CompareTarget(0, some, nps.CompareConfig{Test: 9})), clientele.ErrUnknown},
		"no answers": {second(nps.CompareTarget(0, nps.Tally{}, nps.CompareConfig{})), clientele.ErrEmpty},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}
