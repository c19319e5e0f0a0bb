package rfm_test

import (
	"encoding/json"
	"io"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/rfm"
)

// Every fault that the package reports, as its user reads it.
func TestMessages(t *testing.T) {
	verify.Messages(t, "messages.txt", joined(baseFaults(t), planFaults(), scalesFaults(t), stateFaults(t), jsonFaults()))
}

// joined puts several lists of faults into one.
func joined(lists ...map[string]error) map[string]error {
	all := map[string]error{}
	for _, list := range lists {
		maps.Copy(all, list)
	}
	return all
}

func baseFaults(t *testing.T) map[string]error {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	h := mustHistory(t, rfm.Config{AsOf: asOf})
	m := history(t, rfm.Config{AsOf: asOf}, ago(time.Hour, "5"))
	_, config := rfm.New[int64](nil, rfm.Config{Window: -1, Recent: 9, Workers: -1})
	_, window := rfm.New[int64](nil, rfm.Config{AsOf: day(1677, 1, 1), Window: 200_000})
	_, earlier := m.After(asOf.Add(-2*time.Hour), rub(1))
	_, refund := rfm.Facts{}.After(asOf, rub(-1))
	_, silent := m.Silent(asOf.Add(-1))
	_, noBase := (*rfm.Base[int64])(nil).MarshalBinary()
	windowed := mustNew[int64](t, rfm.Config{AsOf: asOf, Window: 30})
	_, rolling := rfm.New[int64](nil, rfm.Config{AsOf: asOf, Rolling: true})
	large := clientele.Purchase[int64]{Customer: 2, At: asOf, Amount: money("1" + strings.Repeat("0", 200))}
	return map[string]error{
		"base, amount":                   b.Add(large),
		"base, amount fed":               clientele.Feed(clientele.All([]clientele.Purchase[int64]{large}), b),
		"advance, earlier":               b.Advance(asOf.Add(-1)),
		"advance, window":                windowed.Advance(asOf.Add(1)),
		"advance, zero":                  b.Advance(time.Time{}),
		"config, rolling":                rolling,
		"merge, other rolling":           windowed.Merge(mustNew[int64](t, rfm.Config{AsOf: asOf, Window: 30, Rolling: true})),
		"after, earlier":                 earlier,
		"after, refund first":            refund,
		"base, purchase":                 b.Add(clientele.Purchase[int64]{Customer: 1}),
		"base, nil":                      noBase,
		"base, zero":                     new(rfm.Base[int64]).Add(clientele.Purchase[int64]{}),
		"config":                         config,
		"config, time and window":        window,
		"decode, base":                   new(rfm.Base[int64]).UnmarshalBinary([]byte("rfmB\x01")),
		"decode, history":                new(rfm.History).UnmarshalBinary(nil),
		"merge, history missing":         h.Merge(nil),
		"merge, history of another asOf": h.Merge(mustHistory(t, rfm.Config{AsOf: asOf.Add(time.Hour)})),
		"merge, missing":                 b.Merge(nil),
		"merge, other window":            b.Merge(mustNew[int64](t, rfm.Config{AsOf: asOf, Window: 30})),
		"merge, other recent":            b.AddHistory(1, mustHistory(t, rfm.Config{AsOf: asOf, Recent: 5})),
		"merge, other amounts":           b.AddHistory(1, mustHistory(t, rfm.Config{AsOf: asOf, Amounts: true})),
		"merge, zero history":            b.AddHistory(1, new(rfm.History)),
		"silent, earlier":                silent,
	}
}

func planFaults() map[string]error {
	by := func(r rfm.Rule) error { return rfm.CubePlan(r, rfm.Bounds(2, 5), rfm.Bounds(1, 9)).Validate() }
	weights := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1, 9))
	weights.Weights = rfm.Weights{R: 1e308, F: 1e308, M: 1e308}
	grid := rfm.Cube()
	grid.Name, grid.Segments = "mine", []rfm.Segment{
		{Name: "good", Where: []rfm.Box{{R: rfm.Range{2, 3}}}},
		{Name: "best", Where: []rfm.Box{{R: rfm.Range{3, 3}}}},
	}
	return map[string]error{
		"plan, zero":                 rfm.Plan{}.Validate(),
		"plan, map of other levels":  rfm.CubePlan(rfm.Quantiles(5), rfm.Edges(1), rfm.Bounds(1, 9)).Validate(),
		"plan, bounds on a grid":     rfm.Plan{Recency: rfm.Bounds(1, 9), Frequency: rfm.Quantiles(5), Monetary: rfm.Quantiles(5), Map: rfm.Grid()}.Validate(),
		"plan, weights":              weights.Validate(),
		"plan, weight":               rfm.Plan{Weights: rfm.Weights{F: -1, M: math.NaN()}, Recency: rfm.Quantiles(5), Frequency: rfm.Quantiles(5), Monetary: rfm.Quantiles(5), Map: rfm.Grid()}.Validate(),
		"plan, measure":              rfm.Plan{Measure: rfm.Measure{Recency: 9, Days: 9, Zone: "Mars/Olympus", Monetary: 9}, Recency: rfm.Quantiles(5), Frequency: rfm.Quantiles(5), Monetary: rfm.Quantiles(5), Map: rfm.Grid()}.Validate(),
		"rule, kind":                 by(rfm.Rule{Kind: 9}),
		"rule, bounds turned round":  by(rfm.Bounds(40, 20)),
		"rule, three bounds":         by(rfm.Rule{Kind: rfm.ByBounds, Edges: []float64{1, 2, 3}}),
		"rule, bounds with cuts":     by(rfm.Bounds(20, 40).By(rfm.ClosedLeft)),
		"rule, bounds with count":    by(rfm.Rule{Kind: rfm.ByBounds, Edges: []float64{1, 2}, Count: 3}),
		"rule, bound is no number":   by(rfm.Bounds(20, math.Inf(1))),
		"rule, edges by rank":        by(rfm.Edges(20, 40).By(rfm.AverageRank)),
		"rule, edges not ascending":  by(rfm.Edges(20, 20)),
		"rule, no edges":             by(rfm.Edges()),
		"rule, no percents":          by(rfm.Percentiles()),
		"rule, percent of 100":       by(rfm.Percentiles(50, 100)),
		"rule, percents descending":  by(rfm.Percentiles(80, 50)),
		"rule, quantiles, percents":  by(rfm.Rule{Kind: rfm.ByQuantiles, Count: 3, Percents: []float64{50}}),
		"rule, breaks with cuts":     by(rfm.NaturalBreaks(3).By(rfm.ClosedLeft)),
		"rule, one break":            by(rfm.NaturalBreaks(1)),
		"rule, one quantile":         by(rfm.Quantiles(1)),
		"rule, quantiles and cuts":   by(rfm.Quantiles(3).By(9)),
		"rule, quantiles with edges": by(rfm.Rule{Kind: rfm.ByQuantiles, Count: 3, Edges: []float64{1, 2}}),
		"map, no partition":          grid.Validate(),
		"map, zero":                  rfm.Map{}.Validate(),
		"map, segments": rfm.Map{Name: "mine", Levels: rfm.Levels{3, 3, 3}, Rest: "others", Segments: []rfm.Segment{
			{Standing: 9},
			{Name: "others", Where: []rfm.Box{{R: rfm.Range{3, 1}, F: rfm.Range{0, 2}, FM: rfm.Range{2, 7}}}},
		}}.Validate(),
	}
}

func scalesFaults(t *testing.T) map[string]error {
	bounds := rfm.Bounds(1, 9)
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	m := of(t, b, 1)
	later := mustNew[int64](t, rfm.Config{AsOf: day(2025, 1, 1)})
	mustFeed(t, later, buy(1, 2, 10, "5"))
	huge := hugeBase(t, beyondFloat)
	medians := mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Median}, bounds, bounds, bounds))
	totals := mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Total}, bounds, bounds, bounds))
	_, empty := rfm.Fit(later, rfm.GridPlan())
	_, noBase := rfm.Fit[int64](nil, rfm.GridPlan())
	_, noAmounts := rfm.Fit(b, medians.Plan())
	_, beyond := rfm.Fit(huge, rfm.GridPlan())
	_, quantiles := rfm.NewScales(rfm.GridPlan())
	_, noScales := rfm.Grade(b, nil)
	_, zeroScales := new(rfm.Scales).Score(m)
	_, noMedian := medians.Score(m)
	_, infinite := totals.Values(of(t, huge, 77))
	_, _, noReceipt := totals.Degradation(m)
	_, metric := totals.Scale(9, 1, 1)
	_, level := nestedScales(t).Scale(rfm.F, 4, 1)
	_, notFinite := totals.ScoreValues(rfm.Values{Recency: math.NaN()})
	_, negative := totals.ScoreValues(rfm.Values{Frequency: -1})
	return map[string]error{
		"fit, amounts not kept":    noAmounts,
		"fit, money beyond floats": beyond,
		"fit, no base":             noBase,
		"fit, no customers":        empty,
		"grade, no scales":         noScales,
		"scale, level":             level,
		"scale, metric":            metric,
		"scales, quantiles":        quantiles,
		"score, amounts not kept":  noMedian,
		"score, degradation":       noReceipt,
		"score, infinite":          infinite,
		"score, zero scales":       zeroScales,
		"values, negative":         negative,
		"values, not finite":       notFinite,
		"warning":                  mustFit(t, b, rfm.GridPlan()).Warnings[0],
		"warning, out of reach":    mustFreeze(t, planOf(rfm.Measure{}, rfm.Bounds(-30, 90), rfm.Bounds(0, 1), bounds)).Warnings[0],
		"warning, count":           mustFreeze(t, planOf(rfm.Measure{}, rfm.Bounds(-30, 90), rfm.Bounds(0, 1), bounds)).Warnings[1],
	}
}

func stateFaults(t *testing.T) map[string]error {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	cube := cubeScales(t)
	other, renamed, rhythm := cube.Plan(), cube.Plan(), cube.Plan()
	other.Frequency = rfm.Bounds(2, 4)
	renamed.Map.Name = "other"
	rhythm.Measure.Recency = rfm.MeanInterval
	compare := func(before, after *rfm.State[int64]) error { _, err := rfm.Compare(before, after); return err }
	state := mustGrade(t, b, cube)
	grid := cube.Plan()
	for i := range grid.Map.Segments {
		grid.Map.Segments[i].Standing = rfm.NoStanding
	}
	_, standings := mustGrade(t, b, mustFreeze(t, grid)).Report().Diagnose(rfm.DiagnoseConfig{})
	_, shares := state.Report().Diagnose(rfm.DiagnoseConfig{IdleRevenue: 7, Sleepers: -1})
	_, noReport := (*rfm.Report)(nil).Diagnose(rfm.DiagnoseConfig{})
	torn := state.Report()
	torn.Standings = torn.Standings[:2]
	_, tornReport := torn.Diagnose(rfm.DiagnoseConfig{})
	published := func(was rfm.Score) error {
		_, err := rfm.CompareScores(maps.All(map[int64]rfm.Score{1: was}), state)
		return err
	}
	_, noScores := rfm.CompareScores(nil, state)
	_, noState := rfm.CompareScores(state.All(), nil)
	_, twice := rfm.CompareScores(func(yield func(int64, rfm.Score) bool) {
		_ = yield(1, rfm.Score{Code: "BNW"}) && yield(1, rfm.Score{Code: "BNN"})
	}, state)
	row := rfm.Row[int64]{Customer: 1, Recency: 5, Frequency: 2, Monetary: rub(9)}
	table := mustTable(t, row)
	rows := func(rows ...rfm.Row[int64]) error {
		_, err := rfm.NewTable(asOf, clientele.All(rows))
		return err
	}
	_, tenure := table.Grade(mustFreeze(t, rhythm))
	_, median := table.Fit(planOf(rfm.Measure{Monetary: rfm.Median}, rfm.Bounds(1, 9), rfm.Bounds(1, 9), rfm.Bounds(1, 9)))
	return map[string]error{
		"table, no rows":              rows(),
		"table, customer twice":       rows(row, row),
		"table, recency":              rows(rfm.Row[int64]{Recency: -1, Frequency: 1}),
		"table, frequency":            rows(rfm.Row[int64]{Recency: 1}),
		"table, tenure too short":     rows(rfm.Row[int64]{Recency: 5, Frequency: 1, Tenure: 4}),
		"table, tenure unknown":       tenure,
		"table, median":               median,
		"CSV, no writer":              state.WriteCSV(nil),
		"CSV, no report":              (*rfm.Report)(nil).WriteCSV(io.Discard),
		"compare, no scores":          noScores,
		"compare, scores, no state":   noState,
		"compare, scores, twice":      twice,
		"compare, scores, code":       published(rfm.Score{Code: "545"}),
		"compare, scores, segment":    published(rfm.Score{Segment: "best"}),
		"compare, scores, other":      published(rfm.Score{Code: "BNW", Segment: "Worst"}),
		"compare, scores, empty":      published(rfm.Score{}),
		"compare, after missing":      compare(state, nil),
		"compare, before missing":     compare(nil, state),
		"compare, other edges":        compare(state, mustGrade(t, b, mustFreeze(t, other))),
		"compare, other map":          compare(state, mustGrade(t, b, mustFreeze(t, renamed))),
		"compare, other measure":      compare(state, mustGrade(t, b, mustFreeze(t, rhythm))),
		"diagnose, no report":         noReport,
		"diagnose, shares":            shares,
		"diagnose, standings":         standings,
		"diagnose, standings cut off": tornReport,
	}
}

func jsonFaults() map[string]error {
	read := func(into json.Unmarshaler, text string) error { return into.UnmarshalJSON([]byte(text)) }
	write := func(v any) error { _, err := json.Marshal(v); return err }
	edges := `{"plan":{"recency":{"rule":"edges","edges":[20]},"frequency":{"rule":"quantiles","count":3},"monetary":{"rule":"edges","edges":[5]},
		"map":{"levels":[2,3,2],"segments":[{"name":"all","where":[{}]}]}},` +
		`"recency":{"edges":[21]},"frequency":[{"edges":[2,1],"counts":[1,2]},{"edges":[2],"counts":[1,-2,3]}],"monetary":[{"edges":[5]}]}`
	_, metric := rfm.Metric(9).MarshalText()
	return map[string]error{
		"JSON, base":             write(rfm.Base[int64]{}),
		"JSON, base read":        read(new(rfm.Base[int64]), `{}`),
		"JSON, history":          write(rfm.History{}),
		"JSON, history read":     read(new(rfm.History), `{}`),
		"JSON, table":            write(rfm.Table[int64]{}),
		"JSON, table read":       read(new(rfm.Table[int64]), `{}`),
		"JSON, facts read":       read(new(rfm.Facts), `{}`),
		"JSON, movement":         write(rfm.Movement[int64]{}),
		"JSON, movement read":    read(new(rfm.Movement[int64]), `{}`),
		"JSON, state":            write(rfm.State[int64]{}),
		"JSON, state read":       read(new(rfm.State[int64]), `{}`),
		"JSON, zero scales":      write(rfm.Scales{}),
		"JSON, array":            read(new(rfm.Plan), `{"map":{"segments":[{"where":[{"r":[1,2,3]}]}]}}`),
		"JSON, config":           read(new(rfm.Config), `{"windows":30}`),
		"JSON, key twice":        read(new(rfm.DiagnoseConfig), `{"sleepers":0.1,"sleepers":0.2}`),
		"JSON, levels":           read(new(rfm.Levels), `[3,3]`),
		"JSON, map":              read(new(rfm.Map), `"sphere"`),
		"JSON, map of a plan":    read(new(rfm.Plan), `{"map":"Cube"}`),
		"JSON, name":             read(new(rfm.Plan), `{"frequency":{"rule":"deciles"}}`),
		"JSON, other case":       read(new(rfm.Measure), `{"Recency":"rhythm"}`),
		"JSON, range":            read(new(rfm.Range), `5`),
		"JSON, scales":           read(new(rfm.Scales), edges),
		"JSON, scales, no scale": read(new(rfm.Scales), `{"plan":`+plainPlan+`,"recency":{"edges":[20]},"frequency":[],"monetary":[{"edges":[5]}]}`),
		"JSON, standing":         read(new(rfm.Segment), `{"standing":"king"}`),
		"JSON, type":             read(new(rfm.Rule), `{"edges":[1,"2"]}`),
		"name, causes":           new(rfm.Causes).UnmarshalText([]byte("recency+speed")),
		"name, value":            metric,
	}
}

// plainPlan has two levels for each metric.
const plainPlan = `{"recency":{"rule":"edges","edges":[20]},"frequency":{"rule":"edges","edges":[2]},"monetary":{"rule":"edges","edges":[5]},` +
	`"map":{"levels":[2,2,2],"segments":[{"name":"all","where":[{}]}]}}`
