package cohort_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// BenchmarkOutcomes asks questions of a million customers with four million purchases
// over two years, of four channels.
func BenchmarkOutcomes(b *testing.B) {
	const customers = 1_000_000
	rng := compareRand(1)
	start := outcomeDay(0)
	channels := []string{"search", "social", "store", "web"}
	purchases := make([]clientele.Purchase[int64], 4*customers)
	for i := range purchases {
		customer := rng.Int64N(customers)
		purchases[i] = clientele.Purchase[int64]{
			Customer: customer, At: start.Add(time.Duration(rng.IntN(730*24*60)) * time.Minute),
			Amount: decimal.New(100+rng.Int64N(20_000), -2), Group: channels[customer%4],
		}
	}
	a := outcomeActivity(b)
	if err := clientele.Feed(clientele.All(purchases), a); err != nil {
		b.Fatal(err)
	}
	purchases = nil
	end := start.AddDate(2, 0, 0)
	compare := cohort.CompareConfig{AsOf: end, Within: 90}
	var assigned []cohort.Assignment[int64]
	for _, customer := range a.Roster().All() {
		assigned = append(assigned, cohort.Assignment[int64]{Customer: customer, Group: channels[customer%2], At: start})
	}
	for _, question := range []struct {
		name string
		ask  func() error
	}{
		{"outcomes", func() error {
			o, err := a.Outcomes(cohort.OutcomeConfig{AsOf: end, Within: 90})
			for range o.All() {
			}
			return err
		}},
		{"assigned", func() error {
			_, err := a.Compare(compare, clientele.All(assigned))
			return err
		}},
		{"keys", func() error {
			_, err := a.CompareKeys(compare)
			return err
		}},
		{"periods", func() error {
			_, err := a.ComparePeriods(compare,
				cohort.Span{Name: "first", Since: start, Until: start.AddDate(0, 3, 0)},
				cohort.Span{Name: "second", Since: start.AddDate(0, 6, 0), Until: start.AddDate(0, 9, 0)})
			return err
		}},
		{"parts", func() error {
			_, err := a.Parts(cohort.PartConfig{AsOf: end, Within: 90})
			return err
		}},
	} {
		b.Run("1M customers/"+question.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := question.ask(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(customers*b.N)/b.Elapsed().Seconds(), "customers/s")
		})
	}
}

// BenchmarkDecompose splits the change of a thousand groups.
func BenchmarkDecompose(b *testing.B) {
	rng := compareRand(2)
	before := make([]cohort.Part, 1000)
	for i := range before {
		before[i] = cohort.Part{
			Key: string(rune('a'+i%26)) + decimal.NewFromInt(int64(i)).String(), Customers: 1 + rng.IntN(1000),
			Total: decimal.New(rng.Int64N(1_000_000), -2), StdErr: 1,
		}
	}
	after := slices.Clone(before)
	for i := range after {
		after[i].Customers += rng.IntN(100)
	}
	for b.Loop() {
		if _, err := cohort.Decompose(before, after, 0); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(before)*b.N)/b.Elapsed().Seconds(), "groups/s")
}
