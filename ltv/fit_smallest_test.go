package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// Reference: quadratures with 60 digits (mpmath 1.3.0). Where everybody leaves at nearly one
// age, the likelihood of the living vanishes beside that of those who left.
func TestGGomNBDOfOneAge(t *testing.T) {
	m := GGomNBD{0.75, 10.25, 3, math.Exp(21), math.Exp(49)}
	for _, c := range []struct {
		s    Summary
		want float64
	}{
		{Summary{Frequency: 2, Recency: 8.5, T: 30}, -6.2284270794637374},
		{Summary{T: 47}, -0.47781865982969665},
	} {
		verify.Near(t, "log-likelihood", valued(m.LogLik(c.s)), c.want, 1e-12)
		h := compressed(t, []Summary{c.s})
		if c.s.Frequency == 0 {
			continue // nothing to fit
		}
		f := verify.Must(m.family().prepare(h, 1))
		logs := []float64{math.Log(m.R), math.Log(m.Alpha / f.Units[1]), math.Log(m.B / f.Units[2]), 21, 49}
		verify.Near(t, "log-likelihood of a fit", f.At(logs, make([]float64, 5))+f.Offset, c.want, 1e-12)
	}
}

// The smallest bases have a fit by every model: where the likelihood has no maximum it is
// the end, with a warning.
func TestFitsOfTheSmallestBases(t *testing.T) {
	bases := [][]Summary{
		{{Frequency: 1, Recency: 3, T: 30}},
		{{T: 30}, {Frequency: 1, Recency: 3, T: 30}},
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{2, 3, 10} {
		for range 30 {
			var base []Summary
			for range n {
				s := Summary{T: 1 + float64(rng.IntN(60)), Frequency: rng.IntN(4) * rng.IntN(2)}
				if s.Frequency > 0 {
					s.Recency = s.T * (1 - rng.Float64())
				}
				base = append(base, s)
			}
			bases = append(bases, base)
		}
	}
	for _, base := range bases {
		h := compressed(t, base)
		nbd, err := Fit(NBD{}, h, FitConfig{})
		for _, m := range []Model{BGNBD{}, MBGNBD{}, ParetoNBD{}, GGomNBD{}} {
			fit, failed := Fit(m, h, FitConfig{})
			if errors.Is(err, clientele.ErrEmpty) && errors.Is(failed, clientele.ErrEmpty) {
				continue
			}
			if failed != nil || !(fit.LogLik >= nbd.LogLik-1e-6) || len(fit.Warnings) == 0 {
				t.Errorf("%s, %v: %v, log-likelihood %v beside %v, %v", m.Name(), base, fit.Model, fit.LogLik, nbd.LogLik, failed)
			}
		}
	}
}
