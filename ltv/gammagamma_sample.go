package ltv

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// spendOf is the spend of the customers with a positive mean, and that of the others.
func spendOf(h *Sample, workers int) (*likelihood.SpendSample, leftOut, error) {
	if len(h.spends) == 0 {
		return nil, leftOut{}, fault.Of("", "Frequency", 0, rule.Because(clientele.ErrEmpty, "nobody bought a second time", "a longer observation, or SummaryConfig.IncludeFirst"))
	}
	left, spends := leftOutOf(h.spends), h.spends
	if len(left.spends) > 0 {
		spends = slices.DeleteFunc(slices.Clone(spends), notSpending)
	}
	if len(spends) == 0 {
		return nil, leftOut{}, left.refuse()
	}
	s, ok := likelihood.NewSpendSample(spends, workers)
	if !ok {
		return nil, leftOut{}, fault.Of("", "Monetary", nil, rule.Because(ErrInaccurate, "means of customers are too far apart", "amounts in one currency, all within a factor of 1e200"))
	}
	return s, left, nil
}

// leftOut is the spend of customers whose mean no gamma distribution gives.
type leftOut struct {
	spends    []likelihood.Spend // the least negative first
	customers int64              // with purchases, these and the others
}

// notSpending reports whether a mean is not above 0.
func notSpending(s likelihood.Spend) bool { return !(s.Mean > 0) }

func leftOutOf(spends []likelihood.Spend) leftOut {
	var left leftOut
	for _, s := range spends {
		left.customers += s.N
		if notSpending(s) {
			left.spends = append(left.spends, s)
		}
	}
	slices.SortFunc(left.spends, func(a, b likelihood.Spend) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Orders, b.Orders), cmp.Compare(a.N, b.N))
	})
	return left
}

// sums are the customers, their purchases and their money.
func (l leftOut) sums() (customers, purchases int64, money float64) {
	var all exact.FloatSum
	for _, s := range l.spends {
		customers += s.N
		purchases += s.N * int64(s.Orders)
		all.AddTimes(s.Mean, s.N*int64(s.Orders))
	}
	return customers, purchases, all.Value()
}

// means are the first few different means.
func (l leftOut) means() []float64 {
	const shown = 5
	var means []float64
	for _, s := range l.spends {
		if len(means) < shown && !slices.Contains(means, s.Mean) {
			means = append(means, s.Mean)
		}
	}
	return means
}

// refuse is the error about these customers; nil if there are none.
func (l leftOut) refuse() error {
	if len(l.spends) == 0 {
		return nil
	}
	customers, _, _ := l.sums()
	return fault.Of("", "Monetary", l.spends[0].Mean, rule.Because(clientele.ErrRange, notPositive,
		"amounts above 0: %d of %d customers with purchases have %v; leave these customers out, or count what was paid before refunds, by SummaryConfig.Gross",
		customers, l.customers, l.means()))
}

// warnings say who was left out, beside a sample of the others.
func (l leftOut) warnings(s *likelihood.SpendSample) []Warning {
	if len(l.spends) == 0 {
		return nil
	}
	customers, purchases, money := l.sums()
	others, spent := s.Spent()
	return []Warning{warn(SpendNotPositive, "", float64(customers),
		"%d of %d customers with purchases are left out of the fit, with means such as %v: %.2g %% of the purchases, and %.6g of %.6g in money",
		customers, l.customers, l.means(), 100*float64(purchases)/(float64(purchases)+others), money, money+spent)}
}

// notPositive is why a mean is none of the gamma distribution's.
const notPositive = "mean spend is not positive"

// spendWarnings are the warnings about spend data.
func spendWarnings(s *likelihood.SpendSample) (all []Warning) {
	if repeaters := s.Repeaters(); repeaters < fewRepeaters {
		all = append(all, warn(FewRepeats, "", repeaters,
			"%v of %v customers have two purchases or more; only they show how the purchases of one customer differ", repeaters, s.Customers))
	}
	if r := s.Correlation(); s.Depends(r) {
		all = append(all, warn(SpendDepends, "", r, "the correlation of frequency and mean spend is %.2f", r))
	}
	return all
}
