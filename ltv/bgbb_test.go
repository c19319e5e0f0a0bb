package ltv

import (
	"encoding/csv"
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// donations are the histories of the 11,104 supporters of Fader, Hardie & Shang
// (2010): six yearly opportunities.
func donations(t *testing.T) *Sample {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "donations-rf.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	h := new(Sample)
	for _, row := range rows[1:] {
		s := Summary{Frequency: int(number(t, row[0])), Recency: number(t, row[1]), T: number(t, row[2])}
		if err := h.Add(s, int(number(t, row[3]))); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// The maximum of the paper's data, polished.
func TestReferenceDonations(t *testing.T) {
	fit, err := Fit(BGBB{}, donations(t), FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if fit.LogLik < -33225.581274347-1e-6 {
		t.Errorf("log-likelihood %v", fit.LogLik)
	}
	for i, want := range []float64{1.20352209384354, 0.749716256204191, 0.656718212317716, 2.78344231142695} {
		verify.Near(t, fit.Params[i].Name, fit.Params[i].Value, want, 1e-5)
	}
}

// The tables at the paper's parameters, by BTYD 2.4.3.
func TestReferenceDonationPredictions(t *testing.T) {
	m := BGBB{1.204, 0.75, 0.657, 2.783}
	birth := given0(t, m, Summary{})
	for i, want := range []float64{0.498490276, 0.923217465, 1.29664948, 1.63198446, 1.93770721, 2.21963139, 2.48193437, 2.72773035, 2.95941025, 3.17885433, 3.38757111} {
		verify.Near(t, fmt.Sprint("E[X(", i+1, ")]"), valued(birth.Expected(float64(i+1))), want, 5e-9)
	}
	for n, want := range []float64{0.311217743, 0.170109978, 0.121480514, 0.100263115, 0.0916598534, 0.0924811479, 0.112787648} {
		verify.Near(t, fmt.Sprint("P(X(6)=", n, ")"), valued(birth.Probability(n, 6)), want, 5e-9)
	}
	for _, c := range []struct {
		x                                          int
		tx                                         float64
		alive, five, ten, purchase, dropout, dert1 float64
	}{
		{6, 6, 0.930402542, 3.75211561, 6.70529083, 0.90570782, 0.0695974576, 5.90867832},
		{3, 6, 0.930402542, 2.18960217, 3.91297094, 0.5285391, 0.0695974576, 3.44809601},
		{5, 5, 0.521908286, 1.81258174, 3.23920928, 0.829230417, 0.116107108, 2.85437964},
		{1, 4, 0.680251243, 0.839290975, 1.49987118, 0.297308784, 0.101791242, 1.32168113},
		{0, 0, 0.108016584, 0.0728028775, 0.130103791, 0.487829895, 0.310432654, 0.114646996},
	} {
		s := Summary{Frequency: c.x, Recency: c.tx, T: 6}
		o := given0(t, m, s)
		verify.Near(t, fmt.Sprint(s, " P(alive at the next opportunity)"), o.Alive(), c.alive, 5e-9)
		verify.Near(t, fmt.Sprint(s, " in 5"), valued(o.Expected(5)), c.five, 5e-9)
		verify.Near(t, fmt.Sprint(s, " in 10"), valued(o.Expected(10)), c.ten, 5e-9)
		purchase, dropout, err := o.Posterior()
		if err != nil {
			t.Fatal(err)
		}
		verify.Near(t, fmt.Sprint(s, " purchase"), purchase, c.purchase, 5e-9)
		verify.Near(t, fmt.Sprint(s, " drop-out"), dropout, c.dropout, 5e-9)
		verify.Near(t, fmt.Sprint(s, " DERT"), valued(o.Discounted(inf, math.Log(1.1))), c.dert1, 5e-9)
	}
}

// Invariant: the probabilities of all histories of six opportunities add up to 1,
// each being that of one of the binomially many orders of its purchases.
func TestBGBBAddsUp(t *testing.T) {
	m, sum := BGBB{1.2, 0.75, 0.66, 2.8}, 0.0
	for x := range 7 {
		for tx := x; tx <= 6; tx++ {
			if (x == 0) != (tx == 0) {
				continue
			}
			ll, err := m.LogLik(Summary{Frequency: x, Recency: float64(tx), T: 6})
			if err != nil {
				t.Fatal(err)
			}
			orders := 1.0
			for i := 1; i < x; i++ { // tx-1 over x-1
				orders *= float64(tx-i) / float64(i)
			}
			sum += orders * math.Exp(ll)
		}
	}
	verify.Near(t, "sum", sum, 1, 1e-12)
}
