package rfm

import (
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// meter is a compiled Measure: it turns facts into values.
type meter struct {
	Measure
	dates *clientele.Periods // days of the zone; nil unless they are counted
}

// newMeter compiles a measure without faults.
func newMeter(m Measure) (*meter, error) {
	if m.Days != Dates {
		return &meter{Measure: m}, nil
	}
	dates, err := m.calendar().Open()
	return &meter{m, dates}, err
}

const (
	dayNanos  = 24 * float64(time.Hour)
	yearNanos = 365.25 * dayNanos
)

// fits returns an InputError where the measure needs amounts that were not kept.
func (t *meter) fits(op string, amounts bool) error {
	if t.Monetary == Median && !amounts {
		return fault.Of(op, "Config.Amounts", false, errNoAmounts)
	}
	return nil
}

var errNoAmounts = rule.Because(clientele.ErrMismatch, "the plan measures medians, for which every amount is needed",
	"true, or a plan that measures average receipts or totals")

// values measures a customer who bought at least once. Only the median needs amounts.
func (t *meter) values(f *facts, w *exact.Wide, amounts []stamped) Values {
	return Values{Recency: t.recency(f), Frequency: t.frequency(f), Monetary: t.monetary(f, w, amounts)}
}

func (t *meter) recency(f *facts) float64 {
	silence := t.days(f.last, f.asOf)
	if t.Recency == SinceLast || f.n < 2 {
		return silence
	}
	interval := t.days(f.first, f.last) / float64(f.n-1)
	if t.Days == Exact {
		// One rounding instead of two: an interval of whole days stays whole.
		interval = elapsed(f.first, f.last) / (dayNanos * float64(f.n-1))
	}
	if t.Recency == MeanInterval {
		return interval
	}
	return max(interval, silence)
}

// days counts the days from a to b.
func (t *meter) days(a, b int64) float64 {
	switch t.Days {
	case Whole:
		return float64((uint64(b) - uint64(a)) / uint64(24*time.Hour))
	case Dates:
		// Where a zone sets its clocks back over midnight, the date before comes again.
		return float64(max(0, t.dates.Index(time.Unix(0, b))-t.dates.Index(time.Unix(0, a))))
	default:
		return elapsed(a, b) / dayNanos
	}
}

// elapsed is b-a in nanoseconds for a <= b; the difference may exceed an int64.
func elapsed(a, b int64) float64 { return float64(uint64(b) - uint64(a)) }

func (t *meter) frequency(f *facts) float64 {
	switch t.Frequency {
	case Count:
		return float64(f.inWindow)
	case PerActiveYear:
		return float64(f.n) / max(1, elapsed(f.first, f.last)/yearNanos)
	}
	tenure, window := elapsed(f.first, f.asOf), math.Inf(1)
	if f.from != math.MinInt64 {
		window = elapsed(f.from, f.asOf)
	}
	exposure := max(min(window, tenure), min(window, yearNanos))
	return float64(f.inWindow) / (exposure / yearNanos)
}

func (t *meter) monetary(f *facts, w *exact.Wide, amounts []stamped) float64 {
	sum, n := f.money()
	switch t.Monetary {
	case Total:
		return w.Float(sum)
	case Median:
		return median(amounts, f)
	default:
		return w.Ratio(sum, n)
	}
}

// median returns the middle amount of the purchases that count, or the mean of the two
// in the middle. There is at least one.
func median(amounts []stamped, f *facts) float64 {
	from := f.from
	if f.inWindow == 0 {
		from = math.MinInt64
	}
	var counted []stamped
	for _, a := range amounts {
		if a.at > from {
			counted = append(counted, a)
		}
	}
	slices.SortFunc(counted, func(a, b stamped) int { return a.amount.Cmp(b.amount) })
	mid := len(counted) / 2
	var sum exact.Sum
	var w exact.Wide
	w.Add(&sum, counted[mid].amount)
	if len(counted)%2 == 1 {
		return w.Float(sum)
	}
	w.Add(&sum, counted[mid-1].amount)
	return w.Ratio(sum, 2)
}
