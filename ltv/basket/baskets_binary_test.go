package basket

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// Invariant: equal facts have equal bytes, in whatever order they came and however
// they were merged, and what was stored is what comes back.
func TestBasketsStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawBaskets(t, 15)
		one, left, right := verify.Must(New(Config{}, channelOf)), verify.Must(New(Config{}, channelOf)), verify.Must(New(Config{}, channelOf))
		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		for b, part := range map[*Baskets[int64]][]clientele.Receipt[int64]{one: receipts, left: mixed[:cut], right: mixed[cut:]} {
			if err := clientele.FeedReceipts(clientele.All(part), b); err != nil {
				t.Fatal(err)
			}
		}
		if err := left.Merge(right); err != nil {
			t.Fatal(err)
		}
		form := verify.Must(one.MarshalBinary())
		if got := verify.Must(left.MarshalBinary()); !bytes.Equal(got, form) {
			t.Fatalf("merged:\n% x\none pass:\n% x", got, form)
		}
		cfg := AffinityConfig{MinCount: 1}
		var stored Baskets[int64]
		if err := stored.UnmarshalBinary(form); err != nil || !reflect.DeepEqual(verify.Must(stored.Affinity(cfg)), verify.Must(one.Affinity(cfg))) {
			t.Fatalf("%+v: %v", stored, err)
		}
		if err := right.UnmarshalBinary(form); err != nil {
			t.Fatal(err)
		}
		if err := clientele.FeedReceipts(clientele.All(receipts), right, one); err != nil || !bytes.Equal(verify.Must(right.MarshalBinary()), verify.Must(one.MarshalBinary())) {
			t.Fatal("stored baskets grow otherwise", err)
		}
	})
}

// Invariant: a form that is cut or changed is refused and changes nothing, or is that
// of other baskets.
func TestBasketsRefuseForms(t *testing.T) {
	b := basketsOf(t, ByCategory, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0"), receipttest.Item("a", "y", "1", "1", "", "0")), through("web", receipttest.On(1, 1, "0", receipttest.Item("", "y", "1", "1", "", "0"))))
	form := verify.Must(b.MarshalBinary())
	for i := range form {
		var got Baskets[int64]
		if err := got.UnmarshalBinary(form[:i]); !errors.Is(err, clientele.ErrEncoding) || got.facts.made {
			t.Fatalf("the first %d bytes: %v", i, err)
		}
	}
	if err := b.UnmarshalBinary(append(form, 0)); !errors.Is(err, clientele.ErrEncoding) || b.Len() != 2 {
		t.Error(err)
	}
	const head = basketsMagic + "\x00\x00\x00\x00\x00\x00\x00"
	for name, form := range map[string]string{
		"another version":      "ltvB\x02" + head[5:] + "\x00\x00",
		"an unknown item":      basketsMagic + "\x02" + head[6:] + "\x00\x00",
		"no name":              head + "\x01\x00" + "\x01\x00\x01\x01\x00",
		"an unused item":       head + "\x01\x01a" + "\x00",
		"items not in order":   head + "\x02\x01b\x01a" + "\x01\x00\x01\x02\x00\x00",
		"no basket":            head + "\x00" + "\x01\x00\x00\x00\x00",
		"an empty basket":      head + "\x01\x01a" + "\x01\x00\x02\x00\x01\x00",
		"no such item":         head + "\x01\x01a" + "\x01\x00\x01\x02\x00\x00",
		"baskets not in order": head + "\x02\x01a\x01b" + "\x01\x00\x02\x01\x01\x01\x00",
		"a segment twice":      head + "\x01\x01a" + "\x02\x00\x01\x01\x00\x00\x01\x01\x00",
		"empty of no line":     basketsMagic + "\x00\x00\x00\x00\x01\x00\x00" + "\x00\x00",
	} {
		var got Baskets[int64]
		if err := got.UnmarshalBinary([]byte(form)); !errors.Is(err, clientele.ErrEncoding) || got.facts.made {
			t.Errorf("%s: %v", name, err)
		}
	}
	var got Baskets[int64]
	if err := got.UnmarshalBinary([]byte(head + "\x02\x01a\x01b" + "\x01\x00\x02\x01\x00\x01\x01")); err != nil || got.Len() != 2 {
		t.Error(err)
	}
	r := receiptOf("", "a")
	verify.InputError(t, got.AddReceipt(&r), "basket.Baskets.AddReceipt", -1, "segment", clientele.ErrMissing)
	if err := got.Merge(basketsOf(t, ByProduct)); err != nil || got.AddReceipt(&r) != nil || got.Len() != 3 || got.Config().By != ByProduct {
		t.Error(err)
	}
	_, err := new(Baskets[int64]).MarshalBinary()
	verify.InputError(t, err, "basket.Baskets.AppendBinary", -1, "Config", clientele.ErrMissing)
}

// Invariant: what decodes encodes to the same bytes, and answers without a fault.
func FuzzBaskets(f *testing.F) {
	f.Add(verify.Must(basketsOf(f, ByProduct, tenReceipts()...).MarshalBinary()))
	f.Add(verify.Must(basketsOf(f, ByCategory, twoMonths()...).MarshalBinary()))
	f.Fuzz(func(t *testing.T, form []byte) {
		var b Baskets[int64]
		if b.UnmarshalBinary(form) != nil {
			return
		}
		if again := verify.Must(b.MarshalBinary()); !bytes.Equal(again, form) {
			t.Fatalf("% x becomes % x", form, again)
		}
		if _, err := b.Affinity(AffinityConfig{MinCount: 1}); err != nil && b.Len() > 0 {
			t.Fatal(err)
		}
	})
}
