package ltv

import (
	"cmp"
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// SummaryConfig says how purchases become summaries.
type SummaryConfig struct {
	// AsOf is the end of the observation, or of the calibration where there is a
	// holdout; required. Purchases up to and including it make the summaries. It is
	// best the last instant of a period of Calendar, since T counts whole periods.
	// [Summaries.Advance] moves it.
	AsOf time.Time `json:"asOf"`

	// Calendar cuts time into the periods in which several purchases count as one:
	// days as a rule. The zero Calendar is days in UTC.
	Calendar clientele.Calendar `json:"calendar,omitzero"`

	// Per is how many periods of Calendar make one unit of time: 7 with days gives
	// weeks with the precision of days. At least 0; 0 = 1.
	Per float64 `json:"per,omitempty"`

	// Until is the end of a holdout, in a later period than AsOf: purchases after
	// AsOf, up to and including Until, are kept apart to compare forecasts with.
	// Zero = no holdout.
	Until time.Time `json:"until,omitzero"`

	// IncludeFirst makes Summary.Monetary the mean of all periods with purchases. By
	// default the money of the first period, and any refund dated before it, is left
	// out, as the models of spend assume.
	IncludeFirst bool `json:"includeFirst,omitempty"`

	// Gross makes money what was paid, without subtracting refunds.
	Gross bool `json:"gross,omitempty"`

	// Workers is how many goroutines Merge may use; 0 = GOMAXPROCS. Results do
	// not depend on it, and encoding does not see it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves it as it was. It does not check
// the values: [NewSummaries] and [NewHistory] do.
func (c *SummaryConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.SummaryConfig.UnmarshalJSON", data, c)
}

// Unit returns the unit of time in which summaries are counted: Per periods of the
// calendar.
func (c SummaryConfig) Unit() Span {
	return calendarSpan(cmp.Or(c.Per, 1), c.Calendar.Unit)
}

// fill returns the configuration with defaults and its calendar opened, or all
// its faults. It takes known for the calendar's periods if they are.
func (c SummaryConfig) fill(op string, known *clientele.Periods) (SummaryConfig, *clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	ends := fault.AddAsOf(&faults, c.AsOf)
	periods := c.open(&faults, known)
	if err := c.checkPer(); err != nil {
		faults.Add("Per", c.Per, err)
	}
	if err := c.checkUntil(periods); err != nil && ends {
		faults.Add("Until", c.Until, err)
	}
	fault.AddWorkers(&faults, c.Workers)
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
	fault.AddPart(faults, "Calendar.", err)
	return periods
}

// mostPeriods is more days than the years that [rule.Time] accepts have.
const mostPeriods = 600 * 366

func (c SummaryConfig) checkPer() error {
	err := rule.AtLeastZero(c.Per, aPer)
	if err == nil && c.Per > 0 && math.IsInf(mostPeriods/c.Per, 0) {
		err = rule.Because(clientele.ErrRange, "times would be infinite", aPer)
	}
	return err
}

const aPer = "periods of the calendar in a unit of time, such as 7, or 0"

// checkUntil looks at the period of Until when the calendar could be opened.
func (c SummaryConfig) checkUntil(periods *clientele.Periods) error {
	if !c.holdsOut() {
		return nil
	}
	if err := rule.Time(c.Until); err != nil {
		return err
	}
	if !c.Until.After(c.AsOf) || periods != nil && periods.Index(c.Until) <= periods.Index(c.AsOf) {
		return rule.Because(clientele.ErrRange, "not after the calibration", "a moment in a later %v than AsOf, or none for no holdout", c.Calendar.Unit)
	}
	return nil
}

// holdsOut reports whether there is a holdout.
func (c SummaryConfig) holdsOut() bool { return !c.Until.IsZero() }

// difference is the first field in which another configuration gathers other facts,
// with both values; "" if there is none.
func (c SummaryConfig) difference(o SummaryConfig) (field string, own, other any) {
	switch {
	case c.AsOf != o.AsOf:
		return "AsOf", c.AsOf, o.AsOf
	case c.Calendar.Unit != o.Calendar.Unit:
		return "Calendar.Unit", c.Calendar.Unit, o.Calendar.Unit
	case c.Calendar.Zone != o.Calendar.Zone:
		return "Calendar.Zone", c.Calendar.Zone, o.Calendar.Zone
	case c.Calendar.WeekStart != o.Calendar.WeekStart:
		return "Calendar.WeekStart", c.Calendar.WeekStart, o.Calendar.WeekStart
	case c.Per != o.Per:
		return "Per", c.Per, o.Per
	case c.Until != o.Until:
		return "Until", timeOrNil(c.Until), timeOrNil(o.Until)
	case c.IncludeFirst != o.IncludeFirst:
		return "IncludeFirst", c.IncludeFirst, o.IncludeFirst
	case c.Gross != o.Gross:
		return "Gross", c.Gross, o.Gross
	}
	return "", nil, nil
}

// timeOrNil is nil for the zero time.
func timeOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
