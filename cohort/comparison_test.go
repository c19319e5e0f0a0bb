package cohort_test

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// compareAssigns assigns customers to groups on day 0.
func compareAssigns(groups map[string][]int64) iter.Seq2[cohort.Assignment[int64], error] {
	var all []cohort.Assignment[int64]
	for group, customers := range groups {
		for _, customer := range customers {
			all = append(all, cohort.Assignment[int64]{Customer: customer, Group: group, At: outcomeDay(0)})
		}
	}
	return clientele.All(all)
}

func compareMust(t testing.TB) func(*cohort.Comparison, error) *cohort.Comparison {
	return func(c *cohort.Comparison, err error) *cohort.Comparison {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

// Student's own data: the hours of sleep that ten patients gained by each of two drugs,
// here as the revenue of two groups, 10 more each, in one purchase after the first.
// Welch's test of it in R 4.2.2: t = -1.8608, df = 17.776, p = 0.07939 and the interval
// [-3.3654832, 0.2054832]. With one purchase each, the average check is the same.
func TestCompareSleep(t *testing.T) {
	var purchases []clientele.Purchase[int64]
	groups := make(map[string][]int64)
	for group, gains := range map[string][]float64{
		"first":  {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
		"second": {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4},
	} {
		for i, gain := range gains {
			customer := int64(100*len(group) + i)
			groups[group] = append(groups[group], customer)
			purchases = append(purchases, outcomeBuys(customer, 0, "1", ""), outcomeBuys(customer, 1, fmt.Sprint(10+gain), ""))
		}
	}
	cfg := cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, Control: "second"}
	c := compareMust(t)(outcomeActivity(t, purchases...).Compare(cfg, compareAssigns(groups)))
	first, _ := c.Group("first")
	for _, e := range []cohort.ComparedValue{first.RevenuePerCustomer, first.AverageCheck} {
		outcomeNear(t, "difference", e.Difference.Value, -1.58, 1e-12)
		outcomeNear(t, "t", e.Difference.Value/e.Difference.StdErr, -1.8608, 5e-5)
		outcomeNear(t, "lower end", e.Difference.Lo, -3.3654832, 1e-7)
		outcomeNear(t, "upper end", e.Difference.Hi, 0.2054832, 1e-6)
		outcomeNear(t, "p", e.P, 0.07939, 1e-4)
		outcomeNear(t, "ratio", e.Ratio.Value, 10.75/12.33, 1e-15)
		if e.Test != cohort.WelchTest || e.Adjusted != e.P {
			t.Errorf("%+v", e)
		}
	}
	// All of both groups came back, and once: there is nothing to test.
	if e := first.PurchasesPerCustomer; e.P != 1 || e.Adjusted != 1 || e.Test != cohort.NoTest ||
		e.Difference != (clientele.Estimate{}) || e.Ratio != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) {
		t.Errorf("%+v", e)
	}
	if e := first.RepeatRate; e.P != 1 || !(e.Ratio.Lo < 1 && e.Ratio.Hi > 1) || e.Difference.Level != 0.95 {
		t.Errorf("%+v", e)
	}
}

// Channel a: two customers buy again, for 10 in one purchase and for 50 in two; channel
// b: one for 12 in one purchase, one not at all.
//
//	average check of a  60/3 = 20, residuals -10 and +10: variance 200·2/1 / 3² = 400/9
//	of b                12/1, residuals 0 and 0: no variance
//	deals per customer  1.5 ± 0.5 and 0.5 ± 0.5
func TestCompareKeysByHand(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "1", "a"), outcomeBuys(1, 2, "10", "b"),
		outcomeBuys(2, 0, "1", "a"), outcomeBuys(2, 2, "20", "a"), outcomeBuys(2, 3, "35", "a"), outcomeBuys(2, 4, "-5", "a"),
		outcomeBuys(3, 1, "1", "b"), outcomeBuys(3, 2, "12", "a"),
		outcomeBuys(4, 1, "1", "b"),
		outcomeBuys(5, 29, "1", "c"), outcomeBuys(6, 1, "-1", "c"), outcomeBuys(7, 31, "1", "c"))
	c := compareMust(t)(a.CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, Control: "b", Level: 0.9}))
	if len(c.Groups) != 2 || c.Open != 1 || c.NeverBought != 1 || c.Later != 1 || c.Fewer+c.Outside+c.Unassigned != 0 {
		t.Fatalf("%+v", c)
	}
	g, control := c.Groups[0], c.Groups[1]
	if g.Group != "a" || g.Control || g.Customers != 2 || g.Repeated != 2 || g.Purchases != 3 || g.Revenue.String() != "60" ||
		control.Group != "b" || !control.Control || control.Repeated != 1 || control.Purchases != 1 || control.Revenue.String() != "12" {
		t.Fatalf("%+v", c.Groups)
	}
	outcomeNear(t, "check", g.AverageCheck.Value.Value, 20, 1e-15)
	outcomeNear(t, "its standard error", g.AverageCheck.Value.StdErr, 20.0/3, 1e-15)
	outcomeNear(t, "its end", g.AverageCheck.Value.Hi, 20+20.0/3*math.Tan(0.45*math.Pi), 1e-12)
	if e := control.AverageCheck; e.Value != (clientele.Estimate{Value: 12, Lo: 12, Hi: 12}) || e.Difference != (clientele.Estimate{}) {
		t.Errorf("%+v", e)
	}
	// One variance is all there is, which stands for the other too: 1 degree of freedom,
	// whose t is Cauchy's. By it the check of b may be 0, so that the ratio has no limit.
	outcomeNear(t, "p of the check", g.AverageCheck.P, 1-2/math.Pi*math.Atan(8/math.Sqrt(800.0/9)), 1e-12)
	if r := g.AverageCheck.Ratio; r != (clientele.Estimate{Value: 20.0 / 12, Lo: 20.0 / 12, Hi: 20.0 / 12}) {
		t.Errorf("%+v", r)
	}
	deals := g.PurchasesPerCustomer
	outcomeNear(t, "difference of deals", deals.Difference.Value, 1, 1e-15)
	outcomeNear(t, "standard error", deals.Difference.StdErr, math.Sqrt(0.5), 1e-15)
	outcomeNear(t, "p of deals", deals.P, 1-2/math.Pi*math.Atan(math.Sqrt2), 1e-12) // t = √2 with the 1 degree of freedom of a handful
	outcomeNear(t, "p of repeats", g.RepeatRate.P, 1, 1e-15)
	if g.RepeatRate.Test != cohort.FisherTest {
		t.Error(g.RepeatRate.Test)
	}

	// By the label of the second purchase customer 1 is of b, and 3 of a.
	c = compareMust(t)(a.CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, From: 2, Key: cohort.OfStart}))
	if len(c.Groups) != 2 || c.Groups[0].Customers != 2 || c.Groups[1].Customers != 1 || c.Fewer != 2 || c.Config.Control != "a" {
		t.Errorf("%+v", c)
	}
	if g, ok := c.Group("c"); ok {
		t.Errorf("%+v", g)
	}

	_, err := a.CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, From: -1, Key: 7})
	outcomeFields(t, err, "From", "Key")
	_, err = a.CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, From: 9})
	outcomeFault(t, err, -1, "groups", clientele.ErrEmpty)
}

func TestComparePeriods(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 1, "1", ""), outcomeBuys(2, 9, "1", ""), outcomeBuys(3, 10, "1", ""),
		outcomeBuys(4, 20, "1", ""), outcomeBuys(5, 29, "1", ""), outcomeBuys(6, 29, "1", ""), outcomeBuys(7, 55, "1", ""))
	last := cohort.Span{Name: "last", Since: outcomeDay(0), Until: outcomeDay(10)}
	this := cohort.Span{Name: "before the last", Since: outcomeDay(20), Until: outcomeDay(60)}
	cfg := cohort.CompareConfig{AsOf: outcomeDay(60), Within: 10}
	c := compareMust(t)(a.ComparePeriods(cfg, last, this))
	if len(c.Groups) != 2 || c.Config.Control != "last" || c.Groups[0].Customers != 2 || c.Groups[0].Repeated != 1 ||
		c.Groups[1].Group != this.Name || c.Groups[1].Customers != 3 || c.Open != 1 || c.Outside != 1 {
		t.Errorf("%+v", c)
	}
	outcomeNear(t, "difference", c.Groups[1].RepeatRate.Difference.Value, -0.5, 1e-15)
	// To a rate of 0 there is no ratio; that of 0 has an upper limit.
	if r := c.Groups[1].RepeatRate.Ratio; r.Value != 0 || r.Lo != 0 || !(r.Hi > 1) {
		t.Error(r)
	}
	c = compareMust(t)(a.ComparePeriods(cohort.CompareConfig{AsOf: cfg.AsOf, Within: 10, Control: this.Name}, last, this))
	if r := c.Groups[0].RepeatRate.Ratio; r != (clientele.Estimate{}) {
		t.Error(r)
	}

	_, err := a.ComparePeriods(cfg, last, cohort.Span{Name: "last", Since: outcomeDay(9)}, cohort.Span{Until: outcomeDay(4)})
	outcomeFields(t, err, "periods[1].Name", "periods[1].Until", "periods[2].Name", "periods[2].Since")
	_, err = a.ComparePeriods(cfg, last, cohort.Span{Name: "later", Since: last.Until.Add(-1), Until: last.Until})
	outcomeFields(t, err, "periods[1].Since")
	_, err = a.ComparePeriods(cohort.CompareConfig{AsOf: cfg.AsOf, Within: 1, Since: outcomeDay(1)}, last, this)
	outcomeFields(t, err, "Since")
	_, err = a.ComparePeriods(cfg, last)
	outcomeFault(t, err, -1, "groups", clientele.ErrEmpty)
}

func TestCompareAssignments(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 5, "1", ""), outcomeBuys(1, 7, "1", ""),
		outcomeBuys(2, 0, "1", ""), outcomeBuys(2, 5, "1", ""),
		outcomeBuys(3, 0, "1", ""), outcomeBuys(4, 0, "1", ""), outcomeBuys(4, 1, "1", ""))
	cfg := cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, From: 2}
	as := func(customer int64, group string, day float64) cohort.Assignment[int64] {
		return cohort.Assignment[int64]{Customer: customer, Group: group, At: outcomeDay(day)}
	}
	compare := func(all ...cohort.Assignment[int64]) (*cohort.Comparison, error) {
		return a.Compare(cfg, clientele.All(all))
	}
	// At the moment of the second purchase itself an assignment is in time.
	c := compareMust(t)(compare(as(1, "gift", 5), as(2, "none", 5), as(3, "gift", 25)))
	if c.Fewer != 1 || c.Unassigned != 1 || c.Groups[0].Group != "gift" || c.Groups[0].Repeated != 1 || c.Groups[1].Customers != 1 {
		t.Errorf("%+v", c)
	}
	for _, f := range []struct {
		name  string
		all   []cohort.Assignment[int64]
		index int
		field string
		kind  error
	}{
		{"later than the second purchase", []cohort.Assignment[int64]{as(2, "none", 5), as(1, "gift", 5+1.0/86400)}, 1, "At", clientele.ErrRange},
		{"twice", []cohort.Assignment[int64]{as(1, "gift", 1), as(1, "gift", 1)}, 1, "Customer", clientele.ErrDuplicate},
		{"twice, of those left out", []cohort.Assignment[int64]{as(3, "gift", 1), as(3, "none", 1)}, 1, "Group", clientele.ErrMismatch},
		{"nobody", []cohort.Assignment[int64]{as(9, "gift", 1)}, 0, "Customer", clientele.ErrUnknown},
		{"no group", []cohort.Assignment[int64]{as(1, "", 1)}, 0, "Group", clientele.ErrMissing},
		{"no time", []cohort.Assignment[int64]{{Customer: 1, Group: "gift"}}, 0, "At", clientele.ErrZeroTime},
		{"one group", []cohort.Assignment[int64]{as(1, "gift", 1), as(3, "none", 1)}, -1, "groups", clientele.ErrEmpty},
		{"none", nil, -1, "groups", clientele.ErrEmpty},
	} {
		_, err := compare(f.all...)
		t.Run(f.name, func(t *testing.T) { outcomeFault(t, err, f.index, f.field, f.kind) })
	}

	broken := errors.New("connection lost")
	_, err := a.Compare(cfg, func(yield func(cohort.Assignment[int64], error) bool) {
		_ = yield(as(1, "gift", 1), nil) && yield(cohort.Assignment[int64]{}, broken)
	})
	outcomeFault(t, err, 1, "", broken)
	_, err = a.Compare(cohort.CompareConfig{Adjust: 9, Level: 2}, nil)
	outcomeFields(t, err, "AsOf", "Within", "Adjust", "Level", "groups")
	other := cfg
	other.Control = "nobody"
	_, err = a.Compare(other, compareAssigns(map[string][]int64{"a": {1}, "b": {2}}))
	outcomeFault(t, err, -1, "Control", clientele.ErrUnknown)
}

// A group of one customer, one without purchases and one without customers are
// reported, without what cannot be told.
func TestCompareDegenerate(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 1, "6", ""), outcomeBuys(2, 0, "1", ""), outcomeBuys(2, 1, "9", ""), outcomeBuys(2, 2, "9", ""),
		outcomeBuys(3, 0, "1", ""), outcomeBuys(3, 3, "4", ""),
		outcomeBuys(4, 0, "1", ""), outcomeBuys(5, 0, "1", ""), outcomeBuys(6, 29, "1", ""))
	c := compareMust(t)(a.Compare(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, Control: "many"}, compareAssigns(map[string][]int64{
		"many": {1, 2}, "one": {3}, "silent": {4, 5}, "late": {6},
	})))
	if c.Open != 1 || len(c.Groups) != 4 {
		t.Fatalf("%+v", c)
	}
	untested := func(e cohort.ComparedValue) bool { return e.P == 1 && e.Adjusted == 1 && e.Test == cohort.NoTest }
	one, _ := c.Group("one")
	if e := one.RevenuePerCustomer; !untested(e) || e.Difference != (clientele.Estimate{Value: -8, Lo: -8, Hi: -8}) ||
		e.Value != (clientele.Estimate{Value: 4, Lo: 4, Hi: 4}) || e.Ratio.Level != 0 {
		t.Errorf("%+v", e)
	}
	silent, _ := c.Group("silent")
	if e := silent.AverageCheck; !untested(e) || e.Value != (clientele.Estimate{}) || e.Difference != (clientele.Estimate{}) {
		t.Errorf("%+v", e)
	}
	if e := silent.PurchasesPerCustomer; e.Test != cohort.WelchTest || e.Difference.Value != -1.5 || e.Ratio != (clientele.Estimate{}) {
		t.Errorf("%+v", e)
	}
	late, _ := c.Group("late")
	if late.Customers != 0 || !untested(late.RepeatRate) || !untested(late.PurchasesPerCustomer) || late.RepeatRate.Value != (clientele.Estimate{}) {
		t.Errorf("%+v", late)
	}
	// Of the three tests of deals one was made, and is not raised for the others.
	if e := silent.PurchasesPerCustomer; e.Adjusted != e.P {
		t.Errorf("%+v", e)
	}
}

// Amounts as large and as small as they may be give finite numbers.
func TestCompareExtremeAmounts(t *testing.T) {
	huge := "1" + strings.Repeat("0", 99) + "e100"
	for _, amounts := range [][2]string{{huge, "1e-100"}, {"1e-100", huge}, {huge, "7e-100"}, {huge, huge}, {"9e99", "1e-100"}, {"1e-100", "3e-100"}, {"9e99", "8e99"}} {
		var purchases []clientele.Purchase[int64]
		for customer := range int64(6) {
			group := customer % 2
			purchases = append(purchases, outcomeBuys(customer, 0, "1", fmt.Sprint(group)))
			for range customer {
				purchases = append(purchases, outcomeBuys(customer, 1, amounts[group], ""))
			}
		}
		a := outcomeActivity(t, purchases...)
		outcomeJSON(t, compareMust(t)(a.CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10})))
		parts, err := a.Parts(cohort.PartConfig{AsOf: outcomeDay(30), Within: 10})
		if err != nil {
			t.Fatal(err)
		}
		d, err := cohort.Decompose(parts.Groups[:1], parts.Groups[1:], 0)
		if err != nil {
			t.Fatal(err)
		}
		outcomeJSON(t, d)
	}
}

// The comparison does not depend on order, shards and workers; exchanging group and
// control changes the signs of differences, inverts ratios and leaves probabilities;
// every customer is counted once.
func TestCompareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		cfg := cohort.CompareConfig{
			AsOf: outcomeDay(float64(rapid.IntRange(20, 45).Draw(t, "end"))), Within: clientele.Days(rapid.IntRange(1, 20).Draw(t, "within")),
			From: rapid.IntRange(0, 2).Draw(t, "deal"), Adjust: clientele.Adjustment(rapid.IntRange(0, 3).Draw(t, "adjust")), Workers: 1,
		}
		compare := func(a *cohort.Activity[int64]) (string, *cohort.Comparison) {
			c, err := a.CompareKeys(cfg)
			if err != nil {
				return err.Error(), nil
			}
			return outcomeJSON(t, c), c
		}
		whole := outcomeActivity(t, purchases...)
		text, c := compare(whole)
		cfg.Workers = 3
		if merged, _ := compare(outcomeShards(t, purchases)); merged != text {
			t.Fatalf("shards: %s\nwhole: %s", merged, text)
		}
		if c == nil {
			return
		}
		seen, inGroups := make(map[int64]bool), 0
		for _, p := range purchases {
			if !p.At.After(cfg.AsOf) {
				seen[p.Customer] = true
			}
		}
		for _, g := range c.Groups {
			inGroups += g.Customers
		}
		if inGroups+c.Open+c.Outside+c.Fewer+c.NeverBought != len(seen) {
			t.Fatalf("%d customers: %+v", len(seen), c)
		}
		first, last := c.Groups[0].Group, c.Groups[len(c.Groups)-1].Group
		cfg.Control = last
		_, exchanged := compare(whole)
		there, _ := c.Group(last)
		back, _ := exchanged.Group(first)
		for i, e := range compareEffects(there) {
			compareOpposite(t, e, compareEffects(back)[i])
		}
	})
}

func compareEffects(g cohort.ComparedGroup) []cohort.ComparedValue {
	return []cohort.ComparedValue{g.RepeatRate, g.PurchasesPerCustomer, g.RevenuePerCustomer, g.AverageCheck}
}

// compareOpposite checks that two effects are those of exchanged groups.
func compareOpposite(t *rapid.T, e, f cohort.ComparedValue) {
	if d, b := e.Difference, f.Difference; d.Value != -b.Value || d.Lo != -b.Hi || d.Hi != -b.Lo || d.StdErr != b.StdErr || d.Level != b.Level {
		t.Fatalf("differences %+v and %+v", d, b)
	}
	if e.P != f.P || e.Test != f.Test {
		t.Fatalf("p %v (%v) and %v (%v)", e.P, e.Test, f.P, f.Test)
	}
	if r, s := e.Ratio, f.Ratio; r.Value > 0 && s.Value > 0 {
		// Where one may be 0, the other has no upper limit, and so no interval.
		unbounded := r.Level > 0 && r.Lo == 0 || s.Level > 0 && s.Lo == 0
		if math.Abs(r.Value*s.Value-1) > 1e-15*2 || r.Level != s.Level && !unbounded {
			t.Fatalf("ratios %+v and %+v", r, s)
		}
		if r.Level > 0 && s.Level > 0 && r.Hi < 1e300 && s.Hi < 1e300 && (math.Abs(r.Lo*s.Hi-1) > 1e-12 || math.Abs(r.Hi*s.Lo-1) > 1e-12) {
			t.Fatalf("intervals of ratios %+v and %+v", r, s)
		}
	}
}

// Where groups do not differ, the adjusted probabilities of three comparisons find
// something no more often than they say.
func TestCompareUnderNoDifference(t *testing.T) {
	const runs, level = 300, 0.1
	rng := compareRand(7)
	found := 0
	for range runs {
		var purchases []clientele.Purchase[int64]
		for customer := range int64(240) {
			purchases = append(purchases, outcomeBuys(customer, 0, "1", string('a'+rune(customer%4))))
			for day := 1; rng.Float64() < 0.5; day++ {
				purchases = append(purchases, outcomeBuys(customer, float64(day), fmt.Sprintf("%.2f", 10*rng.ExpFloat64()), ""))
			}
		}
		c := compareMust(t)(outcomeActivity(t, purchases...).CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(90), Within: 60}))
		if slices.ContainsFunc(c.Groups, func(g cohort.ComparedGroup) bool { return !g.Control && g.PurchasesPerCustomer.Adjusted < level }) {
			found++
		}
	}
	if share := float64(found) / runs; share > level+3*math.Sqrt(level*(1-level)/runs) {
		t.Errorf("%v of families find a difference", share)
	}
}

// How late an assignment may be does not depend on the zone that its time is in.
func TestCompareAssignmentZone(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "1", ""), outcomeBuys(2, 0, "1", ""))
	at := outcomeDay(0).In(time.FixedZone("", 14*3600))
	_, err := a.Compare(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10}, clientele.All([]cohort.Assignment[int64]{
		{Customer: 1, Group: "a", At: at}, {Customer: 2, Group: "b", At: at},
	}))
	if err != nil {
		t.Error(err)
	}
}

func compareRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
