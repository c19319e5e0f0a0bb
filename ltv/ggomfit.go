package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/gompertz"
)

// gompertzTerm is the likelihood of [GGomNBD]: customers are alive at T, or left
// between t_x and T. Parameters are r, α, b, s and β.
type gompertzTerm struct{ gompertz.Row }

func (m *gompertzTerm) set(logs []float64, s *sample, grad []float64) float64 {
	m.R, m.Alpha = math.Exp(logs[0]), math.Exp(logs[1])
	m.Life = gompertz.Life{B: math.Exp(logs[2]), S: math.Exp(logs[3]), Beta: math.Exp(logs[4])}
	return s.rise(m.R, m.Alpha, grad[:2])
}

func (m *gompertzTerm) row(x, recency, t, n float64, d []float64) float64 {
	return m.LogLik(x, recency, t, n, d)
}

func (m GGomNBD) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, 0, -1, -1, 3},
		leaving: 3,
		build:   func(v []float64) Estimable { return GGomNBD{v[0], v[1], v[2], v[3], v[4]} },
		open:    openGompertz,
	}
}

func openGompertz(h *Sample, workers int) (*likelihood, error) {
	s, err := purchasingSample(h)
	if err != nil {
		return nil, err
	}
	p := newRowwise(new(gompertzTerm), s, 5, workers)
	lik := s.likelihood(p.at, nil, []float64{1, s.unit, 1 / s.unit, 1, 1}, gompertzStarts)
	if thin, ok := s.thinned(); ok {
		lik.rough = func() climb.Func {
			return scaled(newRowwise(new(gompertzTerm), thin, 5, workers).at, s.customers/thin.customers)
		}
	}
	lik.edge = &edge{name: ParetoNBD{}.Name(), family: ParetoNBD{}.family(), rate: 2, scale: 4}
	lik.edge.lik, err = lik.edge.family.open(h, workers)
	return lik, err
}

// gompertzStarts are one on each side of what the family can be, given the
// parameters of the likeliest Pareto/NBD: lifetimes that age slowly, and sudden
// leaving at a constant rate from some age on. The likelihood may have a maximum on
// both.
func gompertzStarts(v []float64) [][]float64 {
	r, alpha, s, beta := v[0], v[1], v[2], v[3]
	if s == 0 {
		s, beta = 0.5, 5
	}
	return [][]float64{
		{r, alpha, 1, s, beta * math.Expm1(1)}, // as many stay to age 1
		{r, alpha, 10, 0.1, 100},
	}
}
