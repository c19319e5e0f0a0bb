package survival_test

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

func of(group string, all ...survival.Spell) []survival.Spell {
	for i := range all {
		all[i].Group = group
	}
	return all
}

func spellsOf(groups ...[]survival.Spell) spellSource {
	var all []survival.Spell
	for _, g := range groups {
		all = append(all, g...)
	}
	return clientele.All(all)
}

// Group a has events at 1 and 3, group b at 2 and a censoring at 4. At 1, 2 of 4 at
// risk are of a; at 2, 1 of 3; at 3, 1 of 2. Expected in a are 1/2+1/3+1/2 = 4/3,
// the variance is 1/4+2/9+1/4 = 13/18, the statistic (2-4/3)²/(13/18) = 8/13. Peto and
// Peto weigh with 1, 3/4 and 1/2: the excess is 1/2-1/4+1/4 = 1/2, the variance
// 1/4+1/8+1/16 = 7/16 and the statistic 4/7.
func TestLogRankWorkedOut(t *testing.T) {
	a, b := of("a", event(1), event(3)), of("b", event(2), censored(4))
	test, err := survival.LogRank(spellsOf(a, b))
	if err != nil || test.DF != 1 || !verify.IsNear(test.Statistic, 8./13, 1e-14) || !verify.IsNear(test.P, math.Erfc(math.Sqrt(4./13)), 1e-13) {
		t.Errorf("%+v, %v", test, err)
	}
	if g := test.Groups[0]; g.Group != "a" || g.N != 2 || g.Observed != 2 || !verify.IsNear(g.Expected, 4./3, 1e-15) {
		t.Errorf("%+v", g)
	}
	test, err = survival.PetoPeto(spellsOf(a, b))
	if err != nil || test.DF != 1 || !verify.IsNear(test.Statistic, 4./7, 1e-14) {
		t.Errorf("%+v, %v", test, err)
	}
	if g := test.Groups[0]; g.Observed != 1.5 || !verify.IsNear(g.Expected, 1, 1e-15) {
		t.Errorf("%+v", g)
	}
}

// A group that is never at risk when an event happens adds no degree of freedom, and
// neither do pairs of groups that are under observation at different times: each pair
// has a test of its own, and the statistics add up.
func TestLogRankDegrees(t *testing.T) {
	a, b := of("a", event(1), event(3)), of("b", event(2), censored(4))
	late := func(group string, times ...float64) []survival.Spell {
		var all []survival.Spell
		for _, s := range times {
			all = append(all, survival.Spell{Enter: 10, Time: 10 + math.Abs(s), Event: s > 0})
		}
		return of(group, all...)
	}
	test, err := survival.LogRank(spellsOf(a, b, of("c", censored(0.5))))
	if err != nil || test.DF != 1 || !verify.IsNear(test.Statistic, 8./13, 1e-14) || test.Groups[2].Expected != 0 {
		t.Errorf("%+v, %v", test, err)
	}
	test, err = survival.LogRank(spellsOf(a, b, late("c", 1, 3), late("d", 2, -4)))
	if err != nil || test.DF != 2 || !verify.IsNear(test.Statistic, 16./13, 1e-14) || !verify.IsNear(test.P, math.Exp(-8./13), 1e-13) {
		t.Errorf("%+v, %v", test, err)
	}
}

// Where there is nothing to test there is an error.
func TestLogRankWithoutAnswer(t *testing.T) {
	half := of("b", censored(1))
	half[0].Weight = 1.5
	for name, c := range map[string]struct {
		src   spellSource
		field string
		err   error
	}{
		"one group":          {spellsOf(of("a", event(1), event(2))), "Group", clientele.ErrEmpty},
		"no event":           {spellsOf(of("a", censored(1)), of("b", censored(2))), "Event", clientele.ErrEmpty},
		"never together":     {spellsOf(of("a", event(1)), []survival.Spell{{Enter: 1, Time: 2, Event: true, Group: "b"}}), "Event", clientele.ErrEmpty},
		"all at once":        {spellsOf(of("a", event(1), event(1)), of("b", event(1))), "Event", clientele.ErrEmpty},
		"part of a customer": {spellsOf(of("a", event(1)), half), "Weight", clientele.ErrRange},
	} {
		for _, run := range []func(spellSource) (survival.Test, error){survival.LogRank, survival.PetoPeto} {
			_, err := run(c.src)
			if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != c.field || !errors.Is(err, c.err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
