package ltv

import (
	"cmp"
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// observedBase is a base before and after the end of the calibration, its distinct
// summaries in canonical order, so that sums do not depend on the order of customers.
type observedBase struct {
	rows      []observedRow
	unit      Span    // of time
	horizon   float64 // the length of the holdout; 0 = none
	customers int
	logGaps   exact.FloatSum // the sum over customers
}

// observedRow is the customers who have one summary.
type observedRow struct {
	summary Summary // without money
	index   int     // the first customer's position in the base
	sequels []sequel
}

// sequel is a number of purchases in the holdout.
type sequel struct {
	purchases int
	customers int
}

// conduct is a summary and what followed.
type conduct struct {
	frequency, purchases int
	recency, t           float64
}

var (
	errNoModel     = rule.Want(clientele.ErrMissing, "a model, such as the Model of a fit")
	errNoHoldout   = rule.Because(clientele.ErrMissing, "there is no holdout", "summaries with SummaryConfig.Until")
	errNoTime      = rule.Because(clientele.ErrRange, "purchases in a holdout of no length", "a T above 0")
	errNoCustomers = rule.Because(clientele.ErrEmpty, "no customers", "at least one with a purchase")
)

// readObserved collects a base.
func readObserved[K any](op string, base iter.Seq2[K, Observed]) (*observedBase, error) {
	if base == nil {
		return nil, fault.Of(op, "base", nil, rule.Want(clientele.ErrMissing, "customers, such as Summaries.Observed"))
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
		b.logGaps.Add(o.Summary.LogGaps)
		b.customers++
	}
	if b.customers == 0 {
		return nil, fault.Of(op, "base", nil, errNoCustomers)
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
	refuse := func(field string, value any, err error) error {
		return &clientele.InputError{Op: op, Index: b.customers, Field: field, Value: value, Err: err}
	}
	if !o.Summary.usable() {
		in := *o.Summary.Validate().(*clientele.InputError)
		in.Op, in.Index, in.Field = op, b.customers, "Summary."+in.Field
		return &in
	}
	h := o.Holdout
	switch {
	case !rule.IsFinite(h.T):
		return refuse("Holdout.T", h.T, errNoNumber)
	case h.T < 0:
		return refuse("Holdout.T", h.T, errNegativeTime)
	case h.Frequency < 0:
		return refuse("Holdout.Frequency", h.Frequency, errNegativeCount)
	case h.Frequency > maxFrequency:
		return refuse("Holdout.Frequency", h.Frequency, errFrequency)
	case h.T == 0 && h.Frequency > 0:
		return refuse("Holdout.Frequency", h.Frequency, errNoTime)
	}
	if b.customers == 0 {
		b.horizon, b.unit = h.T, o.Unit
	}
	if h.T != b.horizon {
		return refuse("Holdout.T", h.T, rule.Because(clientele.ErrMismatch, "holdouts differ in length", "%v, as of the customers before", b.horizon))
	}
	if !o.Unit.same(b.unit) {
		return refuse("Unit", o.Unit.orNil(), rule.Because(clientele.ErrMismatch, "units of time differ", "that of the customers before, %v", cmp.Or(b.unit.orNil(), any("none"))))
	}
	return nil
}

// put adds a summary and what followed, in ascending order.
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

// sample is what models are fitted to, without money.
func (b *observedBase) sample() *Sample {
	h := &Sample{logGaps: b.logGaps, customers: b.customers, unit: b.unit}
	for i := range b.rows {
		n := 0
		for _, s := range b.rows[i].sequels {
			n += s.customers
		}
		s := b.rows[i].summary
		h.put(sampleRow{int32(s.Frequency), int64(n), s.Recency, s.T})
	}
	return h
}
