package cohort

import (
	"math"

	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/internal/radix"
)

// Distribution describes a sample of days. Of no days all its numbers are 0.
type Distribution struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"` // with n-1; 0 of fewer than two
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`

	// Quantiles interpolate linearly between the sorted days: type 7 of Hyndman and
	// Fan, Sample Quantiles in Statistical Packages, American Statistician 50 (1996).
	Q10    float64 `json:"q10"`
	Q25    float64 `json:"q25"`
	Median float64 `json:"median"`
	Q75    float64 `json:"q75"`
	Q90    float64 `json:"q90"`
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
		N: n, Mean: total(days, func(x float64) float64 { return x }) / float64(n), Min: days[0], Max: days[n-1],
		Q10: percentile(days, 10), Q25: percentile(days, 25), Median: percentile(days, 50), Q75: percentile(days, 75), Q90: percentile(days, 90),
	}
	if n > 1 {
		squares := total(days, func(x float64) float64 { return (x - d.Mean) * (x - d.Mean) })
		d.SD = math.Sqrt(squares / float64(n-1))
	}
	return d
}

// total sums a function of days with twice the digits of a float64.
func total(days []float64, of func(float64) float64) float64 {
	var s double.Sum
	for _, x := range days {
		s = s.Plus(of(x))
	}
	return s.Hi
}

// percentile is the quantile at so many per cent of sorted days.
func percentile(days []float64, percent int) float64 {
	place := int64(len(days)-1) * int64(percent)
	i, rest := place/100, place%100
	if rest == 0 {
		return days[i]
	}
	return days[i] + (days[i+1]-days[i])*float64(rest)/100
}
