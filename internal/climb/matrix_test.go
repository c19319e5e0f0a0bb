package climb

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/matrix"
	"pgregory.net/rapid"
)

// definiteMatrix draws A*A' + lift*I of size n.
func definiteMatrix(t *rapid.T, n int, lift float64) matrix.Matrix {
	a := rapid.SliceOfN(rapid.SliceOfN(rapid.Float64Range(-1, 1), n, n), n, n).Draw(t, "a")
	m := matrix.New(n)
	for i := range m {
		for j := range m {
			m[i][j] = matrix.Dot(a[i], a[j])
		}
		m[i][i] += lift
	}
	return m
}

// TestInverse: the inverse of minus a Hessian times minus the Hessian is the
// identity, whatever the units of the coordinates.
func TestInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		h := definiteMatrix(t, n, 0.1)
		units := rapid.SliceOfN(rapid.IntRange(-20, 20), n, n).Draw(t, "units")
		for i := range h {
			for j := range h {
				h[i][j] *= -math.Ldexp(1, units[i]+units[j])
			}
		}
		v, ok := Inverse(h)
		if !ok {
			t.Fatal("not negative definite")
		}
		for i := range h {
			for j := range h {
				var sum float64
				for k := range h {
					sum -= h[i][k] * v[k][j]
				}
				if i == j {
					sum--
				}
				if math.Abs(math.Ldexp(sum, units[j]-units[i])) > 1e-10 {
					t.Fatalf("element %d, %d of the product is off by %v", i, j, sum)
				}
			}
		}
	})
}

// TestFactor: the factor is lower triangular and gives the matrix back.
func TestFactor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		c := definiteMatrix(t, n, 0.01)
		l, ok := Factor(c)
		if !ok {
			t.Fatal("not positive definite")
		}
		for i := range c {
			for j := range c {
				if j > i && l[i][j] != 0 || math.Abs(matrix.Dot(l[i], l[j])-c[i][j]) > 1e-13*float64(n) {
					t.Fatalf("factor %v of %v", l, c)
				}
			}
		}
	})
}

func TestNotDefinite(t *testing.T) {
	for name, m := range map[string][][]float64{
		"zero row":     {{1, 0}, {0, 0}},
		"indefinite":   {{1, 2}, {2, 1}},
		"negative":     {{1, 0}, {0, -1}},
		"singular":     {{1, 1}, {1, 1}},
		"nearly":       {{1, 1}, {1, 1 + 1e-13}},
		"NaN":          {{1, 0}, {math.NaN(), 1}},
		"NaN diagonal": {{math.NaN()}},
		"Inf":          {{math.Inf(1)}},
		"not square":   {{1, 0}, {0}},
		"wide":         {{1, 0}},
	} {
		minus := make([][]float64, len(m))
		for i, row := range m {
			for _, v := range row {
				minus[i] = append(minus[i], -v)
			}
		}
		if l, ok := Factor(m); ok {
			t.Errorf("%s: factor %v", name, l)
		}
		if v, ok := Inverse(minus); ok {
			t.Errorf("%s: inverse %v", name, v)
		}
	}
}

// TestEigen: the eigenvectors are orthonormal and give the matrix back.
func TestEigen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		m := definiteMatrix(t, n, rapid.SampledFrom([]float64{-1, 0, 1e-3}).Draw(t, "lift"))
		d := matrix.New(n)
		for i := range m {
			copy(d[i], m[i])
		}
		vectors := d.Eigen()
		for i := range m {
			for j := range m {
				var sum float64
				for e, v := range vectors {
					sum += d[e][e] * v[i] * v[j]
				}
				if math.Abs(sum-m[i][j]) > 1e-12 {
					t.Fatalf("element %d, %d is %v, want %v", i, j, sum, m[i][j])
				}
				want := 0.0
				if i == j {
					want = 1
				}
				if math.Abs(matrix.Dot(vectors[i], vectors[j])-want) > 1e-12 {
					t.Fatalf("vectors %d and %d have the product %v", i, j, matrix.Dot(vectors[i], vectors[j]))
				}
			}
		}
	})
}

// TestBox: the maximiser meets the conditions of Karush, Kuhn and Tucker, which
// suffice for a concave function.
func TestBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		m := definiteMatrix(t, n, 0.05)
		g := rapid.SliceOfN(rapid.Float64Range(-3, 3), n, n).Draw(t, "g")
		b := newBox(n)
		sides := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 2), rapid.Just(math.Inf(1)))
		for i := range n {
			b.lower[i], b.upper[i] = -sides.Draw(t, "lower"), sides.Draw(t, "upper")
		}
		s, product := make([]float64, n), make([]float64, n)
		b.maximize(m, g, s)
		m.Times(s, product)
		for i := range n {
			slope := g[i] - product[i]
			switch {
			case s[i] < b.lower[i] || s[i] > b.upper[i]:
				t.Fatalf("step %v leaves the box", s)
			case slope > 1e-9 && s[i] < b.upper[i], slope < -1e-9 && s[i] > b.lower[i]:
				t.Fatalf("slope %v of coordinate %d at %v in [%v, %v]", slope, i, s[i], b.lower[i], b.upper[i])
			}
		}
	})
}

// TestUpdate: after an update the model has the curvature that was seen, is
// symmetric and stays positive definite even where the function is not concave.
func TestUpdate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		m := definiteMatrix(t, n, 0.1)
		vectors := rapid.SliceOfN(rapid.Float64Range(-1, 1), n, n)
		step, change := vectors.Draw(t, "step"), vectors.Draw(t, "change")
		product := make([]float64, n)
		m.Times(step, product)
		known, seen := matrix.Dot(step, product), matrix.Dot(step, change)
		if known < 1e-3 {
			t.Skip("no step")
		}
		next := matrix.New(n)
		update(m, step, change, product, next)
		next.Times(step, product)
		if got, want := matrix.Dot(step, product), max(seen, damped*known); math.Abs(got-want) > 1e-9*max(1, want) {
			t.Fatalf("curvature %v, want %v", got, want)
		}
		if _, ok := Factor(next); !ok {
			t.Fatalf("%v is not positive definite", next)
		}
	})
}
