package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// BundleConfig says which bundles [Baskets.Bundles] returns.
type BundleConfig struct {
	MinSupport float64 `json:"minSupport,omitempty"` // least share of baskets that must have all items, from 0 to 1
	MinCount   int     `json:"minCount,omitempty"`   // least number of baskets that must have all items; 0 = 5
	MaxItems   int     `json:"maxItems,omitempty"`   // greatest number of items in a bundle, 3 or 4; 0 = 4

	// MaxCandidates is the greatest number of sets of two to four items that may be
	// counted; 0 = 200,000. Beyond it Bundles refuses.
	MaxCandidates int `json:"maxCandidates,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it.
	Workers int `json:"-"`
}

const (
	mostItems            = 4
	defaultMaxCandidates = 200_000
)

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [Baskets.Bundles] does.
func (c BundleConfig) Validate() error {
	_, err := c.fill("basket.BundleConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *BundleConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.BundleConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults, or all its faults.
func (c BundleConfig) fill(op string) (BundleConfig, error) {
	faults := clientele.ConfigError{Op: op}
	c.MinCount = addThresholds(&faults, c.MinSupport, c.MinCount)
	switch c.MaxItems {
	case 0:
		c.MaxItems = mostItems
	case mostItems - 1, mostItems:
	default:
		faults.Add("MaxItems", c.MaxItems, rule.Want(rule.Range, "3 or 4 items"))
	}
	switch {
	case c.MaxCandidates < 0:
		faults.Add("MaxCandidates", c.MaxCandidates, rule.Want(rule.Negative, "1 set or more, or 0 for %d", defaultMaxCandidates))
	case c.MaxCandidates == 0:
		c.MaxCandidates = defaultMaxCandidates
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	fault.AddWorkers(&faults, c.Workers)
	return c, faults.Err()
}
