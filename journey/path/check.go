package path

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// usable reports whether a log can count a timeline. It looks at what is counted and
// nothing else, since it is asked for every touch.
func usable(t *journey.Timeline) bool {
	if t.Profile == "" {
		return false
	}
	for i := range t.Touches {
		touch := &t.Touches[i]
		if touch.Touchpoint == "" || !rule.InTime(touch.At) {
			return false
		}
		if !touch.Until.IsZero() && (!rule.InTime(touch.Until) || touch.Until.Before(touch.At)) {
			return false
		}
		if i > 0 && !follows(touch, &t.Touches[i-1]) {
			return false
		}
	}
	return true
}

// follows reports whether a touch may stand behind another.
func follows(touch, before *journey.Touch) bool {
	if touch.At.Equal(before.At) {
		return touch.Seq >= before.Seq
	}
	return touch.At.After(before.At)
}

// refused says what is wrong with a timeline that is not usable.
func refused(t *journey.Timeline) error {
	bare := journey.Timeline{Profile: t.Profile}
	for i := range t.Touches {
		touch := &t.Touches[i]
		bare.Touches = append(bare.Touches, journey.Touch{Touchpoint: touch.Touchpoint, At: touch.At, Until: touch.Until, Seq: touch.Seq})
	}
	return bare.Validate()
}

var (
	errNoSteps = rule.Because(rule.Empty, "no steps", "at least one timeline with a touch that has a label")
	errNoLabel = rule.Want(rule.Unknown, "a label that occurs, as Log.Labels lists them")
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
