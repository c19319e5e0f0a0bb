package basket

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// drawBaskets draws receipts with repeated, unnamed and given items.
func drawBaskets(t *rapid.T, most int) []clientele.Receipt[int64] {
	line := rapid.Custom(func(t *rapid.T) clientele.Line {
		product := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", ""}).Draw(t, "product")
		l := receipttest.Item(product, "x", "1", "10", "", "0")
		if rapid.IntRange(0, 5).Draw(t, "given") == 0 {
			l.Role = clientele.Gift
		}
		return l
	})
	receipt := rapid.Custom(func(t *rapid.T) clientele.Receipt[int64] {
		r := receipttest.On(1, 1, "0", rapid.SliceOfN(line, 1, 6).Draw(t, "lines")...)
		r.Channel = rapid.SampledFrom([]string{"", "store", "web"}).Draw(t, "channel")
		return r
	})
	all := rapid.SliceOfN(receipt, 1, most).Draw(t, "receipts")
	all = append(all, receiptOf("web", "a b")) // never without a basket
	for i := range all {
		all[i].No = fmt.Sprint(i)
	}
	return all
}

func affinityOf(t *rapid.T, receipts []clientele.Receipt[int64], cfg AffinityConfig) *Affinity {
	b := verify.Must(New(Config{}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), b); err != nil {
		t.Fatal(err)
	}
	return verify.Must(b.Affinity(cfg))
}

// Invariant: the counts are those of looking at every two items of every receipt, for
// the base and each segment, for any thresholds and any number of workers.
func TestAffinityCountsEveryPair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 30)
		cfg := AffinityConfig{
			MinCount:   rapid.IntRange(1, 4).Draw(t, "count"),
			MinSupport: rapid.Float64Range(0, 0.4).Draw(t, "support"),
			Workers:    rapid.IntRange(1, 3).Draw(t, "workers"),
		}
		got := affinityOf(t, receipts, cfg)
		for _, g := range append(got.Segments, got.Base) {
			n, of, together := int64(0), make(map[string]int64), make(map[[2]string]int64)
			for _, r := range receipts {
				items := make(map[string]bool)
				for _, l := range r.Lines {
					if l.Role != clientele.Gift && l.Product != "" {
						items[l.Product] = true
					}
				}
				if len(items) == 0 || g.Segment != r.Channel && !reflect.DeepEqual(g, got.Base) {
					continue
				}
				n++
				for a := range items {
					of[a]++
					for b := range items {
						if a < b {
							together[[2]string{a, b}]++
						}
					}
				}
			}
			maps.DeleteFunc(together, func(_ [2]string, k int64) bool {
				return k < int64(cfg.MinCount) || float64(k)/float64(n) < cfg.MinSupport
			})
			if g.Baskets != n || len(g.Pairs) != len(together) || g.Items != len(of) {
				t.Fatalf("%+v, want %d receipts, pairs %v", g, n, together)
			}
			for _, p := range g.Pairs {
				if p.Together != together[[2]string{p.A, p.B}] || p.WithA != of[p.A] || p.WithB != of[p.B] || p.Baskets != n {
					t.Fatalf("%+v, want %d of %d and %d", p, together[[2]string{p.A, p.B}], of[p.A], of[p.B])
				}
			}
		}
	})
}

// Invariant: the order of receipts, shards, a clone and a reset change nothing, and
// what was merged stays as it was.
func TestBasketsMergeAsOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts, cfg := drawBaskets(t, 15), AffinityConfig{MinCount: 1}
		want := affinityOf(t, receipts, cfg)
		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		var parts []*Baskets[int64]
		for _, part := range [][]clientele.Receipt[int64]{mixed[:cut], mixed[cut:]} {
			b := verify.Must(New(Config{}, channelOf))
			if err := clientele.FeedReceipts(clientele.All(part), b); err != nil {
				t.Fatal(err)
			}
			parts = append(parts, b)
		}
		merged, zero := parts[0].Clone(), new(Baskets[int64])
		for _, step := range []error{merged.Merge(parts[1]), zero.Merge(parts[0]), zero.Merge(parts[1])} {
			if step != nil {
				t.Fatal(step)
			}
		}
		for name, b := range map[string]*Baskets[int64]{"merged": merged, "zero": zero} {
			if got := verify.Must(b.Affinity(cfg)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %+v, want %+v", name, got, want)
			}
		}
		if parts[0].Len()+parts[1].Len() != int(want.Base.Baskets) {
			t.Fatal("merging changed what was merged")
		}
		merged.Reset()
		if err := clientele.FeedReceipts(clientele.All(receipts), merged, zero); err != nil {
			t.Fatal(err)
		}
		if got := verify.Must(merged.Affinity(cfg)); !reflect.DeepEqual(got, want) {
			t.Fatal("baskets differ after a reset")
		}
		if err := merged.Merge(merged); err != nil || !reflect.DeepEqual(verify.Must(merged.Affinity(cfg)), verify.Must(zero.Affinity(cfg))) {
			t.Fatal("twice the same baskets differ by how they were added", err)
		}
	})
}

// Invariant: a purchase that was undone leaves what would be there without it.
func TestBasketsOfWhatWasKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 15)
		var kept, all []clientele.Receipt[int64]
		for _, r := range receipts {
			all = append(all, r)
			switch rapid.IntRange(0, 2).Draw(t, "taken back") {
			case 0:
				all = append(all, receipttest.TakenBack(r))
			case 1:
				kept = append(kept, r)
			default: // the first line alone
				refund := receipttest.TakenBack(r)
				refund.Lines = refund.Lines[:1]
				all = append(all, refund)
				if r.Lines = slices.Clone(r.Lines[1:]); len(r.Lines) > 0 {
					kept = append(kept, r)
				}
			}
		}
		kept, all = append(kept, receiptOf("web", "a")), append(all, receiptOf("web", "a"))
		var netted []clientele.Receipt[int64]
		for r, err := range clientele.Net(clientele.All(all)) {
			if err != nil {
				t.Fatal(err)
			}
			netted = append(netted, r)
		}
		got, want := affinityOf(t, netted, AffinityConfig{MinCount: 1}), affinityOf(t, kept, AffinityConfig{MinCount: 1})
		if !reflect.DeepEqual(got.Base, want.Base) || !reflect.DeepEqual(got.Segments, want.Segments) {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}
