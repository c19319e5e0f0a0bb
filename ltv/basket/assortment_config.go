package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// AssortmentConfig says how an [Assortment] is laid out.
type AssortmentConfig struct {
	Calendar clientele.Calendar `json:"calendar"` // periods of bestsellers; zero = days, in UTC
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [NewAssortment] does.
func (c AssortmentConfig) Validate() error {
	_, err := c.open("basket.AssortmentConfig.Validate")
	return err
}

// open returns the periods of the calendar, or all faults.
func (c AssortmentConfig) open(op string) (*clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	periods, err := c.Calendar.Open()
	fault.AddPart(&faults, "Calendar.", err)
	return periods, faults.Err()
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *AssortmentConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.AssortmentConfig.UnmarshalJSON", data, c)
}

// difference returns the field in which two configurations of opened calendars differ,
// with the value of each; "" for none.
func (c AssortmentConfig) difference(o AssortmentConfig) (field string, own, other any) {
	switch a, b := c.Calendar, o.Calendar; {
	case a.Unit != b.Unit:
		return "Calendar.Unit", a.Unit, b.Unit
	case a.Zone != b.Zone:
		return "Calendar.Zone", a.Zone, b.Zone
	case a.WeekStart != b.WeekStart:
		return "Calendar.WeekStart", a.WeekStart, b.WeekStart
	}
	return "", nil, nil
}
