package journey

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// AuditReport compares a map with what people did.
type AuditReport struct {
	Config AuditConfig `json:"config"` // what was asked, with defaults filled in

	People  int `json:"people"`  // people with a touch that counts
	Touches int `json:"touches"` // touches that count
	Later   int `json:"later"`   // touches after AsOf, left out
	Earlier int `json:"earlier"` // touches before Since, left out

	Won  int `json:"won"`  // people who reached the goal
	Lost int `json:"lost"` // leads who were lost
	Open int `json:"open"` // leads whose last touch is less than Patience ago

	Loss *clientele.Estimate `json:"loss,omitempty"` // share of Lost in Won and Lost, with Wilson's interval; nil where both are 0

	Stages      []StageAudit      `json:"stages"`      // by stage, in the order of the map
	Decisions   []DecisionAudit   `json:"decisions"`   // by decision, in their order
	Touchpoints []TouchpointAudit `json:"touchpoints"` // by touchpoint, in the order of the map
	OffMap      []OffMap          `json:"offMap"`      // touchpoints that people met and the map does not have, in ascending order of names
}

// StageAudit tells how many touchpoints serve a stage, and how many people met one.
type StageAudit struct {
	Stage       string `json:"stage"`       // name of the stage
	Touchpoints int    `json:"touchpoints"` // touchpoints that serve it; 0 = a gap of the map
	People      int    `json:"people"`      // people who met at least one of its touchpoints
}

// DecisionAudit tells at how many touchpoints a decision is taken, and how many people met one.
type DecisionAudit struct {
	Decision    Decision `json:"decision"`    // the decision
	Touchpoints int      `json:"touchpoints"` // touchpoints at which it is taken; 0 = a gap of the map
	People      int      `json:"people"`      // people who met at least one of its touchpoints
}

// TouchpointAudit is a touchpoint of the map and its traffic.
type TouchpointAudit struct {
	Touchpoint string          `json:"touchpoint"` // name of the touchpoint
	People     int             `json:"people"`     // people who met it; 0 = no traffic
	Touches    int             `json:"touches"`    // touches at it
	Cost       decimal.Decimal `json:"cost"`       // sum of the costs of those touches

	Leads      int `json:"leads"`      // people who met it as leads and are won or lost
	Lost       int `json:"lost"`       // leads who were lost at it: it was their last touchpoint
	Unanswered int `json:"unanswered"` // leads lost at it whose last touch they began themselves, so that nobody came back to them
	Open       int `json:"open"`       // leads who are at it and still open

	// Loss is the share of Lost in Leads with Wilson's interval; nil where Leads is 0.
	Loss *clientele.Estimate `json:"loss,omitempty"`

	Quality *Quality `json:"quality,omitempty"` // measured quality; nil = not measured
	IsPoor  bool     `json:"isPoor,omitempty"`  // whether people perceive less than is acceptable
}

// OffMap is a touchpoint that the map does not have.
type OffMap struct {
	Touchpoint string `json:"touchpoint"` // name in the touches
	People     int    `json:"people"`     // people who met it
	Touches    int    `json:"touches"`    // touches at it
	Lost       int    `json:"lost"`       // leads who were lost at it
}

// Idle returns the touchpoints of the map without traffic, in the order of the map.
func (r *AuditReport) Idle() []TouchpointAudit {
	return r.which(func(t TouchpointAudit) bool { return t.Touches == 0 })
}

// Poor returns the touchpoints that are worse than acceptable, in the order of the map.
func (r *AuditReport) Poor() []TouchpointAudit {
	return r.which(func(t TouchpointAudit) bool { return t.IsPoor })
}

// Wasting returns the touchpoints of the map at which leads were lost, ranked by how many
// they surely lose: the lower limit of Loss times Leads, the most first. The count alone
// would put what hardly any of a thousand leave above what all of five leave, and the share
// alone what lost the one lead that it had above both. Of equal ones, the one with more Lost
// comes first, then the one that the map has first.
func (r *AuditReport) Wasting() []TouchpointAudit {
	all := r.which(func(t TouchpointAudit) bool { return t.Lost > 0 })
	slices.SortStableFunc(all, func(a, b TouchpointAudit) int {
		return cmp.Or(cmp.Compare(b.surelyLost(), a.surelyLost()), cmp.Compare(b.Lost, a.Lost))
	})
	return all
}

// surelyLost is how many of the leads are lost at least, at the level of the interval, where
// there are leads.
func (t TouchpointAudit) surelyLost() float64 { return t.Loss.Lo * float64(t.Leads) }

func (r *AuditReport) which(holds func(TouchpointAudit) bool) (all []TouchpointAudit) {
	if r == nil {
		return nil
	}
	for _, t := range r.Touchpoints {
		if holds(t) {
			all = append(all, t)
		}
	}
	return all
}
