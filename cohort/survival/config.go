package survival

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says which intervals a [Curve] has.
type Config struct {
	Level  float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95
	Limits Limits  `json:"limits,omitzero"` // kind of the intervals; zero = Wilson
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. [Config.WithDefaults] checks the values, and so does every
// function that takes them.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survival.Config.UnmarshalJSON", data, c)
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
	enum.Check(&faults, "Limits", limitsNames[:], c.Limits)
	return c, faults.Err()
}
