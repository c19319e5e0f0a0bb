package ltv

import (
	"math"
	"strconv"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// DaysPerYear is the mean length of the Gregorian year.
const DaysPerYear = 365.2425

// Span is a length of time that says its unit, as in [Weeks](52) or [Years](1), so
// that a horizon of months is never taken for one of weeks. The zero Span is no span.
//
// Seven days are a week, three months a quarter and twelve months a year, exactly.
// Days turn into months by the mean Gregorian month of 30.436875 days.
//
// As text, and in JSON, a span is "52 weeks", "1 year", "forever", or "26 units" where it
// has no unit; see [Units].
type Span struct {
	n    float64
	unit spanUnit
}

// spanUnit is what a span is counted in.
type spanUnit uint8

// The units of spans: the calendar's, and none.
const (
	unitless spanUnit = iota
	inDays
	inWeeks
	inMonths
	inQuarters
	inYears
)

// spanUnits are the names of the units, and what they consist of.
var spanUnits = [...]struct {
	name         string
	days, months float64 // at least one is 0
}{
	unitless:   {"unit", 0, 0},
	inDays:     {"day", 1, 0},
	inWeeks:    {"week", 7, 0},
	inMonths:   {"month", 0, 1},
	inQuarters: {"quarter", 0, 3},
	inYears:    {"year", 0, 12},
}

// Days is a span of n days.
func Days(n float64) Span { return Span{n, inDays} }

// Weeks is a span of n weeks.
func Weeks(n float64) Span { return Span{n, inWeeks} }

// Months is a span of n months.
func Months(n float64) Span { return Span{n, inMonths} }

// Quarters is a span of n quarters.
func Quarters(n float64) Span { return Span{n, inQuarters} }

// Years is a span of n years.
func Years(n float64) Span { return Span{n, inYears} }

// Units is a span of n units of time, whatever the unit is, for models and samples that
// do not know theirs. Where the unit is known such a span is refused.
func Units(n float64) Span { return Span{n, unitless} }

// Forever is the span without an end.
func Forever() Span { return Units(math.Inf(1)) }

// calendarSpan is the span of n units of a calendar; where it is one of a longer unit,
// as 7 days are a week, it is said in that.
func calendarSpan(n float64, of clientele.Unit) Span {
	if of > clientele.Year {
		return Span{}
	}
	s := Span{n, inDays + spanUnit(of)}
	for u := inYears; u > s.unit; u-- {
		if one := (Span{1, u}); one.months() == s.months() && one.days() == s.days() {
			return one
		}
	}
	return s
}

// IsZero reports whether s is the zero Span.
func (s Span) IsZero() bool { return s == Span{} }

// In returns how many of another span make this one: Years(1).In(Weeks(1)) is 52.1775,
// the horizon of a year for an [Outlook] in weeks. In
// returns [clientele.ErrMismatch] for a span with a unit and one without.
func (s Span) In(unit Span) (float64, error) {
	const op = "ltv.Span.In"
	n, err := s.in(unit)
	if err == nil && !rule.IsFinite(n) {
		err = rule.Want(clientele.ErrNotFinite, "a span that ends, and a unit above 0")
	}
	if err != nil {
		return 0, fault.Of(op, "span", s, err)
	}
	return n, nil
}

// in is In without the place of a fault. The zero Span is a unit that is not known,
// and forever is infinite in any.
func (s Span) in(unit Span) (float64, error) {
	if unit.IsZero() {
		unit = Units(1)
	}
	switch {
	case math.IsInf(s.n, 1):
		return s.n, nil
	case s.unit == unit.unit:
		return s.n / unit.n, nil
	case unit.unit == unitless:
		return 0, rule.Because(clientele.ErrMismatch, "the unit of time of the data is not known",
			"it stated by Sample.SetUnit or Fitted.WithUnit, or a number of such units, as in ltv.Units(52)")
	case s.unit == unitless:
		return 0, rule.Because(clientele.ErrMismatch, "has no unit", "one, such as %q: the unit of time of the data is %s", Span{s.n, unit.unit}, unit)
	case s.months() > 0 && unit.months() > 0:
		return s.months() / unit.months(), nil
	}
	return s.allDays() / unit.allDays(), nil
}

// times is n of a unit of time; the zero Span is a unit that is not known.
func (s Span) times(n float64) Span {
	if s.IsZero() {
		return Units(n)
	}
	return Span{n * s.n, s.unit}
}

// days is the length of a span that consists of days; 0 of others.
func (s Span) days() float64 { return s.n * spanUnits[s.unit].days }

// months is the length of a span that consists of months; 0 of others.
func (s Span) months() float64 { return s.n * spanUnits[s.unit].months }

// allDays is the length in days of a span that has a unit.
func (s Span) allDays() float64 { return s.days() + s.months()*DaysPerYear/12 }

// String returns the text, as in "52 weeks".
func (s Span) String() string {
	switch {
	case math.IsInf(s.n, 1):
		return forever
	case s.n == 1:
		return "1 " + spanUnits[s.unit].name
	}
	return s.number() + " " + spanUnits[s.unit].name + "s"
}

const forever = "forever"

func (s Span) number() string { return strconv.FormatFloat(s.n, 'g', -1, 64) }

// orNil is nil for the zero Span, for messages.
func (s Span) orNil() any {
	if s.IsZero() {
		return nil
	}
	return s
}

// check refuses a span that is no time: one that is negative or no number.
func (s Span) check() error {
	switch {
	case math.IsNaN(s.n):
		return rule.Want(clientele.ErrNotFinite, "a time, such as %q", "52 weeks")
	case s.n < 0:
		return rule.Want(clientele.ErrNegative, "a time, such as %q", "52 weeks")
	}
	return nil
}

// checkUnit refuses a span that is no unit of time.
func (s Span) checkUnit() error {
	if s.unit == unitless || !(s.n > 0) || !rule.IsFinite(s.n) {
		return rule.Want(clientele.ErrRange, "a named span above 0, such as ltv.Weeks(1)")
	}
	return nil
}

// same reports whether two spans are one length of time, or none both.
func (s Span) same(o Span) bool {
	n, err := s.in(o)
	return s == o || !s.IsZero() && !o.IsZero() && err == nil && n == 1
}

// MarshalText returns the text. It returns a [clientele.InputError] for a span that is
// negative or no number.
func (s Span) MarshalText() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, fault.Of("ltv.Span.MarshalText", "span", s.n, err)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what MarshalText writes. Anything else returns
// [clientele.ErrEncoding] and leaves the span as it was.
func (s *Span) UnmarshalText(text []byte) error {
	read, ok := parseSpan(string(text))
	if !ok {
		return fault.Of("ltv.Span.UnmarshalText", "span", string(text), errSpanText)
	}
	*s = read
	return nil
}

// parseSpan reads the text of a span.
func parseSpan(text string) (s Span, ok bool) {
	if text == forever {
		return Forever(), true
	}
	number, name, _ := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(number, 64)
	unit, ok := spanUnitOf(strings.TrimSuffix(name, "s"))
	return Span{n, unit}, ok && err == nil && rule.IsFinite(n) && n >= 0
}

var errSpanText = rule.Because(clientele.ErrEncoding, "not a span", `a number of days, weeks, months, quarters or years, as in "52 weeks", or "forever"`)

// spanUnitOf is the unit of a name.
func spanUnitOf(name string) (u spanUnit, ok bool) {
	for u := range spanUnits {
		if spanUnits[u].name == name {
			return spanUnit(u), true
		}
	}
	return 0, false
}
