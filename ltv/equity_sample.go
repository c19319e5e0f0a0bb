package ltv

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// weighted is a summary and how many customers it stands for.
type weighted struct {
	summary   Summary
	customers int
}

// sketch keeps the distinct summaries of a group, each with how many customers have it: all,
// or where there are more than sketchSize those with the least hashes. So it depends on
// neither the order of customers nor their ids.
type sketch struct {
	counts map[Summary]int
	cut    bool
	limit  uint64 // where cut: of the hashes that are kept, all are below
}

const (
	// sketchSize is the most distinct summaries that a sketch ends with.
	sketchSize = 1 << 13

	// sampleSize is the most that a sample of these has.
	sampleSize = 2048
)

// add counts a customer.
func (k *sketch) add(s Summary) {
	if k.cut && s.hash() >= k.limit {
		return
	}
	if k.counts == nil {
		k.counts = make(map[Summary]int)
	}
	k.counts[s]++
	if len(k.counts) > 2*sketchSize {
		k.shrink()
	}
}

// shrink drops the summaries with the greatest hashes. One that was dropped never comes
// back, since the limit only falls, so what stays was counted from its first customer on.
func (k *sketch) shrink() {
	if len(k.counts) <= sketchSize {
		return
	}
	hashes := make([]uint64, 0, len(k.counts))
	for s := range k.counts {
		hashes = append(hashes, s.hash())
	}
	slices.Sort(hashes)
	k.cut, k.limit = true, hashes[sketchSize]
	for s := range k.counts {
		if s.hash() >= k.limit {
			delete(k.counts, s)
		}
	}
}

// sample returns what the sketch holds in canonical order, or where that is more than
// sampleSize as many customers from it, spread evenly.
func (k *sketch) sample() []weighted {
	k.shrink()
	all, customers := make([]weighted, 0, len(k.counts)), 0
	for s, n := range k.counts {
		all = append(all, weighted{s, n})
		customers += n
	}
	slices.SortFunc(all, func(a, b weighted) int { return a.summary.compare(b.summary) })
	if len(all) <= sampleSize {
		return all
	}
	drawn := all[:0]
	seen, next := 0, 0 // customers before this summary, and the next to draw, from 0
	for _, w := range all {
		n := 0
		for ; next < sampleSize && place(next, customers) < seen+w.customers; next++ {
			n++
		}
		seen += w.customers
		if n > 0 {
			drawn = append(drawn, weighted{w.summary, n})
		}
	}
	return drawn
}

// place is the number of the customer that is drawn as the i-th of a sample.
func place(i, customers int) int {
	hi, lo := bits.Mul64(uint64(2*i+1), uint64(customers))
	at, _ := bits.Div64(hi, lo, 2*sampleSize)
	return int(at)
}

// compare orders summaries by frequency, age and recency, then by all else.
func (s Summary) compare(o Summary) int {
	return cmp.Or(cmp.Compare(s.Frequency, o.Frequency), cmp.Compare(s.T, o.T), cmp.Compare(s.Recency, o.Recency),
		cmp.Compare(s.Monetary, o.Monetary), cmp.Compare(s.Orders, o.Orders), cmp.Compare(s.LogGaps, o.LogGaps))
}

// row is the history of a summary with zeros of one sign, since those of either are equal.
func (s Summary) row() sampleRow {
	return sampleRow{x: int32(s.Frequency), recency: s.Recency + 0, t: s.T + 0}
}

// hash mixes all bits of a summary; equal summaries have equal hashes.
func (s Summary) hash() uint64 {
	h := s.row().hash()
	for _, v := range [3]uint64{math.Float64bits(s.Monetary + 0), math.Float64bits(s.LogGaps + 0), uint64(s.Orders)} {
		hi, lo := bits.Mul64(h^v, 0x9e3779b97f4a7c15)
		h = hi ^ lo ^ v
	}
	hi, lo := bits.Mul64(h, 0xd1b54a32d192ed03)
	return hi ^ lo
}

// sampleSum adds up forecasts of a sample by given models.
type sampleSum struct {
	f      *Forecaster
	sample []weighted
}

type sums struct{ purchases, value float64 }

func (b sampleSum) at(o *outcome) (out sums, err error) {
	var cache kernel.Cache
	for _, w := range b.sample {
		one, err := b.f.at(o, w.summary, &cache)
		if err != nil {
			return sums{}, err
		}
		out.purchases += float64(w.customers) * one.Purchases.Value
		out.value += float64(w.customers) * one.Value.Value
	}
	return out, nil
}
