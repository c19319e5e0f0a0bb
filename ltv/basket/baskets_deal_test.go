package basket

import (
	"bytes"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// televisions are receipts of 50 customers who buy a television and, six days later, a box
// for it; both receipts serve one need.
func televisions() []clientele.Receipt[int64] {
	var all []clientele.Receipt[int64]
	for customer := range int64(50) {
		tv := receipttest.On(1, customer, "0", receipttest.Item("TV", "video", "1", "500", "", "400"))
		box := receipttest.On(7, customer, "0", receipttest.Item("Apple TV", "video", "1", "150", "", "100"))
		tv.Need, box.Need = "watching", "watching"
		all = append(all, tv, box)
	}
	return all
}

// withDeals returns the baskets of deals by channel.
func withDeals(t testing.TB, receipts []clientele.Receipt[int64]) *Baskets[int64] {
	t.Helper()
	b := verify.Must(New(Config{}, channelOf))
	if err := b.AddDeals(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14})); err != nil {
		t.Fatal(err)
	}
	return b
}

// What serves one need is together, on however many receipts it is.
func TestDealsAreBaskets(t *testing.T) {
	apart := basketsOf(t, ByProduct, televisions()...)
	if pair, _, err := apart.Pair("TV", "Apple TV", 0); err != nil || pair.Together != 0 || pair.Baskets != 100 {
		t.Errorf("%+v %v", pair, err)
	}
	together := withDeals(t, televisions())
	if pair, _, err := together.Pair("TV", "Apple TV", 0); err != nil || pair.Together != 50 || pair.Baskets != 50 {
		t.Errorf("%+v %v", pair, err)
	}
}

// A deal brings the items of its receipts that are neither void nor refunds; its segment is
// that of the first receipt.
func TestDealsSkip(t *testing.T) {
	first, later := through("store", receipttest.On(1, 1, "0", receipttest.Item("desk", "x", "1", "9", "", "1"))), through("web", receipttest.On(3, 1, "0", receipttest.Item("lamp", "x", "1", "9", "", "1")))
	gift := receipttest.On(2, 1, "0", receipttest.Item("mug", "x", "1", "0", "", "1"))
	gift.Lines[0].Role = clientele.Gift
	back, void := receipttest.Refund(4, 1, "5"), clientele.Receipt[int64]{Customer: 1, At: receipttest.Noon(5), Void: true}
	b := verify.Must(New(Config{}, channelOf))
	for _, receipts := range [][]clientele.Receipt[int64]{{first, gift, later, back, void}, {gift}, {back}, {void}, {void, gift}} {
		if err := b.AddDeal(clientele.Deal[int64]{Customer: 1, Receipts: receipts}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := b.Skipped(), (Skipped{Refunds: 2, Void: 3, Empty: 2, NotChosen: 3}); got != want {
		t.Errorf("skipped %+v, want %+v", got, want)
	}
	pair, segments, err := b.Pair("desk", "lamp", 0)
	if err != nil || pair.Together != 1 || b.Len() != 1 || len(segments) != 1 || segments[0].Segment != "store" {
		t.Errorf("%+v %+v %v", pair, segments, err)
	}
	if err := new(Baskets[int64]).UnmarshalBinary(verify.Must(b.MarshalBinary())); err != nil {
		t.Error(err)
	}
}

func TestDealsRefuse(t *testing.T) {
	b := basketsOf(t, ByProduct, paid("EUR"))
	dollar := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{paid("USD")}}
	verify.InputError(t, b.AddDeal(dollar), "basket.Baskets.AddDeal", -1, "Receipts[0].Currency", clientele.ErrMismatch)
	verify.InputError(t, b.AddDeal(clientele.Deal[int64]{}), "basket.Baskets.AddDeal", -1, "Receipts", clientele.ErrMissing)
	verify.InputError(t, b.AddDeals(nil), "basket.Baskets.AddDeals", -1, "src", clientele.ErrMissing)
	good := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{paid("EUR")}}
	verify.InputError(t, b.AddDeals(clientele.All([]clientele.Deal[int64]{good, dollar})), "basket.Baskets.AddDeals", 1, "Receipts[0].Currency", clientele.ErrMismatch)
	if b.Len() != 2 {
		t.Errorf("%d baskets: the deal before the bad one was not added", b.Len())
	}
	for _, unable := range []*Baskets[int64]{nil, {}} {
		verify.InputError(t, unable.AddDeal(good), "basket.Baskets.AddDeal", -1, "Config", clientele.ErrMissing)
		verify.InputError(t, unable.AddDeals(nil), "basket.Baskets.AddDeals", -1, "Config", clientele.ErrMissing)
	}
}

// Invariant: a deal is the same basket as one receipt with all its lines, in any order of
// receipts and deals and from any shards, to the byte.
func TestDealIsOneReceipt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 15)
		var deals []clientele.Deal[int64]
		whole := verify.Must(New(Config{}, channelOf))
		for rest := receipts; len(rest) > 0; {
			n := rapid.IntRange(1, min(3, len(rest))).Draw(t, "receipts of the deal")
			d := clientele.Deal[int64]{Customer: 1, Receipts: rest[:n:n]}
			all := d.Receipts[0]
			all.Lines = nil
			for _, r := range d.Receipts {
				all.Lines = append(all.Lines, r.Lines...)
			}
			if err := whole.AddReceipt(&all); err != nil {
				t.Fatal(err)
			}
			deals, rest = append(deals, d), rest[n:]
		}
		deals = rapid.Permutation(deals).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(deals)).Draw(t, "cut")
		left, right := verify.Must(New(Config{}, channelOf)), verify.Must(New(Config{}, channelOf))
		for _, err := range []error{left.AddDeals(clientele.All(deals[:cut])), right.AddDeals(clientele.All(deals[cut:])), left.Merge(right)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(verify.Must(left.MarshalBinary()), verify.Must(whole.MarshalBinary())) {
			t.Fatalf("%+v, want %+v", left.facts, whole.facts)
		}
	})
}
