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
func TestAssortmentStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawSales(t)
		one, left, right := newSales(), newSales(), newSales()
		feedSales(t, one, receipts)
		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		feedSales(t, left, mixed[:cut])
		feedSales(t, right, mixed[cut:])
		if err := left.Merge(right); err != nil {
			t.Fatal(err)
		}
		form := verify.Must(one.MarshalBinary())
		if got := verify.Must(left.MarshalBinary()); !bytes.Equal(got, form) {
			t.Fatalf("merged:\n% x\none pass:\n% x", got, form)
		}
		var stored Assortment[int64]
		if err := stored.UnmarshalBinary(form); err != nil || !reflect.DeepEqual(reports(&stored), reports(one)) {
			t.Fatalf("% x: %v", form, err)
		}
		if err := right.UnmarshalBinary(form); err != nil {
			t.Fatal(err)
		}
		feedSales(t, right, receipts)
		feedSales(t, one, receipts)
		if !bytes.Equal(verify.Must(right.MarshalBinary()), verify.Must(one.MarshalBinary())) {
			t.Fatal("a stored assortment grows otherwise")
		}
	})
}

// A form that is cut, or whose parts disagree, is refused and changes nothing.
func TestAssortmentRefusesForms(t *testing.T) {
	a := assortmentOf(t, twoMonths()...)
	form := verify.Must(a.MarshalBinary())
	for i := range form {
		var got Assortment[int64]
		if err := got.UnmarshalBinary(form[:i]); !errors.Is(err, clientele.ErrEncoding) || got.facts.calendar != nil {
			t.Fatalf("the first %d bytes: %v", i, err)
		}
	}
	if err := a.UnmarshalBinary(append(form, 0)); !errors.Is(err, clientele.ErrEncoding) || a.Void() != 1 {
		t.Error(err)
	}
	// In days, without currency; the article a of the category x, of which on day 0 one
	// receipt sold one for 1, in the segment "".
	const (
		head     = assortmentMagic + "\x00\x00\x00" + "\x00" + "\x00"
		articles = "\x01\x01x\x01a"
		one      = "\x02\x00\x01"
		period   = "\x01\x00\x01\x00\x00\x00"
		sale     = "\x01\x00\x01" + one + one
		segment  = "\x01\x00\x01\x01\x01x\x01" + one
	)
	var got Assortment[int64]
	if err := got.UnmarshalBinary([]byte(head + articles + period + sale + segment)); err != nil {
		t.Fatal(err)
	}
	if got.Config() != (AssortmentConfig{}) {
		t.Errorf("configuration %+v", got.Config())
	}
	r := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0"))
	verify.InputError(t, got.AddReceipt(&r), "basket.Assortment.AddReceipt", -1, "segment", clientele.ErrMissing)
	for name, form := range map[string]string{
		"another version":       "ltvG\x02" + head[5:] + articles + period + sale + segment,
		"an unknown unit":       assortmentMagic + "\x05" + head[6:] + articles + period + sale + segment,
		"an unknown zone":       assortmentMagic + "\x00\x02No\x00\x00\x00" + articles + period + sale + segment,
		"articles not in order": head + "\x02\x01x\x01a\x01x\x01a" + period + "\x02" + sale[1:] + sale[1:] + segment,
		"an unused article":     head + "\x02\x01x\x01a\x01x\x01b" + period + sale + segment,
		"no such article":       head + articles + period + "\x01\x01\x01" + one + one + segment,
		"a period of nothing":   head + articles + "\x02\x00\x01\x00\x00\x00" + sale + "\x02\x00\x00\x00\x00\x00" + segment,
		"a period twice":        head + articles + "\x02" + period[1:] + sale + period[1:] + sale + segment,
		"sales of more":         head + articles + period + "\x01\x00\x02" + one + one + segment,
		"other revenue":         head + articles + period + sale + "\x01\x00\x01\x01\x01x\x01\x02\x00\x02",
		"another category":      head + articles + period + sale + "\x01\x00\x01\x01\x01y\x01" + one,
		"no category":           head + articles + period + "\x01\x00\x01" + one + "\x00" + "\x01\x00\x01\x00",
		"other receipts":        head + articles + period + sale + "\x01\x00\x02\x01\x01x\x01" + one,
		"countless receipts":    head + articles + "\x02" + "\x00\x80\x80\x80\x80\x80\x80\x80\x10\x00\x00\x00" + sale + "\x02\x00\x01\x00\x00\x00" + "\x01\x00\x80\x80\x80\x80\x80\x80\x80\x10\x01\x01x\x01" + one,
		"a segment twice":       head + articles + period + sale + "\x02\x00\x01\x01\x01x\x01" + one + "\x00\x00\x00",
		"a category twice":      head + articles + period + sale + "\x01\x00\x01\x02\x01x\x01" + one + "\x01x\x00\x00",
	} {
		var got Assortment[int64]
		if err := got.UnmarshalBinary([]byte(form)); !errors.Is(err, clientele.ErrEncoding) || got.facts.calendar != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := new(Assortment[int64]).MarshalBinary()
	verify.InputError(t, err, "basket.Assortment.AppendBinary", -1, "Config", clientele.ErrMissing)
}

// Invariant: what decodes encodes to the same bytes, and answers without a fault.
func FuzzAssortment(f *testing.F) {
	f.Add(verify.Must(assortmentOf(f, twoMonths()...).MarshalBinary()))
	days := verify.Must(NewAssortment[int64](AssortmentConfig{Calendar: clientele.Calendar{Zone: "Europe/Berlin"}}, nil))
	if err := clientele.FeedReceipts(clientele.All(twoMonths()), days); err != nil {
		f.Fatal(err)
	}
	f.Add(verify.Must(days.MarshalBinary()))
	f.Fuzz(func(t *testing.T, form []byte) {
		var a Assortment[int64]
		if a.UnmarshalBinary(form) != nil {
			return
		}
		if again := verify.Must(a.MarshalBinary()); !bytes.Equal(again, form) {
			t.Fatalf("% x becomes % x", form, again)
		}
		_, best := a.Bestsellers(BestsellerConfig{})
		_, index := a.CategoryIndex(0)
		if err := errors.Join(best, index); err != nil && !errors.Is(err, clientele.ErrEmpty) {
			t.Fatal(err)
		}
	})
}
