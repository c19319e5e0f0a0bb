package cohort_test

import (
	"math"
	"math/rand/v2"
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

// Where complaints change nothing, the interval of the lift contains 1 as often as it
// says, although customers differ and each has many pauses; and that of the rate
// contains the rate of many more customers.
func TestChurnEventsCover(t *testing.T) {
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
// against all others would find the contrary: who stays has more time to complain.
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
		counted := r.Before + r.After + r.Outside
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
