package ltv

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// tracked is Track without an error.
func tracked(t testing.TB, m Model, h *Sample, cfg TrackConfig) Tracking {
	t.Helper()
	tr, err := Track(m, h, cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return tr
}

// The CDNOW sample by week at the polished maxima, by
// ExpectedCumulativeTransactions of BTYD 2.4.3, beside its published actual
// purchases.
func TestReferenceTracking(t *testing.T) {
	h := compressed(t, cdnow(t))
	var want struct {
		Values struct {
			Pareto []float64 `json:"pnbd_cum_weekly"`
			BG     []float64 `json:"bgnbd_cum_weekly"`
		} `json:"values"`
	}
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/tracking", &want)
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-cumulative-tracking.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var counts []int
	total := 0
	for _, row := range rows[1:] {
		cumulative := int(number(t, row[1]))
		counts = append(counts, cumulative-total)
		total = cumulative
	}
	for name, expected := range map[string][]float64{"bgnbd": want.Values.BG, "pnbd": want.Values.Pareto} {
		var g goldenModel
		testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/"+name+"/mle", &g)
		tr, err := tracked(t, modelOf(t, name, g.Params), h, TrackConfig{Until: Units(78)}).WithActual(counts)
		if err != nil {
			t.Fatal(err)
		}
		if tr.Customers != 2357 || len(tr.Points) != 78 || len(expected) != 78 {
			t.Fatalf("%d points of %d customers", len(tr.Points), tr.Customers)
		}
		before := 0.0
		for i, p := range tr.Points {
			verify.Near(t, name+" cumulative", p.ExpectedCumulative, expected[i], 1e-9)
			verify.Near(t, name+" step", p.Expected, expected[i]-before, 1e-7)
			before = expected[i]
		}
		if week, last := tr.Points[38], tr.Points[77]; week.ActualCumulative != 2457 || last.ActualCumulative != 4339 || !last.Known {
			t.Errorf("actual purchases are %v by week 39 and %v by week 78", week.ActualCumulative, last.ActualCumulative)
		}
	}
}

// The same from the log of purchases: with the calendar's own counts of purchases, the model
// asked for the time of a point as BTYD asks it, or for the date of its last day.
func TestReferenceTrackingOfACalendar(t *testing.T) {
	var want struct {
		Values struct {
			Pareto []float64 `json:"pnbd_cum_weekly"`
		} `json:"values"`
	}
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/tracking", &want)
	var g goldenModel
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/pnbd/mle", &g)
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(1997, 9, 30), Until: endOf(1998, 6, 30), Per: 7}),
		readLog(t, "cdnow-sample-elog.csv", [3]int{1, 2, 4}))
	cfg := TrackConfig{Until: Weeks(78), Continuous: true}
	tr := verify.Must(tracked(t, modelOf(t, "pnbd", g.Params), s.Sample(), cfg).WithPeriodCounts(s.PeriodCounts()))
	for i, p := range tr.Points {
		verify.Near(t, "cumulative", p.ExpectedCumulative, want.Values.Pareto[i], 1e-9)
	}
	if p := tr.Points[19]; math.Round(p.ExpectedCumulative) != 1309 || p.ActualCumulative != 1359 {
		t.Errorf("%+v", p)
	}
	cfg.Continuous = false
	dated := tracked(t, modelOf(t, "pnbd", g.Params), s.Sample(), cfg)
	if p := dated.Points[19]; math.Round(p.ExpectedCumulative) != 1298 {
		t.Errorf("%+v", p)
	}
}

// By hand, with the NBD: customers come at 0, 2 and 2, and each buys at 1/2 a unit
// of time.
func TestTrackByHand(t *testing.T) {
	h := compressed(t, []Summary{{T: 8}, {Frequency: 1, Recency: 2, T: 6}, {T: 10}, {Frequency: 2, Recency: 3, T: 8}})
	tr := tracked(t, NBD{1, 2}, h, TrackConfig{Step: Units(1.5), Until: Units(8)})
	for i, want := range []TrackPoint{
		{Until: 1.5, Expected: 0.75, ExpectedCumulative: 0.75},
		{Until: 3, Expected: 1.75, ExpectedCumulative: 2.5},
		{Until: 4.5, Expected: 2.5, ExpectedCumulative: 5},
		{Until: 6, Expected: 3, ExpectedCumulative: 8},
		{Until: 7.5, Expected: 3, ExpectedCumulative: 11},
	} {
		if i >= len(tr.Points) {
			t.Fatalf("%d points", len(tr.Points))
		}
		verify.Near(t, "time", tr.Points[i].Until, want.Until, 0)
		verify.Near(t, "expected", tr.Points[i].Expected, want.Expected, 1e-13)
		verify.Near(t, "cumulative", tr.Points[i].ExpectedCumulative, want.ExpectedCumulative, 1e-13)
	}
	if len(tr.Points) != 5 || tr.Customers != 4 || tr.Step != 1.5 || tr.Model != "NBD" {
		t.Errorf("%d points of %d customers, step %v, model %s", len(tr.Points), tr.Customers, tr.Step, tr.Model)
	}
}

// Rounding neither adds nor loses a point.
func TestTrackPoints(t *testing.T) {
	h := compressed(t, []Summary{{T: 10.4}})
	for _, test := range []struct {
		cfg    TrackConfig
		points int
	}{
		{TrackConfig{}, 10},
		{TrackConfig{Step: Units(0.1), Until: Units(0.3)}, 3}, // 3 × 0.1 is above 0.3
		{TrackConfig{Step: Units(0.1), Until: Units(0.7)}, 7}, // 0.7 / 0.1 is below 7
		{TrackConfig{Step: Units(1.0 / 7)}, 72},
		{TrackConfig{Step: Units(2.6)}, 4},
		{TrackConfig{Step: Units(3), Until: Units(100)}, 33},
	} {
		if got := len(tracked(t, NBD{1, 2}, h, test.cfg).Points); got != test.points {
			t.Errorf("%+v: %d points, want %d", test.cfg, got, test.points)
		}
	}
}

// Customers drawn from a model follow its tracking, within Monte Carlo error.
func TestTrackIsUnbiased(t *testing.T) {
	const n, points = 3000, 5
	cfg := TrackConfig{Step: Units(15), Until: Units(points * 15)}
	for seed, m := range everyModel {
		birth, rng := given0(t, m, Summary{}), rand.New(rand.NewPCG(uint64(seed), 3))
		var all []Summary
		var sums, squares [points]float64
		for i := range n {
			came := 30 * float64(i) / (n - 1)
			all = append(all, Summary{T: 45 - came})
			times, err := birth.Simulate(cfg.Until.n-came, rng)
			if err != nil {
				t.Fatal(err)
			}
			for k := range points {
				bought := 0.0
				for _, at := range times {
					if came+at <= float64(k+1)*cfg.Step.n {
						bought++
					}
				}
				sums[k] += bought
				squares[k] += bought * bought
			}
		}
		for k, p := range tracked(t, m, compressed(t, all), cfg).Points {
			sd := math.Sqrt(squares[k] - sums[k]*sums[k]/n)
			if z := (p.ExpectedCumulative - sums[k]) / sd; !(math.Abs(z) < 4) {
				t.Errorf("%s expects %v purchases by %v, actual are %v: %v standard errors", m.Name(), p.ExpectedCumulative, p.Until, sums[k], z)
			}
		}
	}
}

// Invariant: neither the order of customers nor the number of goroutines changes a
// bit, the parts add up, and the curve rises.
func TestTrackingInvariants(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom(everyModel).Draw(rt, "model")
		var base, other []Summary
		for _, o := range genObserved().Draw(rt, "base") {
			base = append(base, o.Summary)
		}
		other = rapid.Permutation(base).Draw(rt, "order")
		cfg := TrackConfig{
			Step:  Units(rapid.Float64Range(0.3, 9).Draw(rt, "step")),
			Until: Units(rapid.Float64Range(9, 30).Draw(rt, "until")),
		}
		tr, err := Track(m, compressed(t, base), cfg)
		if err != nil {
			rt.Fatal(err)
		}
		cfg.Workers = rapid.IntRange(1, 3).Draw(rt, "workers")
		if got, err := Track(m, compressed(t, other), cfg); err != nil || !reflect.DeepEqual(got, tr) {
			rt.Errorf("%v, %v; want %v", got, err, tr)
		}
		sum := 0.0
		for i, p := range tr.Points {
			sum += p.Expected
			if p.Until != float64(i+1)*cfg.Step.n || !(p.Expected > 0) || math.Abs(sum-p.ExpectedCumulative) > 1e-9*sum {
				rt.Errorf("point %d is %v after a sum of %v", i, p, sum)
			}
		}
	})
}

// The counts beside a tracking of the synthetic shop agree with its summaries: up
// to the end of the calibration, week 78, they are all frequencies, and up to that
// of the holdout, week 104, the later purchases too.
func TestTrackingWithPeriodCounts(t *testing.T) {
	s := shopSummaries(t)
	h := new(Sample)
	frequencies, later := 0.0, 0.0
	for _, o := range s.Observed() {
		if err := h.Add(o.Summary, 1); err != nil {
			t.Fatal(err)
		}
		frequencies += float64(o.Summary.Frequency)
		later += float64(o.Holdout.Frequency)
	}
	m := ParetoNBD{0.9133444344725363, 8.566512191615084, 0.6379286165864321, 8.606995779221945}
	for _, step := range []float64{1.0 / 7, 1, 13, 26} {
		tr, err := tracked(t, m, h, TrackConfig{Step: Units(step), Until: Units(117), Per: 7}).WithPeriodCounts(s.PeriodCounts())
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, p := range tr.Points {
			sum += p.Actual
			if known := i < int(math.Round(104/step)); p.Known != known || !known && (p.Actual != 0 || p.ActualCumulative != 0) || known && p.ActualCumulative != sum {
				t.Fatalf("step %v: point %v after a sum of %v", step, p, sum)
			}
		}
		if got := tr.Points[int(math.Round(78/step))-1].ActualCumulative; got != frequencies {
			t.Errorf("step %v: %v repeat purchases by the end of the calibration, want %v", step, got, frequencies)
		}
		if got := tr.Points[int(math.Round(104/step))-1].ActualCumulative; got != frequencies+later {
			t.Errorf("step %v: %v repeat purchases by the end of the holdout, want %v", step, got, frequencies+later)
		}
	}
	if tr := tracked(t, m, h, TrackConfig{Per: 7}); len(tr.Points) != 78 {
		t.Errorf("%d weeks of calibration, want 78", len(tr.Points))
	}
}

// In units of the calendar, the expectation at the end of a unit is that at the
// unit's own date: the curve of continuous time, a unit before.
func TestTrackInUnits(t *testing.T) {
	h := compressed(t, []Summary{{T: 10}, {T: 8.5}, {T: 8.5}, {T: 7}})
	m := ParetoNBD{0.7, 9, 0.6, 12}
	plain := tracked(t, m, h, TrackConfig{Step: Units(0.5), Until: Units(20)})
	inUnits := tracked(t, m, h, TrackConfig{Step: Units(0.5), Until: Units(20), Per: 2})
	if first := inUnits.Points[0]; first.Until != 0.5 || first.ExpectedCumulative != 0 {
		t.Errorf("the first unit is %v", first)
	}
	for i, p := range inUnits.Points[1:] {
		verify.Near(t, "expected", p.ExpectedCumulative, plain.Points[i].ExpectedCumulative, 1e-13)
	}
	for i, p := range tracked(t, NBD{1, 2}, compressed(t, []Summary{{T: 10}}), TrackConfig{Step: Units(0.7), Per: 10}).Points {
		// 3 × 0.7 × 10 is below 21, whose last unit is dated 2.
		verify.Near(t, "expected", p.ExpectedCumulative, float64(7*(i+1)-1)/20, 1e-12)
	}
}

// A second comparison forgets the first, and neither changes the tracking.
func TestTrackingWithActual(t *testing.T) {
	h := compressed(t, []Summary{{T: 4}, {T: 3}})
	tr := tracked(t, NBD{1, 2}, h, TrackConfig{})
	plain := tracked(t, NBD{1, 2}, h, TrackConfig{})
	first, err := tr.WithActual([]int{1, 2, 3, 4})
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.WithActual([]int{5, 0})
	if err != nil {
		t.Fatal(err)
	}
	var actual []float64
	for _, p := range append(first.Points, second.Points...) {
		actual = append(actual, p.Actual, p.ActualCumulative)
	}
	if want := []float64{1, 1, 2, 3, 3, 6, 4, 10, 5, 5, 0, 5, 0, 0, 0, 0}; !slices.Equal(actual, want) {
		t.Errorf("actual purchases are %v, want %v", actual, want)
	}
	if !first.Points[3].Known || !second.Points[1].Known || second.Points[2].Known || !reflect.DeepEqual(tr, plain) {
		t.Errorf("%v\n%v\n%v", tr, first, second)
	}
}

func TestTrackRefuses(t *testing.T) {
	const op = "ltv.Track"
	m, h := NBD{1, 2}, compressed(t, []Summary{{T: 4}, {T: 3}})
	refused := func(m Model, h *Sample, cfg TrackConfig) error {
		t.Helper()
		tr, err := Track(m, h, cfg)
		if err == nil || !reflect.DeepEqual(tr, Tracking{}) {
			t.Errorf("%v, %v", tr, err)
		}
		return err
	}
	verify.InputError(t, refused(nil, h, TrackConfig{}), op, -1, "model", clientele.ErrMissing)
	verify.InputError(t, refused(m, nil, TrackConfig{}), op, -1, "sample", clientele.ErrEmpty)
	verify.InputError(t, refused(m, new(Sample), TrackConfig{}), op, -1, "sample", clientele.ErrEmpty)
	verify.ConfigError(t, refused(NBD{}, h, TrackConfig{}), "ltv.NBD.Given", "r", "alpha")
	verify.ConfigError(t, refused(m, h, TrackConfig{Step: Units(-1), Until: Units(math.NaN()), Per: -7, Workers: -1}), op, "Per", "Step", "Until", "Workers")
	verify.ConfigError(t, refused(m, h, TrackConfig{Step: Units(5)}), op, "Until")
	verify.ConfigError(t, refused(m, h, TrackConfig{Step: Units(1e-9)}), op, "Step")
	verify.ConfigError(t, refused(m, h, TrackConfig{Step: Units(5e-324), Until: Units(1e308)}), op, "Step")
	verify.ConfigError(t, refused(m, compressed(t, []Summary{{}}), TrackConfig{}), op, "Until")

	tr := tracked(t, m, h, TrackConfig{})
	_, err := tr.WithActual([]int{1, 2, 3, 4, 5})
	verify.InputError(t, err, "ltv.Tracking.WithActual", -1, "counts", clientele.ErrMismatch)
	_, err = tr.WithActual([]int{1, -2})
	verify.InputError(t, err, "ltv.Tracking.WithActual", 1, "counts", clientele.ErrNegative)
	const with = "ltv.Tracking.WithPeriodCounts"
	_, err = tr.WithPeriodCounts(PeriodCounts{New: []int{1, 1}, Repeats: []int{0, 0}})
	verify.InputError(t, err, with, -1, "Per", clientele.ErrMissing)
	tr = tracked(t, m, h, TrackConfig{Per: 1})
	_, err = tr.WithPeriodCounts(PeriodCounts{})
	verify.InputError(t, err, with, -1, "counts", clientele.ErrMismatch)
	_, err = tr.WithPeriodCounts(PeriodCounts{New: []int{1, 1, 0}, Repeats: []int{0, 0, -1}})
	verify.InputError(t, err, with, 2, "counts", clientele.ErrNegative)
}
