package account

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Tier says how to treat a customer, by the profit made with them so far. The zero Tier is
// Cherish, so use only a [Verdict] that [TierRules.Classify] returned.
type Tier uint8

// The tiers, from the best down.
const (
	Cherish Tier = iota // very profitable: give more
	Keep                // profitable, or too new to tell: go on
	Fix                 // a loss that lower discounts and a cheaper service would turn into a profit: change the terms
	LetGo               // a loss whatever the terms: do not court
)

var tierNames = [...]string{Cherish: "cherish", Keep: "keep", Fix: "fix", LetGo: "let go"}

// String returns "cherish", "keep", "fix" or "let go", and for any other value a text
// such as "Tier(9)".
func (t Tier) String() string { return enum.String(tierNames[:], t) }

// MarshalText returns the name, and [clientele.ErrUnknown] for a value that is no tier.
func (t Tier) MarshalText() ([]byte, error) { return enum.Marshal(tierNames[:], t) }

// UnmarshalText accepts exactly the names that MarshalText writes. It returns
// [clientele.ErrUnknown] for any other text, and leaves the tier as it was.
func (t *Tier) UnmarshalText(text []byte) error { return enum.Unmarshal(tierNames[:], t, text) }

// TierRules say where the tiers begin. The zero TierRules put every customer with a profit
// of 0 or more into Cherish and nobody into Fix.
type TierRules struct {
	Cherish decimal.Decimal `json:"cherish"` // least profit of a cherished customer; at least Keep
	Keep    decimal.Decimal `json:"keep"`    // least profit of a customer to keep; may be negative

	// SavableShare is the share of the cost to serve and of the discounts given that
	// the shop could save on a customer, from 0 to 1. A customer whose profit would reach
	// Keep with what is saved is in Fix, any other below Keep in LetGo.
	SavableShare float64 `json:"savableShare"`

	// Grace is for how many days of 24 hours after the first deal a customer is kept
	// whatever the loss, since the acquisition is paid first. Customers without a deal are
	// always kept.
	Grace clientele.Days `json:"grace,omitempty"`
}

// Validate reports all faults of the rules at once in a [clientele.ConfigError].
func (r TierRules) Validate() error {
	faults := clientele.ConfigError{Op: "account.TierRules.Validate"}
	cherish, keep := rule.Money(r.Cherish), rule.Money(r.Keep)
	switch {
	case cherish != nil:
		faults.Add("Cherish", r.Cherish, cherish)
	case keep == nil && r.Cherish.LessThan(r.Keep):
		faults.Add("Cherish", r.Cherish, rule.Because(rule.Range, "below Keep", "%v or more", r.Keep))
	}
	if keep != nil {
		faults.Add("Keep", r.Keep, keep)
	}
	if !r.saves() {
		faults.Add("SavableShare", r.SavableShare, rule.Want(rule.Range, "a share from 0 to 1, such as 0.3"))
	}
	if err := rule.Days(r.Grace); err != nil {
		faults.Add("Grace", r.Grace, err)
	}
	return faults.Err()
}

// saves reports whether SavableShare is a share.
func (r TierRules) saves() bool { return r.SavableShare >= 0 && r.SavableShare <= 1 }

// UnmarshalJSON reads rules strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (r *TierRules) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.TierRules.UnmarshalJSON", data, r)
}

// Verdict is a tier and why.
type Verdict struct {
	Tier    Tier            `json:"tier"`
	Reason  TierReason      `json:"reason"`
	Profit  decimal.Decimal `json:"profit"`  // profit made with the customer so far
	Savable decimal.Decimal `json:"savable"` // money that could be saved on service and discounts
}

// TierReason says which rule decided.
type TierReason string

// The rules, in the order in which they are tried. In their texts the upper bound is
// [TierRules].Cherish and the lower bound [TierRules].Keep.
const (
	NoDeals           TierReason = "no deal yet"
	ReachesCherish    TierReason = "profit reaches the upper bound"
	ReachesKeep       TierReason = "profit reaches the lower bound"
	InGrace           TierReason = "too new to tell"
	SavingReachesKeep TierReason = "profit and what could be saved reach the lower bound"
	BeyondSaving      TierReason = "profit and what could be saved stay below the lower bound"
)

// Classify decides about one customer, exactly. It does not check the rules: call
// [TierRules.Validate] first. A SavableShare outside 0 to 1 is treated as 0.
func (r TierRules) Classify(a Account) Verdict {
	v := Verdict{Profit: a.Profit()}
	if r.saves() {
		v.Savable = a.ServeCost.Add(a.Discount).Mul(decimal.NewFromFloat(r.SavableShare))
	}
	age, bought := a.Age()
	switch {
	case !bought:
		v.Tier, v.Reason = Keep, NoDeals
	case v.Profit.GreaterThanOrEqual(r.Cherish):
		v.Tier, v.Reason = Cherish, ReachesCherish
	case v.Profit.GreaterThanOrEqual(r.Keep):
		v.Tier, v.Reason = Keep, ReachesKeep
	case age < float64(r.Grace):
		v.Tier, v.Reason = Keep, InGrace
	case v.Profit.Add(v.Savable).GreaterThanOrEqual(r.Keep):
		v.Tier, v.Reason = Fix, SavingReachesKeep
	default:
		v.Tier, v.Reason = LetGo, BeyondSaving
	}
	return v
}
