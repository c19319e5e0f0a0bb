package main

import (
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// returning is how customers come back.
type returning struct {
	Each     string           `json:"each"` // period of the cohorts, as in "month"
	Triangle *cohort.Triangle `json:"triangle"`
	Averages []cohort.Average `json:"averages"`
	Ladder   *cohort.Ladder   `json:"ladder"`
	Trend    *cohort.Trend    `json:"trend,omitempty"` // of the first period after the entry; nil with fewer than three cohorts
}

const (
	maxCohorts = 24 // rows that a triangle should have at the most
	rungs      = 6  // of the ladder
)

// comeBack follows the customers by the period of their first purchase: months, or
// longer periods where there would be too many.
func comeBack(activity *cohort.Activity[string], o options) (*returning, error) {
	ladder, err := activity.Ladder(cohort.LadderConfig{AsOf: o.asOf, MaxRungs: rungs, Level: level})
	if err != nil {
		return nil, err
	}
	var r returning
	for _, unit := range []clientele.Unit{clientele.Month, clientele.Quarter, clientele.Year} {
		calendar := o.days.Calendar()
		calendar.Unit = unit
		triangle, err := activity.Triangle(cohort.TriangleConfig{AsOf: o.asOf, Calendar: calendar, Level: level})
		if err != nil {
			return nil, err
		}
		r = returning{Each: unit.String(), Triangle: triangle, Averages: triangle.Averages(), Ladder: ladder}
		if len(triangle.Rows) <= maxCohorts {
			break
		}
	}
	if len(r.Triangle.Columns) > 1 {
		switch trend, err := r.Triangle.Trend(1, ""); {
		case errors.Is(err, clientele.ErrEmpty): // fewer than two cohorts
		case err != nil:
			return nil, err
		case trend.Slope.Level > 0:
			r.Trend = trend
		}
	}
	return &r, nil
}

// Summary says in plain words how many come back at once, and whether that changes.
func (r *returning) Summary() string {
	if len(r.Averages) < 2 || r.Averages[1].Eligible == 0 {
		return fmt.Sprintf("No %s after a customer's first has ended yet.", r.Each)
	}
	first := r.Averages[1]
	s := fmt.Sprintf("Of %s customers %s (%s %%) bought again in the %s after that of their first purchase.",
		count(first.Eligible), count(first.Active), percent(first.Rate.Value), r.Each)
	if r.Trend == nil {
		return s
	}
	slope := r.Trend.Slope
	switch {
	case slope.Lo > 0:
		s += " That is improving"
	case slope.Hi < 0:
		s += " That is getting worse"
	default:
		return s + " From cohort to cohort that has neither risen nor fallen for sure."
	}
	return s + fmt.Sprintf(": by %.1f to %.1f points a %s.", 100*slope.Lo, 100*slope.Hi, r.Each)
}

// shown is how many columns fit the terminal.
const shown = 9

func (t *text) returning() {
	r := t.Returning
	t.title("Do they come back")
	t.say("%s Share of each cohort that bought so many %ss later, in %%; a dot stands where the %s has not ended.", r.Summary(), r.Each, r.Each)
	t.line()
	// Writing to memory cannot fail, and the view is one that there is.
	_ = r.Triangle.WriteText(t, cohort.ViewRates, shown)
	t.line()
	t.say("From purchase to purchase: how many went on, how soon half of them had, and by how much the receipt of the same customers changed.")
	t.line()
	writeTable(t, "lrrrrrr", r.LadderRows())
}

// LadderRows are the rungs of the ladder as rows of a table, heads first.
func (r *returning) LadderRows() [][]string {
	rows := [][]string{{"purchase", "customers", "went on %", "between", "half within", "receipt", "changed by"}}
	for i, rung := range r.Ladder.Rungs {
		half, changed := "never", ""
		if days := rung.Median.Value; days != nil {
			half = whole(*days) + " days"
		}
		if i > 0 && rung.Change.Level > 0 {
			changed = fmt.Sprintf("%+.0f to %+.0f", rung.Change.Lo, rung.Change.Hi)
		}
		rows = append(rows, []string{
			fmt.Sprint(rung.Deal), count(rung.Made), percent(rung.Conversion.Value),
			percent(rung.Conversion.Lo) + "–" + percent(rung.Conversion.Hi), half, whole(rung.AverageCheck.Value), changed,
		})
	}
	return rows
}
