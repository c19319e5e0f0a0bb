package clientele

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Calendar says how time is cut into periods: the time zone whose days count, and the length
// of a period. It is a plain struct with a JSON form, so that a settings page can store and
// edit it; [Calendar.Open] makes the [Periods] that do the counting. The zero Calendar
// counts days in UTC.
//
// As JSON it is {"unit":"week","zone":"Europe/Paris","weekStart":"monday"}.
type Calendar struct {
	Unit      Unit         `json:"unit"`                // length of a period; zero = Day
	Zone      string       `json:"zone,omitempty"`      // IANA name of the zone, such as "Europe/Paris"; "" = UTC
	WeekStart time.Weekday `json:"weekStart,omitempty"` // first day of the week, used if Unit is Week; zero = Sunday; in JSON its lower-case name
}

// Open resolves the zone and reports all faults of the calendar at once in a [ConfigError]:
// a unit, zone or weekday that does not exist ([ErrUnknown]).
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
	if err := rule.Named(unitNames[:], c.Unit); err != nil {
		faults.Add("Unit", uint8(c.Unit), err)
	}
	zone, err := loadZone(c.Zone)
	if err != nil {
		faults.Add("Zone", c.Zone, err)
	}
	if !isWeekday(c.WeekStart) {
		faults.Add("WeekStart", int(c.WeekStart), errWeekday)
	}
	return zone, faults.Err()
}

var errLocalZone = rule.Because(rule.Unknown, "names another zone on every machine", "an IANA name, such as Europe/Paris")

// loadZone returns the zone of an IANA name.
func loadZone(name string) (*time.Location, error) {
	if name == "Local" || name == "localtime" {
		return nil, errLocalZone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, rule.Because(rule.Unknown, "not in the time zone database", "an IANA name, such as Europe/Paris (%v)", err)
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

// MarshalJSON writes the unit and the weekday by name. It returns an [InputError] of
// [ErrUnknown] for a value without a name.
func (c Calendar) MarshalJSON() ([]byte, error) {
	if err := rule.Named(unitNames[:], c.Unit); err != nil {
		return nil, unnamed("clientele.Calendar.MarshalJSON", "Unit", uint8(c.Unit), err)
	}
	if !isWeekday(c.WeekStart) {
		return nil, unnamed("clientele.Calendar.MarshalJSON", "WeekStart", int(c.WeekStart), errWeekday)
	}
	return json.Marshal(calendarJSON{plainCalendar(c), weekdayText(c.WeekStart)})
}

// UnmarshalJSON reads what MarshalJSON writes; keys that are absent keep their values. It
// returns an [InputError] of [ErrEncoding] for an unknown key, a key given twice or a value
// of the wrong type; for an unknown unit or weekday errors.Is finds [ErrUnknown] too. On
// error the calendar stays as it was. [Calendar.Validate] checks that the zone exists.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	return c.read("clientele.Calendar.UnmarshalJSON", data)
}

// read is UnmarshalJSON for the function op.
func (c *Calendar) read(op string, data []byte) error {
	form := calendarJSON{plainCalendar(*c), weekdayText(c.WeekStart)}
	if err := strict.Into[InputError](op, data, &form); err != nil {
		return err
	}
	*c = Calendar(form.plainCalendar)
	c.WeekStart = time.Weekday(form.WeekStart)
	return nil
}

// weekdayText is a weekday whose text is its English name in lower case.
type weekdayText time.Weekday

func (d weekdayText) MarshalText() ([]byte, error) { return []byte(weekdayNames[d]), nil }

func (d *weekdayText) UnmarshalText(text []byte) error {
	i := slices.Index(weekdayNames[:], string(text))
	if i < 0 {
		return unnamed("clientele.Calendar.UnmarshalJSON", "WeekStart", string(text), rule.OneOf(weekdayNames[:]...))
	}
	*d = weekdayText(i)
	return nil
}

func isWeekday(d time.Weekday) bool { return time.Sunday <= d && d <= time.Saturday }

var weekdayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

var errWeekday = rule.Want(rule.Unknown, "time.Sunday to time.Saturday, which are 0 to 6")
