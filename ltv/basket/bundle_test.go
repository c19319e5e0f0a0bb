package basket

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// shopWithBundles draws a thousand receipts of items at a tenth each. In 60 a kit of camera,
// tripod and bag is sold as a whole. Tea brings milk and sugar, each often but without regard
// for the other.
func shopWithBundles(seed uint64) []clientele.Receipt[int64] {
	r := rand.New(rand.NewPCG(seed, 1))
	var all []clientele.Receipt[int64]
	for i := range 1000 {
		var items strings.Builder
		items.WriteString("rug")
		for _, item := range []string{"camera", "tripod", "bag", "lamp", "desk"} {
			if i < 60 && slices.Contains([]string{"camera", "tripod", "bag"}, item) || r.Float64() < 0.1 {
				items.WriteString(" " + item)
			}
		}
		tea := r.Float64() < 0.2
		if tea {
			items.WriteString(" tea")
		}
		for _, item := range []string{"milk", "sugar"} {
			if share := map[bool]float64{true: 0.6, false: 0.1}[tea]; r.Float64() < share {
				items.WriteString(" " + item)
			}
		}
		all = append(all, receiptOf("", items.String()))
	}
	return all
}

// A kit is found with more than its pairs explain; what pairs explain is frequent, has a
// lift, and no excess.
func TestBundlesFindTheKit(t *testing.T) {
	claimed := 0
	for seed := range uint64(20) {
		r := verify.Must(basketsOf(t, ByProduct, shopWithBundles(seed)...).Bundles(BundleConfig{MinCount: 20, MaxItems: 3}))
		if kit := r.Bundles[0]; strings.Join(kit.Items, " ") != "bag camera tripod" || kit.Excess.Lo <= 1 {
			t.Errorf("seed %d: %+v", seed, kit)
		}
		i := slices.IndexFunc(r.Bundles, func(b Bundle) bool { return strings.Join(b.Items, " ") == "milk sugar tea" })
		if i < 0 || r.Bundles[i].Lift.Lo < 2 {
			t.Fatalf("seed %d: %+v", seed, r)
		}
		for _, other := range r.Bundles[1:] {
			if other.Excess.Lo > 1 {
				claimed++
			}
		}
	}
	if claimed > 1 {
		t.Errorf("%d trios that their pairs explain are claimed in 20 shops", claimed)
	}
}

// Worked by hand: of 80 baskets 10 have all of a, b and c, and 10 have each other set of
// them: everything is as by chance. With 20 in the cell of all, t is added to it so that
// (20+t)(10+t)³ = (10-t)⁴.
func TestBundleByHand(t *testing.T) {
	even := bundleTable{slices.Repeat([]float64{10}, 8), 80}
	for _, got := range []clientele.Estimate{even.lift(0.95), even.excess(0.95)} {
		if math.Abs(got.Value-1) > 1e-12 || !(got.Lo < 1 && got.Hi > 1) {
			t.Errorf("%+v", got)
		}
	}
	kit := bundleTable{slices.Repeat([]float64{10}, 8), 90}
	kit.cells[7] = 20
	e := verify.Must(uninteracting(kit))
	added := e.baskets - 20
	if left, right := (20+added)*math.Pow(10+added, 3), math.Pow(10-added, 4); math.Abs(left/right-1) > 1e-12 {
		t.Errorf("products %v and %v", left, right)
	}
	verify.Near(t, "independent", kit.independent().baskets, 90*math.Pow(50.0/90, 3), 1e-12)
}

// Of sets by chance, rare and frequent, at most one in twenty is claimed to be together more
// often.
func TestBundlesOfChance(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for _, share := range []float64{0.1, 0.15, 0.3} {
		const samples = 2000
		excess, lift := 0, 0
		for range samples {
			chance := bundleTable{make([]float64, 8), 1000}
			for range 1000 {
				m := 0
				for i := range 3 {
					if r.Float64() < share {
						m |= 1 << i
					}
				}
				chance.cells[m]++
			}
			if chance.cells[7] < defaultMinCount {
				continue
			}
			if chance.excess(0.95).Lo > 1 {
				excess++
			}
			if chance.lift(0.95).Lo > 1 {
				lift++
			}
		}
		if max(excess, lift) > samples/20 {
			t.Errorf("items at %v: %d excesses and %d lifts of %d are claimed", share, excess, lift, samples)
		}
	}
}

func uninteracting(t bundleTable) (expectation, error) {
	e, ok := t.uninteracting()
	if !ok {
		return e, clientele.ErrRange
	}
	return e, nil
}

// Invariant: gradients are those of differences.
func TestBundleGradients(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{8, 16}).Draw(t, "cells")
		whole := bundleTable{cells: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(1, 500).Draw(t, "cell")) }), n, n).Draw(t, "all")}
		for _, cell := range whole.cells {
			whole.n += cell
		}
		for name, expect := range map[string]func(bundleTable) expectation{
			"independent": bundleTable.independent, "uninteracting": func(t bundleTable) expectation { return verify.Must(uninteracting(t)) },
		} {
			e := expect(whole)
			for m := range whole.cells {
				const step = 1e-4
				up, down := bundleTable{slices.Clone(whole.cells), whole.n + step}, bundleTable{slices.Clone(whole.cells), whole.n - step}
				up.cells[m] += step
				down.cells[m] -= step
				if slope := (expect(up).baskets - expect(down).baskets) / (2 * step); math.Abs(slope-e.gradient[m]) > 1e-5*(1+math.Abs(slope)) {
					t.Fatalf("%s, cell %d: gradient %v, slope %v", name, m, e.gradient[m], slope)
				}
			}
		}
	})
}

// Invariant: bundles are those of looking at every three and four items of every receipt,
// for any thresholds, workers and order; one candidate less than there are is refused.
func TestBundlesCountEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 40)
		cfg := BundleConfig{MinCount: rapid.IntRange(1, 4).Draw(t, "count"), MaxItems: rapid.SampledFrom([]int{0, 3}).Draw(t, "items"), Workers: rapid.IntRange(1, 3).Draw(t, "workers")}
		got := verify.Must(fed(t, receipts).Bundles(cfg))
		want := countSets(receipts, cfg.MinCount, cfg.MaxItems)
		for _, b := range got.Bundles {
			if key := strings.Join(b.Items, " "); want[key] != b.Together || b.Excess.Lo > b.Excess.Value+1e-9 || b.Excess.Hi < b.Excess.Value-1e-9 {
				t.Fatalf("%+v, want %d", b, want[key])
			}
		}
		if len(got.Bundles) != len(want) {
			t.Fatalf("%+v, want %v", got, want)
		}
		if again := verify.Must(fed(t, rapid.Permutation(receipts).Draw(t, "mixed")).Bundles(cfg)); !reflect.DeepEqual(again, got) {
			t.Fatalf("%+v, want %+v", again, got)
		}
		if cfg.MaxCandidates = int(got.Candidates); cfg.MaxCandidates > 0 && !reflect.DeepEqual(verify.Must(fed(t, receipts).Bundles(cfg)), got) {
			t.Fatal("a bound that is just reached changes the answer")
		}
		if cfg.MaxCandidates--; cfg.MaxCandidates > 0 {
			_, err := fed(t, receipts).Bundles(cfg)
			if in, ok := err.(*clientele.InputError); !ok || in.Field != "MaxCandidates" {
				t.Fatal(err)
			}
		}
	})
}

func fed(t *rapid.T, receipts []clientele.Receipt[int64]) *Baskets[int64] {
	b := verify.Must(New(Config{}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), b); err != nil {
		t.Fatal(err)
	}
	return b
}

// countSets counts the sets of three and, unless at most is 3, four items.
func countSets(receipts []clientele.Receipt[int64], least, most int) map[string]int64 {
	all := make(map[string]int64)
	for _, r := range receipts {
		var items []string
		for _, l := range r.Lines {
			if l.IsChosen() && l.Product != "" {
				items = append(items, l.Product)
			}
		}
		slices.Sort(items)
		items = slices.Compact(items)
		for bits := range 1 << len(items) {
			var set []string
			for i, item := range items {
				if bits>>i&1 == 1 {
					set = append(set, item)
				}
			}
			if len(set) == 3 || len(set) == 4 && most != 3 {
				all[strings.Join(set, " ")]++
			}
		}
	}
	for key, n := range all {
		if n < int64(least) {
			delete(all, key)
		}
	}
	return all
}

// Sets by the million are refused before they take memory.
func TestBundlesOfManySets(t *testing.T) {
	var err error
	taken := allocated(func() { _, err = alike(t, 200).Bundles(BundleConfig{}) }) // 1.3 million trios
	verify.InputError(t, err, "basket.Baskets.Bundles", -1, "MaxCandidates", clientele.ErrRange)
	if taken > 128<<20 {
		t.Errorf("%d MB", taken>>20)
	}
	_, err = alike(t, 1500).Bundles(BundleConfig{}) // as many pairs
	verify.InputError(t, err, "basket.Baskets.Bundles", -1, "MaxCandidates", clientele.ErrRange)
}

func TestBundlesRefuse(t *testing.T) {
	_, err := basketsOf(t, ByProduct, tenReceipts()...).Bundles(BundleConfig{MinSupport: 2, MinCount: -1, MaxItems: 5, MaxCandidates: -1, Level: 95, Workers: -1})
	verify.ConfigError(t, err, "basket.Baskets.Bundles", "MinSupport", "MinCount", "MaxItems", "MaxCandidates", "Level", "Workers")
	_, err = basketsOf(t, ByProduct).Bundles(BundleConfig{})
	verify.InputError(t, err, "basket.Baskets.Bundles", -1, "baskets", clientele.ErrEmpty)
	for _, unable := range []*Baskets[int64]{nil, {}} {
		_, err := unable.Bundles(BundleConfig{})
		verify.InputError(t, err, "basket.Baskets.Bundles", -1, "Config", clientele.ErrMissing)
	}
	if err := json.Unmarshal([]byte(`{"maxitems":3}`), new(BundleConfig)); err == nil {
		t.Error("another key is read")
	}
}
