package clientele_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

// Invariant: what is asked of periods that are too far away to be told is refused by a panic
// that says so, whatever the question; up to there all questions are answered.
func TestPeriodsTooFarAway(t *testing.T) {
	const tenMillionYears = 10_000_000 * 366 * 24 * 60 * 60
	for _, unit := range []clientele.Unit{clientele.Day, clientele.Week, clientele.Month, clientele.Quarter, clientele.Year} {
		periods, err := clientele.Calendar{Unit: unit, Zone: "Europe/Berlin"}.Open()
		if err != nil {
			t.Fatal(err)
		}
		for _, seconds := range []int64{0, tenMillionYears / 2, -tenMillionYears / 2, 2 * tenMillionYears, -2 * tenMillionYears, math.MaxInt64, math.MinInt64, 1 << 62} {
			at, far := time.Unix(seconds, 0), seconds > tenMillionYears || seconds < -tenMillionYears
			for name, ask := range map[string]func(){
				"Start": func() { periods.Start(periods.Index(at)) },
				"Next":  func() { periods.Next(at) },
				"End":   func() { periods.End(at) },
				"Label": func() { _ = periods.Label(periods.Index(at)) },
			} {
				if got := panicOf(ask); far != (got == "clientele: a period more than ten million years away") {
					t.Errorf("%s of a %s at second %d panics with %q, want a panic: %v", name, unit, seconds, got, far)
				}
			}
		}
	}
}

// panicOf is what a function panics with, as text; "" where it returns.
func panicOf(f func()) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	f()
	return ""
}
