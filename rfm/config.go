package rfm

import (
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Config says which facts a [Base] or a [History] gathers about each customer. How the facts
// become recency, frequency and monetary is chosen by a plan's [Measure], so that one base
// serves plans that differ in it.
type Config struct {
	// AsOf is the moment at which the base is described; required. Purchases after it are
	// counted by [Base.Later] and change nothing else, so that one pass over the data can
	// feed bases as of several moments. [Base.Advance] moves it.
	AsOf time.Time `json:"asOf"`

	// Window limits frequency and money to purchases in the last so many days of 24 hours:
	// later than AsOf-Window, up to AsOf. 0 = all history. Recency and [PerActiveYear]
	// always look at all history. A customer without a purchase in the window stays in the base, with
	// frequency 0 and the money of all time. Where plans measure [Count] or [PerYear], choose a
	// window longer than the recency at which the worst level begins: otherwise everybody on
	// that level has frequency 0, and sleeping customers cannot be told from worst ones.
	Window clientele.Days `json:"window,omitempty"`

	// Rolling keeps every purchase and refund of the window, so that [Base.Advance] can move
	// the base to a later moment: memory then grows with what the window holds. A base
	// without a window can always be advanced, and has no Rolling.
	Rolling bool `json:"rolling,omitempty"`

	// Recent is how many of each customer's last purchases are kept, so that
	// [Scales.Degradation] sees receipts that shrink; 1 to 5, 0 = 3.
	Recent int `json:"recent,omitempty"`

	// Amounts keeps the amount of every purchase. [Median] needs it and nothing else does:
	// memory then grows with purchases instead of customers.
	Amounts bool `json:"amounts,omitempty"`

	// Workers is the number of goroutines that Merge, Fit and Grade may use; 0 =
	// GOMAXPROCS. Results do not depend on it. It is not stored, and bases that differ in
	// it alone can be merged.
	Workers int `json:"-"`
}

const (
	defaultRecent = 3
	maxRecent     = 5
)

// Validate reports all faults of the configuration at once in a [clientele.ConfigError], as
// [New] does. It returns nil where there is none.
func (c Config) Validate() error {
	_, err := c.fill("rfm.Config.Validate")
	return err
}

// fill returns the configuration with defaults, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	fault.AddAsOf(&faults, c.AsOf)
	if err := rule.Days(c.Window); err != nil {
		faults.Add("Window", c.Window, err)
	}
	if c.Rolling && c.Window == 0 {
		faults.Add("Rolling", c.Rolling, errRolling)
	}
	if c.Recent < 0 || c.Recent > maxRecent {
		faults.Add("Recent", c.Recent, rule.Want(clientele.ErrRange, "1 to %d purchases, or 0 for %d", maxRecent, defaultRecent))
	}
	fault.AddWorkers(&faults, c.Workers)
	if c.Recent == 0 {
		c.Recent = defaultRecent
	}
	c.AsOf = rule.Moment(c.AsOf.UnixNano())
	return c, faults.Err()
}

var errRolling = rule.Because(clientele.ErrMismatch, "without a window nothing rolls", "a Window, or false")

// difference returns the first field in which two configurations gather different facts,
// with the value of each; "" where they gather the same.
func (c Config) difference(o Config) (field string, own, other any) {
	switch {
	case c.AsOf != o.AsOf:
		return "AsOf", c.AsOf, o.AsOf
	case c.Window != o.Window:
		return "Window", c.Window, o.Window
	case c.Rolling != o.Rolling:
		return "Rolling", c.Rolling, o.Rolling
	case c.Recent != o.Recent:
		return "Recent", c.Recent, o.Recent
	case c.Amounts != o.Amounts:
		return "Amounts", c.Amounts, o.Amounts
	}
	return "", nil, nil
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
