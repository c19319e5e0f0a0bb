package fault

import (
	"fmt"
	"strconv"

	"github.com/clientele-go/clientele/internal/rule"
)

// Differs says that what is merged was configured in another way: field has the value
// other there, and own in what it is added to.
func Differs(op, field string, own, other any) error {
	text := "none"
	switch v := own.(type) {
	case nil:
	case string:
		text = strconv.Quote(v)
	default:
		text = fmt.Sprint(v)
	}
	return Of(op, "Config."+field, other, rule.Want(rule.Mismatch, "%s, as in the one it is added to", text))
}
