package rfm

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Degradation says that a customer's receipts shrink: the average of the last few is on a
// lower level than the average of all, even where monetary still looks well.
type Degradation struct {
	Lifetime      decimal.Decimal `json:"lifetime"`      // Lifetime is the average receipt of all time.
	LifetimeLevel int             `json:"lifetimeLevel"` // LifetimeLevel is the level of Lifetime on the scale of monetary.
	Recent        decimal.Decimal `json:"recent"`        // Recent is the average of the last purchases.
	RecentLevel   int             `json:"recentLevel"`   // RecentLevel is the level of Recent on the same scale.
	Purchases     int             `json:"purchases"`     // Purchases is the number of last purchases, Config.Recent.
}

// Degradation compares the average of a customer's last Config.Recent purchases with the
// average receipt of all time, on the scale of monetary. ok is true where the last ones are
// on a lower level, and never for a customer without earlier purchases. The averages are
// rounded half to even at 8 decimal places, but graded before rounding. Refunds do not lower
// the average of the last purchases, since they do not say to which purchase they belong.
//
// A plan that measures totals, which are no receipts, is [clientele.ErrMismatch]. The other
// errors are those of [Scales.Score].
func (s *Scales) Degradation(m Metrics) (d Degradation, ok bool, err error) {
	const op = "rfm.Scales.Degradation"
	if err := s.gradesReceipts(op); err != nil {
		return Degradation{}, false, err
	}
	v, err := s.measure(op, &m)
	if err != nil || m.facts.n <= int64(m.keep) {
		return Degradation{}, false, err
	}
	d, ok = s.degradation(&m, v)
	return d, ok, nil
}

// gradesReceipts reports scales that are missing or whose monetary is no receipt.
func (s *Scales) gradesReceipts(op string) error {
	if err := s.usable(op); err != nil {
		return err
	}
	if s.meter.Monetary == Total {
		return fault.Of(op, "Measure.Monetary", Total, errTotals)
	}
	return nil
}

var errTotals = rule.Because(clientele.ErrMismatch, "a total is no receipt", "%v or %v", AverageReceipt, Median)

// degradation compares the receipts of a customer with more purchases than are kept, whose
// values are v.
func (s *Scales) degradation(m *Metrics, v Values) (d Degradation, ok bool) {
	own := recents{keep: m.keep, big: m.big}
	var wide exact.Wide
	var last exact.Sum
	for _, e := range m.recent[:m.keep] {
		wide.Join(&last, &wide, own.sum(&wide, e))
	}
	all := m.sums()
	score := s.scores[s.cellOf(v)]
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

// Degrading returns the customers whose receipts shrink, in order of first appearance. Scales
// that measure totals, which are no receipts, are [clientele.ErrMismatch], as are scales that
// measure medians and a base without Config.Amounts.
func Degrading[K clientele.ID](b *Base[K], s *Scales) (iter.Seq2[K, Degradation], error) {
	const op = "rfm.Degrading"
	if err := b.gradedBy(op, s); err != nil {
		return nil, err
	}
	if err := s.gradesReceipts(op); err != nil {
		return nil, err
	}
	return func(yield func(K, Degradation) bool) {
		for id, m := range b.All() {
			if m.facts.n <= int64(m.keep) {
				continue
			}
			if d, ok := s.degradation(&m, s.meter.values(&m.facts, m.sums(), m.amounts)); ok && !yield(id, d) {
				return
			}
		}
	}, nil
}
