package basket

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// What many receipts show comes before what a few show, whatever the lift, and what
// everybody buys comes last.
func TestAlsoBoughtRanksByLowerLimit(t *testing.T) {
	var receipts []clientele.Receipt[int64]
	for range 40 {
		receipts = append(receipts, receiptOf("", "desk chair bag"), receiptOf("", "bag"), receiptOf("", "bag"))
	}
	for range 10 {
		receipts = append(receipts, receiptOf("", "desk bag"), receiptOf("", "chair bag"))
	}
	receipts = append(receipts, receiptOf("", "desk rug bag"))
	g := verify.Must(basketsOf(t, ByProduct, receipts...).Affinity(AffinityConfig{MinCount: 1})).Base
	got := g.AlsoBought("desk", 0)
	if len(got) != 3 || got[0].Item != "chair" || got[1].Item != "bag" || got[2].Item != "rug" {
		t.Fatalf("%+v", got)
	}
	if !(got[2].Lift.Value > got[0].Lift.Value && got[1].Confidence.Value > got[0].Confidence.Value && got[1].Lift.Lo <= 1) {
		t.Errorf("the case does not show what it should: %+v", got)
	}
	if two := g.AlsoBought("desk", 2); len(two) != 2 || two[1].Item != "bag" {
		t.Errorf("%+v", two)
	}
}

// With an item that is unknown, or in no pair, nothing is suggested: an empty list, in JSON
// too.
func TestAlsoBoughtOfUnknown(t *testing.T) {
	g := verify.Must(basketsOf(t, ByProduct, receiptOf("", "desk chair"), receiptOf("", "lamp")).Affinity(AffinityConfig{MinCount: 1})).Base
	for _, group := range []AffinityGroup{g, {}} {
		for _, item := range []string{"sofa", "lamp", ""} {
			if text := verify.Must(json.Marshal(group.AlsoBought(item, 2))); string(text) != "[]" {
				t.Errorf("%q: %s", item, text)
			}
		}
	}
}

// Invariant: what is suggested with one item is what is suggested with all of them.
func TestAlsoBoughtOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := affinityOf(t, drawBaskets(t, 30), AffinityConfig{MinCount: 1}).Base
		n := rapid.IntRange(0, 4).Draw(t, "n")
		before := ""
		for item, all := range g.AllAlsoBought(n) {
			if one := g.AlsoBought(item, n); item <= before || !reflect.DeepEqual(all, one) {
				t.Fatalf("%q: %+v, alone %+v", item, all, one)
			}
			before = item
		}
		if before == "" && len(g.Pairs) > 0 {
			t.Fatal("nothing suggested")
		}
	})
}
