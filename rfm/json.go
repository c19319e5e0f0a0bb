package rfm

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// decode reads a configuration or a policy strictly: unknown keys, keys given twice and
// values of a wrong type are InputErrors of ErrEncoding with the path, and leave *v as it
// was.
func decode[T any](op string, data []byte, v *T) error {
	return strict.Into[clientele.InputError](op, data, v)
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type is a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it was.
// Keys that are absent keep their values, as Workers does, which is not stored.
// [Config.Validate] checks the values.
func (c *Config) UnmarshalJSON(data []byte) error {
	return decode("rfm.Config.UnmarshalJSON", data, c)
}

// MarshalJSON writes the plan. A ready map is written by its name alone, as in
// "map":"cube"; scales, which are frozen, have it in full.
func (p Plan) MarshalJSON() ([]byte, error) {
	for _, ready := range readyMaps() {
		if reflect.DeepEqual(p.Map, ready) {
			return json.Marshal(struct {
				Measure   Measure `json:"measure,omitzero"`
				Recency   Rule    `json:"recency"`
				Frequency Rule    `json:"frequency"`
				Monetary  Rule    `json:"monetary"`
				Map       string  `json:"map"`
				Nested    bool    `json:"nested,omitempty"`
				Weights   Weights `json:"weights,omitzero"`
			}{p.Measure, p.Recency, p.Frequency, p.Monetary, ready.Name, p.Nested, p.Weights})
		}
	}
	return json.Marshal(wholePlan(p))
}

// wholePlan is a plan whose JSON has the map in full.
type wholePlan Plan

// UnmarshalJSON reads a plan, as strictly as [Config.UnmarshalJSON]. The map may be a name,
// see [Map.UnmarshalJSON]. [Plan.Validate] checks the plan.
func (p *Plan) UnmarshalJSON(data []byte) error {
	return decode("rfm.Plan.UnmarshalJSON", data, p)
}

// UnmarshalJSON reads a measure, as strictly as [Config.UnmarshalJSON].
func (m *Measure) UnmarshalJSON(data []byte) error {
	return decode("rfm.Measure.UnmarshalJSON", data, m)
}

// UnmarshalJSON reads a rule, as strictly as [Config.UnmarshalJSON].
func (r *Rule) UnmarshalJSON(data []byte) error {
	return decode("rfm.Rule.UnmarshalJSON", data, r)
}

// UnmarshalJSON reads weights, as strictly as [Config.UnmarshalJSON].
func (w *Weights) UnmarshalJSON(data []byte) error {
	return decode("rfm.Weights.UnmarshalJSON", data, w)
}

// UnmarshalJSON reads a map, as strictly as [Config.UnmarshalJSON]. A text is the name of a
// ready map: "cube", "grid" or "eleven", for [Cube], [Grid] or [Eleven]. [Map.Validate]
// checks that every cell is in exactly one segment.
func (m *Map) UnmarshalJSON(data []byte) error {
	const op = "rfm.Map.UnmarshalJSON"
	if text := bytes.TrimSpace(data); len(text) == 0 || text[0] != '"' {
		return decode(op, data, m)
	}
	var name string
	if err := decode(op, data, &name); err != nil {
		return err
	}
	var names []string
	for _, ready := range readyMaps() {
		if names = append(names, ready.Name); ready.Name == name {
			*m = ready
			return nil
		}
	}
	return fault.Of(op, "", name, rule.Also(clientele.ErrEncoding, rule.OneOf(names...)))
}

// UnmarshalJSON reads a segment, as strictly as [Config.UnmarshalJSON].
func (s *Segment) UnmarshalJSON(data []byte) error {
	return decode("rfm.Segment.UnmarshalJSON", data, s)
}

// UnmarshalJSON reads a box, as strictly as [Config.UnmarshalJSON].
func (b *Box) UnmarshalJSON(data []byte) error {
	return decode("rfm.Box.UnmarshalJSON", data, b)
}

// UnmarshalJSON reads a list of exactly three numbers.
func (l *Levels) UnmarshalJSON(data []byte) error {
	return decode("rfm.Levels.UnmarshalJSON", data, l)
}

// UnmarshalJSON reads a list of exactly two numbers.
func (r *Range) UnmarshalJSON(data []byte) error {
	return decode("rfm.Range.UnmarshalJSON", data, r)
}

// UnmarshalJSON reads thresholds, as strictly as [Config.UnmarshalJSON].
// [DiagnoseConfig.Validate] checks them.
func (c *DiagnoseConfig) UnmarshalJSON(data []byte) error {
	return decode("rfm.DiagnoseConfig.UnmarshalJSON", data, c)
}

// UnmarshalJSON reads a scale, as strictly as [Config.UnmarshalJSON].
func (s *Scale) UnmarshalJSON(data []byte) error {
	return decode("rfm.Scale.UnmarshalJSON", data, s)
}

// scalesJSON is the JSON form of Scales.
type scalesJSON struct {
	Plan      Plan    `json:"plan"`
	Recency   Scale   `json:"recency"`
	Frequency []Scale `json:"frequency"`
	Monetary  []Scale `json:"monetary"`
}

// MarshalJSON writes the plan, the edges and how many customers of the base were on each
// level.
func (s Scales) MarshalJSON() ([]byte, error) {
	if err := s.usable("rfm.Scales.MarshalJSON"); err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		Plan wholePlan `json:"plan"`
		scalesJSON
	}{wholePlan(s.plan), scalesJSON{s.plan, s.recency, s.frequency, s.monetary}})
}

// UnmarshalJSON reads what MarshalJSON wrote, as strictly as [Config.UnmarshalJSON]. A plan
// with faults, and edges that do not fit it, are errors too and leave s as it was.
func (s *Scales) UnmarshalJSON(data []byte) error {
	const op = "rfm.Scales.UnmarshalJSON"
	var j scalesJSON
	if err := decode(op, data, &j); err != nil {
		return err
	}
	faults := clientele.ConfigError{Op: op}
	j.Plan.faults(&faults)
	if err := faults.Err(); err != nil {
		return err
	}
	read, err := (&Scales{plan: j.Plan, recency: j.Recency, frequency: j.Frequency, monetary: j.Monetary}).compile(op)
	if err != nil {
		return err
	}
	*s = *read
	return nil
}

// MarshalJSON always returns an error, since a base has no JSON form: MarshalBinary stores
// it, [Grade] and [State.Report] describe it.
func (b Base[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("rfm.Base.MarshalJSON", "MarshalBinary to store a base, All or a State's Report to show it")
}

// UnmarshalJSON always returns an error, as MarshalJSON does; UnmarshalBinary reads a
// stored base.
func (b *Base[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.Base.UnmarshalJSON", "UnmarshalBinary, which reads a stored base")
}

// MarshalJSON always returns an error, since a history has no JSON form: MarshalBinary
// stores it, its [Facts] show it.
func (h History) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("rfm.History.MarshalJSON", "MarshalBinary to store a history, Facts to show it")
}

// UnmarshalJSON always returns an error, as MarshalJSON does; UnmarshalBinary reads a
// stored history.
func (h *History) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.History.UnmarshalJSON", "UnmarshalBinary, which reads a stored history")
}

// MarshalJSON always returns an error, since a table has no JSON form: its rows come from
// where they are stored, and a State shows what they grade.
func (t Table[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("rfm.Table.MarshalJSON", "the rows stored that NewTable read, a State's Report to show them")
}

// UnmarshalJSON always returns an error, as MarshalJSON does; NewTable reads rows.
func (t *Table[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.Table.UnmarshalJSON", "NewTable, which reads rows")
}

// UnmarshalJSON always returns an error: the JSON form of facts is for people and pages and
// does not contain all of a customer's facts. Store a [History] to go on from it.
func (f *Facts) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.Facts.UnmarshalJSON", "a History, which MarshalBinary stores")
}

// MarshalJSON writes the report, and for every customer the values and the score, so that a
// page can draw each as a point. It is not read back; store the base and the scales, and
// grade again.
func (s State[K]) MarshalJSON() ([]byte, error) {
	if !s.graded() {
		return nil, fault.Of("rfm.State.MarshalJSON", "state", nil, errNoState)
	}
	type scored struct {
		Customer K `json:"customer"`
		Values
		Score
	}
	all := make([]scored, 0, s.Len())
	for slot := range s.slots() {
		all = append(all, scored{s.roster.ID(slot), s.values.at(slot), s.score(slot)})
	}
	return json.Marshal(struct {
		Report *Report  `json:"report"`
		Scores []scored `json:"scores"`
	}{s.Report(), all})
}

// UnmarshalJSON always returns an error: a state is made by [Grade] from a base and scales,
// which can be stored.
func (s *State[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.State.UnmarshalJSON", "a stored Base and Scales, and Grade")
}

// MarshalJSON writes the segments, the matrix, the counts and the moves, for people and
// pages. It is not read back; store the bases and the scales, and compare again.
func (m Movement[K]) MarshalJSON() ([]byte, error) {
	if !m.compared() {
		return nil, fault.Of("rfm.Movement.MarshalJSON", "movement", nil, errNoMovement)
	}
	moves := []Move[K]{}
	for move := range m.Moves() {
		moves = append(moves, move)
	}
	return json.Marshal(struct {
		Segments []string          `json:"segments"`
		Matrix   [][]int           `json:"matrix"`
		Count    map[Direction]int `json:"count"`
		Moves    []Move[K]         `json:"moves"`
	}{m.Segments, m.Matrix, m.Count, moves})
}

// UnmarshalJSON always returns an error: a movement is made by [Compare] from two states.
func (m *Movement[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("rfm.Movement.UnmarshalJSON", "the Bases and Scales stored, and Grade and Compare")
}
