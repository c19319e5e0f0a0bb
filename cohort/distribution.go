package cohort

import (
	"math"

	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/internal/radix"
)

// Distribution is a summary of durations, in days. Without durations all fields are 0.
// Quantiles interpolate linearly between the sorted durations: type 7 of Hyndman and Fan,
// Sample Quantiles in Statistical Packages, American Statistician 50 (1996).
type Distribution struct {
	N    int     `json:"n"`    // number of durations
	Mean float64 `json:"mean"` // mean, in days
	SD   float64 `json:"sd"`   // standard deviation with n-1, in days; 0 for fewer than two
	Min  float64 `json:"min"`  // smallest, in days
	Max  float64 `json:"max"`  // largest, in days

	Q10    float64 `json:"q10"`    // quantile at 10 %, in days
	Q25    float64 `json:"q25"`    // lower quartile, in days
	Median float64 `json:"median"` // median, in days
	Q75    float64 `json:"q75"`    // upper quartile, in days
	Q90    float64 `json:"q90"`    // quantile at 90 %, in days
}

// describe sorts days and describes them.
func describe(days []float64) Distribution {
	radix.Sort(days, make([]float64, len(days)))
	return describeSorted(days)
}

// describeSorted describes days from 0 up in ascending order.
func describeSorted(days []float64) Distribution {
	n := len(days)
	if n == 0 {
		return Distribution{}
	}
	d := Distribution{
		N: n, Mean: sumOf(days, func(x float64) float64 { return x }) / float64(n), Min: days[0], Max: days[n-1],
		Q10: percentile(days, 10), Q25: percentile(days, 25), Median: percentile(days, 50), Q75: percentile(days, 75), Q90: percentile(days, 90),
	}
	if n > 1 {
		squares := sumOf(days, func(x float64) float64 { return (x - d.Mean) * (x - d.Mean) })
		d.SD = math.Sqrt(squares / float64(n-1))
	}
	return d
}

// sumOf sums a function of days with twice the digits of a float64.
func sumOf(days []float64, f func(float64) float64) float64 {
	var s double.Sum
	for _, x := range days {
		s = s.Plus(f(x))
	}
	return s.Hi
}

// percentile is the quantile of sorted days at so many per cent.
func percentile(days []float64, percent int) float64 {
	position := int64(len(days)-1) * int64(percent)
	i, rest := position/100, position%100
	if rest == 0 {
		return days[i]
	}
	return days[i] + (days[i+1]-days[i])*float64(rest)/100
}
