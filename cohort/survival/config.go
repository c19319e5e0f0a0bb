package survival

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says which intervals a [Curve] has.
type Config struct {
	Level  float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95
	Limits Limits  `json:"limits,omitzero"` // kind of the intervals; zero = LogLog
}

// WithDefaults returns the configuration with its defaults filled in, or all its faults
// in a [clientele.ConfigError].
func (c Config) WithDefaults() (Config, error) {
	return c.fill("survival.Config.WithDefaults")
}

// fill returns the configuration with its defaults, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	c.Level = fault.AddLevel(&faults, c.Level)
	if !enum.Known(limitsNames[:], c.Limits) {
		faults.Add("Limits", c.Limits, rule.OneOf(limitsNames[:]...))
	}
	return c, faults.Err()
}

// UnmarshalJSON reads a configuration. An unknown key or a value of the wrong type is an
// InputError of [clientele.ErrEncoding] and leaves the configuration as it was; whether
// the values are usable is checked where it is used.
func (c *Config) UnmarshalJSON(data []byte) error {
	type plain Config
	read := plain(*c)
	if err := strict.JSON(data, &read); err != nil {
		return fault.Encoding("survival.Config.UnmarshalJSON", err)
	}
	*c = Config(read)
	return nil
}
