package cohort_test

import (
	"fmt"
	"iter"
	"maps"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
)

// everyQuestion asks everything, by the name of the method or function and what else tells
// questions apart, on so many goroutines. mix changes the order of what is handed over beside
// the activity.
func everyQuestion(a *cohort.Activity[int64], workers int, mix mixer) map[string]func() (any, error) {
	asOf, year := outcomeDay(650), outcomeDay(365)
	questions := spellQuestions(mix)
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
		"LossReasons": func() (any, error) {
			return a.LossReasons(churn, mixed(mix, statedReasons()))
		},
		"ChurnEvents": func() (any, error) {
			return a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn, Within: 14}, mixed(mix, statedEvents()))
		},
		"ChurnEventsBy": func() (any, error) {
			cfg := cohort.ChurnEventConfig{ChurnConfig: churn, Within: 14, IntervalClasses: 3}
			return a.ChurnEventsBy(cfg, mixed(mix, statedEvents()), func(customer int64) string { return fmt.Sprint(customer % 3) })
		},
		"ContactLag": func() (any, error) {
			return a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 90, Workers: workers}, mixed(mix, statedContacts()))
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
		"Compare": func() (any, error) {
			cfg := compare
			cfg.From = 1
			return a.Compare(cfg, mixed(mix, statedAssignments()))
		},
		"Spells":        func() (any, error) { return curvesOf(a.Spells(cohort.SpellConfig{AsOf: asOf, To: 3})) },
		"ChurnSpells":   func() (any, error) { return curvesOf(a.ChurnSpells(churn)) },
		"MarshalBinary": func() (any, error) { return a.MarshalBinary() },
		"AppendBinary":  func() (any, error) { return a.AppendBinary([]byte("prefix")) },
		"Len":           func() (any, error) { return a.Len(), nil },
		"DealLadder": func() (any, error) {
			return cohort.DealLadder(mixed(mix, dealsOf(crowdedPurchases())), cohort.LadderConfig{AsOf: asOf, MaxRungs: 3, Workers: workers})
		},
		"Decompose": func() (any, error) {
			cfg := cohort.PartConfig{AsOf: asOf, Within: 90, Metric: cohort.AverageCheck, Workers: workers, Until: year}
			before, err := a.Parts(cfg)
			if err != nil {
				return nil, err
			}
			cfg.Since, cfg.Until = cfg.Until, time.Time{}
			after, err := a.Parts(cfg)
			if err != nil {
				return nil, err
			}
			return cohort.Decompose(shuffled(mix, before.Groups), shuffled(mix, after.Groups), 0)
		},
		"CompareKeys": func() (any, error) { return a.CompareKeys(compare) },
		"ComparePeriods": func() (any, error) {
			return a.ComparePeriods(compare, cohort.Span{Name: "first", Since: outcomeDay(0), Until: year}, cohort.Span{Name: "second", Since: year, Until: year.Add(9000 * time.Hour)})
		},
	})
	return questions
}

// spellQuestions asks everything of package survival.
func spellQuestions(mix mixer) map[string]func() (any, error) {
	return map[string]func() (any, error){
		"KaplanMeier": func() (any, error) {
			c, err := survival.KaplanMeier(mixed(mix, someSpells()), survival.Config{})
			return curveAnswers(c), err
		},
		"KaplanMeierBy": func() (any, error) {
			curves, err := survival.KaplanMeierBy(mixed(mix, someSpells()), survival.Config{})
			var all []any
			for _, c := range curves {
				all = append(all, curveAnswers(c))
			}
			return all, err
		},
		"LogRank":  func() (any, error) { return survival.LogRank(mixed(mix, someSpells())) },
		"PetoPeto": func() (any, error) { return survival.PetoPeto(mixed(mix, someSpells())) },
		"AlignTimes": func() (any, error) {
			c, err := survival.KaplanMeier(survival.AlignTimes(mixed(mix, someSpells()), 1e-9), survival.Config{})
			return curveAnswers(c), err
		},
	}
}

// curveAnswers are all that a curve answers.
func curveAnswers(c *survival.Curve) []any {
	if c == nil {
		return nil
	}
	mean, err := c.RestrictedMean(200)
	at, err2 := c.At(100)
	third, err3 := c.Quantile(1. / 3)
	return []any{c, mean, at, third, c.Median(), fmt.Sprint(err, err2, err3)}
}

// curvesOf are the curves and tests of spells.
func curvesOf(spells iter.Seq2[survival.Spell, error]) (any, error) {
	curves, err := survival.KaplanMeierBy(spells, survival.Config{})
	if err != nil {
		return nil, err
	}
	var all []any
	for _, c := range curves {
		all = append(all, curveAnswers(c))
	}
	test, err := survival.LogRank(spells)
	return append(all, test), err
}
