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
)

// Contact is a contact that the brand made with a customer: a letter, a call, a message.
type Contact[K clientele.ID] struct {
	Customer K         `json:"customer"`
	At       time.Time `json:"at"`
	Kind     string    `json:"kind,omitempty"`
}

// ContactConfig says which customers [Activity.ContactLag] sets against which.
type ContactConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// and touches are counted and left out.
	AsOf time.Time `json:"asOf"`

	// Within is how long after the first purchase it is seen whether a customer
	// becomes regular, the same for everybody; required.
	Within clientele.Days `json:"within"`

	// Regular is how many purchases in that time, the first included, make a customer
	// regular; 0 = 3.
	Regular int `json:"regular,omitempty"`

	// Since and Until restrict first purchases to Since ≤ at < Until; zero = no bound.
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`

	Kinds  []string  `json:"kinds,omitempty"`  // of touches that count; empty = all
	Shares []float64 `json:"shares,omitempty"` // of customers, for Quantiles; empty = 0.25, 0.5, 0.75

	Level float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

const defaultRegular = 3

var defaultLagShares = []float64{0.25, 0.5, 0.75}

func (c *ContactConfig) outcomes() OutcomeConfig {
	return OutcomeConfig{AsOf: c.AsOf, Deal: 1, Within: c.Within, Since: c.Since, Until: c.Until, Workers: c.Workers}
}

// fill returns the configuration with defaults and notes its faults.
func (c ContactConfig) fill(faults *clientele.ConfigError) ContactConfig {
	c.outcomes().fill(faults)
	switch {
	case c.Regular < 0:
		faults.Add("Regular", c.Regular, clientele.ErrNegative)
	case c.Regular == 0:
		c.Regular = defaultRegular
	case c.Regular == 1:
		faults.Add("Regular", c.Regular, fmt.Errorf("%w: 1 is everybody", clientele.ErrRange))
	}
	c.Kinds, c.Shares = slices.Clone(c.Kinds), slices.Clone(c.Shares)
	if len(c.Shares) == 0 {
		c.Shares = slices.Clone(defaultLagShares)
	}
	for i, share := range c.Shares {
		if !(share > 0 && share < 1) {
			faults.Add(fmt.Sprintf("Shares[%d]", i), share, clientele.ErrRange)
		}
	}
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// ContactReport tells how soon after the first purchase the brand made contact.
type ContactReport struct {
	Config  ContactConfig `json:"config"`
	Regular ContactGroup  `json:"regular"` // customers who became regular
	Others  ContactGroup  `json:"others"`

	// Test is the log-rank test of equal lags; nil where it cannot be made, as with
	// customers in one group alone or without touches.
	Test *survival.Test `json:"test,omitempty"`

	// Customers who are in neither group, and purchases and refunds after AsOf.
	Open        int `json:"open,omitempty"`        // customers whose first purchase is less than Within before AsOf
	Outside     int `json:"outside,omitempty"`     // customers whose first purchase is before Since or not before Until
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`

	Contacts ContactCount `json:"contacts"`
}

// ContactGroup is how soon the customers of a group were touched.
type ContactGroup struct {
	Customers int `json:"customers"`
	Contacted int `json:"contacted"` // customers who were, after the first purchase and by AsOf

	// Median and Quantiles are the days by which shares of the customers had been
	// touched, by Kaplan and Meier; nil without customers.
	Median    *survival.Quantile  `json:"median"`
	Quantiles []survival.Quantile `json:"quantiles"`

	// Curve is the share of customers who had not been touched, by days since the
	// first purchase; nil without customers.
	Curve *survival.Curve `json:"-"`
}

// ContactCount says what became of each touch.
type ContactCount struct {
	First     int `json:"first"`               // the first of a customer who is in a group
	Further   int `json:"further,omitempty"`   // of one who had been touched since the first purchase
	Before    int `json:"before,omitempty"`    // not after the first purchase
	After     int `json:"after,omitempty"`     // after AsOf
	Other     int `json:"other,omitempty"`     // of a kind that does not count
	Ungrouped int `json:"ungrouped,omitempty"` // of someone who is in no group: has not bought, or cannot be judged yet
}

// ContactLag tells how long it was from the first purchase to the brand's next touch,
// for customers who became regular against those who did not. A customer who has not
// been touched is not lost: the lag is censored at AsOf.
//
// Whether a customer became regular is seen in a time of the same length for everybody,
// and only of those whose time has ended by AsOf: otherwise newcomers would be among
// those who did not, and would have had less time to be touched as well. A touch counts
// whenever it comes; one at the very moment of the first purchase is not after it.
//
// The difference is no proof that early contact makes customers regular. Groups are
// known only in the end, and buying again may itself bring a touch: of regular customers
// who are slow to be touched some were regular before. Lags that are short beside the
// time between purchases are safe from that; whether contact helps is for
// [Activity.Compare] to tell, of groups that are fixed at the first purchase.
//
// Touches of people without purchases are nothing unusual and counted. A touch at an
// unusable time is an InputError with its index. Without customers in the groups it is
// [clientele.ErrEmpty].
func (a *Activity[K]) ContactLag(cfg ContactConfig, touches iter.Seq2[Contact[K], error]) (*ContactReport, error) {
	const op = "cohort.Activity.ContactLag"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if touches == nil {
		faults.Add("contacts", nil, clientele.ErrMissing)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(cfg.outcomes())
	r := &ContactReport{Config: cfg, NeverBought: found.never, Later: found.later}
	next, err := a.nextTouches(op, r, found, touches)
	if err != nil {
		return nil, err
	}
	var groups [2][]survival.Spell
	asOf := cfg.AsOf.UnixNano()
	for i, w := range found.all() {
		switch w.state {
		case windowOpen:
			r.Open++
		case windowOutside:
			r.Outside++
		default:
			s := survival.Spell{Group: "regular", Time: daysOf(uint64(min(next[i], asOf)) - uint64(w.start)), Event: next[i] != forever}
			g := 0
			if int(w.at)+int(w.deals) < cfg.Regular {
				s.Group, g = "other", 1
			}
			groups[g] = append(groups[g], s)
		}
	}
	if len(groups[0])+len(groups[1]) == 0 {
		return nil, nobody(op)
	}
	r.Regular, r.Others = contactGroup(groups[0], &cfg), contactGroup(groups[1], &cfg)
	// The spells are usable: an error is that there is nothing to test by.
	if test, err := survival.LogRank(clientele.All(append(groups[0], groups[1]...))); err == nil {
		r.Test = &test
	}
	return r, nil
}

// nextTouches returns for each slot the first touch after the customer's window begins,
// and counts all touches.
func (a *Activity[K]) nextTouches(op string, r *ContactReport, found *windows, touches iter.Seq2[Contact[K], error]) ([]int64, error) {
	asOf := r.Config.AsOf.UnixNano()
	next, roster := slices.Repeat([]int64{forever}, len(found.rows)), a.known()
	check := func(t Contact[K]) error {
		if err := rule.Time(t.At); err != nil {
			return &clientele.InputError{Index: -1, Field: "At", Value: t.At, Err: err}
		}
		return nil
	}
	for t, err := range fault.Checked(op, touches, check) {
		if err != nil {
			return nil, err
		}
		at := t.At.UnixNano()
		i, ok := roster.Find(t.Customer)
		switch {
		case len(r.Config.Kinds) > 0 && !slices.Contains(r.Config.Kinds, t.Kind):
			r.Contacts.Other++
		case at > asOf:
			r.Contacts.After++
		case !ok || found.rows[i].state != windowEnded:
			r.Contacts.Ungrouped++
		case at <= found.rows[i].start:
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

// contactGroup estimates the lags of a group.
func contactGroup(spells []survival.Spell, cfg *ContactConfig) ContactGroup {
	g := ContactGroup{Customers: len(spells)}
	if len(spells) == 0 {
		return g
	}
	// The spells are usable and there are some, and so are the configuration and shares.
	g.Curve, _ = survival.KaplanMeier(clientele.All(spells), survival.Config{Level: cfg.Level})
	g.Contacted = int(g.Curve.Events)
	g.Median = new(g.Curve.Median())
	for _, share := range cfg.Shares {
		q, _ := g.Curve.Quantile(share)
		g.Quantiles = append(g.Quantiles, q)
	}
	return g
}
