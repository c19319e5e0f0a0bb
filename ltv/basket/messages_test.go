package basket

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// What users are told is reviewed as it is read.
func TestMessages(t *testing.T) {
	messages := basketMessages(t)
	maps.Copy(messages, assortmentMessages(t))
	maps.Copy(messages, bundleMessages(t))
	maps.Copy(messages, followMessages(t))
	maps.Copy(messages, jsonMessages(t))
	verify.Messages(t, "messages.txt", messages)
}

// paid are receipts of one item in a currency.
func paid(currency string) clientele.Receipt[int64] {
	r := receiptOf("", "desk chair")
	r.Currency = currency
	return r
}

func basketMessages(t *testing.T) map[string]error {
	euro, dollar := paid("EUR"), paid("USD")
	b, void := basketsOf(t, ByProduct, euro), clientele.Receipt[int64]{Customer: 4, At: receipttest.Noon(37), Void: true}
	decoded := new(Baskets[int64])
	if err := decoded.UnmarshalBinary(verify.Must(b.MarshalBinary())); err != nil {
		t.Fatal(err)
	}
	_, _, sofa := b.Pair("desk", "sofa", 0)
	_, _, twice := b.Pair("desk", "desk", 0)
	_, _, level := b.Pair("desk", "chair", 95)
	_, _, nothing := basketsOf(t, ByProduct, void).Pair("desk", "chair", 0)
	return map[string]error{
		"config":                   Config{By: 9}.Validate(),
		"affinity":                 AffinityConfig{MinSupport: 5, MinCount: -1, MaxPairs: -1, Level: 95, Workers: -1}.Validate(),
		"affinity of many pairs":   verify.Second(alike(t, 5).Affinity(AffinityConfig{MaxPairs: 9})),
		"affinity of no number":    AffinityConfig{MinSupport: math.NaN()}.Validate(),
		"affinity of no baskets":   verify.Second(basketsOf(t, ByProduct, void).Affinity(AffinityConfig{})),
		"pair of no baskets":       nothing,
		"pair with an unknown":     sofa,
		"pair of one":              twice,
		"pair at a level":          level,
		"unconfigured":             verify.Second(new(Baskets[int64]).Affinity(AffinityConfig{})),
		"decoded":                  decoded.AddReceipt(&euro),
		"another currency":         b.AddReceipt(&dollar),
		"deal in another currency": b.AddDeal(clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{dollar}}),
		"deals of no source":       b.AddDeals(nil),
		"merge nothing":            b.Merge(nil),
		"merge another kind":       b.Merge(basketsOf(t, ByCategory)),
		"merge another currency":   b.Merge(basketsOf(t, ByProduct, dollar)),
		"undecodable":              b.UnmarshalBinary(nil),
		"one receipt cannot feed":  clientele.FeedReceipts(clientele.All([]clientele.Receipt[int64]{euro, dollar}), b),
	}
}

func assortmentMessages(t *testing.T) map[string]error {
	a := assortmentOf(t)
	huge := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", receipttest.Huge, "", "4"))
	decoded := new(Assortment[int64])
	if err := decoded.UnmarshalBinary(verify.Must(a.MarshalBinary())); err != nil {
		t.Fatal(err)
	}
	with := func(c clientele.Calendar) error {
		return a.Merge(verify.Must(NewAssortment[int64](AssortmentConfig{Calendar: c}, nil)))
	}
	return map[string]error{
		"assortment":                 AssortmentConfig{Calendar: clientele.Calendar{Unit: 99}}.Validate(),
		"bestsellers":                BestsellerConfig{By: 9, Top: -1}.Validate(),
		"bestsellers of nothing":     verify.Second(a.Bestsellers(BestsellerConfig{})),
		"index of nothing":           verify.Second(a.CategoryIndex(0)),
		"index at a level":           verify.Second(a.CategoryIndex(1)),
		"unconfigured assortment":    verify.Second(new(Assortment[int64]).CategoryIndex(0)),
		"decoded assortment":         decoded.AddReceipt(&huge),
		"price too large":            a.AddReceipt(&huge),
		"merge no assortment":        a.Merge(nil),
		"merge assortment of days":   with(clientele.Calendar{}),
		"merge assortment of a zone": with(clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Berlin"}),
		"undecodable assortment":     a.UnmarshalBinary(nil),
		"undecodable calendar":       a.UnmarshalBinary([]byte(assortmentMagic + "\x63\x00\x00")),
	}
}

func bundleMessages(t *testing.T) map[string]error {
	return map[string]error{
		"bundles":            BundleConfig{MinCount: -1, MaxItems: 5, MaxCandidates: -1}.Validate(),
		"bundles of nothing": verify.Second(basketsOf(t, ByProduct).Bundles(BundleConfig{})),
		"bundles, too many":  verify.Second(alike(t, 5).Bundles(BundleConfig{MaxCandidates: 20})),
		"json bundles":       json.Unmarshal([]byte(`{"maxItems":"4"}`), new(BundleConfig)),
	}
}

func followMessages(t *testing.T) map[string]error {
	f := followsOf(t, boxes(8))
	return map[string]error{
		"follows":                  FollowsConfig{By: 9}.Validate(),
		"follows of bad sequences": FollowsConfig{AsOf: receipttest.Noon(8), Within: -1, Sequences: []Sequence{{"a", "a"}, {"a", ""}, {"a", "b"}, {"a", "b"}}}.Validate(),
		"follows at a level":       verify.Second(f.Report(95)),
		"open of another sequence": verify.Second(f.Open("TV", "rug")),
		"merge no follows":         f.Merge(nil),
		"merge follows of another": f.Merge(followsOf(t, boxes(9))),
		"json of follows":          verify.Second(json.Marshal(f)),
		"json into follows":        json.Unmarshal([]byte("{}"), f),
		"json follows":             json.Unmarshal([]byte(`{"within":"7"}`), new(FollowsConfig)),
	}
}

func jsonMessages(t *testing.T) map[string]error {
	return map[string]error{
		"json of baskets":         verify.Second(json.Marshal(basketsOf(t, ByProduct))),
		"json into baskets":       json.Unmarshal([]byte("{}"), new(Baskets[int64])),
		"json of an assortment":   verify.Second(json.Marshal(Assortment[int64]{})),
		"json into an assortment": json.Unmarshal([]byte("{}"), new(Assortment[int64])),
		"json of an item kind":    verify.Second(json.Marshal(ItemKind(9))),
		"json of a measure":       verify.Second(json.Marshal(SalesMeasure(9))),
		"json config":             json.Unmarshal([]byte(`{"by":"brand"}`), new(Config)),
		"json affinity":           json.Unmarshal([]byte(`{"minCount":"5"}`), new(AffinityConfig)),
		"json assortment":         json.Unmarshal([]byte(`{"calendar":{"unit":"fortnight"}}`), new(AssortmentConfig)),
		"json bestsellers":        json.Unmarshal([]byte(`{"by":"units","Top":3}`), new(BestsellerConfig)),
	}
}

// Values without a configuration, and none at all, answer with an error.
func TestZeroValues(t *testing.T) {
	r := paid("EUR")
	for _, b := range []*Baskets[int64]{new(Baskets[int64]), nil} {
		_, _, pair := b.Pair("a", "b", 0)
		for name, err := range map[string]error{
			"AddReceipt": b.AddReceipt(&r), "Affinity": verify.Second(b.Affinity(AffinityConfig{})), "Pair": pair,
			"AppendBinary": verify.Second(b.MarshalBinary()),
		} {
			verify.InputError(t, err, "basket.Baskets."+name, -1, "Config", clientele.ErrMissing)
		}
	}
	for _, a := range []*Assortment[int64]{new(Assortment[int64]), nil} {
		for name, err := range map[string]error{
			"AddReceipt": a.AddReceipt(&r), "Bestsellers": verify.Second(a.Bestsellers(BestsellerConfig{})),
			"CategoryIndex": verify.Second(a.CategoryIndex(0)), "AppendBinary": verify.Second(a.MarshalBinary()),
		} {
			verify.InputError(t, err, "basket.Assortment."+name, -1, "Config", clientele.ErrMissing)
		}
	}
	if err := errors.Join(new(Baskets[int64]).Merge(new(Baskets[int64])), new(Assortment[int64]).Merge(new(Assortment[int64]))); err != nil {
		t.Error(err)
	}
}
