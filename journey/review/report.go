package review

import (
	"time"

	"github.com/clientele-go/clientele"
)

// Report is what customers say in their reviews. Given is the sum of All.Reviews, of
// Late.All.Reviews where late reviews are apart, and of Superseded, Replaced, Repeated,
// Withdrawn, Outside, Later and the reviews of Unusable.
type Report struct {
	Config Config `json:"config"` // what was asked, with defaults filled in

	Given      int `json:"given"`                // reviews that were read
	Superseded int `json:"superseded,omitempty"` // reviews that do not count since another of the same customer and object does
	Replaced   int `json:"replaced,omitempty"`   // versions that a later one replaced
	Repeated   int `json:"repeated,omitempty"`   // repetitions of a version, with the same ID and content
	Withdrawn  int `json:"withdrawn,omitempty"`  // reviews that were taken back
	Outside    int `json:"outside,omitempty"`    // reviews before Since, or not before Until
	Later      int `json:"later,omitempty"`      // reviews that were written or arrived after AsOf
	Ties       int `json:"ties,omitempty"`       // reviews that share version and time with another one of the same ID, or of the same customer and object, and differ

	Unusable []UnusableWarning `json:"unusable,omitempty"` // reviews left out because they are unusable, by field and reason, ascending

	All         Group        `json:"all"`         // all reviews that count
	Products    []Group      `json:"products"`    // by product, the surest good ones first
	Touchpoints []Group      `json:"touchpoints"` // by touchpoint, the surest good ones first
	Topics      []TopicGroup `json:"topics"`      // by topic, the surest good ones first

	Periods []Period `json:"periods"` // by period, ascending, those with reviews

	Late Late `json:"late"` // late reviews

	// Warnings are doubts that do not stop the answer: [UnusableWarning], [TieWarning]. They
	// say in words what Unusable and Ties say in numbers.
	Warnings []error `json:"-"`
}

// Group is the reviews of one product, touchpoint or topic, or all reviews. Groups are ranked
// by the lower limit of Share, then by Share itself, then by its upper limit, then by name;
// those without ratings come last, by name.
type Group struct {
	Name string `json:"name,omitempty"` // name of the product, touchpoint or topic; "" = all
	Rank int    `json:"rank,omitempty"` // place among groups that are ranked together, from 1 on; groups of equal limits share it; 0 = without a rank

	Reviews  int `json:"reviews"`        // reviews that count
	Rated    int `json:"rated"`          // reviews with a rating
	Positive int `json:"positive"`       // reviews with a positive rating
	Late     int `json:"late,omitempty"` // late reviews, which are in Reviews unless they are apart

	Share   *clientele.Estimate `json:"share,omitempty"`   // share of Positive in Rated, with Wilson's interval; nil without ratings
	Mean    *clientele.Estimate `json:"mean,omitempty"`    // mean rating, with the interval of Pearson's chi-square on the scale; nil without ratings
	Ratings []RatingCount       `json:"ratings,omitempty"` // how many gave which rating, ascending

	PassedOn PassedOn `json:"passedOn"` // what was passed on to others
}

// RatingCount is how many reviews gave a rating.
type RatingCount struct {
	Rating  float64 `json:"rating"`  // the rating
	Reviews int     `json:"reviews"` // how many gave it
}

// PassedOn is what of some reviews was passed on to others. A review was passed on where its
// Review.PassedOn is above 0, or where somebody else who writes of the same object names its
// customer as referrer. What is known of superseded reviews counts with the review of the same
// customer and object that superseded them.
type PassedOn struct {
	Reviews  int                 `json:"reviews"`         // reviews that were passed on
	Share    *clientele.Estimate `json:"share,omitempty"` // share of Reviews in all reviews of the group, with Wilson's interval; nil without reviews
	Positive int                 `json:"positive"`        // reviews that were passed on and have a positive rating

	Times      int64 `json:"times"`                // sum of Review.PassedOn
	Referrals  int   `json:"referrals"`            // reviews of others that name the customer of one of these as referrer
	Uncredited int   `json:"uncredited,omitempty"` // reviews of the group that name a referrer of whom no review of the same object counts, so that nobody is credited
}

// TopicGroup is the reviews of a topic, and how they differ from all others.
type TopicGroup struct {
	Group

	// Effect compares the share of positive ratings without the topic (First) and with it
	// (Second). What goes with low ratings is no proof of a cause.
	Effect Contrast `json:"effect"`
}

// Period is the reviews of one period. Of several reviews in it by one customer of one object,
// one counts, as Config.Repeats says, whatever the customer wrote in other periods: so periods
// do not add up to the whole.
type Period struct {
	Label string    `json:"label"` // name of the period, as in 2025-03
	Start time.Time `json:"start"` // first moment of the period

	// Complete is whether no review of the period is missing: it was over by AsOf, closed if
	// there is a ClosesAfter, and lies between Since and Until as a whole.
	Complete bool `json:"complete"`

	All         Group   `json:"all"`         // all reviews of the period
	Products    []Group `json:"products"`    // those with reviews, ranked within the period
	Touchpoints []Group `json:"touchpoints"` // those with reviews, ranked within the period
	Topics      []Group `json:"topics"`      // those with reviews, ranked within the period
}

// Late is the late reviews.
type Late struct {
	Tardy   int `json:"tardy"`   // written longer than Config.Within after the purchase or the touch
	Overdue int `json:"overdue"` // written in time, and arrived after their period was closed

	All Group `json:"all"` // the late reviews that count; unless they are apart, they are in all other groups, too
}

// groups are the groups of a kind, in their order.
func (r *Report) groups(of Kind) []Group {
	switch {
	case r == nil:
		return nil
	case of == Product:
		return r.Products
	case of == Touchpoint:
		return r.Touchpoints
	case of != Topic:
		return nil
	}
	var all []Group
	for i := range r.Topics {
		all = append(all, r.Topics[i].Group)
	}
	return all
}

// groups are the groups of a kind, in their order.
func (p *Period) groups(of Kind) []Group {
	switch of {
	case Product:
		return p.Products
	case Touchpoint:
		return p.Touchpoints
	case Topic:
		return p.Topics
	}
	return nil
}

// Group returns the reviews of a product, touchpoint or topic; ok is false if there are none.
func (r *Report) Group(of Kind, name string) (g Group, ok bool) {
	for _, g := range r.groups(of) {
		if g.Name == name {
			return g, true
		}
	}
	return Group{}, false
}
