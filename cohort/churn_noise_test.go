package cohort_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// paused are customers with one pause each, some of them lost, with the kinds of events that
// some of them have in it.
type paused struct {
	a      *cohort.Activity[int64]
	events []cohort.Event[int64]
	last   int64
}

// add adds customers, all of whom have an event of a kind; "" is none.
func (p *paused) add(t testing.TB, kind string, customers, lost int) {
	if p.a == nil {
		p.a = outcomeActivity(t)
	}
	for i := range customers {
		p.last++
		days := []float64{0, 20}
		if i < lost {
			days = days[:1]
		}
		for _, day := range days {
			if err := p.a.Add(outcomeBuys(p.last, day, "1", "")); err != nil {
				t.Fatal(err)
			}
		}
		if kind != "" {
			p.events = append(p.events, churnEvent(p.last, 1, kind))
		}
	}
}

func (p *paused) kinds(t testing.TB) []cohort.ChurnEventGroup {
	t.Helper()
	cfg := cohort.ChurnEventConfig{
		ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(45), Rule: cohort.ChurnRule{Silent: 30}, Workers: 1}, Within: 5,
	}
	r, err := p.a.ChurnEvents(cfg, clientele.All(p.events))
	if err != nil {
		t.Fatal(err)
	}
	return r.Kinds
}

// Where an event came once and that customer was lost, little is claimed: of 1 of 1 against
// 29 of 99 Fisher's exact test says 0.30. By the normal distribution of the logarithm the lift
// of 3.414 had the interval [2.5, 4.661].
func TestChurnEventsClaimLittleOfOne(t *testing.T) {
	var shop paused
	shop.add(t, "rain", 1, 1)
	shop.add(t, "", 99, 29)
	once := shop.kinds(t)[0]
	if once.Pauses != 1 || once.Lost != 1 || once.Lift.Level != 0.95 || math.Abs(once.Lift.Value-99.0/29) > 1e-12 {
		t.Errorf("%+v", once)
	}
	if got := once.Lift.String(); got != "3.414 [0.1821, 6.868]" {
		t.Error(got)
	}
}

// Rain, which came once and after which that customer was lost, ranks below complaints, after
// which 20 of 40 were lost against 15 of 60 without, though its lift is larger.
func TestChurnEventsRankByWhatIsKnown(t *testing.T) {
	var shop paused
	shop.add(t, "rain", 1, 1)
	shop.add(t, "complaint", 40, 20)
	shop.add(t, "", 59, 14)
	var got []string
	for _, k := range shop.kinds(t) {
		got = append(got, fmt.Sprintf("%s, %d of %d lost: %v", k.Kind, k.Lost, k.Pauses, k.Lift))
	}
	want := []string{"complaint, 20 of 40 lost: 2 [1.111, 3.647]", "rain, 1 of 1 lost: 2.912 [0.1561, 5.694]"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), strings.Join(want, "; "))
	}
}

// In 100 shops complaints lose 20 of 40 customers, against 15 of 60 without. Each of twenty
// kinds of noise happens to each customer with a chance of 0.02. By the size of the lift noise
// comes first in 94 shops, as it did by the limits of the normal distribution of its logarithm;
// by its lower limit it is first in one. Of kinds that occur once or twice, of which 31 and 9 %
// were claimed to matter, none is.
func TestNoiseIsFirstInFewOf100Shops(t *testing.T) {
	byLimit, byLift, claimed := 0, 0, 0
	var rare, rareClaimed [2]int // of noise that occurs once and twice
	isNoise := func(k cohort.ChurnEventGroup) bool { return k.Kind != "complaint" }
	for i := range uint64(100) {
		rng := rand.New(rand.NewPCG(i, 1))
		var shop paused
		shop.add(t, "complaint", 40, 20)
		shop.add(t, "", 60, 15)
		for customer := range int64(100) {
			for noise := range 20 {
				if rng.Float64() < 0.02 {
					shop.events = append(shop.events, churnEvent(customer+1, 2, fmt.Sprint("noise ", noise)))
				}
			}
		}
		kinds := shop.kinds(t)
		largest := slices.MaxFunc(kinds, func(a, b cohort.ChurnEventGroup) int { return cmp.Compare(a.Lift.Value, b.Lift.Value) })
		for _, k := range kinds {
			if isNoise(k) && k.Pauses <= 2 {
				rare[k.Pauses-1]++
				rareClaimed[k.Pauses-1] += verify.OneIf(k.Lift.Lo > 1)
			}
		}
		byLimit += verify.OneIf(isNoise(kinds[0]))
		byLift += verify.OneIf(isNoise(largest))
		claimed += verify.OneIf(slices.ContainsFunc(kinds, func(k cohort.ChurnEventGroup) bool { return isNoise(k) && k.Lift.Lo > 1 }))
	}
	if byLimit > 3 || byLift < 90 || claimed > 3 {
		t.Errorf("noise is first in %d of 100 shops, by the lift in %d; in %d some has an interval above 1", byLimit, byLift, claimed)
	}
	if min(rare[0], rare[1]) < 400 || rareClaimed != [2]int{} {
		t.Errorf("of %v kinds that occur once and twice, %v are claimed", rare, rareClaimed)
	}
}
