package climb

import (
	"math"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele/internal/matrix"
	"pgregory.net/rapid"
)

// both returns bounds of ±v for n coordinates.
func both(n int, v float64) Options {
	return Options{Lower: constant(n, -v), Upper: constant(n, v)}
}

// logMean is the maximum-likelihood estimate of the logarithm of a mean.
func logMean(counts []int) float64 {
	var sum int
	for _, k := range counts {
		sum += k
	}
	return math.Log(float64(sum) / float64(len(counts)))
}

// gammaTop solves the likelihood equations of a gamma sample in one dimension:
// log shape - digamma(shape) = log mean - mean log, rate = shape/mean.
func gammaTop(t *testing.T, amounts []float64) []float64 {
	var sum, logs float64
	for _, v := range amounts {
		sum += v
		logs += math.Log(v)
	}
	n := float64(len(amounts))
	gap := math.Log(sum/n) - logs/n
	x, ok := Root(func(x float64) float64 { return x - digamma(math.Exp(x)) - gap }, -10, 10)
	if !ok {
		t.Fatal("the equation of the shape has no root")
	}
	return []float64{x, x - math.Log(sum/n)}
}

func TestMaximize(t *testing.T) {
	nan := math.NaN()
	counts, few := counted(1000, 0.8, 3, 1), counted(30, 0.8, 3, 1)
	poisson := counted(1000, math.Inf(1), 3, 2)
	amounts := gammaSample(1000, 3, 0.1, 1)
	k, z := spends(1000, 6, 4, 15, 1)
	two := twoGammas(amounts, gammaSample(500, 0.5, 0.2, 2))
	for _, test := range []struct {
		name    string
		f       Func
		start   []float64
		options Options
		want    []float64 // NaN where nothing else gives the value
		rough   int       // the most evaluations without the Hessian
		all     int       // with it
	}{
		{"rosenbrock 2", rosenbrock, []float64{-1.2, 1}, Options{}, []float64{1, 1}, 50, 60},
		{"rosenbrock 4", rosenbrock, []float64{-1.2, 1, -1.2, 1}, Options{}, constant(4, 1), 65, 85},
		{
			"condition 1e8 in 4", quadratic([]float64{1e4, 100, 1, 1e-4}, []float64{1, 2, -1, 0.5}),
			constant(4, 0),
			Options{},
			[]float64{1, 2, -1, 0.5},
			18, 28,
		},
		{
			"condition 1e8 in 12",
			quadratic([]float64{1e4, 3e3, 1e3, 100, 30, 10, 5, 2, 1, 0.1, 0.01, 1e-4}, constant(12, 0.3)),
			constant(12, 1),
			Options{},
			constant(12, 0.3),
			35, 62,
		},
		{"negative binomial", negativeBinomial(counts), []float64{0, 0}, Options{}, []float64{nan, logMean(counts)}, 13, 19},
		{"negative binomial, few", negativeBinomial(few), []float64{0, 0}, Options{}, []float64{nan, logMean(few)}, 13, 19},
		{"negative binomial, far start", negativeBinomial(counts), []float64{5, -4}, Options{}, []float64{nan, logMean(counts)}, 16, 22},
		{"ridge to a bound", negativeBinomial(poisson), []float64{0, 0}, both(2, 20), []float64{20, logMean(poisson)}, 31, 35},
		{"gamma", gamma(amounts), []float64{0, 0}, Options{}, gammaTop(t, amounts), 18, 24},
		{"gamma-gamma", gammaGamma(k, z), []float64{0, 0, 0}, Options{}, constant(3, nan), 28, 35},
		{"gamma-gamma, decent start", gammaGamma(k, z), []float64{1.5, 1.5, 2.5}, Options{}, constant(3, nan), 17, 25},
		{"two gammas", two, []float64{0, 0, 0, 0}, Options{}, constant(4, nan), 21, 32},
		{"two gammas, decent start", two, []float64{0.8, -2, -1, -1}, Options{}, constant(4, nan), 18, 27},
		{"exponential rise to a bound", exponentialRise, []float64{0}, both(1, 20), []float64{20}, 12, 12},
		{"linear rise to bounds", linear, []float64{0, 0}, both(2, 20), []float64{20, -20}, 10, 10},
		{"nothing free", rosenbrock, []float64{3, 3}, Options{Lower: []float64{2, 2}, Upper: []float64{2, 2}}, []float64{2, 2}, 1, 1},
		{"no parameter", rosenbrock, nil, Options{}, nil, 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Maximize(test.f, test.start, test.options)
			if !r.Converged || r.Hessian == nil || r.Evaluations > test.all {
				t.Errorf("converged %v with Hessian %v after %d evaluations, want at most %d",
					r.Converged, r.Hessian, r.Evaluations, test.all)
			}
			for i, want := range test.want {
				if math.Abs(r.X[i]-want) > 1e-9 { // false for NaN
					t.Errorf("coordinate %d is %.12g, want %.12g", i, r.X[i], want)
				}
			}
			checkResult(t, test.f, test.options, r)
			rough := test.options
			rough.NoHessian = true
			s := Maximize(test.f, test.start, rough)
			if !s.Converged || s.Hessian != nil || s.Evaluations > test.rough {
				t.Errorf("rough climb: converged %v with Hessian %v after %d evaluations, want at most %d",
					s.Converged, s.Hessian, s.Evaluations, test.rough)
			}
			if r.Value-s.Value > 1e-9*max(1, math.Abs(r.Value)) {
				t.Errorf("rough climb ends at %.15g, the other at %.15g", s.Value, r.Value)
			}
			t.Logf("evaluations: rough %d, all %d", s.Evaluations, r.Evaluations)
		})
	}
}

// checkResult checks what must hold of any converged result.
func checkResult(t interface{ Errorf(string, ...any) }, f Func, o Options, r Result) {
	grad := make([]float64, len(r.X))
	if value := f(r.X, grad); value != r.Value || !reflect.DeepEqual(append([]float64{}, grad...), append([]float64{}, r.Grad...)) {
		t.Errorf("value %v and gradient %v, at X they are %v and %v", r.Value, r.Grad, value, grad)
	}
	for i, side := range r.AtBound {
		switch {
		case side < 0 && (r.X[i] != o.Lower[i] || grad[i] > 0),
			side > 0 && (r.X[i] != o.Upper[i] || grad[i] < 0):
			t.Errorf("coordinate %d at %v with slope %v is said to be at bound %d", i, r.X[i], grad[i], side)
		case o.Lower != nil && (r.X[i] < o.Lower[i] || r.X[i] > o.Upper[i]):
			t.Errorf("coordinate %d at %v is out of bounds", i, r.X[i])
		}
		for j := range r.Hessian {
			if h := r.Hessian[i][j]; h != r.Hessian[j][i] || side != 0 && h != 0 {
				t.Errorf("Hessian %v is not symmetric or not zero for bounds %v", r.Hessian, r.AtBound)
			}
		}
	}
}

// exponentialRise has its supremum at infinity.
func exponentialRise(x, grad []float64) float64 {
	grad[0] = 100 * math.Exp(-x[0])
	return -1000 - grad[0]
}

func linear(x, grad []float64) float64 {
	grad[0], grad[1] = 3, -0.1
	return 3*x[0] - 0.1*x[1]
}

// TestStartIndependence: likelihoods with one maximum give the same estimates from
// decent and from bad starts.
func TestStartIndependence(t *testing.T) {
	k, z := spends(300, 6, 4, 15, 1)
	amounts := gammaSample(1000, 3, 0.1, 1)
	for _, test := range []struct {
		name string
		f    Func
		n    int
	}{
		{"negative binomial", negativeBinomial(counted(1000, 0.8, 3, 1)), 2},
		{"gamma", gamma(amounts), 2},
		{"gamma-gamma", gammaGamma(k, z), 3},
		{"two gammas", twoGammas(amounts, gammaSample(500, 0.5, 0.2, 2)), 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := Maximize(test.f, constant(test.n, 0), Options{})
			rapid.Check(t, func(t *rapid.T) {
				start := rapid.SliceOfN(rapid.Float64Range(-3, 3), test.n, test.n).Draw(t, "start")
				r := Maximize(test.f, start, both(test.n, 10))
				if !r.Converged {
					t.Fatalf("not converged: %+v", r)
				}
				for i, x := range r.X {
					if math.Abs(x-want.X[i]) > 1e-9 {
						t.Fatalf("from %v to %.12g, from 0 to %.12g", start, r.X, want.X)
					}
					for j, h := range r.Hessian[i] {
						if math.Abs(h-want.Hessian[i][j]) > 1e-5*math.Sqrt(want.Hessian[i][i]*want.Hessian[j][j]) {
							t.Fatalf("Hessian %v, from 0 %v", r.Hessian, want.Hessian)
						}
					}
				}
			})
		})
	}
}

// concave draws a function of n coordinates that is strictly concave: minus a sum
// of squares and of softplus functions along random directions.
func concave(t *rapid.T, n int) Func {
	directions := rapid.SliceOfN(rapid.SliceOfN(rapid.Float64Range(-1, 1), n, n), 1, 2*n).Draw(t, "directions")
	weights := rapid.SliceOfN(rapid.Float64Range(0.1, 1000), len(directions), len(directions)).Draw(t, "weights")
	top := rapid.SliceOfN(rapid.Float64Range(-2, 2), n, n).Draw(t, "top")
	base := rapid.Float64Range(0.1, 10).Draw(t, "base")
	return func(x, grad []float64) (value float64) {
		for i := range x {
			d := x[i] - top[i]
			value -= base * d * d / 2
			grad[i] = -base * d
		}
		for e, direction := range directions {
			along := matrix.Dot(direction, x)
			value -= weights[e] * (max(along, 0) + math.Log1p(math.Exp(-math.Abs(along))))
			share := weights[e] / (1 + math.Exp(-along))
			for i, d := range direction {
				grad[i] -= share * d
			}
		}
		return value
	}
}

// TestConcave: a strictly concave function has one maximum in a box, and it is
// found from any start.
func TestConcave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		f := concave(t, n)
		var o Options
		if rapid.Bool().Draw(t, "bounded") {
			o = both(n, 2)
			for i := range n {
				o.Lower[i] = rapid.Float64Range(-2, 0).Draw(t, "lower")
				o.Upper[i] = rapid.Float64Range(0, 2).Draw(t, "upper")
			}
		}
		starts := rapid.SliceOfN(rapid.Float64Range(-3, 3), n, n)
		a := Maximize(f, starts.Draw(t, "a"), o)
		b := Maximize(f, starts.Draw(t, "b"), o)
		if !a.Converged || !b.Converged {
			t.Fatalf("not converged: %+v, %+v", a, b)
		}
		checkResult(t, f, o, a)
		for i := range n {
			if math.Abs(a.X[i]-b.X[i]) > 1e-8 {
				t.Fatalf("two maxima, %v and %v", a.X, b.X)
			}
			if a.AtBound[i] == 0 && math.Abs(a.Grad[i]) > 1e-5 {
				t.Fatalf("gradient %v at the maximum", a.Grad)
			}
		}
	})
}

// TestPermutation: the order of coordinates does not matter.
func TestPermutation(t *testing.T) {
	f := twoGammas(gammaSample(1000, 3, 0.1, 1), gammaSample(500, 0.5, 0.2, 2))
	want := Maximize(f, []float64{0, 1, -1, 0.5}, Options{})
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
		plain, plainGrad := make([]float64, 4), make([]float64, 4)
		r := Maximize(func(x, grad []float64) float64 {
			for i, j := range order {
				plain[j] = x[i]
			}
			value := f(plain, plainGrad)
			for i, j := range order {
				grad[i] = plainGrad[j]
			}
			return value
		}, []float64{
			[]float64{0, 1, -1, 0.5}[order[0]], []float64{0, 1, -1, 0.5}[order[1]],
			[]float64{0, 1, -1, 0.5}[order[2]], []float64{0, 1, -1, 0.5}[order[3]],
		}, Options{})
		for i, j := range order {
			if math.Abs(r.X[i]-want.X[j]) > 1e-9 {
				t.Fatalf("order %v: %v, want %v", order, r.X, want.X)
			}
		}
	})
}

// TestDeterminism: two climbs ask the same points and give the same bits.
func TestDeterminism(t *testing.T) {
	k, z := spends(200, 6, 4, 15, 1)
	var asked [2][]float64
	var results [2]Result
	for i := range asked {
		f := gammaGamma(k, z)
		results[i] = Maximize(func(x, grad []float64) float64 {
			asked[i] = append(asked[i], x...)
			return f(x, grad)
		}, []float64{0, 0, 0}, Options{})
	}
	if !reflect.DeepEqual(results[0], results[1]) || !reflect.DeepEqual(asked[0], asked[1]) {
		t.Errorf("%+v and %+v", results[0], results[1])
	}
	if got, want := len(asked[0]), 3*results[0].Evaluations; got != want {
		t.Errorf("%d coordinates asked, want %d", got, want)
	}
}

func TestAllocations(t *testing.T) {
	long := testing.AllocsPerRun(5, func() { Maximize(rosenbrock, []float64{-1.2, 1}, Options{}) })
	short := testing.AllocsPerRun(5, func() { Maximize(rosenbrock, []float64{1, 1}, Options{}) })
	if long > short+30 { // surveys allocate eigenvectors, evaluations nothing
		t.Errorf("%v allocations, %v without a climb", long, short)
	}
}
