package sales

import (
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Check is a call or a conversation that somebody listened to and marked by a list of criteria.
type Check struct {
	Staff   string    `json:"staff"`            // who made the call; "" = not known
	At      time.Time `json:"at"`               // when the call was
	Product Marks     `json:"product,omitzero"` // criteria of product knowledge
	People  Marks     `json:"people,omitzero"`  // criteria of dealing with people
}

// Marks are the criteria of one part of a [Check].
type Marks struct {
	Met int `json:"met"` // criteria that were met, from 0 to Of
	Of  int `json:"of"`  // criteria that were marked, from 0 to 1000; 0 = this part was not checked
}

const mostMarks = 1000

// Validate returns a [clientele.InputError] without Op and Index for the first field that is
// unusable, or nil: a moment that is zero ([clientele.ErrZeroTime]) or outside 1678-2261
// ([clientele.ErrTimeRange]), and marks out of their range ([clientele.ErrNegative],
// [clientele.ErrRange]).
func (c Check) Validate() error {
	if err := rule.Time(c.At); err != nil {
		return fault.Of("", "At", c.At, err)
	}
	if err := c.Product.check("Product."); err != nil {
		return err
	}
	return c.People.check("People.")
}

// check refuses marks that are out of their range.
func (m Marks) check(place string) error {
	switch {
	case m.Of < 0:
		return fault.Of("", place+"Of", m.Of, rule.Want(rule.Negative, "a number of criteria from 0 to %d", mostMarks))
	case m.Of > mostMarks:
		return fault.Of("", place+"Of", m.Of, rule.Want(rule.Range, "a number of criteria from 0 to %d", mostMarks))
	case m.Met < 0:
		return fault.Of("", place+"Met", m.Met, rule.Want(rule.Negative, "a number of criteria from 0 to %d", m.Of))
	case m.Met > m.Of:
		return fault.Of("", place+"Met", m.Met, rule.Want(rule.Range, "a number of criteria from 0 to %d", m.Of))
	}
	return nil
}

// IsZero reports whether nothing was marked.
func (m Marks) IsZero() bool { return m == Marks{} }

// plus are the marks of both parts together.
func (m Marks) plus(o Marks) Marks { return Marks{m.Met + o.Met, m.Of + o.Of} }

// Shift says that a salesperson worked on a day, whether or not anything came of it.
type Shift struct {
	Staff string    `json:"staff"` // who worked; required
	At    time.Time `json:"at"`    // a moment of the day
}

// Validate returns a [clientele.InputError] without Op and Index for the first field that is
// unusable, or nil: no Staff ([clientele.ErrMissing]), a moment that is zero
// ([clientele.ErrZeroTime]) or outside 1678-2261 ([clientele.ErrTimeRange]).
func (s Shift) Validate() error {
	if s.Staff == "" {
		return fault.Of("", "Staff", nil, rule.Want(rule.Missing, "who worked"))
	}
	if err := rule.Time(s.At); err != nil {
		return fault.Of("", "At", s.At, err)
	}
	return nil
}
