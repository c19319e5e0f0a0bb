package cohort

import (
	"math/big"
	"testing"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// spent is the mean of amounts, one of each customer.
func spent(amounts ...int64) exactMean {
	var p pairs
	var w exact.Wide
	for _, a := range amounts {
		p.add(&w, 1, decimal.New(a, 0))
	}
	return p.perCustomer(&w)
}

// Five customers who happened to pay the lower of two prices against 15 of whom four paid the
// higher: the five were taken to be certain, and the difference for real. Among samples of
// one population 11 % were claimed to differ so.
func TestMeansOfHandfuls(t *testing.T) {
	control := spent(50, 50, 50, 50, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)
	group := spent(10, 10, 10, 10, 10)
	for _, e := range []ComparedValue{compareMeans(control, group, 0.95), compareMeans(group, control, 0.95)} {
		if !e.Difference.Contains(0) || !e.Ratio.Contains(1) && e.Ratio.Level > 0 || e.P < 0.05 || e.Difference.Level != 0.95 {
			t.Errorf("%+v", e)
		}
	}
	// As in a pooled variance of the 15: 14 degrees of freedom.
	variance := new(big.Rat).Mul(control.variance, big.NewRat(1+3, 1))
	w, ok := newWelch(control, group)
	if want := root(variance); !ok || w.df != 14 {
		t.Errorf("%+v", w)
	} else {
		closeTo(t, "standard error", w.stdErr(), want, 1e-15)
	}
	// Of two handfuls the smaller one has the degrees of freedom.
	if w, _ := newWelch(spent(1, 2, 4, 8), spent(3, 5)); w.df != 1 {
		t.Errorf("%v degrees of freedom", w.df)
	}
	// All alike in both: nothing tells how customers differ.
	if e := compareMeans(spent(10, 10), spent(20, 20, 20), 0.95); e.Difference.Level != 0 || e.Ratio.Level != 0 || e.P != 1 {
		t.Errorf("%+v", e)
	}
}
