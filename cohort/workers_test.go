package cohort_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
)

// crowded are purchases and refunds of so many customers over two years, many at equal
// moments, some of them too large for sums of two words; some customers have refunds
// alone. The entries of those with even numbers are stated.
func crowded(t testing.TB, customers int) *cohort.Activity[int64] {
	rng := rand.New(rand.NewPCG(3, 4))
	a := new(cohort.Activity[int64])
	for range 4 * customers {
		p := clientele.Purchase[int64]{
			Customer: rng.Int64N(int64(customers)), At: outcomeDay(float64(rng.IntN(1400)) / 2),
			Amount: decimal.New(rng.Int64N(100000)-9000, -2), Group: string(rune('a' + rng.IntN(5))),
		}
		if rng.IntN(500) == 0 {
			p.Amount = p.Amount.Mul(decimal.New(1234567890123456789, 25))
		}
		if p.Customer%97 == 0 {
			p.Amount = p.Amount.Abs().Neg()
		}
		if err := a.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	for i := range int64(customers / 2) {
		if err := a.Enrol(2*i, outcomeDay(float64(-i%40))); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// everyQuestion answers all questions that take a number of goroutines, by name.
func everyQuestion(a *cohort.Activity[int64], workers int) map[string]func() (any, error) {
	asOf, year := outcomeDay(650), outcomeDay(365)
	questions := make(map[string]func() (any, error))
	for _, rows := range []cohort.Grouping{cohort.ByStart, cohort.ByKey, cohort.ByStartAndKey} {
		for _, entry := range []cohort.Entry{cohort.FirstEver, cohort.FirstSince, cohort.EveryPeriod, cohort.Stated} {
			for _, active := range []cohort.Retention{cohort.InColumn, cohort.OnOrAfter} {
				cfg := cohort.TriangleConfig{
					AsOf: asOf, Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Paris"},
					Grouping: rows, Entry: entry, Retention: active, Workers: workers,
				}
				if entry != cohort.Stated {
					cfg.Since = outcomeDay(100)
				}
				questions[fmt.Sprint("Triangle ", rows, entry, active)] = func() (any, error) { return a.Triangle(cfg) }
			}
		}
	}
	rolling := cohort.TriangleConfig{AsOf: asOf, Window: 30, Grouping: cohort.ByKey, Workers: workers}
	churn := cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 60, Intervals: 2, MinSilent: 20}, Workers: workers}
	compare := cohort.CompareConfig{AsOf: asOf, Within: 90, From: 2, Workers: workers}
	maps.Copy(questions, map[string]func() (any, error){
		"TriangleBy": func() (any, error) {
			return a.TriangleBy(rolling, func(customer int64) string { return fmt.Sprint(customer % 3) })
		},
		"Repeat": func() (any, error) {
			return a.Repeat(cohort.RepeatConfig{AsOf: asOf, ByDay: true, Workers: workers})
		},
		"Ladder": func() (any, error) { return a.Ladder(cohort.LadderConfig{AsOf: asOf, MaxRungs: 3, Workers: workers}) },
		"TimeTo": func() (any, error) {
			return a.TimeTo(cohort.SpellConfig{AsOf: asOf, From: 2, Workers: workers}, survival.Config{})
		},
		"Churn": func() (any, error) { return a.Churn(churn) },
		"Lifecycle": func() (any, error) {
			return a.Lifecycle(cohort.LifecycleConfig{AsOf: asOf, Calendar: clientele.Calendar{Unit: clientele.Month}, Workers: workers})
		},
		"ChurnReasons": func() (any, error) {
			return a.LossReasons(churn, clientele.All([]cohort.LossReason[int64]{{Customer: 1, Reason: "price"}, {Customer: 5, Reason: "moved"}}))
		},
		"ChurnEvents": func() (any, error) {
			return a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn, Within: 14}, clientele.All([]cohort.Event[int64]{churnEvent(1, 300, "late"), churnEvent(5, 200, "late")}))
		},
		"ChurnEventsBy": func() (any, error) {
			cfg := cohort.ChurnEventConfig{ChurnConfig: churn, Within: 14, IntervalClasses: 3}
			return a.ChurnEventsBy(cfg, clientele.All([]cohort.Event[int64]{churnEvent(1, 300, "late"), churnEvent(5, 200, "late")}), func(customer int64) string { return fmt.Sprint(customer % 3) })
		},
		"ContactLag": func() (any, error) {
			return a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 90, Workers: workers}, clientele.All([]cohort.Contact[int64]{contactOn(1, 500, ""), contactOn(2, 400, "")}))
		},
		"Outcomes": func() (any, error) {
			o, err := a.Outcomes(cohort.OutcomeConfig{AsOf: asOf, Within: 90, Workers: workers})
			if err != nil {
				return nil, err
			}
			return []any{o, maps.Collect(o.All())}, nil
		},
		"Parts": func() (any, error) {
			return a.Parts(cohort.PartConfig{AsOf: asOf, Within: 90, Metric: cohort.AverageCheck, Workers: workers})
		},
		"CompareKeys": func() (any, error) { return a.CompareKeys(compare) },
		"ComparePeriods": func() (any, error) {
			return a.ComparePeriods(compare, cohort.Span{Name: "first", Since: outcomeDay(0), Until: year}, cohort.Span{Name: "second", Since: year, Until: year.Add(9000 * time.Hour)})
		},
	})
	return questions
}

// Invariant: the number of goroutines changes no answer, and many questions may be asked
// at once.
func TestAnswersOfAnyWorkers(t *testing.T) {
	a := crowded(t, 20_000)
	alone := everyQuestion(a, 1)
	for name, question := range everyQuestion(a, 3) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := question()
			if err != nil {
				t.Fatal(err)
			}
			if want, err := alone[name](); err != nil || outcomeJSON(t, got) != outcomeJSON(t, want) {
				t.Errorf("depends on the number of goroutines, %v", err)
			}
		})
	}
}
