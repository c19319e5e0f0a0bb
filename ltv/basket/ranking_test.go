package basket

import (
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// What was seen once in one case is below what was seen 20 times in 40, in every ranking,
// although its estimate is higher.
func TestRankingsByLowerLimit(t *testing.T) {
	var receipts []clientele.Receipt[int64]
	add := func(times int, channel, products string) {
		for range times {
			receipts = append(receipts, receiptOf(channel, products))
		}
	}
	add(20, "web", "desk chair")
	add(19, "web", "desk")
	add(1, "web", "desk rug")
	add(15, "store", "chair")
	add(45, "store", "shelf")

	g := verify.Must(basketsOf(t, ByProduct, receipts...).Affinity(AffinityConfig{MinCount: 1})).Base
	pairs := g.Strongest(0)
	if len(pairs) != 2 || pairs[0].A != "chair" || pairs[1].Lift.Value <= pairs[0].Lift.Value {
		t.Errorf("%+v", pairs)
	}
	if one := g.Strongest(1); !reflect.DeepEqual(one, pairs[:1]) {
		t.Errorf("%+v", one)
	}

	for i, r := range receipts {
		for j := range r.Lines {
			receipts[i].Lines[j].Category = r.Lines[j].Product
		}
	}
	rows := verify.Must(assortmentOf(t, receipts...).Preferences(2, 0))
	var names []string
	for _, r := range rows {
		names = append(names, r.Segment+" "+r.Category)
	}
	if strings.Join(names, ", ") != "store shelf, store chair, web desk, web chair" {
		t.Errorf("%v", names)
	}
	all := verify.Must(assortmentOf(t, receipts...).Preferences(0, 0))
	rug, chair := at(all, "web", "rug"), at(all, "web", "chair")
	if all[rug].Index.Value <= all[chair].Index.Value || rug < chair || all[rug].Index.Lo > all[chair].Index.Lo {
		t.Errorf("rug %+v\nchair %+v", all[rug], all[chair])
	}

	// Sequences are in the order of the configuration; their shares can be ranked.
	if once, often := shareOf(1, 1, 0.95), shareOf(20, 40, 0.95); once.Lo >= often.Lo {
		t.Errorf("%v before %v", once, often)
	}
}

func at(all []CategoryShare, segment, category string) int {
	return slices.IndexFunc(all, func(c CategoryShare) bool { return c.Segment == segment && c.Category == category })
}

// Among 20 rare categories of noise, the one that a segment really prefers comes first in
// nearly all shops, which by the index alone it would not.
func TestPreferencesAmongNoise(t *testing.T) {
	const shops = 40
	surely, byIndex := 0, 0
	for seed := range uint64(shops) {
		r := rand.New(rand.NewPCG(seed, 2))
		var receipts []clientele.Receipt[int64]
		for i := range 100 {
			channel, share := "web", 0.5
			if i >= 40 {
				channel, share = "store", 0.25
			}
			sold := receipttest.On(1, 1, "0", receipttest.Item("a", "staple", "1", "1", "", "0"))
			if r.Float64() < share {
				sold.Lines = append(sold.Lines, receipttest.Item("b", "preferred", "1", "1", "", "0"))
			}
			if kind := r.IntN(60); kind < 20 {
				sold.Lines = append(sold.Lines, receipttest.Item("c", "noise "+string(rune('a'+kind)), "1", "1", "", "0"))
			}
			receipts = append(receipts, through(channel, sold))
		}
		rows := verify.Must(assortmentOf(t, receipts...).Preferences(0, 0))
		rows = slices.DeleteFunc(rows, func(c CategoryShare) bool { return c.Segment != "web" })
		surely += verify.OneIf(rows[0].Category == "preferred")
		most := slices.MaxFunc(rows, func(a, b CategoryShare) int { return cmp.Compare(a.Index.Value, b.Index.Value) })
		byIndex += verify.OneIf(most.Category == "preferred")
	}
	if surely < shops*8/10 || byIndex > shops/10 {
		t.Errorf("of %d shops the preferred category is first in %d by the lower limit and %d by the index", shops, surely, byIndex)
	}
}

// Invariant: a ranking has the rows of the list that it ranks, by falling lower limits, the
// same for receipts in any order, and an empty list is one in JSON too.
func TestRankingsRankAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 30)
		g := affinityOf(t, receipts, AffinityConfig{MinCount: 1}).Base
		pairs := g.Strongest(0)
		if len(pairs) != len(g.Pairs) || !slices.IsSortedFunc(pairs, func(p, q Pair) int { return cmp.Compare(q.Lift.Lo, p.Lift.Lo) }) {
			t.Fatalf("%+v", pairs)
		}
		again := affinityOf(t, rapid.Permutation(receipts).Draw(t, "mixed"), AffinityConfig{MinCount: 1}).Base
		if !reflect.DeepEqual(again.Strongest(3), g.Strongest(3)) {
			t.Fatal("another order of receipts changes the ranking")
		}
	})
	if text := verify.Must(json.Marshal(AffinityGroup{}.Strongest(0))); string(text) != "[]" {
		t.Error(string(text))
	}
}

func TestPreferencesRefuse(t *testing.T) {
	_, err := assortmentOf(t).Preferences(1, 0)
	verify.InputError(t, err, "basket.Assortment.Preferences", -1, "receipts", clientele.ErrEmpty)
	_, err = assortmentOf(t, twoMonths()...).Preferences(1, 1)
	verify.InputError(t, err, "basket.Assortment.Preferences", -1, "level", clientele.ErrRange)
	_, err = new(Assortment[int64]).Preferences(1, 0)
	verify.InputError(t, err, "basket.Assortment.Preferences", -1, "Config", clientele.ErrMissing)
}
