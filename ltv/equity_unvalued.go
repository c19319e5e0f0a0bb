package ltv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/strict"
)

// unvalued are the customers of a base without a value, since their mean spend is negative.
type unvalued[K clientele.ID] struct {
	n     int
	first []unvaluedOne[K] // the first few in order of ids
}

type unvaluedOne[K clientele.ID] struct {
	id   K
	mean float64
}

func (u *unvalued[K]) add(id K, mean float64) {
	const shown = 5
	u.n++
	at, _ := slices.BinarySearchFunc(u.first, id, func(one unvaluedOne[K], id K) int { return key.Compare(one.id, id) })
	if at < shown {
		u.first = slices.Insert(u.first, at, unvaluedOne[K]{id, mean})
		u.first = u.first[:min(len(u.first), shown)]
	}
}

// warnings name them.
func (u *unvalued[K]) warnings(customers int) []error {
	if u.n == 0 {
		return nil
	}
	var names []string
	for _, one := range u.first {
		names = append(names, fmt.Sprintf("%v (%v)", one.id, one.mean))
	}
	if u.n > len(u.first) {
		names = append(names, "…")
	}
	return []error{warn(SpendNotPositive, "", float64(u.n),
		"%d of %d customers have no value, since their mean spend is negative: %s", u.n, customers, strings.Join(names, ", "))}
}

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves e as it was.
func (e *Equity) UnmarshalJSON(data []byte) error {
	type plain Equity
	var read struct {
		plain
		Warnings []Warning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("ltv.Equity.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*e = Equity(read.plain)
	e.Warnings = fault.Errors(read.Warnings)
	return nil
}
