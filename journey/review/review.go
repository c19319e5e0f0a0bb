package review

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Review is what a customer says of one product or one touchpoint.
type Review struct {
	// ID is the host's number of the review. Reviews of one ID are versions of one review, of
	// which one counts. "" = none: such a review has no other versions.
	ID      string `json:"id,omitempty"`
	Version int    `json:"version,omitempty"` // number of the version, which grows with each edit; not negative

	Customer string `json:"customer"` // who wrote it; required

	// What it is of: one of the two. A review of both is two reviews.
	Product    string `json:"product,omitempty"`    // name of a product
	Touchpoint string `json:"touchpoint,omitempty"` // name of a touchpoint

	Rating *float64 `json:"rating,omitempty"` // rating on the scale of the configuration; nil = none was given
	Topics []string `json:"topics,omitempty"` // what it is about, in the host's words; one that is given twice counts once

	At          time.Time `json:"at"`                   // when it was written; from 1678 to 2261
	Arrived     time.Time `json:"arrived,omitzero"`     // when the host had it, not before At; zero = at once
	Experienced time.Time `json:"experienced,omitzero"` // when the purchase or the touch was, not after At; zero = not known

	// PassedOn is how often it was passed on to others: forwarded, shared, read to a friend.
	// From 0 to a billion.
	PassedOn int `json:"passedOn,omitempty"`

	// ReferredBy is the customer who recommended the product or the touchpoint to the one who
	// writes. It counts as passed on with the review that the former wrote of it. "" = nobody,
	// or not known.
	ReferredBy string `json:"referredBy,omitempty"`

	Withdrawn bool `json:"withdrawn,omitempty"` // whether this version takes the review back
}

// mostPassedOn bounds Review.PassedOn, so that sums are whole numbers.
const mostPassedOn = 1_000_000_000

// Validate returns a [clientele.InputError] without Op and Index for the first field that is
// unusable, or nil: no customer, neither product nor touchpoint, or a topic without a name
// ([clientele.ErrMissing]), both product and touchpoint ([clientele.ErrRange]), a time that
// is zero ([clientele.ErrZeroTime]) or outside 1678-2261 ([clientele.ErrTimeRange]), times in
// the wrong order ([clientele.ErrRange]), a rating that is no number
// ([clientele.ErrNotFinite]), a negative version ([clientele.ErrNegative]), a PassedOn that
// is negative or above a billion, or a customer who is their own referrer
// ([clientele.ErrRange]). Whether a rating is on the scale is judged by the [Counter].
func (r Review) Validate() error { return r.check() }

// check is Validate without a copy.
func (r *Review) check() error {
	switch {
	case r.Customer == "":
		return unusable("Customer", nil, errNoCustomer)
	case r.Product == "" && r.Touchpoint == "":
		return unusable("Product", nil, errNoObject)
	case r.Product != "" && r.Touchpoint != "":
		return unusable("Touchpoint", r.Touchpoint, errTwoObjects)
	case r.Rating != nil && !rule.IsFinite(*r.Rating):
		return unusable("Rating", *r.Rating, errNotFinite)
	case r.Version < 0:
		return unusable("Version", r.Version, errVersion)
	case r.PassedOn < 0 || r.PassedOn > mostPassedOn:
		return unusable("PassedOn", r.PassedOn, errPassedOn)
	case r.ReferredBy == r.Customer:
		return unusable("ReferredBy", r.ReferredBy, errOwnReferrer)
	}
	for i, topic := range r.Topics {
		if topic == "" {
			return unusable(fmt.Sprintf("Topics[%d]", i), nil, errNoTopic)
		}
	}
	return r.checkTimes()
}

// checkTimes checks when it was written, arrived and experienced.
func (r *Review) checkTimes() error {
	if err := rule.Time(r.At); err != nil {
		return unusable("At", r.At, err)
	}
	if !r.Arrived.IsZero() {
		if err := rule.Time(r.Arrived); err != nil {
			return unusable("Arrived", r.Arrived, err)
		}
		if r.Arrived.Before(r.At) {
			return unusable("Arrived", r.Arrived, rule.Because(rule.Range, "before At", "a moment from %v on, or none", r.At))
		}
	}
	if !r.Experienced.IsZero() {
		if err := rule.Time(r.Experienced); err != nil {
			return unusable("Experienced", r.Experienced, err)
		}
		if r.Experienced.After(r.At) {
			return unusable("Experienced", r.Experienced, rule.Because(rule.Range, "after At", "a moment up to %v, or none", r.At))
		}
	}
	return nil
}

var (
	errNoCustomer  = rule.Want(rule.Missing, "the customer who wrote it")
	errNoObject    = rule.Want(rule.Missing, "a product or a touchpoint")
	errTwoObjects  = rule.Because(rule.Range, "given with Product", "one of the two: a review of both is two reviews")
	errNotFinite   = rule.Want(rule.NotFinite, "a rating on the scale, or none")
	errVersion     = rule.Want(rule.Negative, "the number of the version, from 0 on")
	errPassedOn    = rule.Want(rule.Range, "0 to %d", mostPassedOn)
	errOwnReferrer = rule.Because(rule.Range, "the customer who wrote it", "another customer, or none")
	errNoTopic     = rule.Want(rule.Missing, "the name of a topic")
)

// unusable says that a field of a review cannot be used.
func unusable(field string, value any, err error) error { return fault.Of("", field, value, err) }

// name is what a review is called in warnings: its ID or, without one, its customer.
func (r *Review) name() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Customer
}

// arrival is when the host had the review.
func (r *Review) arrival() time.Time {
	if r.Arrived.IsZero() {
		return r.At
	}
	return r.Arrived
}

// object is what the review is of.
func (r *Review) object() (of Kind, name string) {
	if r.Touchpoint != "" {
		return Touchpoint, r.Touchpoint
	}
	return Product, r.Product
}
