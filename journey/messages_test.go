package journey_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/shopspring/decimal"
)

// The texts of all errors and warnings, which are to say what was wrong, what is allowed and
// what mends it.
func TestMessages(t *testing.T) {
	changed := func(change func(*journey.Touch)) error {
		o := order()
		change(&o)
		return o.Validate()
	}
	name := journey.ByIdentifier("customer")
	_, auditFaults := journey.Audit(nil, journey.AuditConfig{
		Map: shop(), Since: at(1, 0), AsOf: at(1, 0), Goal: "profit", Patience: -1, Level: 1,
		Quality: []journey.Quality{{Touchpoint: "fair"}, {Touchpoint: "site", Adequate: math.NaN()}},
	})
	verify.Messages(t, "messages.txt", map[string]error{
		"touch: kind":        changed(func(o *journey.Touch) { o.Identifiers[0].Kind = "" }),
		"touch: identifier":  journey.Identifier{}.Validate(),
		"touch: touchpoint":  changed(func(o *journey.Touch) { o.Touchpoint = "" }),
		"touch: moment":      changed(func(o *journey.Touch) { o.At = time.Time{} }),
		"touch: end":         changed(func(o *journey.Touch) { o.Until = o.At.Add(-time.Hour) }),
		"touch: party":       changed(func(o *journey.Touch) { o.By = 9 }),
		"touch: cost":        changed(func(o *journey.Touch) { o.Cost = decimal.New(-1, 0) }),
		"timeline: profile":  journey.Timeline{}.Validate(),
		"timeline: order":    journey.Timeline{Profile: "1", Touches: []journey.Touch{{Touchpoint: "a", At: at(2, 0)}, {Touchpoint: "a", At: at(1, 0)}}}.Validate(),
		"timelines: nothing": verify.Second(journey.NewTimelines(nil, nil)),
		"timelines: empty":   verify.Second(journey.NewTimelines(clientele.All[journey.Touch](nil), name)),
		"timelines: ties":    journey.TieWarning{3},
		"timelines: nobody":  journey.UnidentifiedWarning{3, 10},
		"map": journey.Map{
			Touchpoints: []journey.Touchpoint{{Stages: []string{"dream"}, Decisions: []journey.Decision{7}}, {Name: "site"}},
			Scenarios:   []journey.Scenario{{Name: "a"}, {Name: "b", Touchpoints: []string{"chat"}}},
		}.Validate(),
		"map: empty":       journey.Map{}.Validate(),
		"map: JSON":        json.Unmarshal([]byte(`{"touchpoints":[{"decisions":["think"]}]}`), new(journey.Map)),
		"audit":            auditFaults,
		"audit: empty":     verify.Second(journey.Audit(clientele.All[journey.Timeline](nil), journey.AuditConfig{Map: shop(), AsOf: at(1, 0)})),
		"audit: JSON":      json.Unmarshal([]byte(`{"map":{"x":1}}`), new(journey.AuditConfig)),
		"facts: policy":    journey.FactPolicy{Rules: []journey.FactRule{{Fresh: -1, Sources: []journey.Source{0, 0, 9}}}, Other: journey.FactRule{Name: "a"}}.Validate(),
		"facts: name":      verify.Second(journey.FactPolicy{}.Resolve([]journey.Fact{{}}, at(1, 0))),
		"facts: source":    journey.Fact{Name: "a", Source: 9}.Validate(),
		"facts: freshness": journey.Fact{Name: "a", At: at(2, 0), FreshUntil: at(1, 0)}.Validate(),
		"facts: now":       verify.Second(journey.FactPolicy{}.Resolve(nil, time.Time{})),
		"facts: JSON":      json.Unmarshal([]byte(`{"other":{"latest":1}}`), new(journey.FactPolicy)),
		"name of a party":  new(journey.Party).UnmarshalText([]byte("them")),
		"name of a source": new(journey.Source).UnmarshalText([]byte("rumour")),
		"name of a reason": new(journey.Reason).UnmarshalText([]byte("luck")),
		"no decision":      verify.Second(journey.Decision(9).MarshalText()),
	})
}
