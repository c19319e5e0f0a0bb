package shop

import (
	"fmt"
	"slices"
	"time"
	_ "time/tzdata" // the zone of Default, on systems without zones

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Config says how large the shop is, how its customers behave and which effects
// are planted. [Default] returns a usable one; the zero Config is not.
type Config struct {
	Customers int            // who arrive in the period, at least 1
	Weeks     int            // length of the period, at least 1
	Start     time.Time      // its date in Zone is the first day
	Zone      *time.Location // of shop hours, weekdays and seasons; nil = UTC

	Rate    Spread // visits per week while a customer is alive, before season and channel
	Dropout Spread // 1/weeks: the rate at which customers leave for good, before channel

	Channels []Channel // how customers find the shop, at least one
	Roaming  float64   // share of later visits that come through any channel, by their shares

	Needs      float64 // share of first visits that start a job: a need, with add-ons then and later; after n jobs it is Needs/(1+n/2)
	Leads      float64 // share of customers who begin with a lead magnet
	Conversion float64 // share of customers with a lead magnet who buy afterwards; the others never do
	Refunds    float64 // share of paid receipts that are taken back, wholly or in part

	// The planted effects.

	Bundle       Bundle  // two products that one channel's customers buy together
	Bargain      float64 // share of customers who buy only at a discount
	Loyalty      float64 // probability, approached with every deal, that a regular adds supplies to a visit; 0 = nobody does
	TenureSaving float64 // share of the cost to serve that every year with the shop saves; 0 = none
	GiftPull     float64 // by how much a gift at the second deal, given to every other customer by chance, raises the rate of visits: 0.5 = by half
}

// Spread is a gamma distribution over customers.
type Spread struct {
	Shape float64 // above 0; below 1 most customers are near zero and a few far above the mean
	Mean  float64 // above 0
}

// Channel is a way to the shop. The factors multiply what is drawn for a customer
// whom it brought.
type Channel struct {
	Name    string
	Share   float64 // of arrivals; the shares are relative to their sum
	Rate    float64 // factor on the rate of visits, above 0
	Dropout float64 // factor on the drop-out rate, above 0
	Spend   float64 // taste for dear products: 0 = as popular, 1 = weighted by price

	Store    bool // with opening hours, closed Sundays and staff
	Referred bool // those it brings come on the word of an earlier customer
}

// Bundle is a pair of products that belong together for some customers.
type Bundle struct {
	Product string  // the product that is bought
	With    string  // the one that is added to it
	Channel string  // where the two belong together
	Share   float64 // of receipts with Product in that channel to which With is added
	Base    float64 // the same in the other channels
}

// Default returns two years of a shop with about 3000 customers and all effects
// planted: 104 weeks from Monday, 1 January 2024, in Berlin.
func Default() Config {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // the zone is linked in
	}
	return Config{
		Customers: 3000,
		Weeks:     104,
		Start:     time.Date(2024, time.January, 1, 0, 0, 0, 0, berlin),
		Zone:      berlin,
		Rate:      Spread{Shape: 1.5, Mean: 0.09},
		Dropout:   Spread{Shape: 0.8, Mean: 0.035},
		Channels: []Channel{
			{Name: "search", Share: 0.38, Rate: 1.0, Dropout: 1.0, Spend: 0.0},
			{Name: "social", Share: 0.24, Rate: 0.8, Dropout: 1.9, Spend: -0.3},
			{Name: "referral", Share: 0.14, Rate: 1.4, Dropout: 0.5, Spend: 0.2, Referred: true},
			{Name: "store", Share: 0.24, Rate: 1.0, Dropout: 0.8, Spend: 0.3, Store: true},
		},
		Roaming:      0.15,
		Needs:        0.5,
		Leads:        0.15,
		Conversion:   0.45,
		Refunds:      0.03,
		Bundle:       Bundle{Product: "Notebook 14", With: "Docking station", Channel: "store", Share: 0.45, Base: 0.08},
		Bargain:      0.12,
		Loyalty:      0.55,
		TenureSaving: 0.2,
		GiftPull:     0.5,
	}
}

// Validate reports everything that is wrong with the configuration, as a
// [clientele.ConfigError], or nothing.
func (c Config) Validate() error {
	f := clientele.ConfigError{Op: "shop.Config.Validate"}
	for _, count := range []struct {
		field string
		value int
	}{{"Customers", c.Customers}, {"Weeks", c.Weeks}} {
		if count.value < 1 {
			f.Add(count.field, count.value, rule.Want(rule.Range, "1 or more"))
		}
	}
	if err := rule.Time(c.Start); err != nil {
		f.Add("Start", c.Start, err)
	}
	c.Rate.check(&f, "Rate")
	c.Dropout.check(&f, "Dropout")
	c.checkChannels(&f)
	for _, share := range []struct {
		field string
		value float64
	}{
		{"Roaming", c.Roaming},
		{"Needs", c.Needs},
		{"Leads", c.Leads},
		{"Conversion", c.Conversion},
		{"Refunds", c.Refunds},
		{"Bargain", c.Bargain},
		{"Loyalty", c.Loyalty},
		{"TenureSaving", c.TenureSaving},
		{"GiftPull", c.GiftPull},
		{"Bundle.Share", c.Bundle.Share},
		{"Bundle.Base", c.Bundle.Base},
	} {
		if !(share.value >= 0 && share.value <= 1) {
			f.Add(share.field, share.value, rule.Want(rule.Range, "a share from 0 to 1"))
		}
	}
	c.checkBundle(&f)
	return f.Err()
}

// check notes parameters that no gamma distribution has.
func (s Spread) check(f *clientele.ConfigError, field string) {
	if !isPositive(s.Shape) {
		f.Add(field+".Shape", s.Shape, errFactor)
	}
	if !isPositive(s.Mean) {
		f.Add(field+".Mean", s.Mean, errFactor)
	}
}

// isPositive reports whether x is above zero and finite: no factor or rate of
// the shop is anywhere near a million.
func isPositive(x float64) bool { return x > 0 && x < 1e6 }

var errFactor = rule.Want(rule.Range, "more than 0 and less than a million")

// checkChannels notes what is wrong with the channels.
func (c Config) checkChannels(f *clientele.ConfigError) {
	if len(c.Channels) == 0 {
		f.Add("Channels", nil, rule.Want(rule.Missing, "at least one channel"))
	}
	seen := make(map[string]bool)
	for i, ch := range c.Channels {
		field := fmt.Sprintf("Channels[%d].", i)
		switch {
		case ch.Name == "":
			f.Add(field+"Name", nil, rule.Want(rule.Missing, "the name of the channel"))
		case seen[ch.Name]:
			f.Add(field+"Name", ch.Name, rule.Want(rule.Duplicate, "a name of its own"))
		}
		seen[ch.Name] = true
		for _, factor := range []struct {
			field string
			value float64
		}{{"Share", ch.Share}, {"Rate", ch.Rate}, {"Dropout", ch.Dropout}} {
			if !isPositive(factor.value) {
				f.Add(field+factor.field, factor.value, errFactor)
			}
		}
		if !(ch.Spend >= -2 && ch.Spend <= 2) {
			f.Add(field+"Spend", ch.Spend, rule.Want(rule.Range, "-2 to 2"))
		}
	}
}

// checkBundle notes names that the shop does not have. A bundle without products
// plants nothing.
func (c Config) checkBundle(f *clientele.ConfigError) {
	if c.Bundle == (Bundle{}) {
		return
	}
	for _, name := range []struct{ field, value string }{
		{"Bundle.Product", c.Bundle.Product},
		{"Bundle.With", c.Bundle.With},
	} {
		if _, ok := find(name.value); !ok {
			f.Add(name.field, name.value, rule.Want(rule.Unknown, "a product of the catalogue"))
		}
	}
	if c.Bundle.Product == c.Bundle.With {
		f.Add("Bundle.With", c.Bundle.With, rule.Because(rule.Duplicate, "the product itself", "another product"))
	}
	names := make([]string, len(c.Channels))
	for i, ch := range c.Channels {
		names[i] = ch.Name
	}
	if len(names) > 0 && !slices.Contains(names, c.Bundle.Channel) {
		f.Add("Bundle.Channel", c.Bundle.Channel, rule.OneOf(names...))
	}
}
