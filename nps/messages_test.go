package nps_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// The texts of all errors, which are to say what was wrong, what is allowed and what
// mends it.
func TestMessages(t *testing.T) {
	all := make(map[string]error)
	for part, refused := range map[string]map[string]error{
		"scale": scaleMessages(), "tally": tallyMessages(t), "interval": intervalMessages(), "comparison": comparisonMessages(),
		"weights": weightMessages(t), "rake": rakeMessages(), "drivers": driverMessages(), "panel": panelMessages(t), "series": seriesMessages(t),
		"JSON": jsonMessages(),
	} {
		for name, err := range refused {
			all[part+": "+name] = err
		}
	}
	verify.Messages(t, "messages.txt", all)
}

func scaleMessages() map[string]error {
	var attitude nps.Attitude
	return map[string]error{
		"bounds":               nps.Scale{Min: 2000, Max: 0, Detractor: 1, Promoter: 9}.Validate(),
		"too long":             nps.Scale{Min: 0, Max: 101, Detractor: 6, Promoter: 103}.Validate(),
		"cuts":                 nps.Scale{Min: 0, Max: 10, Detractor: 11, Promoter: 12}.Validate(),
		"promoters too low":    nps.Scale{Min: 0, Max: 10, Detractor: 6, Promoter: 6}.Validate(),
		"not a number":         second(nps.Standard().Answer(math.NaN())),
		"off the scale":        second(nps.Standard().Answer(11)),
		"fraction":             second(nps.Standard().Answer(7.5)),
		"attitude":             second(nps.Attitude(9).MarshalText()),
		"name of an attitude":  attitude.UnmarshalText([]byte("fan")),
		"tally":                second(nps.NewTally(nps.Scale{Min: 1})),
		"weighted":             second(nps.NewWeighted(nps.Scale{Min: 1})),
		"name of a method":     new(nps.Method).UnmarshalText([]byte("wald")),
		"name of a test":       new(nps.Test).UnmarshalText([]byte("t")),
		"name of no method":    second(nps.Method(9).MarshalText()),
		"name of no test":      second(nps.Test(9).MarshalText()),
		"count on a bad scale": second(nps.Count(nps.Scale{Max: 1, Promoter: 5}, clientele.All([]int{1}))),
	}
}

func tallyMessages(t *testing.T) map[string]error {
	var none nps.Tally
	full, ten := answered(1<<53, 0, 0), verify.Must(nps.NewTally(nps.OneToTen()))
	one := answered(1, 2, 3)
	return map[string]error{
		"no source":     second(nps.Count(nps.Scale{}, nil)),
		"off the scale": second(nps.Count(nps.Scale{}, clientele.All([]int{3, 11}))),
		"one answer":    one.Add(-1),
		"of many":       one.AddSlice([]int{1, 2, 12}),
		"so many":       full.AddN(3, 1),
		"merged":        full.Merge(one),
		"scales":        one.Merge(ten),
		"removed":       one.Remove(answered(2, 0, 0)),
		"no answers":    second(none.Score()),
		"no mean":       second(none.MeanInterval(0)),
	}
}

func intervalMessages() map[string]error {
	some, none := answered(1, 2, 3), nps.Tally{}
	src := rand.NewPCG(1, 2)
	posterior := verify.Must(some.Posterior(nps.UniformPrior()))
	return map[string]error{
		"level":               second(some.Interval(nps.Wald, 95)),
		"method":              second(some.Interval(9, 0)),
		"no answers":          second(none.Interval(nps.Wald, 0)),
		"each share":          second(none.EachShare(0.95)),
		"level of each share": second(answered(1, 2, 3).EachShare(1)),
		"shares":              second(some.Shares(math.Nextafter(1, 0) - 2e-16)),
		"few replicates":      second(some.Bootstrap(0.95, 39, src)),
		"no source":           second(some.Bootstrap(0.95, 1000, nil)),
		"too many to draw":    second(answered(1<<30, 1, 0).Bootstrap(0.95, 1000, src)),
		"prior":               nps.Dirichlet{Detractors: math.Inf(1), Passives: 1}.Validate(),
		"prior of answers":    second(some.Posterior(nps.Dirichlet{})),
		"too many answers":    second(answered(1_000_000, 0, 0).Posterior(nps.UniformPrior())),
		"above nothing":       second(posterior.Above(math.NaN())),
		"above of none":       second(nps.Posterior{}.Above(0)),
		"quantile":            second(posterior.Quantile(1)),
		"sample size":         second(nps.SampleSize{MarginOfError: 0, Level: 2, Variance: -1, Method: nps.Goodman}.Required()),
		"population":          second(nps.SampleSize{MarginOfError: 5, Population: 1<<53 + 1}.Required()),
		"tiny margin":         second(nps.SampleSize{MarginOfError: 1e-9}.Required()),
		"detectable":          second(nps.Detectable{Difference: 300, Power: 0.01, Second: 20000}.Required()),
		"nearly undetected":   second(nps.Detectable{Difference: 1e-9}.Required()),
	}
}

func comparisonMessages() map[string]error {
	some, none, ten := answered(1, 2, 3), nps.Tally{}, verify.Must(nps.NewTally(nps.OneToTen()))
	both := map[string]nps.Tally{"a": some, "b": some}
	src := rand.NewPCG(1, 2)
	return map[string]error{
		"target":                 second(nps.CompareTarget(100, nps.Tally{}, nps.CompareConfig{Test: 9, Level: 1})),
		"no answers to a target": second(nps.CompareTarget(20, nps.Tally{}, nps.CompareConfig{})),
		"configuration":          second(nps.Compare(some, some, nps.CompareConfig{Test: 9, Level: 95})),
		"none before":            second(nps.Compare(none, some, nps.CompareConfig{})),
		"none after":             second(nps.Compare(some, none, nps.CompareConfig{})),
		"scales":                 second(nps.RankSum(some, ten)),
		"reference":              second(nps.CompareAll(both, nps.CompareAllConfig{Reference: "c"})),
		"reference and rest":     second(nps.CompareAll(both, nps.CompareAllConfig{Reference: "a", Rest: true})),
		"one group":              second(nps.CompareAll(map[string]nps.Tally{"a": some}, nps.CompareAllConfig{})),
		"an empty group":         second(nps.CompareAll(map[string]nps.Tally{"a": some, "b": none}, nps.CompareAllConfig{})),
		"a group's scale":        second(nps.ChiSquare(some, some, ten)),
		"permutation":            second(nps.Permutation(some, some, 0, nil)),
		"too many":               second(nps.Permutation(some, answered(1<<30, 0, 0), 9, src)),
		"equivalence":            second(nps.Equivalent(some, some, 300, 0.5)),
		"weighted":               second(nps.CompareWeighted(weighed(weighedAnswer{answer: 1, weight: 1}), nps.Weighted{}, nps.CompareConfig{})),
	}
}

func weightMessages(t *testing.T) map[string]error {
	var w nps.Weighted
	some, ten := answered(1, 1, 1), verify.Must(nps.NewWeighted(nps.OneToTen()))
	thin := verify.Must(nps.PostStratify([]nps.Stratum{{Name: "a", Tally: answered(1, 0, 0), Population: 1}}, 0))
	return map[string]error{
		"negative":      w.Add(5, -1),
		"not a number":  w.Add(5, math.NaN()),
		"enormous":      w.Add(5, 1e101),
		"off the scale": w.Add(11, 1),
		"scales":        w.Merge(ten),
		"no answers":    second(w.EffectiveN()),
		"one answer":    second(weighed(weighedAnswer{answer: 1, weight: 1}).StdErr()),
		"no strata":     second(nps.PostStratify(nil, 0)),
		"strata": second(nps.PostStratify([]nps.Stratum{
			{Name: "a", Tally: some, Population: 1},
			{Name: "a", Tally: some, Population: 0},
			{Tally: verify.Must(nps.NewTally(nps.OneToTen())), Population: math.NaN()},
		}, 0)),
		"warning of thin strata": thin.Warnings[0],
	}
}

func rakeMessages() map[string]error {
	sex := dimension("sex", "f", 1., "m", 1.)
	rake := func(cfg nps.RakeConfig, dimensions []nps.Dimension, sample ...nps.Respondent) error {
		_, err := nps.Rake(clientele.All(sample), dimensions, cfg)
		return err
	}
	of := func(answer int, weight float64, categories ...string) nps.Respondent {
		return nps.Respondent{Answer: answer, Weight: weight, Categories: categories}
	}
	return map[string]error{
		"configuration":       rake(nps.RakeConfig{Scale: nps.Scale{Min: 1}, MaxIterations: -1, Tolerance: 1, MaxWeight: 1, Level: 7}, nil),
		"dimensions":          rake(nps.RakeConfig{}, []nps.Dimension{dimension("a"), dimension("a", "x", 1e-13, "y", 1., "y", -1.), dimension("", "x", 1.)}),
		"too many dimensions": rake(nps.RakeConfig{}, dimensions(21)),
		"no source":           second(nps.Rake(nil, []nps.Dimension{sex}, nps.RakeConfig{})),
		"nobody":              rake(nps.RakeConfig{}, []nps.Dimension{sex}),
		"off the scale":       rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(11, 1, "f")),
		"weight":              rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(9, -1, "f")),
		"categories":          rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(9, 1)),
		"unknown category":    rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(9, 1, "x")),
		"empty category":      rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(9, 1, "f")),
		"tiny weight":         rake(nps.RakeConfig{}, []nps.Dimension{sex}, of(9, 1e-61, "f"), of(9, 1, "m")),
		"incompatible": rake(nps.RakeConfig{}, []nps.Dimension{sex, dimension("again", "f", 3., "m", 1.)},
			of(9, 1, "f", "f"), of(3, 1, "m", "m")),
	}
}

// dimensions are as many as are given, each of one category.
func dimensions(n int) (all []nps.Dimension) {
	for i := range n {
		all = append(all, dimension(fmt.Sprint(i), "x", 1.))
	}
	return all
}

func driverMessages() map[string]error {
	many := strings.Split("abcdefghijklmnopqrstu", "")
	few := factorial()[:3]
	constant, answers, same := factorial(), factorial(), factorial()
	for i := range 8 {
		constant[i].Ratings[1].Value = 3
		answers[i].Answer = 3
		same[i].Ratings[1].Value = 2 - same[i].Ratings[0].Value
	}
	return map[string]error{
		"configuration":      second(nps.Drivers(nil, nil, nps.DriverConfig{Level: 1, Resamples: 99})),
		"names":              second(nps.Drivers(nil, []string{"a", "a", ""}, nps.DriverConfig{})),
		"too many names":     second(nps.Drivers(nil, many, nps.DriverConfig{})),
		"no source":          second(nps.Drivers(nil, []string{"a"}, nps.DriverConfig{})),
		"too few":            second(driversOf(nps.DriverConfig{}, few...)),
		"off the scale":      second(driversOf(nps.DriverConfig{}, response(11, 1, 2))),
		"ratings":            second(driversOf(nps.DriverConfig{}, append(factorial(), response(1, 1, 2, 3))...)),
		"rating":             second(driversOf(nps.DriverConfig{}, response(1, 1, math.Inf(1)))),
		"answers alike":      second(driversOf(nps.DriverConfig{}, answers...)),
		"ratings alike":      second(driversOf(nps.DriverConfig{}, constant...)),
		"ratings collinear":  second(driversOf(nps.DriverConfig{}, same...)),
		"warning of samples": nps.ResampleWarning{Degenerate: 30, Resamples: 200},
	}
}

func panelMessages(t *testing.T) map[string]error {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	var nobody *nps.Panel
	other := verify.Must(nps.NewPanel(nps.PanelConfig{Scale: nps.OneToTen()}))
	days := verify.Must(nps.NewPanel(nps.PanelConfig{}))
	zoned := verify.Must(nps.NewPanel(nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Berlin"}}))
	sunday := verify.Must(nps.NewPanel(nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month, WeekStart: time.Monday}}))
	full := verify.Must(nps.NewPanel(nps.PanelConfig{Calendar: monthly}))
	at := noonOf(2024, 1, 1)
	if err := full.AddN(nps.Answer{At: at}, 1<<53); err != nil {
		t.Fatal(err)
	}
	return map[string]error{
		"configuration":  second(nps.NewPanel(nps.PanelConfig{Scale: nps.Scale{Min: 1}, Calendar: clientele.Calendar{Zone: "Mars/Olympus"}})),
		"no time":        p.Add(nps.Answer{Value: 3}),
		"off the scale":  p.Add(nps.Answer{At: at, Value: 11}),
		"so many":        full.AddN(nps.Answer{At: at}, 1),
		"source":         p.AddAll(clientele.All([]nps.Answer{{At: at}, {At: at, Value: -1}})),
		"no source":      p.AddAll(nil),
		"nil":            nobody.Add(nps.Answer{At: at}),
		"nil series":     second(nobody.Series()),
		"nil encoded":    second(nobody.MarshalBinary()),
		"merge nil":      p.Merge(nil),
		"merge scales":   days.Merge(other),
		"merge units":    p.Merge(days),
		"merge zones":    p.Merge(zoned),
		"merge weeks":    p.Merge(sunday),
		"merge too many": p.Merge(full),
		"decode":         p.UnmarshalBinary([]byte("npsP")),
		"unknown group":  second(p.Series("mail")),
		"group twice":    second(p.Series("web", "web")),
		"empty":          second(new(nps.Panel).Series()),
	}
}

func seriesMessages(t *testing.T) map[string]error {
	s, src := lopsided(t), rand.NewPCG(1, 2)
	one := seriesOf(t, [3]uint64{1, 1, 1}, [3]uint64{1, 1, 1})
	var none nps.Series
	return map[string]error{
		"trend":            second(s.Trend(nps.TrendConfig{Rolling: -1, Method: 9, Level: 95})),
		"before answers":   second(s.Trend(nps.TrendConfig{AsOf: noonOf(2024, 1, 1)})),
		"empty":            second(none.Trend(nps.TrendConfig{AsOf: endOf(5)})),
		"changes":          second(s.Changes(nps.ChangeConfig{Replicates: -1, Level: 2}, nil)),
		"few replicates":   second(s.Changes(nps.ChangeConfig{AsOf: endOf(5), Replicates: 18}, src)),
		"too few periods":  second(one.Changes(nps.ChangeConfig{AsOf: noonOf(2024, 2, 1)}, src)),
		"too many answers": second(seriesOf(t, [3]uint64{1 << 30, 0, 0}, [3]uint64{0, 0, 1}).Changes(nps.ChangeConfig{AsOf: endOf(2)}, src)),
	}
}

func jsonMessages() map[string]error {
	refused := make(map[string]error)
	for name, c := range map[string]struct {
		into any
		text string
	}{
		"unknown key":        {new(nps.Scale), `{"mim":1}`},
		"wrong type":         {new(nps.CompareConfig), `{"level":"95"}`},
		"unknown name":       {new(nps.CompareAllConfig), `{"test":"t"}`},
		"path":               {new(nps.PanelConfig), `{"scale":{"min":"1"}}`},
		"counts":             {new(nps.Tally), `{"scale":{"min":0,"max":10,"detractor":6,"promoter":9},"counts":[1]}`},
		"scale":              {new(nps.Tally), `{"scale":{"min":5,"max":1,"detractor":6,"promoter":9},"counts":[]}`},
		"sums of weights":    {new(nps.Weighted), `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[1,0],"weights":[[],[]],"squares":[[],[],[]]}`},
		"sums of squares":    {new(nps.Weighted), `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[1,0],"weights":[[1],[]],"squares":[[2],[],[]]}`},
		"squares":            {new(nps.Weighted), `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[0,0],"weights":[[],[]],"squares":[[],[]]}`},
		"weights":            {new(nps.Weighted), `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[0,0],"weights":[],"squares":[]}`},
		"idle":               {new(nps.Weighted), `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[0,0],"idle":18446744073709551615,"weights":[[],[]],"squares":[[],[],[]]}`},
		"posterior":          {new(nps.Posterior), `{"detractors":1,"passives":0,"promoters":1}`},
		"enormous posterior": {new(nps.Posterior), `{"detractors":1e6,"passives":1e6,"promoters":1}`},
		"no list":            {new(nps.Panel), `{}`},
		"order of periods":   {new(nps.Series), `{"scale":{},"calendar":{},"periods":[{"period":9999999,"label":"","counts":[]}]}`},
		"label of a period":  {new(nps.Series), `{"scale":{},"calendar":{},"periods":[{"period":1,"label":"1971","counts":[]}]}`},
		"stratified":         {new(nps.Stratified), `{"n":"1"}`},
		"report on drivers":  {new(nps.DriverReport), `{"n":"1"}`},
	} {
		refused[name] = json.Unmarshal([]byte(c.text), c.into)
	}
	return refused
}
