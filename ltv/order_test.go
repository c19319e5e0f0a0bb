package ltv

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// gathering is how one base was gathered: in which order, in how many shards, merged from
// which end, by how many goroutines.
type gathering struct {
	sums    *Summaries[int64]
	workers int
}

// gatherings are the purchases of one base, gathered in several ways.
func gatherings(t *testing.T) (all []gathering) {
	t.Helper()
	purchases := regularPurchases(110)
	for i, of := range []struct {
		shards  int
		back    bool
		workers int
	}{{1, false, 1}, {3, false, 2}, {3, true, 3}} {
		shuffled := slices.Clone(purchases)
		rand.New(rand.NewPCG(uint64(i), 5)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		cfg := SummaryConfig{AsOf: evening(280), Until: evening(360), Per: 7, Workers: of.workers}
		var shards []*Summaries[int64]
		for part := range slices.Chunk(shuffled, (len(shuffled)+of.shards-1)/of.shards) {
			shards = append(shards, mustFeed(t, mustSummaries[int64](t, cfg), part))
		}
		if of.back {
			slices.Reverse(shards)
		}
		for _, shard := range shards[1:] {
			mustMerge(t, shards[0], shard)
		}
		all = append(all, gathering{shards[0], of.workers})
	}
	return all
}

// regularPurchases are those of customers who buy in their own rhythm and some of whom leave.
func regularPurchases(customers int64) (all []clientele.Purchase[int64]) {
	rng := rand.New(rand.NewPCG(8, 9))
	for id := range customers {
		gap, left := 4+30*rng.Float64(), 1000.0
		if id%3 == 0 {
			left = 200 * rng.Float64()
		}
		for day := 1 + 200*rng.Float64(); day < 360 && left > 0; {
			all = append(all, buy(id, int(day), fmt.Sprintf("%.2f", 5+40*rng.Float64())))
			step := gap * (0.3 + 1.5*rng.Float64())
			day, left = day+step, left-step
		}
	}
	return all
}

// kinds is the group of a customer.
func kinds(id int64) string { return fmt.Sprint("kind ", id%3) }

// design is the base with covariates.
func (g gathering) design(t *testing.T) *Design {
	d := verify.Must(NewDesign(Covariates{Purchase: []string{"a", "b"}, DropOut: []string{"b"}}))
	for id, s := range g.sums.All() {
		if err := d.Add(s, []float64{float64(id % 2), float64(id%7) / 3}, []float64{float64(id%7) / 3}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// forecaster is one with intervals, fitted to the base.
func (g gathering) forecaster() *Forecaster {
	buying := verify.Must(Fit(MBGNBD{}, g.sums.Sample(), FitConfig{Workers: g.workers}))
	spend := verify.Must(Fit(GammaGamma{}, g.sums.Sample(), FitConfig{Workers: g.workers}))
	return verify.Must(NewForecaster(buying, spend, ForecastConfig{
		Horizon: Years(1), Discount: PerYear(0.1), Intervals: true, Draws: 100, Source: rand.NewPCG(1, 2), Workers: g.workers,
	}))
}

// sample is the base as NewSample, Add and Merge make it.
func (g gathering) sample() *Sample {
	var odd, even []Summary
	for id, s := range g.sums.All() {
		if id%2 == 0 {
			even = append(even, s)
		} else {
			odd = append(odd, s)
		}
	}
	h := verify.Must(NewSample(slices.Values(even)))
	other := new(Sample)
	for _, s := range odd {
		if err := other.Add(s, 2); err != nil {
			panic(err)
		}
	}
	if err := h.Merge(other); err != nil {
		panic(err)
	}
	return h
}

// byCustomer is what a sequence in the order of the base yields, by customer.
func byCustomer[K comparable, V any](seq func(yield func(K, V) bool)) map[K]V {
	out := make(map[K]V)
	seq(func(k K, v V) bool {
		out[k] = v
		return true
	})
	return out
}

// forecasts are all answers about single customers, by customer.
func (g gathering) forecasts() any {
	f := g.forecaster()
	var ids []int64
	var base []Summary
	for id, s := range g.sums.All() {
		ids, base = append(ids, id), append(base, s)
	}
	out := make([]Forecast, len(base))
	if err := f.Batch(base, out); err != nil {
		panic(err)
	}
	batch, one := make(map[int64]Forecast), make(map[int64]Forecast)
	for i, id := range ids {
		batch[id], one[id] = out[i], verify.Must(f.One(base[i]))
	}
	var csv bytes.Buffer
	if err := WriteForecasts(&csv, f, g.sums.All()); err != nil {
		panic(err)
	}
	lines := strings.Split(csv.String(), "\n")
	slices.Sort(lines)
	return []any{batch, one, lines, verify.Must(f.Newcomer(0))}
}

// fits are fits of a base, and what is computed of them.
func (g gathering) fits() any {
	cfg := FitConfig{Workers: g.workers}
	h := g.sums.Sample()
	nbd, pareto := verify.Must(Fit(NBD{}, h, cfg)), verify.Must(Fit(ParetoNBD{}, h, cfg))
	profiled := FitConfig{Workers: g.workers, Profile: true}
	return []any{
		nbd, pareto, verify.Must(LikelihoodRatio(nbd, pareto)), verify.Must(Fit(BGNBD{}, h, profiled)), verify.Must(Fit(MBGNBD{}, h, cfg)),
		verify.Must(Fit(BGCNBD{K: 2}, h, cfg)), verify.Must(Fit(MBGCNBD{K: 3}, h, cfg)), verify.Must(Fit(MBGCNBD{}, h, cfg)),
		verify.Must(Fit(GGomNBD{}, h, cfg)), verify.Must(Fit(GammaGamma{}, h, profiled)),
		verify.Must(Fit(BGCNBD{K: 2}, g.sample(), cfg)),
		verify.Must(Fit(MBGNBD{}, h, FitConfig{Workers: g.workers, Priors: []Prior{{Param: "r", Median: 1, Spread: 1}}})),
		verify.Must(Fit(BGBB{}, opportunities(g.sums.All()), cfg)),
	}
}

// opportunities are weekly yes or no.
func opportunities(all func(yield func(int64, Summary) bool)) *Sample {
	h := new(Sample)
	for _, s := range all {
		n := Summary{Frequency: min(s.Frequency, int(s.Recency)), Recency: float64(int(s.Recency)), T: float64(int(s.T))}
		if n.Frequency == 0 {
			n.Recency = 0
		}
		if err := h.Add(n, 1); err != nil {
			panic(err)
		}
	}
	return h
}

// bootstraps are fits to resamples.
func (g gathering) bootstraps() any {
	cfg := FitConfig{Workers: g.workers}
	src := func() rand.Source { return rand.NewPCG(3, 4) }
	return []any{
		verify.Must(Bootstrap(NBD{}, g.sums.Sample(), 3, src(), cfg)), verify.Must(Bootstrap(BGCNBD{K: 2}, g.sums.Sample(), 2, src(), cfg)),
		verify.Must(Bootstrap(GammaGamma{}, g.sums.Sample(), 3, src(), cfg)), verify.Must(Bootstrap(NBD{}, g.sample(), 2, src(), cfg)),
	}
}

// covariates are fits with covariates, and their comparison.
func (g gathering) covariates(t *testing.T) any {
	d, cfg := g.design(t), CovariateConfig{FitConfig: FitConfig{Workers: g.workers}}
	tied := cfg
	tied.Equal, tied.Penalty = []string{"b"}, 0.1
	full, restricted := verify.Must(FitCovariates(ParetoNBD{}, d, cfg)), verify.Must(FitCovariates(ParetoNBD{}, d, tied))
	return []any{
		full, restricted, verify.Must(full.Against(restricted)), verify.Must(full.FittedFor([]float64{1, 2}, []float64{2})),
		verify.Must(FitCovariates(BGNBD{}, d, cfg)), d.Len(), d.Covariates(),
	}
}

// ordered are the answers about a base, and the functions and methods of which each asks.
var ordered = []struct {
	of     string
	answer func(t *testing.T, g gathering) any
}{
	{"Fit LikelihoodRatio", func(_ *testing.T, g gathering) any { return g.fits() }},
	{"Bootstrap", func(_ *testing.T, g gathering) any { return g.bootstraps() }},
	{"FitCovariates Design.Add Design.Len Design.Covariates", func(t *testing.T, g gathering) any { return g.covariates(t) }},
	{"NewForecaster Forecaster.Batch WriteForecasts", func(_ *testing.T, g gathering) any { return g.forecasts() }},
	{"NewEquity", func(_ *testing.T, g gathering) any {
		f := g.forecaster()
		return []any{verify.Must(NewEquity(f, g.sums.All(), kinds)), verify.Must(NewEquity(f.Quick(), g.sums.All(), nil))}
	}},
	{"Validate", func(_ *testing.T, g gathering) any {
		return verify.Must(Validate(BGNBD{0.8, 4, 0.8, 2.5}, g.sums.Observed(), ValidateConfig{Workers: g.workers}))
	}},
	{"Compare", func(_ *testing.T, g gathering) any {
		return verify.Must(Compare(g.sums.Observed(), []Model{NBD{}, MBGNBD{}, MBGCNBD{K: 2}}, FitConfig{Workers: g.workers}))
	}},
	{"Track Summaries.PeriodCounts", func(_ *testing.T, g gathering) any {
		tr := verify.Must(Track(BGNBD{0.8, 4, 0.8, 2.5}, g.sums.Sample(), TrackConfig{Workers: g.workers}))
		return []any{g.sums.PeriodCounts(), verify.Must(tr.WithPeriodCounts(g.sums.PeriodCounts()))}
	}},
	{"Regularity Summaries.Gaps", func(_ *testing.T, g gathering) any {
		var all []float64
		for method := Wheat; method <= InverseCV; method++ {
			all = append(all, verify.Must(Regularity(g.sums.Gaps(), method)))
		}
		return all
	}},
	{"NewSample Sample.Add Sample.Merge Sample.All Sample.Len Sample.Distinct Sample.SetUnit Sample.Unit", func(_ *testing.T, g gathering) any {
		var rows []any
		h := g.sample()
		for s, n := range h.All() {
			rows = append(rows, s, n)
		}
		err := h.SetUnit(Weeks(1))
		return append(rows, h.Len(), h.Distinct(), h.Unit(), fmt.Sprint(err))
	}},
	{"Summaries.Sample Summaries.Config Summaries.Len Summaries.Later", func(_ *testing.T, g gathering) any {
		var rows []any
		for s, n := range g.sums.Sample().All() {
			rows = append(rows, s, n)
		}
		return append(rows, g.sums.Config(), g.sums.Len(), g.sums.Later())
	}},
	{"Summaries.Add Summaries.AddSlots Summaries.AddHistory Summaries.Merge Summaries.MarshalBinary Summaries.AppendBinary Summaries.UnmarshalBinary Summaries.Advance Summaries.Clone Summaries.Reset Summaries.Roster", func(t *testing.T, g gathering) any {
		one := mustSummaries[int64](t, SummaryConfig{AsOf: evening(200)})
		h := mustHistory(t, SummaryConfig{AsOf: evening(200)})
		for id := range g.sums.All() {
			p := buy(id, 1+int(id)%100, "5")
			if err := one.Add(p); err != nil {
				t.Fatal(err)
			}
			h.Reset()
			if err := h.Add(p.At.AddDate(0, 0, 30), p.Amount, ""); err != nil {
				t.Fatal(err)
			}
			if err := one.AddHistory(id, h); err != nil {
				t.Fatal(err)
			}
		}
		if err := one.Advance(evening(260)); err != nil {
			t.Fatal(err)
		}
		return []any{verify.Must(g.sums.MarshalBinary()), verify.Must(one.Clone().MarshalBinary())}
	}},
	{"Summaries.All Summaries.Groups Summaries.Observed Summaries.Of Summaries.Group Summaries.HeldOut", func(t *testing.T, g gathering) any {
		held, _ := g.sums.HeldOut(7)
		of, _ := g.sums.Of(7)
		return []any{byCustomer(g.sums.All()), byCustomer(g.sums.Groups()), byCustomer(g.sums.Observed()), held, of, g.sums.Group(7)}
	}},
}

// Invariant: the same purchases in any order, from any shards, merged from either end, by
// any number of goroutines, give the same bytes of every answer.
func TestOrderChangesNothing(t *testing.T) {
	all := gatherings(t)
	for _, o := range ordered {
		t.Run(strings.Fields(o.of)[0], func(t *testing.T) {
			want := ""
			for i, g := range all {
				got := verify.Must(json.Marshal(o.answer(t, g)))
				if i == 0 {
					want = string(got)
				} else if string(got) != want {
					t.Errorf("gathering %d differs: %s", i, differing(want, string(got)))
				}
			}
		})
	}
}

// differing is where two texts begin to differ.
func differing(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf("…%s against …%s", a[from:min(i+30, len(a))], b[from:min(i+30, len(b))])
}

// Invariant: the list has every exported function and method that takes a base.
func TestOrderHasEveryAnswer(t *testing.T) {
	bases := []string{"*Sample", "*Design", "*Summaries[K]", "iter.Seq2[K, Observed]", "iter.Seq2[K, Summary]", "iter.Seq[Summary]", "iter.Seq[[]float64]", "[]Summary"}
	var listed []string
	for _, o := range ordered {
		listed = append(listed, strings.Fields(o.of)...)
	}
	for _, file := range verify.Must(filepath.Glob("*.go")) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, d := range verify.Must(parser.ParseFile(token.NewFileSet(), file, nil, 0)).Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() {
				continue
			}
			name, fields := f.Name.Name, f.Type.Params.List
			if f.Recv != nil {
				fields = append(slices.Clone(fields), f.Recv.List...)
				name = strings.Trim(strings.TrimSuffix(types.ExprString(f.Recv.List[0].Type), "[K]"), "*") + "." + name
			}
			takes := slices.ContainsFunc(fields, func(p *ast.Field) bool { return slices.Contains(bases, types.ExprString(p.Type)) })
			if takes && !slices.Contains(listed, name) {
				t.Errorf("%s takes a base, and no test says that the order of customers changes nothing", name)
			}
		}
	}
}
