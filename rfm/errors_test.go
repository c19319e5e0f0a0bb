package rfm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func TestConfigFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  rfm.Config
		want []fault
	}{
		{"usable", rfm.Config{AsOf: asOf}, nil},
		{"everything", rfm.Config{AsOf: asOf, Window: 106751, Recent: 5, Amounts: true, Workers: 64}, nil},
		{"zero", rfm.Config{}, []fault{{"AsOf", clientele.ErrZeroTime}}},
		{"too early", rfm.Config{AsOf: day(1677, 12, 31)}, []fault{{"AsOf", clientele.ErrTimeRange}}},
		{"too late", rfm.Config{AsOf: day(2262, 1, 1)}, []fault{{"AsOf", clientele.ErrTimeRange}}},
		{"window below 0", rfm.Config{AsOf: asOf, Window: -1}, []fault{{"Window", clientele.ErrNegative}}},
		{"window too long", rfm.Config{AsOf: asOf, Window: 106752}, []fault{{"Window", clientele.ErrRange}}},
		{"too many recent", rfm.Config{AsOf: asOf, Recent: 6}, []fault{{"Recent", clientele.ErrRange}}},
		{"all at once", rfm.Config{Window: -5, Recent: -1, Workers: -2}, []fault{
			{"AsOf", clientele.ErrZeroTime}, {"Window", clientele.ErrNegative}, {"Recent", clientele.ErrRange}, {"Workers", clientele.ErrNegative},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := rfm.New(new(clientele.Roster[int64]), c.cfg)
			checkFaults(t, err, c.want...)
			_, err = rfm.NewHistory(c.cfg)
			checkFaults(t, err, c.want...)
		})
	}
}

func TestConfigDefaults(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	got := mustNew[int64](t, rfm.Config{AsOf: asOf.In(berlin)}).Config()
	if want := (rfm.Config{AsOf: asOf, Recent: 3}); got != want {
		t.Errorf("configuration is %+v, want %+v", got, want)
	}
	if h := mustHistory(t, rfm.Config{AsOf: asOf}).Config(); h != got {
		t.Errorf("configuration of a history is %+v, want %+v", h, got)
	}
}

func TestNewMakesARosterOfItsOwn(t *testing.T) {
	a, err := rfm.New[int64](nil, rfm.Config{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	b, err := rfm.New[int64](nil, rfm.Config{AsOf: asOf})
	if err != nil || a.Roster() == nil || a.Roster() == b.Roster() {
		t.Fatalf("rosters are %p and %p, %v", a.Roster(), b.Roster(), err)
	}
	mustFeed(t, a, buy(1, 2, 10, "5"))
	if a.Len() != 1 || a.Roster().Len() != 1 || b.Roster().Len() != 0 {
		t.Errorf("%d customers, rosters of %d and %d", a.Len(), a.Roster().Len(), b.Roster().Len())
	}
}

// unusable are purchases that no base takes.
var unusable = []struct {
	name  string
	p     clientele.Purchase[int64]
	field string
	err   error
}{
	{"zero time", clientele.Purchase[int64]{Amount: decimal.New(1, 0)}, "At", clientele.ErrZeroTime},
	{"too early", clientele.Purchase[int64]{At: day(1677, 12, 31)}, "At", clientele.ErrTimeRange},
	{"too late", clientele.Purchase[int64]{At: day(2262, 1, 1)}, "At", clientele.ErrTimeRange},
	{"exponent too small", clientele.Purchase[int64]{At: asOf, Amount: decimal.New(1, -101)}, "Amount", clientele.ErrAmountRange},
	{"exponent too large", clientele.Purchase[int64]{At: asOf, Amount: decimal.New(1, 101)}, "Amount", clientele.ErrAmountRange},
}

func TestUnusablePurchases(t *testing.T) {
	good := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(5)}
	for _, c := range unusable {
		t.Run(c.name, func(t *testing.T) {
			b := mustNew[int64](t, rfm.Config{AsOf: asOf})
			for range 300 { // more than one batch
				if err := b.Add(good); err != nil {
					t.Fatal(err)
				}
			}
			before := encoded(t, b)
			c.p.Customer = 2
			checkInput(t, b.Add(c.p), "rfm.Base.Add", -1, c.field, c.err)
			if encoded(t, b) != before || b.Roster().Len() != 1 {
				t.Error("a refused purchase has changed the base")
			}

			h := mustHistory(t, b.Config())
			checkInput(t, h.Add(c.p.At, c.p.Amount), "rfm.History.Add", -1, c.field, c.err)
			if encoded(t, h) != encoded(t, mustHistory(t, b.Config())) {
				t.Error("a refused purchase has changed the history")
			}

			m := of(t, b, 1)
			same, err := m.After(c.p.At, c.p.Amount)
			checkInput(t, err, "rfm.Metrics.After", -1, c.field, c.err)
			if toJSON(t, same) != toJSON(t, m) {
				t.Error("a refused purchase has changed the metrics")
			}

			fed := mustNew[int64](t, rfm.Config{AsOf: asOf})
			all := make([]clientele.Purchase[int64], 0, 302)
			for range 300 {
				all = append(all, good)
			}
			all = append(all, c.p, good)
			checkInput(t, clientele.Feed(clientele.All(all), fed), "clientele.Feed", 300, c.field, c.err)
			if encoded(t, fed) != before {
				t.Error("the base does not hold the 300 purchases before the refused one")
			}
		})
	}
}

// A source that fails halfway: its error comes back with the record's position,
// and the purchases before it are in the base.
func TestSourceFailsHalfway(t *testing.T) {
	broken := errors.New("connection lost")
	for _, n := range []int{0, 1, 255, 256, 257, 1000} {
		var src iter.Seq2[clientele.Purchase[int64], error] = func(yield func(clientele.Purchase[int64], error) bool) {
			for i := range n {
				if !yield(clientele.Purchase[int64]{Customer: int64(i), At: asOf, Amount: rub(1)}, nil) {
					return
				}
			}
			if yield(clientele.Purchase[int64]{}, broken) {
				t.Error("the source is read on after its error")
			}
		}
		b := mustNew[int64](t, rfm.Config{AsOf: asOf})
		checkInput(t, clientele.Feed(src, b), "clientele.Feed", n, "", broken)
		if b.Len() != n {
			t.Errorf("after %d purchases and an error the base has %d customers", n, b.Len())
		}
	}
}

func TestMismatch(t *testing.T) {
	base := rfm.Config{AsOf: asOf}
	for _, c := range []struct {
		name  string
		cfg   rfm.Config
		field string // that differs; "" where nothing does
	}{
		{"the same", rfm.Config{AsOf: asOf}, ""},
		{"default spelled out", rfm.Config{AsOf: asOf, Recent: 3}, ""},
		{"other workers", rfm.Config{AsOf: asOf, Workers: 2}, ""},
		{"other zone", rfm.Config{AsOf: asOf.In(time.FixedZone("", 3600))}, ""},
		{"asOf", rfm.Config{AsOf: asOf.Add(1)}, "Config.AsOf"},
		{"window", rfm.Config{AsOf: asOf, Window: 1}, "Config.Window"},
		{"recent", rfm.Config{AsOf: asOf, Recent: 2}, "Config.Recent"},
		{"amounts", rfm.Config{AsOf: asOf, Amounts: true}, "Config.Amounts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := mustNew[int64](t, base), mustFeed(t, mustNew[int64](t, c.cfg), fuzzPurchases(numbered))
			h := mustHistory(t, c.cfg)
			before := encoded(t, a)
			check := func(op string, err error) {
				t.Helper()
				if c.field == "" && err != nil {
					t.Errorf("%s: %v", op, err)
				} else if c.field != "" {
					checkInput(t, err, op, -1, c.field, clientele.ErrMismatch)
				}
			}
			check("rfm.Base.Merge", a.Merge(b))
			if c.field != "" && encoded(t, a) != before {
				t.Error("a refused merge has changed the base")
			}
			check("rfm.Base.AddHistory", a.AddHistory(1, h))
			check("rfm.History.Merge", mustHistory(t, base).Merge(h))
		})
	}
}

// What has no configuration yet says so instead of guessing one.
func TestUnconfigured(t *testing.T) {
	var b rfm.Base[int64]
	p := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(1)}
	checkInput(t, b.Add(p), "rfm.Base.Add", -1, "Config", clientele.ErrMissing)
	checkInput(t, b.AddHistory(1, mustHistory(t, rfm.Config{AsOf: asOf})), "rfm.Base.AddHistory", -1, "Config", clientele.ErrMissing)
	_, err := b.AppendBinary(nil)
	checkInput(t, err, "rfm.Base.AppendBinary", -1, "Config", clientele.ErrMissing)
	if _, ok := b.Of(1); ok || b.Len() != 0 || b.Roster() != nil {
		t.Error("a zero base has customers")
	}
	for id := range b.All() {
		t.Errorf("a zero base yields customer %d", id)
	}
	b.Reset()

	var h rfm.History
	checkInput(t, h.Add(asOf, rub(1)), "rfm.History.Add", -1, "Config", clientele.ErrMissing)
	_, err = h.AppendBinary(nil)
	checkInput(t, err, "rfm.History.AppendBinary", -1, "Config", clientele.ErrMissing)
	if _, ok := h.Metrics(); ok {
		t.Error("a zero history has metrics")
	}
	h.Reset()
}

// Feeding a base without a configuration is an error, not a panic.
func TestFeedUnconfigured(t *testing.T) {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("panic: %v", p)
		}
	}()
	var b rfm.Base[int64]
	all := []clientele.Purchase[int64]{{Customer: 1, At: asOf, Amount: rub(1)}}
	if err := clientele.Feed(clientele.All(all), &b); !errors.Is(err, clientele.ErrMissing) {
		t.Errorf("error is %v, want ErrMissing", err)
	}
}

func TestEmptyBase(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	refunded := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(-1)}
	future := clientele.Purchase[int64]{Customer: 2, At: asOf.Add(1), Amount: rub(1)}
	for name, all := range map[string][]clientele.Purchase[int64]{
		"no record": nil, "refunds alone": {refunded}, "the future alone": {future}, "both": {refunded, future},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), all)
			_, err := rfm.Fit(b, rfm.GridPlan())
			checkInput(t, err, "rfm.Fit", -1, "AsOf", clientele.ErrEmpty)
			_, err = rfm.Grade(b, scales)
			checkInput(t, err, "rfm.Grade", -1, "AsOf", clientele.ErrEmpty)
		})
	}
}

func TestMedianNeedsAmounts(t *testing.T) {
	b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), fuzzPurchases(numbered))
	rule := rfm.Bounds(1, 2)
	plan := planOf(rfm.Measure{Monetary: rfm.Median}, rule, rule, rule)
	_, err := rfm.Fit(b, plan)
	checkInput(t, err, "rfm.Fit", -1, "Config.Amounts", clientele.ErrMismatch)
	_, err = rfm.Grade(b, mustFreeze(t, plan))
	checkInput(t, err, "rfm.Grade", -1, "Config.Amounts", clientele.ErrMismatch)
}

func TestScoreValuesFaults(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name  string
		v     rfm.Values
		field string
		err   error
	}{
		{"recency NaN", rfm.Values{Recency: nan}, "Recency", clientele.ErrNotFinite},
		{"recency infinite", rfm.Values{Recency: inf}, "Recency", clientele.ErrNotFinite},
		{"recency below 0", rfm.Values{Recency: -1e-9}, "Recency", clientele.ErrNegative},
		{"frequency NaN", rfm.Values{Frequency: nan}, "Frequency", clientele.ErrNotFinite},
		{"frequency below 0", rfm.Values{Frequency: -1}, "Frequency", clientele.ErrNegative},
		{"monetary NaN", rfm.Values{Monetary: nan}, "Monetary", clientele.ErrNotFinite},
		{"monetary infinite", rfm.Values{Monetary: -inf}, "Monetary", clientele.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			score, err := scales.ScoreValues(c.v)
			checkInput(t, err, "rfm.Scales.ScoreValues", -1, c.field, c.err)
			if score != (rfm.Score{}) {
				t.Errorf("score is %+v", score)
			}
		})
	}
	if _, err := scales.ScoreValues(rfm.Values{Monetary: -5}); err != nil {
		t.Errorf("money below 0 is refused: %v", err)
	}
}

// Money beyond float64 is an error that names the customer.
func TestMoneyBeyondFloat(t *testing.T) {
	huge := clientele.Purchase[int64]{Customer: 77, At: asOf, Amount: money("1" + strings.Repeat("0", 309))}
	all := append(fuzzPurchases(numbered), huge)
	b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), all)
	rule := rfm.Bounds(1, 2)
	plan := planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule)
	_, err := rfm.Fit(b, plan)
	checkInput(t, err, "rfm.Fit", -1, "Customer", clientele.ErrNotFinite)
	_, err = rfm.Grade(b, mustFreeze(t, plan))
	checkInput(t, err, "rfm.Grade", -1, "Customer", clientele.ErrNotFinite)
	if in := inputErrors(err); len(in) != 1 || in[0].Value != int64(77) {
		t.Errorf("error is %v, want customer 77 in it", err)
	}
}

// Policies decode without ignoring anything.
func TestJSONRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		into any
		text string
		err  error
	}{
		{"unknown key of a plan", new(rfm.Plan), `{"nestd":true}`, clientele.ErrEncoding},
		{"unknown key of a measure", new(rfm.Plan), `{"measure":{"recensy":"rhythm"}}`, clientele.ErrEncoding},
		{"unknown kind of recency", new(rfm.Plan), `{"measure":{"recency":"rythm"}}`, clientele.ErrUnknown},
		{"unknown count of days", new(rfm.Plan), `{"measure":{"days":"weeks"}}`, clientele.ErrUnknown},
		{"unknown monetary", new(rfm.Plan), `{"measure":{"monetary":"mode"}}`, clientele.ErrUnknown},
		{"unknown rule", new(rfm.Plan), `{"recency":{"rule":"kmeans"}}`, clientele.ErrUnknown},
		{"unknown cuts", new(rfm.Plan), `{"recency":{"rule":"quantiles","cuts":"open"}}`, clientele.ErrUnknown},
		{"unknown standing", new(rfm.Map), `{"segments":[{"name":"x","standing":"king"}]}`, clientele.ErrUnknown},
		{"unknown key of a box", new(rfm.Map), `{"segments":[{"name":"x","where":[{"q":[1,2]}]}]}`, clientele.ErrEncoding},
		{"wrong type", new(rfm.Map), `{"levels":"five"}`, clientele.ErrEncoding},
		{"four levels", new(rfm.Map), `{"levels":[3,3,3,3]}`, clientele.ErrEncoding},
		{"two levels", new(rfm.Map), `{"levels":[3,3]}`, clientele.ErrEncoding},
		{"range of three", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[1,2,3]}]}]}`, clientele.ErrEncoding},
		{"range of one", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[1]}]}]}`, clientele.ErrEncoding},
		{"range of none", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[]}]}]}`, clientele.ErrEncoding},
		{"unknown key of a configuration", new(rfm.Config), `{"asof":"2025-01-01T00:00:00Z","windows":3}`, clientele.ErrEncoding},
		{"unknown key of scales", new(rfm.Scales), `{"plan":{},"edges":[]}`, clientele.ErrEncoding},
		{"scales of nothing", new(rfm.Scales), `{}`, clientele.ErrConfig},
		{"two values", new(rfm.Scales), `{}{}`, nil}, // refused by the decoder itself
	} {
		t.Run(c.name, func(t *testing.T) {
			before := fmt.Sprintf("%#v", c.into)
			err := json.Unmarshal([]byte(c.text), c.into)
			if err == nil || c.err != nil && !errors.Is(err, c.err) {
				t.Errorf("error is %v, want %v", err, c.err)
			}
			for _, in := range inputErrors(err) {
				if in.Index != -1 {
					t.Errorf("%v is about record %d, where there is no stream", in, in.Index)
				}
			}
			if fmt.Sprintf("%#v", c.into) != before {
				t.Error("a failed decode has changed its receiver")
			}
		})
	}
}
