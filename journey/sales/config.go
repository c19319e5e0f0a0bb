package sales

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says what counts and how salespeople are compared. Lengths are days of 24 hours, but
// for Rolling.
type Config struct {
	AsOf  time.Time `json:"asOf"`           // last moment of which the data are known, itself included; required
	Since time.Time `json:"since,omitzero"` // first moment that counts; zero = all. Earlier deals still make later ones repeats

	// Calendar has the zone whose days are working days, and the periods for [Expected] and for
	// rolling windows; zero = days, in UTC.
	Calendar clientele.Calendar `json:"calendar"`

	Team []Member `json:"team,omitempty"` // who belongs to the team; each has a row, also without data

	Booking Match          `json:"booking,omitzero"` // which touches are bookings; zero = none
	Within  clientele.Days `json:"within,omitempty"` // longest time from a booking to the sale that it brought; 0 = 30
	Credit  Credit         `json:"credit,omitzero"`  // who gets the credit for a deal; zero = Closer

	// AddOnWithin is how long after a sale deferred add-ons may come: the Window that
	// [clientele.Deals] was given. Sales that are younger at AsOf do not count in the share of
	// deferred add-ons. 0 = 14.
	AddOnWithin clientele.Days `json:"addOnWithin,omitempty"`

	ShiftsOnly bool `json:"shiftsOnly,omitempty"` // whether only days with a shift are working days

	// Book is what the shop offers at which price, for Measures.Breadth; empty = no breadth.
	Book clientele.PriceBook `json:"book,omitempty"`

	Rolling clientele.Days `json:"rolling,omitempty"` // length of rolling windows in days of the calendar; 0 = no windows
	Points  int            `json:"points,omitempty"`  // number of rolling windows, the last at AsOf and each one period before, but for those that begin before Since; 0 = 12, at most 366

	MinCount   int        `json:"minCount,omitempty"`  // least number of units behind a value that is judged; 0 = 5
	Thresholds Thresholds `json:"thresholds,omitzero"` // least values that are + in a Standing; zero = the medians
	Margin     float64    `json:"margin,omitempty"`    // share of the money of sales that is profit, above 0 and at most 1; 0 = 1

	Level float64 `json:"level,omitempty"` // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// Member is a salesperson of the team.
type Member struct {
	Name  string    `json:"name"`           // name, as Staff of touches and receipts has it; required
	Since time.Time `json:"since,omitzero"` // when the person began to sell here; zero = not known, so that there is no tenure
}

// Match says which touches are meant: those at one of the touchpoints that have one of the
// outcomes. An empty list accepts all; two empty lists match nothing.
type Match struct {
	Touchpoints []string `json:"touchpoints,omitempty"` // values of Touch.Touchpoint
	Outcomes    []string `json:"outcomes,omitempty"`    // values of Touch.Outcome
}

// IsZero reports whether the match is none.
func (m Match) IsZero() bool { return len(m.Touchpoints) == 0 && len(m.Outcomes) == 0 }

// accepts reports whether a touch is meant.
func (m *Match) accepts(touchpoint, outcome string) bool {
	return !m.IsZero() && (len(m.Touchpoints) == 0 || slices.Contains(m.Touchpoints, touchpoint)) &&
		(len(m.Outcomes) == 0 || slices.Contains(m.Outcomes, outcome))
}

// Thresholds are the least values that are + in a [Standing]; 0 = the median of all who are
// judged.
type Thresholds struct {
	Tenure     clientele.Days `json:"tenure,omitempty"`     // least days from Member.Since to AsOf
	Competence float64        `json:"competence,omitempty"` // least Measures.Competence, from 0 to 1
	Effort     float64        `json:"effort,omitempty"`     // least Measures.BookingsADay
	Result     float64        `json:"result,omitempty"`     // least Measures.MoneyADay
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// [Config.Validate] checks the values.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("sales.Config.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c Config) Validate() error {
	_, err := c.complete("sales.Config.Validate")
	return err
}

const mostPoints = 366

// complete returns the configuration with its defaults, or all its faults.
func (c Config) complete(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	fault.AddAsOf(&faults, c.AsOf)
	c.checkBefore(&faults, "Since", c.Since)
	fault.AddPart(&faults, "Calendar.", c.Calendar.Validate())
	c.checkTeam(&faults)
	fault.AddNames(&faults, "Booking.Touchpoints", c.Booking.Touchpoints)
	fault.AddNames(&faults, "Booking.Outcomes", c.Booking.Outcomes)
	c.Within = fault.AddDays(&faults, "Within", c.Within, 30)
	enum.Check(&faults, "Credit", creditNames[:], c.Credit)
	c.AddOnWithin = fault.AddDays(&faults, "AddOnWithin", c.AddOnWithin, 14)
	fault.AddPart(&faults, "Book", c.Book.Validate())
	c.completeRolling(&faults)
	c.completeJudging(&faults)
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, faults.Err()
}

// checkTeam notes members who cannot be told apart, or who began at no usable time.
func (c *Config) checkTeam(faults *clientele.ConfigError) {
	seen := make(map[string]bool)
	for i, m := range c.Team {
		at := fmt.Sprintf("Team[%d].", i)
		fault.AddLabel(faults, at+"Name", m.Name, seen)
		c.checkBefore(faults, at+"Since", m.Since)
	}
}

// checkBefore notes a time that is unusable or after AsOf; zero is none.
func (c *Config) checkBefore(faults *clientele.ConfigError, field string, at time.Time) {
	switch err := rule.Time(at); {
	case at.IsZero():
	case err != nil:
		faults.Add(field, at, err)
	case at.After(c.AsOf) && !c.AsOf.IsZero():
		faults.Add(field, at, rule.Because(rule.Range, "after AsOf", "a time up to %v", c.AsOf))
	}
}

// completeRolling checks the rolling windows.
func (c *Config) completeRolling(faults *clientele.ConfigError) {
	c.Rolling = fault.AddDays(faults, "Rolling", c.Rolling, 0)
	switch {
	case c.Points < 0:
		faults.Add("Points", c.Points, rule.Want(rule.Negative, "a number of windows from 1 to %d, or 0 for 12", mostPoints))
	case c.Points > mostPoints:
		faults.Add("Points", c.Points, rule.Want(rule.Range, "a number of windows from 1 to %d, or 0 for 12", mostPoints))
	case c.Points > 0 && c.Rolling == 0:
		faults.Add("Rolling", nil, rule.Want(rule.Missing, "the length of the windows, such as 28, or no Points"))
	case c.Points == 0 && c.Rolling > 0:
		c.Points = 12
	}
}

// completeJudging checks by what salespeople are judged.
func (c *Config) completeJudging(faults *clientele.ConfigError) {
	if c.MinCount < 0 {
		faults.Add("MinCount", c.MinCount, rule.Want(rule.Negative, "a number of units from 1 on, or 0 for 5"))
	}
	if c.MinCount == 0 {
		c.MinCount = 5
	}
	c.Thresholds.Tenure = fault.AddDays(faults, "Thresholds.Tenure", c.Thresholds.Tenure, 0)
	for _, t := range []struct {
		field string
		value float64
		most  float64
		want  string
	}{
		{"Thresholds.Competence", c.Thresholds.Competence, 1, "a share up to 1, or 0 for the median"},
		{"Thresholds.Effort", c.Thresholds.Effort, math.MaxFloat64, "bookings a day, or 0 for the median"},
		{"Thresholds.Result", c.Thresholds.Result, math.MaxFloat64, "money a day, or 0 for the median"},
		{"Margin", c.Margin, 1, "a share up to 1, or 0 for 1"},
	} {
		if err := rule.AtLeastZero(t.value, t.want); err != nil {
			faults.Add(t.field, t.value, err)
		} else if t.value > t.most {
			faults.Add(t.field, t.value, rule.Want(rule.Range, "%s", t.want))
		}
	}
	if c.Margin == 0 {
		c.Margin = 1
	}
}

// clone returns a configuration that shares nothing with c.
func (c Config) clone() Config {
	c.Team, c.Book = slices.Clone(c.Team), slices.Clone(c.Book)
	c.Booking.Touchpoints, c.Booking.Outcomes = slices.Clone(c.Booking.Touchpoints), slices.Clone(c.Booking.Outcomes)
	return c
}

// isEqual reports whether two configurations count the same.
func (c Config) isEqual(o Config) bool {
	sameTeam := slices.EqualFunc(c.Team, o.Team, func(a, b Member) bool { return a.Name == b.Name && a.Since.Equal(b.Since) })
	sameBook := slices.EqualFunc(c.Book, o.Book, func(a, b clientele.Listing) bool {
		return a.Category == b.Category && a.Product == b.Product && a.Price.Equal(b.Price)
	})
	if !sameTeam || !sameBook || !c.AsOf.Equal(o.AsOf) || !c.Since.Equal(o.Since) {
		return false
	}
	o.AsOf, o.Since, o.Team, o.Book = c.AsOf, c.Since, c.Team, c.Book
	return reflect.DeepEqual(c, o)
}
