package rfm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/clientele-go/clientele"
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
	if err := strictJSON(data, &j); err != nil {
		return &clientele.InputError{Op: op, Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	faults := clientele.Faults{Op: op}
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

// strictJSON decodes one value, refusing unknown keys and anything after it.
func strictJSON(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("more than one value")
	}
	return nil
}
