package price

// stats are the mean and the variance of a sample, n-1 in the denominator.
type stats struct{ n, mean, variance float64 }

// over are the stats of the numbers divided by one.
func (s stats) over(by float64) stats { return stats{s.n, s.mean / by, s.variance / by / by} }

// stats of a number of each step. Numbers count from the first step's, so that
// equal ones have no variance.
func (a *Acceptance) stats(of func(step) float64) stats {
	s := stats{n: float64(a.n)}
	base := of(a.steps[0])
	for _, t := range a.steps {
		s.mean += float64(t.giving) * (of(t) - base)
	}
	s.mean = base + s.mean/s.n
	for _, t := range a.steps {
		off := of(t) - s.mean
		s.variance += float64(t.giving) / (s.n - 1) * off * off
	}
	return s
}
