package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Two attitudes and two groups: n(ad-bc)² over the product of the margins, one degree of
// freedom. Of 3 of 10 against 6 of 8 that is 18 (3·2-7·6)²/(10·8·9·9) = 3.6.
func TestChiSquareOfFour(t *testing.T) {
	got := verify.Must(nps.ChiSquare(answered(7, 0, 3), answered(2, 0, 6)))
	want := nps.ChiSquareTest{Statistic: 3.6, DF: 1, P: math.Erfc(math.Sqrt(1.8)), Least: 4}
	sameAs(t, "statistic", got.Statistic, want.Statistic, 1e-14)
	sameAs(t, "p", got.P, want.P, 1e-14)
	if got.DF != want.DF || got.Least != want.Least {
		t.Error(got)
	}
	if three := verify.Must(nps.ChiSquare(answered(1, 1, 1), answered(2, 2, 2), answered(3, 3, 3))); three.DF != 4 || three.Statistic > 1e-15 || three.P < 1-1e-15 {
		t.Error(three)
	}
}
