package cohort_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
)

const churnBenchCustomers = 1_000_000

// churnBench is an activity of a million customers and ten million purchases, and an
// event of every tenth customer in the first year.
func churnBench(b *testing.B) (*cohort.Activity[int64], []cohort.Event[int64]) {
	a := activityOf(b, tenEach(churnBenchCustomers))
	rng := rand.New(rand.NewPCG(3, 4))
	events := make([]cohort.Event[int64], churnBenchCustomers/10)
	start := time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
	for i := range events {
		customer := a.Roster().ID(int32(rng.IntN(a.Roster().Len())))
		events[i] = cohort.Event[int64]{Customer: customer, At: start.Add(time.Duration(rng.IntN(365*24)) * time.Hour), Kind: "late"}
	}
	return a, events
}

func churnBenchConfig(intervals float64) cohort.ChurnConfig {
	return cohort.ChurnConfig{
		AsOf: twoYears.AsOf, Rule: cohort.ChurnRule{Silent: 90, Intervals: intervals}, Calendar: months, Workers: 1,
	}
}

func churnPerCustomer(b *testing.B) {
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/churnBenchCustomers, "ns/customer")
}

// Who is lost, of a million customers with ten purchases each, on one goroutine.
func BenchmarkChurn(b *testing.B) {
	a, _ := churnBench(b)
	for name, intervals := range map[string]float64{"silent": 0, "intervals": 3} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Churn(churnBenchConfig(intervals)); err != nil {
					b.Fatal(err)
				}
			}
			churnPerCustomer(b)
		})
	}
}

func BenchmarkChurnSpells(b *testing.B) {
	a, _ := churnBench(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := survival.KaplanMeier(a.ChurnSpells(churnBenchConfig(0)), survival.Config{}); err != nil {
			b.Fatal(err)
		}
	}
	churnPerCustomer(b)
}

func BenchmarkChurnEvents(b *testing.B) {
	a, events := churnBench(b)
	cfg := cohort.ChurnEventConfig{ChurnConfig: churnBenchConfig(0), Within: 14}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.ChurnEvents(cfg, clientele.All(events)); err != nil {
			b.Fatal(err)
		}
	}
	churnPerCustomer(b)
}

func BenchmarkLossReasons(b *testing.B) {
	a, events := churnBench(b)
	reasons := make([]cohort.LossReason[int64], len(events))
	for i, e := range events {
		reasons[i] = cohort.LossReason[int64]{Customer: e.Customer, Reason: e.Kind}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.LossReasons(churnBenchConfig(0), clientele.All(reasons)); err != nil {
			b.Fatal(err)
		}
	}
	churnPerCustomer(b)
}

func BenchmarkContactLag(b *testing.B) {
	a, events := churnBench(b)
	contacts := make([]cohort.Contact[int64], len(events))
	for i, e := range events {
		contacts[i] = cohort.Contact[int64](e)
	}
	cfg := cohort.ContactConfig{AsOf: twoYears.AsOf, Within: 180, Workers: 1}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.ContactLag(cfg, clientele.All(contacts)); err != nil {
			b.Fatal(err)
		}
	}
	churnPerCustomer(b)
}
