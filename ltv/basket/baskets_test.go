package basket

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// slipOf is a receipt of one unit each of products, a space between them.
func slipOf(channel, products string) clientele.Receipt[int64] {
	r := receipttest.On(1, 1, "0")
	r.Channel = channel
	for product := range strings.FieldsSeq(products) {
		r.Lines = append(r.Lines, receipttest.Item(product, "", "1", "10", "", "0"))
	}
	return r
}

func channelOf(r *clientele.Receipt[int64]) string { return r.Channel }

// basketsOf returns the baskets of receipts by channel.
func basketsOf(t testing.TB, by ItemKind, receipts ...clientele.Receipt[int64]) *Baskets[int64] {
	t.Helper()
	b := verify.Must(New(Config{By: by}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), b); err != nil {
		t.Fatal(err)
	}
	return b
}

// tenSlips are ten receipts of two channels: five with a desk, five with a chair,
// three with both.
func tenSlips() []clientele.Receipt[int64] {
	return []clientele.Receipt[int64]{
		slipOf("store", "desk chair lamp"), slipOf("store", "desk chair"), slipOf("store", "chair desk"),
		slipOf("store", "desk lamp"), slipOf("web", "desk"), slipOf("web", "chair"),
		slipOf("web", "chair lamp"), slipOf("web", "lamp"), slipOf("web", "rug"), slipOf("web", "rug"),
	}
}

// wantEstimate checks value and interval to the digits that are stated.
func wantEstimate(t testing.TB, what string, got clientele.Estimate, value, lo, hi float64) {
	t.Helper()
	for _, part := range []struct {
		name      string
		got, want float64
	}{{"value", got.Value, value}, {"lower limit", got.Lo, lo}, {"upper limit", got.Hi, hi}} {
		if !(math.Abs(part.got-part.want) <= 0.5e-6) {
			t.Errorf("%s of %s is %.7f, want %.6f", part.name, what, part.got, part.want)
		}
	}
}

// Worked by hand: desk and chair are in 5 receipts of 10 each, and in 3 together.
//
//	support 3/10, confidence 3/5, lift 10·3/(5·5) = 1.2
//	variance of ln lift: 1/3 - 1/5 - 1/5 + 2·3/(5·5) - 1/10 = 0.0733333
//
// The limits of the shares are the roots p of (k/n - p)² = 1.959964² p(1-p)/n: from
// 0.236593 to 0.763407 for 5 of 10. Those of the lift are the outer solutions t of
// At² - 2Bt + C = 0, with the correlation √(3·2·10/(5·5·5)) = 0.692820:
//
//	below A = 0.5² - (0.763407-0.5)² = 0.180617
//	      B = 0.6·0.5 - 0.692820·(0.6-0.230724)(0.763407-0.5) = 0.232610
//	      C = 0.6² - (0.6-0.230724)² = 0.223635
//	above A = 0.5² - (0.5-0.236593)² = 0.180617
//	      B = 0.6·0.5 - 0.692820·(0.882379-0.6)(0.5-0.236593) = 0.248468
//	      C = 0.6² - (0.882379-0.6)² = 0.280262
func TestAffinityByHand(t *testing.T) {
	b := basketsOf(t, ByProduct, tenSlips()...)
	got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1}))
	if g := got.Base; g.Receipts != 10 || g.Items != 4 || g.MinCount != 1 || len(g.Pairs) != 3 {
		t.Fatalf("%+v", g)
	}
	p := got.Base.Pairs[0]
	if p.A != "chair" || p.B != "desk" || p.Together != 3 || p.WithA != 5 || p.WithB != 5 || p.Receipts != 10 {
		t.Errorf("%+v", p)
	}
	wantEstimate(t, "support", p.Support, 0.3, 0.107791, 0.603222)
	wantEstimate(t, "confidence", p.AtoB, 0.6, 0.230724, 0.882379)
	wantEstimate(t, "confidence back", p.BtoA, 0.6, 0.230724, 0.882379)
	wantEstimate(t, "lift", p.Lift, 1.2, 0.639470, 1.959400)
	verify.Near(t, "standard error", p.Lift.StdErr, 1.2*math.Sqrt(0.22/3), 1e-14)

	// Of equal counts the names decide.
	if a, b := got.Base.Pairs[1], got.Base.Pairs[2]; a.A != "chair" || a.B != "lamp" || b.A != "desk" || b.B != "lamp" {
		t.Errorf("%+v, %+v", a, b)
	}
	if len(got.Segments) != 2 || got.Segments[0].Segment != "store" || got.Segments[1].Segment != "web" {
		t.Fatalf("%+v", got.Segments)
	}
	store, web := got.Segments[0], got.Segments[1]
	if store.Receipts != 4 || store.Items != 3 || len(store.Pairs) != 3 || web.Receipts != 6 || web.Items != 4 || len(web.Pairs) != 1 {
		t.Errorf("store %+v, web %+v", store, web)
	}
}

// The thresholds: 3 of 10 reach a support of 0.3 though 10 · 0.3 is more than 3 in
// other cases of float64, and not one that is greater.
func TestAffinityThresholds(t *testing.T) {
	b := basketsOf(t, ByProduct, tenSlips()...)
	for _, c := range []struct {
		support     float64
		count, want int
	}{
		{0, 1, 3},
		{0, 2, 3},
		{0, 3, 1},
		{0, 4, 0},
		{0, 0, 0},
		{0.2, 1, 3},
		{0.3, 1, 1},
		{math.Nextafter(0.3, 1), 1, 0},
		{1, 1, 0},
		{0.2, 3, 1},
	} {
		got := verify.Must(b.Affinity(AffinityConfig{MinSupport: c.support, MinCount: c.count}))
		if len(got.Base.Pairs) != c.want {
			t.Errorf("support %v, count %d: %d pairs, want %d", c.support, c.count, len(got.Base.Pairs), c.want)
		}
	}
	for n := 1; n <= 60; n++ {
		for k := 1; k <= n; k++ {
			cfg := AffinityConfig{MinSupport: float64(k) / float64(n)}
			if got := cfg.least(n); got != k {
				t.Fatalf("%d of %d receipts are reached by %d", k, n, got)
			}
		}
	}
	if g := verify.Must(b.Affinity(AffinityConfig{})).Base; g.MinCount != 5 {
		t.Errorf("the default is %d receipts", g.MinCount)
	}
}

// Any pair can be asked for, in the order asked, and what was never bought together is
// stated as such: 0 of 2, of 10 receipts with 5 and 2, and limits of Wilson's.
func TestPairBySegment(t *testing.T) {
	b := basketsOf(t, ByProduct, tenSlips()...)
	base, rows, err := b.Pair("rug", "desk", 0)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if base.A != "rug" || base.WithA != 2 || base.WithB != 5 || base.Together != 0 {
		t.Errorf("%+v", base)
	}
	wantEstimate(t, "confidence", base.AtoB, 0, 0, 0.657620)
	wantEstimate(t, "lift", base.Lift, 0, 0, 1.547376) // 0.657620 / √(0.236593(1-0.236593))
	if store := rows[0]; store.Segment != "store" || store.WithA != 0 || store.WithB != 4 || store.Receipts != 4 ||
		store.AtoB != (clientele.Estimate{}) || store.Lift != (clientele.Estimate{}) || store.BtoA.Level != 0.95 {
		t.Errorf("%+v", store)
	}
	base, rows, err = b.Pair("desk", "chair", 0.9)
	if err != nil || base.Together != 3 || base.AtoB.Level != 0.9 || rows[0].Together != 3 || rows[1].Together != 0 || rows[1].WithA != 1 || rows[1].WithB != 2 {
		t.Error(base, rows, err)
	}
}

// Two items that are in every receipt seen have a lift of 1 and all the doubt of the
// shares: those of 3 of 3 receipts are from 0.438503.
func TestLiftOfCertainty(t *testing.T) {
	b := basketsOf(t, ByProduct, slipOf("", "a b"), slipOf("", "b a"), slipOf("", "a b"))
	p := verify.Must(b.Affinity(AffinityConfig{MinCount: 1})).Base.Pairs[0]
	wantEstimate(t, "lift", p.Lift, 1, 0.438503, 2.280486)
	if p.Lift.StdErr != 0 || p.AtoB.Hi != 1 {
		t.Errorf("%+v", p)
	}
}

// What is no basket and what is no item is counted.
func TestBasketsSkip(t *testing.T) {
	gift, magnet, kept := receipttest.Item("mug", "x", "1", "0", "", "1"), receipttest.Item("guide", "x", "1", "5", "", "1"), receipttest.Item("desk", "x", "1", "9", "", "1")
	gift.Role, magnet.Role, kept.Kept = clientele.Gift, clientele.LeadMagnet, true
	addOn := receipttest.Item("cable", "y", "1", "9", "", "1")
	addOn.Role = clientele.AddOn
	b := basketsOf(
		t, ByProduct,
		receipttest.On(1, 1, "0", receipttest.Item("desk", "x", "2", "9", "", "1"), receipttest.Item("desk", "x", "1", "8", "", "1"), addOn, gift),
		receipttest.On(2, 1, "0", magnet),
		receipttest.On(3, 1, "0", kept, receipttest.Item("", "x", "1", "9", "", "1")),
		receipttest.Refund(4, 1, "5"),
		clientele.Receipt[int64]{Customer: 1, At: receipttest.Noon(5), Void: true},
	)
	if got, want := b.Skipped(), (Skipped{Refunds: 1, Void: 1, Empty: 2, NotChosen: 3, Unnamed: 1}); got != want {
		t.Errorf("skipped %+v, want %+v", got, want)
	}
	got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1}))
	if b.Len() != 1 || len(got.Base.Pairs) != 1 || got.Base.Pairs[0].A != "cable" || got.Base.Pairs[0].WithB != 1 || got.Skipped != b.Skipped() {
		t.Errorf("%+v", got)
	}
}

func TestBasketsByCategory(t *testing.T) {
	b := basketsOf(t, ByCategory,
		receipttest.On(1, 1, "0", receipttest.Item("desk", "office", "1", "9", "", "1"), receipttest.Item("chair", "office", "1", "9", "", "1"), receipttest.Item("bun", "food", "1", "9", "", "1")),
		receipttest.On(1, 1, "0", receipttest.Item("", "food", "1", "9", "", "1"), receipttest.Item("lamp", "", "1", "9", "", "1")))
	p := verify.Must(b.Affinity(AffinityConfig{MinCount: 1})).Base.Pairs
	if len(p) != 1 || p[0].A != "food" || p[0].WithA != 2 || p[0].WithB != 1 || b.Skipped().Unnamed != 1 {
		t.Errorf("%+v, skipped %+v", p, b.Skipped())
	}
}

// With more items than one goroutine counts at a time the counts are still those of
// every two items of every receipt, whatever the number of goroutines.
func TestAffinityOfManyItems(t *testing.T) {
	receipts := zipfReceipts(2000, 300)
	together := make(map[[2]string]int64)
	for _, r := range receipts {
		items := make(map[string]bool)
		for _, l := range r.Lines {
			items[l.Product] = true
		}
		for a := range items {
			for b := range items {
				if a < b {
					together[[2]string{a, b}]++
				}
			}
		}
	}
	b := basketsOf(t, ByProduct, receipts...)
	want := verify.Must(b.Affinity(AffinityConfig{MinCount: 1, Workers: 1}))
	for _, p := range want.Base.Pairs {
		if p.Together != together[[2]string{p.A, p.B}] {
			t.Fatalf("%+v, want %d", p, together[[2]string{p.A, p.B}])
		}
	}
	if want.Base.Items <= 2*itemsPerBlock || len(want.Base.Pairs) != len(together) {
		t.Fatalf("%d pairs of %d items, want %d", len(want.Base.Pairs), want.Base.Items, len(together))
	}
	for _, workers := range []int{0, 2, 5} {
		if got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1, Workers: workers})); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers find other pairs", workers)
		}
	}
}

// What many receipts show comes before what a few show, whatever the lift, and what
// everybody buys comes last.
func TestAlsoBoughtRanksByLowerLimit(t *testing.T) {
	var receipts []clientele.Receipt[int64]
	for range 40 {
		receipts = append(receipts, slipOf("", "desk chair bag"), slipOf("", "bag"), slipOf("", "bag"))
	}
	for range 10 {
		receipts = append(receipts, slipOf("", "desk bag"), slipOf("", "chair bag"))
	}
	receipts = append(receipts, slipOf("", "desk rug bag"))
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
	if none := g.AlsoBought("sofa", 2); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

func TestBasketsRefuse(t *testing.T) {
	_, err := New[int64](Config{By: 9}, nil)
	verify.ConfigError(t, err, "basket.New", "By")

	b := basketsOf(t, ByProduct, tenSlips()...)
	for _, cfg := range []AffinityConfig{
		{MinSupport: math.NaN(), MinCount: -1, Level: 1, Workers: -1},
		{MinSupport: -0.1, MinCount: -1, Level: math.NaN(), Workers: -1},
		{MinSupport: math.Inf(1), MinCount: -1, Level: -1, Workers: -1},
	} {
		_, err := b.Affinity(cfg)
		verify.ConfigError(t, err, "basket.Baskets.Affinity", "MinSupport", "MinCount", "Level", "Workers")
	}
	_, _, err = b.Pair("desk", "chair", 2)
	verify.InputError(t, err, "basket.Baskets.Pair", -1, "level", clientele.ErrRange)
	for _, c := range []struct {
		a, b, field string
		want        error
	}{
		{"sofa", "desk", "itemA", clientele.ErrUnknown},
		{"desk", "sofa", "itemB", clientele.ErrUnknown},
		{"desk", "desk", "itemB", clientele.ErrDuplicate},
	} {
		_, _, err := b.Pair(c.a, c.b, 0)
		verify.InputError(t, err, "basket.Baskets.Pair", -1, c.field, c.want)
	}

	empty := basketsOf(t, ByProduct)
	_, err = empty.Affinity(AffinityConfig{})
	verify.InputError(t, err, "basket.Baskets.Affinity", -1, "baskets", clientele.ErrEmpty)
	_, _, err = empty.Pair("a", "b", 0)
	verify.InputError(t, err, "basket.Baskets.Pair", -1, "baskets", clientele.ErrEmpty)
	verify.InputError(t, empty.Merge(nil), "basket.Baskets.Merge", -1, "baskets", clientele.ErrMissing)

	euro, dollar := slipOf("", "a b"), slipOf("", "a b")
	euro.Currency, dollar.Currency = "EUR", "USD"
	if err := empty.AddReceipt(&euro); err != nil || empty.Currency() != "EUR" {
		t.Error(err)
	}
	verify.InputError(t, empty.AddReceipt(&dollar), "basket.Baskets.AddReceipt", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, empty.Merge(basketsOf(t, ByProduct, dollar)), "basket.Baskets.Merge", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, empty.Merge(basketsOf(t, ByCategory)), "basket.Baskets.Merge", -1, "Config", clientele.ErrMismatch)
	if empty.Len() != 1 {
		t.Errorf("%d baskets", empty.Len())
	}

	var zero Baskets[int64]
	verify.InputError(t, zero.AddReceipt(&euro), "basket.Baskets.AddReceipt", -1, "Config", clientele.ErrMissing)
	if err := empty.Merge(&zero); err != nil || zero.Len() != 0 {
		t.Error(err)
	}
}

func TestItemKindText(t *testing.T) {
	for _, item := range []ItemKind{ByProduct, ByCategory} {
		var back Config
		text := verify.Must(json.Marshal(Config{By: item}))
		if err := json.Unmarshal(text, &back); err != nil || back.By != item {
			t.Errorf("%v becomes %v by %s: %v", item, back.By, text, err)
		}
	}
	if _, err := ItemKind(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || ItemKind(9).String() != "ItemKind(9)" {
		t.Error(err, ItemKind(9))
	}
	item := ByCategory
	if err := item.UnmarshalText([]byte("Product")); !errors.Is(err, clientele.ErrUnknown) || item != ByCategory {
		t.Error(err, item)
	}
}
