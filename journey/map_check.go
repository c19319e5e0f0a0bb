package journey

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Validate reports all faults of the map at once in a [clientele.ConfigError]: names that
// are missing or given twice, no touchpoints, a touchpoint without a stage, and stages,
// decisions and steps of scenarios that do not exist.
func (m Map) Validate() error {
	faults := clientele.ConfigError{Op: "journey.Map.Validate"}
	m.check(&faults, "")
	return faults.Err()
}

// check notes the faults of a map that stands at a path of a configuration.
func (m *Map) check(faults *clientele.ConfigError, path string) {
	stages := make(map[string]bool)
	for i, stage := range m.Stages {
		fault.AddLabel(faults, fmt.Sprintf("%sStages[%d]", path, i), stage, stages)
	}
	if len(m.Touchpoints) == 0 {
		faults.Add(path+"Touchpoints", nil, errNoTouchpoints)
	}
	names := make(map[string]bool)
	for i := range m.Touchpoints {
		at := fmt.Sprintf("%sTouchpoints[%d].", path, i)
		fault.AddLabel(faults, at+"Name", m.Touchpoints[i].Name, names)
		m.checkStages(faults, at, m.Touchpoints[i].Stages)
		checkDecisions(faults, at, m.Touchpoints[i].Decisions)
	}
	scenarios := make(map[string]bool)
	for i, s := range m.Scenarios {
		at := fmt.Sprintf("%sScenarios[%d].", path, i)
		fault.AddLabel(faults, at+"Name", s.Name, scenarios)
		m.checkSteps(faults, at, s.Touchpoints, names)
	}
}

// checkStages notes stages of a touchpoint that are missing, unknown or given twice.
func (m *Map) checkStages(faults *clientele.ConfigError, at string, own []string) {
	if len(own) == 0 {
		faults.Add(at+"Stages", nil, errNoStage)
	}
	stages, seen := m.stages(), make(map[string]bool)
	for i, stage := range own {
		field := fmt.Sprintf("%sStages[%d]", at, i)
		if !slices.Contains(stages, stage) {
			faults.Add(field, stage, rule.OneOf(stages...))
			continue
		}
		fault.AddLabel(faults, field, stage, seen)
	}
}

// checkDecisions notes decisions that do not exist or are given twice.
func checkDecisions(faults *clientele.ConfigError, at string, own []Decision) {
	for i, d := range own {
		field := fmt.Sprintf("%sDecisions[%d]", at, i)
		enum.Check(faults, field, decisionNames[:], d)
		if slices.Contains(own[:i], d) {
			faults.Add(field, d, fault.ErrTwice)
		}
	}
}

// checkSteps notes a scenario without steps, and steps that are no touchpoint of the map.
func (m *Map) checkSteps(faults *clientele.ConfigError, at string, steps []string, names map[string]bool) {
	if len(steps) == 0 {
		faults.Add(at+"Touchpoints", nil, errNoSteps)
	}
	for i, step := range steps {
		if !names[step] {
			faults.Add(fmt.Sprintf("%sTouchpoints[%d]", at, i), step, rule.Want(rule.Unknown, "the name of a touchpoint of the map"))
		}
	}
}

var (
	errNoTouchpoints = rule.Want(rule.Missing, "at least one touchpoint")
	errNoStage       = rule.Want(rule.Missing, "at least one stage that the touchpoint serves")
	errNoSteps       = rule.Want(rule.Missing, "the touchpoints of the scenario in order, at least one")
)
