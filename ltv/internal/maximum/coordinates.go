package maximum

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/matrix"
)

// coordinates are those of the climb: linear in the logarithms of parameters, of which
// shapeOf is that of the [Family].
type coordinates struct{ shapeOf []int }

// turn turns coordinates into logarithms of parameters, and back: the map is its
// own inverse.
func (c coordinates) turn(v, logs []float64) {
	for i, shape := range c.shapeOf {
		if shape < 0 {
			logs[i] = v[i]
		} else {
			logs[i] = v[shape] - v[i]
		}
	}
}

// pull turns a gradient by logarithms into one by coordinates.
func (c coordinates) pull(logGrad, grad []float64) {
	copy(grad, logGrad)
	for i, shape := range c.shapeOf {
		if shape >= 0 {
			grad[i] = -logGrad[i]
			grad[shape] += logGrad[i]
		}
	}
}

// push turns a covariance of coordinates, if there is one, into one of logarithms.
func (c coordinates) push(cov [][]float64) [][]float64 {
	if cov == nil {
		return nil
	}
	n := len(cov)
	half := matrix.New(n)
	for i, shape := range c.shapeOf {
		for j := range n {
			if shape < 0 {
				half[i][j] = cov[i][j]
			} else {
				half[i][j] = cov[shape][j] - cov[i][j]
			}
		}
	}
	out := matrix.New(n)
	for j, shape := range c.shapeOf {
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
func (c coordinates) on(f climb.Func) climb.Func {
	n := len(c.shapeOf)
	logs, logGrad := make([]float64, n), make([]float64, n)
	return func(v, grad []float64) float64 {
		c.turn(v, logs)
		value := f(logs, logGrad)
		c.pull(logGrad, grad)
		return value
	}
}

// Logs are the logarithms of numbers.
func Logs(v []float64) []float64 {
	logs := make([]float64, len(v))
	for i := range v {
		logs[i] = math.Log(v[i])
	}
	return logs
}

// Exps are the numbers whose logarithms are given.
func Exps(logs []float64) []float64 {
	v := make([]float64, len(logs))
	for i := range logs {
		v[i] = math.Exp(logs[i])
	}
	return v
}
