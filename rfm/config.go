package rfm

import (
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Config says which facts a [Base] gathers about each customer. What is made of
// them (the kind of recency, average or total money) is a [Measure]'s matter and
// may differ between plans over one base.
type Config struct {
	// AsOf is the moment the base is described at; required. Purchases after it
	// are counted by Base.Later and change nothing else, so that one pass can
	// feed the bases of two dates.
	AsOf time.Time `json:"asOf"`

	// Window limits frequency and money to the purchases in the last so many
	// days of 24 hours: later than AsOf-Window, up to AsOf. 0 = all history.
	// Recency always looks at all history, and customers without a purchase in
	// the window stay in the base with frequency 0 and the money of their
	// lifetime: else those who sleep longer than the window would vanish. Make it
	// longer than the worst recency, or nobody silent has the frequency that tells
	// a sleeper from the worst.
	Window clientele.Days `json:"window,omitempty"`

	// Recent is how many last purchases are kept per customer to see a falling
	// receipt, see [Scales.Degradation]; 1 to 5, 0 = 3.
	Recent int `json:"recent,omitempty"`

	// Amounts keeps every purchase's amount, which the [Median] needs and
	// nothing else: memory then grows with purchases instead of customers.
	Amounts bool `json:"amounts,omitempty"`

	// Workers is how many goroutines Merge, Fit and Grade may use; 0 =
	// GOMAXPROCS. Results do not depend on it, nor do Merge and encoding see it.
	Workers int `json:"-"`
}

const (
	defaultRecent = 3
	maxRecent     = 5
)

// fill returns the configuration with defaults, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	if err := rule.Days(c.Window); err != nil {
		faults.Add("Window", c.Window, err)
	}
	if c.Recent < 0 || c.Recent > maxRecent {
		faults.Add("Recent", c.Recent, clientele.ErrRange)
	}
	if c.Workers < 0 {
		faults.Add("Workers", c.Workers, clientele.ErrNegative)
	}
	if c.Recent == 0 {
		c.Recent = defaultRecent
	}
	c.AsOf = time.Unix(0, c.AsOf.UnixNano()).UTC()
	return c, faults.Err()
}

// gathers reports whether two configurations gather the same facts.
func (c Config) gathers(o Config) bool {
	c.Workers, o.Workers = 0, 0
	return c == o
}

// beginning is the last instant before the window, as Unix nanoseconds.
func (c Config) beginning() int64 {
	if c.Window == 0 {
		return math.MinInt64
	}
	from := c.AsOf.Add(-c.Window.Duration())
	if rule.Time(from) != nil {
		return math.MinInt64
	}
	return from.UnixNano()
}
