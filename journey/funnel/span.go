package funnel

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Span is a length of time: hours and minutes, or local calendar days. The two differ when
// clocks change: 14 days after noon is noon, 336 hours after noon may be 11 or 13 o'clock.
// The zero Span is none, and one with both is refused wherever it is used. Its text is as in
// "336h0m0s" or "14 days".
type Span struct {
	Time time.Duration // hours, minutes and seconds, whatever clocks show
	Days int           // local calendar days: until the same time of day, so many dates later
}

// Hours returns a span of so many hours; more than a [time.Duration] holds, which are 2,562,047
// hours or 292 years, are as many as it holds.
func Hours(n int) Span {
	const most = math.MaxInt64 / int64(time.Hour)
	switch {
	case int64(n) > most:
		return Span{Time: math.MaxInt64}
	case int64(n) < -most:
		return Span{Time: math.MinInt64}
	}
	return Span{Time: time.Duration(n) * time.Hour}
}

// Days returns a span of so many local calendar days.
func Days(n int) Span { return Span{Days: n} }

// IsZero reports whether the span is none.
func (s Span) IsZero() bool { return s == Span{} }

// String returns the text of the span; "" for none. Where both fields are set it shows Days.
func (s Span) String() string {
	switch {
	case s.IsZero():
		return ""
	case s.Days == 1:
		return "1 day"
	case s.Days != 0:
		return strconv.Itoa(s.Days) + " days"
	}
	return s.Time.String()
}

// MarshalText returns the text of the span. Where both Time and Days are set it returns an
// InputError of [clientele.ErrRange].
func (s Span) MarshalText() ([]byte, error) {
	if s.Time != 0 && s.Days != 0 {
		return nil, fault.Of("funnel.Span.MarshalText", "Days", s.Days, errTwoSpans)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a number of days, as in "14 days" or "1 day", or what
// [time.ParseDuration] reads, as in "36h" or "90m"; "" is none. For any other text it
// returns an InputError of [clientele.ErrRange] and leaves the span as it was.
func (s *Span) UnmarshalText(text []byte) error {
	given := string(text)
	if given == "" {
		*s = Span{}
		return nil
	}
	number, isDays := strings.CutSuffix(given, " days")
	if !isDays {
		number, isDays = strings.CutSuffix(given, " day")
	}
	if isDays {
		if n, err := strconv.Atoi(number); err == nil {
			*s = Span{Days: n}
			return nil
		}
	} else if d, err := time.ParseDuration(given); err == nil {
		*s = Span{Time: d}
		return nil
	}
	return fault.Of("funnel.Span.UnmarshalText", "Span", given, errSpanText)
}

// checkSpan notes a span that cannot be used; none is a fault where it is required.
func checkSpan(faults *clientele.ConfigError, field string, s Span, required bool) {
	tooLong := rule.Days(max(s.Days, 0))
	switch {
	case s.Time != 0 && s.Days != 0:
		faults.Add(field, s.Days, errTwoSpans)
	case s.Time < 0 || s.Days < 0:
		faults.Add(field, s.String(), errNegativeSpan)
	case tooLong != nil:
		faults.Add(field, s.Days, tooLong)
	case required && s.IsZero():
		faults.Add(field, nil, errNoSpan)
	}
}

var (
	errNoSpan       = rule.Want(rule.Missing, "a time above 0, such as Hours(336) or Days(14)")
	errNegativeSpan = rule.Want(rule.Negative, "a time above 0, such as Hours(336) or Days(14)")
	errTwoSpans     = rule.Because(rule.Range, "both Time and Days", "one: hours, or local calendar days")
	errSpanText     = rule.Want(rule.Range, "a time such as 36h or 90m, or a number of days such as 14 days")
)

// after returns the moment a span after another, both in Unix nanoseconds: the last moment
// that is within the span. Times of day are those of a zone; where the clocks skip one it is
// the first moment after, and where they show it twice the first.
func (s Span) after(at int64, zone *time.Location) int64 {
	if s.Days == 0 {
		if end := at + int64(s.Time); end >= at {
			return end
		}
		return latest
	}
	end := shown(clocks(rule.Moment(at).In(zone)).AddDate(0, 0, s.Days), zone)
	if !rule.InTime(end) {
		return latest
	}
	return end.UnixNano()
}

// latest is after all moments.
const latest = int64(^uint64(0) >> 1)

// clocks is what clocks show at a moment in its zone, as if they showed it in UTC.
func clocks(t time.Time) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), time.UTC)
}

// shown is the first moment at which clocks in a zone show what they would show in UTC at
// another, or more.
func shown(wanted time.Time, zone *time.Location) time.Time {
	year, month, day := wanted.Date()
	hour, minute, second := wanted.Clock()
	t := time.Date(year, month, day, hour, minute, second, wanted.Nanosecond(), zone)
	from, until := t.ZoneBounds()
	switch clocks(t).Compare(wanted) { // which differ where clocks skip what is wanted
	case -1:
		return until
	case +1:
		return from
	}
	if from.IsZero() {
		return t
	}
	_, now := t.Zone()
	_, before := from.Add(-1).Zone()
	if earlier := t.Add(time.Duration(now-before) * time.Second); earlier.Before(from) && before > now {
		return earlier
	}
	return t
}
