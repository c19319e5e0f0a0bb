package cohort

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Contact is a contact that the brand made with a customer: a letter, a call, a message.
// It differs from survey.Contact, which follows an answer.
type Contact[K clientele.ID] struct {
	Customer K         `json:"customer"`       // customer who was contacted
	At       time.Time `json:"at"`             // when the contact was made
	Kind     string    `json:"kind,omitempty"` // any name, as in "call"
}

// ContactConfig says which customers [Activity.ContactLag] compares with which.
type ContactConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// and contacts are counted and left out.
	AsOf time.Time `json:"asOf"`

	// Within is the time after the first purchase in which a customer becomes regular
	// or does not, the same for everybody; required.
	Within clientele.Days `json:"within"`

	// Regular is how many purchases in that time, the first included, make a customer
	// regular; 0 = 3. At least 2.
	Regular int `json:"regular,omitempty"`

	Since time.Time `json:"since,omitzero"` // first purchases that are earlier do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // first purchases then or later do not count; zero = no bound

	Kinds  []string  `json:"kinds,omitempty"`  // kinds of contacts that count; empty = all
	Shares []float64 `json:"shares,omitempty"` // shares of customers for ContactGroup.Quantiles; empty = 0.25, 0.5, 0.75

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *ContactConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ContactConfig.UnmarshalJSON", data, c)
}

const defaultRegular = 3

var defaultLagShares = [...]float64{0.25, 0.5, 0.75}

// The faults of a ContactConfig.
var (
	errRegular         = rule.Want(rule.Negative, "2 purchases or more; 0 = %d", defaultRegular)
	errEveryoneRegular = rule.Because(rule.Range, "makes every customer regular", "2 purchases or more; 0 = %d", defaultRegular)
	errLagShare        = rule.Want(rule.Range, "a share of customers between 0 and 1, such as 0.5")
)

// outcomes is the part that says what is observed.
func (c *ContactConfig) outcomes() OutcomeConfig {
	return OutcomeConfig{AsOf: c.AsOf, From: 1, Within: c.Within, Since: c.Since, Until: c.Until, Workers: c.Workers}
}

// fill returns the configuration with its defaults and notes its faults.
func (c ContactConfig) fill(faults *clientele.ConfigError) ContactConfig {
	c.outcomes().fill(faults)
	switch {
	case c.Regular < 0:
		faults.Add("Regular", c.Regular, errRegular)
	case c.Regular == 0:
		c.Regular = defaultRegular
	case c.Regular == 1:
		faults.Add("Regular", c.Regular, errEveryoneRegular)
	}
	c.Kinds, c.Shares = slices.Clone(c.Kinds), slices.Clone(c.Shares)
	if len(c.Shares) == 0 {
		c.Shares = slices.Clone(defaultLagShares[:])
	}
	for i, share := range c.Shares {
		if !(share > 0 && share < 1) {
			faults.Add(fmt.Sprintf("Shares[%d]", i), share, errLagShare)
		}
	}
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// ContactReport shows how soon after the first purchase the brand made contact.
type ContactReport struct {
	Config  ContactConfig `json:"config"`  // the configuration, with defaults filled in
	Regular ContactGroup  `json:"regular"` // customers who became regular
	Others  ContactGroup  `json:"others"`  // customers who did not become regular

	// Test is the log-rank test of equal lags. It is nil where it cannot be made, as
	// with customers in only one group, or without contacts.
	Test *survival.Test `json:"test,omitempty"`

	Open        int `json:"open,omitempty"`        // customers in neither group, whose first purchase is less than Within before AsOf
	Outside     int `json:"outside,omitempty"`     // customers in neither group, whose first purchase is before Since or not before Until
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	Contacts ContactCount `json:"contacts"` // what became of the contacts
}

// ContactGroup is how soon the customers of a group were contacted.
type ContactGroup struct {
	Customers int `json:"customers"` // customers of the group
	Contacted int `json:"contacted"` // customers with a contact after the first purchase and by AsOf

	// Median is the days by which half of the customers had been contacted, by Kaplan and
	// Meier; nil without customers.
	Median *survival.Quantile `json:"median"`

	// Quantiles are the days by which the shares of customers of ContactConfig.Shares had
	// been contacted, in the same order; nil without customers.
	Quantiles []survival.Quantile `json:"quantiles"`

	// Curve is the share of customers who had not been contacted, by days since the
	// first purchase; nil without customers.
	Curve *survival.Curve `json:"-"`
}

// ContactCount is what became of the contacts. Its fields add up to all contacts read.
type ContactCount struct {
	First     int `json:"first"`               // contacts that are the first with a customer of a group since the first purchase
	Further   int `json:"further,omitempty"`   // further contacts with such a customer
	Before    int `json:"before,omitempty"`    // contacts not later than the customer's first purchase
	After     int `json:"after,omitempty"`     // contacts after AsOf
	Other     int `json:"other,omitempty"`     // contacts of a kind that does not count
	Ungrouped int `json:"ungrouped,omitempty"` // contacts with people in neither group: not customers, or a first purchase too recent or outside Since and Until
}

// ContactLag measures how long it took from the first purchase to the brand's next
// contact, for customers who became regular and for those who did not. A customer
// without a contact is not left out: the lag is censored at AsOf.
//
// Everybody has the same time to become regular, and only customers whose time has
// ended by AsOf count. Otherwise newcomers would be among those who did not, and would
// have had less time to be contacted as well. A contact counts whenever it comes; one at
// the very moment of the first purchase is not after it.
//
// A difference is no proof that early contact makes customers regular. The groups are
// known only in the end, and buying again may itself bring a contact: of regular
// customers who are contacted late, some were regular before. Lags that are short
// compared with the time between purchases are safe from that. [Activity.Compare] finds
// whether contact helps, given groups that are fixed at the first purchase.
//
// Contacts with people who never bought are allowed, and counted in
// ContactCount.Ungrouped. ContactLag returns an InputError with the index of a contact
// whose time cannot be used, and [clientele.ErrEmpty] if neither group has customers.
func (a *Activity[K]) ContactLag(cfg ContactConfig, contacts iter.Seq2[Contact[K], error]) (*ContactReport, error) {
	const op = "cohort.Activity.ContactLag"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "contacts", contacts)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	found := a.book.windows(a.known().Len(), cfg.outcomes())
	r := &ContactReport{Config: cfg, NeverBought: found.neverBought, Later: found.later}
	next, err := a.nextContacts(op, r, found, contacts)
	if err != nil {
		return nil, err
	}
	n := found.counts()
	r.Open, r.Outside = n.open, n.outside
	if n.ended == 0 {
		return nil, a.book.nobody(op, cfg.AsOf.UnixNano(), found.nobody(n))
	}
	regular, others := found.lags(&cfg, next)
	r.Regular, r.Others = contactGroup(regular, &cfg), contactGroup(others, &cfg)
	// The spells are usable: an error is that there is nothing to test by.
	if test, err := survival.LogRank(clientele.All(append(regular, others...))); err == nil {
		r.Test = &test
	}
	return r, nil
}

// nextContacts returns for each slot the first contact after the customer's window
// begins, and counts all contacts.
func (a *Activity[K]) nextContacts(op string, r *ContactReport, found *windows, contacts iter.Seq2[Contact[K], error]) ([]int64, error) {
	asOf := r.Config.AsOf.UnixNano()
	next, roster := slices.Repeat([]int64{forever}, len(found.bySlot)), a.known()
	check := func(c Contact[K]) error {
		if err := rule.Time(c.At); err != nil {
			return fault.Of("", "At", c.At, err)
		}
		return nil
	}
	for c, err := range fault.Checked(op, contacts, check) {
		if err != nil {
			return nil, err
		}
		at := c.At.UnixNano()
		i, ok := roster.Find(c.Customer)
		switch {
		case len(r.Config.Kinds) > 0 && !slices.Contains(r.Config.Kinds, c.Kind):
			r.Contacts.Other++
		case at > asOf:
			r.Contacts.After++
		case !ok || found.bySlot[i].state != windowEnded:
			r.Contacts.Ungrouped++
		case at <= found.bySlot[i].start:
			r.Contacts.Before++
		case next[i] == forever:
			r.Contacts.First++
			next[i] = at
		default:
			r.Contacts.Further++
			next[i] = min(next[i], at)
		}
	}
	return next, nil
}

// lags are the times from the first purchase to the next contact, of regular customers
// and of others.
func (ws *windows) lags(cfg *ContactConfig, next []int64) (regular, others []survival.Spell) {
	asOf := cfg.AsOf.UnixNano()
	for i, w := range ws.all() {
		if w.state != windowEnded {
			continue
		}
		s := survival.Spell{Time: daysOf(uint64(min(next[i], asOf)) - uint64(w.start)), Event: next[i] != forever}
		if int(w.atStart)+int(w.deals) >= cfg.Regular {
			s.Group = "regular"
			regular = append(regular, s)
		} else {
			s.Group = "other"
			others = append(others, s)
		}
	}
	return regular, others
}

// contactGroup estimates the lags of a group.
func contactGroup(spells []survival.Spell, cfg *ContactConfig) ContactGroup {
	g := ContactGroup{Customers: len(spells)}
	if len(spells) == 0 {
		return g
	}
	// There are spells, all of them usable, and so are the configuration and shares.
	g.Curve, _ = survival.KaplanMeier(clientele.All(spells), survival.Config{Level: cfg.Level})
	g.Contacted = int(g.Curve.Events)
	g.Median = new(g.Curve.Median())
	for _, share := range cfg.Shares {
		q, _ := g.Curve.Quantile(share)
		g.Quantiles = append(g.Quantiles, q)
	}
	return g
}
