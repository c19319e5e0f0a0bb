package clientele

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// MarshalJSON writes the list of customers in order of their slots, as in ["Ben","Ada"].
func (r Roster[K]) MarshalJSON() ([]byte, error) {
	if r.ids == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(r.ids)
}

// UnmarshalJSON reads what MarshalJSON writes: the customers get the slots that they
// had. It refuses anything else with an [InputError] of [ErrEncoding] and leaves the roster
// as it was. Decode into a roster that no accumulator uses yet: accumulators keep slots,
// which decoding assigns anew.
func (r *Roster[K]) UnmarshalJSON(data []byte) error {
	const op = "clientele.Roster.UnmarshalJSON"
	var ids []K
	if err := strict.Into[InputError](op, data, &ids); err != nil || ids == nil {
		return err
	}
	var read Roster[K]
	for i, id := range ids {
		if slot := read.Slot(id); int(slot) != i {
			return &InputError{Op: op, Index: -1, Field: fmt.Sprintf("[%d]", i), Value: id, Err: rule.Also(rule.Encoding,
				rule.Because(rule.Duplicate, "a customer twice", "each customer once; [%d] is the same", slot))}
		}
	}
	*r = read
	return nil
}
