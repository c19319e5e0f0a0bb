package funnel

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says what a [Counter] counts.
type Config struct {
	Funnel Funnel `json:"funnel"` // the funnel; required

	// AsOf is the last moment of which the data are known, itself included; required. Entries
	// whose window is open then are reported apart. Later touches are counted and left out.
	AsOf time.Time `json:"asOf"`

	Since time.Time `json:"since,omitzero"` // first moment of the entries that count; zero = no bound
	Until time.Time `json:"until,omitzero"` // moment before which the entries that count begin; zero = no bound. Later steps may come after it

	Breakdown Breakdown `json:"breakdown,omitzero"` // how to break the report down; zero = not at all

	// Passages keeps the chain of everybody who entered, for [Report.Passages]. It takes
	// memory for each.
	Passages bool `json:"passages,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95
}

// Breakdown puts everybody who entered into one group, by an attribute of one touch of the
// chain.
type Breakdown struct {
	By    Attribute `json:"by"`             // the attribute, such as Channel, Staff or Label("plan"); "" = no breakdown
	Touch Pick      `json:"touch,omitzero"` // which touch of the chain; zero = the first
	Step  string    `json:"step,omitempty"` // name of the step, where Touch is OfStep
}

// Pick says which touch of a chain is meant.
type Pick uint8

const (
	First  Pick = iota // the first touch of the chain
	Last               // the last touch of the chain
	OfStep             // the touch that fills a step; who did not get there is in the group ""
)

var pickNames = [...]string{First: "first", Last: "last", OfStep: "ofStep"}

// String returns "first", "last" or "ofStep", and "Pick(9)" for a value without a name.
func (p Pick) String() string { return enum.String(pickNames[:], p) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (p Pick) MarshalText() ([]byte, error) { return enum.Marshal(pickNames[:], p) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (p *Pick) UnmarshalText(text []byte) error { return enum.Unmarshal(pickNames[:], p, text) }

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Config.Validate] checks the meaning.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("funnel.Config.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError]:
// those of the funnel, as [Funnel.Validate] has them, no AsOf or one outside 1678-2261, an
// Until that is not after Since, a breakdown by what does not exist, and a level that no
// interval can have.
func (c Config) Validate() error {
	_, err := c.fill("funnel.Config.Validate")
	return err
}

// fill returns the configuration with its defaults, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	c.Funnel.check(&faults, "Funnel.")
	fault.AddAsOf(&faults, c.AsOf)
	c.checkPeriod(&faults)
	b := &c.Breakdown
	checkAttribute(&faults, "Breakdown.By", b.By)
	enum.Check(&faults, "Breakdown.Touch", pickNames[:], b.Touch)
	switch {
	case b.By == "" && *b != (Breakdown{}):
		faults.Add("Breakdown.By", nil, errNoBreakdown)
	case b.Touch == OfStep && c.Funnel.stepIndex(b.Step) < 0:
		faults.Add("Breakdown.Step", b.Step, rule.Want(rule.Unknown, "the name of a step of the funnel"))
	case b.Touch != OfStep && b.Step != "":
		faults.Add("Breakdown.Step", b.Step, errStepUnused)
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, faults.Err()
}

// checkPeriod notes bounds of the period that cannot be used.
func (c *Config) checkPeriod(faults *clientele.ConfigError) {
	isBounded := true
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"Since", c.Since}, {"Until", c.Until}} {
		switch err := rule.Time(bound.at); {
		case bound.at.IsZero():
			isBounded = false
		case err != nil:
			faults.Add(bound.field, bound.at, err)
			isBounded = false
		}
	}
	if isBounded && !c.Since.Before(c.Until) {
		faults.Add("Until", c.Until, rule.Because(rule.Range, "not after Since", "a time after %v", c.Since))
	}
}

var (
	errNoBreakdown = rule.Want(rule.Missing, "the attribute to break down by, such as staff or label:plan")
	errStepUnused  = rule.Because(rule.Range, "Touch is not OfStep", "no step, or OfStep")
)

// period are the bounds of a configuration in Unix nanoseconds.
type period struct{ since, until, asOf int64 } // entries from since up to until, not included

func (c *Config) period() period {
	p := period{earliest, latest, c.AsOf.UnixNano()}
	if !c.Since.IsZero() {
		p.since = c.Since.UnixNano()
	}
	if !c.Until.IsZero() {
		p.until = c.Until.UnixNano()
	}
	return p
}
