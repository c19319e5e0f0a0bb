package path

import (
	"math"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// readTimes reads when each touch of a timeline began and ended into l.own, and reports
// whether the log can count it. It looks at what is counted and nothing else, since it is
// asked for every touch.
func (l *Log) readTimes(t *journey.Timeline) (ok bool) {
	if t.Profile == "" {
		return false
	}
	if cap(l.own) < len(t.Touches) {
		l.own = make([]step, 2*len(t.Touches))
	}
	l.own = l.own[:len(t.Touches)]
	before := step{from: math.MinInt64}
	for i := range t.Touches {
		touch := &t.Touches[i]
		if touch.Touchpoint == "" || !rule.InTime(touch.At) {
			return false
		}
		s := step{from: touch.At.UnixNano()}
		s.end = s.from
		if !touch.Until.IsZero() {
			if !rule.InTime(touch.Until) {
				return false
			}
			s.end = touch.Until.UnixNano()
		}
		if s.end < s.from || s.from < before.from || s.from == before.from && touch.Seq < t.Touches[i-1].Seq {
			return false
		}
		l.own[i], before = s, s
	}
	return true
}

// refused says what is wrong with a timeline that the log cannot count.
func refused(t *journey.Timeline) error {
	bare := journey.Timeline{Profile: t.Profile}
	for i := range t.Touches {
		touch := &t.Touches[i]
		bare.Touches = append(bare.Touches, journey.Touch{Touchpoint: touch.Touchpoint, At: touch.At, Until: touch.Until, Seq: touch.Seq})
	}
	return bare.Validate()
}

var (
	errNoSteps  = rule.Because(rule.Empty, "no steps", "at least one timeline with a touch that has a label")
	errOwnLabel = rule.Because(rule.Duplicate, "the label of those who left, or of what is hidden", "another label, such as one of Config.Label")
	errNoLabel  = rule.Want(rule.Unknown, "a label that occurs, as Log.Labels lists them")
)

// unknown says that a label does not occur.
func unknown(op, field, label string) error { return fault.Of(op, field, label, errNoLabel) }

// atLeastOne refuses a number that is to be 1 or more, with 0 for a default.
func atLeastOne(op, field string, n, otherwise int) (int, error) {
	switch {
	case n < 0:
		return 0, fault.Of(op, field, n, rule.Want(rule.Negative, "1 or more, or 0 for %d", otherwise))
	case n == 0:
		return otherwise, nil
	}
	return n, nil
}
