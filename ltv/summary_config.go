package ltv

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// SummaryConfig says how purchases become summaries.
type SummaryConfig struct {
	// AsOf is the end of the observation, or of the calibration where there is a
	// holdout; required. Purchases up to and including it make the summaries. It
	// is best the last instant of a unit of Calendar, since T counts whole units.
	AsOf time.Time `json:"asOf"`

	// Calendar cuts time into the units in which several purchases count once:
	// days as a rule. The zero Calendar is days in UTC.
	Calendar clientele.Calendar `json:"calendar,omitzero"`

	// Per is how many units of Calendar make one unit of time: 7 with days gives
	// weeks with the precision of days. At least 0, and 0 = 1.
	Per float64 `json:"per,omitempty"`

	// Until is the end of a holdout, in a later unit than AsOf: purchases after
	// AsOf, up to and including Until, are kept apart to compare forecasts with.
	// Zero = no holdout.
	Until time.Time `json:"until,omitzero"`

	// IncludeFirst makes Summary.Monetary the mean of all units with purchases. By
	// default the first is left out, as the models of spend assume, and with it
	// what was paid and refunded in it and what was refunded before it: that is of
	// a purchase which the data lack.
	IncludeFirst bool `json:"includeFirst,omitempty"`

	// Gross leaves refunds out of money: what was paid, not what was kept.
	Gross bool `json:"gross,omitempty"`

	// Workers is how many goroutines Merge may use; 0 = GOMAXPROCS. Results do
	// not depend on it, and encoding does not see it.
	Workers int `json:"-"`
}

// Unit returns the unit of time in which summaries are counted: Per units of the
// calendar.
func (c SummaryConfig) Unit() Span {
	return calendarSpan(cmp.Or(c.Per, 1), c.Calendar.Unit)
}

// fill returns the configuration with defaults and its calendar opened, or all
// its faults. It takes known for the calendar's periods if they are.
func (c SummaryConfig) fill(op string, known *clientele.Periods) (SummaryConfig, *clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	errAsOf := rule.Time(c.AsOf)
	if errAsOf != nil {
		faults.Add("AsOf", c.AsOf, errAsOf)
	}
	periods := c.open(&faults, known)
	if err := c.checkPer(); err != nil {
		faults.Add("Per", c.Per, err)
	}
	if err := c.checkUntil(periods); err != nil && errAsOf == nil {
		faults.Add("Until", c.Until, err)
	}
	if c.Workers < 0 {
		faults.Add("Workers", c.Workers, clientele.ErrNegative)
	}
	if err := faults.Err(); err != nil {
		return SummaryConfig{}, nil, err
	}
	if c.Per == 0 {
		c.Per = 1
	}
	c.AsOf = rule.Moment(c.AsOf.UnixNano())
	if c.holdsOut() {
		c.Until = rule.Moment(c.Until.UnixNano())
	}
	return c, periods, nil
}

// open returns the periods of the calendar; nil when it has faults.
func (c SummaryConfig) open(faults *clientele.ConfigError, known *clientele.Periods) *clientele.Periods {
	if known != nil && known.Calendar() == c.Calendar {
		return known
	}
	periods, err := c.Calendar.Open()
	if all, ok := errors.AsType[*clientele.ConfigError](err); ok {
		for _, fault := range all.Faults {
			if in, ok := fault.(*clientele.InputError); ok {
				faults.Add("Calendar."+in.Field, in.Value, in.Err)
			}
		}
	}
	return periods
}

// mostUnits is more days than the years of clientele.CheckTime have.
const mostUnits = 600 * 366

func (c SummaryConfig) checkPer() error {
	switch {
	case math.IsNaN(c.Per) || math.IsInf(c.Per, 0):
		return clientele.ErrNotFinite
	case c.Per < 0:
		return clientele.ErrNegative
	case c.Per > 0 && math.IsInf(mostUnits/c.Per, 0):
		return fmt.Errorf("%w: times would be infinite", clientele.ErrRange)
	}
	return nil
}

// checkUntil looks at the unit of Until when the calendar could be opened.
func (c SummaryConfig) checkUntil(periods *clientele.Periods) error {
	if !c.holdsOut() {
		return nil
	}
	if err := rule.Time(c.Until); err != nil {
		return err
	}
	if !c.Until.After(c.AsOf) || periods != nil && periods.Index(c.Until) <= periods.Index(c.AsOf) {
		return fmt.Errorf("%w: not in a later unit than AsOf", clientele.ErrRange)
	}
	return nil
}

// holdsOut reports whether there is a holdout.
func (c SummaryConfig) holdsOut() bool { return !c.Until.IsZero() }

// gathers reports whether two configurations gather the same facts.
func (c SummaryConfig) gathers(o SummaryConfig) bool {
	c.Workers, o.Workers = 0, 0
	return c == o
}
