package contract

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// Reference: maxima found by Newton's method with 40 digits (mpmath 1.3.0).
func TestBdWMaxima(t *testing.T) {
	for _, c := range []struct {
		survivors []int
		want      BdW
		logLik    float64
		errors    [3]float64 // of logarithms
	}{
		{highEnd[:8], BdW{0.21425333928085, 1.42657487486008, 1.72356484874453}, -1605.314213214193, [3]float64{0.2780806434, 0.2673596889, 0.1746631593}},
		{highEnd[:5], BdW{0.259335731511166, 1.72255148808669, 1.58436151502286}, -1222.749318240822, [3]float64{0.4633734437, 0.4510411732, 0.2228173896}},
		{regular[:8], BdW{0.455613989371638, 0.779325508387956, 1.28345128578329}, -1679.602832907178, [3]float64{0.3666292769, 0.3627623045, 0.2322605264}},
	} {
		fit := fittedContract(t, BdW{}, tenuresOf(t, c.survivors), ltv.FitConfig{})
		verify.Near(t, "log-likelihood", fit.LogLik, c.logLik, 1e-14)
		for i, want := range c.want.Parameters() {
			verify.Near(t, want.Name, fit.Params[i].Value, want.Value, 1e-9)
			verify.Near(t, "standard error of ln "+want.Name, math.Sqrt(fit.LogCovariance[i][i]), c.errors[i], 1e-5)
		}
	}
}

// Reference: sums of up to 3,500 terms, and for a rate of 0 integrals with
// corrections of higher order, with 35 digits and more (mpmath 1.3.0).
func TestBdWValues(t *testing.T) {
	for _, c := range []struct {
		m    BdW
		want map[string]float64
	}{
		{BdW{0.25, 1.7, 1.6}, map[string]float64{
			"S 5": 0.55301551833660916075, "S 1000": 0.068042405134926314781, "r 3": 0.88456897655728997957, "P 7": 0.029039603718801240084,
			"E 1000": 112.73680525204240075, "DEL 0.1": 6.0594123740242369747, "DEL 0.02": 16.292805907150316533,
			"DERL 1 0.1": 5.5653536114266606721, "DERL 4 0.1": 6.9981992332043042668, "DERL 40 0.1": 10.061790932996812347,
			"DERL 1 0.02": 15.598662025293322863, "DERL 4 0.02": 21.484915084386155519, "DERL 40 0.02": 39.013596581404115082,
		}},
		{BdW{1.2, 30, 0.7}, map[string]float64{
			"S 5": 0.88949821302467278776, "S 1000": 0.13884973106819489488, "r 3": 0.98019826347073822831, "P 7": 0.012334698566417882879,
			"E 1000": 273.24941220612695056, "DEL 0.1": 9.4248792306474563508, "DEL 0.02": 34.239130445365798108,
			"DERL 1 0.1": 9.2673671537122019858, "DERL 4 0.1": 9.6782985808153894965, "DERL 40 0.1": 10.334488926410044602,
			"DERL 1 0.02": 33.90391305427311407, "DERL 4 0.02": 35.905719454280192179, "DERL 40 0.02": 41.108344177973245997,
		}},
		{BdW{5, 4000, 2.5}, map[string]float64{
			"S 5": 0.93299175634702493373, "S 1000": 3.2442214694657369764e-20, "r 3": 0.98770080221450352061, "P 7": 0.044099644680998757464,
			"E 1000": 14.15368422549725445, "DEL 0.1": 7.6231873448518403075, "DEL 0.02": 12.150805548110616316, "DEL 0": 14.1536842254972545,
			"DERL 1 0.1": 7.2855060793370243382, "DERL 4 0.1": 6.2068448186744188819, "DERL 40 0.1": 2.9718883877816204858,
			"DERL 1 0.02": 11.373821659072828642, "DERL 4 0.02": 9.1528600183760026718, "DERL 40 0.02": 3.8124035432525751267,
		}},
		{BdW{0.9, 1.7, 1.6}, map[string]float64{"DEL 0": 4.28184941119022313}},
		{BdW{2.5, 30, 0.7}, map[string]float64{"DEL 0": 122.944746751696979}},
	} {
		for _, what := range slices.Sorted(maps.Keys(c.want)) {
			var name string
			var a, b float64
			fmt.Sscan(what, &name, &a, &b)
			answer := map[string]func() (float64, error){
				"S":    func() (float64, error) { return c.m.Survival(int(a)) },
				"r":    func() (float64, error) { return c.m.Retention(int(a)) },
				"P":    func() (float64, error) { return c.m.Probability(int(a)) },
				"E":    func() (float64, error) { return c.m.ExpectedTenure(int(a)) },
				"DEL":  func() (float64, error) { return c.m.DEL(a) },
				"DERL": func() (float64, error) { return c.m.DERL(int(a), b) },
			}[name]
			verify.Near(t, fmt.Sprint(c.m, " ", what), valued(answer()), c.want[what], 1e-13)
		}
	}
}
