package journey

import (
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/interval"
)

// auditCount counts what people did on a map.
type auditCount struct {
	report AuditReport
	number map[string]int // of touchpoints: those of the map first, then those that it lacks
	stages [][]int        // numbers of stages by touchpoint of the map
	goal   []bool         // by touchpoint of the map: whether it serves the goal
	off    []OffMap

	// What the person at hand has met.
	points    map[int]bool // whether as a lead
	onStage   []bool
	decisions []bool
}

func newAuditCount(cfg AuditConfig) *auditCount {
	c := &auditCount{number: make(map[string]int), points: make(map[int]bool)}
	r := &c.report
	r.Config = cfg
	stages := cfg.Map.stages()
	for _, stage := range stages {
		r.Stages = append(r.Stages, StageAudit{Stage: stage})
	}
	for _, d := range Decisions() {
		r.Decisions = append(r.Decisions, DecisionAudit{Decision: d})
	}
	for i, t := range cfg.Map.Touchpoints {
		c.number[t.Name] = i
		r.Touchpoints = append(r.Touchpoints, TouchpointAudit{Touchpoint: t.Name})
		c.goal = append(c.goal, slices.Contains(t.Stages, cfg.Goal))
		var serves []int
		for _, stage := range t.Stages {
			n := slices.Index(stages, stage)
			serves = append(serves, n)
			r.Stages[n].Touchpoints++
		}
		c.stages = append(c.stages, serves)
		for _, d := range t.Decisions {
			r.Decisions[d].Touchpoints++
		}
	}
	for _, q := range cfg.Quality {
		t := &r.Touchpoints[c.number[q.Touchpoint]]
		t.Quality, t.IsPoor = &q, q.Perceived < q.Adequate
	}
	c.onStage, c.decisions = make([]bool, len(stages)), make([]bool, len(r.Decisions))
	return c
}

// add counts the way of a person.
func (c *auditCount) add(t *Timeline) {
	clear(c.points)
	clear(c.onStage)
	clear(c.decisions)
	won := false
	var last *Touch
	for i := range t.Touches {
		touch := &t.Touches[i]
		switch {
		case touch.At.After(c.report.Config.AsOf):
			c.report.Later++
		case touch.At.Before(c.report.Config.Since):
			c.report.Earlier++
		default:
			won = c.meet(touch, won)
			last = touch
		}
	}
	if last != nil {
		c.person(last, won)
	}
}

// meet counts a touch and reports whether the person has reached the goal by now.
func (c *auditCount) meet(touch *Touch, won bool) bool {
	c.report.Touches++
	at := c.numberOf(touch.Touchpoint)
	if off := at - len(c.stages); off >= 0 {
		c.off[off].Touches++
	} else {
		point := &c.report.Touchpoints[at]
		point.Touches++
		point.Cost = point.Cost.Add(touch.Cost)
		for _, stage := range c.stages[at] {
			c.onStage[stage] = true
		}
		for _, d := range c.report.Config.Map.Touchpoints[at].Decisions {
			c.decisions[d] = true
		}
	}
	if _, met := c.points[at]; !met {
		c.points[at] = !won
	}
	return won || at < len(c.goal) && c.goal[at]
}

// numberOf is the number of a touchpoint.
func (c *auditCount) numberOf(name string) int {
	n, ok := c.number[name]
	if !ok {
		n = len(c.number)
		name = strings.Clone(name) // it may be a piece of something large
		c.number[name] = n
		c.off = append(c.off, OffMap{Touchpoint: name})
	}
	return n
}

// person counts a person whose touches have been counted, and what became of the lead.
func (c *auditCount) person(last *Touch, won bool) {
	r := &c.report
	r.People++
	for i, met := range c.onStage {
		if met {
			r.Stages[i].People++
		}
	}
	for i, met := range c.decisions {
		if met {
			r.Decisions[i].People++
		}
	}
	lost := !won && r.Config.AsOf.Sub(last.At) >= r.Config.Patience.Duration()
	switch {
	case won:
		r.Won++
	case lost:
		r.Lost++
	default:
		r.Open++
	}
	for at, asLead := range c.points {
		if off := at - len(c.stages); off >= 0 {
			c.off[off].People++
			continue
		}
		r.Touchpoints[at].People++
		if asLead && (won || lost) {
			r.Touchpoints[at].Leads++
		}
	}
	c.end(last, won, lost)
}

// end counts where the way of a lead ended, or has come to.
func (c *auditCount) end(last *Touch, won, lost bool) {
	at := c.number[last.Touchpoint]
	if off := at - len(c.stages); off >= 0 {
		if lost {
			c.off[off].Lost++
		}
		return
	}
	point := &c.report.Touchpoints[at]
	switch {
	case won:
	case lost:
		point.Lost++
		if last.By == Customer {
			point.Unanswered++
		}
	default:
		point.Open++
	}
}

// finish completes the report.
func (c *auditCount) finish() *AuditReport {
	r := &c.report
	r.Loss = interval.Share(r.Lost, r.Won+r.Lost, r.Config.Level)
	for i := range r.Touchpoints {
		t := &r.Touchpoints[i]
		t.Loss = interval.Share(t.Lost, t.Leads, r.Config.Level)
	}
	r.OffMap = c.off
	slices.SortFunc(r.OffMap, func(a, b OffMap) int { return strings.Compare(a.Touchpoint, b.Touchpoint) })
	return r
}
