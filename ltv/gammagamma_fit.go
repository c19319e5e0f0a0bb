package ltv

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

func (m GammaGamma) family() family {
	return family{
		Family: maximum.Family{
			Names: namesOf(m), ShapeOf: []int{-1, -1, 1}, DropOut: -1,
			Alone: []maximum.Shape{{At: 0, Meaning: "p grows without bound as gamma vanishes: a customer's purchases do not differ"}},
		},
		build: func(v []float64) Estimable { return GammaGamma{v[0], v[1], v[2]} },
		open: func(h *Sample, workers int) (*fitting, error) {
			s, err := spendOf(h, workers)
			if err != nil {
				return nil, err
			}
			return &fitting{
				Problem: maximum.Problem{
					Function: likelihood.GammaGamma(s, workers),
					Units:    []float64{1, 1, s.Unit},
					Starts:   func([]float64) [][]float64 { return s.Starts() },
				},
				customers: s.Customers,
				warnings:  spendWarnings(s),
			}, nil
		},
	}
}

// spendOf is the spend of customers with purchases.
func spendOf(h *Sample, workers int) (*likelihood.SpendSample, error) {
	if len(h.spends) == 0 {
		return nil, fault.Of("", "Frequency", 0, rule.Because(clientele.ErrEmpty, "nobody bought a second time", "a longer observation, or SummaryConfig.IncludeFirst"))
	}
	if err := checkSpends(h.spends); err != nil {
		return nil, err
	}
	s, ok := likelihood.NewSpendSample(h.spends, workers)
	if !ok {
		return nil, fault.Of("", "Monetary", nil, rule.Because(ErrInaccurate, "means of customers are too far apart", "amounts in one currency, all within a factor of 1e200"))
	}
	return s, nil
}

// checkSpends reports how many customers have a mean that no gamma distribution
// gives, with the first few such values.
func checkSpends(spends []likelihood.Spend) error {
	const shown = 5
	var customers, bad int64
	var values []float64
	for _, s := range spends {
		customers += s.N
		if s.Mean > 0 {
			continue
		}
		bad += s.N
		if len(values) < shown && !slices.Contains(values, s.Mean) {
			values = append(values, s.Mean)
		}
	}
	if bad == 0 {
		return nil
	}
	return fault.Of("", "Monetary", values[0], rule.Because(clientele.ErrRange, notPositive,
		"amounts above 0: %d of %d customers with purchases have %v; leave them out, or fit what they paid before refunds", bad, customers, values))
}

// notPositive is why a mean is none of the gamma distribution's.
const notPositive = "mean spend is not positive"

// spendWarnings are the doubts about spend data.
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
