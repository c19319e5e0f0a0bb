package cohort_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func decomposePart(key string, customers int, total string, oneTime int) cohort.Part {
	return cohort.Part{Key: key, Customers: customers, Total: decimal.RequireFromString(total), OneTime: oneTime}
}

func decomposed(t testing.TB, before, after []cohort.Part) *cohort.Decomposition {
	t.Helper()
	d, err := cohort.Decompose(before, after, 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Channel A: 80 customers at 100, B: 20 at 40; then 50 each. The value of all falls
// from 88 to 70, 79 in the middle:
//
//	A  -0.3·(100 - 79) = -6.3
//	B  +0.3·(40 - 79)  = -11.7
func TestDecomposeMix(t *testing.T) {
	d := decomposed(t,
		[]cohort.Part{decomposePart("A", 80, "8000", 20), decomposePart("B", 20, "800", 15)},
		[]cohort.Part{decomposePart("A", 50, "5000", 12), decomposePart("B", 50, "2000", 40)})
	if d.Before != 88 || d.After != 70 || d.Change.Value != -18 || d.Mix.Value != -18 || d.WithinGroups.Value != 0 || len(d.Groups) != 2 {
		t.Fatalf("%+v", d)
	}
	b, a := d.Groups[0], d.Groups[1]
	if b.Key != "B" || b.Contribution.Value != -11.7 || b.Mix.Value != -11.7 || b.WithinGroup.Value != 0 || a.Contribution.Value != -6.3 {
		t.Errorf("%+v", d.Groups)
	}
	if b.Before.Share != 0.2 || b.After.Share != 0.5 || b.Before.Value != 40 || b.After.Customers != 50 || b.After.OneTimeShare.Value != 0.8 || b.After.OneTimeShare.Level != 0.95 {
		t.Errorf("%+v", b)
	}
	cause, ok := d.Cause()
	if !ok || cause.Key != "B" {
		t.Errorf("%+v", cause)
	}
	want := `It fell from 88 to 70, by 18: -18 by the mix of groups and 0 within them. The main cause is "B" (-11.7): ` +
		`its share went from 20 % to 50 %, and its value of 40 is below the 79 of all. 80 % of its customers bought once, 75 % before.`
	if d.String() != want {
		t.Errorf("got  %s\nwant %s", d, want)
	}
}

// Shares stay at a half; A rises from 10 to 16, B falls from 20 to 18.
func TestDecomposeWithin(t *testing.T) {
	d := decomposed(t,
		[]cohort.Part{decomposePart("B", 5, "100", 0), decomposePart("A", 5, "50", 5)},
		[]cohort.Part{decomposePart("A", 10, "160", 2), decomposePart("B", 10, "180", 2)})
	if d.Change.Value != 2 || d.Mix.Value != 0 || d.WithinGroups.Value != 2 || d.Groups[0].Key != "A" || d.Groups[0].WithinGroup.Value != 3 || d.Groups[1].Contribution.Value != -1 {
		t.Errorf("%+v", d)
	}
	want := `It rose from 15 to 17, by 2: 0 by the mix of groups and +2 within them. The main cause is "A" (+3): ` +
		`its own value went from 10 to 16. 20 % of its customers bought once, 100 % before.`
	if d.Story() != want {
		t.Errorf("got  %s\nwant %s", d.Story(), want)
	}
}

// A group that is new, of 30 a customer, and one that is gone, of 10: both are mix,
// against 20 in the middle, and neither has an effect within.
func TestDecomposeNewAndGone(t *testing.T) {
	d := decomposed(t,
		[]cohort.Part{decomposePart("old", 4, "40", 0), decomposePart("empty", 0, "0", 0)},
		[]cohort.Part{decomposePart("new", 2, "60", 1)})
	if d.Change.Value != 20 || d.Mix.Value != 20 || d.WithinGroups.Value != 0 || len(d.Groups) != 2 {
		t.Fatalf("%+v", d)
	}
	n := d.Groups[0]
	if n.Key != "new" || n.Mix.Value != 10 || n.Before.Share != 0 || n.Before.Value != 30 || n.Before.OneTimeShare != (clientele.Estimate{}) || n.After.OneTimeShare.Value != 0.5 {
		t.Errorf("%+v", n)
	}
	if story := d.Story(); !strings.Contains(story, `"new" (+10)`) || !strings.HasSuffix(story, "50 % of its customers bought once.") {
		t.Error(story)
	}
	same := decomposed(t, []cohort.Part{decomposePart("a", 1, "5", 0)}, []cohort.Part{decomposePart("a", 2, "10", 0)})
	if _, ok := same.Cause(); ok || same.Story() != "It stayed at 5: 0 by the mix of groups and 0 within them." {
		t.Error(same)
	}
}

// Shares of A 0.5 and 0.5, of B likewise; standard errors 3 and 4 make 5, times a half;
// those of B 5 and 12 make 13, times a half: together the root of 2.5² + 6.5². B's value
// changes by 10, half of which moves with each share, of variance 0.5²/19 and 0.5²/33. A's
// quantiles of Student's t are those of 9 and 16 degrees of freedom at 0.95.
func TestDecomposeDoubt(t *testing.T) {
	with := func(p cohort.Part, stdErr float64) cohort.Part {
		p.StdErr = stdErr
		return p
	}
	before := []cohort.Part{with(decomposePart("A", 10, "100", 0), 3), with(decomposePart("B", 10, "200", 0), 5)}
	after := []cohort.Part{with(decomposePart("A", 17, "170", 0), 4), with(decomposePart("B", 17, "510", 0), 12)}
	d, err := cohort.Decompose(before, after, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	b, a := d.Groups[0], d.Groups[1]
	outcomeNear(t, "A", a.WithinGroup.StdErr, 2.5, 1e-14)
	shares := 5 * 5 * (0.25/19 + 0.25/33)
	outcomeNear(t, "B", b.WithinGroup.StdErr, math.Sqrt(6.5*6.5+shares), 1e-14)
	outcomeNear(t, "all", d.WithinGroups.StdErr, math.Sqrt(2.5*2.5+6.5*6.5+shares), 1e-14)
	outcomeNear(t, "upper end of A", a.WithinGroup.Hi, math.Hypot(1.5*1.8331129326562368, 2*1.7458836762762402), 1e-9)
	if d.WithinGroups.Level != 0.9 || !d.WithinGroups.Contains(5) || d.WithinGroups.Value != 5 {
		t.Errorf("%+v", d.WithinGroups)
	}
	before[0].StdErr = 0
	d, err = cohort.Decompose(before, after, 0.9)
	if err != nil || d.WithinGroups.Level != 0 || d.Groups[1].WithinGroup.Level != 0 || d.Groups[0].WithinGroup.Level != 0.9 {
		t.Errorf("%+v %v", d, err)
	}
}

func TestDecomposeFaults(t *testing.T) {
	good := []cohort.Part{decomposePart("a", 1, "1", 0)}
	for _, c := range []struct {
		name  string
		part  cohort.Part
		field string
		kind  error
	}{
		{"customers", decomposePart("b", -1, "1", 0), "Customers", clientele.ErrNegative},
		{"total of nobody", decomposePart("b", 0, "1", 0), "Customers", clientele.ErrRange},
		{"units of nobody", cohort.Part{Key: "b", Units: 1}, "Customers", clientele.ErrRange},
		{"units", cohort.Part{Key: "b", Customers: 1, Units: -1}, "Units", clientele.ErrNegative},
		{"one-time", decomposePart("b", 1, "1", 2), "OneTime", clientele.ErrRange},
		{"one-time below 0", decomposePart("b", 1, "1", -2), "OneTime", clientele.ErrNegative},
		{"exponent", decomposePart("b", 1, "1e101", 0), "Total", clientele.ErrAmountRange},
		{"size", decomposePart("b", 1, "1"+strings.Repeat("0", 300), 0), "Total", clientele.ErrRange},
		{"unit squares", cohort.Part{Key: "b", Customers: 2, Units: 3, UnitSquares: 4}, "UnitSquares", clientele.ErrRange},
		{"negative squares", cohort.Part{Key: "b", Customers: 2, Units: 3, UnitSquares: -4}, "UnitSquares", clientele.ErrNegative},
		{"squares without units", cohort.Part{Key: "b", Customers: 2, UnitSquares: 2}, "UnitSquares", clientele.ErrRange},
		{"totals without squares", cohort.Part{Key: "b", Customers: 2, Units: 3, UnitTotals: decimal.New(1, 0)}, "UnitTotals", clientele.ErrRange},
		{"unit totals", cohort.Part{Key: "b", Customers: 2, Units: 3, UnitSquares: 5, UnitTotals: decimal.New(1, 101)}, "UnitTotals", clientele.ErrAmountRange},
		{"NaN", cohort.Part{Key: "b", Customers: 1, StdErr: math.NaN()}, "StdErr", clientele.ErrNotFinite},
		{"standard error", cohort.Part{Key: "b", Customers: 1, StdErr: -1}, "StdErr", clientele.ErrNegative},
		{"key", decomposePart("a", 1, "1", 0), "Key", clientele.ErrDuplicate},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := append(good[:1:1], c.part)
			_, err := cohort.Decompose(bad, good, 0)
			outcomeFault(t, err, 1, "before."+c.field, c.kind)
			_, err = cohort.Decompose(good, bad, 0)
			outcomeFault(t, err, 1, "after."+c.field, c.kind)
		})
	}
	many := []cohort.Part{good[0], {Key: "b", Customers: 1, Units: math.MaxInt}}
	_, err := cohort.Decompose(many, good, 0)
	outcomeFault(t, err, 1, "before.Units", clientele.ErrRange)
	many[1] = cohort.Part{Key: "b", Customers: math.MaxInt}
	_, err = cohort.Decompose(good, many, 0)
	outcomeFault(t, err, 1, "after.Customers", clientele.ErrRange)
	_, err = cohort.Decompose(good, []cohort.Part{{Key: "a"}}, 0)
	outcomeFault(t, err, -1, "after", clientele.ErrEmpty)
	_, err = cohort.Decompose(nil, good, 0)
	outcomeFault(t, err, -1, "before", clientele.ErrEmpty)
	_, err = cohort.Decompose(good, good, 1)
	outcomeFields(t, err, "Level")
}

func drawDecomposeParts(t *rapid.T, name string) []cohort.Part {
	var parts []cohort.Part
	for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 1, 5, rapid.ID).Draw(t, name) {
		customers := rapid.IntRange(1, 1000).Draw(t, "customers")
		p := cohort.Part{
			Key: key, Customers: customers, OneTime: rapid.IntRange(0, customers).Draw(t, "one-time"),
			Total:  decimal.New(rapid.Int64Range(-1000, 1_000_000).Draw(t, "total"), -rapid.Int32Range(-20, 20).Draw(t, "places")),
			StdErr: rapid.Float64Range(0, 10).Draw(t, "standard error"),
		}
		if p.Units = rapid.IntRange(0, 2000).Draw(t, "units"); p.Units > 0 && rapid.Bool().Draw(t, "squares") {
			p.UnitSquares = (p.Units*p.Units+customers-1)/customers + rapid.IntRange(0, 5000).Draw(t, "more")
			p.UnitTotals = p.Total.Mul(decimal.New(rapid.Int64Range(10, 50).Draw(t, "unit totals"), -1))
		}
		parts = append(parts, p)
	}
	return parts
}

// mirrored reports whether an estimate is another with the sign changed, up to the rounding
// of limits.
func mirrored(e, of clientele.Estimate) bool {
	near := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*(e.Hi-e.Lo) }
	return e.Value == -of.Value && e.Level == of.Level && near(e.Lo, -of.Hi) && near(e.Hi, -of.Lo)
}

// decomposeValue is the value of all parts.
func decomposeValue(parts []cohort.Part) *big.Rat {
	total, units := new(big.Rat), int64(0)
	for _, p := range parts {
		total.Add(total, p.Total.Rat())
		if units += int64(p.Units); p.Units == 0 {
			units += int64(p.Customers)
		}
	}
	return total.Quo(total, new(big.Rat).SetInt64(units))
}

// Before, After and Change are the floats nearest to the true fractions, the effects of
// groups add up to those of all, which add up to the change; exchanging the periods
// changes every sign; the order of parts does not matter.
func TestDecomposeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawDecomposeParts(t, "before"), drawDecomposeParts(t, "after")
		d, err := cohort.Decompose(before, after, 0)
		if err != nil {
			t.Fatal(err)
		}
		v, w := decomposeValue(before), decomposeValue(after)
		for _, c := range []struct {
			got  float64
			want *big.Rat
		}{{d.Before, v}, {d.After, w}, {d.Change.Value, new(big.Rat).Sub(w, v)}} {
			if want, _ := c.want.Float64(); c.got != want {
				t.Fatalf("%v, want %v", c.got, want)
			}
		}
		mix, within, contribution, size := 0.0, 0.0, 0.0, 0.0
		for _, g := range d.Groups {
			mix, within, contribution = mix+g.Mix.Value, within+g.WithinGroup.Value, contribution+g.Contribution.Value
			size += math.Abs(g.Mix.Value) + math.Abs(g.WithinGroup.Value)
			if math.Abs(g.Mix.Value+g.WithinGroup.Value-g.Contribution.Value) > 1e-14*(math.Abs(g.Mix.Value)+math.Abs(g.WithinGroup.Value)) {
				t.Fatalf("%+v", g)
			}
		}
		for _, c := range [][2]float64{{mix, d.Mix.Value}, {within, d.WithinGroups.Value}, {contribution, d.Change.Value}, {d.Mix.Value + d.WithinGroups.Value, d.Change.Value}} {
			if math.Abs(c[0]-c[1]) > 1e-13*size {
				t.Fatalf("%v, want %v", c[0], c[1])
			}
		}
		back, err := cohort.Decompose(rapid.Permutation(after).Draw(t, "after"), rapid.Permutation(before).Draw(t, "before"), 0)
		if err != nil {
			t.Fatal(err)
		}
		if !mirrored(back.Change, d.Change) || !mirrored(back.Mix, d.Mix) || !mirrored(back.WithinGroups, d.WithinGroups) {
			t.Fatalf("%+v and %+v", d, back)
		}
		for i, g := range d.Groups {
			h := back.Groups[i]
			if h.Key != g.Key || !mirrored(h.Mix, g.Mix) || !mirrored(h.WithinGroup, g.WithinGroup) || !mirrored(h.Contribution, g.Contribution) || h.Before != g.After || h.After != g.Before {
				t.Fatalf("%+v and %+v", g, h)
			}
		}
		outcomeJSON(t, d)
	})
}

// Equal shares make no mix, and equal values nothing within, in fractions.
func TestDecomposeOneEffectAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := drawDecomposeParts(t, "parts")
		times := rapid.IntRange(1, 7).Draw(t, "times")
		shares, values := make([]cohort.Part, len(before)), make([]cohort.Part, len(before))
		for i, p := range before {
			shares[i], values[i] = p, p
			shares[i].Customers *= times
			shares[i].Units, shares[i].UnitSquares = times*p.Units, times*p.UnitSquares
			shares[i].UnitTotals = decimal.Decimal{}
			shares[i].Total = decimal.New(rapid.Int64Range(-99, 99999).Draw(t, "total"), -2)
			own := rapid.IntRange(1, 7).Draw(t, "own times")
			values[i].Customers *= own
			values[i].Units, values[i].UnitSquares = own*p.Units, own*p.UnitSquares
			values[i].Total = p.Total.Mul(decimal.NewFromInt(int64(own)))
		}
		d, err := cohort.Decompose(before, shares, 0)
		if err != nil || d.Mix.Value != 0 || d.WithinGroups.Value != d.Change.Value {
			t.Fatalf("%+v %v", d, err)
		}
		d, err = cohort.Decompose(before, values, 0)
		if err != nil || d.WithinGroups.Value != 0 || d.Mix.Value != d.Change.Value {
			t.Fatalf("%+v %v", d, err)
		}
	})
}
