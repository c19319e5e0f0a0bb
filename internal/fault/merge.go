package fault

import (
	"strconv"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// OtherMoment says that what is merged is as of the moment other, and what it is added to
// as of own; both can be advanced.
func OtherMoment(op string, own, other time.Time) error {
	return Of(op, "Config.AsOf", other, rule.Want(rule.Mismatch, "%v, as in the one it is added to: Advance moves the earlier one on", own))
}

// Differs says that what is merged was configured in another way: field has the value
// other there, and own in what it is added to.
func Differs(op, field string, own, other any) error {
	switch v := own.(type) {
	case nil:
		own = "none"
	case string:
		own = strconv.Quote(v)
	}
	return Of(op, "Config."+field, other, rule.Want(rule.Mismatch, "%v, as in the one it is added to", own))
}
