package basket

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// gathered is one shop, gathered in some order and shards, and the number of goroutines to
// answer with.
type gathered struct {
	baskets    *Baskets[int64]
	assortment *Assortment[int64]
	follows    *Follows[int64]
	workers    int
}

// gather gathers the receipts in shards, which are merged from the front or the back.
func gather(receipts []clientele.Receipt[int64], shards int, back bool) gathered {
	var all []gathered
	for part := range slices.Chunk(receipts, (len(receipts)+shards-1)/shards) {
		g := gathered{
			baskets:    verify.Must(New(Config{}, channelOf)),
			assortment: verify.Must(NewAssortment(AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, channelOf)),
			follows:    verify.Must(NewFollows[int64](nil, FollowsConfig{AsOf: receipttest.Noon(90), Within: 20, Sequences: []Sequence{{"a", "b"}, {"b", "d"}}})),
			workers:    shards,
		}
		if err := clientele.FeedReceipts(clientele.All(part), g.baskets, g.assortment, g.follows); err != nil {
			panic(err)
		}
		all = append(all, g)
	}
	if back {
		slices.Reverse(all)
	}
	for _, g := range all[1:] {
		for _, err := range []error{all[0].baskets.Merge(g.baskets), all[0].assortment.Merge(g.assortment), all[0].follows.Merge(g.follows)} {
			if err != nil {
				panic(err)
			}
		}
	}
	return all[0]
}

// mixedShop draws receipts of several items, refunds and void ones among them.
func mixedShop() (all []clientele.Receipt[int64]) {
	r := rand.New(rand.NewPCG(6, 7))
	for range 300 {
		sold := receipttest.On(1+r.IntN(100), r.Int64N(50), "0")
		sold.Channel = []string{"web", "store", "phone"}[r.IntN(3)]
		for range 1 + r.IntN(5) {
			product := string(rune('a' + r.IntN(8)))
			sold.Lines = append(sold.Lines, receipttest.Item(product, "of "+product[:1], fmt.Sprint(1+r.IntN(3)), fmt.Sprintf("%.2f", 0.1+30*r.Float64()), "", "0.30"))
		}
		all = append(all, sold)
		switch r.IntN(20) {
		case 0:
			back := receipttest.TakenBack(sold)
			back.RefundOf = "somewhere else"
			all = append(all, back)
		case 1:
			all = append(all, clientele.Receipt[int64]{Customer: sold.Customer, At: sold.At, Void: true})
		}
	}
	return all
}

// inAnyOrder are all answers that are made of receipts.
var inAnyOrder = map[string]func(gathered) any{
	"Baskets.Affinity": func(g gathered) any {
		a := verify.Must(g.baskets.Affinity(AffinityConfig{Workers: g.workers}))
		return []any{a, a.Base.AlsoBought("a", 3), a.Base.Strongest(3), maps.Collect(a.Base.AllAlsoBought(2))}
	},
	"Baskets.Bundles": func(g gathered) any { return verify.Must(g.baskets.Bundles(BundleConfig{Workers: g.workers})) },
	"Baskets.Pair": func(g gathered) any {
		base, segments, err := g.baskets.Pair("a", "b", 0)
		return []any{base, segments, err}
	},
	"Baskets.AppendBinary":     func(g gathered) any { return verify.Must(g.baskets.AppendBinary(nil)) },
	"Baskets.MarshalBinary":    func(g gathered) any { return verify.Must(g.baskets.MarshalBinary()) },
	"Baskets.Len":              func(g gathered) any { return g.baskets.Len() },
	"Baskets.Skipped":          func(g gathered) any { return g.baskets.Skipped() },
	"Assortment.Bestsellers":   func(g gathered) any { return verify.Must(g.assortment.Bestsellers(BestsellerConfig{Top: 3})) },
	"Assortment.CategoryIndex": func(g gathered) any { return verify.Must(g.assortment.CategoryIndex(0)) },
	"Assortment.Preferences":   func(g gathered) any { return verify.Must(g.assortment.Preferences(2, 0)) },
	"Assortment.AppendBinary":  func(g gathered) any { return verify.Must(g.assortment.AppendBinary(nil)) },
	"Assortment.MarshalBinary": func(g gathered) any { return verify.Must(g.assortment.MarshalBinary()) },
	"Assortment.Void":          func(g gathered) any { return g.assortment.Void() },
	"Follows.Report":           func(g gathered) any { return verify.Must(g.follows.Report(0)) },
	"Follows.Later":            func(g gathered) any { return g.follows.Later() },
	"Follows.Open":             func(g gathered) any { return maps.Collect(verify.Must(g.follows.Open("a", "b"))) }, // in the order of the roster
}

// The same receipts in another order, in shards merged from either end, with any number of
// goroutines, give the same bytes.
func TestAnswersInAnyOrder(t *testing.T) {
	receipttest.InAnyOrder(t, mixedShop(), gather, inAnyOrder)
}
