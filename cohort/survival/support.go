package survival

// support follows how many customers a share that survives is known from: as many as would
// have to be watched to the end for their share to be known as well. Greenwood's variance
// tells, Rothman, Estimation of Confidence Limits for the Cumulative Probability of Survival
// in Life Table Analysis, J. Chron. Dis. 31 (1978); since it stays what it was at the last
// event, though customers are censored, they count by the share of them that is left: Dorey
// and Korn, Effective Sample Sizes for Confidence Intervals for Survival Probabilities,
// Statistics in Medicine 6 (1987).
type support struct {
	least float64 // fewest customers at risk since the last event, or since the origin
	left  float64 // customers that the last event left
	ended float64 // how many customers a curve that has fallen to 0 is known from
}

// mostKnown bounds numbers of customers, so that products of two are no infinity.
const mostKnown = 1e100

// pass passes an exit with events, from the step before it to a share.
func (n *support) pass(e exit, before *step, share float64) {
	if share == 0 && before.survival > 0 {
		n.ended = min(n.customers(before), e.risk/before.survival)
	}
	n.least, n.left = e.left, e.left
}

// customers is how many customers the share of a step is known from. Before the first event
// they are those at risk, and once all had the event those of the step before, or as many
// as its last customers stand for.
func (n *support) customers(s *step) float64 {
	switch s.survival {
	case 0:
		return n.ended
	case 1:
		return n.least
	}
	return s.greenwood() * min(n.least/n.left, 1)
}

// greenwood is how many customers watched to the end would have a share between 0 and 1 with
// the variance of a step.
func (s *step) greenwood() float64 {
	return min((1-s.survival)/(s.survival*s.variance), mostKnown)
}
