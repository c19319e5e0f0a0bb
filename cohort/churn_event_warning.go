package cohort

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// LiftWarning says that a lift may not be due to the events: in a report without
// classes, that it is above 1, but not among customers who buy equally often; in one with
// strata, that most pauses with the event have no like ones to be compared with.
type LiftWarning struct {
	Kind     string             `json:"kind"`     // kind of the events; "" for the rest together
	Lift     clientele.Estimate `json:"lift"`     // as reported
	Pauses   int                `json:"pauses"`   // pauses in which at least one happened
	Compared int                `json:"compared"` // how many of Pauses have like ones to be compared with

	// Within, in a report without classes, is the lift in five classes, which is
	// below the limits of Lift; the zero Estimate if there is none. nil in a report with
	// classes.
	Within *clientele.Estimate `json:"within,omitempty"`
}

// Error says it in a sentence.
func (w LiftWarning) Error() string {
	switch {
	case w.Within == nil:
		return fmt.Sprintf("%q: only %d of %d pauses are compared: the others are of customers who had bought on fewer than four days, or have no like ones without the event; want fewer strata",
			w.Kind, w.Compared, w.Pauses)
	case w.Within.Level == 0:
		return fmt.Sprintf("%q: the lift of %.3g may be due to how often these customers buy, which cannot be told: there are no like ones to compare them with; want labels of customers who are alike, or events by chance",
			w.Kind, w.Lift.Value)
	}
	return fmt.Sprintf("%q: the lift of %.3g may be due to how often these customers buy: among those who buy equally often it is %.3g; want IntervalClasses, such as %d",
		w.Kind, w.Lift.Value, w.Within.Value, checkedClasses)
}

// checkedClasses is how many classes a lift without classes is checked by.
const checkedClasses = 5

// groups are all groups of the report.
func (r *ChurnEventReport) groups() []*ChurnEventGroup {
	var all []*ChurnEventGroup
	for i := range r.Kinds {
		all = append(all, &r.Kinds[i])
	}
	if r.Other != nil {
		all = append(all, r.Other)
	}
	return all
}

// claims reports whether a lift is above 1, beyond chance.
func (r *ChurnEventReport) claims() bool {
	for _, g := range r.groups() {
		if g.Lift.Lo > 1 {
			return true
		}
	}
	return false
}

// warnOfIntervals notes the lifts above 1 that are lower in classes.
func (r *ChurnEventReport) warnOfIntervals(classed *ChurnEventReport) {
	within := make(map[string]*ChurnEventGroup)
	for _, g := range classed.groups() {
		within[g.Kind] = g
	}
	for _, g := range r.groups() {
		if w := within[g.Kind]; g.Lift.Lo > 1 && w.Lift.Value < g.Lift.Lo {
			r.Warnings = append(r.Warnings, LiftWarning{g.Kind, g.Lift, g.Pauses, w.Compared, &w.Lift})
		}
	}
}

// warnOfStrata notes the kinds of which few pauses are compared.
func (r *ChurnEventReport) warnOfStrata() {
	for _, g := range r.groups() {
		if 2*g.Compared < g.Pauses {
			r.Warnings = append(r.Warnings, LiftWarning{Kind: g.Kind, Lift: g.Lift, Pauses: g.Pauses, Compared: g.Compared})
		}
	}
}

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves r as it was.
func (r *ChurnEventReport) UnmarshalJSON(data []byte) error {
	type plain ChurnEventReport
	var read struct {
		plain
		Warnings []LiftWarning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("cohort.ChurnEventReport.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*r = ChurnEventReport(read.plain)
	r.Warnings = fault.Errors(read.Warnings)
	return nil
}
