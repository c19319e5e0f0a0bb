package cohort

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Two customers of whom half come back against two others: where all of one group and none of
// the other did, the difference of 1 may be chance, as Fisher's p of 1/3 says.
func TestSharesOfHandfuls(t *testing.T) {
	e := compareShares(trials{0, 2}, trials{2, 2}, 0.95)
	if !e.Difference.Contains(0) || e.Difference.Level != 0.95 {
		t.Errorf("%v", e.Difference)
	}
	closeTo(t, "p", e.P, 1.0/3, 1e-12)
}

// 2 of 2 against 8 of 20, and 1 of 1 against 3 of 9: by the logarithm's error the ratios were
// 2.5 [1.462, 4.276] and 3 [1.191, 7.558], beside differences that held 0. Fisher's one-sided p
// is 45/231 = 0.195 and 4/10.
func TestRatioAndDifferenceOfHandfulsAgree(t *testing.T) {
	for _, c := range []struct {
		control, group trials
		ratio, p       float64
	}{
		{trials{8, 20}, trials{2, 2}, 2.5, 45.0 / 231},
		{trials{3, 9}, trials{1, 1}, 3, 0.4},
	} {
		e := compareShares(c.control, c.group, 0.95)
		closeTo(t, "ratio", e.Ratio.Value, c.ratio, 1e-15)
		closeTo(t, "p", e.P, c.p, 1e-12)
		if !e.Ratio.Contains(1) || !e.Difference.Contains(0) || e.Ratio.Level != 0.95 || e.Difference.Level != 0.95 {
			t.Errorf("ratio %v, difference %v", e.Ratio, e.Difference)
		}
	}
}

func closeTo(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// 56 of 70 against 48 of 80. The limits of the ratio were computed by bisection with the
// likeliest shares found by search. Pearson's chi-square of the table is 150·(56·32 - 14·48)² /
// (70·80·104·46).
func TestSharesByHand(t *testing.T) {
	e := compareShares(trials{48, 80}, trials{56, 70}, 0.95)
	closeTo(t, "ratio", e.Ratio.Value, 4.0/3, 1e-15)
	closeTo(t, "upper end", e.Ratio.Hi, 1.7059321656767472, 1e-12)
	closeTo(t, "lower end", e.Ratio.Lo, 1.058858179355198, 1e-12)
	square := 150 * 1120.0 * 1120 / (70 * 80 * 104 * 46)
	closeTo(t, "p", e.P, math.Erfc(math.Sqrt(square/2)), 1e-12)
	if e.Test != ScoreTest {
		t.Error(e.Test)
	}
}

// Tables whose probabilities are small fractions. Fisher's tea: of 8 cups 4 are guessed
// and 3 of them rightly; the tables with 0, 1, 3 and 4 have (1 + 16 + 16 + 1)/70.
func TestFisherByHand(t *testing.T) {
	for _, c := range []struct {
		p, q trials
		want float64
	}{
		{trials{3, 4}, trials{1, 4}, 34.0 / 70},
		{trials{4, 4}, trials{0, 4}, 2.0 / 70},
		{trials{2, 4}, trials{2, 4}, 1},
		{trials{0, 10}, trials{0, 20}, 1},
		{trials{10, 10}, trials{20, 20}, 1},
		{trials{1, 1}, trials{0, 9}, 0.1},
		{trials{0, 2}, trials{3, 3}, 0.1},
	} {
		e := compareShares(c.q, c.p, 0.95)
		closeTo(t, "p", e.P, c.want, 1e-12)
		if e.Test != FisherTest {
			t.Error(e.Test)
		}
	}
}

// Exchanging two shares changes the sign of the difference, inverts the ratio and
// leaves the probability, whatever the numbers.
func TestSharesExchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) trials {
			n := rapid.OneOf(rapid.Int64Range(1, 30), rapid.Int64Range(1, 1_000_000)).Draw(t, name)
			return trials{rapid.Int64Range(0, n).Draw(t, name+" successes"), n}
		}
		p, q := draw("p"), draw("q")
		there, back := compareShares(p, q, 0.9), compareShares(q, p, 0.9)
		if d, e := there.Difference, back.Difference; d.Value != -e.Value || d.Lo != -e.Hi || d.Hi != -e.Lo || d.StdErr != e.StdErr {
			t.Fatalf("differences %+v and %+v", d, e)
		}
		if there.P != back.P || there.Test != back.Test || !(there.P >= 0 && there.P <= 1) {
			t.Fatalf("p %v (%v) and %v (%v)", there.P, there.Test, back.P, back.Test)
		}
		if d := there.Difference; d.Lo < -1 || d.Hi > 1 || !d.Contains(d.Value) {
			t.Fatalf("difference %+v", d)
		}
		if p.k > 0 && q.k > 0 {
			r, s := there.Ratio, back.Ratio
			for _, product := range []float64{r.Value * s.Value, r.Lo * s.Hi, r.Hi * s.Lo} {
				if math.Abs(product-1) > 1e-13 {
					t.Fatalf("ratios %+v and %+v", r, s)
				}
			}
		}
	})
}
