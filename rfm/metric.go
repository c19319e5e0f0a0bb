package rfm

import "github.com/clientele-go/clientele/internal/enum"

// Metric names one of the three metrics: [R], [F] or [M]. The number that a customer has in
// it is in [Values].
type Metric uint8

// The metrics, in the order of a cell's code.
const (
	R Metric = iota // R is recency in days: less is better.
	F               // F is frequency, a number of purchases or of purchases per year: more is better.
	M               // M is monetary, an amount of money: more is better.
)

var (
	metrics     = [3]Metric{R, F, M}
	metricNames = [3]string{"recency", "frequency", "monetary"}
	fieldNames  = [3]string{"Recency", "Frequency", "Monetary"}
)

// String returns "recency", "frequency" or "monetary".
func (m Metric) String() string { return enum.String(metricNames[:], m) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (m Metric) MarshalText() ([]byte, error) { return enum.Marshal(metricNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (m *Metric) UnmarshalText(text []byte) error { return enum.Unmarshal(metricNames[:], m, text) }
