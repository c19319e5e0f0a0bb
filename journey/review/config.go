package review

import (
	"reflect"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says which reviews a [Counter] counts, and how.
type Config struct {
	Scale Scale `json:"scale,omitzero"` // scale of the ratings; zero = five stars

	// AsOf is the last moment of which the data are known, itself included; required. Reviews
	// that were written or arrived later are counted and left out.
	AsOf time.Time `json:"asOf"`

	Since time.Time `json:"since,omitzero"` // first moment of the reviews that count; zero = no bound
	Until time.Time `json:"until,omitzero"` // moment before which the reviews that count were written; zero = no bound

	Calendar clientele.Calendar `json:"calendar"` // unit and zone of the periods; zero = days in UTC

	// Products and Touchpoints are the names that exist. A review of any other is unusable; one
	// that has no reviews is in the report all the same. None = whatever reviews name.
	Products    []string `json:"products,omitempty"`
	Touchpoints []string `json:"touchpoints,omitempty"` // names of the touchpoints that exist; none = whatever reviews name

	// Within is the longest time from the purchase or the touch to the review; one that is
	// written after that is late. 0 = no limit.
	Within clientele.Days `json:"within,omitempty"`

	// ClosesAfter is how long after its end a period is closed; a review of it that arrives
	// after that is late. 0 = periods are never closed.
	ClosesAfter clientele.Days `json:"closesAfter,omitempty"`

	Late    Lateness `json:"late,omitzero"`    // what becomes of late reviews; zero = Apart
	Repeats Repeat   `json:"repeats,omitzero"` // which of several reviews of one customer of one object count; zero = Latest

	// Strict refuses a review that is unusable, and an ID that comes twice with one Version and
	// one At, instead of leaving it out and saying so in the report.
	Strict bool `json:"strict,omitempty"`

	Adjust clientele.Adjustment `json:"adjust,omitzero"` // how p-values of topics are adjusted for their number; zero = Holm
	Level  float64              `json:"level,omitempty"` // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it
// was. [Config.Validate] checks the values.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("review.Config.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c Config) Validate() error {
	faults := clientele.ConfigError{Op: "review.Config.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, notes all its faults, and
// returns the periods.
func (c *Config) complete(faults *clientele.ConfigError) *clientele.Periods {
	c.Scale.check(faults, "Scale.")
	c.Scale = c.Scale.explicit()
	fault.AddAsOf(faults, c.AsOf)
	fault.AddSpan(faults, "", c.Since, c.Until)
	periods, err := c.Calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	fault.AddNames(faults, "Products", c.Products)
	fault.AddNames(faults, "Touchpoints", c.Touchpoints)
	c.Within = fault.AddDays(faults, "Within", c.Within, 0)
	c.ClosesAfter = fault.AddDays(faults, "ClosesAfter", c.ClosesAfter, 0)
	enum.Check(faults, "Late", latenessNames[:], c.Late)
	enum.Check(faults, "Repeats", repeatNames[:], c.Repeats)
	fault.AddValue(faults, "Adjust", c.Adjust.Validate())
	c.Level = fault.AddLevel(faults, c.Level)
	return periods
}

// objects are the names that exist, by kind.
func (c *Config) objects() [Topic][]string {
	return [...][]string{Product: c.Products, Touchpoint: c.Touchpoints}
}

// clone returns a configuration that shares nothing with c.
func (c Config) clone() Config {
	c.Products, c.Touchpoints = slices.Clone(c.Products), slices.Clone(c.Touchpoints)
	return c
}

// isEqual reports whether two configurations count the same.
func (c Config) isEqual(o Config) bool {
	if !c.AsOf.Equal(o.AsOf) || !c.Since.Equal(o.Since) || !c.Until.Equal(o.Until) {
		return false
	}
	o.AsOf, o.Since, o.Until = c.AsOf, c.Since, c.Until
	return reflect.DeepEqual(c, o)
}
