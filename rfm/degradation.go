package rfm

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// Degradation is a customer whose receipts shrink: the level of the last few is
// below the level of all, though monetary may still look well.
type Degradation struct {
	Lifetime      decimal.Decimal `json:"lifetime"` // average receipt of all time
	LifetimeLevel int             `json:"lifetimeLevel"`
	Recent        decimal.Decimal `json:"recent"` // average of the last purchases
	RecentLevel   int             `json:"recentLevel"`
	Purchases     int             `json:"purchases"` // how many the last ones are, see Config.Recent
}

// Degradation grades the average of a customer's last Config.Recent purchases and
// the average receipt of all time on the scale of monetary; ok is true when the
// former has the lower level. Averages are rounded half to even at 8 places, but
// graded unrounded. The last purchases are taken gross, since a refund does not
// say which of them it lowers. It needs more purchases than Config.Recent, and a
// plan that measures receipts (not Total).
func (s *Scales) Degradation(m Metrics) (d Degradation, ok bool) {
	if s.meter.Monetary == Total || m.facts.n <= int64(m.keep) || m.keep == 0 {
		return Degradation{}, false
	}
	own := recents{keep: m.keep, big: m.big}
	var wide exact.Wide
	var last exact.Sum
	for _, e := range m.recent[:m.keep] {
		wide.Join(&last, &wide, own.sum(&wide, e))
	}
	all := m.sums()
	score := s.Score(m)
	grader := &s.grade[M][s.scaleIndex(M, score.R, score.F)]
	d = Degradation{
		Lifetime:      all.Quotient(m.facts.total, m.facts.n, averagePlaces),
		LifetimeLevel: grader.level(all.Ratio(m.facts.total, m.facts.n)),
		Recent:        wide.Quotient(last, int64(m.keep), averagePlaces),
		RecentLevel:   grader.level(wide.Ratio(last, int64(m.keep))),
		Purchases:     m.keep,
	}
	return d, d.RecentLevel < d.LifetimeLevel
}

// Degrading returns the customers whose receipts shrink, in order of first
// appearance. Scales that measure the total, which is no receipt, are
// [clientele.ErrMismatch], as are medians and a base without Config.Amounts.
func Degrading[K clientele.ID](b *Base[K], s *Scales) (iter.Seq2[K, Degradation], error) {
	const op = "rfm.Degrading"
	if err := b.gradable(op, s); err != nil {
		return nil, err
	}
	if s.meter.Monetary == Total {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "Measure.Monetary", Value: Total, Err: clientele.ErrMismatch}
	}
	return func(yield func(K, Degradation) bool) {
		for id, m := range b.All() {
			if d, ok := s.Degradation(m); ok && !yield(id, d) {
				return
			}
		}
	}, nil
}
