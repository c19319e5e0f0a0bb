package channel

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// Config says what counts as a hand-off between channels. The zero Config is ready.
//
// A contact is a touch with a channel that is no look. A hand-off is a pair of contacts that
// follow each other, of which the second has another channel, or another member of staff in
// the same one. It is shared where both have one Conversation, or where somebody looked at
// the profile after the first and before the answer: the first contact of the second channel
// that the company began, or the second contact itself where there is none. It is broken
// where both have conversations and these differ, without a look: the person had to start
// anew. Any other hand-off is followed: the person was known, and no talk was carried on.
type Config struct {
	Within clientele.Days `json:"within,omitempty"` // longest time from the end of a contact to the next one of a hand-off; 0 = 30

	// Looks are touchpoints that record that somebody looked at the profile. They are no
	// contacts.
	Looks []string `json:"looks,omitempty"`

	// Message is the label of a touch that names the message it carried. "" = message.
	Message string `json:"message,omitempty"`

	RepeatWithin clientele.Days `json:"repeatWithin,omitempty"` // longest time in which the same message by another channel is a repetition; 0 = 7
	Level        float64        `json:"level,omitempty"`        // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// [Config.Validate] checks the values.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("channel.Config.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c Config) Validate() error {
	faults := clientele.ConfigError{Op: "channel.Config.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, and notes all its faults.
func (c *Config) complete(faults *clientele.ConfigError) {
	c.Within = fault.AddDays(faults, "Within", c.Within, 30)
	c.RepeatWithin = fault.AddDays(faults, "RepeatWithin", c.RepeatWithin, 7)
	if c.Message == "" {
		c.Message = "message"
	}
	fault.AddNames(faults, "Looks", c.Looks)
	c.Level = fault.AddLevel(faults, c.Level)
}
