package docs_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
)

// pauses are of n customers with four purchases at most, 30 days apart, and an event after
// three in ten purchases. A purchase is the last with a probability of the customer's own,
// mean on average, which is times as high after an event.
func pauses(rng *rand.Rand, n int, mean, times float64, differ bool) (report *cohort.ChurnEventReport, err error) {
	a := newActivity()
	var events []cohort.Event[int]
	for c := range n {
		own := mean
		if differ {
			own *= 2 * rng.Float64()
		}
		for i := range 5 {
			day := 300 + 30*float64(i)
			buy(a, c, day, 10)
			if i == 4 {
				break // open
			}
			lost := own
			if rng.Float64() < 0.3 {
				events = append(events, cohort.Event[int]{Customer: c, At: atDay(day + 5), Kind: "late"})
				lost *= times
			}
			if rng.Float64() < lost {
				break
			}
		}
	}
	cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: atDay(425), Rule: cohort.ChurnRule{Silent: 32}, Workers: 1}, Within: 10}
	if len(events) == 0 {
		events = append(events, cohort.Event[int]{Customer: 0, At: atDay(100), Kind: "late"}) // before all
	}
	return a.ChurnEvents(cfg, clientele.All(events))
}

func churnWorlds(of func(r *cohort.ChurnEventReport) clientele.Estimate, truth func(mean, times float64) float64, null bool) []world {
	w := func(name string, mean, times float64, differ bool) world {
		return world{name: name, null: null && times == 1, sample: func(rng *rand.Rand, n int) outcome {
			r, err := pauses(rng, n, mean, times, differ)
			if err != nil {
				return outcome{}
			}
			return judge(of(r), nil, truth(mean, times))
		}}
	}
	return []world{
		w("loss of 0.05", 0.05, 1, false), w("loss of 0.2", 0.2, 1, false), w("loss of 0.5", 0.5, 1, false),
		w("loss of 0.2 on average, customers differ", 0.2, 1, true), w("loss of 0.2, of 0.5 after an event", 0.2, 2.5, false),
	}
}

// partsOf are two groups of n customers each.
func partsOf(rng *rand.Rand, n int, s spread) []cohort.Part {
	a := newActivity()
	for c := range 2 * n {
		group := "shop"
		if c < n {
			group = "web"
		}
		check(a.Add(clientele.Purchase[int]{Customer: c, At: atDay(0), Amount: cents(s.draw(rng)), Group: group}))
	}
	p, err := a.Parts(cohort.PartConfig{AsOf: atDay(100), Within: 30, Workers: 1})
	check(err)
	return p.Groups
}

func decomposed(of func(d *cohort.Decomposition) (e clientele.Estimate, share float64)) (worlds []world) {
	for _, s := range spreads {
		for _, times := range []float64{1, 1.5} {
			more := spread{s.name, times * s.mean, func(rng *rand.Rand) float64 { return times * s.draw(rng) }}
			name := s.name
			if times > 1 {
				name += ", 1.5 times as high"
			}
			worlds = append(worlds, world{name: name, null: times == 1, sample: func(rng *rand.Rand, n int) outcome {
				d, err := cohort.Decompose(partsOf(rng, n, s), partsOf(rng, n, more), 0)
				check(err)
				e, share := of(d)
				return judge(e, nil, share*(more.mean-s.mean))
			}})
		}
	}
	return worlds
}

// rising are five monthly cohorts of n customers, of whom a share comes back in the next
// month: the share of the first and what is added from cohort to cohort, and how much
// shares scatter besides.
func rising(first, more, scatter float64) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		a := newActivity()
		for month := range 5 {
			share := first + more*float64(month) + scatter*(2*rng.Float64()-1)
			for c := range n {
				start := 31 * float64(month)
				buy(a, month*n+c, start, 10)
				if rng.Float64() < share {
					buy(a, month*n+c, start+31, 10)
				}
			}
		}
		t, err := a.Triangle(cohort.TriangleConfig{AsOf: atDay(364), Calendar: clientele.Calendar{Unit: clientele.Month}, Workers: 1})
		check(err)
		line, err := t.Trend(1, "")
		if err != nil {
			return outcome{}
		}
		return judge(line.Slope, nil, more)
	}
}

// curve of n customers with exponential times, of whom a share is censored: each is
// watched for an exponential time of its own.
func curve(rng *rand.Rand, n int, censored float64, limits survival.Limits) *survival.Curve {
	spells := make([]survival.Spell, n)
	for i := range spells {
		spells[i] = survival.Spell{Time: rng.ExpFloat64(), Event: true}
		if censored > 0 {
			if watched := rng.ExpFloat64() * (1 - censored) / censored; watched < spells[i].Time {
				spells[i] = survival.Spell{Time: watched}
			}
		}
	}
	c, err := survival.KaplanMeier(clientele.All(spells), survival.Config{Limits: limits})
	check(err)
	return c
}

// curveWorlds try what a curve tells, with nobody censored and with many.
func curveWorlds(limits survival.Limits, of func(c *survival.Curve) outcome) (worlds []world) {
	w := func(name string, censored float64) {
		worlds = append(worlds, world{name: name, sample: func(rng *rand.Rand, n int) outcome { return of(curve(rng, n, censored, limits)) }})
	}
	w("nobody censored", 0)
	w("0.3 censored", 0.3)
	if limits == survival.Wilson {
		w("0.6 censored", 0.6)
	}
	return worlds
}

// timeWorlds try what a curve tells of the times at which 0.8, 0.5 and 0.2 are left.
func timeWorlds(limits survival.Limits, of func(c *survival.Curve, left float64) outcome) (worlds []world) {
	for _, left := range []float64{0.8, 0.5, 0.2} {
		for _, w := range curveWorlds(limits, func(c *survival.Curve) outcome { return of(c, left) }) {
			w.name += ", share " + percent(100*left) + " %"
			worlds = append(worlds, w)
		}
	}
	return worlds
}

func survivalWorlds(limits survival.Limits) []world {
	return timeWorlds(limits, func(c *survival.Curve, left float64) outcome {
		e, err := c.At(-math.Log(left))
		return judge(e, err, left)
	})
}

// hazardOutcome is that of the cumulative hazard when a share is left, as long as somebody
// is observed.
func hazardOutcome(c *survival.Curve, left float64) outcome {
	t, e := -math.Log(left), clientele.Estimate{}
	for p := range c.Points() {
		if p.Time <= t {
			e = p.Hazard
		}
	}
	_, err := c.At(t)
	return judge(e, err, t)
}

// meanWorlds try the restricted mean up to times.
func meanWorlds() (worlds []world) {
	for _, until := range []float64{1, 2} {
		for _, w := range curveWorlds(survival.Wilson, func(c *survival.Curve) outcome {
			e, err := c.RestrictedMean(until)
			return judge(e, err, 1-math.Exp(-until))
		}) {
			w.name += fmt.Sprintf(", to time %v", until)
			worlds = append(worlds, w)
		}
	}
	return worlds
}

// medianWorlds try the median. A limit that was not reached is later than all that was
// observed; the lower one of limits that have none of shares of 1 and 0 says nothing.
func medianWorlds(limits survival.Limits) []world {
	return curveWorlds(limits, func(c *survival.Curve) outcome {
		q := c.Median()
		e := clientele.Estimate{Lo: math.Inf(-1), Hi: math.Inf(1), Level: q.Level}
		switch {
		case q.Lo != nil:
			e.Lo = *q.Lo
		case limits == survival.Wilson:
			e.Lo = c.Last()
		case q.Hi == nil:
			e.Level = 0
		}
		if q.Hi != nil {
			e.Hi = *q.Hi
		}
		return judge(e, nil, math.Ln2)
	})
}

// blend is a period of customers of the web and the shop.
type blend struct {
	share float64 // of customers of the web
	times float64 // what they spend, of what customers of the shop spend
}

// parts are of 2n customers, each of whom comes from the web or the shop by chance.
func (b blend) parts(rng *rand.Rand, n int, s spread) []cohort.Part {
	a := newActivity()
	for c := range 2 * n {
		p := clientele.Purchase[int]{Customer: c, At: atDay(0), Amount: cents(s.draw(rng)), Group: "shop"}
		if rng.Float64() < b.share {
			p.Group, p.Amount = "web", cents(b.times*s.draw(rng))
		}
		check(a.Add(p))
	}
	parts, err := a.Parts(cohort.PartConfig{AsOf: atDay(100), Within: 30, Workers: 1})
	check(err)
	return parts.Groups
}

// above is what a customer of the web spends more than all.
func (b blend) above(mean float64) float64 { return (1 - b.share) * (b.times - 1) * mean }

// mixWorlds compare two periods by the group of the web: alike, with more of its customers,
// and with more of them who spend more besides.
func mixWorlds(of func(g cohort.PartChange) clientele.Estimate, within bool) (worlds []world) {
	before := blend{0.5, 2}
	for _, s := range spreads {
		for _, w := range []struct {
			name  string
			after blend
		}{{"", before}, {", from half to 0.8 of customers", blend{0.8, 2}}, {", from half to 0.8, then three times", blend{0.8, 3}}} {
			after := w.after
			truth := (after.share - before.share) * (before.above(s.mean) + after.above(s.mean)) / 2
			if within {
				truth += (after.times - before.times) * s.mean * (before.share + after.share) / 2
			}
			worlds = append(worlds, world{name: s.name + ", on the web twice as high" + w.name, null: after == before, sample: func(rng *rand.Rand, n int) outcome {
				d, err := cohort.Decompose(before.parts(rng, n, s), after.parts(rng, n, s), 0)
				check(err)
				i := slices.IndexFunc(d.Groups, func(g cohort.PartChange) bool { return g.Key == "web" })
				if i < 0 {
					return outcome{}
				}
				return judge(of(d.Groups[i]), nil, truth)
			}})
		}
	}
	return worlds
}

func cohortStudies() []study {
	slope := func() []world {
		return []world{
			{name: "share 0.1 always", null: true, sample: rising(0.1, 0, 0)},
			{name: "share 0.5 always", null: true, sample: rising(0.5, 0, 0)},
			{name: "share 0.5 on average, cohorts differ", null: true, sample: rising(0.5, 0, 0.3)},
			{name: "from 0.1 to 0.5", sample: rising(0.1, 0.1, 0)},
		}
	}
	first := func(d *cohort.Decomposition) (clientele.Estimate, float64) {
		i := slices.IndexFunc(d.Groups, func(g cohort.PartChange) bool { return g.Key == "web" })
		return d.Groups[i].WithinGroup, 0.5
	}
	return []study{{
		method: "Rate of loss over pauses of customers",
		least:  92,
		unit:   "customers, with up to four pauses",
		tells:  []string{"cohort.ChurnEventReport.Rate", "cohort.ChurnEventGroup.Rate"},
		worlds: churnWorlds(func(r *cohort.ChurnEventReport) clientele.Estimate { return r.Rate }, func(mean, _ float64) float64 { return mean }, false)[:3],
	}, {
		method: "Lift of a loss after an event",
		least:  97, most: 2,
		unit:  "customers, with up to four pauses",
		tells: []string{"cohort.ChurnEventGroup.Lift", "cohort.ChurnEventGroup.Crude", "cohort.LiftWarning.Lift", "cohort.LiftWarning.Within"},
		worlds: churnWorlds(func(r *cohort.ChurnEventReport) clientele.Estimate {
			if len(r.Kinds) == 0 {
				return clientele.Estimate{}
			}
			return r.Kinds[0].Lift
		}, func(_, times float64) float64 { return times }, true),
	}, {
		method: "Change within groups",
		least:  93, most: 6,
		unit:   "customers of each of two groups, before and after",
		tells:  []string{"cohort.Decomposition.WithinGroups"},
		worlds: decomposed(func(d *cohort.Decomposition) (clientele.Estimate, float64) { return d.WithinGroups, 1 }),
	}, {
		method: "Change within a group",
		least:  94, most: 6,
		unit:   "customers of each of two groups, before and after",
		tells:  []string{"cohort.PartChange.WithinGroup"},
		worlds: decomposed(first),
	}, {
		method: "Effect of the mix of a group",
		least:  90, most: 6,
		unit:   "customers of each of two groups on average, before and after",
		tells:  []string{"cohort.PartChange.Mix", "cohort.Decomposition.Mix (its sum)"},
		worlds: mixWorlds(func(g cohort.PartChange) clientele.Estimate { return g.Mix }, false),
	}, {
		method: "Contribution of a group",
		least:  94, most: 6,
		unit:   "customers of each of two groups on average, before and after",
		tells:  []string{"cohort.PartChange.Contribution", "cohort.Decomposition.Change (its sum)"},
		worlds: mixWorlds(func(g cohort.PartChange) clientele.Estimate { return g.Contribution }, true),
	}, {
		method: "Slope of a share over cohorts",
		least:  99, most: 4,
		note:   "Of five cohorts the three degrees of freedom cost more than chance needs.",
		unit:   "customers of each of five cohorts",
		tells:  []string{"cohort.Trend.Slope"},
		worlds: slope(),
	}, {
		method: "Kaplan-Meier share",
		least:  85,
		note:   "If nobody is censored it is Wilson's interval of a share.",
		except: "as Wilson's interval of a share, which is 89.6 % for 0.2 or 0.8 of three customers",
		unit:   "customers",
		tells:  []string{"survival.Curve.At", "survival.Point.Survival"},
		worlds: survivalWorlds(survival.Wilson),
	}, {
		method: "Kaplan-Meier share, log-log limits",
		least:  80,
		except: publishedLimits,
		unit:   "customers",
		tells:  []string{"survival.Curve.At (chosen by the host)"},
		worlds: survivalWorlds(survival.LogLog),
	}, {
		method: "Kaplan-Meier share, log limits",
		least:  65,
		except: publishedLimits,
		unit:   "customers",
		tells:  []string{"survival.Curve.At (chosen by the host)"},
		worlds: survivalWorlds(survival.Log),
	}, {
		method: "Kaplan-Meier share, plain limits",
		least:  88,
		except: publishedLimits,
		unit:   "customers",
		tells:  []string{"survival.Curve.At (chosen by the host)"},
		worlds: survivalWorlds(survival.Plain),
	}, {
		method: "Cumulative hazard",
		least:  92,
		unit:   "customers",
		tells:  []string{"survival.Point.Hazard"},
		worlds: timeWorlds(survival.Wilson, hazardOutcome),
	}, {
		method: "Restricted mean of a curve",
		least:  93,
		unit:   "customers",
		note:   "Of a single event there is no interval.",
		tells:  []string{"survival.Curve.RestrictedMean"},
		worlds: meanWorlds(),
	}, {
		method: "Median of a curve",
		least:  92,
		note:   "Of two or three customers there is no interval.",
		unit:   "customers",
		tells:  []string{"survival.Quantile.Lo"},
		worlds: medianWorlds(survival.Wilson),
	}, {
		method: "Median of a curve, log-log limits",
		least:  70,
		note:   "Of two or three customers the first event is often later than the median already.",
		except: publishedLimits,
		unit:   "customers",
		tells:  []string{"survival.Quantile.Lo (chosen by the host)"},
		worlds: medianWorlds(survival.LogLog),
	}}
}

// publishedLimits is why some limits of curves are told although they cover too seldom.
const publishedLimits = "limits that repeat those of survfit in R, which cover too seldom of few customers, for a host that names them; the default is there for handfuls"
