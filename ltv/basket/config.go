package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says what [Baskets] hold.
type Config struct {
	By ItemKind `json:"by,omitzero"` // what counts as an item; zero = ByProduct
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [New] does.
func (c Config) Validate() error { return c.validate("basket.Config.Validate") }

func (c Config) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	enum.Check(&faults, "By", itemKindNames[:], c.By)
	return faults.Err()
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.Config.UnmarshalJSON", data, c)
}
