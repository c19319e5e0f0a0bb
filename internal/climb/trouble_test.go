package climb

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/matrix"
	"pgregory.net/rapid"
)

// TestDomain: the climb stays in the domain, however the function says where it
// ends, and reaches maxima beside the edge.
func TestDomain(t *testing.T) {
	for _, outside := range []struct {
		name        string
		value, grad float64
	}{
		{"NaN", math.NaN(), 0},
		{"-Inf", math.Inf(-1), 0},
		{"+Inf", math.Inf(1), 0},
		{"gradient NaN", 0, math.NaN()},
		{"gradient Inf", 0, math.Inf(-1)},
		{"huge", -1e200, 0},
	} {
		for _, top := range []float64{1, 0.01, 2e-5} {
			t.Run(outside.name, func(t *testing.T) {
				r := Maximize(func(x, grad []float64) float64 {
					value := -(x[0] - 1) * (x[0] - 1)
					grad[0] = -2 * (x[0] - 1)
					if x[1] <= 0 {
						grad[0] = outside.grad
						grad[1] = outside.grad
						return outside.value
					}
					grad[1] = 1000 * (top/x[1] - 1)
					return value + 1000*(top*math.Log(x[1]/top)-x[1]+top)
				}, []float64{-3, 1}, Options{})
				if !r.Converged || math.Abs(r.X[0]-1) > 1e-9 || math.Abs(r.X[1]-top) > 1e-9 {
					t.Errorf("%+v, want a maximum at 1, %v", r, top)
				}
				if top == 1 && math.Abs(r.Hessian[1][1]+1000) > 1e-2 {
					t.Errorf("curvature %v, want -1000", r.Hessian[1][1])
				}
			})
		}
	}
}

// TestWild: whatever the function, a climb ends within the limit, in the domain and
// no lower than it began, and calls nothing a maximum that is not stationary.
func TestWild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "n")
		vectors := rapid.SliceOfN(rapid.Float64Range(-3, 3), n, n)
		waves := rapid.SliceOfN(vectors, 1, 5).Draw(t, "waves")
		size := rapid.SampledFrom([]float64{1e-8, 1, 1e6, 1e30}).Draw(t, "size")
		edge := vectors.Draw(t, "edge")
		f := func(x, grad []float64) (value float64) {
			clear(grad)
			if matrix.Dot(edge, x) > 2 {
				return math.NaN()
			}
			for _, wave := range waves {
				sin, cos := math.Sincos(matrix.Dot(wave, x))
				value += size * sin
				for i, w := range wave {
					grad[i] += size * cos * w
				}
			}
			return value
		}
		o := Options{MaxEvaluations: 300}
		if rapid.Bool().Draw(t, "bounded") {
			o.Lower, o.Upper = constant(n, -2), constant(n, 2)
		}
		start := rapid.SliceOfN(rapid.Float64Range(-2, 2), n, n).Draw(t, "start")
		begin := f(start, make([]float64, n))
		r := Maximize(f, start, o)
		if math.IsNaN(begin) {
			if r.Converged || r.Evaluations != 1 {
				t.Fatalf("from outside: %+v", r)
			}
			return
		}
		checkResult(t, f, o, r)
		if r.Evaluations > 300 || r.Value < begin-1e-9*max(1, math.Abs(begin)) {
			t.Fatalf("from %v: %+v", begin, r)
		}
		for i, g := range r.Grad {
			if r.Converged && r.AtBound[i] == 0 && math.Abs(g) > 1e-3*max(size, 1) {
				t.Fatalf("slope of coordinate %d: %+v", i, r)
			}
		}
	})
}

func TestStartOutside(t *testing.T) {
	r := Maximize(func(x, grad []float64) float64 { return math.NaN() }, []float64{1, 2}, Options{})
	if r.Converged || !math.IsNaN(r.Value) || r.Evaluations != 1 || r.X[0] != 1 || r.Hessian != nil {
		t.Errorf("%+v", r)
	}
}

// TestNoise: noise of 1e-10 in the gradient moves the maximum by about as much.
func TestNoise(t *testing.T) {
	f := gamma(gammaSample(1000, 3, 0.1, 1))
	want := Maximize(f, []float64{0, 0}, Options{})
	r := Maximize(func(x, grad []float64) float64 {
		value := f(x, grad)
		for i := range grad {
			bits := math.Float64bits(x[0])*0x9e3779b97f4a7c15 ^ math.Float64bits(x[1])*0xbf58476d1ce4e5b9
			grad[i] += 1e-10 * (float64(bits>>(11+i))/(1<<53)*2 - 1)
		}
		return value
	}, []float64{0, 0}, Options{})
	if !r.Converged || math.Abs(r.X[0]-want.X[0]) > 1e-10 || r.Evaluations > want.Evaluations+4 {
		t.Errorf("%+v, without noise %+v", r, want)
	}
}

// TestSaddle: neither a saddle nor a minimum is mistaken for a maximum.
func TestSaddle(t *testing.T) {
	for _, start := range [][]float64{{0, 0}, {0, 0.7}, {1e-12, 0}, {-1e-3, -2}} {
		r := Maximize(func(x, grad []float64) float64 {
			well := x[0]*x[0] - 1
			grad[0], grad[1] = -20*well*x[0], -6*x[1]
			return -5*well*well - 3*x[1]*x[1]
		}, start, Options{})
		if !r.Converged || math.Abs(math.Abs(r.X[0])-1) > 1e-9 || math.Abs(r.X[1]) > 1e-9 || r.Evaluations > 60 {
			t.Errorf("from %v: %+v", start, r)
		}
	}
}

// TestFlat: a coordinate without effect stays and does not keep the others from
// their maximum.
func TestFlat(t *testing.T) {
	r := Maximize(func(x, grad []float64) float64 {
		grad[0], grad[1] = -200*(x[0]-3), 0
		return -100 * (x[0] - 3) * (x[0] - 3)
	}, []float64{0, 5}, Options{})
	if !r.Converged || math.Abs(r.X[0]-3) > 1e-9 || r.X[1] != 5 || r.Evaluations > 15 {
		t.Errorf("%+v", r)
	}
	if _, ok := Inverse(r.Hessian); ok {
		t.Errorf("Hessian %v has an inverse", r.Hessian)
	}
}

// TestUnboundedRidge: without a bound the climb ends where nothing is to be seen.
func TestUnboundedRidge(t *testing.T) {
	r := Maximize(exponentialRise, []float64{0}, Options{})
	if !r.Converged || r.Value != -1000 && r.Value < -1000-1e-8 || r.Evaluations > 40 {
		t.Errorf("%+v", r)
	}
}

// TestWrongGradient: a gradient that points downhill ends the climb soon, where it
// began.
func TestWrongGradient(t *testing.T) {
	r := Maximize(func(x, grad []float64) float64 {
		grad[0] = 2 * x[0]
		return -x[0] * x[0]
	}, []float64{1}, Options{})
	if r.Converged || math.Abs(r.X[0]) > 1 || r.Evaluations > 200 {
		t.Errorf("%+v", r)
	}
}

// TestMaxEvaluations: the limit holds to the letter, and the best point is kept,
// apart from those that were asked for differences.
func TestMaxEvaluations(t *testing.T) {
	enough := Maximize(rosenbrock, []float64{-1.2, 1}, Options{}).Evaluations
	for limit := 1; limit <= enough+1; limit++ {
		var asked [][]float64
		r := Maximize(func(x, grad []float64) float64 {
			asked = append(asked, append([]float64{}, x...))
			return rosenbrock(x, grad)
		}, []float64{-1.2, 1}, Options{MaxEvaluations: limit})
		if len(asked) > limit || len(asked) != r.Evaluations {
			t.Fatalf("%d evaluations, %d reported, %d allowed", len(asked), r.Evaluations, limit)
		}
		if r.Converged != (limit >= enough) || r.Converged && r.Hessian == nil {
			t.Fatalf("limit %d: converged %v with Hessian %v", limit, r.Converged, r.Hessian)
		}
		grad := make([]float64, 2)
		for _, x := range asked {
			beside := max(math.Abs(x[0]-r.X[0]), math.Abs(x[1]-r.X[1])) < 2*maxProbe
			if !beside && rosenbrock(x, grad) > r.Value {
				t.Fatalf("limit %d: ends at %v, %v is higher", limit, r.X, x)
			}
		}
	}
}

// TestHessian compares with second derivatives in closed form.
func TestHessian(t *testing.T) {
	curvatures := []float64{1e4, 100, 1}
	f := quadratic(curvatures, []float64{1, 2, 3})
	exact := matrix.New(3)
	for i := range exact { // the gradient of a quadratic function is linear
		high, low := make([]float64, 3), make([]float64, 3)
		x := []float64{1, 2, 3}
		x[i]++
		f(x, high)
		x[i] -= 2
		f(x, low)
		for j := range exact {
			exact[i][j] = (high[j] - low[j]) / 2
		}
	}
	for _, test := range []struct {
		name  string
		f     Func
		start []float64
		o     Options
		want  [][]float64
	}{
		{"quadratic", f, []float64{0, 0, 0}, Options{}, exact},
		{"rosenbrock", rosenbrock, []float64{-1.2, 1}, Options{}, [][]float64{{-802, 400}, {400, -200}}},
		{
			"a bound", rosenbrock,
			[]float64{0, 0},
			Options{Lower: []float64{-5, -5}, Upper: []float64{0.5, 5}},
			[][]float64{{0, 0}, {0, -200}},
		},
		{ // one-sided differences: the maximum is 1e-6 from both bounds
			"beside bounds", rosenbrock,
			[]float64{0, 0},
			Options{Lower: []float64{-5, 1 - 1e-6}, Upper: []float64{1 + 1e-6, 5}},
			[][]float64{{-802, 400}, {400, -200}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Maximize(test.f, test.start, test.o)
			for i, row := range test.want {
				for j, want := range row {
					if math.Abs(r.Hessian[i][j]-want) > 1e-5*math.Abs(want) {
						t.Errorf("element %d, %d is %v, want %v", i, j, r.Hessian[i][j], want)
					}
				}
			}
		})
	}
}
