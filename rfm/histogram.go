package rfm

import (
	"math"
	"math/bits"
	"slices"
)

const (
	bucketBits = 11   // so that the 2,048 counters of a histogram stay in the first-level cache
	sortBelow  = 1024 // up to this number, values are sorted rather than counted
)

// orderStatistics returns the values at the given ranks (0 is the smallest), which are
// ascending unless values are few enough to be sorted. It counts values into equal parts of
// their range, then looks only into the parts that hold a rank: passes without a branch that
// depends on the data, where quickselect has many. The range is that of the values' bits,
// which order floats as integers do, so that no distribution takes more than six rounds.
func orderStatistics(values []float64, ranks []int) []float64 {
	stats := make([]float64, len(ranks))
	selectRanks(values, 0, ranks, stats)
	return stats
}

// selectRanks sets stats[i] to the value at ranks[i]-first, for ranks that values hold.
func selectRanks(values []float64, first int, ranks []int, stats []float64) {
	if len(values) <= sortBelow {
		values = slices.Sorted(slices.Values(values))
		for i, rank := range ranks {
			stats[i] = values[rank-first]
		}
		return
	}
	h := newHistogram(values)
	parts := h.parts(first, ranks)
	if h.shift == 0 { // all values of a bucket are equal
		for _, p := range parts {
			fill(stats[p.low:p.high], value(h.low+uint64(p.bucket)))
		}
		return
	}
	h.gather(values, parts)
	for _, p := range parts {
		selectRanks(p.values, p.first, ranks[p.low:p.high], stats[p.low:p.high])
	}
}

// histogram counts values by equal parts of the range of their keys.
type histogram struct {
	low    uint64 // the least key
	shift  int
	counts [1 << bucketBits]int32
}

// part is a bucket that holds ranks.
type part struct {
	bucket, count int
	first         int // rank of its least value
	low, high     int // positions of its ranks
	values        []float64
}

func newHistogram(values []float64) *histogram {
	low, high := keyRange(values)
	h := &histogram{low: low, shift: max(0, bits.Len64(high-low)-bucketBits)}
	for _, v := range values {
		h.counts[h.bucket(v)]++
	}
	return h
}

func (h *histogram) bucket(v float64) uint64 {
	return (sortKey(v) - h.low) >> (h.shift & 63) & (1<<bucketBits - 1)
}

// parts finds the buckets that hold the ranks.
func (h *histogram) parts(first int, ranks []int) []part {
	var parts []part
	for bucket, at := 0, 0; at < len(ranks); bucket++ {
		count := int(h.counts[bucket])
		here, _ := slices.BinarySearch(ranks[at:], first+count) // ranks before the next bucket
		if here > 0 {
			parts = append(parts, part{bucket: bucket, count: count, first: first, low: at, high: at + here})
		}
		first, at = first+count, at+here
	}
	return parts
}

// gather copies the values of the parts' buckets in one pass.
func (h *histogram) gather(values []float64, parts []part) {
	var wanted [1 << bucketBits]uint8 // part plus one
	for i := range parts {
		wanted[parts[i].bucket] = uint8(i + 1)
		parts[i].values = make([]float64, 0, parts[i].count)
	}
	for _, v := range values {
		if i := wanted[h.bucket(v)]; i != 0 {
			p := &parts[i-1]
			p.values = append(p.values, v)
		}
	}
}

// sortKey maps floats to integers of the same order; -0 and 0 are one.
func sortKey(v float64) uint64 {
	b := math.Float64bits(v + 0)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}

// value undoes sortKey.
func value(k uint64) float64 { return math.Float64frombits(k ^ (^uint64(int64(k)>>63) | 1<<63)) }

func keyRange(values []float64) (low, high uint64) {
	low = math.MaxUint64
	for _, v := range values {
		k := sortKey(v)
		low, high = min(low, k), max(high, k)
	}
	return low, high
}

func fill(s []float64, v float64) {
	for i := range s {
		s[i] = v
	}
}
