package rfm

import (
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
)

// Measure says how a customer's facts become recency, frequency and monetary.
// It is part of a [Plan] and is frozen with its scales. The zero Measure is
// exact days since the last purchase, number of purchases, average receipt.
type Measure struct {
	Recency  RecencyKind  `json:"recency,omitempty"`
	Days     DayCount     `json:"days,omitempty"`
	Zone     string       `json:"zone,omitempty"` // IANA zone of the dates counted by [Dates]; "" = UTC
	Monetary MonetaryKind `json:"monetary,omitempty"`

	// PerYear makes frequency purchases per year of 365.25 days. The years are
	// those from the customer's first purchase (not before the window) to AsOf,
	// but at least one, or the window if that is shorter: a rate over a few days
	// would say nothing.
	PerYear bool `json:"perYear,omitempty"`
}

// Values are the three numbers that are graded.
type Values struct {
	Recency   float64 `json:"recency"`   // days, at least 0
	Frequency float64 `json:"frequency"` // purchases, or purchases per year; at least 0
	Monetary  float64 `json:"monetary"`  // money, correctly rounded: equal money gives equal values
}

// Value returns one of the three; 0 for a metric that does not exist.
func (v Values) Value(m Metric) float64 {
	if m > M {
		return 0
	}
	return [3]float64{v.Recency, v.Frequency, v.Monetary}[m]
}

// validate returns an InputError for the first value that cannot be graded.
func (v Values) validate(op string) error {
	for _, m := range metrics {
		x := v.Value(m)
		fault := func(err error) error {
			return &clientele.InputError{Op: op, Index: -1, Field: fieldNames[m], Value: x, Err: err}
		}
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fault(clientele.ErrNotFinite)
		}
		if x < 0 && m != M {
			return fault(clientele.ErrNegative)
		}
	}
	return nil
}

// faults notes what is wrong with the measure.
func (m Measure) faults(f *clientele.ConfigError) {
	for _, kind := range []struct {
		field string
		value uint8
		names []string
	}{
		{"Measure.Recency", uint8(m.Recency), recencyNames},
		{"Measure.Days", uint8(m.Days), dayCountNames},
		{"Measure.Monetary", uint8(m.Monetary), monetaryNames},
	} {
		if int(kind.value) >= len(kind.names) {
			f.Add(kind.field, kind.value, clientele.ErrUnknown)
		}
	}
	if err := m.calendar().Validate(); err != nil {
		f.Add("Measure.Zone", m.Zone, err)
	}
}

// calendar counts the dates of the measure's zone.
func (m Measure) calendar() clientele.Calendar {
	return clientele.Calendar{Unit: clientele.Day, Zone: m.Zone}
}

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

// values measures a customer who bought at least once. amounts are needed for
// the median only.
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
		// A zone that sets clocks back over midnight has the date before again.
		return float64(max(0, t.dates.Index(time.Unix(0, b))-t.dates.Index(time.Unix(0, a))))
	default:
		return elapsed(a, b) / dayNanos
	}
}

// elapsed is b-a in nanoseconds for a <= b; the difference may exceed an int64.
func elapsed(a, b int64) float64 { return float64(uint64(b) - uint64(a)) }

func (t *meter) frequency(f *facts) float64 {
	n := float64(f.inWindow)
	if !t.PerYear {
		return n
	}
	tenure, window := elapsed(f.first, f.asOf), math.Inf(1)
	if f.from != math.MinInt64 {
		window = elapsed(f.from, f.asOf)
	}
	exposure := max(min(window, tenure), min(window, yearNanos))
	return n / (exposure / yearNanos)
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

// median returns the middle amount, or the mean of the two middle ones, of the
// purchases that count.
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
	if len(counted) == 0 {
		panic("rfm: a median of metrics that were gathered without Config.Amounts")
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
