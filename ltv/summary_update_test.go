package ltv

import (
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Invariant: purchases added one by one to a summary give what the accumulator
// gives, whether the first is included in money or not.
func TestBuysEqualsSummaries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := SummaryConfig{
			AsOf:         evening(300),
			Per:          rapid.SampledFrom([]float64{1, 7, 30.4}).Draw(t, "per"),
			IncludeFirst: rapid.Bool().Draw(t, "includeFirst"),
		}
		days := rapid.SliceOfNDistinct(rapid.IntRange(1, 300), 1, 8, rapid.ID[int]).Draw(t, "days")
		slices.Sort(days)
		s := mustSummaries[int](t, cfg)
		var sum Summary
		for i, day := range days {
			p := buy(1, day, "0")
			p.Amount = genMoney().Draw(t, "amount").Abs()
			if err := s.Add(p); err != nil {
				t.Fatal(err)
			}
			spend, _ := p.Amount.Float64()
			if i == 0 {
				if cfg.IncludeFirst {
					sum = Summary{Monetary: spend, Orders: 1}
				}
				continue
			}
			var err error
			if sum, err = sum.Buys(float64(day-days[0])/cfg.Per, spend); err != nil {
				t.Fatal(err)
			}
		}
		sum, err := sum.At(float64(300-days[0]) / cfg.Per)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := s.Of(1)
		if sum.Frequency != want.Frequency || sum.Recency != want.Recency || sum.T != want.T || sum.Orders != want.Orders {
			t.Fatalf("one by one: %+v, at once: %+v", sum, want)
		}
		if math.Abs(sum.Monetary-want.Monetary) > 1e-12*math.Abs(want.Monetary) || math.Abs(sum.LogGaps-want.LogGaps) > 1e-12*max(1, math.Abs(want.LogGaps)) {
			t.Fatalf("one by one: %+v, at once: %+v", sum, want)
		}
	})
}

func TestBuys(t *testing.T) {
	three := Summary{Frequency: 3, Recency: 20, T: 30, Monetary: 12, LogGaps: 5}
	for _, c := range []struct {
		name       string
		before     Summary
		age, spend float64
		want       Summary
	}{
		{"the second purchase ever", Summary{}, 4, 10, Summary{Frequency: 1, Recency: 4, T: 4, Monetary: 10, LogGaps: math.Log(4)}},
		{"beyond T", three, 36, 20, Summary{Frequency: 4, Recency: 36, T: 36, Monetary: 14, LogGaps: 5 + math.Log(16)}},
		{"before T", three, 25, 4, Summary{Frequency: 4, Recency: 25, T: 30, Monetary: 10, LogGaps: 5 + math.Log(5)}},
		{
			"the first included",
			Summary{Frequency: 1, Recency: 2, T: 3, Monetary: 6, Orders: 2},
			5, 12,
			Summary{Frequency: 2, Recency: 5, T: 5, Monetary: 8, Orders: 3, LogGaps: math.Log(3)},
		},
		{
			"the first left out, by number",
			Summary{Frequency: 1, Recency: 2, T: 3, Monetary: 6, Orders: 1},
			5, 12,
			Summary{Frequency: 2, Recency: 5, T: 5, Monetary: 9, Orders: 2, LogGaps: math.Log(3)},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.before.Buys(c.age, c.spend)
			if err != nil || got != c.want {
				t.Errorf("%+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestBuysRefuses(t *testing.T) {
	s := Summary{Frequency: 3, Recency: 20, T: 30, Monetary: 12}
	most := s
	most.Frequency = maxFrequency
	for _, c := range []struct {
		name       string
		before     Summary
		age, spend float64
		field      string
		kind       error
	}{
		{"on the day of the last", s, 20, 5, "age", clientele.ErrRange},
		{"before the last", s, 19, 5, "age", clientele.ErrRange},
		{"on the first day", Summary{}, 0, 5, "age", clientele.ErrRange},
		{"no age", s, math.NaN(), 5, "age", clientele.ErrNotFinite},
		{"never", s, math.Inf(1), 5, "age", clientele.ErrNotFinite},
		{"no spend", s, 31, math.NaN(), "spend", clientele.ErrNotFinite},
		{"infinite spend", s, 31, math.Inf(1), "spend", clientele.ErrNotFinite},
		{"a refund", s, 31, -5, "spend", clientele.ErrNegative},
		{"an unusable summary", Summary{Frequency: -1}, 31, 5, "Frequency", clientele.ErrNegative},
		{"too often", most, 31, 5, "Frequency", clientele.ErrRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.before.Buys(c.age, c.spend)
			verify.InputError(t, err, "ltv.Summary.Buys", -1, c.field, c.kind)
			if got != c.before {
				t.Errorf("summary has become %+v", got)
			}
		})
	}
}

// The largest money there is does not leave the range of a float64.
func TestBuysOfTheRichest(t *testing.T) {
	s := Summary{Frequency: 1, Recency: 1, T: 1, Monetary: -math.MaxFloat64}
	for age := range 5 {
		next, err := s.Buys(float64(age+2), math.MaxFloat64)
		if err != nil || math.IsInf(next.Monetary, 0) || math.IsNaN(next.Monetary) {
			t.Fatalf("after %d more: %+v, %v", age+1, next, err)
		}
		s = next
	}
}

func TestAt(t *testing.T) {
	s := Summary{Frequency: 3, Recency: 20, T: 30, Monetary: 12, LogGaps: 5}
	want := s
	want.T = 41.5
	if got, err := s.At(41.5); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	if got, err := s.At(30); err != nil || got != s {
		t.Errorf("%+v, %v; want the same", got, err)
	}
	for _, c := range []struct {
		name   string
		before Summary
		age    float64
		field  string
		kind   error
	}{
		{"earlier", s, 29.9, "age", clientele.ErrRange},
		{"no age", s, math.NaN(), "age", clientele.ErrNotFinite},
		{"never", s, math.Inf(1), "age", clientele.ErrNotFinite},
		{"an unusable summary", Summary{Recency: 1, T: 2}, 31, "Recency", clientele.ErrRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.before.At(c.age)
			verify.InputError(t, err, "ltv.Summary.At", -1, c.field, c.kind)
			if got != c.before {
				t.Errorf("summary has become %+v", got)
			}
		})
	}
}
