package cohort_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// Without change within groups and with values 10 and 20 that are known almost exactly, the
// mix moves with the shares alone: 10 times that of B. Of 100 and 50 customers half and 40 %
// are of B, with variances of 0.5²/99 and 0.4·0.6/49. Of it -0.55 is of B: -0.1·(20 - 14.5).
func TestDecomposeDoubtOfMix(t *testing.T) {
	with := func(p cohort.Part, stdErr float64) cohort.Part {
		p.StdErr = stdErr
		return p
	}
	before := []cohort.Part{with(decomposePart("A", 50, "500", 0), 1e-9), with(decomposePart("B", 50, "1000", 0), 1e-9)}
	after := []cohort.Part{with(decomposePart("A", 30, "300", 0), 1e-9), with(decomposePart("B", 20, "400", 0), 1e-9)}
	d := decomposed(t, before, after)
	want := 10 * math.Sqrt(0.25/99+0.24/49)
	outcomeNear(t, "mix", d.Mix.Value, -1, 0)
	outcomeNear(t, "its doubt", d.Mix.StdErr, want, 1e-9)
	outcomeNear(t, "doubt of the change", d.Change.StdErr, want, 1e-9)
	for _, g := range d.Groups {
		outcomeNear(t, g.Key, g.Mix.Value, map[string]float64{"A": -0.45, "B": -0.55}[g.Key], 1e-15)
		if g.Mix.Level != 0.95 || g.Contribution.Level != 0.95 || !g.Mix.Contains(0) {
			t.Errorf("%+v", g)
		}
	}
	before[0].StdErr = 0
	if d := decomposed(t, before, after); d.Mix.Level != 0 || d.Change.Level != 0 || d.Mix.Value != -1 {
		t.Errorf("without a standard error: %+v", d.Mix)
	}
}

// Values 10 and 20, of both periods alike, have a standard error of 2 in each, so that their
// means have the variance 2 and their difference 4. Half of the customers are of each group. The
// mix, a change of shares times a difference of values, has the variance Vd·(10² + 4).
func TestDecomposeDoubtOfAProduct(t *testing.T) {
	var alike []cohort.Part
	for _, p := range []cohort.Part{decomposePart("A", 50, "500", 0), decomposePart("B", 50, "1000", 0)} {
		p.StdErr = 2
		alike = append(alike, p)
	}
	d := decomposed(t, alike, alike)
	outcomeNear(t, "doubt of the mix", d.Mix.StdErr, math.Sqrt(2*0.25/99*(100+4)), 1e-9)
}

// A contribution is s1·v1 - s0·v0 - V·(s1 - s0) of shares s, values v and the mean V of both
// values of all. In customers 50 and 50, then 30 and 20, with values 10 and 20, then 16 and 30,
// V is (15 + 21.6)/2 = 18.3: with a share it moves by ∓(v - V), with a value by ∓s and with
// either value of all by -(s1 - s0)/2. Values are known almost exactly, so that shares alone
// count. They have the variances 0.25/99 and 0.24/49, and with the share of B the values of all
// move by 10 and by 14.
func TestDecomposeDoubtOfContributions(t *testing.T) {
	part := func(key string, customers int, total string) cohort.Part {
		p := decomposePart(key, customers, total, 0)
		p.StdErr = 1e-9
		return p
	}
	d := decomposed(t, []cohort.Part{part("A", 50, "500"), part("B", 50, "1000")}, []cohort.Part{part("A", 30, "480"), part("B", 20, "600")})
	before, after := 0.25/99, 0.24/49
	for _, g := range d.Groups {
		shift, sign, above, then := -0.1, 1.0, 20-18.3, 30-18.3
		if g.Key == "A" {
			shift, sign, above, then = 0.1, -1, 10-18.3, 16-18.3
		}
		// The value of all moves with the share of B, which is that of A with the sign changed.
		first, second := -above-sign*10*shift/2, then-sign*14*shift/2
		outcomeNear(t, g.Key, g.Contribution.StdErr, math.Sqrt(first*first*before+second*second*after), 1e-9)
	}
}

// A group that is new has an interval, as has one that is gone: it has no units in the other
// period, which add nothing. "new" is 20 of 50 customers, with a variance of 0.4·0.6/49, and
// lies 30 - 18/2 - 10/2 = 16 above the value of all, which moves with its share by 20; its value
// has the standard error 2. So its contribution, 0.4·16, moves by 16 - 0.4·20/2 with the share, by
// 0.4 - 0.4·0.4/2 with the value; and by -0.4·0.6/2 with the value of "kept", and by -0.4/2 with
// that before.
func TestDecomposeDoubtOfNewAndGone(t *testing.T) {
	with := func(p cohort.Part, stdErr float64) cohort.Part {
		p.StdErr = stdErr
		return p
	}
	fewer := []cohort.Part{with(decomposePart("kept", 50, "500", 0), 1)}
	more := []cohort.Part{with(decomposePart("kept", 30, "300", 0), 1), with(decomposePart("new", 20, "600", 0), 2)}
	want := math.Sqrt(12*12*0.24/49 + 0.32*0.32*4 + 0.12*0.12 + 0.2*0.2)
	for _, d := range []*cohort.Decomposition{decomposed(t, fewer, more), decomposed(t, more, fewer)} {
		for name, e := range effectsOf(d) {
			if e.Level == 0 && name != "within new" {
				t.Errorf("%s has no interval: %+v", name, e)
			}
		}
		outcomeNear(t, "new", effectsOf(d)["contribution of new"].StdErr, want, 1e-12)
	}
}

// mixOfHandfuls are the parts of customers of A and B, who pay 10 and 20, one in five of them
// five times as much.
func mixOfHandfuls(rng *rand.Rand, customers int, share float64) []cohort.Part {
	groups := [2][]float64{}
	for range customers {
		g, price := 0, 10.0
		if rng.Float64() < share {
			g, price = 1, 20
		}
		if rng.Float64() < 0.2 {
			price *= 5
		}
		groups[g] = append(groups[g], price)
	}
	var parts []cohort.Part
	for g, prices := range groups {
		n, sum, squares := float64(len(prices)), 0.0, 0.0
		for _, p := range prices {
			sum += p
		}
		for _, p := range prices {
			squares += (p - sum/n) * (p - sum/n)
		}
		p := cohort.Part{Key: string(rune('A' + g)), Customers: len(prices), Total: decimal.New(int64(sum), 0)}
		if n > 1 {
			p.StdErr = math.Sqrt(squares / (n - 1) / n)
		}
		parts = append(parts, p)
	}
	return parts
}

// Where half of 6, 10, 20 and 60 customers are of B before and 0.8 after, the interval of B's mix
// held it in 79, 85, 88 and 93 % of the samples that have one.
func TestDecomposeCoversMixOfHandfuls(t *testing.T) {
	const mix = 0.3 * (0.5*18 + 0.2*18) / 2
	for _, customers := range []int{6, 10, 20, 60} {
		rng := rand.New(rand.NewPCG(1, uint64(customers)))
		told, held := 0, 0
		for range 2000 {
			before, after := mixOfHandfuls(rng, customers, 0.5), mixOfHandfuls(rng, customers, 0.8)
			d := decomposed(t, before, after)
			i := slices.IndexFunc(d.Groups, func(g cohort.PartChange) bool { return g.Key == "B" })
			if e := d.Groups[i].Mix; e.Level > 0 {
				told++
				held += verify.OneIf(e.Contains(mix))
			}
		}
		if covers := float64(held) / float64(told); !(covers >= 0.93) {
			t.Errorf("of %d customers %.1f %% of %d intervals hold the mix", customers, 100*covers, told)
		}
	}
}

// A small group whose value rose by much, perhaps by chance, does not stand before a large
// one whose value certainly fell.
func TestDecomposeRanksByWhatIsKnown(t *testing.T) {
	part := func(key string, customers int, total int64, stdErr float64) cohort.Part {
		return cohort.Part{Key: key, Customers: customers, Total: decimal.New(total, 0), StdErr: stdErr}
	}
	d := decomposed(t,
		[]cohort.Part{part("large", 1000, 20_000, 0.1), part("small", 5, 100, 300)},
		[]cohort.Part{part("large", 1000, 19_000, 0.1), part("small", 5, 5000, 300)})
	if d.Groups[0].Key != "large" || !(math.Abs(d.Groups[1].Contribution.Value) > math.Abs(d.Groups[0].Contribution.Value)) {
		t.Errorf("%+v", d.Groups)
	}
}

// world has groups with shares, means of totals and of units. What customers with two units
// pay differs from what others pay.
type world struct{ share, value [3]float64 }

// truth is the world's part of a group, of very many customers.
func (w *world) parts(rng *rand.Rand, customers int, units bool) []cohort.Part {
	type sums struct{ n, u, uu, y, yy, uy float64 }
	var groups [3]sums
	for range customers {
		g, x := 0, rng.Float64()
		for g < 2 && x > w.share[g] {
			x -= w.share[g]
			g++
		}
		u := 1.0
		if units && rng.IntN(2) == 0 {
			u = 4
		}
		y := math.Round(100 * w.value[g] * rng.ExpFloat64() * math.Sqrt(u))
		s := &groups[g]
		s.n, s.u, s.uu, s.y, s.yy, s.uy = s.n+1, s.u+u, s.uu+u*u, s.y+y, s.yy+y*y, s.uy+u*y
	}
	var parts []cohort.Part
	for g, s := range groups {
		v := s.y / s.u
		p := cohort.Part{
			Key: string(rune('a' + g)), Customers: int(s.n), Total: decimal.New(int64(s.y), -2),
			StdErr: math.Sqrt((s.yy-2*v*s.uy+v*v*s.uu)*s.n/(s.n-1)) / s.u / 100,
		}
		if units {
			p.Units, p.UnitSquares, p.UnitTotals = int(s.u), int(s.uu), decimal.New(int64(s.uy), -2)
		}
		parts = append(parts, p)
	}
	return parts
}

// effectsOf are all effects of a decomposition by name.
func effectsOf(d *cohort.Decomposition) map[string]clientele.Estimate {
	all := map[string]clientele.Estimate{"change": d.Change, "mix": d.Mix, "within": d.WithinGroups}
	for _, g := range d.Groups {
		all["mix of "+g.Key], all["within "+g.Key], all["contribution of "+g.Key] = g.Mix, g.WithinGroup, g.Contribution
	}
	return all
}

// Intervals of every effect cover what is found in very many customers, as often as they
// say: of a mean per customer, and of one per unit, where share and value move together.
func TestDecomposeCovers(t *testing.T) {
	const runs, level = 500, 0.9
	first := world{[3]float64{0.5, 0.3, 0.2}, [3]float64{10, 20, 40}}
	second := world{[3]float64{0.45, 0.2, 0.35}, [3]float64{10, 25, 30}}
	for _, units := range []bool{false, true} {
		rng := rand.New(rand.NewPCG(11, 12))
		truth := effectsOf(decomposed(t, first.parts(rng, 400_000, units), second.parts(rng, 400_000, units)))
		covered := make(map[string]float64)
		for range runs {
			d, err := cohort.Decompose(first.parts(rng, 600, units), second.parts(rng, 800, units), level)
			if err != nil {
				t.Fatal(err)
			}
			for name, e := range effectsOf(d) {
				if e.Level != level {
					t.Fatalf("%s without an interval", name)
				}
				if e.Contains(truth[name].Value) {
					covered[name] += 1.0 / runs
				}
			}
		}
		t.Log(units, covered)
		for name := range truth {
			if math.Abs(covered[name]-level) > 0.04 {
				t.Errorf("%s covers in %.3f of cases, want %v", name, covered[name], level)
			}
		}
	}
}
