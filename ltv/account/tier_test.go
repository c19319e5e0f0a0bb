package account

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Two customers of 1000 each: one pays list prices and is served for 20; the other
// buys at a third off, is served for 180 and cost 150 to win. The first brings 380,
// the second loses 130.
func TestEqualRevenueOppositeProfit(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(1, 1, "20", receipttest.Item("TV", "television", "2", "500", "", "300")),
		receipttest.On(2, 2, "180", receipttest.Item("TV", "television", "2", "400", "600", "380"), receipttest.Item("cable", "accessories", "10", "20", "30", "4")))
	if err := a.AddAcquisition(2, receipttest.Dec("150")); err != nil {
		t.Fatal(err)
	}
	good, _ := a.Of(1)
	bad, _ := a.Of(2)
	verify.Money(t, "revenue", good.Revenue, bad.Revenue.String())
	verify.Money(t, "profit of the one", good.Profit(), "380")
	verify.Money(t, "profit of the other", bad.Profit(), "-130") // 1000 - 760 - 40 - 180 - 150
	verify.Money(t, "total", a.Total().Profit(), "250")

	// 180 of service and 500 of discount could save what is missing.
	rules := TierRules{Cherish: receipttest.Dec("300"), SavableShare: 0.2}
	if v := rules.Classify(good); v.Tier != Cherish || v.Reason != ReachesCherish {
		t.Error(v)
	}
	if v := rules.Classify(bad); v.Tier != Fix || v.Reason != SavingReachesKeep || !v.Savable.Equal(receipttest.Dec("136")) {
		t.Error(v)
	}
	rules.SavableShare = 0.19
	if v := rules.Classify(bad); v.Tier != LetGo || v.Reason != BeyondSaving || !v.Savable.Equal(receipttest.Dec("129.2")) {
		t.Error(v)
	}
	rules.Grace = 30
	if v := rules.Classify(bad); v.Tier != Keep || v.Reason != InGrace {
		t.Error(v)
	}
	if v := rules.Classify(Account{}); v.Tier != Keep || v.Reason != NoDeals {
		t.Error(v)
	}
	rules.Keep, rules.Cherish = receipttest.Dec("-130"), receipttest.Dec("381")
	for _, c := range []Account{good, bad} {
		if v := rules.Classify(c); v.Tier != Keep || v.Reason != ReachesKeep {
			t.Error(v)
		}
	}
}

func TestTierRules(t *testing.T) {
	err := TierRules{Cherish: receipttest.Dec("1"), Keep: receipttest.Dec("2"), SavableShare: 1.5, Grace: -1}.Validate()
	verify.ConfigError(t, err, "account.TierRules.Validate", "Cherish", "SavableShare", "Grace")
	if err := (TierRules{}).Validate(); err != nil {
		t.Error(err)
	}
	for tier := Cherish; tier <= LetGo; tier++ {
		var back Tier
		text, err := tier.MarshalText()
		if err != nil || back.UnmarshalText(text) != nil || back != tier {
			t.Errorf("%v becomes %v by %q", tier, back, text)
		}
	}
	if Tier(9).String() != "Tier(9)" {
		t.Error(Tier(9))
	}
	if _, err := Tier(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	tier := Fix
	if err := tier.UnmarshalText([]byte("Keep")); !errors.Is(err, clientele.ErrUnknown) || tier != Fix {
		t.Error(err, tier)
	}
}
