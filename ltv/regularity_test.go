package ltv

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"gonum.org/v1/gonum/mathext"
)

// Regularity of the whole log, by BTYDplus 1.2.0, which minimises to some 1e-6. By
// Wheat & Morrison it draws at random which of two gaps comes first, so that its
// variance is about the mean m of what was drawn, (n·v - n·(m-1/2)²)/(n-1), and its
// value, 1.82457694408752, that of one draw: m - 1/2 is then a quarter of its
// standard error. Ours, v itself, was also computed apart.
func TestReferenceRegularity(t *testing.T) {
	s := grocery(t, endOf(2007, 12, 30), time.Time{})
	for _, test := range []struct {
		method          RegularityMethod
		want, tolerance float64
	}{{Wheat, 1.82738077926177, 1e-12}, {GammaMLE, 3.26291177569527, 1e-6}, {GammaThom, 3.26427688401946, 1e-12}, {InverseCV, 3.20794022499786, 1e-12}} {
		got, err := Regularity(s.Gaps(), test.method)
		if err != nil {
			t.Fatal(err)
		}
		verify.Near(t, fmt.Sprint("method ", test.method), got, test.want, test.tolerance)
	}
	n := 0.0
	for g := range s.Gaps() {
		if len(g) >= 2 {
			n++
		}
	}
	variance := func(k float64) float64 { return 1 / (8*k + 4) }
	ours, theirs := variance(1.82738077926177), variance(1.82457694408752)
	if squared := n - (n-1)*theirs/ours; !(0 <= squared && squared <= square2(1.96)) {
		t.Errorf("BTYDplus drew a mean of %v standard errors squared", squared)
	}
}

// erlang are the gaps of customers who buy at every k-th tick.
func erlang(k, customers, gaps int, scale float64) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		rng := rand.New(rand.NewPCG(8, 9))
		for range customers {
			rate := rng.ExpFloat64() + 0.1
			g := make([]float64, gaps)
			for i := range g {
				for range k {
					g[i] += scale * rng.ExpFloat64() / rate
				}
			}
			if !yield(g) {
				return
			}
		}
	}
}

// Every method finds the k of Erlang gaps, whatever the unit of time.
func TestRegularityFindsK(t *testing.T) {
	for _, k := range []int{1, 2, 5} {
		for method := Wheat; method <= InverseCV; method++ {
			got, err := Regularity(erlang(k, 4000, 60, 1), method)
			if err != nil {
				t.Fatal(err)
			}
			verify.Near(t, fmt.Sprint("k ", k, " by ", method), got, float64(k), 0.08)
			days, err := Regularity(erlang(k, 4000, 60, 7), method)
			if err != nil {
				t.Fatal(err)
			}
			verify.Near(t, fmt.Sprint("k ", k, " in days by ", method), days, got, 1e-9)
		}
	}
}

// Shapes of all sizes solve their equations: gaps of e^d and e^-d have a geometric
// mean of 1 and a mean of cosh d.
func TestRegularityOfAllSizes(t *testing.T) {
	for _, d := range []float64{1e-4, 0.01, 0.3, 2, 20, 300} {
		gaps := slices.Values([][]float64{slices.Repeat([]float64{math.Exp(d), math.Exp(-d)}, 6)})
		lnCosh := d + math.Log1p(math.Exp(-2*d)) - math.Ln2
		k := valued(Regularity(gaps, GammaMLE))
		verify.Near(t, fmt.Sprint("d ", d, ": ln k - digamma(k)"), math.Log(k)-mathext.Digamma(k), lnCosh, 1e-6)
		verify.Near(t, fmt.Sprint("d ", d, ": 1/cv²"), valued(Regularity(gaps, InverseCV)), 11.0/12/square2(math.Tanh(d)), 1e-10)
		if d < 1 { // where Thom's is good
			verify.Near(t, fmt.Sprint("d ", d, ": Thom"), valued(Regularity(gaps, GammaThom)), k, 1e-4)
		}
	}
}

func TestRegularityRefuses(t *testing.T) {
	equal := slices.Repeat([]float64{7}, 12)
	for name, test := range map[string]struct {
		gaps   [][]float64
		method RegularityMethod
		want   error
	}{
		"nobody":         {nil, Wheat, clientele.ErrEmpty},
		"too few gaps":   {[][]float64{{1}, {2, 3}}, GammaMLE, clientele.ErrEmpty},
		"equal gaps":     {[][]float64{equal}, Wheat, clientele.ErrRange},
		"equal, by cv":   {[][]float64{equal}, InverseCV, clientele.ErrRange},
		"equal, by MLE":  {[][]float64{equal}, GammaMLE, clientele.ErrRange},
		"a negative gap": {[][]float64{{1, -1}}, Wheat, clientele.ErrRange},
		"not a number":   {[][]float64{{1, math.NaN()}}, Wheat, clientele.ErrRange},
		"another method": {[][]float64{{1, 2}}, 9, clientele.ErrUnknown},
	} {
		if _, err := Regularity(slices.Values(test.gaps), test.method); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
