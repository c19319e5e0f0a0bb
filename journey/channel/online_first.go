package channel

import (
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/journey"
	"github.com/shopspring/decimal"
)

// OnlineConfig says which touches are purchases in a shop and which are contacts online.
type OnlineConfig struct {
	Online []string `json:"online"` // channels that are online, at least one
	Shop   []string `json:"shop"`   // channels of the shop, at least one, none online

	// Purchase are the touchpoints, at least one, at which a touch in a channel of Shop is a
	// purchase. Touch.Value is what was paid; one below 0 is money given back, and no purchase.
	Purchase []string `json:"purchase"`

	Within   clientele.Days `json:"within,omitempty"`   // longest time from a contact online to the purchase; 0 = 30
	Category string         `json:"category,omitempty"` // label of a purchase that names its category; "" = no categories

	Since time.Time `json:"since,omitzero"`  // first moment of purchases that count; zero = all
	Until time.Time `json:"until,omitzero"`  // moment from which purchases do not count, after Since; zero = all
	Level float64   `json:"level,omitempty"` // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// [OnlineConfig.Validate] checks the values.
func (c *OnlineConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("channel.OnlineConfig.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c OnlineConfig) Validate() error {
	faults := clientele.ConfigError{Op: "channel.OnlineConfig.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, and notes all its faults.
func (c *OnlineConfig) complete(faults *clientele.ConfigError) {
	for _, list := range []struct {
		field string
		names []string
	}{{"Online", c.Online}, {"Shop", c.Shop}, {"Purchase", c.Purchase}} {
		fault.AddNames(faults, list.field, list.names)
		if len(list.names) == 0 {
			faults.Add(list.field, nil, rule.Want(rule.Missing, "at least one name"))
		}
	}
	for _, name := range c.Shop {
		if slices.Contains(c.Online, name) {
			faults.Add("Shop", name, rule.Because(rule.Duplicate, "a channel that is online too", "each channel in one of the lists"))
		}
	}
	c.Within = fault.AddDays(faults, "Within", c.Within, 30)
	fault.AddSpan(faults, "", c.Since, c.Until)
	c.Level = fault.AddLevel(faults, c.Level)
}

// OnlineReport is how many purchases in the shop began online.
type OnlineReport struct {
	Config OnlineConfig `json:"config"` // what was asked, with defaults filled in

	All        OnlineGroup   `json:"all"`                  // all purchases
	Categories []OnlineGroup `json:"categories,omitempty"` // by category, ascending; none without Config.Category
}

// OnlineGroup is the purchases in the shop of one category.
type OnlineGroup struct {
	Category string `json:"category,omitempty"` // category; "" in All, and for purchases without one

	Purchases    int `json:"purchases"`    // purchases of people who are known
	Online       int `json:"online"`       // purchases with a contact online of the same person within the time before
	Unidentified int `json:"unidentified"` // purchases whose customer is not known, who may have been online or not; in no other count

	// Share is the share of Online in Purchases, with Wilson's interval; nil without purchases.
	// Purchases of one person are taken as independent.
	Share *clientele.Estimate `json:"share,omitempty"`

	// Least and Most are the share of all purchases if nobody of Unidentified had been online, and
	// if everybody had; 0 without purchases.
	Least float64 `json:"least"`
	Most  float64 `json:"most"`

	Money             decimal.Decimal `json:"money"`             // what was paid for Purchases
	OnlineMoney       decimal.Decimal `json:"onlineMoney"`       // what was paid for Online
	UnidentifiedMoney decimal.Decimal `json:"unidentifiedMoney"` // what was paid for Unidentified
}

// OnlineFirst tells how many purchases in the shop, and how much of what was paid, came after a
// contact online of the same person. unidentified are the touches whose person is not known, in
// any order, as in Timelines.Unidentified.
//
// It returns a [clientele.ConfigError] with all faults of the configuration, a [clientele.InputError]
// with the index of the timeline for an error of the source and for a timeline that
// [journey.Timeline.Validate] refuses, one with the place in unidentified for a touch that
// [journey.Touch.Validate] refuses, and one of [clientele.ErrEmpty] without any purchase.
func OnlineFirst(src iter.Seq2[journey.Timeline, error], unidentified []journey.Touch, cfg OnlineConfig) (*OnlineReport, error) {
	const op = "channel.OnlineFirst"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	c := newOnlineCount(cfg)
	for t, err := range fault.Checked(op, src, journey.Timeline.Validate) {
		if err != nil {
			return nil, err
		}
		c.add(&t)
	}
	if err := c.addUnidentified(op, unidentified); err != nil {
		return nil, err
	}
	if c.all.Purchases+c.all.Unidentified == 0 {
		return nil, fault.Of(op, "timelines", nil, rule.Because(rule.Empty, "no purchases in the shop", "touches at Purchase in the channels Shop, from Since to Until"))
	}
	return c.finish(), nil
}
