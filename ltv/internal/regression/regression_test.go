package regression

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
	"pgregory.net/rapid"
)

// bearers are customers with a level and a size of their own.
func bearers() Design {
	rng := rand.New(rand.NewPCG(1, 1))
	d := Design{Purchase: []string{"level", "size"}, DropOut: []string{"level", "size"}}
	for i := range 60 {
		z := []float64{float64(i % 3), rng.NormFloat64()}
		row := likelihood.Row{N: 1, T: 20 + rng.Float64()*20}
		if row.X = int32(rng.IntN(6)); row.X > 0 {
			row.Recency = row.T * rng.Float64()
		}
		d.Groups = append(d.Groups, likelihood.Group{Z: append(z, z...), Rows: []likelihood.Row{row}, Customers: 1})
	}
	return d
}

// Invariant: the gradient is that of the value.
func TestGradient(t *testing.T) {
	problem := &maximum.Problem{Family: maximum.Family{Names: []string{"r", "alpha", "s", "beta"}}, Units: []float64{1, 30, 1, 30}}
	for name, m := range map[string]Model{
		"Pareto/NBD": {Grouped: likelihood.GroupedPareto(), Purchase: [4]float64{1: -1}, DropOut: [4]float64{3: -1}},
		"BG/NBD":     {Grouped: likelihood.GroupedBetaGeometric(), Purchase: [4]float64{1: -1}, DropOut: [4]float64{2: 1, 3: 1}},
	} {
		r, err := New(problem, bearers(), m, Config{Equal: []string{"size"}, Penalty: 0.3})
		if err != nil {
			t.Fatal(err)
		}
		at := r.penalised(m.Grouped.Likelihood(r.blocks, r.effects, process(r.purchase, m.Purchase), process(r.dropOut, m.DropOut), 1), 4)
		rapid.Check(t, func(t *rapid.T) {
			logs := rapid.SliceOfN(rapid.Float64Range(-1.5, 1.5), 4+r.effects, 4+r.effects).Draw(t, "logs")
			grad, other := make([]float64, len(logs)), make([]float64, len(logs))
			value := at(logs, grad)
			for i, v := range logs {
				const h = 1e-5
				logs[i] = v + h
				up := at(logs, other)
				logs[i] = v - h
				down := at(logs, other)
				logs[i] = v
				if slope := (up - down) / (2 * h); math.Abs(slope-grad[i]) > 1e-7*(math.Abs(value)+math.Abs(slope)) {
					t.Errorf("%s: derivative %d is %v, by differences %v", name, i, grad[i], slope)
				}
			}
		})
	}
}
