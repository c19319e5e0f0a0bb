package basket

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

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

func TestBasketsRefuse(t *testing.T) {
	_, err := New[int64](Config{By: 9}, nil)
	verify.ConfigError(t, err, "basket.New", "By")

	b := basketsOf(t, ByProduct, tenReceipts()...)
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

	euro, dollar := receiptOf("", "a b"), receiptOf("", "a b")
	euro.Currency, dollar.Currency = "EUR", "USD"
	if err := empty.AddReceipt(&euro); err != nil || empty.Currency() != "EUR" {
		t.Error(err)
	}
	verify.InputError(t, empty.AddReceipt(&dollar), "basket.Baskets.AddReceipt", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, empty.Merge(basketsOf(t, ByProduct, dollar)), "basket.Baskets.Merge", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, empty.Merge(basketsOf(t, ByCategory)), "basket.Baskets.Merge", -1, "Config.By", clientele.ErrMismatch)
	if empty.Len() != 1 {
		t.Errorf("%d baskets", empty.Len())
	}

	var zero Baskets[int64]
	verify.InputError(t, zero.AddReceipt(&euro), "basket.Baskets.AddReceipt", -1, "Config", clientele.ErrMissing)
	if err := empty.Merge(&zero); err != nil || zero.Len() != 0 {
		t.Error(err)
	}
}
