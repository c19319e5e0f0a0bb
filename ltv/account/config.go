package account

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Config says what [Accounts] gather.
type Config struct {
	// AsOf is the end of the account, itself included; required. Later receipts are
	// counted and not added.
	AsOf time.Time `json:"asOf"`

	// Book is what the shop offers, for the breadth of what customers choose; empty
	// = breadth is not measured.
	Book clientele.PriceBook `json:"book,omitempty"`

	// Campaigns are times of discounts that all customers could use, for the
	// response to them. They do not overlap.
	Campaigns []Campaign `json:"campaigns,omitempty"`

	// Payback keeps the moment and the profit of every receipt, 32 bytes each, so
	// that [Accounts.Payback] can tell since when a customer has paid back what the
	// acquisition cost.
	Payback bool `json:"payback,omitempty"`
}

// Campaign is a time from From up to, but not at, Until.
type Campaign struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

func (c Campaign) overlaps(o Campaign) bool { return c.From.Before(o.Until) && o.From.Before(c.Until) }

// fill returns a copy of the configuration with its lists in order, and notes all
// its faults.
func (c Config) fill(faults *clientele.ConfigError) Config {
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	} else {
		c.AsOf = rule.Moment(c.AsOf.UnixNano())
	}
	fault.AddPart(faults, "Book", c.Book.Validate())
	c.checkCampaigns(faults)
	c.Book = slices.Clone(c.Book)
	slices.SortFunc(c.Book, compareListings)
	c.Campaigns = slices.Clone(c.Campaigns)
	slices.SortFunc(c.Campaigns, func(a, b Campaign) int { return a.From.Compare(b.From) })
	return c
}

// checkCampaigns notes times that are unusable, ends that are not after their
// beginnings, and overlaps.
func (c Config) checkCampaigns(faults *clientele.ConfigError) {
	usable := true
	for i, p := range c.Campaigns {
		for _, end := range []struct {
			field string
			at    time.Time
		}{{"From", p.From}, {"Until", p.Until}} {
			if err := rule.Time(end.at); err != nil {
				faults.Add(fmt.Sprintf("Campaigns[%d].%s", i, end.field), end.at, err)
				usable = false
			}
		}
		if usable && !p.Until.After(p.From) {
			faults.Add(fmt.Sprintf("Campaigns[%d].Until", i), p.Until, clientele.ErrRange)
		}
	}
	for i, p := range c.Campaigns {
		if usable && slices.ContainsFunc(c.Campaigns[:i], p.overlaps) {
			faults.Add(fmt.Sprintf("Campaigns[%d].From", i), p.From, errOverlap)
		}
	}
}

var errOverlap = fmt.Errorf("%w: overlaps an earlier campaign of the list", clientele.ErrRange)

// equal reports whether accounts of two filled configurations can be merged.
func (c Config) equal(o Config) bool {
	return c.AsOf.Equal(o.AsOf) && c.Payback == o.Payback &&
		slices.EqualFunc(c.Campaigns, o.Campaigns, func(a, b Campaign) bool { return a.From.Equal(b.From) && a.Until.Equal(b.Until) }) &&
		slices.EqualFunc(c.Book, o.Book, func(a, b clientele.Listing) bool {
			return a.Category == b.Category && a.Product == b.Product && a.Price.Equal(b.Price)
		})
}

// compareListings orders a book, in which every item is once.
func compareListings(a, b clientele.Listing) int {
	return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Product, b.Product))
}
