package nps

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
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

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves t as it was.
func (t *Tally) UnmarshalJSON(data []byte) error {
	const op = "nps.Tally.UnmarshalJSON"
	var form tallyForm
	if err := strict.Into[clientele.InputError](op, data, &form); err != nil {
		return err
	}
	read, err := form.tally()
	if err != nil {
		return fault.Encoding(op, err)
	}
	*t = read
	return nil
}

func (f tallyForm) tally() (Tally, error) {
	t, err := storedTally(f.Scale)
	if err != nil {
		return Tally{}, err
	}
	if err := t.fill("counts", f.Counts); err != nil {
		return Tally{}, err
	}
	return t, nil
}

// storedTally returns an empty tally on a stored scale.
func storedTally(s Scale) (Tally, error) {
	var faults clientele.ConfigError
	s.check(&faults, "Scale.")
	if err := faults.Err(); err != nil {
		return Tally{}, firstStored(err)
	}
	return newTally(s), nil
}

// firstStored is the first fault of a configuration, under the keys of its JSON instead
// of the fields.
func firstStored(err error) error {
	all, ok := err.(*clientele.ConfigError)
	if !ok {
		return err
	}
	in, ok := all.Faults[0].(*clientele.InputError)
	if !ok {
		return err
	}
	keys := strings.Split(in.Field, ".")
	for i, key := range keys {
		keys[i] = strings.ToLower(key[:1]) + key[1:]
	}
	return fault.Of("", strings.Join(keys, "."), in.Value, in.Err)
}

// fill counts what is stored under a key: as many counts as the scale has answers.
func (t *Tally) fill(key string, counts []uint64) error {
	if n := len(t.used()); len(counts) != n {
		return otherLength(key, len(counts), n)
	}
	low, _ := t.bounds()
	for i, n := range counts {
		if err := t.AddN(low+i, n); err != nil {
			return fault.Of("", fmt.Sprintf("%s[%d]", key, i), n, errTooMany)
		}
	}
	return nil
}

// otherLength says that a stored list is not as long as the scale.
func otherLength(key string, n, wanted int) error {
	return fault.Of("", key, n, rule.Because(rule.Mismatch, "not as many as the scale has answers", "%d", wanted))
}
