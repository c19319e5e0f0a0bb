package fault

import "github.com/clientele-go/clientele/internal/rule"

// NoJSON says that a value has no JSON form, and what to call instead.
func NoJSON(op, instead string) error {
	return Of(op, "", nil, rule.Because(rule.Encoding, "no JSON form", "%s", instead))
}
