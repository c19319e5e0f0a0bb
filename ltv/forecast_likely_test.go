package ltv

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// With intervals a forecast says how likely any purchase is, and what is as likely to be
// exceeded as not.
func TestForecastOfWhatIsLikely(t *testing.T) {
	histories := []Summary{
		{T: 35},
		{Frequency: 1, Recency: 3, T: 38},
		{Frequency: 2, Recency: 30, T: 38},
		{Frequency: 11, Recency: 36, T: 38, LogGaps: 11},
		{Frequency: 30, Recency: 38, T: 38, LogGaps: 3},
	}
	for _, m := range []Model{
		NBD{0.4, 12},
		BGNBD{0.243, 4.414, 0.793, 2.426},
		MBGNBD{0.525, 6.183, 0.891, 1.614},
		ParetoNBD{0.553, 10.578, 0.606, 11.669},
		GGomNBD{0.553, 10.578, 0.01, 0.6, 0.15},
		BGCNBD{2, 1.3, 2.8, 0.4, 0.8},
		MBGCNBD{3, 1.3, 2.8, 0.4, 0.8},
		BGBB{1.2, 0.75, 0.66, 2.78},
	} {
		f := verify.Must(NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{
			Horizon: Units(26), Intervals: true, Level: 0.9, Draws: 4000, Source: rand.NewPCG(3, 4),
		}))
		for _, s := range histories {
			one, err := f.One(s)
			if err != nil {
				t.Fatal(err)
			}
			o := given0(t, m, s)
			none := valued(o.Probability(0, 26))
			if math.Abs(one.Buys-(1-none)) > 1e-8 {
				t.Errorf("%s, %+v: buys with probability %v, not with %v", m.Name(), s, one.Buys, none)
			}
			upTo, below := 0.0, 0.0 // the probabilities of at most Median purchases, and of fewer
			for n := 0; n <= one.Median; n++ {
				below = upTo
				upTo += valued(o.Probability(n, 26))
			}
			const chance = 4 * 0.5 / 63 // four standard errors of a share of 4000 draws
			if upTo < 0.5-chance || below > 0.5+chance {
				t.Errorf("%s, %+v: median %d, at most as many with probability %v, fewer with %v", m.Name(), s, one.Median, upTo, below)
			}
			if quick, err := f.Quick().One(s); err != nil || quick.Buys != 0 || quick.Median != 0 {
				t.Errorf("without intervals %+v, %v", quick, err)
			}
		}
	}
}

// A mean may lie outside its interval: most likely there will be nothing at all, though
// something is to be expected of many such customers.
func TestMeanOutsideItsInterval(t *testing.T) {
	cfg := ForecastConfig{Horizon: Units(26), Intervals: true, Level: 0.9, Source: rand.NewPCG(3, 4)}
	one := verify.Must(forecaster(t, ParetoNBD{0.553, 10.578, 0.606, 11.669}, cfg).One(Summary{Frequency: 4, Recency: 6, T: 38, Monetary: 20}))
	if p := one.Purchases; !(p.Hi == 0 && p.Value > 0 && one.Buys > 0 && one.Buys < 0.1 && one.Median == 0) {
		t.Errorf("%+v", one)
	}
	var back Forecast
	if err := json.Unmarshal(verify.Must(json.Marshal(one)), &back); err != nil || back != one {
		t.Errorf("%+v became %+v: %v", one, back, err)
	}
	cfg.Horizon, cfg.Discount = Forever(), yearly(0.1)
	if one, err := forecaster(t, NBD{0.4, 12}, cfg).One(Summary{T: 3}); err != nil || one.Buys != 0 || one.Median != 0 {
		t.Errorf("forever: %+v, %v", one, err)
	}
}
