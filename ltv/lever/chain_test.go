package lever

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// plannedShop has 10 000 visitors, of whom 5 % leave a name and 20 % of these buy,
// 2.5 times for 80, of which 40 % stay: a contribution of 8000, less 58 % of it.
func plannedShop() Chain {
	return verify.Must(Rates{
		Traffic: receipttest.Dec("10000"), LeadRate: receipttest.Dec("0.05"), SaleRate: receipttest.Dec("0.2"), Deals: receipttest.Dec("2.5"), Check: receipttest.Dec("80"), Margin: receipttest.Dec("0.4"),
		FixedCosts: receipttest.Dec("4640"),
	}.Chain())
}

func TestLeversMakeAChain(t *testing.T) {
	c := plannedShop()
	for i, want := range []string{"10000", "500", "100", "250", "20000", "8000", "4640"} {
		verify.Money(t, linkNames[i], *c.links()[i], want)
	}
	verify.Money(t, "profit", c.Profit(), "3360")
	for l, want := range []float64{10000, 0.05, 0.2, 2.5, 80, 0.4, 4640} {
		v, ok := c.Of(Lever(l))
		verify.Ratio(t, Lever(l).String(), v, ok, want)
	}
	if _, ok := (Chain{}).Of(LeadRate); ok {
		t.Error("a rate of nothing")
	}
	if _, ok := c.Of(9); ok {
		t.Error("the value of no lever")
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	if w := c.Warnings(); len(w) != 0 {
		t.Error(w)
	}
}

// Two levers of +10 % are +21 % contribution and four +46.41 %; +21 % contribution
// is +50 % profit where fixed costs are 58 % of it: 0.21/0.42.
func TestLeversMultiply(t *testing.T) {
	for _, c := range []struct {
		levers               []Lever
		contribution, profit float64
	}{
		{[]Lever{Check}, 0.1, 0.1 / 0.42},
		{[]Lever{LeadRate, SaleRate}, 0.21, 0.5},
		{[]Lever{LeadRate, SaleRate, Deals, Check}, 0.4641, 0.4641 / 0.42},
		{[]Lever{FixedCosts}, 0, -0.058 / 0.42},
		{nil, 0, 0},
	} {
		e := verify.Must(plannedShop().WhatIf(receipttest.Dec("0.1"), c.levers))[0]
		got, ok := e.ContributionChange()
		if !ok || got != c.contribution {
			t.Errorf("%v: contribution %v, want %v", c.levers, got, c.contribution)
		}
		if got, ok = e.ProfitChange(); !ok || math.Abs(got-c.profit) > 1e-15 {
			t.Errorf("%v: profit %v, want %v", c.levers, got, c.profit)
		}
	}
	all := verify.Must(plannedShop().WhatIf(receipttest.Dec("0.1")))
	if len(all) != 7 || all[6].Levers[0] != FixedCosts || !all[6].Gain().Equal(receipttest.Dec("-464")) {
		t.Errorf("%+v", all)
	}
}

// Invariant: n levers raised by p multiply the contribution by (1+p)^n exactly, in
// whatever order, and raising back by the inverse share undoes them.
func TestLeversMultiplyExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := plannedShop()
		by := decimal.New(rapid.Int64Range(-1000, 3000).Draw(t, "by"), -3)
		levers := rapid.SliceOfNDistinct(rapid.SampledFrom([]Lever{0, 1, 2, 3, 4, 5}), 0, 6, rapid.ID).Draw(t, "levers")
		after := verify.Must(c.Raise(by, levers...))
		want := c.Contribution
		for range levers {
			want = want.Mul(receipttest.Dec("1").Add(by))
		}
		if !after.Contribution.Equal(want) || !after.FixedCosts.Equal(c.FixedCosts) {
			t.Fatalf("%v by %s: %s, want %s", levers, by, after.Contribution, want)
		}
		again := verify.Must(c.Raise(by, rapid.Permutation(levers).Draw(t, "other order")...))
		for i, total := range after.links() {
			if !total.Equal(*again.links()[i]) {
				t.Fatalf("%+v, then %+v", after, again)
			}
		}
		if by.GreaterThan(receipttest.Dec("-1")) && len(levers) > 0 {
			for i, l := range levers {
				was, _ := c.Of(l)
				is, _ := after.Of(l)
				if factor := by.InexactFloat64() + 1; math.Abs(is-was*factor) > 1e-12*was*factor {
					t.Fatalf("lever %d is %v, was %v", i, is, was)
				}
			}
		}
	})
}

// The elasticities are the derivatives of profit by each lever.
func TestLeverElasticities(t *testing.T) {
	for _, fixed := range []string{"0", "4640", "7999", "9000"} {
		c := plannedShop()
		c.FixedCosts = receipttest.Dec(fixed)
		for l := Traffic; l <= FixedCosts; l++ {
			const h = 1e-6
			up, down := verify.Must(c.Raise(decimal.NewFromFloat(h), l)), verify.Must(c.Raise(decimal.NewFromFloat(-h), l))
			numeric := up.Profit().Sub(down.Profit()).InexactFloat64() / (2 * h) / c.Profit().InexactFloat64()
			if got := verify.Must(c.Elasticity(l)); math.Abs(got-numeric) > 1e-12*math.Abs(numeric) {
				t.Errorf("%s with fixed costs of %s: %v, want %v", l, fixed, got, numeric)
			}
		}
	}
	c := plannedShop()
	c.FixedCosts = c.Contribution
	if _, err := c.Elasticity(Check); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	if _, err := c.Elasticity(7); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
}

// Raising a lever by what it needs gives the profit.
func TestNeed(t *testing.T) {
	c := plannedShop()
	for l := Traffic; l <= FixedCosts; l++ {
		for _, profit := range []string{"0", "5000", "-1000"} {
			share := verify.Must(c.Need(l, receipttest.Dec(profit)))
			after := verify.Must(c.Raise(decimal.NewFromFloat(share), l))
			if got := after.Profit().InexactFloat64(); math.Abs(got-receipttest.Dec(profit).InexactFloat64()) > 1e-8 {
				t.Errorf("%s by %v: profit %v, want %s", l, share, got, profit)
			}
		}
	}
	verify.Near(t, "break-even", verify.Must(c.Need(Check, receipttest.Dec("0"))), -0.42, 1e-15)
	loses := c
	loses.Contribution = receipttest.Dec("-5")
	for name, err := range map[string]error{
		"a negative margin":      verify.Second(loses.Need(Traffic, receipttest.Dec("10"))),
		"more than all is saved": verify.Second(c.Need(FixedCosts, receipttest.Dec("8000.01"))),
		"less than nothing":      verify.Second(c.Need(Check, receipttest.Dec("-4641"))),
	} {
		if !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A rate above all there is is told once it was not so before.
func TestImpossibleRates(t *testing.T) {
	c := plannedShop()
	e := verify.Must(c.WhatIf(receipttest.Dec("4.5"), []Lever{SaleRate}, []Lever{Check}))
	if len(e[0].Warnings) != 1 || len(e[1].Warnings) != 0 {
		t.Fatal(e[0].Warnings, e[1].Warnings)
	}
	in, ok := errors.AsType[*clientele.InputError](e[0].Warnings[0])
	if !ok || in.Field != "Customers" || !errors.Is(in, clientele.ErrRange) {
		t.Error(in)
	}
	if w := (Chain{Traffic: receipttest.Dec("1"), Leads: receipttest.Dec("2"), Customers: receipttest.Dec("3"), Deals: receipttest.Dec("2"), Revenue: receipttest.Dec("1"), Contribution: receipttest.Dec("2")}).Warnings(); len(w) != 4 {
		t.Error(w)
	}
}

func TestChainRefuses(t *testing.T) {
	c := Chain{Traffic: receipttest.Dec("-1"), Leads: receipttest.Dec(receipttest.Huge), Customers: receipttest.Dec("1e200"), Revenue: receipttest.Dec("5"), Contribution: receipttest.Dec("-5"), FixedCosts: receipttest.Dec("-2")}
	verify.ConfigError(t, c.Validate(), "lever.Chain", "Traffic", "Leads", "Customers", "Revenue", "FixedCosts")
	if _, err := c.WhatIf(receipttest.Dec("0.1")); !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
	good, odd, steep := plannedShop(), plannedShop(), plannedShop()
	odd.FixedCosts = decimal.New(1, 1<<30)
	steep.Contribution, steep.FixedCosts = tens(199).Add(tens(-150)), tens(199)
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"below everything": {verify.Second(good.Raise(receipttest.Dec("-1.01"), Check)), clientele.ErrRange},
		"twice":            {verify.Second(good.Raise(receipttest.Dec("0.1"), Check, Check)), clientele.ErrDuplicate},
		"unknown":          {verify.Second(good.WhatIf(receipttest.Dec("0.1"), []Lever{8})), clientele.ErrUnknown},
		"no exponent":      {verify.Second(good.Raise(receipttest.Dec("1e200"), Check)), clientele.ErrAmountRange},
		"sets":             {verify.Second(Sets(Check, 9)), clientele.ErrUnknown},
		"too much":         {verify.Second(good.Raise(receipttest.Dec("1e99"), 0, 1, 2, 3, 4, 5)), clientele.ErrRange},
		"more than a float64": {verify.Second(Chain{
			Traffic: receipttest.Dec("1"), Leads: receipttest.Dec("1"), Customers: receipttest.Dec("1"), Deals: receipttest.Dec("1"), Revenue: tens(-150),
			Contribution: tens(-150),
		}.Need(Check, tens(199))), clientele.ErrRange},
		"no number":            {verify.Second(good.Need(Check, decimal.New(1, 1<<30))), clientele.ErrRange},
		"raise an odd chain":   {verify.Second(odd.Raise(receipttest.Dec("0.1"), Check)), clientele.ErrConfig},
		"elasticity of it":     {verify.Second(odd.Elasticity(Check)), clientele.ErrConfig},
		"need of it":           {verify.Second(odd.Need(Check, receipttest.Dec("1"))), clientele.ErrConfig},
		"steeper than float64": {verify.Second(steep.Elasticity(Check)), clientele.ErrRange},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}

// tens is a power of ten.
func tens(power int32) decimal.Decimal {
	return decimal.New(1, power)
}

// Raising by many digits, lever after lever, leaves a chain that can be asked again.
func TestRaiseAgain(t *testing.T) {
	c := plannedShop()
	third := decimal.NewFromFloat(1.0 / 3)
	for range 3 {
		c = verify.Must(c.Raise(third, Traffic, LeadRate, SaleRate, Deals, Check))
	}
	e := verify.Must(c.WhatIf(third, []Lever{Check}))[0]
	verify.Near(t, "elasticity", verify.Must(e.After.Elasticity(Check)), 1, 1e-2)
	change, ok := e.ContributionChange()
	verify.Ratio(t, "change", change, ok, 1.0/3)
}

func TestLeversRefuse(t *testing.T) {
	for _, c := range []struct {
		l    Rates
		want []string
		op   string
	}{
		{
			Rates{Traffic: receipttest.Dec("-1"), LeadRate: receipttest.Dec("-0.1"), SaleRate: decimal.New(1, -1<<31), Deals: tens(201), Margin: receipttest.Dec("-1"), FixedCosts: receipttest.Dec("-2")},
			[]string{"Traffic", "LeadRate", "SaleRate", "Deals", "FixedCosts"},
			"lever.Rates",
		},
		{Rates{Traffic: tens(100), LeadRate: tens(100)}, []string{"Leads"}, "lever.Chain"},
	} {
		_, err := c.l.Chain()
		verify.ConfigError(t, err, c.op, c.want...)
	}
}

// Totals that no account has are refused by name, all at once.
func TestObservedChainRefuses(t *testing.T) {
	o := Totals{
		Traffic: receipttest.Dec("-1"), Leads: tens(201), Buyers: -1, Deals: -2, Revenue: receipttest.Dec("-5"),
		Contribution: receipttest.Dec("-5"), AcquisitionCost: receipttest.Dec("-1"), FixedCosts: decimal.New(1, 1<<30),
	}
	_, err := o.Chain()
	verify.ConfigError(t, err, "lever.Totals", "Traffic", "Leads", "Buyers", "Deals", "AcquisitionCost", "FixedCosts")
}

func TestLeverSets(t *testing.T) {
	sets := verify.Must(Sets(Deals, Check, Margin))
	want := [][]Lever{{3}, {4}, {5}, {3, 4}, {3, 5}, {4, 5}, {3, 4, 5}}
	if len(sets) != len(want) {
		t.Fatal(sets)
	}
	for i, set := range sets {
		if string(asBytes(set)) != string(asBytes(want[i])) {
			t.Errorf("set %d is %v, want %v", i, set, want[i])
		}
	}
	for l := Traffic; l <= FixedCosts; l++ {
		var back Lever
		if text := verify.Must(l.MarshalText()); back.UnmarshalText(text) != nil || back != l {
			t.Errorf("%s becomes %s", text, back)
		}
	}
	var l Lever
	if err := l.UnmarshalText([]byte("Check")); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if _, err := Lever(7).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || Lever(7).String() != "Lever(7)" {
		t.Error(err)
	}
}

func asBytes(levers []Lever) []byte {
	var b []byte
	for _, l := range levers {
		b = append(b, byte(l))
	}
	return b
}
