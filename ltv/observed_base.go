package ltv

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// observedBase is a base before and after the end of the calibration, its distinct
// histories in canonical order, so that sums do not depend on that of customers.
type observedBase struct {
	rows      []observedRow
	horizon   float64 // the length of the holdout; 0 = none
	customers int
	logGaps   float64 // the sum over customers
}

// observedRow is the customers of one history.
type observedRow struct {
	summary Summary // without money
	index   int     // of the first of them
	sequels []sequel
}

// sequel is a number of purchases in the holdout.
type sequel struct {
	purchases int
	customers int
}

// conduct is a history and what followed.
type conduct struct {
	frequency, purchases int
	recency, t           float64
}

var (
	errNoHoldout    = fmt.Errorf("%w: there is no holdout", clientele.ErrMissing)
	errNotOneLength = fmt.Errorf("%w: holdouts differ in length", clientele.ErrMismatch)
	errNoTime       = fmt.Errorf("%w: purchases in a holdout of no length", clientele.ErrRange)
)

// readObserved collects a base.
func readObserved[K any](op string, base iter.Seq2[K, Observed]) (*observedBase, error) {
	if base == nil {
		return nil, fault.Missing(op, "base")
	}
	b := new(observedBase)
	type seen struct{ first, customers int }
	counts := make(map[conduct]seen)
	for _, o := range base {
		if err := b.check(op, o); err != nil {
			return nil, err
		}
		key := conduct{o.Summary.Frequency, o.Holdout.Frequency, o.Summary.Recency + 0, o.Summary.T + 0}
		c := counts[key]
		if c.customers == 0 {
			c.first = b.customers
		}
		c.customers++
		counts[key] = c
		b.logGaps += o.Summary.LogGaps
		b.customers++
	}
	if b.customers == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "base", Err: clientele.ErrEmpty}
	}
	keys := make([]conduct, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, conduct.compare)
	for _, key := range keys {
		b.put(key, counts[key].first, counts[key].customers)
	}
	return b, nil
}

// check reports why a customer who comes next is not usable.
func (b *observedBase) check(op string, o Observed) error {
	fault := func(field string, value any, err error) error {
		return &clientele.InputError{Op: op, Index: b.customers, Field: "Holdout." + field, Value: value, Err: err}
	}
	if !o.Summary.usable() {
		in := *o.Summary.Validate().(*clientele.InputError)
		in.Op, in.Index, in.Field = op, b.customers, "Summary."+in.Field
		return &in
	}
	h := o.Holdout
	switch {
	case math.IsNaN(h.T) || math.IsInf(h.T, 0):
		return fault("T", h.T, clientele.ErrNotFinite)
	case h.T < 0:
		return fault("T", h.T, clientele.ErrNegative)
	case h.Frequency < 0:
		return fault("Frequency", h.Frequency, clientele.ErrNegative)
	case h.Frequency > maxFrequency:
		return fault("Frequency", h.Frequency, clientele.ErrRange)
	case h.T == 0 && h.Frequency > 0:
		return fault("Frequency", h.Frequency, errNoTime)
	}
	if b.customers == 0 {
		b.horizon = h.T
	}
	if h.T != b.horizon {
		return fault("T", h.T, errNotOneLength)
	}
	return nil
}

// put adds a history and what followed, in ascending order.
func (b *observedBase) put(c conduct, first, customers int) {
	s := Summary{Frequency: c.frequency, Recency: c.recency, T: c.t}
	if n := len(b.rows); n == 0 || b.rows[n-1].summary != s {
		b.rows = append(b.rows, observedRow{summary: s, index: first})
	}
	row := &b.rows[len(b.rows)-1]
	row.index = min(row.index, first)
	row.sequels = append(row.sequels, sequel{c.purchases, customers})
}

func (c conduct) compare(o conduct) int {
	return cmp.Or(cmp.Compare(c.frequency, o.frequency), cmp.Compare(c.t, o.t),
		cmp.Compare(c.recency, o.recency), cmp.Compare(c.purchases, o.purchases))
}

// histories are the histories that models are fitted to, without money.
func (b *observedBase) histories() *Sample {
	h := &Sample{logGaps: b.logGaps, customers: b.customers}
	for i := range b.rows {
		n := 0
		for _, s := range b.rows[i].sequels {
			n += s.customers
		}
		s := b.rows[i].summary
		h.put(history{int32(s.Frequency), int64(n), s.Recency, s.T})
	}
	return h
}
