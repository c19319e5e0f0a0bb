package rfm

import (
	"reflect"
	"slices"

	"github.com/clientele-go/clientele"
)

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
func (m Metric) String() string { return nameOf(metricNames[:], m) }

// MarshalText writes the name.
func (m Metric) MarshalText() ([]byte, error) { return marshalName(metricNames[:], m) }

// UnmarshalText reads the name.
func (m *Metric) UnmarshalText(text []byte) error { return unmarshalName(metricNames[:], m, text) }

// Recency is a way to say how many days ago, or how rarely, a customer buys.
type Recency uint8

const (
	// SinceLast is the silence since the last purchase: the usual recency of
	// five-level grids.
	SinceLast Recency = iota

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
func (r Recency) String() string { return nameOf(recencyNames, r) }

// MarshalText writes the name.
func (r Recency) MarshalText() ([]byte, error) { return marshalName(recencyNames, r) }

// UnmarshalText reads the name.
func (r *Recency) UnmarshalText(text []byte) error { return unmarshalName(recencyNames, r, text) }

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
func (d DayCount) String() string { return nameOf(dayCountNames, d) }

// MarshalText writes the name.
func (d DayCount) MarshalText() ([]byte, error) { return marshalName(dayCountNames, d) }

// UnmarshalText reads the name.
func (d *DayCount) UnmarshalText(text []byte) error { return unmarshalName(dayCountNames, d, text) }

// Monetary is a way to say how much a customer spends.
type Monetary uint8

const (
	// AverageReceipt is net money per purchase: refunds lower the money, not the
	// number of purchases.
	AverageReceipt Monetary = iota

	// Total is net money.
	Total

	// Median is the middle amount of the purchases, refunds left out, since a
	// refund does not say which purchase it lowers. It needs Config.Amounts.
	Median
)

var monetaryNames = []string{"average receipt", "total", "median"}

// String returns the name used in JSON.
func (m Monetary) String() string { return nameOf(monetaryNames, m) }

// MarshalText writes the name.
func (m Monetary) MarshalText() ([]byte, error) { return marshalName(monetaryNames, m) }

// UnmarshalText reads the name.
func (m *Monetary) UnmarshalText(text []byte) error { return unmarshalName(monetaryNames, m, text) }

// nameOf, marshalName and unmarshalName serve every enumeration of the package:
// its values are indices into its names.

func nameOf[E ~uint8](names []string, e E) string {
	if int(e) >= len(names) {
		return "unknown"
	}
	return names[e]
}

func marshalName[E ~uint8](names []string, e E) ([]byte, error) {
	if int(e) >= len(names) {
		return nil, unknown(e, "MarshalText", int(e))
	}
	return []byte(names[e]), nil
}

func unmarshalName[E ~uint8](names []string, e *E, text []byte) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return unknown(*e, "UnmarshalText", string(text))
	}
	*e = E(i)
	return nil
}

// unknown names the type whose value has no name, or whose name has no value.
func unknown[E ~uint8](e E, method string, value any) error {
	kind := reflect.TypeOf(e).Name()
	return &clientele.InputError{Op: "rfm." + kind + "." + method, Index: -1, Field: kind, Value: value, Err: clientele.ErrUnknown}
}
