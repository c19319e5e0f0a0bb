package rfm

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Degradation says that a customer's receipts shrink: the average of the last Config.Recent
// purchases is on a lower level than the average of all, even if monetary still looks good.
type Degradation struct {
	AllTime      decimal.Decimal `json:"allTime"`      // AllTime is the average receipt of all time.
	AllTimeLevel int             `json:"allTimeLevel"` // AllTimeLevel is the level of AllTime on the scale of monetary.
	Recent       decimal.Decimal `json:"recent"`       // Recent is the average of the last purchases.
	RecentLevel  int             `json:"recentLevel"`  // RecentLevel is the level of Recent on the same scale.
	Purchases    int             `json:"purchases"`    // Purchases is how many of the last purchases are averaged: Config.Recent.
}

// Degradation compares the average of a customer's last Config.Recent purchases with the
// average receipt of all time, on the scale of monetary. ok is true where the last ones are
// on a lower level, and never where the customer has made no purchases before these. The
// averages are rounded half to even at 8 decimal places, but graded before rounding.
// Refunds do not lower the average of the last purchases, since they do not say to which
// purchase they belong.
//
// Degradation returns [clientele.ErrMismatch] if the plan measures totals, which are no
// receipts. The other errors are those of [Scales.Score].
func (s *Scales) Degradation(f Facts) (d Degradation, ok bool, err error) {
	const op = "rfm.Scales.Degradation"
	if err := s.gradesReceipts(op); err != nil {
		return Degradation{}, false, err
	}
	v, err := s.measure(op, &f)
	if err != nil || f.facts.n <= int64(f.keep) {
		return Degradation{}, false, err
	}
	d, ok = s.degradation(&f, v)
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
func (s *Scales) degradation(f *Facts, v Values) (d Degradation, ok bool) {
	own := recents{keep: f.keep, big: f.big}
	var wide exact.Wide
	var last exact.Sum
	for _, e := range f.recent[:f.keep] {
		wide.Join(&last, &wide, own.sum(&wide, e))
	}
	all := f.sums()
	score := s.scores[s.cellOf(v)]
	grader := &s.grade[M][s.scaleIndex(M, score.R, score.F)]
	d = Degradation{
		AllTime:      all.Quotient(f.facts.total, f.facts.n, averagePlaces),
		AllTimeLevel: grader.level(all.Ratio(f.facts.total, f.facts.n)),
		Recent:       wide.Quotient(last, int64(f.keep), averagePlaces),
		RecentLevel:  grader.level(wide.Ratio(last, int64(f.keep))),
		Purchases:    f.keep,
	}
	return d, d.RecentLevel < d.AllTimeLevel
}

// Degrading returns the customers whose receipts shrink, in order of first appearance. It
// returns [clientele.ErrMismatch] if the scales measure totals, which are no receipts, or
// if they measure medians and the base has no Config.Amounts.
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
