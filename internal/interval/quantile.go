package interval

// Quantile is the quantile of sorted numbers, at least one, that is linear between them:
// definition 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages, The American
// Statistician 50 (1996).
func Quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
