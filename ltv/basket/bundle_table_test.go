package basket

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
)

// By the delta method with differences instead of derivatives: the covariances of the counts
// of a table are those of the multinomial distribution, n·(diag p - p pᵀ), and for the variance
// of the expectation those of a table whose cells are z² greater.
func TestBundleTableByDifferences(t *testing.T) {
	const level = 0.9
	cells := []float64{400, 90, 80, 30, 100, 25, 35, 40}
	tableOf := func(cells []float64) bundleTable {
		n := 0.0
		for _, c := range cells {
			n += c
		}
		return bundleTable{cells, n}
	}
	table := tableOf(cells)
	for name, expected := range map[string]func(bundleTable) float64{
		"independent": func(t bundleTable) float64 { return t.independent().baskets },
		"uninteracting": func(t bundleTable) float64 {
			e, ok := t.uninteracting()
			if !ok {
				return math.NaN()
			}
			return e.baskets
		},
	} {
		gradient := func(f func(bundleTable) float64) []float64 {
			g := make([]float64, len(cells))
			for m := range g {
				more, less := slices.Clone(cells), slices.Clone(cells)
				more[m] += 0.01
				less[m] -= 0.01
				g[m] = (f(tableOf(more)) - f(tableOf(less))) / 0.02
			}
			return g
		}
		covarianceOf := func(cells, f, g []float64) (sum float64) {
			var meanF, meanG float64
			for m, c := range cells {
				sum += c * f[m] * g[m]
				meanF += c * f[m]
				meanG += c * g[m]
			}
			return sum - meanF*meanG/tableOf(cells).n
		}
		covariance := func(f, g []float64) float64 { return covarianceOf(cells, f, g) }
		together := func(t bundleTable) float64 { return t.cells[7] }
		e := table.independent()
		if name == "uninteracting" {
			e, _ = table.uninteracting()
		}
		got, value := table.over(e, level), expected(table)
		verify.Near(t, name+", value", got.Value, 40/value, 1e-14)
		ofLog := gradient(func(t bundleTable) float64 { return math.Log(together(t) / expected(t)) })
		verify.Near(t, name+", standard error", got.StdErr, got.Value*math.Sqrt(covariance(ofLog, ofLog)), 1e-6)

		own, other := gradient(together), gradient(expected)
		z := special.NormalQuantile((1 + level) / 2)
		greater := slices.Clone(cells) // by z²
		for m := range greater {
			greater[m] += z * z
		}
		variance := covarianceOf(greater, other, other)
		correlation := covariance(own, other) / math.Sqrt(covariance(own, own)*variance)
		reach := z * math.Sqrt(variance) / value
		share := clientele.Estimate{Value: value / table.n, Lo: value / table.n * math.Exp(-reach), Hi: value / table.n * math.Exp(reach)}
		lo, hi := ratioLimits(interval.Exact(40, 800, level), share, correlation)
		verify.Near(t, name+", lower limit", got.Lo, lo, 1e-6)
		verify.Near(t, name+", upper limit", got.Hi, hi, 1e-6)
	}
}

// Where three items are always bought together no other table has the same pairs: there is no
// excess to tell, and the bundle comes after one with an excess, however small.
func TestBundleThatIsAlwaysWhole(t *testing.T) {
	var all []clientele.Receipt[int64]
	for i := range 200 {
		items := "rug"
		if i < 20 {
			items += " bed mattress pillow"
		}
		if i%2 == 0 {
			items += " cup"
		}
		if i%3 == 0 {
			items += " pot"
		}
		if i%5 != 0 {
			items += " tea"
		}
		all = append(all, receiptOf("", items))
	}
	r := verify.Must(basketsOf(t, ByProduct, all...).Bundles(BundleConfig{MaxItems: 3}))
	at := func(items string) int {
		return slices.IndexFunc(r.Bundles, func(b Bundle) bool { return strings.Join(b.Items, " ") == items })
	}
	whole, other := at("bed mattress pillow"), at("cup pot tea")
	if whole < 0 || other < 0 {
		t.Fatalf("%+v", r)
	}
	b, o := r.Bundles[whole], r.Bundles[other]
	if b.Excess != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) || b.Support != interval.Wilson(20, 200, 0.95) {
		t.Errorf("%+v", b)
	}
	if !(o.Excess.Level == 0.95 && o.Excess.Lo > 0 && o.Excess.Lo < 1) || other > whole {
		t.Errorf("%d: %+v, %d: %+v", other, o, whole, b)
	}
}

// Worked by hand: of three items, where (f+d)(a+d)(b+d)(c+d) = (-d)⁴ with the cells f of all
// items, a, b and c of one, and none of the others, d is close to minus the least of the four
// where these are far apart, so that it is as good as 1.
//
//	f = 10^6, a = 1, b = c = 10^6: 1+d ≈ 1/10^18, and 10^6 of 10^6-1 expected baskets
//	f = 1, a = b = c = 10^6: 1+d ≈ 1/(10^6-1)³ expected baskets, which is not 0
//	f = a = 5, b = c = 250: with g = 5+d, g²(245+g)² = (5-g)⁴, so that g(245+g) = (5-g)² and
//	g = 25/255
func TestExcessNearAnEmptyCell(t *testing.T) {
	for _, c := range []struct{ all, a, b, c, want float64 }{
		{1e6, 1, 1e6, 1e6, 1e6 / (1e6 - 1)},
		{1, 1e6, 1e6, 1e6, (1e6 - 1) * (1e6 - 1) * (1e6 - 1)},
		{5, 5, 250, 250, 5 * 255.0 / 25},
	} {
		table := bundleTable{[]float64{0, c.a, c.b, 0, c.c, 0, 0, c.all}, c.all + c.a + c.b + c.c}
		for _, level := range []float64{0.95, 1 - 1e-9} {
			e := table.excess(level)
			verify.Near(t, "excess", e.Value, c.want, 1e-12)
			if e.Level == 0 && (e.Lo != e.Value || e.Hi != e.Value) || e.Level > 0 && !(e.Lo <= e.Value && e.Value <= e.Hi && e.Hi < math.Inf(1)) {
				t.Errorf("%+v", e)
			}
		}
	}
}
