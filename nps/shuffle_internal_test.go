package nps

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// The draws are hypergeometric: frequencies agree with C(good, x) C(bad, n-x)/C(all, n).
func TestDrawIsHypergeometric(t *testing.T) {
	const runs = 50000
	d := shuffler{rng: rand.New(rand.NewPCG(1, 2))}
	for _, c := range [][3]uint64{{3, 4, 5}, {10, 2, 6}, {1, 30, 20}, {40, 60, 50}} {
		good, bad, n := c[0], c[1], c[2]
		times := make(map[uint64]float64)
		for range runs {
			times[d.drawHypergeometric(good, bad, n)]++
		}
		sum := 0.0
		for x := n - min(bad, n); x <= min(good, n); x++ {
			p := math.Exp(logChoose(good, x) + logChoose(bad, n-x) - logChoose(good+bad, n))
			if off := math.Abs(times[x]/runs - p); off > 4.5*math.Sqrt(p*(1-p)/runs)+1e-9 {
				t.Errorf("%v: %d comes with frequency %v, not %v", c, x, times[x]/runs, p)
			}
			sum += times[x]
		}
		if sum != runs {
			t.Errorf("%v: %v draws are impossible", c, runs-sum)
		}
	}
}

func logChoose(n, k uint64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// Many answers are drawn about their mean, as far as their standard deviation says.
func TestDrawOfMany(t *testing.T) {
	const runs, good, bad, n = 300, 6_000_000, 4_000_000, 500_000
	d := shuffler{rng: rand.New(rand.NewPCG(3, 4))}
	var sum, squares float64
	for range runs {
		off := float64(d.drawHypergeometric(good, bad, n)) - n*0.6
		sum += off
		squares += off * off
	}
	variance := n * 0.6 * 0.4 * (1 - n/float64(good+bad))
	if math.Abs(sum/runs) > 4*math.Sqrt(variance/runs) || math.Abs(squares/runs/variance-1) > 4*math.Sqrt(2./runs) {
		t.Error(sum/runs, squares/runs, variance)
	}
}

// Invariant: dealing keeps how many answers there are of each kind and in each row.
func TestDealKeepsSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Attitudes {
			n := func(kind string) uint64 { return rapid.Uint64Range(0, 50).Draw(t, kind) }
			return Attitudes{n("detractors"), n("passives"), n("promoters")}
		}), 1, 8).Draw(t, "rows")
		d := shuffler{rng: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))}
		var before, after Attitudes
		for i, drawn := range d.shuffle(rows) {
			if drawn.N() != rows[i].N() {
				t.Fatal(i, drawn, rows[i])
			}
			before, after = before.and(rows[i]), after.and(drawn)
		}
		if before != after {
			t.Fatal(before, after)
		}
	})
}
