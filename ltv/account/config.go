package account

import (
	"cmp"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says what [Accounts] gather.
type Config struct {
	// AsOf is the last moment that counts; required. Later receipts are counted in
	// [Accounts.Later] and otherwise ignored.
	AsOf time.Time `json:"asOf"`

	// Book is what the shop offers at which price, for [Account].Breadth; empty =
	// Breadth is not measured.
	Book clientele.PriceBook `json:"book,omitempty"`

	// Campaigns are times of discounts that all customers could use, for
	// [CampaignResponse] and [Account].DealsInCampaigns. They must not overlap,
	// and be at most 5,000.
	Campaigns []Campaign `json:"campaigns,omitempty"`

	// Payback says whether to keep the moment and the contribution of every receipt, 32
	// bytes each, which [Accounts.Payback] needs to tell when a customer has paid back the
	// cost of acquisition.
	Payback bool `json:"payback,omitempty"`
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [New] does.
func (c Config) Validate() error {
	faults := clientele.ConfigError{Op: "account.Config.Validate"}
	c.fill(&faults)
	return faults.Err()
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.Config.UnmarshalJSON", data, c)
}

// fill returns a copy of the configuration with its lists in order, and notes all
// its faults.
func (c Config) fill(faults *clientele.ConfigError) Config {
	if fault.AddAsOf(faults, c.AsOf) {
		c.AsOf = rule.Moment(c.AsOf.UnixNano())
	}
	fault.AddPart(faults, "Book", c.Book.Validate())
	checkCampaigns(faults, c.Campaigns)
	c.Book = slices.Clone(c.Book)
	slices.SortFunc(c.Book, compareListings)
	c.Campaigns = slices.Clone(c.Campaigns)
	slices.SortFunc(c.Campaigns, func(a, b Campaign) int { return a.From.Compare(b.From) })
	return c
}

// checkMoment notes a moment that is missing, and then what it means, or unusable.
func checkMoment(faults *clientele.ConfigError, field string, at time.Time, meaning string) (ok bool) {
	switch err := rule.Time(at); {
	case at.IsZero():
		faults.Add(field, nil, rule.Want(rule.ZeroTime, "%s", meaning))
	case err != nil:
		faults.Add(field, at, err)
	default:
		return true
	}
	return false
}

// difference returns the first field in which two filled configurations gather
// different facts, with the value of each; "" where their accounts can be merged.
func (c Config) difference(o Config) (field string, own, other any) {
	switch {
	case !c.AsOf.Equal(o.AsOf):
		return "AsOf", c.AsOf, o.AsOf
	case c.Payback != o.Payback:
		return "Payback", c.Payback, o.Payback
	}
	if i, differ := firstDifference(c.Campaigns, o.Campaigns, Campaign.equal); differ {
		return index("Campaigns", i), elementAt(c.Campaigns, i), elementAt(o.Campaigns, i)
	}
	if i, differ := firstDifference(c.Book, o.Book, equalListings); differ {
		return index("Book", i), elementAt(c.Book, i), elementAt(o.Book, i)
	}
	return "", nil, nil
}

// firstDifference returns the place of the first element that is not the same in both
// lists.
func firstDifference[T any](a, b []T, equal func(a, b T) bool) (i int, differ bool) {
	for ; i < min(len(a), len(b)); i++ {
		if !equal(a[i], b[i]) {
			return i, true
		}
	}
	return i, len(a) != len(b)
}

// elementAt returns an element of a list, nil for one beyond its end.
func elementAt[T any](list []T, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// compareListings orders a book, in which every item is once.
func compareListings(a, b clientele.Listing) int {
	return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Product, b.Product))
}

func equalListings(a, b clientele.Listing) bool {
	return compareListings(a, b) == 0 && a.Price.Equal(b.Price)
}
