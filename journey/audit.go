package journey

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// AuditConfig says what [Audit] compares a map with.
type AuditConfig struct {
	Map Map `json:"map"` // the plan

	AsOf  time.Time `json:"asOf"`           // when the observation ended; later touches are counted and left out; required
	Since time.Time `json:"since,omitzero"` // first moment of touches that count, before AsOf; zero = all

	// Goal is the stage that a lead is to reach: one touch at a touchpoint that serves it, and
	// the person is no longer a lead. "" = order.
	Goal string `json:"goal,omitempty"`

	Patience clientele.Days `json:"patience,omitempty"` // days of silence after which a lead is lost; 0 = 30
	Quality  []Quality      `json:"quality,omitempty"`  // measured quality of touchpoints, each at most once; there may be none
	Level    float64        `json:"level,omitempty"`    // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// Quality is how good a touchpoint is in the eyes of customers, on one scale of the host's:
// the level that they find just acceptable, and the level that they perceive.
type Quality struct {
	Touchpoint string  `json:"touchpoint"` // name of a touchpoint of the map
	Adequate   float64 `json:"adequate"`   // level that is just acceptable
	Perceived  float64 `json:"perceived"`  // level that was found
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// [AuditConfig.Validate] checks the values.
func (c *AuditConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("journey.AuditConfig.UnmarshalJSON", data, c)
}

const (
	defaultGoal     = "order"
	defaultPatience = clientele.Days(30)
)

// Validate reports all faults of the configuration at once in a [clientele.ConfigError].
func (c AuditConfig) Validate() error {
	faults := clientele.ConfigError{Op: "journey.AuditConfig.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, and notes all its faults.
func (c *AuditConfig) complete(faults *clientele.ConfigError) {
	c.Map.check(faults, "Map.")
	if fault.AddAsOf(faults, c.AsOf) && !c.Since.IsZero() {
		if err := rule.Time(c.Since); err != nil {
			faults.Add("Since", c.Since, err)
		} else if !c.Since.Before(c.AsOf) {
			faults.Add("Since", c.Since, rule.Because(rule.Range, "not before AsOf", "a moment before %v, or none", c.AsOf))
		}
	}
	if c.Goal == "" {
		c.Goal = defaultGoal
	}
	if stages := c.Map.stages(); !slices.Contains(stages, c.Goal) {
		faults.Add("Goal", c.Goal, rule.OneOf(stages...))
	}
	c.Patience = fault.AddDays(faults, "Patience", c.Patience, defaultPatience)
	c.checkQuality(faults)
	c.Level = fault.AddLevel(faults, c.Level)
}

// checkQuality notes what is unusable about the quality of touchpoints.
func (c *AuditConfig) checkQuality(faults *clientele.ConfigError) {
	seen := make(map[string]bool)
	for i, q := range c.Quality {
		at := fmt.Sprintf("Quality[%d].", i)
		if _, ok := c.Map.Touchpoint(q.Touchpoint); !ok {
			faults.Add(at+"Touchpoint", q.Touchpoint, errOffMap)
		} else {
			fault.AddLabel(faults, at+"Touchpoint", q.Touchpoint, seen)
		}
		for _, level := range []struct {
			field string
			v     float64
		}{{"Adequate", q.Adequate}, {"Perceived", q.Perceived}} {
			if !rule.IsFinite(level.v) {
				faults.Add(at+level.field, level.v, rule.Want(rule.NotFinite, "a finite number"))
			}
		}
	}
}

var errOffMap = rule.Want(rule.Unknown, "the name of a touchpoint of the map")

// Audit compares the plan of the way with what people did: which stages and decisions have
// no touchpoint, which touchpoints have no traffic or are worse than acceptable, and where
// leads are lost and how many. The order of timelines does not matter.
//
// A person is a lead from the first touch that counts to the first touch at the goal. A lead
// who has not reached it and whose last touch is Patience or longer ago is lost, at the
// touchpoint of that last touch; one whose last touch is more recent is open.
//
// It returns a [clientele.ConfigError] with all faults of the configuration, a [clientele.InputError]
// with the timeline's index for an error of the source and for a timeline that
// [Timeline.Validate] refuses, and of [clientele.ErrEmpty] where no touch counts.
func Audit(src iter.Seq2[Timeline, error], cfg AuditConfig) (*AuditReport, error) {
	const op = "journey.Audit"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	count := newAuditCount(cfg)
	for t, err := range fault.Checked(op, src, Timeline.Validate) {
		if err != nil {
			return nil, err
		}
		count.add(&t)
	}
	if count.report.Touches == 0 {
		return nil, fault.Of(op, "touches", nil, rule.Because(rule.Empty, "no touch counts", "at least one touch from Since to AsOf"))
	}
	return count.finish(), nil
}
