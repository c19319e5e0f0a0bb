package rfm

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// scalesJSON is the JSON form.
type scalesJSON struct {
	Plan      Plan    `json:"plan"`
	Recency   Scale   `json:"recency"`
	Frequency []Scale `json:"frequency"`
	Monetary  []Scale `json:"monetary"`
}

// MarshalJSON writes the plan, the edges and how many customers of the base lay
// on each level.
func (s *Scales) MarshalJSON() ([]byte, error) {
	return json.Marshal(scalesJSON{s.plan, s.recency, s.frequency, s.monetary})
}

// UnmarshalJSON reads what MarshalJSON wrote. Unknown keys and names, a plan with
// faults, and edges that do not fit it are errors, and leave s as it was.
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

// The stored policies refuse unknown keys wherever they are decoded.

// UnmarshalJSON reads a plan. Unknown keys and names are errors and leave p as it
// was; whether the plan makes sense is for [Plan.Validate] to tell.
func (p *Plan) UnmarshalJSON(data []byte) error {
	type plain Plan
	return replace("rfm.Plan.UnmarshalJSON", data, (*plain)(p))
}

// UnmarshalJSON reads a map. Unknown keys and names are errors and leave m as it
// was; whether the map is a partition is for [Map.Validate] to tell.
func (m *Map) UnmarshalJSON(data []byte) error {
	type plain Map
	return replace("rfm.Map.UnmarshalJSON", data, (*plain)(m))
}

// UnmarshalJSON reads a configuration. Unknown keys are errors and leave c as it
// was; whether the values are in range is for [New] to tell. Workers is not
// stored.
func (c *Config) UnmarshalJSON(data []byte) error {
	type plain Config
	workers := c.Workers
	err := replace("rfm.Config.UnmarshalJSON", data, (*plain)(c))
	c.Workers = workers
	return err
}

// UnmarshalJSON reads an array of two: encoding/json would pad or cut any other.
func (r *Range) UnmarshalJSON(data []byte) error {
	return decodeArray("rfm.Range.UnmarshalJSON", data, r[:])
}

// UnmarshalJSON reads an array of three: encoding/json would pad or cut any other.
func (l *Levels) UnmarshalJSON(data []byte) error {
	return decodeArray("rfm.Levels.UnmarshalJSON", data, l[:])
}

// decodeArray reads as many numbers as into holds.
func decodeArray(op string, data []byte, into []int) error {
	var read []int
	if err := decode(op, data, &read); err != nil {
		return err
	}
	if len(read) != len(into) {
		return &clientele.InputError{Op: op, Index: -1, Field: "array", Value: read, Err: clientele.ErrEncoding}
	}
	copy(into, read)
	return nil
}

// UnmarshalJSON reads a measure. Unknown keys and names are errors and leave m as
// it was.
func (m *Measure) UnmarshalJSON(data []byte) error {
	type plain Measure
	return replace("rfm.Measure.UnmarshalJSON", data, (*plain)(m))
}

// UnmarshalJSON reads a rule. Unknown keys and names are errors and leave r as it
// was.
func (r *Rule) UnmarshalJSON(data []byte) error {
	type plain Rule
	return replace("rfm.Rule.UnmarshalJSON", data, (*plain)(r))
}

// UnmarshalJSON reads thresholds. Unknown keys are errors and leave c as it was.
func (c *DiagnoseConfig) UnmarshalJSON(data []byte) error {
	type plain DiagnoseConfig
	return replace("rfm.DiagnoseConfig.UnmarshalJSON", data, (*plain)(c))
}

// UnmarshalJSON refuses: the JSON form of metrics is for people and has not all
// facts. Store a [History] to go on from it.
func (m *Metrics) UnmarshalJSON([]byte) error {
	return &clientele.InputError{Op: "rfm.Metrics.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: metrics are stored as a History", clientele.ErrEncoding)}
}

// replace decodes a policy into v, which stays as it was on error. T is the policy's
// type without its UnmarshalJSON.
func replace[T any](op string, data []byte, v *T) error {
	var read T
	if err := decode(op, data, &read); err != nil {
		return err
	}
	*v = read
	return nil
}

// decode reads one value without ignoring anything. A fault that has a field keeps
// it.
func decode(op string, data []byte, v any) error {
	err := strict.JSON(data, v)
	if err == nil {
		return nil
	}
	out := &clientele.InputError{Op: op, Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	if in, ok := errors.AsType[*clientele.InputError](err); ok {
		out.Field, out.Value, out.Err = in.Field, in.Value, in.Err
		if !errors.Is(in.Err, clientele.ErrEncoding) {
			out.Err = fmt.Errorf("%w: %w", clientele.ErrEncoding, in.Err)
		}
	}
	return out
}
