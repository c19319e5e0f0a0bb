// Package trend draws lines through rates and scores that were measured period after
// period, and says whether they rise by more than chance.
package trend

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// Point is the mean of N > 0 independent observations that were made at X.
type Point struct{ X, Mean, N float64 }

// Line is a line through points.
type Line struct {
	// Slope is by how much the mean changes when X grows by 1, with the interval of
	// Student's t. Level is 0 with fewer than three points and without any variance.
	Slope clientele.Estimate

	// Dispersion is how much more the means scatter around the line than chance
	// explains, as a factor of variance; at least 1.
	Dispersion float64

	P float64 // two-sided, that there is no slope; 1 where Level is 0
}

// Fit draws the line through points, two or more and not all at the same X, that
// weighs each by its observations. variance is that of one observation around the mean
// of all observations.
//
// The slope is that of Armitage, Tests for Linear Trends in Proportions and
// Frequencies, Biometrics 11 (1955). Its variance is that of chance, times Pearson's
// dispersion around the line if that is above 1 (McCullagh and Nelder, Generalized
// Linear Models, 2nd ed. 1989, section 4.5).
func Fit(points []Point, level float64, variance func(mean float64) float64) Line {
	var n, meanX, mean float64
	for _, p := range points {
		n += p.N
		meanX += p.N * p.X
		mean += p.N * p.Mean
	}
	meanX, mean = meanX/n, mean/n
	var xx, xy float64
	for _, p := range points {
		x := p.X - meanX
		xx += p.N * x * x
		xy += p.N * x * (p.Mean - mean)
	}
	slope := xy / xx
	line := Line{Slope: interval.Bare(slope), Dispersion: 1, P: 1}
	chance := variance(mean)
	if len(points) < 3 || !(chance > 0) {
		return line
	}
	df := float64(len(points) - 2)
	var pearson float64
	for _, p := range points {
		rest := p.Mean - mean - slope*(p.X-meanX)
		pearson += p.N * rest * rest / chance
	}
	line.Dispersion = max(1, pearson/df)
	stdErr := math.Sqrt(chance / xx * line.Dispersion)
	line.Slope = interval.Student(slope, stdErr, df, level)
	line.P = special.StudentTail(slope/stdErr, df)
	return line
}
