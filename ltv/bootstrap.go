package ltv

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// Bootstrap fits a model to the sample, then n more times, at most 100,000, to resamples (as
// many customers as the sample has, drawn with replacement), and stores these fits in
// Replicates, so that intervals of forecasts do not rest on the likelihood's curvature. All
// resamples together have at most 2³² customers: more are an InputError of
// [clientele.ErrRange] before the first fit. Standard errors of the
// parameters stay those of the curvature. src is a source of math/rand/v2, such as
// rand.NewPCG(1, 2). Equal sources give equal replicates, whatever the order in which
// customers were added. Replicates of [BGCNBD] and [MBGCNBD] have the K of the fit.
// Bootstrap stops with the error of the first resample that cannot be fitted.
func Bootstrap[M Estimable](model M, sample *Sample, n int, src rand.Source, cfg FitConfig) (Fitted[M], error) {
	const op = "ltv.Bootstrap"
	if n < 1 || n > mostDraws {
		return Fitted[M]{}, fault.Of(op, "n", n, rule.Want(clientele.ErrRange, "1 to %d replicates, such as 200", mostDraws))
	}
	if src == nil {
		return Fitted[M]{}, fault.Of(op, "src", nil, rule.ErrNoRandomness)
	}
	if customers := int64(sample.Len()); customers > mostRedrawn/int64(n) {
		return Fitted[M]{}, fault.Of(op, "n", n, rule.Want(clientele.ErrRange, "at most %d replicates of %d customers, 2^32 in all", mostRedrawn/customers, customers))
	}
	fit, err := Fit(model, sample, cfg)
	if err != nil {
		return fit, fault.Renamed(op, err)
	}
	rng, sorted := rand.New(src), sample.canonical()
	for i := range n {
		again, err := Fit(fit.Model, sorted.resample(rng), cfg)
		if err != nil {
			return fit, indexed(i, fault.Renamed(op, err))
		}
		fit.Replicates = append(fit.Replicates, again.Model)
	}
	return fit, nil
}

// mostRedrawn is how many customers a bootstrap draws in all resamples, at about 30 ns each.
const mostRedrawn = int64(1 << 32)

// canonical is the sample in an order that does not depend on that in which customers
// were added. It shares nothing that grows.
func (h *Sample) canonical() *Sample {
	out := &Sample{customers: h.customers, logGaps: h.logGaps, unit: h.unit, per: h.per}
	for _, r := range h.sorted() {
		out.rows = append(out.rows, sampleRow{r.X, r.N, r.Recency, r.T})
	}
	out.spends = slices.SortedFunc(slices.Values(h.spends), func(a, b likelihood.Spend) int {
		return cmp.Or(cmp.Compare(a.Orders, b.Orders), cmp.Compare(a.Mean, b.Mean))
	})
	return out
}

// resample draws as many customers with replacement. Spend is drawn apart, since
// models of purchasing and of spend are fitted apart.
func (h *Sample) resample(rng *rand.Rand) *Sample {
	out := &Sample{customers: h.customers, logGaps: h.logGaps, unit: h.unit, per: h.per}
	for i, n := range redrawn(len(h.rows), rng, func(i int) int64 { return h.rows[i].n }) {
		if n > 0 {
			row := h.rows[i]
			row.n = n
			out.put(row)
		}
	}
	for i, n := range redrawn(len(h.spends), rng, func(i int) int64 { return h.spends[i].N }) {
		if n > 0 {
			s := h.spends[i]
			s.N = n
			out.spends = append(out.spends, s)
		}
	}
	return out
}

// redrawn draws with replacement from n kinds, of which there are some each, as
// many as there are in all, and returns how many of each.
func redrawn(n int, rng *rand.Rand, count func(i int) int64) []int64 {
	ends := make([]int64, n) // cumulative counts
	total := int64(0)
	for i := range n {
		total += count(i)
		ends[i] = total
	}
	drawn := make([]int64, n)
	for range total {
		u := rng.Int64N(total)
		drawn[sort.Search(n, func(i int) bool { return ends[i] > u })]++
	}
	return drawn
}
