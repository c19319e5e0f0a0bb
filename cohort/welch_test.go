package cohort

import (
	"math"
	"math/big"
	"testing"

	"github.com/clientele-go/clientele"
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

// From ten customers in the smaller group on, the degrees of freedom are those of Welch and
// Satterthwaite: of amounts 0 and 2 alike in number the variance of a mean of n is 1/(n-1), so
// that 10 against 20 have (1/9 + 1/19)² / (1/9³ + 1/19³).
func TestDegreesOfFreedom(t *testing.T) {
	alternating := func(n int) exactMean {
		amounts := make([]int64, n)
		for i := range amounts {
			amounts[i] = int64(2 * (i % 2))
		}
		return spent(amounts...)
	}
	sum := 1.0/9 + 1.0/19
	for _, c := range []struct {
		group, control int
		want           float64
	}{
		{10, 20, sum * sum / (1.0/729 + 1.0/6859)},
		{20, 10, sum * sum / (1.0/729 + 1.0/6859)},
		{9, 20, 8},
		{20, 9, 8},
	} {
		w, ok := newWelch(alternating(c.control), alternating(c.group))
		if !ok {
			t.Fatalf("%d and %d are not compared", c.group, c.control)
		}
		closeTo(t, "degrees of freedom", w.df, c.want, 1e-14)
	}
}

// A mean of 0 is no ratio of another, and one of 0 or less has none to it. Two who pay 1 and 3
// against two who pay 1 and 1: twice as much.
func TestRatioOfMeans(t *testing.T) {
	for name, c := range map[string]struct {
		control, group exactMean
		want           float64
	}{
		"2 over 1":          {spent(1, 1), spent(1, 3), 2},
		"3 over 2":          {spent(1, 3), spent(2, 4), 1.5},
		"0 that vary":       {spent(1, 3), spent(-1, 1), 0},
		"0 that are alike":  {spent(1, 3), spent(0, 0), 0},
		"below 0":           {spent(1, 3), spent(-1, -3), 0},
		"control of 0":      {spent(-1, 1), spent(1, 3), 0},
		"control below 0":   {spent(-1, -3), spent(1, 3), 0},
		"one customer of 1": {spent(1), spent(1, 3), 2},
	} {
		v := compareMeans(c.control, c.group, 0.5)
		if v.Ratio.Value != c.want || c.want == 0 && v.Ratio != (clientele.Estimate{}) {
			t.Errorf("%s: %+v", name, v.Ratio)
		}
		if v.Difference.Value != float(new(big.Rat).Sub(c.group.value, c.control.value)) {
			t.Errorf("%s: %+v", name, v.Difference)
		}
	}
}

// The root of a number beyond the range of float64, and of others.
func TestRootOutOfRange(t *testing.T) {
	power := func(exponent int64) *big.Rat {
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(exponent, -exponent)), nil))
		if exponent < 0 {
			ten.Inv(ten)
		}
		return ten
	}
	for _, exponent := range []int64{-600, -400, -200, 0, 200, 400, 600} {
		closeTo(t, "root", root(power(exponent)), math.Pow10(int(exponent/2)), 1e-15)
	}
	if got := root(new(big.Rat)); got != 0 {
		t.Errorf("the root of 0 is %v", got)
	}
}
