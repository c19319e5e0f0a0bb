package nps

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// tallyForm is a tally as JSON: the counts of all answers from the lowest.
type tallyForm struct {
	Scale  Scale    `json:"scale"`
	Counts []uint64 `json:"counts"`
}

// MarshalJSON writes the scale and the counts of its answers, from the lowest.
func (t Tally) MarshalJSON() ([]byte, error) {
	return json.Marshal(tallyForm{t.Scale(), t.used()})
}

// UnmarshalJSON reads what MarshalJSON writes. Anything else is
// [clientele.ErrEncoding] and leaves t as it was.
func (t *Tally) UnmarshalJSON(data []byte) error {
	var form tallyForm
	if err := strict.JSON(data, &form); err != nil {
		return badTally(err)
	}
	read, err := NewTally(form.Scale)
	if err != nil {
		return badTally(err)
	}
	if len(form.Counts) != len(read.used()) {
		return badTally(fmt.Errorf("%d counts on a scale of %d answers", len(form.Counts), len(read.used())))
	}
	low, _ := read.bounds()
	for i, n := range form.Counts {
		if err := read.AddN(low+i, n); err != nil {
			return badTally(err)
		}
	}
	*t = read
	return nil
}

func badTally(err error) error {
	return &clientele.InputError{Op: "nps.Tally.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
}
