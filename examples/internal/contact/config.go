package contact

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Config says which truths are planted. Its fields are shares, from 0 to 1. [Default] returns a
// usable one.
type Config struct {
	Forms  float64 // share of people on the site who leave their telephone number; at least 0.05
	Calls  float64 // share of people with a number left whom an operator reaches; at least 0.05
	Orders float64 // share of people who were called who order; at least 0.05

	Returns float64 // share of people on the site who come back by an advertisement that follows them

	Shared float64 // share of people whose talk goes on over all channels: their integration is omni
	Broken float64 // share of people who have to start anew in each channel: their integration is multi; that of all others is cross

	OnlineFirst float64 // share of purchases in the store that were looked up on the site within the two weeks before; others may have been on the web for something else
	Unknown     float64 // share of purchases in the store whose customer is not known
	Twice       float64 // share of messages after a purchase that come by e-mail and by messenger
	Nonsense    float64 // share of forms with a nonsense telephone number beside the true one
}

// Window is the longest time from a person's first touch to the order.
const Window clientele.Days = 30

// Default returns truths that reports find in a shop of a few hundred customers.
func Default() Config {
	return Config{
		Forms: 0.40, Calls: 0.80, Orders: 0.50,
		Returns: 0.35,
		Shared:  0.30, Broken: 0.45,
		OnlineFirst: 0.45, Unknown: 0.15, Twice: 0.10, Nonsense: 0.05,
	}
}

// Validate reports everything that is wrong with the configuration, as a
// [clientele.ConfigError], or nothing.
func (c Config) Validate() error {
	f := clientele.ConfigError{Op: "contact.Config.Validate"}
	for _, share := range []struct {
		field string
		value float64
		least float64
	}{
		{"Forms", c.Forms, smallest},
		{"Calls", c.Calls, smallest},
		{"Orders", c.Orders, smallest},
		{"Returns", c.Returns, 0},
		{"Shared", c.Shared, 0},
		{"Broken", c.Broken, 0},
		{"OnlineFirst", c.OnlineFirst, 0},
		{"Unknown", c.Unknown, 0},
		{"Twice", c.Twice, 0},
		{"Nonsense", c.Nonsense, 0},
	} {
		if !(share.value >= share.least && share.value <= 1) {
			f.Add(share.field, share.value, rule.Want(rule.Range, "a share from %v to 1", share.least))
		}
	}
	if c.Shared+c.Broken > 1 {
		f.Add("Broken", c.Broken, rule.Want(rule.Range, "at most 1 together with Shared"))
	}
	return f.Err()
}

// smallest is the least share of a step that people get through: with smaller ones, those
// who are lost would be too many.
const smallest = 0.05

// Days within which the steps on the way to an order come. Together they are shorter than
// Window.
const (
	waitDays   = 4  // from the form to the call, and from the call to the order
	returnDays = 6  // from the first visit of the site to the second
	formDays   = 7  // from the last visit of the site to the form
	lookupDays = 13 // from the look at the site to the purchase in the store
	thankDays  = 3  // from a day after the purchase to the message, and from the e-mail to the messenger
)
