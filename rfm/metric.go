package rfm

import "github.com/clientele-go/clientele/internal/enum"

// Metric is one of the three: [R], [F] or [M].
type Metric uint8

// The metrics, in the order of every code.
const (
	R Metric = iota // recency: less is better
	F               // frequency: more is better
	M               // monetary: more is better
)

var (
	metrics     = [3]Metric{R, F, M}
	metricNames = [3]string{"recency", "frequency", "monetary"}
	fieldNames  = [3]string{"Recency", "Frequency", "Monetary"}
)

// String returns "recency", "frequency" or "monetary".
func (m Metric) String() string { return enum.String(metricNames[:], m) }

// MarshalText writes the name.
func (m Metric) MarshalText() ([]byte, error) { return enum.Marshal(metricNames[:], m) }

// UnmarshalText reads the name.
func (m *Metric) UnmarshalText(text []byte) error { return enum.Unmarshal(metricNames[:], m, text) }

// RecencyKind is a way to say how many days ago, or how rarely, a customer buys.
type RecencyKind uint8

const (
	// SinceLast is the silence since the last purchase: the usual recency of
	// five-level grids.
	SinceLast RecencyKind = iota

	// Rhythm is the longer of the average interval between purchases and the
	// silence since the last: the cube's recency. Someone who buys every quarter
	// has 91 even on the day of a purchase, and someone who bought weekly and
	// stopped is seen to have stopped. One purchase has no interval: SinceLast.
	Rhythm

	// MeanInterval is the average interval between purchases, whatever the
	// silence; SinceLast for one purchase.
	MeanInterval
)

var recencyNames = []string{"since last", "rhythm", "mean interval"}

// String returns the name used in JSON.
func (r RecencyKind) String() string { return enum.String(recencyNames, r) }

// MarshalText writes the name.
func (r RecencyKind) MarshalText() ([]byte, error) { return enum.Marshal(recencyNames, r) }

// UnmarshalText reads the name.
func (r *RecencyKind) UnmarshalText(text []byte) error { return enum.Unmarshal(recencyNames, r, text) }

// DayCount is a way to count the days between two moments.
type DayCount uint8

const (
	// Exact counts 24-hour days with their fraction.
	Exact DayCount = iota

	// Whole counts full 24-hour days.
	Whole

	// Dates is the difference of calendar dates in the measure's zone.
	Dates
)

var dayCountNames = []string{"exact", "whole", "dates"}

// String returns the name used in JSON.
func (d DayCount) String() string { return enum.String(dayCountNames, d) }

// MarshalText writes the name.
func (d DayCount) MarshalText() ([]byte, error) { return enum.Marshal(dayCountNames, d) }

// UnmarshalText reads the name.
func (d *DayCount) UnmarshalText(text []byte) error { return enum.Unmarshal(dayCountNames, d, text) }

// MonetaryKind is a way to say how much a customer spends.
type MonetaryKind uint8

const (
	// AverageReceipt is net money per purchase: refunds lower the money, not the
	// number of purchases.
	AverageReceipt MonetaryKind = iota

	// Total is net money.
	Total

	// Median is the middle amount of the purchases, refunds left out, since a
	// refund does not say which purchase it lowers. It needs Config.Amounts.
	Median
)

var monetaryNames = []string{"average receipt", "total", "median"}

// String returns the name used in JSON.
func (m MonetaryKind) String() string { return enum.String(monetaryNames, m) }

// MarshalText writes the name.
func (m MonetaryKind) MarshalText() ([]byte, error) { return enum.Marshal(monetaryNames, m) }

// UnmarshalText reads the name.
func (m *MonetaryKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal(monetaryNames, m, text)
}
