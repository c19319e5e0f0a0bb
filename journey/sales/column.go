package sales

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Column is one measure of salespeople. In each, more is better. Shares and price ranks are
// fractions from 0 to 1; money is in the currency of the deals.
type Column uint8

const (
	BookingsADay   Column = iota // bookings per working day
	Conversion                   // share of ended bookings that became a sale
	AverageCheck                 // mean money of a sale
	ImmediateShare               // share of sales with an add-on on the same day
	DeferredShare                // share of sales with an add-on on a later day
	Depth                        // mean number of chosen lines of a sale, as Line.IsChosen says
	Breadth                      // mean price rank of chosen lines, as PriceBook.Ranks has them
	RepeatADay                   // sales to people who had bought before, per working day
	ReferredADay                 // sales to people whom a customer sent, per working day
	Product                      // share of criteria of product knowledge that were met
	People                       // share of criteria of dealing with people that were met
	Competence                   // share of all criteria that were met
	MoneyADay                    // money of sales per working day
)

var columnNames = [...]string{
	BookingsADay: "bookingsADay", Conversion: "conversion", AverageCheck: "averageCheck",
	ImmediateShare: "immediateShare", DeferredShare: "deferredShare", Depth: "depth", Breadth: "breadth",
	RepeatADay: "repeatADay", ReferredADay: "referredADay",
	Product: "product", People: "people", Competence: "competence", MoneyADay: "moneyADay",
}

const columns = len(columnNames)

// String returns the name, as in "averageCheck", and "Column(99)" for a value without a name.
func (c Column) String() string { return enum.String(columnNames[:], c) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (c Column) MarshalText() ([]byte, error) { return enum.Marshal(columnNames[:], c) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (c *Column) UnmarshalText(text []byte) error { return enum.Unmarshal(columnNames[:], c, text) }

// Measures are the values of a person, each with its interval; nil without data. Rates are per
// working day, with days as units. Garwood's interval is that of Fiducial Limits for the Poisson
// Distribution, Biometrika 28 (1936).
type Measures struct {
	BookingsADay   *clientele.Estimate `json:"bookingsADay,omitempty"`   // bookings per working day, with the interval of Student's t, or of Garwood where days do not differ
	Conversion     *clientele.Estimate `json:"conversion,omitempty"`     // share of Converted in Ended, with Wilson's interval; bookings of one person are taken as independent
	AverageCheck   *clientele.Estimate `json:"averageCheck,omitempty"`   // mean money of a sale, with the interval of Student's t
	ImmediateShare *clientele.Estimate `json:"immediateShare,omitempty"` // share of sales with an add-on on the same day, with Wilson's interval
	DeferredShare  *clientele.Estimate `json:"deferredShare,omitempty"`  // share of sales old enough that have an add-on on a later day, with Wilson's interval
	Depth          *clientele.Estimate `json:"depth,omitempty"`          // mean number of chosen lines of a sale, with the interval of Student's t
	Breadth        *clientele.Estimate `json:"breadth,omitempty"`        // mean price rank of ranked lines, from 0, always the cheapest, to 1, with the interval of Student's t over sales
	RepeatADay     *clientele.Estimate `json:"repeatADay,omitempty"`     // sales per working day to people who had bought before, with an interval as for BookingsADay
	ReferredADay   *clientele.Estimate `json:"referredADay,omitempty"`   // sales per working day to people whom a customer sent, with an interval as for BookingsADay
	Product        *clientele.Estimate `json:"product,omitempty"`        // share of criteria of product knowledge that were met, with the interval of Student's t over calls
	People         *clientele.Estimate `json:"people,omitempty"`         // share of criteria of dealing with people that were met, with the interval of Student's t over calls
	Competence     *clientele.Estimate `json:"competence,omitempty"`     // share of all criteria that were met, with the interval of Student's t over calls
	MoneyADay      *clientele.Estimate `json:"moneyADay,omitempty"`      // money of sales per working day, with the interval of Student's t

	// RepeatShare is the share of sales to people who had bought before, with Wilson's interval.
	// It is no column: whoever gets few new customers has a high share.
	RepeatShare *clientele.Estimate `json:"repeatShare,omitempty"`

	// ReferredShare is the share of sales to people whom a customer sent, with Wilson's interval.
	// It is no column, as RepeatShare is none.
	ReferredShare *clientele.Estimate `json:"referredShare,omitempty"`
}

// Of returns the value of a column; ok is false where there is none.
func (m Measures) Of(c Column) (e clientele.Estimate, ok bool) {
	if int(c) >= columns {
		return clientele.Estimate{}, false
	}
	found := m.all()[c]
	if found == nil {
		return clientele.Estimate{}, false
	}
	return *found, true
}

// all are the values by column.
func (m *Measures) all() [columns]*clientele.Estimate {
	return [...]*clientele.Estimate{
		m.BookingsADay, m.Conversion, m.AverageCheck, m.ImmediateShare, m.DeferredShare, m.Depth, m.Breadth,
		m.RepeatADay, m.ReferredADay, m.Product, m.People, m.Competence, m.MoneyADay,
	}
}
