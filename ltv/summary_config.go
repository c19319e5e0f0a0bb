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

	// Hours cuts time into periods of so many hours instead, for customers who buy more
	// often than daily: 1 to 23, counted from the beginning of 1970 in UTC, whatever clocks
	// show. 0 = the periods of Calendar, which must be zero otherwise.
	Hours int `json:"hours,omitempty"`

	// Per is how many periods make one unit of time: 7 with days gives weeks with the
	// precision of days, 24 with one hour days with the precision of hours. At least 0;
	// 0 = 1.
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
// calendar, or of Hours.
func (c SummaryConfig) Unit() Span {
	if c.Hours > 0 {
		return calendarSpan(cmp.Or(c.Per, 1)*float64(c.Hours)/24, clientele.Day)
	}
	return calendarSpan(cmp.Or(c.Per, 1), c.Calendar.Unit)
}

// fill returns the configuration with defaults and its calendar opened, or all
// its faults. It takes known for the calendar's periods if they are.
func (c SummaryConfig) fill(op string, known *clientele.Periods) (SummaryConfig, *clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	ends := fault.AddAsOf(&faults, c.AsOf)
	periods := c.open(&faults, known)
	switch {
	case c.Hours < 0 || c.Hours > mostHours:
		faults.Add("Hours", c.Hours, rule.Want(clientele.ErrRange, "1 to %d hours, or 0 for the periods of Calendar", mostHours))
	case c.Hours > 0 && c.Calendar != (clientele.Calendar{}):
		faults.Add("Hours", c.Hours, rule.Because(clientele.ErrMismatch, "Calendar cuts time too", "one of the two"))
	}
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

// mostHours is the longest period of hours; a day has its calendar.
const mostHours = 23

// mostDays is more than the years that [rule.Time] accepts have.
const mostDays = 600 * 366

// index is the number of the period that holds a moment.
func (c *SummaryConfig) index(periods *clientele.Periods, at time.Time) int {
	if c.Hours == 0 {
		return periods.Index(at)
	}
	seconds, step := at.Unix(), int64(c.Hours)*3600
	return int((seconds - (seconds%step+step)%step) / step)
}

func (c SummaryConfig) checkPer() error {
	err := rule.AtLeastZero(c.Per, aPer)
	most := float64(mostDays)
	if c.Hours > 0 {
		most *= 24
	}
	if err == nil && c.Per > 0 && math.IsInf(most/c.Per, 0) {
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
	if !c.Until.After(c.AsOf) || periods != nil && c.Hours >= 0 && c.index(periods, c.Until) <= c.index(periods, c.AsOf) {
		period := c.Calendar.Unit.String()
		if c.Hours > 0 {
			period = "period of Hours"
		}
		return rule.Because(clientele.ErrRange, "not after the calibration", "a moment in a later %s than AsOf, or none for no holdout", period)
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
	case c.Hours != o.Hours:
		return "Hours", c.Hours, o.Hours
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
