package cohort_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// finite checks an answer: without an error there is neither NaN nor an infinity in it, nor
// in its JSON, which has what is not exported.
func finite(t *testing.T, name string, answer any, err error) {
	t.Helper()
	if err != nil {
		return
	}
	verify.Finite(t, name, answer)
	outcomeJSON(t, answer)
}

// extremePurchases are small bases of which each is extreme in its own way.
func extremePurchases() map[string][]clientele.Purchase[int64] {
	huge, tiny := decimal.New(math.MaxInt64, 80), decimal.New(1, -100)
	first, last := date(1678, 1, 2), date(2261, 12, 30)
	pays := func(id int64, at time.Time, amount decimal.Decimal, label string) clientele.Purchase[int64] {
		return clientele.Purchase[int64]{Customer: id, At: at, Amount: amount, Group: label}
	}
	bases := map[string][]clientele.Purchase[int64]{
		"one":   {outcomeBuys(1, 0, "0", "a")},
		"alike": nil, "huge": nil, "tiny": nil, "opposite": nil,
		"far": {
			pays(1, first, huge, "a"), pays(1, last, huge, "a"), pays(2, first, tiny, "b"), pays(2, last, huge.Neg(), "b"),
			pays(3, outcomeDay(0), tiny, "a"), pays(3, first, huge, "b"),
		},
	}
	for id := range int64(12) {
		label := string(rune('a' + id%3))
		for i := range id%4 + 1 {
			at := outcomeDay(float64(100*i + id))
			bases["alike"] = append(bases["alike"], pays(id, at, decimal.New(1, 0), label))
			bases["huge"] = append(bases["huge"], pays(id, at, huge.Sub(decimal.New(id, 0)), label))
			bases["tiny"] = append(bases["tiny"], pays(id, at, tiny.Mul(decimal.New(id, 0)), label))
			bases["opposite"] = append(bases["opposite"], pays(id, at, huge, label), pays(id, at, huge.Neg(), label))
		}
	}
	return bases
}

// Invariant: every number in every answer is finite, whatever the base.
func TestAnswersAreFinite(t *testing.T) {
	for name, purchases := range extremePurchases() {
		if name == "far" {
			continue // for 7,000 months: the next test asks by years
		}
		a := outcomeActivity(t, purchases...)
		for question, ask := range everyQuestion(a, 1, nil) {
			answer, err := ask()
			finite(t, name+"/"+question, answer, err)
		}
	}
}

// extremeLevels are allowed, or refused.
var extremeLevels = []float64{5e-324, 1e-300, 1e-16, 0.5, 1 - 1e-9, 1 - 0x1p-52, math.Nextafter(1, 0), 1, -1, math.Inf(1), math.NaN()}

// Invariant: nor has one with any level, length or number in its configuration.
func TestAnswersOfExtremeConfigsAreFinite(t *testing.T) {
	const longest = clientele.Days(106_000)
	asOf := []time.Time{outcomeDay(450), date(2261, 12, 31)}
	for name, purchases := range extremePurchases() {
		a := outcomeActivity(t, purchases...)
		events := []cohort.Event[int64]{churnEvent(purchases[0].Customer, 1, "late"), churnEvent(purchases[len(purchases)-1].Customer, 101, "late")}
		for i, level := range extremeLevels {
			within := []clientele.Days{1, 30, longest}[i%3]
			at := asOf[i%2]
			years := clientele.Calendar{Unit: clientele.Year}
			churn := cohort.ChurnConfig{AsOf: at, Calendar: years, Rule: cohort.ChurnRule{Silent: 40, Intervals: []float64{0, 1e6, 5e-324}[i%3]}, Level: level}
			compare := cohort.CompareConfig{AsOf: at, Within: within, Level: level, Key: cohort.KeySource(i % 2)}
			for question, ask := range map[string]func() (any, error){
				"Triangle": func() (any, error) {
					r, err := a.Triangle(cohort.TriangleConfig{AsOf: at, Calendar: years, Level: level})
					if err == nil {
						trend, err := r.Trend(min(1, len(r.Columns)-1), "")
						finite(t, name+"/Trend", trend, err)
						finite(t, name+"/Averages", r.Averages(), nil)
					}
					return r, err
				},
				"Repeat": func() (any, error) {
					return a.Repeat(cohort.RepeatConfig{AsOf: at, Early: []clientele.Days{1, longest}, Level: level})
				},
				"Ladder": func() (any, error) { return a.Ladder(cohort.LadderConfig{AsOf: at, Within: within, Level: level}) },
				"Lifecycle": func() (any, error) {
					return a.Lifecycle(cohort.LifecycleConfig{AsOf: at, Calendar: years, Level: level})
				},
				"Churn": func() (any, error) { return a.Churn(churn) },
				"ChurnEvents": func() (any, error) {
					return a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn, Within: 1, IntervalClasses: i % 3}, clientele.All(events))
				},
				"LossReasons": func() (any, error) {
					return a.LossReasons(churn, clientele.All([]cohort.LossReason[int64]{{Customer: events[0].Customer, Reason: "price"}}))
				},
				"ContactLag": func() (any, error) {
					cfg := cohort.ContactConfig{AsOf: at, Within: within, Regular: 2, Level: level, Shares: []float64{5e-324, math.Nextafter(1, 0)}}
					return a.ContactLag(cfg, clientele.All([]cohort.Contact[int64]{cohort.Contact[int64](events[0])}))
				},
				"CompareKeys": func() (any, error) { return a.CompareKeys(compare) },
				"TimeTo":      func() (any, error) { return a.TimeTo(cohort.SpellConfig{AsOf: at}, survival.Config{Level: level}) },
				"Decompose": func() (any, error) {
					p, err := a.Parts(cohort.PartConfig{AsOf: at, Within: within, Metric: cohort.Metric(i % 3)})
					if err != nil {
						return nil, err
					}
					return cohort.Decompose(p.Groups[:1], p.Groups, level)
				},
			} {
				answer, err := ask()
				finite(t, fmt.Sprint(name, " ", level, "/", question), answer, err)
			}
		}
	}
}

// Invariant: nor have functions of numbers.
func TestFunctionsOfNumbersAreFinite(t *testing.T) {
	counts := []int{0, 1, 2, 1000, 1 << 20, 1 << 30, math.MaxInt}
	for _, level := range extremeLevels {
		for _, n := range counts {
			for _, k := range []int{0, 1, n / 2, n - 1, n} {
				e, err := cohort.ExactShare(k, n, level)
				finite(t, fmt.Sprint("ExactShare of ", k, n, level), e, err)
				for _, other := range [][2]int{{0, 1}, {1, 1}, {1, 3}, {999, 1000}} {
					e, err := cohort.OddsRatio(k, n, other[0], other[1], level)
					finite(t, fmt.Sprint("OddsRatio of ", k, n, other, level), e, err)
				}
			}
		}
	}
	numbers := []float64{0, 5e-324, 1e-300, 1, 1e300, math.MaxFloat64}
	for _, total := range []string{"0", "1e-100", "-1e300", "1e99"} {
		for i, stdErr := range numbers {
			for j, other := range numbers {
				amount, err := decimal.NewFromString(total)
				if err != nil {
					t.Fatal(err)
				}
				part := func(key string, customers int, stdErr float64) cohort.Part {
					return cohort.Part{Key: key, Customers: customers, Total: amount.Shift(int32(len(key))), StdErr: stdErr}
				}
				before := []cohort.Part{part("a", 1+i, stdErr), part("bb", math.MaxInt/2, other)}
				after := []cohort.Part{part("a", math.MaxInt/3, other), part("bb", 1+j, stdErr), part("c", 2, other)}
				d, err := cohort.Decompose(before, after, 0)
				finite(t, fmt.Sprint("Decompose of ", total, stdErr, other), d, err)
			}
		}
	}
}

// Invariant: nor have curves and tests of any times and weights.
func TestCurvesAreFinite(t *testing.T) {
	numbers := []float64{0, 5e-324, 1e-300, 1, 1e15, 1e300, math.MaxFloat64}
	for i, first := range numbers {
		for j, second := range numbers {
			for _, weight := range []float64{0, 1e-9, 3, 1e9} {
				spells := []survival.Spell{
					{Time: first, Event: true, Weight: weight, Group: "a"},
					{Time: second, Event: i%2 == 0, Group: "b"},
					{Time: second, Event: true, Weight: weight, Group: "b"},
					{Enter: first, Time: max(second, first*2), Event: j%2 == 0, Group: "a"},
					{Time: 7, Group: "b"},
				}
				name := fmt.Sprint(first, second, weight)
				for _, level := range extremeLevels {
					c, err := survival.KaplanMeier(clientele.All(spells), survival.Config{Level: level, Limits: survival.Limits(j % 4)})
					finite(t, "KaplanMeier of "+name, c, err)
					if err != nil {
						continue
					}
					finite(t, "Median of "+name, c.Median(), nil)
					for _, x := range numbers {
						mean, err := c.RestrictedMean(x)
						finite(t, "RestrictedMean of "+name, mean, err)
						at, err := c.At(x)
						finite(t, "At of "+name, at, err)
						q, err := c.Quantile(x)
						finite(t, "Quantile of "+name, q, err)
					}
				}
				test, err := survival.LogRank(clientele.All(spells))
				finite(t, "LogRank of "+name, test, err)
				test, err = survival.PetoPeto(clientele.All(spells))
				finite(t, "PetoPeto of "+name, test, err)
				aligned, err := survival.KaplanMeier(survival.AlignTimes(clientele.All(spells), first), survival.Config{})
				finite(t, "AlignTimes of "+name, aligned, err)
			}
		}
	}
}
