package rfm

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Measure says how a customer's facts become the [Values] of recency, frequency and
// monetary. It is part of a [Plan] and is frozen with its scales. The zero Measure is the
// exact days since the last purchase, the number of purchases and the average receipt.
type Measure struct {
	Recency   RecencyKind   `json:"recency,omitempty"`   // Recency says which days are counted; zero = SinceLast.
	Days      DayCount      `json:"days,omitempty"`      // Days says how they are counted; zero = Exact.
	Zone      string        `json:"zone,omitempty"`      // Zone is the IANA name of the zone whose dates [Dates] counts; "" = UTC.
	Frequency FrequencyKind `json:"frequency,omitempty"` // Frequency says what is counted; zero = Count.
	Monetary  MonetaryKind  `json:"monetary,omitempty"`  // Monetary says which money is meant; zero = AverageReceipt.
}

// RecencyKind is a way to say how many days ago, or how rarely, a customer buys.
type RecencyKind uint8

const (
	// SinceLast is the silence since the last purchase, the usual recency of grids of
	// five levels.
	SinceLast RecencyKind = iota

	// Rhythm is max(average interval between purchases, silence since the last), the
	// recency of the [Cube]. Somebody who buys every quarter has 91 days even on the day of
	// a purchase, and somebody who bought weekly and stopped is seen to have stopped. A
	// single purchase has no interval and counts as in SinceLast.
	Rhythm

	// MeanInterval is the average interval between purchases, however long the silence
	// since the last. A single purchase counts as in SinceLast.
	MeanInterval
)

var recencyNames = []string{"since last", "rhythm", "mean interval"}

// String returns the name used in JSON, or text such as "RecencyKind(9)" for a value without one.
func (r RecencyKind) String() string { return enum.String(recencyNames, r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (r RecencyKind) MarshalText() ([]byte, error) { return enum.Marshal(recencyNames, r) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *RecencyKind) UnmarshalText(text []byte) error { return enum.Unmarshal(recencyNames, r, text) }

// DayCount is a way to count the days between two moments.
type DayCount uint8

const (
	// Exact counts days of 24 hours with their fraction.
	Exact DayCount = iota

	// Whole counts completed days of 24 hours.
	Whole

	// Dates counts calendar dates, in the zone of [Measure].
	Dates
)

var dayCountNames = []string{"exact", "whole", "dates"}

// String returns the name used in JSON, or text such as "DayCount(9)" for a value without one.
func (d DayCount) String() string { return enum.String(dayCountNames, d) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (d DayCount) MarshalText() ([]byte, error) { return enum.Marshal(dayCountNames, d) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (d *DayCount) UnmarshalText(text []byte) error { return enum.Unmarshal(dayCountNames, d, text) }

// FrequencyKind is a way to say how often a customer buys.
type FrequencyKind uint8

const (
	// Count is the number of purchases in the window, or of all time without one.
	Count FrequencyKind = iota

	// PerYear is Count per year of 365.25 days. The years run from the customer's first
	// purchase, or from the beginning of the window if that is later, to AsOf. The time
	// counted is at least one year, or the window if that is shorter: a rate over a few
	// days would say nothing. The rate falls with silence: a customer who bought often, long ago,
	// comes to look like one who never did.
	PerYear

	// PerActiveYear is the number of purchases of all time per year of 365.25 days from
	// the first purchase to the last, at least one year: how often the customer bought
	// while buying. Silence does not lower it and age does not raise it, so that a sleeper
	// stays a frequent customer and one purchase a year stays rare. It is the frequency of
	// [CubePlan] and needs no window.
	PerActiveYear
)

var frequencyNames = []string{"count", "per year", "per active year"}

// String returns the name used in JSON, or text such as "FrequencyKind(9)" for a value without one.
func (f FrequencyKind) String() string { return enum.String(frequencyNames, f) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (f FrequencyKind) MarshalText() ([]byte, error) { return enum.Marshal(frequencyNames, f) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (f *FrequencyKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal(frequencyNames, f, text)
}

// MonetaryKind is a way to say how much a customer spends.
type MonetaryKind uint8

const (
	// AverageReceipt is net money per purchase: refunds lower the money, not the number
	// of purchases.
	AverageReceipt MonetaryKind = iota

	// Total is net money: purchases less refunds.
	Total

	// Median is the middle amount of the purchases. Refunds are left out, since a refund
	// does not say which purchase it lowers. It needs a base with Config.Amounts.
	Median
)

var monetaryNames = []string{"average receipt", "total", "median"}

// String returns the name used in JSON, or text such as "MonetaryKind(9)" for a value without one.
func (m MonetaryKind) String() string { return enum.String(monetaryNames, m) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (m MonetaryKind) MarshalText() ([]byte, error) { return enum.Marshal(monetaryNames, m) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (m *MonetaryKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal(monetaryNames, m, text)
}

// faults notes what is wrong with the measure.
func (m Measure) faults(f *clientele.ConfigError) {
	if err := rule.Named(recencyNames, m.Recency); err != nil {
		f.Add("Measure.Recency", m.Recency, err)
	}
	if err := rule.Named(dayCountNames, m.Days); err != nil {
		f.Add("Measure.Days", m.Days, err)
	}
	if err := rule.Named(frequencyNames, m.Frequency); err != nil {
		f.Add("Measure.Frequency", m.Frequency, err)
	}
	if err := rule.Named(monetaryNames, m.Monetary); err != nil {
		f.Add("Measure.Monetary", m.Monetary, err)
	}
	fault.AddPart(f, "Measure.", m.calendar().Validate())
}

// calendar counts the dates of the measure's zone.
func (m Measure) calendar() clientele.Calendar {
	return clientele.Calendar{Unit: clientele.Day, Zone: m.Zone}
}
