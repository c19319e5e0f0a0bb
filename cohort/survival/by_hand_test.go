package survival_test

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

// halfSure is the quantile of the normal distribution at 0.75, and so z of level 0.5.
const halfSure = 0.6744897501960817

// Of three who leave on days 1, 2 and 3 the mean is 1 + 2/3 + 1/3 = 2, with Greenwood's
// variance 1/(3·2) + (1/9)/(2·1) = 2/9. At level 0.5 Student's t with 2 degrees of freedom is
// √(2/3), and 3 events widen by √(3/2). With a fourth, who stays until day 10, the areas after
// days 1, 2 and 3 are 3, 9/4 and 7/4, and the variance 9/12 + (81/16)/6 + (49/16)/2 = 25/8.
func TestRestrictedMeanByHand(t *testing.T) {
	spells := []survival.Spell{event(1), event(2), event(3)}
	c := verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{Level: 0.5}))
	e := verify.Must(c.RestrictedMean(10))
	for _, n := range []struct {
		name      string
		got, want float64
	}{
		{"mean", e.Value, 2},
		{"standard error", e.StdErr, math.Sqrt(2.0 / 9)},
		{"lower limit", e.Lo, 2 - math.Sqrt(2.0/9)},
		{"upper limit", e.Hi, 2 + math.Sqrt(25.0/8)},
	} {
		verify.Near(t, n.name, n.got, n.want, 1e-12)
	}
	// Two leave on day 1 and one on day 3: the mean is 5/3 with the variance (2/3)² 2/(3·1). With
	// one who stays the areas are 11/4 and 7/4, the variance (11/4)² 2/(4·2) + (7/4)²/(2·1).
	spells = []survival.Spell{event(1), event(1), event(3)}
	c = verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{Level: 0.5}))
	e = verify.Must(c.RestrictedMean(10))
	verify.Near(t, "lower limit", e.Lo, 5.0/3-math.Sqrt(8.0/27), 1e-12)
	verify.Near(t, "upper limit", e.Hi, 5.0/3+math.Sqrt(219)/8, 1e-12)
	// The upper limit is that of Greenwood's variance where one who stays adds less: 1/6 + 1/18
	// again, 2 events, and t is 1.
	spells = []survival.Spell{event(1), event(2), censored(3)}
	c = verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{Level: 0.5}))
	e = verify.Must(c.RestrictedMean(3))
	verify.Near(t, "lower limit", e.Lo, 2-2.0/3, 1e-12)
	verify.Near(t, "upper limit", e.Hi, 2+2.0/3, 1e-12)
	// All leave at once: nobody tells how others differ.
	if e := verify.Must(curveOf(t, event(2), event(2), event(2)).RestrictedMean(0)); e != sure(2) {
		t.Errorf("%+v", e)
	}
}

// One of three leaves on day 1: a hazard of 1/3 with the variance 1/9. Wilson's limits are
// those of Poisson, with one event more of the two at risk then: of a mean 1/3 + 1/2 with the
// variance 1/9 + 1/4, by the cube of 1 - 1/9k + z/3√k for k = (5/6)²/(13/36) events.
func TestHazardByHand(t *testing.T) {
	third := 1.0 / 3
	byar := func(mean, k, z float64) float64 { return mean * math.Pow(1-1/(9*k)+z/(3*math.Sqrt(k)), 3) }
	for limits, want := range map[survival.Limits][2]float64{
		survival.Wilson: {byar(third, 1, -halfSure), byar(5.0/6, 25.0/13, halfSure)},
		survival.LogLog: {third * math.Exp(-halfSure), third * math.Exp(halfSure)},
		survival.Plain:  {third * (1 - halfSure), third * (1 + halfSure)},
		survival.Log:    {third * (1 - halfSure), third * (1 + halfSure)},
	} {
		spells := []survival.Spell{event(1), censored(2), censored(3)}
		c := verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{Level: 0.5, Limits: limits}))
		for p := range c.Points() {
			if p.Time != 1 {
				continue
			}
			verify.Near(t, limits.String()+", hazard", p.Hazard.Value, third, 1e-15)
			verify.Near(t, limits.String()+", standard error", p.Hazard.StdErr, third, 1e-15)
			verify.Near(t, limits.String()+", lower limit", p.Hazard.Lo, want[0], 1e-12)
			verify.Near(t, limits.String()+", upper limit", p.Hazard.Hi, want[1], 1e-12)
		}
	}
}

// Three groups, in fractions: events of a on days 1 and 4, of b on day 2, one seen until day 5,
// and of c on days 3 and 6. Observed less expected are 53/60, -19/60 and -34/60; with the
// variances 2851/3600 and 3139/3600 of a and b and the covariance -1313/3600 the statistic is
// 60019/60211.
func TestLogRankOfThreeGroups(t *testing.T) {
	test, err := survival.LogRank(spellsOf(of("a", event(1), event(4)), of("b", event(2), censored(5)), of("c", event(3), event(6))))
	if err != nil || test.DF != 2 {
		t.Fatalf("%+v, %v", test, err)
	}
	verify.Near(t, "statistic", test.Statistic, 60019.0/60211, 1e-13)
	verify.Near(t, "p", test.P, math.Exp(-60019.0/60211/2), 1e-13)
}

// Four groups, in fractions: each has an event on a day of its own from 1 to 4, then a has one
// on day 5, b is seen until 6, c has one on day 7, and d is seen until 8.
func TestLogRankOfFourGroups(t *testing.T) {
	test, err := survival.LogRank(spellsOf(
		of("a", event(1), event(5)), of("b", event(2), censored(6)), of("c", event(3), event(7)), of("d", event(4), censored(8))))
	if err != nil || test.DF != 3 {
		t.Fatalf("%+v, %v", test, err)
	}
	verify.Near(t, "statistic", test.Statistic, 950360074.0/594335561, 1e-13)
}

// More groups than a test takes are refused.
func TestLogRankOfManyGroups(t *testing.T) {
	var all [][]survival.Spell
	for i := range 2000 {
		all = append(all, of(string(rune('a'+i)), event(1), event(2)))
	}
	if _, err := survival.LogRank(spellsOf(all...)); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
}
