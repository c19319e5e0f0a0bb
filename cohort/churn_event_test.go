package cohort_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

var simulatedChurn = cohort.ChurnEventConfig{
	ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(400), Rule: cohort.ChurnRule{Silent: 30}}, Within: 5,
}

// simulateChurn makes customers who buy every ten days until they are lost, some
// rarely and some soon. A complaint follows some purchases and multiplies the
// probability of loss.
func simulateChurn(t testing.TB, rng *rand.Rand, customers int, factor float64) (*cohort.Activity[int64], []cohort.Event[int64]) {
	var events []cohort.Event[int64]
	a := outcomeActivity(t)
	for id := range int64(customers) {
		lost, complains := 0.02+0.28*float64(rng.IntN(2)), 0.1+0.2*float64(rng.IntN(2))
		for day := rng.Float64() * 300; day < 400; day += 10 {
			if err := a.Add(outcomeBuys(id, day, "1", "")); err != nil {
				t.Fatal(err)
			}
			p := lost
			if rng.Float64() < complains {
				p *= factor
				events = append(events, churnEvent(id, day+1, "complaint"))
			}
			if rng.Float64() < p {
				break
			}
		}
	}
	return a, events
}

// Where complaints change nothing, the interval of the lift contains 1 as often as its
// level says, although customers differ and each has many pauses; and that of the rate
// contains the rate of many more customers.
func TestChurnEventsCover(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	const runs, level = 400, 0.9
	cfg := simulatedChurn
	cfg.Level = level
	rng := compareRand(5)
	ask := func(customers int) cohort.ChurnEventGroup {
		a, events := simulateChurn(t, rng, customers, 1)
		r, err := a.ChurnEvents(cfg, clientele.All(events))
		if err != nil {
			t.Fatal(err)
		}
		return r.Kinds[0]
	}
	truth := ask(50_000).Rate.Value
	lifts, rates := 0.0, 0.0
	for range runs {
		e := ask(200)
		if e.Lift.Contains(1) {
			lifts++
		}
		if e.Rate.Contains(truth) {
			rates++
		}
	}
	for what, covered := range map[string]float64{"lift": lifts / runs, "rate": rates / runs} {
		if allowed := 3 * math.Sqrt(level*(1-level)/runs); math.Abs(covered-level) > allowed {
			t.Errorf("the interval of the %s covers in %.3f of cases, want %v ± %.3f", what, covered, level, allowed)
		}
	}
}

// Complaints that double the risk are found. To set all customers who ever complained
// against all others would find the contrary: customers who stay have more time to
// complain.
func TestChurnEventsFindEffect(t *testing.T) {
	a, events := simulateChurn(t, compareRand(6), 5000, 2)
	r, err := a.ChurnEvents(simulatedChurn, clientele.All(events))
	if err != nil {
		t.Fatal(err)
	}
	if lift := r.Kinds[0].Lift; !lift.Contains(2) || lift.Lo < 1.5 {
		t.Errorf("lift %v, want 2", lift)
	}
	var ever []cohort.LossReason[int64]
	for _, e := range events {
		ever = append(ever, cohort.LossReason[int64]{Customer: e.Customer, Reason: e.Kind})
	}
	naive, err := a.LossReasons(simulatedChurn.ChurnConfig, clientele.All(ever))
	if err != nil {
		t.Fatal(err)
	}
	if lift := naive.Reasons[0].Lift; lift.Hi >= 1 {
		t.Errorf("the naive lift %v, want less than 1", lift)
	}
}

// Invariants: an event in every pause has no lift, one in none has neither lift nor
// rate; kinds that divide the pauses among them have lifts that are each other's
// inverse; every event is counted once.
func TestChurnEventLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		a := outcomeActivity(t, purchases...)
		cfg := cohort.ChurnEventConfig{ChurnConfig: drawChurnConfig(t), Within: 1}
		var events []cohort.Event[int64]
		for _, p := range purchases {
			if p.Amount.IsNegative() {
				continue
			}
			at := cohort.Event[int64]{Customer: p.Customer, At: p.At, Kind: "always"}
			events = append(events, at)
			at.Kind = rapid.SampledFrom([]string{"odd", "even"}).Draw(t, "half")
			events = append(events, at)
		}
		// Purchases at one moment have both halves; leave one.
		half := make(map[cohort.Event[int64]]string)
		for i := 1; i < len(events); i += 2 {
			moment := events[i-1]
			if kind, ok := half[moment]; ok {
				events[i].Kind = kind
			}
			half[moment] = events[i].Kind
		}
		r, err := a.ChurnEvents(cfg, clientele.All(events))
		if err != nil {
			return // nobody
		}
		counted := r.Before + r.After + r.OutsidePauses
		kinds := make(map[string]cohort.ChurnEventGroup)
		for _, k := range r.Kinds {
			counted += k.Events
			kinds[k.Kind] = k
			if !k.Rate.Contains(k.Rate.Value) || k.Rate.Lo < 0 || k.Rate.Hi > 1 || !k.Lift.Contains(k.Lift.Value) {
				t.Fatalf("%+v", k)
			}
		}
		always, odd, even := kinds["always"], kinds["odd"], kinds["even"]
		if counted != len(events) || always.Pauses != r.Pauses || always.Rate != r.Rate || always.Lift != (clientele.Estimate{}) {
			t.Fatalf("%d of %d events counted; %+v", counted, len(events), always)
		}
		if odd.Pauses+even.Pauses != r.Pauses || odd.Lost+even.Lost != r.Lost {
			t.Fatalf("%+v and %+v of %+v", odd, even, r)
		}
		if odd.Lost > 0 && even.Lost > 0 {
			same := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*y }
			if !same(odd.Lift.Value*even.Lift.Value, 1) || !same(odd.Lift.Lo*even.Lift.Hi, 1) {
				t.Fatalf("lifts %+v and %+v", odd.Lift, even.Lift)
			}
		}
	})
}

func churnEvent(customer int64, day float64, kind string) cohort.Event[int64] {
	return cohort.Event[int64]{Customer: customer, At: outcomeDay(day), Kind: kind}
}

// With 30 days of silence allowed and 5 days for events, by day 100:
//
//	1  0, 20, 60   three pauses, the last two lost; late in the first and, twice, the second
//	2  10, 12, 40  two pauses, 12 and 40, the last lost; a complaint in the first
//	3  65, 80      one pause; the second is open
//	4  50          one pause, lost; late at its very end
//
// Late: 2 of 3 lost, of the others 2 of 4: lift 4/3. The influences on its logarithm
// are -5/12, 0, 3/12 and 2/12, so that its variance is 38/144 · 4/3 = 19/54. Those on
// the rate are -1/6 and 1/6: 2/36 · 2/1 = 1/9.
func TestChurnEventsWorkedOut(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "10", ""), outcomeBuys(1, 20, "20", ""), outcomeBuys(1, 60, "30", ""),
		outcomeBuys(2, 10, "1", ""), outcomeBuys(2, 12, "1", ""), outcomeBuys(2, 12, "1", ""), outcomeBuys(2, 40, "1", ""),
		outcomeBuys(3, 65, "1", ""), outcomeBuys(3, 80, "1", ""),
		outcomeBuys(4, 50, "7", ""), outcomeBuys(4, 52, "-3", ""),
		outcomeBuys(5, 50, "-3", ""), outcomeBuys(6, 101, "3", ""),
	)
	r, err := a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5}, clientele.All([]cohort.Event[int64]{
		churnEvent(1, 22.5, "late"), churnEvent(1, 1, "late"), churnEvent(1, 22, "late"), churnEvent(1, 30, "complaint"),
		churnEvent(2, 13, "complaint"), churnEvent(2, -1, "late"), churnEvent(2, 101, "late"),
		churnEvent(3, 81, "late"), churnEvent(4, 55, "late"), churnEvent(6, 99, "late"), churnEvent(6, 102, "late"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	counts := []int{r.Pauses, r.Lost, r.Customers, r.Soon, r.Open, r.Before, r.After, r.OutsidePauses, r.NeverBought, r.Later, len(r.Kinds)}
	if want := []int{7, 4, 4, 1, 1, 2, 2, 2, 1, 1, 2}; outcomeJSON(t, counts) != outcomeJSON(t, want) {
		t.Fatalf("counts %v, want %v", counts, want)
	}
	if r.Other != nil {
		t.Errorf("all kinds are reported one by one, and the rest as %+v", r.Other)
	}
	late, complaint := r.Kinds[0], r.Kinds[1]
	if late.Kind != "late" || late.Events != 4 || late.Pauses != 3 || late.Lost != 2 || late.Customers != 2 || late.Revenue.String() != "64" {
		t.Errorf("%+v", late)
	}
	outcomeNear(t, "rate", late.Rate.Value, 2.0/3, 1e-15)
	outcomeNear(t, "its doubt", late.Rate.StdErr, 2.0/9, 1e-14)
	outcomeNear(t, "lift", late.Lift.Value, 4.0/3, 1e-15)
	// 2 of 3 against 2 of 4: wider than by the customers, ln of which has the variance 19/54.
	outcomeNear(t, "its lower end", late.Lift.Lo, 0.18779311881082295, 1e-12)
	outcomeNear(t, "its upper end", late.Lift.Hi, 8.994524467350695, 1e-12)
	if complaint.Events != 1 || complaint.Pauses != 1 || complaint.Lost != 0 || complaint.Lift.Value != 0 || complaint.Lift.Lo != 0 || !(complaint.Lift.Hi > 1) || complaint.Rate.Level == 0 {
		t.Errorf("%+v", complaint)
	}
}

// Why there is no pause, of a silence of 30 days and 5 for events, on day 100: purchases are
// followed by another within 5 days or are of the last 30, or there are refunds alone.
func TestChurnEventsOfNoPause(t *testing.T) {
	for name, c := range map[string]struct {
		purchases []clientele.Purchase[int64]
		want      string
	}{
		"soon and open": {
			[]clientele.Purchase[int64]{outcomeBuys(1, 90, "1", ""), outcomeBuys(1, 93, "1", "")},
			"after 1 purchases the allowed silence is not over, 1 were followed by another",
		},
		"open":    {[]clientele.Purchase[int64]{outcomeBuys(1, 90, "1", "")}, "after 1 purchases the allowed silence is not over, 0 were followed by another"},
		"refunds": {[]clientele.Purchase[int64]{outcomeBuys(1, 50, "-1", "")}, "only refunds"},
	} {
		_, err := outcomeActivity(t, c.purchases...).ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5}, clientele.All[cohort.Event[int64]](nil))
		if !errors.Is(err, clientele.ErrEmpty) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Within is shorter than any silence that the rule allows, a single day included.
func TestChurnEventsWithinSilence(t *testing.T) {
	for _, silent := range []clientele.Days{1, 2, 30} {
		for _, within := range []clientele.Days{silent - 1, silent} {
			cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(100), Rule: cohort.ChurnRule{Silent: silent}}, Within: within}
			_, err := outcomeActivity(t, outcomeBuys(1, 0, "1", "")).ChurnEvents(cfg, clientele.All[cohort.Event[int64]](nil))
			if refused := within == 0 || within >= silent; (err != nil) != refused {
				t.Errorf("%d days of %d allowed: %v", within, silent, err)
			}
		}
	}
}
