package channel

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/journey"
)

// AnswerConfig says when people are answered in time.
//
// The contacts of a person that have one Conversation are a conversation. It is asked by its
// first contact that the customer began, in that contact's channel and hour, and answered by
// the first one after that which the company began. A call that staff takes at once is
// recorded as two contacts: the customer's, and the company's when the call was taken.
type AnswerConfig struct {
	AsOf   time.Time      `json:"asOf"`            // when the observation ended; later touches are counted and left out; required
	Within Minutes        `json:"within"`          // minutes within which an answer is in time; required
	Zone   string         `json:"zone,omitempty"`  // IANA name of the zone in which hours are told; "" = UTC
	Quiet  clientele.Days `json:"quiet,omitempty"` // days of silence after which a conversation has ended; 0 = 1
	Level  float64        `json:"level,omitempty"` // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// [AnswerConfig.Validate] checks the values.
func (c *AnswerConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("channel.AnswerConfig.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c AnswerConfig) Validate() error {
	faults := clientele.ConfigError{Op: "channel.AnswerConfig.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, notes all its faults, and
// returns the zone.
func (c *AnswerConfig) complete(faults *clientele.ConfigError) *time.Location {
	fault.AddAsOf(faults, c.AsOf)
	if err := c.Within.check(); err != nil {
		faults.Add("Within", int(c.Within), err)
	}
	days, err := clientele.Calendar{Zone: c.Zone}.Open()
	if err != nil {
		fault.AddPart(faults, "", err)
	}
	c.Quiet = fault.AddDays(faults, "Quiet", c.Quiet, 1)
	c.Level = fault.AddLevel(faults, c.Level)
	return days.Zone()
}

// AnswerReport is how soon people are answered.
type AnswerReport struct {
	Config AnswerConfig `json:"config"` // what was asked, with defaults filled in
	Later  int          `json:"later"`  // touches after AsOf, left out

	All      AnswerGroup   `json:"all"`      // all conversations that a customer asked
	Channels []AnswerGroup `json:"channels"` // by channel in which they were asked, ascending
	Hours    []AnswerGroup `json:"hours"`    // by hour in which they were asked, 0 to 23, those that occur

	// ChannelHours are by channel, ascending, and within it by hour, those that occur: when
	// which channel lacks people who answer.
	ChannelHours []AnswerGroup `json:"channelHours"`

	Conversations       int                 `json:"conversations"`         // conversations that have ended, whoever began them
	Ongoing             int                 `json:"ongoing"`               // conversations with a touch less than Quiet ago, not in Conversations, WithoutStaff or SelfService
	WithoutStaff        int                 `json:"withoutStaff"`          // conversations that ended without a person of the company
	SelfService         *clientele.Estimate `json:"selfService,omitempty"` // share of WithoutStaff in Conversations; nil without conversations that have ended
	WithoutConversation int                 `json:"withoutConversation"`   // touches of no conversation, in no count but Later
}

// AnswerGroup is conversations that were asked in one channel or hour.
type AnswerGroup struct {
	Channel string `json:"channel,omitempty"` // channel in which they were asked; "" in All and in Hours, and for touches without one
	Hour    int    `json:"hour"`              // hour of the local day in which they were asked; 0 in All and in Channels

	Asked      int `json:"asked"`      // conversations that a customer asked
	InTime     int `json:"inTime"`     // answered within the stated time
	Late       int `json:"late"`       // answered later
	Unanswered int `json:"unanswered"` // not answered, and the time is over
	Open       int `json:"open"`       // not answered, and the time is not over

	Share *clientele.Estimate `json:"share,omitempty"` // share of InTime in Asked − Open; nil where all are open

	// Median and Q90 are the times within which half and nine tenths of the answered
	// conversations were answered; those without an answer so far are left out. In JSON they
	// are nanoseconds. nil without an answer.
	Median *time.Duration `json:"median,omitempty"`
	Q90    *time.Duration `json:"q90,omitempty"`
}

// Answers tells how soon people are answered, by channel and by hour, and which
// conversations end without a person. It returns a [clientele.ConfigError] with all faults
// of the configuration, a [clientele.InputError] with the timeline's index for an error of the source
// and for a timeline that [journey.Timeline.Validate] refuses, and one of
// [clientele.ErrEmpty] without any conversation up to AsOf.
func Answers(src iter.Seq2[journey.Timeline, error], cfg AnswerConfig) (*AnswerReport, error) {
	const op = "channel.Answers"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	zone := cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	c := newAnswerCount(cfg, zone)
	for t, err := range fault.Checked(op, src, journey.Timeline.Validate) {
		if err != nil {
			return nil, err
		}
		c.add(&t)
	}
	if c.report.Conversations+c.report.Ongoing == 0 {
		return nil, fault.Of(op, "timelines", nil, rule.Because(rule.Empty, "no conversations", "touches up to AsOf with a Conversation"))
	}
	return c.finish(), nil
}
