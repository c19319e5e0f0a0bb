package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/gompertz"
)

// gompertzRow is the likelihood of GGom/NBD: customers are alive at T, or left
// between t_x and T. Parameters are r, α, b, s and β.
type gompertzRow struct{ gompertz.Row }

func (m *gompertzRow) set(logs []float64, s *Sample, grad []float64) float64 {
	m.R, m.Alpha = math.Exp(logs[0]), math.Exp(logs[1])
	m.Life = gompertz.Life{B: math.Exp(logs[2]), S: math.Exp(logs[3]), Beta: math.Exp(logs[4])}
	return s.rise(m.R, m.Alpha, grad[:2])
}

func (m *gompertzRow) row(x, recency, t, n float64, d []float64) float64 {
	return m.LogLik(x, recency, t, n, d)
}

// Gompertz is the likelihood of GGom/NBD, by ln r, ln α, ln b, ln s and ln β.
func Gompertz(s *Sample, workers int) Function {
	f := Function{At: newRowwise(new(gompertzRow), s, 5, workers).at, Offset: s.offset()}
	if thin, ok := s.thinned(); ok {
		f.Rough = func() climb.Func {
			return scaled(newRowwise(new(gompertzRow), thin, 5, workers).at, s.Customers/thin.Customers)
		}
	}
	return f
}
