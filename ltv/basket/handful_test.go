package basket

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
)

// The least share of intervals that hold the truth, and the greatest share of samples in
// which one claims what is not so, of whatever size a sample is.
const leastCoverage, mostClaims = 0.90, 0.065

var handfuls = []int{2, 3, 5, 10, 30}

// held adds up how probable samples are whose interval is told and holds the truth.
type held struct{ told, holds float64 }

func (h *held) add(probability float64, e clientele.Estimate, truth float64) {
	if e.Level == 0 {
		return
	}
	h.told += probability
	const rounding = 1e-9
	if e.Lo <= truth*(1+rounding) && truth*(1-rounding) <= e.Hi {
		h.holds += probability
	}
}

// check fails where too few intervals hold a truth that is an effect, or too many claim one
// where there is none.
func (h *held) check(t *testing.T, what string, n int, effect bool) {
	t.Helper()
	if effect && h.told > 0 && h.holds < leastCoverage*h.told {
		t.Errorf("%s, n = %d: %.1f %% of the intervals hold the truth", what, n, 100*h.holds/h.told)
	}
	if claims := h.told - h.holds; !effect && claims > mostClaims {
		t.Errorf("%s, n = %d: %.1f %% claim what is not so", what, n, 100*claims)
	}
}

// logChoices is the logarithm of in how many ways n can be divided into parts.
func logChoices(n int, parts ...int) float64 {
	of := func(n int) float64 { v, _ := math.Lgamma(float64(n) + 1); return v }
	log := of(n)
	for _, part := range parts {
		log -= of(part)
	}
	return log
}

// multinomial is the probability of counts.
func multinomial(n int, counts []int, shares []float64) float64 {
	log := logChoices(n, counts...)
	for i, k := range counts {
		if k > 0 {
			log += float64(k) * math.Log(shares[i])
		}
	}
	return math.Exp(log)
}

// Lifts of pairs in all samples of a handful of baskets, each with its probability.
func TestLiftOfHandfuls(t *testing.T) {
	for _, w := range []struct {
		name       string
		a, b, lift float64
	}{
		{"independent, 0.05 and 0.2", 0.05, 0.2, 1},
		{"independent, 0.2 and 0.5", 0.2, 0.5, 1},
		{"independent, 0.5 and 0.5", 0.5, 0.5, 1},
		{"independent, 0.5 and 0.8", 0.5, 0.8, 1},
		{"independent, 0.9 and 0.9", 0.9, 0.9, 1},
		{"lift 3, 0.05 and 0.2", 0.05, 0.2, 3},
		{"lift 10, 0.05 and 0.05", 0.05, 0.05, 10},
		{"lift 4, 0.2 and 0.2", 0.2, 0.2, 4},
		{"lift 1.5, 0.2 and 0.5", 0.2, 0.5, 1.5},
		{"lift 0.5, 0.5 and 0.5", 0.5, 0.5, 0.5},
		{"lift 1.2, 0.5 and 0.8", 0.5, 0.8, 1.2},
	} {
		both := w.lift * w.a * w.b
		shares := []float64{both, w.a - both, w.b - both, 1 - w.a - w.b + both}
		for _, n := range handfuls {
			var h held
			for k := range n + 1 {
				for onlyA := range n - k + 1 {
					for onlyB := range n - k - onlyA + 1 {
						p := multinomial(n, []int{k, onlyA, onlyB, n - k - onlyA - onlyB}, shares)
						if p > 1e-9 {
							h.add(p, newPair("a", "b", k, k+onlyA, k+onlyB, n, 0.95).Lift, w.lift)
						}
					}
				}
			}
			h.check(t, w.name, n, w.lift != 1)
		}
	}
}

// Indexes in all samples of a handful of receipts of a segment and three times as many
// others.
func TestIndexOfHandfuls(t *testing.T) {
	for _, w := range []struct {
		name string
		p, q float64
	}{
		{"0.05 as everywhere", 0.05, 0.05},
		{"0.2 as everywhere", 0.2, 0.2},
		{"0.5 as everywhere", 0.5, 0.5},
		{"0.9 as everywhere", 0.9, 0.9},
		{"0.2 against 0.05", 0.2, 0.05},
		{"0.5 against 0.2", 0.5, 0.2},
		{"0.9 against 0.5", 0.9, 0.5},
		{"0.2 against 0.5", 0.2, 0.5},
	} {
		for _, n := range handfuls {
			var h held
			for k := range n + 1 {
				for k0 := range 3*n + 1 {
					p := multinomial(n, []int{k, n - k}, []float64{w.p, 1 - w.p}) * multinomial(3*n, []int{k0, 3*n - k0}, []float64{w.q, 1 - w.q})
					if p > 1e-9 {
						row := CategoryShare{Receipts: int64(k), SegmentReceipts: int64(n), BaseReceipts: int64(k + k0), TotalReceipts: int64(4 * n)}
						h.add(p, row.index(0.95), 100*w.p/(w.p/4+w.q*3/4))
					}
				}
			}
			h.check(t, w.name, n, w.p != w.q)
		}
	}
}

// trio are the shares of baskets with each set of three items of one share: a set is a
// number whose bits are the items. The items are independent, but for all three, which are
// bought together so many times as often, at the cost of baskets with one, and the first
// two, which are so too where pair is not 1.
func trio(share, all, pair float64) []float64 {
	both := pair * share * share
	ofTwo := []float64{1 - 2*share + both, share - both, share - both, both}
	cells := make([]float64, 8)
	for m := range cells {
		cells[m] = ofTwo[m&3] * []float64{1 - share, share}[m>>2]
	}
	more := cells[7] * (all - 1)
	for m := range cells {
		cells[m] += more * bundleTable{cells: cells}.sign(m)
	}
	return cells
}

// Bundles of handfuls, with a MinCount of 1.
func TestBundlesOfHandfuls(t *testing.T) {
	const samples = 1000
	for _, w := range []struct {
		name         string
		cells        []float64
		lift, excess float64
	}{
		{"independent, 0.2", trio(0.2, 1, 1), 1, 1},
		{"independent, 0.3", trio(0.3, 1, 1), 1, 1},
		{"independent, 0.5", trio(0.5, 1, 1), 1, 1},
		{"independent, 0.8", trio(0.8, 1, 1), 1, 1},
		{"two of three, 0.2", trio(0.2, 1, 2), 2, 1},
		{"two of three, 0.5", trio(0.5, 1, 1.5), 1.5, 1},
		{"all three, 0.2", trio(0.2, 3, 1), 3, 3},
		{"all three, 0.5", trio(0.5, 1.4, 1), 1.4, 1.4},
		{"seldom all three, 0.5", trio(0.5, 0.6, 1), 0.6, 0.6},
	} {
		for _, n := range handfuls {
			rng := rand.New(rand.NewPCG(5, uint64(n)))
			var lift, excess held
			for range samples {
				table := bundleTable{make([]float64, 8), float64(n)}
				for range n {
					at, m := rng.Float64(), 0
					for ; m < 7 && at >= w.cells[m]; m++ {
						at -= w.cells[m]
					}
					table.cells[m]++
				}
				if table.cells[7] > 0 {
					lift.add(1./samples, table.lift(0.95), w.lift)
					excess.add(1./samples, table.excess(0.95), w.excess)
				}
			}
			lift.check(t, "lift, "+w.name, n, w.lift != 1)
			excess.check(t, "excess, "+w.name, n, w.excess != 1)
		}
	}
}
