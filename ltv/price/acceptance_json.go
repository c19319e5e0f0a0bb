package price

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// counted is a distinct answer in the JSON form.
type counted struct {
	Price  decimal.Decimal `json:"price"`
	People int             `json:"people"`
}

// MarshalJSON writes the distinct answers, lowest first, as in
//
//	[{"price":"19","people":30},{"price":"29","people":45}]
func (a Acceptance) MarshalJSON() ([]byte, error) {
	all := make([]counted, len(a.steps))
	for i, s := range a.steps {
		all[i] = counted{s.price, s.giving}
	}
	return json.Marshal(all)
}

// UnmarshalJSON reads what MarshalJSON writes. It returns [clientele.ErrEncoding] for
// anything else, and leaves a as it was: for an unknown key, prices that do not ascend or
// are no answers, fewer than one person for a price.
func (a *Acceptance) UnmarshalJSON(data []byte) error {
	const op = "price.Acceptance.UnmarshalJSON"
	var all []counted
	if err := strict.Into[clientele.InputError](op, data, &all); err != nil {
		return err
	}
	var read Acceptance
	for i, c := range all {
		if err := read.append(c); err != nil {
			return fault.Encoding(op, fault.Within(fmt.Sprintf("[%d].", i), err))
		}
	}
	read.close()
	*a = read
	return nil
}

// append adds an answer above those before.
func (a *Acceptance) append(c counted) error {
	const maxPeople = 1 << 53 // in all, whose number is a float64
	if err := checkAnswer(c.Price); err != nil {
		return fault.Of("", "price", c.Price, err)
	}
	if last := len(a.steps) - 1; last >= 0 && !c.Price.GreaterThan(a.steps[last].price) {
		return fault.Of("", "price", c.Price, rule.Because(rule.Range, "not ascending", "more than %v, the price before", a.steps[last].price))
	}
	if c.People < 1 || int64(c.People) > maxPeople-int64(a.n) {
		return fault.Of("", "people", c.People, rule.Want(rule.Range, "1 or more"))
	}
	a.add(c.Price, c.People)
	return nil
}
