package clientele

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele/internal/strict"
)

// Unit is the length of a calendar period.
type Unit uint8

// The units, shortest first. As text they are "day", "week", "month",
// "quarter" and "year".
const (
	Day Unit = iota
	Week
	Month
	Quarter
	Year
)

var unitNames = [...]string{Day: "day", Week: "week", Month: "month", Quarter: "quarter", Year: "year"}

// String returns the unit's name, or its number in brackets when it has none.
func (u Unit) String() string {
	if u > Year {
		return fmt.Sprintf("Unit(%d)", uint8(u))
	}
	return unitNames[u]
}

// MarshalText returns the unit's name. A unit that has none is an [InputError]
// with [ErrUnknown].
func (u Unit) MarshalText() ([]byte, error) {
	if u > Year {
		return nil, unknownName("clientele.Unit.MarshalText", "Unit", u)
	}
	return []byte(unitNames[u]), nil
}

// UnmarshalText accepts the names of the units, in lower case. Anything else is
// an [InputError] with [ErrUnknown] and leaves the unit as it was.
func (u *Unit) UnmarshalText(text []byte) error {
	i := slices.Index(unitNames[:], string(text))
	if i < 0 {
		return unknownName("clientele.Unit.UnmarshalText", "Unit", string(text))
	}
	*u = Unit(i)
	return nil
}

// Calendar says how time is cut into periods: whose days, and how many of them
// make one. It is data, to be stored and edited; [Calendar.Open] makes the
// [Periods] that do the counting. The zero Calendar counts days in UTC.
//
// As JSON it is {"unit":"week","zone":"Europe/Paris","weekStart":"monday"}.
type Calendar struct {
	Unit      Unit         `json:"unit"`                // zero = Day
	Zone      string       `json:"zone,omitempty"`      // IANA name, as in "Europe/Paris"; "" = UTC
	WeekStart time.Weekday `json:"weekStart,omitempty"` // first day of a week, for Week alone; zero = Sunday; "monday" in JSON
}

// Open resolves the zone and reports all faults of the calendar at once: a
// unit, zone or weekday that does not exist is [ErrUnknown] in a [ConfigError].
//
// The zone is read from the host's time zone database, see [time.LoadLocation],
// and its history laid out for fast counting, which takes a fraction of a
// millisecond: open a calendar once and keep the periods.
// The names "Local" and "localtime" are refused: what they stand for differs
// between machines.
func (c Calendar) Open() (*Periods, error) {
	zone, err := c.resolve("clientele.Calendar.Open")
	if err != nil {
		return nil, err
	}
	return newPeriods(c, zone), nil
}

// Validate reports what Open would refuse, without laying out the zone.
func (c Calendar) Validate() error {
	_, err := c.resolve("clientele.Calendar.Validate")
	return err
}

// resolve checks the calendar and returns its zone.
func (c Calendar) resolve(op string) (*time.Location, error) {
	faults := ConfigError{Op: op}
	if c.Unit > Year {
		faults.Add("Unit", c.Unit, ErrUnknown)
	}
	zone, err := loadZone(c.Zone)
	if err != nil {
		faults.Add("Zone", c.Zone, err)
	}
	if !isWeekday(c.WeekStart) {
		faults.Add("WeekStart", int(c.WeekStart), ErrUnknown)
	}
	return zone, faults.Err()
}

func loadZone(name string) (*time.Location, error) {
	if name == "Local" || name == "localtime" {
		return nil, fmt.Errorf("%w: names a different zone on every machine", ErrUnknown)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return zone, nil
}

// plainCalendar has the fields of Calendar and none of its methods.
type plainCalendar Calendar

// calendarJSON is the JSON form: its WeekStart hides that of Calendar.
type calendarJSON struct {
	plainCalendar
	WeekStart weekdayText `json:"weekStart,omitempty"`
}

// MarshalJSON writes the unit and the weekday by name. One that has no name is
// an [InputError] with [ErrUnknown].
func (c Calendar) MarshalJSON() ([]byte, error) {
	return json.Marshal(calendarJSON{plainCalendar(c), weekdayText(c.WeekStart)})
}

// UnmarshalJSON reads what MarshalJSON writes; keys that are absent keep their values.
// An unknown key, a key given twice or a value of the wrong type is an [InputError] of
// [ErrEncoding], and an unknown unit or weekday one of [ErrUnknown] too. On error the
// calendar stays as it was. Whether the zone exists is for [Calendar.Validate] to tell.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	form := calendarJSON{plainCalendar(*c), weekdayText(c.WeekStart)}
	if err := strict.Into[InputError]("clientele.Calendar.UnmarshalJSON", data, &form); err != nil {
		return err
	}
	*c = Calendar(form.plainCalendar)
	c.WeekStart = time.Weekday(form.WeekStart)
	return nil
}

// weekdayText is a weekday whose text is its English name in lower case.
type weekdayText time.Weekday

func (d weekdayText) MarshalText() ([]byte, error) {
	if !isWeekday(time.Weekday(d)) {
		return nil, unknownName("clientele.Calendar.MarshalJSON", "WeekStart", int(d))
	}
	return []byte(weekdayName(time.Weekday(d))), nil
}

func (d *weekdayText) UnmarshalText(text []byte) error {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if weekdayName(day) == string(text) {
			*d = weekdayText(day)
			return nil
		}
	}
	return unknownName("clientele.Calendar.UnmarshalJSON", "WeekStart", string(text))
}

func isWeekday(d time.Weekday) bool { return time.Sunday <= d && d <= time.Saturday }

func weekdayName(d time.Weekday) string { return strings.ToLower(d.String()) }

func unknownName(op, field string, value any) error {
	return &InputError{Op: op, Index: -1, Field: field, Value: value, Err: ErrUnknown}
}
