package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
)

// family is what [Fit] needs to know of a model.
type family struct {
	names []string

	// shapeOf[i] is the place of the shape that belongs to the scale parameter i,
	// -1 for all others. Climbing by ln(shape/scale) and ln(shape) makes a ridge
	// of distributions that become narrow, with a steady mean, follow an axis.
	shapeOf []int

	// lone are the shapes that may grow without bound though no scale parameter
	// belongs to them.
	lone []loneShape

	// leaving is the place of the parameter that is 0 where nobody drops out; those
	// after it then have no meaning. -1 where there is none.
	leaving int

	// build makes the model from its parameters.
	build func(v []float64) Estimable

	// variant returns the family with the i-th setting that is not estimated, from 0;
	// the likeliest is taken, up to the first that is less likely than the one
	// before. nil = there is one.
	variant func(i int) (family, bool)

	// open prepares the likelihood of the data.
	open func(h *Sample, workers int) (*likelihood, error)
}

// roughRows is about how many rows of data tell where a maximum roughly is.
const roughRows = 10_000

// loneShape is the place of a shape and what it means that it grows without bound.
type loneShape struct {
	at      int
	meaning string
}

// likelihood is that of some data, in units of the data's own making.
type likelihood struct {
	// at takes logarithms of parameters; see climb.Func.
	at climb.Func

	// limit is at, by the two parameters of purchasing, where nobody drops out;
	// nil where at itself must do.
	limit climb.Func

	// starts are parameters to start from, given those of the limit if there is one.
	starts func(limit []float64) [][]float64

	units     []float64         // the unit of each parameter, in the host's units
	offset    float64           // what to add to have the log-likelihood in the host's units
	customers float64           // that count as observations
	rough     func() climb.Func // the likelihood of a sample of large data; nil = at
	edge      *edge             // nil = none
	warnings  []Warning         // about the data
}

// axes are the coordinates of the climb: linear in the logarithms of parameters.
type axes struct{ shapeOf []int }

// turn turns coordinates into logarithms of parameters, and back: the map is its
// own inverse.
func (a axes) turn(v, logs []float64) {
	for i, shape := range a.shapeOf {
		if shape < 0 {
			logs[i] = v[i]
		} else {
			logs[i] = v[shape] - v[i]
		}
	}
}

// pull turns a gradient by logarithms into one by coordinates.
func (a axes) pull(logGrad, grad []float64) {
	copy(grad, logGrad)
	for i, shape := range a.shapeOf {
		if shape >= 0 {
			grad[i] = -logGrad[i]
			grad[shape] += logGrad[i]
		}
	}
}

// push turns a covariance of coordinates, if there is one, into one of logarithms.
func (a axes) push(cov [][]float64) [][]float64 {
	if cov == nil {
		return nil
	}
	n := len(cov)
	half := square(n)
	for i, shape := range a.shapeOf {
		for j := range n {
			if shape < 0 {
				half[i][j] = cov[i][j]
			} else {
				half[i][j] = cov[shape][j] - cov[i][j]
			}
		}
	}
	out := square(n)
	for j, shape := range a.shapeOf {
		for i := range n {
			if shape < 0 {
				out[i][j] = half[i][j]
			} else {
				out[i][j] = half[i][shape] - half[i][j]
			}
		}
	}
	return out
}

// on turns a function of logarithms into one of coordinates.
func (a axes) on(f climb.Func) climb.Func {
	n := len(a.shapeOf)
	logs, logGrad := make([]float64, n), make([]float64, n)
	return func(v, grad []float64) float64 {
		a.turn(v, logs)
		value := f(logs, logGrad)
		a.pull(logGrad, grad)
		return value
	}
}

func square(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// selected are some rows and columns of a matrix.
func selected(m [][]float64, at []int) [][]float64 {
	out := square(len(at))
	for i, a := range at {
		for j, b := range at {
			out[i][j] = m[a][b]
		}
	}
	return out
}

func logsOf(v []float64) []float64 {
	logs := make([]float64, len(v))
	for i := range v {
		logs[i] = math.Log(v[i])
	}
	return logs
}

// scaled is a multiple of a function.
func scaled(f climb.Func, by float64) climb.Func {
	return func(x, grad []float64) float64 {
		value := f(x, grad)
		for i := range grad {
			grad[i] *= by
		}
		return value * by
	}
}
