package ltv

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// The closed forms of E[X(t)] in the papers, by the plain series.
func TestBGNBDClosedForm(t *testing.T) {
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := (m.A + m.B - 1) / (m.A - 1) *
			(1 - math.Pow(m.Alpha/(m.Alpha+weeks), m.R)*hypergeometric(m.R, m.B, m.A+m.B-1, weeks/(m.Alpha+weeks)))
		checkExpected(t, m, weeks, want)
	}
}

// Reference: quadratures with 60 digits (mpmath 1.3.0). Customers who hardly differ in how
// often they buy have a large r, and a customer's discounted purchases tend to a limit.
func TestPresentOfLargeShapes(t *testing.T) {
	s := Summary{Frequency: 5, Recency: 20, T: 30}
	for _, c := range []struct{ r, bg, mbg float64 }{
		{1, 4.220476378730761, 4.746126678915247},
		{100, 3.551309996255113, 4.131651365467739},
		{1e6, 3.459153522376555, 4.035221180596468},
		{1.3188157344832146e9, 3.459143436003482, 4.035210563397058},
		{1e12, 3.459143428359647, 4.035210555350938},
		{1e25, 3.459143428349553, 4.035210555340312},
		{1e150, 3.459143428349553, 4.035210555340312},
	} {
		for _, of := range []struct {
			m    Model
			want float64
		}{
			{BGNBD{c.r, c.r / 0.3, 0.8, 2.4}, c.bg},
			{BGCNBD{1, c.r, c.r / 0.3, 0.8, 2.4}, c.bg},
			{MBGNBD{c.r, c.r / 0.3, 0.8, 2.4}, c.mbg},
			{MBGCNBD{1, c.r, c.r / 0.3, 0.8, 2.4}, c.mbg},
		} {
			o := given0(t, of.m, s)
			verify.Near(t, of.m.Name()+" for ever", valued(o.Discounted(math.Inf(1), 0.01)), of.want, 3e-14)
			verify.Near(t, of.m.Name()+" for a long time", valued(o.Discounted(4000, 0.01)), of.want, 3e-14)
		}
	}
	// Regular buying has no closed form: a horizon so long that nothing is left beyond it.
	for _, r := range []float64{50, 1e9, 1e25} {
		o := given0(t, MBGCNBD{3, r, r / 0.6, 0.8, 2.4}, Summary{Frequency: 5, Recency: 20, T: 30, LogGaps: 5})
		verify.Near(t, "regular", valued(o.Discounted(math.Inf(1), 0.01)), valued(o.Discounted(4000, 0.01)), 3e-14)
	}
}
