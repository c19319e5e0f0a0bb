package funnel

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Most steps and exclusions of a funnel.
const (
	mostSteps      = 32
	mostExclusions = 32
)

// Validate reports all faults of the funnel at once in a [clientele.ConfigError]: no steps or
// too many, names that are missing or given twice, a match without a condition, a first step
// that is optional, no window or one that is negative, an exclusion between steps that do not
// exist, a zone that does not exist, and options that exclude each other.
func (f Funnel) Validate() error {
	faults := clientele.ConfigError{Op: "funnel.Funnel.Validate"}
	f.check(&faults, "")
	return faults.Err()
}

// check notes the faults of a funnel that stands at a path of a configuration.
func (f *Funnel) check(faults *clientele.ConfigError, path string) {
	if n := len(f.Steps); n == 0 || n > mostSteps {
		faults.Add(path+"Steps", n, errSteps)
	}
	names := make(map[string]bool)
	for i := range f.Steps {
		f.checkStep(faults, fmt.Sprintf("%sSteps[%d]", path, i), i, names)
	}
	checkSpan(faults, path+"Window", f.Window, true)
	enum.Check(faults, path+"Order", orderNames[:], f.Order)
	if n := len(f.Exclusions); n > mostExclusions {
		faults.Add(path+"Exclusions", n, errExclusions)
	}
	for i := range f.Exclusions {
		f.checkExclusion(faults, fmt.Sprintf("%sExclusions[%d]", path, i), &f.Exclusions[i])
	}
	checkAttribute(faults, path+"Per", f.Per)
	fault.AddPart(faults, path, clientele.Calendar{Zone: f.Zone}.Validate())
	if f.ClickHouse != nil {
		f.checkClickHouse(faults, path)
	}
}

// checkStep notes the faults of step i.
func (f *Funnel) checkStep(faults *clientele.ConfigError, at string, i int, names map[string]bool) {
	s := &f.Steps[i]
	fault.AddLabel(faults, at+".Name", s.Name, names)
	s.Match.check(faults, at+".Match")
	if i == 0 && s.Optional && f.Order != AnyOrder {
		faults.Add(at+".Optional", true, errOptionalFirst)
	}
	for _, limit := range []struct {
		field string
		span  Span
	}{{".After", s.After}, {".Within", s.Within}} {
		checkSpan(faults, at+limit.field, limit.span, false)
		switch {
		case limit.span.IsZero():
		case f.Order == AnyOrder:
			faults.Add(at+limit.field, limit.span, errNoStepBefore)
		case i == 0:
			faults.Add(at+limit.field, limit.span, errLimitFirst)
		}
	}
}

// checkExclusion notes the faults of an exclusion.
func (f *Funnel) checkExclusion(faults *clientele.ConfigError, at string, x *Exclusion) {
	x.Match.check(faults, at+".Match")
	from, until, known := 0, len(f.Steps)-1, true
	for _, end := range []struct {
		field, name string
		step        *int
	}{{".After", x.After, &from}, {".Before", x.Before, &until}} {
		switch i := f.stepIndex(end.name); {
		case end.name == "":
		case f.Order == AnyOrder:
			faults.Add(at+end.field, end.name, errExclusionAnyOrder)
			known = false
		case i < 0:
			faults.Add(at+end.field, end.name, rule.Want(rule.Unknown, "the name of a step of the funnel"))
			known = false
		default:
			*end.step = i
		}
	}
	if known && f.Order != AnyOrder && len(f.Steps) > 1 && from >= until {
		faults.Add(at+".Before", x.Before, errExclusionSpan)
	}
}

// stepIndex is the position of a step with a name; -1 for none.
func (f *Funnel) stepIndex(name string) int {
	for i := range f.Steps {
		if f.Steps[i].Name == name {
			return i
		}
	}
	return -1
}

// stepBefore is the position of the required step before a step; -1 for the first, and where
// steps have no order.
func (f *Funnel) stepBefore(step int) int {
	if f.Order == AnyOrder {
		return -1
	}
	for step--; step >= 0 && f.Steps[step].Optional; step-- {
	}
	return step
}

// checkClickHouse notes what windowFunnel does not know.
func (f *Funnel) checkClickHouse(faults *clientele.ConfigError, path string) {
	refuse := func(field string, value any, set bool) {
		if set {
			faults.Add(path+field, value, errClickHouse)
		}
	}
	refuse("Order", f.Order.String(), f.Order != InOrder)
	refuse("Increasing", true, f.Increasing)
	refuse("Exclusions", len(f.Exclusions), len(f.Exclusions) > 0)
	for i := range f.Steps {
		s := &f.Steps[i]
		at := fmt.Sprintf("Steps[%d].", i)
		refuse(at+"Optional", true, s.Optional)
		refuse(at+"After", s.After, !s.After.IsZero())
		refuse(at+"Within", s.Within, !s.Within.IsZero())
	}
}

var (
	errSteps             = rule.Want(rule.Range, "1 to %d steps", mostSteps)
	errExclusions        = rule.Want(rule.Range, "at most %d exclusions", mostExclusions)
	errOptionalFirst     = rule.Because(rule.Range, "the first step is optional", "a first step that everybody makes, or the order AnyOrder")
	errNoStepBefore      = rule.Because(rule.Range, "steps in any order have no step before", "none, or another order")
	errLimitFirst        = rule.Because(rule.Range, "the first step has no step before", "none")
	errExclusionAnyOrder = rule.Because(rule.Range, "steps in any order have no place between", "none: the touches spoil from the first step on")
	errExclusionSpan     = rule.Because(rule.Range, "Before is not a later step than After", "the names of two steps in their order")
	errClickHouse        = rule.Because(rule.Range, "windowFunnel does not have it", "none, or no ClickHouse")
)
